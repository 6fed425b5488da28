"""A payer's code pays once, however it is shown again: in one call, under the same key, in columns, after a restart.

Worked: code 7 of wallet 1 is shown twice in one call for 1.00 yuan; the first payment goes through, the second is
refused and names it.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from benyuan.decisions.outcomes import Outcome
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.payments.vocabulary import Authentication, Channel
from benyuan.usecases import USE_CASES
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.pay import Pay
from tests.unit.engine.groups import HOUR, IN_WALLET_FEN, Desk, found_town, on_file, pay, town
from tests.unit.engine.test_redeciding import LOWERED, regime_with, told

DYNAMIC_ONLY = "qr.merchant_scan.dynamic_only"
CODES = (7, 8, 9)


def by_code(code: int, fen: int = 100, **fields: Any) -> Pay:
    """A payment of wallet 1 by this code."""
    return replace(pay(fen, **fields), channel=Channel.payer_code, payer_code=code)


def issue(desk: Desk, *codes: int, wallet: int = 1) -> None:
    """Codes that hold for an hour."""
    desk.done(*(IssueCode(wallet=wallet, payer_code=code, expires_at=desk.now + HOUR) for code in codes))


@pytest.fixture
def desk() -> Desk:
    """The town, and three codes of wallet 1."""
    desk = town()
    issue(desk, *CODES)
    return desk


def test_twice_in_one_call(desk: Desk) -> None:
    first, between, second, other = desk.ask(by_code(7), pay(1), by_code(7), by_code(8))
    assert [answer.outcome for answer in (first, between, second, other)] == [0, 0, Outcome.refused, 0]
    assert second.refusal is not None
    assert (second.refusal.rule_id, second.refusal.figures) == (DYNAMIC_ONLY, {"used_by": first.position})
    assert desk.of_wallet(1) == IN_WALLET_FEN - 201


def test_many_at_once_pay_once(desk: Desk) -> None:
    answers = desk.ask(*(by_code(code, 1) for code in CODES * 5))
    assert answers.counts() == {"accepted": 3, "refused": 12}
    assert desk.of_wallet(1) == IN_WALLET_FEN - 3


def test_twice_in_one_call_where_the_first_is_refused(desk: Desk) -> None:
    first, second = desk.ask(by_code(7, IN_WALLET_FEN + 1), by_code(7))
    assert (first.outcome, second.outcome) == (Outcome.refused, Outcome.accepted)


def test_the_same_key_is_no_second_use(desk: Desk) -> None:
    first = desk.one(by_code(7), key="k")
    again = desk.one(by_code(7), key="k")
    assert (again.outcome, again.position, again.repeated) == (Outcome.accepted, first.position, True)
    refused = desk.one(by_code(7), key="another")
    repeated = desk.one(by_code(7), key="another")
    assert refused.refusal == repeated.refusal
    assert repeated.repeated
    assert desk.of_wallet(1) == IN_WALLET_FEN - 100


def test_a_number_twice_in_one_call(desk: Desk) -> None:
    expires = desk.now + HOUR
    mine, his = desk.ask(*(IssueCode(wallet=wallet, payer_code=10, expires_at=expires) for wallet in (1, 2)))
    assert (mine.outcome, his.outcome) == (Outcome.accepted, Outcome.invalid)
    assert desk.one(replace(by_code(10), payer=2)).refusal is not None
    assert desk.one(by_code(10)).accepted


def test_in_columns(desk: Desk) -> None:
    count = 5_000
    numbers = np.arange(100, 100 + count)
    columns = {"wallet": np.ones_like(numbers), "payer_code": numbers, "expires_at": numbers * 0 + desk.now + HOUR}
    keys = [f"code {number}" for number in numbers.tolist()]
    issued = desk.group.execute_columns(kind="issue_code", client="app", keys=keys, columns=columns, at=None)
    assert issued.counts()["accepted"] == count
    held = desk.group.records.tables["payer_code"]
    assert held.column("expires_at")[held.places(numbers, on=0)].tolist() == [desk.now + HOUR] * count


def test_after_a_restart(tmp_path: Path) -> None:
    desk = found_town(on_file(tmp_path / "group.db"))
    issue(desk, *CODES)
    paid = desk.one(by_code(7))
    desk.group.close()
    again = on_file(tmp_path / "group.db", now=desk.now)
    refusal = again.one(by_code(7)).refusal
    assert refusal is not None
    assert refusal.figures == {"used_by": paid.position}
    assert again.one(by_code(8)).accepted
    again.group.close()


def test_why_tells_of_the_code(desk: Desk) -> None:
    def outcomes(position: int) -> list[str]:
        return [check.outcome for check in why(desk.group, position).checks if check.rule_id == DYNAMIC_ONLY]

    paid, refused, online = desk.ask(by_code(7), by_code(7), pay(1))
    assert outcomes(paid.position) == ["passed"]
    assert outcomes(refused.position) == ["refused"]
    assert outcomes(online.position) == ["not_applicable"]


def test_the_refusal_in_words(desk: Desk) -> None:
    desk.now += HOUR
    refusal = desk.one(by_code(7)).refusal
    assert refusal is not None
    assert "must be dynamic, unexpired and unused: expired 2026-05-01 10:00:00. Rule" in refusal.text()


def test_one_payment_decided_otherwise_shows_alone(desk: Desk) -> None:
    """At 60.00 a day the second would not have gone through; that the third could then be paid is no difference."""
    weak = [
        replace(by_code(code, fen), authentication=Authentication.one_kind) for code, fen in ((7, 5_000), (8, 2_000))
    ]
    answers = desk.ask(*weak, by_code(9, 4_000))
    assert [answer.outcome for answer in answers] == [0, 0, Outcome.refused]
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES, regime=regime_with(6_000))
    assert report.faults == []
    assert told(report.differences) == [(answers[1].position, "accepted", LOWERED)]
