"""Losses and near misses as they stand: gross, made good, net; when who is told.

Source: PBoC Order [2020] No. 4, art. 30 (identify, measure, monitor, report); house rule gov.house.loss.tell. Worked
number: 100.00 lost, 30.00 of it made good: 70.00 net. A near miss is in no sum of losses.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.governance.risk.records import LOSS_CHANGE, LOSS_RECOVERY
from benyuan.rules import RulePack
from benyuan.values.dates import add_calendar_days

Column: TypeAlias = Callable[[Table, str], NDArray[np.int64]]
TELL_LOSS = "gov.house.loss.tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """Of one event, on a day: fen, and the number of its cause. `changed`: the row by which it is known so."""

    gross_fen: int
    recovered_fen: int
    cause: int
    changed: int

    @property
    def net_fen(self) -> int:
        """What is left of it."""
        return self.gross_fen - self.recovered_fen


def amounts_of(column: Column, event: int, *, on: int) -> Amounts:
    """What is known of an event on a day; noughts of one that is not there."""
    changes = np.flatnonzero((column(LOSS_CHANGE, "event") == event) & (column(LOSS_CHANGE, "on_date") <= on))
    last = int(changes[-1]) if len(changes) and event else 0
    mine = (column(LOSS_RECOVERY, "event") == event) & (column(LOSS_RECOVERY, "on_date") <= on)
    recovered = int(column(LOSS_RECOVERY, "amount_fen")[mine].sum()) if event else 0
    gross, cause = (int(column(LOSS_CHANGE, name)[last]) for name in ("gross_fen", "cause"))
    return Amounts(gross_fen=gross, recovered_fen=recovered, cause=cause, changed=last)


def aim_of(rules: RulePack, *, before_fen: int, gross_fen: int, on: int) -> int:
    """By when the board is told of an event that has come to so much; 0 where no step was newly reached.

    Errors: RuleNotInForce.
    """
    rows = rules.value(id=TELL_LOSS, on=on).tiers
    reached = [row.count("days") for row in rows if before_fen < row.fen("from") <= gross_fen]
    return add_calendar_days(on, min(reached)) if reached else 0
