"""The tape of any closed day sums to what its close kept; lines and freezes since are taken back."""

import numpy as np
import pytest

from benyuan.assurance.lender_books.ageing import ageing, bucket_names
from benyuan.assurance.lender_books.tape import Tape, loan_tape, tape_sums
from benyuan.assurance.lender_books.vintage import vintages
from benyuan.assurance.lending import closed_days, lender_day
from benyuan.consumer_finance.records import CLOSED_PART
from benyuan.values.errors import BadInput
from tests.unit.assurance.lender_world import BEGAN, LAST
from tests.unit.engine.groups import Desk

DAYS = (BEGAN, 20260503, 20260602, 20260603, 20260630, 20260701, 20260703, LAST)


def kept(desk: Desk, day: int, product: int) -> dict[str, int]:
    held = desk.group.records.tables[CLOSED_PART.name]
    of = (held.column("date") == day) & (held.column("product") == product) & (held.column("partner") == 0)
    return {name: int(held.column(name)[of].sum()) for name in CLOSED_PART.columns[6:]}


def rows_of(tape: Tape) -> dict[tuple[str, int], dict[str, object]]:
    spoken = {name: column.tolist() for name, column in tape.spoken().items()}
    rows = [dict(zip(spoken, row, strict=True)) for row in zip(*spoken.values(), strict=True)]
    return {(str(row["sort"]), int(row["id"])): row for row in rows}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("product", [1, 2])
def test_sums_are_the_closed_days(lender: Desk, day: int, product: int) -> None:
    tape = loan_tape(lender.group, lender=1, date=day)
    sums = tape_sums(tape).get(product, {})
    wanted = kept(lender, day, product)
    assert {name: sums.get(name, 0) for name in wanted} == wanted


@pytest.mark.parametrize("day", DAYS)
def test_rows_sum_to_the_closed_day(lender: Desk, day: int) -> None:
    held = loan_tape(lender.group, lender=1, date=day).columns
    told = lender_day(lender.group, lender=1, date=day)
    own = held["principal_fen"] - held["partner_principal_fen"]
    for line in told.products:
        of = held["product"] == line.product
        assert int(own[of].sum()) == line.principal_fen
        assert int(held["undrawn_fen"][of].sum()) == line.undrawn_fen
        assert int(held["running"][of].sum()) == line.loans
        for number, stage in enumerate(("one", "two", "three"), 1):
            here = of & (held["stage"] == number)
            assert int(own[here].sum()) == line.stages_fen[stage]
            assert int(held["expected_loss_fen"][here].sum()) == line.allowances_fen[stage]


def test_a_row_by_hand(lender: Desk) -> None:
    """6,000.01 at 12% by act/365 from May 5th to the end of June 4th: 31 nights; then late from the due day on."""
    row = rows_of(loan_tape(lender.group, lender=1, date=20260604))["loan", 2]
    assert row["interest_ever_fen"] == round(600_001 * 0.12 * 31 / 365)
    assert (row["partner_principal_fen"], row["partner_interest_fen"]) == (180_000, 6_115 * 3 // 10)
    assert (row["days_overdue"], row["next_due_on"], row["next_due_fen"]) == (0, 20260605, 204_047)
    later = rows_of(loan_tape(lender.group, lender=1, date=20260610))["loan", 2]
    assert (later["days_overdue"], later["risk_class"], later["stage"], later["standing"]) == (
        5,
        "special_mention",
        "1",
        "open",
    )


def test_a_line_changed_since_is_taken_back(lender: Desk) -> None:
    before = rows_of(loan_tape(lender.group, lender=1, date=20260630))
    after = rows_of(loan_tape(lender.group, lender=1, date=20260701))
    assert (before["account", 1]["undrawn_fen"], after["account", 1]["undrawn_fen"]) == (200_000, 100_000)
    frozen = rows_of(loan_tape(lender.group, lender=1, date=20260702))
    assert (after["account", 2]["undrawn_fen"], frozen["account", 2]["undrawn_fen"]) == (150_000, 0)


def test_a_day_that_is_not_closed(lender: Desk) -> None:
    with pytest.raises(BadInput, match="from 20260501 to 20260720"):
        loan_tape(lender.group, lender=1, date=20260721)
    with pytest.raises(BadInput, match="a lender that exists"):
        loan_tape(lender.group, lender=2)


def aged(days: list[int]) -> dict[str, tuple[int, int]]:
    """Loans of 1, 2, 4, … fen, so late; the bucket's count and principal."""
    count = len(days)
    fen = 2 ** np.arange(count)
    columns = {
        "product": np.ones(count, np.int64),
        "running": np.ones(count, np.int64),
        "principal_fen": fen,
        "partner_principal_fen": np.zeros(count, np.int64),
        "days_overdue": np.array(days),
    }
    rows = ageing(Tape(lender=1, date=LAST, columns=columns, totals=[]))
    return {row.bucket: (row.loans, row.principal_fen) for row in rows if row.loans}


@pytest.mark.parametrize(
    ("bucket", "first", "last"),
    [
        ("current", 0, 0),
        ("1-30", 1, 30),
        ("31-60", 31, 60),
        ("61-90", 61, 90),
        ("91-180", 91, 180),
        ("181-270", 181, 270),
        ("271-360", 271, 360),
        (">360", 361, 9_999),
    ],
)
def test_buckets_at_their_edges(bucket: str, first: int, last: int) -> None:
    found = aged([max(first - 1, 0), first, last, last + 1])
    assert bucket in bucket_names()
    assert found[bucket][1] & 6 == 6
    assert found[bucket][1] & 8 == (8 if bucket == ">360" else 0)


def test_ageing_sums_to_the_closed_day(lender: Desk) -> None:
    rows = ageing(loan_tape(lender.group, lender=1))
    told = lender_day(lender.group, lender=1)
    for line in told.products:
        mine = [row for row in rows if row.product == line.product]
        assert sum(row.principal_fen for row in mine) == line.principal_fen
        assert sum(row.loans for row in mine) == line.loans
    assert [row.bucket for row in rows[:8]] == bucket_names()


def test_vintages_by_hand(lender: Desk) -> None:
    """Two loans of May: at the end of June none is 31 days late; by July 20th one is written off, 837.18 back."""
    rows = [row for row in vintages(lender.group, lender=1) if row.sort == "loan"]
    told = [(row.begun, row.month_on_book, row.date, row.loans, row.drawn_fen, row.late_30_fen) for row in rows]
    drawn = 1_000_000 + 600_001
    assert told == [
        (202605, 0, 20260531, 2, drawn, 0),
        (202605, 1, 20260630, 2, drawn, 0),
        (202605, 2, LAST, 2, drawn, 516_283),
    ]
    assert rows[-1].late_30_ppm == 516_283 * 1_000_000 // drawn
    assert rows[-1].late_90_fen == 516_283  # written off


def test_a_vintage_up_to_an_earlier_day(lender: Desk) -> None:
    rows = vintages(lender.group, lender=1, date=20260615)
    assert {row.date for row in rows} == {20260531, 20260615}
    assert closed_days(lender.group, lender=1)[-1] == LAST
