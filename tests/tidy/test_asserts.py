"""A test that asserts nothing holds nothing."""

import ast
from collections.abc import Iterator

import pytest

from tests.tidy.sources import Finding, Source, assert_tidy, dotted_name, lines_found, parse, python_files

ASSERTING_CALLS = {"raises", "warns", "fail", "run_state_machine_as_test"}
ASSERTING_PREFIXES = ("assert_", "check_")


def asserts_something(function: ast.AST) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return True
        if isinstance(node, ast.Call):
            name = dotted_name(node.func).rpartition(".")[2]
            if name in ASSERTING_CALLS or name.startswith(ASSERTING_PREFIXES):
                return True
    return False


def empty_tests(source: Source) -> Iterator[Finding]:
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and node.name.startswith("test_")
            and not asserts_something(node)
        ):
            yield Finding(source.path, node.lineno, f"{node.name}: assert what must hold")


def test_every_test_asserts_something() -> None:
    assert_tidy(finding for source in python_files("tests") for finding in empty_tests(source))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("pay()", [1]),
        ("assert pay()", []),
        ("with pytest.raises(ValueError): pay()", []),
        ("assert_balanced(books)", []),
        ("books.check_balances()", []),
    ],
)
def test_empty_test_is_found(body: str, found: list[int]) -> None:
    assert lines_found(empty_tests(parse(f"def test_pay():\n    {body}\n"))) == found
