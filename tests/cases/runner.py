"""Runs a case, and compares what happened with what the text says must happen.

`then` is one of
* `accepted`, or `accepted:` with results (money in yuan, numbers as they are);
* `refused: <rule>`, with `limit`, `used`, `asked`, `headroom` in yuan where the case names them; `figures` of a gate;
* `invalid: <field>`, with `says`, words that must stand in the answer;
* `not_accepted`, where no text names the rule, and `any`, where only what stands `after` matters;
and may have `after`: balances, and the duties that have arisen (`owed`: those of consumer protection). A refused or
invalid command moves no money, and money is conserved, whatever a case says.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from operator import itemgetter
from typing import Any

import msgspec

from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine.regime import Regime
from benyuan.payments.chart import LegCode
from benyuan.rules import RulePack, load_pack
from benyuan.rules.refusal import Refusal
from benyuan.rules.types import RuleValue
from benyuan.values.calendar import CalendarOverlay, WorkingCalendar
from tests.cases.investment_steps import invested_fen, owed_to_customers
from tests.cases.reading import BadCase, Case, Dated, day, fen, known, moment, ppm
from tests.cases.steps import Play

BALANCE_KINDS = {"wallets": "wallet", "merchants": "merchant", "waiting": "sale"}
OWN_KINDS = {"reserve": -1, "clearing_in": -1, "clearing_out": 1, "own_funds": 1, "fees": 1, "provision": 1}
"""The institution's own accounts, and the side on which they stand: -1 for debits."""

LIMIT_FIGURES = ("limit", "used", "asked", "headroom")
THEN_KEYS = {"accepted", "refused", "invalid", "not_accepted", "any", "says", "figures", "after", *LIMIT_FIGURES}
AFTER_KEYS = {*BALANCE_KINDS, *OWN_KINDS, "duties", "cases", "on_hold", "invested", "owed"}
NOT_ACCEPTED, ANY = "not_accepted", "any"


@cache
def built_in() -> RulePack:
    """The built-in pack, loaded once."""
    return load_pack()


@cache
def regime(
    *,
    moved: frozenset[tuple[str, dt.date]] = frozenset(),
    days: frozenset[tuple[dt.date, str]] = frozenset(),
    complete: frozenset[int] = frozenset(),
) -> Regime:
    """The built-in rules and calendar; `moved` rules begin on another day, and the calendar has the given overlay."""
    pack = built_in()
    for rule, first in moved:
        pack = _with_first_day(pack, rule, day(first))
    overlay = CalendarOverlay(days={day(date): meaning == "working" for date, meaning in days}, complete=complete)
    return Regime(pack=pack, calendar=WorkingCalendar(overlay=overlay))


def _with_first_day(pack: RulePack, rule_id: str, first: int) -> RulePack:
    rule = pack.rule(rule_id)
    earliest = msgspec.structs.replace(rule.values[0], in_force=first)
    moved = msgspec.structs.replace(rule, values=(earliest, *rule.values[1:]))
    return replace(pack, all_rules=tuple(moved if each.id == rule_id else each for each in pack.all_rules))


def run(case: Case) -> list[str]:
    """What differs from the case, in words; empty where nothing does. Raises BadCase."""
    overlay = case.given.get("calendar", {})
    known(overlay, {"complete", "days"}, where="calendar")
    rules = regime(
        moved=frozenset(case.moved.items()),
        days=frozenset(overlay.get("days", {}).items()),
        complete=frozenset(overlay.get("complete", [])),
    )
    world = Play(rules)
    try:
        world.begin(case.given, at=case.at)
        world.earlier(case.given.get("earlier", []), at=case.at)
        answer = world.step(case.when, at=case.at)
        return [*differences(case, world, answer), *world.faults, *_money(world), *_reserve(world)]
    finally:
        world.group.close()


def _money(world: Play) -> Iterator[str]:
    """What must hold after any command."""
    after = world.balances()
    if sum(after.values()):
        yield f"the accounts of money add up to {sum(after.values())} fen, not to nought: {after}"
    for (name, kind), balance in after.items():
        if kind in BALANCE_KINDS.values() and balance < 0:
            yield f"the {kind} {name} is overdrawn: {balance} fen"


IN_RESERVE = {LegCode.clearing_received}
OUT_OF_RESERVE = {LegCode.clearing_paid}
ON_ITS_WAY = {
    *(LegCode.withdrawal, LegCode.settlement, LegCode.fee_withdrawal, LegCode.refund_to_card, LegCode.refund),
    *(LegCode.dispute_refund_to_card, LegCode.dispute_refund, LegCode.dispute_hold),
    *(LegCode.deduction, LegCode.freeze_hold),
}
"""What a clearing may pay out of the reserve: to customers, to merchants, to whom the law has it go, and own money as
the supervisor passed it; holds are there until they end, and move nothing."""


