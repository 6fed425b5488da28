"""The commands of the credit bureau (measure 3), one a file."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.bureau.admit_member import AdmitMember
from benyuan.usecases.bureau.agree_membership import AgreeMembership, EndMembership
from benyuan.usecases.bureau.bureau_cases import JudgeBureauCase, OpenBureauCase, ResumeMember, StopMember
from benyuan.usecases.bureau.correct_months import CorrectMonths
from benyuan.usecases.bureau.delete_account import DeleteAccount
from benyuan.usecases.bureau.erase_negative import EraseNegative
from benyuan.usecases.bureau.furnish_account import FurnishAccount
from benyuan.usecases.bureau.furnish_inquiries import FurnishInquiries
from benyuan.usecases.bureau.furnish_months import FurnishMonths
from benyuan.usecases.bureau.furnish_public import FurnishPublic
from benyuan.usecases.bureau.grant_consent import GrantConsent
from benyuan.usecases.bureau.identify_subject import IdentifySubject
from benyuan.usecases.bureau.inquire import Inquire
from benyuan.usecases.bureau.look import Look
from benyuan.usecases.bureau.read_own_report import ReadOwnReport
from benyuan.usecases.bureau.record_bureau_standing import RecordBureauStanding
from benyuan.usecases.bureau.redress import REDRESS
from benyuan.usecases.bureau.register_bureau import RegisterBureau
from benyuan.usecases.bureau.revoke_consent import RevokeConsent
from benyuan.usecases.bureau.withdraw_parcel import WithdrawParcel

BUREAU: tuple[UseCase, ...] = (
    RegisterBureau(),
    RecordBureauStanding(),
    AdmitMember(),
    AgreeMembership(),
    EndMembership(),
    IdentifySubject(),
    GrantConsent(),
    RevokeConsent(),
    FurnishAccount(),
    FurnishMonths(),
    FurnishPublic(),
    FurnishInquiries(),
    CorrectMonths(),
    WithdrawParcel(),
    DeleteAccount(),
    EraseNegative(),
    Inquire(),
    ReadOwnReport(),
    Look(),
    OpenBureauCase(),
    JudgeBureauCase(),
    StopMember(),
    ResumeMember(),
    *REDRESS,
)
"""In the order in which a bureau begins."""

__all__ = ["BUREAU"]
