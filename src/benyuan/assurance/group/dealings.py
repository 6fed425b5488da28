"""Related transactions of a body in a year: how each was treated, sums beside the lines, what looks odd.

Sources: PBoC Order [2023] No. 1, arts. 11, 16, 23, 27, 28; PBoC Order [2020] No. 4, art. 36; CBIRC Order 2022 No. 1,
arts. 14, 23, 27. Worked number: 30,000,000.00 of a line of 100,000,000.00 leave 70,000,000.00.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from benyuan.assurance.group.reading import body_of, columns_of, names_of
from benyuan.assurance.group.related import in_force_on
from benyuan.assurance.group.tied import Asking, Tied, tied_of
from benyuan.engine.group import Group
from benyuan.governance.related.assessing import (
    NO_ORDER,
    Base,
    Held,
    base_of,
    binding,
    never_major,
    related_to,
    year_before,
)
from benyuan.governance.related.exposures import exposures_of
from benyuan.governance.related.laws import Law, Standard, base_day, standard_of
from benyuan.governance.related.patterns import Deal, Flag, Pattern, detours, slices
from benyuan.governance.related.records import RELATED_TRANSACTION
from benyuan.governance.related.together import counted_with
from benyuan.governance.related.vocabulary import EXEMPTION_NUMBER, SORT_NUMBER, Grade, TransactionSort
from benyuan.governance.related.world import World, world_of
from benyuan.parties.bodies.vocabulary import TYPE_OF
from benyuan.rules import RulePack
from benyuan.usecases.related.acts import Year
from benyuan.usecases.related.joint import framed_fen, joint_parts
from benyuan.values.dates import add_calendar_days, local_day
from benyuan.values.errors import BadInput

PATTERN, SLICING, INDIRECT = "rpt.house.pattern", "fhc.rpt.ban.slicing", "fhc.ban.indirect"
SORTS = {number: TransactionSort(word) for word, number in SORT_NUMBER.items()}
EXEMPTIONS = {number: word for word, number in EXEMPTION_NUMBER.items()}
YEAR, NEW_YEAR = 10_000, 101


class Dealing(msgspec.Struct, frozen=True, kw_only=True):
    """One transaction, amounts in fen: `reaches` who is on the other side in substance, `grade` how it was treated."""

    transaction: int
    party: int
    reaches: int
    sort: str
    gives: bool
    amount_fen: int
    signed_on: int
    grade: str
    exemption: str
    framework: int
    approval: int
    invented: bool


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """A year's sum with one party and who counts with it, and what is left below the line; None without a figure.

    A partner's parts of joint loans that were drawn count in it, and what tied customers did.
    """

    party: int
    name: str
    year_fen: int
    line_fen: int | None
    left_fen: int | None


class Joint(msgspec.Struct, frozen=True, kw_only=True):
    """A year's joint loans with a related body, in fen: the partner's parts, and what frameworks in force leave."""

    party: int
    name: str
    year_fen: int
    framework_fen: int


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """What looks odd, by rule and article: for people to say whether it is."""

    rule: str
    document: str
    article: str
    pattern: str
    transactions: list[int]
    bodies: list[int]
    amount_fen: int


class Dealings(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for a body and the year of a day, as known at a log position.

    `base_fen`: what is measured by, at `base_on`; None where it is not recorded. `base_invented`: no document says so.
    """

    body: int
    name: str
    on: int
    seen: int
    base_on: int
    base_fen: int | None
    base_invented: bool
    transactions: list[Dealing]
    sums: list[Sum]
    joint: list[Joint]
    tied: list[Tied]
    looks: list[Look]


def dealings_of(group: Group, body: int, *, on: int = 0, seen: int = 0) -> Dealings:
    """A body's transactions in the year of a day, up to it. Errors: BadInput."""
    on, seen = on or local_day(group.last_at), seen or group.position
    with in_force_on(on):
        return _dealings(group, body, on=on, seen=seen)


