"""Articles and items are found in a text as it was printed, and figures in the forms in which they are printed."""

import pytest

from benyuan.rules.figures import printed
from benyuan.rules.lawtext import place, plain

LAW = plain("""样例办法
第一章 总 则
第一条 为了示范，依照第三条和《别法》第二条
制定本办法。
3第二条 样例有下列两项：
（一）甲项每日不超过 1000 元；（二）乙项
不超过10万元。第三条 样例分为Ⅰ类和Ⅱ类。
第一百条 不连续的条不算。
""")
NOTICE = plain("""通知
一、总的要求（一）先做
这个。1.第一点。
2. 第二点，15个。
（二）再做那个。
二、别的要求（三）最后做。
""")


@pytest.mark.parametrize(
    ("article", "item", "begins", "ends"),
    [
        ("第一条", None, "第一条为了示范", "制定本办法。"),
        ("第二条", None, "第二条样例有", "10万元。"),
        ("第二条", "（一）", "(一)甲项", "1000元;"),
        ("第二条", "（二）", "(二)乙项不超过", "10万元。"),
        ("第二条", "第二款", "第二条样例有", "10万元。"),
        ("第三条", None, "第三条样例分为I类和II类", "不连续的条不算。"),
    ],
)
def test_place_in_a_law(article: str, item: str | None, begins: str, ends: str) -> None:
    words = place(LAW, article=article, item=item)
    assert words is not None
    assert words.startswith(begins)
    assert words.endswith(ends)


@pytest.mark.parametrize(
    ("article", "item", "words"),
    [
        ("一", "（一）", "(一)先做这个。1.第一点。2.第二点,15个。"),
        ("一", "（一）2", "2.第二点,15个。"),
        ("一", "（二）", "(二)再做那个。"),
        ("二", "（三）", "(三)最后做。"),
    ],
)
def test_place_in_a_notice(article: str, item: str, words: str) -> None:
    assert place(NOTICE, article=article, item=item) == words


EXCERPT = plain("""第一条 应当遵守下列指标：
（一）甲不低于8%；
〔第二项至第四项缺〕
（五）乙不高于20%。
第二条 应当具备下列条件：
（一）丙；
〔第二项、第三项缺〕
（四）丁；
〔第五项缺〕
（六）戊。
第三条 另有三项：
〔第一项缺〕
（二）己；
（四）庚。
""")


@pytest.mark.parametrize(
    ("article", "item", "words"),
    [
        ("第一条", "（五）", "(五)乙不高于20%。"),
        ("第一条", "（三）", "(三)"),
        ("第二条", "（一）", "(一)丙;"),
        ("第二条", "（四）", "(四)丁;"),
        ("第二条", "（六）", "(六)戊。"),
        ("第三条", "（二）", "(二)己;(四)庚。"),  # an item that is missing without a mark is not passed over
        ("第三条", "（四）", None),
    ],
)
def test_place_in_an_excerpt_that_marks_what_it_lacks(article: str, item: str, words: str | None) -> None:
    assert place(EXCERPT, article=article, item=item) == words


@pytest.mark.parametrize(
    ("article", "item"),
    [("第四条", None), ("第一百条", None), ("第二条", "（三）"), ("第二条", "甲"), ("三", None), ("甲", None)],
)
def test_no_such_place(article: str, item: str | None) -> None:
    assert place(LAW, article=article, item=item) is None


@pytest.mark.parametrize(
    ("form", "words", "found"),
    [
        ("1000元", "不超过1000元", True),
        ("1000元", "不超过11000元", False),
        ("5%", "达到5%", True),
        ("5%", "达到2.5%", False),
        ("三个", "至少三个", True),
        ("三个", "至少十三个", False),
    ],
)
def test_a_form_is_not_the_tail_of_a_longer_number(form: str, words: str, found: bool) -> None:
    assert printed(frozenset({form}), words) is found
