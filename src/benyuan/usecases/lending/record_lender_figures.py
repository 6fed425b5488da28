"""Regulatory capital of a lender, and what else than its loans uses it, from a day on.

The ceilings of new lending follow from the latest figures (Order 2024 No. 4 of the National Financial Regulatory
Administration, art. 60). Figures that sink below what is lent refuse new loans and nothing else.
"""

import numpy as np

from benyuan.consumer_finance.records import LENDER, LENDER_FIGURES, LENDER_FIGURES_RECORDED
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Count, Id, Yyyymmdd, no_such_day, numbered, rows

MOST_FEN = 10**15  # tidy: number more than any lender has


@command("record_lender_figures")
class LenderFiguresFields(Command, frozen=True, kw_only=True):
    """Figures in fen that count from `from_date` on: capital, weighted other assets, exposure other than to loans."""

    lender: Id
    from_date: Yyyymmdd
    tier1_fen: Count
    net_capital_fen: Count
    other_weighted_fen: Count = 0
    other_exposure_fen: Count = 0


class RecordLenderFigures(UseCase):
    """Keeps the figures by their day."""

    command = LenderFiguresFields
    needs = (Need(table=LENDER, by="lender", prefix="lender"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists; no figure is beyond reckoning."""
        found = no_such_day(case.batch, "from_date")
        for name in ("tier1_fen", "net_capital_fen", "other_weighted_fen", "other_exposure_fen"):
            figures = case.batch.integers(name)
            for place in np.flatnonzero(figures > MOST_FEN).tolist():
                wanted = f"at most {MOST_FEN} fen"
                found.setdefault(place, Invalid(field=name, value=int(figures[place]), constraint=wanted))
        return found

    def record(self, decided: Decided) -> Recorded:
        """The figures."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[LENDER_FIGURES.name])
        names = ("from_date", "tier1_fen", "net_capital_fen", "other_weighted_fen", "other_exposure_fen")
        columns = {"id": ids, "owner": batch.integers("lender")} | {name: batch.integers(name) for name in names}
        return Recorded(results={}, events=event(LENDER_FIGURES_RECORDED, rows(accepted, **columns)))
