"""Related transactions: graded by themselves and in their year, gated by an approval, banned, counted, flagged."""

from typing import Any

import pytest

from benyuan.assurance.group.dealings import dealings_of
from benyuan.governance.related.vocabulary import Grade
from tests.unit.engine.groups import HOUR
from tests.unit.group.ownership import BANK, HOLDING, INSURER, OWNER, PERSON, SHOP, SOURCE
from tests.unit.group.related import DIRECTORS, FRIEND, LATER, LEASER, MILLION, NET_ASSETS_FEN, OTHER, TODAY, Board

KIND = "record_related_transaction"
LINE_FEN = 20 * MILLION
DAY = 24 * HOUR


def grade(board: Board, amount_fen: int, **fields: Any) -> Grade:
    """How a transaction that is accepted is treated."""
    return Grade(board.deal(amount_fen, **fields)["grade"])


@pytest.fixture
def board() -> Board:
    """The group, with its board."""
    return Board()


def test_under_the_line_it_goes_to_the_file_and_at_it_needs_an_approval(board: Board) -> None:
    assert grade(board, LINE_FEN - 1) is Grade.ordinary
    refused = board.refused(KIND, **board.fields(LINE_FEN, party=PERSON, agreement="another"))
    assert (refused.rule_id, refused.article) == ("fhc.rpt.approval", "第二十七条")
    assert refused.figures["base_fen"] == NET_ASSETS_FEN


def test_one_deal_cut_into_slices_under_one_agreement(board: Board) -> None:
    half = LINE_FEN // 2
    assert grade(board, half) is Grade.ordinary
    assert board.refused(KIND, **board.fields(half)).figures["agreement_fen"] == LINE_FEN
    assert grade(board, half, agreement="another") is Grade.ordinary


def test_slices_under_several_agreements_add_up_over_the_year(board: Board) -> None:
    for number in range(6):
        assert grade(board, 16 * MILLION, agreement=f"contract {number}") is Grade.ordinary
    told = dealings_of(board.desk.group, HOLDING)
    assert [(each.year_fen, each.line_fen, each.left_fen) for each in told.sums] == [
        (96 * MILLION, 100 * MILLION, 4 * MILLION)
    ]
    assert grade(board, 4 * MILLION - 1, agreement="last but one") is Grade.exempt
    assert board.refused(KIND, **board.fields(1, agreement="last")).rule_id == "fhc.rpt.approval"


def test_sums_of_a_day_are_of_what_was_signed_up_to_it(board: Board) -> None:
    for number, on in enumerate((20260429, 20260430, 20260501)):
        board.deal(6 * MILLION, signed_on=on, agreement=f"contract {number}")
    for on, count in ((20260428, 0), (20260429, 1), (20260430, 2), (20260501, 3)):
        told = dealings_of(board.desk.group, HOLDING, on=on)
        assert len(told.transactions) == count
        assert [each.year_fen for each in told.sums] == [6 * MILLION * count] * (count > 0)


def test_slices_under_several_agreements_within_thirty_days_are_flagged(board: Board) -> None:
    board.deal(12 * MILLION, signed_on=20260401, agreement="one")
    board.deal(8 * MILLION - 1, signed_on=20260501, agreement="two")
    assert not dealings_of(board.desk.group, HOLDING).looks
    board.deal(1, signed_on=20260430, agreement="three")
    (look,) = dealings_of(board.desk.group, HOLDING).looks
    assert (look.rule, look.article, look.amount_fen) == ("fhc.rpt.ban.slicing", "第二十三条（三）", LINE_FEN)
    assert look.transactions == [1, 2, 3]


def test_slices_thirty_one_days_apart_are_not(board: Board) -> None:
    board.deal(12 * MILLION, signed_on=20260331, agreement="one")
    board.deal(12 * MILLION, signed_on=20260501, agreement="two")
    assert not dealings_of(board.desk.group, HOLDING).looks


def test_an_insurer_is_tested_by_its_own_order(board: Board) -> None:
    board.measured(INSURER)
    fields = {"body": INSURER, "party": OWNER, "sort": "services"}
    assert grade(board, 30 * MILLION - 1, **fields) is Grade.ordinary
    refused = board.refused(KIND, **board.fields(30 * MILLION, **{**fields, "agreement": "second"}))
    assert (refused.rule_id, refused.figures["year_fen"]) == ("rpt.approval", 60 * MILLION - 1)


