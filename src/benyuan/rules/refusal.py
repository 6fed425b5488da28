"""A legal refusal is a value: the rule, its article, the figures, and the date that governed.

It carries the words it needs, so that it can be read years later without the pack that made it.
"""

import re

import msgspec

from benyuan.rules.numerals import NUMERAL, number_of
from benyuan.rules.quantities import percent_text
from benyuan.rules.vocabulary import Kind, Status, Unit
from benyuan.values.dates import china_time, from_yyyymmdd
from benyuan.values.errors import BadInput
from benyuan.values.money import yuan_text

_ARTICLE = re.compile(f"第({NUMERAL})条")
_ITEM = re.compile(f"（({NUMERAL})）")
_PARAGRAPH = re.compile(f"第({NUMERAL})款")

_LABELS = {
    "en": {"limit": "limit", "used": "used", "asked": "asked", "headroom": "left"},
    "zh": {"limit": "限额", "used": "已用", "asked": "本次", "headroom": "剩余"},
}
_STATUSES = {
    "en": {"secondary": "from a secondary source", "unverified": "not verified", "draft": "a draft, never in force"},
    "zh": {"secondary": "据二手资料", "unverified": "未核实", "draft": "草案，从未施行"},
}


class Refusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why something was refused. Units: fen for CNY, else as `unit` says; dates are yyyymmdd.

    `headroom` is what was left: limit less used, never below nought. `figures` holds further facts of the case, whose
    names end in their unit (`_fen`, `_ppm`, `_on`, `_at`). `rule_digest` is the first 16 hex digits of the SHA-256 of
    the rule's canonical form.
    """

    rule_id: str
    kind: Kind
    status: Status
    in_force: int
    rule_digest: str
    document: str
    article: str | None = None
    item: str | None = None
    on: int
    limit: int | None = None
    used: int | None = None
    asked: int | None = None
    headroom: int | None = None
    unit: Unit
    figures: dict[str, int | str] = {}
    title_en: str
    title_zh: str
    message_en: str | None = None
    message_zh: str | None = None

    def text(self, language: str = "en") -> str:
        """One plain sentence with the figures in yuan or per cent and the article, in English ("en") or Chinese ("zh").

        Raises BadInput for another language.
        """
        match language:
            case "en":
                return _english(self)
            case "zh":
                return _chinese(self)
            case _:
                raise BadInput("language", language, "en or zh")

    def figures_text(self, language: str = "en") -> str:
        """The figures alone, as the sentence has them; empty where there are none."""
        return ("，" if language == "zh" else ", ").join(_figures(self, language=language))

    def place_text(self, language: str = "en") -> str:
        """Document and article alone."""
        if language == "zh":
            return f"{self.document}{self.article or ''}{self.item or ''}"
        return " ".join(filter(None, (self.document, _english_place(self))))


def _english(refusal: Refusal) -> str:
    figures = ", ".join(_figures(refusal, language="en"))
    what = (refusal.message_en or refusal.title_en) + (f": {figures}" if figures else "")
    place = refusal.place_text("en")
    label = _STATUSES["en"].get(refusal.status)
    return (
        f"Refused. {what}. Rule {refusal.rule_id}, {place}, in force since {from_yyyymmdd(refusal.in_force)}, "
        f"as it stood on {from_yyyymmdd(refusal.on)}{f' ({label})' if label else ''}."
    )


def _chinese(refusal: Refusal) -> str:
    figures = "，".join(_figures(refusal, language="zh"))
    what = (refusal.message_zh or refusal.title_zh) + (f"：{figures}" if figures else "")
    place, label = refusal.place_text("zh"), _STATUSES["zh"].get(refusal.status)
    return (
        f"不予办理。{what}。依据{place}，"
        f"{from_yyyymmdd(refusal.in_force)}起施行，适用日{from_yyyymmdd(refusal.on)}{f'（{label}）' if label else ''}；"
        f"规则{refusal.rule_id}。"
    )


def _figures(refusal: Refusal, *, language: str) -> list[str]:
    """The figures in fixed order, then those of the case by name: the log keeps no other order."""
    labels = _LABELS[language]
    fixed = {name: getattr(refusal, name) for name in labels}
    gap = " " if language == "en" else ""
    written = [
        f"{labels[name]}{gap}{_amount(figure, unit=refusal.unit, language=language)}"
        for name, figure in fixed.items()
        if figure is not None
    ]
    return written + [
        f"{_named(name)} {_case_figure(name, figure, language=language)}"
        for name, figure in sorted(refusal.figures.items())
    ]


def _named(name: str) -> str:
    """A figure's name in words; its unit stands with the figure."""
    return name.removesuffix("_fen").removesuffix("_ppm").removesuffix("_on").removesuffix("_at").replace("_", " ")


def _amount(figure: int, *, unit: Unit, language: str) -> str:
    match unit:
        case Unit.CNY:
            return f"{yuan_text(figure)} yuan" if language == "en" else f"{yuan_text(figure)}元"
        case Unit.RATIO_PPM:
            return percent_text(figure)
        case _:
            return f"{figure:,}"


def _case_figure(name: str, figure: int | str, *, language: str) -> str:
    if isinstance(figure, str):
        return figure
    if name.endswith("_ppm"):
        return percent_text(figure)
    if name.endswith("_on"):
        return str(from_yyyymmdd(figure))
    if name.endswith("_at"):
        return china_time(figure)
    return _amount(figure, unit=Unit.CNY if name.endswith("_fen") else Unit.COUNT, language=language)


def _english_place(refusal: Refusal) -> str:
    """第十一条 with （二） is "art. 11(2)"; a place that isn't numbered so is "item" as printed."""
    if refusal.article is None:
        return ""
    item = _ITEM.sub(lambda match: f"({number_of(match.group(1))})", refusal.item or "")
    item = _PARAGRAPH.sub(lambda match: f" para. {number_of(match.group(1))}", item)
    match = _ARTICLE.fullmatch(refusal.article)
    return f"art. {number_of(match.group(1))}{item}" if match else f"item {refusal.article}{refusal.item or ''}"
