"""The options that commands share, and which database a command means."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from benyuan.cli.failures import NotFound

if TYPE_CHECKING:
    from benyuan.engine.group import Group

ENVIRONMENT = "BENYUAN_DATABASE"
KEYS_ENVIRONMENT = "BENYUAN_KEYS"
GROUP_URL, DEMO_URL = "sqlite:///group.db", "sqlite:///demo.db"
SCHEME = "://"
EPOCH, MICROSECOND = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.timedelta(microseconds=1)


class Language(StrEnum):
    """English or Chinese."""

    en = "en"
    zh = "zh"


Database: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--database",
        envvar=ENVIRONMENT,
        metavar="URL",
        help="The database: sqlite:///FILE, or just FILE. Without it group.db, or demo.db where only that is here.",
    ),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="One JSON value on standard output, and nothing else.")]
Spoken: TypeAlias = Annotated[Language, typer.Option("--language", help="Language of what is explained.")]
Keys: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        envvar=KEYS_ENVIRONMENT,
        metavar="DIRECTORY",
        help="Where the keys of what is personal are; without it the directory FILE.keys beside the database.",
    ),
]
RuleDirectories: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option("--rules", metavar="DIRECTORY", help="Rule files of your own beside the built-in ones; repeatable."),
]


def url_of(database: str) -> str:
    """A URL from a URL or a file's name."""
    return database if SCHEME in database else f"sqlite:///{database}"


def url_to_make(database: str | None) -> str:
    """The database that is to be made."""
    return url_of(database) if database else GROUP_URL


def url_that_is(database: str | None) -> str:
    """The database that is there: the one named, else group.db, else demo.db. Errors: NotFound, BadInput."""
    from benyuan.app import path_of

    named = [url_of(database)] if database else [GROUP_URL, DEMO_URL]
    for url in named:
        if Path(path_of(url)).is_file():
            return url
    here = " or ".join(path_of(url) for url in named)
    raise NotFound(f"no database {here}; make one with `benyuan init` or `benyuan demo`, or name it with --database")


@contextmanager
def reading(database: str | None, *, keys: Path | None = None) -> Iterator["Group"]:
    """The group of a database that exists, to look at."""
    from benyuan.app import open as open_group

    group = open_group(url_that_is(database), keys=keys, read_only=True)
    try:
        yield group
    finally:
        group.store.close()  # and nothing saved


def instant(text: str) -> int:
    """Microseconds since 1970 UTC of a time with its zone. Errors: BadInput."""
    from benyuan.values.errors import BadInput

    try:
        since: dt.timedelta = dt.datetime.fromisoformat(text) - EPOCH
        return since // MICROSECOND
    except (ValueError, TypeError):
        raise BadInput("--at", text, "a time with its zone, such as 2026-05-01T09:00:00+08:00") from None
