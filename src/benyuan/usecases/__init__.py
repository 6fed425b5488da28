"""One command a file: what it loads, its gates in order, its legs, its records."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.accept_agreement import AcceptAgreement
from benyuan.usecases.agree_fee_plan import AgreeFeePlan
from benyuan.usecases.agree_settlement import AgreeSettlement
from benyuan.usecases.agree_transfer_limits import AgreeTransferLimits
from benyuan.usecases.allow_static_code import AllowStaticCode
from benyuan.usecases.bind_bank_account import BindBankAccount
from benyuan.usecases.bureau import BUREAU
from benyuan.usecases.checks import CHECKS
from benyuan.usecases.clear import Clear
from benyuan.usecases.close_branch import CloseBranch
from benyuan.usecases.close_day import CloseDay
from benyuan.usecases.close_investigation import CloseInvestigation
from benyuan.usecases.close_wallet import CloseWallet
from benyuan.usecases.competition import COMPETITION
from benyuan.usecases.consult_users import ConsultUsers
from benyuan.usecases.credit_wallet import CreditWallet
from benyuan.usecases.decide_dispute import SettleDispute
from benyuan.usecases.deduct_frozen import DeductWalletFrozen
from benyuan.usecases.disclose_person import DisclosePerson
from benyuan.usecases.dismiss_seller import DismissSeller
from benyuan.usecases.draw_report import DrawReport
from benyuan.usecases.erase_records import EraseRecords
from benyuan.usecases.exit_merchant import ExitMerchant
from benyuan.usecases.file_duty import FileDuty
from benyuan.usecases.freeze_amount import FreezeWalletAmount
from benyuan.usecases.fund import Fund
from benyuan.usecases.group import GROUP
from benyuan.usecases.issue_code import IssuePayerCode
from benyuan.usecases.issue_merchant_code import IssueMerchantCode
from benyuan.usecases.judge_case import JudgeCase
from benyuan.usecases.lending import LENDING
from benyuan.usecases.lift_freeze import LiftWalletFreeze
from benyuan.usecases.list_name import PutOnList
from benyuan.usecases.make_fee_plan import MakeFeePlan
from benyuan.usecases.open_case import OpenCase
from benyuan.usecases.open_dispute import DisputePayment
from benyuan.usecases.open_investigation import OpenInvestigation
from benyuan.usecases.open_wallet import OpenWallet
from benyuan.usecases.pay import PayMerchant
from benyuan.usecases.place_merchant import PlaceMerchant
from benyuan.usecases.protection.claims import CLAIMS
from benyuan.usecases.protection.contact import CONTACT
from benyuan.usecases.protection.suitability import SUITABILITY
from benyuan.usecases.publish_agreement import PublishAgreement
from benyuan.usecases.publish_fees import PublishFees
from benyuan.usecases.publish_withdrawal_fees import PublishWithdrawalFees
from benyuan.usecases.reading import READING
from benyuan.usecases.recognise_seller import RecogniseSeller
from benyuan.usecases.record_area import RecordArea
from benyuan.usecases.record_branch import RecordBranch
from benyuan.usecases.record_business_area import RecordBusinessArea
from benyuan.usecases.record_business_size import RecordBusinessSize
from benyuan.usecases.record_capital import RecordCapital
from benyuan.usecases.record_clearing_line import RecordClearingLine
from benyuan.usecases.record_home_area import RecordHomeArea
from benyuan.usecases.record_incident import RecordIncident
from benyuan.usecases.record_market import RecordMarket
from benyuan.usecases.record_match import RecordMatch
from benyuan.usecases.record_net_worth import RecordNetWorth
from benyuan.usecases.record_standing import RecordStanding
from benyuan.usecases.record_statement_entry import RecordStatementEntry
from benyuan.usecases.recover_advance import RecoverAdvance
from benyuan.usecases.refund import RefundPayment
from benyuan.usecases.register_institution import RegisterInstitution
from benyuan.usecases.register_merchant import RegisterMerchant
from benyuan.usecases.register_person import RegisterPerson
from benyuan.usecases.related import RELATED
from benyuan.usecases.report_incident import ReportIncident
from benyuan.usecases.report_plan import ReportPlan
from benyuan.usecases.require_merchant_code import RequireMerchantCode
from benyuan.usecases.resolve_clearing_item import ResolveClearingItem
from benyuan.usecases.resolve_incident import ResolveIncident
from benyuan.usecases.restore_merchant import RestoreMerchant
from benyuan.usecases.restore_person import RestorePerson
from benyuan.usecases.restore_wallet import RestoreWallet
from benyuan.usecases.reverify_merchant import ReverifyMerchant
from benyuan.usecases.reverify_person import ReverifyPerson
from benyuan.usecases.risk import RISK
from benyuan.usecases.secure_freeze import SecureWalletFreeze
from benyuan.usecases.set_monitoring import SetMonitoring
from benyuan.usecases.set_provision import SetProvision
from benyuan.usecases.settle import SettleMerchant
from benyuan.usecases.suspend_merchant import SuspendMerchant
from benyuan.usecases.suspend_person import SuspendPerson
from benyuan.usecases.suspend_wallet import SuspendWallet
from benyuan.usecases.top_up import TopUpWallet
from benyuan.usecases.transfer import TransferBalance
from benyuan.usecases.unlist_name import TakeOffList
from benyuan.usecases.update_incident import UpdateIncident
from benyuan.usecases.update_person import UpdatePerson
from benyuan.usecases.upgrade_wallet import UpgradeWallet
from benyuan.usecases.withdraw import WithdrawBalance
from benyuan.usecases.withdraw_own_money import WithdrawOwnMoney

_ALL: tuple[UseCase, ...] = (
    RegisterInstitution(),
    RecordStanding(),
    RecordNetWorth(),
    RecordCapital(),
    RecordArea(),
    RecordBranch(),
    CloseBranch(),
    RecordMarket(),
    RegisterPerson(),
    UpdatePerson(),
    DisclosePerson(),
    BindBankAccount(),
    OpenWallet(),
    AgreeTransferLimits(),
    AllowStaticCode(),
    RequireMerchantCode(),
    UpgradeWallet(),
    SuspendWallet(),
    RestoreWallet(),
    FreezeWalletAmount(),
    SecureWalletFreeze(),
    LiftWalletFreeze(),
    DeductWalletFrozen(),
    CloseWallet(),
    SuspendPerson(),
    RestorePerson(),
    ReverifyPerson(),
    RecordHomeArea(),
    MakeFeePlan(),
    PublishFees(),
    PublishWithdrawalFees(),
    RegisterMerchant(),
    PlaceMerchant(),
    RecordBusinessSize(),
    RecordBusinessArea(),
    SuspendMerchant(),
    RestoreMerchant(),
    ReverifyMerchant(),
    ExitMerchant(),
    RecogniseSeller(),
    DismissSeller(),
    AgreeFeePlan(),
    ConsultUsers(),
    AgreeSettlement(),
    PublishAgreement(),
    AcceptAgreement(),
    Fund(),
    SetProvision(),
    TopUpWallet(),
    IssuePayerCode(),
    IssueMerchantCode(),
    PayMerchant(),
    TransferBalance(),
    WithdrawBalance(),
    RefundPayment(),
    DisputePayment(),
    SettleDispute(),
    RecoverAdvance(),
    SettleMerchant(),
    WithdrawOwnMoney(),
    CreditWallet(),
    Clear(),
    RecordStatementEntry(),
    RecordClearingLine(),
    ResolveClearingItem(),
    CloseDay(),
    DrawReport(),
    FileDuty(),
    PutOnList(),
    TakeOffList(),
    RecordMatch(),
    SetMonitoring(),
    OpenCase(),
    JudgeCase(),
    RecordIncident(),
    UpdateIncident(),
    ReportIncident(),
    ResolveIncident(),
    ReportPlan(),
    OpenInvestigation(),
    CloseInvestigation(),
    EraseRecords(),
    *LENDING,
    *BUREAU,
    *GROUP,
    *RELATED,
    *CHECKS,
    *READING,
    *RISK,
    *COMPETITION,
    *CONTACT,
    *CLAIMS,
    *SUITABILITY,
)

USE_CASES: dict[str, UseCase] = {case.command.kind: case for case in _ALL}
"""Every use case by the kind of its command."""

__all__ = ["USE_CASES"]
