"""Gates on tests and on sales, each over one article of Order 2025 No. 7 of the NFRA, in the order in which they stand.

Worked number: a test of level 3 carries products of level 3 and below; a product of level 4 is refused with
`level` 3 and `product_level` 4, whoever asked for it.
"""

from typing import Any

import numpy as np

from benyuan.consumer_protection.suitability.facts import (
    ELDER,
    ELDER_HOURS,
    MISMATCH,
    READING,
    VALIDITY,
    Truths,
    count_of,
    earliest_at,
    has_evidence,
    has_lapsed,
    has_limited_capacity,
    has_no_capacity,
    has_told,
    held,
    is_above,
    is_called,
    is_consented_to,
    is_excepted,
    is_insurance,
    is_rated_since,
    needs_care,
    said,
    seconds_read,
    stands,
    waits,
    were_shown,
)
from benyuan.consumer_protection.suitability.vocabulary import Told
from benyuan.decisions.usecase import Case, Gate

REVIEW, BANS, MINOR, PROFESSIONAL = "cp.pbc.prior_review", "suit.bans", "suit.minor", "suit.professional"
CARE, CONFIRM, RETEST, EXCEPTION = "suit.house.elder_care", "suit.change_confirm", "suit.retest", "suit.exception"
TOLD, OPINION, MEANS = "suit.told", "suit.opinion", "suit.house.means_share"
RERATED = "suit.product_levels.changed"
CUSTOMER_LEVELS, TESTS, TESTS_DAY = "suit.customer_levels", "suit.tests.12m", "suit.tests.day"


def _capable(case: Case) -> Truths:
    held(case, MINOR)
    allowed = ~has_limited_capacity(case) | (is_called(case, "low") & is_consented_to(case))
    return np.asarray(allowed & ~has_no_capacity(case), np.bool_)


def _age_and_level(case: Case, place: int) -> dict[str, Any]:
    age = int(case.batch.integers("age_years")[place])
    return {"age_years": age, "product_level": int(case.facts["shelf_level"][place])}


def _levels(case: Case, place: int) -> dict[str, Any]:
    return {"level": int(case.facts["counted_level"][place]), "product_level": int(case.facts["shelf_level"][place])}


def _test_figures(case: Case, place: int) -> dict[str, Any]:
    facts = case.facts
    return {"test": int(facts["investor_counted"][place]), "tested_on": int(facts["counted_on_date"][place])}


def _waiting_figures(case: Case, place: int) -> dict[str, Any]:
    facts = case.facts
    return {"test": int(facts["investor_test"][place]), "new_level": int(facts["test_level"][place])} | _levels(
        case, place
    )


def _confirmed(case: Case) -> Truths:
    held(case, CONFIRM)
    enough = ~is_above(case) & ~has_lapsed(case) & ~has_told(case)
    return np.asarray(~waits(case) | enough, np.bool_)


def _act(name: str) -> Any:
    return lambda case, place: {"act": name, **_levels(case, place)}


def _not_pushed(case: Case) -> Truths:
    held(case, BANS)
    return ~(is_above(case) & said(case, "recommended"))


def _evidence_whole(case: Case) -> Truths:
    held(case, EXCEPTION)
    return ~_tries_exception(case) | is_excepted(case)


def _tries_exception(case: Case) -> Truths:
    return is_above(case) & is_insurance(case) & has_evidence(case)


def _fits(case: Case) -> Truths:
    held(case, MISMATCH)
    return ~is_above(case) | is_excepted(case)


def _cared_for(case: Case) -> Truths:
    care = needs_care(case)
    if care.any():
        held(case, CARE)
    return ~care | stands(case, Told.high_risk)


def _time_to_think(case: Case) -> Truths:
    return np.asarray(~needs_care(case) | (earliest_at(case) <= case.batch.at), np.bool_)


def _told(case: Case) -> Truths:
    held(case, TOLD)
    confirmed = case.batch.text_numbers("terms_digest") == case.facts["terms_digest"]
    return np.asarray(case.facts.found("terms") & confirmed & were_shown(case), np.bool_)


def _opinion_given(case: Case) -> Truths:
    held(case, OPINION)
    return stands(case, Told.opinion)


def _terms_are_new(case: Case) -> Truths:
    old = is_rated_since(case)
    if old.any():
        held(case, RERATED)
    return ~old


def _opinion_figures(case: Case, place: int) -> dict[str, Any]:
    facts = case.facts
    return {"opinion": int(facts["told_opinion"][place]), "test": int(facts["investor_counted"][place])}


def _rated_figures(case: Case, place: int) -> dict[str, Any]:
    return {"terms": int(case.facts["terms_version"][place]), "product_level": int(case.facts["shelf_level"][place])}


def _shown_figures(case: Case, place: int) -> dict[str, Any]:
    shown = int(case.facts["told_terms_terms"][place])
    return {"terms": int(case.facts["terms_version"][place]), "terms_shown": shown}


