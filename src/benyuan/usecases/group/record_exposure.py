"""What a body is exposed to of a counterparty as of a day: loans, bonds, shares, guarantees, all that it may lose.

Source: PBoC Order [2020] No. 4, arts. 32, 33. Worked number: 60.00 of one firm recorded as of 20251231 and 40.00 as of
20260331: on 20260401 it is 40.00; as of a later day 0 ends it.
"""

from typing import Annotated, TypeAlias

import msgspec

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.holding_company.records import EXPOSURE, EXPOSURE_RECORDED
from benyuan.holding_company.vocabulary import INDUSTRY_NUMBER, Industry
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Id, Yyyymmdd, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need

MaybeFen: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)]
Region: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=99)]  # tidy: number two digits


@command("record_exposure")
class ExposureFields(Sourced, frozen=True, kw_only=True):
    """As of a day `body` is exposed to `amount_fen` of `counterparty`, of an industry and a region where it is told."""

    body: Id
    counterparty: Id
    industry: Industry = Industry.untold
    region: Region = 0
    amount_fen: MaybeFen
    as_of: Yyyymmdd


class RecordExposure(DatedFact):
    """Records it; of one body and counterparty the latest counts."""

    command = ExposureFields
    needs = (body_need("body"), body_need("counterparty"))
    table, kind, day, result = EXPOSURE, EXPOSURE_RECORDED, "as_of", "exposure"
    names = ("body", "counterparty", "region", "amount_fen")
    words = {"industry": ("industry", INDUSTRY_NUMBER)}  # noqa: RUF012  read only
    pair = ("body", "counterparty")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """None of a day to come, none of an individual."""
        return {
            **super().faults(case),
            **no_such_day(case.batch, "as_of", until=case.batch.on),
            **an_individual(case, "body"),
        }
