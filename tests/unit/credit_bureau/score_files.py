"""Credit files for the tests of the score: one worked by hand in docs/algorithms/score.md, and small cards."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benyuan.credit_bureau.score.by_hand import Account, Month
from benyuan.credit_bureau.score.layout import ABSENT, COLUMNS, AccountMonths
from benyuan.credit_bureau.score.scorecard import Bin, FactorPoints, Scaling, Scorecard
from benyuan.credit_bureau.score.titles import WINDOW

YUAN = 100


def account(
    *, limit: int, status: Sequence[int], balance: Sequence[int], statement: Sequence[int], paid: Sequence[int]
) -> Account:
    """Months from columns in yuan, the latest last; ABSENT stays what it is."""

    def fen(yuan: int) -> int:
        return yuan if yuan == ABSENT else yuan * YUAN

    rows = zip(status, balance, statement, paid, strict=True)
    return [
        Month(status=s, balance_fen=fen(b), limit_fen=fen(limit), statement_fen=fen(due), paid_fen=fen(p))
        for s, b, due, p in rows
    ]


WORKED = (
    account(
        limit=20_000,
        status=(0, 0, 1, 2, 0, 0),
        balance=(9_000, 9_500, 9_900, 10_200, 8_000, 6_000),
        statement=(8_800, 9_000, 9_500, 9_900, 10_200, 8_000),
        paid=(1_000, 500, 0, 0, 3_000, 2_500),
    ),
    account(
        limit=5_000,
        status=(0, 0, 0),
        balance=(1_200, 800, 500),
        statement=(ABSENT, 1_200, 800),
        paid=(0, 1_200, 800),
    ),
)
"""A file of two accounts, the second opened three months ago."""


def columns_of(files: Sequence[Sequence[Account]]) -> AccountMonths:
    """Files as the columns that the bureau's records fill; a shorter account is absent before it began."""
    accounts = [each for file in files for each in file]
    months = max((len(each) for each in accounts), default=WINDOW)
    padded = [[*[Month()] * (months - len(each)), *each] for each in accounts]
    shape = (len(accounts), months)
    parts = {
        name: np.array([[getattr(month, name) for month in each] for each in padded], np.int64).reshape(shape)
        for name in COLUMNS
    }
    owner = [place for place, file in enumerate(files) for _ in file]
    return AccountMonths(files=len(files), file=np.array(owner, np.int64), **parts)


def bins(*pairs: tuple[int, int]) -> tuple[Bin, ...]:
    """Bins from pairs of where they begin and their points."""
    return tuple(Bin(from_value=value, points=points, files=0, bads=0) for value, points in pairs)


def part(factor: str, *pairs: tuple[int, int], missing: int = 0, monotonic: bool = True) -> FactorPoints:
    """A factor's points, with words that tests don't look at."""
    nothing = Bin(from_value=0, points=missing, files=0, bads=0)
    words = {"reason_zh": "原因", "reason_en": f"of {factor}"}
    return FactorPoints(factor=factor, monotonic=monotonic, missing=nothing, bins=bins(*pairs), **words)


CARD = Scorecard(
    name="small",
    version=1,
    made_on=20261128,
    sample="none",
    target="none",
    least_months=3,
    scaling=Scaling(at_points=600, odds=20, double=40),
    base_points=380,
    factors=(
        part("worst_6m", (0, 60), (1, 20), (2, 0), missing=10),
        part("utilisation_1m_ppm", (0, 70), (300_000, 25), (800_000, 0), missing=30),
        part("limit_fen", (0, 0), (1_000_000, 15), (5_000_000, 30)),
    ),
)


def with_factors(*factors: FactorPoints) -> Scorecard:
    """The small card with other factors."""
    return replace(CARD, factors=factors)
