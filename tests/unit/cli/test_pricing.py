"""`benyuan apr` and `benyuan schedule`: from options and files, as tables, CSV and JSON; what is refused."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.unit.cli.running import answer, benyuan, text

LOAN = ("--principal", "10000", "--terms", "3", "--disbursed-on", "2026-01-15", "--first-due", "2026-02-15")
LENT = ("--advance", "2026-01-15=12000")


def flows(directory: Path, *rows: str, header: str = "kind,when,amount") -> Path:
    return text(directory / "flows.csv", "\n".join((header, *rows)) + "\n")


def test_a_rate_from_options() -> None:
    told = answer("apr", *LENT, "--payment", "2026-07-15=6300", "--payment", "2027-01-15=6300")
    assert told == {
        "method": "irr-compound",
        "rate": told["irr_compound"],
        "irr_compound": "0.067405394347",
        "irr_simple": "0.066306264180",
        "unit_period": "6 month",
        "advances": 1,
        "payments": 2,
    }


def test_a_rate_from_a_file_by_appendix_j(tmp_path: Path) -> None:
    months = [f"{1978 + (month - 1) // 12}-{(month - 1) % 12 + 1:02d}-10" for month in range(2, 26)]
    file = flows(tmp_path, "advance,1978-01-10,5000", *(f"payment,{when},230" for when in months))
    told = answer("apr", file, "--method", "us-actuarial")
    assert told["rate"] == "0.096857080623"
    ran = benyuan("apr", file, "--method", "us-actuarial", "--unit-period", "1 month")
    assert ran.exit_code == 0, ran.output
    lines = [line.split() for line in ran.stdout.splitlines() if line.strip()]
    assert ["all-in", "annual", "rate", "9.6857%"] in lines
    assert ["payments", "5,520", "in", "24"] in lines
    assert lines.index(["all-in", "annual", "rate", "9.6857%"]) == 3  # it stands first, under title and head


def test_times_in_years(tmp_path: Path) -> None:
    file = flows(tmp_path, "payment,-1,150", "advance,0,30000", "payment,0,450", "payment,10,60000")
    told = answer("apr", file, "--method", "eu")
    assert (told["irr_compound"], told["irr_simple"], told["unit_period"]) == (None, None, None)
    shown = benyuan("apr", "--advance", "0=1000", "--payment", "1/2=550", "--payment", "1=550", "--method", "eu")
    assert "times given in years" in shown.stdout


def test_a_rate_by_one_method_where_another_has_several() -> None:
    words = ["--advance", "2021-01-01=30000", "--payment", "2020-01-01=150", "--payment", "2026-01-01=45000"]
    assert answer("apr", *words, "--method", "us-actuarial")["irr_simple"] is not None
    ran = benyuan("apr", "--advance", "2025-01-01=100", "--advance", "2027-01-01=132", "--payment", "2026-01-01=230")
    assert ran.exit_code == 2
    assert "0.100000000000, 0.200000000000" in ran.output


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("advances: got [], expected at least one flow", ()),
        ("payments", LENT),
        ("--payment", (*LENT, "--payment", "tomorrow=5")),
        ("--payment", (*LENT, "--payment", "2026-02-30=5")),
        ("--payment", (*LENT, "--payment", "2026-02-15=five")),
        ("--payment", (*LENT, "--payment", "2026-02-15")),
        ("--payment", (*LENT, "--payment", "1/0=5")),
        ("--payment", (*LENT, "--payment", "1e999999999=5", "--method", "eu")),
        ("--payment", (*LENT, "--payment", "2026-W08-1=5")),
        ("--payment", (*LENT, "--payment", "2026-02-15=1_000")),
        ("--payment", (*LENT, "--payment", "2026-02-15=\uff11\uff10")),
        ("--payment", (*LENT, "--payment", "2026-02-15=1e9999999999")),
        ("within 1000 years", ("--advance", "20260115=1000", "--payment", "20260215=1005", "--method", "eu")),
        ("a Decimal above zero", (*LENT, "--payment", "2026-02-15=-5")),
        ("method", (*LENT, "--payment", "2026-02-15=5", "--method", "xirr")),
        ("unit_period", (*LENT, "--payment", "2026-02-15=5", "--unit-period", "2 years")),
        (
            "there is none",
            ("--advance", "2025-01-01=100", "--advance", "2027-01-01=140", "--payment", "2026-01-01=230"),
        ),
        ("no-such.csv", ("no-such.csv",)),
    ],
)
def test_rates_that_are_refused(said: str, words: tuple[str, ...]) -> None:
    ran = benyuan("apr", *words)
    assert ran.exit_code == 2, ran.output
    assert said in ran.output
    assert "Traceback" not in ran.output


@pytest.mark.parametrize(
    ("said", "header", "rows"),
    [
        ("line 1: header", "kind,when", ("advance,2026-01-15",)),
        ("line 3: kind: got 'fee'", "kind,when,amount", ("advance,2026-01-15,100", "fee,2026-01-15,5")),
        ("line 2: when", "kind,when,amount", ("advance,15/01/2026 or so,100",)),
        ("line 2: when", "kind,when,amount", ("advance,1e99999999,100",)),
        ("line 2: amount", "kind,when,amount", ("advance,2026-01-15,1_000",)),
        ("line 2: amount: got '1.000,00'", "kind,when,amount", ('advance,2026-01-15,"1.000,00"',)),
        ("line 2: line", "kind,when,amount", ("advance,2026-01-15",)),
        ("line 2: line", "kind,when,amount", ("advance,2026-01-15,100,000",)),
    ],
)
def test_files_that_are_refused(tmp_path: Path, said: str, header: str, rows: tuple[str, ...]) -> None:
    ran = benyuan("apr", flows(tmp_path, *rows, header=header))
    assert ran.exit_code == 2, ran.output
    assert said in ran.output


def test_columns_in_any_order_and_a_byte_order_mark(tmp_path: Path) -> None:
    file = text(tmp_path / "f.csv", "\ufeffamount,kind,when\n1000,advance,2026-01-15\n1100,payment,2027-01-15\n")
    assert answer("apr", file)["rate"] == "0.100000000000"


def test_a_schedule_as_json() -> None:
    told = answer("schedule", *LOAN, "--rate", "12%")
    assert told["irr_compound"].startswith("0.12682")
    assert told["instalments"][0] == {
        "n": 1,
        "due": "2026-02-15",
        "principal": "3300.22",
        "interest": "100.00",
        "payment": "3400.22",
        "balance": "6699.78",
    }
    assert answer("schedule", *LOAN, "--rate", "0.12") == told


def test_a_schedule_as_csv_and_as_a_table() -> None:
    ran = benyuan("schedule", *LOAN, "--rate", "12%", "--csv")
    rows = list(csv.DictReader(io.StringIO(ran.stdout)))
    told = answer("schedule", *LOAN, "--rate", "12%")["instalments"]
    assert rows == [{name: str(value) for name, value in row.items()} for row in told]
    shown = benyuan("schedule", *LOAN, "--rate", "12%")
    assert "All-in annual rate 12.6829% (irr-compound); interest 200.67, in all 10,200.67" in shown.stdout
    assert "3,366.56" in shown.stdout


def test_a_schedule_whose_rate_is_beyond_all_that_is_looked_for() -> None:
    words = ("schedule", "--principal", "100", "--terms", "1", "--rate", "10000%", "--day-count", "act/365")
    days = ("--frequency", "1 day", "--disbursed-on", "2026-01-01", "--first-due", "2026-01-02")
    told = answer(*words, *days)
    assert (told["irr_compound"], told["instalments"][0]["payment"]) == (None, "127.40")
    assert "All-in annual rate - (irr-compound)" in benyuan(*words, *days).stdout


def test_a_schedule_without_interest_costs_nothing() -> None:
    assert json.loads(benyuan("schedule", *LOAN, "--rate", "0", "--json").stdout)["irr_compound"] == "0.000000000000"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("--rate", ("--rate", "dear")),
        ("such as 12% or 0.12", ("--rate", "12")),
        ("--rate", ("--rate", "1e9999999999%")),
        ("annual_rate", ("--rate", "-1%")),
        ("annual_rate", ("--rate", "NaN")),
        ("terms: got 10000", ("--rate", "12%", "--terms", "10000")),
        ("frequency", ("--rate", "12%", "--frequency", "fortnight")),
        ("day_count", ("--rate", "12%", "--day-count", "actual")),
        ("rounding", ("--rate", "12%", "--rounding", "near")),
        ("method", ("--rate", "12%", "--method", "balloon")),
        ("first_due", ("--rate", "12%", "--first-due", "2026-01-01")),
        ("one of them", ("--rate", "12%", "--csv", "--json")),
        ("Missing option", ()),
    ],
)
def test_schedules_that_are_refused(said: str, words: tuple[str, ...]) -> None:
    ran = benyuan("schedule", *LOAN, *words)
    assert ran.exit_code == 2, ran.output
    assert said in ran.output
    assert "Traceback" not in ran.output
