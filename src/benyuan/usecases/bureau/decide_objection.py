"""The bureau decides on an objection: corrected, no fault, or not to be told; the mark goes, and readers are told.

Source: State Council Order 631, art. 25 ¶3. Order of checks: the objection is open and was checked; what is decided
follows from what the check found; where it is corrected, the command that did so is named, and is about these data.
What can't be confirmed stays, and with it the record of check and objection. A correction raises a duty for each
member that was shown the wrong data. Worked number: three answers to two members before the correction: two duties.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import (
    BUREAU_DUTY,
    CREDIT_LINE,
    CREDIT_LINE_COUNTED,
    INQUIRY,
    OBJECTION_CHANGED,
    SUBJECT_COUNTED,
)
from benyuan.credit_bureau.redress.readers import OF_ACCOUNTS, OF_ANYTHING, members_once, showed
from benyuan.credit_bureau.redress.rules import DISPUTE_OUTCOME
from benyuan.credit_bureau.redress.words import FINDING_NUMBER, SAYS_NUMBER, Finding, FurnisherSays
from benyuan.credit_bureau.vocabulary import DutyKind, ObjectionOutcome
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.bureau.ask_furnisher import OBJECTION_NEED, OPEN
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.bureau.corrections import corrects
from benyuan.usecases.bureau.duties import done, lateness, raised
from benyuan.usecases.common import Id, MaybeId, Truth, faults_where, rows
from benyuan.values.dates import day_begins_at


@command("decide_objection", personal=("words",))
class DecideObjection(Command, frozen=True, kw_only=True):
    """Decide `objection`: the `outcome`, in `words`; `correction`: the log position of the command that put it right.

    `answered`: the person has the answer in writing; if not yet, `answer_objection` says when.
    """

    objection: Id
    outcome: Finding
    words: Words
    correction: MaybeId = 0
    answered: Truth = True


def _finding(case: Case) -> NDArray[np.int64]:
    return case.batch.numbers("outcome", FINDING_NUMBER)


def _follows(case: Case) -> NDArray[np.bool_]:
    """What the furnisher found wrong is corrected; what it can't confirm is not called right; a correction is one."""
    case.rules.value(id=DISPUTE_OUTCOME, on=case.batch.on)
    said, finding = case.facts["objection_said"], _finding(case)
    wrong = said == SAYS_NUMBER[FurnisherSays.wrong]
    unclear = said == SAYS_NUMBER[FurnisherSays.cannot_confirm]
    corrected = finding == ObjectionOutcome.corrected
    passes = ~(wrong & ~corrected) & ~(unclear & (finding == ObjectionOutcome.no_fault))
    return np.asarray(passes & (~corrected | (case.batch.integers("correction") != 0)), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    said = {number: word for word, number in SAYS_NUMBER.items()}.get(int(case.facts["objection_said"][place]), "")
    outcome, correction = case.batch.values("outcome")[place], int(case.batch.integers("correction")[place])
    return {"said": said, "outcome": outcome, "correction": correction}


FOLLOWS = Gate(rule=DISPUTE_OUTCOME, passes=_follows, figures=_figures)


class DecideOnObjection(UseCase):
    """Ends an objection, and finds who is to be told."""

    command = DecideObjection
    needs = (OBJECTION_NEED, Need(table=CREDIT_LINE, by="objection_account", prefix="account"))
    gates = (FOLLOWS,)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the named command corrected these data, and the members that were shown them before."""
        del rules
        correction, subject = int(batch.integers("correction")[0]), int(facts["objection_subject"][0])
        about = {name: int(facts[f"objection_{name}"][0]) for name in ("subject", "member", "account")}
        fits = bool(correction) and corrects(books, correction, **about)
        since, account = int(facts["objection_since_on"][0]), about["account"]
        places = books.all_with(INQUIRY, "subject", subject)
        columns = {name: books.column(INQUIRY, name)[places] for name in ("at", "seen", "sections", "member")}
        wrong = showed(
            **columns,
            since_at=day_begins_at(since) if since else 0,
            corrected=correction,
            parts=OF_ACCOUNTS if account else OF_ANYTHING,
        )
        told = np.setdiff1d(
            members_once(columns["member"], wrong), _told_before(books, int(batch.integers("objection")[0]))
        )
        return {"fits": np.array([fits], np.int64), "told": np.array([len(told)], np.int64)}, {"told": told}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is open and was checked; a correction, and nothing else, names the command that made it."""
        facts, batch, finding = case.facts, case.batch, _finding(case)
        correction, corrected = batch.integers("correction"), finding == ObjectionOutcome.corrected
        members = facts["objection_member"] != 0
        unheard = members & (finding == ObjectionOutcome.no_fault) & (facts["objection_said_on"] == 0)
        unasked = members & (finding == ObjectionOutcome.not_confirmed) & (facts["objection_asked_on"] == 0)
        other = corrected & (correction != 0) & (facts["fits"] == 0)
        wanted = "the log position of an accepted command that corrected what the objection is about"
        return {
            **faults_where(other, batch, "correction", wanted),
            **faults_where(~corrected & (correction != 0), batch, "correction", "0 where nothing was corrected"),
            **faults_where(unasked, batch, "objection", "one that was put to the furnisher (ask_furnisher)"),
            **faults_where(unheard, batch, "objection", "one that the furnisher has answered (answer_as_furnisher)"),
            **faults_where(facts["objection_outcome"] != 0, batch, "objection", OPEN),
        }

    def record(self, decided: Decided) -> Recorded:
        """The end of it, the marks off, the duty done if the person has the answer, and the duties to tell."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        answered = np.array(batch.values("answered"), np.bool_)
        ended = {
            "id": batch.integers("objection"),
            "outcome": _finding(case),
            "ended_on": batch.on,
            "correction": batch.integers("correction"),
            "answered_on": np.where(answered, batch.on, 0),
            "decided": batch.position,
        }
        late = lateness(case, facts["objection_due_on"])
        corrected = accepted & (_finding(case) == ObjectionOutcome.corrected)
        told = facts.flows["told"] if corrected.all() else facts.flows["told"][:0]
        return Recorded(
            results={"late": late, "to_tell": np.full(len(accepted), len(told), np.int64)},
            events=[
                *event(OBJECTION_CHANGED, rows(accepted, **ended)),
                *marks_off(case, accepted),
                *done(accepted & answered, duty=facts["objection_duty"], on=batch.on),
                *_to_tell(case, told),
            ],
        )


def _told_before(books: Books, objection: int) -> NDArray[np.int64]:
    """The members that are to be told about an objection already, since a mixed file was split for it."""
    kind, about = books.column(BUREAU_DUTY, "kind"), books.column(BUREAU_DUTY, "about")
    told: NDArray[np.int64] = books.column(BUREAU_DUTY, "member")[(kind == DutyKind.tell_shown) & (about == objection)]
    return told


def marks_off(case: Case, accepted: NDArray[np.bool_]) -> list[Event]:
    """One objection less on the person's file, and on the account while it is in the file."""
    facts = case.facts
    there = accepted & facts.found("account")
    return [
        *event(SUBJECT_COUNTED, rows(accepted, id=facts["objection_subject"], objections=-1)),
        *event(CREDIT_LINE_COUNTED, rows(there, id=facts["objection_account"], objections=-1)),
    ]


def _to_tell(case: Case, members: NDArray[np.int64]) -> list[Event]:
    facts, batch = case.facts, case.batch
    first = case.facts.next_ids[BUREAU_DUTY.name]
    return raised(
        np.ones(len(members), np.bool_),
        kind=DutyKind.tell_shown,
        arose_on=batch.on,
        id=np.arange(first, first + len(members)),
        bureau=facts["objection_bureau"][0],
        subject=facts["objection_subject"][0],
        about=batch.integers("objection")[0],
        member=members,
        due_on=0,
    )
