"""Data that come with the package as YAML files, one a version: read, and the one that is used on a day.

Worked: versions 1 from 20260201 and 2 from 20261201 in a folder; on 20261130 it is 1, on 20260131 none.
"""

from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any, Protocol, TypeVar

import yaml

from benyuan.values.errors import BadInput

FOLDER = "data"


class Versioned(Protocol):
    """What has a number and a first day (yyyymmdd)."""

    @property
    def version(self) -> int:
        """Its number."""

    @property
    def from_date(self) -> int:
        """Since when it is used."""


V = TypeVar("V", bound=Versioned)


def read_versions(package: str, *, read: Callable[[str, str], V], what: str) -> dict[int, V]:
    """Every version in a package's folder by its number; `read` takes text and file name. Errors: BadInput."""
    made: dict[int, V] = {}
    for entry in sorted(files(package).joinpath(FOLDER).iterdir(), key=lambda each: each.name):
        if not entry.name.endswith(".yaml"):
            continue
        each = read(entry.read_text(encoding="utf-8"), entry.name)
        if each.version in made:
            raise BadInput(what, f"{entry.name}: version {each.version}", "a version that is used once")
        made[each.version] = each
    return made


def mapping_of(text: str, *, source: str, what: str, fields: str) -> dict[str, Any]:
    """The content of a file, a mapping with these fields. Errors: BadInput."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadInput(what, source, f"YAML that can be read: {error}") from error
    if not isinstance(content, dict):
        raise BadInput(what, source, f"a mapping with {fields}")
    return content


def used_on(versions: Iterable[Versioned], on: int) -> int:
    """The number of the latest that has begun; 0 where none has."""
    return max(((each.from_date, each.version) for each in versions if each.from_date <= on), default=(0, 0))[1]
