"""Fair competition: sources, markets, the index's bounds, fines within theirs, the decision of 2021, early warnings."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.governance.competition import (
    INVENTED,
    Breach,
    Case,
    Figure,
    Market,
    MarketDefinition,
    Platform,
    Sales,
    Source,
    concentration_of,
    fine_of,
    hhi,
    presumption_of,
    reckoned_again,
    shares_of,
    warnings_of,
)
from benyuan.rules import load_pack
from benyuan.values.errors import BadInput

PACK = load_pack()
ON = 20260515
WHOLE = 1_000_000
DEFINITION = MarketDefinition(
    product="payments", area="China", begins_on=20250101, ends_on=20260101, defined_on=20260301, counted="payments"
)
AMOUNTS = st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=8).filter(any)


def market(*amounts: int, total: int | None = None) -> Market:
    figures = tuple(Figure(firm=f"firm {place}", amount=amount) for place, amount in enumerate(amounts, start=1))
    return Market(definition=DEFINITION, figures=figures, total=total)


def test_a_figure_without_a_source_is_invented_and_says_so() -> None:
    report = Source(document="Annual report 2025", dated_on=20260331)
    shared = Market(
        definition=DEFINITION,
        figures=(Figure(firm="ours", amount=300, source=report), Figure(firm="another", amount=450)),
        total=1_000,
    )
    assert [(each.firm, each.share, each.source) for each in shares_of(shared)] == [
        ("another", "45.00%", "invented"),
        ("ours", "30.00%", "Annual report 2025 (20260331)"),
    ]
    assert presumption_of(shared, on=ON, rules=PACK).invented == ["another", "total"]
    assert concentration_of(shared).invented == ["another", "total"]
    assert INVENTED.invented


@pytest.mark.parametrize(
    ("document", "dated_on", "field"),
    [("a report", 0, "dated"), ("", 20260331, "source"), ("a report", 20260230, "date")],
)
def test_half_a_source_is_none(document: str, dated_on: int, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        Source(document=document, dated_on=dated_on)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ((Figure(firm="a", amount=1), Figure(firm="a", amount=2)), "firm"),
        ((Figure(firm=" ", amount=1),), "firm"),
        ((Figure(firm="a", amount=-1),), "amount"),
        ((Figure(firm="a", amount=0),), "total"),
        ((), "total"),
    ],
)
def test_figures_that_make_no_market(figures: tuple[Figure, ...], field: str) -> None:
    with pytest.raises(BadInput) as caught:
        Market(definition=DEFINITION, figures=figures)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("begins_on", "ends_on", "field"), [(20250101, 20250101, "ends_on"), (20251301, 20260101, "date")]
)
def test_periods_that_are_none(begins_on: int, ends_on: int, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        MarketDefinition(product="x", area="y", begins_on=begins_on, ends_on=ends_on, defined_on=20260301)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("amounts", "index"),
    [
        ((1,), Fraction(10_000)),
        ((1, 1), Fraction(5_000)),
        ((1, 1, 1), Fraction(10_000, 3)),
        ((40, 30, 20, 10), Fraction(3_000)),
    ],
)
def test_the_index_is_exact(amounts: tuple[int, ...], index: Fraction) -> None:
    assert hhi(amounts, total=sum(amounts)) == index


@given(AMOUNTS)
def test_the_index_lies_between_equal_shares_and_one_firm(amounts: list[int]) -> None:
    index = hhi(amounts, total=sum(amounts))
    assert Fraction(10_000, len(amounts)) <= index <= 10_000


@given(AMOUNTS, st.integers(min_value=0, max_value=10**12))
def test_firms_that_are_not_named_only_widen_the_bounds(amounts: list[int], unnamed: int) -> None:
    made = concentration_of(market(*amounts, total=sum(amounts) + unnamed))
    least, most = (Fraction(each.numerator, each.denominator) for each in (made.least, made.most))
    one, halves = ([unnamed], [unnamed // 2, unnamed - unnamed // 2])
    for others in (one, halves):
        assert least <= hhi([*amounts, *others], total=made.total) <= most
    assert (least == most) is (unnamed == 0)


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(0, 10**9))
def test_a_merger_adds_twice_the_product_of_the_shares(a: int, b: int, rest: int) -> None:
    made = concentration_of(market(a, b, total=a + b + rest), merging=("firm 1", "firm 2"))
    assert Fraction(made.change.numerator, made.change.denominator) == Fraction(2 * 10_000 * a * b, (a + b + rest) ** 2)


@pytest.mark.parametrize("merging", [("firm 1",), ("firm 1", "firm 1"), ("firm 1", "nobody")])
def test_mergers_that_are_none(merging: tuple[str, ...]) -> None:
    with pytest.raises(BadInput) as caught:
        concentration_of(market(1, 2), merging=merging)
    assert caught.value.field == "merging"


@given(AMOUNTS)
def test_who_is_presumed_alone_has_a_half_and_everybody_presumed_a_tenth(amounts: list[int]) -> None:
    made = presumption_of(market(*amounts), on=ON, rules=PACK)
    own = {f"firm {place}": amount for place, amount in enumerate(amounts, start=1)}
    assert all(10 * own[firm] >= sum(amounts) for firm in made.presumed)
    assert {each.firm for each in made.tests if each.firms == 1 and each.presumed} == {
        firm for firm, amount in own.items() if 2 * amount >= sum(amounts)
    }
    assert all((each.missing == 0) is each.reached for each in made.tests)


@given(
    sales=st.integers(min_value=1, max_value=10**16),
    rate=st.integers(min_value=10_000, max_value=100_000),
    times=st.one_of(st.just(WHOLE), st.integers(min_value=2 * WHOLE, max_value=5 * WHOLE)),
    breach=st.sampled_from([Breach.abuse, Breach.cartel, Breach.merger_harmful]),
)
def test_a_fine_lies_within_its_bounds_and_less_than_a_fen_below_what_it_is_exactly(
    sales: int, rate: int, times: int, breach: Breach
) -> None:
    case = Case(breach=breach, on=ON, sales=Sales(amount_fen=sales, year=2025), rate_ppm=rate, times_ppm=times)
    made = fine_of(case, rules=PACK)
    assert made.fine_fen is not None
    assert made.least_fen <= made.fine_fen <= made.most_fen
    assert 0 <= Fraction(sales * rate * times, WHOLE * WHOLE) - made.fine_fen < 1


def test_the_decision_of_2021_is_reckoned_again() -> None:
    made = reckoned_again(rules=PACK)
    assert made.fine.fine_fen == 1_822_848_000_000
    assert (made.printed_fen, made.difference_fen) == (1_822_800_000_000, 48_000_000)
    assert made.agreeing == ["half-up", "half-even", "down"]
    assert (made.fine.place.article, made.fine.factors_place.article) == ("第四十七条", "第四十九条")
    assert made.decision.status == "secondary"


SUPER = Platform(users=500_000_000, types=("finance", "sales"), worth_fen=100_000_000_000_000)
LARGE = Platform(users=50_000_000, types=(), worth_fen=10_000_000_000_000)


@pytest.mark.parametrize(
    ("platform", "reached"),
    [
        (SUPER, [True, True]),
        (Platform(users=SUPER.users - 1, types=SUPER.types, worth_fen=SUPER.worth_fen), [False, True]),
        (Platform(users=SUPER.users, types=("finance", "finance"), worth_fen=SUPER.worth_fen), [False, True]),
        (Platform(users=SUPER.users, types=SUPER.types, worth_fen=SUPER.worth_fen - 1), [False, True]),
        (LARGE, [False, True]),
        (Platform(users=LARGE.users - 1, types=(), worth_fen=LARGE.worth_fen), [False, False]),
        (Platform(users=LARGE.users, types=(), worth_fen=LARGE.worth_fen - 1), [False, False]),
    ],
)
def test_drafts_warn_at_their_figures_and_not_below(platform: Platform, reached: list[bool]) -> None:
    made = warnings_of(platform, rules=PACK)
    assert [each.reached for each in made] == reached
    assert {each.place.status for each in made} == {"draft"}


@pytest.mark.parametrize(
    ("platform", "field"),
    [
        (Platform(users=1, types=("ferries",), worth_fen=1), "type"),
        (Platform(users=-1, types=(), worth_fen=1), "users"),
        (Platform(users=1, types=(), worth_fen=-1), "worth"),
    ],
)
def test_platforms_that_are_none(platform: Platform, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        warnings_of(platform, rules=PACK)
    assert caught.value.field == field
