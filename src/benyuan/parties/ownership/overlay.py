"""A mapping as it was, but for some keys: what changed is kept beside it, and nothing is copied.

Worked: over {1: "a", 2: "b"} without 2, and with 3 written as "c": 1 and 3 are there, 2 is not.
"""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Overlay(dict[Key, Value]):
    """What was written is iterated over and counted; what was there before is found besides, but for `without`."""

    def __init__(self, below: Mapping[Key, Value], without: Collection[Key]) -> None:
        super().__init__()
        self._below, self._without = below, without

    def __missing__(self, key: Key) -> Value:
        if key in self._without:
            raise KeyError(key)
        return self._below[key]

    def __contains__(self, key: object) -> bool:
        return super().__contains__(key) or (key not in self._without and key in self._below)

    def get(self, key: Key, default: Any = None) -> Any:
        """What was written, or what was there before."""
        try:
            return self[key]
        except KeyError:
            return default
