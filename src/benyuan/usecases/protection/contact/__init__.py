"""The commands on contacts with customers: consents, messages, sharing, the cashier, collection, key facts."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.protection.contact.agree_contact_hours import AgreeContactHours
from benyuan.usecases.protection.contact.agree_hardship import AgreeHardship, ReviewHardship
from benyuan.usecases.protection.contact.approve_template import ApproveTemplate, RetireTemplate
from benyuan.usecases.protection.contact.confirm_key_facts import ConfirmKeyFacts
from benyuan.usecases.protection.contact.give_consent_to import GiveConsentTo
from benyuan.usecases.protection.contact.list_collector import ListCollector, ReviewCollector, TellOfCollector
from benyuan.usecases.protection.contact.plan_contact import PlanContact
from benyuan.usecases.protection.contact.record_borrower_zone import RecordBorrowerZone
from benyuan.usecases.protection.contact.record_contact import RecordContact
from benyuan.usecases.protection.contact.record_guarantor import RecordGuarantor, ReleaseGuarantor
from benyuan.usecases.protection.contact.send_message import SendMessage
from benyuan.usecases.protection.contact.share_data import ShareData
from benyuan.usecases.protection.contact.show_account_key_facts import ShowAccountKeyFacts
from benyuan.usecases.protection.contact.show_cashier import ShowCashier
from benyuan.usecases.protection.contact.show_extension_key_facts import ShowExtensionKeyFacts
from benyuan.usecases.protection.contact.show_key_facts import ShowKeyFacts
from benyuan.usecases.protection.contact.show_plan_key_facts import ShowPlanKeyFacts
from benyuan.usecases.protection.contact.stop_collection import ResumeCollection, StopCollection
from benyuan.usecases.protection.contact.withdraw_consent_to import SwitchProfilingOff, WithdrawConsentTo

CONTACT: tuple[UseCase, ...] = (
    GiveConsentTo(),
    WithdrawConsentTo(),
    SwitchProfilingOff(),
    ApproveTemplate(),
    RetireTemplate(),
    SendMessage(),
    ShareData(),
    ShowCashier(),
    ShowKeyFacts(),
    ShowAccountKeyFacts(),
    ShowPlanKeyFacts(),
    ShowExtensionKeyFacts(),
    ConfirmKeyFacts(),
    ListCollector(),
    ReviewCollector(),
    TellOfCollector(),
    StopCollection(),
    ResumeCollection(),
    RecordGuarantor(),
    ReleaseGuarantor(),
    RecordBorrowerZone(),
    AgreeContactHours(),
    AgreeHardship(),
    ReviewHardship(),
    PlanContact(),
    RecordContact(),
)
"""In the order in which they come up."""

__all__ = ["CONTACT"]
