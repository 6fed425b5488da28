"""A customer's data go to another body, also one of the group: only with a consent to just that, and on record.

Sources: State Council Order 768, art. 32 (payments); CBIRC Order 2022 No. 9, art. 46 (platforms); PIPL, arts. 23, 29.
Order of checks: the user of a payment institution; platforms; any other body; sensitive kinds besides, with a yes to
this receiver and purpose as well. What another law asks to be handed over has commands of its own. Worked: a yes to
identity and contact does not carry income.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.choices import facts_of, last_of, of_each, things
from benyuan.consumer_protection.contact.records import DATA_SHARED, SHARED
from benyuan.consumer_protection.contact.vocabulary import (
    DATA_BITS,
    TOPIC_NUMBER,
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
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.decisions.words import sums, text_faults, word_faults, words_of
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, numbered, rows
from benyuan.usecases.protection.contact.give_consent_to import of_borrower, receiver_columns, receiver_faults
from benyuan.usecases.protection.contact.send_message import stands
from benyuan.usecases.protection.contact.shared import CUSTOMER_NEEDS, OfCustomer, Words, where_in_force

AFFILIATES, PLATFORMS = "pay.info.affiliate_share_consent", "cp.nfra.no_platform_transfer"
ANYBODY, SENSITIVE = "pi.share.separate_consent", "pi.sensitive"


@command("share_data", version=2)
class Sharing(OfCustomer, frozen=True, kw_only=True):
    """Hand these kinds of a customer's data to `receiver` for a purpose."""

    receiver_kind: Receiver
    receiver: Id
    purpose: SharePurpose
    kinds: Words


def _uncovered(case: Case) -> NDArray[np.bool_]:
    """Where no consent to this receiver and purpose stands that has all of these kinds."""
    asked, allowed = sums(case.batch, "kinds", DATA_BITS), case.facts["sharing_kinds"]
    return np.asarray(~(stands(case, "sharing") & (asked & ~allowed == 0)), np.bool_)


def _of_person(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.batch.integers("person") != 0, np.bool_)


def _to_platform(case: Case) -> NDArray[np.bool_]:
    return np.asarray(of_borrower(case) & case.batch.equals("receiver_kind", Receiver.platform.value), np.bool_)


def _sensitive_bits(case: Case) -> int:
    value = case.rules.in_force(id=SENSITIVE, on=case.batch.on)
    return 0 if value is None else sum(DATA_BITS.get(row.code("data"), 0) for row in value.tiers)


def _is_sensitive(case: Case) -> NDArray[np.bool_]:
    return np.asarray(sums(case.batch, "kinds", DATA_BITS) & _sensitive_bits(case) != 0, np.bool_)


def _without_own_yes(case: Case) -> NDArray[np.bool_]:
    asked = sums(case.batch, "kinds", DATA_BITS) & _sensitive_bits(case)
    allowed = np.where(stands(case, "sensitive"), case.facts["sensitive_kinds"], 0)
    return np.asarray(asked & ~allowed != 0, np.bool_)


def _figures(prefix: str, case: Case, place: int) -> dict[str, int | str]:
    allowed = int(case.facts[f"{prefix}_kinds"][place]) if stands(case, prefix)[place] else 0
    missing = int(sums(case.batch, "kinds", DATA_BITS)[place]) & ~allowed
    choice = int(case.facts[f"{prefix}_choice"][place])
    return {"choice": choice, "not_consented": ", ".join(words_of(missing, DATA_BITS))}


GATES = (
    Gate(
        rule=AFFILIATES,
        passes=where_in_force(AFFILIATES, lambda case: _of_person(case) & _uncovered(case)),
        figures=lambda case, place: _figures("sharing", case, place),
        applies=_of_person,
    ),
    Gate(
        rule=PLATFORMS,
        passes=where_in_force(PLATFORMS, lambda case: _to_platform(case) & _uncovered(case)),
        figures=lambda case, place: _figures("sharing", case, place),
        applies=_to_platform,
    ),
    Gate(
        rule=ANYBODY,
        passes=where_in_force(ANYBODY, _uncovered),
        figures=lambda case, place: _figures("sharing", case, place),
    ),
    Gate(
        rule=SENSITIVE,
        passes=where_in_force(SENSITIVE, _without_own_yes),
        figures=lambda case, place: _figures("sensitive", case, place),
        applies=_is_sensitive,
    ),
)


class ShareData(UseCase):
    """Every crossing is a row, with the choice that allowed it."""

    command = Sharing
    needs = CUSTOMER_NEEDS
    gates = GATES
    surveys = True
    alone = False

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The customers' last words on handing on for this purpose to this receiver, and on sensitive data to them."""
        del facts, rules
        columns = receiver_columns(batch) | {"topic": np.full(len(batch), TOPIC_NUMBER[Topic.sharing])}
        sharing, sensitive = np.zeros(len(batch), np.int64), np.zeros(len(batch), np.int64)
        asked = zip(of_each(batch, books), things(columns), strict=True)
        for place, (choices, thing) in enumerate(asked):
            sharing[place] = last_of(choices, books, thing)
            sensitive[place] = last_of(choices, books, replace(thing, topic=TOPIC_NUMBER[Topic.sensitive]))
        return {**facts_of("sharing", sharing, books), **facts_of("sensitive", sensitive, books)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One customer, another body, a purpose and some kinds."""
        batch = case.batch
        none = sums(batch, "kinds", DATA_BITS) == 0
        aimless = batch.equals("purpose", SharePurpose.none.value)
        return {
            **text_faults(aimless, batch, "purpose", "what the data are handed on for"),
            **text_faults(np.asarray(none, np.bool_), batch, "kinds", "kinds of data, at least one"),
            **word_faults(batch, "kinds", DATA_BITS),
            **receiver_faults(case),
            **customer_faults(batch),
        }

    def record(self, decided: Decided) -> Recorded:
        """The crossing."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[SHARED.name])
        columns = {
            **customer_columns(batch),
            **receiver_columns(batch),
            "kinds": sums(batch, "kinds", DATA_BITS),
            "choice": case.facts["sharing_choice"],
            "on_date": batch.on,
            "position": batch.position,
        }
        return Recorded(results={"shared": ids}, events=event(DATA_SHARED, rows(accepted, id=ids, **columns)))
