"""What the use cases share: types of fields, needs, faults, ids and rows."""

from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.ledger import AMOUNT_MAX
from benyuan.payments.records import BANK_ACCOUNT, INSTITUTION, MERCHANT, PERSON, STANDING, WALLET
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.errors import BadInput

Id: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]
MaybeId: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
CODE_DIGITS = 18  # tidy: number the most digits that fit into an integer column
CODE_MAX = 10**CODE_DIGITS - 1  # tidy: number eighteen nines
CodeNumber: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=CODE_MAX)]
MaybeCodeNumber: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=CODE_MAX)]
Fen: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Yyyymmdd: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Truth: TypeAlias = bool
MEMO_CHARACTERS = 200  # tidy: number a length that we chose
Memo: TypeAlias = Annotated[str, msgspec.Meta(max_length=MEMO_CHARACTERS)]
LIST_CHARACTERS = 400  # tidy: number more than the names of all provinces take
ProvinceList: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=LIST_CHARACTERS)]
Reference: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]  # tidy: number a length that we chose

INSTITUTION_NEEDS = (
    Need(table=INSTITUTION, by="institution", prefix="institution"),
    Need(table=STANDING, by="institution", prefix="standing"),
)
WALLET_NEEDS = (
    Need(table=WALLET, by="wallet", prefix="wallet"),
    Need(table=PERSON, by="wallet_person", prefix="person"),
    Need(table=INSTITUTION, by="wallet_institution", prefix="institution"),
    Need(table=STANDING, by="wallet_institution", prefix="standing"),
)
CARD_NEED = Need(table=BANK_ACCOUNT, by="bank_account", prefix="card")
MERCHANT_NEED = Need(table=MERCHANT, by="merchant", prefix="merchant")


def faults_where(wrong: NDArray[np.bool_], batch: Batch, field: str, constraint: str) -> dict[int, Invalid]:
    """The same fault of an integer field wherever it is wrong."""
    values = batch.integers(field)
    return {
        place: Invalid(field=field, value=int(values[place]), constraint=constraint)
        for place in np.flatnonzero(wrong).tolist()
    }


def no_such_day(
    batch: Batch, field: str, *, none: bool = False, since: int | None = None, until: int | None = None
) -> dict[int, Invalid]:
    """A fault for each date (yyyymmdd) that does not exist, or not from `since` to `until`; with `none` 0 is none."""
    dates, place = np.unique(batch.integers(field), return_inverse=True)  # a file of a million lines has one date
    wrong = np.array([not day_exists(date) for date in dates.tolist()], np.bool_)
    wanted = "a day that exists, as yyyymmdd"
    if since is not None:
        wrong, wanted = wrong | (dates < since), f"{wanted}, not before {since}"
    if until is not None:
        wrong, wanted = wrong | (dates > until), f"{wanted}, not after {until}"
    if none:
        wrong, wanted = wrong & (dates != 0), f"{wanted}; or 0 for none"
    return faults_where(wrong[place.reshape(-1)], batch, field, wanted)


def day_exists(yyyymmdd: int) -> bool:
    """Whether there is such a day."""
    try:
        from_yyyymmdd(yyyymmdd)
    except (BadInput, OverflowError):
        return False
    return True


def numbered(passes: NDArray[np.bool_], first: int, *, step: Any = 1) -> NDArray[np.int64]:
    """Ids from `first` on for the commands that pass, each followed by the next after its `step`; 0 for the others."""
    taken = np.where(passes, step, 0)
    return np.where(passes, first + np.cumsum(taken) - taken, 0).astype(np.int64)


def rows(passes: NDArray[np.bool_], **columns: Any) -> dict[str, list[int]]:
    """The columns of an event: those of the commands that pass."""
    return {name: np.broadcast_to(column, passes.shape)[passes].tolist() for name, column in columns.items()}
