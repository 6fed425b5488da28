"""A refusal says which rule, which article, which figures and which day, in both languages."""

import msgspec
import pytest

from benyuan.rules import Refusal, load_pack
from benyuan.values import BadInput
from tests.unit.rules.samples import LIMIT, pack_of

PACK = load_pack()
OVER = PACK.refusal(id="pay.account.class2.year", on=20260501, limit=10_000_000, used=9_900_000, asked=200_000)


def test_fields() -> None:
    assert (OVER.rule_id, OVER.kind, OVER.status, OVER.unit) == ("pay.account.class2.year", "limit", "verified", "CNY")
    assert (OVER.document, OVER.article, OVER.item) == ("中国人民银行公告〔2015〕第43号", "第十一条", "（二）")
    assert (OVER.in_force, OVER.on) == (20160701, 20260501)
    assert (OVER.limit, OVER.used, OVER.asked, OVER.headroom) == (10_000_000, 9_900_000, 200_000, 100_000)
    assert OVER.rule_digest == PACK.rule_digest("pay.account.class2.year")
    assert len(OVER.rule_digest) == 16


def test_english() -> None:
    assert OVER.text() == (
        "Refused. Class II account, the customer's payments from balance in a year: limit 100,000.00 yuan, "
        "used 99,000.00 yuan, asked 2,000.00 yuan, left 1,000.00 yuan. Rule pay.account.class2.year, "
        "中国人民银行公告〔2015〕第43号 art. 11(2), in force since 2016-07-01, as it stood on 2026-05-01."
    )


def test_chinese() -> None:
    assert OVER.text(language="zh") == (
        "不予办理。Ⅱ类支付账户，客户年累计余额付款：限额100,000.00元，已用99,000.00元，本次2,000.00元，剩余1,000.00元。"
        "依据中国人民银行公告〔2015〕第43号第十一条（二），2016-07-01起施行，适用日2026-05-01；规则pay.account.class2.year。"
    )


def test_no_other_language() -> None:
    with pytest.raises(BadInput, match="en or zh"):
        OVER.text(language="de")


def test_headroom_is_never_below_nought() -> None:
    assert PACK.refusal(id="qr.risk.D", on=20260501, limit=50_000, used=60_000).headroom == 0
    assert PACK.refusal(id="qr.risk.D", on=20260501, limit=50_000).headroom is None


def test_a_message_and_figures_of_the_case() -> None:
    refusal = PACK.refusal(
        id="pay.scope.only_licensed",
        on=20260501,
        business="card_acquiring",
        paid_fen=123_456,
        ratio_ppm=955_000,
        opened_on=20260102,
        accounts=2,
        expired_at=1_777_564_800_000_000,
    )
    assert (
        "no licence for this business here: accounts 2, business card_acquiring, expired 2026-05-01 0" in refusal.text()
    )
    assert "opened 2026-01-02, paid 1,234.56 yuan, ratio 95.5%. Rule" in refusal.text()
    assert "paid 1,234.56元" in refusal.text(language="zh")


def test_the_figures_of_a_ratio_are_told_per_cent() -> None:
    refusal = PACK.refusal(id="il.partner.share_min", on=20260501, limit=300_000, asked=299_999)
    assert "limit 30%, asked 29.9999%. Rule" in refusal.text()
    assert "限额30%，本次29.9999%。" in refusal.text(language="zh")


def test_figures_of_the_case_read_the_same_in_any_order() -> None:
    told, kept = {"available_fen": 0, "asked_fen": 1250}, {"asked_fen": 1250, "available_fen": 0}
    texts = {PACK.refusal(id="pay.account.no_overdraft", on=20260501, **figures).text() for figures in (told, kept)}
    assert len(texts) == 1
    assert ": asked 12.50 yuan, available 0.00 yuan. Rule" in texts.pop()


@pytest.mark.parametrize(
    ("status", "english", "chinese"),
    [("secondary", "(from a secondary source)", "（据二手资料）"), ("unverified", "(not verified)", "（未核实）")],
)
def test_a_value_that_is_not_verified_is_labelled(status: str, english: str, chinese: str) -> None:
    refusal = pack_of(LIMIT.replace("unverified", status)).refusal(id="sample.limit", on=20250101)
    assert english in refusal.text()
    assert chinese in refusal.text(language="zh")
    assert "样发〔2024〕3号, in force" in refusal.text()  # no article is shown where none was verified


def test_a_notice_without_articles_is_cited_as_printed() -> None:
    assert "银发〔2016〕261号 item 一（一）2," in PACK.refusal(id="pay.account.class3.count", on=20260501).text()


def test_it_survives_the_log() -> None:
    assert msgspec.json.decode(msgspec.json.encode(OVER), type=Refusal) == OVER


def test_the_digest_follows_the_rule_and_no_other() -> None:
    one, other = pack_of(LIMIT), pack_of(LIMIT, LIMIT.replace("sample.limit", "sample.other"))
    assert one.rule_digest("sample.limit") == other.rule_digest("sample.limit")
    assert one.rule_digest("sample.limit") != other.rule_digest("sample.other")
