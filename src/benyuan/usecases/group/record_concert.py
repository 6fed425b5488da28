"""An agreement to vote alike: who is in it from a day on, and who says how.

Sources: PBoC Order [2020] No. 4, art. 3 ¶2 item 1; PBoC Order [2023] No. 1, art. 45 (who acts in concert). Worked
number: members 3, 4 and 5 from 20260101, 3 and 4 from 20260701: from that day on 5 votes as it likes.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey
from benyuan.decisions.words import text_faults
from benyuan.parties.bodies.records import BODY
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.ownership.records import (
    CONCERT,
    CONCERT_AGREED,
    CONCERT_BEGUN,
    CONCERT_JOINED,
    CONCERT_MEMBER,
    CONCERT_TERMS,
)
from benyuan.rules import RulePack
from benyuan.usecases.common import LIST_CHARACTERS, MaybeId, Yyyymmdd, faults_where, numbered, rows
from benyuan.usecases.group.dated_fact import DatedFact, body_need
from benyuan.usecases.group.shared import Column

LONGEST = 19  # tidy: number digits of a whole number of 64 bits
Members: TypeAlias = Annotated[str, msgspec.Meta(max_length=LIST_CHARACTERS)]


@command("record_concert")
class ConcertFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on these `members` (numbers with commas between) vote alike, as `lead` says, 0 for together.

    `concert`: an agreement that is changed, 0 for a new one; without members it has ended.
    """

    concert: MaybeId = 0
    members: Members = ""
    lead: MaybeId = 0
    from_date: Yyyymmdd


def numbers_in(text: str) -> list[int] | None:
    """The numbers of a list; None where something in it is none, or one comes twice."""
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    if not all(part.isascii() and part.isdigit() and len(part) < LONGEST for part in parts):
        return None
    found = [int(part) for part in parts]
    return found if len(set(found)) == len(found) and 0 not in found else None


class RecordConcert(DatedFact):
    """Records it, with its members."""

    command = ConcertFields
    needs = (Need(table=CONCERT, by="concert", prefix="agreed"), body_need("lead"))
    table, kind = CONCERT_TERMS, CONCERT_AGREED
    names = ("lead",)
    words = {}  # noqa: RUF012  read only
    pair = None

    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The first member that there is not, 0 for none."""
        del facts, rules
        bodies = len(books.column(BODY, "kind"))
        strange = [
            next((each for each in numbers_in(text) or () if each >= bodies), 0) for text in batch.values("members")
        ]
        return {"strange": np.array(strange, np.int64)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """At least two members that are there, among them who leads; none where an agreement ends."""
        batch, strange = case.batch, case.facts["strange"]
        lists = [numbers_in(text) for text in batch.values("members")]
        changed, leads = batch.integers("concert"), batch.integers("lead").tolist()
        few = np.array([members is None or len(members) < 2 for members in lists], np.bool_)
        ends = np.array([members == [] for members in lists], np.bool_) & (changed != 0)
        outside = [lead != 0 and lead not in (members or ()) for members, lead in zip(lists, leads, strict=True)]
        wanted = "two or more different bodies, numbers with commas between"
        return {
            **super().faults(case),
            **faults_where(np.array(outside, np.bool_), batch, "lead", "one of the members, or 0"),
            **text_faults(few & ~ends, batch, "members", wanted),
            **text_faults(
                np.asarray(strange != 0, np.bool_), batch, "members", f"{wanted}; there is no {strange.max()}"
            ),
        }

    def columns(self, case: Case) -> dict[str, Any]:
        """The agreement, besides."""
        return {**super().columns(case), "concert": case.batch.integers("concert")}

    def record(self, decided: Decided) -> Recorded:
        """The agreement where it is new, its terms, its members."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        new = accepted & (batch.integers("concert") == 0)
        concerts = np.where(new, numbered(new, facts.next_ids[CONCERT.name]), batch.integers("concert"))
        terms = numbered(accepted, facts.next_ids[CONCERT_TERMS.name])
        columns = {**self.columns(case), "concert": concerts}
        begun = rows(new, id=concerts, first_on=batch.integers("from_date"), position=batch.position)
        return Recorded(
            results={"concert": np.where(accepted, concerts, 0)},
            events=[
                *event(CONCERT_BEGUN, begun),
                *event(CONCERT_AGREED, rows(accepted, id=terms, **columns)),
                *self._joined(decided, terms),
            ],
        )

    def _joined(self, decided: Decided, terms: Column) -> list[Event]:
        case = decided.case
        lists = case.batch.values("members")
        pairs = [
            (int(terms[place]), member)
            for place in np.flatnonzero(decided.accepted).tolist()
            for member in numbers_in(lists[place]) or ()
        ]
        first = case.facts.next_ids[CONCERT_MEMBER.name]
        columns = {
            "id": list(range(first, first + len(pairs))),
            "terms": [of for of, _ in pairs],
            "member": [member for _, member in pairs],
        }
        return event(CONCERT_JOINED, columns)
