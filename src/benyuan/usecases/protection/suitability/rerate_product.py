"""A product's rating has changed: what is sold from now on is matched anew, and who holds it is told.

Sources: Order 2025 No. 7, arts. 22, 24, 31(2). The text says promptly: the duty to tell falls due on the day, and
nothing holds up a rating that goes up. One that goes down needs the committee's minutes and evidence. Terms from before
tell the old level: nothing is sold until later ones are approved. Who holds the product may keep it, whatever the new
level. Worked number: three sales to two people make two duties.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_AROSE, PROTECTION_DUTY_CHANGED
from benyuan.consumer_protection.suitability.facts import Ints, Truths, given, held
from benyuan.consumer_protection.suitability.records import RATING, SHELF, SHELF_CHANGED, SHELF_RERATED
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, numbered, rows
from benyuan.usecases.protection.suitability.evidence import Digest, MaybeDigest, digest_faults, maybe_digest_faults
from benyuan.usecases.protection.suitability.holding import holders_of
from benyuan.usecases.protection.suitability.register_product import Level, level_of

CHANGED, DOWN = "suit.product_levels.changed", "suit.house.rating_down"
HOLDERS = "holder"


@command("rerate_product", version=2)
class Rating(Command, frozen=True, kw_only=True):
    """From now on `product` is rated so by its maker and its seller; the higher one counts.

    Digests: `minutes`, of the committee's; `evidence`, of what the new rating rests on. Both where the level falls.
    """

    product: Id
    maker_level: Level
    seller_level: Level
    minutes: MaybeDigest = ""
    evidence: MaybeDigest = ""


def falls(case: Case) -> Truths:
    """Where the level that counts becomes lower."""
    return np.asarray(level_of(case) < case.facts["shelf_level"], np.bool_)


def _founded(case: Case) -> Truths:
    lower = falls(case)
    if lower.any():
        held(case, DOWN)
    return np.asarray(~lower | (given(case, "minutes") & given(case, "evidence")), np.bool_)


def _levels(case: Case, place: int) -> dict[str, Any]:
    before = int(case.facts["shelf_level"][place])
    return {"level_before": before, "new_level": int(level_of(case)[place])}


class RerateProduct(UseCase):
    """Surveys who holds it; a change of the level makes a duty for each."""

    command = Rating
    needs = (Need(table=SHELF, by="product", prefix="shelf"),)
    gates = (Gate(rule=DOWN, passes=_founded, figures=_levels, applies=falls),)
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
            **maybe_digest_faults(batch, "minutes"),
            **maybe_digest_faults(batch, "evidence"),
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
        other = accepted & (level_of(case) != case.facts["shelf_level"])
        rating: dict[str, Any] = {
            "id": numbered(other, case.facts.next_ids[RATING.name]),
            "owner": batch.integers("product"),
        }
        rating |= {"from_date": batch.on, "level": level_of(case), "position": batch.position}
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
                *event(SHELF_RERATED, rows(other, **rating)),
                *event(PROTECTION_DUTY_AROSE, rows(np.ones(len(people), np.bool_), **duties)),
            ],
        )


@command("tell_holder", version=2)
class Telling(Command, frozen=True, kw_only=True):
    """The holder whom `duty` names was told that the product's level is new, or above their own.

    `evidence`: the digest of what was sent or shown.
    """

    duty: Id
    evidence: Digest


class TellHolder(UseCase):
    """Ends the duty."""

    command = Telling
    needs = (Need(table=PROTECTION_DUTY, by="duty", prefix="owed"),)

    def conflicts(self, batch: Batch) -> tuple[Ints]:
        """A duty is done once."""
        return (batch.integers("duty"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A duty of this kind that is open; a digest."""
        other = case.facts["owed_kind"] != DutyKind.tell_of_level
        done = np.asarray(other | (case.facts["owed_done_on"] != 0), np.bool_)
        return {
            **digest_faults(case.batch, "evidence"),
            **faults_where(done, case.batch, "duty", "an open duty to tell a holder of a changed level"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Done, in time or, with `late` 1, after the day."""
        case, on = decided.case, decided.case.batch.on
        columns = rows(decided.accepted, id=case.batch.integers("duty"), done_on=on)
        late = (on > case.facts["owed_due_on"]).astype(np.int64)
        return Recorded(results={"late": late}, events=event(PROTECTION_DUTY_CHANGED, columns))
