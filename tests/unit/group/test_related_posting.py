"""The gate at postings: what a related customer asks for is refused without the approval that it needs."""

from typing import Any

import pytest

from benyuan.decisions.commands import REGISTRY, Request
from benyuan.decisions.facts import Table
from benyuan.decisions.outcomes import Answer
from benyuan.engine.verify import verify
from benyuan.governance.related.laws import BANK
from benyuan.governance.related.register import register_of
from benyuan.simulate.identities import identity_number
from benyuan.usecases import USE_CASES
from benyuan.usecases.related.sides import REGISTER
from tests.unit.engine.groups import pay, words_unkept
from tests.unit.group.ownership import HOLDING, PERSON
from tests.unit.group.related import FRIEND, LATER, MILLION, TODAY
from tests.unit.group.test_tied_customers import BOUGHT_FEN, CODE, FEE_PPM, LOAN_FEN, SINGLE, YEAR, Firms
from tests.unit.lending.accounts import lender_in_town
from tests.unit.lending.lenders import OFFER

APPROVAL = "rpt.approval"
PAID_FEN = 5_000


@pytest.fixture
def firms() -> Firms:
    """A lender and an institution; individual 5 is related, and borrower 1 there with a loan of 10,000.00."""
    return Firms(lender_in_town())


def buy(firms: Firms, fen: int = BOUGHT_FEN, *, account: int = 1) -> Answer:
    """A purchase on credit, today."""
    return firms.lender.ask("draw_purchase", on=TODAY, account=account, amount_fen=fen)


def bought(*wanted: tuple[int, int]) -> list[Any]:
    """Purchases, as (account, fen)."""
    return [REGISTRY["draw_purchase"](account=account, amount_fen=fen) for account, fen in wanted]


def refusal_of(answer: Answer) -> tuple[str, dict[str, Any]]:
    """The rule and the figures."""
    assert answer.refusal is not None, answer
    return answer.refusal.rule_id, dict(answer.refusal.figures)


def test_a_purchase_that_is_major_by_itself_needs_an_approval(firms: Firms) -> None:
    base_fen = SINGLE * BOUGHT_FEN
    firms.measured(FRIEND, figure="net_capital", amount_fen=base_fen)
    firms.tie(from_date=TODAY)
    for fen in (BOUGHT_FEN + 1, BOUGHT_FEN):
        rule, figures = refusal_of(buy(firms, fen))
        assert (rule, figures["body"], figures["party"]) == (APPROVAL, FRIEND, PERSON)
        assert figures["asked_fen"] == figures["day_fen"] == figures["year_fen"] == fen
        assert figures["base_fen"] == base_fen
    assert (firms.told().tied, firms.told().looks) == ([], [])
    assert buy(firms, BOUGHT_FEN - 1).accepted
    assert [(each.amount_fen, each.grade) for each in firms.told().tied] == [(BOUGHT_FEN - 1, "exempt")]


def test_nobody_else_is_asked(firms: Firms) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=1)
    assert buy(firms).accepted
    firms.tie(from_date=TODAY)
    assert buy(firms, account=2).accepted
    assert not buy(firms).accepted
    firms.tie(body=firms.individual(2), number=identity_number(2), from_date=TODAY)  # tied, and not related
    assert buy(firms, account=2).accepted


@pytest.mark.parametrize("framework", [True, False], ids=["framework", "approval"])
def test_an_approval_or_a_framework_lets_it_pass_up_to_its_amount(firms: Firms, *, framework: bool) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=SINGLE * BOUGHT_FEN)
    what: dict[str, Any] = {"body": FRIEND, "party": PERSON, "sort": "finance", "amount_fen": BOUGHT_FEN}
    firms.tie(from_date=TODAY)
    assert not buy(firms).accepted
    proposal = firms.approved_by_its_own(**what, framework=framework)
    if framework:
        assert not buy(firms).accepted
        term = {"agreement": "credit", "from_date": TODAY, "until": 20270430, "signed_on": TODAY}
        firms.plain("sign_framework", **what, **term, approval=proposal)
    assert not buy(firms, BOUGHT_FEN + 1).accepted
    assert buy(firms).accepted
    assert not buy(firms, 1).accepted
    assert firms.told().looks == []


def test_a_director_of_the_lender_needs_an_approval_however_small_it_is(firms: Firms) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=SINGLE * MILLION)
    firms.tie(from_date=TODAY)
    assert buy(firms, 1).accepted
    firms.do("record_office", individual=PERSON, body=FRIEND, post="director")
    assert refusal_of(buy(firms, 1))[0] == "rpt.insider"
    approval = firms.approved_by_its_own(FRIEND, party=PERSON, sort="finance", amount_fen=3)
    assert (approval, buy(firms, 2).accepted, buy(firms, 1).accepted) == (1, True, False)


def test_a_recorded_transaction_covers_what_is_drawn_under_it(firms: Firms) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=SINGLE * BOUGHT_FEN + SINGLE)
    firms.deal(BOUGHT_FEN, body=FRIEND, party=PERSON)
    firms.tie(from_date=TODAY)
    assert buy(firms).accepted
    assert [each.cover for each in firms.told().tied] == ["transaction"]


