"""Figures and numerals are written and read exactly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.rules.numerals import number_of, numeral_of
from benyuan.rules.quantities import factor_ppm, factor_text, fraction_text, minor_units, percent_text, ratio_ppm
from benyuan.values import BadInput


@pytest.mark.parametrize(
    ("text", "ppm"),
    [("0%", 0), ("5%", 50_000), ("95.5%", 955_000), ("0.0001%", 1), ("100%", 1_000_000), ("150%", 1_500_000)],
)
def test_ratio(text: str, ppm: int) -> None:
    assert ratio_ppm(text, field="ratio") == ppm
    assert percent_text(ppm) == text


@pytest.mark.parametrize("text", ["", "5", "%", "-5%", "5.00001%", "05%", "5 %", "５%", "1e2%"])
def test_no_ratio(text: str) -> None:
    with pytest.raises(BadInput, match="a percentage"):
        ratio_ppm(text, field="ratio")


@pytest.mark.parametrize(
    ("text", "ppm"), [("2.0", 2_000_000), ("1.5", 1_500_000), ("0.000001", 1), ("10.25", 10_250_000)]
)
def test_factor(text: str, ppm: int) -> None:
    assert factor_ppm(text, field="factor") == ppm
    assert factor_text(ppm) == text


@pytest.mark.parametrize("text", ["2", "2.", ".5", "-1.5", "1.0000001", "1,5"])
def test_no_factor(text: str) -> None:
    with pytest.raises(BadInput, match="a factor"):
        factor_ppm(text, field="factor")


@pytest.mark.parametrize("text", ["1/2", "2/3", "3/4", "1/1", "1/10"])
def test_fraction(text: str) -> None:
    assert fraction_text(text, field="share") == text


@pytest.mark.parametrize("text", ["", "2/4", "3/2", "0/1", "1/0", "1", "1/2/3", "0.5", " 1/2", "１/2", "1000/1001"])
def test_no_fraction(text: str) -> None:
    with pytest.raises(BadInput, match="a fraction of at most one"):
        fraction_text(text, field="share")


@given(st.integers(min_value=0, max_value=10**12))
def test_percentages_round_trip(ppm: int) -> None:
    assert ratio_ppm(percent_text(ppm), field="ratio") == ppm


@given(st.integers(min_value=0, max_value=10**12))
def test_factors_round_trip(ppm: int) -> None:
    assert factor_ppm(factor_text(ppm), field="factor") == ppm


def test_minor_units_want_two_decimals() -> None:
    assert minor_units("0.05", field="amount") == 5
    with pytest.raises(BadInput, match="two decimals"):
        minor_units("5", field="amount")


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (43, "四十三"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (111, "一百一十一"), (211, "二百一十一"), (999, "九百九十九")],
)  # fmt: skip
def test_numerals(number: int, numeral: str) -> None:
    assert numeral_of(number) == numeral
    assert number_of(numeral) == number


@given(st.integers(min_value=1, max_value=999))
def test_numerals_round_trip(number: int) -> None:
    assert number_of(numeral_of(number)) == number


@pytest.mark.parametrize("text", ["", "零", "一一", "十百", "条", "11", "一十一"])
def test_no_numeral(text: str) -> None:
    assert number_of(text) is None
