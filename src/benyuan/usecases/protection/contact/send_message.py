"""A message goes to a customer, by a template; asked before it is sent, and on record when it is.

Sources: CBIRC Order 2022 No. 9, art. 40; PBoC Order [2020] No. 5, arts. 23, 30; PIPL, art. 24; NFRA Order 2025 No. 7,
art. 13; 银保监办发〔2021〕28号 (students). Order of checks: the wording is still allowed; not refused; consented to;
chosen by traits only with consent; not above the customer's level; not aimed at a student. Worked: a no at 10:00:00
stops a message at 10:00:00. The customer's level is that of their test that counts and holds, looked up here; whoever
has none, as borrowers and subjects have, is of level 0 and gets nothing about a product that has a level.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.choices import facts_of, last_on, of_each
from benyuan.consumer_protection.contact.records import MESSAGE, MESSAGE_SENT, TEMPLATE_VERSION
from benyuan.consumer_protection.contact.vocabulary import (
    CHANNEL_NUMBER,
    SORT_NUMBER,
    MessageChannel,
    MessageSort,
    Topic,
)
from benyuan.consumer_protection.contact.wording import EASY_MONEY
from benyuan.consumer_protection.customers import customer_columns, customer_faults
from benyuan.consumer_protection.suitability.facts import has_lapsed, has_told
from benyuan.consumer_protection.suitability.records import INVESTOR, TEST
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, numbered, rows
from benyuan.usecases.protection.contact.approve_template import TEMPLATE_NEED, retired_faults
from benyuan.usecases.protection.contact.give_consent_to import of_borrower
from benyuan.usecases.protection.contact.shared import CUSTOMER_NEEDS, OfCustomer, facts_at, where_in_force

REFUSED, REFUSED_ANYWHERE = "cp.nfra.optout", "cp.pbc.marketing_optout"
CHOSEN, BY_TRAITS = "cp.pbc.marketing_consent", "pi.auto.option"
HIGHER, STUDENTS = "suit.bans", "student.targeting_ban"


@command("send_message", version=2)
class MessageFields(OfCustomer, frozen=True, kw_only=True):
    """Send the latest version of `template` to a customer."""

    template: Id
    sort: MessageSort
    channel: MessageChannel


def is_marketing(case: Case) -> NDArray[np.bool_]:
    """Where the message advertises, by its template."""
    return np.asarray(case.facts["template_sort"] == SORT_NUMBER[MessageSort.marketing], np.bool_)


def _barred(case: Case) -> NDArray[np.bool_]:
    from_day = case.facts["version_barred_from"]
    return np.asarray((from_day != 0) & (from_day <= case.batch.on), np.bool_)


def _said_no(case: Case) -> NDArray[np.bool_]:
    said = (case.facts["marketing_choice"] != 0) & (case.facts["marketing_given"] == 0)
    return np.asarray(is_marketing(case) & said, np.bool_)


def stands(case: Case, prefix: str) -> NDArray[np.bool_]:
    """Where a yes stands on the day."""
    until = case.facts[f"{prefix}_until"]
    return np.asarray((case.facts[f"{prefix}_given"] != 0) & ((until == 0) | (until >= case.batch.on)), np.bool_)


def _is_personal(case: Case) -> NDArray[np.bool_]:
    return np.asarray(is_marketing(case) & (case.facts["template_personalised"] != 0), np.bool_)


def level_of(case: Case) -> NDArray[np.int64]:
    """The level of the test that counts, while it holds and nothing was told since; else 0."""
    holds = case.facts.found("counted") & ~has_lapsed(case) & ~has_told(case)
    return np.where(holds, case.facts["counted_level"], 0)


def _too_high(case: Case) -> NDArray[np.bool_]:
    return np.asarray(is_marketing(case) & (case.facts["template_level"] > level_of(case)), np.bool_)


def _at_student(case: Case) -> NDArray[np.bool_]:
    return np.asarray(_is_personal(case) & (case.facts["borrower_student"] != 0), np.bool_)


GATES = (
    Gate(
        rule=EASY_MONEY,
        passes=where_in_force(EASY_MONEY, _barred),
        figures=lambda case, place: facts_at(case, {"barred_from": "version_barred_from"}, place),
    ),
    Gate(
        rule=REFUSED,
        passes=where_in_force(REFUSED, lambda case: _said_no(case) & of_borrower(case)),
        figures=lambda case, place: facts_at(case, {"choice": "marketing_choice"}, place),
        applies=lambda case: is_marketing(case) & of_borrower(case),
    ),
    Gate(
        rule=REFUSED_ANYWHERE,
        passes=where_in_force(REFUSED_ANYWHERE, _said_no),
        figures=lambda case, place: facts_at(case, {"choice": "marketing_choice"}, place),
        applies=is_marketing,
    ),
    Gate(
        rule=CHOSEN,
        passes=where_in_force(CHOSEN, lambda case: is_marketing(case) & ~stands(case, "marketing")),
        figures=lambda case, place: facts_at(case, {"choice": "marketing_choice"}, place),
        applies=is_marketing,
    ),
    Gate(
        rule=BY_TRAITS,
        passes=where_in_force(BY_TRAITS, lambda case: _is_personal(case) & ~stands(case, "profiling")),
        figures=lambda case, place: facts_at(case, {"choice": "profiling_choice"}, place),
        applies=_is_personal,
    ),
    Gate(
        rule=HIGHER,
        passes=where_in_force(HIGHER, _too_high),
        figures=lambda case, place: {
            "product_level": int(case.facts["template_level"][place]),
            "customer_level": int(level_of(case)[place]),
        },
        applies=lambda case: is_marketing(case) & (case.facts["template_level"] != 0),
    ),
    Gate(rule=STUDENTS, passes=where_in_force(STUDENTS, _at_student), applies=_is_personal),
)


class SendMessage(UseCase):
    """Keeps which version went to whom."""

    command = MessageFields
    needs = (
        *CUSTOMER_NEEDS,
        TEMPLATE_NEED,
        Need(table=TEMPLATE_VERSION, by="template_latest", prefix="version"),
        Need(table=INVESTOR, by="person", prefix="investor"),
        Need(table=TEST, by="investor_counted", prefix="counted"),
    )
    gates = GATES
    surveys = True
    alone = False

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The customers' last words on marketing and on profiling; of other messages nothing is looked up."""
        del rules
        asks = facts["template_sort"] == SORT_NUMBER[MessageSort.marketing]
        marketing, profiling = np.zeros(len(batch), np.int64), np.zeros(len(batch), np.int64)
        if asks.any():
            for place, choices in enumerate(of_each(batch, books)):
                marketing[place] = last_on(choices, books, Topic.marketing)
                profiling[place] = last_on(choices, books, Topic.profiling)
        return {**facts_of("marketing", marketing, books), **facts_of("profiling", profiling, books)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One customer, and a template of this sort; about a debt nobody is contacted in this way."""
        batch = case.batch
        other = case.facts["template_sort"] != batch.numbers("sort", SORT_NUMBER)
        collects = batch.equals("sort", MessageSort.collection.value)
        return {
            **faults_where(other, batch, "template", "a template of this sort"),
            **retired_faults(case),
            **text_faults(collects, batch, "sort", "marketing or service; record_contact does this one"),
            **customer_faults(batch),
        }

    def record(self, decided: Decided) -> Recorded:
        """The message."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[MESSAGE.name])
        columns = {
            **customer_columns(batch),
            "version": case.facts["template_latest"],
            "sort": batch.numbers("sort", SORT_NUMBER),
            "channel": batch.numbers("channel", CHANNEL_NUMBER),
            "on_date": batch.on,
            "position": batch.position,
        }
        version = np.where(accepted, case.facts["version_version"], 0)
        return Recorded(
            results={"message": ids, "version": version}, events=event(MESSAGE_SENT, rows(accepted, id=ids, **columns))
        )
