"""What a payment institution makes public of a year: risk events, losses and how they were made good, disputes.

Source: PBoC Announcement [2015] No. 43, arts. 19, 28; the provision goes into the yearly supervisory report. A loss is
what was advanced after a dispute or credited as compensation. Worked number: of two disputes of a year one is decided
after three days and one is open: 50% are dealt with, in 3.00 days on average.
"""

from collections import Counter
from typing import Any

import msgspec
import numpy as np

from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.payments.provision import PROVISION
from benyuan.payments.vocabulary import (
    DISPUTE_OUTCOME_NUMBER,
    DISPUTE_REASON_NUMBER,
    INCIDENT_KIND_NUMBER,
    CreditReason,
    ProvisionMove,
)
from benyuan.values.dates import from_yyyymmdd, local_day, local_days

OF_YEAR = 10_000
HUNDREDTHS = 100
KINDS = ("set_provision", "credit_wallet", "decide_dispute", "recover_advance")


class Provision(msgspec.Struct, frozen=True, kw_only=True):
    """The risk provision of a year: opening + set aside + recovered - released - used = closing, in fen."""

    opening_fen: int
    set_aside_fen: int
    released_fen: int
    used_fen: int
    recovered_fen: int
    closing_fen: int


class Disputes(msgspec.Struct, frozen=True, kw_only=True):
    """Disputes opened in a year, as they stand now. Days are from opening to decision, both days counted as days."""

    opened: int
    by_reason: dict[str, int]
    decided: int
    decided_share_hundredths: int
    mean_days_hundredths: int
    longest_days: int
    for_customer: int
    for_customer_fen: int


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of a year, sums in fen."""

    institution: int
    year: int
    incidents: int
    incidents_by_kind: dict[str, int]
    incidents_by_class: dict[int, int]
    losses: int
    advanced_fen: int
    compensated_fen: int
    recovered_fen: int
    provision: Provision
    disputes: Disputes


def disclosure_of(group: Group, *, institution: int, year: int) -> Disclosure:
    """The figures, reckoned from the log and the records."""
    sums = _sums(group, institution=institution, year=year)
    kinds, classes = _incidents(group, institution=institution, year=year)
    return Disclosure(
        institution=institution,
        year=year,
        incidents=sum(kinds.values()),
        incidents_by_kind=dict(sorted(kinds.items())),
        incidents_by_class=dict(sorted(classes.items())),
        losses=sums["losses"],
        advanced_fen=sums["advanced"],
        compensated_fen=sums["compensated"],
        recovered_fen=sums["recovered"],
        provision=_provision(group, sums, institution=institution),
        disputes=_disputes(group, institution=institution, year=year),
    )


def _sums(group: Group, *, institution: int, year: int) -> Counter[str]:
    """What the year's commands moved; and what the provision gained after the year, as `later`."""
    sums: Counter[str] = Counter()
    position = group.position
    while position > 0:
        opened = group.reader.at_position(position)
        block = opened.block
        if block.last_at and local_day(block.last_at) // OF_YEAR < year:
            break
        if block.kind in KINDS:
            _add(group, opened, sums, institution=institution, year=year)
        position = block.first_position - 1
    return sums


def _add(group: Group, opened: Opened, sums: Counter[str], *, institution: int, year: int) -> None:
    batch = opened.batch()
    years = local_days(batch.at) // OF_YEAR
    for place in np.flatnonzero((opened.status == Outcome.accepted) & (years >= year)).tolist():
        row = {**batch.row(place), **{name: int(opened.integers("results", name)[place]) for name in _results(opened)}}
        if _institution_of(group, opened.block.kind, row) != institution:
            continue
        gained = _gained(opened.block.kind, row)
        if years[place] > year:
            sums["later"] += gained
            continue
        sums.update(_of_command(opened.block.kind, row))


def _results(opened: Opened) -> list[str]:
    return list(opened.outcome["results"])


