"""Gates on what may be offered: the term, the most in one draw, no more than what it is for costs.

Sources: Order 2024 No. 3 of the National Financial Regulatory Administration, arts. 8, 36; CBIRC Order 2020 No. 9,
art. 6; that no more is lent than is needed is a rule of the house.
"""

import numpy as np

from benyuan.consumer_finance.clocks import due_day
from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.consumer_finance.vocabulary import METHOD_NUMBER, LoanMethod
from benyuan.decisions.usecase import Case, Gate
from benyuan.values.days import months_later

TERM, BULLET, SELF_PAY = "pl.term.consumption", "il.consumer.bullet_term", "pl.selfpay.max"
NEED = "cp.house.need"
_BULLET = METHOD_NUMBER[LoanMethod.bullet.value]


def last_due_on(case: Case) -> Ints:
    """The day on which the last instalment of each offer falls due."""
    batch, facts = case.batch, case.facts
    return due_day(
        first_on=batch.integers("first_due_on"),
        number=batch.integers("term_count"),
        count=facts["terms_every"],
        unit=facts["terms_every_unit"],
    )


def _ends_within(case: Case, rule: str) -> Truths:
    months = case.rules.value(id=rule, on=case.batch.on).count
    latest = months_later(np.full(len(case.batch), case.batch.on), months)
    return np.asarray(last_due_on(case) <= latest, np.bool_)


def _is_bullet(case: Case) -> Truths:
    return np.asarray(case.facts["terms_method"] == _BULLET, np.bool_)


def _bullet_ends(case: Case) -> Truths:
    bullets = _is_bullet(case)
    return ~bullets | _ends_within(case, BULLET) if bullets.any() else ~bullets


def _end_figures(case: Case, place: int, rule: str) -> dict[str, int]:
    months = case.rules.value(id=rule, on=case.batch.on).count
    latest = months_later(np.array([case.batch.on]), months)
    return {"latest_on": int(latest[0]), "ends_on": int(last_due_on(case)[place])}


def _within_self_pay(case: Case) -> Truths:
    most = case.rules.value(id=SELF_PAY, on=case.batch.on).fen
    own = np.where(case.facts["policy_found"] != 0, case.facts["policy_most_draw_fen"], 0)
    return np.asarray(case.batch.integers("amount_fen") <= np.minimum(most, own), np.bool_)


def _self_pay_figures(case: Case, place: int) -> dict[str, int]:
    most = case.rules.value(id=SELF_PAY, on=case.batch.on).fen
    own = int(case.facts["policy_most_draw_fen"][place]) if case.facts["policy_found"][place] else 0
    return {"limit": min(most, own), "asked": int(case.batch.integers("amount_fen")[place])}


def _within_need(case: Case) -> Truths:
    if case.rules.in_force(id=NEED, on=case.batch.on) is None:
        return np.ones(len(case.batch), np.bool_)
    return np.asarray(case.batch.integers("amount_fen") <= case.batch.integers("need_fen"), np.bool_)


TERM_CAP = Gate(
    rule=TERM,
    passes=lambda case: _ends_within(case, TERM),
    figures=lambda case, place: _end_figures(case, place, TERM),
)
BULLET_TERM = Gate(
    rule=BULLET,
    passes=_bullet_ends,
    applies=_is_bullet,
    figures=lambda case, place: _end_figures(case, place, BULLET),
)
DRAW_CAPS = (Gate(rule=SELF_PAY, passes=_within_self_pay, figures=_self_pay_figures),)
NO_MORE_THAN_NEEDED = Gate(
    rule=NEED,
    passes=_within_need,
    figures=lambda case, place: {
        "need_fen": int(case.batch.integers("need_fen")[place]),
        "amount_fen": int(case.batch.integers("amount_fen")[place]),
    },
)
