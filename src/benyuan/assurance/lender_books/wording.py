"""Terms and states in words: enumerations that records keep as numbers.

Worked number: `day_count` 3 of a loan is `act/365`.
"""

from collections.abc import Mapping
from typing import Any

from benyuan.consumer_finance.vocabulary import AccountOrder, Every, LoanMethod, LoanOrder, Standing
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding

LOAN_WORDS: dict[str, list[str]] = {
    "method": [each.value for each in LoanMethod],
    "day_count": [each.value for each in DayCount],
    "rounding": [each.value for each in Rounding],
    "every_unit": [each.value for each in Every],
    "order": [each.value for each in LoanOrder],
    "standing": [each.name for each in Standing],
}
ACCOUNT_WORDS = LOAN_WORDS | {"order": [each.value for each in AccountOrder]}


def in_words(row: Mapping[str, int], *, words: Mapping[str, list[str]] = LOAN_WORDS) -> dict[str, Any]:
    """The row with the words for numbers of enumerations."""
    return {name: words[name][value] if name in words else value for name, value in row.items()}
