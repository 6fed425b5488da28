"""Crossings of personal data between entities: each with its ground, looked up again; what crossed without a row.

Sources: PBoC Order [2020] No. 4, arts. 23, 34; PIPL, arts. 13, 23. A consent is looked at as it stood when the data
crossed: begun, not over, not yet taken back, between these two. What has been erased since can't be looked at, and is
told as gone. Worked: an inquiry on consent 3 that was revoked a day later is proved; one made a day after the
revocation is not.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import msgspec
import numpy as np

from benyuan.assurance.group.checks import entities_of
from benyuan.assurance.group.purchases import PurchaseDay, PurchaseUnproved, purchases_of
from benyuan.assurance.group.reading import columns_of
from benyuan.consumer_finance.records import LOAN
from benyuan.consumer_protection.contact.records import CHOICE, SHARED, WHOSE
from benyuan.consumer_protection.contact.vocabulary import RECEIVER_NUMBER, TOPIC_NUMBER, Topic
from benyuan.credit_bureau.records import CONSENT, CREDIT_LINE, INQUIRY, MEMBER, PARCEL
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.governance.checks.records import STAFF
from benyuan.governance.checks.words import SORT_NUMBER
from benyuan.governance.crossings.records import CROSSING
from benyuan.governance.crossings.words import (
    CROSSED_NUMBER,
    GROUND_NUMBER,
    SIDE_NUMBER,
    Crossed,
    Ground,
    Side,
)
from benyuan.rules.places import place_of
from benyuan.values.dates import local_day

SIDES, DATA, GROUNDS, SORTS = (
    {number: word for word, number in numbers.items()}
    for numbers in (SIDE_NUMBER, CROSSED_NUMBER, GROUND_NUMBER, SORT_NUMBER)
)
Row: TypeAlias = Mapping[str, int]
RULES = ("fhc.data_sharing", "fhc.firewall")
GONE = "gone"
MOVES = frozenset({"move_inquiries", "move_public"})


class CrossingSum(msgspec.Struct, frozen=True, kw_only=True):
    """What crossed one way on one ground. `gone`: of how many the ground has been erased since."""

    giver: str
    receiver: str
    data: str
    ground: str
    crossings: int
    records: int
    gone: int
    first_on: int
    last_on: int


class Unproved(msgspec.Struct, frozen=True, kw_only=True):
    """A crossing whose ground does not bear it, or that has left no row; by its log position, which `why` lays open."""

    position: int
    on: int
    giver: str
    receiver: str
    data: str
    reason: str


class AtSeveral(msgspec.Struct, frozen=True, kw_only=True):
    """One individual who is staff of several entities, by the numbers as staff."""

    staff: list[int]
    entities: list[str]


class Crossings(msgspec.Struct, frozen=True, kw_only=True):
    """All of it up to a day. `older`: crossings before the first row, of a log from before this register.

    `purchases`: what purchases on credit told a lender, day by day; in `sums` it stands in one line for each pair.
    """

    on: int
    places: list[str]
    sums: list[CrossingSum]
    unproved: list[Unproved]
    older: int
    at_several: list[AtSeveral]
    purchases: list[PurchaseDay]


def crossings_of(group: Group, body: int = 0, *, on: int = 0) -> Crossings:
    """Crossings from or to a body's entity; 0: all. Errors: BadInput."""
    day = on or local_day(group.last_at)
    wanted = entities_of(group, body, on=day) if body else None
    rows = [row for row in _rows(group, CROSSING) if row["on_date"] <= day and _is_of(row, wanted)]
    told = [(row, _reason(group, row)) for row in rows]
    first = min((row["position"] for row in _rows(group, CROSSING)), default=group.position + 1)
    expected = [each for each in _expected(group) if each.on <= day and _names(each, wanted)]
    there = {row["position"] for row in rows}
    unproved = [_unproved(row, reason) for row, reason in told if reason not in ("", GONE)]
    missing = (each for each in expected if each.position >= first and each.position not in there)
    unproved += [each for each in missing if not _is_within(group, each.position)]
    days, wrong = purchases_of(group, until=day)
    days = [each for each in days if wanted is None or not wanted.isdisjoint(_pair(each))]
    unproved += [told for told in map(_unproved_purchase, wrong) if _names(told, wanted)]
    pack = group.regime.pack
    places = [(rule, pack.in_force(id=rule, on=day)) for rule in RULES]
    return Crossings(
        on=day,
        places=[place_of(rule, value).text() for rule, value in places if value],
        sums=[*_sums(told), *_sums_of_purchases(days)],
        unproved=sorted(unproved, key=lambda each: each.position),
        older=sum(each.position < first for each in expected),
        at_several=_at_several(group),
        purchases=days,
    )


