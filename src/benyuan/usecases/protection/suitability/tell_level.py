"""An investor is told that the result of a test differs from the last: before they confirm it, with evidence.

Source: Order 2025 No. 7, art. 29. Worked number: told at 10:00:00 of level 2 that became 4, they can confirm it from
10:00:10 on, with 10 seconds to read.
"""

import numpy as np

from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.consumer_protection.suitability.facts import held
from benyuan.consumer_protection.suitability.gates import CONFIRM
from benyuan.consumer_protection.suitability.records import INVESTOR, INVESTOR_WAS_TOLD, TEST, TOLD
from benyuan.consumer_protection.suitability.vocabulary import Told
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where, numbered, rows
from benyuan.usecases.protection.suitability.evidence import Digest, digest_faults


@command("tell_level")
class LevelTold(Command, frozen=True, kw_only=True):
    """`person` is told the old and the new level of `test`; `evidence`: the digest of what was sent or shown."""

    person: Id
    test: Id
    evidence: Digest


def waits_to_be_confirmed(case: Case, prefix: str) -> dict[int, Invalid]:
    """Faults: the test `prefix` is the person's own and their latest, and its duty is open; `owed` is the duty."""
    batch, facts = case.batch, case.facts
    done = (facts[f"{prefix}_duty"] == 0) | (facts["owed_done_on"] != 0)
    return {
        **faults_where(np.asarray(done, np.bool_), batch, "test", "a test that waits to be confirmed"),
        **faults_where(facts["investor_test"] != batch.integers("test"), batch, "test", "the person's latest test"),
        **faults_where(facts[f"{prefix}_person"] != batch.integers("person"), batch, "test", "a test of the person's"),
    }


class TellLevel(UseCase):
    """Keeps when; the duty is done when it is confirmed."""

    command = LevelTold
    needs = (
        Need(table=TEST, by="test", prefix="asked"),
        Need(table=INVESTOR, by="person", prefix="investor"),
        Need(table=TEST, by="investor_counted", prefix="counted"),
        Need(table=PROTECTION_DUTY, by="asked_duty", prefix="owed"),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It waits; a digest."""
        held(case, CONFIRM)
        return {**digest_faults(case.batch, "evidence"), **waits_to_be_confirmed(case, "asked")}

    def record(self, decided: Decided) -> Recorded:
        """Both levels, as they were told."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[TOLD.name])
        columns = {
            "id": ids,
            "person": batch.integers("person"),
            "what": int(Told.level),
            "test": batch.integers("test"),
            "level": facts["asked_level"],
            "at": batch.at,
            "position": batch.position,
            **dict.fromkeys(("product", "product_level", "terms"), 0),
        }
        return Recorded(
            results={"shown": ids, "level": facts["asked_level"], "previous_level": facts["asked_previous_level"]},
            events=event(INVESTOR_WAS_TOLD, rows(accepted, **columns)),
        )
