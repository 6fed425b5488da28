"""Find an article or an item in the text of a law, however its lines were broken.

Articles are found by their numbers in sequence, so that a mention of another one ("依照第三条") is not taken for it.
Texts are compared without white space and in compatibility form: "Ⅱ" is "II", a full-width bracket a plain one. An
excerpt marks the items that it lacks (〔第二项至第四项缺〕); they count as there, and empty.
"""

import re
import unicodedata

from benyuan.rules.numerals import NUMERAL, number_of, numeral_of

_PAGE_NUMBER = re.compile(r"^[0-9]{1,3}(?=第|\()", re.MULTILINE)
_ARTICLE = re.compile(f"第({NUMERAL})条")
_PART = re.compile(f"({NUMERAL})、")
_ITEM = re.compile(rf"\(({NUMERAL})\)")
_OMITTED = re.compile(f"〔第({NUMERAL})项(?:[至、]第({NUMERAL})项)?缺〕")
_POINT = re.compile(r"([0-9])\.")
_PLACE = re.compile(rf"(?:第({NUMERAL})款)?(?:\(({NUMERAL})\))?([0-9])?")

_BEFORE_A_HEADING = frozenset("\n。;:") | {""}


def plain(text: str) -> str:
    """The text in compatibility form, one line a paragraph as printed, without white space or page numbers."""
    lines = (re.sub(r"\s", "", line) for line in unicodedata.normalize("NFKC", text).splitlines())
    return _PAGE_NUMBER.sub("", "\n".join(lines))


def place(text: str, *, article: str, item: str | None = None) -> str | None:
    """The words of an article ("第十一条") or part ("二"), or of an item of it ("（二）", "（一）2"), in one line.

    `text` is as `plain` gives it. A paragraph ("第二款") is not told apart: the whole article is given. None where the
    place is not in the text.
    """
    words = _article(text, plain(article))
    match = _PLACE.fullmatch(plain(item or ""))
    if words is None or match is None:
        return None
    if match.group(2) is not None:
        words = _numbered(_OMITTED.sub(_omitted, words), _ITEM, number_of(match.group(2)))
    if words is not None and match.group(3) is not None:
        words = _numbered(words, _POINT, int(match.group(3)))
    return None if words is None else words.replace("\n", "")


def _article(text: str, article: str) -> str | None:
    match = _ARTICLE.fullmatch(article)
    if match is not None:
        return _numbered(text, _ARTICLE, number_of(match.group(1)), headings=True)
    return _numbered(text, _PART, number_of(article), headings=True)


def _numbered(words: str, sign: re.Pattern[str], number: int | None, *, headings: bool = False) -> str | None:
    """The stretch from one sign of a sequence to the next.

    Headings (articles, parts) begin a line or a sentence and start at one; items run on from part to part.
    """
    starts: dict[int, int] = {}
    for match in sign.finditer(words):
        found = _value_of(match.group(1))
        follows = found == max(starts) + 1 if starts else (found == 1 or not headings)
        if follows and (not headings or words[match.start() - 1 : match.start()] in _BEFORE_A_HEADING):
            starts[found] = match.start()
    if number is None or number not in starts:
        return None
    return words[starts[number] : starts.get(number + 1)]


def _omitted(mark: re.Match[str]) -> str:
    """The signs of the items that a mark in an excerpt stands for."""
    first = _value_of(mark.group(1))
    last = _value_of(mark.group(2)) if mark.group(2) else first
    return "".join(f"({numeral_of(number)})" for number in range(first, last + 1))


def _value_of(sign: str) -> int:
    """The number of a sign, 0 where it is none."""
    return int(sign) if sign.isascii() else number_of(sign) or 0
