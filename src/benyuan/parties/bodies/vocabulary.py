"""The words of bodies: what they are in law, what they do, where their figures come from.

Source: PBoC Order [2020] No. 4, art. 2 ¶3, for the types of financial institution, which are fewer than the businesses.
Worked number: a securities firm and a fund manager are of one type (item four), so who controls both controls one type.
"""

from enum import StrEnum

from benyuan.decisions.words import numbers_of


class BodyKind(StrEnum):
    """What a body is in law. A `product` is a fund, trust plan or the like, which holds shares for others."""

    company = "company"
    partnership = "partnership"
    product = "product"
    authority = "authority"
    other = "other"
    individual = "individual"


class Business(StrEnum):
    """What a body does."""

    none = "none"
    financial_holding = "financial_holding"
    commercial_bank = "commercial_bank"
    village_bank = "village_bank"
    financial_leasing = "financial_leasing"
    trust = "trust"
    asset_management = "asset_management"
    securities = "securities"
    fund_manager = "fund_manager"
    futures = "futures"
    life_insurance = "life_insurance"
    property_insurance = "property_insurance"
    reinsurance = "reinsurance"
    insurance_asset_management = "insurance_asset_management"
    recognised = "recognised"
    finance_company = "finance_company"
    consumer_finance = "consumer_finance"
    payment = "payment"
    credit_bureau = "credit_bureau"
    micro_lending = "micro_lending"
    other_financial = "other_financial"
    other = "other"
    auto_finance = "auto_finance"


class Place(StrEnum):
    """Where a body is registered."""

    mainland = "mainland"
    hong_kong_macao_taiwan = "hong_kong_macao_taiwan"
    abroad = "abroad"


class Figure(StrEnum):
    """A figure of a body's accounts. `related_investments`: the book value of art. 17, in bodies of finance besides.

    `outside_guarantees`: the balance of guarantees for others than the group (art. 36 item 7). `net_capital`: of a bank
    and the like, by the rules of its sector; `capital_required`: what these ask of it. `capital_from_group`: what of
    its capital bodies of the group gave, but shares. `group_investments`: the book value of its stakes in bodies of
    the group. `liquid_assets`, `net_outflows`: of the coming month, by the rules of its sector. `total_exposures`: all
    that it is exposed to. `equity_limit` to `abroad_limit`: how much an insurer may have in assets of a class, by the
    rules of its sector. `issued_total`: what was issued of a product in all.
    """

    total_assets = "total_assets"
    net_assets = "net_assets"
    registered_capital = "registered_capital"
    paid_in_capital = "paid_in_capital"
    entrusted_assets = "entrusted_assets"
    financial_assets = "financial_assets"
    equity_investments = "equity_investments"
    related_investments = "related_investments"
    outside_guarantees = "outside_guarantees"
    profit = "profit"
    net_capital = "net_capital"
    capital_required = "capital_required"
    capital_from_group = "capital_from_group"
    group_investments = "group_investments"
    liquid_assets = "liquid_assets"
    net_outflows = "net_outflows"
    total_exposures = "total_exposures"
    equity_limit = "equity_limit"
    real_estate_limit = "real_estate_limit"
    other_financial_limit = "other_financial_limit"
    abroad_limit = "abroad_limit"
    issued_total = "issued_total"


class Basis(StrEnum):
    """Whose accounts a figure is of: the body's own, or those of it and all that it controls."""

    own = "own"
    consolidated = "consolidated"


BODY_KIND_NUMBER, BUSINESS_NUMBER, PLACE_NUMBER, FIGURE_NUMBER, BASIS_NUMBER = (
    numbers_of(words, first=1) for words in (BodyKind, Business, Place, Figure, Basis)
)
MAY_BE_NEGATIVE = frozenset({Figure.net_assets, Figure.profit, Figure.net_capital})
"""Figures that can be below nought."""

NO_FINANCE = frozenset({Business.none, Business.other})
"""What is no financial business, and needs no licence for one."""

TYPE_OF = {
    Business.commercial_bank: 1,
    Business.financial_leasing: 1,
    Business.trust: 2,
    Business.asset_management: 3,
    Business.securities: 4,
    Business.fund_manager: 4,
    Business.futures: 4,
    Business.life_insurance: 5,
    Business.property_insurance: 5,
    Business.reinsurance: 5,
    Business.insurance_asset_management: 5,
    Business.recognised: 6,
}
"""The item of art. 2 ¶3 under which a business is a type of financial institution; others are none."""
