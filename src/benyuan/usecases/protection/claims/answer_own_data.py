"""The firm's answer to a customer's request about their own data: met, met in part, or refused with the reason.

Sources: PIPL, arts. 15, 24, 45 to 47, 50 (a refusal gives its reason; the way to court is open). What is said to be
done names the command that did it. Order of checks: what is not met in full has a ground, and a copy that is given has
left; the ground is one that the law knows for this wish; what was done was. Worked number: "too hard technically" is a
ground for not deleting (art. 47) and for nothing else. A borrower whose data a law still keeps is told from which day
they can be erased, and that is owed from then on.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import REFUSALS
from benyuan.consumer_protection.claims.records import DATA_ANSWERED, DATA_REQUEST
from benyuan.consumer_protection.claims.words import (
    DATA_OUTCOME_NUMBER,
    GROUND_NUMBER,
    WANTED_NUMBER,
    DataOutcome,
    Ground,
    Wanted,
)
from benyuan.consumer_protection.customers import CUSTOMER
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Id, MaybeId, faults_where, numbered, rows
from benyuan.usecases.lending.borrowers_over import erasable_on
from benyuan.usecases.protection.claims.carried_out import WISHES, Request, did, wanted_text
from benyuan.usecases.protection.claims.shared import Telling, changed, raised

REQUEST_NEED = Need(table=DATA_REQUEST, by="request", prefix="request")
ACCESS = "pi.rights.access"
DONE_UNDER = {
    "pi.rights.correct": (Wanted.correct,),
    "pi.delete": (Wanted.delete,),
    "pi.consent.withdraw": (Wanted.withdraw_consent,),
    "pi.auto.explain_refuse": (Wanted.explanation, Wanted.human),
}
"""Under which rule a wish that is said to be met has to have been."""
COPIES = (Wanted.see, Wanted.export)


@command("answer_own_data", version=2, personal=("words",), identified=True)
class OwnDataAnswered(Telling, frozen=True, kw_only=True):
    """The answer to `request`, in `words`; what is not met in full has a `ground`.

    `carried_out`: the log position of the command that did what was asked for; of a copy the request knows it already.
    """

    request: Id
    outcome: DataOutcome
    ground: Ground = Ground.none
    carried_out: MaybeId = 0
    words: Words


def _refused(case: Case) -> NDArray[np.bool_]:
    return case.batch.equals("outcome", DataOutcome.refused)


def _wants(case: Case, wishes: Sequence[Wanted]) -> NDArray[np.bool_]:
    return np.isin(case.facts["request_wanted"], [WANTED_NUMBER[each.value] for each in wishes])


def _over(batch: Batch, place: int) -> Invalid:
    wanted = "another one: no law keeps these data any more, and erase_borrowers erases them"
    return Invalid(field="ground", value=batch.values("ground")[place], constraint=wanted)


def _erased_later(batch: Batch, of: str, whom: int, *, wanted: Wanted) -> bool:
    """Where a borrower's wish to be deleted is refused because a law keeps the data: then it is owed when it may be."""
    kept = Ground(batch.values("ground")[0]) is Ground.kept_by_law
    refused = DataOutcome(batch.values("outcome")[0]) is DataOutcome.refused
    return bool(whom) and of == "borrower" and wanted is Wanted.delete and kept and refused


