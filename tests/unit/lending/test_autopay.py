"""Automatic repayment: the agreement, the wallet first, the card for the rest, tried again, never more than asked."""

from typing import Any

import pytest

from benyuan.assurance.collections import collections_due
from benyuan.consumer_finance.chart import LenderOwn
from benyuan.decisions.commands import REGISTRY
from benyuan.engine.why import why
from tests.unit.lending.accounts import DUE_ON, STATED_ON, check_log, clearing_out, lender_in_town, purchase
from tests.unit.lending.lenders import Lender

OWED_FEN, MINIMUM_FEN, IN_WALLET_FEN = 100_000, 10_000, 10_000
AGREED: dict[str, Any] = {"account": 1, "wallet": 1, "bank_account": 3, "reference": "A-1"}


@pytest.fixture
def lender() -> Lender:
    """1,000.00 of 3 April; 100.00 in the wallet."""
    lender = lender_in_town()
    purchase(lender, amount_fen=OWED_FEN)
    return lender


def agreed(lender: Lender, **fields: Any) -> Lender:
    lender.do("agree_autopay", on=20260410, **{**AGREED, **fields})
    return lender


def wanted(lender: Lender, kind: str, **fields: Any) -> str:
    """What the fault of a command asks for."""
    answer = lender.ask(kind, **fields)
    assert answer.invalid is not None, answer
    return f"{answer.invalid.field}: {answer.invalid.text()}"


def test_the_wallet_pays_as_far_as_it_goes_and_the_card_the_rest(lender: Lender) -> None:
    agreed(lender)
    out, came = clearing_out(lender), lender.own(LenderOwn.clearing_in)
    told = lender.do("collect_account", on=DUE_ON, account=1, card_fen=OWED_FEN - IN_WALLET_FEN)
    assert (told["wallet_fen"], told["short_fen"], told["next_try_on"], told["owed_fen"]) == (IN_WALLET_FEN, 0, 0, 0)
    assert lender.desk.of_wallet(1) == 0
    assert clearing_out(lender) == out + IN_WALLET_FEN, "it leaves the institution through clearing"
    assert lender.own(LenderOwn.clearing_in) == came + OWED_FEN, "in the chain in which it reaches the lender"
    assert lender.account_used(1) == lender.line_used(1) == 0


def test_on_the_due_day_it_is_in_time(lender: Lender) -> None:
    agreed(lender).do("collect_account", on=DUE_ON, account=1, card_fen=OWED_FEN - IN_WALLET_FEN)
    lender.do("repay_account", on=20260430, account=1, amount_fen=1)
    assert lender.account_state(1, "revolving") == 0
    assert lender.account_state(1, "fees_made_fen") == 0


def test_what_the_wallet_holds_beyond_what_is_asked_stays_there() -> None:
    lender = lender_in_town(in_wallet_fen=OWED_FEN + 1)
    purchase(lender, amount_fen=OWED_FEN)
    told = agreed(lender).do("collect_account", on=DUE_ON, account=1)
    assert (told["wallet_fen"], told["short_fen"]) == (OWED_FEN, 0)
    assert lender.desk.of_wallet(1) == 1
    lender.on = DUE_ON
    assert "still asks for something" in wanted(lender, "collect_account", account=1)


def test_an_agreement_on_the_minimum_takes_no_more(lender: Lender) -> None:
    agreed(lender, whole=False)
    lender.do("repay_account", on=20260420, account=1, amount_fen=4_000)
    told = lender.do("collect_account", on=DUE_ON, account=1)
    assert (told["asked_fen"], told["wallet_fen"], told["short_fen"]) == (MINIMUM_FEN - 4_000, 6_000, 0)
    assert lender.desk.of_wallet(1) == IN_WALLET_FEN - 6_000
    lender.on = 20260429
    assert "still asks for something" in wanted(lender, "collect_account", account=1)


