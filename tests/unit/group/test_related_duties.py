"""What is owed of related parties stands in the one calendar of duties, with rule and article."""

from typing import Any

import pytest

from benyuan.assurance.protection.calendar import Duty, calendar
from tests.unit.engine.groups import HOUR
from tests.unit.group.ownership import BANK, HOLDING, OWNER, SHOP
from tests.unit.group.related import MILLION, OTHER, TODAY, Board

DAYS = 24 * HOUR
FILE = "file_governance_duty"


def owed(board: Board, *, on: int = 20261231) -> dict[str, Duty]:
    """The duties of governance, by kind; the last of a kind counts."""
    return {each.kind: each for each in calendar(board.desk.group, on=on) if each.room == "governance"}


def rows(board: Board, *, on: int = 20261231) -> list[tuple[str, int, int, str]]:
    """Kind, day, owner and article of each."""
    return sorted(
        (each.kind, each.about, each.due_on, each.article) for each in calendar(board.desk.group, on=on) if each.rule
    )


def test_a_major_one_is_reported_and_disclosed_and_its_period_told() -> None:
    board = Board()
    board.deal(20 * MILLION, approval=board.approval(20 * MILLION))
    assert rows(board) == [
        ("audit_year", 20261231, 20261231, "第二十四条"),
        ("disclose_major", 1, 20260525, "第三十九条"),
        ("disclose_quarter", 20260630, 20260809, "第三十九条"),
        ("report_major", 1, 20260525, "第三十七条"),
        ("report_quarter", 20260630, 20260809, "第三十八条"),
    ]
    assert {each.owner for each in owed(board).values()} == {f"body {HOLDING}"}
    assert owed(board)["report_major"].state == "overdue"
    assert owed(board, on=20260525)["report_major"].state == "open"


def test_a_second_one_of_the_quarter_brings_nothing_more() -> None:
    board = Board()
    board.deal(6 * MILLION)
    count = len(rows(board))
    board.deal(6 * MILLION, agreement="b")
    assert len(rows(board)) == count == 3


def test_a_quarter_arises_when_it_has_ended() -> None:
    board = Board()
    board.deal(6 * MILLION)
    assert "report_quarter" not in owed(board, on=20260630)
    assert owed(board, on=20260701)["report_quarter"].state == "open"
    number = owed(board)["report_quarter"].duty
    early = board.asked(FILE, duty=number)
    assert early.invalid is not None


@pytest.mark.parametrize(("days", "late"), [(100, 0), (101, 1)])
def test_a_quarter_is_filed_in_time_or_late_and_brings_the_next(days: int, late: int) -> None:
    board = Board()
    board.deal(6 * MILLION)
    number = owed(board)["report_quarter"].duty
    board.desk.now += days * DAYS
    assert board.plain(FILE, duty=number)["late"] == late
    found = owed(board)["report_quarter"]
    assert (found.about, found.due_on) == (20260930, 20261109)
    again = board.asked(FILE, duty=number)
    assert again.invalid is not None


def test_a_bank_by_its_own_order() -> None:
    board = Board()
    board.measured(BANK, figure="net_capital")
    board.measured(OWNER)
    board.deal(6 * MILLION, body=BANK)
    found = owed(board)["report_quarter"]
    assert (found.due_on, found.article, found.owner) == (20260730, "第五十四条", f"body {BANK}")


def test_a_framework_is_reported_as_a_major_one() -> None:
    board = Board()
    fields: dict[str, Any] = {"body": HOLDING, "party": SHOP, "sort": "services", "amount_fen": MILLION}
    board.stake(SHOP, HOLDING, 5)
    approval = board.approval(MILLION, party=SHOP, sort="services", framework=True)
    term = {"agreement": "frame", "from_date": TODAY, "until": 20270430, "signed_on": TODAY}
    board.plain("sign_framework", **fields, **term, approval=approval)
    assert {"report_framework", "disclose_framework"} <= set(owed(board))


def test_the_register() -> None:
    board = Board()
    board.plain("update_related_register", body=HOLDING)
    first = owed(board)["update_register"]
    assert (first.due_on, first.article) == (20261101, "第十九条")
    answer = board.asked(FILE, duty=first.duty)
    assert answer.invalid is not None
    board.desk.now += DAYS
    board.plain("update_related_register", body=HOLDING)
    states = [each.state for each in calendar(board.desk.group, on=20260502)]
    assert states == ["done", "open"]


@pytest.mark.parametrize(
    ("part", "from_date", "arises"), [(4, TODAY, 0), (5, TODAY, 1), (5, 20230228, 0), (5, 20230301, 1)]
)
def test_who_comes_to_hold_five_per_cent_reports(part: int, from_date: int, arises: int) -> None:
    board = Board()
    board.stake(SHOP, HOLDING, part, from_date=from_date)
    assert len(rows(board)) == arises
    if arises and from_date == TODAY:
        assert rows(board) == [("report_owner", SHOP, 20260525, "第十九条")]


def test_more_of_the_same_is_no_second_report() -> None:
    board = Board()
    board.stake(SHOP, HOLDING, 5, from_date=20260401)
    board.stake(SHOP, HOLDING, 9, from_date=TODAY)
    board.stake(SHOP, BANK, 9, from_date=TODAY)
    assert len(rows(board)) == 1
    board.stake(SHOP, HOLDING, 0, from_date=20260601)
    board.stake(SHOP, HOLDING, 5, from_date=20260701)
    assert len(rows(board)) == 2


def test_who_comes_to_decide_on_core_business_is_reported() -> None:
    board = Board()
    for body, post in ((BANK, "decides_investments"), (HOLDING, "director"), (HOLDING, "decides_investments")):
        board.do("record_office", individual=OTHER, body=body, post=post, from_date=TODAY)
    assert rows(board) == [("report_insider", OTHER, 20260525, "第十九条")]
