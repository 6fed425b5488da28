"""No float comes near money: amounts are integer fen, rates are integer parts, and every rounding names its mode."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.tidy.sources import MONEY, Finding, Source, assert_tidy, dotted_name, lines_found, package_files, parse

# These of `math` take and give whole numbers.
WHOLE_MATH = {"comb", "factorial", "gcd", "isqrt", "lcm", "perm", "prod"}
NUMPY_FLOATS = re.compile(
    r"(np|numpy)\.(float\w*|double|single|half|longdouble|divide|true_divide|mean|average|std|var|median)$"
)
ARROW_FLOATS = re.compile(r"(pa|pyarrow)\.float\d+$")
FLOAT_TYPE_NAMES = re.compile(r"[<>=|]?f(2|4|8|16)|float\d+")

NO_FLOAT = "no float near money: use whole fen or parts per million"
NO_DIVISION = (
    "`/` makes a float: use // or the rounding functions of values (`# tidy: path` for a Path, "
    "`# tidy: exact` for a Fraction)"
)


def advice_for(node: ast.AST, source: Source) -> str | None:
    match node:
        case ast.Constant(value=float() | complex()):
            return NO_FLOAT
        case ast.Constant(value=str(text)) if FLOAT_TYPE_NAMES.fullmatch(text):
            return NO_FLOAT
        case ast.Call(func=ast.Name(id="float")):
            return NO_FLOAT
        case ast.Call(func=ast.Name(id="round")):
            return "round() names no mode: use the rounding functions of values"
        case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()) if not (
            source.is_marked(node, mark="path") or source.is_marked(node, mark="exact")
        ):
            return NO_DIVISION
        case ast.arg(annotation=ast.Name(id="float")) | ast.AnnAssign(annotation=ast.Name(id="float")):
            return NO_FLOAT
        case ast.Attribute():
            name = dotted_name(node)
            owner, _, member = name.rpartition(".")
            if NUMPY_FLOATS.match(name) or ARROW_FLOATS.match(name) or (owner == "math" and member not in WHOLE_MATH):
                return f"{name} is or makes a float: {NO_FLOAT}"
        case ast.ImportFrom(module="math", names=names) if {name.name for name in names} - WHOLE_MATH:
            return f"of math, only {', '.join(sorted(WHOLE_MATH))}: {NO_FLOAT}"
    return None


def floats_in(source: Source) -> Iterator[Finding]:
    for node in ast.walk(source.tree):
        if advice := advice_for(node, source):
            yield Finding(source.path, getattr(node, "lineno", 1), advice)


def test_no_float_where_money_is_computed_or_kept() -> None:
    assert_tidy(finding for source in package_files(*MONEY) for finding in floats_in(source))


@pytest.mark.parametrize(
    "snippet",
    [
        "fee = amount * 0.006",
        "fee = float(amount)",
        "half = amount_fen / 2",
        "amount_fen /= 2",
        "fee = round(amount)",
        "column = np.zeros(3, np.float64)",
        "column = np.zeros(3, dtype='float64')",
        "column = np.dtype([('amount', '<f8')])",
        "field = pa.float64()",
        "mean = np.mean(balances)",
        "up = math.ceil(x)",
        "from math import floor",
        "def pay(*, amount: float) -> None: ...",
        "class Loan:\n    rate: float",
    ],
)
def test_float_is_found(snippet: str) -> None:
    assert lines_found(floats_in(parse(snippet))) == [snippet.count("\n") + 1]


@pytest.mark.parametrize(
    "snippet",
    [
        "half = amount_fen // 2",
        "root = base / 'data'  # tidy: path",
        "share = Fraction(1, 3) / 2  # tidy: exact",
        "if isinstance(value, float):\n    raise TypeError",
        "from math import gcd",
        "step = math.isqrt(n)",
        "note = 'a float64 is never used'",
    ],
)
def test_whole_numbers_and_paths_pass(snippet: str) -> None:
    assert lines_found(floats_in(parse(snippet))) == []
