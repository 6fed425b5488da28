"""The reference pages are those that the code writes, and help comes fast."""

import subprocess
import sys
from pathlib import Path

import pytest

from benyuan.cli.inputs.fields import all_kinds, fields_of
from benyuan.cli.meanings import MEANINGS, OF_ONE_KIND, PARTS, meaning
from benyuan.cli.reference import DIRECTORY, LAYOUTS, pages
from tests.tidy.sources import ROOT
from tests.unit.cli.running import benyuan


@pytest.mark.parametrize("name", ["cli.md", "commands.md", "rules.md", "rights.md", "governed.md"])
def test_page_is_the_generated_one(name: str) -> None:
    assert (ROOT / DIRECTORY / name).read_text(encoding="utf-8") == pages()[name], "make docs"


def test_every_field_has_a_meaning() -> None:
    names = {(kind, field.name) for kind in all_kinds() for field in fields_of(kind)}
    assert all(meaning(kind, name) for kind, name in names)
    assert set(MEANINGS) <= {name for _, name in names}
    assert set(OF_ONE_KIND) <= names


def test_words_are_of_the_commands_package_first() -> None:
    """The same field means other things in other rooms."""
    assert meaning("record_stake", "whole") == "Of how many parts or shares."
    assert meaning("agree_autopay", "whole").startswith("Whether all that the statement asks for")
    assert meaning("fund", "source") != meaning("record_stake", "source") != meaning("fund_lender", "source")
    names = {field.name for kind in all_kinds() for field in fields_of(kind)}
    for part in {each for parts in PARTS.values() for each in parts}:
        assert set(part.MEANINGS) <= names


def test_help_loads_nothing_heavy() -> None:
    code = "import sys; from benyuan.cli import app; print(*sorted({'numba', 'numpy', 'pyarrow'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=None)
    assert loaded.stdout.strip() == ""


@pytest.mark.parametrize("words", [(), ("run",), ("rules",), ("rules", "at"), ("bench",), ("demo",)])
def test_help_has_examples(words: tuple[str, ...]) -> None:
    told = benyuan(*words, "--help")
    assert told.exit_code == 0
    assert "Usage" in told.stdout


def test_pages_are_written_where_asked(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "benyuan.cli.reference", str(tmp_path)], check=True, capture_output=True)
    assert {file.name for file in tmp_path.iterdir()} == {
        *("cli.md", "commands.md", "rules.md", "rights.md", "governed.md", LAYOUTS),
    }
