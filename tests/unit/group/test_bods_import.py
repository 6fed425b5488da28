"""Statements of BODS 0.4 taken in: whole or not at all, once, and what comes out again is what went in."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benyuan.assurance.group.bods.exporting import exported, opened_of
from benyuan.assurance.group.bods.planning import planned
from benyuan.assurance.group.bods.reading import read
from benyuan.assurance.group.bods.statements import written
from benyuan.assurance.group.bods.taking import NotTaken, take_in
from benyuan.cli.failures import BAD_INPUT, FINE
from benyuan.decisions.commands import REGISTRY
from benyuan.simulate.identities import credit_code, identity_number
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import Desk, in_memory
from tests.unit.group.bods import CODE, empty, export, firm, full, holding, last_position, save, shares, statement
from tests.unit.group.ownership import FROM, SOURCE, Houses

PURPOSE = ("--purpose", "copy")


def take(database: Path, file: Path, *words: str) -> Any:
    return answer("group", "bods", "import", file, "--database", database, *words)


def faults(tmp_path: Path, *statements: dict[str, Any]) -> list[tuple[int, str]]:
    """Lines and fields at fault; nothing is done."""
    database = empty(tmp_path / "group.db")
    file = save(tmp_path / "in.jsonl", list(statements))
    ran = benyuan("group", "bods", "import", file, "--database", database)
    assert ran.exit_code == BAD_INPUT
    assert "nothing was done" in ran.stderr
    assert last_position(database) == 0
    return [(each["line"], each["field"]) for each in take(database, file)["faults"]]


def table(desk: Desk, name: str, *columns: str) -> list[tuple[int, ...]]:
    held = desk.group.records.tables[name]
    return list(zip(*(held.column(column)[1:].tolist() for column in columns), strict=True))


def taken(*statements: dict[str, Any]) -> Desk:
    """A group into which these went."""
    desk = in_memory()
    heap = read(json.dumps(list(statements)).encode())
    plan = planned(heap.read, known={})
    assert not (*heap.faults, *plan.faults)
    take_in(desk.group, plan, known={})
    return desk


def test_round_trip(tmp_path: Path) -> None:
    full(tmp_path / "one.db").desk.group.close()
    first = export(tmp_path / "one.db", tmp_path / "one.json", *PURPOSE)
    other = empty(tmp_path / "two.db")
    said = take(other, tmp_path / "one.json")
    assert (said["statements"], said["done"], said["not_kept"]) == (len(first), 26, {})
    assert export(other, tmp_path / "two.json", *PURPOSE) == first
    again = take(other, tmp_path / "one.json")
    assert (again["done"], again["repeated"], again["known"]) == (0, 24, 2)


BODY, SORT = st.integers(1, 4), st.sampled_from(["shares", "votes"])
FACTS = st.lists(st.tuples(BODY, BODY, st.integers(1, 9), SORT, st.booleans()), max_size=12)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts=FACTS)
def test_round_trip_of_any_stakes(facts: list[tuple[int, int, int, str, bool]]) -> None:
    houses = Houses()
    for owner, owned, part, sort, for_another in facts:
        fields = {"part": part, "whole": 36, "sort": sort, "nominee_of": 6 * for_another}
        houses.ask("record_stake", owner=owner, owned=owned, **fields)
    first = told(houses.desk)
    copy = in_memory()
    plan = planned(read(first).read, known={})
    assert not plan.faults
    take_in(copy.group, plan, known={})
    assert told(copy) == first


def told(desk: Desk) -> bytes:
    opened = opened_of(desk.group, seen=desk.group.position)
    return written(exported(desk.group, on=20260501, seen=desk.group.position, publisher="p", opened=opened).statements)


def test_without_the_vault_individuals_are_left_aside(tmp_path: Path) -> None:
    full(tmp_path / "one.db").desk.group.close()
    export(tmp_path / "one.db", tmp_path / "one.json")
    said = take(empty(tmp_path / "two.db"), tmp_path / "one.json")
    assert said["untold"]["person of whom nothing is told"] == 1
    assert said["untold"]["relationship with somebody of whom nothing is told"] == 5


def test_a_file_of_somebody_else() -> None:
    card = {"scheme": "CHN-IDCARD", "id": identity_number(3)}
    person = {"personType": "knownPerson", "names": [{"fullName": "王 五"}], "identifiers": [card]}
    desk = taken(
        shares(4, "p", "a", 12.5, startDate="2021-05-01", endDate="2025-01-01"),
        firm(1, "a", identifiers=[{"scheme": "CN-X", "id": CODE}], foundingDate="2019-02-03"),
        statement(2, "person", "p", person),
        firm(3, "b", jurisdiction={"name": "HK", "code": "HK"}),
        holding(5, "a", "b", {"type": "appointmentOfBoard"}),
        holding(6, "p", "b", {"type": "boardMember", "startDate": "2020-06-01"}),
    )
    assert table(desk, "body", "kind", "place") == [(1, 1), (6, 1), (1, 2)]
    stakes = [(2, 1, 1, 8, 20210501), (2, 1, 0, 8, 20250101)]
    assert table(desk, "stake", "owner", "owned", "part", "whole", "from_date") == stakes
    assert table(desk, "steering", "holder", "body", "part", "whole", "from_date") == [(1, 3, 1, 1, 20260301)]
    assert table(desk, "office", "individual", "body", "post", "from_date") == [(2, 3, 2, 20200601)]
    assert table(desk, "body_business", "from_date") == [(20190203,), (20260301,), (20260301,)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (firm(1, "a", entityType={"type": "guild"}), "recordDetails.entityType.type"),
        (firm(1, "a", name=""), "recordDetails.name"),
        (firm(1, "a", jurisdiction={"name": "somewhere"}), "recordDetails.jurisdiction"),
        (firm(1, "a", isComponent="no"), "isComponent"),
        ({**firm(1, "a"), "source": {}}, "source"),
        ({**firm(1, "a"), "source": {"description": "x" * 201}}, "source.description"),
        ({**firm(1, "a"), "statementId": "1" * 31}, "statementId"),
        ({**firm(1, "a"), "statementId": "1" * 65}, "statementId"),
        ({**firm(1, "a"), "statementDate": "2026-02-30"}, "statementDate"),
        ({**firm(1, "a"), "recordType": "vehicle"}, "recordType"),
        ({**firm(1, "a"), "recordStatus": "gone"}, "recordStatus"),
        (
            {**firm(1, "a"), "publicationDetails": {"publicationDate": "", "bodsVersion": "0.3", "publisher": {}}},
            "publicationDetails.bodsVersion",
        ),
        (statement(1, "person", "p", {"personType": "knownPerson"}), "recordDetails.names"),
        (
            statement(1, "person", "p", {"personType": "knownPerson", "names": [{"fullName": "王五"}]}),
            "recordDetails.identifiers",
        ),
        (statement(1, "entity", "n", {"entityType": {"type": "arrangement", "subtype": "nomination"}}), "recordId"),
    ],
)
def test_a_party_that_does_not_fit_is_named(tmp_path: Path, wrong: dict[str, Any], field: str) -> None:
    found = faults(tmp_path, firm(90, "z"), wrong)
    assert (2, field) in found


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (shares(3, "x", "b", 10), "recordDetails.interestedParty"),
        (shares(3, "a", "x", 10), "recordDetails.subject"),
        (holding(3, "a", "b", {"type": "shareholding"}), "recordDetails.interests[0].share"),
        (
            holding(3, "a", "b", {"type": "shareholding", "share": {"minimum": 25, "maximum": 50}}),
            "recordDetails.interests[0].share",
        ),
        (shares(3, "a", "b", 100.1), "recordDetails.interests[0].share"),
        (shares(3, "a", "b", -1), "recordDetails.interests[0].share"),
        (holding(3, "a", "b", {"type": "ownership"}), "recordDetails.interests[0].type"),
        (holding(3, "a", "b", {"type": "settlor"}), "recordDetails.interests[0].type"),
        (shares(3, "a", "b", 10, directOrIndirect="indirect"), "recordDetails.interests[0].directOrIndirect"),
        (shares(3, "a", "b", 10, startDate="2026-02-30"), "recordDetails.interests[0].startDate"),
        (statement(3, "relationship", "r", {"subject": "b", "interestedParty": "a"}), "recordDetails.interests"),
        (shares(3, "a", "a", 10), "record_stake.owned"),
        (holding(3, "a", "b", {"type": "boardChair"}), "record_office.individual"),
    ],
)
def test_an_interest_that_does_not_fit_is_named(tmp_path: Path, wrong: dict[str, Any], field: str) -> None:
    assert faults(tmp_path, firm(1, "a"), firm(2, "b"), wrong) == [(3, field)]


@pytest.mark.parametrize(
    ("given_source", "words"),
    [
        ({"description": "d", "url": "https://u", "type": ["thirdParty"]}, "d"),
        ({"url": "https://u", "assertedBy": [{"name": "x"}]}, "https://u"),
        ({"assertedBy": [{"name": "x"}, {"name": "y"}], "type": ["thirdParty"]}, "x, y"),
        ({"type": ["officialRegister", "verified"]}, "officialRegister, verified"),
        ({}, "the publisher"),
    ],
)
def test_where_a_statement_comes_from(given_source: dict[str, Any], words: str) -> None:
    by = {"publicationDate": "2026-04-01", "bodsVersion": "0.4", "publisher": {"name": "the publisher"}}
    desk = taken({**firm(1, "a"), "source": given_source, "publicationDetails": by})
    columns = desk.group.reader.at_position(1).batch().columns
    assert (columns["source"], columns["source_date"].tolist()) == ([words], [20260301])


def test_more_than_the_whole_undoes_all_of_it(tmp_path: Path) -> None:
    some = [firm(1, "a"), firm(2, "b"), firm(3, "c"), shares(4, "a", "c", 60)]
    assert faults(tmp_path, *some, shares(5, "b", "c", 40.01)) == [(5, "record_stake.part")]
    database = empty(tmp_path / "other.db")
    assert take(database, save(tmp_path / "in.jsonl", [*some, shares(5, "b", "c", 40)]))["done"] == 5


def test_what_goes_wrong_half_way_leaves_memory_and_store_as_they_were() -> None:
    desk = in_memory()
    plan = planned(read(json.dumps([firm(1, "a"), shares(2, "a", "a", 10)]).encode()).read, known={})
    with pytest.raises(NotTaken):
        take_in(desk.group, plan, known={})
    assert (desk.group.position, desk.group.records.tables["body"].count) == (0, 0)
    assert desk.one(REGISTRY["register_body"](name="b", kind_of_body="company", from_date=FROM, **SOURCE)).position == 1


def test_what_is_sold_goes_before_what_is_bought() -> None:
    later = {"startDate": "2026-01-01"}
    desk = taken(
        *(firm(number, name) for number, name in enumerate("abc", 1)),
        shares(4, "a", "c", 70, startDate="2020-01-01"),
        shares(5, "b", "c", 30, startDate="2020-01-01"),
        {**shares(6, "b", "c", 45, **later), "recordId": "r5", "statementDate": "2026-03-02"},
        {**shares(7, "a", "c", 55, **later), "recordId": "r4", "statementDate": "2026-03-02"},
    )
    assert table(desk, "stake", "owner", "part", "whole") == [(1, 7, 10), (2, 3, 10), (1, 11, 20), (2, 9, 20)]


def test_a_later_statement_of_a_record_holds_from_its_own_day_and_a_closed_one_ends_it() -> None:
    closed = {"recordId": "r3", "recordStatus": "closed", "statementDate": "2026-04-01"}
    desk = taken(
        firm(1, "a"),
        firm(2, "b"),
        shares(3, "a", "b", 70, startDate="2020-01-01"),
        {**shares(4, "a", "b", 60, startDate="2020-01-01"), "recordId": "r3", "statementDate": "2026-03-15"},
        {**shares(5, "a", "b", 60, startDate="2020-01-01"), **closed},
    )
    assert table(desk, "stake", "part", "from_date") == [(7, 20200101), (3, 20260315), (0, 20260401)]


def test_indirect_relationships_are_reckoned_and_unspecified_parties_stay_untold(tmp_path: Path) -> None:
    indirect = {
        "subject": "b",
        "interestedParty": "a",
        "componentRecords": ["r3"],
        "interests": [{"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 5}}],
    }
    nobody = {"reason": "interestedPartyHasNotProvidedInformation"}
    file = save(
        tmp_path / "in.jsonl",
        [
            firm(1, "a", addresses=[{"address": "x"}]),
            firm(2, "b", uri="https://b.example", addresses=[]),
            shares(3, "a", "b", 5, beneficialOwnershipOrControl=False),
            statement(4, "relationship", "r4", indirect),
            shares(5, nobody, "b", 20),
            statement(6, "entity", "u", {"entityType": {"type": "unknownEntity"}}),
            shares(7, "u", "b", 20),
        ],
    )
    said = take(empty(tmp_path / "group.db"), file)
    assert said["done"] == 3
    assert said["not_kept"] == {
        "recordDetails.addresses": 2,
        "recordDetails.interests.beneficialOwnershipOrControl": 1,
        "recordDetails.uri": 1,
    }
    assert said["untold"] == {
        "entity of whom nothing is told": 1,
        "indirect relationship, reckoned here from its components": 1,
        "relationship with somebody of whom nothing is told": 2,
    }
    shown = benyuan("group", "bods", "import", file, "--database", tmp_path / "group.db")
    assert "recordDetails.addresses" in shown.output


def test_a_body_that_is_known_by_its_code_or_by_hand(tmp_path: Path) -> None:
    database = tmp_path / "group.db"
    full(database).desk.group.close()
    coded = firm(1, "a", identifiers=[{"schemeName": "USCC", "id": CODE}])
    file = save(tmp_path / "in.jsonl", [coded, shares(2, "a", "x", 5)])
    assert take(database, file)["faults"][0]["field"] == "recordDetails.subject"
    said = take(database, file, "--known", "x=6")
    assert (said["known"], said["done"], said["bodies"]) == (1, 1, {"x": 6, "a": 7})
    for known in ("x=10", "x=0", "x", "=3", "x=y"):
        ran = benyuan("group", "bods", "import", file, "--known", known, "--database", database)
        assert ran.exit_code == BAD_INPUT


def test_a_code_that_is_not_sound_under_our_own_scheme(tmp_path: Path) -> None:
    ours = {"schemeName": "Unified Social Credit Identifier (GB 32100)", "id": credit_code(1)[:-1] + "!"}
    assert faults(tmp_path, firm(1, "a", identifiers=[ours])) == [(1, "recordDetails.identifiers")]


@pytest.mark.parametrize("content", ["{", "[1", '{"a": 1}', "[[]]", "nothing"])
def test_what_is_no_file_of_statements(tmp_path: Path, content: str) -> None:
    file = tmp_path / "in.json"
    file.write_text(content, encoding="utf-8")
    ran = benyuan("group", "bods", "import", file, "--database", empty(tmp_path / "group.db"))
    assert ran.exit_code == BAD_INPUT
    assert "line 1" in ran.stderr


def test_an_id_that_comes_twice(tmp_path: Path) -> None:
    assert faults(tmp_path, firm(1, "a"), firm(1, "b")) == [(2, "statementId")]
    file = save(tmp_path / "twice.jsonl", [firm(1, "a"), firm(1, "a")])
    assert take(empty(tmp_path / "other.db"), file)["done"] == 1


def test_lines_of_an_array(tmp_path: Path) -> None:
    file = tmp_path / "in.json"
    file.write_text(json.dumps([firm(1, "a"), firm(2, "b", name="")], indent=1), encoding="utf-8")
    lines = file.read_text(encoding="utf-8").splitlines()
    (fault,) = take(empty(tmp_path / "group.db"), file)["faults"]
    assert fault["line"] == 1 + [place for place, text in enumerate(lines) if text == " {"][1]
    assert benyuan("group", "bods", "import", "--help").exit_code == FINE


@pytest.mark.parametrize(("name", "line"), [("in.json", 1), ("in.jsonl", 2)])
def test_nested_without_end_is_a_fault(tmp_path: Path, name: str, line: int) -> None:
    file = tmp_path / name
    file.write_text("\n" * (line - 1) + ("[" if line == 1 else '{"a":') * 100_000, encoding="utf-8")
    told = benyuan("group", "bods", "import", file, "--database", empty(tmp_path / "group.db"), "--json")
    assert told.exit_code == BAD_INPUT
    assert [each["line"] for each in json.loads(told.stdout)["faults"]] == [line]


@pytest.mark.parametrize("number", ["1e400", "1e999999999", "1e-999999999"])
def test_a_share_beyond_all_bounds_is_a_fault_of_its_line(tmp_path: Path, number: str) -> None:
    database, file = empty(tmp_path / "group.db"), save(tmp_path / "in.jsonl", [firm(1, "a"), firm(2, "b")])
    told = json.dumps(shares(3, "a", "b", 77)).replace("77", number)
    file.write_text(file.read_text(encoding="utf-8") + told, encoding="utf-8")
    assert [each["line"] for each in take(database, file)["faults"]] == [3]


def test_letters_that_are_none_are_a_fault_of_their_line(tmp_path: Path) -> None:
    database, file = empty(tmp_path / "group.db"), tmp_path / "in.jsonl"
    file.write_bytes(json.dumps(firm(1, "XX")).encode().replace(b"XX", b"\xff\xfe"))
    assert [each["line"] for each in take(database, file)["faults"]] == [1]
