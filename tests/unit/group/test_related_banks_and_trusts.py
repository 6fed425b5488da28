"""What a bank leaves out of its limits and on which ground; what a trust company may do, and what of it is major."""

from typing import Any

import pytest

from benyuan.assurance.group.dealings import dealings_of
from benyuan.assurance.group.limits import limits_of
from benyuan.engine.verify import verify
from benyuan.governance.related.vocabulary import Grade
from benyuan.usecases import USE_CASES
from tests.unit.group.ownership import BANK, HOLDING, SHOP, SOURCE
from tests.unit.group.related import FRIEND, FURTHER, LATER, MILLION, Board

KIND = "record_related_transaction"
WORDS = {"left_out": "between_banks", "left_out_because": "treasury, note 7: overnight lending"}


@pytest.fixture
def board() -> Board:
    """A bank under nobody, with net capital of 1,000 million; another bank that holds 5% of it."""
    made = Board()
    made.stake(HOLDING, BANK, 0)
    capital = {"figure": "net_capital", "amount_fen": 1_000 * MILLION, "as_of": 20260331}
    made.plain("record_body_figure", body=BANK, **capital, **SOURCE)
    return made


def a_bank(board: Board, **fields: Any) -> int:
    made = {"name": "another bank", "kind_of_body": "company", "business": "commercial_bank", **fields}
    return board.do("register_body", **made)["body"]


def lines(board: Board, body: int) -> dict[str, tuple[int, int]]:
    return {each.line: (each.used_fen, each.booked_fen or 0) for each in limits_of(board.desk.group, body).limits}


def test_between_banks_it_is_left_out_and_stays_told(board: Board) -> None:
    other = a_bank(board)
    board.stake(other, BANK, 5)
    made = board.plain(KIND, **board.fields(300 * MILLION, body=BANK, party=other, **WORDS))
    assert made["grade"] == Grade.ordinary
    told = limits_of(board.desk.group, BANK)
    (left,) = told.left_out
    assert (left.transaction, left.party, left.ground, left.because, left.left_fen) == (
        *(made["transaction"], other, "between_banks", WORDS["left_out_because"]),
        300 * MILLION,
    )
    assert left.source == "agreement contract 1"
    assert lines(board, BANK) == {"party": (0, 0), "group": (0, 0), "every": (0, 0)}
    (deal,) = dealings_of(board.desk.group, BANK).sums
    assert deal.year_fen == 0
    board.plain("return_related_finance", transaction=made["transaction"], amount_fen=300 * MILLION)
    assert limits_of(board.desk.group, BANK).left_out == []
    report = verify(board.desk.group.store, vault=board.desk.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)


def test_what_is_not_said_to_be_left_out_counts(board: Board) -> None:
    other = a_bank(board)
    board.stake(other, BANK, 5)
    found = board.refused(KIND, **board.fields(100 * MILLION + 1, body=BANK, party=other, exemption="by_law"))
    assert found.rule_id == "rpt.bank.limits"
    board.plain(KIND, **board.fields(9 * MILLION, body=BANK, party=other))
    board.plain(KIND, **board.fields(300 * MILLION, body=BANK, party=other, agreement="b", **WORDS))
    assert lines(board, BANK)["party"] == (9 * MILLION, 9 * MILLION)


@pytest.mark.parametrize(
    "fields",
    [{"party": SHOP}, {"guarantee": True, "covered_fen": 1}, {"sort": "services"}, {"left_out": "parent_group"}],
    ids=["no bank", "a guarantee", "services", "no parent"],
)
def test_a_ground_that_is_not_there(board: Board, fields: dict[str, Any]) -> None:
    other = a_bank(board)
    for holder in (other, SHOP):
        board.stake(holder, BANK, 5)
    found = board.refused(KIND, **board.fields(1, **{"body": BANK, "party": other, **WORDS, **fields}))
    assert (found.rule_id, found.article) == ("rpt.bank.interbank", "第十六条")


def test_only_banks_leave_out_and_they_say_why(board: Board) -> None:
    other = a_bank(board)
    board.stake(other, BANK, 5)
    answer = board.asked(KIND, **board.fields(1, body=BANK, party=other, **{**WORDS, "left_out_because": " "}))
    assert answer.invalid is not None
    assert answer.invalid.field == "left_out_because"
    for ground in ("between_banks", "under_measures"):
        fields = board.fields(1, party=BANK, **{**WORDS, "left_out": ground})
        assert board.refused(KIND, **fields).rule_id == "rpt.bank.interbank"


def test_a_bank_of_a_parent_from_elsewhere(board: Board) -> None:
    parent = a_bank(board, place="abroad")
    sister = a_bank(board, name="a sister")
    for owned in (BANK, sister):
        board.stake(parent, owned, 60)
    for party in (parent, sister):
        fields = {"sort": "services", **WORDS, "left_out": "parent_group", "agreement": str(party)}
        made = board.plain(KIND, **board.fields(100 * MILLION, body=BANK, party=party, **fields))
        assert made["grade"] == Grade.ordinary
    board.stake(parent, FRIEND, 60)
    fields = {**WORDS, "left_out": "parent_group"}
    assert board.refused(KIND, **board.fields(1, body=BANK, party=FRIEND, **fields)).rule_id == "rpt.bank.interbank"


