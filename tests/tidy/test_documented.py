"""Every status, rule, command and setting has its place in docs/reference, found by the name that a user meets."""

import re
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import get_type_hints

import pytest
import typer
import yaml

from tests.tidy.sources import ROOT, Finding, assert_tidy
from tests.tidy.test_rule_data import rule_files

REFERENCE = "docs/reference"


def import_or_skip(name: str) -> ModuleType:
    """The module; a skip only where it does not exist yet, never where it fails to import."""
    parts = name.split(".")
    for length in range(1, len(parts) + 1):
        spec = find_spec(".".join(parts[:length]))
        if spec is None or spec.origin is None:  # without an origin it is a folder that has no __init__.py yet
            pytest.skip(f"{name} does not exist yet")
    return import_module(name)


def page(name: str) -> str:
    """The page's text; empty if there is no such page, so that everything is missing from it."""
    file = ROOT / REFERENCE / name
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def headings(text: str) -> list[str]:
    return [line.lstrip("#").replace("`", "").strip() for line in text.splitlines() if re.match(r"#{1,6} ", line)]


def table_cells(text: str) -> set[str]:
    rows = (line for line in text.splitlines() if line.startswith("|"))
    return {cell.replace("`", "").strip() for row in rows for cell in row.split("|")}


def names_in_headings(text: str) -> set[str]:
    """The words of all headings, whole: `pay.scope` is not in a heading that has only `pay.scope.only_licensed`."""
    return {word.rstrip(":,") for heading in headings(text) for word in heading.split()}


def commands_in_headings(text: str) -> set[str]:
    """`pay file` for the heading "benyuan pay file PATH" or "pay file: ..."."""
    plain = (re.split(r"[:：(<\[]|\s[A-Z—–-]", heading)[0].strip() for heading in headings(text))
    return {heading.removeprefix("benyuan ") for heading in plain}


def missing_from(name: str, *, wanted: set[str], present: set[str], kind: str) -> Iterator[Finding]:
    for item in wanted - present:
        yield Finding(f"{REFERENCE}/{name}", 1, f"give the {kind} `{item}` a heading (make docs, if it is generated)")


@pytest.mark.parametrize("enum_name", ["LegStatus", "AccountStatus"])
def test_ledger_statuses_are_documented(enum_name: str) -> None:
    statuses: type[Enum] = getattr(import_or_skip("benyuan.ledger.statuses"), enum_name)
    text = page("ledger.md")
    present = names_in_headings(text) | table_cells(text)
    assert_tidy(missing_from("ledger.md", wanted=set(statuses.__members__), present=present, kind="status"))


def rule_ids(node: object) -> Iterator[str]:
    """The id beside every list `values`, however deep."""
    if isinstance(node, list):
        for item in node:
            yield from rule_ids(item)
    if isinstance(node, dict):
        if "values" in node and isinstance(node.get("id"), str):
            yield node["id"]
        for child in node.values():
            yield from rule_ids(child)


def test_rules_are_documented() -> None:
    files = rule_files()
    if not files:
        pytest.skip("there are no rules yet")
    wanted = {name for file in files for name in rule_ids(yaml.safe_load(file.read_text(encoding="utf-8")))}
    assert wanted
    assert_tidy(missing_from("rules.md", wanted=wanted, present=names_in_headings(page("rules.md")), kind="rule"))


def commands_of(app: typer.Typer, *, prefix: str = "") -> Iterator[str]:
    """Every command's full name without the program's: `verify`, `rules show`."""
    for command in app.registered_commands:
        name = command.name or (command.callback.__name__.replace("_", "-") if command.callback else "")
        if not command.hidden:
            yield f"{prefix}{name}"
    for group in app.registered_groups:
        if group.typer_instance is not None:
            name = group.name if isinstance(group.name, str) else str(group.typer_instance.info.name)
            yield from commands_of(group.typer_instance, prefix=f"{prefix}{name} ")


def test_commands_are_documented() -> None:
    cli = import_or_skip("benyuan.cli")
    apps = [value for value in vars(cli).values() if isinstance(value, typer.Typer)]
    assert apps, "benyuan.cli holds the Typer application under a name of its own"
    wanted = {name for app in apps for name in commands_of(app)}
    assert wanted
    assert_tidy(missing_from("cli.md", wanted=wanted, present=commands_in_headings(page("cli.md")), kind="command"))


def test_settings_are_documented() -> None:
    settings = getattr(import_or_skip("benyuan.app"), "Settings", None)
    if settings is None:
        pytest.skip("benyuan.app has no Settings yet")
    text = page("settings.md")
    present = names_in_headings(text) | table_cells(text)
    assert_tidy(missing_from("settings.md", wanted=set(get_type_hints(settings)), present=present, kind="setting"))


def test_names_are_found_whole() -> None:
    text = "# Rules\n## `pay.scope.only_licensed`: licences\n| `created` | posted |\nnot a heading: pay.fee\n"
    assert "pay.scope.only_licensed" in names_in_headings(text)
    assert not {"pay.scope", "pay.fee"} & names_in_headings(text)
    assert "created" in table_cells(text)


def test_commands_are_found_whole() -> None:
    app, rules = typer.Typer(), typer.Typer()
    app.command()(test_names_are_found_whole)
    rules.command("show")(test_names_are_found_whole)
    app.add_typer(rules, name="rules")
    assert set(commands_of(app)) == {"test-names-are-found-whole", "rules show"}
    assert commands_in_headings("## `benyuan rules show RULE`\n### verify: rebuild and compare") == {
        "rules show",
        "verify",
    }
