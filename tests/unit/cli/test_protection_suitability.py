"""`benyuan protection`: the register, levels, tests, sales, terms as they were, records over their term."""

from pathlib import Path

import pytest

from benyuan.cli.failures import FINE, FOUND, NOT_FOUND
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file
from tests.unit.protection.houses import LEVEL_2, LEVEL_3, LEVEL_4, fill, text_of

BEGAN = 20260101


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A house with a sale, a result that waits, and new terms to come."""
    path = tmp_path_factory.mktemp("house") / "house.db"
    home = fill(on_file(path, now=moment(BEGAN)))
    home.tested(1, LEVEL_3)
    home.sold(product=3, amount_fen=123_456)
    home.test(1, LEVEL_4)
    home.tested(5, LEVEL_2)
    home.published(3, "new", from_date=20260401)
    home.do("suspend_product", product=1)
    home.group.close()
    return path


def test_products(database: Path) -> None:
    told = answer("protection", "products", "--on", 20260401, "--database", database)
    assert [(each["level"], each["state"], each["terms"]) for each in told][:3] == [
        (1, "suspended", 1),
        (2, "approved", 2),
        (3, "approved", 7),
    ]
    assert told[2]["maker"] == "Maker Ltd"
    assert "Maker Ltd" in benyuan("protection", "products", "--database", database).stdout


def test_terms_as_they_were_on_a_day(database: Path) -> None:
    before = answer("protection", "terms", 3, "--on", 20260331, "--database", database)
    assert (before["text"], before["number"]) == (text_of(3), 3)
    ran = benyuan("protection", "terms", 3, "--on", 20260401, "--database", database)
    assert (ran.exit_code, "new" in ran.stdout, "version 7" in ran.stdout) == (FINE, True, True)
    assert benyuan("protection", "terms", 3, "--on", 20260309, "--database", database).exit_code == NOT_FOUND


def test_a_level(database: Path) -> None:
    told = answer("protection", "level", 1, "--database", database)
    assert (told["level"], told["state"], told["valid_through"]) == (3, "valid", 20270310)
    assert (told["to_confirm"], told["new_level"], told["tests_left_today"], told["tests_left"]) == (2, 4, 0, 6)
    said = benyuan("protection", "level", 1, "--database", database)
    assert (said.exit_code, "waits to be confirmed" in said.stdout) == (FINE, True)
    assert benyuan("protection", "level", 1, "--on", 20270311, "--database", database).exit_code == FOUND
    assert benyuan("protection", "level", 2, "--database", database).exit_code == FOUND
    assert benyuan("protection", "level", 99, "--database", database).exit_code == NOT_FOUND


def test_tests_and_sales(database: Path) -> None:
    told = answer("protection", "tests", "--person", 1, "--database", database)
    assert [(each["level"], each["change"]) for each in told] == [(3, 0), (4, 1)]
    said = benyuan("protection", "tests", "--database", database).stdout
    assert ("waits" in said, LEVEL_4 in said) == (True, False)
    (sale,) = answer("protection", "sales", "--database", database)
    assert (sale["amount_fen"], sale["test"], sale["terms"]) == (123_456, 1, 3)
    assert "1,234.56" in benyuan("protection", "sales", "--person", 1, "--database", database).stdout
    assert "no sales" in benyuan("protection", "sales", "--person", 5, "--database", database).stdout
    assert "no tests" in benyuan("protection", "tests", "--person", 2, "--database", database).stdout


def test_the_questionnaire_in_both_languages() -> None:
    assert "How old are you?" in benyuan("protection", "questionnaire").stdout
    assert "您的年龄是" in benyuan("protection", "questionnaire", 1, "--language", "zh").stdout
    assert answer("protection", "questionnaire")["version"] == 1
    assert benyuan("protection", "questionnaire", 99).exit_code == NOT_FOUND


def test_nothing_is_due_while_there_is_a_relationship(database: Path) -> None:
    assert answer("protection", "records-due", "--on", 20400101, "--database", database) == []
    assert "no records" in benyuan("protection", "records-due", "--database", database).stdout
