"""Yuan as text comes in exactly, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.values import INT64_MAX, BadInput, fen_from_yuan, yuan_text


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("0", 0),
        ("0.01", 1),
        ("0.1", 10),
        ("1", 100),
        ("1.5", 150),
        ("100000.00", 10_000_000),
        ("92233720368547758.07", INT64_MAX),
    ],
)
def test_reads(text: str, fen: int) -> None:
    assert fen_from_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1.234",
        "-1",
        "+1",
        "1,000.00",
        "1e3",
        " 1",
        "1 ",
        "1\n",
        ".5",
        "1.",
        "01",
        "00.10",
        "１",
        "١",
        "nan",
        "inf",
        "1_000",
        "0x10",
        "92233720368547758.08",
        "9" * 5_000,
    ],
)
def test_refuses(text: str) -> None:
    with pytest.raises(BadInput):
        fen_from_yuan(text)


def test_error_names_field_value_and_constraint() -> None:
    with pytest.raises(BadInput) as caught:
        fen_from_yuan("1.234", field="asked")
    assert str(caught.value).startswith("asked: got '1.234', expected a plain amount in yuan")
    assert (caught.value.field, caught.value.value) == ("asked", "1.234")


@pytest.mark.parametrize(
    ("fen", "text"),
    [(0, "0.00"), (5, "0.05"), (123_456, "1,234.56"), (-5, "-0.05"), (-123_456, "-1,234.56"), (100, "1.00")],
)
def test_writes(fen: int, text: str) -> None:
    assert yuan_text(fen) == text


@given(st.integers(min_value=0, max_value=INT64_MAX))
def test_reads_what_it_wrote(fen: int) -> None:
    assert fen_from_yuan(yuan_text(fen).replace(",", "")) == fen
