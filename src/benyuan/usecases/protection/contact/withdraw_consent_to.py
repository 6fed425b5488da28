"""A customer takes a consent back, or says no to what they were never asked: it holds from this moment on.

Sources: PIPL, arts. 15, 16, 24; CBIRC Order 2022 No. 9, art. 40; PBoC Order [2020] No. 5, art. 30. No gate stands in
the way, no grounds are asked for, and what was done before stands. The switch of the algorithm is a no to profiling.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.choices import last_of, of_each
from benyuan.consumer_protection.contact.records import CHOICE, CHOICE_MADE
from benyuan.consumer_protection.contact.vocabulary import (
    PLACE_NUMBER,
    RECEIVER_NUMBER,
    TOPIC_NUMBER,
    Place,
    Receiver,
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
from benyuan.usecases.protection.contact.give_consent_to import choice_columns, receiver_faults
from benyuan.usecases.protection.contact.shared import CUSTOMER_NEEDS, OfCustomer, by_customer

NOTHING = ("given", "purpose", "kinds", "until", "text")


@command("withdraw_consent_to")
class NoTo(OfCustomer, frozen=True, kw_only=True):
    """A customer says no to one thing; for sharing to one receiver."""

    to: Topic
    place: Place
    receiver_kind: Receiver = Receiver.none
    receiver: MaybeId = 0


class WithdrawConsentTo(UseCase):
    """A no is a row like a yes; `withdrawn` is the yes that it ends, 0 where none stood."""

    command = NoTo
    needs = CUSTOMER_NEEDS
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What a customer has said before is shared by what they say."""
        return by_customer(batch)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The yes that stands."""
        del facts, rules
        kinds, receivers = batch.numbers("receiver_kind", RECEIVER_NUMBER), batch.integers("receiver")
        asked = zip(batch.values("to"), kinds.tolist(), receivers.tolist(), strict=True)
        found = [
            last_of(places, books, topic=Topic(topic), receiver_kind=kind, receiver=receiver)
            for places, (topic, kind, receiver) in zip(of_each(batch, books), asked, strict=True)
        ]
        last = np.array(found, np.int64)
        return {"standing_choice": np.where(books.column(CHOICE, "given")[last] != 0, last, 0)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One customer; sharing names a receiver."""
        batch = case.batch
        sharing = batch.equals("to", Topic.sharing.value)
        named = ~batch.equals("receiver_kind", Receiver.none.value)
        return {
            **receiver_faults(case),
            **text_faults(named != sharing, batch, "receiver_kind", "whom data were handed to, and only for sharing"),
            **customer_faults(batch),
        }

    def record(self, decided: Decided) -> Recorded:
        """The no."""
        case, accepted = decided.case, decided.accepted
        ids = numbered(accepted, case.facts.next_ids[CHOICE.name])
        columns = choice_columns(case.batch) | dict.fromkeys(NOTHING, np.zeros(len(case.batch), np.int64))
        ended = np.where(accepted, case.facts["standing_choice"], 0)
        return Recorded(
            results={"choice": ids, "withdrawn": ended}, events=event(CHOICE_MADE, rows(accepted, id=ids, **columns))
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
        none = dict.fromkeys((*NOTHING, "receiver_kind", "receiver"), 0)
        columns = {
            **customer_columns(batch),
            **none,
            "topic": TOPIC_NUMBER[Topic.profiling],
            "place": batch.numbers("place", PLACE_NUMBER),
            "on_date": batch.on,
            "position": batch.position,
        }
        return Recorded(results={"choice": ids}, events=event(CHOICE_MADE, rows(accepted, id=ids, **columns)))
