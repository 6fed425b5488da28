"""Below the engine, deciding is pure: no clock, no random, no I/O, nothing that differs between processes."""

import ast
from collections.abc import Iterator

import pytest

from tests.tidy.sources import (
    PACKAGE,
    PURE,
    Finding,
    Source,
    assert_tidy,
    dotted_name,
    lines_found,
    package_files,
    parse,
)

CLOCK = {"time", "timeit", "sched"}
RANDOM = {"random", "secrets"}
IO = {
    "apsw",
    "asyncio",
    "concurrent",
    "fileinput",
    "ftplib",
    "glob",
    "http",
    "importlib.resources",
    "io",
    "logging",
    "multiprocessing",
    "os",
    "pathlib",
    "pyarrow.csv",
    "pyarrow.dataset",
    "pyarrow.fs",
    "pyarrow.parquet",
    "shutil",
    "signal",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "tempfile",
    "threading",
    "urllib",
}
FORBIDDEN_MODULES = CLOCK | RANDOM | IO
FORBIDDEN_CALLS = {
    "breakpoint": "leave the debugger out",
    "hash": "hash() of text differs from one process to the next: use hashlib",
    "id": "id() differs from one process to the next",
    "input": "the command line asks",
    "open": "storage reads and writes",
    "print": "the command line prints",
}
CLOCK_METHODS = {"now", "today", "utcnow"}
FILE_METHODS = {"read_bytes", "read_text", "write_bytes", "write_text"}
FORBIDDEN_PREFIXES = ("np.random.", "numpy.random.", "np.load", "np.save", "np.fromfile", "np.memmap")
RANDOM_IDS = {"uuid1", "uuid4", "uuid6", "uuid7", "uuid8"}

# The loaders read the package's own rule files, questionnaires and texts, and the characters come from a package of
# data; the warm-up says what it does and how long it took; the kernel's cache goes by the hash of its sources.
ALLOWED = {
    f"{PACKAGE}/rules/loader.py": {"importlib.resources", "open", "os", "pathlib", "read_bytes", "read_text"},
    f"{PACKAGE}/consumer_protection/versions.py": {"importlib.resources", "read_text"},
    f"{PACKAGE}/parties/characters.py": {"read_text"},
    f"{PACKAGE}/ledger/warm.py": {"print", "time"},
    f"{PACKAGE}/compiled.py": {"os", "pathlib", "read_bytes"},
}


def imported_modules(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [name.name for name in names]
        case ast.ImportFrom(module=str(module), names=names, level=0):
            return [module, *(f"{module}.{name.name}" for name in names)]
    return []


def forbidden_part(module: str) -> str | None:
    parts = module.split(".")
    prefixes = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    return next((prefix for prefix in prefixes if prefix in FORBIDDEN_MODULES), None)


def impurities_of(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What is impure in a node: its name, and what to do."""
    for module in imported_modules(node):
        if name := forbidden_part(module):
            yield name, f"{name} has no place below the engine: take what it gives as an argument"
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
            yield name, f"{name}() has no place below the engine: {FORBIDDEN_CALLS[name]}"
        case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCK_METHODS:
            yield name, f".{name}() reads the clock: dates and times are arguments"
        case ast.Call(func=ast.Attribute(attr=name)) if name in FILE_METHODS:
            yield name, f".{name}() is I/O: storage reads and writes"
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if name in RANDOM_IDS:
            yield name, f"{name}() is random or a clock: the engine gives out ids"
        case ast.Call(func=ast.Attribute(attr="datetime64"), args=[ast.Constant(value="now" | "today")]):
            yield "datetime64", "this reads the clock: dates and times are arguments"
        case ast.Attribute() if (name := dotted_name(node)).startswith(FORBIDDEN_PREFIXES):
            yield name, f"{name} has no place below the engine: no random, no files"


def impurities_in(source: Source) -> Iterator[Finding]:
    allowed = ALLOWED.get(source.path, set())
    for node in ast.walk(source.tree):
        for name, advice in impurities_of(node):
            if name not in allowed:
                yield Finding(source.path, getattr(node, "lineno", 1), advice)


def test_nothing_below_the_engine_reads_a_clock_a_die_or_a_file() -> None:
    assert_tidy(finding for source in package_files(*PURE) for finding in impurities_in(source))


@pytest.mark.parametrize(
    "snippet",
    [
        "import time",
        "import os.path",
        "from random import choice",
        "from pathlib import Path",
        "import importlib.resources",
        "import pyarrow.parquet as pq",
        "now = datetime.now(tz=UTC)",
        "on = date.today()",
        "file = open('x')",
        "print('x')",
        "key = hash(name)",
        "rng = np.random.default_rng(1)",
        "key = uuid.uuid4()",
        "at = np.datetime64('now')",
        "text = path.read_text()",
    ],
)
def test_impurity_is_found(snippet: str) -> None:
    assert set(lines_found(impurities_in(parse(snippet)))) == {1}


@pytest.mark.parametrize(
    "snippet",
    [
        "from datetime import date, datetime, time",
        "from benyuan.values import time",
        "import hashlib",
        "import pyarrow as pa",
        "opened = account.open(on=on)",
        "at = np.datetime64('2026-09-30')",
    ],
)
def test_pure_code_passes(snippet: str) -> None:
    assert lines_found(impurities_in(parse(snippet))) == []


def test_only_the_loader_may_read() -> None:
    reads = "from importlib.resources import files"
    assert not list(impurities_in(parse(reads, path=f"{PACKAGE}/rules/loader.py")))
    assert list(impurities_in(parse(reads, path=f"{PACKAGE}/rules/pack.py")))
