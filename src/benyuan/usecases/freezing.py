"""What the commands on freezes have in common: the hold given back and made anew, and what is left of the freeze."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.events import Event, event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import LegTable
from benyuan.decisions.usecase import Case, Decided
from benyuan.ledger import LegFlag
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.freezes import FREEZE_CHANGED
from benyuan.payments.monitoring.gates import in_force
from benyuan.payments.records import WALLET_FREEZES_CHANGED
from benyuan.payments.suspension import FREEZE
from benyuan.usecases.common import rows

FREEZING = in_force(FREEZE)
"""Freezing, and what follows from it, stand under the rule of the day."""

Column = NDArray[np.int64]
Where = NDArray[np.bool_]


def alone(batch: Batch) -> tuple[Column, ...]:
    """The freezes of a wallet are shared by the commands on them: each stands alone."""
    return (np.ones(len(batch), np.int64),)


def ended_faults(case: Case) -> dict[int, Invalid]:
    """A fault for each command that names a freeze that is over."""
    numbers, ended = case.batch.integers("freeze"), case.facts["freeze_ended_on"]
    return {
        place: Invalid(
            field="freeze",
            value=int(numbers[place]),
            constraint=f"a freeze that stands; this one ended on {int(ended[place])}",
        )
        for place in np.flatnonzero(ended).tolist()
    }


def above_faults(case: Case, most: Column, what: str) -> dict[int, Invalid]:
    """A fault for each amount above the most that a command may name."""
    asked = case.batch.integers("amount_fen")
    return {
        place: Invalid(
            field="amount_fen", value=int(asked[place]), constraint=f"no more than {what}: {int(most[place])}"
        )
        for place in np.flatnonzero(asked > most).tolist()
    }


def release_leg(table: LegTable, *, case: Case, where: Where) -> None:
    """The hold of the named freeze given back."""
    facts = case.facts
    table.add(
        where=where & (facts["freeze_hold"] != 0),
        debit=facts["wallet_account"],
        credit=facts["institution_first_account"] + Own.clearing_out,
        amount=facts["freeze_held_fen"],
        code=LegCode.freeze_hold,
        flags=LegFlag.void_pending_transfer,
        hold=facts["freeze_hold"],
    )


def hold_leg(table: LegTable, *, case: Case, where: Where, amount: Column) -> None:
    """A hold of as much of the amount as is there, down to nothing."""
    facts = case.facts
    table.add(
        where=where & (amount > 0),
        debit=facts["wallet_account"],
        credit=facts["institution_first_account"] + Own.clearing_out,
        amount=amount,
        code=LegCode.freeze_hold,
        flags=LegFlag.pending | LegFlag.balancing_debit,
    )


def held_by(decided: Decided) -> tuple[Column, Column]:
    """The new hold of each command, and how much it holds; 0 where there is none."""
    legs = decided.proposals.legs
    chosen = (legs.legs["code"] == LegCode.freeze_hold) & (legs.legs["flags"] & LegFlag.pending != 0)
    hold, held = np.zeros(len(decided.case.batch), np.int64), np.zeros(len(decided.case.batch), np.int64)
    hold[legs.command[chosen]] = decided.posted.leg[chosen]
    held[legs.command[chosen]] = decided.posted.moved[chosen]
    return hold, held


def changed_events(decided: Decided, *, amount: Column, deducted: Any = 0) -> tuple[dict[str, Column], list[Event]]:
    """The named freeze with what is left of its amount, and its wallet; as results, and as events."""
    facts, accepted, on = decided.case.facts, decided.accepted, decided.case.batch.on
    hold, held = held_by(decided)
    short_before = facts["freeze_amount_fen"] - facts["freeze_held_fen"]
    short = facts["wallet_short_fen"] - short_before + amount - held
    ended = amount == 0
    freeze = {
        "id": decided.case.batch.integers("freeze"),
        "amount_fen": amount,
        "held_fen": held,
        "hold": hold,
        "deducted_fen": facts["freeze_deducted_fen"] + deducted,
        "ended_on": np.where(ended, on, 0),
    }
    wallet = {"id": facts["freeze_wallet"], "freezes": facts["wallet_freezes"] - ended, "short_fen": short}
    results = {"held_fen": held, "short_fen": amount - held, "frozen_fen": amount, "wallet": facts["freeze_wallet"]}
    return results, [
        *event(FREEZE_CHANGED, rows(accepted, **freeze)),
        *event(WALLET_FREEZES_CHANGED, rows(accepted, **wallet)),
    ]
