"""Before anything is lent: evidence of income, what falls due here and elsewhere, the part that a line asks for."""

from typing import Any

import numpy as np
import pytest

from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine.why import why
from benyuan.simulate.identities import someone
from benyuan.usecases.lending.capacity import oldest_evidence
from benyuan.values.dates import add_calendar_days
from benyuan.values.days import months_later
from tests.unit.lending.accounts import check_log
from tests.unit.lending.lenders import ACCOUNT_LINE_FEN, LINE_FEN, OFFER, PAY_LATER, PLAN, Lender, lender_in_memory

ASSESSED, EVIDENCE = "cf.capacity.assess", "cp.house.income_evidence"
SERVED, SHARE = "cf.capacity.debt_service", "cp.house.instalment_share"
NEWCOMER = 3
ON = 20260410
OPEN: dict[str, Any] = {"product": PAY_LATER, "line_fen": ACCOUNT_LINE_FEN}


@pytest.fixture
def lender() -> Lender:
    """The lender of all tests, and a borrower of whose income nothing is known."""
    made = lender_in_memory()
    made.do("register_borrower", lender=1, **someone(NEWCOMER))
    made.on = ON
    return made


def offered(lender: Lender, *, on: int = ON, **fields: Any) -> Answer:
    """10,000.00 over twelve months."""
    return lender.ask("offer_loan", on=on, **{**OFFER, "first_due_on": 20261115, "until": 20261110, **fields})


def near(lender: Lender, **fields: Any) -> Answer:
    """The same, first due in May."""
    return offered(lender, first_due_on=20260515, until=20260430, **fields)


def check(lender: Lender, answer: Answer, rule: str, **figures: int) -> None:
    assert answer.outcome is Outcome.refused, answer
    assert answer.refusal is not None
    assert answer.refusal.rule_id == rule
    assert {name: answer.refusal.figures[name] for name in figures} == figures
    assert rule in why(lender.group, answer.position).text()


def test_without_evidence_nothing_is_offered(lender: Lender) -> None:
    check(lender, near(lender, borrower=NEWCOMER), ASSESSED)
    check_log(lender)


@pytest.mark.parametrize(("on", "passes"), [(20261009, True), (20261010, True), (20261011, False)])
def test_evidence_is_fresh_for_six_months(lender: Lender, on: int, passes: bool) -> None:
    lender.earns(NEWCOMER, 10_000_000)
    answer = offered(lender, on=on, borrower=NEWCOMER)
    assert answer.accepted is passes
    if not passes:
        check(lender, answer, EVIDENCE, evidenced_on=ON, months=6)


@pytest.mark.parametrize(("short", "passes"), [(0, True), (1, False), (-1, True)])
def test_the_share_itself_is_allowed_and_no_fen_more(lender: Lender, short: int, passes: bool) -> None:
    other = 100_000 + short
    lender.earns(1, 2 * (payment() + 100_000))
    answer = near(lender, other_debts_fen=other)
    assert answer.accepted is passes
    if not passes:
        most = payment() + 100_000
        check(lender, answer, SHARE, month_fen=most + 1, most_fen=most, income_fen=2 * most)
    check_log(lender)


def payment() -> int:
    """The first instalment of the offer."""
    answer = near(lender_in_memory())
    assert answer.accepted
    return int(answer.results["first_payment_fen"])


def test_loans_that_run_count_with_it(lender: Lender) -> None:
    one = payment()
    lender.earns(1, 2 * (2 * one + 100))
    offer = near(lender).results["offer"]
    lender.do("draw_loan", offer=offer, purpose="consumption")
    assert near(lender).accepted
    check(lender, near(lender, other_debts_fen=2_000), SHARE)
    check_log(lender)


