"""An institution's standing from a day on: the licences that it holds, its rating, its real-name ratio."""

from typing import Annotated

import msgspec
import numpy as np

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.records import INSTITUTION, STANDING, STANDING_RECORDED
from benyuan.payments.standing import WHOLE_PPM
from benyuan.payments.vocabulary import RATING_NUMBER, Rating
from benyuan.usecases.common import Id, Yyyymmdd, no_such_day, numbered, rows

ALL_LICENCES = 0b1111  # tidy: number the four bits of the vocabulary


@command("record_standing")
class Standing(Command, frozen=True, kw_only=True):
    """What `institution` holds and is from `from_date` (yyyymmdd) on.

    `licences` are bits: 1 储值账户运营Ⅰ, 2 储值账户运营Ⅱ, 4 支付交易处理Ⅰ, 8 支付交易处理Ⅱ. `real_name_ppm`:
    the share of Class II and III accounts that meet the real-name standard.
    `daily_factor_ppm`: by how much the institution wants its daily limits lifted, where its rating allows it.
    """

    institution: Id
    from_date: Yyyymmdd
    licences: Annotated[int, msgspec.Meta(ge=0, le=ALL_LICENCES)]
    rating: Rating = Rating.none
    real_name_ppm: Annotated[int, msgspec.Meta(ge=0, le=WHOLE_PPM)] = 0
    daily_factor_ppm: Annotated[int, msgspec.Meta(ge=WHOLE_PPM)] = WHOLE_PPM


class RecordStanding(UseCase):
    """Records it; the latest of a day counts."""

    command = Standing
    needs = (Need(table=INSTITUTION, by="institution", prefix="institution"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The date exists."""
        return no_such_day(case.batch, "from_date")

    def record(self, decided: Decided) -> Recorded:
        """A row of the institution's standing."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[STANDING.name])
        columns = rows(
            accepted,
            id=ids,
            owner=batch.integers("institution"),
            from_date=batch.integers("from_date"),
            licences=batch.integers("licences"),
            rating=np.array([RATING_NUMBER[Rating(item)] for item in batch.values("rating")], np.int64),
            real_name_ppm=batch.integers("real_name_ppm"),
            daily_factor_ppm=batch.integers("daily_factor_ppm"),
        )
        return Recorded(results={"standing": ids}, events=event(STANDING_RECORDED, columns))
