"""What the use cases share: field types, the way gates are asked, a base with the usual answers."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, Proposals, no_legs
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded
from benyuan.ledger import AMOUNT_MAX
from benyuan.ledger.layout import ACCOUNT
from benyuan.payments.records import BANK_ACCOUNT, INSTITUTION, MERCHANT, PERSON, STANDING, WALLET
from benyuan.rules import Refusal

Id: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]
MaybeId: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Fen: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Yyyymmdd: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Ppm: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Truth: TypeAlias = bool
Memo: TypeAlias = Annotated[str, msgspec.Meta(max_length=200)]

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


class Base:
    """A use case without needs, gates or records; the others say what they add."""

    command: type[Command]
    needs: tuple[Need, ...] = ()
    gates: tuple[Gate, ...] = ()
    rules: tuple[str, ...] = ()
    surveys: bool = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """No facts are shared but balances."""
        del batch
        return ()

    def decide(self, case: Case) -> Proposals:
        """The gates in order; for the commands that pass them, accounts and legs."""
        refused = refused_by(self.gates, case)
        goes_on = standing(refused, len(case.batch))
        return Proposals(refused=refused, legs=self.legs(case, goes_on), accounts=self.accounts(case, goes_on))

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Nothing to post."""
        del case, goes_on
        return no_legs()

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """No accounts to open."""
        del case, goes_on
        return np.zeros(0, ACCOUNT)

    def record(self, decided: Decided) -> Recorded:
        """Nothing to record."""
        del decided
        return Recorded(results={})


def refused_by(gates: Sequence[Gate], case: Case) -> Refused:
    """For each command that a gate stops, the refusal of the first such gate in order."""
    refused: Refused = {}
    for gate in gates:
        stopped = np.flatnonzero(~gate.passes(case))
        for place in stopped.tolist():
            if place not in refused:
                figures = gate.figures(case, place) if gate.figures else {}
                refused[place] = case.rules.refusal(id=gate.rule, on=case.batch.on, **figures)
    return refused


def standing(refused: Refused, count: int) -> NDArray[np.bool_]:
    """Which commands of the batch no gate has stopped."""
    passes = np.ones(count, np.bool_)
    passes[list(refused)] = False
    return passes


def numbered(passes: NDArray[np.bool_], first: int, *, step: int = 1) -> NDArray[np.int64]:
    """Ids for the commands that pass, `step` apart from `first` on; 0 for the others."""
    ids = first + step * (np.cumsum(passes) - 1)
    return np.where(passes, ids, 0).astype(np.int64)


def rows(passes: NDArray[np.bool_], **columns: Any) -> dict[str, list[int]]:
    """The columns of an event: those of the commands that pass."""
    return {name: np.broadcast_to(column, passes.shape)[passes].tolist() for name, column in columns.items()}
