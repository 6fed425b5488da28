"""No legal number stands in Python: limits, rates, days and dates live in rules/data, dated and cited."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.tidy.sources import ROOMS, Finding, Source, assert_tidy, lines_found, package_files, parse

LARGEST_PLAIN = 9
# Units, not law.
UNITS = {
    100: "fen in a yuan",
    1_000_000: "parts per million",
}
ADVICE = (
    "a number of the law belongs into rules/data; if it is none, give it a name in values, "
    "or write beside it `# tidy: number <why>`"
)
REASON = re.compile(r"# tidy: number \w+")


def enum_values(tree: ast.Module) -> set[ast.AST]:
    """The numbers that members of an enumeration bear: names, not quantities."""
    classes = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    enums = (node for node in classes if any(ast.unparse(base).endswith(("Enum", "Flag")) for base in node.bases))
    members = (line for node in enums for line in node.body if isinstance(line, ast.Assign))
    return {value for member in members for value in ast.walk(member.value)}


def is_legal_number(node: ast.AST) -> bool:
    match node:
        case ast.Constant(value=bool()):
            return False
        case ast.Constant(value=int(number)):
            return number > LARGEST_PLAIN and number not in UNITS
        case ast.Call(func=ast.Name(id="Decimal") | ast.Attribute(attr="Decimal"), args=[ast.Constant(), *_]):
            return True
    return False


def numbers_in(source: Source) -> Iterator[Finding]:
    named = enum_values(source.tree)
    for node in ast.walk(source.tree):
        if node in named or not is_legal_number(node):
            continue
        line = getattr(node, "lineno", 1)
        if not REASON.search(source.lines[line - 1]):
            yield Finding(source.path, line, ADVICE)


def test_no_legal_number_in_rooms_and_use_cases() -> None:
    assert_tidy(finding for source in package_files(*ROOMS, "closing", "usecases") for finding in numbers_in(source))


@pytest.mark.parametrize(
    "snippet",
    [
        "LIMIT_FEN = 500_000",
        "if days > 30: pass",
        "CAP = Decimal('0.24')",
        "FROM = date(2026, 9, 3)",
        "LIMIT = 500_000  # tidy: number",
    ],
)
def test_legal_number_is_found(snippet: str) -> None:
    assert lines_found(numbers_in(parse(snippet))) == [1]


@pytest.mark.parametrize(
    "snippet",
    [
        "first = rows[0]",
        "yuan = fen // 100",
        "part = amount * rate_ppm // 1_000_000",
        "LENGTH = 18  # tidy: number digits of an identity card",
        "class Code(IntEnum):\n    payment = 10",
        "ON = True",
    ],
)
def test_units_names_and_small_numbers_pass(snippet: str) -> None:
    assert lines_found(numbers_in(parse(snippet))) == []
