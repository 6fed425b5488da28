"""What the use cases share: field types, the way gates are asked, a base with the usual answers."""

from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.ledger import AMOUNT_MAX
from benyuan.payments.records import BANK_ACCOUNT, INSTITUTION, MERCHANT, PERSON, STANDING, WALLET
from benyuan.rules import Refusal

Id: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]
MaybeId: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Fen: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Yyyymmdd: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Ppm: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Truth: TypeAlias = bool
MEMO_CHARACTERS = 200  # tidy: number a length that we chose
Memo: TypeAlias = Annotated[str, msgspec.Meta(max_length=MEMO_CHARACTERS)]

Refused: TypeAlias = dict[int, Refusal | Invalid]

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


def numbered(passes: NDArray[np.bool_], first: int, *, step: int = 1) -> NDArray[np.int64]:
    """Ids for the commands that pass, `step` apart from `first` on; 0 for the others."""
    ids = first + step * (np.cumsum(passes) - 1)
    return np.where(passes, ids, 0).astype(np.int64)


def rows(passes: NDArray[np.bool_], **columns: Any) -> dict[str, list[int]]:
    """The columns of an event: those of the commands that pass."""
    return {name: np.broadcast_to(column, passes.shape)[passes].tolist() for name, column in columns.items()}