def _dealings(group: Group, body: int, *, on: int, seen: int) -> Dealings:
    column, rules = columns_of(group), group.regime.pack
    world = world_of(column, rules, on=on, seen=seen, law_on=on)
    body_of(world.state, body)
    law, holding = binding(world, body)
    if law is None:
        raise BadInput("body", body, NO_ORDER)
    held = Held(column, RELATED_TRANSACTION, seen=seen, until=on)
    base = base_of(column, law, body=body, on=on, seen=seen)
    standard = standard_of(rules, law, on=on)
    joint = list(_joint(group, world, rules, held, body=body))
    parts = {each.party: each.year_fen for each in joint}
    tied = list(tied_of(group, Asking(world=world, law=law, holding=holding, body=body, joint=parts)))
    flags = _flags(group, world, _deals(held, on), body=body, holding=holding, base=base, standard=standard)
    return Dealings(
        body=body,
        name=names_of(group, world.state, (body,))[body],
        on=on,
        seen=seen,
        base_on=base_day(law, on=on),
        base_fen=base.fen if base else None,
        base_invented=bool(base and base.invented),
        transactions=list(_rows(held, body, on)),
        sums=list(
            _sums(
                group,
                world,
                held,
                _beside(parts, tied),
                body=body,
                base_fen=base.fen if base else None,
                standard=standard,
            )
        ),
        joint=joint,
        tied=tied,
        looks=[
            *(_look(group, flag, on=on) for flag in flags),
            *_uncovered(group, law, joint, standard, base, body=body, on=on),
            *_unapproved(group, law, tied, body=body, on=on),
        ],
    )


def _rows(held: Held, body: int, on: int) -> Iterator[Dealing]:
    for place, number in enumerate(held.ids.tolist()):
        row: dict[str, Any] = {name: int(held[name][place]) for name in RELATED_TRANSACTION.columns}
        if row["body"] == body and row["signed_on"] <= on and row["signed_on"] // YEAR == on // YEAR:
            yield Dealing(
                transaction=number,
                **{
                    name: row[name] for name in ("party", "reaches", "amount_fen", "signed_on", "framework", "approval")
                },
                sort=SORTS[row["sort"]].value,
                gives=bool(row["gives"]),
                grade=Grade(row["grade"]).name,
                exemption=EXEMPTIONS[row["exemption"]],
                invented=bool(row["invented"]),
            )


def _joint(group: Group, world: World, rules: RulePack, held: Held, *, body: int) -> Iterator[Joint]:
    """Joint loans with those who are related, by its own register or that of its holding company."""
    on, seen = world.state.on, world.state.seen
    year = Year(books=group.books(), on=on, seen=seen)
    for party, fen in sorted(joint_parts(year, world, body=body).items()):
        _, _, related, _ = related_to(columns_of(group), rules, body=body, party=party, on=on, seen=seen)
        if fen and related:
            left = framed_fen(held, columns_of(group), body=body, party=party, on=on, seen=seen)
            name = names_of(group, world.state, (party,))[party]
            yield Joint(party=party, name=name, year_fen=fen, framework_fen=left)


def _uncovered(
    group: Group, law: Law, joint: Sequence[Joint], standard: Standard, base: Base | None, *, body: int, on: int
) -> Iterator[Look]:
    """Those that are major and that no framework covers: nobody has approved them."""
    value = group.regime.pack.value(id=law.rule("approval"), on=on)
    for each in joint:
        if each.year_fen > each.framework_fen and (
            base is None or standard.cumulative(each.year_fen, base_fen=base.fen)
        ):
            yield Look(
                rule=law.rule("approval"),
                document=value.cite.document,
                article=f"{value.cite.article or ''}{value.cite.item or ''}",
                pattern="joint_loans",
                transactions=[],
                bodies=[body, each.party],
                amount_fen=each.year_fen - each.framework_fen,
            )


