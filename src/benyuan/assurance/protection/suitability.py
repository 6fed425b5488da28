"""Products, levels, tests and sales as they stand on a day, and the terms that a customer saw, years later.

Source: Order 2025 No. 7 of the NFRA, arts. 17 (traceable, kept), 22, 29. Worked number: a test of level 3 on 2026-03-10
is shown with `valid_through` 2027-03-10, and on 2027-03-11 with `state` lapsed.
"""

from typing import Any

import numpy as np

from benyuan.consumer_protection.suitability.facts import VALIDITY
from benyuan.consumer_protection.suitability.gates import TESTS, TESTS_DAY
from benyuan.consumer_protection.suitability.loader import questionnaires
from benyuan.consumer_protection.suitability.records import (
    HOLDING,
    INVESTOR,
    MEANS,
    RATING,
    SALE,
    SHELF,
    SHELF_TERMS,
    TEST,
)
from benyuan.consumer_protection.suitability.scoring import scored
from benyuan.consumer_protection.suitability.vocabulary import CAPACITY_NUMBER, SORT_NUMBER
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.values.dates import add_months

WORDS = ("name", "maker", "seller", "target", "fees", "permit")
SORTS = {number: word for word, number in SORT_NUMBER.items()}
CAPACITIES = {number: word for word, number in CAPACITY_NUMBER.items()}
TEXT = "text"


def row_of(group: Group, table: Table, place: int) -> dict[str, int]:
    """One row with its number."""
    held = group.records.tables[table.name]
    return {"number": place} | {name: int(held.column(name)[place]) for name in table.columns}


def rows_of(group: Group, table: Table, *, person: int = 0) -> list[dict[str, int]]:
    """All rows of a table in order, or those of a person."""
    held = group.records.tables[table.name]
    places = held.all_with("person", person).tolist() if person else range(1, held.count + 1)
    return [row_of(group, table, place) for place in places]


def products(group: Group, *, on: int) -> list[dict[str, Any]]:
    """Every product with the words of its registration and the version of its terms on a day (yyyymmdd)."""
    found = []
    for row in rows_of(group, SHELF):
        opened = group.reader.at_position(row["position"])
        command = opened.batch().row(row["position"] - opened.block.first_position)
        words = {name: command[name] for name in WORDS}
        terms = version_on(group, product=row["number"], on=on)
        approved = row["approved_on"] and not (terms and not row_of(group, SHELF_TERMS, terms)["approved_on"])
        state = "suspended" if row["suspended"] else "approved" if approved else "not approved"
        if state == "approved" and terms and _is_older(group, terms=terms, product=row["number"]):
            state = "rated anew"
        found.append({**row, **words, "sort": SORTS[row["sort"]], "state": state, "terms": terms})
    return found


def version_on(group: Group, *, product: int, on: int) -> int:
    """The version of a product's terms that is in force on a day; 0 for none."""
    held = group.records.tables[SHELF_TERMS.name]
    begun = (held.column("product") == product) & (held.column("from_date") <= on)
    places = np.flatnonzero(begun)
    places = places[places > 0]
    if not len(places):
        return 0
    return int(places[np.lexsort((places, held.column("from_date")[places]))[-1]])


def _is_older(group: Group, *, terms: int, product: int) -> bool:
    """Whether terms were published before the product's level last changed."""
    held = group.records.tables[RATING.name]
    of_product = held.column("position")[held.column("owner") == product]
    return bool(len(of_product)) and row_of(group, SHELF_TERMS, terms)["position"] < int(of_product.max())


def due_releases(group: Group, *, on: int) -> list[int]:
    """The sales whose money still waits on a day after the last on which they could be cancelled, oldest first."""
    held = group.records.tables[HOLDING.name]
    waiting = held.ids()[held.column("released_on") == 0]
    waiting = np.sort(waiting[waiting > 0])
    sold = group.records.tables[SALE.name]
    due = (sold.column("cancelled_on")[waiting] == 0) & (sold.column("cancel_by")[waiting] < on)
    return [int(sale) for sale in waiting[due]]


