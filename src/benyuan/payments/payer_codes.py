"""Codes that the payer shows and the merchant scans 付款码: of one wallet, good until they expire, for one payment.

Source: 银发〔2017〕296号, art. 15: such a code is dynamic, with an expiry and a number of uses, so that it is genuine
and nobody is debited for it twice. Worked case: a code issued for wallet 3 until 12:00:00 pays at 11:59:59.999999, not
at 12:00:00; once it has paid, it pays no more; a refused payment leaves it as it was.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.records import PAYER_CODE
from benyuan.payments.vocabulary import Channel

DYNAMIC_ONLY = "qr.merchant_scan.dynamic_only"
CODE_NEED = Need(table=PAYER_CODE, by="payer_code", prefix="code")


def scanned(case: Case) -> NDArray[np.bool_]:
    """Where the merchant scans the payer's code."""
    return case.batch.equals("channel", Channel.payer_code.value)


def wrong_codes(case: Case) -> dict[str, NDArray[np.bool_]]:
    """What can be wrong with a code, and with which it is, by the name of the figure that shows it."""
    batch, facts = case.batch, case.facts
    named = batch.integers("payer_code") != 0
    return {
        "payer_code": ~named,
        "issued_to_wallet": named & (facts["code_wallet"] != batch.integers("payer")),
        "used_by": facts["code_used"] != 0,
        "expired_at": named & (facts["code_expires_at"] <= batch.at),
    }


def good_code(case: Case) -> NDArray[np.bool_]:
    """A code that is shown was issued for the wallet, has not expired and has not paid yet."""
    shown = scanned(case)
    if not shown.any():
        return ~shown
    case.rules.value(id=DYNAMIC_ONLY, on=case.batch.on)
    passes: NDArray[np.bool_] = ~(shown & np.logical_or.reduce(list(wrong_codes(case).values())))
    return passes


def code_figures(case: Case, place: int) -> dict[str, Any]:
    """All that is wrong with the code: no number, another's, the payment that used it, when it expired."""
    facts = case.facts
    figures = {
        "payer_code": 0,
        "issued_to_wallet": int(facts["code_wallet"][place]),
        "used_by": int(facts["code_used"][place]),
        "expired_at": int(facts["code_expires_at"][place]),
    }
    wrong = wrong_codes(case)
    return {name: figure for name, figure in figures.items() if wrong[name][place]}


GOOD_CODE = Gate(rule=DYNAMIC_ONLY, passes=good_code, figures=code_figures, applies=scanned)


def code_faults(case: Case) -> dict[int, Invalid]:
    """A fault for each code that was never issued, and for each that is named where none is shown."""
    numbers = case.batch.integers("payer_code")
    if not numbers.any():
        return {}
    shown, found = scanned(case), case.facts.found("code")
    wanted = {True: "the number of a code that was issued", False: "0, unless the channel is payer_code"}
    return {
        place: Invalid(field="payer_code", value=int(numbers[place]), constraint=wanted[bool(shown[place])])
        for place in np.flatnonzero((numbers != 0) & ~(shown & found)).tolist()
    }
