"""Returns as files, and the group's accounts from the command line."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from benyuan.cli.failures import FINE, FOUND, BadFile
from benyuan.cli.inputs.returns import read_returns
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import on_file
from tests.unit.group.ownership import BANK, HOLDING, INSURER, Houses
from tests.unit.group.returns import CHART

HEAD = "body,period,line,debit_fen,credit_fen,counterparty\n"
DAY = 20260331
OF_HOLDING = f"{HOLDING},{DAY},investments,80,0,{BANK}\n{HOLDING},{DAY},paid_in_capital,0,80,\n"
OF_BANK = f"{BANK},{DAY},cash,110,0,0\n{BANK},{DAY},paid_in_capital,0,100,0\n{BANK},{DAY},fee_income,0,10,\n"


def written(folder: Path, text: str, name: str = "all.csv") -> Path:
    path = folder / name
    path.write_text(HEAD + text, encoding="utf-8")
    return path


def group_on_file(folder: Path) -> Path:
    houses = Houses(on_file(folder / "group.db"))
    houses.stake(HOLDING, BANK, 80)
    houses.desk.group.close()
    return folder / "group.db"


def ask(folder: Path, *files: Path) -> tuple[object, ...]:
    named = [word for file in files for word in ("--returns", file)]
    return ("group", "consolidate", HOLDING, "--period", DAY, *named, "--database", group_on_file(folder))


def test_from_the_command_line(tmp_path: Path) -> None:
    words = ask(tmp_path, written(tmp_path, OF_HOLDING, "top.csv"), written(tmp_path, OF_BANK))
    told = answer(*words)
    assert (told["assets_fen"], told["minority_fen"], told["owners_fen"], told["difference_fen"]) == (110, 22, 88, 0)
    shown = benyuan(*words)
    assert shown.exit_code == FINE
    assert "other owners" in shown.stdout


def test_a_side_that_differs_is_found(tmp_path: Path) -> None:
    more = f"{HOLDING},{DAY},loans,7,0,{BANK}\n{HOLDING},{DAY},other_liabilities,0,7,0\n"
    shown = benyuan(*ask(tmp_path, written(tmp_path, OF_HOLDING + more + OF_BANK)))
    assert shown.exit_code == FOUND
    assert "Sides that differ" in shown.stdout


def test_a_return_sent_twice_is_refused(tmp_path: Path) -> None:
    files = (written(tmp_path, OF_HOLDING + OF_BANK), written(tmp_path, OF_BANK, "again.csv"))
    refused = benyuan(*ask(tmp_path, *files))
    assert f"body {BANK}, {DAY}: return 1: debits 110, credits 110; return 2: debits 110, credits 110" in refused.stderr


@pytest.mark.parametrize("ground", ["risk", "size"])
def test_grounds_are_asked_of_the_rule(tmp_path: Path, ground: str) -> None:
    rows = f"{INSURER},{DAY},cash,5,0,0\n{INSURER},{DAY},paid_in_capital,0,5,0\n"
    words = ask(tmp_path, written(tmp_path, OF_HOLDING + OF_BANK + rows))
    ran = benyuan(*words, "--named", f"{INSURER}={ground}", "--json")
    assert ('"bodies":[2,3,4]' in ran.stdout) is (ground == "risk")
    assert ("held_briefly" in ran.output) is (ground == "size")


def test_parquet_says_the_same_as_csv(tmp_path: Path) -> None:
    rows = [line.split(",") for line in (OF_HOLDING + OF_BANK).splitlines()]
    columns = dict(zip(HEAD.strip().split(","), zip(*rows, strict=True), strict=True))
    whole = {name: [int(value or 0) for value in values] for name, values in columns.items() if name != "line"}
    path = tmp_path / "all.parquet"
    pyarrow.parquet.write_table(pa.table({**whole, "line": list(columns["line"])}), path)
    first, second = (
        read_returns([file], chart=CHART, period=DAY) for file in (path, written(tmp_path, OF_HOLDING + OF_BANK))
    )
    for name in ("body", "line", "counterparty", "debit_fen", "credit_fen", "sent"):
        assert getattr(first, name).tolist() == getattr(second, name).tolist()


def test_other_periods_are_left_aside(tmp_path: Path) -> None:
    path = written(tmp_path, OF_BANK + OF_BANK.replace(str(DAY), "20251231"))
    assert len(read_returns([path], chart=CHART, period=DAY)) == 3


@pytest.mark.parametrize(
    ("row", "where", "field"),
    [
        (f"{BANK},{DAY},lones,1,0,0\n", "line 5", "line"),
        (f"{BANK},{DAY},loans,1.5,0,0\n", "line 5", "debit_fen"),
        (f"{BANK},{DAY},loans,,0,0\n", "line 5", "debit_fen"),
        (f"{BANK},{DAY},loans,-1,0,0\n", "line 5", "debit_fen"),
        (f"0,{DAY},loans,1,0,0\n", "line 5", "body"),
        (f"{BANK},{DAY},loans,1,0,{BANK}\n", "line 5", "counterparty"),
        (f"{BANK},{DAY}\n", "", "file"),
    ],
)
def test_errors_name_file_line_and_field(tmp_path: Path, row: str, where: str, field: str) -> None:
    with pytest.raises(BadFile) as caught:
        read_returns([written(tmp_path, OF_BANK + row)], chart=CHART, period=DAY)
    assert (caught.value.file, caught.value.where, caught.value.field) == ("all.csv", where, field)


@pytest.mark.parametrize(
    ("name", "head", "field"),
    [("all.xlsx", HEAD, "file"), ("all.csv", "body,period\n", "line"), ("all.csv", HEAD[:-1] + ",note\n", "column")],
)
def test_files_that_are_no_returns_are_refused(tmp_path: Path, name: str, head: str, field: str) -> None:
    path = tmp_path / name
    path.write_text(head + ",".join("1" * head.count(",") + "1") + "\n", encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        read_returns([path], chart=CHART, period=DAY)
    assert caught.value.field == field
