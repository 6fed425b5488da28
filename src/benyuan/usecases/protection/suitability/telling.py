"""What the commands share by which an investor is told or shown something of a product: needs, faults, the row."""

from typing import Any

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints, Truths
from benyuan.consumer_protection.suitability.records import (
    INVESTOR,
    INVESTOR_WAS_TOLD,
    SHELF,
    SHELF_TERMS_IN_FORCE,
    TEST,
    TOLD,
)
from benyuan.consumer_protection.suitability.vocabulary import IN_SCOPE, SORT_NUMBER
from benyuan.decisions.commands import Command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.payments.records import PERSON
from benyuan.usecases.common import Id, faults_where, numbered, rows

TELLING_NEEDS = (
    Need(table=PERSON, by="person", prefix="person"),
    Need(table=INVESTOR, by="person", prefix="investor"),
    Need(table=TEST, by="investor_counted", prefix="counted"),
    Need(table=SHELF, by="product", prefix="shelf"),
    Need(table=SHELF_TERMS_IN_FORCE, by="product", prefix="terms"),
)


class OfProduct(Command, frozen=True, kw_only=True):
    """An investor is told something of a product. The time is the log's own: there is no field for one."""

    person: Id
    product: Id


def telling_faults(case: Case) -> dict[int, Invalid]:
    """An investor of the institution that sells the product, which suitability speaks of and which is on sale."""
    batch, facts = case.batch, case.facts
    others = ~np.isin(facts["shelf_sort"], [SORT_NUMBER[sort] for sort in IN_SCOPE])
    elsewhere = facts["shelf_institution"] != facts["person_institution"]
    return {
        **faults_where(facts["shelf_suspended"] != 0, batch, "product", "a product that is not suspended"),
        **faults_where(elsewhere, batch, "product", "a product that the person's institution sells"),
        **faults_where(others, batch, "product", "an investment or insurance product"),
        **faults_where(~facts.found("investor"), batch, "person", "a person registered as an investor"),
    }


def told_ids(case: Case, accepted: Truths) -> Ints:
    """The numbers of the rows."""
    return numbered(accepted, case.facts.next_ids[TOLD.name])


def told(case: Case, accepted: Truths, *, what: Any) -> list[Event]:
    """The rows; `what`: the kind of each, by `vocabulary.Told`."""
    batch, facts = case.batch, case.facts
    columns = {
        "id": told_ids(case, accepted),
        "person": batch.integers("person"),
        "what": what,
        "product": batch.integers("product"),
        "test": facts["investor_counted"],
        "level": facts["counted_level"],
        "product_level": facts["shelf_level"],
        "terms": facts["terms_version"],
        "at": batch.at,
        "position": batch.position,
    }
    return event(INVESTOR_WAS_TOLD, rows(accepted, **columns))
