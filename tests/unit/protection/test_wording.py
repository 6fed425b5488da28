"""Wordings that no text may have, found however they are written; and the day from which they count."""

import pytest

from benyuan.consumer_protection.contact.wording import EASY_MONEY, PRETENCES, barred_from, found
from tests.unit.engine.groups import regime
from tests.unit.lending.lenders import Lender
from tests.unit.protection.customers import (
    MARKETING,
    TEXT,
    ask,
    check_refused,
    check_verified,
    do,
    group_of_customers,
)

DAY = 20261001


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("本产品保本", "保本"),
        ("保 本 保 息", "保本"),
        ("保\u200b本", "保本"),
        ("穩賺不賠", "稳赚"),
        ("無風險理財", "无风险"),
        ("無-風·險", "无风险"),
        ("监管部门批准的产品", "监管部门批准"),
        ("Approved  by\nthe REGULATOR", "approved by the regulator"),
        ("ｒｉｓｋ－ｆｒｅｅ", "risk free"),
        ("r i s k f r e e", "risk free"),
        ("保证收益", "保证收益"),
        ("收益有保障", "收益有保障"),
        ("0风险", "0风险"),
        ("０ 風險", "0风险"),
        ("10风险等级", ""),
        ("国家背书", "国家背书"),
        ("百分百获利", "百分百获利"),
        ("100％獲利", "100%获利"),
        ("绝对安全", "绝对安全"),
        ("本金无忧", "本金无忧"),
        ("guaranteed returns", "guaranteed returns"),
        ("Zero-Risk", "zero risk"),
        ("100 risk", ""),
        ("本人保证如实填写", ""),
        ("asterisk freestyle", ""),
    ],
)
def test_promises_are_found_however_they_are_written(text: str, word: str) -> None:
    assert found(text, rule=PRETENCES, rules=regime().pack, on=DAY) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("低门槛", "低门槛"),
        ("低門檻", "低门槛"),
        ("低 门_槛", "低门槛"),
        ("秒到賬", "秒到账"),
        ("低  息", "低息"),
        ("Low   Threshold", "low threshold"),
        ("LOW-INTEREST", "low interest"),
        ("slow interest", ""),
        ("low interested", ""),
    ],
)
def test_easy_money_is_found(text: str, word: str) -> None:
    assert found(text, rule=EASY_MONEY, rules=regime().pack, on=DAY) == word


def test_before_its_day_a_rule_bars_nothing_and_the_day_is_known() -> None:
    pack = regime().pack
    assert found("低门槛", rule=EASY_MONEY, rules=pack, on=20260929) == ""
    assert found("低门槛", rule=EASY_MONEY, rules=pack, on=20260930) == "低门槛"
    assert barred_from("低门槛", rules=pack, on=20260929) == 20260930
    assert barred_from("低门槛", rules=pack, on=20260930) == 0
    assert barred_from("好产品", rules=pack, on=20260929) == 0


@pytest.fixture
def group() -> Lender:
    return group_of_customers()


@pytest.mark.parametrize("sort", ["marketing", "service", "collection"])
def test_a_text_with_such_a_word_is_refused_with_the_word(group: Lender, sort: str) -> None:
    answer = ask(group, "approve_template", sort=sort, text_zh="穩 賺不賠，回复退订", way_out="回复退订")
    check_refused(group, answer, "cp.house.marketing_words", word="稳赚", field="text_zh")
    english = ask(group, "approve_template", sort=sort, text_zh="好", way_out="好", text_en="It is risk-free")
    check_refused(group, english, "cp.house.marketing_words", word="risk free", field="text_en")
    check_verified(group)


def test_easy_money_is_approved_and_sent_up_to_the_eve_and_neither_on_the_day(group: Lender) -> None:
    text = {**MARKETING, "text_zh": "低門檻，回复退订可拒收"}
    do(group, "approve_template", at="2026-09-29T12:00:00", **text)
    do(group, "give_consent_to", person=1, to="marketing", place="app", text_digest=TEXT)
    send = {"person": 1, "template": 1, "sort": "marketing", "channel": "sms"}
    do(group, "send_message", at="2026-09-29T23:59:59", **send)
    check_refused(
        group, ask(group, "send_message", at="2026-09-30T00:00:00", **send), "mkt.words", barred_from=20260930
    )
    check_refused(group, ask(group, "approve_template", **text), "mkt.words", word="低门槛", field="text_zh")
    check_verified(group)


@pytest.mark.parametrize("way_out", ["", " ", "致电客服"])
def test_marketing_says_how_to_have_no_more(group: Lender, way_out: str) -> None:
    answer = ask(group, "approve_template", **{**MARKETING, "way_out": way_out})
    check_refused(group, answer, "cp.pbc.marketing_optout")
    do(group, "approve_template", sort="service", text_zh="您的账单已出")
