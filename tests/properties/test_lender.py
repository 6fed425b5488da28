"""Whatever is asked of a lender: money is conserved, draws keep to their limits, books are what loans come to."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from benyuan.assurance.lender_books.ties import untied
from benyuan.assurance.lending import closed_days, lender_day
from benyuan.consumer_finance.chart import LenderOwn, ProductOwn
from benyuan.consumer_finance.rounding import share_of
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.usecases import USE_CASES
from benyuan.values.dates import add_calendar_days
from tests.properties.lender_commands import histories
from tests.unit.closing.comparing import rows_of
from tests.unit.engine.groups import words_unkept
from tests.unit.lending.lenders import BEGAN, OFFER, PAY_LATER, Lender, lender_in_memory

CARRIED_FEN = 3_000_000  # 315,000 fen of capital at 10.5%


class Played:
    """A lender to whom a history happens."""

    def __init__(self) -> None:
        self.lender: Lender = lender_in_memory(in_parts=True, conversion_ppm=500_000)
        self.lender.do("record_lender_figures", lender=1, from_date=BEGAN, net_capital_fen=315_000, tier1_fen=10**9)
        self.lender.do("open_credit_account", borrower=1, product=PAY_LATER, line_fen=500_000)
        self.lender.do("open_credit_account", borrower=2, product=PAY_LATER, line_fen=300_000)
        self.lender.do("offer_loan", **{**OFFER, "borrower": 2, "until": 20260401})
        self.lender.do("draw_loan", offer=1, purpose="travel")
        self.time = "10:00"

    def happens(self, kind: str, fields: Any) -> None:
        """One thing of the history, and what must hold after it."""
        lender = self.lender
        if kind == "days":
            lender.on = add_calendar_days(lender.on, fields)
            for borrower in (1, 2):  # evidence of income grows old
                lender.earns(borrower)
            return
        if kind == "time":
            self.time = fields
            return
        if kind == "close":
            self._close(*fields)
        else:
            asked = self._filled(kind, dict(fields))
            answer = lender.ask(kind, time=self.time, **asked)
            if answer.accepted:
                self._check_limits(kind, asked)
            explained = why(lender.group, answer.position)
            assert explained.text()
        self._check_books()

    def _filled(self, kind: str, fields: dict[str, Any]) -> dict[str, Any]:
        if kind == "offer_loan":
            fields["first_due_on"] = add_calendar_days(self.lender.on, fields.pop("first_in_days"))
            fields["until"] = add_calendar_days(self.lender.on, fields.pop("until_in_days"))
        if kind == "repay_loan_earlier":
            fields["received_on"] = add_calendar_days(self.lender.on, -fields.pop("received_days"))
        if kind == "draw_loan":
            fields["partner"], fields["share_ppm"] = fields.pop("joint")
        return fields

    def _close(self, shards: int, left_open: int) -> None:
        lender = self.lender
        lender.close(through=add_calendar_days(lender.on, -1 - left_open), on=lender.on, time=self.time, shards=shards)

    def _check_limits(self, kind: str, asked: dict[str, Any]) -> None:
        """No usage is above its ceiling at the time of a draw."""
        lender = self.lender
        if kind == "draw_purchase":
            borrower = lender.of("credit_account", asked["account"], "borrower")
            line = lender.of("credit_account", asked["account"], "line_fen")
            assert lender.account_used(asked["account"]) <= line
        elif kind == "draw_loan":
            borrower = lender.of("loan_offer", asked["offer"], "borrower")
        elif kind == "draw_further":
            borrower = lender.of("loan", asked["loan"], "borrower")
        else:
            return
        assert lender.line_used(borrower) <= lender.of("borrower", borrower, "line_fen")
        assert lender.own(LenderOwn.exposure_usage) <= CARRIED_FEN
        if asked.get("partner"):
            days = closed_days(lender.group, lender=1)
            closed = lender_day(lender.group, lender=1).products if days else []
            assert 2 * lender.own(LenderOwn.joint_usage) <= sum(line.principal_fen for line in closed)

    def _check_books(self) -> None:
        lender = self.lender
        for book in (20_001, 40_001):
            by_unit: dict[int, int] = {}
            for line in lender.group.ledger.trial_balance(book=book):
                by_unit[line.unit] = by_unit.get(line.unit, 0) + line.debits_posted - line.credits_posted
            assert not any(by_unit.values())
        assert self._by_loans() == self._by_books()

    def _by_books(self) -> dict[str, int]:
        lender = self.lender
        found = {f"product {number}": lender.of_product(number, ProductOwn.principal) for number in (1, 2, 3)}
        found |= {f"line {number}": lender.line_used(number) for number in (1, 2)}
        accounts = lender.group.records.tables["credit_account"].count
        found |= {f"account {number}": lender.account_used(number) for number in range(1, accounts + 1)}
        return found | {
            "exposure": lender.own(LenderOwn.exposure_usage),
            "joint": lender.own(LenderOwn.joint_usage),
            "guaranteed": lender.own(LenderOwn.guaranteed_usage),
            "credit": -lender.own(LenderOwn.customer_credit),
        }

    def _by_loans(self) -> dict[str, int]:
        lender = self.lender
        found = dict.fromkeys(self._by_books(), 0)
        loan_steps, account_steps = rows_of(lender, "loan_step"), rows_of(lender, "credit_account_step")
        for loan in rows_of(lender, "loan"):
            state = loan_steps[loan["last_step"] - 1]
            running = state["standing"] != Standing.written_off
            owed = state["principal_fen"] + state["due_principal_fen"] if running else 0
            drawn, share = np.array([state["drawn_fen"]]), np.array([loan["share_ppm"]])
            theirs = int((share_of(drawn, share) - share_of(drawn - owed, share))[0])
            found[f"product {loan['product']}"] += owed - theirs
            found[f"line {loan['borrower']}"] += owed
            found["exposure"] += owed - theirs
            found["joint"] += owed - theirs if loan["partner"] else 0
            found["guaranteed"] += owed if loan["guarantor"] else 0
        for account in rows_of(lender, "credit_account"):
            state = account_steps[account["last_step"] - 1]
            running = state["standing"] == Standing.open
            owed = state["billed_fen"] + (account["bought_fen"] - state["bought_billed_fen"] if running else 0)
            for name in (
                f"product {account['product']}",
                f"line {account['borrower']}",
                f"account {account['id']}",
                "exposure",
            ):
                found[name] += owed
            found["credit"] += state["credit_fen"]
        return found


def check(history: list[tuple[str, Any]]) -> Played:
    """The history from end to end, then every day closed, books tied, and the log decided again."""
    played = Played()
    for kind, fields in history:
        played.happens(kind, fields)
    lender = played.lender
    on = add_calendar_days(lender.on, 1)
    lender.close(through=lender.on, on=on, shards=2)
    assert untied(lender.group, lender=1) == []
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], words_unkept(lender.group.store))
    return played


@settings(max_examples=12)
@given(histories)
def test_random_commands(history: list[tuple[str, Any]]) -> None:
    assert check(history).lender.group.position > 0


@pytest.mark.soak
@settings(max_examples=1_000)
@given(histories)
def test_soak_random_commands(history: list[tuple[str, Any]]) -> None:
    assert check(history).lender.group.position > 0
