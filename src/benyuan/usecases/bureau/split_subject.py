"""A mixed file is split: what another person's document should have led to goes over to that person's own file.

Sources: State Council Order 631, arts. 23, 25 ¶3 (what is wrong is corrected). The other person comes with a document;
who has no file yet gets one. Accounts go over with their months and open objections (both are kept by account),
consents and inquiries as they are named; public records and inquiries made elsewhere are kept by person, and follow by
`move_public` and `move_inquiries`. Whoever was shown the mixed file is told, for the file that they asked about.
Worked number: two members had asked for it, one of them twice: two duties to tell.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import (
    BUREAU_DUTY,
    BUREAU_DUTY_CHANGED,
    CONSENT,
    CONSENT_CHANGED,
    CREDIT_LINE,
    CREDIT_LINE_CHANGED,
    INQUIRY,
    INQUIRY_MOVED,
    OBJECTION,
    OBJECTION_CHANGED,
    SUBJECT,
    SUBJECT_COUNTED,
)
from benyuan.credit_bureau.redress.readers import OF_ACCOUNTS, members_once, showed
from benyuan.credit_bureau.shown import SAME_NAME, ShownPerson
from benyuan.credit_bureau.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.bureau.duties import raised
from benyuan.usecases.bureau.subjects import FILE_NEEDS, file_accounts, file_events, is_new, subject_ids
from benyuan.usecases.common import Id, MaybeId, faults_where, numbered
from benyuan.values.dates import day_begins_at

Ints: TypeAlias = NDArray[np.int64]
LIST_CHARACTERS = 2_000  # tidy: number a length that we chose
ID_DIGITS = 18  # tidy: number the most digits that fit into an integer
IdList: TypeAlias = Annotated[str, msgspec.Meta(max_length=LIST_CHARACTERS)]
GOING = {"accounts": CREDIT_LINE, "consents": CONSENT, "inquiries": INQUIRY}
"""What is named, and the table in which it is."""
FOUND = ("objections", "open", "duties", "stays_members", "goes_members")
"""What is found besides: objections about the accounts, those that are open, their duties, and the readers."""


@command("split_subject", personal=("number", "full_name", "words"), identified=True)
class SplitSubject(ShownPerson, frozen=True, kw_only=True):
    """Take what is not of the person of file `subject` over into the file of the person with this document.

    `accounts`, `consents` and `inquiries`: ids with commas between. `objection`: the one that led to it, or 0.
    """

    subject: Id
    words: Words
    accounts: IdList
    consents: IdList = ""
    inquiries: IdList = ""
    objection: MaybeId = 0


def ids_of(text: str) -> list[int] | None:
    """The ids of a list, each once; None where a word of it is none."""
    words = text.replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() and len(word) <= ID_DIGITS for word in words):
        return None
    return sorted({int(word) for word in words})


def _of_file(books: Books, table: Table, ids: Sequence[int], subject: int) -> bool:
    """Whether there are such rows and all are of one file."""
    column = books.column(table, "subject")
    return all(0 < each < len(column) and column[each] == subject for each in ids)


class SplitFile(UseCase):
    """Looks what goes over, and who was shown the mixed file."""

    command = SplitSubject
    needs = (
        *FILE_NEEDS,
        Need(table=SUBJECT, by="subject", prefix="mixed"),
        Need(table=OBJECTION, by="objection", prefix="objection"),
    )
    gates = (SAME_NAME,)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, Ints], books: Books, rules: RulePack) -> Survey:
        """The rows that go, whether all are of the mixed file, the objections about them, and the readers."""
        del facts, rules
        subject = int(batch.integers("subject")[0])
        named = {name: ids_of(batch.values(name)[0]) for name in GOING}
        fits = {
            f"{name}_fit": np.array([ids is not None and _of_file(books, GOING[name], ids, subject)], np.int64)
            for name, ids in named.items()
        }
        flows = dict.fromkeys(FOUND, np.zeros(0, np.int64))
        flows |= {name: np.array(ids or (), np.int64) for name, ids in named.items()}
        if not all(column[0] for column in fits.values()):
            return fits, flows
        places = books.all_with(OBJECTION, "subject", subject)
        flows["objections"] = places[np.isin(books.column(OBJECTION, "account")[places], flows["accounts"])]
        flows["open"] = flows["objections"][books.column(OBJECTION, "outcome")[flows["objections"]] == 0]
        flows["duties"] = books.column(OBJECTION, "duty")[flows["open"]]
        return fits, {**flows, **_readers(books, subject, flows["accounts"], flows["inquiries"])}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The file is of this bureau and another person's; something goes over, and all of it is in that file."""
        batch, facts = case.batch, case.facts
        foreign = facts["mixed_bureau"] != batch.integers("bureau")
        own = facts.found("identity") & (facts["identity_subject"] == batch.integers("subject"))
        other = (batch.integers("objection") != 0) & (facts["objection_subject"] != batch.integers("subject"))
        return {
            **faults_where(other, batch, "objection", "an objection about the mixed file, or 0 for none"),
            **self._lists(case),
            **faults_where(own, batch, "subject", "a file that is not of the person with this document"),
            **faults_where(foreign, batch, "subject", "a file of this bureau"),
        }

    def _lists(self, case: Case) -> dict[int, Invalid]:
        """Something goes over, and all of it is in the mixed file."""
        texts = {name: case.batch.values(name)[0] for name in GOING}
        for name, text in texts.items():
            if not case.facts[f"{name}_fit"][0]:
                return {0: Invalid(field=name, value=text, constraint=f"ids of {name} in the mixed file")}
        if not any(len(case.facts.flows[name]) for name in GOING):
            return {0: Invalid(field="accounts", value="", constraint="something that goes over")}
        return {}

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """What counts the free reports, where a file is opened."""
        return file_accounts(case, goes_on)

    def record(self, decided: Decided) -> Recorded:
        """Everything under its own person, and the duties to tell."""
        case, accepted = decided.case, decided.accepted
        flows, into = case.facts.flows, subject_ids(case, accepted)
        going = {name: np.full(len(accepted), len(flows[name]), np.int64) for name in (*GOING, "objections")}
        to_tell = len(flows["stays_members"]) + len(flows["goes_members"])
        results = {"into": into, **going, "to_tell": np.full(len(accepted), to_tell, np.int64)}
        if not accepted.all():
            return Recorded(results=results)
        usage = numbered(is_new(case, accepted), case.facts.next_account)
        events = [
            *file_events(case, accepted, usage=usage),
            *_gone_over(case, int(into[0])),
            *_told(case, int(into[0])),
        ]
        return Recorded(results=results, events=events)


