"""What is outstanding with related parties: limits of the order on holding companies, of banks, of the house."""

from typing import Any

import pytest

from benyuan.assurance.group.dealings import dealings_of
from benyuan.assurance.group.limits import limits_of
from benyuan.decisions.commands import REGISTRY
from benyuan.governance.related.vocabulary import Grade, RelatedDuty
from tests.unit.engine.groups import HOUR
from tests.unit.group.ownership import BANK, HOLDING, INSURER, OWNER, PERSON, SHOP, SOURCE
from tests.unit.group.related import FRIEND, FURTHER, LATER, LEASER, MILLION, Board

KIND = "record_related_transaction"
DAY = 24 * HOUR
CAPITAL_FEN = 100 * MILLION
GIVEN_FEN = 10 * MILLION
RECEIVED_FEN = 4 * MILLION
FUND = 17


@pytest.fixture
def board() -> Board:
    """An insurer with net capital 100 million, a bank with 1,000, an owner with net assets of 20 million."""
    made = Board()
    made.measured(INSURER, amount_fen=30_000 * MILLION)
    capital(made, INSURER, CAPITAL_FEN)
    capital(made, BANK, 1_000 * MILLION)
    made.measured(OWNER, amount_fen=20 * MILLION)
    return made


def capital(board: Board, body: int, amount_fen: int, as_of: int = 20260331, **fields: Any) -> None:
    """Its net capital."""
    figure = {"figure": "net_capital", "amount_fen": amount_fen, "as_of": as_of, **(fields or SOURCE)}
    board.plain("record_body_figure", body=body, **figure)


def lent(board: Board, amount_fen: int, **fields: Any) -> dict[str, int]:
    """The insurer lends the owner."""
    return board.deal(amount_fen, **{"body": INSURER, "agreement": "loan", **fields})


def asked(board: Board, amount_fen: int, **fields: Any) -> tuple[str, int, int, int]:
    """What refuses such a loan: rule, limit, used, asked."""
    found = board.refused(KIND, **board.fields(amount_fen, **{"body": INSURER, "agreement": "loan", **fields}))
    return found.rule_id, int(found.limit or 0), int(found.used or 0), int(found.asked or 0)


def test_a_twentieth_part_of_what_the_recipient_has_is_not_the_limit_but_a_fifth(board: Board) -> None:
    lent(board, RECEIVED_FEN - 1)
    assert asked(board, 2) == ("fhc.lim.fi_to_affiliate.recipient", RECEIVED_FEN, RECEIVED_FEN - 1, 2)
    lent(board, 1)
    assert asked(board, 1) == ("fhc.lim.fi_to_affiliate.recipient", RECEIVED_FEN, RECEIVED_FEN, 1)


def test_slices_to_several_parties_add_up_for_who_gives(board: Board) -> None:
    board.stake(HOLDING, FRIEND, 51)
    board.stake(HOLDING, LATER, 51)
    for party in (FRIEND, LATER):
        board.measured(party, amount_fen=1_000 * MILLION)
    lent(board, 3 * MILLION)
    lent(board, 3 * MILLION, party=FRIEND, guarantee=True)
    lent(board, 4 * MILLION - 1, party=LATER)
    assert asked(board, 2, party=FRIEND) == ("fhc.lim.fi_to_affiliate", GIVEN_FEN, GIVEN_FEN - 1, 2)
    lent(board, 1, party=FRIEND)
    assert asked(board, 1, party=LATER) == ("fhc.lim.fi_to_affiliate", GIVEN_FEN, GIVEN_FEN, 1)


def test_what_two_institutions_give_one_party_adds_up(board: Board) -> None:
    lent(board, 3 * MILLION)
    assert asked(board, MILLION + 1, body=BANK)[0] == "fhc.lim.fi_to_affiliate.recipient"
    lent(board, MILLION, body=BANK)
    assert asked(board, 1, body=BANK)[2] == RECEIVED_FEN


