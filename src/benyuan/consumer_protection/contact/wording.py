"""Wordings that a text may not have, found however they are written.

Sources: PBoC Order [2020] No. 5, art. 23 (promises, the regulator's name); the measures on marketing finance online.
Texts and words are compared in one form: width and case folded, traditional characters as simplified, and between two
characters any spaces and signs. Worked: "低 門-檻" has the word 低门槛; "slow interest" does not have "low interest",
nor "10风险" the word 0风险.
"""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from benyuan.parties.characters import simple_forms
from benyuan.rules import RulePack
from benyuan.rules.types import RuleValue

PRETENCES, EASY_MONEY = "cp.house.marketing_words", "mkt.words"
WORD_RULES = (PRETENCES, EASY_MONEY)
BETWEEN = r"[\W_]*"
NOT_AFTER, NOT_BEFORE = "(?<![a-z0-9])", "(?![a-z0-9])"
"""What keeps a word that begins or ends in Latin letters or digits from being found inside another."""


def plain(text: str) -> str:
    """The form in which texts are compared."""
    return normalize("NFKC", normalize("NFKC", text).casefold()).translate(simple_forms())


@cache
def _pattern(word: str) -> re.Pattern[str]:
    letters = [re.escape(letter) for letter in plain(word) if letter.isalnum()]
    inner = BETWEEN.join(letters)
    first, last = letters[0].isascii(), letters[-1].isascii()
    return re.compile(f"{NOT_AFTER * first}{inner}{NOT_BEFORE * last}")


def first_of(text: str, value: RuleValue) -> str:
    """The first word of a rule's list that a text has; empty where it has none."""
    compared = plain(text)
    return next((word for word in _words_of(value) if _pattern(word).search(compared)), "")


def _words_of(value: RuleValue) -> Iterator[str]:
    """The words of a list; one that has Chinese beside a code means the code's English words too."""
    for row in value.tiers:
        names = {entry.name for entry in row.entries}
        yield row.code("word").replace("_", " ")
        if "text" in names:
            yield row.code("text")


def found(text: str, *, rule: str, rules: RulePack, on: int) -> str:
    """The first word that a rule bars on a day; empty where it bars none, or is not in force."""
    value = rules.in_force(id=rule, on=on)
    return "" if value is None else first_of(text, value)


def barred_from(text: str, *, rules: RulePack, on: int) -> int:
    """The first day after `on` from which a rule that is known already bars a text; 0 for none."""
    values = (value for rule in WORD_RULES for value in rules.rule(rule).counted(drafts=rules.drafts))
    return min((value.in_force for value in values if value.in_force > on and first_of(text, value)), default=0)
