"""With whom money of a body's book in this ledger stands: the reserve's bank, or the bank of a lender's account.

Source: PBoC Order [2020] No. 4, arts. 25, 32 (what bodies of a group have of one another, and of others); that it is
recorded is our choice, for an account does not say with whom it stands. Worked: from 20260101 the lender's account is
with bank 7, from 20260701 with bank 8; on 20260630 what stands there is an exposure to bank 7.
"""

from typing import Any

import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.decisions.words import truths
from benyuan.holding_company.records import MONEY_KEEPER, MONEY_KEEPER_RECORDED
from benyuan.holding_company.vocabulary import KEPT_MONEY_NUMBER, KeptMoney
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Id, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need


@command("record_money_keeper")
class MoneyKeeperFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on this `money` of `body` stands with `keeper`, or, where `holds` is false, no longer."""

    body: Id
    money: KeptMoney
    keeper: Id
    holds: bool = True
    from_date: Yyyymmdd


class RecordMoneyKeeper(DatedFact):
    """Records it; of one body and one sort of money the latest that has begun counts."""

    command = MoneyKeeperFields
    needs = (body_need("body"), body_need("keeper"))
    table, kind, result = MONEY_KEEPER, MONEY_KEEPER_RECORDED, "keeper"
    names = ("body", "keeper")
    words = {"money": ("money", KEPT_MONEY_NUMBER)}  # noqa: RUF012  read only
    pair = ("body", "keeper")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Neither is an individual."""
        return {**super().faults(case), **an_individual(case, "body"), **an_individual(case, "keeper")}

    def columns(self, case: Case) -> dict[str, Any]:
        """Whether it is so, besides."""
        return {**super().columns(case), "holds": truths(case.batch, "holds").astype(np.int64)}
