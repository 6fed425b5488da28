"""Commands: what a client asks the group to do. Each kind is versioned, and old versions are read for ever.

A request carries the client's own key, and the same client and key get the same answer however often they ask.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec

from benyuan.decisions.parcels import Layout


class Command(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of one kind of command. Money in fen, dates as yyyymmdd, ids as the group gave them.

    `personal` names the fields that are sealed beside the log and never stand in it.
    """

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1
    personal: ClassVar[tuple[str, ...]] = ()
    identified: ClassVar[bool] = False
    """Whether the personal fields are those of an identity, of which the log learns an opaque number."""
    screened: ClassVar[bool] = False
    """Whether the identity is looked for on the name lists at intake."""
    never_ahead: ClassVar[bool] = False
    """Whether it may name no time that is still to come, because what it does can't be undone."""
    brings: ClassVar[Layout | None] = None
    keyed: ClassVar[tuple[str, ...]] = ()
    """Columns of keyed numbers by which facts are found: they are there where nobody could be told, too."""
    """The layout of the records that come with it; its personal field `content` then holds a digest of them."""

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The personal fields of one command in the form in which they are compared and kept."""
        return personal

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The first normal personal field that does not fit, and what it should be; `fields` are the others."""
        del personal, fields
        return None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> "Identity":
        """Whose they are, on a day; only where `identified`."""
        raise TypeError(f"{cls.kind}: no identity on {on} in {sorted((*personal, *fields))}")


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Who someone is: two commands with the same `text` mean the same identity; `contact` finds it too.

    `derived` are columns that the log may know of it. `handles`: columns that get a keyed number of a text, by which
    the same text is known again and which nobody can guess without the key. `elsewhere`: columns that get the number of
    another identity, 0 where no such one is known. `marks`: the names and numbers by which an
    entry of a name list and a customer are found to be one; `listed` says that this is such an entry.
    """

    text: str
    contact: str
    derived: dict[str, int]
    handles: dict[str, str] = {}
    elsewhere: dict[str, str] = {}
    marks: tuple["Mark", ...] = ()
    listed: bool = False


class Mark(msgspec.Struct, frozen=True):
    """A name or a number in the form in which it is compared."""

    kind: int
    text: str


NAME_MARK, NUMBER_MARK = 1, 2
"""Kinds of mark; the greater one weighs more."""
MATCH_COLUMNS = ("match_kind", "match_entry")
"""What the log knows of a match at intake: the kind of mark and the entry's identity; 0 where there is none."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One command as a client sends it. `at`: microseconds since 1970 UTC; None: the time of intake."""

    client: str
    key: str
    command: Command
    at: int | None = None


REGISTRY: dict[str, type[Command]] = {}
"""Every kind of command by its name."""


def command(
    kind: str,
    *,
    version: int = 1,
    personal: tuple[str, ...] = (),
    identified: bool = False,
    screened: bool = False,
    never_ahead: bool = False,
    brings: Layout | None = None,
    keyed: tuple[str, ...] = (),
) -> Any:
    """Give a command class its name in logs and files, and make it known."""

    def register(made: type[Command]) -> type[Command]:
        made.kind = kind
        made.version = version
        made.personal = personal
        made.identified = identified
        made.screened = screened
        made.never_ahead = never_ahead
        made.brings = brings
        made.keyed = keyed
        REGISTRY[kind] = made
        return made

    return register
