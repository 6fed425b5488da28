"""As much of JSON Schema (2020-12) as the schema of BODS uses; a keyword that it doesn't know fails."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benyuan.values.dates import parse_yyyymmdd
from benyuan.values.errors import BadInput

SAYS_NOTHING = {
    *("$id", "$schema", "$comment", "$defs", "title", "description", "version", "codelist", "openCodelist"),
    *("propertyOrder", "then", "else"),
}
TYPES: dict[str, Any] = {"object": dict, "array": list, "string": str, "boolean": bool, "number": (int, float)}


class Schema:
    """The schemas of a directory, by their `$id`."""

    def __init__(self, directory: Path) -> None:
        files = [json.loads(path.read_text(encoding="utf-8")) for path in directory.glob("*.json")]
        self._by_id = {each["$id"]: each for each in files}

    def faults(self, value: Any, name: str) -> list[str]:
        """What of a value does not fit the schema of a name; empty where all does."""
        return list(self._faults(value, self._by_id[name], self._by_id[name], "$"))

    def _faults(self, value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
        for word, given in schema.items():
            if word in SAYS_NOTHING:
                continue
            yield from getattr(self, f"_{word.lstrip('$').lower()}")(value, given, root, at)
        if "if" in schema:
            branch = "then" if not list(self._faults(value, schema["if"], root, at)) else "else"
            yield from self._faults(value, schema.get(branch, {}), root, at)

    def _ref(self, value: Any, given: str, root: Mapping[str, Any], at: str) -> Iterator[str]:
        name, _, path = given.partition("#")
        found = root = self._by_id[name] if name else root
        for part in path.split("/")[1:]:
            found = found[part]
        yield from self._faults(value, found, root, at)

    def _type(self, value: Any, given: str, root: Mapping[str, Any], at: str) -> Iterator[str]:
        del root
        if not isinstance(value, TYPES[given]) or (given == "number" and isinstance(value, bool)):
            yield f"{at}: no {given}"

    def _properties(self, value: Any, given: Mapping[str, Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
        if isinstance(value, dict):
            for name in value.keys() & given.keys():
                yield from self._faults(value[name], given[name], root, f"{at}.{name}")

    def _items(self, value: Any, given: Mapping[str, Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
        if isinstance(value, list):
            for place, item in enumerate(value):
                yield from self._faults(item, given, root, f"{at}[{place}]")

    def _required(self, value: Any, given: list[str], root: Mapping[str, Any], at: str) -> Iterator[str]:
        del root
        if isinstance(value, dict):
            yield from (f"{at}: no {name}" for name in given if name not in value)

    def _allof(self, value: Any, given: list[Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
        for each in given:
            yield from self._faults(value, each, root, at)

    def _anyof(self, value: Any, given: list[Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
        if not self._fitting(value, given, root, at):
            yield f"{at}: fits none"

    def _oneof(self, value: Any, given: list[Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
        if self._fitting(value, given, root, at) != 1:
            yield f"{at}: fits not exactly one"

    def _not(self, value: Any, given: Mapping[str, Any], root: Mapping[str, Any], at: str) -> Iterator[str]:
        if self._fitting(value, [given], root, at):
            yield f"{at}: fits what it should not"

    def _fitting(self, value: Any, given: list[Any], root: Mapping[str, Any], at: str) -> int:
        return sum(not list(self._faults(value, each, root, at)) for each in given)

    @staticmethod
    def _if(value: Any, given: Any, root: Any, at: str) -> Iterator[str]:
        del value, given, root, at
        return iter(())

    @staticmethod
    def _enum(value: Any, given: list[Any], root: Any, at: str) -> Iterator[str]:
        del root
        if value not in given:
            yield f"{at}: {value!r} is none of {given}"

    @staticmethod
    def _const(value: Any, given: Any, root: Any, at: str) -> Iterator[str]:
        del root
        if value != given:
            yield f"{at}: {value!r} is not {given!r}"

    @staticmethod
    def _minlength(value: Any, given: int, root: Any, at: str) -> Iterator[str]:
        del root
        if isinstance(value, str) and len(value) < given:
            yield f"{at}: shorter than {given}"

    @staticmethod
    def _maxlength(value: Any, given: int, root: Any, at: str) -> Iterator[str]:
        del root
        if isinstance(value, str) and len(value) > given:
            yield f"{at}: longer than {given}"

    @staticmethod
    def _minimum(value: Any, given: float, root: Any, at: str) -> Iterator[str]:
        del root
        if value < given:
            yield f"{at}: below {given}"

    @staticmethod
    def _maximum(value: Any, given: float, root: Any, at: str) -> Iterator[str]:
        del root
        if value > given:
            yield f"{at}: above {given}"

    @staticmethod
    def _pattern(value: Any, given: str, root: Any, at: str) -> Iterator[str]:
        del root
        if isinstance(value, str) and not re.search(given, value):
            yield f"{at}: not as {given}"

    @staticmethod
    def _format(value: Any, given: str, root: Any, at: str) -> Iterator[str]:
        del root
        if given == "date" and not _is_date(value):
            yield f"{at}: no {given}"
        if given == "date-time" and "T" not in str(value):
            yield f"{at}: no {given}"
        if given == "uri" and ":" not in str(value):
            yield f"{at}: no {given}"


def _is_date(text: str) -> bool:
    try:
        parse_yyyymmdd(text)
    except BadInput:
        return False
    return True
