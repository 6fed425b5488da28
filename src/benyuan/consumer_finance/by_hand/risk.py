"""Classes, stages and expected loss by hand: borrower by borrower, loan by loan, in exact fractions.

docs/algorithms/classification.md and provisions.md say what holds. Worked number: 10,000.00 owed, 60 days overdue, at a
chance of default ever of 90% and a loss of 60%: 54% is expected to be lost, so the class is doubtful, the stage three,
and 6,000.00 are set aside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from benyuan.consumer_finance.by_hand.days import fen
from benyuan.consumer_finance.vocabulary import RiskClass, Stage
from benyuan.values.rounding import Rounding

ANY = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """A loan or an account at the end of a day, the lender's own part."""

    borrower: int
    product: int
    days: int
    owed_fen: int
    undrawn_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table of loss rates; `product` 0 is any."""

    product: int
    days_from: int
    year: Fraction
    life: Fraction
    loss: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Days beyond which each class from special mention to loss begins; shares of loss; the lender's own choices."""

    class_days: tuple[int, int, int, int]
    doubtful: Fraction
    loss: Fraction
    stage_two_days: int
    conversion: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What a debt comes to."""

    risk_class: RiskClass
    stage: Stage
    expected_loss_fen: int


def assess(debts: Sequence[Debt], *, rows: Sequence[Row], limits: Limits) -> list[Assessed]:
    """Each debt, in the order given."""
    classes: dict[int, RiskClass] = {}
    for debt in debts:
        by_days = _class_of_days(debt.days, limits)
        classes[debt.borrower] = max(by_days, classes.get(debt.borrower, RiskClass.normal))
    while worse := _worse_by_loss(debts, classes, rows=rows, limits=limits):
        classes |= worse
    return [_assessed(debt, classes[debt.borrower], rows=rows, limits=limits) for debt in debts]


def _worse_by_loss(
    debts: Sequence[Debt], classes: dict[int, RiskClass], *, rows: Sequence[Row], limits: Limits
) -> dict[int, RiskClass]:
    """Borrowers whose class the loss on one of their debts makes worse than it stands."""
    worse: dict[int, RiskClass] = {}
    for debt in debts:
        known = worse.get(debt.borrower, classes[debt.borrower])
        by_loss = _class_of_loss(debt, _stage(debt, classes[debt.borrower], limits), rows=rows, limits=limits)
        if by_loss > known:
            worse[debt.borrower] = by_loss
    return worse


def _class_of_days(days: int, limits: Limits) -> RiskClass:
    return RiskClass(1 + sum(days > over for over in limits.class_days))


def _class_of_loss(debt: Debt, stage: Stage, *, rows: Sequence[Row], limits: Limits) -> RiskClass:
    row = row_of(debt, rows)
    share = chance(row, stage) * row.loss
    if not debt.owed_fen or share < limits.doubtful:
        return RiskClass.normal
    return RiskClass.doubtful if share < limits.loss else RiskClass.loss


def _stage(debt: Debt, risk_class: RiskClass, limits: Limits) -> Stage:
    if risk_class >= RiskClass.substandard:
        return Stage.three
    return Stage.two if debt.days > limits.stage_two_days else Stage.one


def row_of(debt: Debt, rows: Sequence[Row]) -> Row:
    """The row of most days that are reached, of the product's own rows where it has any, else of those for any.

    Of two rows for the same days the later counts.
    """
    own = [row for row in rows if row.product == debt.product]
    usable = own or [row for row in rows if row.product == ANY]
    reached = [row for row in reversed(usable) if row.days_from <= debt.days]
    return max(reached, key=lambda row: row.days_from)


def chance(row: Row, stage: Stage) -> Fraction:
    """Of default: within a year, ever, or certain."""
    return {Stage.one: row.year, Stage.two: row.life, Stage.three: Fraction(1)}[stage]


def exposure_fen(debt: Debt, limits: Limits) -> int:
    """What would be owed at default: what is owed, and the converted part of what is undrawn."""
    return debt.owed_fen + fen(debt.undrawn_fen * limits.conversion, rounding=Rounding.down)


def _assessed(debt: Debt, risk_class: RiskClass, *, rows: Sequence[Row], limits: Limits) -> Assessed:
    row, stage = row_of(debt, rows), _stage(debt, risk_class, limits)
    defaulting = fen(exposure_fen(debt, limits) * chance(row, stage), rounding=Rounding.half_up)
    lost = fen(defaulting * row.loss, rounding=Rounding.half_up)
    return Assessed(risk_class=risk_class, stage=stage, expected_loss_fen=lost)


def reserve_asked_fen(*, loans_fen: int, bad_fen: int, of_loans: Fraction, of_bad: Fraction) -> int:
    """The higher of a share of all loans and a share of those that do not perform, each rounded up."""
    return max(fen(loans_fen * of_loans, rounding=Rounding.up), fen(bad_fen * of_bad, rounding=Rounding.up))


def most_loans_fen(*, capital_fen: int, least: Fraction, other_fen: int, weight: Fraction) -> int:
    """How much the lender may lend in all: what its capital carries, less what else uses it, by the weight of loans."""
    carried = fen(capital_fen / least, rounding=Rounding.down)  # tidy: exact
    return fen(max(carried - other_fen, 0) / weight, rounding=Rounding.down)  # tidy: exact
