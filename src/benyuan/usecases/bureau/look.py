"""One of the bureau's staff looks at a file: who, when, how, at what and why is on record before anything is shown.

Sources: State Council Order 631, art. 22 ¶2; PBoC Order [2021] No. 4, art. 37. Order of checks: everything is on record
that has to be; the role has authority for the purpose. Before both, the member of staff may read files for such a task
(`engine/readers.py`). A look that is refused stands in the log as well.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import BUREAU, COMPLAINT, OBJECTION, SUBJECT
from benyuan.credit_bureau.shown import staff_text
from benyuan.credit_bureau.vocabulary import ROLE_NUMBER, WAY_NUMBER, ObjectionOutcome, Purpose, Role, Way
from benyuan.credit_bureau.words import sections_of
from benyuan.decisions.commands import Command, Identity, command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.parties.names import name_fault
from benyuan.usecases.bureau.inquiring import Digest, Seen, StaffName, inquiry_events, inquiry_ids, seen_faults
from benyuan.usecases.common import MEMO_CHARACTERS, Id, MaybeId, faults_where

ON_RECORD, AUTHORITY = "cr.staff.query_log", "cr.staff.authority"
Reason: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=MEMO_CHARACTERS)]


@command("look", version=2, personal=("staff_name", "reason", "shown"), identified=True)
class LookFields(Command, frozen=True, kw_only=True):
    """`staff_name` of `bureau`, in this `role`, looks at the file `subject` for a `purpose`, and this `reason`.

    `reader`: the same by number, under the own login; 0 where the bureau has no staff on record. `way`: on a screen,
    printed, or as a file. `objection` or `complaint`: the one that the look is for. `seen`, `shown` as of `inquire`.
    """

    bureau: Id
    subject: Id
    role: Role
    purpose: Purpose
    way: Way = Way.unsaid
    objection: MaybeId = 0
    complaint: MaybeId = 0
    reader: MaybeId = 0
    staff_name: StaffName
    reason: Reason
    seen: Seen
    shown: Digest = ""

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The name can be one."""
        del fields
        fault = name_fault(personal["staff_name"])
        return None if fault is None else ("staff_name", fault)

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """Who looks: what they give as their reason is sealed as theirs."""
        del on
        text = staff_text(bureau=int(fields["bureau"]), member=0, name=personal["staff_name"])
        return Identity(text=text, contact="", derived={}, handles={"staff": text})


def _on_record(case: Case) -> NDArray[np.bool_]:
    return np.asarray(_missing(case) == "", np.bool_)


def _missing(case: Case) -> NDArray[Any]:
    """For each command the first field of the record that it leaves out; empty where none."""
    batch = case.batch
    given = {
        "name": batch.integers("staff") != 0,
        "time": batch.at != 0,
        "way": ~batch.equals("way", Way.unsaid.value),
        "content": sections_of(batch) != 0,
        "purpose": batch.numbers("role", ROLE_NUMBER) != 0,
    }
    wanted = [tier.code("field") for tier in case.rules.value(id=ON_RECORD, on=batch.on).tiers]
    return np.select([~given[field] for field in wanted], wanted, "")


def _has_authority(case: Case) -> NDArray[np.bool_]:
    tiers = case.rules.value(id=AUTHORITY, on=case.batch.on).tiers
    allowed = {(tier.code("role"), tier.code("purpose")) for tier in tiers}
    asked = zip(case.batch.values("role"), case.batch.values("purpose"), strict=True)
    return np.array([pair in allowed for pair in asked], np.bool_)


class Look(UseCase):
    """Records the look."""

    command = LookFields
    needs = (
        Need(table=BUREAU, by="bureau", prefix="bureau"),
        Need(table=SUBJECT, by="subject", prefix="subject"),
        Need(table=OBJECTION, by="objection", prefix="objection"),
        Need(table=COMPLAINT, by="complaint", prefix="complaint"),
    )
    gates = (
        Gate(
            rule=ON_RECORD,
            passes=_on_record,
            figures=lambda case, place: {"lacks": str(_missing(case)[place])},
        ),
        Gate(
            rule=AUTHORITY,
            passes=_has_authority,
            figures=lambda case, place: {name: case.batch.values(name)[place] for name in ("role", "purpose")},
        ),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A file of this bureau; an objection that is open, or a complaint, of this person where the purpose is one."""
        batch, facts = case.batch, case.facts
        subject, bureau = batch.integers("subject"), batch.integers("bureau")
        objects = batch.equals("purpose", Purpose.objection.value)
        complains = batch.equals("purpose", Purpose.complaint.value)
        open_one = (facts["objection_subject"] == subject) & (facts["objection_outcome"] == ObjectionOutcome.open)
        of_them = facts["complaint_subject"] == subject
        objected, complained = batch.integers("objection") != 0, batch.integers("complaint") != 0
        elsewhere = np.asarray(facts["subject_bureau"] != bureau, np.bool_)
        return {
            **faults_where(
                np.where(objects, ~(objected & open_one), objected), batch, "objection", "this person's, open; else 0"
            ),
            **faults_where(
                np.where(complains, ~(complained & of_them), complained), batch, "complaint", "this person's; else 0"
            ),
            **seen_faults(batch),
            **faults_where(elsewhere, batch, "subject", "a file of this bureau"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Who looked, in what role, how, and at what."""
        case, batch = decided.case, decided.case.batch
        sections = sections_of(batch)
        events = inquiry_events(
            decided,
            subject=batch.integers("subject"),
            sections=sections,
            staff=batch.integers("staff"),
            role=batch.numbers("role", ROLE_NUMBER),
            way=batch.numbers("way", WAY_NUMBER),
            about=batch.integers("objection") + batch.integers("complaint"),
        )
        ids = inquiry_ids(case, decided.accepted)
        return Recorded(results={"inquiry": ids, "sections": sections}, events=events)
