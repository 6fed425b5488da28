"""The score of a file, from the months that are shown and from nothing else.

Order 2021 No. 4 art. 29; State Council Order 631, art. 16: what is no longer shown weighs no longer. The window of the
score ends with the latest month of any account. Worked number: arrears that ended more than five years ago, or that the
one-off repair hides, leave the score as it is without them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from benyuan.credit_bureau.report.accounts import A_MONTH, RECENT, months_between
from benyuan.credit_bureau.report.sheet import Reason, Score
from benyuan.credit_bureau.score.by_hand import Month, factors_by_hand
from benyuan.credit_bureau.score.explaining import explain
from benyuan.credit_bureau.score.layout import ABSENT, MOST_FEN, WORST
from benyuan.credit_bureau.score.scorecard import Scorecard
from benyuan.credit_bureau.score.scoring import UNSCORED
from benyuan.credit_bureau.score.titles import WINDOW
from benyuan.credit_bureau.vocabulary import NEGATIVE_STATUSES, STATUS_NUMBER, MonthStatus


def _class(status: MonthStatus) -> int:
    """How late a status is, 1 to 7; what tells of a breach that is over is taken for as much as the worst."""
    if status is MonthStatus.unknown:
        return ABSENT
    if status not in NEGATIVE_STATUSES:
        return 0
    return int(status.value) if status.value.isdigit() else WORST


CLASSES = {number: _class(MonthStatus(word)) for word, number in STATUS_NUMBER.items()}


def score_of(months: NDArray[Any], *, card: Scorecard, on: int) -> Score:
    """The score on a day, of months by account and month; no value where too few are known, or none lately."""
    told = explain(card, factors_by_hand(accounts_of(months, on=on)))
    reasons = [Reason(factor=line.factor, en=line.reason_en, zh=line.reason_zh) for line in told.reasons]
    return Score(value=None if told.score == UNSCORED else told.score, card=told.card, made_on=on, reasons=reasons)


def accounts_of(months: NDArray[Any], *, on: int) -> Sequence[Sequence[Month]]:
    """The last six months of each account that has any of them, as the score reads them; none where all are old."""
    latest = int(months["month"].max()) if len(months) else 0
    if not latest or months_between(latest, on // A_MONTH) >= RECENT:
        return []
    names = months.dtype.names or ()
    found: dict[int, list[Month]] = {}
    for values in months[months["month"] > latest - A_MONTH].tolist():
        row = dict(zip(names, values, strict=True))
        ago = months_between(row["month"], latest)
        if ago < WINDOW:
            found.setdefault(row["account"], [Month()] * WINDOW)[WINDOW - 1 - ago] = _month(row)
    return list(found.values())


def _month(row: Mapping[str, int]) -> Month:
    return Month(
        status=CLASSES[row["status"]],
        balance_fen=_bounded(row["balance_fen"]),
        limit_fen=_bounded(row["limit_fen"]),
        statement_fen=_bounded(row["due_fen"]),
        paid_fen=_bounded(row["paid_fen"]),
    )


def _bounded(fen: int) -> int:
    """A balance in the person's favour counts as nothing owed."""
    return min(max(fen, 0), MOST_FEN)