def test_two_draws_of_one_file_count_one_after_the_other(firms: Firms) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=SINGLE * BOUGHT_FEN)
    firms.tie(from_date=TODAY)
    half = BOUGHT_FEN // 2
    file = bought((2, 100), (1, half), (2, 100), (1, half), (1, half - 1), (2, 100))
    group = firms.desk.group
    now = firms.desk.now
    answers = group.execute([Request(client="file", key=f"k{n}", command=each, at=now) for n, each in enumerate(file)])
    assert [each.accepted for each in answers] == [True, True, True, False, True, True]
    assert refusal_of(answers[3])[1]["day_fen"] == BOUGHT_FEN
    report = verify(group.store, vault=group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], words_unkept(group.store))


def test_what_was_done_before_the_tie_counts_in_what_comes_after(firms: Firms) -> None:
    """The loan of April is open and stays so; with it the year's sum is over the line, and the step decides."""
    step_fen = LOAN_FEN * YEAR // SINGLE
    firms.measured(FRIEND, figure="net_capital", amount_fen=YEAR * LOAN_FEN)
    firms.tie()
    assert [each.amount_fen for each in firms.told().looks] == [LOAN_FEN]
    assert buy(firms, step_fen - 1).accepted
    assert refusal_of(buy(firms, 1))[0] == APPROVAL
    assert [each.amount_fen for each in firms.told().looks] == [LOAN_FEN]


def test_without_a_figure_no_credit_is_given_to_a_related_customer(firms: Firms) -> None:
    firms.tie(from_date=TODAY)
    answer = buy(firms)
    assert answer.invalid is not None
    assert (answer.invalid.field, answer.invalid.value) == ("account", 1)
    assert f"body {FRIEND} at 20260331" in answer.invalid.constraint


def test_going_and_coming_back_on_one_day_frees_nobody(firms: Firms) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=1)
    firms.tie(from_date=20260430)
    firms.do("record_body_business", body=FRIEND, business="none", book=0, from_date=TODAY)
    assert refusal_of(buy(firms))[0] == APPROVAL
    firms.stake(HOLDING, FRIEND, 0, from_date=TODAY)
    assert refusal_of(buy(firms))[0] == APPROVAL
    firms.tie(holds=False, from_date=TODAY)
    assert refusal_of(buy(firms))[0] == APPROVAL


def test_a_loan_and_its_further_parts_are_one_act_of_a_day() -> None:
    firms = Firms(lender_in_town(in_parts=True))
    firms.measured(FRIEND, figure="net_capital", amount_fen=SINGLE * BOUGHT_FEN)
    firms.tie(from_date=TODAY)
    later = {**OFFER, "first_due_on": 20260615, "until": 20260531, "amount_fen": 2 * BOUGHT_FEN}
    drawn: dict[str, Any] = {"offer": firms.lender.do("offer_loan", on=TODAY, **later)["offer"], "purpose": "travel"}
    whole = firms.lender.ask("draw_loan", **drawn)
    assert (refusal_of(whole)[0], refusal_of(whole)[1]["asked_fen"]) == (APPROVAL, 2 * BOUGHT_FEN)
    loan = firms.lender.do("draw_loan", **drawn, amount_fen=BOUGHT_FEN - 2)["loan"]
    assert firms.lender.ask("draw_further", loan=loan, amount_fen=1).accepted
    last = firms.lender.ask("draw_further", loan=loan, amount_fen=1)
    assert (refusal_of(last)[0], refusal_of(last)[1]["day_fen"]) == (APPROVAL, BOUGHT_FEN)
    assert firms.lender.ask("draw_further", on=TODAY + 1, loan=loan, amount_fen=BOUGHT_FEN - 1).accepted


def test_a_payment_at_a_related_merchant_is_refused_where_its_fee_is_major(firms: Firms) -> None:
    body = firms.shop()
    fee_fen = PAID_FEN * FEE_PPM // 10**6
    firms.measured(LATER, amount_fen=SINGLE * 2 * fee_fen)
    firms.do("tie_customer", body=body, institution=1, document="credit_code", number=CODE["number"])
    first, second, other = firms.desk.group.execute(
        [
            Request(client="file", key=f"p{n}", command=pay(PAID_FEN, payer=2, merchant=merchant), at=firms.desk.now)
            for n, merchant in enumerate((3, 3, 1))
        ]
    )
    assert (first.accepted, other.accepted) == (True, True)
    rule, figures = refusal_of(second)
    assert (rule, figures["party"], figures["day_fen"]) == ("fhc.rpt.approval", body, 2 * fee_fen)
    assert firms.told(LATER).looks == []


def test_an_employees_own_payment_passes(firms: Firms) -> None:
    employee = firms.individual(2)
    firms.do("record_office", individual=employee, body=LATER, post="director")
    firms.measured(LATER, amount_fen=1)
    firms.do("tie_customer", body=employee, institution=1, document="resident_id", number=identity_number(2))
    firms.desk.done(pay(PAID_FEN, payer=2))
    assert [(each.count, each.grade) for each in firms.told(LATER).tied] == [(1, "exempt")]