def test_two_in_one_batch_and_one_of_another_borrower(lender: Lender) -> None:
    lender.earns(1, 2 * payment() + 10)
    lender.earns(2, 2 * payment() - 1)
    fields = {**OFFER, "other_debts_fen": 0}
    columns = {name: [item] * 2 for name, item in fields.items()} | {"borrower": [1, 2]}
    answers = lender.group.execute_columns(
        kind="offer_loan", columns=columns, client="desk", keys=["a", "b"], at=lender.group.last_at
    )
    assert [answer.accepted for answer in answers] == [True, False]
    check_log(lender)


def test_an_income_of_nought_carries_nothing(lender: Lender) -> None:
    lender.earns(1, 0)
    assert not near(lender).accepted
    check(lender, near(lender), SERVED, month_fen=payment(), elsewhere_fen=0)
    lender.earns(1, 1)
    check(lender, near(lender), SHARE, most_fen=0)


def test_no_sum_is_too_great_to_count(lender: Lender) -> None:
    check(lender, near(lender, other_debts_fen=2**63 - 1), SHARE, elsewhere_fen=2**60)
    check_log(lender)


def test_of_two_offers_that_each_fit_one_is_drawn(lender: Lender) -> None:
    lender.earns(1, 2 * (payment() + 100))
    first, second = (near(lender).results["offer"] for _ in range(2))
    lender.do("draw_loan", offer=first, purpose="consumption")
    answer = lender.ask("draw_loan", offer=second, purpose="consumption")
    check(lender, answer, SHARE, most_fen=payment() + 100)
    check_log(lender)


def test_without_evidence_no_line_is_granted(lender: Lender) -> None:
    check(lender, lender.ask("assess_borrower", borrower=NEWCOMER, line_fen=1), ASSESSED)
    assert lender.ask("assess_borrower", borrower=NEWCOMER, line_fen=0).accepted
    check_log(lender)


@pytest.mark.parametrize(("over", "passes"), [(-1, True), (0, True), (1, False)])
def test_a_line_asks_for_its_36th_part(lender: Lender, over: int, passes: bool) -> None:
    lender.earns(NEWCOMER, 20_000)
    answer = lender.ask("assess_borrower", borrower=NEWCOMER, line_fen=360_000 + over)
    assert answer.accepted is passes
    if not passes:
        check(lender, answer, SHARE, month_fen=10_001, most_fen=10_000)
    check_log(lender)


def test_what_is_paid_elsewhere_counts_beside_a_line(lender: Lender) -> None:
    lender.earns(NEWCOMER, 20_000)
    line: dict[str, Any] = {"borrower": NEWCOMER, "line_fen": 180_000}
    assert lender.ask("assess_borrower", **line, other_debts_fen=5_000).accepted
    check(lender, lender.ask("assess_borrower", **line, other_debts_fen=5_001), SHARE, elsewhere_fen=5_001)


@pytest.mark.parametrize(("short", "passes"), [(0, True), (1, False)])
def test_an_account_is_opened_on_an_income(lender: Lender, short: int, passes: bool) -> None:
    lender.earns(1, 2 * 13_889 - short)  # 5,000.00 over 36 months, up
    answer = lender.ask("open_credit_account", borrower=1, **OPEN)
    assert answer.accepted is passes
    if not passes:
        check(lender, answer, SHARE, month_fen=13_889)
    check_log(lender)


def test_a_line_is_raised_on_an_income_and_cut_on_none(lender: Lender) -> None:
    account = lender.do("open_credit_account", borrower=1, **OPEN)["account"]
    lender.do("draw_purchase", account=account, amount_fen=10_000)
    lender.earns(1, 2 * (10_000 + 27_778))  # what was bought, and 10,000.00 over 36 months
    raised: dict[str, Any] = {"account": account, "line_fen": 1_000_000}
    check(lender, lender.ask("change_credit_line", **{**raised, "line_fen": 1_000_001 + 35}), SHARE, month_fen=37_779)
    assert lender.ask("change_credit_line", **raised).accepted
    lender.earns(1, 0)
    check(lender, lender.ask("change_credit_line", **{**raised, "line_fen": 1_000_001}), SERVED)
    assert lender.ask("change_credit_line", **raised).accepted
    assert lender.ask("change_credit_line", **{**raised, "line_fen": 1}).accepted
    check_log(lender)


