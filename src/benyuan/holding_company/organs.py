"""The board, who heads the business and the supervisors of a bank or insurer, held against the code of governance.

Source: 银保监发〔2021〕14号, of which no text is at hand: each rule says how well it is known. Worked number: of seven
on a board two independent ones are too few (three times two is under seven), of six they are a third.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

from benyuan.holding_company.checks import Check
from benyuan.holding_company.people import Office
from benyuan.holding_company.spans import Span, days_in, days_of_years
from benyuan.parties.bodies.vocabulary import Business
from benyuan.parties.ownership.vocabulary import Post
from benyuan.rules import RulePack
from benyuan.rules.places import place_of, value_on

SCOPE, APART, SHARE = "gov.code.scope", "gov.chair_ceo", "gov.indep.share"
TERM, POSTS, EXTERNAL = "gov.indep.term", "gov.indep.posts", "gov.ext_supervisor"
BOARD = frozenset({Post.chair, Post.vice_chair, Post.director, Post.independent_director})
SUPERVISORS = frozenset({Post.supervisor, Post.supervisor_chair, Post.external_supervisor})
A_THIRD = 3


def governed_how(business: Business, *, on: int, rules: RulePack) -> str:
    """`direct`, `reference`, or nothing where the code does not speak of a business. Errors: BadInput."""
    rows = value_on(rules, SCOPE, on=on).tiers
    return next((row.code("how") for row in rows if row.code("business") == business), "")


def organ_checks(
    offices: Sequence[Office],
    body: int,
    *,
    in_post: Mapping[int, Sequence[Span]],
    banks: Collection[int],
    on: int,
    rules: RulePack,
) -> Iterator[Check]:
    """What is asked of a body's organs, then of each independent director.

    `offices`: the posts of all bodies on the day (yyyymmdd); `in_post`: by individual the spans as independent director
    of the body; `banks`: the commercial banks. Errors: BadInput.
    """
    here = [each for each in offices if each.body == body]
    yield _apart(here, body, on=on, rules=rules)
    independent = _who(here, {Post.independent_director})
    yield _third(SHARE, "independent directors of the board", independent, _who(here, BOARD), body, on=on, rules=rules)
    external, supervisors = _who(here, {Post.external_supervisor}), _who(here, SUPERVISORS)
    yield _third(EXTERNAL, "external supervisors", external, supervisors, body, on=on, rules=rules)
    for individual in sorted(independent):
        yield _term(individual, in_post.get(individual, ()), on=on, rules=rules)
        yield from _posts(individual, offices, banks, on=on, rules=rules)


def _who(offices: Sequence[Office], posts: Collection[Post]) -> set[int]:
    return {each.individual for each in offices if each.post in posts}


def _apart(here: Sequence[Office], body: int, *, on: int, rules: RulePack) -> Check:
    chairs, heads = _who(here, {Post.chair}), _who(here, {Post.chief_executive})
    both = sorted(chairs & heads)
    told = "not told" if not chairs or not heads else "two"
    return Check(
        who=body,
        what="chair and chief executive",
        place=place_of(APART, value_on(rules, APART, on=on)),
        found=f"{both[0]} is both" if both else told,
        asked="two individuals",
        met=False if both else None if told == "not told" else True,
    )


def _third(rule: str, what: str, some: set[int], everybody: set[int], body: int, *, on: int, rules: RulePack) -> Check:
    return Check(
        who=body,
        what=what,
        place=place_of(rule, value_on(rules, rule, on=on)),
        found=f"{len(some)} of {len(everybody)}" if everybody else "not told",
        asked="a third at least",
        met=A_THIRD * len(some) >= len(everybody) if everybody else None,
    )


def _term(individual: int, spans: Sequence[Span], *, on: int, rules: RulePack) -> Check:
    value = value_on(rules, TERM, on=on)
    days = days_in(spans, on=on)
    return Check(
        who=individual,
        what="time as independent director",
        place=place_of(TERM, value),
        found=f"{days} days",
        asked=f"{value.count} years at most",
        met=days <= days_of_years(value.count, on=on),
    )


def _posts(
    individual: int, offices: Sequence[Office], banks: Collection[int], *, on: int, rules: RulePack
) -> Iterator[Check]:
    value = value_on(rules, POSTS, on=on)
    at = {each.body for each in offices if each.individual == individual and each.post is Post.independent_director}
    for what, found, most in (
        ("companies as independent director", len(at), value.count),
        ("commercial banks as independent director", len(at & set(banks)), value.parameters.count("banks")),
    ):
        yield Check(
            who=individual,
            what=what,
            place=place_of(POSTS, value),
            found=str(found),
            asked=f"{most} at most",
            met=found <= most,
        )
