"""Who is whom: identities in the vault, opaque numbers in the log, and a file that names nobody."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benyuan.decisions.outcomes import Outcome
from benyuan.engine.vault import VaultLocked
from benyuan.parties.documents import DocumentKind
from benyuan.parties.people import contact_text, person_text
from benyuan.simulate.identities import someone
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases.register_institution import Register
from benyuan.usecases.register_person import Person
from benyuan.usecases.update_person import Update
from tests.faults.soundness import check_sound
from tests.unit.engine.groups import Desk, in_memory, on_file, pay, standing, town

FOREIGNER: dict[str, Any] = {
    "document": "passport",
    "number": "E12345678",
    "full_name": "Hans Müller",
    "phone": "+4915112345678",
    "occupation": "engineer",
    "address": "Shenzhen",
    "valid_until": 20300101,
    "sex": "male",
    "born": 19800229,
    "nationality": "DEU",
}


def person(n: int = 9, **changes: Any) -> Person:
    return Person(institution=1, **(someone(n) | changes))


def newcomers(desk: Desk) -> Desk:
    desk.done(Register(name="Benyuan Pay"), standing())
    return desk


def test_a_foreigner_by_passport() -> None:
    desk = town()
    answer = desk.one(Person(institution=1, **FOREIGNER))
    assert answer.accepted, answer
    assert desk.group.payloads.read(answer.position)["full_name"] == "Hans Müller"  # type: ignore[index]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        (someone(9) | {"number": "110105194912310021"}, "number"),
        (someone(9) | {"number": "11010520490101001" + "0"}, "number"),
        (someone(9) | {"full_name": "\x1b[31m"}, "full_name"),
        (someone(9) | {"phone": "12345"}, "phone"),
        (someone(9) | {"born": 19990101}, "born"),
        (someone(9) | {"valid_until": 20260431}, "valid_until"),
        (someone(9) | {"occupation": ""}, "occupation"),
        (someone(9) | {"document": "library_card"}, "document"),
        (FOREIGNER | {"sex": ""}, "sex"),
        (FOREIGNER | {"born": 0}, "born"),
        (FOREIGNER | {"born": 20260502}, "number"),
        (FOREIGNER | {"nationality": ""}, "nationality"),
        (FOREIGNER | {"nationality": "de"}, "nationality"),
    ],
)
def test_bad_particulars(fields: dict[str, Any], field: str) -> None:
    desk = town()
    answer = desk.one(Person(institution=1, **fields), key="k")
    assert answer.outcome is Outcome.invalid
    assert answer.invalid is not None
    assert answer.invalid.field == field
    told = field in ("valid_until", "document") or not fields[field]
    assert told or str(fields[field]) not in str(answer.invalid)
    assert desk.one(Person(institution=1, **fields), key="k").position == answer.position, "another answer"
    assert desk.one(person(10)).accepted
    check_sound(desk.group)


def test_an_identity_is_one_customer_however_it_is_written() -> None:
    desk = town()
    first = desk.one(person(9))
    spaced = " ".join(someone(9)["number"].lower())
    again = desk.one(person(9, number=spaced, full_name="Somebody Else", phone="13900000000"))
    assert first.accepted
    assert again.refusal is not None
    assert again.refusal.rule_id == "pay.account.real_name"
    assert again.refusal.figures == {"registered_as_person": first.results["person"]}


@pytest.mark.parametrize("calls", [1, 2])
def test_the_same_identity_twice_in_a_batch_or_after_it(calls: int) -> None:
    desk = town()
    twice = [person(9), person(9, phone="13900000000")]
    if calls == 1:
        outcomes = [answer.outcome for answer in desk.ask(*twice)]
    else:
        outcomes = [desk.one(command).outcome for command in twice]
    assert outcomes == [Outcome.accepted, Outcome.refused]
    check_sound(desk.group)


def test_the_same_command_again_gets_its_first_answer_in_another_writing() -> None:
    desk = town()
    first = desk.one(person(9), key="k")
    again = desk.one(person(9, number=" " + someone(9)["number"].lower()), key="k")
    assert again.repeated
    assert again.position == first.position
    assert desk.one(person(9, address="elsewhere"), key="k").outcome is Outcome.unlogged


def test_people_are_found_by_document_and_by_telephone() -> None:
    desk = town()
    desk.done(person(9), person(10, phone=someone(9)["phone"]))  # identities one after the other
    payloads = desk.group.payloads
    here, there = (
        person_text(institution=place, document=DocumentKind.resident_id, number=someone(9)["number"])
        for place in (1, 2)
    )
    number = payloads.identity_of(here)
    assert number > 0
    phone = contact_text(institution=1, phone=someone(9)["phone"])
    assert payloads.identities_of_contact(phone) == [number, number + 1]
    assert payloads.identity_of(there) == 0


def test_an_update_is_what_is_on_file_and_the_document_is_theirs_alone() -> None:
    desk = town()
    wang, li = (desk.one(person(n)).results["person"] for n in (9, 10))
    moved = Update(institution=1, person=wang, **(someone(9) | {"address": "上海"}))
    answer = desk.one(moved)
    assert answer.accepted
    table = desk.group.records.tables["person"]
    assert int(table.column("particulars")[wang]) == answer.position
    assert desk.group.payloads.read(answer.position)["address"] == "上海"  # type: ignore[index]
    assert desk.one(Update(institution=1, person=li, **someone(9))).outcome is Outcome.refused
    check_sound(desk.group)


def test_the_files_of_the_database_name_nobody(tmp_path: Path) -> None:
    desk = newcomers(on_file(tmp_path / "group.db"))
    count = 200
    desk.done(*(person(n) for n in range(1, count + 1)))
    with desk.group:
        pass
    held = b"".join(path.read_bytes() for path in tmp_path.glob("group.db*") if path.is_file())
    for n in range(1, count + 1):
        who = someone(n)
        for name in ("number", "phone", "full_name", "address"):
            assert who[name].encode() not in held, f"the {name} of {n}"
        assert who["number"].encode("utf-16-le") not in held


def test_after_a_restart_identities_are_known_again(tmp_path: Path) -> None:
    with newcomers(on_file(tmp_path / "group.db")).group as group:
        desk = Desk.__new__(Desk)
        desk.group, desk.now = group, 0
    again = on_file(tmp_path / "group.db")
    again.done(person(9))
    again.group.close()
    third = on_file(tmp_path / "group.db")
    assert third.one(person(9)).outcome is Outcome.refused
    check_sound(third.group)
    third.group.close()


def test_without_its_keys_a_group_takes_nothing_personal_and_the_rest_all_the_same(tmp_path: Path) -> None:
    from tests.unit.engine.groups import found_town

    found_town(on_file(tmp_path / "group.db")).group.close()
    (tmp_path / "group.db.keys").rename(tmp_path / "away")
    desk = on_file(tmp_path / "group.db")
    before = desk.group.position
    with pytest.raises(VaultLocked, match="--keys"):
        desk.one(person(9))
    assert desk.group.position == before
    assert desk.one(pay(100)).accepted
    desk.group.close()
    (tmp_path / "away").rename(tmp_path / "group.db.keys")
    again = on_file(tmp_path / "group.db")
    assert again.one(person(9), key="now").accepted
    check_sound(again.group)
    again.group.close()


def test_a_store_that_is_rolled_back_gives_the_number_again(tmp_path: Path) -> None:
    """A number that was given in a batch that failed is another's afterwards; nothing of the first is left."""
    desk = newcomers(on_file(tmp_path / "group.db"))
    commit = desk.group.store.commit

    def fails() -> None:
        raise OSError("the disk is gone")

    desk.group.store.commit = fails  # type: ignore[method-assign]
    with pytest.raises(OSError, match="gone"):
        desk.one(person(9))
    desk.group.store.commit = commit  # type: ignore[method-assign]
    assert desk.one(person(10)).accepted
    assert desk.one(person(9)).accepted
    check_sound(desk.group)
    desk.group.close()
    with closing(SqliteStore(tmp_path / "group.db", read_only=True)) as store:
        assert store.has_sealed()


def test_names_and_numbers_of_attackers_are_text_and_nothing_else() -> None:
    desk = in_memory()
    newcomers(desk)
    names = ["Robert'); DROP TABLE person;--", "=HYPERLINK(1)", "<script>alert(1)</script>", "王\u3000小明", "a" * 100]
    for place, name in enumerate(names):
        answer = desk.one(person(50 + place, full_name=name))
        assert answer.accepted, name
        assert desk.group.payloads.read(answer.position)["full_name"] == name  # type: ignore[index]
    check_sound(desk.group)
