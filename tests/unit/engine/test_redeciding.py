"""`verify` decides again: one changed value and one changed gate show as their own differences, and as no others."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace as changed

from benyuan.decisions.usecase import Case, Gate
from benyuan.engine.regime import Regime
from benyuan.engine.verify import Difference, verify
from benyuan.payments.vocabulary import Authentication, Channel
from benyuan.rules import RulePack
from benyuan.usecases import USE_CASES
from benyuan.usecases.pay import Pay, PayMerchant
from tests.unit.engine.groups import Desk, regime, town

DAY = 86_400_000_000
LOWERED = "pay.daily.lt_two_factor"


def bought(merchant: int, fen: int) -> Pay:
    return Pay(
        payer=1,
        merchant=merchant,
        amount_fen=fen,
        channel=Channel.online,
        authentication=Authentication.one_kind,
        bank_account=0,
    )


@pytest.fixture
def desk() -> Desk:
    """One day: 30, 20 and 45 yuan go through, 10 does not for want of money; the next day nothing is left."""
    desk = town()
    desk.ask(bought(1, 3_000), bought(2, 2_000), bought(1, 4_500), bought(2, 1_000))
    desk.now += DAY
    desk.ask(bought(2, 500))
    return desk


def regime_with(fen: int) -> Regime:
    """The built-in rules with another ceiling for a day with fewer than two kinds of factor."""
    pack = regime().pack
    rules = []
    for rule in pack.rules():
        if rule.id == LOWERED:
            rules.append(changed(rule, values=tuple(changed(value, amount=fen) for value in rule.values)))
        else:
            rules.append(rule)
    return replace(regime(), pack=RulePack(all_rules=tuple(rules), open_rows=pack.open_rows))


def told(differences: list[Difference]) -> list[tuple[int, str, str]]:
    return [(item.position, told_one(item.was), told_one(item.now)) for item in differences]


def told_one(answer: dict[str, Any]) -> str:
    return str(answer.get("rule", answer["outcome"]))


def test_nothing_changed_nothing_differs(desk: Desk) -> None:
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES)
    assert report.ok
    assert report.undecidable == 0


def test_one_value_lowered(desk: Desk) -> None:
    """At 60.00 a day the third payment would not have gone through: 50.00 had been paid. The others stay."""
    first = desk.group.position - 4
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES, regime=regime_with(6_000))
    assert report.faults == []
    assert told(report.differences) == [(first + 2, "accepted", LOWERED)]
    assert report.differences[0].now["limit"] == 6_000
    assert report.differences[0].now["used"] == 5_000
    assert report.differences[0].now["asked"] == 4_500


def test_a_value_that_nobody_reaches(desk: Desk) -> None:
    assert (
        verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES, regime=regime_with(9_500)).differences
        == []
    )
    one_under = verify(
        desk.group.store, vault=desk.group.vault, use_cases=USE_CASES, regime=regime_with(9_499)
    ).differences
    assert len(one_under) == 1


class NotToTheSecond(PayMerchant):
    """Payments as ever, but for a gate that lets nothing through to merchant 2."""

    @staticmethod
    def not_second(case: Case) -> Any:
        return np.asarray(case.batch.integers("merchant") != 2)

    gates: tuple[Gate, ...] = (*PayMerchant.gates, Gate(rule="pay.no_credit_business", passes=not_second))


def test_one_gate_changed(desk: Desk) -> None:
    first = desk.group.position - 4
    use_cases = {**USE_CASES, "pay": NotToTheSecond()}
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=use_cases)
    assert report.faults == []
    assert told(report.differences) == [
        (first + 1, "accepted", "pay.no_credit_business"),
        (first + 3, "pay.account.no_overdraft", "pay.no_credit_business"),
        (first + 4, "accepted", "pay.no_credit_business"),
    ]


def test_both_changed(desk: Desk) -> None:
    first = desk.group.position - 4
    use_cases = {**USE_CASES, "pay": NotToTheSecond()}
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=use_cases, regime=regime_with(6_000))
    assert [item.position for item in report.differences] == [first + 1, first + 2, first + 3, first + 4]


def test_deciding_again_changes_nothing(desk: Desk) -> None:
    head = desk.group.head
    verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES, regime=regime_with(100))
    assert desk.group.head == head
    assert verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES).ok
