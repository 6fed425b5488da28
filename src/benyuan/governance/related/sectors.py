"""The sectors of which Order 2022 No. 1 limits what is outstanding with related parties: by which lines and rules.

Source: CBIRC Order 2022 No. 1, arts. 16, 20, 25, 26. Consumer finance and trust companies have no ceiling there: their
articles (21, 23) say from where on a transaction is major. Worked number: an insurer's equity in a related party counts
in three lines (all parties, equity, that party), shares abroad in four.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benyuan.governance.related.laws import BANK, INSURER, LEASING, LENDER, Law
from benyuan.governance.related.vocabulary import Funds, Line
from benyuan.parties.bodies.vocabulary import Business, Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """`law`: whose register and day of figures it goes by; `lines`: the rule of each, in order.

    `secured`: security is taken off. `own_out`: companies that it controls are no party to its limits. `with_own`: what
    its companies outside finance give counts with what it gives. `assets`: so does what it sold and was not paid for.
    """

    law: Law
    lines: Mapping[Line, str]
    secured: bool = False
    own_out: bool = True
    with_own: bool = False
    assets: bool = False


BANKS = Sector(
    law=BANK,
    lines={Line.party: "rpt.bank.limits", Line.group: "rpt.bank.limits.group", Line.every: "rpt.bank.limits.all"},
    secured=True,
    own_out=False,
)
LEASERS = Sector(
    law=LEASING,
    lines={
        Line.party: "rpt.leasing.limits",
        Line.every: "rpt.leasing.limits.all",
        Line.holder: "rpt.leasing.holder",
    },
)
MANAGERS = Sector(
    law=LENDER,
    lines={Line.party: "rpt.amc.limits", Line.group: "rpt.amc.limits.group", Line.every: "rpt.amc.limits.all"},
    secured=True,
    with_own=True,
    assets=True,
)
CAR_FINANCE = Sector(law=LENDER, lines={Line.holder: "rpt.auto.holder"}, own_out=False)
CLASS_RULE = "rpt.insurer.funds.class"
INSURERS = Sector(
    law=INSURER,
    lines={
        Line.invested: "rpt.insurer.funds",
        **dict.fromkeys((Line.equity, Line.real_estate, Line.other_financial, Line.abroad), CLASS_RULE),
        Line.invested_one: "rpt.insurer.funds.one",
        Line.product_share: "rpt.insurer.funds.product",
    },
    with_own=True,
)
SECTORS: Mapping[Business, Sector] = {
    Business.commercial_bank: BANKS,
    Business.village_bank: BANKS,
    Business.financial_leasing: LEASERS,
    Business.asset_management: MANAGERS,
    Business.auto_finance: CAR_FINANCE,
    Business.life_insurance: INSURERS,
    Business.property_insurance: INSURERS,
    Business.reinsurance: INSURERS,
    Business.insurance_asset_management: INSURERS,
}
CLASSES: Mapping[Line, tuple[frozenset[Funds], Figure]] = {
    Line.equity: (frozenset({Funds.equity, Funds.abroad_equity}), Figure.equity_limit),
    Line.real_estate: (frozenset({Funds.real_estate, Funds.abroad_real_estate}), Figure.real_estate_limit),
    Line.other_financial: (frozenset({Funds.other_financial, Funds.abroad_other}), Figure.other_financial_limit),
    Line.abroad: (
        frozenset({Funds.abroad_fixed_income, Funds.abroad_equity, Funds.abroad_real_estate, Funds.abroad_other}),
        Figure.abroad_limit,
    ),
}
"""Which funds each class of assets takes in, and the figure that says how much of it there may be in all."""
INVESTED = frozenset({Funds.fixed_income, *(funds for taken, _ in CLASSES.values() for funds in taken)})
"""What an insurer's funds go into."""
OF_INSURERS = frozenset({*INVESTED, Funds.own_use})
OF_TRUSTS = frozenset({Funds.own_property, Funds.single_trust, Funds.collective_trust, Funds.holders_trust})
RULES = tuple(dict.fromkeys(rule for sector in SECTORS.values() for rule in sector.lines.values()))
