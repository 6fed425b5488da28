"""Classes, stages and expected loss at the end of a day: five classes a borrower, three stages and a loss a loan.

Order of work: the class by days overdue, the worst of a borrower's loans for all of them; the stage, three from the
class substandard on, two above the lender's own days; the expected loss; and the class that the loss calls for, where
it is worse: the loss expected on what is owed, of what is owed; that on undrawn lines is set aside and makes no class.
Worked number: 10,000.00 owed in stage one at a yearly chance of default of 2% and a loss of 60% are expected to lose
120.00.
"""

from dataclasses import dataclass

import numpy as np

from benyuan.consumer_finance.clocks import PPM
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.vocabulary import RiskClass, Stage

CLASS_RULES = ("npl.special_mention", "npl.substandard", "npl.doubtful", "npl.loss")


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Days beyond which each class from special mention to loss begins, shares of loss from which doubtful and loss do.

    `stage_two_days`: the lender's own days beyond which a loan is in stage two.
    """

    class_days: tuple[int, int, int, int]
    doubtful_ppm: int
    loss_ppm: int
    stage_two_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LossRates:
    """Rows in order of product (0: any) and days: from so many days overdue on, chances and loss in millionths."""

    product: Ints
    days_from: Ints
    default_year_ppm: Ints
    default_life_ppm: Ints
    loss_ppm: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One row a loan."""

    risk_class: Ints
    stage: Ints
    expected_loss_fen: Ints


def assessed(
    *, borrower: Ints, product: Ints, days: Ints, owed_fen: Ints, exposure_fen: Ints, rates: LossRates, at: Thresholds
) -> Risk:
    """Loans of whole borrowers; `exposure_fen` is what would be owed at default, undrawn lines by their conversion.

    The class goes by the loss on what is owed, not on what could be drawn yet.
    """
    by_days = worst_of(borrower, classes_of_days(days, at))
    stage = np.where(
        by_days >= RiskClass.substandard, Stage.three, np.where(days > at.stage_two_days, Stage.two, Stage.one)
    ).astype(np.int64)
    loss = expected_loss(exposure_fen, product=product, days=days, stage=stage, rates=rates)
    of_owed = expected_loss(owed_fen, product=product, days=days, stage=stage, rates=rates)
    by_loss = np.where(
        of_owed * PPM >= owed_fen * at.loss_ppm,
        RiskClass.loss,
        np.where(of_owed * PPM >= owed_fen * at.doubtful_ppm, RiskClass.doubtful, RiskClass.normal),
    )
    worst = worst_of(borrower, np.maximum(by_days, np.where(owed_fen > 0, by_loss, RiskClass.normal)))
    return Risk(risk_class=worst, stage=stage, expected_loss_fen=loss)


def classes_of_days(days: Ints, at: Thresholds) -> Ints:
    """The class that the days call for."""
    classes: Ints = RiskClass.normal + sum(
        ((days > over).astype(np.int64) for over in at.class_days), np.zeros_like(days)
    )
    return classes


def worst_of(borrower: Ints, classes: Ints) -> Ints:
    """For each loan the worst class among the loans of its borrower."""
    worst = np.zeros(int(borrower.max(initial=0)) + 1, np.int64)
    np.maximum.at(worst, borrower, classes)
    return worst[borrower]


def expected_loss(exposure_fen: Ints, *, product: Ints, days: Ints, stage: Ints, rates: LossRates) -> Ints:
    """Exposure × chance × loss, rounded half up after each step; the chance is 1 in stage three."""
    row = _rate_rows(product, days, rates)
    chance = np.where(
        stage == Stage.three,
        PPM,
        np.where(stage == Stage.two, rates.default_life_ppm[row], rates.default_year_ppm[row]),
    )
    return _part(_part(exposure_fen, chance), rates.loss_ppm[row])


def _rate_rows(product: Ints, days: Ints, rates: LossRates) -> Ints:
    """The row of the product's own rates, or of those for any; the last whose days are reached."""
    rows = np.zeros(len(product), np.int64)
    for number in np.unique(product).tolist():
        own = np.flatnonzero(rates.product == number)
        own = own if len(own) else np.flatnonzero(rates.product == 0)
        if len(own) == 0:
            raise KeyError(f"no loss rates for product {number}")
        of = product == number
        reached = np.searchsorted(rates.days_from[own], days[of], side="right") - 1
        rows[of] = own[np.maximum(reached, 0)]
    return rows


def _part(fen: Ints, ppm: Ints) -> Ints:
    part: Ints = fen // PPM * ppm + (fen % PPM * ppm + PPM // 2) // PPM
    return part
