"""Customers screened against the name lists: what they have in common is found by marks, and nothing is opened for it.

Source: AML Law (2024), art. 41; PBoC Order [2016] No. 3, art. 18 (at once when a list changes). New customers and new
particulars are matched at intake; this finds customers who were there before an entry was.
"""

from dataclasses import dataclass

import numpy as np

from benyuan.decisions.commands import NAME_MARK
from benyuan.engine.group import Group
from benyuan.parties.lists import LIST_ENTRY
from benyuan.payments.flows import OF_MERCHANT, OF_PERSON
from benyuan.payments.name_lists import LIST_MATCH, MatchKind
from benyuan.payments.records import BUSINESS, IDENTITY

CLIENT = "screening"
Found = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What a screening did. `entries`: that stand on lists; `stopped`: whose number is listed."""

    entries: int
    marks_in_common: int
    recorded: int
    stopped: int


def screen(group: Group, *, at: int | None = None) -> Screened:
    """Record every match that is not on record yet; `at` as in requests. Errors: those of `execute_columns`."""
    shared = list(group.store.shared_marks())
    listed_on = _standing(group)
    best: dict[tuple[int, int, int], int] = {}
    for known, entry, kind in _with_subjects(group, [row for row in shared if row[1] in listed_on]):
        best[(*known, entry)] = max(best.get((*known, entry), 0), kind)
    before = _on_record(group)
    fresh = [
        (subject_kind, subject, entry, kind)
        for (subject_kind, subject, entry), kind in sorted(best.items())
        if before.get((subject_kind, subject, entry), 0) < listed_on[entry]
    ]
    if not fresh:
        return Screened(entries=len(listed_on), marks_in_common=len(shared), recorded=0, stopped=0)
    answers = group.execute_columns(
        kind="record_match",
        columns={
            "entry": [entry for _, _, entry, _ in fresh],
            "match": [(MatchKind.name if kind == NAME_MARK else MatchKind.number).value for *_, kind in fresh],
            "person": [subject * (subject_kind == OF_PERSON) for subject_kind, subject, _, _ in fresh],
            "merchant": [subject * (subject_kind == OF_MERCHANT) for subject_kind, subject, _, _ in fresh],
        },
        client=CLIENT,
        keys=[f"{listed_on[entry]}:{entry}:{kind}:{subject}:{match}" for kind, subject, entry, match in fresh],
        at=at,
    )
    return Screened(
        entries=len(listed_on),
        marks_in_common=len(shared),
        recorded=sum(answer.accepted for answer in answers),
        stopped=int(answers.results("stopped").sum()),
    )


def _standing(group: Group) -> dict[int, int]:
    """The day of listing of every entry that stands on a list."""
    rows = group.records.tables[LIST_ENTRY.name].rows()
    names = ("id", *LIST_ENTRY.columns)
    entry, listed, off = (rows[:, names.index(name)] for name in ("id", "listed_on", "unlisted_on"))
    return dict(zip(entry[off == 0].tolist(), listed[off == 0].tolist(), strict=True))


def _with_subjects(group: Group, rows: list[Found]) -> list[tuple[tuple[int, int], int, int]]:
    """((kind of customer, customer), entry, kind of mark) of the identities that are customers."""
    identities = np.array([row[0] for row in rows], np.int64)
    person = group.records.look_up(IDENTITY, identities, on=0)["person"].tolist()
    merchant = group.records.look_up(BUSINESS, identities, on=0)["merchant"].tolist()
    found = []
    for place, (_, entry, kind) in enumerate(rows):
        if person[place]:
            found.append(((OF_PERSON, person[place]), entry, kind))
        elif merchant[place]:
            found.append(((OF_MERCHANT, merchant[place]), entry, kind))
    return found


def _on_record(group: Group) -> dict[tuple[int, int, int], int]:
    """The newest day on which each match was recorded, by customer and entry."""
    held = group.records.tables[LIST_MATCH.name]
    names = ("subject_kind", "subject", "entry", "found_on")
    columns = [held.column(name)[1:].tolist() for name in names]
    return {(kind, subject, entry): on for kind, subject, entry, on in zip(*columns, strict=True)}
