"""From the nodes of a rule file to rules: types, required fields, and what must hold among the fields of one rule."""

import re
from dataclasses import dataclass

from benyuan.rules.nodes import Node, Section
from benyuan.rules.types import Choice, OpenRow, ParameterDeclaration, Rule, Text
from benyuan.rules.valuereading import read_values
from benyuan.rules.vocabulary import Kind, Movement, ParameterType, Reads, Scope, Status, Unit
from benyuan.values.dates import Window

MEASURES = range(1, 7)

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-zA-Z0-9_]+)+")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WINDOWED = frozenset({Kind.LIMIT, Kind.DEADLINE})

_RULE_REQUIRED = ("id", "measure", "kind", "title", "reads", "scope", "unit", "values")
_RULE_OPTIONAL = ("window", "parameters", "choices", "includes", "excludes", "message", "overrides")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRule:
    """A rule with the node of its id, for errors among files, and whether it says that it overrides another."""

    rule: Rule
    node: Node
    overrides: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOpenRow:
    """An open row with the node of its id."""

    row: OpenRow
    node: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class FileContent:
    """What one file holds."""

    rules: tuple[ReadRule, ...]
    open_rows: tuple[ReadOpenRow, ...]


def read_file(root: Node) -> FileContent:
    """A file holds one rule, or a list of closely related ones under `rules`, or open rows under `open`."""
    if not {"rules", "open"} & root.mapping().keys():
        return FileContent(rules=(read_rule(root),), open_rows=())
    section = root.section(required=(), optional=("rules", "open"))
    return FileContent(
        rules=tuple(read_rule(node) for node in section.list("rules")),
        open_rows=tuple(_read_open_row(node) for node in section.list("open")),
    )


def read_rule(node: Node) -> ReadRule:
    """One rule, checked. Raises RuleFileError."""
    section = node.section(required=_RULE_REQUIRED, optional=_RULE_OPTIONAL)
    unit = section["unit"].word(Unit)
    declared = _read_declarations(section)
    rule = Rule(
        id=_read_id(section["id"]),
        measure=_read_measure(section["measure"]),
        kind=section["kind"].word(Kind),
        title=_read_text(section["title"]),
        reads=section["reads"].word(Reads),
        scope=section["scope"].word(Scope),
        window=_read_window(section),
        unit=unit,
        parameters=declared,
        choices=tuple(_read_choice(child) for child in section.list("choices")),
        includes=tuple(child.word(Movement) for child in section.list("includes")),
        excludes=tuple(child.word(Movement) for child in section.list("excludes")),
        message=_read_message(section),
        values=read_values(section["values"], unit=unit, declared=declared),
    )
    overrides = section.get("overrides")
    return ReadRule(rule=rule, node=section["id"], overrides=overrides is not None and overrides.boolean())


def _read_id(node: Node) -> str:
    if _ID.fullmatch(node.text()) is None:
        node.fail("a slug of words with dots, such as pay.account.class2.year")
    return node.text()


def _read_measure(node: Node) -> int:
    if node.integer() not in MEASURES:
        node.fail(f"a measure from {MEASURES.start} to {MEASURES.stop - 1}")
    return node.integer()


def _read_window(section: Section) -> Window | None:
    kind, window = section["kind"].word(Kind), section.get("window")
    if window is None and kind is Kind.LIMIT:
        section["kind"].fail("a `window` beside a limit")
    if window is not None and kind not in _WINDOWED:
        window.fail(f"no window beside a {kind}")
    return None if window is None else window.word(Window)


def _read_declarations(section: Section) -> tuple[ParameterDeclaration, ...]:
    node = section.get("parameters")
    children = {} if node is None else node.mapping()
    for name, child in children.items():
        if _NAME.fullmatch(name) is None:
            child.fail("a lower-case name for a parameter")
    return tuple(ParameterDeclaration(name=name, type=child.word(ParameterType)) for name, child in children.items())


def _read_text(node: Node) -> Text:
    section = node.section(required=("en", "zh"))
    return Text(en=section["en"].text(), zh=section["zh"].text())


def _read_message(section: Section) -> Text | None:
    node = section.get("message")
    return None if node is None else _read_text(node)


def _read_choice(node: Node) -> Choice:
    section = node.section(required=("name", "text"))
    return Choice(name=section["name"].text(), text=section["text"].text())


def _read_open_row(node: Node) -> ReadOpenRow:
    section = node.section(required=("id", "title", "document", "status", "reason"), optional=("article",))
    row = OpenRow(
        id=_read_id(section["id"]),
        title=section["title"].text(),
        document=section["document"].text(),
        article=section.text("article"),
        status=section["status"].word(Status),
        reason=section["reason"].text(),
    )
    return ReadOpenRow(row=row, node=section["id"])
