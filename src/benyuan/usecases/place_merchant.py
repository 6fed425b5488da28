"""The province in which a merchant has its place of business (银发〔2017〕296号, art. 29; 公告〔2013〕9号, art. 16).

Order of checks: the licence names the province, seat or branch is there; a merchant that moves was verified again that
day, before the change (银发〔2021〕259号, item 二（三）).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.payments.merchant_stops import left_faults
from benyuan.payments.places import (
    AREA,
    BRANCH,
    MERCHANT_PLACE,
    MERCHANT_PLACE_CHANGED,
    MERCHANT_PLACED,
    OF_INSTITUTION,
    PROVINCE_NUMBER,
    Province,
    place_gates,
)
from benyuan.payments.vocabulary import MERCHANT_KIND_NUMBER, MerchantKind
from benyuan.rules import RulePack
from benyuan.usecases.common import MERCHANT_NEED, Id, Reference, faults_where, rows

REVERIFY = "acq.merchant.reverify"


@command("place_merchant")
class Place(Command, frozen=True, kw_only=True):
    """`merchant` has its place of business in `province`; none: it has none any more. `reference`: of the visit."""

    merchant: Id
    province: Province
    reference: Reference


def province_number(case: Case) -> NDArray[np.int64]:
    """The number of each command's province."""
    return case.batch.numbers("province", PROVINCE_NUMBER)


def moves(case: Case) -> NDArray[np.bool_]:
    """Where a place that was recorded changes, on a day on which a text speaks of it."""
    if case.rules.in_force(id=REVERIFY, on=case.batch.on) is None:
        return np.zeros(len(case.batch), np.bool_)
    return np.asarray(case.facts.found("place") & (case.facts["place_province"] != province_number(case)), np.bool_)


class PlaceMerchant(UseCase):
    """Records the province, and by which branch the merchant is served."""

    command = Place
    needs = (
        MERCHANT_NEED,
        Need(table=MERCHANT_PLACE, by="merchant", prefix="place"),
        Need(table=AREA, by="merchant_institution", prefix="area"),
    )
    gates = (
        *place_gates(province_number),
        Gate(
            rule=REVERIFY,
            passes=lambda case: ~moves(case) | (case.facts["merchant_verified_on"] == case.batch.on),
            figures=lambda case, place: {"verified_on": int(case.facts["merchant_verified_on"][place])},
            applies=moves,
        ),
    )
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A merchant has one place."""
        return (batch.integers("merchant"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The branch in the province."""
        del rules
        keys = facts["merchant_institution"] * OF_INSTITUTION + batch.numbers("province", PROVINCE_NUMBER)
        there = (books.column(BRANCH, "institution") * OF_INSTITUTION + books.column(BRANCH, "province")).tolist()
        places = {key: place for place, key in enumerate(there) if key}
        found = np.array([places.get(key, 0) for key in keys.tolist()], np.int64)
        names = ("opened_on", "closed_on")
        return {"branch_key": keys, **{f"branch_{name}": books.column(BRANCH, name)[found] for name in names}}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The merchant is served, and is none that sells online only."""
        online = case.facts["merchant_kind"] == MERCHANT_KIND_NUMBER[MerchantKind.individual_seller]
        placed = online & (province_number(case) != 0)
        wrong = faults_where(placed, case.batch, "merchant", "a merchant that may have a place: this one sells online")
        return {**wrong, **left_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """The place."""
        case, accepted = decided.case, decided.accepted
        batch, known, number = case.batch, case.facts.found("place"), province_number(case)
        entry = {
            "id": batch.integers("merchant"),
            "province": number,
            "branch": np.where(number != 0, case.facts["branch_key"], 0),
            "since": batch.on,
            "position": batch.position,
        }
        return Recorded(
            results={},
            events=[
                *event(MERCHANT_PLACED, rows(accepted & ~known, **entry)),
                *event(MERCHANT_PLACE_CHANGED, rows(accepted & known, **entry)),
            ],
        )
