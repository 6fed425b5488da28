"""A customer consents to one thing: marketing, profiling, handing data on to one receiver, or sensitive data.

Sources: PIPL, arts. 14, 23, 28, 29; PBoC Order [2020] No. 5, arts. 29 to 31; CBIRC Order 2022 No. 9, art. 44; State
Council Order 768, art. 32; Order 2020 No. 4, art. 23. Order of checks: the customer ticked it; nothing else hangs on
the tick or on the text. A text says one thing, whoever is shown it: its topic, receiver, purpose and kinds of data are
those of the first yes under it. Worked: a text that has carried "identity, for service, to lender 1" carries neither
profiling, nor marketing by lender 1, nor identity and income; each needs a text and a tick of its own.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import LENDER, PARTNER
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
WITH_KINDS = (Topic.sharing, Topic.sensitive)
"""What is consented to for a purpose and kinds of data: handing on, and what art. 28 calls sensitive."""
KNOWN_RECEIVERS = {
    Receiver.institution: INSTITUTION,
    Receiver.lender: LENDER,
    Receiver.bureau: BUREAU,
    Receiver.partner: PARTNER,
}
"""Receivers that are on record here; platforms and others have numbers of the sender's own."""


@command("give_consent_to", version=2)
class ConsentTo(OfCustomer, frozen=True, kw_only=True):
    """A customer says yes to one thing, having been shown the text with this digest.

    Sharing names its receiver, purpose and kinds of data; sensitive its purpose and kinds, and a receiver where they go
    to one. `until` 0: until it is withdrawn. `preticked`: the box was ticked before the customer came to it.
    `bundled_with`: what else the same tick covers.
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
        """What a customer said before is shared by what they say, and a text by those who mean different things."""
        return (*by_customer(batch), _disputed_texts(batch))

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The first yes under the text, whoever's, where it was to anything else; how many receivers are on record."""
        del facts, rules
        first = books.first_with(CHOICE, "text", batch.text_numbers("text_digest"))
        said = zip(*(books.column(CHOICE, name)[first].tolist() for name in MEANING), strict=True)
        same = [before == asked for before, asked in zip(said, _what(batch), strict=True)]
        known = {kind.value: len(books.column(table, table.columns[0])) - 1 for kind, table in KNOWN_RECEIVERS.items()}
        most = [known.get(kind, np.iinfo(np.int64).max) for kind in batch.values("receiver_kind")]
        return {"same_text_choice": np.where(same, 0, first), "receiver_known": np.array(most, np.int64)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One customer; sharing and sensitive name all that they are about, and a receiver that is another body."""
        batch = case.batch
        sharing, listed = of_topics(batch, Topic.sharing), of_topics(batch, *WITH_KINDS)
        named = ~batch.equals("receiver_kind", Receiver.none.value)
        purpose = ~batch.equals("purpose", SharePurpose.none.value)
        kinds = sums(batch, "kinds", DATA_BITS) != 0
        unknown = batch.integers("receiver") > case.facts["receiver_known"]
        return {
            **text_faults(purpose != listed, batch, "purpose", "what for, of sharing or sensitive, and of them only"),
            **text_faults(kinds != listed, batch, "kinds", "kinds of data for sharing or sensitive, and for them only"),
            **receiver_faults(case),
            **faults_where(unknown, batch, "receiver", "a receiver that is on record"),
            **text_faults(named & ~listed, batch, "receiver_kind", "none but with sharing or sensitive"),
            **text_faults(sharing & ~named, batch, "receiver_kind", "whom data are handed to"),
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
        **receiver_columns(batch),
        "place": batch.numbers("place", PLACE_NUMBER),
        "on_date": np.full(len(batch), batch.on),
        "position": batch.position,
    }


def receiver_columns(batch: Batch) -> dict[str, NDArray[np.int64]]:
    """To whom and what for; noughts where the topic has neither."""
    return {
        "receiver_kind": batch.numbers("receiver_kind", RECEIVER_NUMBER),
        "receiver": batch.integers("receiver"),
        "purpose": batch.numbers("purpose", PURPOSE_NUMBER),
    }


def of_topics(batch: Batch, *topics: Topic) -> NDArray[np.bool_]:
    """Where the command is about one of these."""
    return np.asarray(np.isin(batch.values("to"), topics), np.bool_)


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


MEANING = ("topic", "receiver_kind", "receiver", "purpose", "kinds")
"""The columns of a choice that a text binds."""


def _what(batch: Batch) -> list[tuple[int, ...]]:
    """What each yes is about, by the columns of `MEANING`."""
    columns = choice_columns(batch) | {"kinds": sums(batch, "kinds", DATA_BITS)}
    return list(zip(*(columns[name].tolist() for name in MEANING), strict=True))


def _disputed_texts(batch: Batch) -> NDArray[np.int64]:
    """The texts by which commands of this batch mean different things; 0 where all mean the same by one."""
    texts = batch.text_numbers("text_digest")
    meanings: dict[int, set[tuple[int, ...]]] = {}
    for text, meant in zip(texts.tolist(), _what(batch), strict=True):
        meanings.setdefault(text, set()).add(meant)
    return np.array([text if len(meanings[text]) > 1 else 0 for text in texts.tolist()], np.int64)