def test_a_plan_counts_by_its_instalments_and_no_longer_as_a_purchase(lender: Lender) -> None:
    account = lender.do("open_credit_account", borrower=1, **OPEN)["account"]
    bought = lender.ask("draw_purchase", account=account, amount_fen=120_000).position
    plan: dict[str, Any] = {"account": account, "product": PLAN, "term_count": 12, "rate_ppm": 0}
    lender.earns(1, 2 * 10_000 - 1)
    check(lender, lender.ask("make_plan", **plan, amount_fen=120_000, purchase=bought), SHARE, month_fen=10_000)
    lender.earns(1, 2 * 10_000)
    part = lender.ask("make_plan", **plan, amount_fen=60_000, purchase=bought)
    check(lender, part, SHARE, month_fen=65_000)  # the other half falls due at once
    assert lender.ask("make_plan", **plan, amount_fen=120_000, purchase=bought).accepted
    check_log(lender)


def test_a_plan_of_what_was_billed(lender: Lender) -> None:
    account = lender.do("open_credit_account", borrower=1, **OPEN)["account"]
    lender.do("draw_purchase", account=account, amount_fen=120_000)
    lender.close(through=20260508, on=20260509)
    lender.earns(1, 2 * 10_000, on=20260509)
    plan: dict[str, Any] = {"account": account, "product": PLAN, "term_count": 12, "rate_ppm": 0, "amount_fen": 120_000}
    assert lender.ask("make_plan", **plan).accepted
    check_log(lender)


def test_many_lines_are_granted_each_on_its_own_income(lender: Lender) -> None:
    lender.earns(1, 20_000)
    columns = {"borrower": [1, 2, NEWCOMER], "line_fen": [360_001, LINE_FEN, 1]}
    answers = lender.group.execute_columns(
        kind="assess_borrower", columns=columns, client="desk", keys=["a", "b", "c"], at=lender.group.last_at
    )
    assert [answer.accepted for answer in answers] == [False, True, False]
    assert [answer.refusal.rule_id for answer in answers if answer.refusal] == [SHARE, ASSESSED]
    check_log(lender)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"from_date": 20260411}, "from_date"), ({"from_date": 20260231}, "from_date"), ({"borrower": 9}, "borrower")],
)
def test_income_that_makes_no_sense(lender: Lender, fields: dict[str, Any], field: str) -> None:
    asked: dict[str, Any] = {"borrower": 1, "monthly_fen": 1, "evidence": "a", "from_date": ON}
    answer = lender.ask("record_income", on=ON, **{**asked, **fields})
    assert answer.invalid is not None
    assert answer.invalid.field == field


@pytest.mark.parametrize("months", [1, 6, 12, 18])
def test_oldest_evidence_is_the_first_day_that_lasts_as_long(months: int) -> None:
    days = [add_calendar_days(20230101, number) for number in range(1_500)]
    ends = months_later(np.array(days, np.int64), months).tolist()
    for on in days[600:]:
        first = next(day for day, end in zip(days, ends, strict=True) if end >= on)
        assert oldest_evidence(on, months=months) == first


def test_two_draws_in_one_call_are_carried_one_after_the_other(lender: Lender) -> None:
    """Each of two offers fits; whoever sends both draws at once is asked about the second as if it came later."""
    lender.earns(1, 2 * payment() + 100)
    for _ in range(2):
        assert near(lender).accepted
    columns = {"offer": [1, 2], "purpose": ["travel"] * 2}
    answers = lender.group.execute_columns(
        kind="draw_loan", columns=columns, client="desk", keys=["a", "b"], at=lender.group.last_at
    )
    assert answers[0].accepted
    check(lender, answers[1], SHARE, month_fen=2 * payment())
    check_log(lender)
