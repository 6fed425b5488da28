"""Control by each test of Order [2020] No. 4, art. 3: more than half, held or steered, through chains and rings."""

import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.parties.ownership.control import Concert, Control, Ground, Grounds, Power, control
from benyuan.parties.ownership.stakes import stakes_of

A, B, C, D, E = range(1, 6)


def state(*rows: tuple[int, int, int], concerts: tuple[Concert, ...] = (), powers: tuple[Power, ...] = ()) -> Control:
    """Of votes in parts of 10,000."""
    votes = stakes_of([(owner, owned, part, 10_000) for owner, owned, part in rows])
    return control(Grounds(votes=votes, concerts=concerts, powers=powers), majority=Fraction(1, 2))


@pytest.mark.parametrize(("part", "controls"), [(4_999, False), (5_000, False), (5_001, True)])
def test_more_than_half_of_the_votes(part: int, controls: bool) -> None:
    assert (B in state((A, B, part)).by_body) is controls


def test_what_an_investor_controls_votes_for_it() -> None:
    found = state((A, B, 6_000), (B, C, 3_000), (A, C, 2_100))
    assert found.by_body[C].by == (A,)
    assert found.by_body[C].votes == Fraction(51, 100)
    assert found.by_body[C].ground is Ground.votes
    assert C not in state((A, B, 5_000), (B, C, 3_000), (A, C, 2_100)).by_body


def test_the_direct_holder_of_a_majority_is_told_and_the_top_is_found() -> None:
    found = state((A, B, 6_000), (B, C, 10_000), (C, D, 5_100))
    assert found.by_body[D].by == (C,)
    assert found.top(D) == (A,)
    assert found.controlled_by(A) == {B, C, D}


@pytest.mark.parametrize(("second", "controls"), [(1, False), (2, True)])
def test_stakes_just_under_half_in_concert(second: int, controls: bool) -> None:
    """49.99% alone is no control; together with another 0.02% that votes alike it is."""
    found = state((A, C, 4_999), (B, C, second), concerts=(Concert(members=(A, B)),))
    assert (C in found.by_body) is controls
    if controls:
        assert found.by_body[C].by == (A, B)
        assert found.by_body[C].ground is Ground.agreement
        assert found.controlled_by(A) == found.controlled_by(B) == {C}


def test_who_leads_an_agreement_controls() -> None:
    found = state((A, C, 3_000), (B, C, 3_000), concerts=(Concert(members=(A, B), lead=B),))
    assert found.by_body[C].by == (B,)
    assert found.controlled_by(A) == set()


def test_bodies_of_those_in_concert_vote_alike_too() -> None:
    found = state((A, D, 6_000), (D, C, 3_000), (B, C, 3_000), concerts=(Concert(members=(A, B)),))
    assert found.by_body[C].by == (A, B)


@pytest.mark.parametrize(("seats", "controls"), [(3, False), (4, True)])
def test_who_names_more_than_half_of_the_board(seats: int, controls: bool) -> None:
    power = Power(holder=A, body=B, ground=Ground.appoints_board, part=seats, whole=6)
    assert (B in state(powers=(power,)).by_body) is controls


def test_a_power_brings_the_votes_of_who_is_steered() -> None:
    power = Power(holder=A, body=B, ground=Ground.power)
    found = state((B, C, 5_001), powers=(power,))
    assert found.top(C) == (A,)


def test_a_majority_of_votes_comes_before_a_power_and_the_power_is_told() -> None:
    power = Power(holder=A, body=C, ground=Ground.power)
    found = state((B, C, 5_001), powers=(power,))
    assert found.by_body[C].by == (B,)
    assert [each.by for each in found.contested] == [(A,)]
    assert not state((A, C, 5_001), powers=(power,)).contested


def test_in_a_ring_nobody_outside_controls() -> None:
    found = state((A, B, 6_000), (B, A, 6_000))
    assert found.rings == ((A, B),)
    assert set(found.by_body) == {A, B}
    three = state((A, B, 6_000), (B, C, 6_000), (C, A, 6_000), (D, A, 4_000))
    assert three.rings == ((A, B, C),)


def test_a_ring_with_a_majority_from_outside_is_controlled_from_there() -> None:
    found = state((D, A, 5_100), (A, B, 6_000), (B, A, 4_900))
    assert found.top(B) == (D,)
    assert not found.rings


def test_half_and_half_is_nobodys() -> None:
    found = state((A, C, 5_000), (B, C, 5_000))
    assert not found.by_body


@st.composite
def voted(draw: st.DrawFn) -> list[tuple[int, int, int]]:
    bodies = draw(st.integers(2, 8))
    rows = []
    for owned in range(1, bodies + 1):
        left = 10_000
        others = [body for body in range(1, bodies + 1) if body != owned]
        for owner in draw(st.lists(st.sampled_from(others), unique=True, max_size=4)):
            part = draw(st.integers(1, 7_000))
            if part <= left:
                rows.append((owner, owned, part))
                left -= part
    return rows


def by_rounds(rows: list[tuple[int, int, int]], holder: int) -> set[int]:
    """Whom a holder controls, by going round until nothing is added: slow, and from the text."""
    found: set[int] = set()
    while True:
        votes: dict[int, int] = {}
        for owner, owned, part in rows:
            if owned != holder and (owner == holder or owner in found):
                votes[owned] = votes.get(owned, 0) + part
        now = {body for body, part in votes.items() if 2 * part > 10_000}
        if now == found:
            return found
        found = now


@settings(max_examples=300, deadline=None)
@given(voted(), st.randoms())
def test_it_is_what_going_round_gives_in_whatever_order_the_stakes_come(
    rows: list[tuple[int, int, int]], order: "random.Random"
) -> None:
    mixed = list(rows)
    order.shuffle(mixed)
    found, again = state(*rows), state(*mixed)
    if found.rings:
        return
    assert found.by_body == again.by_body
    for holder in range(1, 9):
        assert found.controlled_by(holder) == by_rounds(rows, holder)


@pytest.mark.parametrize("numbers", [(1, 2, 3, 4), (4, 1, 2, 3), (4, 3, 2, 1), (2, 4, 1, 3)])
def test_under_an_owner_too_a_body_controls_by_what_it_and_its_bodies_have(numbers: tuple[int, ...]) -> None:
    """T has 60% of A, A 60% of B, A 21% and B 30% of C: A has 51% of C, whoever owns A."""
    top, first, second, third = numbers
    found = state((top, first, 6_000), (first, second, 6_000), (first, third, 2_100), (second, third, 3_000))
    assert found.by_body[third].by == (first,)
    assert found.by_body[third].votes == Fraction(51, 100)
    assert found.controlled_by(first) == {second, third}
    assert found.controlled_by(top) == {first, second, third}
