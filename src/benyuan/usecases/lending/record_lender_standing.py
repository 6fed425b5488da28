"""A lender's licence from a day on: held, or held no more.

Sources: NFRA Order 2024 No. 4, arts. 2, 4. It has no last day; one that is revoked or handed back is a row with
`holds` false. Worked number: with rows of 20260401 (held) and 20260701 (not), it stands until 20260630.
"""

import numpy as np

from benyuan.consumer_finance.records import LENDER, LENDER_STANDING, LENDER_STANDING_RECORDED
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import text_faults, truths
from benyuan.usecases.common import Id, Memo, Yyyymmdd, no_such_day, numbered, rows


@command("record_lender_standing")
class LenderStandingFields(Command, frozen=True, kw_only=True):
    """From `from_date` on `lender` holds the licence `number`, or with `holds` false none."""

    lender: Id
    from_date: Yyyymmdd
    holds: bool
    number: Memo = ""


class RecordLenderStanding(UseCase):
    """Records it; the latest of a day counts."""

    command = LenderStandingFields
    needs = (Need(table=LENDER, by="lender", prefix="lender"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists; a licence that is held has a number."""
        batch = case.batch
        unnumbered = truths(batch, "holds") & np.array([not each.strip() for each in batch.values("number")], np.bool_)
        return {
            **text_faults(
                truths(batch, "holds") & unnumbered, batch, "number", "the number of the licence that is held"
            ),
            **no_such_day(batch, "from_date"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The standing."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[LENDER_STANDING.name])
        columns = {
            "id": ids,
            "owner": batch.integers("lender"),
            "from_date": batch.integers("from_date"),
            "holds": truths(batch, "holds").astype(np.int64),
            "number": batch.text_numbers("number"),
        }
        return Recorded(results={}, events=event(LENDER_STANDING_RECORDED, rows(accepted, **columns)))
