"""A report drawn from its duty: whom it speaks of, for which nobody need be on record; then what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benyuan.assurance.cases import case_row
from benyuan.assurance.reports import large_value, suspicious
from benyuan.assurance.reports.elements import FORMAT, LARGE_VALUE, SUSPICIOUS, Element, ElementList, missing_in
from benyuan.assurance.reports.holders import Who
from benyuan.assurance.reports.particulars import particulars
from benyuan.assurance.statements.holders import PERSON
from benyuan.engine.group import Group
from benyuan.payments.flow_rows import FlowRow
from benyuan.payments.flows import OF_PERSON
from benyuan.payments.vocabulary import DutyKind
from benyuan.values.errors import BadInput

LISTS = {DutyKind.large_value_report: LARGE_VALUE, DutyKind.suspicious_report: SUSPICIOUS}
DIRECTIONS, SORTS = ("", "in", "out"), ("", "account", "bank_to_bank")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a report will be about. `rows` belong to a large value, `case` to a suspicion; `about`: everyone in it."""

    duty: int
    row: Mapping[str, int]
    elements: ElementList
    rows: tuple[FlowRow, ...]
    case: int
    about: tuple[Who, ...]

    @property
    def people(self) -> list[int]:
        """The persons whose particulars it shows."""
        return sorted(who.id for who in self.about if who.kind == PERSON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The report: a head, and a line of elements for each transaction or suspicion."""

    head: dict[str, Any]
    lines: tuple[tuple[Element, ...], ...]


def outline(group: Group, *, duty: int) -> Outline:
    """What the report of a duty is about. Errors: KeyError for no such duty; BadInput for one of another kind."""
    held = group.records.tables["duty"]
    if not 0 < duty <= held.count:
        raise KeyError(duty)
    row = {name: int(held.column(name)[duty]) for name in held.table.columns}
    kind = DutyKind(row["kind"])
    if kind not in LISTS:
        raise BadInput("duty", duty, f"a duty to report a large or a suspicious value, not one of {kind.name}")
    if kind is DutyKind.suspicious_report:
        case = suspicious.case_of_duty(group, duty)
        about = {suspicious.subject_of(group, case_row(group, case))}
        return Outline(duty=duty, row=row, elements=SUSPICIOUS, rows=(), case=case, about=tuple(about))
    rows = large_value.rows_of_duty(group, row)
    about = large_value.people_in(group, rows)
    in_order = tuple(sorted(about, key=lambda who: (who.kind, who.id)))
    return Outline(duty=duty, row=row, elements=LARGE_VALUE, rows=tuple(rows), case=0, about=in_order)


def draw(group: Group, about: Outline, *, added: Mapping[str, str]) -> Drawn:
    """The report, with elements that people `added`. Whoever reads it must be on record before.

    Errors: BadInput for an element that the list does not have; VaultLocked; SealBroken.
    """
    about.elements.check_added(added)
    told = {who: particulars(group, who) for who in about.about}
    lines: tuple[tuple[Element, ...], ...]
    if about.case:
        lines = (suspicious.line_of(group, about.case, about.row, told, added),)
    else:
        lines = tuple(large_value.line_of(group, row, about.row, told, added) for row in about.rows)
    return Drawn(head=_head(about, lines), lines=lines)


def _head(about: Outline, lines: tuple[tuple[Element, ...], ...]) -> dict[str, Any]:
    row = about.row
    of_person = row["subject_kind"] == OF_PERSON
    return {
        "format": FORMAT,
        "report": about.elements.name,
        "duty": about.duty,
        "institution": row["institution"],
        "of": f"{'person' if of_person else 'merchant'}:{row['subject']}",
        "direction": DIRECTIONS[row["direction"]],
        "sort": SORTS[row["sort"]],
        "arose_on": row["arose_on"],
        "due_on": row["due_on"],
        "amount_fen": row["amount_fen"],
        "lines": len(lines),
        "missing": missing_in(lines),
    }
