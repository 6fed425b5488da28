"""Layers, holdings back and across, one investor's several stakes: Order [2020] No. 4, arts. 18, 19."""

from fractions import Fraction

import pytest

from benyuan.parties.ownership.control import Ground, Grounds, Power, control
from benyuan.parties.ownership.stakes import Stakes, stakes_of
from benyuan.parties.ownership.structure import Crossed, Crossing, crossings, investors, layers

HOLDING, BANK, LEASING, INSURER, SHOP, OWNER, OTHER = range(1, 8)
TYPES = {BANK: 1, LEASING: 1, INSURER: 5}
MAIN, HALF = Fraction(5, 100), Fraction(1, 2)


def held(*rows: tuple[int, int, int]) -> Stakes:
    """In parts of a hundred."""
    return stakes_of([(owner, owned, part, 100) for owner, owned, part in rows])


def test_layers_are_counted_from_the_holding_company_by_the_nearest_way() -> None:
    stakes = held((HOLDING, BANK, 60), (BANK, LEASING, 80), (HOLDING, LEASING, 10), (LEASING, INSURER, 90))
    found = layers(control(Grounds(votes=stakes), majority=HALF), stakes, HOLDING)
    assert found == {HOLDING: 1, BANK: 2, LEASING: 2, INSURER: 3}


def test_a_body_controlled_by_power_alone_is_below_who_has_it() -> None:
    stakes = held((HOLDING, BANK, 60))
    power = Power(holder=BANK, body=SHOP, ground=Ground.power)
    assert layers(control(Grounds(votes=stakes, powers=(power,)), majority=HALF), stakes, HOLDING)[SHOP] == 3


def crossed(stakes: Stakes, *, others: frozenset[int] = frozenset()) -> list[Crossed]:
    return crossings(stakes, parents={HOLDING}, types=TYPES, others=others, main=MAIN)


def test_a_holding_back() -> None:
    found = crossed(held((HOLDING, BANK, 60), (BANK, HOLDING, 1)))
    assert [(each.crossing, each.owner) for each in found] == [(Crossing.back, BANK)]


def test_institutions_that_hold_one_another() -> None:
    found = crossed(held((BANK, LEASING, 60), (LEASING, BANK, 1)))
    assert [each.crossing for each in found] == [Crossing.across, Crossing.across]
    assert not crossed(held((BANK, LEASING, 60)))


@pytest.mark.parametrize(("part", "told"), [(4, []), (5, [Crossing.main_of_other_type])])
def test_a_main_shareholder_of_another_type(part: int, told: list[Crossing]) -> None:
    assert [each.crossing for each in crossed(held((BANK, INSURER, part)))] == told
    assert not crossed(held((BANK, LEASING, 90)))


def test_across_to_the_other_companies_only_where_the_whole_group_counts() -> None:
    stakes = held((BANK, SHOP, 2), (SHOP, BANK, 3))
    assert not crossed(stakes)
    assert {each.crossing for each in crossed(stakes, others=frozenset({SHOP}))} == {Crossing.across_to_non_financial}


def test_one_investor_with_those_who_count_as_one() -> None:
    stakes = held((OWNER, HOLDING, 3), (OTHER, HOLDING, 2), (SHOP, HOLDING, 4))
    alone = investors(stakes, bodies={HOLDING}, together=())
    assert [each.main_of(main=MAIN) for each in alone] == [[], [], []]
    together = investors(stakes, bodies={HOLDING}, together=[{OWNER, OTHER}])
    assert [(each.members, each.main_of(main=MAIN)) for each in together] == [
        ((SHOP,), []),
        ((OWNER, OTHER), [HOLDING]),
    ]
    linked = investors(stakes, bodies={HOLDING}, together=[{OWNER, OTHER}, {OTHER, SHOP}])
    assert [each.parts[HOLDING] for each in linked] == [Fraction(9, 100)]