def _pair(each: PurchaseDay | PurchaseUnproved) -> tuple[str, str]:
    return f"{Side.institution.value} {each.institution}", f"{Side.lender.value} {each.lender}"


def _unproved_purchase(each: PurchaseUnproved) -> Unproved:
    giver, receiver = _pair(each)
    told = {"position": each.position, "on": each.on}
    return Unproved(**told, giver=giver, receiver=receiver, data=each.data, reason=each.reason)


def _sums_of_purchases(days: list[PurchaseDay]) -> Iterator[CrossingSum]:
    groups: dict[tuple[str, str, str], list[PurchaseDay]] = {}
    for each in days:
        groups.setdefault((*_pair(each), each.data), []).append(each)
    for (giver, receiver, data), mine in sorted(groups.items()):
        crossed = sum(each.crossings for each in mine)
        yield CrossingSum(
            giver=giver,
            receiver=receiver,
            data=data,
            ground=Ground.contract.value,
            crossings=crossed,
            records=crossed,
            gone=0,
            first_on=min(each.on for each in mine),
            last_on=max(each.on for each in mine),
        )


def _rows(group: Group, table: Table) -> Iterator[dict[str, int]]:
    held = group.records.tables[table.name]
    for number in range(1, held.count + 1):
        yield {"id": number, **{name: int(held.column(name)[number]) for name in table.columns}}


def _row(group: Group, table: Table, number: int) -> dict[str, int]:
    held = group.records.tables[table.name]
    there = number if 0 < number <= held.count else 0
    return {name: int(held.column(name)[there]) for name in table.columns}


def _sides(row: Row) -> tuple[str, str]:
    return f"{SIDES[row['giver_sort']]} {row['giver']}", f"{SIDES[row['receiver_sort']]} {row['receiver']}"


def _is_of(row: Row, wanted: set[str] | None) -> bool:
    return wanted is None or not wanted.isdisjoint(_sides(row))


def _names(each: Unproved, wanted: set[str] | None) -> bool:
    return wanted is None or each.giver in wanted or each.receiver in wanted


def _unproved(row: Row, reason: str) -> Unproved:
    giver, receiver = _sides(row)
    at = {"position": row["position"], "on": row["on_date"]}
    return Unproved(**at, giver=giver, receiver=receiver, data=DATA[row["data"]], reason=reason)


def _sums(told: list[tuple[dict[str, int], str]]) -> list[CrossingSum]:
    groups: dict[tuple[str, str, str, str], list[tuple[Row, str]]] = {}
    for row, reason in told:
        groups.setdefault((*_sides(row), DATA[row["data"]], GROUNDS[row["ground"]]), []).append((row, reason))
    return [
        CrossingSum(
            giver=giver,
            receiver=receiver,
            data=data,
            ground=ground,
            crossings=len(mine),
            records=sum(row["records"] for row, _ in mine),
            gone=sum(reason == GONE for _, reason in mine),
            first_on=min(row["on_date"] for row, _ in mine),
            last_on=max(row["on_date"] for row, _ in mine),
        )
        for (giver, receiver, data, ground), mine in sorted(groups.items())
    ]


def _reason(group: Group, row: Row) -> str:
    """Why a crossing's ground does not bear it; nothing where it does."""
    return PROOFS[Ground(GROUNDS[row["ground"]])](group, row)


def _is_within(group: Group, position: int) -> bool:
    """Whether a parcel is the bureau's own work: what it moves from one file to another crosses nothing."""
    return group.reader.at_position(position).block.kind in MOVES


def _between(group: Group, row: Row, *, bureau: int, member: int) -> bool:
    """Whether a bureau and a member of it are the two sides."""
    lender = _row(group, MEMBER, member)["lender"]
    asked = row["giver_sort"] == SIDE_NUMBER[Side.bureau]
    sides = (row["giver"], row["receiver"]) if asked else (row["receiver"], row["giver"])
    return sides == (bureau, lender)


def _by_consent(group: Group, row: Row) -> str:
    held = _row(group, CONSENT, row["proof"])
    if not held["bureau"]:
        return GONE if 0 < row["proof"] <= group.records.tables[CONSENT.name].count else "there is no such consent"
    if not _between(group, row, bureau=held["bureau"], member=held["member"]):
        return "the consent is for others"
    if not held["starts_on"] <= row["on_date"] <= held["expires_on"]:
        return "the consent had not begun or was over"
    return "the consent had been taken back" if 0 < held["revoked"] < row["position"] else ""


