"""The lines of a group's accounts, and which line mirrors which at the other body.

Worked number: a bank's loan of 100 to a lender of the group is a debit of 100 on `loans` at the bank and a credit of
100 on `borrowings` at the lender; both lines have the role `loans`, so the two are one pair.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from benyuan.rules.nodes import Node, RuleFileError, compose
from benyuan.values.errors import BadInput

Word = TypeVar("Word", bound=StrEnum)
HEAD = ("number", "name", "part", "role", "en", "zh")


class Part(StrEnum):
    """Where a line stands."""

    asset = "asset"
    liability = "liability"
    equity = "equity"
    income = "income"
    expense = "expense"


class Role(StrEnum):
    """How a line is eliminated: with its mirror, as an investment against capital, out of assets, or not at all."""

    none = "none"
    deposits = "deposits"
    loans = "loans"
    settlement = "settlement"
    interest_due = "interest_due"
    bonds = "bonds"
    interest = "interest"
    fees = "fees"
    premiums = "premiums"
    dividends = "dividends"
    investment = "investment"
    capital = "capital"
    unrealised = "unrealised"


GOODWILL, HELD_INSIDE = "goodwill", "profit_held_inside"
PARTS, ROLES = tuple(Part), tuple(Role)
DEBIT_PARTS = (Part.asset, Part.expense)
UNPAIRED = (Role.none, Role.investment, Role.capital, Role.unrealised)
PAIRS = ((Part.asset, Part.liability), (Part.expense, Part.income), (Part.equity, Part.income))
"""Parts that may mirror one another, the debit side first; a distribution is a debit in equity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """One line: its number, its name in returns, where it stands, its role, its titles."""

    number: int
    name: str
    part: Part
    role: Role
    en: str
    zh: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """All lines in order of number; columns by number, nought where there is no line."""

    lines: tuple[GroupLine, ...]

    @cached_property
    def by_name(self) -> dict[str, GroupLine]:
        """Each line by its name."""
        return {line.name: line for line in self.lines}

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Whether there is a line of each number."""
        return self._column([True for _ in self.lines]).astype(bool)

    @cached_property
    def part(self) -> NDArray[np.int64]:
        """The place of each line's part in `PARTS`."""
        return self._column([PARTS.index(line.part) for line in self.lines])

    @cached_property
    def role(self) -> NDArray[np.int64]:
        """The place of each line's role in `ROLES`."""
        return self._column([ROLES.index(line.role) for line in self.lines])

    @cached_property
    def debit(self) -> NDArray[np.bool_]:
        """Whether a line is the debit side of its pair."""
        return self._column([_is_debit(line) for line in self.lines]).astype(bool)

    def is_part(self, *parts: Part) -> NDArray[np.bool_]:
        """Which numbers are lines of these parts."""
        return self.known & np.isin(self.part, [PARTS.index(part) for part in parts])

    def is_role(self, *roles: Role) -> NDArray[np.bool_]:
        """Which numbers are lines of these roles."""
        return self.known & np.isin(self.role, [ROLES.index(role) for role in roles])

    def _column(self, values: list[int]) -> NDArray[np.int64]:
        made = np.zeros(self.lines[-1].number + 1, np.int64)
        made[[line.number for line in self.lines]] = values
        return made


def _is_debit(line: GroupLine) -> bool:
    return line.part in DEBIT_PARTS or (line.part is Part.equity and line.role is Role.dividends)


def chart_of(text: str, *, file: str = "lines") -> Chart:
    """The chart that a text holds. Errors: BadInput with file, line and field where it holds none."""
    try:
        root = compose(file=file, text=text).section(required=("lines",))
        lines = [_line(node) for node in root.children["lines"].list()]
    except RuleFileError as error:
        raise BadInput(f"{error.file}:{error.line}: {error.field}", error.value, error.expected) from error
    return checked_chart(lines)


def _line(node: Node) -> GroupLine:
    part = node.section(required=HEAD).children
    return GroupLine(
        number=part["number"].integer(),
        name=part["name"].text(),
        part=_word(Part, part["part"].text(), "part"),
        role=_word(Role, part["role"].text(), "role"),
        en=part["en"].text(),
        zh=part["zh"].text(),
    )


def _word(words: type[Word], text: str, field: str) -> Word:
    if text not in list(words):
        raise BadInput(field, text, "one of " + ", ".join(words))
    return words(text)


def checked_chart(lines: list[GroupLine]) -> Chart:
    """Numbers above nought and names, each once; each role of a pair with both of its sides. Errors: BadInput."""
    ordered = tuple(sorted(lines, key=lambda line: line.number))
    for field in ("number", "name"):
        values = [getattr(line, field) for line in ordered]
        for value in values:
            if values.count(value) > 1 or value in (0, ""):
                raise BadInput(field, value, "above nought, and one line each")
    if not ordered or ordered[0].number < 1:
        raise BadInput("lines", len(ordered), "lines with numbers above nought")
    for role in ROLES:
        held = [line for line in ordered if line.role is role]
        debits, credits_ = ({line.part for line in held if _is_debit(line) is side} for side in (True, False))
        fits = [(debit, credit) in PAIRS for debit in debits for credit in credits_]
        if role not in UNPAIRED and held and not (fits and all(fits)):
            raise BadInput("role", role.value, "lines on both sides that mirror one another")
    moved = [line for line in ordered if line.role is Role.unrealised]
    if moved and (HELD_INSIDE, Part.asset) not in [(line.name, line.part) for line in ordered]:
        raise BadInput("role", Role.unrealised.value, f"an asset {HELD_INSIDE!r} that it is taken out of")
    investments = [line for line in ordered if line.role is Role.investment]
    if len(investments) != 1 or (GOODWILL, Part.asset) not in [(line.name, line.part) for line in ordered]:
        raise BadInput("lines", len(investments), f"one line of investments, and an asset {GOODWILL!r}")
    return Chart(lines=ordered)