def test_what_a_party_controls_counts_with_it(board: Board) -> None:
    board.stake(OWNER, SHOP, 51)
    board.stake(OWNER, FRIEND, 51)
    for number, party in enumerate((OWNER, SHOP, FRIEND, PERSON) * 2):
        if number < 6:
            board.deal(16 * MILLION, party=party, agreement=f"contract {number}")
    refused = board.refused(KIND, **board.fields(16 * MILLION, party=SHOP, agreement="x"))
    assert refused.figures["year_fen"] == 112 * MILLION


def test_two_who_have_nothing_in_common_count_apart(board: Board) -> None:
    board.stake(SHOP, HOLDING, 5)
    for number in range(6):
        board.deal(16 * MILLION, agreement=f"contract {number}")
    assert grade(board, 16 * MILLION, party=SHOP, agreement="x") is Grade.ordinary


def test_family_counts_with_an_individual(board: Board) -> None:
    board.do("record_family", individual=PERSON, other=OTHER, tie="spouse")
    board.deal(16 * MILLION, party=PERSON)
    assert board.refused(KIND, **board.fields(4 * MILLION, party=OTHER)).figures["agreement_fen"] == 20 * MILLION


def test_affiliates_count_apart_from_those_above(board: Board) -> None:
    for number in range(6):
        board.deal(16 * MILLION, agreement=f"contract {number}")
    assert grade(board, 16 * MILLION, party=BANK, agreement="x") is Grade.ordinary


def test_each_further_one_per_cent_is_major_anew(board: Board) -> None:
    first = board.approval(200 * MILLION)
    assert grade(board, 100 * MILLION, approval=first) is Grade.major
    assert grade(board, 10 * MILLION, agreement="a") is Grade.ordinary
    assert grade(board, 10 * MILLION, agreement="b", approval=first) is Grade.major
    assert grade(board, 19 * MILLION, agreement="c") is Grade.ordinary


def test_another_year_begins_at_nought(board: Board) -> None:
    approval = board.approval(100 * MILLION)
    board.deal(100 * MILLION, approval=approval)
    board.desk.now += 300 * DAY
    accounts = {"as_of": 20261231, "source": "accounts", "source_date": 20270201}
    board.plain("record_body_figure", body=HOLDING, figure="net_assets", amount_fen=NET_ASSETS_FEN, **accounts)
    assert grade(board, LINE_FEN - 1, signed_on=20270201, agreement="new") is Grade.ordinary


def test_without_the_figure_nothing_is_recorded(board: Board) -> None:
    board.desk.now += 300 * DAY
    answer = board.asked(KIND, **board.fields(1, signed_on=20270201))
    assert answer.invalid is not None
    assert "20261231" in answer.invalid.constraint
    group = {"figure": "net_assets", "basis": "consolidated", "as_of": 20261231, "amount_fen": NET_ASSETS_FEN}
    board.plain("record_body_figure", body=HOLDING, **group, invented=True)
    assert board.asked(KIND, **board.fields(1, signed_on=20270201)).invalid is not None


def test_exempt_ones_are_counted(board: Board) -> None:
    assert grade(board, 90 * MILLION, exemption="public_issue") is Grade.exempt
    assert grade(board, 4 * MILLION, agreement="b") is Grade.exempt
    assert board.refused(KIND, **board.fields(6 * MILLION, agreement="c")).figures["year_fen"] == 100 * MILLION


def test_a_shared_independent_director_exempts_where_that_is_all(board: Board) -> None:
    board.do("record_office", individual=14, body=SHOP, post="independent_director")
    claimed = {"party": SHOP, "exemption": "shared_independent_director"}
    assert grade(board, 90 * MILLION, **claimed) is Grade.exempt
    board.stake(SHOP, HOLDING, 5)
    answer = board.asked(KIND, **board.fields(MILLION, **claimed))
    assert answer.invalid is not None
    assert answer.invalid.field == "exemption"


def test_a_product_without_related_assets_counts_by_its_fee(board: Board) -> None:
    product = {"product": "unrelated_assets", "fee_fen": MILLION}
    assert board.deal(900 * MILLION, **product)["counted_fen"] == MILLION
    answer = board.asked(KIND, **board.fields(900 * MILLION, **{**product, "fee_fen": 0}))
    assert answer.invalid is not None
    assert answer.invalid.field == "fee_fen"


