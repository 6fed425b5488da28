"""A customer asks about their own data: to see, take out, correct, delete, to end a consent, for reasons, for a human.

Sources: PIPL, arts. 15, 24, 45 to 47, 50. The law says promptly and names no number of days, so no duty has a day of
law; the aim of a recommended standard (pi.response_days, unverified) is shown as what it is.
Worked number: asked on 2026-03-02, there is no last day; the house expects to answer by 04-01.
"""

import numpy as np

from benyuan.consumer_protection.claims.deadlines import RESPONSE, RULE_OF, days_after
from benyuan.consumer_protection.claims.records import DATA_ASKED, DATA_REQUEST
from benyuan.consumer_protection.claims.words import CHANNEL_NUMBER, WANTED_NUMBER, Channel, Wanted
from benyuan.consumer_protection.customers import customer_columns, customer_faults
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import MaybeId, Memo, numbered, rows
from benyuan.usecases.lending.shared import erased_faults
from benyuan.usecases.protection.claims.shared import CUSTOMER_NEEDS, raised

DUTY_OF = {
    Wanted.see.value: DutyKind.give_data,
    Wanted.export.value: DutyKind.give_data,
    Wanted.correct.value: DutyKind.correct_data,
    Wanted.delete.value: DutyKind.delete_data,
    Wanted.withdraw_consent.value: DutyKind.end_consent,
    Wanted.explanation.value: DutyKind.explain_decision,
    Wanted.human.value: DutyKind.decide_again,
}
"""What each wish makes the firm owe."""


@command("ask_own_data", personal=("words",))
class OwnDataAsked(Command, frozen=True, kw_only=True):
    """One customer asks the firm; `words`: what exactly."""

    person: MaybeId = 0
    borrower: MaybeId = 0
    subject: MaybeId = 0
    wants: Wanted
    channel: Channel
    words: Memo = ""


class AskAboutData(UseCase):
    """Keeps the request, and raises its duty."""

    command = OwnDataAsked
    needs = CUSTOMER_NEEDS

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One customer, under a law that is in force."""
        for rule in {RULE_OF[DUTY_OF[wanted]] for wanted in case.batch.values("wants")}:
            case.rules.value(id=rule, on=case.batch.on)
        case.rules.value(id=RESPONSE, on=case.batch.on)
        return {**customer_faults(case.batch), **erased_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """No day of law, and the day that the house aims at."""
        case, accepted = decided.case, decided.accepted
        batch, whom = case.batch, customer_columns(case.batch)
        number = numbered(accepted, case.facts.next_ids[DATA_REQUEST.name])
        duty = numbered(accepted, case.facts.next_ids[PROTECTION_DUTY.name])
        expected = days_after(case.rules, rule=RESPONSE, from_on=batch.on)
        asked = {
            "wanted": batch.numbers("wants", WANTED_NUMBER),
            "channel": batch.numbers("channel", CHANNEL_NUMBER),
            "asked_on": batch.on,
            "duty": duty,
            "position": batch.position,
            **dict.fromkeys(("answered_on", "outcome", "ground", "answer", "handed"), 0),
        }
        owed = {"id": duty, "kind": batch.numbers("wants", DUTY_OF), "about": number, "due_on": 0}
        return Recorded(
            results={"request": number, "duty": duty, "expected_on": np.full(len(batch), expected, np.int64)},
            events=[
                *event(DATA_ASKED, rows(accepted, id=number, **whom, **asked)),
                *raised(accepted, arose_on=batch.on, **whom, **owed),
            ],
        )
