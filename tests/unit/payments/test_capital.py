"""The least capital by class of licence and area, computed and shown."""

import pytest

from benyuan.assurance.floors import capital_floor
from benyuan.payments.capital import Holding, least_capital_fen
from benyuan.rules import RuleNotInForce, load_pack

PACK = load_pack()
MILLION = 100_000_000
STORED_1, STORED_2, PROCESSING_1, PROCESSING_2 = 1, 2, 4, 8
ON = 20260501


def least(licences: int, *, stored: int = 0, processing: int = 0, limited: bool = False, on: int = ON) -> int:
    holding = Holding(
        licences=licences,
        stored_value_2_provinces=stored,
        processing_1_provinces=processing,
        stored_value_2_limited=limited,
    )
    return least_capital_fen(holding, rules=PACK, on=on)


@pytest.mark.parametrize(
    ("licences", "stored", "processing", "millions"),
    [
        (0, 0, 0, 100),
        (PROCESSING_2, 0, 0, 100),
        (STORED_1, 0, 0, 200),
        (STORED_2, 1, 0, 100),
        (STORED_2, 20, 0, 195),
        (STORED_2, 21, 0, 200),
        (PROCESSING_1, 0, 1, 100),
        (PROCESSING_1, 0, 3, 110),
        (PROCESSING_1, 0, 20, 195),
        (PROCESSING_1, 0, 21, 200),
        (STORED_1 | PROCESSING_1, 0, 31, 300),
        (STORED_1 | STORED_2 | PROCESSING_1 | PROCESSING_2, 31, 31, 400),
    ],
)
def test_the_least(licences: int, stored: int, processing: int, millions: int) -> None:
    assert least(licences, stored=stored, processing=processing) == millions * MILLION


def test_a_limited_licence_adds_nothing() -> None:
    assert least(STORED_2, stored=31, limited=True) == 100 * MILLION
    assert least(STORED_2 | PROCESSING_1, processing=2, limited=True) == 105 * MILLION


def test_an_area_that_is_not_known_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="stored_value_2_provinces, processing_1_provinces"):
        least(STORED_2 | PROCESSING_1)


def test_by_day() -> None:
    assert least(STORED_1, on=20240708) == 100 * MILLION
    assert least(STORED_1, on=20240709) == 200 * MILLION
    with pytest.raises(RuleNotInForce):
        least(STORED_1, on=20240430)


ROW = {"stored_value_2_provinces": 0, "processing_1_provinces": 31, "stored_value_2_limited": 0}


@pytest.mark.parametrize(("more", "headroom"), [(0, 0), (1, 1), (-1, -1)])
def test_headroom(more: int, headroom: int) -> None:
    recorded = {**ROW, "paid_in_fen": 300 * MILLION + more}
    shown = capital_floor(recorded=recorded, licences=STORED_1 | PROCESSING_1, rules=PACK, on=ON)
    assert (shown.least_fen, shown.headroom_fen) == (300 * MILLION, headroom)
    assert shown.licences == ("stored_value_1", "processing_1")


def test_nothing_recorded() -> None:
    shown = capital_floor(recorded=None, licences=STORED_1 | PROCESSING_1, rules=PACK, on=ON)
    assert (shown.paid_in_fen, shown.least_fen, shown.area_unknown) == (None, None, ("processing_1_provinces",))
    shown = capital_floor(recorded=None, licences=STORED_1, rules=PACK, on=ON)
    assert (shown.paid_in_fen, shown.least_fen, shown.headroom_fen) == (None, 200 * MILLION, None)
    assert capital_floor(recorded=None, licences=STORED_1, rules=PACK, on=20240430).least_fen is None
