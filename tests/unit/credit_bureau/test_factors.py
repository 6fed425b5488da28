"""The factors of credit files, and that the columns have no place for anything but credit."""

import re
from dataclasses import fields
from typing import Any

import numpy as np
import pytest

from benyuan.credit_bureau.score.by_hand import Month
from benyuan.credit_bureau.score.factors import factors_of
from benyuan.credit_bureau.score.layout import ABSENT, MOST_FEN, AccountMonths
from benyuan.credit_bureau.score.titles import FACTORS
from benyuan.values.errors import BadInput
from tests.unit.credit_bureau.score_files import WORKED, columns_of

FORBIDDEN = re.compile(
    "sex|gender|age|birth|marri|educat|religio|gene|finger|blood|illness|medical|income|salary|deposit|securit|insur|"
    "estate|tax|ethnic|nation|party|address|region|postcode|occupation|employ|name|phone|device|friend|purchase"
)


def one(file: Any) -> dict[str, int]:
    return {name: int(column[0]) for name, column in factors_of(columns_of([file])).items()}


def test_the_worked_file() -> None:
    found = one(WORKED)
    assert (found["worst_1m"], found["worst_3m"], found["worst_6m"]) == (0, 2, 2)
    assert (found["arrears_months_6m"], found["severe_months_6m"]) == (2, 1)
    assert (found["months_since_arrears"], found["months_since_severe"]) == (2, 2)
    assert found["utilisation_1m_ppm"] == 260_000  # 6,500 of 25,000
    assert found["utilisation_6m_ppm"] == 414_666  # 45, 47.5, 49.5, 45.6, 35.2 and 26 per cent
    assert found["paid_share_1m_ppm"] == 375_000  # 3,300 of 8,800
    assert (found["unpaid_months_6m"], found["full_months_6m"]) == (2, 0)
    assert (found["paid_to_limit_3m_ppm"], found["paid_3m_fen"]) == (300_000, 750_000)
    assert (found["limit_fen"], found["accounts"], found["months_known"]) == (2_500_000, 2, 6)


def test_nothing_furnished_is_absent_and_not_nought() -> None:
    found = one([])
    assert found.pop("accounts") == found.pop("months_known") == 0
    assert set(found.values()) == {ABSENT}


def test_a_file_without_accounts_among_others() -> None:
    found = factors_of(columns_of([[], WORKED, []]))
    assert found["accounts"].tolist() == [0, 2, 0]
    assert found["worst_6m"].tolist() == [ABSENT, 2, ABSENT]


def test_there_is_a_column_for_every_factor_and_no_other() -> None:
    assert set(factors_of(columns_of([WORKED]))) == {factor.name for factor in FACTORS}
    assert all(column.dtype == np.int64 for column in factors_of(columns_of([WORKED])).values())


def test_months_before_the_window_count_for_nothing() -> None:
    first, second = WORKED
    older = [Month(status=7, balance_fen=1, limit_fen=1, statement_fen=1, paid_fen=0), *first]
    assert one([older, second]) == one(WORKED)


def test_there_is_no_place_for_anything_but_credit() -> None:
    columns = {field.name for field in fields(AccountMonths)}
    assert columns == {"files", "file", "status", "balance_fen", "limit_fen", "statement_fen", "paid_fen"}
    words = {word for factor in FACTORS for word in factor.name.split("_")}
    assert not [word for word in words if FORBIDDEN.match(word)]
    with pytest.raises(TypeError):
        AccountMonths(**dict.fromkeys(columns), sex=np.zeros(1))  # type: ignore[arg-type,call-arg]


@pytest.mark.parametrize(
    ("name", "column", "said"),
    [
        ("file", np.array([1, 0]), "never falling"),
        ("file", np.array([0, 2]), "from 0 to 1"),
        ("file", np.array([0.0, 1.0]), "whole numbers"),
        ("status", np.full((2, 6), 8), "status: got '8 to 8', expected -1 (absent) to 7"),
        ("status", np.zeros(6, np.int64), "of the shape"),
        ("balance_fen", np.full((2, 6), -2), "-1 (absent) to"),
        ("limit_fen", np.zeros((2, 5), np.int64), "of the shape (2, 6)"),
        ("statement_fen", np.zeros((2, 6)), "whole numbers"),
        ("paid_fen", np.full((2, 6), MOST_FEN + 1), "-1 (absent) to"),
    ],
)
def test_columns_that_are_none_are_refused(name: str, column: Any, said: str) -> None:
    whole: dict[str, Any] = {"files": 2, "file": np.array([0, 1])}
    whole |= {
        each: np.zeros((2, 6), np.int64) for each in ("status", "balance_fen", "limit_fen", "statement_fen", "paid_fen")
    }
    assert AccountMonths(**whole).months == 6
    whole[name] = column
    with pytest.raises(BadInput) as refused:
        AccountMonths(**whole)
    assert refused.value.field == name
    assert said in str(refused.value)


def test_sums_beyond_all_reason_are_refused() -> None:
    rich = columns_of([WORKED])
    most = np.full_like(rich.paid_fen, MOST_FEN)
    whole = {field.name: getattr(rich, field.name) for field in fields(AccountMonths)} | {"paid_fen": most}
    with pytest.raises(BadInput, match="of one file in a month"):
        factors_of(AccountMonths(**whole))
