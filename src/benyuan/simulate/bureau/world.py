"""What the bureau's simulation knows: ids that the group gave, the files of the clients, what was decided and told."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.bureau.lender_furnishing import LenderFurnished
from benyuan.simulate.lender.borrowers import Ints
from benyuan.simulate.lender.world import nobody


class MovingClock:
    """The group's clock, which the simulation moves."""

    def __init__(self, at: int) -> None:
        self.at = at

    def __call__(self) -> int:
        """Microseconds since 1970 UTC."""
        return self.at


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What became of a loan that was asked for: `score` None where there was none; `reasons` in words."""

    client: int
    on: int
    inquiry: int
    score: int | None
    approved: bool
    reasons: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Mistake:
    """The lender's own mistake, and the days on which what happened with it did."""

    client: int = 0
    subject: int = 0
    account: int = 0
    month: int = 0
    objection: int = 0
    furnished_on: int = 0
    bank_shown_on: int = 0
    read_on: int = 0
    objected_on: int = 0
    due_on: int = 0
    asked_on: int = 0
    said_on: int = 0
    corrected_on: int = 0
    answered_on: int = 0
    told_on: int = 0
    status_before: str = ""
    status_after: str = ""
    right: NDArray[Any] = field(default_factory=lambda: np.zeros(0))
    correction: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was held on a day: months in all, negative ones of what had ended and of what goes on, courts' records."""

    on: int
    months: int
    ended_months: int
    going_on_months: int
    ended_public: int
    going_on_public: int


@dataclass(slots=True, kw_only=True)
class BureauWorld:
    """`subject`: the number of each client's file, 0 for none.

    `told`: how often borrowers were told of arrears; `loans`: the loan by the row of `cash_loans`; `notes`: numbers
    that later steps of a story need, by name. `staff`: who reads, by login. `given`: of one spell by day its account
    and its late months left.
    """

    clock: MovingClock
    clients: int
    bureau: int = 0
    member: int = 0
    bank: int = 0
    court: int = 0
    subject: Ints = field(default_factory=nobody)
    decisions: list[Decision] = field(default_factory=list)
    furnished: list[LenderFurnished] = field(default_factory=list)
    told: int = 0
    loans: dict[int, int] = field(default_factory=dict)
    mistake: Mistake = field(default_factory=Mistake)
    notes: dict[str, int] = field(default_factory=dict)
    staff: dict[str, int] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    given: list[tuple[int, int, int]] = field(default_factory=list)
    erased_months: int = 0
    erased_public: int = 0
    erasing_days: int = 0
