"""The citation tool finds what stands in a text and nothing else, and its report covers every verified value."""

import re
from pathlib import Path

import msgspec
import pytest

from benyuan.rules import RuleValue, load_pack
from benyuan.rules.citations import found_in, main, value_digest, verified_values
from benyuan.rules.lawtext import plain
from benyuan.values import from_yyyymmdd
from tests.unit.rules.samples import pack_of

REPORT = Path(__file__).parents[3] / "docs" / "reference" / "citations.md"

LAW = {
    "样例-样例公告〔2019〕第1号-样例办法": plain("""第一条 样例。
第二条 样例如下：
（一）每日不超过10万元，外币等值1万美元；
（二）至少保存十年；
（三）不得透支；
（四）评定为“Ａ”类且比例超过95%的，可以提高至2倍。
第三条 比例按下列标准：不超过500亿元人民币的部分，按照5％计算；超过500亿元的部分，按照百分之四计算；过渡期为一年。
第四条 本办法自2020年1月1日起施行。
第五条 2021年3月31日前还清的，每两年报告。"""),
    "样例-样例公告〔2020〕第1号-别的办法": plain("第一条 每日不超过20万元。"),
}


def value_of(unit: str, figure: str, place: str, *, parameters: str = "", in_force: str = "2020-01-01") -> RuleValue:
    kind = "limit\nwindow: day" if unit == "CNY" else "gate"
    text = f"""\
id: sample.rule
measure: 2
kind: {kind}
title: {{en: "Sample", zh: 样例}}
reads: payment_date
scope: customer
unit: {unit}
{parameters}
values:
  - in_force: {in_force}
    {figure}
    cite: {{document: 样例公告〔2019〕第1号, title: 样例办法, {place}}}
    status: verified
    verified_on: 2026-11-22
"""
    return pack_of(text).rule("sample.rule").values[0]


FACTOR = "parameters: {rating: code, over: ratio_ppm, factor: factor_ppm}"
SHARE = "parameters: {firms: count, together: fraction}"
DECLARED_DAY = "parameters: {by: date}"
DAY, OTHER_DAY = "parameters: {by: 2021-03-31}", "parameters: {by: 2021-03-30}"
STEPS = 'value: [{over: "0.00", rate: "5%"}, {over: "50000000000.00", rate: "4%"}]'


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (value_of("CNY", 'value: "100000.00"', "article: 第二条, item: （一）"), True),
        (value_of("CNY", 'value: "100000.01"', "article: 第二条, item: （一）"), False),
        (value_of("CNY", 'value: "200000.00"', "article: 第二条, item: （一）"), False),  # stands in another document
        (value_of("CNY", 'value: "100000.00"', "article: 第二条, item: （二）"), False),
        (value_of("CNY", 'value: "100000.00"', "article: 第九条"), False),
        (value_of("CNY", 'value: "100000.00"', "article: 第二条, item: （一）", in_force="2020-01-02"), False),
        (value_of("years", "value: 10", "article: 第二条, item: （二）"), True),
        (value_of("years", "value: 5", "article: 第二条, item: （二）"), False),
        (value_of("flag", "value: true", "article: 第二条, item: （三）, anchor: 不得透支"), True),
        (value_of("flag", "value: true", "article: 第二条, item: （三）, anchor: 不得出借"), False),
        (value_of("flag", "value: true", "article: 第二条, item: （三）"), False),  # nothing to look for
        (
            value_of(
                "table",
                'tiers: [{rating: A, over: "95%", factor: "2.0"}]',
                "article: 第二条, item: （四）",
                parameters=FACTOR,
            ),
            True,
        ),
        (
            value_of(
                "table",
                'tiers: [{rating: B, over: "95%", factor: "2.0"}]',
                "article: 第二条, item: （四）",
                parameters=FACTOR,
            ),
            False,
        ),
        (value_of("ratio_ppm", STEPS, "article: 第三条"), True),
        (value_of("ratio_ppm", STEPS.replace("4%", "3%"), "article: 第三条"), False),
        (value_of("months", "value: 12", "article: 第三条"), True),
        (value_of("years", f"value: 10\n    {DAY}", "article: 第二条, item: （二）", parameters=DECLARED_DAY), False),
        (value_of("years", f"value: 2\n    {DAY}", "article: 第五条", parameters=DECLARED_DAY), True),
        (value_of("years", f"value: 2\n    {OTHER_DAY}", "article: 第五条", parameters=DECLARED_DAY), False),
    ],
)
def test_found(value: RuleValue, found: bool) -> None:
    assert found_in(value, LAW) is found


