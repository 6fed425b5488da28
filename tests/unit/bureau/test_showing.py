"""What may be shown: the record furnished last, five years to the day, the one-off repair at its limits."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from benyuan.credit_bureau.report.showing import Shown, shown_on
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER
from benyuan.rules import RuleNotInForce
from tests.unit.bureau.files import ON, months, public
from tests.unit.engine.groups import regime

LETTERS = {number: letter for letter, number in STATUS_NUMBER.items()}


def shown(held: NDArray[Any], *, on: int = ON, records: NDArray[Any] | None = None) -> Shown:
    """What is shown on a day under the built-in rules."""
    return shown_on(months=held, public=public() if records is None else records, on=on, rules=regime().pack)


def letters(of: Shown) -> dict[int, str]:
    """The status of each month that is shown."""
    pairs = zip(of.months["month"].tolist(), of.months["status"].tolist(), strict=True)
    return {month: LETTERS[status] for month, status in pairs}


def test_of_one_month_the_record_furnished_last() -> None:
    first, second = months(1, 202601, "N1N"), months(1, 202602, "N")
    assert letters(shown(np.concatenate([first, second]))) == {202601: "N", 202602: "N", 202603: "N"}
    assert letters(shown(np.concatenate([second, first]))) == {202601: "N", 202602: "1", 202603: "N"}


def test_months_after_the_day_are_not_shown() -> None:
    assert letters(shown(months(1, 202610, "NNN"), on=20261130)) == {202610: "N", 202611: "N"}


@pytest.mark.parametrize(("on", "there"), [(20310512, True), (20310513, False)])
def test_negative_months_stay_five_years_from_the_day_of_payment(on: int, there: bool) -> None:
    held = months(1, 202603, "12NN", ended_on={202605: 20260512})
    expected = {202603: "1", 202604: "2", 202605: "N", 202606: "N"} if there else {202606: "N"}
    assert letters(shown(held, on=on)) == expected


@pytest.mark.parametrize(("on", "there"), [(20310531, True), (20310601, False)])
def test_without_a_day_of_payment_from_the_end_of_the_month(on: int, there: bool) -> None:
    left = letters(shown(months(1, 202603, "12N"), on=on))
    assert left == ({202603: "1", 202604: "2", 202605: "N"} if there else {202605: "N"})


@pytest.mark.parametrize(("on", "there"), [(20290228, True), (20290301, False)])
def test_what_ended_on_a_leap_day(on: int, there: bool) -> None:
    held = months(1, 202401, "1N", ended_on={202402: 20240229})
    assert (202401 in letters(shown(held, on=on))) == there


def test_what_goes_on_has_no_end() -> None:
    assert letters(shown(months(1, 201501, "B#"), on=20301231)) == {201501: "B", 201502: "#"}


def test_the_month_that_closed_the_account_stays_with_its_day() -> None:
    left = shown(months(1, 202603, "1C", ended_on={202604: 20260410}), on=20310411)
    assert letters(left) == {202604: "C"}
    assert left.months["ended_on"].tolist() == [20260410]


def test_no_report_from_before_there_was_a_rule() -> None:
    with pytest.raises(RuleNotInForce):
        shown(months(1, 201201, "1"), on=20130314)
    assert letters(shown(months(1, 201201, "1"), on=20130315)) == {201201: "1"}


def repaired(*, fell_due: int = 20250310, amount: int = 1_000_000, paid: int = 20260331, on: int = ON) -> bool:
    """Whether arrears are hidden by the one-off repair; the month of payment stays and doesn't tell."""
    month = fell_due // 100
    held = months(1, month, "1", due_on=fell_due, overdue_fen=amount)
    after = months(1, paid // 100, "N", ended_on=paid)
    left = shown(np.concatenate([held, after]), on=on)
    assert letters(left)[paid // 100] == "N"
    hidden = month not in letters(left)
    assert left.months["ended_on"].tolist() == ([0] if hidden else [0, paid])
    return hidden


@pytest.mark.parametrize(("amount", "hidden"), [(0, False), (1, True), (1_000_000, True), (1_000_001, False)])
def test_repair_by_amount(amount: int, hidden: bool) -> None:
    assert repaired(amount=amount) is hidden


@pytest.mark.parametrize(("paid", "hidden"), [(20260330, True), (20260331, True), (20260401, False)])
def test_repair_by_day_of_payment(paid: int, hidden: bool) -> None:
    assert repaired(paid=paid) is hidden


@pytest.mark.parametrize(
    ("fell_due", "hidden"), [(20191231, False), (20200101, True), (20251231, True), (20260101, False)]
)
def test_repair_by_day_of_falling_due(fell_due: int, hidden: bool) -> None:
    early = 20220331
    assert repaired(fell_due=fell_due, paid=20260331 if fell_due > early else 20221001) is hidden


@pytest.mark.parametrize(("on", "hidden"), [(20251231, False), (20260101, True)])
def test_repair_from_its_first_day(on: int, hidden: bool) -> None:
    assert repaired(fell_due=20250310, paid=20251130, on=on) is hidden


def test_repair_needs_payment_and_takes_each_item_by_itself() -> None:
    running = months(1, 202503, "1", due_on=20250310, overdue_fen=500)
    assert letters(shown(running)) == {202503: "1"}
    two = months(
        1, 202503, "1N1N", due_on={202503: 20250310, 202505: 20250510}, overdue_fen={202503: 500, 202505: 1_000_001}
    )
    assert letters(shown(two)) == {202504: "N", 202505: "1", 202506: "N"}


def test_repair_hides_no_bad_debt() -> None:
    held = months(1, 202503, "1B", due_on=20250310, overdue_fen=500, ended_on={202504: 20250420})
    assert letters(shown(held)) == {202503: "1", 202504: "B"}


@pytest.mark.parametrize(("on", "left"), [(20310610, 1), (20310611, 0)])
def test_public_records_stay_five_years_from_their_end(on: int, left: int) -> None:
    record = {"reference": 5, "kind": "penalty", "decided_on": 20250101, "ended_on": 20260610}
    assert len(shown(months(1, 202601, ""), records=public(record), on=on).public) == left


def test_of_a_public_record_the_one_furnished_last_and_none_of_later_days() -> None:
    first = {"reference": 5, "kind": "judgment", "decided_on": 20250101, "amount_fen": 7}
    again = {**first, "ended_on": 20250601, "amount_fen": 8}
    later = {"reference": 6, "kind": "penalty", "decided_on": 20261129}
    held = shown(months(1, 202601, ""), records=public(first, again, later)).public
    assert held["amount_fen"].tolist() == [8]
    assert len(shown(months(1, 202601, ""), records=public(first, again), on=20300602).public) == 0
