"""A borrower's monthly income, as evidenced: what instalments are held against where the lender's policy says so.

Source: Order 2024 No. 4 of the NFRA, arts. 18, 42, 52 (income and the power to repay are assessed; what counts as
evidence is ours). The digest of the evidence is sealed.
"""

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.suitability.records import INCOME, INCOME_RECORDED
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Count, Id, Reference, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.lending.shared import erased_faults


@command("record_income", personal=("evidence",))
class IncomeFields(Command, frozen=True, kw_only=True):
    """`borrower` has `monthly_fen` a month from `from_date` on, by this `evidence` (a digest)."""

    borrower: Id
    monthly_fen: Count
    evidence: Reference
    from_date: Yyyymmdd


class RecordIncome(UseCase):
    """Keeps it by its day."""

    command = IncomeFields
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists, and is not to come: income that is only expected is none."""
        ahead = case.batch.integers("from_date") > case.batch.on
        return {
            **faults_where(ahead, case.batch, "from_date", "today or an earlier day"),
            **no_such_day(case.batch, "from_date"),
            **erased_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The income."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[INCOME.name])
        names = ("monthly_fen", "from_date")
        columns = {name: batch.integers(name) for name in names} | {
            "id": ids,
            "owner": batch.integers("borrower"),
            "position": batch.position,
        }
        return Recorded(results={"income": ids}, events=event(INCOME_RECORDED, rows(accepted, **columns)))
