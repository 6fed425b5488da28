"""Economic interest through chains, branches and rings, exact."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.parties.ownership.interest import Behind, behind, interests
from benyuan.parties.ownership.rings import components
from benyuan.parties.ownership.stakes import Stakes, stakes_of
from benyuan.values.errors import BadInput

A, B, C, D, E = range(1, 6)


def held(*rows: tuple[int, int, int, int]) -> Stakes:
    return stakes_of(rows)


def test_along_a_chain_fractions_are_multiplied_and_over_ways_added() -> None:
    stakes = held((A, B, 1, 3), (A, C, 1, 2), (B, D, 1, 7), (C, D, 2, 7), (E, D, 4, 7))
    assert interests(stakes, A) == {B: Fraction(1, 3), C: Fraction(1, 2), D: Fraction(1, 21) + Fraction(1, 7)}
    found = behind(stakes, D)
    assert found.owners == {A: Fraction(4, 21), E: Fraction(4, 7)}
    assert found.untold == {B: Fraction(2, 21), C: Fraction(1, 7)}
    assert sum((*found.owners.values(), *found.untold.values())) == 1


def test_a_body_without_known_owners_stands_behind_itself() -> None:
    assert behind(held((A, B, 1, 1)), A) == Behind(owners={A: Fraction(1)})


def test_a_ring_gives_all_to_who_is_outside() -> None:
    stakes = held((A, B, 9, 10), (C, B, 1, 10), (B, C, 1, 1))
    assert behind(stakes, B) == Behind(owners={A: Fraction(1)})
    assert interests(stakes, A) == {B: Fraction(1), C: Fraction(1)}


def test_in_a_ring_nobody_owns_itself_and_nobody_more_than_the_whole() -> None:
    stakes = held((B, C, 3, 5), (C, B, 1, 2), (A, B, 1, 2), (D, C, 2, 5))
    assert interests(stakes, B) == {C: Fraction(3, 5)}
    found = behind(stakes, B)
    assert found.owners == {
        A: Fraction(1, 2) / (1 - Fraction(3, 10)),
        D: Fraction(1, 2) * Fraction(2, 5) / (1 - Fraction(3, 10)),
    }
    assert sum(found.owners.values()) == 1


def test_a_closed_ring_has_nobody_behind_it() -> None:
    stakes = held((B, C, 1, 1), (C, D, 1, 1), (D, B, 1, 1), (B, E, 1, 4), (A, E, 3, 4))
    assert behind(stakes, B) == Behind(closed={(B, C, D): Fraction(1)})
    assert behind(stakes, E) == Behind(owners={A: Fraction(3, 4)}, closed={(B, C, D): Fraction(1, 4)})
    assert interests(stakes, C) == {D: Fraction(1), B: Fraction(1), E: Fraction(1, 4)}


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([(A, B, 0, 10)], "part"),
        ([(A, B, 11, 10)], "part"),
        ([(A, B, 1, 0)], "part"),
        ([(A, A, 1, 10)], "owner"),
        ([(A, B, 2, 3), (C, B, 1, 3), (D, B, 1, 1_000_000)], "owned"),
    ],
)
def test_what_no_stake_can_be_is_named(rows: list[tuple[int, int, int, int]], field: str) -> None:
    with pytest.raises(BadInput) as told:
        stakes_of(rows)
    assert told.value.field == field


def test_components_come_before_what_they_lead_to() -> None:
    edges = {A: [B], B: [C], C: [D, B], D: [E]}
    assert [sorted(each) for each in components(edges, [A])] == [[A], [B, C], [D], [E]]


@st.composite
def graphs(draw: st.DrawFn) -> list[tuple[int, int, int, int]]:
    bodies = draw(st.integers(2, 9))
    rows = []
    for owned in range(1, bodies + 1):
        left = 12
        others = [body for body in range(1, bodies + 1) if body != owned]
        for owner in draw(st.lists(st.sampled_from(others), unique=True, max_size=4)):
            part = draw(st.integers(1, 6))
            if part <= left:
                rows.append((owner, owned, part, 12))
                left -= part
    return rows


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_all_of_every_body_is_somebodys_or_told_to_be_nobodys(rows: list[tuple[int, int, int, int]]) -> None:
    stakes = stakes_of(rows)
    for body in {row[1] for row in rows}:
        found = behind(stakes, body)
        parts = [*found.owners.values(), *found.untold.values(), *found.closed.values()]
        assert sum(parts) == 1
        assert all(0 < part <= 1 for part in parts)


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_looked_at_from_either_end_it_is_the_same(rows: list[tuple[int, int, int, int]]) -> None:
    """Two ways of reckoning: up from what is owned, and down from who owns and is owned by nobody."""
    stakes = stakes_of(rows)
    ultimate = {row[0] for row in rows} - {row[1] for row in rows}
    for owner in ultimate:
        down = interests(stakes, owner)
        for body in {row[1] for row in rows}:
            assert down.get(body, Fraction(0)) == behind(stakes, body).owners.get(owner, Fraction(0))


def test_a_hundred_thousand_bodies_with_rings() -> None:
    """Eleven deep, each owner with three bodies, and a ring in every fiftieth: it goes through and adds up."""
    draw = random.Random(7)
    rows = []
    for body in range(2, 100_001):
        rows.append((max(1, body // 3), body, draw.randint(1, 6), 10))
        if body % 50 == 0 and 3 * body <= 100_000:
            rows.append((3 * body, body, draw.randint(1, 4), 10))
    stakes = stakes_of(rows)
    assert len(interests(stakes, 1)) == 99_999
    up = behind(stakes, 99_900)
    assert sum((*up.owners.values(), *up.untold.values())) == 1
