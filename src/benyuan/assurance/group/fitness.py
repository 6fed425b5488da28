"""Whether shareholders, directors, supervisors and executives of a holding company are fit, from what is recorded.

Sources: PBoC Order [2020] No. 4, arts. 8 to 12, 21, 53; PBoC Order [2021] No. 2, arts. 6 to 15, 19, 23. What only
documents show is told condition by condition (`assurance.group.conditions`). Worked number: a firm with 5% of
the shares is a main shareholder and needs two profitable years; with 4.9999% it is none, unless a power says otherwise.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

import msgspec
import numpy as np

from benyuan.assurance.group.conditions import ConditionTold, Papers
from benyuan.assurance.group.reading import Owned, body_of, columns_of, names_of, owned, share
from benyuan.assurance.group.shape import MAIN, Part
from benyuan.assurance.group.sourced import FigureTold, figures_told
from benyuan.engine.group import Group
from benyuan.holding_company.checks import Check
from benyuan.holding_company.conditions import Answer, Role
from benyuan.holding_company.lines import Line
from benyuan.holding_company.people import Around, Office, Person, interlock_checks, person_checks, post_checks
from benyuan.holding_company.records import (
    ADVERSE_FACT,
    APPOINTMENT,
    CAREER,
    CAREER_KEY,
    EDUCATION,
    EDUCATION_KEY,
    FITNESS_EVIDENCE,
    HOLDING_DUTY,
)
from benyuan.holding_company.shareholders import A_YEAR, CONTROLS, Holder, controller_lines, profit_check
from benyuan.holding_company.spans import Span
from benyuan.holding_company.vocabulary import DEGREE_NUMBER, RULE_OF, WORK_NUMBER, Degree, DutyKind, Work
from benyuan.parties.bodies.figures import Figures
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.bodies.vocabulary import Basis, BodyKind, Business, Figure
from benyuan.parties.ownership.dated import rows_as_recorded, rows_in_force
from benyuan.parties.ownership.interest import interests
from benyuan.parties.ownership.records import OFFICE
from benyuan.parties.ownership.stakes import Stakes
from benyuan.parties.ownership.state import POSTS
from benyuan.parties.ownership.vocabulary import POST_NUMBER, Post
from benyuan.rules.places import Place, place_of, value_on

PEOPLE = "fhc.dir.years"
NO_PROFIT = frozenset({BodyKind.authority, BodyKind.product, BodyKind.other})
NOT_FIRMS = frozenset({BodyKind.individual, BodyKind.authority, BodyKind.product})


class Shareholder(msgspec.Struct, frozen=True, kw_only=True):
    """A main shareholder or controller: what it holds itself, and what its accounts say."""

    body: int
    name: str
    controls: bool
    holds: Part
    checks: list[Check]
    lines: list[Line]
    conditions: list[ConditionTold]


class Minor(msgspec.Struct, frozen=True, kw_only=True):
    """A shareholder under five per cent (art. 8); who bought at an exchange, and is asked nothing, is told too."""

    body: int
    name: str
    holds: Part
    conditions: list[ConditionTold]


class Insider(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody with posts at the holding company; `since`: the first day of the one held longest without a break."""

    individual: int
    name: str
    posts: list[str]
    since: int
    checks: list[Check]
    conditions: list[ConditionTold]


