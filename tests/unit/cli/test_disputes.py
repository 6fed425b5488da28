"""`benyuan disputes`: what is disputed, on hold and decided."""

from pathlib import Path

import pytest

from tests.unit.cli.running import answer, benyuan, lines, shop

AT = "2026-05-01T12:00:00+08:00"
WORDS = "他说货没有到"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two payments of 50.00, both disputed, the first decided."""
    directory = tmp_path_factory.mktemp("disputes")
    made = shop(directory)
    pay = {"kind": "pay", "payer": 1, "merchant": 1, "amount_fen": 5_000, "channel": "online", "at": AT}
    run = ("run", lines(directory / "pay.jsonl", [{**pay, "authentication": "two_kinds"}] * 2), "--database", made)
    assert answer(*run)["accepted"] == 2
    (paid,) = answer("statement", "--wallet", 1, "--from", "2026-05-01", "--to", "2026-05-01", "--database", made)[
        "statements"
    ]
    payments = [entry["command"] for entry in paid["entries"] if entry["kind"] == "payment"]
    opened = [
        {"kind": "open_dispute", "payment": payment, "amount_fen": 4_000, "reason": "not_received", "memo": WORDS}
        for payment in payments
    ]
    decided = {"kind": "decide_dispute", "dispute": 1, "outcome": "for_customer", "reference": "ruling 1"}
    rows = [{**row, "at": AT} for row in (*opened, decided)]
    done = answer("run", lines(directory / "disputes.jsonl", rows), "--database", made)
    assert done["accepted"] == len(rows)
    return made


def test_all_of_them(database: Path) -> None:
    first, second = answer("disputes", "--database", database)
    assert (first["outcome"], first["held_fen"], first["on_hold_fen"]) == ("for_customer", 4_000, 0)
    assert (second["outcome"], second["on_hold_fen"], second["reason"]) == ("", 4_000, "not_received")
    assert second["opened_on"] == second["paid_on"] == 20260501
    assert answer("disputes", "--open", "--database", database) == [second]


def test_on_the_screen(database: Path) -> None:
    ran = benyuan("disputes", "--database", database)
    assert "for customer" in ran.stdout
    assert "40.00" in ran.stdout


def test_nothing_is_disputed(tmp_path: Path) -> None:
    assert "no disputes are open" in benyuan("disputes", "--open", "--database", shop(tmp_path)).stdout


def test_what_the_customer_writes_stays_out_of_the_database(database: Path) -> None:
    assert WORDS.encode() not in database.read_bytes()
