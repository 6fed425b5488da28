"""Where a borrower, or a guarantor of theirs, is by the clock: the record that the hours of contacts go by.

Source: a rule of the house (`cp.house.debtor.zone`). Without a record it is the mainland's zone, 480. Worked: recorded
as 540 on 2026-05-04 at 10:00 in China, it is night for a call from 21:00 on, and until 05-05 at 10:00 before 08:00 in
China, too.
"""

import numpy as np

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.contact.records import GUARANTOR, ZONE, ZONE_RECORDED
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, MaybeId, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.protection.contact.shared import TextDigest, Zone, digest_faults


@command("record_borrower_zone")
class BorrowerZone(Command, frozen=True, kw_only=True):
    """`borrower` is in `zone`, minutes east of Greenwich, since `moved_on`; `evidence`: the digest of what shows it.

    `guarantor`: it is where this guarantor of the borrower's is, 0 for the borrower.
    """

    borrower: Id
    guarantor: MaybeId = 0
    zone: Zone
    moved_on: Yyyymmdd
    evidence: TextDigest


class RecordBorrowerZone(UseCase):
    """Keeps the zone; the last row counts, from now on and for nothing that was before."""

    command = BorrowerZone
    needs = (
        Need(table=BORROWER, by="borrower", prefix="borrower"),
        Need(table=GUARANTOR, by="guarantor", prefix="guarantor"),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A day that is not to come, a digest, a guarantor of this borrower's."""
        batch, facts = case.batch, case.facts
        foreign = (batch.integers("guarantor") != 0) & (facts["guarantor_borrower"] != batch.integers("borrower"))
        wanted = "a guarantor of this borrower's, or 0 for the borrower"
        return {
            **digest_faults(batch, "evidence"),
            **no_such_day(batch, "moved_on", until=batch.on),
            **faults_where(np.asarray(foreign, np.bool_), batch, "guarantor", wanted),
        }

    def record(self, decided: Decided) -> Recorded:
        """The zone."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[ZONE.name])
        columns = {name: batch.integers(name) for name in ("borrower", "guarantor", "zone", "moved_on")}
        columns |= {"recorded_at": batch.at, "evidence": batch.text_numbers("evidence"), "position": batch.position}
        return Recorded(results={"record": ids}, events=event(ZONE_RECORDED, rows(accepted, id=ids, **columns)))
