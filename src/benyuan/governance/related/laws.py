"""Which order binds whom: the ids of its rules, and what its tests are measured by.

Sources: PBoC Order [2023] No. 1, arts. 2, 16; CBIRC Order 2022 No. 1, arts. 2, 14, 19, 21, 23. Worked number: a bank's
transactions are measured by net capital at the last quarter's end, a holding company's by audited net assets at the
last year's end; a payment institution under a holding company by its own net assets, as the first order says, by
reference.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from benyuan.parties.bodies.vocabulary import Business, Figure
from benyuan.rules import RulePack
from benyuan.rules.quantities import PPM

QUARTER_MONTHS = 3


class LawNumber(IntEnum):
    """The orders and their tests, as rows keep them; 0: none binds."""

    none = 0
    holding = 1
    bank = 2
    lender = 3
    leasing = 4
    insurer = 5
    trust = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """`prefix`: of the ids of its rules; `major`: its tests of one transaction and of a year's, one rule or two.

    `measure`: the figure of a body that they are parts of.
    """

    number: LawNumber
    prefix: str
    major: tuple[str, ...]
    measure: Figure

    def rule(self, name: str) -> str:
        """The id of a rule."""
        return f"{self.prefix}.{name}"


HOLDING = Law(
    number=LawNumber.holding,
    prefix="fhc.rpt",
    major=("fhc.rpt.major.single", "fhc.rpt.major.cumulative"),
    measure=Figure.net_assets,
)
BANK = Law(number=LawNumber.bank, prefix="rpt", major=("rpt.bank.major",), measure=Figure.net_capital)
LENDER = Law(number=LawNumber.lender, prefix="rpt", major=("rpt.nbfi.major",), measure=Figure.net_capital)
LEASING = Law(number=LawNumber.leasing, prefix="rpt", major=("rpt.leasing.major",), measure=Figure.net_capital)
INSURER = Law(number=LawNumber.insurer, prefix="rpt", major=("rpt.insurer.major",), measure=Figure.net_assets)
TRUST = Law(number=LawNumber.trust, prefix="rpt", major=("rpt.trust.major",), measure=Figure.registered_capital)
LAWS: Mapping[int, Law] = {int(law.number): law for law in (HOLDING, BANK, LENDER, LEASING, INSURER, TRUST)}
OF_BUSINESS = {
    Business.financial_holding: HOLDING,
    Business.commercial_bank: BANK,
    Business.village_bank: BANK,
    Business.consumer_finance: LENDER,
    Business.asset_management: LENDER,
    Business.auto_finance: LENDER,
    Business.financial_leasing: LEASING,
    Business.life_insurance: INSURER,
    Business.property_insurance: INSURER,
    Business.reinsurance: INSURER,
    Business.insurance_asset_management: INSURER,
    Business.trust: TRUST,
}


def law_of(business: Business, *, under_holding: bool) -> Law | None:
    """The order that binds a body; None where none does."""
    return OF_BUSINESS.get(business) or (HOLDING if under_holding else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """When a transaction is major: shares in parts per million of the base; amounts in fen, None for none.

    `at_least_fen`: beside the share so much as well, of one, of a sum, and of what comes after it. `of_balance`: the
    sum is not of a year but of what is outstanding once the transaction is done, and any from there on is major.
    """

    single_ppm: int
    cumulative_ppm: int
    step_ppm: int
    single_over_fen: int | None = None
    cumulative_over_fen: int | None = None
    at_least_fen: int = 0
    of_balance: bool = False

    def single(self, fen: int, *, base_fen: int) -> bool:
        """Whether one transaction is major: from the share on, or above the amount."""
        return self._reached(fen, base_fen, self.single_ppm, self.single_over_fen)

    def cumulative(self, fen: int, *, base_fen: int) -> bool:
        """Whether a year's sum is."""
        return self._reached(fen, base_fen, self.cumulative_ppm, self.cumulative_over_fen)

    def step(self, fen: int, *, base_fen: int) -> bool:
        """Whether what came since the last major one is enough for another."""
        return self._reached(fen, base_fen, self.step_ppm, None)

    def line(self, *, base_fen: int) -> int:
        """The least sum of a year that is major, in fen."""
        share = max(0, -(-self.cumulative_ppm * base_fen // PPM))
        line = share if self.cumulative_over_fen is None else min(share, self.cumulative_over_fen + 1)
        return max(line, self.at_least_fen)

    def _reached(self, fen: int, base_fen: int, ppm: int, over_fen: int | None) -> bool:
        share = fen * PPM >= ppm * base_fen and fen >= self.at_least_fen
        return share or (over_fen is not None and fen > over_fen)


def standard_of(rules: RulePack, law: Law, *, on: int) -> Standard:
    """The tests of a law on a day (yyyymmdd). Errors: RuleNotInForce."""
    first = rules.value(id=law.major[0], on=on)
    if law is HOLDING:
        year = rules.value(id=law.major[1], on=on)
        return Standard(
            single_ppm=first.ppm,
            single_over_fen=first.parameters.fen("over"),
            cumulative_ppm=year.ppm,
            cumulative_over_fen=year.parameters.fen("over"),
            step_ppm=year.parameters.ppm("step"),
        )
    if law is INSURER:
        least = first.parameters.fen("at_least")
        return Standard(single_ppm=first.ppm, cumulative_ppm=first.ppm, step_ppm=first.ppm, at_least_fen=least)
    if law is TRUST:
        balance = first.parameters.ppm("balance")
        return Standard(single_ppm=first.ppm, cumulative_ppm=balance, step_ppm=balance, of_balance=True)
    return Standard(
        single_ppm=first.ppm,
        cumulative_ppm=first.parameters.ppm("cumulative"),
        step_ppm=first.parameters.ppm("step"),
    )


def base_day(law: Law, *, on: int) -> int:
    """The day (yyyymmdd) of the figure that a transaction of a day is measured by: the last year's or quarter's end.

    0 for registered capital, of which the latest counts. Worked: for 20260515 it is 20251231 by net assets, 20260331 by
    net capital.
    """
    if law.measure is Figure.registered_capital:
        return 0
    year, month = divmod(on // 100, 100)
    ended = (month - 1) // QUARTER_MONTHS * QUARTER_MONTHS if law.measure is Figure.net_capital else 0
    return quarter_end(year - 1, 4 * QUARTER_MONTHS) if ended == 0 else quarter_end(year, ended)


def quarter_end(year: int, month: int) -> int:
    """The last day of the quarter that ends with a month."""
    long = month in (QUARTER_MONTHS, 4 * QUARTER_MONTHS)
    return (year * 100 + month) * 100 + (31 if long else 30)  # tidy: number days of a month


def quarter_of(on: int) -> int:
    """The end of the quarter that a day is in: 20260515 is in the one that ends on 20260630."""
    year, month = divmod(on // 100, 100)
    return quarter_end(year, (month + 2) // QUARTER_MONTHS * QUARTER_MONTHS)
