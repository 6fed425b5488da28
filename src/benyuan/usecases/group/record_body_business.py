"""What a body does from a day on, and where its accounts are.

Source: PBoC Order [2020] No. 4, arts. 2 ¶3, 25. Worked number: recorded as a bank from 20260701, it counts as one in
every reckoning on or after that day and in none before.
"""

from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.parties.bodies.records import BODY, BODY_BUSINESS, BODY_BUSINESS_RECORDED
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.bodies.vocabulary import BODY_KIND_NUMBER, BUSINESS_NUMBER, BodyKind, Business
from benyuan.usecases.common import Id, MaybeId, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.group.shared import source_faults


@command("record_body_business")
class BodyBusinessFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `body` does this `business`; `book`: its book in this ledger, 0 for accounts elsewhere."""

    body: Id
    business: Business
    book: MaybeId = 0
    from_date: Yyyymmdd


class RecordBodyBusiness(UseCase):
    """Records it; the latest of a day counts."""

    command = BodyBusinessFields
    needs = (Need(table=BODY, by="body", prefix="body"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A body that is no individual, a day that exists, a source."""
        individual = case.facts["body_kind"] == BODY_KIND_NUMBER[BodyKind.individual]
        return {
            **source_faults(case),
            **no_such_day(case.batch, "from_date"),
            **faults_where(individual, case.batch, "body", "a body that is no individual"),
        }

    def record(self, decided: Decided) -> Recorded:
        """One row."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[BODY_BUSINESS.name])
        columns = {
            "owner": batch.integers("body"),
            "from_date": batch.integers("from_date"),
            "business": batch.numbers("business", BUSINESS_NUMBER),
            "book": batch.integers("book"),
            "position": batch.position,
        }
        return Recorded(
            results={"record": ids}, events=event(BODY_BUSINESS_RECORDED, rows(accepted, id=ids, **columns))
        )
