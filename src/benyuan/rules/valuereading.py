"""The dated values of a rule: typed by the rule's unit, in order of time, each with its citation."""

from collections.abc import Callable
from itertools import pairwise

from benyuan.rules.nodes import Node, Section
from benyuan.rules.parameters import NO_PARAMETERS, Parameter, Parameters
from benyuan.rules.quantities import factor_ppm, fraction_text, minor_units, ratio_ppm
from benyuan.rules.types import Cite, ParameterDeclaration, RuleValue, Slice
from benyuan.rules.vocabulary import ParameterType, Status, Unit

Declared = tuple[ParameterDeclaration, ...]

ANCHOR_LENGTH = 8
AGREED = "agreed"

_MONEY = 'a quoted amount with two decimals, such as "100000.00"'
_PERCENT = 'a percentage, such as "95%", or whole parts per million'
_FACTOR = 'a quoted factor, such as "1.5"'
_FRACTION = 'a quoted fraction in its lowest terms, such as "2/3"'
_REQUIRED = ("in_force", "cite", "status")
_OPTIONAL = ("until", "value", "tiers", "parameters", "also", "verified_on", "note")


def read_values(node: Node, *, unit: Unit, declared: Declared) -> tuple[RuleValue, ...]:
    """All values of a rule, later ones later in the file, no two over the same day. Raises RuleFileError."""
    sections = [child.section(required=_REQUIRED, optional=_OPTIONAL) for child in node.list()]
    values = tuple(_read_value(section, unit=unit, declared=declared) for section in sections)
    for drafts in (False, True):
        counted = [place for place, value in enumerate(values) if drafts or value.status is not Status.DRAFT]
        for earlier, later in pairwise(counted):
            _check_order(values[earlier], values[later], sections[later])
    return values


def _check_order(earlier: RuleValue, later: RuleValue, section: Section) -> None:
    if later.in_force <= earlier.in_force:
        section["in_force"].fail("a date after that of the value before it")
    if earlier.until is not None and earlier.until > later.in_force:
        section["in_force"].fail("a date not before the `until` of the value before it: the periods overlap")


def _read_value(section: Section, *, unit: Unit, declared: Declared) -> RuleValue:
    status = section["status"].word(Status)
    _check_verified(section, status)
    amount, agreed, slices = _read_figure(section, unit)
    return RuleValue(
        unit=unit,
        in_force=section["in_force"].date(),
        until=_read_until(section),
        amount=amount,
        agreed=agreed,
        slices=slices,
        tiers=_read_tiers(section, unit=unit, declared=declared),
        parameters=_read_value_parameters(section, unit=unit, declared=declared),
        cite=read_cite(section["cite"], status=status),
        also=tuple(read_cite(child, status=status) for child in section.list("also")),
        status=status,
        verified_on=section.date("verified_on"),
        note=section.text("note"),
    )


def _check_verified(section: Section, status: Status) -> None:
    verified_on = section.get("verified_on")
    if status is Status.VERIFIED and verified_on is None:
        section["status"].fail("a `verified_on` beside a verified value")
    if status is not Status.VERIFIED and verified_on is not None:
        verified_on.fail(f"no such date beside a value that is {status}")


def _read_until(section: Section) -> int | None:
    until = section.get("until")
    if until is not None and until.date() <= section["in_force"].date():
        until.fail("a date after `in_force`")
    return None if until is None else until.date()


def read_cite(node: Node, *, status: Status) -> Cite:
    """A citation; a verified one names the article. Raises RuleFileError."""
    section = node.section(required=("document", "title"), optional=("article", "item", "anchor"))
    anchor = section.get("anchor")
    if anchor is not None and len(anchor.text()) > ANCHOR_LENGTH:
        anchor.fail(f"at most {ANCHOR_LENGTH} characters")
    if status is Status.VERIFIED and section.get("article") is None:
        node.fail("an `article` in the citation of a verified value")
    return Cite(
        document=section["document"].text(),
        title=section["title"].text(),
        article=section.text("article"),
        item=section.text("item"),
        anchor=section.text("anchor"),
    )