def _readers(books: Books, subject: int, accounts: Ints, going: Ints) -> dict[str, Ints]:
    """The members that were shown the mixed file, by whether their asking stays with it or goes over."""
    opened = books.column(CREDIT_LINE, "opened_on")[accounts]
    places = books.all_with(INQUIRY, "subject", subject)
    columns = {name: books.column(INQUIRY, name)[places] for name in ("at", "seen", "sections", "member")}
    since = day_begins_at(int(opened.min())) if len(opened) else 0
    mixed = showed(**columns, since_at=since, corrected=np.iinfo(np.int64).max, parts=OF_ACCOUNTS)
    goes = np.isin(places, going)
    return {
        "stays_members": members_once(columns["member"], mixed & ~goes),
        "goes_members": members_once(columns["member"], mixed & goes),
    }


def _gone_over(case: Case, into: int) -> list[Event]:
    flows, mixed = case.facts.flows, int(case.batch.integers("subject")[0])
    moved = (
        *((CREDIT_LINE_CHANGED, "accounts"), (CONSENT_CHANGED, "consents"), (INQUIRY_MOVED, "inquiries")),
        *((OBJECTION_CHANGED, "objections"), (BUREAU_DUTY_CHANGED, "duties")),
    )
    events = [
        each
        for kind, name in moved
        for each in event(kind, {"id": flows[name], "subject": np.full(len(flows[name]), into)})
    ]
    count = len(flows["open"])
    counted = {"id": [mixed, into], "objections": [-count, count]}
    return [*events, *(event(SUBJECT_COUNTED, counted) if count else [])]


def _told(case: Case, into: int) -> list[Event]:
    batch, flows = case.batch, case.facts.flows
    members = np.concatenate([flows["stays_members"], flows["goes_members"]])
    files = np.repeat(
        [int(batch.integers("subject")[0]), into], [len(flows["stays_members"]), len(flows["goes_members"])]
    )
    first = case.facts.next_ids[BUREAU_DUTY.name]
    return raised(
        np.ones(len(members), np.bool_),
        kind=DutyKind.tell_shown,
        arose_on=batch.on,
        id=np.arange(first, first + len(members)),
        bureau=batch.integers("bureau")[0],
        subject=files,
        about=batch.integers("objection")[0],
        member=members,
        due_on=0,
    )