def test_what_comes_back_may_be_given_again(board: Board) -> None:
    loan = lent(board, RECEIVED_FEN)["transaction"]
    assert board.plain("return_related_finance", transaction=loan, amount_fen=MILLION)["left_fen"] == 3 * MILLION
    assert asked(board, MILLION + 1)[2] == 3 * MILLION
    lent(board, MILLION)
    answer = board.asked("return_related_finance", transaction=loan, amount_fen=3 * MILLION + 1)
    assert answer.invalid is not None
    assert str(3 * MILLION) in answer.invalid.constraint
    board.plain("return_related_finance", transaction=loan, amount_fen=3 * MILLION)
    lent(board, 3 * MILLION)


def test_only_finance_that_was_given_comes_back(board: Board) -> None:
    taken = board.deal(1, gives=False)["transaction"]
    answer = board.asked("return_related_finance", transaction=taken, amount_fen=1)
    assert answer.invalid is not None
    assert answer.invalid.field == "transaction"


def test_a_third_party_that_passes_on_is_looked_through(board: Board) -> None:
    product = board.product(issued_fen=100 * MILLION)
    lent(board, RECEIVED_FEN, party=SHOP, passes_on_to=OWNER, bought=product)
    assert asked(board, 1)[2] == RECEIVED_FEN
    assert board.deal(1, body=INSURER, party=SHOP)["grade"] == Grade.unrelated


def test_without_a_figure_nothing_is_given(board: Board) -> None:
    board.stake(HOLDING, FRIEND, 51)
    answer = board.asked(KIND, **board.fields(1, body=INSURER, party=FRIEND))
    assert answer.invalid is not None
    assert (answer.invalid.field, f"net_capital or net_assets of body {FRIEND}" in answer.invalid.constraint) == (
        "party",
        True,
    )
    board.stake(HOLDING, LEASER, 51)
    board.measured(LEASER)
    answer = board.asked(KIND, **board.fields(1, body=INSURER, party=LEASER))
    assert answer.invalid is not None
    assert f"net_capital of body {LEASER}" in answer.invalid.constraint


@pytest.mark.parametrize("amount_fen", [0, -1], ids=["nought", "below"])
def test_a_figure_of_nought_gives_nothing(board: Board, amount_fen: int) -> None:
    capital(board, INSURER, amount_fen, as_of=20260430)
    assert asked(board, 1) == ("fhc.lim.fi_to_affiliate", 0, 0, 1)


def test_a_new_figure_moves_the_limit_and_refuses_only_more(board: Board) -> None:
    loan = lent(board, RECEIVED_FEN)["transaction"]
    capital(board, INSURER, 20 * MILLION, as_of=20260430)
    assert asked(board, 1) == ("fhc.lim.fi_to_affiliate", 2 * MILLION, RECEIVED_FEN, 1)
    board.plain("return_related_finance", transaction=loan, amount_fen=2 * MILLION + 1)
    lent(board, 1)
    assert asked(board, 1)[2] == 2 * MILLION


def test_a_figure_of_an_earlier_day_recorded_later_moves_nothing(board: Board) -> None:
    lent(board, RECEIVED_FEN)
    board.measured(OWNER, amount_fen=20 * MILLION)
    figure = {"figure": "net_assets", "amount_fen": 900 * MILLION, "as_of": 20241231, **SOURCE}
    board.plain("record_body_figure", body=OWNER, **figure)
    assert asked(board, 1)[1] == RECEIVED_FEN


def test_two_at_once_in_one_batch(board: Board) -> None:
    fields = [board.fields(3 * MILLION, body=INSURER, agreement=name) for name in ("a", "b")]
    answers = board.desk.ask(*(REGISTRY[KIND](**each) for each in fields))
    assert [answer.accepted for answer in answers] == [True, False]
    assert answers[1].refusal.rule_id == "fhc.lim.fi_to_affiliate.recipient"


def test_who_becomes_related_later_counts_from_then_on(board: Board) -> None:
    board.measured(SHOP, amount_fen=1_000 * MILLION)
    first = lent(board, 9 * MILLION, party=SHOP)
    assert first["grade"] == Grade.unrelated
    lent(board, MILLION + 1)
    board.stake(SHOP, HOLDING, 5)
    assert asked(board, 1)[0] == "fhc.lim.fi_to_affiliate"
    board.plain("return_related_finance", transaction=first["transaction"], amount_fen=2)
    lent(board, 1)
    assert asked(board, 1)[0] == "fhc.lim.fi_to_affiliate"


