"""Personal data read on the command line by a member of staff, and the review of access and crossings there."""

import time
from pathlib import Path

import pytest

from benyuan.cli.failures import BAD_INPUT, FINE, FOUND
from benyuan.simulate.identities import someone
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import found_town, on_file
from tests.unit.group.staff import CHECKER, MAKER, Office, login_of
from tests.unit.group.test_reading import granted

SHOW = ("person", "show", 1, "--purpose", "complaint 7", "--task", "complaint")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town whose institution has staff, of whom one may read for complaints today."""
    path = tmp_path_factory.mktemp("staffed") / "town.db"
    desk = found_town(on_file(path))
    desk.now = max(desk.now, time.time_ns() // 1_000)
    office = Office(desk)
    granted(office)
    desk.group.close()
    return path


def test_a_member_with_the_role_is_shown_a_person(database: Path) -> None:
    by = ("--reader", MAKER, "--login", login_of(MAKER), "--database", database)
    told = answer(*SHOW, *by)
    assert told["full_name"] == someone(1)["full_name"]
    read = answer("group", "access", "--database", database)["readings"]
    assert [(each["staff"], each["data"], each["task"]) for each in read] == [(MAKER, "identity", "complaint")]
    shown = benyuan("group", "access", "--database", database)
    assert (shown.exit_code, "Who has read what" in shown.output) == (FINE, True)
    assert benyuan("group", "crossings", "--by-day", "--database", database).exit_code == FINE


def test_others_are_shown_nothing(database: Path) -> None:
    for by in (("--operator", "li"), ("--reader", CHECKER, "--login", login_of(CHECKER)), ("--reader", MAKER)):
        ran = benyuan(*SHOW, *by, "--database", database)
        assert ran.exit_code == FOUND
        assert someone(1)["full_name"] not in ran.output
    assert benyuan(*SHOW, "--task", "gossip", "--database", database).exit_code == BAD_INPUT
    refused = answer("group", "access", "--database", database)["refused"]
    assert [each["standing"] for each in refused] == ["unnamed", "no_role", "another"]