def _institution_of(group: Group, kind: str, row: dict[str, Any]) -> int:
    if kind == "set_provision":
        return int(row["institution"])
    table, id_of = ("wallet", row.get("wallet", 0)) if kind == "credit_wallet" else ("merchant", row.get("merchant", 0))
    return int(group.records.tables[table].column("institution")[id_of])


def _gained(kind: str, row: dict[str, Any]) -> int:
    """What the provision gained by a command, in fen."""
    if kind == "set_provision":
        return int(row["amount_fen"]) * (1 if row["move"] == ProvisionMove.set_aside else -1)
    given = int(row.get("provision_fen", 0))
    return given if kind == "recover_advance" else -given


def _of_command(kind: str, row: dict[str, Any]) -> dict[str, int]:
    """What one command of the year adds to the sums."""
    given = int(row.get("provision_fen", 0))
    match kind:
        case "set_provision":
            return {("set_aside" if row["move"] == ProvisionMove.set_aside else "released"): row["amount_fen"]}
        case "credit_wallet" if row["reason"] == CreditReason.compensation:
            return {"losses": 1, "compensated": row["amount_fen"], "used": given}
        case "decide_dispute" if row["advanced_fen"]:
            return {"losses": 1, "advanced": row["advanced_fen"], "used": given}
        case "recover_advance":
            return {"recovered": row["amount_fen"], "filled": given}
    return {}


def _provision(group: Group, sums: Counter[str], *, institution: int) -> Provision:
    """Reckoned back from what the account holds now."""
    found = group.records.look_up(PROVISION, np.array([institution]), on=0)
    now = -group.ledger.balance(int(found["account"][0])).posted if found["found"][0] else 0
    closing = now - sums["later"]
    gained = sums["set_aside"] + sums["filled"] - sums["released"] - sums["used"]
    return Provision(
        opening_fen=closing - gained,
        set_aside_fen=sums["set_aside"],
        released_fen=sums["released"],
        used_fen=sums["used"],
        recovered_fen=sums["filled"],
        closing_fen=closing,
    )


def _incidents(group: Group, *, institution: int, year: int) -> tuple[Counter[str], Counter[int]]:
    """Incidents that happened in the year, by kind and by class (0: not to be reported as such)."""
    held = group.records.tables["incident"]
    kinds = {number: kind.value for kind, number in INCIDENT_KIND_NUMBER.items()}
    places = np.flatnonzero(held.column("institution") == institution)
    happened = [
        place for place in places.tolist() if local_day(int(held.column("occurred_at")[place])) // OF_YEAR == year
    ]
    by_kind = Counter(kinds[int(held.column("kind")[place])] for place in happened)
    return by_kind, Counter(int(held.column("class")[place]) for place in happened)


def _disputes(group: Group, *, institution: int, year: int) -> Disputes:
    held = group.records.tables["dispute"]
    homes = group.records.tables["merchant"].column("institution")[held.column("merchant")]
    places = np.flatnonzero((homes == institution) & (held.column("opened_on") // OF_YEAR == year)).tolist()
    reasons = {number: reason for reason, number in DISPUTE_REASON_NUMBER.items()}
    decided = [place for place in places if held.column("outcome")[place]]
    days = [_days(int(held.column("opened_on")[place]), int(held.column("decided_on")[place])) for place in decided]
    right = DISPUTE_OUTCOME_NUMBER["for_customer"]
    customers = [place for place in decided if held.column("outcome")[place] == right]
    by_reason = Counter(reasons[int(held.column("reason")[place])] for place in places)
    return Disputes(
        opened=len(places),
        by_reason=dict(sorted(by_reason.items())),
        decided=len(decided),
        decided_share_hundredths=len(decided) * HUNDREDTHS * HUNDREDTHS // len(places) if places else 0,
        mean_days_hundredths=sum(days) * HUNDREDTHS // len(days) if days else 0,
        longest_days=max(days, default=0),
        for_customer=len(customers),
        for_customer_fen=sum(int(held.column("amount_fen")[place]) for place in customers),
    )


def _days(first: int, last: int) -> int:
    return (from_yyyymmdd(last) - from_yyyymmdd(first)).days