def test_who_is_no_institution_of_the_text_is_not_bound(board: Board) -> None:
    board.stake(HOLDING, FRIEND, 51)
    board.measured(FRIEND)
    assert lent(board, 19 * MILLION, body=FRIEND)["grade"] == Grade.ordinary


def test_a_holding_company_is_not_bound_by_what_it_gives_itself(board: Board) -> None:
    assert board.deal(19 * MILLION)["grade"] == Grade.ordinary


def test_guarantees_for_others_than_the_group(board: Board) -> None:
    outside = {"guarantee": True, "party": SHOP}
    board.deal(200 * MILLION - 1, **outside)
    found = board.refused(KIND, **board.fields(2, **outside))
    assert (found.rule_id, found.article, found.item) == ("fhc.lim.ext_guarantee", "第三十六条", "（七）")
    assert (found.limit, found.used) == (200 * MILLION, 200 * MILLION - 1)
    board.deal(2, party=BANK, guarantee=True)
    board.deal(2, party=SHOP)
    board.deal(1, **outside)
    assert board.refused(KIND, **board.fields(1, **outside)).rule_id == "fhc.lim.ext_guarantee"


def test_only_finance_is_a_guarantee(board: Board) -> None:
    answer = board.asked(KIND, **board.fields(1, sort="services", guarantee=True))
    assert answer.invalid is not None
    assert answer.invalid.field == "guarantee"


def bank() -> Board:
    """A bank under nobody, with 1,000 million; a shop that holds 5% of it and controls two firms."""
    made = Board()
    made.stake(HOLDING, BANK, 0)
    made.stake(SHOP, BANK, 5)
    for body in (FRIEND, LATER):
        made.stake(SHOP, body, 51)
    capital(made, BANK, 1_000 * MILLION)
    for member, post in ((11, "director"), (12, "director"), (14, "independent_director")):
        made.do("record_office", individual=member, body=BANK, post=post)
        made.do("record_committee_seat", body=BANK, individual=member, chairs=member == 14)
    return made


def approved(board: Board, party: int, amount_fen: int) -> int:
    """An approval of the bank's organs."""
    made = {"body": BANK, "party": party, "sort": "finance", "amount_fen": amount_fen}
    proposal = board.plain("propose_approval", **made)["proposal"]
    board.opinion(proposal, 14)
    for _ in ("committee", "board"):
        for member in (11, 12, 14):
            board.vote(proposal, member)
        board.plain("decide_approval", proposal=proposal)
    return proposal


def credit(board: Board, amount_fen: int, party: int = SHOP, **fields: Any) -> dict[str, Any]:
    """What a loan of the bank says, approved."""
    approval = approved(board, party, amount_fen) if amount_fen >= 10 * MILLION else 0
    return board.fields(amount_fen, **{"body": BANK, "party": party, "approval": approval, **fields})


def test_a_bank_and_one_party() -> None:
    board = bank()
    board.plain(KIND, **credit(board, 100 * MILLION - 1))
    found = board.refused(KIND, **board.fields(2, body=BANK, party=SHOP, agreement="more"))
    assert (found.rule_id, found.document) == ("rpt.bank.limits", "中国银行保险监督管理委员会令2022年第1号")
    assert (found.limit, found.used, found.asked) == (100 * MILLION, 100 * MILLION - 1, 2)
    board.plain(KIND, **board.fields(1, body=BANK, party=SHOP, agreement="more"))


def test_a_bank_and_the_group_of_a_party() -> None:
    board = bank()
    board.plain(KIND, **credit(board, 100 * MILLION))
    board.plain(KIND, **credit(board, 50 * MILLION - 1, party=FRIEND))
    found = board.refused(KIND, **board.fields(2, body=BANK, party=LATER, agreement="more"))
    assert (found.rule_id, found.limit, found.used) == (
        "rpt.bank.limits.group",
        150 * MILLION,
        150 * MILLION - 1,
    )
    board.plain(KIND, **board.fields(1, body=BANK, party=LATER, agreement="more"))


