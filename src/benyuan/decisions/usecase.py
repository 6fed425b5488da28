"""What the engine asks of a use case: needs declared, gates in order, a pure decision, the records it leaves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command
from benyuan.decisions.events import Event
from benyuan.decisions.facts import Facts, Need, Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.parcels import Sifted
from benyuan.decisions.proposals import Legs, Proposals, no_legs
from benyuan.ledger import Posted
from benyuan.ledger.layout import ACCOUNT
from benyuan.rules import Refusal, RulePack
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
    """A yes or no over facts. `passes` gives one truth a command; `figures` what a refusal of that command shows.

    For the explanation of a decision: `applies`, where the rule speaks of the command at all; `excepted`, where the
    command passes by an exception that the text makes.
    """

    rule: str
    passes: Callable[[Case], NDArray[np.bool_]]
    figures: Callable[[Case, int], dict[str, Any]] | None = None
    applies: Callable[[Case], NDArray[np.bool_]] | None = None
    excepted: Callable[[Case], NDArray[np.bool_]] | None = None


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


class DecideAlone(Exception):
    """Raised by a use case over several commands that can't be decided together.

    `cuts`: the places at which another batch begins; without any, each command is decided by itself.
    """

    def __init__(self, kind: str, *, cuts: Sequence[int] = ()) -> None:
        super().__init__(kind)
        self.cuts = cuts


Survey: TypeAlias = tuple[dict[str, NDArray[np.int64]], dict[str, NDArray[np.int64]]]
"""Columns of facts, and columns of flows."""


class UseCase:
    """One kind of command, decided in batches; this one asks for nothing and does nothing, others say what they add.

    `needs`: the facts; `gates`: in order; `rules`: those that limit legs name. `surveys`: it asks the books besides;
    and where `alone`, it is then decided command by command, each over books that nothing of its own batch has touched.
    `reads_sealed`: it asks for records that can be erased, so it can't be decided again once they may have been.
    `unfit`: for codes of legs that no rule is named for, the field that is at fault and what it should be, where there
    is less money than the leg moves. `shared`: commands that lead to rows with the same value wait for one another, as
    those of `conflicts` do: the field that has the row's number, its table, and the column of the value.
    """

    command: type[Command]
    needs: tuple[Need, ...] = ()
    gates: tuple[Gate, ...] = ()
    rules: tuple[str, ...] = ()
    surveys: bool = False
    alone: bool = True
    reads_sealed: bool = False
    unfit: Mapping[int, tuple[str, str]] = MappingProxyType({})
    shared: tuple[tuple[str, Table, str], ...] = ()

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """No facts are shared but balances."""
        del batch
        return ()

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Further columns of facts from the books, and the flows of a day; only where `surveys`."""
        del batch, facts, books, rules
        return {}, {}

    def sift(self, case: Case) -> Sifted:
        """Which records of the parcel are taken; only for commands that come with one."""
        assert case.batch.parcel is not None
        return Sifted(kept=np.ones(len(case.batch.parcel), np.bool_))

    def decide(self, case: Case) -> Proposals:
        """The gates in order; for the commands that pass them, accounts and legs."""
        refused = {**refused_by(self.gates, case), **self.faults(case)}
        goes_on = standing(refused, len(case.batch))
        return Proposals(refused=refused, legs=self.legs(case, goes_on), accounts=self.accounts(case, goes_on))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Commands that make no sense together with the facts."""
        del case
        return {}

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


def refused_by(gates: Sequence[Gate], case: Case) -> dict[int, Refusal | Invalid]:
    """For each command that a gate stops, the refusal of the first such gate in order."""
    refused: dict[int, Refusal | Invalid] = {}
    for gate in gates:
        stopped = np.flatnonzero(~gate.passes(case))
        for place in stopped.tolist():
            if place not in refused:
                figures = gate.figures(case, place) if gate.figures else {}
                refused[place] = case.rules.refusal(id=gate.rule, on=case.batch.on, **figures)
    return refused


def standing(refused: Mapping[int, Refusal | Invalid], count: int) -> NDArray[np.bool_]:
    """Which commands of the batch no gate has stopped."""
    passes = np.ones(count, np.bool_)
    passes[list(refused)] = False
    return passes
