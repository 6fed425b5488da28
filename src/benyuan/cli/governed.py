"""The reference page of the rules of measures 1 and 6: by what each is held, and which of them no code reads.

Worked: `rpt.leasing.holder` is held by the ledger in `record_related_transaction`; `fhc.fine.founder` is read by
nothing, and stands with those that people keep.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import benyuan
from benyuan.cli.rights import Held, holders, kinds_of, read_in_code
from benyuan.governance.related.duties import RULE_NAME
from benyuan.governance.related.laws import LAWS
from benyuan.rules import RulePack
from benyuan.rules.types import Rule

MEASURES = {1: "Holding companies", 6: "Governance"}
ASKED_BY_NAME = ("governance/related", "usecases/related")
"""Where rules of either order on related parties are asked for by a name and the order's prefix."""
WORD = re.compile(r'"([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)"')
HOUSE = "rpt.house"


def read_by_name(pack: RulePack) -> frozenset[str]:
    """The rules on related parties that the code asks for by the prefix of whichever order binds."""
    root = Path(benyuan.__file__).parent
    files = sorted(file for place in ASKED_BY_NAME for file in (root / place).rglob("*.py"))
    words = {word for file in files for word in WORD.findall(file.read_text(encoding="utf-8"))}
    prefixes = {*(law.prefix for law in LAWS.values()), HOUSE}
    ids = {rule.id for rule in pack.rules()}
    return frozenset(ids & {f"{prefix}.{word}" for prefix in prefixes for word in words})


def held_by(pack: RulePack) -> Mapping[str, Held]:
    """By rule, with the duties of either order; what is held by nothing is not there."""
    held = dict(holders())
    ids = {rule.id for rule in pack.rules()}
    for duty, name in RULE_NAME.items():
        for rule in sorted({law.rule(name) for law in LAWS.values()} & ids):
            held.setdefault(rule, Held()).duties.append(duty.name)
    return held


def unread(pack: RulePack) -> list[Rule]:
    """The rules of both measures that no command asks, no duty runs under and no code reads, in the pack's order."""
    read = read_in_code() | held_by(pack).keys() | read_by_name(pack)
    return [rule for rule in pack.rules() if rule.measure in MEASURES and rule.id not in read]


def governed_page(pack: RulePack) -> str:
    """The page, in Markdown; equal code and packs give equal text."""
    held, left = held_by(pack), unread(pack)
    parts = [_HEAD]
    for measure, title in MEASURES.items():
        rules = [rule for rule in pack.rules() if rule.measure == measure and rule not in left]
        parts.append("\n".join([f"## {title}\n", *_rows(rules, held)]))
    rows = ["| rule | what |", "| --- | --- |", *(f"| `{rule.id}` | {rule.title.en} |" for rule in left)]
    return "\n\n".join([*parts, "\n".join([_LEFT + "\n", *rows])]) + "\n"


_HEAD = """# Holding companies and governance, and what holds their rules

Written by `python -m benyuan.cli.reference`; don't edit. *Asked by*: the commands that have a gate of the rule. *Held
by the ledger in*: those whose chain the rule can stop. *Owed as*: the duties that run under it. Where all three are
empty the rule's figures or words are read by what is reckoned and told, and refuse nothing by themselves."""
_LEFT = """## What no code reads

No command asks these, no duty runs under them, and no code asks what they say on a day: what is built does as they
say without asking (who counts together, what a transaction amounts to), they ask for judgement, bind somebody else, or
wait. They are here so that none passes for a gate."""


def _rows(rules: list[Rule], held: Mapping[str, Held]) -> Iterator[str]:
    yield "| rule | what | asked by | held by the ledger in | owed as |\n| --- | --- | --- | --- | --- |"
    for rule in rules:
        by = held.get(rule.id, Held())
        columns = " | ".join(kinds_of(each) for each in (by.gates, by.limits, by.duties))
        yield f"| `{rule.id}` | {rule.title.en} | {columns} |"
