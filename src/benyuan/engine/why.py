"""`why`: for any decision, every gate and limit that it met, with article and figures.

The decision itself stopped at the first refusal; here the rest is looked at too. Facts are those that the decision
read, kept with it in the log; usage and balances are those of that moment, walked back to from today's.
"""

from contextlib import suppress
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Facts
from benyuan.decisions.outcomes import Invalid, Outcome
from benyuan.decisions.usecase import Case, Gate, UseCase
from benyuan.engine.answers import answer_from_log
from benyuan.engine.checks import check_gate
from benyuan.engine.codec import unpacked
from benyuan.engine.group import Group
from benyuan.engine.moment import UNBOUND, Moment
from benyuan.engine.readers import reader_gates
from benyuan.engine.reading import OF_BEFORE, Opened
from benyuan.engine.regime import Regime
from benyuan.engine.store import StoreDamaged
from benyuan.ledger import NO_CEILING
from benyuan.ledger.layout import ROW
from benyuan.rules import Refusal
from benyuan.rules.vocabulary import Unit
from benyuan.values.dates import from_yyyymmdd, local_day
from benyuan.values.money import yuan_text

NOT_IN_FORCE = "not_in_force"


class Check(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One gate, limit or balance that a command met, figures in fen.

    `outcome`: passed, refused, excepted (by the text's own exception), not_applicable (the rule speaks of other
    commands), not_used (nothing counted), not_in_force (on that day). `available`: what the paying account had, where
    that is the bound. `unit`: CNY for fen, else what is counted. `figures`: what tells two checks of one rule apart.
    """

    rule_id: str
    kind: str
    outcome: str
    title_en: str
    title_zh: str
    document: str
    article: str | None = None
    item: str | None = None
    status: str = ""
    unit: str = "CNY"
    in_force: int = 0
    limit: int | None = None
    used_before: int | None = None
    asked: int | None = None
    headroom: int | None = None
    available: int | None = None
    figures: dict[str, Any] = {}


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """A decision laid open. Dates as yyyymmdd, times in microseconds since 1970 UTC."""

    position: int
    kind: str
    at: int
    on: int
    outcome: str
    command: dict[str, Any]
    results: dict[str, Any]
    refusal: Refusal | None
    invalid: Invalid | None
    facts: dict[str, int]
    checks: list[Check]
    legs: list[dict[str, int]]
    regime: str
    release: str

    def text(self, language: str = "en") -> str:
        """The explanation in plain lines, in English ("en") or Chinese ("zh")."""
        words = _WORDS[language]
        lines = [f"{words['command']} {self.position}  {self.kind}  {from_yyyymmdd(self.on)}  {words[self.outcome]}"]
        lines += [f"  {name} = {item}" for name, item in {**self.command, **self.results}.items()]
        if self.refusal is not None:
            lines.append(self.refusal.text(language))
        if self.invalid is not None:
            lines.append(self.invalid.text())
        lines += [_check_line(check, language) for check in self.checks]
        return "\n".join(lines)


_WORDS = {
    "en": {
        "command": "command",
        "accepted": "accepted",
        "refused": "REFUSED",
        "invalid": "INVALID",
        "passed": "passed ",
        "not_used": "not used",
        "excepted": "excepted",
        "not_applicable": "no case",
        "not_in_force": "not yet",
        "available": "available",
        "limit": "limit",
        "used": "used before",
        "asked": "asked",
        "left": "left",
    },
    "zh": {
        "command": "指令",
        "accepted": "已受理",
        "refused": "不予办理",
        "invalid": "输入有误",
        "passed": "通过",
        "not_used": "未占用",
        "excepted": "例外",
        "not_applicable": "不涉及",
        "not_in_force": "尚未施行",
        "available": "可用",
        "limit": "限额",
        "used": "此前已用",
        "asked": "本次",
        "left": "剩余",
    },
}


def _check_line(check: Check, language: str) -> str:
    words = _WORDS[language]
    title = check.title_zh if language == "zh" else check.title_en
    place = f"{check.document}{check.article or ''}{check.item or ''}"
    line = f"  [{words[check.outcome]}] {check.rule_id}: {title} ({place}, {check.status})"
    if check.figures:
        line += "  " + ", ".join(f"{name} {figure}" for name, figure in check.figures.items())
    if check.available is not None:
        figures = {"available": check.available, "asked": check.asked or 0}
        return line + "  " + ", ".join(f"{words[name]} {yuan_text(fen)}" for name, fen in figures.items())
    if check.limit is None or check.used_before is None or check.asked is None:
        return line
    figures = {"limit": check.limit, "used": check.used_before, "asked": check.asked, "left": check.headroom or 0}
    said = yuan_text if check.unit == Unit.CNY else str
    return line + "  " + ", ".join(f"{words[name]} {said(figure)}" for name, figure in figures.items())


def why(group: Group, position: int) -> Explanation:
    """Explain the command at a log position. Errors: KeyError: no such command."""
    opened = group.reader.at_position(position)
    place = position - opened.block.first_position
    answer = answer_from_log(opened, position, repeated=False)
    batch = opened.batch().part(place, place + 1)
    regime = _regime(group, opened)
    use_case = group.use_cases[opened.block.kind]
    case = Case(batch=batch, facts=_facts(opened, place), rules=regime.pack, calendar=regime.calendar)
    rows = _rows(opened, position)
    explained = opened.outcome["facts"] and answer.outcome is not Outcome.invalid
    explained = explained and opened.is_of_today  # else it had other facts
    checks = _checks(group, opened, case, use_case) if explained else []
    return Explanation(
        position=position,
        kind=opened.block.kind,
        at=answer.at,
        on=local_day(answer.at),
        outcome=answer.outcome.name,
        command=batch.row(0),
        results=answer.results,
        refusal=answer.refusal,
        invalid=answer.invalid,
        facts=case.facts.row(0),
        checks=checks,
        legs=[{name: int(row[name]) for name in ROW.names or ()} for row in rows],
        regime=opened.block.regime,
        release=opened.block.release,
    )


def _regime(group: Group, opened: Opened) -> Regime:
    canonical = group.store.regime(opened.block.regime)
    if canonical is None:
        raise StoreDamaged(f"the rules {opened.block.regime} that decided block {opened.block.seq} are not stored")
    return Regime.from_canonical(canonical)


def _facts(opened: Opened, place: int) -> Facts:
    columns = {name: opened.integers("facts", name)[place : place + 1] for name in opened.outcome["facts"]}
    return Facts(columns=columns, next_ids={}, next_account=0)


def _rows(opened: Opened, position: int) -> NDArray[Any]:
    rows = unpacked(opened.block.rows, dtype=ROW, count=opened.block.legs)
    mine: NDArray[Any] = rows[rows["reference"] == position]
    return mine


def _checks(group: Group, opened: Opened, case: Case, use_case: UseCase) -> list[Check]:
    """Those that can be told: what a later release asks besides was not asked then."""
    found: list[Check] = []
    for gate in (*check_gate(case), *reader_gates(case), *use_case.gates):
        with suppress(*OF_BEFORE):
            found.append(_check(case, gate.rule, outcome=_outcome(case, gate), figures=_words_of(case, gate)))
    with suppress(*OF_BEFORE):
        found += _limits(group, opened, case, use_case)
    return found


def _outcome(case: Case, gate: Gate) -> str:
    if case.rules.in_force(id=gate.rule, on=case.batch.on) is None:
        return "not_applicable"
    if not bool(gate.passes(case)[0]):
        return "refused"
    if gate.applies is not None and not bool(gate.applies(case)[0]):
        return "not_applicable"
    return "excepted" if gate.excepted is not None and bool(gate.excepted(case)[0]) else "passed"


def _words_of(case: Case, gate: Gate) -> dict[str, Any]:
    """What of a gate's figures are words: which business it is about."""
    figures = gate.figures(case, 0) if gate.figures else {}
    return {name: figure for name, figure in figures.items() if isinstance(figure, str)}


def _limits(group: Group, opened: Opened, case: Case, use_case: UseCase) -> list[Check]:
    """The legs that the command has or would have, each against the balance or the usage of that moment."""
    if not use_case.rules:
        return []
    legs = use_case.legs(case, np.ones(1, np.bool_))
    position = int(case.batch.position[0])
    trial = Moment(group=group, before=_leg_before(opened, position)).trial(legs.legs)
    found = []
    for place, rule in enumerate(legs.rule.tolist()):
        limit, available = int(legs.legs["ceiling"][place]), int(trial.available[place])
        if rule < 0 or (limit == NO_CEILING and available == UNBOUND):
            continue
        name, asked, used = use_case.rules[rule], int(trial.moved[place]), int(trial.used[place])
        if limit == NO_CEILING:
            outcome = "passed" if asked <= available else "refused"
            found.append(_check(case, name, outcome=outcome, asked=asked, available=available))
            continue
        outcome = "not_used" if asked == 0 else ("passed" if used + asked <= limit else "refused")
        headroom = max(limit - used, 0)
        found.append(_check(case, name, outcome=outcome, limit=limit, used_before=used, asked=asked, headroom=headroom))
    told = {check.rule_id for check in found if check.outcome != "not_used"}
    return [check for check in found if check.outcome != "not_used" or check.rule_id not in told]


def _leg_before(opened: Opened, position: int) -> int:
    """The last leg that stood when the command was decided."""
    rows = unpacked(opened.block.rows, dtype=ROW, count=opened.block.legs)
    first = opened.block.first_position
    earlier = np.flatnonzero((rows["reference"] >= first) & (rows["reference"] < position))
    return opened.block.first_leg + (int(earlier[-1]) if len(earlier) else -1)


def _check(case: Case, rule_id: str, *, outcome: str, **figures: Any) -> Check:
    rule, on = case.rules.rule(rule_id), case.batch.on
    there = case.rules.in_force(id=rule_id, on=on)
    value = there or (rule.values[0] if on < rule.values[0].in_force else rule.values[-1])
    if there is None:
        outcome = NOT_IN_FORCE
    return Check(
        rule_id=rule_id,
        kind=rule.kind.value,
        outcome=outcome if there else "not_applicable",
        title_en=rule.title.en,
        title_zh=rule.title.zh,
        document=value.cite.document,
        article=value.cite.article,
        item=value.cite.item,
        status=value.status.value,
        in_force=value.in_force,
        unit=str(rule.unit.value) if "limit" in figures and rule.unit is not Unit.RATIO_PPM else "CNY",
        **figures,
    )


__all__ = ["Check", "Explanation", "why"]