def test_under_measures_the_limits_are_lifted_and_not_the_approval(board: Board) -> None:
    board.stake(SHOP, BANK, 5)
    fields = {**WORDS, "left_out": "under_measures", "left_out_because": "approval of the supervisor, 2026-04-01"}
    whole = board.fields(200 * MILLION, body=BANK, party=SHOP, **fields)
    assert board.refused(KIND, **whole).rule_id == "rpt.approval"
    board.plain(KIND, **whole, exemption="by_law")
    assert lines(board, BANK)["party"] == (0, 0)


def test_limits_of_a_holding_company_count_all_of_it() -> None:
    board = Board()
    other = a_bank(board)
    board.stake(HOLDING, other, 60)
    for body in (BANK, other):
        capital = {"figure": "net_capital", "amount_fen": 100 * MILLION, "as_of": 20260331}
        board.plain("record_body_figure", body=body, **capital, **SOURCE)
    board.plain(KIND, **board.fields(10 * MILLION, body=BANK, party=other, **WORDS))
    found = board.refused(KIND, **board.fields(1, body=BANK, party=other, **WORDS))
    assert found.rule_id == "fhc.lim.fi_to_affiliate"


def trusted() -> tuple[Board, int]:
    """A trust company with registered capital of 100 million; the shop has 5% of it and controls a firm."""
    board = Board()
    body = board.do("register_body", name="trust", kind_of_body="company", business="trust")["body"]
    board.stake(SHOP, body, 5)
    board.stake(body, LATER, 30)
    board.stake(SHOP, FRIEND, 51)
    for as_of, fen in ((20250101, 1), (20260101, 100 * MILLION)):
        capital = {"figure": "registered_capital", "amount_fen": fen, "as_of": as_of}
        board.plain("record_body_figure", body=body, **capital, **SOURCE)
    return board, body


def test_a_trust_company_says_whose_money_it_is() -> None:
    board, body = trusted()
    for funds in ("none", "equity"):
        answer = board.asked(KIND, **board.fields(1, body=body, party=SHOP, sort="services", funds=funds))
        assert answer.invalid is not None
        assert answer.invalid.field == "funds"
    bare = board.do("register_body", name="trust", kind_of_body="company", business="trust")["body"]
    board.stake(SHOP, bare, 5)
    answer = board.asked(KIND, **board.fields(1, body=bare, party=SHOP, funds="single_trust"))
    assert answer.invalid is not None
    assert "registered capital" in answer.invalid.constraint


@pytest.mark.parametrize(
    "fields", [{}, {"guarantee": True}, {"sort": "asset_transfer"}], ids=["lends", "word", "asset"]
)
def test_nothing_of_its_own_goes_to_related_parties(fields: dict[str, Any]) -> None:
    board, body = trusted()
    told = {"body": body, "party": SHOP, "funds": "own_property", **fields}
    found = board.refused(KIND, **board.fields(1, **told))
    assert (found.rule_id, found.article) == ("rpt.trust.own", "第三十二条")
    board.plain(KIND, **board.fields(1, **{**told, "funds": "single_trust"}))
    board.plain(KIND, **board.fields(1, **{**told, "party": FURTHER}))
    board.plain(KIND, **board.fields(1, **{**told, "gives": False}))


def test_nothing_of_a_plan_of_many_goes_to_its_shareholders_side() -> None:
    board, body = trusted()
    many = {"body": body, "funds": "collective_trust"}
    for fields in ({"party": SHOP}, {"party": FRIEND}, {"party": FURTHER, "passes_on_to": FRIEND}):
        assert board.refused(KIND, **board.fields(1, **many, **fields)).rule_id == "rpt.trust.collective"
    paid = {"party": FRIEND, "sort": "asset_transfer", "gives": False}
    assert board.refused(KIND, **board.fields(1, **many, **paid)).rule_id == "rpt.trust.collective"
    board.plain(KIND, **board.fields(1, **many, party=LATER))
    board.plain(KIND, **board.fields(1, **{**many, "funds": "holders_trust"}, party=FRIEND))


def test_a_fifth_outstanding_makes_all_that_follows_major() -> None:
    board, body = trusted()
    told = {"body": body, "funds": "single_trust"}
    for part in range(4):
        board.plain(KIND, **board.fields(5 * MILLION - 1, party=SHOP, agreement=str(part), **told))
    four = board.fields(4, party=FRIEND, agreement="4", **told)
    assert board.refused(KIND, **four).rule_id == "rpt.approval"
    board.plain(KIND, **{**four, "amount_fen": 3})
    service = board.fields(5 * MILLION - 1, party=SHOP, agreement="5", **told, sort="services")
    assert board.plain(KIND, **service)["grade"] == Grade.exempt
    board.plain(KIND, **{**four, "amount_fen": 1, "exemption": "by_law"})
    assert board.refused(KIND, **{**service, "agreement": "6"}).rule_id == "rpt.approval"
    board.plain("return_related_finance", transaction=1, amount_fen=1)
    assert board.plain(KIND, **{**service, "agreement": "6"})["grade"] == Grade.exempt
    sums = {each.party: each for each in dealings_of(board.desk.group, body).sums}
    assert (sums[SHOP].year_fen, sums[SHOP].line_fen, sums[SHOP].left_fen) == (20 * MILLION - 1, 20 * MILLION, 1)
    assert limits_of(board.desk.group, body).limits == []