def test_commands_of_before_the_gate_are_told_again_and_not_decided(
    firms: Firms, monkeypatch: pytest.MonkeyPatch
) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=1)
    firms.tie(from_date=TODAY)
    with monkeypatch.context() as before:
        before.setattr(REGISTRY["draw_purchase"], "version", 1)
        before.setattr(USE_CASES["draw_purchase"], "gates", ())
        assert buy(firms).accepted
    group = firms.desk.group
    report = verify(group.store, vault=group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])
    assert report.undecidable == words_unkept(group.store) + 1
    assert [each.amount_fen for each in firms.told().looks] == [BOUGHT_FEN]
    assert not buy(firms).accepted


def test_what_is_kept_until_ownership_changes_is_made_of_no_other_table(firms: Firms) -> None:
    """A table that a world or register reads besides would leave the gate with what was so before."""
    tables, read = firms.desk.group.records.tables, set[str]()

    def column(table: Table, name: str) -> Any:
        read.add(table.name)
        return tables[table.name].column(name)

    on, seen, rules = TODAY, firms.desk.group.position, firms.desk.group.regime.pack
    register_of(column, rules, body=FRIEND, law=BANK, on=on, seen=seen)
    assert read == {table.name for table in REGISTER}


def test_who_turns_out_to_be_a_related_individual_is_asked_from_then_on(firms: Firms) -> None:
    """Borrower 2 is nobody's by card; by passport the same individual is a director of the lender."""
    firms.measured(FRIEND, figure="net_capital", amount_fen=SINGLE * MILLION)
    firms.tie(body=firms.individual(2), number=identity_number(2), from_date=TODAY)
    passport: dict[str, Any] = {"document": "passport", "number": "E12345678"}
    other = firms.do("register_individual", **passport, full_name="who travels")["body"]
    firms.do("record_office", individual=other, body=FRIEND, post="director")
    assert buy(firms, 1, account=2).accepted
    papers = {**passport, "known_document": "resident_id", "known_number": identity_number(2)}
    papers |= {"source": "certificate", "source_date": TODAY}
    firms.plain("join_individuals", **papers)
    assert refusal_of(buy(firms, 1, account=2))[0] == "rpt.insider"
    firms.plain("separate_individuals", **papers, reason="a namesake")
    assert buy(firms, 1, account=2).accepted
    report = verify(firms.desk.group.store, vault=firms.desk.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])


@pytest.mark.parametrize(
    ("fields", "passes"),
    [
        ({}, False),
        ({"from_date": 20260502}, True),
        ({"grade": "d"}, True),
        ({"allowed": True}, True),
    ],
    ids=["graded e", "from tomorrow", "graded d", "allowed"],
)
def test_a_lender_of_the_worst_grade_lends_nothing_to_related_customers(
    firms: Firms, fields: dict[str, Any], *, passes: bool
) -> None:
    firms.measured(FRIEND, figure="net_capital", amount_fen=SINGLE * MILLION)
    firms.deal(BOUGHT_FEN, body=FRIEND, party=PERSON)  # it would cover
    firms.tie(from_date=TODAY)
    assert buy(firms, 1).accepted
    firms.do("record_governance_grade", **{"body": FRIEND, "grade": "e", "from_date": TODAY, **fields})
    assert buy(firms, 1, account=2).accepted
    answer = buy(firms, 1)
    assert answer.accepted == passes
    if not passes:
        assert refusal_of(answer)[0] == "rpt.worst_grade"
        file = bought((2, 1), (1, 1), (2, 1))
        at = firms.desk.group.last_at
        asked = [Request(client="file", key=f"e{n}", command=each, at=at) for n, each in enumerate(file)]
        assert [each.accepted for each in firms.desk.group.execute(asked)] == [True, False, True]
        firms.do("record_body_business", body=FRIEND, business="none", book=0, from_date=TODAY)
        assert refusal_of(buy(firms, 1))[0] == "rpt.worst_grade"
        report = verify(firms.desk.group.store, vault=firms.desk.group.vault, use_cases=USE_CASES)
        assert (report.faults, report.differences) == ([], [])


@pytest.mark.parametrize(("found_on", "passes"), [(20240501, False), (20240430, True)], ids=["last day", "day after"])
def test_a_banks_book_lends_nothing_to_whom_it_lost_on(firms: Firms, found_on: int, *, passes: bool) -> None:
    book = firms.lender.of("lender", 1, "book")
    firms.do("record_body_business", body=FRIEND, business="commercial_bank", book=book)
    firms.measured(FRIEND, figure="net_capital", amount_fen=SINGLE * MILLION)
    firms.tie(from_date=TODAY)
    loss = {"body": FRIEND, "party": PERSON, "amount_fen": 1, "found_on": found_on}
    firms.plain("record_related_loss", **loss, source="accounts", source_date=TODAY)
    answer = buy(firms, 1)
    assert answer.accepted == passes
    assert passes or refusal_of(answer)[0] == "rpt.bank.after_loss"
