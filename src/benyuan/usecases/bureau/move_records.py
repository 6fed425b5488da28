"""Public records, or inquiries made elsewhere, that went over to another person's file when a mixed one was split.

Sources: State Council Order 631, arts. 23, 25 ¶3. Such records are kept by person, so they are furnished anew under the
right file, and the old ones are erased: one command does both, so a record stands in one file at any time. Each must be
there already, the same in every column but the person: nothing new comes in by this way.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import ASKED, PUBLIC
from benyuan.credit_bureau.records import BUREAU, PARCEL, PARCEL_TAKEN, RECORDS_ERASED, SUBJECT
from benyuan.credit_bureau.vocabulary import SORT_NUMBER, Sort
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books, FurnishedRecords
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.parcels import Layout, Sieve, Sifted
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.bureau.furnishing import CONTENT
from benyuan.usecases.common import Id, faults_where, rows

NONE = -1


class MoveFields(Command, frozen=True, kw_only=True):
    """Records that `member` furnished go from the file `subject` to the file `into`, both of `bureau`."""

    bureau: Id
    member: Id
    subject: Id
    into: Id
    content: str = ""


@command("move_public", personal=CONTENT, brings=PUBLIC, never_ahead=True)
class MovePublicFields(MoveFields, frozen=True, kw_only=True):
    """Public records that `member` furnished go from the file `subject` to the file `into`, both of `bureau`."""


@command("move_inquiries", personal=CONTENT, brings=ASKED, never_ahead=True)
class MoveAskedFields(MoveFields, frozen=True, kw_only=True):
    """Inquiries that `member` furnished go from the file `subject` to the file `into`, both of `bureau`."""


def same_places(wanted: NDArray[Any], held: NDArray[Any]) -> NDArray[np.int64]:
    """For each record the place of one that is held and equal but for the person, each held one once; -1 for none."""
    names = [name for name in (held.dtype.names or ()) if name != "subject"]
    places: dict[tuple[int, ...], list[int]] = {}
    for place, row in enumerate(held[names].tolist()):
        places.setdefault(tuple(row), []).append(place)
    left = {row: iter(found) for row, found in places.items()}
    return np.array([next(left.get(tuple(row), iter(())), NONE) for row in wanted[names].tolist()], np.int64)


def _of_member(books: Books, found: FurnishedRecords, member: int) -> NDArray[np.bool_]:
    """Which records came with a parcel of this member."""
    mine = books.column(PARCEL, "position")[books.column(PARCEL, "member") == member]
    return np.isin(found.position, mine)


class MoveRecords(UseCase):
    """Takes records in under one file and erases the same in the other."""

    needs = (
        Need(table=BUREAU, by="bureau", prefix="bureau"),
        Need(table=SUBJECT, by="subject", prefix="subject"),
        Need(table=SUBJECT, by="into", prefix="into"),
    )
    surveys = True
    reads_sealed = True
    layout: Layout
    sort: Sort

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Where the same record stands in the other file."""
        del facts, rules
        wanted = batch.parcel if batch.parcel is not None else np.zeros(0, self.layout.dtype)
        found = books.furnished(self.layout, [int(batch.integers("subject")[0])])
        mine = np.flatnonzero(_of_member(books, found, int(batch.integers("member")[0])))
        same = same_places(wanted, found.records[mine])
        same[wanted["subject"] != int(batch.integers("into")[0])] = NONE
        at = np.where(same == NONE, 0, same)
        held = mine[at] if len(mine) else np.zeros(len(at), np.int64)
        flows = {"same": same}
        for name in ("position", "page", "row"):
            column: NDArray[np.int64] = getattr(found, name)
            flows[name] = column[held] if len(mine) else np.zeros(len(at), np.int64)
        return {}, flows

    def sift(self, case: Case) -> Sifted:
        """Each goes into the named file, and stands in the other."""
        records = case.batch.parcel
        assert records is not None
        sieve = Sieve(len(records))
        into = int(case.batch.integers("into")[0])
        sieve.fault(records["subject"] != into, field="subject", constraint=f"the file it goes into: {into}")
        sieve.fault(
            case.facts.flows["same"] == NONE, field="subject", constraint="a record that stands in the other file"
        )
        return sieve.sifted()

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Two files of this bureau."""
        batch, facts = case.batch, case.facts
        bureau = batch.integers("bureau")
        same = batch.integers("into") == batch.integers("subject")
        return {
            **faults_where(same, batch, "into", "another file than the one it comes from"),
            **faults_where(facts["into_bureau"] != bureau, batch, "into", "a file of this bureau"),
            **faults_where(facts["subject_bureau"] != bureau, batch, "subject", "a file of this bureau"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The parcel under the right file; the old records go."""
        case, accepted = decided.case, decided.accepted
        batch, flows = case.batch, case.facts.flows
        taken = batch.parcel if batch.parcel is not None else np.zeros(0, self.layout.dtype)
        going = flows["same"] != NONE
        ids = np.array([case.facts.next_ids[PARCEL.name]], np.int64)
        columns = {
            **{name: batch.integers(name) for name in ("bureau", "member")},
            "sort": SORT_NUMBER[self.sort],
            "records": len(taken),
            "on": batch.on,
            "position": batch.position,
            "withdrawn": 0,
        }
        gone = {"id": flows["position"][going], "page": flows["page"][going], "row": flows["row"][going]}
        events = [*event(PARCEL_TAKEN, rows(accepted, id=ids, **columns)), *event(RECORDS_ERASED, gone)]
        results = {"parcel": ids, "records": np.array([len(taken)], np.int64)}
        return Recorded(results=results, events=events if accepted.all() else [])


class MovePublic(MoveRecords):
    """Records of courts and authorities."""

    command = MovePublicFields
    layout = PUBLIC
    sort = Sort.public


class MoveInquiries(MoveRecords):
    """Inquiries that a member made elsewhere."""

    command = MoveAskedFields
    layout = ASKED
    sort = Sort.inquiries
