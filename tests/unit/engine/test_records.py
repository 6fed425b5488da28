"""Rows of the records looked up: what a batch was given stays what it was, whatever is decided afterwards."""

import numpy as np
import pytest

from benyuan.decisions.facts import Table
from benyuan.engine.records import TableColumns

SHOP = Table(name="shop", columns=("owner", "fee", "stops"))


def shops() -> TableColumns:
    held = TableColumns(SHOP)
    held.add({"id": [1, 2, 3], "owner": [10, 20, 30], "fee": [5, 6, 7], "stops": [0, 0, 1]})
    return held


@pytest.mark.parametrize(
    ("ids", "owners"),
    [
        ([2], [20]),
        ([2, 2, 2], [20, 20, 20]),
        ([3, 1, 3], [30, 10, 30]),
        ([0, 0], [0, 0]),
        ([4, -1, 1], [0, 0, 10]),
        ([], []),
    ],
    ids=["one", "one for all", "several", "none", "unknown ones", "nobody"],
)
def test_rows_are_found_by_id_and_noughts_where_there_is_none(ids: list[int], owners: list[int]) -> None:
    held = shops()
    found = held.at(held.places(np.array(ids, np.int64), on=0))
    assert list(found) == list(SHOP.columns)
    assert found["owner"].tolist() == owners
    assert found["fee"].tolist() == [owner // 10 + 4 if owner else 0 for owner in owners]


@pytest.mark.parametrize("ids", [[2], [2, 2], [1, 2]], ids=["one", "one for all", "several"])
def test_what_was_looked_up_stays_when_the_row_changes(ids: list[int]) -> None:
    held = shops()
    found = held.at(held.places(np.array(ids, np.int64), on=0))
    held.change({"id": [2], "stops": [9]})
    assert found["stops"].tolist() == [0] * len(ids)
    assert held.at(np.array([2]))["stops"].tolist() == [9]
