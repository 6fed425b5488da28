"""Gates on who asks, in order: the bureau's licence; the asker not stopped; its contract; consent or own account.

Sources: State Council Order 631, arts. 7, 18; PBoC Order [2021] No. 4, arts. 5, 22, 23. That care of credit and the
check of an objection need an account instead of a consent is our choice: PBoC Order [2005] No. 3, art. 13 has care so
for banks at the national database, and the regulation has no such exception. Worked number: a consent to two answers
from 1 to 31 May lets its member ask on 1 and on 31 May for its purpose; on 30 April and on 1 June it does not, and a
third answer can't be booked.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import BUREAU, BUREAU_STANDING, CONSENT, CREDIT_LINE, MEMBER, MEMBER_TERMS
from benyuan.credit_bureau.vocabulary import (
    FINANCIAL,
    MEMBER_SORT_NUMBER,
    OF_OWN_ACCOUNT,
    PURPOSE_NUMBER,
    WITH_CONSENT,
    Purpose,
)
from benyuan.credit_bureau.words import sections_of
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case, Gate

LICENSED, ONLY_LICENSED = "cr.license.only", "cr.fi.only_licensed"
EXAMINED, WRITTEN = "cr.user.monitor", "cr.query.written_consent"

BUREAU_NEEDS = (
    Need(table=BUREAU, by="bureau", prefix="bureau"),
    Need(table=BUREAU_STANDING, by="bureau", prefix="standing"),
)
ASKER_NEEDS = (
    *BUREAU_NEEDS,
    Need(table=MEMBER, by="member", prefix="member"),
    Need(table=MEMBER_TERMS, by="member", prefix="contract"),
    Need(table=CONSENT, by="consent", prefix="consent"),
    Need(table=CREDIT_LINE, by="account", prefix="line"),
)
A_MONTH = 100
FINANCIAL_NUMBERS = [MEMBER_SORT_NUMBER[sort] for sort in FINANCIAL]


def is_one_of(case: Case, purposes: tuple[Purpose, ...]) -> NDArray[np.bool_]:
    """Where the purpose is one of these."""
    numbers = case.batch.numbers("purpose", PURPOSE_NUMBER)
    return np.asarray(np.isin(numbers, [PURPOSE_NUMBER[purpose] for purpose in purposes]), np.bool_)


def needs_consent(case: Case) -> NDArray[np.bool_]:
    """Where the purpose needs the person's consent."""
    return is_one_of(case, WITH_CONSENT)


def of_own_account(case: Case) -> NDArray[np.bool_]:
    """Where the purpose needs an account of the asker's own with the person."""
    return is_one_of(case, OF_OWN_ACCOUNT)


def holds_licence(case: Case) -> NDArray[np.bool_]:
    """The bureau has its licence on the day, the last day included."""
    return np.asarray(case.facts["standing_licensed_until"] >= case.batch.on, np.bool_)


def is_financial(case: Case) -> NDArray[np.bool_]:
    """Where the ban to get credit reporting from the unlicensed binds the asker, from its day on."""
    bound = np.isin(case.facts["member_sort"], FINANCIAL_NUMBERS)
    in_force = case.rules.in_force(id=ONLY_LICENSED, on=case.batch.on) is not None
    return np.asarray(bound & in_force, np.bool_)


def _examined(case: Case) -> NDArray[np.bool_]:
    return np.asarray(contract_lacks(case) == "", np.bool_)


def contract_lacks(case: Case) -> NDArray[Any]:
    """For each command what the asker's contract of the day lacks, in a word; empty where nothing."""
    facts, on = case.facts, case.batch.on
    asked = 1 << case.batch.numbers("purpose", PURPOSE_NUMBER)
    reviewed = facts["contract_reviewed_on"]
    over = (facts["contract_until"] != 0) & (facts["contract_until"] < on)
    return np.select(
        [
            ~facts.found("contract"),
            facts["member_ended_on"] != 0,
            over,
            (reviewed == 0) | (reviewed > on),
            facts["contract_asks"] & asked == 0,
        ],
        ["contract", "ended", "expired", "review", "purpose"],
        "",
    )


