"""An investment is left early: not at a fee while it can be cancelled, not beyond what is held, though off sale.

Sources: PBoC Announcement [2015] No. 43, art. 15; PBoC Order [2020] No. 5, art. 16; the sample product's own terms.
Worked number: 10,000.00 of 20,000.00 shares at 1.0250 come to 10,250.00; 0.5% for less than 30 days is 51.25, so
10,198.75 are paid.
"""

from typing import Any

from benyuan.simulate.protection.investing import BOLD, wallet_fen
from benyuan.simulate.protection.opening import EXIT_FEE_PPM, INVESTMENT
from benyuan.simulate.protection.world import Story

EARLY, OVER, LEFT = 20260708, 20260709, 20260713
HELD_SHARES, GIVEN_SHARES = 2_000_000, 1_000_000
PAR, PRICE, WHOLE_PPM = 10_000, 10_250, 1_000_000


def leave_early(story: Story) -> None:
    """From the last day on which it may be cancelled to half of it given back."""
    sale = story.notes["bold sale"]
    what = f"person {BOLD} wants half of it back at a fee, on the last day on which all is free"
    asked = _redemption(sale, GIVEN_SHARES, price=PAR)
    story.refused("cp.house.exit.cancel_first", "redeem_investment", EARLY, "11:00", what, **asked)
    what = "and cancels a day too late"
    story.refused("cp.house.exit.cancel_by", "cancel_sale", OVER, "10:00", what, sale=sale)
    what = "the days are over: what was paid goes on to the maker"
    story.do("release_sale", OVER, "11:00", what, sale=sale)
    what = "the maker's price of the day is 1.0250; the product is taken off sale"
    story.do("publish_product_price", LEFT, "09:00", product=INVESTMENT, from_date=LEFT, price=PRICE)
    story.do("suspend_product", LEFT, "09:30", what, product=INVESTMENT, reason="under review")
    what = f"person {BOLD} wants more shares back than are held"
    beyond = _redemption(sale, HELD_SHARES + 1, price=PRICE)
    story.refused("cp.house.exit.held", "redeem_investment", LEFT, "10:00", what, **beyond)
    before = wallet_fen(story, BOLD)
    what = "and gives half of them back, at the price and the fee that were shown"
    left = story.do("redeem_investment", LEFT, "10:05", what, **_redemption(sale, GIVEN_SHARES, price=PRICE))
    story.notes |= {f"exit {name}": left[name] for name in ("gross_fen", "fee_fen", "net_fen", "paid_fen", "position")}
    story.notes |= {"exit before": before, "exit after": wallet_fen(story, BOLD)}
    story.do("resume_product", LEFT, "11:00", product=INVESTMENT, reason="reviewed")
    what = "its maker rates it 1 and its seller 2, to sell it to more people; no minutes, no evidence"
    lower = {"product": INVESTMENT, "maker_level": 1, "seller_level": 2}
    story.refused("suit.house.rating_down", "rerate_product", LEFT, "11:05", what, **lower)


def _redemption(sale: int, shares: int, *, price: int) -> dict[str, Any]:
    gross = shares * price // PAR
    return {"sale": sale, "shares": shares, "price": price, "fee_fen": gross * EXIT_FEE_PPM // WHOLE_PPM}
