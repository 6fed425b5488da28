"""Dynamic codes that a merchant shows and the payer scans: of one merchant and amount, good until they expire, once.

Source: 银发〔2017〕296号, arts. 18, 41. Worked case: a code of merchant 3 for 12.50 until 12:00:00 pays 12.50 there at
11:59:59.999999, not 12.51, not at 12:00:00, not at merchant 4; once it has paid, it pays no more.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.vocabulary import Channel

ONCE = "qr.merchant_code.once"

MERCHANT_CODE = Table(name="merchant_code", columns=("merchant", "amount_fen", "expires_at", "used"), keyed=True)
"""Codes that merchants show, by their numbers; `used`: the log position of the payment that each has made, 0 before."""

MERCHANT_CODE_ISSUED = folds("merchant_code_issued", table=MERCHANT_CODE, adds=True)
MERCHANT_CODE_USED = folds("merchant_code_used", table=MERCHANT_CODE, adds=False)

MERCHANT_CODE_NEED = Need(table=MERCHANT_CODE, by="merchant_code", prefix="shown")


def shown(case: Case) -> NDArray[np.bool_]:
    """Where the payer scanned a code that the merchant was issued."""
    return np.asarray(case.batch.integers("merchant_code") != 0, np.bool_)


def _wrong(case: Case) -> dict[str, NDArray[np.bool_]]:
    """What can be wrong with a code, and with which it is, by the name of the figure that shows it."""
    batch, facts, named = case.batch, case.facts, shown(case)
    return {
        "issued_to_merchant": named & (facts["shown_merchant"] != batch.integers("merchant")),
        "issued_fen": named & (facts["shown_amount_fen"] != batch.integers("amount_fen")),
        "used_by": facts["shown_used"] != 0,
        "expired_at": named & (facts["shown_expires_at"] <= batch.at),
    }


def _good(case: Case) -> NDArray[np.bool_]:
    """A code that is scanned was issued for merchant and amount, has not expired and has not paid yet."""
    named = shown(case)
    if not named.any():
        return ~named
    case.rules.value(id=ONCE, on=case.batch.on)
    return np.asarray(~(named & np.logical_or.reduce(list(_wrong(case).values()))), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    """All that is wrong with the code."""
    facts, wrong = case.facts, _wrong(case)
    figures = {
        "issued_to_merchant": "merchant",
        "issued_fen": "amount_fen",
        "used_by": "used",
        "expired_at": "expires_at",
    }
    return {name: int(facts[f"shown_{column}"][place]) for name, column in figures.items() if wrong[name][place]}


GOOD_MERCHANT_CODE = Gate(rule=ONCE, passes=_good, figures=_figures, applies=shown)


def merchant_code_faults(case: Case) -> dict[int, Invalid]:
    """A fault for each code that was never issued, and for each that is named by another channel."""
    numbers = case.batch.integers("merchant_code")
    if not numbers.any():
        return {}
    dynamic = case.batch.equals("channel", Channel.dynamic_code.value)
    wanted = {True: "the number of a code that was issued", False: "0, unless the channel is dynamic_code"}
    return {
        place: Invalid(field="merchant_code", value=int(numbers[place]), constraint=wanted[bool(dynamic[place])])
        for place in np.flatnonzero((numbers != 0) & ~(dynamic & case.facts.found("shown"))).tolist()
    }
