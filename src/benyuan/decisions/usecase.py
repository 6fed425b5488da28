"""What the engine asks of a use case: needs declared, gates in order, a pure decision, the records it leaves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command
from benyuan.decisions.events import Event
from benyuan.decisions.facts import Facts, Need
from benyuan.decisions.proposals import Legs, Proposals
from benyuan.ledger import Posted
from benyuan.rules import RulePack
from benyuan.values.calendar import WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One batch before a decision: the commands, the facts, the rules."""

    batch: Batch
    facts: Facts
    rules: RulePack
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """A yes or no over facts. `passes` gives one truth a command; `figures` what a refusal of that command shows."""

    rule: str
    passes: Callable[[Case], NDArray[np.bool_]]
    figures: Callable[[Case, int], dict[str, Any]] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A batch after posting: `accepted` says which commands stand, `moved` what each leg moved."""

    case: Case
    proposals: Proposals
    posted: Posted
    accepted: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """Results for the clients, one value a command (0 where it was not accepted), and the events."""

    results: dict[str, NDArray[np.int64]]
    events: Sequence[Event] = ()


class UseCase(Protocol):
    """One kind of command, decided in batches.

    `surveys`: it is decided alone, over the sums of the institution's book and the flows of its `date`.
    """

    command: type[Command]
    needs: tuple[Need, ...]
    gates: tuple[Gate, ...]
    rules: tuple[str, ...]
    surveys: bool

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Columns in which a repeated value (not 0) cuts the batch, because facts other than balances are shared."""

    def decide(self, case: Case) -> Proposals:
        """Propose legs, accounts and refusals. Pure."""

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """The legs of the commands that go on. Pure; `why` asks for those of a refused command too."""

    def record(self, decided: Decided) -> Recorded:
        """The results and events of what was accepted. Pure."""
