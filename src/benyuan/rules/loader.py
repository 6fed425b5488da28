"""Read the built-in rules and a user's own, and make one pack of them. The only module of this layer that opens files.

Files are read in order of their path below the directory, directories in the order given; the pack that results does
not depend on how the rules are spread over files.
"""

import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from benyuan.rules.nodes import RuleFileError, compose
from benyuan.rules.pack import RulePack
from benyuan.rules.reading import FileContent, ReadOpenRow, ReadRule, read_file

BUILT_IN = Path(__file__).parent / "data"  # tidy: path

_SUFFIXES = frozenset({".yaml", ".yml"})


def load_pack(paths: str | Path | Iterable[str | Path] = ()) -> RulePack:
    """The built-in rules, and over them those of further files or directories, each in turn.

    A later rule may take the id of an earlier one only if it says `overrides: true`; it then stands instead of it,
    whole. Raises RuleFileError.
    """
    layers = [paths] if isinstance(paths, str | Path) else list(paths)
    return _made_of(layers) if layers else _built_in()


@cache
def _built_in() -> RulePack:
    """The built-in rules alone, read once in a process: they are part of it."""
    return _made_of([])


def _made_of(layers: Iterable[str | Path]) -> RulePack:
    rules: dict[str, ReadRule] = {}
    open_rows: dict[str, ReadOpenRow] = {}
    for path in (BUILT_IN, *map(Path, layers)):
        _add_layer(rules, open_rows, [_read(file) for file in _files(path)])
    return RulePack(
        all_rules=tuple(each.rule for each in rules.values()),
        open_rows=tuple(each.row for each in open_rows.values()),
    )


def load_texts(directory: str | Path) -> dict[str, str]:
    """Every text in a directory by the name of its file without `.txt`, for the citation tool."""
    files = sorted(Path(directory).glob("*.txt"))
    return {unicodedata.normalize("NFC", file.stem): file.read_text(encoding="utf-8") for file in files}


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES)
    if not files:
        raise RuleFileError(
            file=str(path), line=1, field="(file)", value="nothing", expected="a file or directory of rules"
        )
    return files


def _read(file: Path) -> FileContent:
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise RuleFileError(file=str(file), line=line, field="(file)", value=str(error), expected="UTF-8") from error
    return read_file(compose(file=str(file), text=text))


def _add_layer(rules: dict[str, ReadRule], open_rows: dict[str, ReadOpenRow], contents: list[FileContent]) -> None:
    """Add what one directory holds; within it every id is used once, for a rule or for an open row."""
    layer: set[str] = set()
    for each in (rule for content in contents for rule in content.rules):
        if each.rule.id in layer:
            each.node.fail("an id that is used once")
        if each.overrides != (each.rule.id in rules):
            each.node.fail(_expected_of_override(each))
        layer.add(each.rule.id)
        rules[each.rule.id] = each
        open_rows.pop(each.rule.id, None)
    for row in (row for content in contents for row in content.open_rows):
        if row.row.id in rules or row.row.id in layer:
            row.node.fail("an id that no rule has and no other open row")
        layer.add(row.row.id)
        open_rows[row.row.id] = row


def _expected_of_override(each: ReadRule) -> str:
    if each.overrides:
        return "an id that an earlier directory has: there is nothing to override"
    return "an id of its own, or `overrides: true`"
