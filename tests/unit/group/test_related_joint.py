"""Joint loans between a lender's book and a related partner's: counted, and told where nothing covers them."""

from typing import Any

import pytest

from benyuan.assurance.group.dealings import Joint, dealings_of
from tests.unit.engine.groups import MORNING
from tests.unit.group.ownership import BANK, HOLDING
from tests.unit.group.related import FRIEND, MILLION, TODAY, Board
from tests.unit.lending.lenders import OFFER, lender_in_memory

PART_FEN = 700
LINE_BASE_FEN = 20 * PART_FEN


@pytest.fixture
def board() -> Board:
    """A lender that is friend 7, whose partner is the bank; its own loan, then one of 10.00 with 70% the bank's."""
    lender = lender_in_memory()
    lender.do("offer_loan", **OFFER)
    lender.do("draw_loan", offer=1, purpose="travel")
    lender.close(through=20260414, on=20260415)
    joint = lender.do("offer_loan", **{**OFFER, "amount_fen": 1_000, "borrower": 2})["offer"]
    lender.do("draw_loan", offer=joint, purpose="travel", partner=1, share_ppm=700_000)
    lender.desk.now = MORNING
    made = Board(lender.desk)
    for body, business, table in ((FRIEND, "consumer_finance", "lender"), (BANK, "commercial_bank", "lending_partner")):
        made.do("record_body_business", body=body, business=business, book=lender.of(table, 1, "book"))
    made.stake(HOLDING, FRIEND, 51)
    return made


def test_they_count_in_the_years_sum_of_either_side(board: Board) -> None:
    board.measured(FRIEND, figure="net_capital", amount_fen=LINE_BASE_FEN + 1)
    told = dealings_of(board.desk.group, FRIEND)
    assert told.joint == [Joint(party=BANK, name=f"body {BANK}", year_fen=PART_FEN, framework_fen=0)]
    assert [(each.party, each.year_fen, each.left_fen) for each in told.sums] == [(BANK, PART_FEN, 1)]
    assert told.looks == []
    assert dealings_of(board.desk.group, BANK).joint[0].year_fen == PART_FEN
    assert dealings_of(board.desk.group, FRIEND, on=20260414).joint == []


def test_from_the_line_on_what_no_framework_covers_is_told(board: Board) -> None:
    board.measured(FRIEND, figure="net_capital", amount_fen=LINE_BASE_FEN)
    (look,) = dealings_of(board.desk.group, FRIEND).looks
    assert (look.rule, look.pattern, look.bodies, look.amount_fen) == (
        *("rpt.approval", "joint_loans", [FRIEND, BANK]),
        PART_FEN,
    )


@pytest.mark.parametrize(("short_fen", "looks"), [(0, 0), (1, 1)], ids=["whole", "a fen short"])
def test_a_framework_covers_them(board: Board, short_fen: int, looks: int) -> None:
    board.measured(FRIEND, figure="net_capital", amount_fen=LINE_BASE_FEN)
    frame: dict[str, Any] = {"body": FRIEND, "party": BANK, "sort": "finance", "amount_fen": PART_FEN - short_fen}
    proposal = board.approved_by_its_own(**frame, framework=True)
    term = {"agreement": "joint loans", "from_date": TODAY, "until": 20270430, "signed_on": TODAY}
    board.plain("sign_framework", **frame, **term, approval=proposal)
    told = dealings_of(board.desk.group, FRIEND)
    assert told.joint[0].framework_fen == PART_FEN - short_fen
    assert [each.amount_fen for each in told.looks] == [short_fen] * looks


def test_a_partner_that_is_not_related_is_not_told(board: Board) -> None:
    board.measured(FRIEND, figure="net_capital", amount_fen=MILLION)
    board.stake(HOLDING, BANK, 0, from_date=20200102)
    assert dealings_of(board.desk.group, FRIEND).joint == []
