"""Money between books of this ledger: a lender's that is a body's, funded by related bodies and by others."""

from typing import Any

import pytest

from benyuan.assurance.group.limits import limits_of
from benyuan.consumer_finance.chart import LenderOwn
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.usecases import USE_CASES
from tests.unit.group.ownership import BANK, HOLDING, INSURER, SHOP
from tests.unit.group.related import FRIEND, MILLION, Board

KIND = "record_related_transaction"
FUND = "fund_lender"


@pytest.fixture
def board() -> Board:
    """A consumer finance company under the holding company, friend 7, whose book is a lender's; all have figures."""
    made = Board()
    book = made.plain("register_lender", name="lender")["book"]
    made.do("record_body_business", body=FRIEND, business="consumer_finance", book=book)
    made.stake(HOLDING, FRIEND, 51)
    made.measured(INSURER, amount_fen=30_000 * MILLION)
    for body, amount in ((FRIEND, 1_000), (INSURER, 100), (BANK, 1_000)):
        made.measured(body, figure="net_capital", amount_fen=amount * MILLION)
    return made


def fields(amount_fen: int, **fields: Any) -> dict[str, Any]:
    """Money of the holding company for the lender."""
    return {"lender": 1, "source": "borrowing", "amount_fen": amount_fen, "funder": HOLDING, **fields}


def recorded(board: Board, amount_fen: int, giver: int = HOLDING, **fields: Any) -> dict[str, int]:
    """A loan as both sides have it; what the money names."""
    gave = board.deal(amount_fen, body=giver, party=FRIEND, **fields)["transaction"]
    took = board.deal(amount_fen, body=FRIEND, party=giver, gives=False)["transaction"]
    return {"transaction": took, "funders_transaction": gave}


def in_bank(board: Board) -> int:
    """What the lender has."""
    first = int(board.desk.group.records.tables["lender"].column("first_account")[1])
    return board.desk.balance(first + LenderOwn.bank)


def test_money_of_a_related_body_without_a_transaction_is_refused(board: Board) -> None:
    found = board.refused(FUND, **fields(1))
    assert (found.rule_id, found.status) == ("rpt.house.money", "unverified")
    assert (found.figures["transaction"], found.figures["body"]) == (0, FRIEND)
    assert in_bank(board) == 0


def test_each_side_has_recorded_it(board: Board) -> None:
    named = recorded(board, MILLION)
    took = {"transaction": named["transaction"]}
    assert board.refused(FUND, **fields(1, **took)).figures["body"] == HOLDING
    swapped = {"transaction": named["funders_transaction"], "funders_transaction": named["transaction"]}
    assert board.refused(FUND, **fields(1, **swapped)).rule_id == "rpt.house.money"
    board.plain(FUND, **fields(1, **named))


def test_no_more_than_was_recorded(board: Board) -> None:
    named = recorded(board, MILLION)
    board.plain(FUND, **fields(MILLION - 1, **named))
    assert board.refused(FUND, **fields(2, **named)).figures["left_fen"] == 1
    board.plain(FUND, **fields(1, **named))
    assert in_bank(board) == MILLION
    assert board.refused(FUND, **fields(1, **named)).figures["left_fen"] == 0


def test_one_that_needs_an_approval_is_not_booked_without_it(board: Board) -> None:
    major = 20 * MILLION
    assert board.refused(KIND, **board.fields(major, party=FRIEND)).rule_id == "fhc.rpt.approval"
    gave = board.deal(major, party=FRIEND, approval=board.approval(major, party=FRIEND))["transaction"]
    assert board.refused(KIND, **board.fields(major, body=FRIEND, party=HOLDING, gives=False)).rule_id == "rpt.approval"
    assert board.refused(FUND, **fields(1, funders_transaction=gave)).figures["body"] == FRIEND


def test_services_are_no_finance(board: Board) -> None:
    named = recorded(board, MILLION)
    named["funders_transaction"] = board.deal(MILLION, party=FRIEND, sort="services")["transaction"]
    assert board.refused(FUND, **fields(1, **named)).figures["body"] == HOLDING


def test_what_goes_back_frees_the_limit(board: Board) -> None:
    named = recorded(board, 4 * MILLION, giver=INSURER)
    board.plain(FUND, **fields(3 * MILLION, funder=INSURER, **named))
    assert board.refused(FUND, **fields(3 * MILLION + 1, funder=INSURER, paid_back=True, **named)).figures[
        "left_fen"
    ] == (3 * MILLION)
    board.plain(FUND, **fields(MILLION, funder=INSURER, paid_back=True, **named))
    used = {each.rule: each.booked_fen for each in limits_of(board.desk.group, INSURER).limits}
    assert used["fhc.lim.fi_to_affiliate"] == 3 * MILLION
    assert board.refused(FUND, **fields(MILLION + 1, funder=INSURER, **named)).figures["left_fen"] == MILLION
    answer = board.asked("return_related_finance", transaction=named["funders_transaction"], amount_fen=1)
    assert answer.invalid is not None
    assert answer.invalid.field == "transaction"


def test_what_was_released_does_not_come_in(board: Board) -> None:
    named = recorded(board, MILLION, giver=INSURER)
    board.plain("return_related_finance", transaction=named["funders_transaction"], amount_fen=MILLION)
    assert board.refused(FUND, **fields(1, funder=INSURER, **named)).figures["left_fen"] == 0


def test_who_is_not_related_is_asked_for_nothing(board: Board) -> None:
    board.plain(FUND, **fields(MILLION, funder=SHOP))
    assert board.desk.group.records.tables["related_money"].count == 0


def test_money_for_somebody_else_frees_no_loan_of_others(board: Board) -> None:
    named = recorded(board, MILLION, giver=INSURER)
    board.plain(FUND, **fields(MILLION, funder=INSURER, **named))
    loan = named["funders_transaction"]
    for back in (False, True):
        answer = board.asked(FUND, **fields(1, funder=SHOP, paid_back=back, funders_transaction=loan))
        assert answer.invalid is not None
        assert answer.invalid.field == "funders_transaction"
    used = {each.rule: each.booked_fen for each in limits_of(board.desk.group, INSURER).limits}
    assert used["fhc.lim.fi_to_affiliate"] == MILLION


@pytest.mark.parametrize("funder", [0, FRIEND], ids=["nobody", "itself"])
def test_the_funder_is_named(board: Board, funder: int) -> None:
    answer = board.asked(FUND, **fields(1, funder=funder))
    assert answer.invalid is not None
    assert answer.invalid.field == "funder"


def test_a_lender_that_is_no_body_has_no_funder_to_name(board: Board) -> None:
    board.plain("register_lender", name="another")
    answer = board.asked(FUND, **fields(1, lender=2))
    assert answer.invalid is not None
    assert answer.invalid.field == "funder"
    board.plain(FUND, lender=2, source="equity", amount_fen=1)


def test_it_is_decided_again_and_explained(board: Board) -> None:
    named = recorded(board, MILLION)
    board.plain(FUND, **fields(MILLION, **named))
    board.plain(FUND, **fields(MILLION, paid_back=True, **named))
    refused = board.asked(FUND, **fields(1, **named))
    report = verify(board.desk.group.store, vault=board.desk.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)
    outcomes = {check.rule_id: check.outcome for check in why(board.desk.group, refused.position).checks}
    assert outcomes["rpt.house.money"] == "refused"
