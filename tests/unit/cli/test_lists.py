"""`benyuan lists`: a list taken in whole, customers screened at once, and nothing of it in the database file."""

from pathlib import Path

import pytest

from benyuan.simulate.identities import someone
from tests.unit.cli.running import answer, benyuan, shop, text


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return shop(tmp_path)


def test_a_list_stops_and_opens_cases_at_once(database: Path) -> None:
    rows = f"name,aliases,numbers\n某甲,{someone(2)['full_name']};某乙,\n某丙,,{someone(1)['number']}\n"
    file = text(database.with_name("un.csv"), rows)
    told = answer("lists", "import", file, "--list", "united_nations", "--database", database)
    assert (told["read"], told["new"], told["taken_off"], told["recorded"], told["stopped"]) == (2, 2, 0, 2, 1)
    assert [row["subject"] for row in answer("cases", "--open", "--database", database)] == [1, 2]
    again = answer("lists", "import", file, "--list", "united_nations", "--whole", "--database", database)
    assert (again["new"], again["taken_off"], again["recorded"]) == (0, 0, 0)
    assert answer("lists", "screen", "--database", database)["recorded"] == 0
    assert answer("verify", "--database", database)["faults"] == []


def test_who_is_not_in_the_whole_list_is_taken_off_it_and_no_other(database: Path) -> None:
    both = text(database.with_name("both.csv"), "name\nA B\nC D\n")
    one = text(database.with_name("one.csv"), "name\nB a\n")
    of = ("--database", database)
    answer("lists", "import", both, "--list", "house", *of)
    answer("lists", "import", both, "--list", "terrorism", *of)
    told = answer("lists", "import", one, "--list", "house", "--whole", *of)
    assert (told["new"], told["taken_off"], told["entries"]) == (0, 1, 3)


@pytest.mark.parametrize("content", ["title\nA\n", "name\n··\n", "name,numbers\nA,1,2\n", "", "name,name2\nA,B\n"])
def test_a_bad_file_leaves_nothing_behind(database: Path, content: str) -> None:
    before = answer("verify", "--database", database)["head"]
    file = text(database.with_name("bad.csv"), content)
    run = benyuan("lists", "import", str(file), "--list", "house", "--database", str(database))
    assert run.exit_code == 2
    assert "bad.csv" in run.output.replace("\n", "")
    assert answer("verify", "--database", database)["head"] == before


def test_the_file_names_nobody_who_is_listed(database: Path) -> None:
    file = text(database.with_name("one.csv"), "name,numbers\n恐怖某某,A123456789\n")
    answer("lists", "import", file, "--list", "terrorism", "--database", database)
    written = b"".join(part.read_bytes() for part in database.parent.glob("shop.db*") if part.is_file())
    assert "恐怖某某".encode() not in written
    assert b"A123456789" not in written
