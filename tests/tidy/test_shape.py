"""Files and functions of a size one can read, and a docstring on all that others use."""

import ast
from collections.abc import Iterator

import pytest

from tests.tidy.sources import Finding, Source, assert_tidy, lines_found, parse, python_files

FILE_LINES = 500
FUNCTION_LINES = 60
FOLDERS = ("src", "tests", "benchmarks", "tools")

type_of_function = (ast.FunctionDef, ast.AsyncFunctionDef)


def long_parts(source: Source) -> Iterator[Finding]:
    if len(source.lines) > FILE_LINES:
        yield Finding(source.path, FILE_LINES, f"a file has at most {FILE_LINES} lines: split it by what it says")
    for node in ast.walk(source.tree):
        if isinstance(node, type_of_function):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                yield Finding(
                    source.path, node.lineno, f"{node.name} has {length} lines: at most {FUNCTION_LINES}, split it"
                )


def is_public(node: ast.AST) -> bool:
    if not isinstance(node, (*type_of_function, ast.ClassDef)) or node.name.startswith("_"):
        return False
    decorators = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return not decorators & {"overload", "override", "setter", "deleter"}


def public_parts(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    """The public functions, classes and methods; what is inside a function is its own affair."""
    for node in body:
        if isinstance(node, (*type_of_function, ast.ClassDef)) and is_public(node):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public_parts(node.body)


def undescribed_module(source: Source) -> Iterator[Finding]:
    if not ast.get_docstring(source.tree):
        yield Finding(source.path, 1, "begin with a docstring: what it is, the article it serves, a worked number")


def undescribed_parts(source: Source) -> Iterator[Finding]:
    for node in public_parts(source.tree.body):
        if not ast.get_docstring(node):
            yield Finding(source.path, node.lineno, f"{node.name} is public: give it a docstring")


def test_files_and_functions_are_short() -> None:
    assert_tidy(finding for source in python_files(*FOLDERS) for finding in long_parts(source))


def test_every_module_says_what_it_is() -> None:
    assert_tidy(finding for source in python_files(*FOLDERS) for finding in undescribed_module(source))


def test_everything_public_is_described() -> None:
    assert_tidy(finding for source in python_files("src") for finding in undescribed_parts(source))


@pytest.mark.parametrize(("lines", "found"), [(FUNCTION_LINES, []), (FUNCTION_LINES + 1, [1])])
def test_function_length(lines: int, found: list[int]) -> None:
    snippet = "def post():\n" + "    pass\n" * (lines - 1)
    assert lines_found(long_parts(parse(snippet))) == found


@pytest.mark.parametrize(("lines", "found"), [(FILE_LINES, []), (FILE_LINES + 1, [FILE_LINES])])
def test_file_length(lines: int, found: list[int]) -> None:
    assert lines_found(long_parts(parse("x = 1\n" * lines))) == found


def test_missing_docstrings_are_found() -> None:
    snippet = "def pay(): ...\nclass Loan:\n    def draw(self): ...\ndef _own(): ...\n"
    assert lines_found(undescribed_module(parse(snippet))) == [1]
    assert lines_found(undescribed_parts(parse(snippet))) == [1, 2, 3]
