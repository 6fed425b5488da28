"""Steps about merchants: individual sellers, places and branches."""

from collections.abc import Callable, Mapping
from typing import Any

from benyuan.decisions.commands import Command
from benyuan.usecases.close_branch import CloseOffice
from benyuan.usecases.dismiss_seller import Dismiss
from benyuan.usecases.place_merchant import Place
from benyuan.usecases.recognise_seller import Recognise
from benyuan.usecases.record_area import Area
from benyuan.usecases.record_branch import Branch
from tests.cases.duty_steps import number_of_day
from tests.cases.reading import fen, local
from tests.cases.world import HOME, World

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


def _area(world: World, provinces: str, entry: Entry, at: int) -> Command:
    begins = number_of_day(entry.get("from", local(at)))
    return Area(institution=world.id("institution", HOME), provinces=provinces, from_date=begins)


def _branch(world: World, province: Any, entry: Entry, at: int) -> Command:
    return Branch(
        institution=world.id("institution", HOME),
        province=province,
        opened_on=number_of_day(entry["opened"]),
        filed_on=number_of_day(entry.get("filed", 0)),
        seat=entry.get("seat", False),
    )


def _close_branch(world: World, province: Any, entry: Entry, at: int) -> Command:
    closed = number_of_day(entry["from"])
    return CloseOffice(institution=world.id("institution", HOME), province=province, closed_on=closed)


def _place(world: World, name: str, entry: Entry, at: int) -> Command:
    merchant = world.merchant(name, at=world.group.last_at)
    return Place(merchant=merchant, province=entry["in"], reference="visit 1")


VERBS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "recognise": (_recognise, ("registered", "since", "income", "until")),
    "dismiss": (_dismiss, ()),
    "area": (_area, ("from",)),
    "branch": (_branch, ("opened", "filed", "seat")),
    "close_branch": (_close_branch, ("from",)),
    "place": (_place, ("in",)),
}
"""For each verb: the command that it makes, and what it may say besides."""