def _by_own_account(group: Group, row: Row) -> str:
    held = _row(group, CREDIT_LINE, row["proof"])
    if not held["bureau"]:
        return GONE if 0 < row["proof"] <= group.records.tables[CREDIT_LINE.name].count else "there is no such account"
    return "" if _between(group, row, bureau=held["bureau"], member=held["member"]) else "the account is another's"


def _by_each_consent(group: Group, row: Row) -> str:
    held = _row(group, PARCEL, row["proof"])
    if not _between(group, row, bureau=held["bureau"], member=held["member"]):
        return "the parcel is another's"
    return "" if held["position"] == row["position"] else "the parcel came another time"


def _by_choice(group: Group, row: Row) -> str:
    held = _row(group, CHOICE, row["proof"])
    receiver = RECEIVER_NUMBER[SIDES[row["receiver_sort"]]]
    if not row["proof"] or not held["given"] or held["topic"] != TOPIC_NUMBER[Topic.sharing]:
        return "the customer has given no such yes"
    if (held["receiver_kind"], held["receiver"]) != (receiver, row["receiver"]):
        return "the yes is to another receiver"
    if held["until"] and held["until"] < row["on_date"]:
        return "the yes was over"
    return "the yes had been taken back" if _taken_back(group, held, before=row["position"]) else ""


def _taken_back(group: Group, held: Row, *, before: int) -> bool:
    """Whether a no to this receiver and purpose, or to all, came after the yes and before a log position."""
    column = columns_of(group)
    mine = (column(CHOICE, "position") > held["position"]) & (column(CHOICE, "position") < before)
    mine &= (column(CHOICE, "given") == 0) & (column(CHOICE, "topic") == held["topic"])
    for name in WHOSE:
        mine &= column(CHOICE, name) == held[name]
    for name in ("receiver_kind", "receiver", "purpose"):
        mine &= np.isin(column(CHOICE, name), (0, held[name]))
    return bool(mine[1:].any())


def _by_contract(group: Group, row: Row) -> str:
    held = _row(group, LOAN, row["proof"])
    side = "guarantor" if row["data"] == CROSSED_NUMBER[Crossed.guaranteed_loan] else "partner"
    return "" if (held["lender"], held[side]) == (row["giver"], row["receiver"]) else "the loan is not theirs"


def _by_agreement(group: Group, row: Row) -> str:
    told = group.books().command_at(row["position"])
    agreed = told is not None and told.kind == "agree_autopay" and int(told.columns["account"][0]) == row["proof"]
    return "" if agreed else "there is no such agreement"


PROOFS: Mapping[Ground, Callable[[Group, Row], str]] = {
    Ground.consent: _by_consent,
    Ground.own_account: _by_own_account,
    Ground.each_consent: _by_each_consent,
    Ground.choice: _by_choice,
    Ground.contract: _by_contract,
    Ground.agreement: _by_agreement,
}


def _expected(group: Group) -> Iterator[Unproved]:
    """What the rooms' own records say crossed, by the positions at which it did."""
    lender = group.records.tables[MEMBER.name].column("lender")

    def of_member(row: Row, data: str, on: int, *, asked: bool) -> Unproved:
        sides = (f"bureau {row['bureau']}", f"lender {int(lender[row['member']])}")
        giver, receiver = sides if asked else sides[::-1]
        missing = "it left no row"
        return Unproved(position=row["position"], on=on, giver=giver, receiver=receiver, data=data, reason=missing)

    for row in _rows(group, INQUIRY):
        if lender[row["member"]]:
            yield of_member(row, "report", local_day(row["at"]), asked=True)
    for row in _rows(group, PARCEL):
        if lender[row["member"]] and row["records"]:
            yield of_member(row, "records", row["on"], asked=False)
    for row in _rows(group, SHARED):
        sort = next((side for side in Side if RECEIVER_NUMBER[side] == row["receiver_kind"]), None)
        if sort is not None:
            yield Unproved(
                position=row["position"],
                on=row["on_date"],
                giver="customer's own",
                receiver=f"{sort.value} {row['receiver']}",
                data="shared",
                reason="it left no row",
            )


def _at_several(group: Group) -> list[AtSeveral]:
    """Who is staff of more than one entity."""
    whose: dict[int, list[int]] = {}
    rows = {row["id"]: row for row in _rows(group, STAFF)}
    for number, row in rows.items():
        whose.setdefault(row["identity"], []).append(number)
    return [
        AtSeveral(staff=staff, entities=[f"{SORTS[rows[each]['sort']]} {rows[each]['entity']}" for each in staff])
        for staff in whose.values()
        if len(staff) > 1
    ]
