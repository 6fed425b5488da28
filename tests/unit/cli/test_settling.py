"""`benyuan settle`: who is due is paid out in one go, again after a kill; who has no agreed cycle is named."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.engine.group import Group
from tests.unit.cli.running import answer, benyuan, lines, shop

PAY = {"kind": "pay", "payer": 1, "channel": "online", "authentication": "two_kinds"}
AGREED = {"kind": "agree_settlement", "cycle": "working_days", "count": 1, "reference": "contract"}
ON_THE_SIXTH = "2026-05-06T08:20:00+08:00"


def run(database: Path, *rows: dict[str, Any]) -> Any:
    return answer("run", lines(database.with_suffix(".jsonl"), list(rows)), "--database", database)


def settle(database: Path, *words: object) -> Any:
    return answer("settle", *words, "--database", database)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Merchant 1 by the next working day, 10.00 on 1 May and 5.00 on the 6th; merchant 2 without a cycle, 7.00."""
    made = shop(tmp_path)
    at = "2026-05-01T12:00:00+08:00"
    rows = [{**AGREED, "merchant": 1, "at": at}]
    rows += [{**PAY, "merchant": merchant, "amount_fen": fen, "at": at} for merchant, fen in ((1, 1_000), (2, 700))]
    rows += [{**PAY, "merchant": 1, "amount_fen": 500, "at": "2026-05-06T07:00:00+08:00"}]
    assert run(made, *rows)["accepted"] == len(rows)
    return made


def test_who_is_due_is_paid_out_once(database: Path) -> None:
    first = settle(database, "--at", ON_THE_SIXTH)
    assert [(row["merchant"], row["through"], row["settled_fen"]) for row in first["settled"]] == [(1, 20260505, 1_000)]
    assert (first["settled_fen"], first["without_cycle"], first["refused"]) == (1_000, [2], [])
    again = settle(database, "--at", ON_THE_SIXTH)
    assert (again["due"], again["settled_fen"]) == ([], 0)


def test_a_dry_run_pays_nobody(database: Path) -> None:
    assert benyuan("settle", "--dry-run", "--at", ON_THE_SIXTH, "--database", database).exit_code == 1
    told = settle(database, "--dry-run", "--at", ON_THE_SIXTH)
    assert [(row["merchant"], row["due_fen"]) for row in told["due"]] == [(1, 1_000)]
    assert answer("merchants", "--database", database)[0]["waits_fen"] == 1_500


def test_killed_on_the_way_the_rest_is_done(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(database, {**AGREED, "merchant": 2, "at": "2026-05-06T08:00:00+08:00"})
    whole = Group.execute

    def fails_after_one(self: Group, requests: Any) -> Any:
        if requests[0].command.merchant == 2:
            raise KeyboardInterrupt
        return whole(self, requests)

    with monkeypatch.context() as killed:
        killed.setattr(Group, "execute", fails_after_one)
        benyuan("settle", "--chunk", 1, "--at", ON_THE_SIXTH, "--database", database)
    rest = settle(database, "--chunk", 1, "--at", ON_THE_SIXTH)
    assert [(row["merchant"], row["settled_fen"]) for row in rest["settled"]] == [(2, 700)]
    assert [row["waits_fen"] for row in answer("merchants", "--database", database)] == [500, 0]


def test_on_a_holiday_nobody_is_due(tmp_path: Path) -> None:
    made = shop(tmp_path)
    rows = [{**AGREED, "merchant": 1}, {**PAY, "merchant": 1, "amount_fen": 1_000}]
    run(made, *[{**row, "at": "2026-05-02T12:00:00+08:00"} for row in rows])
    assert settle(made, "--at", "2026-05-05T12:00:00+08:00")["due"] == []
    assert settle(made, "--at", "2026-05-06T12:00:00+08:00")["settled_fen"] == 1_000


@pytest.mark.parametrize(("on", "due"), [("2026-05-30", []), ("2026-05-31", [20260501])])
def test_nothing_waits_longer_than_the_law_says(tmp_path: Path, on: str, due: list[int]) -> None:
    """By the thirtieth calendar day: what came on 1 May goes out on the 31st, thirty days after it, and not before."""
    made = shop(tmp_path)
    rows = [{**AGREED, "cycle": "calendar_days", "count": 30, "merchant": 1}, {**PAY, "merchant": 1, "amount_fen": 9}]
    run(made, *[{**row, "at": "2026-05-01T12:00:00+08:00"} for row in rows])
    told = settle(made, "--dry-run", "--at", f"{on}T12:00:00+08:00")
    assert [row["through"] for row in told["due"]] == due


def test_who_is_under_suspicion_waits(database: Path) -> None:
    stop = {"kind": "suspend_merchant", "merchant": 1, "stop": "risk_event", "reference": "a"}
    run(database, {**stop, "at": "2026-05-06T08:00:00+08:00"})
    ran = benyuan("settle", "--at", ON_THE_SIXTH, "--database", database)
    assert ran.exit_code == 1
    assert "under suspicion or on a name list: 1" in ran.stdout
    assert settle(database, "--at", ON_THE_SIXTH)["suspended"] == [1]


def test_who_stands_on_a_list_waits(database: Path) -> None:
    stop = {"kind": "suspend_merchant", "merchant": 1, "stop": "listed", "reference": "a"}
    run(database, {**stop, "at": "2026-05-06T08:00:00+08:00"})
    told = settle(database, "--at", ON_THE_SIXTH)
    assert (told["due"], told["suspended"], told["refused"]) == ([], [1], [])


@pytest.mark.parametrize(
    "at", ["yesterday", "2026-05-06T08:20:00", "2026-05-01T00:00:00+08:00", "2999-01-01T00:00:00Z"]
)
def test_a_time_that_makes_no_sense(database: Path, at: str) -> None:
    assert benyuan("settle", "--at", at, "--database", database).exit_code == 2
    assert benyuan("settle", "--institution", 9, "--database", database).exit_code == 4


def test_merchants_by_what_they_lack(database: Path) -> None:
    assert [row["merchant"] for row in answer("merchants", "--without-cycle", "--database", database)] == [2]
    assert [row["cycle"] for row in answer("merchants", "--database", database)] == ["working_days 1", ""]
    at = {"institution": 1, "at": "2026-05-06T08:00:00+08:00"}
    rows = [
        {"kind": "record_area", "provinces": "all", "from_date": 20260506, **at},
        {"kind": "record_branch", "province": "zhejiang", "opened_on": 20260506, "seat": True, **at},
        {"kind": "place_merchant", "merchant": 2, "province": "zhejiang", "reference": "visit", "at": at["at"]},
    ]
    assert run(database, *rows)["accepted"] == 3
    assert [row["merchant"] for row in answer("merchants", "--unplaced", "--database", database)] == [1]
    assert "zhejiang" in benyuan("merchants", "--database", database).stdout
