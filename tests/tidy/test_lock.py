"""The lock holds every dependency, in the range that pyproject.toml asks for, with hashes."""

import re
import tomllib
from collections.abc import Iterator

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tidy.sources import ROOT, Finding, assert_tidy

PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;]+)")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
TOOLS = PROJECT["dependency-groups"]["dev"] + PROJECT["build-system"]["requires"]


def read_lock(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def pins_in(text: str) -> dict[str, str]:
    found = (PIN.match(line) for line in text.splitlines())
    return {canonicalize_name(match["name"]): match["version"] for match in found if match}


def unmet(wanted: list[str], *, lock: str, name: str) -> Iterator[Finding]:
    pins = pins_in(lock)
    for requirement in map(Requirement, wanted):
        version = pins.get(canonicalize_name(requirement.name))
        if version is None or version not in requirement.specifier:
            yield Finding(f"requirements/{name}", 1, f"run `make lock`: it has no {requirement}")


def unhashed(lock: str, *, name: str) -> Iterator[Finding]:
    lines = lock.splitlines()
    for number, line in enumerate(lines, start=1):
        if PIN.match(line) and not (number < len(lines) and "--hash=sha256:" in lines[number]):
            yield Finding(f"requirements/{name}", number, "run `make lock`: every version has its hashes")


@pytest.mark.parametrize(("name", "wanted"), [("runtime.txt", RUNTIME), ("dev.txt", RUNTIME + TOOLS)])
def test_lock_meets_the_project(name: str, wanted: list[str]) -> None:
    assert_tidy(unmet(wanted, lock=read_lock(name), name=name))


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_lock_has_hashes(name: str) -> None:
    assert_tidy(unhashed(read_lock(name), name=name))


def test_both_locks_agree() -> None:
    everything = pins_in(read_lock("dev.txt"))
    assert pins_in(read_lock("runtime.txt")).items() <= everything.items()


def test_gaps_are_found() -> None:
    lock = "numpy==2.4.6 \\\n    --hash=sha256:00\nrich==15.0.0\n"
    assert list(unhashed(lock, name="x.txt")) == [
        Finding("requirements/x.txt", 3, "run `make lock`: every version has its hashes")
    ]
    assert not list(unmet(["numpy>=2"], lock=lock, name="x.txt"))
    assert len(list(unmet(["numpy>=3", "numba"], lock=lock, name="x.txt"))) == 2
