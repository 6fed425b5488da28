"""What a loss that was found bars, what the worst grade forbids, and which pledges are told."""

from typing import Any

import pytest

from benyuan.assurance.group.limits import limits_of
from benyuan.governance.related.vocabulary import Grade
from tests.unit.cli.running import benyuan
from tests.unit.engine.groups import HOUR, on_file
from tests.unit.group.ownership import BANK, HOLDING, INSURER, SHOP, SOURCE
from tests.unit.group.related import FRIEND, LEASER, MILLION, TODAY, Board

KIND = "record_related_transaction"
DAY = 24 * HOUR


def small(board: Board, body: int, **fields: Any) -> dict[str, Any]:
    """A loan of one fen to the shop."""
    return board.fields(1, **{"body": body, "party": SHOP, **fields})


@pytest.fixture
def board() -> Board:
    """A bank and a leasing company under nobody, of either of which the shop has 5%."""
    made = Board()
    made.stake(HOLDING, BANK, 0)
    for body in (BANK, LEASER):
        made.stake(SHOP, body, 5)
        made.measured(body, figure="net_capital")
    made.paid_in(SHOP, LEASER, 1_000 * MILLION)
    return made


def lost(board: Board, body: int, found_on: int, party: int = SHOP) -> None:
    board.plain("record_related_loss", body=body, party=party, amount_fen=1, found_on=found_on, **SOURCE)


@pytest.mark.parametrize(
    ("found_on", "signed_on", "barred"),
    [
        (20260501, 20260430, False),
        (20260501, 20260501, True),
        (20240501, TODAY, True),
        (20240430, TODAY, False),
    ],
    ids=["signed the day before", "found that day", "two years on", "two years and a day on"],
)
@pytest.mark.parametrize(("body", "rule"), [(BANK, "rpt.bank.after_loss"), (LEASER, "rpt.leasing.after_loss")])
def test_how_long_a_loss_bars(board: Board, body: int, rule: str, found_on: int, signed_on: int, barred: bool) -> None:
    lost(board, body, found_on)
    asked = small(board, body, signed_on=signed_on)
    if barred:
        assert board.refused(KIND, **asked).rule_id == rule
    else:
        board.plain(KIND, **asked)


def test_whom_a_loss_bars_and_from_what(board: Board) -> None:
    board.stake(FRIEND, BANK, 5)
    lost(board, BANK, TODAY)
    board.plain(KIND, **small(board, BANK, party=FRIEND))
    assert board.refused(KIND, **small(board, BANK, party=FRIEND, passes_on_to=SHOP)).rule_id == "rpt.bank.after_loss"
    free: tuple[dict[str, Any], ...] = ({"gives": False}, {"sort": "services"}, {"sort": "asset_transfer"})
    for fields in free:
        board.plain(KIND, **small(board, BANK, **fields))
    lost(board, LEASER, TODAY)
    board.plain(KIND, **small(board, LEASER, sort="services"))
    for fields in ({"gives": False}, {"sort": "asset_transfer"}, {"sort": "asset_transfer", "gives": False}):
        assert board.refused(KIND, **small(board, LEASER, **fields)).rule_id == "rpt.leasing.after_loss"


def test_what_lessens_a_loss_passes_as_far_as_it_was_approved(board: Board) -> None:
    lost(board, BANK, TODAY)
    asked = small(board, BANK, lessens_loss=True)
    assert board.refused(KIND, **asked).rule_id == "rpt.bank.after_loss"
    approval = board.approved_by_its_own(BANK, party=SHOP, sort="finance", amount_fen=3)
    assert board.refused(KIND, **small(board, BANK, approval=approval)).rule_id == "rpt.bank.after_loss"
    two = {**asked, "amount_fen": 2, "approval": approval}
    assert board.plain(KIND, **two)["grade"] == Grade.exempt
    assert board.refused(KIND, **two).rule_id == "rpt.bank.after_loss"
    board.plain(KIND, **{**two, "amount_fen": 1})


def test_a_loss_is_found_by_today(board: Board) -> None:
    answer = board.asked("record_related_loss", body=BANK, party=SHOP, amount_fen=1, found_on=20260502, **SOURCE)
    assert answer.invalid is not None
    assert answer.invalid.field == "found_on"


def test_the_worst_grade_from_its_day_until_another(board: Board) -> None:
    for day, grade in ((20260501, "e"), (20260502, "d")):
        board.do("record_governance_grade", body=BANK, grade=grade, from_date=day)
    board.plain(KIND, **small(board, BANK, signed_on=20260430))
    found = board.refused(KIND, **small(board, BANK))
    assert (found.rule_id, found.article) == ("rpt.worst_grade", "第三十三条")
    for fields in ({"sort": "services"}, {"gives": False}):
        board.plain(KIND, **small(board, BANK, **fields))
    board.desk.now += DAY
    board.plain(KIND, **small(board, BANK, signed_on=20260502))


def test_the_worst_grade_of_others_and_what_is_allowed(board: Board) -> None:
    for body in (LEASER, INSURER):
        board.do("record_governance_grade", body=body, grade="e")
    board.stake(HOLDING, INSURER, 0)
    board.stake(SHOP, INSURER, 5)
    board.measured(INSURER)
    assert board.refused(KIND, **small(board, LEASER, gives=False)).rule_id == "rpt.worst_grade"
    house = {"sort": "asset_transfer", "gives": False, "funds": "fixed_income"}
    for fields in ({}, house):
        assert board.refused(KIND, **small(board, INSURER, **fields)).rule_id == "rpt.worst_grade"
    board.do("record_governance_grade", body=INSURER, grade="e", allowed=True)
    board.plain(KIND, **small(board, INSURER))


@pytest.mark.parametrize(("part", "told"), [(250, False), (251, True)], ids=["half", "a little more"])
def test_a_main_shareholder_that_pledged_more_than_half(board: Board, part: int, told: bool) -> None:
    pledge = {"owner": SHOP, "owned": BANK, "pledgee": FRIEND, "whole": 10_000}
    board.do("record_pledge", **pledge, part=part - 100)
    board.do("record_pledge", **{**pledge, "pledgee": INSURER}, part=100)
    found = limits_of(board.desk.group, BANK).pledged
    assert [(each.owner, each.article) for each in found] == ([(SHOP, "第三十六条")] if told else [])


def test_below_a_main_stake_no_pledge_is_told(board: Board) -> None:
    board.stake(FRIEND, BANK, 4)
    board.do("record_pledge", owner=FRIEND, owned=BANK, pledgee=SHOP, part=4, whole=100)
    assert limits_of(board.desk.group, BANK).pledged == []
    assert limits_of(board.desk.group, HOLDING).pledged == []


def test_the_command_line_tells_pledges_and_what_is_left_out(tmp_path: Any) -> None:
    path = tmp_path / "group.db"
    board = Board(on_file(path))
    board.stake(HOLDING, BANK, 0)
    other = board.do("register_body", name="a bank", kind_of_body="company", business="commercial_bank")["body"]
    board.stake(other, BANK, 5)
    board.measured(BANK, figure="net_capital")
    board.do("record_pledge", owner=other, owned=BANK, pledgee=SHOP, part=5, whole=100)
    words = {"left_out": "between_banks", "left_out_because": "overnight"}
    board.plain(KIND, **board.fields(7_000_000_000, body=BANK, party=other, **words))
    board.desk.group.close()
    shown = benyuan("group", "limits", str(BANK), "--database", f"sqlite:///{path}")
    assert shown.exit_code == 0
    for words_of in ("rpt.pledge_over_50", "between banks", "overnight", "70,000,000.00"):
        assert words_of in shown.output
