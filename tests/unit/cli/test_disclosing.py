"""`benyuan disclosure`: a year's losses, disputes and provision, reckoned from the log."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.running import answer, benyuan, lines, shop

AT = "2026-05-01T12:00:00+08:00"
PROVISION = {"kind": "set_provision", "institution": 1, "reference": "a"}
PAY = {"kind": "pay", "payer": 1, "merchant": 1, "amount_fen": 5_000, "channel": "online", "at": AT}


def run(database: Path, *rows: dict[str, Any]) -> Any:
    return answer("run", lines(database.with_suffix(".jsonl"), list(rows)), "--database", database)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Two disputes, one decided after three days and advanced, 40.00 of it by the provision; 25.00 came back."""
    made = shop(tmp_path)
    money = [
        {"kind": "fund", "institution": 1, "amount_fen": 10_000, "at": AT},
        {
            "kind": "set_provision",
            "institution": 1,
            "amount_fen": 4_300,
            "move": "set_aside",
            "reference": "a",
            "at": AT,
        },
        {"kind": "set_provision", "institution": 1, "amount_fen": 200, "move": "release", "reference": "a", "at": AT},
        {"kind": "credit_wallet", "wallet": 2, "amount_fen": 100, "reason": "compensation", "at": AT},
    ]
    assert run(made, *money, *[{**PAY, "authentication": "two_kinds"}] * 2)["accepted"] == 6
    (paid,) = answer("statement", "--wallet", 1, "--from", "2026-05-01", "--to", "2026-05-01", "--database", made)[
        "statements"
    ]
    first, second = (entry["command"] for entry in paid["entries"] if entry["kind"] == "payment")
    settle = {"kind": "settle", "merchant": 1, "at": "2026-05-02T12:00:00+08:00"}
    dispute = {"kind": "open_dispute", "amount_fen": 5_000, "reason": "not_received", "at": settle["at"]}
    decide = {"kind": "decide_dispute", "dispute": 1, "outcome": "for_customer", "reference": "a"}
    back = {"kind": "recover_advance", "dispute": 1, "amount_fen": 2_500, "source": "paid_in", "reference": "a"}
    rows = [
        settle,
        {**dispute, "payment": first},
        {**dispute, "payment": second, "reason": "duplicate"},
        {**decide, "at": "2026-05-05T12:00:00+08:00"},
        {**back, "at": "2026-05-05T12:00:00+08:00"},
    ]
    assert run(made, *rows)["accepted"] == len(rows)
    return made


def test_the_figures_of_a_year(database: Path) -> None:
    made = answer("disclosure", 2026, "--database", database)
    assert (made["losses"], made["advanced_fen"], made["compensated_fen"], made["recovered_fen"]) == (
        2,
        5_000,
        100,
        2_500,
    )
    assert made["provision"] == {
        "opening_fen": 0,
        "set_aside_fen": 4_300,
        "released_fen": 200,
        "used_fen": 4_100,
        "recovered_fen": 2_500,
        "closing_fen": 2_500,
    }
    disputes = made["disputes"]
    assert (disputes["opened"], disputes["decided"], disputes["decided_share_hundredths"]) == (2, 1, 5_000)
    assert (disputes["mean_days_hundredths"], disputes["longest_days"]) == (300, 3)
    assert disputes["by_reason"] == {"duplicate": 1, "not_received": 1}
    assert (disputes["for_customer"], disputes["for_customer_fen"], made["duty"]) == (1, 5_000, None)


def test_the_year_before_knows_nothing_of_it(database: Path) -> None:
    made = answer("disclosure", 2025, "--database", database)
    assert (made["losses"], made["disputes"]["opened"], made["incidents"]) == (0, 0, 0)
    assert set(made["provision"].values()) == {0}


def test_what_comes_after_a_year_is_not_of_it(database: Path) -> None:
    more = {**PROVISION, "amount_fen": 77, "move": "set_aside", "at": "2027-01-01T12:00:00+08:00"}
    file = lines(database.with_suffix(".jsonl"), [more])
    assert answer("run", file, "--ahead", "--database", database)["accepted"] == 1
    assert answer("disclosure", 2026, "--database", database)["provision"]["closing_fen"] == 2_500
    after = answer("disclosure", 2027, "--database", database)["provision"]
    assert (after["opening_fen"], after["set_aside_fen"], after["closing_fen"]) == (2_500, 77, 2_577)


def test_on_the_screen(database: Path) -> None:
    ran = benyuan("disclosure", "--database", database)
    assert "50.00%" in ran.stdout
    assert "31 January" in ran.stdout
    assert benyuan("disclosure", "--institution", 9, "--database", database).exit_code == 4
