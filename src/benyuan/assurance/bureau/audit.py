"""The yearly audit pack: how a bureau kept the law in a year, in counts that anybody who has the log can make again.

Source: PBoC Order [2021] No. 4, art. 43 (a yearly audit against the Personal Information Protection Law and State
Council Order 631, reported to the PBoC). The pack is what the audit rests on, not the audit: people draw conclusions.
Worked number: two consents granted, one of them revoked and the other run out on 2026-12-31: granted 2, revoked 1,
expired 1.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.bureau.counting import Tally, position_at_end, tally
from benyuan.assurance.bureau.duties import Duty, State, duties
from benyuan.assurance.bureau.redress import complaints, objections
from benyuan.credit_bureau.records import (
    BUREAU,
    BUREAU_CASE,
    CONSENT,
    CREDIT_LINE,
    INQUIRY,
    MEMBER,
    MEMBER_TERMS,
    SUBJECT,
)
from benyuan.credit_bureau.vocabulary import (
    CASE_SORT_NUMBER,
    MEMBER_SORT_NUMBER,
    PURPOSE_NUMBER,
    ROLE_NUMBER,
)
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.usecases.bureau.bureau_cases import MISUSE
from benyuan.values.dates import local_day
from benyuan.values.errors import BadInput

Ints = NDArray[np.int64]
A_YEAR = 10_000
FIRST_DAY, LAST_DAY = 101, 1_231
BUREAU_RULES = ("cr.", "pi.")
NOT_SHOWN = (
    (
        "What the system was told and what it decided is counted. Whether members furnished the truth, "
        "whether the evidence of a consent is genuine, and whether an answer in writing reached its reader is "
        "not known here."
    ),
    ("What was shown is known by sections and by a digest, not by its words; what a member did with it is not known."),
    (
        "Looks at the files of the database past the system leave no trace in its log; other means guard log, "
        "keys and machine."
    ),
    (
        "That records were erased is shown by pages that no longer have them and by what the log commits to. "
        "Copies made before lie outside."
    ),
    (
        "Rules are those of the pack that is loaded, with the status shown: what is not verified was not read "
        "in the official text. Rules of the house bind nobody else."
    ),
    ("Files and accounts count as the tables have them now; what has been erased since is no longer among them."),
    "Whether rules, staff and safety measures are fit for their purpose is for people to judge.",
)


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """One proven number: of what, split by what, and from where it can be counted again."""

    group: str
    name: str
    count: int
    source: str
    note: str = ""


class RuleLine(msgspec.Struct, frozen=True, kw_only=True):
    """A rule in force on the last day of the year."""

    id: str
    title_en: str
    title_zh: str
    in_force: int
    document: str
    article: str
    status: str


class AuditPack(msgspec.Struct, frozen=True, kw_only=True):
    """The pack; days as yyyymmdd. `head` is the hash of the last block of the range; `log_head` that of the log now."""

    bureau: int
    year: int
    first_on: int
    last_on: int
    first_position: int
    last_position: int
    head: str
    log_position: int
    log_head: str
    counts: list[Count]
    erased_at: list[int]
    breaches: list[dict[str, object]]
    rules: list[RuleLine]
    not_shown: tuple[str, ...] = NOT_SHOWN


def audit_pack(group: Group, year: int, *, bureau: int = 1) -> AuditPack:
    """The pack of a year that has begun. Errors: BadInput for another year, or no such bureau."""
    first, last = year * A_YEAR + FIRST_DAY, year * A_YEAR + LAST_DAY
    if not 1 <= bureau <= group.records.tables[BUREAU.name].count:
        raise BadInput("bureau", bureau, "the id of a bureau that exists")
    made = tally(group, bureau=bureau, first=first, last=last)
    if made.last_position < made.first_position:
        raise BadInput("year", year, "a year in which something was logged")
    span = Span(group, bureau, first, last, made)
    return AuditPack(
        bureau=bureau,
        year=year,
        first_on=first,
        last_on=last,
        first_position=made.first_position,
        last_position=made.last_position,
        head=made.head,
        log_position=group.position,
        log_head=group.head.hex(),
        counts=[*span.members(), *span.consents(), *span.furnished(), *span.shown(), *span.redress(), *span.rest()],
        erased_at=made.erased_at,
        breaches=span.breaches(),
        rules=_rules(group, last),
    )


class Span:
    """A bureau's year; the groups of counts, each from the log's commands or from rows whose events stand in it."""

    def __init__(self, group: Group, bureau: int, first: int, last: int, counted: Tally) -> None:
        self._group, self._bureau, self._first, self._last, self._tally = group, bureau, first, last, counted
        self._end = min(position_at_end(group, last), counted.last_position)

    def members(self) -> list[Count]:
        """Members by sort, contracts made, and those that run at the end."""
        mine = self._rows(MEMBER)
        sorts = _named(mine["sort"][mine["joined_on"] <= self._last], MEMBER_SORT_NUMBER)
        terms, owners = self._columns(MEMBER_TERMS), set(mine["id"].tolist())
        begun = sum(
            owner in owners and self._first <= day <= self._last
            for owner, day in zip(terms["owner"].tolist(), terms["from_date"].tolist(), strict=True)
        )
        joined = _within(mine["joined_on"], self._first, self._last)
        ended = _within(mine["ended_on"], self._first, self._last)
        return [
            *_counts("members", "by sort", sorts, source="rows"),
            _count("members", "joined", joined, source="rows"),
            _count("members", "ended", ended, source="rows"),
            _count("members", "contracts that began", begun, source="rows"),
        ]

    def consents(self) -> list[Count]:
        """Granted, revoked, run out."""
        rows = self._rows(CONSENT)
        granted = self._positions(rows["position"])
        out = (rows["expires_on"] >= self._first) & (rows["expires_on"] <= self._last) & (rows["revoked"] == 0)
        purposes = _named(rows["purpose"][granted & (rows["purpose"] != 0)], PURPOSE_NUMBER)
        return [
            _count("consents", "granted", granted, source="rows"),
            *_counts("consents", "granted by purpose", purposes, source="rows"),
            _count("consents", "revoked", self._positions(rows["revoked"]), source="rows"),
            _count("consents", "expired", out & (rows["position"] <= self._end), source="rows"),
        ]

    def furnished(self) -> list[Count]:
        """Files of people, accounts, records taken, and turned away by reason."""
        counted = self._tally
        subjects = self._rows(SUBJECT)
        opened = _within(subjects["identified_on"], self._first, self._last)
        return [
            _count("furnished", "files of people opened", opened, source="rows"),
            _count("furnished", "accounts in the file", len(self._rows(CREDIT_LINE)["id"]), source="rows, as of now"),
            *_counts("furnished", "records taken", counted.records, source="log"),
            *_counts("furnished", "records turned away", counted.turned_away, source="log"),
        ]

    def shown(self) -> list[Count]:
        """Answers by purpose and by member, own reports, looks of staff; refusals by rule with article."""
        rows = self._rows(INQUIRY)
        here = self._positions(rows["position"])
        members, staff = here & (rows["member"] != 0), here & (rows["member"] == 0) & (rows["role"] != 0)
        own = here & (rows["member"] == 0) & (rows["role"] == 0)
        return [
            *_counts("answers", "by purpose", _named(rows["purpose"][members], PURPOSE_NUMBER), source="rows"),
            *_counts("answers", "by member", Counter(map(str, rows["member"][members].tolist())), source="rows"),
            _count("own reports", "all", own, source="rows"),
            _count("own reports", "free", own & (rows["free"] != 0), source="rows"),
            *_counts("looks of staff", "by role", _named(rows["role"][staff], ROLE_NUMBER), source="rows"),
            *_counts("inquiries", "by", self._tally.asked, source="log"),
            *_counts("commands", "by outcome", self._tally.outcomes, source="log"),
            *_counts("refusals", "by rule", self._tally.refused, source="log", note=self._cited),
        ]

    def redress(self) -> list[Count]:
        """Objections by outcome with their days, complaints, reviews and corrections told."""
        mine = [
            each
            for each in objections(self._group, bureau=self._bureau)
            if self._first <= each.received_on <= self._last and each.position <= self._end
        ]
        ended = [each for each in mine if each.answered_on]
        late = sum(each.answered_on > each.due_on for each in ended)
        days = [each.days for each in ended]
        received = [
            each
            for each in complaints(self._group, bureau=self._bureau)
            if self._first <= each.received_on <= self._last
        ]
        told = Counter(f"{each.kind}: {each.state.value}" for each in self._duties())
        return [
            *_counts("objections", "by outcome", Counter(each.outcome for each in mine), source="rows"),
            *_counts("objections", "by fault", Counter(each.fault for each in mine), source="rows"),
            _count("objections", "answered late", late, source="rows"),
            _count("objections", "most days to an answer", max(days, default=0), source="rows"),
            _count("objections", "days to all answers together", sum(days), source="rows"),
            *_counts("complaints", "by outcome", Counter(each.outcome or "open" for each in received), source="rows"),
            *_counts("duties", "by kind and state", told, source="rows"),
        ]

    def rest(self) -> list[Count]:
        """Erasures and cases of misuse."""
        rows = self._rows(BUREAU_CASE)
        here = (rows["opened_on"] >= self._first) & (rows["opened_on"] <= self._last)
        judged = here & (rows["judged_on"] != 0)
        return [
            *_counts("erasures", "by command", self._tally.erased, source="log"),
            _count("erasures", "commands that erased", len(self._tally.erased_at), source="log"),
            *_counts("cases", "by what stood out", _named(rows["sort"][here], CASE_SORT_NUMBER), source="rows"),
            _count("cases", "judged", judged, source="rows"),
            _count("cases", "misuse", judged & (rows["misuse"] == MISUSE), source="rows"),
        ]

    def breaches(self) -> list[dict[str, object]]:
        """Duties whose day in law passed without their being done."""
        return [msgspec.to_builtins(each) for each in self._duties() if each.breach]

    def _duties(self) -> list[Duty]:
        found = duties(self._group, on=min(self._last, local_day(self._group.last_at)), bureau=self._bureau)
        return [each for each in found if each.arose_on >= self._first or each.state in (State.open, State.overdue)]

    def _cited(self, key: str) -> str:
        document, article = self._tally.cited[key.rpartition(": ")[2]]
        return f"{document}{article}"

    def _positions(self, column: Ints) -> NDArray[np.bool_]:
        return np.asarray((column >= self._tally.first_position) & (column <= self._end), np.bool_)

    def _rows(self, table: Table) -> dict[str, Ints]:
        """The rows of this bureau."""
        columns = self._columns(table)
        mine = columns["bureau"] == self._bureau
        return {name: column[mine] for name, column in columns.items()}

    def _columns(self, table: Table) -> dict[str, Ints]:
        held = self._group.records.tables[table.name]
        return {name: held.column(name)[1:] for name in table.columns} | {"id": held.ids()[1:]}


def _rules(group: Group, on: int) -> list[RuleLine]:
    lines = []
    for rule in group.regime.pack.rules():
        value = rule.in_force(on=on) if rule.id.startswith(BUREAU_RULES) else None
        if value is not None:
            article = f"{value.cite.article or ''}{value.cite.item or ''}"
            lines.append(
                RuleLine(
                    id=rule.id,
                    title_en=rule.title.en,
                    title_zh=rule.title.zh,
                    in_force=value.in_force,
                    document=value.cite.document,
                    article=article,
                    status=str(value.status),
                )
            )
    return lines


def _within(column: Ints, first: int, last: int) -> NDArray[np.bool_]:
    return np.asarray((column >= first) & (column <= last), np.bool_)


def _named(column: Ints, numbers: Mapping[str, int]) -> Counter[str]:
    words = {number: word for word, number in numbers.items()}
    return Counter(words[number] for number in column.tolist())


def _count(group: str, name: str, count: int | NDArray[np.bool_], *, source: str) -> Count:
    number = count if isinstance(count, int) else int(np.count_nonzero(count))
    return Count(group=group, name=name, count=number, source=source)


def _counts(
    group: str, name: str, counts: Mapping[str, int], *, source: str, note: Callable[[str], str] | None = None
) -> Iterable[Count]:
    return [
        Count(group=group, name=f"{name}: {key}", count=count, source=source, note=note(key) if note else "")
        for key, count in sorted(counts.items())
    ]
