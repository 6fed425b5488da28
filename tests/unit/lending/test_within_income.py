"""Instalments against income, where a lender's policy holds them so: the dearest month, fresh evidence, all debts."""

from typing import Any

import pytest

from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine.why import why
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import in_memory
from tests.unit.lending.accounts import check_log
from tests.unit.lending.lenders import BEGAN, OFFER, Lender, found_lender

SHARE, EVIDENCE = "cp.house.instalment_share", "cp.house.income_evidence"
ON = 20260410
POLICY: dict[str, Any] = {
    "lender": 1,
    "risk_weight_ppm": 1_000_000,
    "conversion_ppm": 0,
    "most_draw_fen": 20_000_000,
    "within_income": True,
}


@pytest.fixture
def lender() -> Lender:
    """A lender whose policy holds instalments against income."""
    made = found_lender(in_memory(now=moment(BEGAN)))
    made.on = 20260402
    made.do("set_lending_policy", from_date=made.on, **POLICY)
    return made


def earns(lender: Lender, fen: int, *, on: int = ON) -> None:
    """Borrower 1 has evidence of an income from a day on."""
    lender.do("record_income", on=on, borrower=1, monthly_fen=fen, evidence="a" * 64, from_date=on)


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
    check(lender, near(lender), EVIDENCE, months=6)
    check_log(lender)


@pytest.mark.parametrize(("on", "passes"), [(20261009, True), (20261010, True), (20261011, False)])
def test_evidence_is_fresh_for_six_months(lender: Lender, on: int, passes: bool) -> None:
    earns(lender, 10_000_000)
    answer = offered(lender, on=on)
    assert answer.accepted is passes
    if not passes:
        check(lender, answer, EVIDENCE, evidenced_on=ON)


@pytest.mark.parametrize(("short", "passes"), [(0, True), (1, False), (-1, True)])
def test_the_share_itself_is_allowed_and_no_fen_more(lender: Lender, short: int, passes: bool) -> None:
    other = 100_000 + short
    earns(lender, 2 * (payment() + 100_000))
    answer = near(lender, other_debts_fen=other)
    assert answer.accepted is passes
    if not passes:
        most = payment() + 100_000
        check(lender, answer, SHARE, month_fen=most + 1, most_fen=most, income_fen=2 * most)
    check_log(lender)


def payment() -> int:
    """The first instalment of the offer, as the lender without such a policy makes it."""
    plain = found_lender(in_memory(now=moment(BEGAN)))
    answer = near(plain)
    assert answer.accepted
    return int(answer.results["first_payment_fen"])


def test_loans_that_run_count_with_it(lender: Lender) -> None:
    one = payment()
    earns(lender, 2 * (2 * one + 100))
    offer = near(lender).results["offer"]
    lender.do("draw_loan", offer=offer, purpose="consumption")
    assert near(lender).accepted
    check(lender, near(lender, other_debts_fen=2_000), SHARE)
    check_log(lender)


def test_two_in_one_batch_and_one_of_another_borrower(lender: Lender) -> None:
    earns(lender, 2 * payment() + 10)
    fields = {**OFFER, "other_debts_fen": 0}
    columns = {name: [item] * 2 for name, item in fields.items()} | {"borrower": [1, 2]}
    answers = lender.group.execute_columns(
        kind="offer_loan", columns=columns, client="desk", keys=["a", "b"], at=lender.group.last_at
    )
    assert [answer.accepted for answer in answers] == [True, False]
    check_log(lender)


def test_without_the_policy_nothing_is_asked() -> None:
    plain = found_lender(in_memory(now=moment(BEGAN)))
    answer = near(plain, other_debts_fen=10**9)
    assert answer.accepted


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"from_date": 20260411}, "from_date"), ({"from_date": 20260231}, "from_date"), ({"borrower": 9}, "borrower")],
)
def test_income_that_makes_no_sense(lender: Lender, fields: dict[str, Any], field: str) -> None:
    asked: dict[str, Any] = {"borrower": 1, "monthly_fen": 1, "evidence": "a", "from_date": ON}
    answer = lender.ask("record_income", on=ON, **{**asked, **fields})
    assert answer.invalid is not None
    assert answer.invalid.field == field