def test_a_bank_and_all_its_parties() -> None:
    board = bank()
    others = [board.do("register_body", name=f"holder {n}", kind_of_body="company")["body"] for n in range(5)]
    for other in others:
        board.stake(other, BANK, 5)
        board.plain(KIND, **credit(board, 100 * MILLION, party=other))
    found = board.refused(KIND, **board.fields(1, body=BANK, party=SHOP, agreement="more"))
    assert (found.rule_id, found.limit, found.used) == ("rpt.bank.limits.all", 500 * MILLION, 500 * MILLION)


def test_security_is_taken_off_and_stays_until_the_end() -> None:
    board = bank()
    loan = board.plain(KIND, **credit(board, 130 * MILLION, covered_fen=30 * MILLION))["transaction"]
    more = board.fields(1, body=BANK, party=SHOP, agreement="more")
    assert board.refused(KIND, **more).used == 100 * MILLION
    board.plain("return_related_finance", transaction=loan, amount_fen=100 * MILLION)
    board.plain("return_related_finance", transaction=loan, amount_fen=30 * MILLION)
    board.plain(KIND, **more)


def test_a_bank_guarantees_only_against_full_security() -> None:
    board = bank()
    word = board.fields(MILLION, body=BANK, party=SHOP, guarantee=True)
    assert board.refused(KIND, **word, covered_fen=MILLION - 1).rule_id == "rpt.bank.guarantee"
    board.plain(KIND, **word, covered_fen=MILLION)
    board.plain(KIND, **{**word, "party": FURTHER})


def test_a_leasing_company_and_one_party() -> None:
    board = Board()
    board.stake(SHOP, LEASER, 5)
    board.paid_in(SHOP, LEASER, 100 * MILLION)
    capital(board, LEASER, 100 * MILLION)
    board.plain(KIND, **board.fields(4 * MILLION, body=LEASER, party=SHOP))
    capital(board, LEASER, 13 * MILLION)
    found = board.refused(KIND, **board.fields(1, body=LEASER, party=SHOP, agreement="b"))
    assert (found.rule_id, found.limit, found.used) == ("rpt.leasing.limits", 390_000_000, 4 * MILLION)


def test_a_fund_manager_is_an_institution(board: Board) -> None:
    fund = board.do("register_body", name="fund", kind_of_body="company", business="fund_manager")["body"]
    board.stake(HOLDING, fund, 51)
    board.measured(fund, amount_fen=1_000 * MILLION)
    capital(board, fund, 30 * MILLION)
    assert asked(board, 3 * MILLION + 1, body=fund)[:2] == ("fhc.lim.fi_to_affiliate", 3 * MILLION)
    lent(board, 3 * MILLION, body=fund)


def test_a_holding_company_takes_no_finance_from_its_institutions(board: Board) -> None:
    for party, through in ((BANK, 0), (SHOP, INSURER)):
        fields = board.fields(1, party=party, passes_on_to=through, gives=False)
        assert board.refused(KIND, **fields).rule_id == "fhc.ban.fi_to_fhc"
    board.deal(1, party=OWNER, gives=False)


def house(board: Board, amount_fen: int, **fields: Any) -> dict[str, int]:
    """A limit of the holding company's own."""
    made = {"body": HOLDING, "span": "each_party", "sort": "any", "approved_on": 20260430, "from_date": 20260501}
    return board.do("set_house_limit", **{**made, "amount_fen": amount_fen, **fields})


def test_a_limit_of_the_house_with_each_party(board: Board) -> None:
    board.deal(5 * MILLION, agreement="a")
    house(board, 8 * MILLION)
    found = board.refused(KIND, **board.fields(3 * MILLION + 1, agreement="b"))
    assert (found.rule_id, found.article) == ("fhc.rpt.limits", "第二十二条")
    told = {name: found.figures[name] for name in ("limit_fen", "used_fen", "asked_fen")}
    assert told == {"limit_fen": 8 * MILLION, "used_fen": 5 * MILLION, "asked_fen": 3 * MILLION + 1}
    board.deal(3 * MILLION, agreement="b")
    assert board.refused(KIND, **board.fields(1, agreement="c")).rule_id == "fhc.rpt.limits"
    board.deal(8 * MILLION, party=BANK, agreement="c")


