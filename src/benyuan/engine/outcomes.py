"""What the log keeps of a decided batch."""

from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.engine.codec import thin, thin_columns
from benyuan.engine.deciding import Result
from benyuan.ledger.layout import ACCOUNT

BORN_WITH = ("book", "unit", "code", "flags", "window", "window_account")
BOUNDS = 6


def outcome_of(result: Result) -> dict[str, Any]:
    """Status, refusals, faults, results, facts and events, for JSON."""
    return {
        "status": thin(result.status),
        "refusals": {str(place): msgspec.to_builtins(item) for place, item in sorted(result.refusals.items())},
        "invalid": {str(place): msgspec.to_builtins(item) for place, item in sorted(result.invalid.items())},
        "results": thin_columns(result.results),
        "facts": thin_columns(result.facts),
        "events": [
            {
                "kind": event.kind,
                "version": event.version,
                "rows": len(event.columns["id"]),
                "columns": thin_columns(event.columns),
            }
            for event in result.events
        ],
    }


def as_created(accounts: NDArray[Any]) -> NDArray[Any]:
    """Accounts as they were when they were created: no balances, no period, not closed."""
    made = np.zeros(len(accounts), ACCOUNT)
    for name in BORN_WITH:
        made[name] = accounts[name]
    made["flags"] &= BOUNDS
    return made
