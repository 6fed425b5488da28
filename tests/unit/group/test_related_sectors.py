"""Limits of sectors for related parties: insurers' funds, shareholders of leasing and car finance, asset management."""

from typing import Any

import pytest

from benyuan.assurance.group.limits import LimitTold, limits_of
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from tests.unit.engine.groups import HOUR
from tests.unit.group.ownership import HOLDING, INSURER, OWNER, SHOP, SOURCE
from tests.unit.group.related import FRIEND, FURTHER, LATER, LEASER, MILLION, Board

KIND = "record_related_transaction"
DAY = 24 * HOUR
NET_FEN, TOTAL_FEN = 100 * MILLION, 280 * MILLION
ALL_FEN, ONE_FEN = 70 * MILLION, 30 * MILLION
FREE = {"exemption": "public_issue"}


def figure(board: Board, body: int, name: str, amount_fen: int, as_of: int = 20251231) -> None:
    board.plain("record_body_figure", body=body, figure=name, amount_fen=amount_fen, as_of=as_of, **SOURCE)


@pytest.fixture
def board() -> Board:
    """An insurer under nobody, with total assets of 280 million and net assets of 100, and four who hold 5% of it."""
    made = Board()
    made.stake(HOLDING, INSURER, 0)
    for holder in (SHOP, FRIEND, LATER, FURTHER):
        made.stake(holder, INSURER, 5)
    figure(made, INSURER, "net_assets", NET_FEN)
    figure(made, INSURER, "total_assets", TOTAL_FEN)
    for name in ("equity", "real_estate", "other_financial", "abroad"):
        figure(made, INSURER, f"{name}_limit", 50 * MILLION, as_of=20260331)
    return made


def invests(board: Board, amount_fen: int, party: int = SHOP, **fields: Any) -> dict[str, Any]:
    """What an investment of the insurer says: a public issue, so that nobody need approve it."""
    return board.fields(amount_fen, body=INSURER, party=party, agreement="bonds", **{**FREE, **fields})


def refused(board: Board, amount_fen: int, party: int = SHOP, **fields: Any) -> tuple[str, str | None, int, int]:
    """The rule, its item, the limit, and what is used."""
    found = board.refused(KIND, **invests(board, amount_fen, party, **fields))
    return found.rule_id, found.item, int(found.limit or 0), int(found.used or 0)


def fault(board: Board, **fields: Any) -> tuple[str, str]:
    answer = board.asked(KIND, **fields)
    assert answer.invalid is not None, answer
    return answer.invalid.field, answer.invalid.constraint


def told(board: Board, body: int, **when: int) -> dict[str, LimitTold]:
    return {each.line: each for each in limits_of(board.desk.group, body, **when).limits}


def test_an_insurer_and_one_party(board: Board) -> None:
    board.plain(KIND, **invests(board, ONE_FEN - 1))
    assert refused(board, 2) == ("rpt.insurer.funds.one", "（三）", ONE_FEN, ONE_FEN - 1)
    board.plain(KIND, **invests(board, 1))
    assert refused(board, 1)[3] == ONE_FEN


def test_who_counts_together_is_one_party(board: Board) -> None:
    board.stake(SHOP, FRIEND, 51)
    board.plain(KIND, **invests(board, 20 * MILLION))
    assert refused(board, 10 * MILLION + 1, FRIEND)[0] == "rpt.insurer.funds.one"
    board.plain(KIND, **invests(board, 10 * MILLION, FRIEND))


def test_an_insurer_and_all_parties_by_the_lower_figure(board: Board) -> None:
    for party in (SHOP, FRIEND):
        board.plain(KIND, **invests(board, ONE_FEN, party))
    board.plain(KIND, **invests(board, 10 * MILLION - 1, LATER))
    assert refused(board, 2, FURTHER) == ("rpt.insurer.funds", "（一）", ALL_FEN, ALL_FEN - 1)
    board.plain(KIND, **invests(board, 1, FURTHER))
    assert refused(board, 1, FURTHER)[3] == ALL_FEN
    shown = told(board, INSURER)["invested"]
    assert (shown.figure, shown.limit_fen, shown.headroom_fen, shown.booked_fen) == (
        "total_assets",
        ALL_FEN,
        0,
        ALL_FEN,
    )
    figure(board, INSURER, "total_assets", 401 * MILLION)
    assert told(board, INSURER)["invested"].figure == "net_assets"
    assert told(board, INSURER)["invested"].limit_fen == NET_FEN


