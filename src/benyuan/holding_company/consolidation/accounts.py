"""Which line each kind of account of this ledger stands on when a book is taken into a group's accounts.

The map is data, dated, and ours. Worked number: a lender's account of code 107 that stands 40.00 in debit is on
`receivables`, with the body in whose book its mirror is; 40.00 in credit are on `payables`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benyuan.holding_company.consolidation.chart import Chart
from benyuan.rules.nodes import Node, RuleFileError, Section, compose
from benyuan.values.errors import BadInput

LINES = ("line", "debit", "credit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The numbers of the lines for what stands in debit and in credit."""

    debit: int
    credit: int

    def of(self, net_fen: int) -> int:
        """The line for debits less credits."""
        return self.debit if net_fen >= 0 else self.credit


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountKind:
    """One row: from `in_force` (yyyymmdd) on accounts of `code` are told so; `sides` None: by leg, or they count."""

    code: int
    name: str
    in_force: int
    sides: Sides | None
    by_leg: bool
    mirrored: bool
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMap:
    """All rows in order of code and date, and the lines of legs on accounts that are told by leg."""

    kinds: tuple[AccountKind, ...]
    legs: Mapping[int, Sides]

    def on(self, day: int) -> dict[int, AccountKind]:
        """By code those that are in force on a day (yyyymmdd)."""
        return {kind.code: kind for kind in self.kinds if kind.in_force <= day}

    def missing(self, codes: Iterable[int], *, on: int) -> list[int]:
        """The codes that have no row on a day."""
        held = self.on(on)
        return sorted(set(codes) - set(held))


def account_map_of(text: str, *, chart: Chart, file: str = "accounts") -> AccountMap:
    """The map that a text holds. Errors: BadInput with file, line and field where it holds none."""
    try:
        root = compose(file=file, text=text).section(required=("accounts", "legs"))
        kinds = [_kind(node, chart) for node in root["accounts"].list()]
        legs = [_leg(node, chart) for node in root["legs"].list()]
    except RuleFileError as error:
        raise BadInput(f"{error.file}:{error.line}: {error.field}", error.value, error.expected) from error
    keys = [f"{kind.code} of {kind.in_force}" for kind in kinds]
    for field, values in (("code", keys), ("leg", [str(leg) for leg, _ in legs])):
        for value in values:
            if values.count(value) > 1:
                raise BadInput(f"{file}: {field}", value, "one row a day")
    ordered = sorted(kinds, key=lambda kind: (kind.code, kind.in_force))
    return AccountMap(kinds=tuple(ordered), legs=dict(legs))


def _kind(node: Node, chart: Chart) -> AccountKind:
    flags = ("by_leg", "mirrored", "counts")
    given = node.section(required=("code", "name", "in_force"), optional=(*LINES, *flags))
    by_leg, mirrored, counts = (name in given.children and given[name].boolean() for name in flags)
    has_lines = any(name in given.children for name in LINES)
    if has_lines + by_leg + counts != 1:
        node.fail("a line, lines by side, by_leg, or counts: one of them")
    return AccountKind(
        code=given["code"].integer(),
        name=given["name"].text(),
        in_force=given["in_force"].date(),
        sides=_sides(node, given, chart) if has_lines else None,
        by_leg=by_leg,
        mirrored=mirrored,
        counts=counts,
    )


def _leg(node: Node, chart: Chart) -> tuple[int, Sides]:
    given = node.section(required=("leg", "name"), optional=LINES)
    return given["leg"].integer(), _sides(node, given, chart)


def _sides(node: Node, given: Section, chart: Chart) -> Sides:
    names = [name for name in LINES if name in given.children]
    if names not in (["line"], ["debit", "credit"]):
        node.fail("a line, or one for each of debit and credit")
    lines = []
    for name in names:
        text = given[name].text()
        if text not in chart.by_name:
            given[name].fail("one of " + ", ".join(chart.by_name))
        lines.append(chart.by_name[text].number)
    return Sides(debit=lines[0], credit=lines[-1])
