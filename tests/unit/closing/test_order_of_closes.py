"""When days are closed, and in how many parts, changes no entry, no row and no step."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from benyuan.assurance.lender_books.ties import untied
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from benyuan.values.dates import add_calendar_days
from tests.unit.closing.comparing import left_by
from tests.unit.closing.lives import LAST_DAY, live
from tests.unit.lending.lenders import Lender, lender_in_memory

LAST_CLOSED = add_calendar_days(LAST_DAY, -1)
Closes = Callable[[Lender, int], None]


def at_midnight(lender: Lender, on: int) -> None:
    """Each day before anything else happens."""
    lender.close(through=add_calendar_days(on, -1), on=on, time="00:00")


def late_next_day(lender: Lender, on: int) -> None:
    """Each day at the end of the next one, after all that happened on that."""
    lender.close(through=add_calendar_days(on, -2), on=add_calendar_days(on, -1), time="23:59")


def now_and_then(lender: Lender, on: int) -> None:
    """Several days at once, in two parts."""
    if on % 7 == 0:
        lender.close(through=add_calendar_days(on, -1), on=on, time="00:00", shards=2)


def in_the_end(lender: Lender, on: int) -> None:
    """Nothing before the end."""
    del lender, on


def lived(closes: Closes, *, shards: int = 1) -> Lender:
    """The life to its end, with all its days closed."""
    lender = live(lender_in_memory(conversion_ppm=500_000), closes=closes)
    lender.close(through=LAST_CLOSED, on=LAST_DAY, shards=shards)
    return lender


@cache
def each_in_turn() -> dict[str, Any]:
    """What is left where each day is closed at midnight."""
    return left_by(lived(at_midnight))


@pytest.mark.parametrize("closes", [late_next_day, now_and_then, in_the_end], ids=lambda closes: closes.__name__)
def test_late_closes_leave_what_closing_each_day_in_turn_leaves(closes: Closes) -> None:
    left = left_by(lived(closes))
    wanted = each_in_turn()
    for name in wanted:
        assert left[name] == wanted[name], name


@pytest.mark.parametrize("shards", [2, 3, 7])
def test_no_cut_changes_entries_totals_or_steps(shards: int) -> None:
    def cut_at_the_end(lender: Lender, on: int) -> None:
        if on <= 20260618:
            at_midnight(lender, on)

    assert left_by(lived(cut_at_the_end, shards=shards)) == each_in_turn()


def test_books_tie_and_the_log_decides_as_it_did() -> None:
    lender = lived(late_next_day)
    assert untied(lender.group, lender=1) == []
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)


def test_a_life_in_which_nothing_is_told_apart_would_prove_nothing() -> None:
    left = each_in_turn()
    assert {"loans", "accounts", "entries", "totals"} == set(left)
    assert len(left["entries"]) > 90
    kinds = {step["kind"] for steps in (*left["loans"].values(), *left["accounts"].values()) for step in steps}
    assert len(kinds) >= 5
    assert any(partner for _, _, partner in left["totals"])
    assert any(sum(day[f"stage_{stage}_fen"] for stage in (2, 3)) for day in left["totals"].values())
