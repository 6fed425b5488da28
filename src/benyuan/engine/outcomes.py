"""What the log keeps of a decided batch."""

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import ERASES, Erased, Event
from benyuan.engine.codec import thin, thin_columns
from benyuan.engine.deciding import Result
from benyuan.engine.unkept import without_text
from benyuan.ledger.layout import ACCOUNT

BORN_WITH = ("book", "unit", "code", "flags", "window", "window_account")
BOUNDS = 6


def outcome_of(result: Result) -> dict[str, Any]:
    """Status, refusals, faults (their texts not kept), results, facts and events, for JSON."""
    return {
        "status": thin(result.status),
        "refusals": {str(place): msgspec.to_builtins(item) for place, item in sorted(result.refusals.items())},
        "invalid": {
            str(place): msgspec.to_builtins(without_text(item)) for place, item in sorted(result.invalid.items())
        },
        "results": thin_columns(result.results),
        "facts": thin_columns(result.facts),
        "events": [_logged(event) for event in result.events],
    }


def _logged(event: Event) -> dict[str, Any]:
    """An event as the log keeps it: of records that are erased their pages alone.

    The row in a page is as good as a name to whoever knows the order of the file: that something negative went out of
    it would stand in the log for ever. What the pages hold since, `rewritten` commits to.
    """
    columns: Mapping[str, Any] = event.columns
    if ERASES.get((event.kind, event.version)) is Erased.records:
        pages = sorted(set(zip(event.columns["id"], event.columns["page"], strict=True)))
        columns = {"id": [position for position, _ in pages], "page": [page for _, page in pages]}
    return {
        "kind": event.kind,
        "version": event.version,
        "rows": len(columns["id"]),
        "columns": thin_columns(columns),
    }


def as_created(accounts: NDArray[Any]) -> NDArray[Any]:
    """Accounts as they were when they were created: no balances, no period, not closed."""
    made = np.zeros(len(accounts), ACCOUNT)
    for name in BORN_WITH:
        made[name] = accounts[name]
    made["flags"] &= BOUNDS
    return made
