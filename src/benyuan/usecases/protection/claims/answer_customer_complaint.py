"""The firm's decision on a complaint, told to the customer; nothing else closes one but the customer's withdrawal.

Sources: CBIRC Order 2020 No. 3, arts. 17, 18, 19, 21; PBoC Order [2020] No. 5, arts. 39, 43. The day of the answer is
that of the command; no field tells another. Order of checks: its cause is known; nobody complained of decides; the
answer says what was found, why, and where next, each in words. What the lender's own order asks for holds for it also
where a branch of the central bank passed the complaint on. Redress is paid by a command that is named, or it is owed.
Worked number: due on 2026-03-17, answered on 03-17 it is in time, on 03-18 late by 1.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import CLASSED, CONTENT, HOUSE_CONTENT
from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.consumer_protection.claims.substance import WANTED, says_something
from benyuan.consumer_protection.claims.words import ANSWER_NUMBER, CAUSE_NUMBER, AnswerOutcome, Cause
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.decisions.words import truths
from benyuan.rules import RulePack
from benyuan.usecases.bureau.claims import WORDS_CHARACTERS, Words
from benyuan.usecases.common import Count, Id, MaybeId, numbered, rows
from benyuan.usecases.protection.claims import recusal
from benyuan.usecases.protection.claims.redress import (
    REDRESS_NEED,
    redress_facts,
    redress_faults,
    redress_owed,
    redress_paid,
)
from benyuan.usecases.protection.claims.shared import (
    COMPLAINT_NEED,
    FURTHER_NEED,
    Telling,
    by_complaint,
    changed,
    furthered,
    is_anothers,
    is_lenders,
    lateness,
    open_faults,
)
from benyuan.values.dates import from_yyyymmdd

MaybeWords: TypeAlias = Annotated[str, msgspec.Meta(max_length=WORDS_CHARACTERS)]
PARTS = {"findings": "found", "grounds": "why", "ways_of_redress": "where_next"}
"""What an answer has, and in which words it says so."""


@command("answer_customer_complaint", version=2, personal=("words", *PARTS.values()), identified=True)
class ToCustomer(Telling, frozen=True, kw_only=True):
    """The decision on `complaint`, in `words`; `answered_by`: who decided, `examiner`: who examined, 0 for the same.

    `no_interest`: both have stated that they have no direct interest in the matter. `cause`: the root cause as found.
    `findings`, `grounds`, `ways_of_redress`: that the answer says what was `found`, `why`, and `where_next` the
    customer can go. `redress_fen`: what is granted; `redress_command`: the log position of the command that paid all of
    it, 0: none yet.
    """

    complaint: Id
    outcome: AnswerOutcome
    words: Words
    answered_by: Id
    examiner: MaybeId = 0
    no_interest: bool = False
    cause: Cause = Cause.not_known
    redress_fen: Count = 0
    redress_command: MaybeId = 0
    findings: bool = False
    grounds: bool = False
    ways_of_redress: bool = False
    found: MaybeWords = ""
    why: MaybeWords = ""
    where_next: MaybeWords = ""

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """Words that say nothing, or a part that is claimed and not told."""
        for part, name in PARTS.items():
            told = personal.get(name, "")
            if told and not fields[part]:
                return name, f"no words where `{part}` is false"
            if fields[part] and not says_something(told):
                return name, WANTED
        return super().personal_fault(personal, fields)


def _items(case: Case, rule: str) -> list[str]:
    value = case.rules.in_force(id=rule, on=case.batch.on)
    return [tier.code("item") for tier in value.tiers] if value else []


def _cause(case: Case) -> NDArray[np.int64]:
    """The root cause as it is known now."""
    said = case.batch.numbers("cause", CAUSE_NUMBER)
    return np.where(said == 0, case.facts["complaint_cause"], said)


def _classed(case: Case) -> NDArray[np.bool_]:
    return np.asarray(_cause(case) != CAUSE_NUMBER[Cause.not_known.value], np.bool_)


def _complete(rule: str, applies: Callable[[Case], NDArray[np.bool_]]) -> Gate:
    """All that a rule wants is said, in the complaints that it is about."""

    def passes(case: Case) -> NDArray[np.bool_]:
        said = [truths(case.batch, item) for item in _items(case, rule)]
        return np.asarray(np.logical_and.reduce([np.ones(len(case.batch), np.bool_), *said]) | ~applies(case), np.bool_)

    def figures(case: Case, place: int) -> dict[str, Any]:
        return {item: int(truths(case.batch, item)[place]) for item in _items(case, rule)}

    return Gate(rule=rule, passes=passes, figures=figures, applies=applies)


IN_CLASS = Gate(rule=CLASSED, passes=_classed)
COMPLETE = (_complete(CONTENT, is_lenders), _complete(HOUSE_CONTENT, is_anothers))


class AnswerCustomer(UseCase):
    """Keeps the decision; the duty is done, in time or late, and what was granted is paid or owed."""

    command = ToCustomer
    needs = (COMPLAINT_NEED, FURTHER_NEED, REDRESS_NEED)
    gates = (IN_CLASS, *recusal.GATES, *COMPLETE)
    surveys = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A complaint is answered once."""
        return by_complaint(batch)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What the named command paid, and whether a member of staff who decides is complained of."""
        del rules
        deciding = [int(batch.integers(name)[0]) for name in ("answered_by", "examiner")]
        complained = recusal.complained_of(books, complaint=int(batch.integers("complaint")[0]), staff=deciding)
        found = redress_facts(books, facts, int(batch.integers("redress_command")[0]))
        found["staff_complained_of"] = complained
        return {name: np.array([value], np.int64) for name, value in found.items()}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The complaint is open, and what is named as redress is."""
        return {**redress_faults(case, owed=case.batch.integers("redress_fen")), **open_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """`late`, and by how many days; `redress_duty`: that of paying what was granted, 0 where it is paid."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        due, granted = facts["complaint_due_on"], batch.integers("redress_fen")
        late = lateness(batch.on, due)
        kept = {
            "answered_on": batch.on,
            "answer": batch.position,
            "outcome": batch.numbers("outcome", ANSWER_NUMBER),
            "cause": _cause(case),
            **{name: batch.integers(name) for name in ("redress_fen", "answered_by")},
        }
        paid = accepted & (batch.integers("redress_command") != 0)
        duty = numbered(accepted & (granted > 0) & ~paid, facts.next_ids[PROTECTION_DUTY.name])
        examiner = batch.integers("examiner")
        further = {
            "examined_by": np.where(examiner == 0, batch.integers("answered_by"), examiner),
            "redress_duty": duty,
            "redress_paid_fen": np.where(paid, granted, 0),
        }
        return Recorded(
            results={"late": late, "days_late": days_late(batch.on, due, late), "redress_duty": duty},
            events=[
                *event(COMPLAINT_CHANGED, rows(accepted, id=batch.integers("complaint"), **kept)),
                *furthered(case, accepted, **further),
                *changed(accepted, duty=facts["complaint_duty"], done_on=batch.on),
                *redress_paid(case, paid, amount_fen=granted),
                *redress_owed(case, duty=duty),
            ],
        )


def days_late(on: int, due_on: NDArray[np.int64], late: NDArray[np.int64]) -> NDArray[np.int64]:
    """Calendar days after the last day, 0 where in time."""
    passed = zip(due_on.tolist(), late.tolist(), strict=True)
    return np.array([(from_yyyymmdd(on) - from_yyyymmdd(due)).days if flag else 0 for due, flag in passed], np.int64)
