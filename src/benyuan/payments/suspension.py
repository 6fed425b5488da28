"""Stopped business: which wallets and customers may neither pay nor receive, or only receive, and by which rule.

Sources: 银发〔2016〕261号, items 一（二）, 一（三）, 一（六）, 四（十六）; AML Law (2024), art. 40; State Council Order
768, art. 27. Everything follows from dates and log positions on the wallet and its holder: no job has to run in time.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.facts import Facts
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.vocabulary import NAME_LIST_BIT, WALLET_STOP_BIT, WalletStop

CASE, SANCTION, IDLE = "pay.account.case_suspend", "pay.account.sanction", "pay.account.idle_suspend"
SUSPICIOUS, FREEZE, LISTED = "pay.account.suspicious_stop", "pay.account.lawful_freeze", "aml.list.realtime"

Column: TypeAlias = NDArray[np.int64]
Where: TypeAlias = NDArray[np.bool_]


def has_stop(facts: Facts, wallet: str, reason: WalletStop) -> Where:
    """Where a wallet is stopped for a reason."""
    return np.asarray((facts[f"{wallet}_stops"] & WALLET_STOP_BIT[reason]) != 0, np.bool_)


def is_overdue(facts: Facts, person: str, on: int) -> Where:
    """Where the holder of a case account has not been verified again in time."""
    by = facts[f"{person}_reverify_by"]
    return np.asarray((by != 0) & (by < on), np.bool_)


def is_idle(facts: Facts, wallet: str, person: str) -> Where:
    """Where a wallet was stopped as idle, and its holder has not been verified since."""
    return np.asarray(facts[f"{wallet}_idle"] > facts[f"{person}_reverified"], np.bool_)


def is_listed(facts: Facts, person: str) -> Where:
    """Where the holder is on a list."""
    return np.asarray((facts[f"{person}_stops"] & NAME_LIST_BIT) != 0, np.bool_)


def is_frozen(facts: Facts, wallet: str) -> Where:
    """Where a wallet is frozen whole, or amounts of it that come to more than is there."""
    return np.asarray(has_stop(facts, wallet, WalletStop.lawful_freeze) | (facts[f"{wallet}_short_fen"] > 0), np.bool_)


def stop_gate(rule: str, stopped: Callable[[Case], Where], until: Callable[[Case], Column] | None = None) -> Gate:
    """A gate that stops where `stopped`; whether the rule is in force is asked only then."""

    def passes(case: Case) -> Where:
        stops = stopped(case)
        if stops.any():
            case.rules.value(id=rule, on=case.batch.on)
        return ~stops

    def figures(case: Case, place: int) -> dict[str, Any]:
        date = int(until(case)[place]) if until else 0
        return {"until_on": date} if date else {}

    return Gate(rule=rule, passes=passes, figures=figures, applies=stopped)


def stops(*, wallet: str = "wallet", person: str = "person", leaving: bool) -> tuple[Gate, ...]:
    """The gates of a wallet and its holder, by the prefixes of their facts; `leaving`: money leaves the wallet."""
    gates = (
        stop_gate(
            CASE,
            lambda case: (
                has_stop(case.facts, wallet, WalletStop.case_account) | is_overdue(case.facts, person, case.batch.on)
            ),
        ),
        stop_gate(
            SANCTION,
            lambda case: case.facts[f"{person}_stopped_until"] > case.batch.on,
            lambda case: case.facts[f"{person}_stopped_until"],
        ),
        stop_gate(IDLE, lambda case: is_idle(case.facts, wallet, person)),
        stop_gate(SUSPICIOUS, lambda case: has_stop(case.facts, wallet, WalletStop.suspicious)),
        stop_gate(LISTED, lambda case: is_listed(case.facts, person)),
    )
    if not leaving:
        return gates
    return (*gates, stop_gate(FREEZE, lambda case: is_frozen(case.facts, wallet)))


NO_NEW_ACCOUNT = (
    stop_gate(
        SANCTION,
        lambda case: case.facts["person_barred_until"] > case.batch.on,
        lambda case: case.facts["person_barred_until"],
    ),
    stop_gate(LISTED, lambda case: is_listed(case.facts, "person")),
)
"""Who may not open an account."""


def closed_faults(case: Case, field: str, wallet: str = "wallet") -> dict[int, Invalid]:
    """A fault for each command that names a wallet that is closed."""
    return closed_in(case.batch, field, case.facts[f"{wallet}_closed_on"])


def closed_in(batch: Batch, field: str, closed_on: Column) -> dict[int, Invalid]:
    """The same, given the days of closing."""
    ids = batch.integers(field)
    return {
        place: Invalid(field=field, value=int(ids[place]), constraint="a wallet that is open, not closed as this one")
        for place in np.flatnonzero(closed_on).tolist()
    }
