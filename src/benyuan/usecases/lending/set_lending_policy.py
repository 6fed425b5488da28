"""The lender's own choices, which the law leaves to it: risk weight, conversion of lines, the most in one draw.

They may be dated back, but not to a day of which anything is closed.
"""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import LENDER, LENDER_POLICY, LENDER_POLICY_SET
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Count, Fen, Id, Yyyymmdd, no_such_day, numbered, rows
from benyuan.usecases.lending.shared import closed_faults, last_begun

WeightPpm: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=12_500_000)]  # tidy: number the greatest weight there is
Days: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=3_650)]  # tidy: number ten years
Tries: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=100)]  # tidy: number as many as anybody could want
Gap: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=28)]  # tidy: number days that no statement falls between twice
SharePpm: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


@command("set_lending_policy", version=4)
class PolicyFields(Command, frozen=True, kw_only=True):
    """What holds from `from_date` on; weights and shares in millionths.

    A statement is collected automatically `collect_tries` times at most, with `collect_days` between two of them.
    Stage two begins beyond `stage_two_days` overdue; beyond `draw_stop_days` nothing more is drawn on an account.
    A sheet of costs is read for `reading_seconds` before it can be confirmed. A line or an offer rests on an inquiry at
    a credit bureau that is at most `inquiry_days` old; 0: none is asked for.
    """

    lender: Id
    from_date: Yyyymmdd
    risk_weight_ppm: WeightPpm
    conversion_ppm: SharePpm
    most_draw_fen: Fen
    draw_stop_days: Days = 0
    reading_seconds: Count = 5
    collect_tries: Tries = 3  # tidy: number a default of the lender's own choice
    collect_days: Gap = 1
    stage_two_days: Days = 30  # tidy: number a default of the lender's own choice
    inquiry_days: Days = 0


class SetLendingPolicy(UseCase):
    """Keeps the choices by their day."""

    command = PolicyFields
    needs = (Need(table=LENDER, by="lender", prefix="lender"),)
    surveys = True
    alone = False

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The last day of each lender of which anything is closed, 0 for none."""
        del facts, rules
        return {"book_last_begun": last_begun(books, batch.integers("lender"))}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists, and nothing of it is closed."""
        return {**closed_faults(case), **no_such_day(case.batch, "from_date")}

    def record(self, decided: Decided) -> Recorded:
        """The choices."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[LENDER_POLICY.name])
        columns = {"id": ids, "owner": batch.integers("lender")} | {
            name: batch.integers(name) for name in LENDER_POLICY.columns if name not in ("owner", "within_income")
        }
        columns["within_income"] = np.zeros(len(batch), np.int64)
        return Recorded(results={}, events=event(LENDER_POLICY_SET, rows(accepted, **columns)))
