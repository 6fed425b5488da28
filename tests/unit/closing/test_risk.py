"""Classes, stages and expected losses at their edges."""

from dataclasses import replace
from fractions import Fraction

import pytest

from benyuan.consumer_finance.by_hand.risk import Debt, Row, assess
from benyuan.consumer_finance.vocabulary import RiskClass, Stage
from tests.properties.risk_columns import plain, plain_of, risk_of
from tests.unit.closing.test_worked_risk import LIMITS

PPM = 1_000_000
DEBT = Debt(borrower=1, product=1, days=0, owed_fen=1_000_000, undrawn_fen=0)


def rates(*, year: int = 20_000, life: int = 50_000, loss: int = 400_000, days_from: int = 0, product: int = 0) -> Row:
    shares = {"year": Fraction(year, PPM), "life": Fraction(life, PPM), "loss": Fraction(loss, PPM)}
    return Row(product=product, days_from=days_from, **shares)


def assessed(*debts: Debt, rows: list[Row]) -> list[tuple[int, int, int]]:
    """Class, stage and loss, debt by debt: in columns, and by hand the same."""
    found = plain(risk_of(debts, rows, LIMITS))
    assert found == plain_of(assess(debts, rows=rows, limits=LIMITS))
    return found


@pytest.mark.parametrize(
    ("days", "risk_class", "stage"),
    [
        (0, RiskClass.normal, Stage.one),
        (1, RiskClass.special_mention, Stage.one),
        (30, RiskClass.special_mention, Stage.one),
        (31, RiskClass.special_mention, Stage.two),
        (90, RiskClass.special_mention, Stage.two),
        (91, RiskClass.substandard, Stage.three),
        (270, RiskClass.substandard, Stage.three),
        (271, RiskClass.doubtful, Stage.three),
        (360, RiskClass.doubtful, Stage.three),
        (361, RiskClass.loss, Stage.three),
    ],
)
def test_by_days(days: int, risk_class: RiskClass, stage: Stage) -> None:
    ((found_class, found_stage, _),) = assessed(replace(DEBT, days=days), rows=[rates()])
    assert (found_class, found_stage) == (risk_class, stage)


@pytest.mark.parametrize(
    ("loss_ppm", "risk_class"),
    [
        (499_999, RiskClass.substandard),
        (500_000, RiskClass.doubtful),
        (899_999, RiskClass.doubtful),
        (900_000, RiskClass.loss),
    ],
)
def test_by_loss_where_default_has_come_about(loss_ppm: int, risk_class: RiskClass) -> None:
    ((found_class, stage, loss_fen),) = assessed(replace(DEBT, days=91), rows=[rates(loss=loss_ppm)])
    assert (found_class, stage, loss_fen) == (risk_class, Stage.three, loss_ppm)


def test_a_class_by_loss_is_impaired_for_the_whole_borrower_and_may_become_worse_by_it() -> None:
    rows = [rates(year=600_000, life=600_000, loss=900_000)]
    other = replace(DEBT, product=2, owed_fen=200_000)
    stranger = replace(other, borrower=2)
    rows.append(rates(product=2))
    found = assessed(DEBT, other, stranger, rows=rows)
    assert found == [
        (RiskClass.loss, Stage.three, 900_000),
        (RiskClass.loss, Stage.three, 80_000),
        (RiskClass.normal, Stage.one, 1_600),
    ]


def test_just_below_half_a_loan_performs() -> None:
    found = assessed(DEBT, rows=[rates(year=500_000, life=500_000, loss=999_999)])
    assert found == [(RiskClass.normal, Stage.one, 500_000)], "the rounded loss is half, the share is not"


def test_one_fen_is_not_lost_whole() -> None:
    found = assessed(replace(DEBT, days=91, owed_fen=1), DEBT, rows=[rates(loss=600_000)])
    assert found == [(RiskClass.doubtful, Stage.three, 1), (RiskClass.doubtful, Stage.three, 600_000)]


def test_what_owes_nothing_has_no_class_by_loss_and_still_a_loss_on_its_line() -> None:
    line = replace(DEBT, owed_fen=0, undrawn_fen=1_000_009)
    found = assessed(line, rows=[rates(year=PPM, life=PPM, loss=PPM)])
    assert found == [(RiskClass.normal, Stage.one, 100_000)], "the converted part is rounded down"


def test_each_step_is_rounded_half_up() -> None:
    found = assessed(replace(DEBT, owed_fen=125), rows=[rates(year=20_000, life=20_000, loss=500_000)])
    assert found == [(RiskClass.normal, Stage.one, 2)], "2.5 of 125 default, so 3; 1.5 of them are lost, so 2"


def test_no_row_is_made_up() -> None:
    with pytest.raises(KeyError, match="product 1 from 0 days"):
        risk_of([DEBT], [rates(days_from=1)], LIMITS)
    with pytest.raises(KeyError, match="product 1"):
        risk_of([DEBT], [rates(product=2)], LIMITS)
