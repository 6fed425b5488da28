"""Returns as files, and the group's accounts from the command line."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

from benyuan.cli.failures import FINE, FOUND, BadFile
from benyuan.cli.inputs.returns import read_returns
from benyuan.holding_company.consolidation.sources import Returns
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
    told = answer(*words)["accounts"]
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
    assert "第二十五条" in refused.stderr


@pytest.mark.parametrize(("ground", "bodies"), [("risk", [2, 3, 4]), ("", [2, 3])])
def test_a_body_at_risk_is_taken_in_where_its_ground_is_recorded(
    tmp_path: Path, ground: str, bodies: list[int]
) -> None:
    rows = f"{INSURER},{DAY},cash,5,0,0\n{INSURER},{DAY},paid_in_capital,0,5,0\n"
    houses = Houses(on_file(tmp_path / "group.db"))
    houses.stake(HOLDING, BANK, 80)
    if ground:
        given = {"top": HOLDING, "body": INSURER, "ground": ground, "from_date": 20260101}
        houses.do("record_consolidation_ground", reason="its losses would be ours", **given)
    houses.desk.group.close()
    file = written(tmp_path, OF_HOLDING + OF_BANK + rows)
    words = ("group", "consolidate", HOLDING, "--period", DAY, "--returns", file, "--database", tmp_path / "group.db")
    told = answer(*words)
    assert told["accounts"]["bodies"] == bodies
    assert [each["reason"] for each in told["grounds"]] == ["its losses would be ours"] * bool(ground)
    assert ("its losses would be ours" in benyuan(*words).stdout) is bool(ground)


def test_parquet_says_the_same_as_csv(tmp_path: Path) -> None:
    rows = [line.split(",") for line in (OF_HOLDING + OF_BANK).splitlines()]
    columns = dict(zip(HEAD.strip().split(","), zip(*rows, strict=True), strict=True))
    whole = {name: [int(value or 0) for value in values] for name, values in columns.items() if name != "line"}
    path = tmp_path / "all.parquet"
    pyarrow.parquet.write_table(pa.table({**whole, "line": list(columns["line"])}), path)
    first, second = (
        read_returns([file], chart=CHART, period=DAY) for file in (path, written(tmp_path, OF_HOLDING + OF_BANK))
    )
    assert_same(first, second)


def assert_same(first: Returns, second: Returns) -> None:
    for name in ("body", "line", "counterparty", "debit_fen", "credit_fen", "sent"):
        assert getattr(first.entries, name).tolist() == getattr(second.entries, name).tolist()


def test_other_periods_are_left_aside(tmp_path: Path) -> None:
    path = written(tmp_path, OF_BANK + OF_BANK.replace(str(DAY), "20251231"))
    assert len(read_returns([path], chart=CHART, period=DAY).entries) == 3


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
    [
        ("all.xlsx", HEAD, "file"),
        ("all.xls", HEAD, "file"),
        ("all.csv", "body,period\n", "line"),
        ("all.csv", HEAD[:-1] + ",note\n", "column"),
    ],
)
def test_files_that_are_no_returns_are_refused(tmp_path: Path, name: str, head: str, field: str) -> None:
    path = tmp_path / name
    path.write_text(head + ",".join("1" * head.count(",") + "1") + "\n", encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        read_returns([path], chart=CHART, period=DAY)
    assert caught.value.field == field


SOURCED = HEAD.strip() + ",source,source_date\n"


def sources(folder: Path, rows: str, head: str = SOURCED) -> list[tuple[int, str, str]]:
    path = folder / "all.csv"
    path.write_text(head + rows, encoding="utf-8")
    found = read_returns([path], chart=CHART, period=DAY).sources
    return [(each.body, each.what, each.source) for each in found]


def test_each_body_has_its_document_or_is_invented(tmp_path: Path) -> None:
    rows = f"{HOLDING},{DAY},cash,1,0,0,audited accounts,20260415\n{BANK},{DAY},cash,1,0,0,,\n"
    assert sources(tmp_path, rows) == [
        (HOLDING, "all.csv", "audited accounts (20260415)"),
        (BANK, "all.csv", "invented"),
    ]


def test_a_return_without_the_columns_is_invented(tmp_path: Path) -> None:
    assert sources(tmp_path, f"{BANK},{DAY},cash,1,0,0\n", HEAD) == [(BANK, "all.csv", "invented")]


@pytest.mark.parametrize(
    ("source", "field"),
    [
        (",20260415", "source_date"),
        ("accounts,", "source_date"),
        ("accounts,20260431", "source_date"),
        ("other accounts,20260415", "source"),
        ("x" * 201 + ",20260415", "source"),
    ],
)
def test_a_source_that_is_none_is_refused(tmp_path: Path, source: str, field: str) -> None:
    rows = f"{BANK},{DAY},cash,1,0,0,accounts,20260415\n{BANK},{DAY},loans,1,0,0,{source}\n"
    with pytest.raises(BadFile) as caught:
        sources(tmp_path, rows)
    assert (caught.value.where, caught.value.field) == ("line 3", field)


def test_invented_shows_wherever_its_figures_do(tmp_path: Path) -> None:
    top = tmp_path / "top.csv"
    text = "".join(line + ",accounts,20260415\n" for line in OF_HOLDING.splitlines())
    top.write_text(SOURCED + text, encoding="utf-8")
    words = ask(tmp_path, top, written(tmp_path, OF_BANK))
    told = answer(*words)["accounts"]
    assert told["invented"] == [BANK]
    assert {line["name"]: line["invented"] for line in told["lines"]} == {"cash": True, "fee_income": True}
    assert [line["invented"] for line in told["top_lines"]] == [False]
    shown = benyuan(*words).stdout.splitlines()
    for words_of in ("cash", "other owners", "assets", "result of the year"):
        assert any(words_of in line and "invented" in line for line in shown), words_of
    assert any("paid in capital" in line and "80" in line for line in shown)
    assert any("accounts (20260415)" in line for line in shown)
