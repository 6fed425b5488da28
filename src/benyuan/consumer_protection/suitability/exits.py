"""Leaving an investment: what shares are worth, what leaving early costs, and the gates of cancelling and redeeming.

Sources: PBoC Order [2020] No. 5, arts. 13, 16(1), 16(4) (customers' money is not taken; how a contract ends, and what
that costs, is told); PBoC Announcement [2015] No. 43, art. 15 (where the money goes). Days, prices and fees are the
product's own. Facts by their prefixes: `sale`, `holding` what the sale opened in the ledger, `exit` what its terms say
of leaving, `price` the price of the day. Nothing here asks whether the product suits, or whether it is still sold:
leaving is open to everybody, minors and people of limited capacity too.

Worked number: 10,000.00 bought at 1.0000 are 10,000.00 shares; 4,000.00 of them at 1.0250 come to 4,100.00; a fee of
0.5% for less than 30 days is 20.50, so 4,079.50 are paid.
"""

from typing import Any

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints, Truths, held
from benyuan.decisions.usecase import Case, Gate
from benyuan.ledger import AMOUNT_MAX
from benyuan.values.days import day_numbers

CANCEL_BY, WAITS, CANCEL_FIRST = "cp.house.exit.cancel_by", "cp.house.exit.waits", "cp.house.exit.cancel_first"
HELD, AS_SHOWN, PAID = "cp.house.exit.held", "cp.house.exit.as_shown", "cp.house.exit.paid"
ORIGINAL_ACCOUNT = "pay.refund.original_account"
PAR = 10_000  # tidy: number one yuan in ten-thousandths
"""The price 1.0000, in ten-thousandths of a yuan: a share is issued at it, and has it until another is published."""
WHOLE_PPM = 1_000_000


def price_of(case: Case) -> Ints:
    """What a share is worth on the day, in ten-thousandths of a yuan."""
    return np.where(case.facts.found("price"), case.facts["price_price"], PAR)


def shares_for(amount_fen: Ints, price: Ints) -> Ints:
    """How many hundredths of a share an amount buys, rounded down: what is over stays with the product."""
    return _whole(fen * PAR // each for fen, each in zip(amount_fen.tolist(), price.tolist(), strict=True))


def worth_fen(shares: Ints, price: Ints) -> Ints:
    """What hundredths of a share come to, in fen, rounded down: what is over stays with the product."""
    return _whole(count * each // PAR for count, each in zip(shares.tolist(), price.tolist(), strict=True))


def _whole(numbers: Any) -> Ints:
    """No more than a balance can hold: what would be more, no wallet can pay and no holding has."""
    return np.fromiter((min(number, AMOUNT_MAX) for number in numbers), np.int64)


def fee_fen(case: Case, gross_fen: Ints) -> Ints:
    """The fee of leaving early by the terms of the sale, rounded down, in the customer's favour; 0 from its day on."""
    facts = case.facts
    days = day_numbers(np.full(len(gross_fen), case.batch.on)) - day_numbers(_sold_on(case))
    early = days < facts["exit_exit_fee_days"]
    rates = np.where(early, facts["exit_exit_fee_ppm"], 0)
    pairs = zip(gross_fen.tolist(), rates.tolist(), strict=True)
    return _whole(gross * rate // WHOLE_PPM for gross, rate in pairs)


def _sold_on(case: Case) -> Ints:
    sold = case.facts["sale_sold_on"]
    return np.where(sold != 0, sold, case.batch.on)


def left_shares(case: Case) -> Ints:
    """How many hundredths of a share of the sale are still held."""
    facts = case.facts
    return np.where(facts["sale_cancelled_on"] != 0, 0, facts["holding_shares"] - facts["holding_redeemed_shares"])


def cost_fen(case: Case, shares: Ints) -> Ints:
    """How much of what the sale counts against the customer's means goes with so many shares.

    The difference of what goes with all that is given back until then, rounded down, so that the last share takes what
    is left and nothing is ever left over.
    """
    facts = case.facts
    columns = (facts["sale_amount_fen"], facts["holding_shares"], facts["holding_redeemed_shares"], shares)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return _whole(
        amount * (gone + now) // max(all_of_it, 1) - amount * gone // max(all_of_it, 1)
        for amount, all_of_it, gone, now in rows
    )


def can_be_cancelled(case: Case) -> Truths:
    """Where the days of the sale's terms are not over; the last day counts."""
    return np.asarray(case.facts["sale_cancel_by"] >= case.batch.on, np.bool_)


def _in_time(case: Case) -> Truths:
    held(case, CANCEL_BY)
    return can_be_cancelled(case)


def _days(case: Case, place: int) -> dict[str, Any]:
    """The last day, where the terms give one, and the day on which it is asked."""
    last = int(case.facts["sale_cancel_by"][place])
    return ({"until_on": last} if last else {"cancel_days": 0}) | {"asked_on": case.batch.on}


IN_TIME = Gate(rule=CANCEL_BY, passes=_in_time, figures=_days)
"""A sale is cancelled until the last of the days of its terms."""


def _past(rule: str) -> Gate:
    def passes(case: Case) -> Truths:
        early = can_be_cancelled(case)
        if early.any():
            held(case, rule)
        return ~early

    return Gate(rule=rule, passes=passes, figures=_days, applies=can_be_cancelled)


PAST_WAITING = _past(WAITS)
"""Money does not go on to the maker while the sale may be cancelled."""
PAST_CANCELLING = _past(CANCEL_FIRST)
"""What may be cancelled without cost is not redeemed at a price and a fee."""


def _within(case: Case) -> Truths:
    held(case, HELD)
    return np.asarray(case.batch.integers("shares") <= left_shares(case), np.bool_)


def _shares(case: Case, place: int) -> dict[str, Any]:
    return {
        "bought_shares": shares_text(int(case.facts["holding_shares"][place])),
        "left_shares": shares_text(int(left_shares(case)[place])),
        "asked_shares": shares_text(int(case.batch.integers("shares")[place])),
    }


WITHIN_HELD = Gate(rule=HELD, passes=_within, figures=_shares)
"""No more is given back than is held; the ledger would not book it either."""


def _shown(case: Case) -> Truths:
    held(case, AS_SHOWN)
    batch = case.batch
    gross = worth_fen(batch.integers("shares"), price_of(case))
    price, fee = batch.integers("price") == price_of(case), batch.integers("fee_fen") == fee_fen(case, gross)
    return np.asarray(price & fee, np.bool_)


def _price_and_fee(case: Case, place: int) -> dict[str, Any]:
    batch = case.batch
    gross = worth_fen(batch.integers("shares"), price_of(case))
    return {
        "price": price_text(int(price_of(case)[place])),
        "shown_price": price_text(int(batch.integers("price")[place])),
        "fee_fen": int(fee_fen(case, gross)[place]),
        "shown_fee_fen": int(batch.integers("fee_fen")[place]),
        "terms": int(case.facts["sale_terms"][place]),
    }


SHOWN = Gate(rule=AS_SHOWN, passes=_shown, figures=_price_and_fee)
"""Price and fee are those that the customer was shown, and the fee is that of the terms on which they bought."""


def shares_text(shares: int) -> str:
    """Hundredths of a share as shares: 123,456 are 1,234.56."""
    return f"{shares // 100:,}.{shares % 100:02d}"


def price_text(price: int) -> str:
    """Ten-thousandths of a yuan as a price: 10,250 are 1.0250."""
    return f"{price // PAR}.{price % PAR:04d}"