def _reasoned(case: Case) -> NDArray[np.bool_]:
    """A refusal has its ground; a copy that is said to be given has left."""
    batch, facts = case.batch, case.facts
    reasoned = batch.equals("outcome", DataOutcome.done) | ~batch.equals("ground", Ground.none)
    given = ~_refused(case) & _wants(case, COPIES)
    return np.asarray(reasoned & (~given | (facts["request_handed"] != 0)), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    return {
        "ground": str(case.batch.values("ground")[place]),
        "handed_out_by_command": int(case.facts["request_handed"][place]),
    }


def _grounds(case: Case) -> set[tuple[str, str]]:
    """Which ground the law knows for which wish."""
    value = case.rules.in_force(id=REFUSALS, on=case.batch.on)
    return {(tier.code("wish"), tier.code("ground")) for tier in value.tiers} if value else set()


def _wish(case: Case, place: int) -> str:
    """The wish of a request as the rule names it; empty where there is no such request."""
    wanted = WISHES.get(int(case.facts["request_wanted"][place]))
    return wanted.value.replace("-", "_") if wanted else ""


def _known_ground(case: Case) -> NDArray[np.bool_]:
    known, given = _grounds(case), [str(ground).replace("-", "_") for ground in case.batch.values("ground")]
    fits = [(_wish(case, place), ground) in known for place, ground in enumerate(given)]
    return np.asarray(case.batch.equals("ground", Ground.none) | np.array(fits, np.bool_), np.bool_)


def _ground_figures(case: Case, place: int) -> dict[str, Any]:
    return {"wish": _wish(case, place), "ground": str(case.batch.values("ground")[place])}


def _done(rule: str, wishes: Sequence[Wanted]) -> Gate:
    """What is said to be done, whole or in part, names what did it."""

    def applies(case: Case) -> NDArray[np.bool_]:
        return np.asarray(_wants(case, wishes) & ~_refused(case), np.bool_)

    def passes(case: Case) -> NDArray[np.bool_]:
        return np.asarray(~applies(case) | (case.batch.integers("carried_out") != 0), np.bool_)

    return Gate(rule=rule, passes=passes, figures=lambda case, place: {"carried_out_by_command": 0}, applies=applies)


GATES = (
    Gate(rule=ACCESS, passes=_reasoned, figures=_figures),
    Gate(rule=REFUSALS, passes=_known_ground, figures=_ground_figures),
    *(_done(rule, wishes) for rule, wishes in DONE_UNDER.items()),
)


class AnswerAboutData(UseCase):
    """Keeps the answer; the duty is done."""

    command = OwnDataAnswered
    needs = (REQUEST_NEED,)
    gates = GATES
    surveys = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A request is answered once."""
        return (batch.integers("request"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the named command did what was asked for; from when a borrower can be erased who can't be yet."""
        position, wanted = int(batch.integers("carried_out")[0]), WISHES[int(facts["request_wanted"][0])]
        of = next(name for name in CUSTOMER if facts[f"request_{name}"][0])
        asked = {"position": int(facts["request_position"][0]), "whom": int(facts[f"request_{of}"][0])}
        request = Request(number=int(batch.integers("request")[0]), of=of, **asked)
        fits = bool(position) and did(books, position, wanted=wanted, request=request)
        later = _erased_later(batch, of, asked["whom"], wanted=wanted)
        erasable = erasable_on(books, rules, borrower=asked["whom"], on=batch.on) if later else 0
        told = {"carried_out_fits": int(fits), "erased_later": int(later), "erase_from_on": erasable}
        return {name: np.array([number], np.int64) for name, number in told.items()}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is open; a command is named where something was done, and did it; one that is met has no ground."""
        batch, facts = case.batch, case.facts
        named, refused = batch.integers("carried_out"), _refused(case)
        wanted = WISHES.get(int(facts["request_wanted"][0]))
        grounded = batch.equals("outcome", DataOutcome.done) & ~batch.equals("ground", Ground.none)
        grounds = {place: batch.values("ground")[place] for place in np.flatnonzero(grounded).tolist()}
        wrong = (named != 0) & ~refused & (facts["carried_out_fits"] == 0)
        over = (facts["erase_from_on"] != 0) & (facts["erase_from_on"] <= batch.on)
        due = {place: _over(batch, place) for place in np.flatnonzero(over).tolist()}
        return {
            **due,
            **{
                place: Invalid(field="ground", value=each, constraint="none where all is met")
                for place, each in grounds.items()
            },
            **faults_where(wrong, batch, "carried_out", wanted_text(wanted) if wanted else ""),
            **faults_where((named != 0) & refused, batch, "carried_out", "0 where nothing was done"),
            **faults_where(facts["request_answered_on"] != 0, batch, "request", "one that is not answered yet"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The outcome, its ground, and by what it was done."""
        case, accepted = decided.case, decided.accepted
        batch, named = case.batch, case.batch.integers("carried_out")
        kept = {
            "answered_on": batch.on,
            "answer": batch.position,
            "outcome": batch.numbers("outcome", DATA_OUTCOME_NUMBER),
            "ground": batch.numbers("ground", GROUND_NUMBER),
            "handed": np.where(named == 0, case.facts["request_handed"], named),
        }
        erase_from, later = case.facts["erase_from_on"], accepted & (case.facts["erased_later"] != 0)
        owed = {"id": numbered(later, case.facts.next_ids[PROTECTION_DUTY.name]), "kind": int(DutyKind.erase_data)}
        owed |= {name: case.facts[f"request_{name}"] for name in CUSTOMER}
        owed |= {"about": batch.integers("request"), "arose_on": batch.on, "due_on": erase_from}
        return Recorded(
            results={"answered_on": np.full(len(batch), batch.on, np.int64), "erase_from_on": erase_from},
            events=[
                *raised(later, **owed),
                *event(DATA_ANSWERED, rows(accepted, id=batch.integers("request"), **kept)),
                *changed(accepted, duty=case.facts["request_duty"], done_on=batch.on),
            ],
        )