def test_the_day_before_a_limit_of_the_house_and_the_day(board: Board) -> None:
    house(board, 0, from_date=20260502)
    board.deal(1)
    board.desk.now += DAY
    assert board.refused(KIND, **board.fields(1, agreement="b")).rule_id == "fhc.rpt.limits"
    house(board, 0, from_date=20260502, holds=False)
    board.deal(1, agreement="b")


@pytest.mark.parametrize(
    ("fields", "bound", "free"),
    [
        ({"span": "all_parties"}, {"party": BANK}, None),
        ({"span": "inside_group"}, {"party": BANK}, {"party": OWNER}),
        ({"span": "outside_group"}, {"party": OWNER}, {"party": BANK}),
        ({"sort": "services", "span": "all_parties"}, {"sort": "services"}, {"sort": "finance"}),
        ({"party": OWNER}, {"party": PERSON}, {"party": BANK}),
        ({"span": "all_parties", "whole_group": True}, {"body": INSURER}, None),
        ({"span": "all_parties", "body": INSURER}, {"body": INSURER}, {"party": BANK}),
    ],
    ids=["all", "inside", "outside", "services", "one party", "whole group", "an affiliate's"],
)
def test_what_a_limit_of_the_house_speaks_of(
    board: Board, fields: dict[str, Any], bound: dict[str, Any], free: dict[str, Any] | None
) -> None:
    house(board, 2, **fields)
    board.deal(2, **bound)
    assert board.refused(KIND, **board.fields(1, **bound, agreement="b")).rule_id == "fhc.rpt.limits"
    if free is not None:
        board.deal(3, **free, agreement="c")


@pytest.mark.parametrize("span", ["each_party", "all_parties"])
def test_a_limit_of_the_house_tells_what_was_used_on_the_day(board: Board, span: str) -> None:
    house(board, 8 * MILLION, span=span, from_date=20260401)
    board.deal(MILLION, signed_on=20260430)
    board.deal(2 * MILLION, agreement="b")
    for on, used in ((20260429, 0), (20260430, MILLION), (20260501, 3 * MILLION)):
        told = [each for each in limits_of(board.desk.group, HOLDING, on=on).limits if each.house]
        assert sum(each.used_fen for each in told) == used


def test_a_limit_of_the_house_is_reported(board: Board) -> None:
    house(board, MILLION)
    duties = board.desk.group.records.tables["governance_duty"]
    assert (duties.count, int(duties.column("kind")[1]), int(duties.column("due_on")[1])) == (
        1,
        RelatedDuty.report_limits,
        20260525,
    )
    house(board, MILLION, body=INSURER)
    assert duties.count == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"span": "all_parties", "party": OWNER}, "span"),
        ({"body": INSURER, "whole_group": True}, "whole_group"),
        ({"approved_on": 20260502}, "approved_on"),
        ({"party": HOLDING}, "party"),
        ({"body": PERSON}, "body"),
    ],
)
def test_a_limit_of_the_house_that_makes_no_sense(board: Board, fields: dict[str, Any], field: str) -> None:
    made = {"body": HOLDING, "span": "each_party", "sort": "any", "approved_on": 20260430, "from_date": 20260501}
    assert board.fault("set_house_limit", **{**made, "amount_fen": 1, **fields})[0] == field


def test_sums_beyond_what_a_column_holds_leave_nothing(board: Board) -> None:
    """Lent before the shop was anybody's, more than 64 bits together: once it is, no limit starts from below nought."""
    most = 2**62
    for number in range(3):
        board.deal(most, body=INSURER, party=SHOP, agreement=f"loan {number}")
    board.stake(HOLDING, SHOP, 51)
    board.measured(SHOP, amount_fen=1_000 * MILLION)
    assert asked(board, 1, party=SHOP)[:2] == ("fhc.lim.fi_to_affiliate", 0)


def test_a_year_beyond_what_a_column_holds_is_graded(board: Board) -> None:
    told = {"sort": "services", "exemption": "by_law"}
    for number in range(2):
        board.deal(2**62, **told, agreement=f"service {number}")
    assert board.deal(2**62, **told, agreement="service 2")["grade"] == Grade.exempt
    house(board, 2**63 - 1, sort="services")
    assert board.refused(KIND, **board.fields(1, **told, agreement="more")).rule_id == "fhc.rpt.limits"
    assert len(dealings_of(board.desk.group, HOLDING).transactions) == 3
