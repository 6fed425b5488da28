"""Commands: what a client asks the group to do. Each kind is versioned, and old versions are read for ever.

A request carries the client's own key, and the same client and key get the same answer however often they ask.
"""

from typing import Any, ClassVar

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of one kind of command. Money in fen, dates as yyyymmdd, ids as the group gave them.

    `personal` names the fields that go to the payload store, not to the log.
    """

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1
    personal: ClassVar[tuple[str, ...]] = ()


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One command as a client sends it. `at`: microseconds since 1970 UTC; None: the time of intake."""

    client: str
    key: str
    command: Command
    at: int | None = None


REGISTRY: dict[str, type[Command]] = {}
"""Every kind of command by its name."""


def command(kind: str, *, version: int = 1, personal: tuple[str, ...] = ()) -> Any:
    """Give a command class its name in logs and files, and make it known."""

    def register(made: type[Command]) -> type[Command]:
        made.kind = kind
        made.version = version
        made.personal = personal
        REGISTRY[kind] = made
        return made

    return register
