"""A customer consents to one thing: marketing, profiling, handing data on to one receiver, or sensitive data.

Sources: PIPL, arts. 14, 23, 29; PBoC Order [2020] No. 5, arts. 29 to 31; CBIRC Order 2022 No. 9, art. 44; State Council
Order 768, art. 32. Order of checks: the customer ticked it; nothing else hangs on the tick or on the text. Worked: a
text that already carries the consent to marketing can't carry profiling; another text with a tick of its own can.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import LENDER, PARTNER
from benyuan.consumer_protection.contact.choices import of_each
from benyuan.consumer_protection.contact.records import CHOICE, CHOICE_MADE
from benyuan.consumer_protection.contact.vocabulary import (
    DATA_BITS,
    PLACE_NUMBER,
    PURPOSE_NUMBER,
    RECEIVER_NUMBER,
    TOPIC_NUMBER,
    Bundle,
    Place,
    Receiver,
    SharePurpose,
    Topic,
)
from benyuan.consumer_protection.customers import customer_columns, customer_faults
from benyuan.credit_bureau.records import BUREAU
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.decisions.words import sums, text_faults, truths, word_faults
from benyuan.payments.records import INSTITUTION
from benyuan.rules import RulePack
from benyuan.usecases.common import MaybeId, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.protection.contact.shared import (
    CUSTOMER_NEEDS,
    HOMES,
    OfCustomer,
    TextDigest,
    Words,
    by_customer,
    digest_faults,
    where_in_force,
)

DEFAULT, EXPLICIT = "cp.nfra.no_default_consent", "cp.pbc.info_consent"
SEPARATE = {Topic.sharing: "pi.share.separate_consent", Topic.sensitive: "pi.sensitive"}
OWN_CHOICE = "cp.pbc.marketing_consent"
KNOWN_RECEIVERS = {
    Receiver.institution: INSTITUTION,
    Receiver.lender: LENDER,
    Receiver.bureau: BUREAU,
    Receiver.partner: PARTNER,
}
"""Receivers that are on record here; platforms and others have numbers of the sender's own."""


@command("give_consent_to")
class ConsentTo(OfCustomer, frozen=True, kw_only=True):
    """A customer says yes to one thing, having been shown the text with this digest.

    Sharing names its receiver, purpose and kinds of data, sensitive its kinds; `until` 0: until it is withdrawn.
    `preticked`: the box was ticked before the customer came to it. `bundled_with`: what else the same tick covers.
    """

    to: Topic
    place: Place
    text_digest: TextDigest
    preticked: bool = False
    bundled_with: Bundle = Bundle.nothing
    receiver_kind: Receiver = Receiver.none
    receiver: MaybeId = 0
    purpose: SharePurpose = SharePurpose.none
    kinds: Words = ""
    until: Yyyymmdd = 0


def _preticked(case: Case) -> NDArray[np.bool_]:
    return truths(case.batch, "preticked")


def of_borrower(case: Case) -> NDArray[np.bool_]:
    """Where the customer is the lender's."""
    return np.asarray(case.batch.integers("borrower") != 0, np.bool_)


def _bundled(case: Case) -> NDArray[np.bool_]:
    alone = case.batch.equals("bundled_with", Bundle.nothing.value)
    return np.asarray(~alone | (case.facts["same_text_choice"] != 0), np.bool_)


def _by_itself(rule: str, *topics: Topic) -> Gate:
    def applies(case: Case) -> NDArray[np.bool_]:
        return np.isin(case.batch.values("to"), topics)

    def figures(case: Case, place: int) -> dict[str, int | str]:
        return {
            "bundled_with": str(case.batch.values("bundled_with")[place]),
            "same_text_as_choice": int(case.facts["same_text_choice"][place]),
        }

    passes = where_in_force(rule, lambda case: applies(case) & _bundled(case))
    return Gate(rule=rule, passes=passes, figures=figures, applies=applies)


GATES = (
    Gate(
        rule=DEFAULT,
        passes=where_in_force(DEFAULT, lambda case: _preticked(case) & of_borrower(case)),
        applies=of_borrower,
    ),
    Gate(rule=EXPLICIT, passes=where_in_force(EXPLICIT, _preticked)),
    *(_by_itself(rule, topic) for topic, rule in SEPARATE.items()),
    _by_itself(OWN_CHOICE, Topic.marketing, Topic.profiling),
)


