"""What a close leaves of its matching: events, and the facts that the log keeps beside them."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import Event, event
from benyuan.payments.clearing.closing import FIGURES, MET, NEW, SUFFIX, Matching
from benyuan.payments.clearing.records import (
    CLEARING_DAY,
    CLEARING_DAY_MATCHED,
    CLEARING_ITEM,
    CLEARING_ITEM_MET,
    CLEARING_ITEM_OPENED,
    CLEARING_PART_LOOKED_AT,
)

Columns = Mapping[str, NDArray[np.int64]]


def facts_of(matching: Matching, *, count: int) -> dict[str, NDArray[np.int64]]:
    """The figures as columns of facts `clearing_…`."""
    return {f"clearing_{name}": np.full(count, matching.figures[name]) for name in FIGURES}


def flows_of(matching: Matching) -> dict[str, NDArray[np.int64]]:
    """The parts and items as flows `clearing_…`."""
    met = {f"clearing_met_{name}": column for name, column in matching.met.items()}
    return {
        "clearing_part": matching.parts,
        **met,
        **{f"clearing_new_{name}": one for name, one in matching.new.items()},
    }


def unexplained(facts: Columns) -> dict[str, NDArray[np.int64]]:
    """By account, what neither transit nor items explain of its balance; nought where nothing was matched."""
    balances = {"in_fen": facts["book_clearing_in"], "out_fen": -facts["book_clearing_out"]}
    rest = {}
    for side in SUFFIX.values():
        explained = sum(facts[f"clearing_{what}_{side}"] for what in ("transit", "open", "resolved"))
        rest[f"unexplained_{side}"] = np.where(facts["clearing_matches"] != 0, balances[side] - explained, 0)
    return rest


def results_of(facts: Columns) -> dict[str, NDArray[np.int64]]:
    """What the answer says of it."""
    counts = {f"clearing_{name}": facts[f"clearing_{name}"] for name in ("lines", "matched", "transit", "open")}
    return {**counts, **{f"clearing_{name}": column for name, column in unexplained(facts).items()}}


def matched_events(
    facts: Columns, flows: Columns, next_ids: Mapping[str, int], *, institution: int, date: int, position: int
) -> list[Event]:
    """The events of a close that was accepted; none where nothing has ever come from the house."""
    if not int(facts["clearing_matches"][0]):
        return []
    parts = flows["clearing_part"]
    met = {name: flows[f"clearing_met_{name}"] for name in MET}
    new = {name: flows[f"clearing_new_{name}"] for name in NEW}
    count = len(new["order"])
    nought = np.zeros(count, np.int64)
    opened = {
        "id": np.arange(count) + next_ids[CLEARING_ITEM.name],
        "institution": np.full(count, institution),
        "opened_on": np.full(count, date),
        "met_on": np.where((new["book_fen"] != 0) & (new["file_fen"] != 0), date, 0),
        **dict.fromkeys(("matched_on", "reason", "resolved", "counterpart"), nought),
        **new,
    }
    figures = {name: int(facts[f"clearing_{name}"][0]) for name in FIGURES if name != "matches"}
    day = {
        "id": next_ids[CLEARING_DAY.name],
        "institution": institution,
        "date": date,
        "position": position,
        "balance_in_fen": int(facts["book_clearing_in"][0]),
        "balance_out_fen": -int(facts["book_clearing_out"][0]),
        **figures,
        **{name: int(column[0]) for name, column in unexplained(facts).items()},
    }
    return [
        *event(CLEARING_PART_LOOKED_AT, {"id": parts.tolist(), "looked_at_on": [date] * len(parts)}),
        *event(CLEARING_ITEM_MET, {**_lists(met), "met_on": [date] * len(met["id"])}),
        *event(CLEARING_ITEM_OPENED, _lists(opened)),
        *event(CLEARING_DAY_MATCHED, {name: [figure] for name, figure in day.items()}),
    ]


def _lists(columns: Columns) -> dict[str, list[int]]:
    return {name: column.tolist() for name, column in columns.items()}
