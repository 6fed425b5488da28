"""`benyuan lender`: what it says of a lender's books, as tables, JSON and files, and how it closes days."""

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from benyuan.assurance.lender_books.catching_up import close_through
from benyuan.cli.failures import BAD_INPUT, FINE, FOUND, NOT_FOUND
from benyuan.cli.lender.showing import FORMS
from benyuan.consumer_finance.titles import TITLES
from benyuan.values.dates import day_begins_at
from tests.unit.assurance.lender_world import EQUITY_FEN, LAST, do, world
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import on_file
from tests.unit.lending.lenders import OFFER, found_lender


def made(path: Path, *, last: int) -> Path:
    desk = world(on_file(path), last=last)
    desk.group.close()
    return path


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world of `lender_world`, on file."""
    return made(tmp_path_factory.mktemp("lender") / "lender.db", last=LAST)


def test_a_day(database: Path) -> None:
    told = answer("lender", "day", "--database", database)
    assert (told["date"], told["untied"], told["breaches"]) == (LAST, [], [])
    assert {ratio["rule_id"] for ratio in told["ratios"]} >= {"prov.base", "cf.cap.leverage"}
    assert all(ratio["article"] for ratio in told["ratios"])
    ran = benyuan("lender", "day", 20260503, "--database", database)
    assert ran.exit_code == FINE, ran.stdout
    assert "Books and loans tie" in ran.stdout
    assert "10,000.00" in ran.stdout


def test_a_breach_shows_and_gives_exit_code_one(tmp_path: Path) -> None:
    """Loans of 11,600.00 in a lender that has just 100.00 left of its capital."""
    path = tmp_path / "poor.db"
    desk = world(on_file(path), last=20260505)
    figures = {"lender": 1, "from_date": 20260506, "tier1_fen": 10_000, "net_capital_fen": 10_000}
    do(desk, "record_lender_figures", **figures)
    desk.now = day_begins_at(20260507) + 1
    list(close_through(desk.group, lender=1, through=20260506))
    desk.group.close()
    ran = benyuan("lender", "day", "--database", path)
    assert ran.exit_code == FOUND
    assert "BREACH: capital adequacy" in ran.stdout
    told = answer("lender", "day", "--database", path)
    assert told["breaches"] == ["capital adequacy", "leverage"]
    (leverage,) = [ratio for ratio in told["ratios"] if ratio["name"] == "leverage"]
    assert leverage["gap_fen"] == -(-(80_000 + 1_000_000 + 420_001) * 4 // 100) - 10_000
    assert benyuan("lender", "day", 20260505, "--database", path).exit_code == FINE


def test_the_trial_balance_in_both_languages(database: Path) -> None:
    told = answer("lender", "trial-balance", "--database", database)
    assert told["debits_fen"] == told["credits_fen"] > EQUITY_FEN
    assert {line["title_zh"] for line in told["lines"]} == {title.zh for title in TITLES.values()} - {"联合贷款损失"}
    said = benyuan("lender", "trial-balance", "--language", "zh", "--database", database).stdout
    assert "贷款本金" in said
    assert "Loans, principal" not in said
    partner = answer("lender", "trial-balance", "--partner", 1, "--database", database)
    assert partner["debits_fen"] == partner["credits_fen"] > 0


def test_the_balance_sheet(database: Path) -> None:
    told = answer("lender", "balance-sheet", 20260503, "--database", database)
    assert told["assets_fen"] == EQUITY_FEN + 1_080_000 + 329 - 3_360 - 30_010
    assert told["difference_fen"] == 0
    said = benyuan("lender", "balance-sheet", 20260503, "--database", database).stdout
    assert "-300.10" in said
    assert "10,010,469.59" in said  # both sides


def test_income(database: Path) -> None:
    told = answer("lender", "income", "--from", 20260503, "--to", 20260503, "--database", database)
    assert (told["income_fen"], told["expenses_fen"], told["result_fen"]) == (329, 30_010, 329 - 30_010)
    assert "-296.81" in benyuan("lender", "income", "--from", 20260503, "--to", 20260503, "--database", database).stdout


def test_the_tape_in_every_form(database: Path, tmp_path: Path) -> None:
    rows = answer("lender", "tape", "--database", database)["rows"]
    files = {form: tmp_path / f"tape{form}" for form in FORMS}
    for file in files.values():
        ran = benyuan("lender", "tape", "--out", file, "--database", database)
        assert ran.exit_code == FINE
        assert "4 rows" in ran.stdout
    assert json.loads(files[".json"].read_text()) == rows
    assert pq.read_table(files[".parquet"]).to_pylist() == rows
    with files[".csv"].open(encoding="utf-8", newline="") as opened:
        read = list(csv.DictReader(opened))
    assert read == [{name: str(value) for name, value in row.items()} for row in rows]
    assert {(row["sort"], row["id"]) for row in rows} == {("loan", 1), ("loan", 2), ("account", 1), ("account", 2)}


def test_the_largest_rows_and_the_sum_of_all(database: Path) -> None:
    said = benyuan("lender", "tape", "--limit", 1, "--database", database).stdout
    assert "loan 1" in said
    assert "loan 2" not in said
    assert "all 4" in said


@pytest.mark.parametrize("command", ["ageing", "vintage", "day", "trial-balance", "balance-sheet", "income", "entry"])
def test_every_report_as_a_file(database: Path, tmp_path: Path, command: str) -> None:
    file = tmp_path / "report.csv"
    ran = benyuan("lender", command, "--out", file, "--database", database)
    assert ran.exit_code == FINE, ran.output
    assert f"{file}: " in ran.stdout.replace("\n", "")
    assert file.stat().st_size > 0


def test_ageing_and_vintages(database: Path) -> None:
    rows = answer("lender", "ageing", 20260710, "--database", database)["rows"]
    assert sum(row["loans"] for row in rows) == 4
    assert "31-60" in benyuan("lender", "ageing", "--database", database).stdout
    assert len(answer("lender", "vintage", "--database", database)["rows"]) == 6
    assert "2026-05" in benyuan("lender", "vintage", "--database", database).stdout


def test_entries_and_the_loans_behind_one(database: Path, tmp_path: Path) -> None:
    entries = answer("lender", "entry", 20260505, "--database", database)
    assert {entry["difference_fen"] for entry in entries} == {0}
    behind = answer("lender", "entry", 20260505, "--number", 6, "--database", database)
    assert behind["entry"]["posted_fen"] == sum(part["amount_fen"] for part in behind["loans"]) == 466
    said = benyuan("lender", "entry", 20260505, "--number", 6, "--limit", 1, "--database", database).stdout
    assert "and 1 more" in said
    out = tmp_path / "entry.csv"
    benyuan("lender", "entry", 20260505, "--number", 6, "--out", out, "--database", database)
    with out.open(encoding="utf-8", newline="") as opened:
        assert sum(int(row["amount_fen"]) for row in csv.DictReader(opened)) == 466
    missing = benyuan("lender", "entry", 20260505, "--number", 99, "--database", database)
    assert (missing.exit_code, "no entry 99" in missing.stderr) == (NOT_FOUND, True)


def test_the_command_of_an_entry_is_the_close(database: Path) -> None:
    entries = answer("lender", "entry", 20260505, "--database", database)
    (command,) = {entry["command"] for entry in entries if entry["command"]}
    assert "close_lender_day" in benyuan("why", command, "--database", database).stdout


def test_the_life_of_a_loan(database: Path) -> None:
    life = answer("lender", "loan", 1, "--on", 20260603, "--database", database)
    assert [step["kind"] for step in life["steps"]] == ["drawn", "fell_due", "repaid", "fell_due", "repaid"]
    assert life["owed"]["principal_to_come_fen"] == 670_115
    said = benyuan("lender", "loan", 1, "--database", database).stdout
    assert "3,400.77" in said
    assert "equal-instalment" in said
    assert benyuan("lender", "loan", 3, "--database", database).exit_code == NOT_FOUND


def test_the_life_of_an_account(database: Path) -> None:
    life = answer("lender", "account", 2, "--on", 20260520, "--database", database)
    assert life["owed"]["days_overdue"] == 5
    said = benyuan("lender", "account", 2, "--database", database).stdout
    assert "draw purchase" in said
    assert "502.50" in said
    assert benyuan("lender", "account", 3, "--database", database).exit_code == NOT_FOUND


@pytest.mark.parametrize("command", ["day", "trial-balance", "balance-sheet", "tape", "ageing", "vintage", "entry"])
def test_a_day_that_is_not_closed(database: Path, command: str) -> None:
    ran = benyuan("lender", command, 20260721, "--database", database)
    assert ran.exit_code == BAD_INPUT
    assert "from 20260501 to 20260720" in ran.stderr


def test_a_file_that_may_not_be(database: Path, tmp_path: Path) -> None:
    ran = benyuan("lender", "tape", "--out", tmp_path / "tape.xls", "--database", database)
    assert (ran.exit_code, ".parquet" in ran.stderr) == (BAD_INPUT, True)
    assert benyuan("lender", "day", "--lender", 2, "--database", database).exit_code == BAD_INPUT


def test_days_closed_from_the_command_line(tmp_path: Path) -> None:
    path = made(tmp_path / "late.db", last=20260503)
    told = answer("lender", "close", "--through", 20260505, "--shards", 2, "--database", path)
    assert [(day["date"], day["closed_now"]) for day in told["closed"]] == [(20260504, 2), (20260505, 2)]
    again = benyuan("lender", "close", "--through", 20260505, "--database", path)
    assert (again.exit_code, "nothing to close" in again.stdout) == (FINE, True)
    shown = benyuan("lender", "close", "--through", 20260506, "--database", path)
    assert "2026-05-06" in shown.stdout
    assert benyuan("lender", "day", 20260506, "--database", path).exit_code == FINE


def test_a_day_to_come_closes_all_before_it_and_says_so(tmp_path: Path) -> None:
    path = made(tmp_path / "late.db", last=20260503)
    ran = benyuan("lender", "close", "--through", 20270101, "--database", path)
    assert ran.exit_code == BAD_INPUT
    assert "a day that is over" in ran.stderr
    assert " days closed, the last " in ran.stdout


def test_sheet_of_costs_in_both_languages(database: Path) -> None:
    told = answer("lender", "sheet", 1, "--database", database)
    assert [each["state"] for each in told["sheets"]] == ["none"]
    ran = benyuan("lender", "sheet", 1, "--database", database)
    assert ran.exit_code == FINE, ran.stdout
    assert "年化综合融资成本" in ran.stdout
    assert "all-in cost a year" in ran.stdout
    assert benyuan("lender", "sheet", 1, "--account", "--database", database).exit_code == FINE
    assert benyuan("lender", "sheet", 99, "--database", database).exit_code == NOT_FOUND


def test_another_sheet_than_that_of_the_terms_gives_exit_code_one(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    lender = found_lender(on_file(path))
    offer = lender.do("offer_loan", **OFFER)["offer"]
    lender.do("draw_loan", offer=offer, purpose="travel", cost_sheet="0" * 16)
    lender.group.close()
    ran = benyuan("lender", "sheet", 1, "--database", path)
    assert ran.exit_code == FOUND
    assert "ANOTHER" in ran.stdout
