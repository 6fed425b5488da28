"""A loan's terms, which stay, and its state, which each step leaves anew; columns, one row a loan."""

from dataclasses import dataclass

from benyuan.consumer_finance.columns import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """What was agreed. Rates in millionths a year; enumerations by their numbers in `vocabulary`; dates yyyymmdd."""

    rate_ppm: Ints
    late_rate_ppm: Ints
    late_on_interest: Ints
    grace_days: Ints
    method: Ints
    day_count: Ints
    rounding: Ints
    every: Ints
    every_unit: Ints
    order: Ints
    first_due_on: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanState:
    """What the last step left; all running totals begin with the loan, in fen.

    `principal_fen` is not due yet, `due_principal_fen` is due and unpaid. `level_fen`: the level payment, or the level
    part of principal. Interest is brought to the morning of `accrued_to`: `interest_num` is the numerator of the period
    so far, `late_num` what late interest has beyond whole fen. `due_total_fen`: all that ever fell due; `due_step`: the
    step that made the latest instalment due; `oldest_due_on`: the due day of the oldest unpaid one, 0 for none.
    """

    principal_fen: Ints
    due_principal_fen: Ints
    level_fen: Ints
    terms: Ints
    next_number: Ints
    next_due_on: Ints
    accrued_to: Ints
    interest_num: Ints
    interest_made_fen: Ints
    interest_paid_fen: Ints
    late_num: Ints
    late_made_fen: Ints
    late_paid_fen: Ints
    drawn_fen: Ints
    due_total_fen: Ints
    due_step: Ints
    oldest_due_on: Ints
    standing: Ints

    @property
    def interest_due_fen(self) -> Ints:
        """Interest that has fallen due and is not paid."""
        return self.interest_made_fen - self.interest_paid_fen

    @property
    def due_fen(self) -> Ints:
        """Principal and interest that have fallen due and are not paid."""
        return self.due_principal_fen + self.interest_due_fen

    @property
    def due_paid_fen(self) -> Ints:
        """What was ever paid of all that fell due."""
        return self.due_total_fen - self.due_fen

    @property
    def owed_principal_fen(self) -> Ints:
        """All principal, due or not."""
        return self.principal_fen + self.due_principal_fen
