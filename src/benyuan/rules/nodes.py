"""YAML nodes that know where they stand, so that every error of a rule file names file, line, field and expectation.

Nothing is converted by YAML itself: a scalar is text until a reader asks for a type, and money written as a float is
refused, not rounded.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn, TypeVar

import yaml

from benyuan.values.dates import parse_yyyymmdd
from benyuan.values.errors import BadInput
from benyuan.values.money import INT64_MAX

E = TypeVar("E", bound=StrEnum)
P = TypeVar("P")

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the compiled one is ten times faster; a wheel may lack it
_TAG = "tag:yaml.org,2002:"
DEEPEST = 32
_INTEGER = re.compile(r"0|[1-9][0-9]{0,18}")


class RuleFileError(Exception):
    """A rule file doesn't say what it must. `line` counts from 1; `field` is the path in the file, `values[0].cite`."""

    def __init__(self, *, file: str, line: int, field: str, value: str, expected: str) -> None:
        super().__init__(file, line, field, value, expected)
        self.file = file
        self.line = line
        self.field = field
        self.value = value
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: got {self.value}, expected {self.expected}"


def compose(*, file: str, text: str) -> "Node":
    """The root node of a rule file. Raises RuleFileError where the text is no YAML, is empty or has two documents."""
    try:
        _check_depth(file, text)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleFileError(file=file, line=line, field="(file)", value=str(error.problem), expected="YAML") from error
    except yaml.reader.ReaderError as error:
        found = yaml.reader.Reader.NON_PRINTABLE.search(text)  # its own position counts bytes, or characters
        line = text.count("\n", 0, found.start()) + 1 if found else 1
        raise RuleFileError(file=file, line=line, field="(file)", value=error.reason, expected="YAML") from error
    if root is None:
        raise RuleFileError(file=file, line=1, field="(file)", value="nothing", expected="a rule")
    return Node(file=file, field="", yaml=root)


def _check_depth(file: str, text: str) -> None:
    """Refuse what is nested so deep that composing it, which goes down into itself, would end the process."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            expected = f"at most {DEEPEST} levels"
            raise RuleFileError(file=file, line=line, field="(file)", value="one more level", expected=expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node with its file and its path in it. Every reader raises RuleFileError."""

    file: str
    field: str
    yaml: yaml.Node

    @property
    def line(self) -> int:
        """The line on which it begins, counted from 1."""
        return self.yaml.start_mark.line + 1

    def fail(self, expected: str) -> NoReturn:
        """Raise the error of this node."""
        field = self.field or "(file)"
        raise RuleFileError(file=self.file, line=self.line, field=field, value=self._shown(), expected=expected)

    def section(self, *, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> "Section":
        """A mapping with the required fields and no fields but these, none twice."""
        children = dict(self._children())
        for name, child in children.items():
            if name not in required + optional:
                child.fail(f"no such field; known here: {', '.join(sorted(required + optional))}")
        for name in required:
            if name not in children:
                self._missing(name)
        return Section(node=self, children=children)

    def mapping(self) -> dict[str, "Node"]:
        """A mapping with any fields, none twice."""
        return dict(self._children())

    def list(self) -> "list[Node]":
        """A list with at least one element."""
        if not isinstance(self.yaml, yaml.SequenceNode) or not self.yaml.value:
            self.fail("a list with at least one element")
        return [
            Node(file=self.file, field=f"{self.field}[{place}]", yaml=child)
            for place, child in enumerate(self.yaml.value)
        ]

    def text(self) -> str:
        """Text that is not empty."""
        text = self._scalar("str", "text")
        if not text.strip():
            self.fail("text that is not empty")
        return text

    def date(self) -> int:
        """A date, as yyyymmdd."""
        return self.parsed(parse_yyyymmdd, tags=("timestamp", "str"), expected="a date as YYYY-MM-DD")

    def integer(self) -> int:
        """An integer from 0 to 2**63 - 1, in plain decimal digits."""
        text = self._scalar("int", "a whole number")
        if _INTEGER.fullmatch(text) is None or int(text) > INT64_MAX:
            self.fail("a whole number in decimal digits")
        return int(text)

    def boolean(self) -> bool:
        """`true` or `false`, and none of YAML's other words for them."""
        if self._scalar("bool", "true or false") not in {"true", "false"}:
            self.fail("true or false")
        return self._scalar("bool", "true or false") == "true"

    def word(self, words: type[E]) -> E:
        """One of the closed words of a vocabulary."""
        text = self._scalar("str", "a word")
        if text not in {word.value for word in words}:
            self.fail(f"one of {', '.join(word.value for word in words)}")
        return words(text)

    def parsed(self, parse: Callable[..., P], *, expected: str, tags: tuple[str, ...] = ("str",)) -> P:
        """Text read by a parser that raises BadInput."""
        if not self.is_scalar(*tags):
            self.fail(expected)
        try:
            return parse(self.yaml.value, field=self.field)
        except BadInput as error:
            self.fail(error.constraint)

    def is_scalar(self, *tags: str) -> bool:
        """Whether it is a scalar that YAML resolves to one of these types: str, int, float, bool, timestamp, null."""
        return isinstance(self.yaml, yaml.ScalarNode) and self.yaml.tag in {f"{_TAG}{tag}" for tag in tags}

    def _scalar(self, tag: str, expected: str) -> str:
        if not self.is_scalar(tag):
            self.fail(expected)
        return str(self.yaml.value)

    def _children(self) -> "Iterator[tuple[str, Node]]":
        if not isinstance(self.yaml, yaml.MappingNode):
            self.fail("a mapping")
        seen: set[str] = set()
        for key, value in self.yaml.value:
            name = Node(file=self.file, field=self._path(str(key.value)), yaml=key)
            if not name.is_scalar("str"):
                name.fail("the name of a field")
            if key.value in seen:
                name.fail("each field once")
            seen.add(key.value)
            yield key.value, Node(file=self.file, field=self._path(key.value), yaml=value)

    def _missing(self, name: str) -> NoReturn:
        path = self._path(name)
        raise RuleFileError(file=self.file, line=self.line, field=path, value="nothing", expected="this field")

    def _path(self, name: str) -> str:
        return f"{self.field}.{name}" if self.field else name

    def _shown(self) -> str:
        if isinstance(self.yaml, yaml.ScalarNode):
            return repr(self.yaml.value) if self.is_scalar("str") else f"{self.yaml.value}"
        return "a list" if isinstance(self.yaml, yaml.SequenceNode) else "a mapping"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A mapping whose field names have been checked."""

    node: Node
    children: dict[str, Node]

    def __getitem__(self, name: str) -> Node:
        return self.children[name]

    def get(self, name: str) -> Node | None:
        """An optional field, or None where the file leaves it out."""
        return self.children.get(name)

    def text(self, name: str) -> str | None:
        """An optional text."""
        child = self.get(name)
        return None if child is None else child.text()

    def date(self, name: str) -> int | None:
        """An optional date, as yyyymmdd."""
        child = self.get(name)
        return None if child is None else child.date()

    def list(self, name: str) -> list[Node]:
        """An optional list; none where the file leaves it out, at least one element where it doesn't."""
        child = self.get(name)
        return [] if child is None else child.list()