@pytest.mark.parametrize(
    "fields", [{"agreement": ""}, {"agreement": " "}, {"price_basis": "explained"}], ids=["none", "blank", "no reasons"]
)
def test_an_agreement_and_a_price_with_reasons(board: Board, fields: dict[str, str]) -> None:
    assert board.refused(KIND, **board.fields(MILLION, **fields)).rule_id == "fhc.rpt.terms"
    sound = {"agreement": "a", "price_basis": "explained", "explanation": "two offers"}
    assert grade(board, MILLION, **sound) is Grade.exempt


def test_with_somebody_unrelated_it_is_kept_and_counts_nowhere(board: Board) -> None:
    assert grade(board, 900 * MILLION, party=SHOP) is Grade.unrelated
    assert not dealings_of(board.desk.group, HOLDING).sums
    assert not board.desk.group.records.tables["governance_duty"].count


def test_an_approval_covers_party_kind_and_amount(board: Board) -> None:
    approval = board.approval(60 * MILLION)
    assert grade(board, 45 * MILLION, approval=approval) is Grade.major
    assert board.refused(KIND, **board.fields(15 * MILLION + 1, approval=approval)).figures["left_fen"] == 15 * MILLION
    assert (
        board.refused(KIND, **board.fields(15 * MILLION, approval=approval, party=PERSON)).rule_id == "fhc.rpt.approval"
    )
    other = board.fields(15 * MILLION, approval=approval, sort="asset_transfer")
    assert board.refused(KIND, **other).rule_id == "fhc.rpt.approval"
    assert grade(board, 15 * MILLION, approval=approval) is Grade.major


def test_an_approval_of_a_later_day_approves_nothing(board: Board) -> None:
    board.desk.now += DAY
    approval = board.approval(60 * MILLION)
    refused = board.refused(KIND, **board.fields(LINE_FEN, approval=approval))
    assert (refused.figures["decided_on"], refused.figures["signed_on"]) == (20260502, TODAY)
    assert grade(board, LINE_FEN, approval=approval, signed_on=20260502) is Grade.major


def test_a_day_to_come_and_before_the_order(board: Board) -> None:
    for signed in (20260502, 20230228, 20260431):
        answer = board.asked(KIND, **board.fields(MILLION, signed_on=signed))
        assert answer.invalid is not None
        assert answer.invalid.field == "signed_on"


def test_a_controlled_institution_gives_the_holding_company_nothing(board: Board) -> None:
    board.measured(BANK, figure="net_capital")
    refused = board.refused(KIND, **board.fields(1, body=BANK, party=HOLDING))
    assert (refused.rule_id, refused.article, refused.item) == ("fhc.ban.fi_to_fhc", "第三十六条", "（四）")
    assert grade(board, 1, body=BANK, party=HOLDING, gives=False) is Grade.exempt
    assert grade(board, 1, body=BANK, party=HOLDING, sort="services") is Grade.exempt


def test_a_loan_to_the_holding_company_through_a_third_party_that_is_told(board: Board) -> None:
    board.measured(BANK, figure="net_capital")
    told = board.fields(1, body=BANK, party=SHOP, passes_on_to=HOLDING)
    assert board.refused(KIND, **told).rule_id == "fhc.ban.fi_to_fhc"


def test_a_loan_to_the_holding_company_through_a_third_party_that_is_not_told(board: Board) -> None:
    board.measured(BANK, figure="net_capital")
    board.deal(50 * MILLION, body=BANK, party=SHOP, signed_on=20260401)
    assert not dealings_of(board.desk.group, HOLDING).looks
    board.deal(40 * MILLION, party=SHOP, gives=False)
    for body in (HOLDING, BANK):
        (look,) = dealings_of(board.desk.group, body).looks
        assert (look.rule, look.bodies) == ("fhc.ban.indirect", [BANK, SHOP, HOLDING])
        assert (look.article, look.amount_fen) == ("第三十六条（三）", 40 * MILLION)