def consent_lacks(case: Case) -> NDArray[Any]:
    """For each command what the consent lacks, in a word; empty where nothing, or where none is needed.

    `whose` says that it is none of this person to this asker, and no more: whom else somebody has consented to is not
    for the asker to know.
    """
    facts, batch, on = case.facts, case.batch, case.batch.on
    whose = (facts["consent_subject"] == facts["identity_subject"]) & facts.found("identity")
    whose &= (facts["consent_member"] == batch.integers("member")) & facts.found("consent")
    products = batch.values("product")
    lacking = np.select(
        [
            batch.integers("consent") == 0,
            ~whose,
            facts["consent_purpose"] != batch.numbers("purpose", PURPOSE_NUMBER),
            facts["consent_sections"] & sections_of(batch, product=products.__getitem__) == 0,
            facts["consent_starts_on"] > on,
            facts["consent_expires_on"] < on,
            facts["consent_revoked"] != 0,
        ],
        ["consent", "whose", "purpose", "sections", "start", "expired", "revoked"],
        "",
    )
    return np.where(needs_consent(case), lacking, "")


def consent_figures(case: Case, place: int) -> dict[str, Any]:
    """What the consent lacks, and of the asker's own consent its dates."""
    lacks = str(consent_lacks(case)[place])
    told: dict[str, Any] = {"lacks": lacks, "consent": int(case.batch.integers("consent")[place])}
    if lacks in ("start", "expired"):
        told |= {f"{name}_on": int(case.facts[f"consent_{name}_on"][place]) for name in ("starts", "expires")}
    return told


def account_lacks(case: Case) -> NDArray[Any]:
    """For each command that needs an account of its own what is wrong with it; empty where nothing.

    For the check of an objection the account has one that is open; for care the account is open, or was this month.
    """
    facts, batch = case.facts, case.batch
    own = (facts["line_subject"] == facts["identity_subject"]) & facts.found("identity")
    own &= (facts["line_member"] == batch.integers("member")) & facts.found("line")
    objects = is_one_of(case, (Purpose.objection,))
    over = (facts["line_closed"] != 0) & (facts["line_closed"] < batch.on // A_MONTH)
    lacking = np.select(
        [
            batch.integers("account") == 0,
            ~own,
            objects & (facts["line_objections"] == 0),
            ~objects & over,
        ],
        ["account", "whose", "objection", "closed"],
        "",
    )
    return np.where(of_own_account(case), lacking, "")


LICENCE_FOR_ASKER = Gate(
    rule=ONLY_LICENSED,
    passes=lambda case: ~is_financial(case) | holds_licence(case),
    figures=lambda case, place: (
        {"licensed_until_on": int(case.facts["standing_licensed_until"][place])}
        if case.facts["standing_licensed_until"][place]
        else {}
    ),
    applies=is_financial,
)
LICENCE = Gate(rule=LICENSED, passes=holds_licence)
NOT_STOPPED = Gate(
    rule=EXAMINED,
    passes=lambda case: case.facts["member_stopped"] == 0,
    figures=lambda case, place: {"lacks": "stopped", "stopped_by": int(case.facts["member_stopped"][place])},
)
UNDER_CONTRACT = Gate(
    rule=EXAMINED,
    passes=_examined,
    figures=lambda case, place: {"lacks": str(contract_lacks(case)[place])},
)
CONSENTED = Gate(
    rule=WRITTEN,
    passes=lambda case: np.asarray(consent_lacks(case) == "", np.bool_),
    figures=consent_figures,
    applies=needs_consent,
)
OWN_ACCOUNT = Gate(
    rule=WRITTEN,
    passes=lambda case: np.asarray(account_lacks(case) == "", np.bool_),
    figures=lambda case, place: {
        "lacks": str(account_lacks(case)[place]),
        "account": int(case.batch.integers("account")[place]),
    },
    applies=of_own_account,
)
ASKER_GATES = (LICENCE_FOR_ASKER, LICENCE, NOT_STOPPED, UNDER_CONTRACT, CONSENTED, OWN_ACCOUNT)
