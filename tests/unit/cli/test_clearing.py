"""The clearing house's file through the command line: taken in as a file, matched, shown, explained, resolved."""

from pathlib import Path

import pytest

from benyuan.cli.failures import FOUND
from tests.unit.cli.running import answer, benyuan, lines, shop, text

SECOND, THIRD, FOURTH = "2026-05-02T20:00:00+08:00", "2026-05-03T00:10:00+08:00", "2026-05-04T00:10:00+08:00"
HEAD = "institution,date,direction,amount_fen,order,reference,at\n"
KIND = ("--kind", "record_clearing_line")


def close(date: int, fen: int, at: str) -> dict[str, object]:
    return {"kind": "close_day", "institution": 1, "date": date, "statement_fen": fen, "at": at}


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, int]:
    """A database in which the house settled two top-ups of 1,000.00 yuan on the second; the IDs of both.

    Its file has the first, and the second with 0.01 yuan too little; a third transaction is in transit.
    """
    directory = tmp_path_factory.mktemp("clearing")
    made = shop(directory)
    of = ("--database", made)
    last = answer("verify", *of)["commands"]
    first, second = last - 1, last
    settled = {
        "kind": "clear",
        "institution": 1,
        "reference": "A",
        "received_fen": 199_999,
        "paid_fen": 0,
        "at": SECOND,
    }
    out = {"kind": "withdraw", "wallet": 1, "bank_account": 1, "amount_fen": 5_000, "at": SECOND}
    stated = {"kind": "record_statement_entry", "date": 20260502, "direction": "received", "reference": "A"}
    stated |= {"institution": 1, "amount_fen": 199_999, "at": SECOND}
    answer("run", lines(directory / "day.jsonl", [{**settled, "at": SECOND}, out, stated]), *of)
    rows = f"1,20260502,received,100000,{first},H1,{THIRD}\n1,20260502,received,99999,{second},H2,{THIRD}\n"
    file = text(directory / "house.csv", HEAD + rows)
    assert answer("run", file, *KIND, *of)["accepted"] == 2
    assert answer("run", file, *KIND, *of)["repeated"] == 2
    answer("run", lines(directory / "close.jsonl", [close(20260502, 199_999, THIRD)]), *of)
    return made, first, second


def test_the_day_with_its_open_items(orders: tuple[Path, int, int]) -> None:
    database, _, second = orders
    shown = answer("day", 20260502, "--transit", "--database", database)
    cleared = shown["clearing"]
    assert (cleared["lines"], cleared["matched"], cleared["transit"], cleared["open"]) == (2, 1, 1, 1)
    assert (cleared["open_in_fen"], cleared["transit_out_fen"], cleared["unexplained_in_fen"]) == (1, 5_000, 0)
    (item,) = cleared["items"]
    facts = [item[name] for name in ("finding", "order", "kind", "book_fen", "file_fen", "reference")]
    assert facts == ["amount_differs", second, "top_up", 100_000, 99_999, "H2"]
    assert [(row["direction"], row["amount_fen"]) for row in shown["transit"]] == [("paid", 5_000)]
    told = benyuan("day", 20260502, "--transit", "--database", database)
    assert told.exit_code == FOUND
    assert all(word in told.stdout for word in ("amount differs", "what nothing explains", "In transit: 1"))


def test_why_says_whether_it_was_matched(orders: tuple[Path, int, int]) -> None:
    database, first, second = orders
    found = [answer("why", order, "--database", database)["clearing"] for order in (first, second)]
    assert [row["state"] for (row,) in found] == ["matched", "amount_differs"]
    assert answer("why", 1, "--database", database)["clearing"] == []
    assert "matched with the clearing house's file" in benyuan("why", first, "--database", database).stdout
    assert "金额不符" in benyuan("why", second, "--language", "zh", "--database", database).stdout


def test_resolved_it_is_gone_from_the_next_day_and_still_explained(
    orders: tuple[Path, int, int], tmp_path: Path
) -> None:
    database, _, second = orders
    resolve = {
        "kind": "resolve_clearing_item",
        "item": 1,
        "reason": "stands",
        "operator": "li",
        "explanation": "one fen",
    }
    done = [{**resolve, "at": FOURTH}, close(20260503, 199_999, FOURTH)]
    taken = answer("run", lines(tmp_path / "next.jsonl", done), "--database", database)
    assert taken["accepted"] == 2
    cleared = answer("day", 20260503, "--database", database)["clearing"]
    assert (cleared["items"], cleared["resolved_in_fen"], cleared["unexplained_in_fen"]) == ([], 1, 0)
    assert benyuan("day", 20260503, "--database", database).exit_code == 0
    before = answer("day", 20260502, "--database", database)["clearing"]["items"]
    assert [item["reason"] for item in before] == ["stands"]
    assert answer("why", second, "--database", database)["clearing"][0]["state"] == "resolved"
    assert answer("verify", "--database", database)["ok"]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("1,20260502,sideways,1,1,H,", "direction"),
        ("1,20260502,received,0,1,H,", "amount_fen"),
        ("1,20260502,received,1,-1,H,", "order"),
        ("1,20269999,received,1,1,H,", "date"),
        ("9,20260502,received,1,1,H,", "institution"),
    ],
)
def test_lines_that_can_not_be(orders: tuple[Path, int, int], tmp_path: Path, row: str, field: str) -> None:
    file = text(tmp_path / "bad.csv", HEAD + row + "\n")
    shown = answer("run", file, *KIND, "--database", orders[0])
    assert shown["accepted"] == 0
    assert [one["field"] for one in shown["invalid_by_field"]] == [field]