def test_unsecured_finance_to_shareholders_and_other_bodies(board: Board) -> None:
    board.measured(BANK, figure="net_capital")
    board.stake(OWNER, FRIEND, 51)
    board.stake(HOLDING, LATER, 51)
    for party in (OWNER, FRIEND, LATER):
        board.measured(party)
    board.measured(INSURER, figure="net_capital")
    for party in (OWNER, FRIEND, LATER):
        fields = board.fields(1, body=BANK, party=party, unsecured=True)
        assert board.refused(KIND, **fields).rule_id == "fhc.ban.fi_to_fhc", party
        assert grade(board, 1, body=BANK, party=party, agreement=f"secured {party}") is Grade.exempt
    assert grade(board, 1, body=BANK, party=INSURER, unsecured=True) is Grade.exempt
    unsaid = {name: item for name, item in board.fields(1, body=BANK, party=OWNER).items() if name != "unsecured"}
    assert board.refused(KIND, **unsaid).rule_id == "fhc.ban.fi_to_fhc"


def test_shares_of_the_holding_company_and_of_the_bank_itself_are_no_security(board: Board) -> None:
    board.measured(BANK, figure="net_capital")
    board.measured(OWNER)
    fields = board.fields(1, body=BANK, party=OWNER)
    assert board.refused(KIND, **fields, pledged=HOLDING).rule_id == "fhc.ban.pledge"
    assert board.refused(KIND, **fields, pledged=BANK).rule_id == "rpt.bank.no_own_share_pledge"
    assert grade(board, 1, body=BANK, party=OWNER, pledged=SHOP) is Grade.exempt


def test_a_leasing_company_by_its_own_figures(board: Board) -> None:
    board.measured(LEASER, figure="net_capital")
    board.stake(SHOP, LEASER, 51)
    board.paid_in(SHOP, LEASER, 1_000 * MILLION)
    assert grade(board, 100 * MILLION - 1, body=LEASER, party=SHOP) is Grade.ordinary
    refused = board.refused(KIND, **board.fields(100 * MILLION, body=LEASER, party=SHOP, agreement="x"))
    assert (refused.rule_id, refused.document) == ("rpt.approval", "中国银行保险监督管理委员会令2022年第1号")


def test_a_body_under_the_holding_company_by_its_figures_over_its_own_net_assets(board: Board) -> None:
    board.stake(HOLDING, FRIEND, 51)
    board.measured(FRIEND, amount_fen=1_000 * MILLION)
    assert board.refused(KIND, **board.fields(10 * MILLION, body=FRIEND, party=OWNER)).rule_id == "fhc.rpt.approval"
    assert grade(board, 10 * MILLION - 1, body=FRIEND, party=OWNER) is Grade.ordinary


def test_a_body_that_no_order_binds(board: Board) -> None:
    answer = board.asked(KIND, **board.fields(1, body=SHOP))
    assert answer.invalid is not None
    assert answer.invalid.field == "body"


def test_a_director_is_a_party_to_contracts_with_the_company(board: Board) -> None:
    assert grade(board, 49_999_999, party=DIRECTORS[0], sort="services") is Grade.exempt
    assert grade(board, 1, party=DIRECTORS[0], sort="services") is Grade.ordinary


@pytest.mark.parametrize(
    "fields",
    [
        {"guarantee": True},
        {"sort": "services"},
        {"gives": False},
        {"sort": "asset_transfer", "fair_value_fen": MILLION},
    ],
    ids=["guarantee", "services", "taken", "asset"],
)
def test_only_a_product_that_is_bought_counts_by_its_fee(board: Board, fields: dict[str, Any]) -> None:
    product = {"product": "unrelated_assets", "fee_fen": 1}
    answer = board.asked(KIND, **{**board.fields(900 * MILLION, **product), **fields})
    assert answer.invalid is not None
    assert answer.invalid.field == "product"


def test_a_bank_counts_what_it_gives_by_a_product_as_agreed(board: Board) -> None:
    board.measured(BANK, figure="net_capital")
    board.measured(OWNER)
    answer = board.asked(
        KIND, **board.fields(900 * MILLION, body=BANK, party=OWNER, product="unrelated_assets", fee_fen=1)
    )
    assert answer.invalid is not None
    assert answer.invalid.field == "product"


def _director_of_the_bank(board: Board, post: str = "director") -> dict[str, Any]:
    board.do("record_office", individual=OTHER, body=BANK, post=post)
    board.measured(BANK, figure="net_capital")
    return {"body": BANK, "party": OTHER, "sort": "services"}