def _unapproved(group: Group, law: Law, tied: Sequence[Tied], *, body: int, on: int) -> Iterator[Look]:
    """What tied customers did that is major, and that no transaction, framework or approval covers, by party."""
    value = group.regime.pack.value(id=law.rule("approval"), on=on)
    open_fen: dict[int, int] = {}
    for each in tied:
        open_fen[each.party] = open_fen.get(each.party, 0) + each.open_fen
    for party, fen in sorted(open_fen.items()):
        if fen:
            yield Look(
                rule=law.rule("approval"),
                document=value.cite.document,
                article=f"{value.cite.article or ''}{value.cite.item or ''}",
                pattern="tied_customers",
                transactions=[],
                bodies=[body, party],
                amount_fen=fen,
            )


def _beside(joint: Mapping[int, int], tied: Sequence[Tied]) -> dict[int, int]:
    """By party, what counts in the year's sum beside recorded transactions, in fen."""
    found = dict(joint)
    for each in tied:
        found[each.party] = found.get(each.party, 0) + each.counts_fen
    return found


def _sums(
    group: Group,
    world: World,
    held: Held,
    beside: Mapping[int, int],
    *,
    body: int,
    base_fen: int | None,
    standard: Standard,
) -> Iterator[Sum]:
    on = world.state.on
    recorded = held["reaches"][(held["body"] == body) & (held["grade"] != Grade.unrelated)].tolist()
    parties = sorted({*recorded, *beside})
    line = None if base_fen is None else standard.line(base_fen=base_fen)
    names, never = names_of(group, world.state, parties), never_major(columns_of(group), held)
    out = exposures_of(columns_of(group), on=on, seen=world.state.seen) if standard.of_balance else None
    for party in parties:
        together = counted_with(world, party, body=body)
        year = max(
            (
                sum(year_before(held, body=body, members=each, on=on, but=never))
                if out is None
                else out.between({body}, each)
            )
            + sum(beside.get(member, 0) for member in each)
            for each in together
        )
        left = None if line is None else max(0, line - year)
        yield Sum(party=party, name=names[party], year_fen=year, line_fen=line, left_fen=left)


def _deals(held: Held, on: int) -> list[Deal]:
    names = ("body", "reaches", "sort", "amount_fen", "signed_on", "agreement")
    return [
        Deal(
            number=number,
            **{name: int(held[name][place]) for name in names},
            gives=bool(held["gives"][place]),
            grade=Grade(int(held["grade"][place])),
        )
        for place, number in enumerate(held.ids.tolist())
        if held["signed_on"][place] <= on
    ]


def _flags(
    group: Group, world: World, deals: Sequence[Deal], *, body: int, holding: int, base: Base | None, standard: Standard
) -> Iterator[Flag]:
    value = group.regime.pack.value(id=PATTERN, on=world.state.on)
    first = world.state.on // YEAR * YEAR + NEW_YEAR

    def together(party: int) -> frozenset[int]:
        return frozenset().union(*counted_with(world, party, body=body))

    if base is not None:
        near = add_calendar_days(first, -value.count)
        mine = [deal for deal in deals if deal.body == body and deal.signed_on >= near]
        of_year = {deal.number for deal in mine if deal.signed_on >= first}

        def major(fen: int) -> bool:
            return standard.single(fen, base_fen=base.fen)

        found = slices(mine, together=together, major=major, days=value.count)
        yield from (flag for flag in found if of_year & set(flag.transactions))
    if holding:
        inside = {holding, *world.controlled(holding)}
        institutions = {each for each in inside if each != holding and world.business(each) in TYPE_OF}
        days = value.parameters.count("detour")
        for flag in detours(
            deals, holding=holding, institutions=institutions, inside=inside, joined=together, days=days
        ):
            if body in flag.bodies:
                yield flag


def _look(group: Group, flag: Flag, *, on: int) -> Look:
    rule = SLICING if flag.pattern is Pattern.slices else INDIRECT
    value = group.regime.pack.value(id=rule, on=on)
    return Look(
        rule=rule,
        document=value.cite.document,
        article=f"{value.cite.article or ''}{value.cite.item or ''}",
        pattern=flag.pattern.value,
        transactions=list(flag.transactions),
        bodies=list(flag.bodies),
        amount_fen=flag.amount_fen,
    )
