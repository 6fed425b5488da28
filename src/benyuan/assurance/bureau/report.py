"""The file of a person read from tables, pages and the vault, and the report of it.

State Council Order 631, arts. 17, 18, 20. Nothing here records that somebody has looked: whoever shows a report has had
the inquiry decided and logged (`assurance/bureau/asking.py`). Worked shape: a person with two accounts of 25 months
each has about fifty pages, one for each month of an account furnished by itself.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import ASKED, MONTH, PUBLIC
from benyuan.credit_bureau.records import (
    CONSENT,
    CREDIT_LINE,
    INQUIRY,
    MEMBER,
    OBJECTION,
    SUBJECT,
    SUBJECT_IDENTITY,
)
from benyuan.credit_bureau.report.composing import report
from benyuan.credit_bureau.report.file import Allowed, Asked, CreditFile, Line, Objected, Statement
from benyuan.credit_bureau.report.sheet import Report
from benyuan.credit_bureau.score.scorecard import Scorecard
from benyuan.credit_bureau.vocabulary import (
    ACCOUNT_TYPE_NUMBER,
    FAULT_KIND_NUMBER,
    MEMBER_SORT_NUMBER,
    PURPOSE_NUMBER,
    AccountType,
    FaultKind,
    MemberSort,
    ObjectionOutcome,
    Purpose,
    Section,
)
from benyuan.decisions.facts import Table
from benyuan.decisions.parcels import Layout
from benyuan.engine.group import Group
from benyuan.storage.scorecards import load_scorecard
from benyuan.values.dates import local_day
from benyuan.values.errors import BadInput

Row: TypeAlias = dict[str, int]
SORTS = {number: MemberSort(word) for word, number in MEMBER_SORT_NUMBER.items()}
TYPES = {number: AccountType(word) for word, number in ACCOUNT_TYPE_NUMBER.items()}
PURPOSES = {number: Purpose(word) for word, number in PURPOSE_NUMBER.items()}
KINDS = {number: FaultKind(word) for word, number in FAULT_KIND_NUMBER.items()}
MARKED = (ObjectionOutcome.open, ObjectionOutcome.not_confirmed)
"""Objections that stand beside the data: open ones, and those that could be neither confirmed nor refuted."""
EVERYTHING = Section(sum(Section))
WORDS = "words"
"""The field of the command with the person's statement."""


def report_of(
    group: Group,
    *,
    bureau: int,
    subject: int,
    sections: Section = EVERYTHING,
    position: int | None = None,
    at: int | None = None,
    account: int = 0,
    card: Scorecard | None = None,
) -> Report:
    """The report of a person's file up to a log position, on the day of `at`.

    `account`: the only one that is shown, 0 for all. `card`: what scores it; without one the card that comes with
    benyuan. Errors: BadInput, VaultLocked.
    """
    file = credit_file(
        group, bureau=bureau, subject=subject, sections=sections, position=position, at=at, account=account
    )
    on = local_day(file.at)
    used = (card or built_in_card()) if Section.score in sections else None
    return report(file, sections=sections, on=on, rules=group.regime.pack, card=used)


@cache
def built_in_card() -> Scorecard:
    """The card that comes with benyuan, read once."""
    return load_scorecard()


def assemble(
    group: Group,
    *,
    subject: int,
    sections: int,
    position: int,
    at: int | None = None,
    account: int = 0,
    card: Scorecard | None = None,
) -> dict[str, Any]:
    """What an answer shows, as values that JSON can hold: these sections of a file as it stood at a log position.

    `at`: the time of the answer, by which years are reckoned; without it that of the command at the position.
    `account`: the only one that is shown, 0 for all. Errors: BadInput for no such file; VaultLocked.
    """
    bureau = _bureau_of(group, subject)
    time = _at(group, position) if at is None else at
    asked = Section(sections)
    made = report_of(
        group, bureau=bureau, subject=subject, sections=asked, position=position, at=time, account=account, card=card
    )
    built: dict[str, Any] = msgspec.to_builtins(made)
    return built


def _at(group: Group, position: int) -> int:
    opened = group.reader.at_position(position)
    return int(opened.batch().at[position - opened.block.first_position])