class PostDuty(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision on a post makes due; `state`: open, done, late or overdue on the day."""

    duty: int
    kind: str
    individual: int
    arose_on: int
    due_on: int
    done_on: int
    state: str
    place: Place


class Fitness(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for a holding company on a day. `unmet`: how many checks, lines, conditions, duties are not as asked.

    `untold`: how many checks and lines can't be told from what is recorded; `unshown`: for how many conditions no
    document is good. `company`: what one of several must meet.
    """

    holding: int
    name: str
    on: int
    seen: int
    shareholders: list[Shareholder]
    minor: list[Minor]
    people: list[Insider]
    company: list[ConditionTold]
    posts: list[Check]
    duties: list[PostDuty]
    unmet: int
    untold: int
    unshown: int
    figures: list[FigureTold]

    def conditions(self) -> list[ConditionTold]:
        """All conditions, of whomever they are asked."""
        holders = [*(one for each in self.shareholders for one in each.conditions)]
        holders += [one for each in self.minor for one in each.conditions]
        return [*holders, *(one for each in self.people for one in each.conditions), *self.company]


def fitness_of(group: Group, holding: int, *, on: int = 0, seen: int = 0) -> Fitness:
    """Everybody around a holding company held against the orders. Errors: BadInput: no such body; before the rules."""
    world = owned(group, on=on, seen=seen)
    state = world.state
    body_of(state, holding, field="holding")
    figures = Figures(columns_of(group), on=state.on, seen=state.seen)
    papers = Papers(group, world, holding)
    shareholders = list(_shareholders(group, world, figures, holding, papers))
    minor = list(_minor(group, world, holding, papers))
    governed = group.regime.pack.in_force(id=PEOPLE, on=state.on) is not None
    people = list(_people(group, world, holding, papers)) if governed else []
    held = {each.individual: frozenset(map(Post, each.posts)) for each in people}
    company = list(papers.company(held)) if governed else []
    offices, around, rules = offices_of(world), _around(world, holding), group.regime.pack
    posts = list(interlock_checks(offices, around, on=state.on, rules=rules))
    posts += list(post_checks(offices, around, on=state.on, rules=rules)) if governed else []
    duties = list(_duties(group, holding, on=state.on, seen=state.seen))
    met = [
        *(check.met for each in shareholders for check in each.checks),
        *(line.met for each in shareholders for line in each.lines),
        *(check.met for each in people for check in each.checks),
        *(check.met for check in posts),
        *(each.state not in ("overdue", "late") for each in duties),
    ]
    told = Fitness(
        holding=holding,
        name=names_of(group, state, [holding])[holding],
        on=state.on,
        seen=state.seen,
        shareholders=shareholders,
        minor=minor,
        people=people,
        company=company,
        posts=posts,
        duties=duties,
        unmet=0,
        untold=met.count(None),
        unshown=0,
        figures=figures_told(group, figures.used),
    )
    states = [each.state for each in told.conditions()]
    return msgspec.structs.replace(
        told,
        unmet=met.count(False) + sum(state in (Answer.failed, Answer.barred) for state in states),
        unshown=sum(state in (Answer.not_shown, Answer.expired) for state in states),
    )


# -------------------------------------------------------------------------------------------------- shareholders


def _shareholders(group: Group, world: Owned, figures: Figures, holding: int, papers: Papers) -> Iterator[Shareholder]:
    on, rules = world.state.on, group.regime.pack
    main = share(group, MAIN, on=on)
    held = _held(world, holding)
    half = _controllers(world, holding)
    found = sorted({body for body, part in held.items() if part >= main} | half)
    names = names_of(group, world.state, found)
    years = value_on(rules, CONTROLS, on=on).count
    for body in found:
        firm = world.state.bodies[body].kind not in NOT_FIRMS
        holder = _holder(figures, body, controls=body in half, years=years, on=on) if firm else None
        yield Shareholder(
            body=body,
            name=names[body],
            controls=body in half,
            holds=Part.of(held.get(body, Fraction(0))),
            checks=[profit_check(holder, on=on, rules=rules)] if holder else [],
            lines=controller_lines(holder, on=on, rules=rules) if holder else [],
            conditions=papers.holder(body, Role.controller if body in half else Role.main),
        )


def _minor(group: Group, world: Owned, holding: int, papers: Papers) -> Iterator[Minor]:
    main = share(group, MAIN, on=world.state.on)
    half = _controllers(world, holding)
    held = {body: part for body, part in _held(world, holding).items() if part < main and body not in half}
    names = names_of(group, world.state, held)
    for body, part in held.items():
        conditions = papers.holder(body, Role.minor)
        yield Minor(body=body, name=names[body], holds=Part.of(part), conditions=conditions)


def _held(world: Owned, holding: int) -> dict[int, Fraction]:
    """The greater of shares and votes that each holds itself."""
    sums = [_sums(stakes, holding) for stakes in (world.state.shares, world.state.grounds.votes)]
    return {owner: max(each.get(owner, Fraction(0)) for each in sums) for owner in sorted({*sums[0], *sums[1]})}


def _sums(stakes: Stakes, holding: int) -> dict[int, Fraction]:
    found: dict[int, Fraction] = {}
    for owner, body, part in stakes.rows():
        if body == holding:
            found[owner] = found.get(owner, Fraction(0)) + part
    return found


def _controllers(world: Owned, holding: int) -> set[int]:
    """Whoever controls it, directly or not, and whoever holds a half of its shares (art. 53 ¶2)."""
    halves = {owner for owner, part in _sums(world.state.shares, holding).items() if 2 * part >= 1}
    return world.control.above(holding) | halves


def _holder(figures: Figures, body: int, *, controls: bool, years: int, on: int) -> Holder:
    profits = figures.by_year(body, Figure.profit, [on // A_YEAR - back for back in range(1, years + 1)])
    if not controls:
        return Holder(body=body, controls=False, profits=profits)
    net, total = figures.pair(body, Figure.net_assets, Figure.total_assets, Basis.own)
    equity, together = figures.pair(body, Figure.equity_investments, Figure.net_assets, Basis.consolidated)
    return Holder(
        body=body,
        controls=True,
        profits=profits,
        net_assets_fen=net,
        total_assets_fen=total,
        equity_investments_fen=equity,
        consolidated_net_fen=together,
    )


# -------------------------------------------------------------------------------------------------------- people


def _people(group: Group, world: Owned, holding: int, papers: Papers) -> Iterator[Insider]:
    state = world.state
    here = [each for each in offices_of(world) if each.body == holding]
    individuals = sorted({each.individual for each in here})
    names = names_of(group, state, individuals)
    spans, degrees = _spans(group, world), _degrees(group, world)
    in_post = in_post_at(group, holding, on=state.on, seen=state.seen)
    for individual in individuals:
        posts = frozenset(each.post for each in here if each.individual == individual)
        person = Person(
            individual=individual,
            posts=posts,
            in_post={post: in_post[individual, post] for post in posts},
            finance=spans.get((individual, Work.finance), []),
            economics=spans.get((individual, Work.economics), []),
            graduate=degrees.get(individual),
            independent_at=_independent_at(world, individual),
            held=_family_held(world, individual, holding) if Post.independent_director in posts else {},
        )
        checks = list(person_checks(person, on=state.on, rules=group.regime.pack))
        since = min((begins for post in posts for begins, end in in_post[individual, post] if not end), default=0)
        yield Insider(
            individual=individual,
            name=names[individual],
            posts=sorted(posts),
            since=since,
            checks=checks,
            conditions=papers.person(individual, posts, since=since),
        )


def offices_of(world: Owned) -> list[Office]:
    """All posts that are held on the day."""
    return [
        Office(individual=row["individual"], body=row["body"], post=POSTS[row["post"]]) for row in world.state.offices
    ]


def _around(world: Owned, holding: int) -> Around:
    state = world.state
    return Around(
        holding=holding,
        controlled=frozenset(world.control.controlled_by(holding)),
        invested=frozenset(body for owner, body, _ in state.shares.rows() if owner == holding),
        no_profit=frozenset(body for body, each in state.bodies.items() if each.kind in NO_PROFIT),
    )


def _spans(group: Group, world: Owned) -> Mapping[tuple[int, Work], list[Span]]:
    words = {number: Work(word) for word, number in WORK_NUMBER.items()}
    found: dict[tuple[int, Work], list[Span]] = {}
    for row in rows_in_force(columns_of(group), CAREER, key=CAREER_KEY, on=world.state.on, seen=world.state.seen):
        found.setdefault((row["individual"], words[row["work"]]), []).append((row["from_date"], row["until"]))
    return found


def _degrees(group: Group, world: Owned) -> dict[int, bool]:
    rows = rows_in_force(columns_of(group), EDUCATION, key=EDUCATION_KEY, on=world.state.on, seen=world.state.seen)
    found: dict[int, bool] = {}
    for row in rows:
        has = row["degree"] != DEGREE_NUMBER[Degree.none]
        found[row["individual"]] = found.get(row["individual"], False) or has
    return found


def in_post_at(group: Group, body: int, *, on: int, seen: int) -> Mapping[tuple[int, Post], list[Span]]:
    """The spans in every post at a body: each begins where it is held and ends where it is not."""
    column, key = columns_of(group), ("individual", "body", "post", "from_date")
    by_number: dict[tuple[int, Post], list[Span]] = {}
    for row in rows_as_recorded(column, OFFICE, key=key, on=on, seen=seen):
        if row["body"] != body:
            continue
        spans = by_number.setdefault((row["individual"], POSTS[row["post"]]), [])
        if spans and spans[-1][1] == 0:
            spans[-1] = (spans[-1][0], row["from_date"])
        if row["holds"]:
            spans.append((row["from_date"], 0))
    ones = ones_of(column, seen=seen)
    found: dict[tuple[int, Post], list[Span]] = {}
    for (number, post), spans in by_number.items():
        found.setdefault((ones.of(number), post), []).extend(spans)
    return found


def _independent_at(world: Owned, individual: int) -> frozenset[int]:
    state, post = world.state, POST_NUMBER[Post.independent_director]
    return frozenset(
        row["body"]
        for row in state.offices
        if row["individual"] == individual
        and row["post"] == post
        and state.bodies[row["body"]].business is Business.financial_holding
    )


def _family_held(world: Owned, individual: int, holding: int) -> dict[int, Fraction]:
    """What somebody and near relatives have of the holding company and of each body that it controls."""
    family = {individual}
    for row in world.state.families:
        pair = {row["individual"], row["other"]}
        if individual in pair:
            family |= pair
    bodies = world.control.controlled_by(holding) | {holding}
    found: dict[int, Fraction] = {}
    for member in sorted(family):
        for body, part in interests(world.state.shares, member).items():
            if body in bodies:
                found[body] = found.get(body, Fraction(0)) + part
    return found


# -------------------------------------------------------------------------------------------------------- duties


ABOUT = {
    **dict.fromkeys((DutyKind.file_appointment, DutyKind.report_end, DutyKind.announce), APPOINTMENT.name),
    DutyKind.report_unfit: ADVERSE_FACT.name,
    DutyKind.renew_document: FITNESS_EVIDENCE.name,
}
"""Of which table the row is that a duty is about."""


def _duties(group: Group, holding: int, *, on: int, seen: int) -> Iterator[PostDuty]:
    held, rules = group.records.tables[HOLDING_DUTY.name], group.regime.pack
    tables = {kind: group.records.tables[name].column("position") for kind, name in ABOUT.items()}
    for number in np.flatnonzero(held.column("body")[: held.count + 1] == holding).tolist():
        row = {name: int(held.column(name)[number]) for name in HOLDING_DUTY.columns}
        known = tables[DutyKind(row["kind"])][row["appointment"]] <= seen if number else False
        if number == 0 or not known or row["arose_on"] > on:
            continue
        kind, done = DutyKind(row["kind"]), row["done_on"] if row["done_on"] <= on else 0
        rule = RULE_OF[kind]
        yield PostDuty(
            duty=number,
            kind=kind.name,
            individual=row["individual"],
            arose_on=row["arose_on"],
            due_on=row["due_on"],
            done_on=done,
            state=_state(due_on=row["due_on"], done_on=done, on=on),
            place=place_of(rule, value_on(rules, rule, on=max(row["arose_on"], rules.rule(rule).values[0].in_force))),
        )


def _state(*, due_on: int, done_on: int, on: int) -> str:
    if done_on:
        return "late" if done_on > due_on else "done"
    return "overdue" if on > due_on else "open"