class GiveConsentTo(UseCase):
    """A yes is a row; the last row on a topic counts."""

    command = ConsentTo
    needs = CUSTOMER_NEEDS
    gates = GATES
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What a customer has said before is shared by what they say."""
        return by_customer(batch)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """A yes to another thing that rests on the same text, and how many receivers of each sort are on record."""
        del facts, rules
        texts, asked = batch.text_numbers("text_digest"), _what(batch)
        found = [
            _same_text(books, places, text=int(text), asked=one)
            for places, text, one in zip(of_each(batch, books), texts.tolist(), asked, strict=True)
        ]
        known = {kind.value: len(books.column(table, table.columns[0])) - 1 for kind, table in KNOWN_RECEIVERS.items()}
        most = [known.get(kind, np.iinfo(np.int64).max) for kind in batch.values("receiver_kind")]
        return {"same_text_choice": np.array(found, np.int64), "receiver_known": np.array(most, np.int64)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One customer; sharing names all that it is about, and a receiver that is another body."""
        batch = case.batch
        sharing = batch.equals("to", Topic.sharing.value)
        listed = sharing | batch.equals("to", Topic.sensitive.value)
        named = ~batch.equals("receiver_kind", Receiver.none.value)
        purpose = ~batch.equals("purpose", SharePurpose.none.value)
        kinds = sums(batch, "kinds", DATA_BITS) != 0
        unknown = batch.integers("receiver") > case.facts["receiver_known"]
        return {
            **text_faults(purpose != sharing, batch, "purpose", "what data are handed on for, and only for sharing"),
            **text_faults(kinds != listed, batch, "kinds", "kinds of data for sharing or sensitive, and for them only"),
            **receiver_faults(case),
            **faults_where(unknown, batch, "receiver", "a receiver that is on record"),
            **text_faults(named != sharing, batch, "receiver_kind", "whom data are handed to, and only for sharing"),
            **no_such_day(batch, "until", none=True, since=batch.on),
            **word_faults(batch, "kinds", DATA_BITS),
            **digest_faults(batch, "text_digest"),
            **customer_faults(batch),
        }

    def record(self, decided: Decided) -> Recorded:
        """The yes."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[CHOICE.name])
        columns = choice_columns(batch) | {
            "given": np.ones(len(batch), np.int64),
            "purpose": batch.numbers("purpose", PURPOSE_NUMBER),
            "kinds": sums(batch, "kinds", DATA_BITS),
            "until": batch.integers("until"),
            "text": batch.text_numbers("text_digest"),
        }
        return Recorded(results={"choice": ids}, events=event(CHOICE_MADE, rows(accepted, id=ids, **columns)))


def choice_columns(batch: Batch) -> dict[str, NDArray[np.int64]]:
    """What a yes and a no have in common."""
    return {
        **customer_columns(batch),
        "topic": batch.numbers("to", TOPIC_NUMBER),
        "receiver_kind": batch.numbers("receiver_kind", RECEIVER_NUMBER),
        "receiver": batch.integers("receiver"),
        "place": batch.numbers("place", PLACE_NUMBER),
        "on_date": np.full(len(batch), batch.on),
        "position": batch.position,
    }


def receiver_faults(case: Case) -> dict[int, Invalid]:
    """A receiver has a sort and a number, and is not the body whose customer it is."""
    batch = case.batch
    none = batch.equals("receiver_kind", Receiver.none.value)
    own = np.zeros(len(batch), np.bool_)
    for (name, home), kind in zip(HOMES.items(), tuple(KNOWN_RECEIVERS)[: len(HOMES)], strict=True):
        same = batch.equals("receiver_kind", kind.value) & (batch.integers("receiver") == case.facts[home])
        own |= same & (batch.integers(name) != 0)
    return {
        **faults_where(own, batch, "receiver", "another body than the one whose customer it is"),
        **faults_where(none != (batch.integers("receiver") == 0), batch, "receiver", "a number for each receiver_kind"),
    }


def _what(batch: Batch) -> list[tuple[int, int, int]]:
    columns = choice_columns(batch)
    parts = (columns[name].tolist() for name in ("topic", "receiver_kind", "receiver"))
    return list(zip(*parts, strict=True))


def _same_text(books: Books, places: NDArray[np.int64], *, text: int, asked: tuple[int, int, int]) -> int:
    """The last yes of a customer to anything else under this text; 0 for none."""
    for place in reversed(places.tolist()):
        of = tuple(int(books.column(CHOICE, name)[place]) for name in ("topic", "receiver_kind", "receiver"))
        same = int(books.column(CHOICE, "text")[place]) == text
        if same and of != asked and int(books.column(CHOICE, "given")[place]):
            return int(place)
    return 0