def _terms_figure(case: Case, place: int) -> dict[str, Any]:
    return {"terms": int(case.facts["terms_version"][place])}


def _read(case: Case) -> Truths:
    return np.asarray(seconds_read(case) >= count_of(case, READING), np.bool_)


def _read_figures(case: Case, place: int) -> dict[str, Any]:
    return {"read_seconds": int(seconds_read(case)[place]), "least_seconds": count_of(case, READING)}


def _approved(case: Case) -> Truths:
    held(case, REVIEW)
    facts = case.facts
    unreviewed = facts.found("terms") & (facts["version_approved_on"] == 0)
    return np.asarray((facts["shelf_approved_on"] != 0) & ~unreviewed, np.bool_)


def _tested_first(case: Case) -> Truths:
    held(case, BANS)
    return np.asarray(case.facts["investor_test"] != 0, np.bool_)


def _is_natural(case: Case) -> Truths:
    held(case, PROFESSIONAL)
    return ~said(case, "as_professional")


def _not_told(case: Case) -> Truths:
    held(case, RETEST)
    return ~has_told(case)


TESTED = Gate(rule=BANS, passes=_tested_first, figures=_act("sold_before_test"))
IN_TIME = Gate(rule=VALIDITY, passes=lambda case: ~has_lapsed(case), figures=_test_figures)
NOTHING_TOLD = Gate(rule=RETEST, passes=_not_told, figures=_test_figures)
"""A test that counts, that holds, and since which nothing was told: what opinions and sales rest on."""
SALE_GATES = (
    Gate(rule=REVIEW, passes=_approved, figures=_terms_figure),
    Gate(rule=RERATED, passes=_terms_are_new, figures=_rated_figures, applies=is_rated_since),
    Gate(
        rule=MINOR,
        passes=_capable,
        figures=_age_and_level,
        applies=lambda case: has_limited_capacity(case) | has_no_capacity(case),
    ),
    Gate(rule=PROFESSIONAL, passes=_is_natural, applies=lambda case: said(case, "as_professional")),
    TESTED,
    Gate(rule=CONFIRM, passes=_confirmed, figures=_waiting_figures, applies=waits),
    IN_TIME,
    NOTHING_TOLD,
    Gate(rule=BANS, passes=_not_pushed, figures=_act("higher_risk_pushed"), applies=is_above),
    Gate(rule=EXCEPTION, passes=_evidence_whole, figures=_levels, applies=_tries_exception),
    Gate(rule=MISMATCH, passes=_fits, figures=_levels, excepted=lambda case: is_above(case) & is_excepted(case)),
    Gate(rule=ELDER, passes=_cared_for, figures=_age_and_level, applies=needs_care),
    Gate(
        rule=ELDER_HOURS,
        passes=_time_to_think,
        figures=lambda case, place: {"earliest_at": int(earliest_at(case)[place])},
        applies=needs_care,
    ),
    Gate(rule=OPINION, passes=_opinion_given, figures=_opinion_figures),
    Gate(rule=TOLD, passes=_told, figures=_shown_figures),
    Gate(rule=READING, passes=_read, figures=_read_figures),
)
"""Reviewed; terms as new as the level; capacity; no professional; tested; confirmed; in time; nothing told; not pushed;
fits; care and time to think; the opinion given; the terms shown and confirmed; all of it read.
"""


def _own_answers(case: Case) -> Truths:
    held(case, BANS)
    today = case.batch.integers("answered_on") == case.batch.on
    return np.asarray(~said(case, "taken_for_customer") & ~said(case, "prompted") & today, np.bool_)


def _own_figures(case: Case, place: int) -> dict[str, Any]:
    acts = {"taken_for_customer": "test_for_customer", "prompted": "improper_hint"}
    act = next((acts[name] for name in acts if case.batch.values(name)[place]), "result_influenced")
    return {"act": act, "answered_on": int(case.batch.integers("answered_on")[place])}


def _tells_enough_apart(case: Case) -> Truths:
    return np.asarray(case.batch.integers("levels") >= count_of(case, CUSTOMER_LEVELS), np.bool_)


def _tests_left(case: Case) -> Truths:
    return np.asarray(case.facts["tests_counted"] < count_of(case, TESTS), np.bool_)


def _tests_figures(case: Case, place: int) -> dict[str, Any]:
    value = case.rules.value(id=TESTS, on=case.batch.on)
    counted = int(case.facts["tests_counted"][place])
    return {"most": value.count, "tests": counted, "months": value.parameters.count("within")}


TEST_GATES = (
    Gate(rule=BANS, passes=_own_answers, figures=_own_figures),
    Gate(rule=CUSTOMER_LEVELS, passes=_tells_enough_apart),
    Gate(rule=TESTS, passes=_tests_left, figures=_tests_figures),
)
"""By the customer, of today; levels enough; not too many in the months. Those of a day are the ledger's."""
