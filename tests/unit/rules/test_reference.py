"""The reference page shows every rule and every value, and the committed one is that of the built-in rules."""

import re
from collections import Counter
from pathlib import Path

from benyuan.rules import load_pack
from benyuan.rules.reference import reference
from tests.unit.rules.samples import DATED, GRADUATED, LIMIT, TABLE, pack_of

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "rules.md"
PACK = load_pack()


def test_the_page_is_that_of_the_rules() -> None:
    """Otherwise: python -m benyuan.rules.reference > docs/reference/rules.md."""
    assert PAGE.read_text(encoding="utf-8") == reference(PACK)


def test_every_rule_has_a_heading_and_every_open_row_a_line() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^## `(.+)`$", page, re.MULTILINE) == [rule.id for rule in PACK.rules()]
    assert re.findall(r"^\| `(.+?)` \|", page, re.MULTILINE) == [row.id for row in PACK.open_rows]


def test_figures_are_shown_in_their_units() -> None:
    page = reference(pack_of(LIMIT, TABLE, GRADUATED, DATED))
    assert "| 2020-01-01 |  | 1,000.00 yuan | 样发〔2019〕1号《样例办法》第三条（二） | verified 2026-11-22 |" in page
    assert "| 2022-01-01 | 2024-01-01 | 2,000.00 yuan |" in page
    assert "| 2025-01-01 |  | as agreed | 样发〔2024〕3号《样例办法》 | unverified |" in page
    assert (
        "rating A, over 95%, factor 2.0, months 12 months, most 5.00 yuan, dollars 1.00 dollars, kept yes<br>" in page
    )
    assert "5% above 0.00 yuan<br>4.5% above 500.00 yuan<br>transition 12 months" in page
    assert "<br>by 2020-02-29 |" in page


def test_the_front_page_counts_what_is_there() -> None:
    found = Counter(rule.measure for rule in PACK.rules())
    text = (PAGE.parents[2] / "README.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"- \*\*The law is data\.\*\* (.*?)each value dated", text, re.DOTALL)
    assert [int(number) for number in re.findall(r"\d+", line)] == [
        found.total(),
        *(found[measure] for measure in (2, 4, 3, 5, 1, 6)),
    ]