@pytest.mark.parametrize(
    ("funds", "line"),
    [("equity", "equity"), ("real_estate", "real_estate"), ("other_financial", "other_financial")],
)
def test_a_class_of_assets_at_home_and_abroad(board: Board, funds: str, line: str) -> None:
    abroad = {"equity": "abroad_equity", "real_estate": "abroad_real_estate", "other_financial": "abroad_other"}[funds]
    board.plain(KIND, **invests(board, 10 * MILLION, funds=funds))
    board.plain(KIND, **invests(board, 5 * MILLION - 1, FRIEND, funds=abroad))
    assert refused(board, 2, funds=funds) == ("rpt.insurer.funds.class", "（二）", 15 * MILLION, 15 * MILLION - 1)
    board.plain(KIND, **invests(board, 1, funds=funds))
    board.plain(KIND, **invests(board, 1, funds="fixed_income"))
    shown = told(board, INSURER)
    assert (shown[line].used_fen, shown["abroad"].used_fen) == (15 * MILLION, 5 * MILLION - 1)
    assert (shown[line].figure, shown[line].figure_fen) == (f"{line}_limit", 50 * MILLION)


def test_what_is_abroad_adds_up_over_the_classes(board: Board) -> None:
    for place, funds in enumerate(("abroad_equity", "abroad_real_estate", "abroad_fixed_income")):
        board.plain(KIND, **invests(board, 5 * MILLION, (SHOP, FRIEND, LATER)[place], funds=funds))
    assert refused(board, 1, FURTHER, funds="abroad_other")[:3] == ("rpt.insurer.funds.class", "（二）", 15 * MILLION)


@pytest.mark.parametrize("name", ["net_assets", "total_assets"])
def test_without_last_years_figure_nothing_is_invested(name: str) -> None:
    board = Board()
    board.stake(HOLDING, INSURER, 0)
    board.stake(SHOP, INSURER, 5)
    other = "total_assets" if name == "net_assets" else "net_assets"
    figure(board, INSURER, other, NET_FEN)
    figure(board, INSURER, name, NET_FEN, as_of=20260331)
    field, constraint = fault(board, **invests(board, 1))
    assert (field, name.replace("_", " ") in constraint.replace("_", " "), "20251231" in constraint) == (
        "body",
        True,
        True,
    )


def test_without_the_limit_of_a_class_none_of_it(board: Board) -> None:
    bare = Board()
    bare.stake(HOLDING, INSURER, 0)
    bare.stake(SHOP, INSURER, 5)
    for name in ("net_assets", "total_assets"):
        figure(bare, INSURER, name, NET_FEN)
    assert "equity_limit" in fault(bare, **invests(bare, 1, funds="equity"))[1]
    bare.plain(KIND, **invests(bare, 1))


def test_the_class_is_told(board: Board) -> None:
    for funds in ("none", "own_use", "own_property"):
        assert fault(board, **invests(board, 1, funds=funds))[0] == "funds"
    bought: dict[str, Any] = {"sort": "asset_transfer", "gives": False}
    assert fault(board, **invests(board, 1, **bought, funds="none"))[0] == "funds"
    assert fault(board, **board.fields(1, party=SHOP, funds="equity"))[0] == "funds"
    assert fault(board, **invests(board, 1, guarantee=True, funds="equity"))[0] == "funds"
    assert fault(board, **board.fields(1, party=SHOP, bought=SHOP))[0] == "bought"


def test_a_house_that_is_bought_counts_and_one_for_its_own_use_does_not(board: Board) -> None:
    bought: dict[str, Any] = {"sort": "asset_transfer", "gives": False}
    board.plain(KIND, **invests(board, 15 * MILLION, **bought, funds="own_use"))
    house = board.plain(KIND, **invests(board, 15 * MILLION, **bought, funds="real_estate"))["transaction"]
    assert refused(board, 1, FRIEND, funds="real_estate")[0] == "rpt.insurer.funds.class"
    board.plain("return_related_finance", transaction=house, amount_fen=1)
    board.plain(KIND, **invests(board, 1, FRIEND, funds="real_estate"))
    assert told(board, INSURER)["invested"].used_fen == 15 * MILLION


def test_guarantees_are_no_investment(board: Board) -> None:
    board.plain(KIND, **invests(board, 40 * MILLION, guarantee=True))
    assert told(board, INSURER)["invested"].used_fen == 0


