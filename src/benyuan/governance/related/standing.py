"""What a body may not do with related parties because of a loss that was found, or of how its governance is graded.

Source: CBIRC Order 2022 No. 1, arts. 28 ¶3, 30, 31, 33. Worked number: a loss that was found on 20260501 bars what is
signed from then until 20280501, that day included.
"""

from collections.abc import Iterator, Mapping

from benyuan.governance.related.deal import Deal
from benyuan.governance.related.records import GOVERNANCE_GRADE, GRADE_KEY, RELATED_LOSS
from benyuan.governance.related.vocabulary import GOVERNANCE_GRADE_NUMBER, GovernanceGrade, TransactionSort
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.bodies.vocabulary import Business
from benyuan.parties.ownership.dated import Column, rows_in_force
from benyuan.rules import RuleNotInForce, RulePack
from benyuan.values.dates import MONTHS_A_YEAR, add_months

BANK_LOSS, LEASING_LOSS, WORST = "rpt.bank.after_loss", "rpt.leasing.after_loss", "rpt.worst_grade"
OF_STANDING = (BANK_LOSS, LEASING_LOSS, WORST)
AFTER_LOSS: Mapping[Business, str] = {
    Business.commercial_bank: BANK_LOSS,
    Business.village_bank: BANK_LOSS,
    Business.asset_management: BANK_LOSS,
    Business.financial_leasing: LEASING_LOSS,
}
BOTH_WAYS = frozenset(
    {
        *(Business.trust, Business.asset_management, Business.financial_leasing),
        *(Business.auto_finance, Business.consumer_finance),
    }
)
"""Of whom what they take counts as well as what they give: the text speaks of what rests on money (art. 22)."""
GRADED = frozenset(
    {
        *(*AFTER_LOSS, *BOTH_WAYS, Business.life_insurance, Business.property_insurance, Business.reinsurance),
        Business.insurance_asset_management,
    }
)


def bans_of_standing(
    column: Column, rules: RulePack, deal: Deal, *, business: Business, approved: int, seen: int
) -> Iterator[str]:
    """The rules that forbid a deal with a related party. `approved`: what an approval that is named leaves, in fen.

    Errors: RuleNotInForce.
    """
    rule = AFTER_LOSS.get(business)
    if rule is not None and _gives(deal, assets=business is Business.financial_leasing):
        lessens = deal.lessens_loss and approved >= deal.amount_fen
        if not lessens and lost_on(column, rules, deal, rule=rule, seen=seen):
            yield rule
    if business in GRADED and _rests_on_money(deal, business):
        rules.value(id=WORST, on=deal.signed_on)
        if _worst(column, deal, seen=seen):
            yield WORST


def ban_of_finance(column: Column, rules: RulePack, deal: Deal, *, business: Business, seen: int) -> int:
    """Which of `OF_STANDING` forbids finance, counted from 1; 0 for none, and where such a rule has no value."""
    try:
        found = list(bans_of_standing(column, rules, deal, business=business, approved=0, seen=seen))
    except RuleNotInForce:
        return 0
    return OF_STANDING.index(found[0]) + 1 if found else 0


def lost_on(column: Column, rules: RulePack, deal: Deal, *, rule: str, seen: int) -> int:
    """The day of the latest loss on whom a deal reaches that still bars it; 0 for none."""
    years = rules.value(id=rule, on=deal.signed_on).count
    held = {name: column(RELATED_LOSS, name)[1:] for name in RELATED_LOSS.columns}
    held["party"] = ones_of(column, seen=seen).column(held["party"])
    mine = (held["body"] == deal.body) & (held["party"] == deal.reaches) & (held["position"] <= seen)
    found = held["from_date"][mine & (held["from_date"] <= deal.signed_on)]
    bars = [day for day in found.tolist() if deal.signed_on <= add_months(day, MONTHS_A_YEAR * years)]
    return max(bars, default=0)


def _gives(deal: Deal, *, assets: bool) -> bool:
    return deal.exposes or (assets and deal.sort in (TransactionSort.finance, TransactionSort.asset_transfer))


def _rests_on_money(deal: Deal, business: Business) -> bool:
    finance = deal.sort is TransactionSort.finance and business in BOTH_WAYS
    return deal.exposes or deal.invests or finance


def _worst(column: Column, deal: Deal, *, seen: int) -> bool:
    rows = rows_in_force(column, GOVERNANCE_GRADE, key=GRADE_KEY, on=deal.signed_on, seen=seen)
    worst = GOVERNANCE_GRADE_NUMBER[GovernanceGrade.e]
    return any(row["body"] == deal.body and row["grade"] == worst and not row["allowed"] for row in rows)
