"""Classes, stages and expected losses of the close are, to the fen, what the plain reference makes of any book."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.consumer_finance.by_hand.risk import Debt, Limits, Row, assess
from benyuan.consumer_finance.vocabulary import RiskClass, Stage
from tests.properties.risk_columns import PPM, plain, plain_of, risk_of

SOME = settings(deadline=None, max_examples=200)
SOAK = settings(deadline=None, max_examples=5_000)
PRODUCTS = (1, 2, 3)
LARGEST_FEN = 10**15

shares = st.one_of(
    st.sampled_from([0, 1, 499_999, 500_000, 500_001, 899_999, 900_000, 999_999, PPM]), st.integers(0, PPM)
).map(lambda number: Fraction(number, PPM))
edges = st.sampled_from([0, 1, 3, 29, 30, 31, 89, 90, 91, 270, 271, 360, 361, 3_650])
amounts = st.one_of(st.sampled_from([0, 1, 2, 3]), st.integers(0, 10_000), st.integers(0, LARGEST_FEN))


@st.composite
def debts(draw: st.DrawFn) -> list[Debt]:
    one = st.builds(
        Debt,
        borrower=st.integers(1, 5),
        product=st.sampled_from(PRODUCTS),
        days=st.one_of(edges, st.integers(0, 400)),
        owed_fen=amounts,
        undrawn_fen=amounts,
    )
    return draw(st.lists(one, min_size=1, max_size=12))


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """Rows for any product from 0 days on, and rows of their own for some products; some set twice."""
    begins = [0, *draw(st.lists(st.sampled_from(PRODUCTS), unique=True, max_size=2))]
    keys = [(product, 0) for product in begins]
    keys += draw(st.lists(st.tuples(st.sampled_from(begins), edges), max_size=8))
    rows = []
    for product, days_from in draw(st.permutations(keys)):
        year, life = sorted((draw(shares), draw(shares)))
        rows.append(Row(product=product, days_from=days_from, year=year, life=life, loss=draw(shares)))
    return rows


@st.composite
def limits(draw: st.DrawFn) -> Limits:
    doubtful, loss = sorted((draw(shares), draw(shares)))
    return Limits(
        class_days=draw(st.sampled_from([(0, 90, 270, 360), (0, 60, 180, 240)])),
        doubtful=max(doubtful, Fraction(1, PPM)),
        loss=max(loss, Fraction(1, PPM)),
        stage_two_days=draw(st.sampled_from([0, 30, 60])),
        conversion=draw(shares),
    )


def check_book(book: list[Debt], rows: list[Row], at: Limits) -> None:
    assessed = assess(book, rows=rows, limits=at)
    risk = risk_of(book, rows, at)
    assert plain(risk) == plain_of(assessed)
    for debt, each in zip(book, assessed, strict=True):
        assert (each.stage is Stage.three) == (each.risk_class >= RiskClass.substandard)
        assert 0 <= each.expected_loss_fen <= debt.owed_fen + debt.undrawn_fen


@SOME
@given(book=debts(), rows=tables(), at=limits())
def test_risk_is_the_plain_one(book: list[Debt], rows: list[Row], at: Limits) -> None:
    check_book(book, rows, at)


@pytest.mark.soak
@SOAK
@given(book=debts(), rows=tables(), at=limits())
def test_risk_is_the_plain_one_in_thousands(book: list[Debt], rows: list[Row], at: Limits) -> None:
    check_book(book, rows, at)


@SOME
@given(book=debts(), rows=tables(), at=limits(), data=st.data())
def test_no_order_of_loans_changes_anything(book: list[Debt], rows: list[Row], at: Limits, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(book))))
    there = plain(risk_of(book, rows, at))
    assert plain(risk_of([book[place] for place in order], rows, at)) == [there[place] for place in order]


@SOME
@given(book=debts(), rows=tables(), at=limits())
def test_borrowers_apart_are_borrowers_together(book: list[Debt], rows: list[Row], at: Limits) -> None:
    together = list(zip(book, plain(risk_of(book, rows, at)), strict=True))
    for borrower in {debt.borrower for debt in book}:
        theirs = [debt for debt in book if debt.borrower == borrower]
        assert plain(risk_of(theirs, rows, at)) == [each for debt, each in together if debt.borrower == borrower]
