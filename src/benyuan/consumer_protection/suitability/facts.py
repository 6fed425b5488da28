"""What a sale rests on, read from columns: capacity, the test that counts, what fits, what was evidenced.

Facts by their prefixes: `shelf` the product, `terms` its terms in force, `investor` the person, `test` the latest test,
`counted` the latest that counts, `rating` the last change of the product's level, `means` what counts of stated assets,
`told_<kind>` what the person was told. Worked number: a test of 2026-03-10 carries sales through 2027-03-10.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.suitability.vocabulary import (
    CAPACITY_NUMBER,
    SORT_NUMBER,
    Capacity,
    ProductSort,
    Told,
)
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
READING = "suit.house.reading_seconds"
A_SECOND = WHOLE_PPM = 1_000_000
AN_HOUR = 3_600_000_000  # tidy: number microseconds
INSURANCE = SORT_NUMBER[ProductSort.insurance]


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
    """Where anything of what art. 38 asks for is on record, or was brought forward."""
    return np.asarray(stands(case, Told.stop) | stands(case, Told.risks) | given(case, "own_choice"), np.bool_)


def is_excepted(case: Case) -> Truths:
    """Art. 38: insurance; advised to stop, later told the risks in full, and with the order confirmed in writing."""
    advised, explained = case.facts["told_stop_at"], case.facts["told_risks_at"]
    in_order = stands(case, Told.stop) & stands(case, Told.risks) & (explained > advised)
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
    return case.facts["told_high_risk_at"] + count_of(case, ELDER_HOURS) * AN_HOUR


def stands(case: Case, what: Told) -> Truths:
    """Where the person was told this of the product, by the test that counts and the level that the product has."""
    facts, name = case.facts, f"told_{what.name}"
    of_test = facts[f"{name}_test"] == facts["investor_counted"]
    return np.asarray((facts[name] != 0) & of_test & (facts[f"{name}_position"] > facts["rating_position"]), np.bool_)


def is_consented_to(case: Case) -> Truths:
    """Where who acts for the person by law has consented to the product (art. 19).

    At the level that the product has, and since the person last told of a change, of capacity for one.
    """
    facts = case.facts
    since = np.maximum(facts["rating_position"], facts["investor_told"])
    return np.asarray((facts["told_guardian"] != 0) & (facts["told_guardian_position"] > since), np.bool_)


def were_shown(case: Case) -> Truths:
    """Where the version of the terms in force was shown to the person."""
    facts = case.facts
    return np.asarray((facts["told_terms"] != 0) & (facts["told_terms_terms"] == facts["terms_version"]), np.bool_)


def seconds_read(case: Case) -> Ints:
    """For how long the last of terms, opinion and, where art. 38 excepts the sale, risks has been before the person."""
    facts = case.facts
    last = np.maximum(facts["told_terms_at"], facts["told_opinion_at"])
    last = np.where(is_excepted(case), np.maximum(last, facts["told_risks_at"]), last)
    return np.asarray((case.batch.at - last) // A_SECOND, np.int64)


def is_rated_since(case: Case) -> Truths:
    """Where the terms in force were published before the product's level changed, and so tell another (art. 31(2))."""
    facts = case.facts
    older = facts["version_position"] < facts["rating_position"]
    return np.asarray(facts.found("terms") & facts.found("rating") & older, np.bool_)


def means_fen(case: Case) -> Ints:
    """What counts of the assets that the person stated."""
    facts = case.facts
    return np.where(facts.found("means"), facts["means_counted_fen"], facts["counted_assets_fen"])


def means_rise(case: Case, stated_fen: Ints) -> Truths:
    """Where assets are stated that are above those that count, so that they wait; the first statement never is."""
    facts = case.facts
    before = facts.found("means") | facts.found("counted")
    return np.asarray(before & (stated_fen > means_fen(case)), np.bool_)


def share_of(amount_fen: Ints, ppm: int) -> Ints:
    """So many millionths of an amount, rounded down, without leaving what an integer can hold."""
    return amount_fen // WHOLE_PPM * ppm + amount_fen % WHOLE_PPM * ppm // WHOLE_PPM
