"""The life of one loan: terms, every step with what it was for, what is to come, and what is owed on any day.

An auditor follows it by hand with docs/algorithms/loans.md: each step names the command that caused it and the whole
state that it left. Worked number: 88.85 repaid when 10.00 of interest and 78.85 of principal were due is a step of
88.85, principal 78.85, interest 10.00, late 0.00.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.lender_books.steps import steps_to
from benyuan.assurance.lender_books.wording import in_words
from benyuan.closing.shards import LOAN_OWN
from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.instalments.accrual import interest_so_far
from benyuan.consumer_finance.instalments.falling_due import come_to
from benyuan.consumer_finance.instalments.paying import late_owed
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.records import LOAN, LOAN_STEP, LOAN_TERMS
from benyuan.consumer_finance.vocabulary import LoanStep, Standing
from benyuan.engine.group import Group
from benyuan.parties.people import LAST_DAY
from benyuan.values.dates import from_yyyymmdd, local_day
from benyuan.values.errors import BadInput


class LoanStepTold(msgspec.Struct, frozen=True, kw_only=True):
    """A step: `amount_fen` and how it splits; `command`: its ID for `benyuan why`; `after`: the state it left.

    Where instalments fall due the split is what fell due, in payments what was paid, in a write-off what was given up.
    """

    step: int
    on: int
    kind: str
    amount_fen: int
    principal_fen: int
    interest_fen: int
    late_fen: int
    owed_principal_fen: int
    command: int
    after: dict[str, Any]


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """An instalment to come, if nothing is paid before; fen."""

    number: int
    due_on: int
    principal_fen: int
    interest_fen: int
    amount_fen: int
    left_fen: int


class Owed(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed on the morning of a day, once the day's own commands are done; interest is for the nights before."""

    on: int
    late_fen: int
    due_interest_fen: int
    due_principal_fen: int
    due_fen: int
    interest_so_far_fen: int
    principal_to_come_fen: int
    whole_fen: int
    days_overdue: int


class LoanLife(msgspec.Struct, frozen=True, kw_only=True):
    """One loan. `replaced`: steps that stand no more, for a payment was put in its earlier place before them."""

    loan: int
    row: dict[str, int]
    terms: dict[str, Any]
    steps: list[LoanStepTold]
    replaced: list[int]
    owed: Owed
    coming: list[Coming]


def loan_life(group: Group, *, loan: int, on: int | None = None) -> LoanLife:
    """A loan as of day `on` (yyyymmdd), that of the log's last command without it; later days without any payment.

    Errors: LookupError for no such loan; BadInput for a day before it was drawn.
    """
    held = group.records.tables[LOAN.name]
    if not 1 <= loan <= held.count:
        raise LookupError(f"no loan {loan}; the last one is {held.count}")
    row = {name: int(held.column(name)[loan]) for name in LOAN.columns}
    day = local_day(group.last_at) if on is None else on
    from_yyyymmdd(day)
    if day < row["drawn_on"]:
        raise BadInput("on", day, f"a day from {row['drawn_on']} on, when the loan was drawn")
    terms, chain = _terms(group, row), steps_to(group, LOAN_STEP, row["last_step"])
    last = [step for step in chain if step["on_date"] <= day][-1]
    state = LoanState(**{name: np.array([last[name]]) for name in names_of(LoanState)})
    came, _ = come_to(terms, state, np.array([day]))
    ids = {step["id"] for step in chain}
    shown = {name: int(getattr(terms, name)[0]) for name in names_of(LoanTerms)}
    return LoanLife(
        loan=loan,
        row=row,
        terms=in_words(shown),
        steps=[_told(one, two) for one, two in zip([None, *chain], chain, strict=False)],
        replaced=sorted(
            set(np.flatnonzero(group.records.tables[LOAN_STEP.name].column("loan") == loan).tolist()) - ids
        ),
        owed=_owed(terms, came, day),
        coming=_coming(terms, came),
    )


def _terms(group: Group, row: Mapping[str, int]) -> LoanTerms:
    held = group.records.tables[LOAN_TERMS.name]
    columns = {name: held.column(name)[[row["terms"]]] for name in names_of(LoanTerms) if name not in LOAN_OWN}
    return LoanTerms(**columns, **{name: np.array([row[name]]) for name in LOAN_OWN})


def _told(before: Mapping[str, int] | None, step: Mapping[str, int]) -> LoanStepTold:
    kind = LoanStep(step["kind"])
    grown = {name: step[name] - (before[name] if before else 0) for name in names_of(LoanState)}
    if kind is LoanStep.written_off:
        owed = (
            step["principal_fen"] + step["due_principal_fen"],
            step["interest_made_fen"] - step["interest_paid_fen"],
        )
        split = (*owed, step["amount_fen"] - sum(owed))
    elif kind is LoanStep.fell_due:
        split = (grown["due_principal_fen"], grown["interest_made_fen"], 0)
    else:
        left = grown["principal_fen"] + grown["due_principal_fen"]
        principal = grown["drawn_fen"] if kind is LoanStep.drawn else grown["drawn_fen"] - left
        split = (principal, grown["interest_paid_fen"], grown["late_paid_fen"])
    return LoanStepTold(
        step=step["id"],
        on=step["on_date"],
        kind=kind.name,
        amount_fen=step["amount_fen"],
        principal_fen=split[0],
        interest_fen=split[1],
        late_fen=split[2],
        owed_principal_fen=step["principal_fen"] + step["due_principal_fen"],
        command=step["position"],
        after=in_words({name: step[name] for name in names_of(LoanState)}),
    )


def _owed(terms: LoanTerms, state: LoanState, on: int) -> Owed:
    day = np.array([on])
    runs = int(state.standing[0]) == Standing.open
    late, so_far = int(late_owed(terms, state, day)[0]), int(interest_so_far(terms, state, day)[0])
    interest, principal = int(state.interest_due_fen[0]), int(state.due_principal_fen[0])
    to_come, oldest = int(state.principal_fen[0]), int(state.oldest_due_on[0])
    whole = late + interest + principal + so_far + to_come
    overdue = (from_yyyymmdd(on) - from_yyyymmdd(oldest)).days if oldest and runs else 0
    return Owed(
        on=on,
        late_fen=late,
        due_interest_fen=interest,
        due_principal_fen=principal,
        due_fen=late + interest + principal,
        interest_so_far_fen=so_far,
        principal_to_come_fen=to_come,
        whole_fen=whole,
        days_overdue=overdue,
    )


def _coming(terms: LoanTerms, state: LoanState) -> list[Coming]:
    """Every instalment that is still to fall due, the loan folded on without a payment."""
    _, rounds = come_to(terms, state, np.array([LAST_DAY]))
    rows, before = [], state
    for fell in rounds:
        rows.append(
            Coming(
                number=int(before.next_number[0]),
                due_on=int(fell.on[0]),
                principal_fen=_grown(before.due_principal_fen, fell.state.due_principal_fen),
                interest_fen=_grown(before.interest_made_fen, fell.state.interest_made_fen),
                amount_fen=int(fell.amount_fen[0]),
                left_fen=int(fell.state.principal_fen[0]),
            )
        )
        before = fell.state
    return rows


def _grown(before: Ints, after: Ints) -> int:
    return int(after[0] - before[0])
