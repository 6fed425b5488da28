"""Approvals at a cut-off across groups that the score doesn't know: sex, age, education, marriage.

PIPL art. 24: decisions by machine must be fair; Order [2020] No. 5 arts. 14, 65: no discrimination between consumers,
at a bureau by reference. Groups come in as columns for this comparison alone and are kept nowhere. Worked number: 700
of 1,000 in one group and 560 of 1,000 in the other are approved: an adverse impact ratio of 800,000 ppm, four fifths.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from benyuan.credit_bureau.score.layout import Whole
from benyuan.credit_bureau.score.titles import PPM
from benyuan.values.errors import BadInput

LEAST_FILES = 100
"""A smaller group is counted and not compared: its rates are noise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupApprovals:
    """One group at a cut-off; the last two are against the group with the highest rate, None where too few files.

    `impact_ratio_ppm`: its rate of approval over the highest one. `opportunity_ppm`: the share of its good files that
    is approved, less that of the group with the highest rate; below nought is a disadvantage.
    """

    group: str
    files: int
    approved: int
    goods: int
    goods_approved: int
    impact_ratio_ppm: int | None
    opportunity_ppm: int | None

    @property
    def approval_ppm(self) -> int:
        """Approvals per million files."""
        return _ppm(self.approved, self.files)

    @property
    def goods_approved_ppm(self) -> int:
        """Approvals per million good files."""
        return _ppm(self.goods_approved, self.goods)

    @property
    def bads_ppm(self) -> int:
        """Bad files per million."""
        return _ppm(self.files - self.goods, self.files)


def approvals(
    *, score: Whole, bad: Whole, group: Whole, titles: Mapping[int, str], cut_off: int
) -> tuple[GroupApprovals, ...]:
    """The groups in the order of `titles`; approved is from `cut_off` on. Raises BadInput for an untitled group."""
    if not len(score) == len(bad) == len(group):
        raise BadInput("group", f"{len(group)} values", f"one for each of the {len(score)} files")
    if unnamed := set(np.unique(group).tolist()) - set(titles):
        raise BadInput("group", min(unnamed), f"one of {', '.join(map(str, titles))}")
    counted = {value: _count(score[group == value] >= cut_off, bad[group == value] == 0) for value in titles}
    shown = {value: counts for value, counts in counted.items() if counts[0]}
    large = [counts for counts in shown.values() if counts[0] >= LEAST_FILES]
    best = max(large, key=lambda counts: _ppm(counts[1], counts[0]), default=None)
    return tuple(_group(titles[value], counts, best) for value, counts in shown.items())


Counts = tuple[int, int, int, int]


def _count(approved: Whole, good: Whole) -> Counts:
    """Files, approved, goods, goods approved."""
    return len(approved), int(approved.sum()), int(good.sum()), int((approved & good).sum())


def _group(title: str, counts: Counts, best: Counts | None) -> GroupApprovals:
    files, approved, goods, goods_approved = counts
    ratio = difference = None
    if best is not None and files >= LEAST_FILES:
        ratio = approved * best[0] * PPM // (files * best[1]) if best[1] else None
        difference = _ppm(goods_approved, goods) - _ppm(best[3], best[2])
    return GroupApprovals(
        group=title,
        files=files,
        approved=approved,
        goods=goods,
        goods_approved=goods_approved,
        impact_ratio_ppm=ratio,
        opportunity_ppm=difference,
    )


def _ppm(part: int, whole: int) -> int:
    return part * PPM // whole if whole else 0
