"""Files of cases cite the law and say it in our own words: no official sentence stands in them."""

import re
from collections.abc import Iterator

from tests.tidy.sources import ROOT, Finding, assert_tidy, lines_found

CHINESE = "\u4e00-\u9fff"
MARKS = "，。、；：（）《》“”‘’…"
LONGEST = 8
QUOTED = re.compile(f"[{CHINESE}{MARKS}]{{{LONGEST + 1},}}")
CITED = re.compile(r"\b(document|article|item|from_article|rule): *(\"[^\"]*\"|[^,}\n]*)")
TITLE = re.compile(r"《[^》]*》")
ADVICE = "say in our own words what the text asks for, and cite its article"


def quotations(text: str, *, path: str = "cases.yaml") -> Iterator[Finding]:
    """Stretches of Chinese that are longer than a name; documents and their articles are cited as they are."""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := QUOTED.search(TITLE.sub("", CITED.sub("", line))):
            yield Finding(path, number, f"{found.group()}: {ADVICE}")


def headless(text: str, *, path: str = "cases.yaml") -> Iterator[Finding]:
    """A file that doesn't say what the text asks for."""
    if not re.match(r"# \S.*[A-Za-z]", text):
        yield Finding(path, 1, "open with a comment: in our own words, what the text asks for")


def test_cases_quote_no_official_sentence() -> None:
    files = sorted((ROOT / "tests" / "cases").glob("*/*.yaml"))
    assert files
    texts = [(file.relative_to(ROOT).as_posix(), file.read_text("utf-8")) for file in files]
    assert_tidy(
        finding for path, text in texts for check in (quotations, headless) for finding in check(text, path=path)
    )


def test_finds_a_quotation() -> None:
    text = (
        "# A wallet is never overdrawn.\n"
        "cite: {document: 中国人民银行公告〔2015〕第43号, article: 第十一条第二款第三项}\n"
        "text: 单日累计金额应不超过\n"
        "note: the words 单日累计金额应不 are eight\n"
        "note: under 《非银行支付机构监督管理条例》 a day\n"
    )
    assert lines_found(quotations(text)) == [3]


def test_finds_a_file_without_a_first_line() -> None:
    assert lines_found(headless("rule: pay.account.no_overdraft\n")) == [1]
    assert lines_found(headless("# A wallet is never overdrawn.\nrule: pay.account.no_overdraft\n")) == []
