"""Every layout as it is stated: what a store is read by, for ever, held against a file that is kept with the code.

The file has a line for each layout, by name and number. A layout that is in it may never be another, and none may be
missing in the code; what is new is added by `make docs`. Worked: whoever gives `wallet` a column without a `Change`
makes another layout 2 of it, and is told so.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import numpy as np

from benyuan.decisions.checking import fields_of
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.events import ERASES, FOLDS, Fold
from benyuan.decisions.layouts import layouts_of
from benyuan.decisions.parcels import LAYOUTS
from benyuan.engine.blocks import FORMAT
from benyuan.engine.restoring import SAVED, Rest
from benyuan.ledger.layout import ACCOUNT, HOLD, ROW
from benyuan.storage.formats import kept_tables
from benyuan.storage.schema import CREATE, FORMAT_VERSION
from benyuan.values.errors import BadInput

Stated: TypeAlias = Mapping[tuple[str, int], list[str]]
"""What each layout holds, by its name and number."""


def stated() -> Stated:
    """Every layout that this release states."""
    found: dict[tuple[str, int], list[str]] = {
        ("tables", FORMAT_VERSION): [" ".join(statement.split()) for statement in CREATE],
        ("block", FORMAT): [*_columns("row", ROW), *_columns("account", ACCOUNT)],
        ("saved balances", SAVED): [*_columns("account", ACCOUNT), *_columns("hold", HOLD), *Rest.__struct_fields__],
    }
    found |= {(f"records {layout.name}", layout.number): _columns("", layout.dtype) for layout in LAYOUTS.values()}
    for table in kept_tables():
        found |= {(f"table {table.name}", layout.number): list(layout.columns) for layout in layouts_of(table)}
    for kind, command in REGISTRY.items():
        found[f"command {kind}", command.version] = [*fields_of(command), *command.personal]
    for (kind, version), fold in FOLDS.items():
        found[f"event {kind}", version] = [_folded(fold), f"table {fold.table.name}"]
    for (kind, version), erased in ERASES.items():
        found[f"event {kind}", version] = [f"erases {erased.value}"]
    return {name: sorted(columns) for name, columns in found.items()}


def _columns(of: str, dtype: np.dtype[Any]) -> list[str]:
    return [f"{of} {name} {dtype[name].str}".strip() for name in dtype.names or ()]


def _folded(fold: Fold) -> str:
    return "adds" if fold.adds else "sums" if fold.sums else "removes" if fold.removes else "changes"


def read_stated(text: str) -> Stated:
    """What the file states. Errors: BadInput."""
    try:
        return {(str(name), int(number)): list(columns) for name, number, columns in json.loads(text)}
    except (ValueError, TypeError) as error:
        raise BadInput("layouts", str(error), "a list of [name, number, columns]") from error


def written(layouts: Stated) -> str:
    """The file, a line for each layout."""
    lines = (json.dumps([*name, layouts[name]], ensure_ascii=False) for name in sorted(layouts))
    return "[\n" + ",\n".join(lines) + "\n]\n"


def broken(before: Stated, now: Stated) -> Iterator[str]:
    """What of the layouts that were stated is otherwise now, each with what to do.

    Versions of commands that have had later ones are known by their numbers alone, and so may be missing.
    """
    latest = dict(sorted(now))
    for name, number in sorted(before):
        if (name, number) in now and now[name, number] != before[name, number]:
            differs = ", ".join(sorted(set(now[name, number]) ^ set(before[name, number])))
            yield f"{name}: layout {number} is another than was stated ({differs}): {_advice(name)}"
        elif (name, number) not in now and not (_is_superseded(name) and number < latest.get(name, 0)):
            yield f"{name}: layout {number} was stated and is gone: stores that have it could not be read"


def _is_superseded(name: str) -> bool:
    return name.split(maxsplit=1)[0] in ("command", "tables", "block", "saved")


def _advice(name: str) -> str:
    sort = name.split(maxsplit=1)[0]
    return {
        "table": "state a `Change` that leads from the earlier columns to these",
        "command": "give it another version",
        "event": "give it another version",
        "records": "declare it under another number",
    }.get(sort, "give it the next number, and read the one before")
