"""A product's rating has changed: what is sold from now on is matched anew, and who holds it is told.

Source: Order 2025 No. 7, art. 22, second paragraph. The text says promptly: the duty to tell falls due on the day. Who
holds the product may keep it, whatever the new level. Worked number: three sales to two people make two duties.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_AROSE, PROTECTION_DUTY_CHANGED
from benyuan.consumer_protection.suitability.facts import Ints, held
from benyuan.consumer_protection.suitability.records import REDEMPTION, SALE, SHELF, SHELF_CHANGED
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.suitability.register_product import Level

CHANGED = "suit.product_levels.changed"
HOLDERS = "holder"


@command("rerate_product")
class Rating(Command, frozen=True, kw_only=True):
    """From now on `product` is rated so by its maker and its seller; the higher one counts."""

    product: Id
    maker_level: Level
    seller_level: Level


def holders_of(books: Books, product: int) -> Ints:
    """Who has bought a product, and not cancelled or given all of it back, each once."""
    bought = (books.column(SALE, "product") == product) & (books.column(SALE, "cancelled_on") == 0)
    bought[books.column(REDEMPTION, "sale")[books.column(REDEMPTION, "left_shares") == 0]] = False
    return np.unique(books.column(SALE, "person")[bought])


def level_of(case: Case) -> Ints:
    """The higher of the two ratings."""
    return np.maximum(case.batch.integers("maker_level"), case.batch.integers("seller_level"))


class RerateProduct(UseCase):
    """Surveys who holds it; a change of the level makes a duty for each."""

    command = Rating
    needs = (Need(table=SHELF, by="product", prefix="shelf"),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The holders, where the level changes."""
        del rules
        level = max(int(batch.integers("maker_level")[0]), int(batch.integers("seller_level")[0]))
        changed = level != int(facts["shelf_level"][0])
        holders = holders_of(books, int(batch.integers("product")[0])) if changed else np.zeros(0, np.int64)
        return {"holders": np.array([len(holders)])}, {HOLDERS: holders}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Both rate it, and one of the ratings is new; the product has levels at all."""
        held(case, CHANGED)
        batch, facts = case.batch, case.facts
        maker, seller = batch.integers("maker_level"), batch.integers("seller_level")
        same = (maker == facts["shelf_maker_level"]) & (seller == facts["shelf_seller_level"])
        return {
            **faults_where(same, batch, "maker_level", "a rating that differs, of maker or seller"),
            **faults_where(maker == 0, batch, "maker_level", "from 1 to 5"),
            **faults_where(seller == 0, batch, "seller_level", "from 1 to 5"),
            **faults_where(facts["shelf_level"] == 0, batch, "product", "a product that has a risk level"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The ratings, and a duty for each holder."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        product = {name: batch.integers(name) for name in ("maker_level", "seller_level")}
        product |= {"id": batch.integers("product"), "level": level_of(case)}
        people = case.facts.flows[HOLDERS] if accepted.all() else np.zeros(0, np.int64)
        first = case.facts.next_ids[PROTECTION_DUTY.name]
        duties = {
            "id": first + np.arange(len(people)),
            "kind": int(DutyKind.tell_of_level),
            "person": people,
            "about": int(batch.integers("product")[0]),
            "arose_on": batch.on,
            "due_on": batch.on,
            **dict.fromkeys(("borrower", "subject", "done_on", "level"), 0),
        }
        return Recorded(
            results={"level": level_of(case), "to_tell": case.facts["holders"]},
            events=[
                *event(SHELF_CHANGED, rows(accepted, **product)),
                *event(PROTECTION_DUTY_AROSE, rows(np.ones(len(people), np.bool_), **duties)),
            ],
        )


@command("tell_holder")
class Telling(Command, frozen=True, kw_only=True):
    """The holder whom `duty` names was told of the product's new level."""

    duty: Id


class TellHolder(UseCase):
    """Ends the duty."""

    command = Telling
    needs = (Need(table=PROTECTION_DUTY, by="duty", prefix="owed"),)

    def conflicts(self, batch: Batch) -> tuple[Ints]:
        """A duty is done once."""
        return (batch.integers("duty"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A duty of this kind that is open."""
        other = case.facts["owed_kind"] != DutyKind.tell_of_level
        done = np.asarray(other | (case.facts["owed_done_on"] != 0), np.bool_)
        return faults_where(done, case.batch, "duty", "an open duty to tell a holder of a changed level")

    def record(self, decided: Decided) -> Recorded:
        """Done, in time or, with `late` 1, after the day."""
        case, on = decided.case, decided.case.batch.on
        columns = rows(decided.accepted, id=case.batch.integers("duty"), done_on=on)
        late = (on > case.facts["owed_due_on"]).astype(np.int64)
        return Recorded(results={"late": late}, events=event(PROTECTION_DUTY_CHANGED, columns))
