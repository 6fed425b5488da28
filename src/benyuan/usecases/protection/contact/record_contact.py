"""A contact about a debt, at the time of the command: asked before it is made, on record whatever comes of it.

Sources: Order 2024 No. 4 of the National Financial Regulatory Administration, art. 58 (records true and whole); the
rest and the order of checks: see `contacting`; at last, under a plan, that it is about the time planned and by the same
clock (`cp.house.contact.window`). A refused contact must not be made, and its command stays in the log
with all its fields, also where somebody made it all the same. It names no time to come, or a call by night could pass
as one of the next morning. Worked: the third call that reaches the debtor on a day leaves 0; the fourth is refused with
limit 3, used 3.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.local import local, local_text
from benyuan.consumer_protection.contact.records import CONTACT, CONTACT_MADE, PLAN, PLAN_USED
from benyuan.consumer_protection.contact.vocabulary import SORT_NUMBER, MessageSort
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.decisions.words import truths
from benyuan.rules import RulePack
from benyuan.usecases.common import MaybeId, faults_where, numbered, rows
from benyuan.usecases.protection.contact.approve_template import TEMPLATE_NEED, retired_faults
from benyuan.usecases.protection.contact.contacting import (
    GATES,
    NEEDS,
    WINDOW,
    ContactFields,
    contact_columns,
    contact_faults,
    surveyed,
    window_us,
)
from benyuan.usecases.protection.contact.shared import where_in_force

SAME = ("borrower", "loan", "account", "collector", "means", "addressee")


@command("record_contact", version=2, never_ahead=True)
class ContactMade(ContactFields, frozen=True, kw_only=True):
    """A contact now. `effective`: somebody was reached; `asked_to_stop`: they asked not to be contacted again.

    `plan`: the plan that it carries out, 0 for none. `template`: the text of a message or letter, 0 for none.
    """

    effective: bool
    asked_to_stop: bool = False
    plan: MaybeId = 0
    template: MaybeId = 0


def _planned(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.batch.integers("plan") != 0, np.bool_)


def _at_other_time(case: Case) -> NDArray[np.bool_]:
    window, facts = window_us(case.rules, on=case.batch.on) or 0, case.facts
    away = np.abs(case.batch.at - facts["contact_plan_contact_at"]) > window
    return np.asarray(_planned(case) & (away | (facts["contact_plan_zone"] != facts["zone_on_record"])), np.bool_)


def _planned_for(case: Case, place: int) -> dict[str, int | str]:
    at, zone = (int(case.facts[f"contact_plan_{name}"][place]) for name in ("contact_at", "zone"))
    value = case.rules.value(id=WINDOW, on=case.batch.on)
    return {
        "plan": int(case.batch.integers("plan")[place]),
        "planned_for": local_text(at, zone),
        "planned_zone": zone,
        "zone_on_record": int(case.facts["zone_on_record"][place]),
        "hours": value.count,
    }


IN_ITS_HOUR = Gate(rule=WINDOW, passes=where_in_force(WINDOW, _at_other_time), figures=_planned_for, applies=_planned)


class RecordContact(UseCase):
    """Keeps the contact by the clock of the debtor's place."""

    command = ContactMade
    needs = (*NEEDS, TEMPLATE_NEED, Need(table=PLAN, by="plan", prefix="contact_plan"))
    gates = (*GATES, IN_ITS_HOUR)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What stands in the way, and what has been made so far."""
        del facts
        return surveyed(batch, books, rules)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A plan for just this that was not carried out yet; a text that was approved for collecting."""
        batch, facts = case.batch, case.facts
        planned, columns = _planned(case), contact_columns(case)
        other = np.any([columns[name] != facts[f"contact_plan_{name}"] for name in SAME], axis=0)
        used = facts["contact_plan_contact"] != 0
        texts = batch.integers("template") != 0
        wrong = texts & (facts["template_sort"] != SORT_NUMBER[MessageSort.collection])
        return {
            **faults_where(wrong, batch, "template", "a template for collection, or 0"),
            **retired_faults(case),
            **faults_where(planned & (other | used), batch, "plan", "a plan for this contact, not carried out yet"),
            **contact_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The contact, and that its plan is done."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[CONTACT.name])
        columns = {
            **contact_columns(case),
            **{name: truths(batch, name).astype(np.int64) for name in ("effective", "asked_to_stop", "agreed_hours")},
            "plan": batch.integers("plan"),
            "version": case.facts["template_latest"],
            "local_date": local(batch.at, case.facts["zone_on_record"]).date,
            "made_at": batch.at,
        }
        used = rows(accepted & (batch.integers("plan") != 0), id=batch.integers("plan"), contact=ids)
        return Recorded(
            results={"contact": ids},
            events=[*event(CONTACT_MADE, rows(accepted, id=ids, **columns)), *event(PLAN_USED, used)],
        )
