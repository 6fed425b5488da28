"""`benyuan person` and `benyuan vault`: people found and shown on record; keys renewed."""

import json
import shutil
from pathlib import Path

import pytest

from benyuan.simulate.identities import someone
from tests.unit.cli.running import AT, answer, benyuan, lines, shop


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shop(tmp_path_factory.mktemp("people"))


@pytest.fixture
def database(original: Path, tmp_path: Path) -> Path:
    shutil.copytree(original.with_name("shop.db.keys"), tmp_path / "shop.db.keys")
    return Path(shutil.copy(original, tmp_path / "shop.db"))


def test_found_by_document_and_telephone(database: Path) -> None:
    assert answer("person", "find", "--number", someone(2)["number"], "--database", database) == {"people": [2]}
    assert answer("person", "find", "--phone", someone(1)["phone"], "--database", database) == {"people": [1]}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--number", someone(3)["number"]), 4),
        (("--number", someone(2)["number"], "--institution", "2"), 4),
        (("--number", someone(2)["number"][:-1] + "0"), 2),
        (("--phone", "12345"), 2),
        (("--document", "library_card", "--number", "1"), 2),
        ((), 2),
        (("--number", someone(2)["number"], "--phone", someone(2)["phone"]), 2),
    ],
)
def test_what_can_not_be_found(database: Path, words: tuple[str, ...], code: int) -> None:
    assert benyuan("person", "find", *words, "--database", database).exit_code == code


def test_a_look_is_on_record_before_it_is_shown(database: Path) -> None:
    shown = answer("person", "show", "1", "--purpose", "complaint 7", "--operator", "li", "--database", database)
    assert shown["full_name"] == someone(1)["full_name"]
    assert shown["number"] == someone(1)["number"]
    told = answer("why", shown["shown_by"], "--database", database)
    word = {"person": 1, "purpose": "complaint 7", "operator": "li"}
    assert told["command"] == {**word, "reader": 0, "task": ""}
    assert benyuan("person", "show", "9", "--purpose", "x", "--database", database).exit_code == 4
    assert benyuan("person", "show", "1", "--database", database).exit_code == 2


def test_without_keys_nothing_is_shown_and_verify_says_so(database: Path) -> None:
    away = database.with_name("away")
    database.with_name("shop.db.keys").rename(away)
    assert benyuan("person", "show", "1", "--purpose", "x", "--database", database).exit_code == 3
    assert answer("verify", "--database", database)["unopened_payloads"] == 4
    assert "--keys" in benyuan("verify", "--database", database).stdout
    assert answer("verify", "--database", database, "--keys", away)["unopened_payloads"] == 0
    shown = answer("person", "show", "1", "--purpose", "x", "--database", database, "--keys", away)
    assert shown["person"] == 1


def test_a_rotation_and_its_rehearsal(database: Path) -> None:
    masters = database.with_name("shop.db.keys") / "master.json"
    before = masters.read_bytes()
    rehearsed = answer("vault", "drill", "--database", database)
    assert rehearsed == {"renewed": 5, "erased": 0, "unopened": 0, "faults": []}
    assert masters.read_bytes() == before
    assert answer("vault", "rotate", "--database", database) == rehearsed
    assert not set(json.loads(before)["masters"].values()) & set(json.loads(masters.read_bytes())["masters"].values())
    assert answer("verify", "--database", database)["ok"]
    shown = answer("person", "show", "2", "--purpose", "x", "--database", database)
    assert shown["number"] == someone(2)["number"]


def test_a_rotation_with_what_can_not_be_opened(database: Path) -> None:
    shutil.rmtree(database.with_name("shop.db.keys"))
    assert benyuan("vault", "rotate", "--database", database).exit_code == 3
    assert benyuan("vault", "drill", "--database", database).exit_code in (2, 3)


def test_a_bank_account_finds_its_customer_and_is_named_nowhere(tmp_path: Path) -> None:
    made = shop(tmp_path)
    card = "6222000000000009"
    bind = [{"kind": "bind_bank_account", "person": 2, "mandate": True, "card": "credit", "number": card, "at": AT}]
    assert answer("run", lines(tmp_path / "bind.jsonl", bind), "--database", made)["accepted"] == 1
    assert answer("person", "find", "--bank-account", "6222 0000 0000 0009", "--database", made) == {"people": [2]}
    assert benyuan("person", "find", "--bank-account", "6222000000000017", "--database", made).exit_code == 4
    assert benyuan("person", "find", "--bank-account", "one", "--database", made).exit_code == 2
    assert benyuan("person", "find", "--bank-account", card, "--phone", "1", "--database", made).exit_code == 2
    assert card.encode() not in made.read_bytes()