def _reserve(world: Play) -> Iterator[str]:
    """Nothing enters or leaves the reserve, or is put on its way out, but as the law says; in whatever case."""
    if ("home", "reserve") not in world.accounts:
        return  # a lender's world
    reserve, out = world.accounts["home", "reserve"], world.accounts["home", "clearing_out"]
    leg = 1
    while leg <= world.group.ledger.leg_count:
        first, rows = world.group.reader.block(leg=leg)
        for side, account, allowed in (
            ("debit_account", reserve, IN_RESERVE),
            ("credit_account", reserve, OUT_OF_RESERVE),
            ("credit_account", out, ON_ITS_WAY),
        ):
            codes = set(rows["code"][rows[side] == account].tolist()) - set(map(int, allowed))
            if codes:
                yield f"legs of code {codes} have account {account} as their {side}"
        leg = first + len(rows)


def differences(case: Case, world: Play, answer: Answer) -> Iterator[str]:
    """What differs from what `then` says."""
    then: dict[str, Any] = {case.then: True} if isinstance(case.then, str) else dict(case.then)
    known(then, THEN_KEYS, where=f"{case.name}: then")
    wanted = [name for name in (*Outcome.__members__, NOT_ACCEPTED, ANY) if name in then]
    if len(wanted) != 1:
        raise BadCase(f"{case.name}: then says {wanted}, and must say one of them")
    alike = (answer.outcome is not Outcome.accepted) if wanted[0] == NOT_ACCEPTED else answer.outcome.name == wanted[0]
    if not alike and wanted[0] != ANY:
        fault = answer.refusal or answer.invalid
        yield f"the text says {wanted[0]}; the answer was {answer.outcome.name}: {fault.text() if fault else ''}"
    elif wanted[0] == "refused" and answer.refusal is not None:
        yield from _refusal(case, then, answer.refusal)
    elif wanted[0] == "invalid" and answer.invalid is not None:
        if answer.invalid.field != then["invalid"]:
            yield f"the field at fault is {then['invalid']}, not {answer.invalid.field}: {answer.invalid.text()}"
        if then.get("says", "") not in answer.invalid.text():
            yield f"{then['says']!r} does not stand in: {answer.invalid.text()}"
    elif isinstance(then.get("accepted"), dict):
        yield from _results(then["accepted"], answer.results)
    yield from _after(then.get("after", {}), world)


def _refusal(case: Case, then: Mapping[str, Any], refusal: Refusal) -> Iterator[str]:
    if refusal.rule_id != then["refused"]:
        yield f"the text refuses by {then['refused']}, not by {refusal.rule_id}: {refusal.text()}"
        return
    for name in LIMIT_FIGURES:
        if name in then and getattr(refusal, name) != fen(then[name]):
            yield f"{name} is {then[name]}, not {getattr(refusal, name)} fen"
    for name, figure in then.get("figures", {}).items():
        key, wanted = (f"{name}_fen", fen(figure)) if isinstance(figure, str) and "." in figure else (name, figure)
        if refusal.figures.get(key) != wanted:
            yield f"{key} is {wanted}, not {refusal.figures.get(key)}"
    if refusal.rule_id == case.rule:
        yield from _place(case.cite, refusal)


def _place(cite: Mapping[str, str], value: Any) -> Iterator[str]:
    for name in ("document", "article", "item"):
        if cite.get(name) != getattr(value, name):
            yield f"the {name} that says so is {cite.get(name)}, not {getattr(value, name)}"


def _results(wanted: Mapping[str, Any], results: Mapping[str, int]) -> Iterator[str]:
    for name, figure in wanted.items():
        key, number = (f"{name}_fen", fen(figure)) if isinstance(figure, str) else (name, figure)
        if isinstance(number, dt.datetime):
            number = moment(number)
        elif isinstance(number, dt.date):
            number = day(number)
        if key not in results:
            yield f"the answer has no {key}: {dict(results)}"
        elif results[key] != number:
            yield f"{key} is {number}, not {results[key]}"


def _after(wanted: Mapping[str, Any], world: Play) -> Iterator[str]:
    known(dict(wanted), AFTER_KEYS, where="after")
    world.balances()  # sales have accounts of their own since
    for group, kind in BALANCE_KINDS.items():
        for name, figure in wanted.get(group, {}).items():
            if world.balance(name, kind) != fen(figure):
                yield f"the {kind} {name} has {figure}, not {world.balance(name, kind)} fen"
    for kind, side in OWN_KINDS.items():
        if kind in wanted and side * world.balance("home", kind) != fen(wanted[kind]):
            yield f"{kind} is {wanted[kind]}, not {side * world.balance('home', kind)} fen"
    for name, figure in wanted.get("on_hold", {}).items():
        if world.on_hold(name) != fen(figure):
            yield f"of the merchant {name} {figure} is on hold, not {world.on_hold(name)} fen"
    yield from _of_investors(wanted, world)
    if "cases" in wanted:
        yield from _cases(wanted["cases"], world.cases())
    if "duties" in wanted:
        yield from _duties(wanted["duties"], world.duties())


