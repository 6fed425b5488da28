"""The key facts of an investment as text: level, charges, ways out, by the terms in force on a day.

Source: Order 2025 No. 7, art. 31. The terms themselves are shown by `show_terms`, and their gate is on the sale; this
is the page that stands before them. Worked: a product of level 3 says so first, and that what is put in may be lost.
"""

from typing import Any

import numpy as np

from benyuan.assurance.protection.key_facts import KeyFactsMade
from benyuan.consumer_protection.key_facts.loader import templates, version_on
from benyuan.consumer_protection.key_facts.rendering import digest_of, rendered
from benyuan.consumer_protection.suitability.records import EXIT_TERMS, SHELF, SHELF_TERMS_IN_FORCE
from benyuan.consumer_protection.suitability.vocabulary import IN_SCOPE, SORT_NUMBER
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group

DOCUMENT = "investment"


def product_facts(group: Group, *, product: int, on: int, language: str) -> KeyFactsMade:
    """The text of a product on a day. Errors: LookupError for one that is none, or has no terms in force."""
    held = group.records.tables[SHELF.name]
    if not 1 <= product <= held.count or int(held.column("sort")[product]) not in _SORTS:
        raise LookupError(f"no investment or insurance product {product}")
    shelf = {name: int(held.column(name)[product]) for name in SHELF.columns}
    terms = _row(group, SHELF_TERMS_IN_FORCE, product, on=on)
    if not terms or not version_on(on):
        raise LookupError(f"product {product} had no terms in force on {on}")
    exits = _row(group, EXIT_TERMS, terms["version"], on=on) or dict.fromkeys(EXIT_TERMS.columns, 0)
    command = _command(group, shelf["position"])
    text = rendered(
        templates()[version_on(on)],
        document=DOCUMENT,
        language=language,
        figures={**shelf, **exits, "product": product, "terms": terms["version"]},
        names={"product_name": command["name"], "maker_name": command["maker"], "fees": command["fees"]},
    )
    return KeyFactsMade(text=text, digest=digest_of(text))


_SORTS = frozenset(SORT_NUMBER[sort] for sort in IN_SCOPE)


def _row(group: Group, table: Table, number: int, *, on: int) -> dict[str, int]:
    held = group.records.tables[table.name]
    place = int(held.places(np.array([number]), on=on)[0])
    return {name: int(held.column(name)[place]) for name in table.columns} if place else {}


def _command(group: Group, position: int) -> dict[str, Any]:
    opened = group.reader.at_position(position)
    return opened.batch().row(position - opened.block.first_position)
