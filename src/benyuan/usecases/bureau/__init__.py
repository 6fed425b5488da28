"""The commands of the credit bureau (measure 3), one a file."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.bureau.correct_months import CorrectMonths
from benyuan.usecases.bureau.delete_account import DeleteAccount
from benyuan.usecases.bureau.erase_negative import EraseNegative
from benyuan.usecases.bureau.furnish_account import FurnishAccount
from benyuan.usecases.bureau.furnish_inquiries import FurnishInquiries
from benyuan.usecases.bureau.furnish_months import FurnishMonths
from benyuan.usecases.bureau.furnish_public import FurnishPublic
from benyuan.usecases.bureau.withdraw_parcel import WithdrawParcel

BUREAU: tuple[UseCase, ...] = (
    FurnishAccount(),
    FurnishMonths(),
    FurnishPublic(),
    FurnishInquiries(),
    CorrectMonths(),
    WithdrawParcel(),
    DeleteAccount(),
    EraseNegative(),
)
"""In the order in which a bureau begins."""
