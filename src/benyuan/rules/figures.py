"""How a figure may be printed in a Chinese legal text: 100,000 yuan as 10万元, ten years as 十年, 5% as 百分之五.

For the citation tool, which looks for one of these forms in the article that a value cites.
"""

import re

from benyuan.rules.numerals import DIGITS, numeral_of
from benyuan.rules.parameters import Parameters
from benyuan.rules.quantities import PPM, factor_text, percent_text
from benyuan.rules.types import RuleValue
from benyuan.rules.vocabulary import ParameterType, Unit

Forms = frozenset[str]

_WAN = 10_000
_YI = 100_000_000
_PERCENT_PPM = 10_000
_COUNTERS = {
    Unit.COUNT: ("个", "条", "户", "笔", "次", "字", "家", "级", "人", "名"),
    Unit.HOURS: ("小时",),
    Unit.DAYS: ("日", "个自然日", "天"),
    Unit.WORKING_DAYS: ("个工作日",),
    Unit.MONTHS: ("个月",),
    Unit.YEARS: ("年",),
}
_NUMERALS = f"{DIGITS}十百"


def forms_of_value(value: RuleValue) -> list[Forms]:
    """Every figure of a value, each with the forms of which one must be printed.

    The main figure is left out where the citation has an anchor: the text then says it in words.
    """
    main = [] if value.cite.anchor is not None else _main_forms(value)
    rows = (value.parameters, *value.tiers)
    return main + [forms for row in rows for forms in _parameter_forms(row)]


def forms_of_date(yyyymmdd: int) -> Forms:
    """A day as printed: 2016年7月1日."""
    return frozenset({f"{yyyymmdd // 10_000}年{yyyymmdd // 100 % 100}月{yyyymmdd % 100}日"})


def printed(forms: Forms, words: str) -> bool:
    """Whether one of the forms stands in the words, and not as the tail of a longer number."""
    return any(re.search(f"(?<![0-9.{_NUMERALS}]){re.escape(form)}", words) for form in forms)


def _main_forms(value: RuleValue) -> list[Forms]:
    if value.slices:
        overs = [_money(each.over_fen, "元") for each in value.slices if each.over_fen]
        return overs + [_percent(each.rate_ppm) for each in value.slices]
    if value.amount is None:
        return []
    match value.unit:
        case Unit.CNY:
            return [_money(value.amount, "元")]
        case Unit.RATIO_PPM:
            return [_percent(value.amount)]
        case _:
            return [_counted(value.amount, value.unit)]


def _parameter_forms(row: Parameters) -> list[Forms]:
    found = []
    for entry in row.entries:
        match entry.type:
            case ParameterType.CNY:
                found.append(_money(int(entry.value), "元"))
            case ParameterType.USD:
                found.append(_money(int(entry.value), "美元"))
            case ParameterType.RATIO_PPM:
                found.append(_percent(int(entry.value)))
            case ParameterType.FACTOR_PPM:
                found.append(frozenset({f"{factor_text(int(entry.value)).removesuffix('.0')}倍"}))
            case ParameterType.FRACTION:
                part, _, whole = str(entry.value).partition("/")
                words = f"{numeral_of(int(whole))}分之{numeral_of(int(part))}"
                found.append(frozenset({words, str(entry.value)}))
            case ParameterType.DATE:
                found.append(forms_of_date(int(entry.value)))
            case ParameterType.FLAG:
                pass
            case ParameterType.CODE:
                found += [frozenset({f"“{entry.value}”类"})] if len(str(entry.value)) == 1 else []  # a rating
            case _:
                found.append(_counted(int(entry.value), Unit(entry.type.value)))
    return found


def _money(minor: int, unit: str) -> Forms:
    whole, rest = divmod(minor, 100)
    if rest:
        return frozenset({f"{whole}.{rest:02d}{unit}"})
    forms = {f"{whole}{unit}"}
    for size, name in ((_WAN, "万"), (_YI, "亿")):
        if whole % size == 0:
            forms |= {f"{number}{name}{unit}" for number in _numbers(whole // size)}
    return frozenset(forms)


def _percent(ppm: int) -> Forms:
    words = {f"百分之{numeral_of(ppm // _PERCENT_PPM)}"} if ppm % _PERCENT_PPM == 0 and 0 < ppm < PPM else set()
    return frozenset({percent_text(ppm), *words})


def _counted(count: int, unit: Unit) -> Forms:
    forms = {f"{number}{counter}" for number in _numbers(count) for counter in _COUNTERS[unit]}
    if unit is Unit.COUNT and count % _WAN == 0:
        forms |= {f"{number}万{counter}" for number in _numbers(count // _WAN) for counter in _COUNTERS[unit]}
    if unit is Unit.MONTHS and count % 12 == 0:
        forms |= {f"{number}年" for number in _numbers(count // 12)}
    return frozenset(forms)


def _numbers(number: int) -> set[str]:
    """In digits and as a numeral; two of something is 两."""
    words = {numeral_of(number)} if 0 < number < 1000 else set()
    return {str(number), *words, *({"两"} if words == {"二"} else ())}
