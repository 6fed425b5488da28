"""An event that is declared is made somewhere: one that nothing makes promises what can't happen."""

import ast
from collections.abc import Iterable, Iterator

from tests.tidy.sources import PURE, Finding, Source, assert_tidy, lines_found, package_files, parse

DECLARES = {"folds", "erases"}


def never_made(sources: Iterable[Source]) -> Iterator[Finding]:
    """Events of these files that no other of them names."""
    files = list(sources)
    for source in files:
        elsewhere = {name for each in files if each is not source for name in _names(each)}
        for name, line in _declared(source):
            if name not in elsewhere:
                yield Finding(source.path, line, f"{name} is declared and nothing makes it: make it, or take it out")


def _declared(source: Source) -> Iterator[tuple[str, int]]:
    for node in source.tree.body:
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)):
            continue
        made, [target] = node.value.func, node.targets
        if isinstance(made, ast.Name) and made.id in DECLARES and isinstance(target, ast.Name):
            yield target.id, node.lineno


def _names(source: Source) -> set[str]:
    return {node.id for node in ast.walk(source.tree) if isinstance(node, ast.Name)}


def test_every_event_is_made() -> None:
    assert_tidy(never_made(package_files(*PURE)))


def test_one_that_nothing_makes_is_found() -> None:
    records = parse('MADE = folds("made", table=T, adds=True)\nLEFT = folds("left", table=T, adds=True)\n')
    usecase = parse("from records import LEFT, MADE\nevents = event(MADE, rows)\n")
    assert lines_found(never_made([records, usecase])) == [2]
