"""Numbers in stored rows and legs mean one thing each: no two words of an enumeration have the same value."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from enum import Enum, IntEnum

import benyuan


def enumerations() -> Iterator[type[Enum]]:
    """Every enumeration of benyuan."""
    for module in pkgutil.walk_packages(benyuan.__path__, "benyuan."):
        if not module.name.endswith("__main__"):
            for found in vars(importlib.import_module(module.name)).values():
                if inspect.isclass(found) and issubclass(found, Enum) and found.__module__ == module.name:
                    yield found


def aliases(of: type[Enum]) -> list[str]:
    """Words that are second names of a member, which Python takes in silence."""
    return [name for name, member in of.__members__.items() if name != member.name]


def test_no_two_words_have_one_value() -> None:
    found = list(enumerations())
    assert len(found) > 50
    assert {each.__qualname__: aliases(each) for each in found if aliases(each)} == {}


def test_finds_a_number_given_twice() -> None:
    class Code(IntEnum):
        freeze = 27
        provision = 27

    assert aliases(Code) == ["provision"]
