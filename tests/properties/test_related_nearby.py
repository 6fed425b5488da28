"""A register from the facts that hang together with a body, its days found from one another, is that from all facts."""

from collections.abc import Sequence
from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.decisions.facts import Table
from benyuan.governance.related import register
from benyuan.governance.related.laws import HOLDING
from benyuan.governance.related.nearby import hangs_together
from benyuan.governance.related.records import RELATED_DECLARATION
from benyuan.governance.related.shifting import world_shifted
from benyuan.governance.related.world import World, world_of
from benyuan.parties.bodies.records import BODY, BODY_BUSINESS
from benyuan.parties.bodies.same import SAME_INDIVIDUAL
from benyuan.parties.bodies.vocabulary import BODY_KIND_NUMBER, BUSINESS_NUMBER, BodyKind, Business
from benyuan.parties.ownership.dated import Column
from benyuan.parties.ownership.records import (
    CONCERT,
    CONCERT_MEMBER,
    CONCERT_TERMS,
    FAMILY_TIE,
    OFFICE,
    PLEDGE,
    STAKE,
    STEERING,
)
from benyuan.rules import RulePack, load_pack

BODIES, ON, SEEN = 10, 20260501, 1_000
RULES = load_pack()
DAYS = st.sampled_from([20200101, 20251201, 20260301, 20260801])
NUMBER = st.integers(1, BODIES)
KINDS = st.sampled_from([BodyKind.company, BodyKind.company, BodyKind.individual, BodyKind.authority])
FACTS = {
    STAKE: st.tuples(NUMBER, NUMBER, st.just(1), st.integers(0, 60), st.just(100), DAYS, st.integers(-6, 3)),
    STEERING: st.tuples(NUMBER, NUMBER, st.integers(1, 3), st.integers(0, 1), st.just(1), DAYS),
    OFFICE: st.tuples(NUMBER, NUMBER, st.integers(1, 6), st.integers(0, 1), DAYS),
    FAMILY_TIE: st.tuples(NUMBER, NUMBER, st.integers(1, 6), DAYS),
    RELATED_DECLARATION: st.just(()),
}
NAMES = {
    STAKE: ("owner", "owned", "sort", "part", "whole", "from_date", "nominee_of"),
    STEERING: ("holder", "body", "steering", "part", "whole", "from_date"),
    OFFICE: ("individual", "body", "post", "holds", "from_date"),
    FAMILY_TIE: ("individual", "other", "tie", "from_date"),
}


def columns(rows: Sequence[dict[str, int]], table: Table) -> dict[str, Any]:
    return {name: np.array([0, *(row.get(name, 0) for row in rows)], np.int64) for name in table.columns}


@st.composite
def facts(draw: st.DrawFn) -> Column:
    kinds = [BodyKind.company, *(draw(KINDS) for _ in range(BODIES - 1))]
    bodies = [
        {"kind": BODY_KIND_NUMBER[kind], "place": 1, "position": 1, "identity": number}
        for number, kind in enumerate(kinds, start=1)
    ]
    held = {BODY.name: columns(bodies, BODY)}
    people = [number for number, kind in enumerate(kinds, start=1) if kind is BodyKind.individual]
    pairs = [(one, other) for one in people for other in people if one < other]
    said = draw(st.lists(st.tuples(st.sampled_from(pairs), st.integers(0, 3)), max_size=2)) if pairs else []
    same = [{"one": one, "other": other, "holds": min(holds, 1), "position": 1} for (one, other), holds in said]
    held[SAME_INDIVIDUAL.name] = columns(same, SAME_INDIVIDUAL)
    holding = {"owner": 1, "from_date": 20200101, "business": BUSINESS_NUMBER[Business.financial_holding]}
    held[BODY_BUSINESS.name] = columns([{**holding, "position": 1}], BODY_BUSINESS)
    for table, names in NAMES.items():
        drawn = draw(st.lists(FACTS[table], max_size=14 if table is STAKE else 3))
        rows = [{**dict(zip(names, row, strict=True)), "position": place + 1} for place, row in enumerate(drawn)]
        rows = [row for row in rows if len({row[name] for name in names[:2]}) == 2]
        for row in rows:
            row.update(nominee_of=max(row["nominee_of"], 0)) if "nominee_of" in row else None
        held[table.name] = columns(rows, table)
    agreed = draw(st.lists(st.lists(NUMBER, min_size=2, max_size=3, unique=True), max_size=2))
    terms = [{"concert": place + 1, "from_date": draw(DAYS), "position": 1} for place in range(len(agreed))]
    members = [{"terms": place + 1, "member": member} for place, each in enumerate(agreed) for member in each]
    held[CONCERT_TERMS.name] = columns(terms, CONCERT_TERMS)
    held[CONCERT_MEMBER.name] = columns(members, CONCERT_MEMBER)
    for table in (CONCERT, PLEDGE, RELATED_DECLARATION):
        held[table.name] = columns([], table)
    return lambda table, name: held[table.name][name]


def entries(column: Column) -> list[tuple[Any, ...]]:
    found = register.register_of(column, RULES, body=1, law=HOLDING, on=ON, seen=SEEN)
    return [(each.party, each.ground, each.when, each.place, each.path) for each in found.entries]


@settings(max_examples=120, deadline=None)
@given(facts())
def test_it_is_the_register_from_all_facts(column: Column) -> None:
    near = entries(column)
    with patch.object(register, "nearby", lambda column, *, body: column):
        assert near == entries(column)


def anew(today: World, column: Column, rules: RulePack, *, on: int) -> World:
    """The world of another day by the plain walk."""
    state = today.state
    return world_of(column, rules, on=on, seen=state.seen, law_on=state.on, bodies=state.bodies)


@settings(max_examples=120, deadline=None)
@given(facts())
def test_days_found_from_one_another_are_those_found_anew(column: Column) -> None:
    shifted = entries(column)
    with patch.object(register, "world_shifted", anew):
        assert shifted == entries(column)


@settings(max_examples=120, deadline=None)
@given(facts(), DAYS)
def test_who_controls_whom_on_a_day_is_the_same_from_either(column: Column, on: int) -> None:
    today = world_of(column, RULES, on=ON, seen=SEEN, law_on=ON)
    shifted, plain = world_shifted(today, column, RULES, on=on), anew(today, column, RULES, on=on)
    for body in range(1, BODIES + 1):
        assert shifted.control.by_body.get(body) == plain.control.by_body.get(body)
        assert sorted(shifted.below.get(body, ())) == sorted(plain.below.get(body, ()))
        for name in ("votes_of", "votes_in", "shares_in", "kin", "posts_at", "posts_of"):
            assert getattr(shifted, name).get(body, {}) == getattr(plain, name).get(body, {}), name


def test_an_authority_that_nobody_holds_joins_nobody() -> None:
    held: dict[str, Any] = {}
    company, authority = BODY_KIND_NUMBER[BodyKind.company], BODY_KIND_NUMBER[BodyKind.authority]
    held[BODY.name] = columns([{"kind": kind} for kind in (company, company, authority, company, company)], BODY)
    stakes = [(3, 1), (3, 2), (4, 1), (5, 4)]
    held[STAKE.name] = columns([{"owner": owner, "owned": owned} for owner, owned in stakes], STAKE)
    for table in (STEERING, OFFICE, FAMILY_TIE, CONCERT_TERMS, CONCERT_MEMBER, SAME_INDIVIDUAL):
        held[table.name] = columns([], table)
    found = hangs_together(lambda table, name: held[table.name][name], body=1)
    assert np.flatnonzero(found).tolist() == [1, 4, 5]
