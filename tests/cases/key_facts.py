"""Key facts in cases: from the day on which they are asked for they are shown and confirmed unless a case says not."""

from typing import Any

from benyuan.assurance.protection.key_facts import key_facts_made
from benyuan.decisions.commands import REGISTRY
from benyuan.usecases.lending.facts_read import KEY_FACTS_READ
from benyuan.values.dates import local_day
from benyuan.values.errors import BadInput
from tests.cases.world import World

LENDER = "lender"
TWO = 2
"""Microseconds that showing and confirming take."""


def read_key_facts(world: World, kind: str, *, at: int, **fields: Any) -> None:
    """They are shown and confirmed just before `at`; nothing where there are none to show, which the draw will tell."""
    on = local_day(at)
    if world.group.regime.pack.in_force(id=KEY_FACTS_READ, on=on) is None:
        return
    named = {"lender_name": LENDER, **fields}
    try:
        (made,) = key_facts_made(world.group, kind=kind, on=on, columns={name: [each] for name, each in named.items()})
    except BadInput:
        return
    shown = world.do(REGISTRY[kind](**named, text_digest=made.digest), at=at - TWO)
    number = shown.results["key_facts"]
    world.do(REGISTRY["confirm_key_facts"](borrower=fields["borrower"], key_facts=number), at=at - 1)