def _read_figure(section: Section, unit: Unit) -> tuple[int | None, bool, tuple[Slice, ...]]:
    """The value as (amount, agreed, slices); a table has none of the three."""
    node = section.get("value")
    if unit is Unit.TABLE:
        if node is not None:
            node.fail("no value beside a table: its rows stand under `tiers`")
        return None, False, ()
    if node is None:
        section.node.fail(f"a `value` in {unit}")
    if unit in (Unit.CNY, Unit.COUNT) and node.is_scalar("str") and node.text() == AGREED:
        return None, True, ()
    if unit is Unit.RATIO_PPM and not node.is_scalar("str", "int", "float"):
        return None, False, _read_slices(node)
    return _read_amount(node, unit), False, ()


def _read_amount(node: Node, unit: Unit) -> int | None:
    match unit:
        case Unit.CNY:
            return node.parsed(minor_units, expected=_MONEY)
        case Unit.RATIO_PPM:
            return _read_ratio(node)
        case Unit.FLAG:
            if not node.boolean():
                node.fail("true; a rule that ends has an `until`")
            return None
        case _:
            return node.integer()


def _read_ratio(node: Node) -> int:
    return node.integer() if node.is_scalar("int") else node.parsed(ratio_ppm, expected=_PERCENT)


def _read_slices(node: Node) -> tuple[Slice, ...]:
    sections = [child.section(required=("over", "rate")) for child in node.list()]
    slices = tuple(
        Slice(over_fen=section["over"].parsed(minor_units, expected=_MONEY), rate_ppm=_read_ratio(section["rate"]))
        for section in sections
    )
    if slices[0].over_fen != 0:
        sections[0]["over"].fail('"0.00" for the first step')
    for place, (lower, upper) in enumerate(pairwise(slices), start=1):
        if upper.over_fen <= lower.over_fen:
            sections[place]["over"].fail("an amount above that of the step before it")
    return slices


def _read_tiers(section: Section, *, unit: Unit, declared: Declared) -> tuple[Parameters, ...]:
    node = section.get("tiers")
    if unit is not Unit.TABLE:
        if node is not None:
            node.fail("rows only where the unit is table")
        return ()
    if node is None:
        section.node.fail("the rows of the table under `tiers`")
    return tuple(_read_parameters(child, declared) for child in node.list())


def _read_value_parameters(section: Section, *, unit: Unit, declared: Declared) -> Parameters:
    node = section.get("parameters")
    if unit is Unit.TABLE or not declared:
        if node is not None:
            node.fail("no parameters here: the rule declares none, or declares them as the columns of `tiers`")
        return NO_PARAMETERS
    if node is None:
        section.node.fail(f"`parameters` with {', '.join(each.name for each in declared)}")
    return _read_parameters(node, declared)


def _read_parameters(node: Node, declared: Declared) -> Parameters:
    if not declared:
        node.fail("columns declared under `parameters` of the rule")
    section = node.section(required=tuple(each.name for each in declared))
    return Parameters(
        tuple(
            Parameter(name=each.name, type=each.type, value=_PARAMETER_READERS[each.type](section[each.name]))
            for each in declared
        ),
    )


_PARAMETER_READERS: dict[ParameterType, Callable[[Node], int | str | bool]] = {
    ParameterType.CNY: lambda node: node.parsed(minor_units, expected=_MONEY),
    ParameterType.USD: lambda node: node.parsed(minor_units, expected=_MONEY),
    ParameterType.RATIO_PPM: _read_ratio,
    ParameterType.FACTOR_PPM: lambda node: node.parsed(factor_ppm, expected=_FACTOR),
    ParameterType.FRACTION: lambda node: node.parsed(fraction_text, expected=_FRACTION),
    ParameterType.COUNT: Node.integer,
    ParameterType.HOURS: Node.integer,
    ParameterType.DAYS: Node.integer,
    ParameterType.WORKING_DAYS: Node.integer,
    ParameterType.MONTHS: Node.integer,
    ParameterType.YEARS: Node.integer,
    ParameterType.DATE: Node.date,
    ParameterType.FLAG: Node.boolean,
    ParameterType.CODE: Node.text,
}
