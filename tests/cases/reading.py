"""Boundary cases as they are written: YAML files, one for each rule or article, read strictly.

A file says in its first line, in our own words, what the text asks for, names the `rule` and the place that it was
written from (`cite`), and then has

* `cases`, each one command in a world of its own: `on` (a day, at noon) or `at` (a moment; without a zone it is China
  Standard Time), what is `given`, the command `when`, and what `then` happens. `note` says what the text leaves open.
* `reckoned`, each a question that moves nothing (reckoning.py);
* `dates`, each a question to the rule pack: what holds `on` a day, by the file's rule or by the `rule` of the entry.

Money is a text in yuan with two decimals. `moved` gives older rules another first day, where an older rule's own first
day can't be reached through a whole command, as the licence classes begin on 2024-07-09 only; the case says so.
Worked number: "1,000.00" is 100,000 fen.
"""

import datetime as dt
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parent
CHINA = dt.timezone(dt.timedelta(hours=8))
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
NOON = dt.time(12)

MONEY = re.compile(r"(\d{1,3}(,\d{3})+|\d+)\.\d\d")
FILE_KEYS = {"rule", "cite", "note", "usual", "cases", "dates", "reckoned"}
CASE_KEYS = {"name", "on", "at", "given", "when", "then", "note", "moved"}
DATE_KEYS = {"on", "rule", "value", "parameters", "tiers", "slices", "status", "article", "cite"}


class BadCase(Exception):
    """A case that can't be read: the file, the case, and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One command in a world of its own."""

    name: str
    rule: str
    cite: Mapping[str, str]
    at: int
    given: Mapping[str, Any]
    when: Mapping[str, Any]
    then: Any
    moved: Mapping[str, dt.date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """What the rule pack says on a day."""

    rule: str
    cite: Mapping[str, str]
    on: int
    says: Mapping[str, Any]


class _Loader(yaml.SafeLoader):
    """YAML, where a key that stands twice is an error, and where `on` is a word: only `true` and `false` are truths."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [key.value for key, _ in node.value]
        if len(names) != len(set(names)):
            raise BadCase(f"a key stands twice: {node.start_mark}")
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


def files() -> list[Path]:
    """Every file of cases."""
    return sorted(CASES.glob("*/*.yaml"))


@cache
def read(path: Path) -> dict[str, Any]:
    """The content of a file. Raises BadCase."""
    content = yaml.load(path.read_text("utf-8"), Loader=_Loader)
    known(content, FILE_KEYS, where=path.name)
    return dict(content)


def cases_of(path: Path) -> Iterator[tuple[str, Case]]:
    """The cases of a file, each with the name that tests show."""
    content = read(path)
    usual = content.get("usual", {})
    known(usual, {"on", "at", "given", "moved"}, where=f"{path.name}: usual")
    for entry in content.get("cases", []):
        known(entry, CASE_KEYS, where=f"{path.name}: {entry.get('name')}")
        yield f"{path.stem}: {entry['name']}", _case(content, {**usual, **entry}, usual.get("given", {}))


def dates_of(path: Path) -> Iterator[tuple[str, Dated]]:
    """The dated questions of a file, each with the name that tests show."""
    content = read(path)
    for entry in content.get("dates", []):
        known(entry, DATE_KEYS, where=f"{path.name}: dates")
        rule = entry.get("rule", content["rule"])
        says = {name: value for name, value in entry.items() if name not in {"on", "rule", "cite"}}
        yield (
            f"{path.stem}: {rule} on {entry['on']}",
            Dated(rule=rule, cite=entry.get("cite", content["cite"]), on=day(entry["on"]), says=says),
        )


def _case(content: Mapping[str, Any], entry: Mapping[str, Any], usual: Mapping[str, Any]) -> Case:
    case = Case(
        name=entry["name"],
        rule=content["rule"],
        cite=content["cite"],
        at=moment_of(entry),
        given={**usual, **entry.get("given", {})},
        when=entry["when"],
        then=entry["then"],
    )
    return replace(case, moved=entry["moved"]) if "moved" in entry else case


def known(entry: Any, keys: set[str], *, where: str) -> None:
    """Refuse what is not a mapping with these keys. Raises BadCase."""
    if not isinstance(entry, dict):
        raise BadCase(f"{where}: {entry!r} is no mapping")
    if unknown := set(entry) - keys:
        raise BadCase(f"{where}: nobody reads {', '.join(map(repr, sorted(unknown)))}")


def fen(text: Any) -> int:
    """A text such as "1,000.00" as 100,000 fen. Raises BadCase for anything but such a text."""
    if not isinstance(text, str) or MONEY.fullmatch(text) is None:
        raise BadCase(f'{text!r}: write money as "1,000.00", in quotation marks')
    return int(text.replace(",", "").replace(".", ""))


def ppm(text: str) -> int:
    """A share such as "95.0001%" as 950,001, a factor such as "1.5" as 1,500,000 parts per million."""
    number, percent = text.removesuffix("%"), text.endswith("%")
    whole, _, part = number.partition(".")
    places = 4 if percent else 6
    if len(part) > places:
        raise BadCase(f"{text!r} is finer than one in a million")
    return int(whole + part.ljust(places, "0"))


def day(date: dt.date) -> int:
    """A day as yyyymmdd."""
    return date.year * 10_000 + date.month * 100 + date.day


def moment_of(entry: Mapping[str, Any], *, otherwise: int = 0) -> int:
    """The time that `at` or `on` names, in microseconds since 1970 UTC."""
    if "at" in entry:
        return moment(entry["at"])
    if "on" in entry:
        return moment(dt.datetime.combine(entry["on"], NOON))
    return otherwise


def moment(at: dt.datetime) -> int:
    """A time in microseconds since 1970 UTC; without a zone it is China Standard Time."""
    if at.tzinfo is None:
        at = at.replace(tzinfo=CHINA)
    return (at - EPOCH) // dt.timedelta(microseconds=1)


def local(at: int) -> dt.datetime:
    """A moment in China Standard Time."""
    return (EPOCH + dt.timedelta(microseconds=at)).astimezone(CHINA)