def test_a_collection_that_brings_less_is_tried_again_as_often_as_the_policy_says() -> None:
    lender = lender_in_town(collect_tries=3, collect_days=2)
    purchase(lender, amount_fen=OWED_FEN)
    agreed(lender, wallet=0)
    told = lender.do("collect_account", on=DUE_ON, account=1, card_fen=0)
    assert (told["short_fen"], told["next_try_on"]) == (OWED_FEN, 20260430)
    assert "from 20260430 on" in wanted(lender, "collect_account", on=20260429, account=1)
    told = lender.do("collect_account", on=20260430, account=1, card_fen=40_000)
    assert told["next_try_on"] == 20260502
    told = lender.do("collect_account", on=20260503, account=1, card_fen=0)
    assert told["next_try_on"] == 0, "the third was the last"
    assert "a try left, of the 3 that were made" in wanted(lender, "collect_account", on=20260506, account=1)
    rows = lender.group.records.tables["account_collection"]
    assert rows.column("number")[1:].tolist() == [1, 2, 3]
    assert rows.column("card_fen")[1:].tolist() == [0, 40_000, 0]


def test_the_next_statement_begins_anew() -> None:
    lender = lender_in_town(collect_tries=1)
    purchase(lender, amount_fen=OWED_FEN)
    agreed(lender, wallet=0).do("collect_account", on=DUE_ON, account=1)
    assert "from 20260528 on" in wanted(lender, "collect_account", on=20260510, account=1)
    assert lender.do("collect_account", on=20260528, account=1)["next_try_on"] == 0


def test_nothing_is_taken_before_the_due_day(lender: Lender) -> None:
    agreed(lender)
    assert f"from {DUE_ON} on" in wanted(lender, "collect_account", on=20260427, account=1)
    assert lender.desk.of_wallet(1) == IN_WALLET_FEN
    lender.do("collect_account", on=DUE_ON, account=1)


def test_before_the_first_statement_nothing_is_asked(lender: Lender) -> None:
    lender.do("agree_autopay", on=STATED_ON, **AGREED)
    assert "still asks for something" in wanted(lender, "collect_account", account=1)


@pytest.mark.parametrize("more", [0, 1])
def test_the_bank_pays_no_more_than_is_left_to_ask(lender: Lender, more: int) -> None:
    agreed(lender)
    answer = lender.ask("collect_account", on=DUE_ON, account=1, card_fen=OWED_FEN - IN_WALLET_FEN + more)
    assert answer.accepted == (more == 0)
    if answer.invalid:
        assert "900.00" in answer.invalid.text()


def test_a_bank_account_that_was_not_agreed_on_pays_nothing(lender: Lender) -> None:
    agreed(lender, bank_account=0)
    lender.on = DUE_ON
    assert "0.00" in wanted(lender, "collect_account", account=1, card_fen=1)
    assert lender.do("collect_account", account=1)["wallet_fen"] == IN_WALLET_FEN


def test_a_frozen_wallet_stops_the_collection_and_may_be_left_out(lender: Lender) -> None:
    agreed(lender)
    lender.do("suspend_wallet", wallet=1, stop="lawful_freeze", reference="court order")
    answer = lender.ask("collect_account", on=DUE_ON, account=1, card_fen=90_000)
    assert answer.refusal is not None
    assert answer.refusal.rule_id == "pay.account.lawful_freeze"
    assert "pay.account.lawful_freeze" in why(lender.group, answer.position).text()
    told = lender.do("collect_account", account=1, card_fen=90_000, from_wallet=False)
    assert (told["wallet_fen"], told["short_fen"]) == (0, 10_000)
    assert lender.desk.of_wallet(1) == IN_WALLET_FEN


def test_once_ended_nothing_is_taken(lender: Lender) -> None:
    agreed(lender).do("end_autopay", account=1)
    lender.on = DUE_ON
    assert "an agreement on automatic repayment" in wanted(lender, "collect_account", account=1)
    assert "an agreement on automatic repayment" in wanted(lender, "end_autopay", account=1)
    lender.do("agree_autopay", **AGREED)
    assert lender.do("collect_account", account=1)["wallet_fen"] == IN_WALLET_FEN


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"wallet": 0, "bank_account": 0}, "wallet: "),
        ({"bank_account": 4}, "of the holder of the wallet"),
        ({"wallet": 0, "bank_account": 1}, "of a natural person"),
        ({"wallet": 99}, "the id of a wallet that exists"),
    ],
)
def test_who_may_be_agreed_on(lender: Lender, fields: dict[str, int], fault: str) -> None:
    assert fault in wanted(lender, "agree_autopay", **{**AGREED, **fields})


