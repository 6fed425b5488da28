"""`benyuan lender collections`: the list for the bank, and the bank's answers run as a file."""

import csv
from pathlib import Path

import pytest

from benyuan.cli.failures import BAD_INPUT, FINE
from benyuan.values.dates import day_begins_at
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import found_town, on_file
from tests.unit.lending.accounts import DUE_ON, purchase
from tests.unit.lending.lenders import BEGAN, PAY_LATER, Lender, found_lender


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Two accounts that owe 1,000.00 each; 100.00 in each wallet, account 2 has no bank account to collect from."""
    path = tmp_path / "lender.db"
    lender: Lender = found_lender(found_town(on_file(path, now=moment(BEGAN)), people=2, in_wallet_fen=10_000))
    for borrower in (1, 2):
        lender.do("open_credit_account", borrower=borrower, product=PAY_LATER, line_fen=500_000)
        purchase(lender, account=borrower, amount_fen=100_000)
    lender.do("agree_autopay", on=20260410, account=1, wallet=1, bank_account=3, reference="A-1")
    lender.do("agree_autopay", account=2, wallet=2, reference="A-2")
    lender.group.close()
    return path


def test_the_list_and_the_answers(database: Path, tmp_path: Path) -> None:
    told = answer("lender", "collections", DUE_ON, "--database", database)["rows"]
    one = {"asked_fen": 100_000, "wallet_fen": 10_000, "number": 1}
    assert told == [
        {"account": 1, "bank_account": 3, "card_fen": 90_000, **one},
        {"account": 2, "bank_account": 0, "card_fen": 0, **one},
    ]
    file = tmp_path / "due.csv"
    assert benyuan("lender", "collections", DUE_ON, "--out", file, "--database", database).exit_code == FINE
    with file.open(encoding="utf-8", newline="") as opened:
        assert [row["card_fen"] for row in csv.DictReader(opened)] == ["90000", "0"]
    answers = tmp_path / "answers.csv"
    at = day_begins_at(DUE_ON) + 1
    answers.write_text(f"key,at,account,card_fen\nb-1,{at},1,90000\nb-2,{at},2,0\n", encoding="utf-8")
    ran = answer("run", answers, "--kind", "collect_account", "--database", database)
    assert ran["accepted"] == 2
    said = benyuan("lender", "collections", DUE_ON, "--database", database).stdout
    assert "nothing to collect" in said
    again = answer("lender", "collections", 20260429, "--database", database)["rows"]
    assert [(row["account"], row["number"]) for row in again] == [(2, 2)]


def test_the_screen_shows_the_first_rows_and_the_sum(database: Path) -> None:
    said = benyuan("lender", "collections", DUE_ON, "--limit", 1, "--database", database).stdout
    assert "all 2" in said
    assert "2,000.00" in said
    assert "900.00" in said


def test_who_and_when_must_be_there(database: Path) -> None:
    ran = benyuan("lender", "collections", DUE_ON, "--lender", 2, "--database", database)
    assert ran.exit_code == BAD_INPUT
    assert "lender: got 2" in ran.stderr
    ran = benyuan("lender", "collections", 20260431, "--database", database)
    assert ran.exit_code == BAD_INPUT
    assert "20260431" in ran.stderr
