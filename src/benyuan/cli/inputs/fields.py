"""What a command's fields take, read off its own declaration: for files and for the reference pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

import msgspec

from benyuan.decisions.commands import REGISTRY, Command
from benyuan.usecases import USE_CASES

INTEGER, TEXT, FLAG, CHOICE = "integer", "text", "true or false", "choice"
ENVELOPE = ("kind", "key", "client", "at")
"""What a line may hold beside the fields of its command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its type, the words or the range that it takes, and its default where it isn't required."""

    name: str
    type: str
    required: bool
    default: Any
    constraint: str
    words: tuple[str, ...] = ()


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """The fields of a kind of command, in their own order."""
    declared = msgspec.inspect.type_info(REGISTRY[kind]).fields  # type: ignore[attr-defined]  # a struct's type has fields
    return tuple(_field(item) for item in declared)


def _field(declared: Any) -> Field:
    type_name, constraint, words = _type(declared.type)
    default = None if declared.required else declared.default
    return Field(
        name=declared.name,
        type=type_name,
        required=declared.required,
        default=getattr(default, "value", default),
        constraint=constraint,
        words=words,
    )


def _type(declared: Any) -> tuple[str, str, tuple[str, ...]]:
    match declared:
        case msgspec.inspect.IntType():
            low = declared.ge if declared.ge is not None else "any"
            return INTEGER, f"from {low}" + (f" to {declared.le}" if declared.le is not None else ""), ()
        case msgspec.inspect.StrType():
            return TEXT, f"{declared.min_length or 0} to {declared.max_length or 1000} characters", ()
        case msgspec.inspect.BoolType():
            return FLAG, "", ()
        case msgspec.inspect.EnumType():
            words = tuple(str(member.value) for member in declared.cls)
            return CHOICE, "one of " + ", ".join(words), words
    raise TypeError(f"a command has no fields of type {declared}")


def names_of(kind: str) -> list[str]:
    """The names of a kind's fields."""
    return [field.name for field in fields_of(kind)]


def all_kinds() -> list[str]:
    """Every kind of command."""
    return list(USE_CASES)


def kinds_like(kind: object) -> str:
    """What a kind that there is not should have been: the nearest, or where all of them stand."""
    close = get_close_matches(str(kind), all_kinds())
    named = f"a kind of command, such as {', '.join(close)}" if close else "a kind of command"
    return f"{named} (all are in docs/reference/commands.md)"


def command_of(kind: str) -> type[Command]:
    """The class of a kind of command."""
    return USE_CASES[kind].command


def allowed_names(kinds: Iterable[str]) -> str:
    """The columns that commands of these kinds may have, for a message."""
    names = dict.fromkeys(name for kind in kinds for name in names_of(kind))
    return "one of " + ", ".join((*ENVELOPE, *names))
