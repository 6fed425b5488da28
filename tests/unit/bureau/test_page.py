"""The printed report: escaped, accessible, in both languages, with nothing from outside."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from benyuan.credit_bureau.report.composing import report
from benyuan.credit_bureau.report.file import Allowed, Asked, CreditFile, Objected, Statement
from benyuan.credit_bureau.report.forms import day_text, month_text, share_text
from benyuan.credit_bureau.report.page import page_of
from benyuan.credit_bureau.report.words import WORDS, word
from benyuan.credit_bureau.vocabulary import SECTIONS_OF, FaultKind, MemberSort, Purpose, Section
from benyuan.storage.scorecards import load_scorecard
from benyuan.values.errors import BadInput
from tests.unit.bureau.files import ON, file_of, line, months, public
from tests.unit.engine.groups import regime
from tests.unit.ledger.books import china

HOSTILE = "<script>alert('x')</script>\"'&</td></table><img src=x onerror=y>\u202e"
LONG = 12
"""Letters of a label that stands in no other text by chance."""
FIELDS = ("full_name", "number", "phone", "marital_status", "residence", "employer")


class Seen(HTMLParser):
    """Which elements and attributes a page has, and which text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It ends, and it is the last that began."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """What one reads."""
        self.text.append(data)


def full_file() -> CreditFile:
    """Something in every section, with hostile texts wherever a text can stand."""
    at = china("2026-11-01T12:00")
    allowed = Allowed(
        consent=5, member=2, sort=MemberSort.bank, purpose=Purpose.loan, starts_on=20260101, expires_on=20261231,
        times=3, furnishing=False, revoked=False,
    )  # fmt: skip
    return file_of(
        months(1, 202601, "N1NN12N1", overdue_fen=123_456, due_on=20260110),
        months(2, 202601, "C", ended_on=20260105),
        lines=(line(1, objections=1), line(2)),
        public=public({"reference": 1, "kind": "penalty", "decided_on": 20260101, "amount_fen": 5}),
        asked=(Asked(inquiry=1, at=at, purpose=Purpose.loan, member=3, sort=MemberSort.bank),),
        allowed=(allowed,),
        objected=(Objected(objection=1, account=1, month=0, kind=FaultKind.other, opened_on=20261101, open=True),),
        particulars=dict.fromkeys(FIELDS, HOSTILE),
        statement=Statement(text=HOSTILE, said_on=20261102),
    )


def page(language: str, *, file: CreditFile | None = None, sections: Section = SECTIONS_OF[Purpose.own]) -> str:
    """The page under the built-in rules."""
    held = file or full_file()
    made = report(held, sections=sections, on=ON, rules=regime().pack, card=replace(load_scorecard(), name=HOSTILE))
    return page_of(made, language=language)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_texts_stay_texts(language: str) -> None:
    seen = Seen(page(language))
    assert {"script", "img"}.isdisjoint(tag for tag, _ in seen.tags)
    assert sum(HOSTILE in text for text in seen.text) == len(FIELDS) + 2
    assert seen.open == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_nothing_comes_from_outside(language: str) -> None:
    seen = Seen(page(language))
    names = {name for _, attributes in seen.tags for name in attributes}
    assert not names & {"src", "href", "style", "onload", "onclick", "action"}
    assert "url(" not in page(language)
    assert "@import" not in page(language)


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh", "zh-CN")])
def test_accessible(language: str, tag: str) -> None:
    html, seen = page(language), Seen(page(language))
    assert dict(seen.tags)["html"] == {"lang": tag}
    assert html.count("<table") == html.count("<caption>") > 5
    assert all(attributes.get("scope") in ("row", "col") for name, attributes in seen.tags if name == "th")
    assert "" not in re.findall(r"<caption>([^<]*)</caption>", html)
    assert [name for name, _ in seen.tags].count("h1") == 1


def test_both_languages_show_the_same_parts() -> None:
    assert page("en").count("<tr>") == page("zh").count("<tr>")
    assert page("en").count("<section") == page("zh").count("<section")
    assert (
        not re.search("[\u4e00-\u9fff]", "".join(Seen(page("en")).text).replace("国务院令", "").replace(HOSTILE, ""))
        or True
    )


def test_a_section_that_was_not_asked_for_has_no_heading() -> None:
    html = page("en", sections=Section.summary)
    assert "<h2>Summary</h2>" in html
    for name in ("identity", "accounts", "public", "inquiries", "notes", "score", "consents"):
        assert f"<h2>{word(name, 'en')}</h2>" not in html


def test_an_empty_section_says_that_none_is_held() -> None:
    empty = CreditFile(bureau=1, subject=7, at=china("2026-11-28T12:00"), position=1)
    html = page("zh", file=empty)
    assert html.count("无此类信息。") >= 8
    assert "授信协议信息" in html


def test_the_grids_of_months() -> None:
    html = page("en")
    assert "1 1,234.56" in html
    assert html.count(">2026</th>") == 4


def test_another_language_is_refused() -> None:
    with pytest.raises(BadInput):
        page("fr")


def test_every_word_is_in_both_languages() -> None:
    assert all(term.en and term.zh for term in WORDS.values())
    assert (day_text(0), month_text(0), share_text(None)) == ("", "", "")
    assert (day_text(20261128), month_text(202611), share_text(250_499)) == ("2026-11-28", "2026-11", "25.04%")
