"""The line of a pay-later account is changed; more needs the borrower's own wish and stays within what was granted.

Order of checks for more: the line over all products; the second source of a student; income is evidenced and carries
what falls due with the new line (Order 2024 No. 4 arts. 18, 42, 52). A line may be cut below what is drawn: that
refuses new draws and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.borrowers import SECOND_SOURCE_STANDS, is_known_student
from benyuan.consumer_finance.columns import Truths
from benyuan.consumer_finance.limits import LINE
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Count, Id, faults_where, rows
from benyuan.usecases.lending.capacity import burden, capacity_gates, income_need, line_part_fen
from benyuan.usecases.lending.coming_due import months_due
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, account_faults


@command("change_credit_line")
class LineChange(Command, frozen=True, kw_only=True):
    """The line of `account` becomes `line_fen`; `agreed`: the borrower asked for it or agreed to it."""

    account: Id
    line_fen: Count
    agreed: bool = True


def raises(case: Case) -> Truths:
    """Where the line becomes greater."""
    return np.asarray(case.batch.integers("line_fen") > case.facts["account_line_fen"], np.bool_)


class ChangeCreditLine(UseCase):
    """Keeps the line; two of one account wait for one another."""

    command = LineChange
    needs = (*ACCOUNT_NEEDS, income_need("account_borrower"))
    gates = (
        Gate(
            rule=LINE,
            passes=lambda case: (
                np.asarray(case.batch.integers("line_fen") <= case.facts["borrower_line_fen"], np.bool_) | ~raises(case)
            ),
            figures=lambda case, place: {
                "limit": int(case.facts["borrower_line_fen"][place]),
                "asked": int(case.batch.integers("line_fen")[place]),
            },
        ),
        replace(
            SECOND_SOURCE_STANDS,
            passes=lambda case: SECOND_SOURCE_STANDS.passes(case) | ~raises(case),
            applies=lambda case: is_known_student(case) & raises(case),
        ),
        *capacity_gates(raises),
    )
    surveys = True
    alone = False
    shared = (("account", ACCOUNT, "borrower"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The dearest month here with what the new line asks for, and what a bureau told of."""
        borrowers = facts["account_borrower"]
        due = months_due(books, borrowers, on=batch.on)
        part = line_part_fen(batch.integers("line_fen"), on=batch.on, rules=rules)
        return burden(batch, due=due, line_part=part, borrowers=borrowers, books=books, rules=rules), {}

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An account's line is shared by its changes."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs; a greater line is the borrower's own wish."""
        unasked = raises(case) & ~np.array(case.batch.values("agreed"), np.bool_)
        wanted = "no more than before, unless the borrower agreed"
        return {**faults_where(unasked, case.batch, "line_fen", wanted), **account_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """The line; what it was before stands in the answer, and a late close of an earlier day takes it from there."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = rows(accepted, id=batch.integers("account"), line_fen=batch.integers("line_fen"))
        before = {"line_before_fen": decided.case.facts["account_line_fen"]}
        return Recorded(results=before, events=event(ACCOUNT_CHANGED, columns))