def assets_of(group: Group, *, person: int, on: int) -> int | None:
    """How much of what a person stated counts on a day; None before any statement had a row."""
    held = group.records.tables[MEANS.name]
    places = np.flatnonzero((held.column("owner") == person) & (held.column("from_date") <= on))
    return int(held.column("counted_fen")[places[-1]]) if len(places) else None


def terms_shown(group: Group, *, product: int, on: int) -> dict[str, Any] | None:
    """The exact terms of a product on a day, whole, with their digest; None where there were none.

    `text` is empty where the payload has been erased. Errors: VaultLocked, SealBroken.
    """
    version = version_on(group, product=product, on=on)
    return terms_version(group, version=version) if version else None


def terms_version(group: Group, *, version: int) -> dict[str, Any]:
    """One version of terms. Errors: as `terms_shown`."""
    row = row_of(group, SHELF_TERMS, version)
    opened = group.reader.at_position(row["position"])
    digest = opened.batch().row(row["position"] - opened.block.first_position)["digest"]
    sealed = group.payloads.read(row["position"]) or {}
    return {**row, "digest": digest, "text": str(sealed.get(TEXT, ""))}


def level_of(group: Group, *, person: int, on: int) -> dict[str, Any] | None:
    """What a person may buy on a day, and how many tests are left; None where they are no investor."""
    held = group.records.tables[INVESTOR.name]
    places = np.flatnonzero(held.ids() == person)
    if not len(places) or not person:
        return None
    investor = {name: int(held.column(name)[places[0]]) for name in INVESTOR.columns}
    latest = row_of(group, TEST, investor["test"]) if investor["test"] else None
    counted = row_of(group, TEST, investor["counted"]) if investor["counted"] else None
    rules = group.regime.pack
    value = rules.value(id=TESTS, on=on)
    taken = [row["on_date"] for row in rows_of(group, TEST, person=person)]
    in_months = sum(day > add_months(on, -value.parameters.count("within")) for day in taken)
    through = add_months(counted["on_date"], rules.value(id=VALIDITY, on=on).count) if counted else 0
    waits = bool(latest and not latest["counts_from"])
    assets = assets_of(group, person=person, on=on)
    counts_fen = (counted["assets_fen"] if counted else 0) if assets is None else assets
    stated_fen = latest["assets_fen"] if latest else 0
    told = bool(counted and investor["told"] > counted["position"])
    state = "untested" if counted is None else "told" if told else "lapsed" if on > through else "valid"
    return {
        "person": person,
        "level": counted["level"] if counted else 0,
        "state": state,
        "tested_on": counted["on_date"] if counted else 0,
        "valid_through": through,
        "to_confirm": latest["number"] if waits and latest else 0,
        "new_level": latest["level"] if waits and latest else 0,
        "capacity": CAPACITIES[investor["capacity"]],
        "assets_fen": counts_fen,
        "assets_to_confirm_fen": stated_fen if stated_fen > counts_fen else 0,
        "tests_left_today": max(rules.value(id=TESTS_DAY, on=on).count - taken.count(on), 0),
        "tests_left": max(value.count - in_months, 0),
    }


def taken_tests(group: Group, *, person: int = 0) -> list[dict[str, int]]:
    """All tests, or those of a person, with how many levels each went up or down from the one before."""
    return [
        {**row, "change": row["level"] - row["previous_level"] if row["previous_level"] else 0}
        for row in rows_of(group, TEST, person=person)
    ]


def sales(group: Group, *, person: int = 0) -> list[dict[str, int]]:
    """All sales, or those to a person."""
    return rows_of(group, SALE, person=person)


def ill_scored(group: Group) -> list[int]:
    """Tests whose sealed answers give another level or other points than the log says; none where all is well.

    Answers that have been erased tell nothing. Errors: VaultLocked, SealBroken.
    """
    wrong = []
    for row in rows_of(group, TEST):
        sealed = group.payloads.read(row["position"])
        if sealed is None:
            continue
        points, level = scored(questionnaires()[row["questionnaire"]], [sealed["answers"]])
        if (int(points[0]), int(level[0])) != (row["points"], row["level"]):
            wrong.append(row["number"])
    return wrong