def test_a_document_by_the_number_in_its_head() -> None:
    """Where no file has the number in its name."""
    value = value_of("years", "value: 10", "article: 第二条, item: （二）")
    words = LAW["样例-样例公告〔2019〕第1号-样例办法"]
    assert found_in(value, {"样例办法": f"标题:\n样例\n文号:\n样例公告〔2019〕第1号\n{words}"})
    assert not found_in(value, {"样例办法": f"文号:\n样例公告〔2020〕第1号\n依照文号:\n样例公告〔2019〕第1号\n{words}"})
    assert not found_in(value, {"样例办法": words})


def test_orders_of_one_number_and_year_by_two_authorities_are_told_apart() -> None:
    order = value_of("years", "value: 10", "article: 第二条, item: （二）")
    order = msgspec.structs.replace(order, cite=msgspec.structs.replace(order.cite, document="样例总局令2019年第1号"))
    words, other = LAW["样例-样例公告〔2019〕第1号-样例办法"], plain("第一条 空。")
    assert found_in(order, {"样例总局令2019年第1号-办法": words, "样例银行令〔2019〕第1号-细则": other})
    assert not found_in(order, {"样例总局令2019年第1号-办法": other, "样例银行令〔2019〕第1号-细则": words})


def test_a_document_by_its_title_where_no_number_is_at_hand() -> None:
    value = value_of("years", "value: 10", "article: 第二条, item: （二）")
    words = LAW["样例-样例公告〔2019〕第1号-样例办法"]
    assert found_in(value, {"样例-2019": plain(f"# 样例办法\n{words}")})
    assert not found_in(value, {"样例-2019": plain(f"# 样例办法的批复\n{words}")})
    assert not found_in(value, {"一": plain(f"# 样例办法\n{words}"), "二": plain(f"# 样例办法\n{words}")})


@pytest.mark.parametrize(
    ("count", "printed", "found"),
    [
        (5_000, "5000条", True),
        (500, "500户", True),
        (100_000, "10万笔", True),
        (100_000, "110万笔", False),
        (100_000, "100000笔", True),
        (5_000, "5000元", False),
        (2, "两次", True),
        (2, "二次", True),
        (3, "两次", False),
        (100, "100字", True),
    ],
)
def test_counts_as_printed(count: int, printed: str, found: bool) -> None:
    law = {"样例公告〔2019〕第1号": plain(f"第一条 超过{printed}的。\n第二条 本办法自2020年1月1日起施行。")}
    assert found_in(value_of("count", f"value: {count}", "article: 第一条"), law) is found


@pytest.mark.parametrize(
    ("fraction", "printed", "found"),
    [("2/3", "三分之二", True), ("2/3", "二分之三", False), ("1/2", "十二分之一", False), ("1/10", "十分之一", True)],
)
def test_fractions_as_printed(fraction: str, printed: str, found: bool) -> None:
    law = {"样例公告〔2019〕第1号": plain(f"第一条 两个经营者合计达到{printed}。\n第二条 本办法自2020年1月1日起施行。")}
    value = value_of("table", f'tiers: [{{firms: 2, together: "{fraction}"}}]', "article: 第一条", parameters=SHARE)
    assert found_in(value, law) is found


def test_a_document_that_two_files_could_be_is_not_found() -> None:
    value = value_of("years", "value: 10", "article: 第二条, item: （二）")
    assert not found_in(value, LAW | {"样例-样例公告〔2019〕第1号-另一份": plain("第一条 空。")})
    assert not found_in(value, {})


def test_the_tool_writes_its_report_and_says_what_is_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "空.txt").write_text("第一条 空。", encoding="utf-8")
    assert main(["--law", str(tmp_path), "--on", "2026-11-22"]) == 1
    written = capsys.readouterr()
    assert "| qr.risk.D | 2018-04-01 |" in written.err
    assert "Checked on 2026-11-22: 0 of " in written.out


def test_every_verified_value_has_been_found_as_it_is_now() -> None:
    """A changed value needs `python -m benyuan.rules.citations` to run again, against the official texts."""
    row = re.compile(r"^\| (\S+) \| (\S+) \|.*\| yes \| ([0-9a-f]{12}) \|$", re.MULTILINE)
    rows = row.findall(REPORT.read_text(encoding="utf-8"))
    values = verified_values(load_pack())
    assert values
    assert rows == [(rule.id, str(from_yyyymmdd(value.in_force)), value_digest(value)) for rule, value in values]
