"""A score explained to the person it is about: what each factor gave, could have given, and why, in both languages.

PIPL art. 24: who is decided about by a machine may ask how; Order 2021 No. 4 art. 29: rules that can be explained;
art. 32: nothing is promised. Worked number: 12 of 57 points for a line used to 80%: 45 lacking.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benyuan.credit_bureau.score.layout import ABSENT, WORST
from benyuan.credit_bureau.score.scorecard import Bin, FactorPoints, Scorecard
from benyuan.credit_bureau.score.scoring import REASONS, UNSCORED
from benyuan.credit_bureau.score.titles import BY_NAME, PPM, WINDOW
from benyuan.values.errors import BadInput
from benyuan.values.money import yuan_text

LARGEST = {"class": WORST, "months": WINDOW}
SINCE = {"months_since_arrears", "months_since_severe"}
NOTES_ZH = (
    "评分只使用信贷信息；性别、婚姻、受教育程度、年龄、收入、住址等均不参与计算。",
    "您有权要求说明；对仅通过自动化方式作出的、对您有重大影响的决定，您有权拒绝。",
    "评分不是对授信结果的承诺，也不代表任何机构同意或者拒绝授信。",
)
NOTES_EN = (
    "The score uses credit information only: sex, marriage, education, age, income and address take no part in it.",
    "You may ask for an explanation, and refuse a decision of weight that was made by a machine alone.",
    "A score promises nothing: it neither grants nor refuses credit.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One factor: its value, the bin it fell into, its points, the best there are and what is lacking."""

    factor: str
    value: int
    bin_zh: str
    bin_en: str
    points: int
    best_points: int
    lacking_points: int
    title_zh: str
    title_en: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A score, its parts and its reasons: the lines that lack the most, the most first. `score` is -1 for none."""

    card: str
    score: int
    base_points: int
    least_score: int
    most_score: int
    lines: tuple[Line, ...]
    reasons: tuple[Line, ...]
    notes_zh: tuple[str, ...]
    notes_en: tuple[str, ...]


def explain(card: Scorecard, file: Mapping[str, int]) -> Explanation:
    """One file's score, explained, from its factors. Raises BadInput where a factor of the card is missing."""
    known = _value(file, "months_known")
    enough = known >= card.least_months
    lines = tuple(_line(each, _value(file, each.factor)) for each in card.factors) if enough else ()
    ranked = sorted(lines, key=lambda line: -line.lacking_points)
    return Explanation(
        card=f"{card.name} {card.version}",
        score=card.base_points + sum(line.points for line in lines) if enough else UNSCORED,
        base_points=card.base_points,
        least_score=card.least_score,
        most_score=card.most_score,
        lines=lines,
        reasons=tuple(line for line in ranked[:REASONS] if line.lacking_points > 0),
        notes_zh=NOTES_ZH if enough else (_too_few_zh(card, known), *NOTES_ZH),
        notes_en=NOTES_EN if enough else (_too_few_en(card, known), *NOTES_EN),
    )


def _too_few_zh(card: Scorecard, known: int) -> str:
    return f"最近{WINDOW}个月只有{known}个月的记录，不足{card.least_months}个月，没有评分；没有评分不是不良记录。"


def _too_few_en(card: Scorecard, known: int) -> str:
    months = f"{known} of the last {WINDOW} months are on file and {card.least_months} are needed"
    return f"No score: {months}. Having none is no bad record."


def _value(file: Mapping[str, int], name: str) -> int:
    if name not in file:
        raise BadInput(name, "nothing", "a value of this factor")
    value = int(file[name])
    if value < ABSENT:
        raise BadInput(name, value, f"a value from 0 on, or {ABSENT} for what can't be told")
    return value


def _line(each: FactorPoints, value: int) -> Line:
    place = sum(one.from_value <= value for one in each.bins)
    found = each.bins[place - 1] if place else each.missing
    title = BY_NAME[each.factor]
    return Line(
        factor=each.factor,
        value=value,
        bin_zh=bin_text(each, found, zh=True),
        bin_en=bin_text(each, found, zh=False),
        points=found.points,
        best_points=each.best_points,
        lacking_points=max(each.best_points - found.points, 0),
        title_zh=title.zh,
        title_en=title.en,
        reason_zh=each.reason_zh,
        reason_en=each.reason_en,
    )


def bin_text(each: FactorPoints, one: Bin, *, zh: bool) -> str:
    """A bin in words, such as `46% to under 79%` or `3 to 5`."""
    if one is each.missing:
        return "无法计算" if zh else "can't be told"
    low = one.from_value
    following = next((other.from_value for other in each.bins if other.from_value > low), None)
    unit = BY_NAME[each.factor].unit
    if unit in LARGEST:
        return _counted(each.factor, low, LARGEST[unit] if following is None else following - 1, zh=zh)
    if following is not None:
        edges = shown(each.factor, low), shown(each.factor, following)
        return f"{edges[0]}至不足{edges[1]}" if zh else f"{edges[0]} to under {edges[1]}"
    return f"{shown(each.factor, low)}以上" if zh else f"{shown(each.factor, low)} and more"


def _counted(factor: str, low: int, high: int, *, zh: bool) -> str:
    """Whole counts from low to high; since something that didn't happen, the whole window stands for never."""
    if low == WINDOW and factor in SINCE:
        return f"{WINDOW}个月内没有" if zh else f"none in {WINDOW} months"
    if low == high:
        return str(low)
    return f"{low}至{high}" if zh else f"{low} to {high}"


def shown(factor: str, value: int) -> str:
    """A value for people: whole per cent where it is a share, yuan where it is money."""
    match BY_NAME[factor].unit:
        case "ppm":
            whole, rest = divmod(value * 100, PPM)
            return f"{whole}%" if not rest else f"{whole}.{rest * 100 // PPM:02}%"
        case "fen":
            return yuan_text(value)
        case _:
            return str(value)
