"""What older releases wrote opens, verifies and goes on in this one; read only it stays byte for byte as it was."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benyuan.app import open as open_group
from benyuan.decisions.commands import REGISTRY, Request
from benyuan.engine.group import Group
from benyuan.engine.store import StoreDamaged
from benyuan.engine.why import why
from tests.layouts.older import STORES, rows_of, unpacked, verified

LATER_LEVELS = ("registered_only", "within_income", "inquiry_days", "collect_tries", "reading_seconds")
PAY = {"payer": 1, "merchant": 1, "amount_fen": 100, "channel": "static_code", "authentication": "one_kind"}
GOES_ON: dict[str, tuple[str, dict[str, Any]]] = {
    "payments": ("top_up", {"wallet": 1, "bank_account": 2, "amount_fen": 500}),
    "lender": ("repay_account", {"account": 1, "amount_fen": 5_000}),
    "bureau": ("admit_member", {"bureau": 1, "sort": "bank"}),
}
"""For each sort of store a command that reads and changes what the older release left."""


def again(group: Group, name: str, **changed: Any) -> Any:
    kind, fields = GOES_ON[name.split("-", maxsplit=1)[0]]
    command = REGISTRY[kind](**{**fields, **changed})
    answers: Any = group.execute([Request(client="today", key=str(changed), command=command)])
    return answers[0]


@pytest.mark.parametrize("name", STORES)
def test_it_is_verified_as_it_stands(tmp_path: Path, name: str) -> None:
    path = unpacked(name, tmp_path)
    before = path.read_bytes()
    report = verified(path)
    assert (report.faults, report.differences, report.commands) == ([], [], STORES[name])
    assert 0 < report.undecidable < report.commands
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", STORES)
def test_it_goes_on_and_verifies(tmp_path: Path, name: str) -> None:
    path = unpacked(name, tmp_path)
    head = verified(path).head
    with open_group(f"sqlite:///{path}") as group:
        assert group.head.hex() == head
        assert group.position == STORES[name]
        for position in range(1, group.position + 1):
            assert why(group, position).text()
        answer = again(group, name)
        assert answer.accepted, answer
        assert answer.position == STORES[name] + 1
    report = verified(path)
    assert (report.faults, report.differences, report.commands) == ([], [], STORES[name] + 1)
    with open_group(f"sqlite:///{path}") as group:  # and is no older store any more
        assert again(group, name).repeated


@pytest.mark.parametrize("name", STORES)
def test_read_only_and_brought_up_it_has_the_same_rows(tmp_path: Path, name: str) -> None:
    url = f"sqlite:///{unpacked(name, tmp_path)}"
    with open_group(url, read_only=True) as group:
        read = {table: rows_of(group, table) for table in group.records.tables}
    with open_group(url) as group:
        assert {table: rows_of(group, table) for table in group.records.tables} == read


def test_columns_of_later_releases_have_the_values_that_are_stated(tmp_path: Path) -> None:
    with open_group(f"sqlite:///{unpacked('lender-6ebb34d', tmp_path)}") as group:
        policy = rows_of(group, "lender_policy")[0]
        assert {name: policy[name] for name in LATER_LEVELS} == dict(zip(LATER_LEVELS, (0, 0, 0, 3, 5), strict=True))
        assert policy["most_draw_fen"] == 20_000_000
    with open_group(f"sqlite:///{unpacked('payments-18028c5', tmp_path)}") as group:
        assert rows_of(group, "monitoring")[0]["business_people"] > 1_000_000
        assert [row["freezes"] for row in rows_of(group, "wallet")] == [0, 0]


def test_a_key_of_before_gets_its_answer_of_before(tmp_path: Path) -> None:
    path = unpacked("payments-18028c5", tmp_path)
    with open_group(f"sqlite:///{path}") as group:
        paid = next(place for place in range(1, 18) if group.reader.at_position(place).block.kind == "pay")
        same = Request(client="hand", key=f"key {paid}", command=REGISTRY["pay"](**PAY))
        answer: Any = group.execute([same])[0]
        assert (answer.repeated, answer.position) == (True, paid)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE setting SET value = '1' WHERE name = 'format'", "of form 1, and this release reads from 2 on"),
        ("DROP TABLE mark", "table mark is missing"),
        ("ALTER TABLE wallet DROP COLUMN stops", "table wallet has other columns than any of its layouts"),
    ],
)
def test_what_is_of_no_release_that_can_be_read_is_named_and_left(tmp_path: Path, damage: str, told: str) -> None:
    path = unpacked("payments-18028c5", tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(damage)
    before = path.read_bytes()
    with pytest.raises(StoreDamaged, match=told):
        open_group(f"sqlite:///{path}")
    assert path.read_bytes() == before
