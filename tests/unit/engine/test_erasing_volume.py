"""A year of payments with texts, erased ten years later: everything goes, and memory does not grow with the year."""

import resource
from pathlib import Path

import pytest

from benyuan.assurance.retention import erase
from benyuan.values.dates import add_calendar_days, day_begins_at
from tests.unit.engine.groups import Desk, found_town, on_file
from tests.unit.engine.keeping import held
from tests.unit.ledger.books import china

A_YEAR, PEOPLE = 365, 200
FIRST, NINE = 20260502, 9 * 3_600_000_000
IN_WALLET_FEN, MOST_KILOBYTES = 100_000_000, 300_000


def a_day(desk: Desk, day: int, *, count: int) -> None:
    """So many payments of one fen at nine o'clock, each with a text."""
    desk.now = day_begins_at(day) + NINE
    places = range(count)
    columns = {
        "payer": [1 + place % PEOPLE for place in places],
        "merchant": [1] * count,
        "amount_fen": [1] * count,
        "channel": ["online"] * count,
        "authentication": ["two_kinds"] * count,
        "memo": [f"what was bought on {day}, {place}" for place in places],
    }
    keys = [f"{day} {place}" for place in places]
    answers = desk.group.execute_columns(kind="pay", columns=columns, client="shop", keys=keys)
    assert answers[count - 1].accepted


def check_days(path: Path, *, days: int, a_day_has: int) -> int:
    """Post so many days and erase them; by how many kilobytes the most memory in use has grown."""
    desk = found_town(on_file(path), people=PEOPLE, in_wallet_fen=IN_WALLET_FEN)
    day = FIRST
    for _ in range(days):
        a_day(desk, day, count=a_day_has)
        day = add_calendar_days(day, 1)
    desk.group.close()
    later = on_file(path, now=china("2037-06-01T09:00"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    done = erase(later.group, on=20370601, at=None)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert done.erased == {"transaction": days * a_day_has}
    assert done.days == days
    assert held(later).erased_payloads == days * a_day_has
    later.group.close()
    return grown


def test_a_month_is_erased_day_by_day(tmp_path: Path) -> None:
    check_days(tmp_path / "group.db", days=30, a_day_has=10)


@pytest.mark.soak
def test_soak_a_year_of_a_million(tmp_path: Path) -> None:
    assert check_days(tmp_path / "group.db", days=A_YEAR, a_day_has=2_740) < MOST_KILOBYTES
