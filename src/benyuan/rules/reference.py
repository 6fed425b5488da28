"""The reference page of a rule pack, as Markdown: a heading for every rule, its dated values, choices and open rows.

python -m benyuan.rules.reference > docs/reference/rules.md
"""

import sys
from collections.abc import Iterable

from benyuan.rules.loader import load_pack
from benyuan.rules.pack import RulePack
from benyuan.rules.parameters import Parameter, Parameters
from benyuan.rules.quantities import factor_text, percent_text
from benyuan.rules.types import OpenRow, Rule, RuleValue
from benyuan.rules.vocabulary import ParameterType, Unit
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.money import yuan_text

_HEAD = """# Rules

Written by `python -m benyuan.rules.reference`; don't edit. {rules} rules and {open} open rows; the pack's digest is
`{digest}`.

A value holds from its first day until the next value begins, or until the day before `until`. Outside these days the
rule has no answer, and what depends on it is refused. What the text leaves open and benyuan chose stands under
*Choices*. `verified` means that figure and article were read in the official text; see [citations.md](citations.md).
"""


def reference(pack: RulePack) -> str:
    """The whole page; equal packs give equal text."""
    head = _HEAD.format(rules=len(pack.rules()), open=len(pack.open_rows), digest=pack.digest)
    return "\n".join([head, *(_rule(rule) for rule in pack.rules()), _open_rows(pack.open_rows)])


def _rule(rule: Rule) -> str:
    paragraphs = [
        f"## `{rule.id}`",
        f"{rule.title.en}. {rule.title.zh}。",
        _facts(rule),
        _table(("in force", "until", "value", "source", "status"), (_value(each) for each in rule.values)),
        *_notes(rule),
        *_choices(rule),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _facts(rule: Rule) -> str:
    facts = {
        "measure": str(rule.measure),
        "kind": rule.kind,
        "reads": rule.reads,
        "scope": rule.scope,
        "window": rule.window or "",
        "unit": rule.unit,
        "includes": ", ".join(rule.includes),
        "excludes": ", ".join(rule.excludes),
    }
    shown = {name: fact for name, fact in facts.items() if fact}
    return _table(tuple(shown), [tuple(shown.values())])


def _notes(rule: Rule) -> list[str]:
    return [f"From {from_yyyymmdd(value.in_force)}: {value.note}" for value in rule.values if value.note]


def _choices(rule: Rule) -> list[str]:
    rows = [f"- **{choice.name}**: {choice.text.strip()}" for choice in rule.choices]
    return ["Choices:", "\n".join(rows)] if rows else []


def _value(value: RuleValue) -> tuple[str, ...]:
    verified = f" {from_yyyymmdd(value.verified_on)}" if value.verified_on else ""
    return (
        str(from_yyyymmdd(value.in_force)),
        str(from_yyyymmdd(value.until)) if value.until else "",
        _figure(value),
        "<br>".join(_sources(value)),
        f"{value.status}{verified}",
    )


def _figure(value: RuleValue) -> str:
    rows = (value.parameters, *value.tiers)
    steps = [f"{percent_text(each.rate_ppm)} above {yuan_text(each.over_fen)} yuan" for each in value.slices]
    return "<br>".join(filter(None, (_amount(value), *steps, *(_parameters(row) for row in rows))))


def _amount(value: RuleValue) -> str:
    if value.agreed:
        return "as agreed"
    if value.unit is Unit.FLAG:
        return "yes"
    if value.amount is None:
        return ""
    match value.unit:
        case Unit.CNY:
            return f"{yuan_text(value.fen)} yuan"
        case Unit.RATIO_PPM:
            return percent_text(value.ppm)
        case _:
            return f"{value.count} {value.unit.replace('_', ' ')}"


def _parameters(row: Parameters) -> str:
    return ", ".join(f"{entry.name} {_parameter(entry)}" for entry in row.entries)


def _parameter(entry: Parameter) -> str:
    if isinstance(entry.value, bool):
        return "yes" if entry.value else "no"
    if isinstance(entry.value, str):
        return entry.value
    match entry.type:
        case ParameterType.CNY:
            return f"{yuan_text(entry.value)} yuan"
        case ParameterType.USD:
            return f"{yuan_text(entry.value)} dollars"
        case ParameterType.RATIO_PPM:
            return percent_text(entry.value)
        case ParameterType.FACTOR_PPM:
            return factor_text(entry.value)
        case ParameterType.DATE:
            return str(from_yyyymmdd(entry.value))
        case _:
            return f"{entry.value} {entry.type.replace('_', ' ')}"


def _sources(value: RuleValue) -> list[str]:
    """Every document once, with the places in it that the value cites."""
    places: dict[str, list[str]] = {}
    for cite in (value.cite, *value.also):
        places.setdefault(f"{cite.document}《{cite.title}》", []).append(f"{cite.article or ''}{cite.item or ''}")
    return [f"{document}{'、'.join(filter(None, found))}" for document, found in places.items()]


def _open_rows(rows: Iterable[OpenRow]) -> str:
    cells = (
        (f"`{row.id}`", row.title, row.document, row.article or "", row.status, row.reason.strip()) for row in rows
    )
    table = _table(("row", "what", "document", "place", "known as", "why it is open"), cells)
    return f"## Open rows\n\nRows of the catalogue that are not encoded.\n\n{table}\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


if __name__ == "__main__":
    sys.stdout.write(reference(load_pack()))
