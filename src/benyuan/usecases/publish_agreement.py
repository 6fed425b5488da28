"""A version of the agreement with users is published; users are asked about a change, and see it thirty days before.

Source: State Council Order 768, art. 20. Worked number: published on 1 May, it may begin on 1 June: the thirty days
are 2 to 31 May, and the change comes after them.
"""

from collections.abc import Sequence
from string import hexdigits

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.agreements import (
    AGREEMENT,
    AGREEMENT_BEGINS,
    AGREEMENT_IN_FORCE,
    AGREEMENT_PUBLISHED,
    CONSULTATION,
    CONSULTATION_USED,
)
from benyuan.payments.records import INSTITUTION
from benyuan.usecases.common import Id, MaybeId, Reference, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.values.dates import add_calendar_days

NOTICE, CONSULT = "pay.agreement.change_notice_days", "pay.agreement.consult"
DIGEST_DIGITS = 64  # tidy: number the hex digits of a SHA-256


@command("publish_agreement")
class PublishVersion(Command, frozen=True, kw_only=True):
    """From `from_date` on the agreement of `institution` with its users is the text of this SHA-256 `digest`."""

    institution: Id
    from_date: Yyyymmdd
    digest: Reference
    consultation: MaybeId = 0


def changes(case: Case) -> NDArray[np.bool_]:
    """Where a version is in force, so that this one changes it."""
    return case.facts.found("held")


def earliest_on(case: Case) -> int:
    """The first day of a change that is published today."""
    days = case.rules.value(id=NOTICE, on=case.batch.on).count
    return add_calendar_days(case.batch.on, days + 1)


def noticed(case: Case) -> NDArray[np.bool_]:
    """A change comes after whole days of notice, between that of publication and its own."""
    changed = changes(case)
    if not changed.any():
        return ~changed
    return np.asarray(~changed | (case.batch.integers("from_date") >= earliest_on(case)), np.bool_)


def consulted(case: Case) -> NDArray[np.bool_]:
    """A change names the consultation of users that came before it; before the rule began none is asked for."""
    if case.rules.in_force(id=CONSULT, on=case.batch.on) is None:
        return np.ones(len(case.batch), np.bool_)
    return np.asarray(~changes(case) | (case.batch.integers("consultation") != 0), np.bool_)


def digest_faults(case: Case) -> dict[int, Invalid]:
    """A fault for each digest that is none."""
    return {
        place: Invalid(field="digest", value=text, constraint="64 hex digits in small letters")
        for place, text in enumerate(case.batch.values("digest"))
        if len(text) != DIGEST_DIGITS or set(text) - set(hexdigits.lower())
    }


class PublishAgreement(UseCase):
    """Gives the version its number; a version that is in force is never changed in place."""

    command = PublishVersion
    needs = (
        Need(table=INSTITUTION, by="institution", prefix="institution"),
        Need(table=AGREEMENT_IN_FORCE, by="institution", prefix="held"),
        Need(table=CONSULTATION, by="consultation", prefix="asked"),
    )
    gates = (
        Gate(
            rule=NOTICE,
            passes=noticed,
            figures=lambda case, place: {
                "from_on": int(case.batch.integers("from_date")[place]),
                "earliest_on": earliest_on(case),
            },
            applies=changes,
        ),
        Gate(rule=CONSULT, passes=consulted, applies=changes),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether a version is in force is shared by the publications of an institution; so is a consultation."""
        return (batch.integers("institution"), batch.integers("consultation"))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and has not passed; the digest is one."""
        past = case.batch.integers("from_date") < case.batch.on
        batch, facts = case.batch, case.facts
        number = batch.integers("consultation")
        others = (number != 0) & (facts["asked_institution"] != batch.integers("institution"))
        used = (number != 0) & (facts["asked_version"] != 0)
        return {
            **digest_faults(case),
            **faults_where(used, batch, "consultation", "a consultation of which no version has come yet"),
            **faults_where(others, batch, "consultation", "a consultation of the institution's users"),
            **faults_where(past, case.batch, "from_date", "today or a later day"),
            **no_such_day(case.batch, "from_date"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The version and its first day."""
        batch, accepted, next_ids = decided.case.batch, decided.accepted, decided.case.facts.next_ids
        versions = numbered(accepted, next_ids[AGREEMENT.name])
        begins = numbered(accepted, next_ids[AGREEMENT_IN_FORCE.name])
        institution, from_date = batch.integers("institution"), batch.integers("from_date")
        published = {"from_date": from_date, "published_on": batch.on, "position": batch.position}
        used = accepted & (batch.integers("consultation") != 0)
        return Recorded(
            results={"agreement": versions},
            events=[
                *event(CONSULTATION_USED, rows(used, id=batch.integers("consultation"), version=versions)),
                *event(AGREEMENT_PUBLISHED, rows(accepted, id=versions, institution=institution, **published)),
                *event(
                    AGREEMENT_BEGINS,
                    rows(accepted, id=begins, owner=institution, from_date=from_date, version=versions),
                ),
            ],
        )
