"""A figure of a body's accounts on a day: total assets, capital, profit of a year and the like, with its document.

Sources: PBoC Order [2020] No. 4, arts. 6, 7, 9, 17, 36. A report with several figures is several commands with one
source, so that a figure which is not in it stays untold and is never taken for nought. Worked number: total assets of
20251231 recorded on 20260331 and again on 20260630: the second count from then on, asked as of an earlier position the
first do.
"""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.records import BODY_FIGURE, BODY_FIGURE_RECORDED
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.bodies.vocabulary import BASIS_NUMBER, FIGURE_NUMBER, MAY_BE_NEGATIVE, Basis, Figure
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need

Signed: TypeAlias = Annotated[int, msgspec.Meta(ge=-AMOUNT_MAX, le=AMOUNT_MAX)]
NEGATIVE_NUMBERS = [FIGURE_NUMBER[figure] for figure in MAY_BE_NEGATIVE]


@command("record_body_figure")
class BodyFigureFields(Sourced, frozen=True, kw_only=True):
    """A `figure` of `body` as of a day: `amount_fen` in fen; a profit is that of the year which ends on that day."""

    body: Id
    figure: Figure
    basis: Basis = Basis.own
    amount_fen: Signed
    as_of: Yyyymmdd


class RecordBodyFigure(DatedFact):
    """Records it; of one day the latest counts."""

    command = BodyFigureFields
    needs = (body_need("body"),)
    table, kind, day = BODY_FIGURE, BODY_FIGURE_RECORDED, "as_of"
    names = ("body", "amount_fen")
    words = {"basis": ("basis", BASIS_NUMBER), "figure": ("figure", FIGURE_NUMBER)}  # noqa: RUF012  read only
    pair = None

    def faults(self, case: Case) -> dict[int, Invalid]:
        """No figure of an individual, none of a day to come, none below nought but net assets and profit."""
        batch = case.batch
        below = ~np.isin(batch.numbers("figure", FIGURE_NUMBER), NEGATIVE_NUMBERS) & (batch.integers("amount_fen") < 0)
        return {
            **super().faults(case),
            **no_such_day(batch, "as_of", until=batch.on),
            **faults_where(np.asarray(below, np.bool_), batch, "amount_fen", "no less than 0 for this figure"),
            **an_individual(case, "body"),
        }
