"""What a lender was shown of debts elsewhere counts against the income, whatever it says of them itself."""

from typing import Any

import pytest

from benyuan.assurance.bureau.asking import ask
from benyuan.assurance.bureau.report import assemble
from benyuan.decisions.outcomes import Answer
from benyuan.usecases.bureau.inquire import InquiryFields
from tests.unit.bureau.bureaus import AGREED, Bureau, check_refused, check_verified, found_bureau, shown
from tests.unit.bureau.bureaus import BEGAN as BUREAU_BEGAN
from tests.unit.bureau.furnished import TOLD, furnish, furnish_account, months
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import in_memory
from tests.unit.lending.lenders import BEGAN, OFFER, PAY_LATER, Lender, found_lender

ON, MEMBER, SHARE = 20260410, 4, "cp.house.instalment_share"
ELSEWHERE_FEN, INSTALMENT_FEN = 150_000, 100_000
"""What the bank's account asks for in March; what 12,000.00 over a year at no interest ask for."""


WITHOUT_INTEREST: dict[str, Any] = {"amount_fen": 1_200_000, "rate_ppm": 0}


class Both:
    """A lender that is member 4 of a bureau; person 1 is its borrower 1 and has an account at the bank and at it."""

    def __init__(self) -> None:
        desk = in_memory(now=moment(BUREAU_BEGAN))
        self.bureau: Bureau = found_bureau(desk)
        self.bureau.on = BEGAN
        self.lender: Lender = found_lender(desk)
        self.bureau.do("admit_member", bureau=1, sort="consumer-finance", lender=1)
        terms = {**AGREED, "from_date": BEGAN, "reported_on": BEGAN, "reviewed_on": BEGAN}
        self.bureau.do("agree_membership", member=MEMBER, **terms)
        furnish_account(self.bureau, 1)
        furnish_account(self.bureau, 1, member=MEMBER, number="own")
        self.furnish({"due_fen": ELSEWHERE_FEN})
        assert furnish(self.bureau, months({"account": 2, "due_fen": 7}), member=MEMBER).accepted
        self.bureau.on = self.lender.on = ON
        given = {"starts_on": ON, "expires_on": 20271231, "times": 9, "sections": "all"}
        self.consent = self.bureau.consent(1, member=MEMBER, **given)

    def furnish(self, row: dict[str, Any]) -> None:
        """The bank's account as it stood in March, or in another month."""
        assert furnish(self.bureau, months(row, paid_fen=0), on=self.bureau.on).accepted

    def inquiry(self, *, on: int = ON, **fields: Any) -> int:
        """The lender asks about person 1; the number of the inquiry."""
        asked = {"bureau": 1, "member": MEMBER, "purpose": "loan", "consent": self.consent, "customer": 1}
        command = InquiryFields(**{**asked, **shown(1), "staff_name": "Lin", "seen": 0, **fields})
        group = self.lender.group
        at = max(moment(on), group.last_at)
        got = ask(group, command=command, assemble=assemble, client="desk", key=f"ask {group.position}", at=at)
        assert got.answer.accepted, got
        return int(got.answer.results["inquiry"])

    def told(self) -> list[int]:
        """What every inquiry has told of debts, where one has."""
        debts: list[int] = self.lender.group.records.tables["bureau_inquiry_debts"].column("debts_fen")[1:].tolist()
        return debts

    def offered(self, *, on: int = ON, **fields: Any) -> Answer:
        later = {"first_due_on": 20270115, "until": 20261231}
        return self.lender.ask(
            "offer_loan", on=on, **{**OFFER, **WITHOUT_INTEREST, **(later if on > ON else {}), **fields}
        )


@pytest.fixture
def both() -> Both:
    """Lender and bureau."""
    return Both()


def test_the_month_of_other_members_accounts_is_kept(both: Both) -> None:
    both.inquiry()
    assert both.told() == [ELSEWHERE_FEN]
    check_verified(both.bureau)


def test_what_is_overdue_counts_where_it_is_more(both: Both) -> None:
    both.furnish({"month": 202604, "status": "2", "due_fen": 100, "overdue_fen": 250_000, "due_on": 20260403, **TOLD})
    both.inquiry()
    assert both.told() == [250_000]


def test_an_account_that_is_closed_asks_for_nothing(both: Both) -> None:
    both.furnish({"month": 202604, "status": "C", "balance_fen": 0, "ended_on": 20260405})
    both.inquiry()
    assert both.told() == [0]


@pytest.mark.parametrize("fields", [{"customer": 0}, {"product": "score"}])
def test_who_is_not_shown_accounts_of_a_customer_is_told_nothing(both: Both, fields: dict[str, Any]) -> None:
    both.inquiry(**fields)
    assert both.told() == []


@pytest.mark.parametrize(("short", "passes"), [(0, True), (1, False)])
def test_it_counts_whatever_the_lender_says(both: Both, short: int, passes: bool) -> None:
    both.inquiry()
    both.lender.earns(1, 2 * (INSTALMENT_FEN + ELSEWHERE_FEN) - short)
    answer = both.offered(other_debts_fen=1)
    assert answer.accepted is passes
    if not passes:
        check_refused(both.bureau, answer, SHARE, elsewhere_fen=ELSEWHERE_FEN)
    check_verified(both.bureau)


def test_what_the_lender_says_counts_where_it_is_more(both: Both) -> None:
    both.inquiry()
    both.lender.earns(1, 2 * (INSTALMENT_FEN + ELSEWHERE_FEN))
    answer = both.offered(other_debts_fen=ELSEWHERE_FEN + 1)
    check_refused(both.bureau, answer, SHARE, elsewhere_fen=ELSEWHERE_FEN + 1)


def test_it_counts_against_lines_too(both: Both) -> None:
    both.inquiry()
    both.lender.earns(1, 2 * (100 + ELSEWHERE_FEN))
    check_refused(both.bureau, both.lender.ask("assess_borrower", borrower=1, line_fen=3_601), SHARE, month_fen=150_101)
    opened: dict[str, Any] = {"borrower": 1, "product": PAY_LATER}
    check_refused(both.bureau, both.lender.ask("open_credit_account", **opened, line_fen=3_601), SHARE)
    account = both.lender.do("open_credit_account", **opened, line_fen=3_600)["account"]
    check_refused(both.bureau, both.lender.ask("change_credit_line", account=account, line_fen=3_601), SHARE)
    assert both.lender.ask("assess_borrower", borrower=1, line_fen=3_600).accepted


def test_the_latest_inquiry_counts_named_or_not(both: Both) -> None:
    first = both.inquiry()
    both.furnish({"month": 202604, "due_fen": 0})
    both.inquiry()
    assert both.told() == [ELSEWHERE_FEN, 0]
    both.lender.earns(1, 2 * INSTALMENT_FEN)
    assert both.offered(inquiry=first).accepted


@pytest.mark.parametrize(("on", "passes"), [(20261010, False), (20261011, True)])
def test_after_six_months_it_tells_of_nothing(both: Both, on: int, passes: bool) -> None:
    both.inquiry()
    both.lender.earns(1, 2 * INSTALMENT_FEN + 100, on=20261001)
    assert both.offered(on=on).accepted is passes


def test_of_another_borrower_it_says_nothing(both: Both) -> None:
    both.inquiry()
    both.lender.earns(2, 2 * INSTALMENT_FEN)
    assert both.offered(borrower=2).accepted