def test_a_bank_account_needs_its_mandate(lender: Lender) -> None:
    lender.do("bind_bank_account", person=1, mandate=False)
    answer = lender.ask("agree_autopay", **{**AGREED, "bank_account": 5})
    assert answer.refusal is not None
    assert answer.refusal.rule_id == "pay.bankdebit.mandate"


def test_two_of_one_account_and_two_of_one_wallet_at_once(lender: Lender) -> None:
    """In one call: the second of an account is not due yet; another account finds what the wallet has left."""
    purchase(lender, account=2, amount_fen=7_000)
    agreed(lender)
    lender.do("agree_autopay", account=2, wallet=1, reference="A-2")
    lender.do("freeze_account", on=DUE_ON, account=1, frozen=False, grounds="brings the clock to the day")
    ask = REGISTRY["collect_account"]
    one, two, again = lender.desk.ask(ask(account=2), ask(account=1), ask(account=1), at=lender.group.last_at)
    assert one.results["wallet_fen"] == 7_000
    assert two.results["wallet_fen"] == 3_000
    assert not again.accepted
    assert lender.desk.of_wallet(1) == 0


def test_the_same_key_collects_once(lender: Lender) -> None:
    agreed(lender)
    lender.do("freeze_account", on=DUE_ON, account=1, frozen=False, grounds="brings the clock to the day")
    asked = lender.desk.request(REGISTRY["collect_account"](account=1), key="due", at=lender.group.last_at)
    (first,) = lender.group.execute([asked])
    (again,) = lender.group.execute([asked])
    assert (first.position, first.results) == (again.position, again.results)
    assert lender.account_state(1, "paid_since_fen") == IN_WALLET_FEN


def test_the_log_tells_it_again(lender: Lender) -> None:
    agreed(lender)
    told = lender.do("collect_account", on=DUE_ON, account=1, card_fen=1)
    lender.close(through=DUE_ON, on=20260429)
    check_log(lender)
    text = why(lender.group, told["position"]).text()
    assert "pay.account.no_overdraft" in text


def test_what_is_due_on_a_day_is_listed_for_the_bank_and_collected_in_one_call(lender: Lender) -> None:
    purchase(lender, account=2, amount_fen=7_000)
    agreed(lender)
    lender.do("agree_autopay", account=2, wallet=1, bank_account=3, reference="A-2")
    assert len(collections_due(lender.group, lender=1, on=20260427).account) == 0
    due = collections_due(lender.group, lender=1, on=DUE_ON)
    assert due.account.tolist() == [1, 2]
    assert due.wallet_fen.tolist() == [10_000, 0], "both would be paid from one wallet: the first has all of it"
    assert due.card_fen.tolist() == [90_000, 7_000]
    lender.do("freeze_account", on=DUE_ON, account=1, frozen=False, grounds="brings the clock to the day")
    kind = REGISTRY["collect_account"]
    asked = [
        kind(account=account, card_fen=fen)
        for account, fen in zip(due.account.tolist(), due.card_fen.tolist(), strict=True)
    ]
    answers = lender.desk.ask(*asked, at=lender.group.last_at)
    assert [answer.results["short_fen"] for answer in answers] == [0, 0]
    assert len(collections_due(lender.group, lender=1, on=DUE_ON).account) == 0


def test_what_was_tried_is_listed_again_on_its_day(lender: Lender) -> None:
    agreed(lender, wallet=0).do("collect_account", on=DUE_ON, account=1, card_fen=1)
    assert len(collections_due(lender.group, lender=1, on=DUE_ON).account) == 0
    due = collections_due(lender.group, lender=1, on=20260429)
    assert (due.account.tolist(), due.number.tolist()) == ([1], [2])
    lender.do("end_autopay", account=1)
    assert len(collections_due(lender.group, lender=1, on=20260429).account) == 0
