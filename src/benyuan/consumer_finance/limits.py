"""The limit legs of new lending: the borrower's line, the account's own, capital, leverage, joint and guaranteed loans.

Each counts what the loan leg really moved. Usage is a balance: a repayment lowers it and is never refused; a ceiling
that has sunk below the usage refuses new business only. The ceilings of ratios follow from the latest figures.

Worked number: net capital of 2,100 million at 10.5% carries 20,000 million of risk; other assets use 500 million of
that, and at a weight of 75% loans may reach 26,000 million.
"""

from typing import Any

import numpy as np

from benyuan.consumer_finance.chart import BorrowerOwn, LenderLeg, LenderOwn
from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.decisions.proposals import LegTable
from benyuan.decisions.usecase import Case
from benyuan.ledger import AMOUNT_MAX, LegFlag

LINE = "cf.loan.per_customer_cap"
CAPITAL, LEVERAGE = "cf.cap.capital_adequacy", "cf.cap.leverage"
RATIO_RULES = (CAPITAL, LEVERAGE)
ONE_PARTNER, ALL_JOINT, GUARANTEED = "il.partner.single_cap", "il.partner.total_cap", "cf.guarantee.share"
JOINT_RULES = (ONE_PARTNER, ALL_JOINT, GUARANTEED)
PPM = 1_000_000


class LoanLegs:
    """Adds limit legs that follow the loan leg."""

    def __init__(self, *, case: Case, table: LegTable, rules: tuple[str, ...]) -> None:
        self._case = case
        self._table = table
        self._rules = rules
        self._control = case.facts["lender_first_account"] + LenderOwn.usage_control

    def count_line(self, *, where: Truths, follows: int, ceiling: Ints) -> None:
        """All that the borrower owes on all products, within the line that was granted and the law's cap on lines."""
        cap = self._case.rules.value(id=LINE, on=self._case.batch.on).fen
        account = self._case.facts["borrower_first_usage"] + BorrowerOwn.line
        self._count(where=where, account=account, ceiling=np.minimum(ceiling, cap), rule=LINE, follows=follows)

    def count_account(self, *, where: Truths, follows: int) -> None:
        """What is drawn on the account, within its own line."""
        facts = self._case.facts
        self._count(
            where=where, account=facts["account_usage"], ceiling=facts["account_line_fen"], rule=LINE, follows=follows
        )

    def count_ratios(self, *, where: Truths, follows: int) -> None:
        """All loans of the lender, within what its capital carries by weight and by leverage; the lower one refuses."""
        if not where.any():
            return
        by_weight, by_leverage = carried_fen(self._case)
        capital, leverage = (self._rules.index(rule) for rule in RATIO_RULES)
        self._count(
            where=where,
            account=self._case.facts["lender_first_account"] + LenderOwn.exposure_usage,
            ceiling=np.minimum(by_weight, by_leverage),
            rule=np.where(by_weight <= by_leverage, capital, leverage),
            follows=follows,
        )

    def count_line_amount(self, *, where: Truths, amount: Ints, ceiling: Ints) -> None:
        """The borrower's line by the whole of a loan, whoever lends it."""
        cap = self._case.rules.value(id=LINE, on=self._case.batch.on).fen
        account = self._case.facts["borrower_first_usage"] + BorrowerOwn.line
        self._count_whole(where=where, account=account, amount=amount, ceiling=np.minimum(ceiling, cap), rule=LINE)

    def count_joint(self, *, where: Truths, follows: int, partner_usage: Ints) -> None:
        """The lender's own part of joint loans: with one partner against tier-1 capital, with all against all loans."""
        if not where.any():
            return
        facts, rules, on = self._case.facts, self._case.rules, self._case.batch.on
        one = _share_of(facts["figures_tier1_fen"], rules.value(id=ONE_PARTNER, on=on).ppm)
        joint = facts["lender_first_account"] + LenderOwn.joint_usage
        every = _share_of(facts["closed_loans_fen"], rules.value(id=ALL_JOINT, on=on).ppm)
        self._count(where=where, account=partner_usage, ceiling=one, rule=ONE_PARTNER, follows=follows)
        self._count(where=where, account=joint, ceiling=every, rule=ALL_JOINT, follows=follows)

    def count_guaranteed(self, *, where: Truths, amount: Ints) -> None:
        """Guaranteed loans against all loans of the latest close."""
        if not where.any():
            return
        facts = self._case.facts
        share = self._case.rules.value(id=GUARANTEED, on=self._case.batch.on).ppm
        account = facts["lender_first_account"] + LenderOwn.guaranteed_usage
        ceiling = _share_of(facts["closed_loans_fen"], share)
        self._count_whole(where=where, account=account, amount=amount, ceiling=ceiling, rule=GUARANTEED)

    def _count_whole(self, *, where: Truths, account: Any, amount: Ints, ceiling: Any, rule: str) -> None:
        self._table.add(
            where=where,
            debit=account,
            credit=self._control,
            amount=amount,
            code=LenderLeg.usage,
            ceiling=ceiling,
            rule=self._rules.index(rule),
        )

    def _count(self, *, where: Truths, account: Any, ceiling: Any, rule: Any, follows: int) -> None:
        self._table.add(
            where=where,
            debit=account,
            credit=self._control,
            amount=AMOUNT_MAX,
            code=LenderLeg.usage,
            flags=LegFlag.following_moved,
            ceiling=ceiling,
            follows_line=follows,
            rule=self._rules.index(rule) if isinstance(rule, str) else rule,
        )


def carried_fen(case: Case) -> tuple[Ints, Ints]:
    """The most that all loans may be: by capital and risk weight, by tier-1 capital and leverage; 0 without figures."""
    facts, on = case.facts, case.batch.on
    adequacy = case.rules.value(id=CAPITAL, on=on).ppm
    leverage = case.rules.value(id=LEVERAGE, on=on).ppm
    weight = np.maximum(facts["policy_risk_weight_ppm"], 1)
    weighted = np.maximum(_grown(facts["figures_net_capital_fen"], adequacy) - facts["figures_other_weighted_fen"], 0)
    exposure = np.maximum(_grown(facts["figures_tier1_fen"], leverage) - facts["figures_other_exposure_fen"], 0)
    return np.where(facts["policy_found"] != 0, _grown(weighted, weight), 0), exposure


def _share_of(fen: Ints, share_ppm: int) -> Ints:
    part: Ints = fen // PPM * share_ppm + fen % PPM * share_ppm // PPM
    return part


def _grown(fen: Ints, weight_ppm: Ints | int) -> Ints:
    """What weighs so much; split, so that large sums do not overflow."""
    whole: Ints = fen // weight_ppm * PPM + fen % weight_ppm * PPM // weight_ppm
    return whole
