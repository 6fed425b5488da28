"""Questions about the holding company that a case can ask: must it apply, its capital, who may hold and lead it.

Money is a text in yuan; a body is named by its place in the list, from 1. Answers: `met` lists each line or check in
order, `distance` how far each line is from what is asked, in fen (a text in yuan with a minus for under).
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from benyuan.holding_company.capital import GroupAccounts, capital_lines, ceiling_lines, whole_group_line
from benyuan.holding_company.checks import Check
from benyuan.holding_company.lines import Line
from benyuan.holding_company.organs import governed_how, organ_checks
from benyuan.holding_company.people import Around, Office, Person, interlock_checks, person_checks, post_checks
from benyuan.holding_company.shareholders import Holder, controller_lines, profit_check
from benyuan.holding_company.triggers import Controller, Institution, in_scope, trigger_of, verdict_of
from benyuan.parties.bodies.vocabulary import BodyKind, Business, Place
from benyuan.parties.ownership.vocabulary import Post
from benyuan.rules import RulePack
from benyuan.rules.places import value_on
from benyuan.values.calendar import WorkingCalendar
from benyuan.values.dates import add_months
from tests.cases.reading import day, fen, known

Asked = Mapping[str, Any]


def _fen(text: Any) -> int | None:
    if text is None:
        return None
    return -fen(text[1:]) if text.startswith("-") else fen(text)


def _distances(lines: list[Line]) -> list[str | None]:
    return [None if line.distance_fen is None else _yuan(line.distance_fen) for line in lines]


def _yuan(amount: int) -> str:
    whole, part = divmod(abs(amount), 100)
    return f"{'-' if amount < 0 else ''}{whole:,}.{part:02d}"


def _group(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"institutions", "controllers"}, where="group")
    institutions = []
    for place, each in enumerate(asked["institutions"], start=1):
        known(each, {"business", "assets", "entrusted"}, where="institutions")
        institutions.append(
            Institution(
                body=place,
                business=each["business"],
                total_assets_fen=_fen(each.get("assets")),
                entrusted_fen=_fen(each.get("entrusted", "0.00")),
            )
        )
    controllers = [_controller(each) for each in asked.get("controllers", [{"kind": "company"}])]
    scope, trigger = in_scope(controllers), trigger_of(institutions, on=on, rules=rules)
    verdict, _ = verdict_of(trigger, scope=scope)
    return {
        "verdict": verdict.value,
        "types": trigger.types,
        "bank": trigger.has_bank,
        "scope": scope,
        "met": [line.met for line in trigger.lines],
        "distance": _distances(trigger.lines),
        "untold": [list(line.untold) for line in trigger.lines],
        "article": trigger.lines[0].place.article,
    }


def _controller(asked: Asked) -> Controller:
    known(asked, {"kind", "place", "business"}, where="controllers")
    return Controller(
        body=1,
        kind=BodyKind(asked["kind"]),
        place=Place(asked.get("place", "mainland")),
        business=Business(asked.get("business", "none")),
    )


def _capital(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"paid_in", "registered"}, where="capital")
    registered = {place: _fen(each) for place, each in enumerate(asked.get("registered", []), start=1)}
    lines = capital_lines(paid_in_fen=_fen(asked.get("paid_in")), registered=registered, on=on, rules=rules)
    return _lines(lines)


def _lines(lines: list[Line]) -> dict[str, Any]:
    return {
        "met": [line.met for line in lines],
        "distance": _distances(lines),
        "rules": [line.place.rule for line in lines],
    }


def _whole_group(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"accounts"}, where="whole_group")
    accounts = []
    for each in asked["accounts"]:
        known(each, {"as_of", "financial", "total"}, where="accounts")
        accounts.append(
            GroupAccounts(as_of=day(each["as_of"]), financial_fen=fen(each["financial"]), total_fen=fen(each["total"]))
        )
    line, below = whole_group_line(accounts, on=on, rules=rules)
    return {**_lines([line]), "below": below}


def _ceilings(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"net", "invested", "guaranteed"}, where="ceilings")
    lines = ceiling_lines(
        net_assets_fen=_fen(asked.get("net")),
        invested_fen=_fen(asked.get("invested")),
        guaranteed_fen=_fen(asked.get("guaranteed")),
        on=on,
        rules=rules,
    )
    return _lines(lines)


def _shareholder(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    known(asked, {"controls", "profits", "net", "total", "equity", "consolidated_net"}, where="shareholder")
    holder = Holder(
        body=1,
        controls=asked.get("controls", False),
        profits={year: _fen(amount) or 0 for year, amount in asked.get("profits", {}).items()},
        net_assets_fen=_fen(asked.get("net")),
        total_assets_fen=_fen(asked.get("total")),
        equity_investments_fen=_fen(asked.get("equity")),
        consolidated_net_fen=_fen(asked.get("consolidated_net")),
    )
    return {
        "profits": profit_check(holder, on=on, rules=rules).met,
        **_lines(controller_lines(holder, on=on, rules=rules)),
    }


def _person(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    fields = {"posts", "finance", "economics", "graduate", "in_post", "independent_at", "held"}
    known(asked, fields, where="person")
    posts = frozenset(map(Post, asked["posts"]))
    person = Person(
        individual=1,
        posts=posts,
        finance=_spans(asked.get("finance", [])),
        economics=_spans(asked.get("economics", [])),
        graduate=asked.get("graduate"),
        in_post=dict.fromkeys(posts, _spans(asked.get("in_post", []))),
        independent_at=frozenset(range(asked.get("independent_at", 0))),
        held={1: Fraction(asked.get("held", "0"))},
    )
    return _checks(list(person_checks(person, on=on, rules=rules)))


def _spans(asked: list[list[Any]]) -> list[tuple[int, int]]:
    return [(day(first), 0 if last is None else day(last)) for first, last in asked]


def _checks(checks: list[Check]) -> dict[str, Any]:
    return {
        "met": {f"{each.place.rule.removeprefix('fhc.')}: {each.what}": each.met for each in checks},
        "rules": [each.place.rule for each in checks],
    }


def _posts(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    """Who has which posts at the holding company 1, the controlled 2 and 3, the invested 4, the shop 5, an office 6."""
    known(asked, {"of_one", "of_two"}, where="posts")
    offices = [
        Office(individual=individual, body=body, post=Post(post))
        for individual, name in ((1, "of_one"), (2, "of_two"))
        for body, post in asked.get(name, [])
    ]
    around = Around(holding=1, controlled=frozenset({2, 3}), invested=frozenset({2, 3, 4}), no_profit=frozenset({6}))
    found = [*interlock_checks(offices, around, on=on, rules=rules), *post_checks(offices, around, on=on, rules=rules)]
    return {"found": [f"{each.who}: {each.place.rule}" for each in found]}


def _organs(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    """The organs of body 1: individuals from 1 on with their posts at bodies, of which 1 to 3 are commercial banks."""
    known(asked, {"posts", "in_post"}, where="organs")
    offices = [
        Office(individual=individual, body=body, post=Post(post))
        for individual, held in enumerate(asked["posts"], start=1)
        for body, post in held
    ]
    spans = {1: _spans(asked.get("in_post", []))}
    checks = list(organ_checks(offices, 1, in_post=spans, banks={1, 2, 3}, on=on, rules=rules))
    return {"met": {f"{each.who}: {each.place.rule.removeprefix('gov.')}: {each.found}": each.met for each in checks}}


def _code(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    """How the code of governance speaks of a business."""
    known(asked, {"business"}, where="code")
    return {"how": governed_how(Business(asked["business"]), on=on, rules=rules)}


def _deadline(asked: Asked, on: int, rules: RulePack) -> dict[str, Any]:
    """The last day of a deadline in months or working days from the day."""
    known(asked, {"rule", "further"}, where="deadline")
    value = value_on(rules, asked["rule"], on=on)
    if "further" in asked:
        return {"last": add_months(on, value.parameters.count(asked["further"]))}
    months = value.unit.value == "months"
    return {"last": add_months(on, value.count) if months else WorkingCalendar().add_working_days(on, value.count)}


HOLDING: dict[str, Callable[[Asked, int, RulePack], dict[str, Any]]] = {
    "group": _group,
    "capital": _capital,
    "whole_group": _whole_group,
    "ceilings": _ceilings,
    "shareholder": _shareholder,
    "person": _person,
    "posts": _posts,
    "organs": _organs,
    "code": _code,
    "deadline": _deadline,
}
