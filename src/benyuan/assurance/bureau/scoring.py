"""Scores from the bureau's own pages: of one file, or of all files of a bureau at once, in columns.

Order 2021 No. 4 art. 29. Only months that were furnished up to a log position count, and of those only what may still
be shown. Both ways give the same scores. Worked shape: 30,000 files with five months each are 150,000 records, some
hundreds of pages.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.bureau.report import built_in_card, credit_file
from benyuan.credit_bureau.layouts import MONTH, PUBLIC
from benyuan.credit_bureau.records import CREDIT_LINE
from benyuan.credit_bureau.report.accounts import RECENT
from benyuan.credit_bureau.report.scoring import score_of as score_of_months
from benyuan.credit_bureau.report.scoring_many import months_by_file
from benyuan.credit_bureau.report.sheet import Score
from benyuan.credit_bureau.report.showing import shown_on
from benyuan.credit_bureau.score.factors import factors_of
from benyuan.credit_bureau.score.scorecard import Scorecard
from benyuan.credit_bureau.score.scoring import Scores, apply
from benyuan.credit_bureau.score.titles import WINDOW
from benyuan.credit_bureau.vocabulary import Section
from benyuan.decisions.books import FurnishedRecords
from benyuan.engine.group import Group
from benyuan.values.dates import local_day
from benyuan.values.days import months_later

Ints = NDArray[np.int64]
A_MONTH, FIRST_OF_MONTH = 100, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FileScores:
    """The scores of files by their numbers, rising; `scores` in the same order."""

    subject: Ints
    scores: Scores


def score_of(
    group: Group,
    *,
    bureau: int,
    subject: int,
    position: int | None = None,
    at: int | None = None,
    card: Scorecard | None = None,
) -> Score:
    """The score of one file as it stood at a log position, on the day of `at`. Errors: BadInput, VaultLocked."""
    file = credit_file(group, bureau=bureau, subject=subject, sections=Section.score, position=position, at=at)
    on = local_day(file.at)
    shown = shown_on(months=file.months, public=file.public, on=on, rules=group.regime.pack)
    return score_of_months(shown.months, card=card or built_in_card(), on=on)


def scores_of_all(
    group: Group, *, bureau: int, position: int | None = None, at: int | None = None, card: Scorecard | None = None
) -> FileScores:
    """The same of every file of a bureau of which months are held. Errors: VaultLocked."""
    on, seen = local_day(group.last_at if at is None else at), group.position if position is None else position
    held = group.records.tables[CREDIT_LINE.name]
    parts = [
        _shown(group, found, seen=seen, on=on) for found in group.books().all_furnished(MONTH, first=1, last=held.count)
    ]
    months = np.concatenate([np.zeros(0, MONTH.dtype), *parts])
    mine = held.column("bureau")[months["account"]] == bureau
    months = months[mine & (held.column("position")[months["account"]] <= seen)]
    subject, file = np.unique(held.column("subject")[months["account"]], return_inverse=True)
    data = months_by_file(months, file.reshape(-1), files=len(subject), on=on)
    return FileScores(subject=subject, scores=apply(card or built_in_card(), factors_of(data)))


def _shown(group: Group, found: FurnishedRecords, *, seen: int, on: int) -> NDArray[Any]:
    """Of all months of some accounts those that may be shown, and that a score can reach at all."""
    order = np.argsort(found.position, kind="stable")
    months = found.records[order][found.position[order] <= seen]
    shown = shown_on(months=months, public=np.zeros(0, PUBLIC.dtype), on=on, rules=group.regime.pack)
    today = np.array([on // A_MONTH * A_MONTH + FIRST_OF_MONTH])
    oldest = int(months_later(today, -(WINDOW + RECENT))[0]) // A_MONTH
    return shown.months[shown.months["month"] >= oldest]
