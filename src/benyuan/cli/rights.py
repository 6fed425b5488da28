"""Who holds a rule: the commands that ask it, the ledger, the duties owed under it; and the eight rights, so served.

The reference page on rights is written from here. Worked: `suit.no_mismatch` is asked by `sell_investment`, so the
right to a fair deal has a gate; `cp.pbc.terms` is asked by nothing, and stands with those that people keep.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import benyuan
from benyuan.assurance.protection.calendar import PAYMENTS_RULE_OF, PROTECTION_RULE_OF
from benyuan.consumer_protection.claims.deadlines import RULE_OF_CLOCK
from benyuan.credit_bureau.redress.rules import RULE_OF as BUREAU_RULE_OF
from benyuan.holding_company.vocabulary import RULE_OF as HOLDING_RULE_OF
from benyuan.rules import RulePack
from benyuan.rules.types import Rule
from benyuan.usecases import USE_CASES

RIGHTS = "cp.rights"
PROTECTION = 5
"""The measure whose rules the page looks through."""
NAMED = re.compile(r'"([a-z]+(?:\.[a-z0-9_]+)+)"')
ANSWERED = "answer_complaint"


@dataclass(slots=True, kw_only=True)
class Held:
    """By what a rule is held: `gates` and `limits` are kinds of command, `duties` kinds of duty."""

    gates: list[str] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)


def holders() -> Mapping[str, Held]:
    """By rule; what is held by nothing is not there."""
    held: dict[str, Held] = defaultdict(Held)
    for kind, use_case in USE_CASES.items():
        for rule in dict.fromkeys(gate.rule for gate in use_case.gates):
            held[rule].gates.append(kind)
        for rule in dict.fromkeys(use_case.rules):
            held[rule].limits.append(kind)
    for kinds in (PAYMENTS_RULE_OF, PROTECTION_RULE_OF, BUREAU_RULE_OF, HOLDING_RULE_OF):
        for duty, rule in kinds.items():
            held[rule].duties.append(duty.name)
    for rule in RULE_OF_CLOCK.values():
        held[rule].duties.append(ANSWERED)
    return dict(held)


def read_in_code() -> frozenset[str]:
    """Every text in the code that has the form of a rule's id."""
    files = sorted(Path(benyuan.__file__).parent.rglob("*.py"))
    return frozenset(name for file in files for name in NAMED.findall(file.read_text(encoding="utf-8")))


def kept_by_people(pack: RulePack) -> list[Rule]:
    """The rules of consumer protection that nothing in the code reads, in the pack's order."""
    read = read_in_code() | holders().keys()
    return [rule for rule in pack.rules() if rule.measure == PROTECTION and rule.id not in read]


def rights_page(pack: RulePack, *, on: int) -> str:
    """The page, in Markdown; equal code and packs give equal text."""
    held = holders()
    rights: dict[str, list[str]] = defaultdict(list)
    for row in pack.value(id=RIGHTS, on=on).tiers:
        rights[row.code("right")].append(row.code("served_by"))
    parts = [_HEAD, *(_right(pack, right, rules, held) for right, rules in rights.items()), _people(pack)]
    return "\n\n".join(parts) + "\n"


_HEAD = """# Consumers' rights, and what holds them

Written by `python -m benyuan.cli.reference`; don't edit. The eight rights are those that `cp.rights` names; which rules
serve each is benyuan's mapping. *Asked by*: the commands that have a gate of the rule. *Held by the ledger in*: those
whose chain the rule can stop. *Owed as*: the duties that run under it."""
_PEOPLE = """## What people keep

Rules of consumer protection that no command asks, no duty runs under and no code reads: their words ask for judgement,
bind somebody else, or wait. They are here so that none passes for a gate."""


def _right(pack: RulePack, right: str, rules: list[str], held: Mapping[str, Held]) -> str:
    rows = [
        f"| `{rule}` | {pack.rule(rule).title.en} | {' | '.join(map(kinds_of, (by.gates, by.limits, by.duties)))} |"
        for rule in rules
        for by in (held[rule],)
    ]
    head = "| rule | what | asked by | held by the ledger in | owed as |\n| --- | --- | --- | --- | --- |"
    return "\n".join([f"## {right.replace('_', ' ')}\n", head, *rows])


def kinds_of(kinds: list[str]) -> str:
    """Kinds of command or duty, as code."""
    return ", ".join(f"`{kind}`" for kind in kinds)


def _people(pack: RulePack) -> str:
    return "\n".join([_PEOPLE + "\n", *_rows(kept_by_people(pack))])


def _rows(rules: list[Rule]) -> Iterator[str]:
    yield "| rule | what |\n| --- | --- |"
    for rule in rules:
        yield f"| `{rule.id}` | {rule.title.en} |"