def _cases(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> Iterator[str]:
    read = []
    for entry in wanted:
        known(entry, {"pattern", "of", "chain", "movements", "amount", "verdict"}, where="cases")
        read.append({**entry, **({"amount": fen(entry["amount"])} if "amount" in entry else {})})
    alike = len(read) == len(found) and all(
        {name: there[name] for name in want} == want for want, there in zip(read, found, strict=True)
    )
    if not alike:
        yield f"the cases are {read}, not {found}"


def _of_investors(wanted: Mapping[str, Any], world: Play) -> Iterator[str]:
    for name, figure in wanted.get("invested", {}).items():
        if invested_fen(world, name) != fen(figure):
            yield f"{name} has invested {figure}, not {invested_fen(world, name)} fen"
    if "owed" in wanted:
        yield from _owed(wanted["owed"], owed_to_customers(world))


def _owed(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> Iterator[str]:
    """Duties to customers, in order of arising; `due` and `done` 0 where there is no day."""
    read = []
    for entry in wanted:
        known(entry, {"kind", "of", "arose", "due", "done"}, where="owed")
        dates = {name: day(date) for name, date in entry.items() if isinstance(date, dt.date)}
        read.append({"due": 0, "done": 0, **entry, **dates})
    if read != found:
        yield f"what is owed to customers is {read}, not {found}"


def _duties(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> Iterator[str]:
    read: list[dict[str, Any]] = []
    for entry in wanted:
        known(entry, {"of", "side", "amount", "arose", "due", "done"}, where="duties")
        dates = {name: day(date) for name, date in entry.items() if isinstance(date, dt.date)}
        read.append({"side": "none", **entry, "amount": fen(entry.get("amount", "0.00")), **dates})
    order = itemgetter("of", "side", "amount", "arose")
    found = sorted(found, key=order)
    read = sorted(read, key=lambda duty: order({"arose": 0, **duty}))
    alike = len(read) == len(found) and all(
        {name: there[name] for name in want} == want for want, there in zip(read, found, strict=True)
    )
    if not alike:
        yield f"the duties are {read}, not {found}"


def run_dated(dated: Dated) -> list[str]:
    """What differs from what the rule pack says on a day, in words."""
    value = built_in().in_force(id=dated.rule, on=dated.on)
    if dated.says.get("value") == "not in force":
        return [] if value is None else [f"{dated.rule} is in force already, since {value.in_force}"]
    if value is None:
        return [f"{dated.rule} is not in force"]
    return [f"{name} is {wanted}, not {found}" for name, wanted, found in _compared(dated, value) if wanted != found]


def _compared(dated: Dated, value: RuleValue) -> Iterator[tuple[str, Any, Any]]:
    """Each thing that is said, as it should be and as it is."""
    says = dated.says
    yield "the document", dated.cite["document"], value.cite.document
    yield "the article", says.get("article", dated.cite.get("article")), value.cite.article
    if "value" in says:
        yield "the value", _number(says["value"]), _plain(value)
    if "status" in says:
        yield "the status", says["status"], value.status.value
    for name, figure in says.get("parameters", {}).items():
        yield name, _number(figure), {entry.name: entry.value for entry in value.parameters.entries}.get(name)
    if "tiers" in says:
        rows = [{entry.name: entry.value for entry in tier.entries} for tier in value.tiers]
        yield "the rows", [{name: _number(figure) for name, figure in tier.items()} for tier in says["tiers"]], rows
    if "slices" in says:
        slices = [{"over": each.over_fen, "rate": each.rate_ppm} for each in value.slices]
        yield "the slices", [{name: _number(figure) for name, figure in row.items()} for row in says["slices"]], slices


def _plain(value: RuleValue) -> Any:
    if value.agreed:
        return "agreed"
    return True if value.amount is None else value.amount


def _number(figure: Any) -> Any:
    """Money in fen, a percentage or a factor in parts per million, a day as yyyymmdd, anything else as it is."""
    if isinstance(figure, dt.date):
        return day(figure)
    if not isinstance(figure, str):
        return figure
    if figure.endswith("%"):
        return ppm(figure)
    if figure.endswith(" times"):
        whole, _, part = figure.removesuffix(" times").partition(".")
        return int(whole) * 1_000_000 + int(part.ljust(6, "0"))
    if "/" in figure:  # a fraction, kept as it is
        return figure
    return fen(figure) if figure[0].isdigit() else figure
