"""Objections and complaints as they stand, in words; whose clock each is.

Sources: State Council Order 631, arts. 25, 26; 银发〔2024〕37号, arts. 11, 16. The branch's days are told apart from
the bureau's: papers handed in on 2026-04-30 are looked at within 10 working days, and a complaint that was taken up on
2026-05-12 is concluded by 2026-06-11; both are the branch's to keep.
"""

import msgspec

from benyuan.assurance.bureau.duties import days_between
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.records import COMPLAINT, OBJECTION, PARCEL
from benyuan.credit_bureau.redress.rules import BRANCH_DAYS, BRANCH_INTAKE
from benyuan.credit_bureau.redress.words import COMPLAINT_OUTCOME_NUMBER, SAYS_NUMBER
from benyuan.credit_bureau.vocabulary import FAULT_KIND_NUMBER, SORT_NUMBER, ObjectionOutcome, Sort
from benyuan.engine.group import Group
from benyuan.values.calendar import CalendarUnknown
from benyuan.values.dates import add_calendar_days


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """One objection; dates as yyyymmdd, positions in the log, 0 for none.

    `evidence`: the position of the furnisher's answer that came with evidence. `days`: from receipt to answer.
    """

    objection: int
    bureau: int
    subject: int
    member: int
    account: int
    month: int
    fault: str
    received_on: int
    received_by: int
    due_on: int
    asked_on: int
    said_on: int
    said: str
    evidence: int
    outcome: str
    ended_on: int
    answered_on: int
    correction: int
    answer: int
    decided: int
    days: int
    position: int


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What was said about an objection: by the person, the furnisher, the bureau; empty where it is not, or erased.

    `shown_by` and `proven_by` are the digests of the pieces of evidence of person and furnisher.
    """

    person: str
    furnisher: str
    bureau: str
    shown_by: tuple[str, ...]
    proven_by: tuple[str, ...]


class Complaint(msgspec.Struct, frozen=True, kw_only=True):
    """One complaint; dates as yyyymmdd, 0 for none.

    `branch_looks_by` and `branch_concludes_by` are the branch's own days, and no duty of the bureau; `branch_note` says
    why one is not known.
    """

    complaint: int
    bureau: int
    subject: int
    received_on: int
    due_on: int
    explained_on: int
    concluded_on: int
    outcome: str
    handed_in_on: int
    accepted_on: int
    branch_looks_by: int
    branch_concludes_by: int
    branch_note: str
    position: int


def objections(group: Group, *, bureau: int = 0, subject: int = 0) -> list[Objection]:
    """All objections in order, of a bureau and a file or of all (0)."""
    rows = _rows(group, OBJECTION.name)
    return [
        _objection(number, row)
        for number, row in rows
        if bureau in (0, row["bureau"]) and subject in (0, row["subject"])
    ]


def words_of(group: Group, objection: int) -> Words:
    """What was said about an objection. Errors: VaultLocked.

    It is personal: who is no more than staff has a look at the person on record first (`look`).
    """
    row = dict(_rows(group, OBJECTION.name))[objection]
    person, furnisher, bureau = (
        (group.payloads.read(row[name]) if row[name] else None) or {} for name in ("position", "answer", "decided")
    )
    return Words(
        person=person.get("statement", ""),
        furnisher=furnisher.get("words", ""),
        bureau=bureau.get("words", ""),
        shown_by=tuple(person.get("evidence", "").split()),
        proven_by=tuple(furnisher.get("evidence", "").split()),
    )


def complaints(group: Group, *, bureau: int = 0) -> list[Complaint]:
    """All complaints in order, of a bureau or of all (0)."""
    return [
        _complaint(group, number, row) for number, row in _rows(group, COMPLAINT.name) if bureau in (0, row["bureau"])
    ]


def correction_holds(group: Group, objection: int) -> bool | None:
    """Whether the command that is said to have corrected still has the account and month in its records.

    None where there is nothing to look at: no correction, no parcel, or records that have been erased since.
    Errors: VaultLocked.
    """
    row = dict(_rows(group, OBJECTION.name))[objection]
    parcels = [each for _, each in _rows(group, PARCEL.name) if each["position"] == row["correction"]]
    if not parcels or not row["account"] or parcels[0]["sort"] != SORT_NUMBER[Sort.months]:
        return None
    found = group.books().of_parcel(MONTH, row["correction"]).records
    if not len(found):
        return None
    mine = found["account"] == row["account"]
    return bool((mine & ((row["month"] == 0) | (found["month"] == row["month"]))).any())


def _rows(group: Group, table: str) -> list[tuple[int, dict[str, int]]]:
    held = group.records.tables[table]
    return [
        (number, {name: int(held.column(name)[number]) for name in held.table.columns})
        for number in range(1, held.count + 1)
    ]


def _objection(number: int, row: dict[str, int]) -> Objection:
    kept = set(Objection.__struct_fields__) - {"objection", "fault", "said", "outcome", "days"}
    ended = row["answered_on"] or (row["ended_on"] if row["outcome"] == ObjectionOutcome.withdrawn else 0)
    return Objection(
        objection=number,
        fault={value: word for word, value in FAULT_KIND_NUMBER.items()}[row["kind"]],
        said={0: "", **{value: word for word, value in SAYS_NUMBER.items()}}[row["said"]],
        outcome=ObjectionOutcome(row["outcome"]).name,
        days=days_between(row["received_on"], ended) if ended else 0,
        **{name: row[name] for name in sorted(kept)},
    )


def _complaint(group: Group, number: int, row: dict[str, int]) -> Complaint:
    looks, note = _working_days(group, row["handed_in_on"])
    words = {0: "", **{value: word for word, value in COMPLAINT_OUTCOME_NUMBER.items()}}
    kept = set(Complaint.__struct_fields__) & set(row) - {"outcome"}
    return Complaint(
        complaint=number,
        outcome=words[row["outcome"]],
        branch_looks_by=looks,
        branch_concludes_by=_calendar_days(group, row["accepted_on"]),
        branch_note=note,
        **{name: row[name] for name in sorted(kept)},
    )


def _working_days(group: Group, handed_in_on: int) -> tuple[int, str]:
    value = group.regime.pack.in_force(id=BRANCH_INTAKE, on=handed_in_on) if handed_in_on else None
    if value is None:
        return 0, ""
    try:
        return group.regime.calendar.add_working_days(handed_in_on, value.count), ""
    except CalendarUnknown as error:
        return 0, str(error)


def _calendar_days(group: Group, accepted_on: int) -> int:
    value = group.regime.pack.in_force(id=BRANCH_DAYS, on=accepted_on) if accepted_on else None
    return add_calendar_days(accepted_on, value.count) if value is not None else 0
