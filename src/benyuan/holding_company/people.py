"""Directors, supervisors and executives of a holding company held against what their posts ask for.

Source: PBoC Order [2021] No. 2, arts. 6, 7, 12, 13, 14; PBoC Order [2020] No. 4, art. 21. Worked number: a director in
finance from 20210501 on has the five years on 20260501 and not on the day before; a chair asks for eight, or ten of
economic work.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from benyuan.holding_company.checks import Check
from benyuan.holding_company.lines import share_of
from benyuan.holding_company.spans import Span, days_in, days_of_years
from benyuan.holding_company.vocabulary import EXECUTIVES, GOVERNED, LEADERS, LIMITED
from benyuan.parties.ownership.vocabulary import Post
from benyuan.rules import RulePack
from benyuan.rules.places import Place, place_of, value_on

DEGREE, YEARS, LEADER_YEARS, TERM = "fhc.dir.degree", "fhc.dir.years", "fhc.dir.senior_years", "fhc.dir.term"
INDEPENDENT, HOLDING, APART = "fhc.dir.independent", "fhc.dir.independent_holding", "fhc.dir.separate"
OUTSIDE, INTERLOCK = "fhc.dir.outside_posts", "fhc.exec_interlock"
SUPERVISES = frozenset(
    {
        *(Post.chair, Post.vice_chair, Post.director, Post.independent_director),
        *(Post.supervisor, Post.supervisor_chair, Post.external_supervisor),
    }
)
"""Posts that are no executive's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody with posts at the holding company. `graduate` None, no spans of work: nobody has recorded any.

    `in_post`: the spans in each post there, up to now; `independent_at`: holding companies of which an independent
    director; `held`: for bodies of the group the part that the individual and near relatives have of it.
    """

    individual: int
    posts: frozenset[Post]
    in_post: Mapping[Post, Sequence[Span]] = field(default_factory=dict)
    finance: Sequence[Span] = ()
    economics: Sequence[Span] = ()
    graduate: bool | None = None
    independent_at: frozenset[int] = frozenset()
    held: Mapping[int, Fraction] = field(default_factory=dict)


def person_checks(person: Person, *, on: int, rules: RulePack) -> Iterator[Check]:
    """Everything that is asked of one person alone, in the order of the articles. Errors: BadInput."""
    if person.posts & GOVERNED:
        yield _degree(person, on=on, rules=rules)
        yield _years(person, on=on, rules=rules)
    for post in sorted(person.posts & LIMITED):
        yield _term(person, post, on=on, rules=rules)
    if Post.independent_director in person.posts:
        yield from _independent(person, on=on, rules=rules)


def _degree(person: Person, *, on: int, rules: RulePack) -> Check:
    place = place_of(DEGREE, value_on(rules, DEGREE, on=on))
    found = {None: "not told", True: "yes", False: "no"}[person.graduate]
    return Check(
        who=person.individual, what="university", place=place, found=found, asked="a degree", met=person.graduate
    )


def _years(person: Person, *, on: int, rules: RulePack) -> Check:
    """Finance alone, or all work together; where nothing is recorded it can't be told."""
    rule = LEADER_YEARS if person.posts & LEADERS else YEARS
    value = value_on(rules, rule, on=on)
    either = value.parameters.count("economics")
    finance, both = days_in(person.finance, on=on), days_in((*person.finance, *person.economics), on=on)
    enough = finance >= days_of_years(value.count, on=on) or both >= days_of_years(either, on=on)
    told = bool(person.finance or person.economics)
    return Check(
        who=person.individual,
        what="work",
        place=place_of(rule, value),
        found=f"{finance} days in finance, {both} with other work" if told else "not told",
        asked=f"{value.count} years in finance, or {either} with other work",
        met=enough if told else None,
    )


def _term(person: Person, post: Post, *, on: int, rules: RulePack) -> Check:
    value = value_on(rules, TERM, on=on)
    days = days_in(person.in_post.get(post, ()), on=on)
    return Check(
        who=person.individual,
        what=f"time as {post.value}",
        place=place_of(TERM, value),
        found=f"{days} days",
        asked=f"{value.count} years at most",
        met=days <= days_of_years(value.count, on=on),
    )