def credit_file(
    group: Group,
    *,
    bureau: int,
    subject: int,
    sections: Section = EVERYTHING,
    position: int | None = None,
    at: int | None = None,
    account: int = 0,
) -> CreditFile:
    """All of a person's file up to a log position, or of one account; the vault is opened for what the sections need.

    Without `position` up to now, without `at` at the log's last time. Errors: BadInput for no such file at
    this bureau; VaultLocked, SealBroken.
    """
    if _bureau_of(group, subject) != bureau:
        raise BadInput("subject", subject, f"the number of a file at bureau {bureau}")
    seen = group.position if position is None else position
    lines = [row for row in _rows_of(group, CREDIT_LINE, subject) if row["position"] <= seen]
    lines = [row for row in lines if account in (0, row["id"])]
    members = group.records.tables[MEMBER.name].column("sort")
    own = Section.identity in sections
    return CreditFile(
        bureau=bureau,
        subject=subject,
        at=group.last_at if at is None else at,
        position=seen,
        lines=tuple(_line(row, members) for row in lines),
        months=_records(group, MONTH, [row["id"] for row in lines], seen),
        public=_records(group, PUBLIC, [subject], seen),
        elsewhere=_records(group, ASKED, [subject] if Section.inquiries in sections else [], seen),
        asked=tuple(_asked(row, members) for row in _rows_of(group, INQUIRY, subject) if row["position"] <= seen),
        allowed=tuple(_consents(group, subject, seen)) if own else (),
        objected=tuple(each for each in _objections(group, subject, seen) if account in (0, each.account)),
        particulars=_particulars(group, subject, seen) if own else None,
        statement=_statement(group, subject, seen) if Section.notes in sections else None,
    )


def _bureau_of(group: Group, subject: int) -> int:
    held = group.records.tables[SUBJECT.name]
    found = int(held.column("bureau")[subject]) if 0 < subject <= held.count else 0
    if not found:
        raise BadInput("subject", subject, "the number of a file that there is")
    return found


def _rows_of(group: Group, table: Table, subject: int) -> list[Row]:
    """The rows of a person in a table that is indexed by them, with their ids."""
    held = group.records.tables[table.name]
    places = held.all_with("subject", subject)
    if not len(places):
        return []
    columns = {"id": held.ids()[places], **held.at(places)}
    whole = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [dict(zip(columns, values, strict=True)) for values in whole]


def _records(group: Group, layout: Layout, owners: list[int], seen: int) -> NDArray[Any]:
    """The records of some owners that were furnished up to a log position, in the order of furnishing."""
    if not owners:
        return np.zeros(0, layout.dtype)
    found = group.pages.read(layout, owners)
    order = np.argsort(found.position, kind="stable")
    return found.records[order][found.position[order] <= seen]


def _line(row: Row, members: NDArray[np.int64]) -> Line:
    return Line(
        account=row["id"],
        member=row["member"],
        sort=SORTS[int(members[row["member"]])],
        type=TYPES[row["type"]],
        opened_on=row["opened_on"],
        limit_fen=row["limit_fen"],
        objections=row["objections"],
    )


def _asked(row: Row, members: NDArray[np.int64]) -> Asked:
    return Asked(
        inquiry=row["id"],
        at=row["at"],
        purpose=PURPOSES[row["purpose"]],
        member=row["member"],
        sort=SORTS[int(members[row["member"]])] if row["member"] else None,
        staff=not row["member"] and row["staff"] != 0,
    )


def _consents(group: Group, subject: int, seen: int) -> Iterator[Allowed]:
    members = group.records.tables[MEMBER.name].column("sort")
    for row in _rows_of(group, CONSENT, subject):
        if row["position"] <= seen:
            yield Allowed(
                consent=row["id"],
                member=row["member"],
                sort=SORTS[int(members[row["member"]])],
                purpose=PURPOSES[row["purpose"]],
                starts_on=row["starts_on"],
                expires_on=row["expires_on"],
                times=row["times"],
                furnishing=bool(row["furnishing"]),
                revoked=0 < row["revoked"] <= seen,
            )


def _objections(group: Group, subject: int, seen: int) -> Iterator[Objected]:
    for row in _rows_of(group, OBJECTION, subject):
        if row["position"] <= seen and row["outcome"] in MARKED:
            yield Objected(
                objection=row["id"],
                account=row["account"],
                month=row["month"],
                kind=KINDS[row["kind"]],
                opened_on=row["opened_on"],
                open=row["outcome"] == ObjectionOutcome.open,
            )


def _particulars(group: Group, subject: int, seen: int) -> dict[str, Any] | None:
    """The latest particulars of any of the person's documents; None where they are erased."""
    positions = [row["position"] for row in _rows_of(group, SUBJECT_IDENTITY, subject) if row["position"] <= seen]
    return group.payloads.read(max(positions)) if positions else None


def _statement(group: Group, subject: int, seen: int) -> Statement | None:
    position = int(group.records.tables[SUBJECT.name].column("statement")[subject])
    held = group.payloads.read(position) if 0 < position <= seen else None
    if held is None:
        return None
    return Statement(text=str(held.get(WORDS, "")), said_on=local_day(_at(group, position)))
