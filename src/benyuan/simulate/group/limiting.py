"""What may be outstanding inside the sample group: up to the limit and a fen over it, of the law and of the house.

Sources: PBoC Order [2020] No. 4, art. 36 item 5; PBoC Order [2023] No. 1, arts. 22, 27. Worked number: the fund
manager's net capital of 700,000,000.00 lets it have 70,000,000.00 with related parties of the holding company; when it
is 500,000,000.00, the 60,000,000.00 that are left are 10,000,000.00 too many.
"""

from typing import Any

from benyuan.simulate.group.bodies import FUNDS, HOLDING, INVENTED, LENDER, OWNER, SUPPLIER
from benyuan.simulate.group.dealing import DEAL, TERMS, WAN
from benyuan.simulate.telling import Telling

GIVEN, HOUSE, MONEY = "fhc.lim.fi_to_affiliate", "fhc.rpt.limits", "rpt.house.money"
QUARTER_SINCE = 20261031


def limit(story: Telling, day: int, *, lent: int) -> None:
    """The law's limit, the house's, money that names what was recorded (`lent`), and a figure that falls."""
    bought = _bonds(story, day)
    _house(story, day)
    _money(story, day, lent=lent)
    story.do("return_related_finance", day, "17:00", transaction=bought, amount_fen=1_000 * WAN)
    fallen: dict[str, Any] = {
        "body": FUNDS,
        "figure": "net_capital",
        "as_of": QUARTER_SINCE,
        "amount_fen": 50_000 * WAN,
    }
    what = "a new figure of the fund manager: what it has is over the limit from here on"
    story.do("record_body_figure", day, "17:10", what, **fallen, **INVENTED)


def _bonds(story: Telling, day: int) -> int:
    def fields(fen: int) -> dict[str, Any]:
        made = {
            "body": FUNDS,
            "party": OWNER,
            "sort": "finance",
            "unsecured": False,
            "amount_fen": fen,
            "signed_on": day,
        }
        return {**made, **TERMS, "exemption": "public_issue", "agreement": "示例债券", "invented": True}

    what = "the fund manager subscribes for 50 million of the owner's public bonds: exempt, and outstanding"
    first = story.do(DEAL, day, "16:30", what, **fields(5_000 * WAN))["transaction"]
    over = fields(2_000 * WAN + 1)
    story.refused(GIVEN, DEAL, day, "16:31", "20 million and a fen more than a tenth of its net capital", **over)
    story.do(DEAL, day, "16:32", "20 million: at the limit", **fields(2_000 * WAN))
    story.refused(GIVEN, DEAL, day, "16:33", "and a fen", **fields(1))
    return first


def _house(story: Telling, day: int) -> None:
    limit: dict[str, Any] = {"body": HOLDING, "span": "each_party", "sort": "services", "amount_fen": 31_300 * WAN}
    what = "the house allows itself 313 million of services a year with each party"
    story.do("set_house_limit", day, "16:40", what, **limit, approved_on=day, from_date=day, **INVENTED)
    made: dict[str, Any] = {"body": HOLDING, "party": SUPPLIER, "sort": "services", "amount_fen": 2 * WAN}
    more: dict[str, Any] = {**made, **TERMS, "signed_on": day, "agreement": "示例合同 10", "invented": True}
    story.refused(HOUSE, DEAL, day, "16:41", "20,000 more with the supplier", **more)


def _money(story: Telling, day: int, *, lent: int) -> None:
    money: dict[str, Any] = {"lender": 1, "source": "borrowing", "amount_fen": 500 * WAN, "funder": HOLDING}
    what = "5 million for the lender, which has recorded nothing"
    story.refused(MONEY, "fund_lender", day, "16:50", what, **money, funders_transaction=lent)
    took: dict[str, Any] = {"body": LENDER, "party": HOLDING, "gives": False, "sort": "finance", **TERMS}
    took |= {"amount_fen": 500 * WAN, "signed_on": day, "agreement": "示例合同 9", "invented": True}
    transaction = story.do(DEAL, day, "16:51", "the lender records 5 million of them: ordinary", **took)["transaction"]
    named = {"transaction": transaction, "funders_transaction": lent}
    story.do("fund_lender", day, "16:52", "now they are booked", **money, **named)
    story.refused(MONEY, "fund_lender", day, "16:53", "and once more: nothing of it is left", **money, **named)
