"""`benyuan bureau report`: on record before it is shown, as a table, JSON or a page, in both languages."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.unit.bureau.bureaus import found_bureau, particulars, shown
from tests.unit.bureau.furnished import furnish, late, months, with_account
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file

PERSON = shown(1)
WHO = ("--number", PERSON["number"], "--name", PERSON["full_name"])


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bureau with a file of person 1: a card that has been late since March 2026, and a statement."""
    path = tmp_path_factory.mktemp("bureau") / "bureau.db"
    bureau = with_account(bureau=found_bureau(on_file(path, now=moment(20260101))))
    bureau.do("identify_subject", bureau=1, **particulars(1))
    assert furnish(bureau, months({"month": 202602}, late(month=202603))).accepted
    bureau.do("state_explanation", bureau=1, words="ill \x1b[31m", **PERSON)
    bureau.group.close()
    return path


@pytest.fixture
def database(original: Path, tmp_path: Path) -> Path:
    """A copy of one's own."""
    shutil.copytree(original.with_name("bureau.db.keys"), tmp_path / "bureau.db.keys")
    return Path(shutil.copy(original, tmp_path / "bureau.db"))


def read(database: Path, *words: object) -> Any:
    """What the person is told, as JSON."""
    return answer("bureau", "report", *WHO, *words, "--database", database)


def test_a_report_is_on_record_before_it_is_shown(database: Path) -> None:
    told = read(database)
    report = told["report"]
    assert report["identity"]["full_name"] == PERSON["full_name"]
    assert [month["status"] for month in report["accounts"][0]["last_60"]] == ["N", "1"]
    assert report["notes"]["statement"] == "ill \x1b[31m"
    logged = answer("why", told["position"], "--database", database)
    assert (logged["kind"], logged["outcome"]) == ("read_own_report", "accepted")
    assert answer("verify", "--database", database)["ok"]


def test_two_a_year_are_free_and_the_third_shows_nothing(database: Path) -> None:
    assert [read(database)["inquiry"], read(database)["inquiry"]] == [1, 2]
    refused = benyuan("bureau", "report", *WHO, "--database", database)
    assert refused.exit_code == 1
    assert "cr.report.free_per_year" in refused.stdout
    assert PERSON["full_name"] not in refused.stdout
    assert read(database)["outcome"] == "refused"
    assert read(database, "--paid")["report"]["subject"] == 1


def test_the_same_key_shows_the_same_report(database: Path) -> None:
    first, again = read(database, "--key", "may"), read(database, "--key", "may")
    assert first == again
    assert read(database)["inquiry"] == 2


@pytest.mark.parametrize(("words", "code"), [
    (("--number", shown(2)["number"], "--name", shown(2)["full_name"]), 1),
    (("--number", PERSON["number"], "--name", shown(2)["full_name"]), 1),
    (("--number", PERSON["number"][:-1], "--name", PERSON["full_name"]), 1),
    ((*WHO, "--bureau", "2"), 1),
    ((*WHO, "--document", "library_card"), 2),
    ((*WHO, "--html", "report.pdf"), 2),
    (("--number", PERSON["number"]), 2),
])  # fmt: skip
def test_who_gets_nothing(database: Path, words: tuple[str, ...], code: int) -> None:
    ran = benyuan("bureau", "report", *words, "--database", database)
    assert ran.exit_code == code
    assert "R2" not in ran.stdout


def test_on_the_screen_in_both_languages(database: Path) -> None:
    english = benyuan("bureau", "report", *WHO, "--database", database)
    chinese = benyuan("bureau", "report", *WHO, "--language", "zh", "--database", database)
    assert (english.exit_code, chinese.exit_code) == (0, 0)
    for text in ("Personal credit report", PERSON["full_name"], "/N1", "2026-03", "ill ?[31m", "1 to 30 days late"):
        assert text in english.stdout
    for text in ("个人信用报告", PERSON["full_name"], "/N1", "逾期1至30天", "本人声明"):
        assert text in chinese.stdout
    assert "\x1b" not in english.stdout


def test_as_a_page(database: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert read(database, "--html", page, "--language", "zh")["file"] == str(page)
    html = page.read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in html
    assert PERSON["full_name"] in html


def test_from_standard_input(database: Path) -> None:
    words = ["bureau", "report", "--number", "-", "--name", "-", "--json", "--database", str(database)]
    ran = benyuan(*words, typed=f"{PERSON['number']}\n{PERSON['full_name']}\n")
    assert ran.exit_code == 0
    assert PERSON["full_name"] in ran.stdout
