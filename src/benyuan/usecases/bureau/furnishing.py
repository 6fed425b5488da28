"""What the commands that furnish records in bulk share: fields, facts of each record, and the row of the parcel.

Each record is sifted (`credit_bureau/sieves.py`); what is taken lies in pages beside the log.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.members import FURNISHING_NEEDS
from benyuan.credit_bureau.records import CONSENT, CREDIT_LINE, PARCEL, PARCEL_TAKEN, SUBJECT
from benyuan.credit_bureau.vocabulary import SORT_NUMBER, Sort
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, rows

Ints = NDArray[np.int64]
CONTENT = ("content",)
"""The personal field in which the engine seals a digest of the parcel."""


class ParcelFields(Command, frozen=True, kw_only=True):
    """`member` furnishes records to `bureau`."""

    bureau: Id
    member: Id
    content: str = ""


class Furnishing(UseCase):
    """Takes a parcel; what is asked of its records is each kind's own."""

    needs = FURNISHING_NEEDS
    surveys = True
    sort: Sort

    def faults(self, case: Case) -> dict[int, Invalid]:
        """There are records with it."""
        if case.batch.parcel is not None:
            return {}
        wanted = "nothing: the records come with the command, as `benyuan bureau furnish` sends them"
        return dict.fromkeys(range(len(case.batch)), Invalid(field="content", value=None, constraint=wanted))

    def record(self, decided: Decided) -> Recorded:
        """The parcel, and how many of its records were taken."""
        case, accepted = decided.case, decided.accepted
        records = case.batch.parcel if case.batch.parcel is not None else np.zeros(0)
        ids = np.array([case.facts.next_ids[PARCEL.name]], np.int64)
        columns = {
            "bureau": case.batch.integers("bureau"),
            "member": case.batch.integers("member"),
            "sort": SORT_NUMBER[self.sort],
            "records": len(records),
            "on": case.batch.on,
            "position": case.batch.position,
            "withdrawn": 0,
        }
        taken = np.array([len(records)], np.int64)
        return Recorded(
            results={"parcel": ids, "records": taken}, events=event(PARCEL_TAKEN, rows(accepted, id=ids, **columns))
        )


class OfPersons(Furnishing):
    """Takes a parcel of records that are found by the person."""

    def survey(self, batch: Batch, facts: Mapping[str, Ints], books: Books, rules: RulePack) -> Survey:
        """Whose each person is, and which consents are in force."""
        del facts, rules
        if batch.parcel is None:
            return {}, {}
        member = int(batch.integers("member")[0])
        return {}, _facts_of_subjects(batch.parcel, books, member=member, on=batch.on)


def facts_of_accounts(records: NDArray[Any], books: Books) -> dict[str, Ints]:
    """For each record what is known of its account and of the consent on which that was furnished."""
    accounts = within(records["account"], books.column(CREDIT_LINE, "member"))
    names = ("member", "opened_on", "consent", "subject")
    found = {name: books.column(CREDIT_LINE, name)[accounts] for name in names}
    of_consent = {name: books.column(CONSENT, name)[found["consent"]] for name in ("revoked", "expires_on")}
    return {**found, **of_consent, "consented": books.column(CONSENT, "subject")[found["consent"]]}


def _facts_of_subjects(records: NDArray[Any], books: Books, *, member: int, on: int) -> dict[str, Ints]:
    """For each record whose the person is, and whether a consent that this member furnishes is in force."""
    subjects, place = np.unique(records["subject"], return_inverse=True)
    there = within(subjects, books.column(SUBJECT, "bureau"))
    bureau = books.column(SUBJECT, "bureau")[there]
    consented = np.array([_has_consent(books, int(subject), member, on) for subject in there], np.int64)
    return {"bureau": bureau[place], "consented": consented[place] if len(consented) else np.zeros(0, np.int64)}


def within(ids: NDArray[Any], column: Ints) -> Ints:
    """The ids that are rows of a table, 0 for those that are none."""
    wide = ids.astype(np.int64)
    return np.where((wide > 0) & (wide < len(column)), wide, 0)


def _has_consent(books: Books, subject: int, member: int, on: int) -> bool:
    if not subject:
        return False
    places = books.all_with(CONSENT, "subject", subject)
    held: Mapping[str, Ints] = {
        name: books.column(CONSENT, name)[places]
        for name in ("member", "furnishing", "starts_on", "expires_on", "revoked")
    }
    mine = (held["member"] == member) & (held["furnishing"] != 0) & (held["revoked"] == 0)
    return bool((mine & (held["starts_on"] <= on) & (held["expires_on"] >= on)).any())
