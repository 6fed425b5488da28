"""The limit legs of a payment from balance or by code: which usage they count in, and the ceiling of that day.

Sources: PBoC Announcement [2015] No. 43, arts. 11, 24 (class, authentication); 银发〔2017〕296号, arts. 12, 13 (code),
24 (micro-merchants);
银发〔2016〕261号, item 二（十） (transfers, as agreed).
Worked case: a Class II wallet pays 80.00 by dynamic code with one kind of factor, 50.00 from balance and
30.00 from the card: the year's usage and the day's usage for one kind grow by 50.00, the code usage of level C for
wallets by 50.00 and for bank accounts by 30.00.
"""

from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.proposals import LegTable
from benyuan.decisions.usecase import Case
from benyuan.ledger import AMOUNT_MAX, NO_CEILING, LegFlag
from benyuan.payments.chart import LegCode, MicroUsage, Own, Usage
from benyuan.payments.sellers import as_firm
from benyuan.payments.standing import WHOLE_PPM, daily_factor_ppm
from benyuan.payments.vocabulary import CHANNEL_NUMBER, Authentication, Channel

CLASS_RULES = ("pay.account.class1.lifetime", "pay.account.class2.year", "pay.account.class3.year")
DAILY_RULES = ("pay.daily.lt_two_factor", "pay.daily.two_factor_no_cert", "pay.daily.two_factor_with_cert")
CODE_RULES = ("qr.risk.A", "qr.risk.B", "qr.risk.C", "qr.risk.D")
MICRO_RULES = ("qr.micro_merchant.credit_day", "qr.micro_merchant.credit_month")
TRANSFER_RULES = ("pay.transfer.limits_by_contract", "pay.transfer.count_by_contract")
BALANCE_RULES = (*CLASS_RULES, *DAILY_RULES)

ONE_KIND, TWO_KINDS, CERTIFICATE = 0, 1, 2
AUTHENTICATION_NUMBER = {
    Authentication.one_kind.value: ONE_KIND,
    Authentication.two_kinds.value: TWO_KINDS,
    Authentication.two_kinds_with_certificate.value: CERTIFICATE,
}
LEVEL_A, LEVEL_B, LEVEL_C, LEVEL_D = 0, 1, 2, 3


def authentication_number(case: Case) -> NDArray[np.int64]:
    """0: fewer than two kinds of factor; 1: two kinds; 2: two kinds with certificate or e-signature."""
    return case.batch.numbers("authentication", AUTHENTICATION_NUMBER)


def code_level(case: Case, authentication: NDArray[np.int64]) -> NDArray[np.int64]:
    """The risk level of a bar-code payment, 0 for A to 3 for D; -1: not by code. A static code is level D."""
    channel = case.batch.numbers("channel", CHANNEL_NUMBER)
    level = np.where(channel == CHANNEL_NUMBER[Channel.static_code], LEVEL_D, LEVEL_C - authentication)
    return np.where(channel == CHANNEL_NUMBER[Channel.online], -1, level)


