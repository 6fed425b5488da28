"""Steps about merchants: individual sellers."""

from collections.abc import Callable, Mapping
from typing import Any

from benyuan.decisions.commands import Command
from benyuan.usecases.dismiss_seller import Dismiss
from benyuan.usecases.recognise_seller import Recognise
from tests.cases.duty_steps import number_of_day
from tests.cases.reading import fen, local
from tests.cases.world import World

Entry = Mapping[str, Any]
Make = Callable[[World, Any, Entry, int], Command]


def _recognise(world: World, name: str, entry: Entry, at: int) -> Command:
    return Recognise(
        merchant=world.id("merchant", name),
        platform_registered=entry.get("registered", True),
        trading_since=number_of_day(entry["since"]),
        income_fen=fen(entry["income"]),
        valid_until=number_of_day(entry.get("until", local(at))),
        reference="decision 1",
    )


def _dismiss(world: World, name: str, entry: Entry, at: int) -> Command:
    return Dismiss(person=world.id("person", name), reference="finding 1")


VERBS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "recognise": (_recognise, ("registered", "since", "income", "until")),
    "dismiss": (_dismiss, ()),
}
"""For each verb: the command that it makes, and what it may say besides."""
