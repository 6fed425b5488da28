"""No command that writes a file of the group writes it over the database, or over what lies beside it."""

from pathlib import Path

import pytest

from benyuan.cli.failures import BAD_INPUT
from tests.unit.cli.running import benyuan
from tests.unit.engine.groups import on_file
from tests.unit.group.ownership import Houses

DAYS = ("--from", "20260501", "--until", "20260501")


@pytest.mark.parametrize(
    ("ending", "words"),
    [
        ("html", ("group", "board-pack", "2", "FILE")),
        ("json", ("group", "bods", "export", "FILE")),
        ("csv", ("group", "small-micro", *DAYS, "--csv", "FILE")),
        ("html", ("group", "small-micro", *DAYS, "--html", "FILE")),
    ],
)
@pytest.mark.parametrize("other", ["", "-wal"])
def test_the_database_is_no_file_to_write(tmp_path: Path, ending: str, words: tuple[str, ...], other: str) -> None:
    database = tmp_path / (f"group.{ending}" if not other else "group")
    Houses(on_file(database)).desk.group.close()
    held = tmp_path / f"{database.name}{other}"
    file = held if not other else tmp_path / f"link.{ending}"
    if other:
        held.touch()
        file.symlink_to(held)
    before = held.read_bytes()
    named = [str(file) if word == "FILE" else word for word in words]
    ran = benyuan(*named, "--database", database)
    assert ran.exit_code == BAD_INPUT
    assert "another file than the database" in ran.output
    assert held.read_bytes() == before