def test_the_organs_decide_on_whatever_a_bank_has_with_its_director(board: Board) -> None:
    deal = _director_of_the_bank(board)
    refused = board.refused(KIND, **board.fields(1, **deal))
    assert (refused.rule_id, refused.article) == ("rpt.insider", "第四十五条")
    for exemption in ("public_issue", "state_price"):
        fields = board.fields(1, **deal, exemption=exemption)
        assert board.refused(KIND, **fields).rule_id == "rpt.insider", exemption
    proposal = board.approved_by_its_own(BANK, party=OTHER, sort="services", amount_fen=10)
    assert grade(board, 9, **deal, approval=proposal) is Grade.ordinary
    refused = board.refused(KIND, **board.fields(2, **deal, approval=proposal))
    assert (refused.rule_id, refused.figures["left_fen"]) == ("rpt.insider", 1)
    assert grade(board, 1, **{**deal, "sort": "other"}, exemption="demand_deposit") is Grade.exempt


def test_a_loan_is_no_demand_deposit(board: Board) -> None:
    answer = board.asked(KIND, **board.fields(90 * MILLION, exemption="demand_deposit"))
    assert answer.invalid is not None
    assert answer.invalid.field == "exemption"


def test_the_spouse_of_a_director_and_their_companies_too(board: Board) -> None:
    deal = _director_of_the_bank(board)
    board.do("record_family", individual=12, other=OTHER, tie="spouse")
    board.stake(12, SHOP, 51)
    for party in (12, SHOP):
        assert board.refused(KIND, **board.fields(1, **{**deal, "party": party})).rule_id == "rpt.insider", party


def test_the_day_before_the_organs_decide_on_it_and_the_day(board: Board) -> None:
    deal = _director_of_the_bank(board)
    board.plain(
        "record_body_figure", body=BANK, figure="net_capital", amount_fen=NET_ASSETS_FEN, as_of=20250331, **SOURCE
    )
    assert grade(board, 1, **deal, signed_on=20250514) is Grade.exempt
    assert board.refused(KIND, **board.fields(1, **deal, signed_on=20250515)).rule_id == "rpt.insider"


def test_who_only_decides_on_investments_is_no_director(board: Board) -> None:
    deal = _director_of_the_bank(board, "decides_investments")
    assert grade(board, 1, **deal) is Grade.exempt


@pytest.mark.parametrize(("december", "flagged"), [(20251203, False), (20251204, True)], ids=["31 days", "30 days"])
def test_slices_over_a_new_year_are_flagged_in_the_new_one(board: Board, december: int, flagged: bool) -> None:
    board.plain(
        "record_body_figure", body=HOLDING, figure="net_assets", amount_fen=NET_ASSETS_FEN, as_of=20241231, **SOURCE
    )
    board.deal(12 * MILLION, signed_on=december, agreement="one")
    board.deal(12 * MILLION, signed_on=20260103, agreement="two")
    assert [look.transactions for look in dealings_of(board.desk.group, HOLDING).looks] == [[1, 2]] * flagged
    assert not dealings_of(board.desk.group, HOLDING, on=20251231).looks


def test_a_loan_that_comes_back_by_another_company_of_the_third_party_is_flagged(board: Board) -> None:
    board.measured(BANK, figure="net_capital")
    board.stake(SHOP, LATER, 51)
    board.deal(50 * MILLION, body=BANK, party=SHOP)
    board.deal(40 * MILLION, party=LATER, gives=False)
    (look,) = dealings_of(board.desk.group, HOLDING).looks
    assert (look.rule, look.bodies) == ("fhc.ban.indirect", [BANK, SHOP, LATER, HOLDING])


@pytest.mark.parametrize("agreement", ["contract  1", " contract 1", "contract 1\n"])
def test_an_agreement_is_known_by_its_words_and_not_by_its_blanks(board: Board, agreement: str) -> None:
    answer = board.asked(KIND, **board.fields(1, agreement=agreement))
    assert answer.invalid is not None
    assert answer.invalid.field == "agreement"


def test_the_relatives_of_a_shareholder_are_no_directors(board: Board) -> None:
    deal = _director_of_the_bank(board)
    board.stake(PERSON, BANK, 6)
    board.do("record_family", individual=PERSON, other=DIRECTORS[0], tie="other_close")
    assert grade(board, 1, **{**deal, "party": DIRECTORS[0]}) is Grade.exempt


def test_who_was_a_director_within_twelve_months_counts_as_one(board: Board) -> None:
    deal = _director_of_the_bank(board)
    board.do("record_office", individual=OTHER, body=BANK, post="director", holds=False, from_date=20260101)
    assert board.refused(KIND, **board.fields(1, **deal)).rule_id == "rpt.insider"
