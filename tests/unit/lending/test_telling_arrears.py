"""A borrower is told that arrears will be furnished to a credit bureau; the latest time counts."""

from typing import Any

import pytest

from benyuan.consumer_finance.records import ACCOUNT_TOLD, LOAN_TOLD
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Outcome
from tests.unit.lending.accounts import check_log, lender_in_town, purchase
from tests.unit.lending.lenders import BEGAN, Lender


@pytest.fixture
def lender() -> Lender:
    lender = lender_in_town()
    purchase(lender, amount_fen=100_000)
    return lender


def test_the_day_and_the_command_are_kept_and_the_words_are_sealed(lender: Lender) -> None:
    told = lender.do("tell_arrears", on=20260601, account=1, means="message", words="三笔逾期")
    assert told["told"] == told["position"]
    again = lender.do("tell_arrears", on=20260701, account=1, means="letter", words="again")
    rows = lender.group.records.tables[ACCOUNT_TOLD.name].rows().tolist()
    assert rows == [[1, 20260701, again["position"]]]
    assert lender.group.records.tables[LOAN_TOLD.name].count == 0
    assert lender.group.payloads.read(told["position"]) == {"words": "三笔逾期"}
    check_log(lender)


def test_two_of_one_account_in_one_call(lender: Lender) -> None:
    telling = REGISTRY["tell_arrears"](account=1, means="message", words="w")
    answers = lender.desk.ask(telling, telling)
    assert [answer.accepted for answer in answers] == [True, True]
    assert lender.group.records.tables[ACCOUNT_TOLD.name].rows().tolist()[0][2] == answers[1].position
    check_log(lender)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "loan"),
        ({"loan": 1, "account": 1}, "loan"),
        ({"account": 9}, "account"),
        ({"loan": 9}, "loan"),
        ({"account": 1, "words": ""}, "words"),
    ],
)
def test_bad_input(lender: Lender, fields: dict[str, Any], field: str) -> None:
    answer = lender.ask("tell_arrears", on=BEGAN, **{"means": "message", "words": "w", **fields})
    assert answer.outcome is Outcome.invalid
    assert answer.invalid is not None
    assert answer.invalid.field == field