def _independent(person: Person, *, on: int, rules: RulePack) -> Iterator[Check]:
    value, part = value_on(rules, INDEPENDENT, on=on), value_on(rules, HOLDING, on=on)
    place, most = place_of(INDEPENDENT, value), value.parameters.count("companies")
    days = days_in(person.in_post.get(Post.independent_director, ()), on=on)
    held = max(person.held.values(), default=Fraction(0))
    yield Check(
        who=person.individual,
        what="time as independent_director",
        place=place,
        found=f"{days} days",
        asked=f"{value.count} years at most",
        met=days <= days_of_years(value.count, on=on),
    )
    yield Check(
        who=person.individual,
        what="holding companies as independent_director",
        place=place,
        found=str(len(person.independent_at)),
        asked=f"{most} at most",
        met=len(person.independent_at) <= most,
    )
    yield Check(
        who=person.individual,
        what="share of the group with near relatives",
        place=place_of(HOLDING, part),
        found=str(held),
        asked=f"less than {share_of(part.ppm)}",
        met=held < share_of(part.ppm),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A post that an individual holds at a body on the day."""

    individual: int
    body: int
    post: Post


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The bodies around a holding company: those it controls, those it has a stake in, those that make no profit."""

    holding: int
    controlled: frozenset[int]
    invested: frozenset[int]
    no_profit: frozenset[int]


def post_checks(offices: Sequence[Office], around: Around, *, on: int, rules: RulePack) -> Iterator[Check]:
    """What posts held together are not as asked, each with who and where; nothing for those that are fine.

    Errors: BadInput.
    """
    yield from _apart(offices, around, on=on, rules=rules)
    yield from _outside(offices, around, on=on, rules=rules)


def _apart(offices: Sequence[Office], around: Around, *, on: int, rules: RulePack) -> Iterator[Check]:
    place = place_of(APART, value_on(rules, APART, on=on))
    here = {
        post: {each.individual for each in offices if each.body == around.holding and each.post is post}
        for post in (Post.chair, Post.chief_executive)
    }
    for individual in sorted(here[Post.chair] & here[Post.chief_executive]):
        yield _broken(individual, "posts at the holding company", place, "chair and chief_executive", "one of them")


def interlock_checks(offices: Sequence[Office], around: Around, *, on: int, rules: RulePack) -> Iterator[Check]:
    """Executives of the holding company or of a body that it controls who are another's too. Errors: BadInput."""
    place = place_of(INTERLOCK, value_on(rules, INTERLOCK, on=on))
    of: dict[int, set[int]] = {}
    for each in offices:
        if each.post in EXECUTIVES and each.body in around.controlled | {around.holding}:
            of.setdefault(each.individual, set()).add(each.body)
    for individual, bodies in sorted(of.items()):
        if len(bodies) > 1:
            found = ", ".join(map(str, sorted(bodies)))
            yield _broken(individual, "bodies of the group as executive", place, found, "one of them")


def _outside(offices: Sequence[Office], around: Around, *, on: int, rules: RulePack) -> Iterator[Check]:
    place = place_of(OUTSIDE, value_on(rules, OUTSIDE, on=on))
    executives = {each.individual for each in offices if each.body == around.holding and each.post in EXECUTIVES}
    for each in sorted(offices, key=lambda office: (office.individual, office.body)):
        if each.individual not in executives or each.body in around.no_profit | {around.holding}:
            continue
        inside = each.body in around.controlled or (each.body in around.invested and each.post in SUPERVISES)
        if not inside:
            yield _broken(each.individual, "posts elsewhere", place, f"{each.post.value} at {each.body}", "none")


def _broken(who: int, what: str, place: Place, found: str, asked: str) -> Check:
    return Check(who=who, what=what, place=place, found=found, asked=asked, met=False)
