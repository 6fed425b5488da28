"""What the order on banks and insurers lets the sample group's insurer and bank do: up to a limit, and a fen over it.

Source: CBIRC Order 2022 No. 1, arts. 16, 20. Worked number: of 1,000,000,000.00 of equity that the insurer may have in
all 300,000,000.00 may be in related parties; when it may have 800,000,000.00 they are 60,000,000.00 too many.
"""

from typing import Any

from benyuan.simulate.group.bodies import BANK, INSURER, INVENTED, OWNER, PARTNER_BANK, SUPPLIER
from benyuan.simulate.group.dealing import DEAL, TERMS
from benyuan.simulate.group.figures import QUARTER, YI
from benyuan.simulate.group.limiting import QUARTER_SINCE
from benyuan.simulate.telling import Telling

FIGURE = "record_body_figure"
CLASS, ONE = "rpt.insurer.funds.class", "rpt.insurer.funds.one"
PRODUCT, INTERBANK = "rpt.insurer.funds.product", "rpt.bank.interbank"
OVERNIGHT: dict[str, Any] = {"left_out": "between_banks", "left_out_because": "示例：隔夜同业拆借"}


def exercise(story: Telling, day: int) -> None:
    """Shares, a product and a house for the insurer; what the bank leaves out; a figure that falls."""
    for name, yi in (("equity_limit", 10), ("real_estate_limit", 60)):
        limit: dict[str, Any] = {"body": INSURER, "figure": name, "as_of": QUARTER, "amount_fen": yi * YI}
        story.do(FIGURE, day, "17:20", **limit, **INVENTED)
    _shares(story, day)
    _product(story, day)
    _house(story, day)
    _bank(story, day)
    fallen: dict[str, Any] = {"body": INSURER, "figure": "equity_limit", "as_of": QUARTER_SINCE, "amount_fen": 8 * YI}
    what = "the insurer may have less equity: what it has is over the limit from here on"
    story.do(FIGURE, day, "17:59", what, **fallen, **INVENTED)


def _fields(day: int, body: int, party: int, fen: int, **more: Any) -> dict[str, Any]:
    made = {"body": body, "party": party, "sort": "finance", "amount_fen": fen, "signed_on": day, **TERMS}
    made |= {"unsecured": False, "exemption": "public_issue", "agreement": "示例投资", "invented": True}
    return {**made, **more}


def _shares(story: Telling, day: int) -> None:
    def fields(fen: int, **more: Any) -> dict[str, Any]:
        return _fields(day, INSURER, OWNER, fen, **{"funds": "equity", **more})

    what = "the insurer subscribes for shares, and does not say of which class"
    story.senseless("funds", DEAL, day, "17:21", what, **fields(YI, funds="none"))
    story.do(DEAL, day, "17:22", "200 million of the owner's shares: of 300 million that are free", **fields(2 * YI))
    story.refused(CLASS, DEAL, day, "17:23", "100 million and a fen more", **fields(YI + 1))
    story.do(DEAL, day, "17:24", "100 million: at the limit of the class", **fields(YI))


def _product(story: Telling, day: int) -> None:
    through = _fields(day, INSURER, SUPPLIER, 2 * YI, passes_on_to=OWNER, funds="fixed_income")
    what = "money through somebody to the owner, and no product is named"
    story.senseless("bought", DEAL, day, "17:30", what, **through)
    named: dict[str, Any] = {"kind_of_body": "product", "name": "某资管产品（示例）", "from_date": day, **INVENTED}
    product = story.do("register_body", day, "17:31", **named)["body"]
    issued: dict[str, Any] = {"body": product, "figure": "issued_total", "as_of": QUARTER, "amount_fen": 4 * YI}
    story.do(FIGURE, day, "17:32", **issued, **INVENTED)
    over = {**through, "bought": product, "amount_fen": 2 * YI + 1}
    story.refused(PRODUCT, DEAL, day, "17:33", "half of a product for the owner, and a fen", **over)
    story.do(DEAL, day, "17:34", "half of it", **{**through, "bought": product})


def _house(story: Telling, day: int) -> None:
    bought: dict[str, Any] = {"sort": "asset_transfer", "gives": False, "funds": "real_estate"}
    bought |= {"exemption": "state_price", "agreement": "示例房产"}
    what = "a house of the owner for 1.3 billion and a fen: 30% of net assets are 1.8 billion, 500 million are out"
    story.refused(ONE, DEAL, day, "17:40", what, **_fields(day, INSURER, OWNER, 13 * YI + 1, **bought))
    story.do(DEAL, day, "17:41", "the same for 1.3 billion", **_fields(day, INSURER, OWNER, 13 * YI, **bought))


def _bank(story: Telling, day: int) -> None:
    stake: dict[str, Any] = {"owner": PARTNER_BANK, "owned": BANK, "part": 5, "whole": 100, "from_date": day}
    story.do(
        "record_stake", day, "17:50", "another bank takes 5% of the bank: it is a related party", **stake, **INVENTED
    )
    what = "3.8 billion and a fen of its bonds: more than a tenth of net capital"
    story.refused("rpt.bank.limits", DEAL, day, "17:51", what, **_fields(day, BANK, PARTNER_BANK, 38 * YI + 1))
    lent = _fields(day, BANK, PARTNER_BANK, 40 * YI, **OVERNIGHT, exemption="none")
    story.do(DEAL, day, "17:52", "4 billion overnight, left out of the limits with its ground", **lent)
    what = "the owner is no bank, and nothing that it gets is left out"
    story.refused(INTERBANK, DEAL, day, "17:53", what, **_fields(day, BANK, OWNER, YI, **OVERNIGHT))
