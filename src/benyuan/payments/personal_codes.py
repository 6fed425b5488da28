"""Personal collection codes 个人收款条码: whose may not be used, and which static ones may be paid from afar.

Source: 银发〔2021〕259号, item 一（二）3. Worked number: an entry with three uses and 500.00 yuan
lets 200.00, 200.00 and 100.00 come in, and nothing after them.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table
from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.licences import ONLY_LICENSED, holds_licence
from benyuan.payments.limits import LEVEL_C, LEVEL_D
from benyuan.payments.vocabulary import PERSONAL_CODE_NUMBER, TransferChannel

BUSINESS, REMOTE = "qr.personal.business_use", "qr.personal.static_remote"
LISTED_RULES = ("qr.personal.whitelist_uses", "qr.personal.whitelist_amount")

STATIC_CODE = Table(name="static_code", columns=("account", "valid_until", "uses", "limit_fen", "position"), keyed=True)
"""The white list, by wallet. `account`: that which counts the uses; the next one counts the amount."""
BUSINESS_PERSON = Table(name="business_person", columns=("since", "position"), keyed=True)
"""Who needs a merchant's code, by person; `since` 0: no longer."""

STATIC_CODE_ALLOWED = folds("static_code_allowed", table=STATIC_CODE, adds=True)
STATIC_CODE_CHANGED = folds("static_code_changed", table=STATIC_CODE, adds=False)
BUSINESS_FOUND = folds("business_found", table=BUSINESS_PERSON, adds=True)
BUSINESS_CHANGED = folds("business_changed", table=BUSINESS_PERSON, adds=False)


def code_number(case: Case) -> NDArray[np.int64]:
    """Which personal code the payer used; 0: none."""
    return case.batch.numbers("channel", PERSONAL_CODE_NUMBER)


def by_code(case: Case) -> NDArray[np.bool_]:
    """Where a personal code was used."""
    return np.asarray(code_number(case) != 0, np.bool_)


def personal_level(case: Case, authentication: NDArray[np.int64]) -> NDArray[np.int64]:
    """The risk level, 0 for A to 3 for D, a static or saved code being D; -1: no code (296号 art. 12)."""
    number = code_number(case)
    level = np.where(number == PERSONAL_CODE_NUMBER[TransferChannel.personal_dynamic_code], LEVEL_C - authentication, 0)
    return np.where(number == 0, -1, np.where(as_static(case), LEVEL_D, level))


def as_static(case: Case) -> NDArray[np.bool_]:
    """Where the code is static, or a dynamic one that somebody saved."""
    number = code_number(case)
    return np.asarray((number != 0) & (number != PERSONAL_CODE_NUMBER[TransferChannel.personal_dynamic_code]), np.bool_)


def from_afar(case: Case) -> NDArray[np.bool_]:
    """Where a static code was paid not face to face, on a day on which a text speaks of it."""
    if case.rules.in_force(id=REMOTE, on=case.batch.on) is None:
        return np.zeros(len(case.batch), np.bool_)
    return as_static(case) & np.array(case.batch.values("remote"), np.bool_)


def on_list(case: Case) -> NDArray[np.bool_]:
    """Where the payee's wallet is on the white list that day."""
    facts = case.facts
    return np.asarray((facts["listed_uses"] > 0) & (facts["listed_valid_until"] >= case.batch.on), np.bool_)


def _code_licensed(case: Case) -> NDArray[np.bool_]:
    coded = by_code(case)
    if not coded.any():
        return ~coded
    return ~coded | holds_licence(case, rule="qr.biz.class", business="code_payer_service")


def _no_business(case: Case) -> NDArray[np.bool_]:
    """Who was found to trade is paid by a merchant's code."""
    found = by_code(case) & (case.facts["trader_since"] != 0)
    if found.any():
        case.rules.value(id=BUSINESS, on=case.batch.on)
    return np.asarray(~found, np.bool_)


def _until(case: Case, place: int) -> dict[str, int]:
    until = int(case.facts["listed_valid_until"][place])
    return {"listed_until_on": until} if until else {}


PERSONAL_CODE_GATES = (
    Gate(
        rule=ONLY_LICENSED,
        passes=_code_licensed,
        figures=lambda case, place: {"business": "bar-code payment"},
        applies=by_code,
    ),
    Gate(
        rule=BUSINESS,
        passes=_no_business,
        figures=lambda case, place: {"since_on": int(case.facts["trader_since"][place])},
        applies=lambda case: by_code(case) & (case.facts["trader_since"] != 0),
    ),
    Gate(
        rule=REMOTE,
        passes=lambda case: np.asarray(~from_afar(case) | on_list(case), np.bool_),
        figures=_until,
        applies=from_afar,
        excepted=lambda case: from_afar(case) & on_list(case),
    ),
)
"""What a transfer by personal code must meet, over the facts `trader` and `listed` of the payee."""
