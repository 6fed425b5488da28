"""What a sale rests on, read from columns: capacity, the test that counts, what fits, what was evidenced.

Facts by their prefixes: `shelf` the product, `terms` its terms in force, `investor` the person, `test` the latest test,
`counted` the latest that counts. Worked number: a test of 2026-03-10 carries sales through 2027-03-10.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.suitability.vocabulary import CAPACITY_NUMBER, SORT_NUMBER, Capacity, ProductSort
from benyuan.decisions.usecase import Case
from benyuan.values.days import months_later

Ints: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]

ELDER, ELDER_HOURS, RISK_WORDS, AGES = (
    "suit.elder",
    "suit.house.elder_hours",
    "suit.house.risk_words",
    "suit.capacity.age",
)
VALIDITY, MISMATCH = "suit.validity", "suit.no_mismatch"
AN_HOUR = 3_600_000_000  # tidy: number microseconds
INSURANCE = SORT_NUMBER[ProductSort.insurance]
EVIDENCE = ("advised_at", "explained_at", "chosen_at")


def said(case: Case, name: str) -> Truths:
    """A column of yes and no."""
    return np.array(case.batch.values(name), np.bool_)


def given(case: Case, name: str) -> Truths:
    """Where a text stands in a column."""
    return np.fromiter(map(bool, case.batch.values(name)), np.bool_, len(case.batch))


def held(case: Case, rule: str) -> None:
    """The rule is in force, or the command can't be decided. Errors: RuleNotInForce."""
    case.rules.value(id=rule, on=case.batch.on)


def count_of(case: Case, rule: str) -> int:
    """The figure of a rule that counts. Errors: RuleNotInForce."""
    return case.rules.value(id=rule, on=case.batch.on).count


def is_called(case: Case, word: str) -> Truths:
    """Where the product's level is what the house calls low or high risk. Errors: RuleNotInForce."""
    level, found = case.facts["shelf_level"], np.zeros(len(case.batch), np.bool_)
    for tier in case.rules.value(id=RISK_WORDS, on=case.batch.on).tiers:
        if tier.code("word") == word:
            found |= (level >= tier.count("from_level")) & (level <= tier.count("to_level"))
    return found


def is_insurance(case: Case) -> Truths:
    """Where the product is insurance."""
    return np.asarray(case.facts["shelf_sort"] == INSURANCE, np.bool_)


def has_evidence(case: Case) -> Truths:
    """Where anything of what art. 38 asks for was brought forward."""
    some = np.any([case.batch.integers(name) != 0 for name in EVIDENCE], axis=0)
    return np.asarray(some | given(case, "own_choice"), np.bool_)


def is_excepted(case: Case) -> Truths:
    """Art. 38: insurance; advised to stop, then told the risks in full, then confirmed in writing, in this order."""
    advised, explained, chosen = (case.batch.integers(name) for name in EVIDENCE)
    in_order = (advised > 0) & (explained >= advised) & (chosen >= explained) & (chosen <= case.batch.at)
    return np.asarray(is_insurance(case) & in_order & given(case, "own_choice"), np.bool_)


def has_no_capacity(case: Case) -> Truths:
    """Who can't buy at all (art. 19)."""
    least = case.rules.value(id=AGES, on=case.batch.on).parameters.count("none_under")
    none = case.facts["investor_capacity"] == CAPACITY_NUMBER[Capacity.none]
    return np.asarray((case.batch.integers("age_years") < least) | none, np.bool_)


def has_limited_capacity(case: Case) -> Truths:
    """Who buys only low risk, and with the guardian's consent (art. 19)."""
    young = case.batch.integers("age_years") < count_of(case, AGES)
    limited = case.facts["investor_capacity"] == CAPACITY_NUMBER[Capacity.limited]
    return np.asarray((young | limited) & ~has_no_capacity(case), np.bool_)


def is_above(case: Case) -> Truths:
    """Where the product's level is above what the person can bear, by the test that counts."""
    return np.asarray(case.facts["shelf_level"] > case.facts["counted_level"], np.bool_)


def has_lapsed(case: Case) -> Truths:
    """Where the test that counts is longer ago than results hold (art. 29)."""
    taken = np.where(case.facts.found("counted"), case.facts["counted_on_date"], case.batch.on)
    return np.asarray(case.batch.on > months_later(taken, count_of(case, VALIDITY)), np.bool_)


def has_told(case: Case) -> Truths:
    """Where the person has told of a change since the test that counts (art. 29)."""
    return np.asarray(case.facts["investor_told"] > case.facts["counted_position"], np.bool_)


def waits(case: Case) -> Truths:
    """Where the latest result is higher than what counted and has not been confirmed."""
    return np.asarray(case.facts.found("test") & (case.facts["test_counts_from"] == 0), np.bool_)


def needs_care(case: Case) -> Truths:
    """Where somebody of the age that art. 18 names, or over, buys high risk."""
    old = case.batch.integers("age_years") >= count_of(case, ELDER)
    return np.asarray(old & is_called(case, "high"), np.bool_)


def earliest_at(case: Case) -> Ints:
    """When the time to think is over."""
    return case.batch.integers("warned_at") + count_of(case, ELDER_HOURS) * AN_HOUR
