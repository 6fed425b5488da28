"""Words that do not stand here: unfinished work in the source, and one machine's paths or hosts anywhere."""

import re
from collections.abc import Iterable, Iterator

import pytest

from tests.tidy.sources import PACKAGE, Finding, assert_tidy, lines_found, read_text, repository_files

UNFINISHED = re.compile(
    r"\b(TODO|FIXME|XXX|HACK|NotImplementedError|(?i:for now|stubs?|stubbed|placeholders?))\b",
)
UNFINISHED_ADVICE = "finish it, or leave it out and say so in the docs"

# Written in pieces, so that this file does not find itself.
PLACES = re.compile(
    "|".join(
        [
            r"(?<![\w.~-])/(work|root)/",
            r"(?<![\w.~-])/opt/" + "(wheels|pypi)",
            "pypi" + r"\.org",
            "python" + "hosted",
            "npm" + "js",
            "debian" + r"\.org",
        ]
    ),
    re.IGNORECASE,
)
PLACES_ADVICE = "name no machine's path and no registry's host: each installation has its own"

MERGING = re.compile(r"^([<>=|])\1{6}(?= |$)")
MERGING_ADVICE = "two versions met here: take one"


def matches(pattern: re.Pattern[str], *, text: str, path: str, advice: str) -> Iterator[Finding]:
    for number, line in enumerate(text.splitlines(), start=1):
        if match := pattern.search(line):
            yield Finding(path, number, f"'{match.group()}': {advice}")


def matches_in_files(pattern: re.Pattern[str], *, paths: Iterable[str], advice: str) -> Iterator[Finding]:
    for path in paths:
        text = read_text(path)
        if text is not None:
            yield from matches(pattern, text=text, path=path, advice=advice)


def test_nothing_in_the_source_is_unfinished() -> None:
    source = [path for path in repository_files() if path.startswith(f"{PACKAGE}/")]
    assert_tidy(matches_in_files(UNFINISHED, paths=source, advice=UNFINISHED_ADVICE))


def test_no_file_names_a_machine_or_a_registry() -> None:
    assert_tidy(matches_in_files(PLACES, paths=repository_files(), advice=PLACES_ADVICE))


def test_no_merge_has_left_its_marks() -> None:
    assert_tidy(matches_in_files(MERGING, paths=repository_files(), advice=MERGING_ADVICE))


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (MERGING, "=" * 7),
        (MERGING, "<" * 7 + " HEAD"),
        (MERGING, ">" * 7 + " branch"),
        (UNFINISHED, "# TODO: the rest"),
        (UNFINISHED, "raise NotImplementedError"),
        (UNFINISHED, "# returns zero for now"),
        (UNFINISHED, "a Placeholder value"),
        (PLACES, "--find-links=/" + "work/wheels"),
        (PLACES, "see /" + "root/notes"),
        (PLACES, "--index-url https://pypi" + ".org/simple"),
        (PLACES, "registry.npm" + "js.com"),
    ],
)
def test_banned_word_is_found(pattern: re.Pattern[str], line: str) -> None:
    assert lines_found(matches(pattern, text=line, path="line", advice="")) == [1]


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (UNFINISHED, "stubborn debts"),
        (UNFINISHED, "for nowhere else"),
        (PLACES, "docs/work/flow.md"),
        (PLACES, "the group's root/branch"),
    ],
)
def test_plain_word_passes(pattern: re.Pattern[str], line: str) -> None:
    assert lines_found(matches(pattern, text=line, path="line", advice="")) == []