class UsageLegs:
    """Adds limit legs that follow money legs: each counts what really moved."""

    def __init__(self, *, case: Case, table: LegTable, rules: tuple[str, ...]) -> None:
        self._case = case
        self._table = table
        self._rules = rules
        self._control = case.facts["institution_first_account"] + Own.usage_control
        self._usage = case.facts["person_first_usage"]

    @cached_property
    def _as_firm(self) -> NDArray[np.bool_]:
        """Where the payer is an individual seller who is treated as a firm."""
        return as_firm(self._case)

    def rule_number(self, rule: str) -> int:
        """The place of a rule among those of the use case."""
        return self._rules.index(rule)

    def ceiling(self, rule: str) -> int:
        """The rule's figure on the day, in fen; no ceiling where the text leaves it to the contract."""
        value = self._case.rules.value(id=rule, on=self._case.batch.on)
        return NO_CEILING if value.agreed else value.fen

    def _count(self, *, where: Any, account: Any, ceiling: Any, rule: Any, follows: int) -> None:
        self._table.add(
            where=where,
            debit=account,
            credit=self._control,
            amount=AMOUNT_MAX,
            code=LegCode.usage,
            flags=LegFlag.following_moved,
            ceiling=ceiling,
            follows_line=follows,
            rule=rule,
        )

    def count_class(self, *, where: NDArray[np.bool_], follows: int) -> None:
        """Art. 11: Class I counts for its lifetime; what a customer pays in a year is held under Class II or III.

        Of an individual seller who is treated as a firm it is counted, and nothing holds it (art. 34).
        """
        facts = self._case.facts
        wallet_class = np.where(self._as_firm, 0, facts["wallet_class"])
        self.count_lifetime(where=where, follows=follows)
        ceilings = np.array([NO_CEILING, NO_CEILING, self.ceiling(CLASS_RULES[1]), self.ceiling(CLASS_RULES[2])])
        numbers = np.array([self.rule_number(CLASS_RULES[max(number - 1, 0)]) for number in range(len(ceilings))])
        self._count(
            where=where,
            account=self._usage + Usage.year,
            ceiling=ceilings[wallet_class],
            rule=numbers[wallet_class],
            follows=follows,
        )

    def count_lifetime(self, *, where: NDArray[np.bool_], follows: int) -> None:
        """Art. 11(1): what a Class I wallet has ever paid, withdrawals to the customer's own bank account included."""
        facts = self._case.facts
        self._count(
            where=where & (facts["wallet_class"] == 1),
            account=facts["wallet_lifetime_usage"],
            ceiling=np.where(self._as_firm, NO_CEILING, self.ceiling(CLASS_RULES[0])),
            rule=self.rule_number(CLASS_RULES[0]),
            follows=follows,
        )

    def count_day(self, *, where: NDArray[np.bool_], authentication: NDArray[np.int64], follows: int) -> None:
        """Art. 24: what a customer pays from balance in a day, by kinds of factor; art. 36 may lift it."""
        lifted = daily_factor_ppm(self._case)
        plain = np.array([self.ceiling(rule) for rule in DAILY_RULES])[authentication]
        certified = authentication == CERTIFICATE
        agreed = self._agreed()
        ceiling = np.where(certified, agreed, np.where(certified, 0, plain) * lifted // WHOLE_PPM)
        ceiling = np.where(self._as_firm & ~certified, NO_CEILING, ceiling)
        self._count(
            where=where & (~certified | (agreed != NO_CEILING)),
            account=self._usage + Usage.day_one_kind + authentication,
            ceiling=ceiling,
            rule=np.array([self.rule_number(rule) for rule in DAILY_RULES])[authentication],
            follows=follows,
        )

    def count_code(self, *, where: NDArray[np.bool_], level: NDArray[np.int64], first: Usage, follows: int) -> None:
        """296号 arts. 12, 13: what a customer pays by code in a day, wallets and bank accounts apart, by level."""
        if (level < 0).all():
            return
        held = np.maximum(level, 0)
        ceilings = np.array([self.ceiling(rule) for rule in CODE_RULES])[held]
        agreed = self._agreed()
        ceiling = np.where(level == LEVEL_A, agreed, ceilings)
        self._count(
            where=where & (level >= 0) & ((level != LEVEL_A) | (agreed != NO_CEILING)),
            account=self._usage + first + held,
            ceiling=ceiling,
            rule=np.array([self.rule_number(rule) for rule in CODE_RULES])[held],
            follows=follows,
        )

    def count_micro(self, *, where: NDArray[np.bool_], follows: int) -> None:
        """296号 art. 24: what one natural person's micro-merchants take from credit cards by code."""
        if not where.any():
            return
        for rule, offset in zip(MICRO_RULES, MicroUsage, strict=True):
            self._count(
                where=where,
                account=self._case.facts["principal_micro_usage"] + offset,
                ceiling=self.ceiling(rule),
                rule=self.rule_number(rule),
                follows=follows,
            )

    def count_listed(self, *, where: NDArray[np.bool_], rules: tuple[str, str], follows: int) -> None:
        """259号 item 一（二）3: what a static code on the white list takes from afar, how often and how much."""
        facts, (uses, amount) = self._case.facts, rules
        self._count_once(where=where, account=facts["listed_account"], ceiling=facts["listed_uses"], rule=uses)
        self._count(
            where=where,
            account=facts["listed_account"] + 1,
            ceiling=facts["listed_limit_fen"],
            rule=self.rule_number(amount),
            follows=follows,
        )

    def _count_once(self, *, where: NDArray[np.bool_], account: Any, ceiling: Any, rule: str) -> None:
        self._table.add(
            where=where,
            debit=account,
            credit=self._control,
            amount=1,
            code=LegCode.usage,
            ceiling=np.minimum(ceiling, self.ceiling(rule)),
            rule=self.rule_number(rule),
        )

    def count_transfer(self, *, where: NDArray[np.bool_], follows: int) -> None:
        """261号 item 二（十）: what a customer transfers in a day, and how often, as agreed at the opening."""
        facts = self._case.facts
        amount, count = TRANSFER_RULES
        if self._case.rules.in_force(id=amount, on=self._case.batch.on) is None:
            return
        self._count(
            where=where & (facts["person_transfer_daily_fen"] > 0),
            account=self._usage + Usage.transfer_day,
            ceiling=np.minimum(facts["person_transfer_daily_fen"], self.ceiling(amount)),
            rule=self.rule_number(amount),
            follows=follows,
        )
        self._count_once(
            where=where & (facts["person_transfer_daily_count"] > 0),
            account=self._usage + Usage.transfer_count_day,
            ceiling=facts["person_transfer_daily_count"],
            rule=count,
        )

    def _agreed(self) -> NDArray[np.int64]:
        """The daily limit of the customer's own agreement; none where none was agreed."""
        agreed = self._case.facts["person_agreed_daily_fen"]
        return np.where(agreed > 0, agreed, NO_CEILING)
