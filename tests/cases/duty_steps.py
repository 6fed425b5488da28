"""The steps that make duties, floors and cases; what each verb asks of the group."""

from collections.abc import Mapping
from typing import Any

from benyuan.decisions.commands import Command
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.deduct_frozen import DeductFrozen
from benyuan.usecases.draw_report import Draw
from benyuan.usecases.freeze_amount import FreezeAmount
from benyuan.usecases.judge_case import Judge
from benyuan.usecases.lift_freeze import LiftFreeze
from benyuan.usecases.open_case import Suspect
from benyuan.usecases.record_capital import Capital
from benyuan.usecases.record_incident import Incident
from benyuan.usecases.record_net_worth import NetWorth
from benyuan.usecases.report_incident import Report
from benyuan.usecases.report_plan import Plan
from benyuan.usecases.resolve_incident import Resolved
from benyuan.usecases.secure_freeze import SecureFreeze
from benyuan.usecases.set_monitoring import SetStandards
from benyuan.usecases.update_incident import IncidentGrown
from tests.cases.reading import day, fen, known, local, moment
from tests.cases.world import HOME, World

Entry = Mapping[str, Any]

INCIDENT_FIGURES = (
    "records",
    "customers",
    "outage_minutes",
    "transactions",
    "reserve_misused",
    "publicity",
    "bar_code",
)


def incident_step(world: World, kind: Any, entry: Entry, at: int) -> Command:
    figures = {name: entry[name] for name in INCIDENT_FIGURES if name in entry}
    money: dict[str, Any] = {f"{name}_fen": fen(entry[name]) for name in ("involved", "net_worth") if name in entry}
    return Incident(
        institution=world.id("institution", HOME),
        kind_of_incident=kind,
        occurred_at=moment(entry["occurred"]) if "occurred" in entry else at,
        **figures,
        **money,
    )


def grown_step(world: World, name: str, entry: Entry, at: int) -> Command:
    figures = {each: entry[each] for each in INCIDENT_FIGURES if each in entry}
    money: dict[str, Any] = {f"{each}_fen": fen(entry[each]) for each in ("involved", "net_worth") if each in entry}
    return IncidentGrown(incident=world.id("incident", name), **figures, **money)


def resolved_step(world: World, name: str, entry: Entry, at: int) -> Command:
    on = number_of_day(entry["dated"]) if "dated" in entry else 0
    return Resolved(incident=world.id("incident", name), resolved_on=on)


def report_incident_step(world: World, name: str, entry: Entry, at: int) -> Command:
    return Report(incident=world.id("incident", name))


def foretell_step(world: World, matter: Any, entry: Entry, at: int) -> Command:
    money: dict[str, Any] = {f"{name}_fen": fen(entry[name]) for name in ("amount", "net_worth") if name in entry}
    effect = number_of_day(entry["takes_effect"])
    return Plan(institution=world.id("institution", HOME), matter=matter, takes_effect_on=effect, **money)


def net_worth_step(world: World, amount: str, entry: Entry, at: int) -> Command:
    return NetWorth(
        institution=world.id("institution", HOME),
        year_end=number_of_day(entry["year_end"]),
        net_worth_fen=fen(amount),
        from_date=number_of_day(entry["from"]) if "from" in entry else number_of_day(local(at)),
    )


def capital_step(world: World, amount: str, entry: Entry, at: int) -> Command:
    return Capital(
        institution=world.id("institution", HOME),
        paid_in_fen=fen(amount),
        stored_value_2_provinces=entry.get("stored_value_2", 0),
        processing_1_provinces=entry.get("processing_1", 0),
        from_date=number_of_day(entry["from"]) if "from" in entry else number_of_day(local(at)),
        stored_value_2_limited=entry.get("limited", False),
    )


def number_of_day(date: Any) -> int:
    """A day as a number; one that does not exist can only be written as a number."""
    return date if isinstance(date, int) else day(date)


SPLIT = ("split_days", "split_count", "split_fen")
STANDARD = {
    "structuring_count": 3,
    "structuring_share_ppm": 900_000,
    "chain_fen": 1_000_000,
    "chain_share_ppm": 900_000,
    "chain_people": 3,
    "night_from": 0,
    "night_to": 5,
    "night_count": 5,
    "night_fen": 200_000,
    "cash_out_count": 3,
    "cash_out_fen": 100_000,
    "cash_out_multiple_fen": 10_000,
    "business_people": 3,
}
"""What a case's institution watches for, where the case sets standards and does not say otherwise."""


def monitor_step(world: World, figures: Entry, entry: Entry, at: int) -> Command:
    known(dict(figures), {*STANDARD, *SPLIT, "from"}, where="monitor")
    begins = number_of_day(figures.get("from", local(at)))
    said = {name: figure for name, figure in figures.items() if name != "from"}
    return SetStandards(institution=world.id("institution", HOME), from_date=begins, **{**STANDARD, **said})


def suspect_step(world: World, name: str, entry: Entry, at: int) -> Command:
    return Suspect(
        institution=world.id("institution", HOME),
        happened_on=number_of_day(entry.get("of", local(at))),
        grounds="he says that he is somebody else",
        amount_fen=fen(entry.get("amount", "0.00")),
        **{entry.get("kind", "person"): world.id(entry.get("kind", "person"), name)},
    )


def freeze_step(world: World, amount: str, entry: Entry, at: int) -> Command:
    return FreezeAmount(wallet=world.id("wallet", entry["of"]), amount_fen=fen(amount), reference="order 1")


def lift_step(world: World, number: int, entry: Entry, at: int) -> Command:
    return LiftFreeze(freeze=number, amount_fen=fen(entry.get("amount", "0.00")), reference="order 2")


def secure_step(world: World, number: int, entry: Entry, at: int) -> Command:
    return SecureFreeze(freeze=number)


def deduct_step(world: World, amount: str, entry: Entry, at: int) -> Command:
    return DeductFrozen(freeze=entry["of"], amount_fen=fen(amount), reference="order 3")


def bind_step(world: World, number: str, entry: Entry, at: int) -> Command:
    person = world.id("person", entry.get("of", "customer"))
    return Bind(person=person, mandate=True, card=entry.get("card", "debit"), number=number)


def draw_step(world: World, number: int, entry: Entry, at: int) -> Command:
    return Draw(duty=number, purpose=entry.get("purpose", "the law"), operator=entry.get("operator", "li"))


def judge_step(world: World, number: int, entry: Entry, at: int) -> Command:
    analysis = entry.get("analysis", "what the money was for")
    return Judge(case=number, verdict=entry["verdict"], analyst="analyst 1", analysis=analysis)