def test_what_comes_back_may_be_invested_again(board: Board) -> None:
    made = board.plain(KIND, **invests(board, ONE_FEN))["transaction"]
    board.plain("return_related_finance", transaction=made, amount_fen=MILLION)
    assert refused(board, MILLION + 1)[3] == ONE_FEN - MILLION
    board.plain(KIND, **invests(board, MILLION))
    shown = told(board, INSURER)["invested_one"]
    assert (shown.used_fen, shown.booked_fen, shown.beside) == (ONE_FEN, ONE_FEN, SHOP)


def test_a_new_figure_is_over_and_refuses_only_more(board: Board) -> None:
    made = board.plain(KIND, **invests(board, ONE_FEN))["transaction"]
    figure(board, INSURER, "net_assets", 90 * MILLION)
    shown = told(board, INSURER)["invested_one"]
    assert (shown.breach, shown.limit_fen, shown.headroom_fen) == (True, 27 * MILLION, 0)
    assert refused(board, 1) == ("rpt.insurer.funds.one", "（三）", 27 * MILLION, ONE_FEN)
    board.plain("return_related_finance", transaction=made, amount_fen=3 * MILLION + 1)
    board.plain(KIND, **invests(board, 1))
    assert refused(board, 1)[3] == 27 * MILLION


def test_who_is_related_no_more_frees_and_who_becomes_so_counts(board: Board) -> None:
    for party in (SHOP, FRIEND):
        board.plain(KIND, **invests(board, ONE_FEN, party))
    board.desk.now += 400 * DAY
    on = 20270605
    for name, fen in (("net_assets", NET_FEN), ("total_assets", TOTAL_FEN)):
        figure(board, INSURER, name, fen, as_of=20261231)
    assert told(board, INSURER)["invested"].used_fen == 2 * ONE_FEN
    board.stake(SHOP, INSURER, 0, from_date=20260502)
    shown = told(board, INSURER)["invested"]
    assert (shown.used_fen, shown.booked_fen) == (ONE_FEN, 2 * ONE_FEN)
    board.plain(KIND, **invests(board, ONE_FEN, LATER, signed_on=on))
    board.stake(SHOP, INSURER, 5, from_date=20270601)
    assert told(board, INSURER)["invested"].breach
    assert refused(board, 1, FURTHER, signed_on=on)[3] == 3 * ONE_FEN


def test_the_balance_runs_over_the_year_and_the_figure_turns(board: Board) -> None:
    board.plain(KIND, **invests(board, ONE_FEN))
    board.desk.now += 245 * DAY  # 2027-01-01
    field, constraint = fault(board, **invests(board, 1, FRIEND, signed_on=20270101))
    assert (field, "20261231" in constraint) == ("body", True)
    figure(board, INSURER, "total_assets", TOTAL_FEN, as_of=20261231)
    figure(board, INSURER, "net_assets", 110 * MILLION, as_of=20261231)
    assert refused(board, 3 * MILLION + 1, signed_on=20270101)[3] == ONE_FEN
    board.plain(KIND, **invests(board, 3 * MILLION, signed_on=20270101))


def test_own_companies_are_no_party_and_give_with_it() -> None:
    board = Board()
    figure(board, INSURER, "net_assets", NET_FEN)
    figure(board, INSURER, "total_assets", TOTAL_FEN)
    figure(board, INSURER, "net_capital", 10_000 * MILLION, as_of=20260331)
    board.stake(INSURER, FRIEND, 51)
    board.measured(FRIEND)
    figure(board, OWNER, "net_assets", 10_000 * MILLION)
    board.plain(KIND, **invests(board, 40 * MILLION, FRIEND))
    assert told(board, INSURER)["invested"].used_fen == 0
    word = {"exemption": "public_issue", "party": OWNER, "agreement": "bonds"}
    assert fault(board, **board.fields(1, body=FRIEND, **word))[0] == "funds"
    board.plain(KIND, **board.fields(20 * MILLION, body=FRIEND, funds="fixed_income", **word))
    assert refused(board, 10 * MILLION + 1, OWNER)[:3] == ("rpt.insurer.funds.one", "（三）", ONE_FEN)
    over = board.refused(KIND, **board.fields(10 * MILLION + 1, body=FRIEND, funds="fixed_income", **word))
    assert over.rule_id == "rpt.insurer.funds.one"
    board.plain(KIND, **invests(board, 10 * MILLION, OWNER))


