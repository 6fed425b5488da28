"""Steps about merchants: individual sellers, places and branches."""

from collections.abc import Callable, Mapping
from typing import Any

from benyuan.decisions.commands import Command
from benyuan.usecases.agree_settlement import AgreeCycle
from benyuan.usecases.close_branch import CloseOffice
from benyuan.usecases.dismiss_seller import Dismiss
from benyuan.usecases.issue_merchant_code import IssueShown
from benyuan.usecases.place_merchant import Place
from benyuan.usecases.publish_withdrawal_fees import PublishWithdrawals
from benyuan.usecases.recognise_seller import Recognise
from benyuan.usecases.record_area import Area
from benyuan.usecases.record_branch import Branch
from benyuan.usecases.recover_advance import Recover
from benyuan.usecases.set_provision import Provide
from tests.cases.duty_steps import number_of_day
from tests.cases.reading import fen, local, moment, ppm
from tests.cases.world import HOME, SHOP, World

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


def _show(world: World, number: int, entry: Entry, at: int) -> Command:
    merchant = world.merchant(entry.get("by", SHOP), at=world.group.last_at)
    expires = moment(entry["expires"])
    return IssueShown(merchant=merchant, merchant_code=number, amount_fen=fen(entry["for"]), expires_at=expires)


def _provision(world: World, amount: str, entry: Entry, at: int) -> Command:
    institution = world.id("institution", HOME)
    return Provide(institution=institution, amount_fen=fen(amount), move=entry["move"], reference="decision 1")


def _recover(world: World, amount: str, entry: Entry, at: int) -> Command:
    return Recover(
        dispute=entry["of"],
        amount_fen=fen(amount),
        source=entry.get("from", "receipts"),
        agreed=entry.get("agreed", True),
        reference="notice 1",
    )


def _cycle(world: World, cycle: Any, entry: Entry, at: int) -> Command:
    merchant = world.merchant(entry.get("with", SHOP), at=world.group.last_at)
    return AgreeCycle(merchant=merchant, cycle=cycle, count=entry["count"], reference="contract 1")


def _publish_withdrawals(world: World, rate: str, entry: Entry, at: int) -> Command:
    begins, free = number_of_day(entry["from"]), fen(entry["free"])
    institution = world.id("institution", HOME)
    return PublishWithdrawals(institution=institution, from_date=begins, rate_ppm=ppm(rate), free_each_fen=free)


VERBS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "recognise": (_recognise, ("registered", "since", "income", "until")),
    "dismiss": (_dismiss, ()),
    "area": (_area, ("from",)),
    "branch": (_branch, ("opened", "filed", "seat")),
    "close_branch": (_close_branch, ("from",)),
    "show": (_show, ("by", "for", "expires")),
    "provision": (_provision, ("move",)),
    "recover": (_recover, ("of", "from", "agreed")),
    "cycle": (_cycle, ("with", "count")),
    "withdrawals_cost": (_publish_withdrawals, ("from", "free")),
    "place": (_place, ("in",)),
}
"""For each verb: the command that it makes, and what it may say besides."""
