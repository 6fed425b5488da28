"""Classes, stages and expected loss at the end of a day: five classes a borrower, three stages and a loss a loan.

docs/algorithms/classification.md and provisions.md say what holds. Order of work: the class by days overdue, the worst
of a borrower's loans for all of them; the stage, three from the class substandard on, two above the lender's own days;
the share that is expected to be lost, and the class it calls for, where it is worse; the stage once more, for whom that
class has put into stage three; the expected loss. Worked number: 10,000.00 owed in stage one at a yearly chance of
default of 2% and a loss of 60% are expected to lose 120.00.
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

    The class goes by the share of what is owed that will be lost, chance times loss and exact, so that neither an
    undrawn line nor a rounded fen makes one; a loan on which nothing is owed has no such share.
    """
    row = _rate_rows(product, days, rates)
    classes = worst_of(borrower, classes_of_days(days, at))
    for _ in range(2):  # once more for loans that the first round put into stage three; a third would change nothing
        share = _chances(row, stages(classes, days, at), rates) * rates.loss_ppm[row]
        by_loss = np.where(owed_fen > 0, classes_of_share(share, at), RiskClass.normal)
        classes = worst_of(borrower, np.maximum(classes, by_loss))
    stage = stages(classes, days, at)
    loss = _part(_part(exposure_fen, _chances(row, stage, rates)), rates.loss_ppm[row])
    return Risk(risk_class=classes, stage=stage, expected_loss_fen=loss)


def stages(classes: Ints, days: Ints, at: Thresholds) -> Ints:
    """Three where the class is substandard or worse, so that whatever does not perform is impaired."""
    late = np.where(days > at.stage_two_days, Stage.two, Stage.one)
    return np.where(classes >= RiskClass.substandard, Stage.three, late).astype(np.int64)


def classes_of_share(share: Ints, at: Thresholds) -> Ints:
    """The class that a share of loss calls for, in millionths of millionths."""
    doubtful = np.where(share >= at.doubtful_ppm * PPM, RiskClass.doubtful, RiskClass.normal)
    return np.where(share >= at.loss_ppm * PPM, RiskClass.loss, doubtful).astype(np.int64)


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


def _chances(row: Ints, stage: Ints, rates: LossRates) -> Ints:
    """Of default: within a year in stage one, ever in stage two; in stage three it has come about."""
    early = np.where(stage == Stage.two, rates.default_life_ppm[row], rates.default_year_ppm[row])
    return np.where(stage == Stage.three, PPM, early).astype(np.int64)


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
        if reached.min() < 0:
            raise KeyError(f"no loss rates for product {number} from 0 days overdue on")
        rows[of] = own[reached]
    return rows


def _part(fen: Ints, ppm: Ints) -> Ints:
    """Half up."""
    part: Ints = fen // PPM * ppm + (fen % PPM * ppm + PPM // 2) // PPM
    return part