def test_half_of_a_product_behind_which_the_controlling_side_stands(board: Board) -> None:
    board.stake(OWNER, INSURER, 60)
    product = board.product(issued_fen=20 * MILLION)
    through: dict[str, Any] = {"product": "related_assets", "passes_on_to": OWNER}
    assert fault(board, **invests(board, 1, **through)) == ("bought", "the product that is bought, a body")
    board.plain(KIND, **invests(board, 10 * MILLION - 1, **through, bought=product))
    found = refused(board, 2, **through, bought=product)
    assert found == ("rpt.insurer.funds.product", "（四）", 10 * MILLION, 10 * MILLION - 1)
    board.plain(KIND, **invests(board, 1, **through, bought=product))
    other = {**through, "passes_on_to": FRIEND}
    board.plain(KIND, **invests(board, MILLION, **other, bought=product))
    shown = told(board, INSURER)["product_share"]
    assert (shown.beside, shown.used_fen, shown.limit_fen, shown.figure) == (
        *(product, 10 * MILLION, 10 * MILLION),
        "issued_total",
    )
    unknown = board.do("register_body", name="another", kind_of_body="product")["body"]
    assert fault(board, **invests(board, 1, **through, bought=unknown))[0] == "bought"


def test_a_leasing_company_and_the_side_of_a_shareholder() -> None:
    board = Board()
    board.stake(SHOP, LEASER, 5)
    board.stake(SHOP, FRIEND, 51)
    figure(board, LEASER, "net_capital", 1_000 * MILLION, as_of=20260331)
    lease = {"body": LEASER, **FREE, "agreement": "lease"}
    assert fault(board, **board.fields(1, party=FRIEND, **lease)) == (
        "party",
        f"a body whose limit is known: contribution of body {SHOP}, by record_contribution",
    )
    board.paid_in(SHOP, LEASER, 5 * MILLION)
    board.plain(KIND, **board.fields(3 * MILLION, party=SHOP, **lease))
    board.plain(KIND, **board.fields(2 * MILLION - 1, party=FRIEND, **lease))
    found = board.refused(KIND, **board.fields(2, party=FRIEND, **lease))
    assert (found.rule_id, found.limit, found.used) == ("rpt.leasing.holder", 5 * MILLION, 5 * MILLION - 1)
    board.plain(KIND, **board.fields(1, party=FRIEND, **lease))
    shown = told(board, LEASER)["holder"]
    assert (shown.beside, shown.figure, shown.figure_fen, shown.headroom_fen) == (SHOP, "contribution", 5 * MILLION, 0)
    assert str(SOURCE["source"]) in shown.source
    board.paid_in(SHOP, LEASER, 4 * MILLION, as_of=20260501)
    assert told(board, LEASER)["holder"].breach


@pytest.mark.parametrize("business", ["financial_leasing", "auto_finance"])
def test_a_shareholder_that_is_no_related_party_has_no_more_than_it_paid_in(business: str) -> None:
    board = Board()
    firm = board.do("register_body", name="lessor", kind_of_body="company", business=business)["body"]
    board.stake(SHOP, firm, 2)
    figure(board, firm, "net_capital", 1_000 * MILLION, as_of=20260331)
    assert fault(board, **board.fields(1, body=firm, party=SHOP))[0] == "party"
    board.paid_in(SHOP, firm, 2 * MILLION)
    board.plain(KIND, **board.fields(2 * MILLION - 1, body=firm, party=SHOP))
    found = board.refused(KIND, **board.fields(2, body=firm, party=SHOP))
    assert (found.article, found.limit, found.used) == ("第二十六条", 2 * MILLION, 2 * MILLION - 1)
    board.plain(KIND, **board.fields(1, body=firm, party=SHOP))
    shown = told(board, firm)["holder"]
    assert (shown.beside, shown.used_fen, shown.headroom_fen) == (SHOP, 2 * MILLION, 0)
    board.plain(KIND, **board.fields(3 * MILLION, body=firm, party=FRIEND))


def test_who_holds_a_leasing_company_counts_its_own_companies_out() -> None:
    board = Board()
    board.stake(SHOP, LEASER, 60)
    board.stake(LEASER, FRIEND, 100)
    figure(board, LEASER, "net_capital", 1_000 * MILLION, as_of=20260331)
    board.paid_in(SHOP, LEASER, 5 * MILLION)
    board.plain(KIND, **board.fields(50 * MILLION, body=LEASER, party=FRIEND, **FREE))
    board.plain(KIND, **board.fields(5 * MILLION, body=LEASER, party=SHOP, **FREE))
    assert board.refused(KIND, **board.fields(1, body=LEASER, party=SHOP, **FREE)).rule_id == "rpt.leasing.holder"


