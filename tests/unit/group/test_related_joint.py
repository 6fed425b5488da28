"""Joint loans between a lender's book and a related partner's: counted, and told where nothing covers them."""

from collections.abc import Sequence
from typing import Any

import pytest

from benyuan.assurance.group.dealings import Joint, dealings_of
from benyuan.decisions.commands import REGISTRY, Request
from benyuan.decisions.outcomes import Answer
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
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


def draw(board: Board, *amounts: int) -> Sequence[Answer]:
    """Joint loans of one file, 70% the bank's, each on an offer of its own."""
    later = {**OFFER, "borrower": 2, "first_due_on": 20260615, "until": 20260531}
    offers = [board.plain("offer_loan", **{**later, "amount_fen": amount})["offer"] for amount in amounts]
    joint: dict[str, Any] = {"purpose": "travel", "partner": 1, "share_ppm": 700_000}
    group = board.desk.group
    file = [
        Request(client="file", key=f"{offer}", command=REGISTRY["draw_loan"](offer=offer, **joint), at=group.last_at)
        for offer in offers
    ]
    return list(group.execute(file))


@pytest.mark.parametrize(("over_fen", "passes"), [(0, False), (1, True)], ids=["at the line", "a fen under"])
def test_a_part_that_reaches_the_line_is_refused(board: Board, *, over_fen: int, passes: bool) -> None:
    board.measured(BANK, figure="net_capital", amount_fen=MILLION)
    board.measured(FRIEND, figure="net_capital", amount_fen=20 * (2 * PART_FEN + over_fen))
    (answer,) = draw(board, 1_000)
    assert answer.accepted is passes
    if not passes:
        assert answer.refusal is not None
        assert answer.refusal.rule_id == "rpt.approval"
        wanted = {"body": FRIEND, "party": BANK, "asked_fen": PART_FEN, "year_fen": PART_FEN, "left_fen": PART_FEN - 1}
        assert dict(answer.refusal.figures) == wanted
    assert dealings_of(board.desk.group, FRIEND).looks == []


def test_parts_of_one_file_count_one_after_the_other(board: Board) -> None:
    """Of 2,799 below the line 700 are drawn: 700 pass, 1,400 and 2,800 do not, 700 do, and 698; 0.7 is nought."""
    board.measured(BANK, figure="net_capital", amount_fen=MILLION)
    board.measured(FRIEND, figure="net_capital", amount_fen=20 * 4 * PART_FEN)
    answers = draw(board, 1_000, 2_000, 4_000, 1_000, 998, 1)
    assert [each.accepted for each in answers] == [True, False, False, True, True, True]
    assert [each.amount_fen for each in dealings_of(board.desk.group, FRIEND).looks] == []
    assert dealings_of(board.desk.group, FRIEND).joint[0].year_fen == 3 * PART_FEN + 698
    check_again(board)


def test_a_framework_lets_parts_pass(board: Board) -> None:
    board.measured(FRIEND, figure="net_capital", amount_fen=1)
    (refused,) = draw(board, 1_000)
    assert not refused.accepted
    frame: dict[str, Any] = {"body": FRIEND, "party": BANK, "sort": "finance", "amount_fen": 2 * PART_FEN}
    proposal = board.approved_by_its_own(**frame, framework=True)
    term = {"agreement": "joint loans", "from_date": TODAY, "until": 20270430, "signed_on": TODAY}
    board.plain("sign_framework", **frame, **term, approval=proposal)
    assert [each.accepted for each in draw(board, 1_000, 2)] == [True, False]


def test_without_the_other_side_related_nothing_is_asked(board: Board) -> None:
    board.measured(FRIEND, figure="net_capital", amount_fen=1)
    board.stake(HOLDING, BANK, 0, from_date=20200102)
    board.stake(HOLDING, FRIEND, 0, from_date=20200102)
    assert [each.accepted for each in draw(board, 1_000)] == [True]


def check_again(board: Board) -> None:
    """The log tells everything again, and decides as it did."""
    group = board.desk.group
    report = verify(group.store, vault=group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])


@pytest.mark.parametrize("graded", [FRIEND, BANK], ids=["lender", "partner"])
def test_a_side_of_the_worst_grade_lends_nothing_together(board: Board, graded: int) -> None:
    for body in (FRIEND, BANK):
        board.measured(body, figure="net_capital", amount_fen=100 * MILLION)
    assert [each.accepted for each in draw(board, 1_000)] == [True]
    board.do("record_governance_grade", body=graded, grade="e", from_date=TODAY)
    (answer,) = draw(board, 1_000)
    assert answer.refusal is not None
    assert answer.refusal.rule_id == "rpt.worst_grade"


@pytest.mark.parametrize(("post", "passes"), [("director", False), ("decides_investments", True)])
def test_with_a_directors_other_company_a_framework_alone_lets_a_part_pass(
    board: Board, post: str, *, passes: bool
) -> None:
    for body in (FRIEND, BANK):
        board.measured(body, figure="net_capital", amount_fen=100 * MILLION)
    who = board.individual(31)
    board.do("record_office", individual=who, body=FRIEND, post=post)
    board.stake(who, BANK, 20)
    (answer,) = draw(board, 1_000)
    assert answer.accepted == passes
    if not passes:
        assert answer.refusal is not None
        assert answer.refusal.rule_id == "rpt.insider"
        frame: dict[str, Any] = {"body": FRIEND, "party": BANK, "sort": "finance", "amount_fen": 2 * PART_FEN}
        proposal = board.approved_by_its_own(**frame, framework=True)
        term = {"agreement": "joint loans", "from_date": TODAY, "until": 20270430, "signed_on": TODAY}
        board.plain("sign_framework", **frame, **term, approval=proposal)
        assert [each.accepted for each in draw(board, 1_000, 1_000)] == [True, False]
