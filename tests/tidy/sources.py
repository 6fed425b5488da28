"""What the tidy tests read, and how they report: `file:line: what to do`, every finding at once."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "src/benyuan"

ROOMS = (
    "holding_company",
    "payments",
    "credit_bureau",
    "consumer_finance",
    "consumer_protection",
    "governance",
)
# Below the engine: no clock, no random, no I/O.
PURE = ("values", "rules", "ledger", "decisions", "parties", *ROOMS, "closing", "usecases")
# Where money is computed or kept: no float.
MONEY = (*PURE, "engine", "storage")


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file, parsed."""

    path: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def is_marked(self, node: ast.expr | ast.stmt, *, mark: str) -> bool:
        """Whether a line of the node bears the comment `# tidy: <mark>`."""
        last = node.end_lineno or node.lineno
        return any(f"# tidy: {mark}" in line for line in self.lines[node.lineno - 1 : last])


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is not tidy, where, and what to do about it."""

    path: str
    line: int
    advice: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.advice}"


def parse(text: str, *, path: str = "snippet.py") -> Source:
    return Source(path=path, text=text, tree=ast.parse(text, filename=path))


@cache
def read_source(path: str) -> Source:
    return parse((ROOT / path).read_text(encoding="utf-8"), path=path)


def python_files(*folders: str) -> Iterator[Source]:
    """Every Python file below these folders of the repository; a folder may not exist yet."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield read_source(file.relative_to(ROOT).as_posix())


def package_files(*packages: str) -> Iterator[Source]:
    """Every Python file of these packages of benyuan."""
    return python_files(*(f"{PACKAGE}/{package}" for package in packages))


@cache
def repository_files() -> tuple[str, ...]:
    """Every file that is tracked, or would be by `git add`; without git, every file that a checkout would have."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        made = {".git", ".venv", "build", "dist", "__pycache__"}
        found = (file.relative_to(ROOT) for file in ROOT.rglob("*") if file.is_file())
        listed = [file.as_posix() for file in found if not made & set(file.parts) and "_cache" not in file.as_posix()]
    return tuple(path for path in sorted(set(listed)) if path and (ROOT / path).is_file())


def read_text(path: str) -> str | None:
    """The file's text, or nothing if it is not text."""
    try:
        return (ROOT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def dotted_name(node: ast.expr) -> str:
    """`np.random.default_rng` for that expression; empty for anything but names and dots."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := dotted_name(node.value)):
        return f"{owner}.{node.attr}"
    return ""


def assert_tidy(findings: Iterable[Finding]) -> None:
    """Fail with every finding on its own line."""
    found = sorted(set(findings))
    assert not found, "\n" + "\n".join(str(finding) for finding in found)


def lines_found(findings: Iterable[Finding]) -> list[int]:
    """The lines at which something was found, for the tests of the checks themselves."""
    return sorted(finding.line for finding in findings)
