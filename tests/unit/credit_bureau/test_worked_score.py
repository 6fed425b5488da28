"""docs/algorithms/score.md: its code runs, its table is what explaining says, and it names every factor and column."""

import doctest
from dataclasses import fields
from pathlib import Path

import pytest

from benyuan.credit_bureau.score.by_hand import factors_by_hand
from benyuan.credit_bureau.score.explaining import explain
from benyuan.credit_bureau.score.factors import factors_of
from benyuan.credit_bureau.score.layout import COLUMNS, AccountMonths
from benyuan.credit_bureau.score.monitoring import chance_of_bad
from benyuan.credit_bureau.score.titles import FACTORS
from benyuan.storage.scorecards import load_scorecard
from tests.unit.credit_bureau.score_files import WORKED, columns_of

PAGE = Path(__file__).parents[3] / "docs" / "algorithms" / "score.md"
TEXT = PAGE.read_text(encoding="utf-8")


def test_its_code_runs() -> None:
    done = doctest.testfile(str(PAGE), module_relative=False)
    assert done.attempted > 0
    assert not done.failed


def test_its_table_is_what_explaining_says() -> None:
    told = explain(load_scorecard(), factors_by_hand(WORKED))
    rows = [
        f"| `{line.factor}` | {line.value:,} | {line.bin_en} | {line.points} | {line.best_points} "
        f"| {line.lacking_points} |"
        for line in told.lines
    ]
    table = TEXT[TEXT.index("| base points |") : TEXT.index("| **score** |")].splitlines()
    assert table == [f"| base points | | | {told.base_points} | | |", *rows]
    assert f"| **score** | | | **{told.score}** | | |" in TEXT


def test_the_columns_say_the_same_of_it() -> None:
    columns = factors_of(columns_of([WORKED]))
    assert {name: int(column[0]) for name, column in columns.items()} == factors_by_hand(WORKED)


@pytest.mark.parametrize("name", [*COLUMNS, *(factor.name for factor in FACTORS)])
def test_it_names_every_column_and_factor(name: str) -> None:
    assert f"`{name}`" in TEXT
    assert {field.name for field in fields(AccountMonths)} == {"files", "file", *COLUMNS}


def test_its_chances() -> None:
    scaling = load_scorecard().scaling
    assert [f"{chance_of_bad(scaling, score=score):.3f}" for score in (600, 490)] == ["0.048", "0.252"]
