"""A customer takes a consent back, or says no to what they were never asked: it holds from this moment on.

Sources: PIPL, arts. 15, 16, 24; CBIRC Order 2022 No. 9, art. 40; PBoC Order [2020] No. 5, art. 30. No gate stands in
the way, no grounds are asked for, and what was done before stands. The switch of the algorithm is a no to profiling.
Worked: a no to sharing with lender 1 for marketing leaves what goes there for service; without a purpose it ends both.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.choices import ended_by, of_each, things
from benyuan.consumer_protection.contact.records import CHOICE, CHOICE_MADE
from benyuan.consumer_protection.contact.vocabulary import (
    PLACE_NUMBER,
    TOPIC_NUMBER,
    Place,
    Receiver,
    SharePurpose,
    Topic,
)
from benyuan.consumer_protection.customers import customer_columns, customer_faults
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults
from benyuan.rules import RulePack
from benyuan.usecases.common import MaybeId, numbered, rows
from benyuan.usecases.protection.contact.give_consent_to import (
    WITH_KINDS,
    choice_columns,
    of_topics,
    receiver_faults,
)
from benyuan.usecases.protection.contact.shared import CUSTOMER_NEEDS, OfCustomer, by_customer

NOTHING = ("given", "kinds", "until", "text")


@command("withdraw_consent_to", version=2)
class NoTo(OfCustomer, frozen=True, kw_only=True):
    """A customer says no to one thing; for sharing to one receiver.

    `purpose` none: whatever for. Sensitive without a receiver: whoever handles them.
    """

    to: Topic
    place: Place
    receiver_kind: Receiver = Receiver.none
    receiver: MaybeId = 0
    purpose: SharePurpose = SharePurpose.none


class WithdrawConsentTo(UseCase):
    """A no is a row like a yes; `ended` says how many yeses it ends, `withdrawn` the last of them, 0 for none."""

    command = NoTo
    needs = CUSTOMER_NEEDS
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What a customer has said before is shared by what they say."""
        return by_customer(batch)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The yeses that stand and end."""
        del facts, rules
        asked = zip(of_each(batch, books), things(choice_columns(batch)), strict=True)
        found = [ended_by(places, books, no) for places, no in asked]
        last = np.array([max(ended, default=0) for ended in found], np.int64)
        return {"standing_choice": last, "standing_choices": np.array([len(ended) for ended in found], np.int64)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One customer; sharing names a receiver, and what has neither receiver nor purpose names none."""
        batch = case.batch
        sharing, other = of_topics(batch, Topic.sharing), ~of_topics(batch, *WITH_KINDS)
        named = ~batch.equals("receiver_kind", Receiver.none.value)
        purpose = ~batch.equals("purpose", SharePurpose.none.value)
        return {
            **text_faults(purpose & other, batch, "purpose", "none but with sharing or sensitive"),
            **receiver_faults(case),
            **text_faults(named & other, batch, "receiver_kind", "none but with sharing or sensitive"),
            **text_faults(sharing & ~named, batch, "receiver_kind", "whom data were handed to"),
            **customer_faults(batch),
        }

    def record(self, decided: Decided) -> Recorded:
        """The no."""
        case, accepted = decided.case, decided.accepted
        ids = numbered(accepted, case.facts.next_ids[CHOICE.name])
        columns = choice_columns(case.batch) | dict.fromkeys(NOTHING, np.zeros(len(case.batch), np.int64))
        last = np.where(accepted, case.facts["standing_choice"], 0)
        ended = np.where(accepted, case.facts["standing_choices"], 0)
        return Recorded(
            results={"choice": ids, "withdrawn": last, "ended": ended},
            events=event(CHOICE_MADE, rows(accepted, id=ids, **columns)),
        )


@command("switch_profiling_off")
class ProfilingOff(OfCustomer, frozen=True, kw_only=True):
    """A customer switches off what is chosen by their traits. On again is a consent: give_consent_to profiling."""

    place: Place = Place.app


class SwitchProfilingOff(UseCase):
    """A no to profiling."""

    command = ProfilingOff
    needs = CUSTOMER_NEEDS

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One customer."""
        return customer_faults(case.batch)

    def record(self, decided: Decided) -> Recorded:
        """The no."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[CHOICE.name])
        none = dict.fromkeys((*NOTHING, "receiver_kind", "receiver", "purpose"), 0)
        columns = {
            **customer_columns(batch),
            **none,
            "topic": TOPIC_NUMBER[Topic.profiling],
            "place": batch.numbers("place", PLACE_NUMBER),
            "on_date": batch.on,
            "position": batch.position,
        }
        return Recorded(results={"choice": ids}, events=event(CHOICE_MADE, rows(accepted, id=ids, **columns)))
