"""A scorecard from its text and back: YAML that a person reads, whole numbers only, nothing that runs.

Worked line: `- {from: 250000, points: 12, files: 5210, bads: 1140}` is the bin from 25% on.
"""

from benyuan.credit_bureau.score.scorecard import Bin, FactorPoints, Scaling, Scorecard, checked
from benyuan.rules.nodes import Node, RuleFileError, compose
from benyuan.values.errors import BadInput

HEAD = ("name", "version", "made_on", "sample", "target", "least_months", "scaling", "base_points", "factors")
SCALING = ("at_points", "odds", "double")
FACTOR = ("factor", "monotonic", "reason", "missing", "bins")
MISSING = ("points", "files", "bads")


def scorecard_of(text: str, *, file: str = "scorecard") -> Scorecard:
    """The card that a text holds. Raises BadInput with file, line and field where it holds none."""
    try:
        return checked(_card(compose(file=file, text=text)))
    except RuleFileError as error:
        raise BadInput(f"{error.file}:{error.line}: {error.field}", error.value, error.expected) from error


def _card(node: Node) -> Scorecard:
    head = node.section(required=HEAD).children
    scaling = head["scaling"].section(required=SCALING).children
    return Scorecard(
        name=head["name"].text(),
        version=head["version"].integer(),
        made_on=head["made_on"].date(),
        sample=head["sample"].text(),
        target=head["target"].text(),
        least_months=head["least_months"].integer(),
        scaling=Scaling(**{name: scaling[name].integer() for name in SCALING}),
        base_points=head["base_points"].integer(),
        factors=tuple(map(_factor, head["factors"].list())),
    )


def _factor(node: Node) -> FactorPoints:
    part = node.section(required=FACTOR).children
    reason = part["reason"].section(required=("zh", "en")).children
    missing = part["missing"].section(required=MISSING).children
    return FactorPoints(
        factor=part["factor"].text(),
        monotonic=part["monotonic"].boolean(),
        missing=Bin(from_value=0, **{name: missing[name].integer() for name in MISSING}),
        bins=tuple(map(_bin, part["bins"].list())),
        reason_zh=reason["zh"].text(),
        reason_en=reason["en"].text(),
    )


def _bin(node: Node) -> Bin:
    part = node.section(required=("from", *MISSING)).children
    return Bin(from_value=part["from"].integer(), **{name: part[name].integer() for name in MISSING})


def text_of(card: Scorecard) -> str:
    """The card as YAML, the same text for the same card. Texts in it may hold neither quotes nor backslashes."""
    scaling = card.scaling
    day = str(card.made_on)
    lines = [
        f"# The scorecard {card.name}: docs/algorithms/score.md says how a score is added up from it.",
        f"name: {_quoted(card.name)}",
        f"version: {card.version}",
        f"made_on: {day[:4]}-{day[4:6]}-{day[6:]}",
        f"sample: {_quoted(card.sample)}",
        f"target: {_quoted(card.target)}",
        f"least_months: {card.least_months}",
        f"scaling: {{at_points: {scaling.at_points}, odds: {scaling.odds}, double: {scaling.double}}}",
        f"base_points: {card.base_points}",
        "factors:",
    ]
    return "\n".join([*lines, *(line for each in card.factors for line in _factor_lines(each))]) + "\n"


def _factor_lines(each: FactorPoints) -> list[str]:
    return [
        f"  - factor: {each.factor}",
        f"    monotonic: {'true' if each.monotonic else 'false'}",
        "    reason:",
        f"      zh: {_quoted(each.reason_zh)}",
        f"      en: {_quoted(each.reason_en)}",
        f"    missing: {{{_numbers(each.missing)}}}",
        "    bins:",
        *(f"      - {{from: {one.from_value}, {_numbers(one)}}}" for one in each.bins),
    ]


def _numbers(one: Bin) -> str:
    return f"points: {one.points}, files: {one.files}, bads: {one.bads}"


def _quoted(text: str) -> str:
    if set(text) & set('"\\\n'):
        raise BadInput("text", text, "neither quotes, backslashes nor new lines")
    return f'"{text}"'