def test_a_leasing_companys_one_party_is_with_who_counts_together() -> None:
    board = Board()
    board.stake(SHOP, LEASER, 5)
    board.stake(SHOP, FRIEND, 51)
    board.paid_in(SHOP, LEASER, 1_000 * MILLION)
    figure(board, LEASER, "net_capital", 10 * MILLION, as_of=20260331)
    board.plain(KIND, **board.fields(2 * MILLION, body=LEASER, party=SHOP, **FREE))
    over = board.refused(KIND, **board.fields(MILLION + 1, body=LEASER, party=FRIEND, **FREE))
    assert (over.rule_id, over.limit) == ("rpt.leasing.limits", MILLION)
    board.plain(KIND, **board.fields(MILLION, body=LEASER, party=FRIEND, **FREE))


def test_a_car_finance_company_and_the_side_of_a_shareholder() -> None:
    board = Board()
    cars = board.do("register_body", name="cars", kind_of_body="company", business="auto_finance")["body"]
    board.stake(SHOP, cars, 5)
    figure(board, cars, "net_capital", 1_000 * MILLION, as_of=20260331)
    board.paid_in(SHOP, cars, 5 * MILLION)
    board.plain(KIND, **board.fields(5 * MILLION - 1, body=cars, party=SHOP, **FREE))
    found = board.refused(KIND, **board.fields(2, body=cars, party=SHOP, **FREE))
    assert (found.rule_id, found.article, found.used) == ("rpt.auto.holder", "第二十六条", 5 * MILLION - 1)
    board.plain(KIND, **board.fields(1, body=cars, party=SHOP, **FREE))


def manager(board: Board) -> int:
    """An asset management company with net capital of 100 million, of which the shop has 5%."""
    body = board.do("register_body", name="manager", kind_of_body="company", business="asset_management")["body"]
    board.stake(SHOP, body, 5)
    figure(board, body, "net_capital", 100 * MILLION, as_of=20260331)
    return body


def test_an_asset_management_company_by_reference() -> None:
    board = Board()
    body = manager(board)
    for other in (FRIEND, LATER):
        board.stake(SHOP, other, 51)
    sold = {"body": body, "sort": "asset_transfer", **FREE}
    board.plain(KIND, **board.fields(4 * MILLION, body=body, party=SHOP, **FREE))
    asset = board.plain(KIND, **board.fields(6 * MILLION - 1, party=SHOP, **sold))["transaction"]
    found = board.refused(KIND, **board.fields(2, body=body, party=SHOP, **FREE))
    assert (found.rule_id, found.article, found.limit) == ("rpt.amc.limits", "第二十五条", 10 * MILLION)
    board.plain(KIND, **board.fields(1, body=body, party=SHOP, **FREE))
    board.plain(KIND, **board.fields(5 * MILLION, party=FRIEND, **sold))
    assert board.refused(KIND, **board.fields(1, party=LATER, **sold)).rule_id == "rpt.amc.limits.group"
    board.plain("return_related_finance", transaction=asset, amount_fen=1)
    board.plain(KIND, **board.fields(1, party=LATER, **sold))
    bare = board.fields(1, body=body, party=SHOP, unsecured=True, **FREE)
    assert board.refused(KIND, **bare).rule_id == "rpt.amc.unsecured"


def test_an_asset_management_company_and_all_its_parties_with_its_own_companies() -> None:
    board = Board()
    body = manager(board)
    others = [board.do("register_body", name=f"holder {n}", kind_of_body="company")["body"] for n in range(5)]
    for other in others:
        board.stake(other, body, 5)
        board.plain(KIND, **board.fields(10 * MILLION, body=body, party=other, **FREE))
    found = board.refused(KIND, **board.fields(1, body=body, party=SHOP, **FREE))
    assert (found.rule_id, found.limit, found.used) == ("rpt.amc.limits.all", 50 * MILLION, 50 * MILLION)
    board.stake(body, FRIEND, 51)
    board.plain(KIND, **board.fields(90 * MILLION, body=body, party=FRIEND, **FREE))


def test_all_of_it_is_decided_again(board: Board) -> None:
    board.stake(OWNER, INSURER, 60)
    product = board.product(issued_fen=20 * MILLION)
    through: dict[str, Any] = {"product": "related_assets", "passes_on_to": OWNER, "bought": product}
    through["funds"] = "abroad_equity"
    made = board.plain(KIND, **invests(board, 10 * MILLION, **through))["transaction"]
    refused(board, 1, **through)
    board.plain("return_related_finance", transaction=made, amount_fen=10 * MILLION)
    report = verify(board.desk.group.store, vault=board.desk.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)
    assert all(each.used_fen == each.booked_fen == 0 for each in told(board, INSURER).values() if each.booked_fen)
