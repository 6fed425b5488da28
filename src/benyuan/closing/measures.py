"""What the close must know of each loan and account at the end of a day: a pure function from Arrow to Arrow.

A batch in holds terms and state, one row a loan; a batch out one row a loan of what is owed and was earned, the
partner's part apart. So the same code maps over the shards of one machine or of many.
"""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import pyarrow as pa

from benyuan.closing.arrow import columns_of, record_batch
from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.instalments.accrual import interest_ever as loan_interest
from benyuan.consumer_finance.instalments.accrual import late_ever
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.revolving.accrual import interest_ever as account_interest
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought
from benyuan.consumer_finance.rounding import share_of
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.values.days import day_numbers, days_later

_Record = TypeVar("_Record")
MEASURES = (
    *("id", "borrower", "product", "partner", "principal_fen", "interest_ever_fen", "charges_ever_fen"),
    *("interest_owed_fen", "charges_owed_fen", "days_overdue", "undrawn_fen", "running"),
    *("partner_principal_fen", "partner_interest_fen", "partner_charges_fen"),
    *("partner_interest_owed_fen", "partner_charges_owed_fen"),
)
"""Columns of a batch out. All but the partner's are whole; the lender's own part is the whole less the partner's."""


def measured_loans(batch: pa.RecordBatch, *, on: int) -> pa.RecordBatch:
    """Loans at the end of day `on`; their states have come to the morning of that day."""
    columns = columns_of(batch)
    terms, state = _record(LoanTerms, columns), _record(LoanState, columns)
    to = days_later(np.full(batch.num_rows, on), 1)
    interest, late = loan_interest(terms, state, to), late_ever(terms, state, to)
    share = columns["share_ppm"]
    repaid = state.drawn_fen - state.owed_principal_fen
    return _measures(
        columns,
        standing=state.standing,
        principal=state.owed_principal_fen,
        interest=interest,
        charges=late,
        interest_paid=state.interest_paid_fen,
        charges_paid=state.late_paid_fen,
        days=_days_overdue(state.oldest_due_on, on),
        undrawn=np.zeros_like(share),
        partner_principal=share_of(state.drawn_fen, share) - share_of(repaid, share),
    )


def measured_accounts(batch: pa.RecordBatch, *, on: int) -> pa.RecordBatch:
    """Pay-later accounts at the end of day `on`; their states have come to the morning after."""
    columns = columns_of(batch)
    terms, state = _record(AccountTerms, columns), _record(AccountState, columns)
    bought = Bought(bought_fen=columns["bought_fen"], weight=columns["bought_weight"])
    interest = account_interest(terms, state, bought, days_later(np.full(batch.num_rows, on), 1))
    unbilled = np.where(state.standing == Standing.open, bought.bought_fen - state.bought_billed_fen, 0)
    principal = state.billed_fen + unbilled
    return _measures(
        columns,
        standing=state.standing,
        principal=principal,
        interest=interest,
        charges=state.fees_made_fen,
        interest_paid=state.interest_made_fen - state.interest_fen,
        charges_paid=state.fees_made_fen - state.fees_fen,
        days=_days_overdue(state.oldest_due_on, on),
        undrawn=np.maximum(columns["line_fen"] - principal, 0),
        partner_principal=np.zeros_like(principal),
    )


def _measures(
    columns: Mapping[str, Ints],
    *,
    standing: Ints,
    principal: Ints,
    interest: Ints,
    charges: Ints,
    interest_paid: Ints,
    charges_paid: Ints,
    days: Ints,
    undrawn: Ints,
    partner_principal: Ints,
) -> pa.RecordBatch:
    """What has ended or was written off is owed no more, but was earned.

    What was written off and is not recovered whole goes on counting its days, for the borrower's other loans.
    """
    runs, share = standing == Standing.open, columns["share_ppm"]
    unrecovered = (standing == Standing.written_off) & (
        principal + interest - interest_paid + charges - charges_paid > 0
    )
    made = {name: columns[name] for name in ("id", "borrower", "product", "partner")} | {
        "principal_fen": np.where(runs, principal, 0),
        "interest_ever_fen": interest,
        "charges_ever_fen": charges,
        "interest_owed_fen": np.where(runs, interest - interest_paid, 0),
        "charges_owed_fen": np.where(runs, charges - charges_paid, 0),
        "days_overdue": np.where(runs | unrecovered, days, 0),
        "undrawn_fen": np.where(runs, undrawn, 0),
        "running": runs.astype(np.int64),
        "partner_principal_fen": np.where(runs, partner_principal, 0),
        "partner_interest_fen": share_of(interest, share),
        "partner_charges_fen": share_of(charges, share),
        "partner_interest_owed_fen": np.where(runs, share_of(interest, share) - share_of(interest_paid, share), 0),
        "partner_charges_owed_fen": np.where(runs, share_of(charges, share) - share_of(charges_paid, share), 0),
    }
    return record_batch({name: made[name] for name in MEASURES})


def _days_overdue(oldest_due_on: Ints, on: int) -> Ints:
    late = oldest_due_on != 0
    since = day_numbers(np.where(late, oldest_due_on, on))
    days: Ints = day_numbers(np.full(len(late), on)) - since
    return days


def _record(kind: type[_Record], columns: Mapping[str, Ints]) -> _Record:
    return kind(**{name: columns[name] for name in names_of(kind)})
