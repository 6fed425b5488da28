"""Ownership as BODS 0.4: every statement fits the official schema, and what is sealed is told on record only."""

from pathlib import Path

import pytest

from benyuan.cli.failures import BAD_INPUT
from benyuan.simulate.identities import full_name, identity_number
from benyuan.usecases.group.disclose_ownership import DiscloseOwnershipFields
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import in_memory, on_file
from tests.unit.group.bods import CODE, DAY, SCHEMA, export, firm, full, last_position, shares, statements_in
from tests.unit.group.ownership import HOLDING, OWNER, Houses

ON_RECORD = ("--purpose", "filing 17", "--operator", "wang")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("bods") / "group.db"
    full(path).desk.group.close()
    return path


def test_the_schema_bites() -> None:
    assert not SCHEMA.faults([firm(1, "a"), shares(2, "a", "b", 60)], "urn:statement")
    assert SCHEMA.faults([firm(1, "a", entityType={"type": "company"})], "urn:statement")
    assert SCHEMA.faults([shares(2, "a", "b", 101)], "urn:statement")
    assert SCHEMA.faults([{**firm(1, "a"), "statementId": "1"}], "urn:statement")
    assert SCHEMA.faults([{**firm(1, "a"), "statementDate": "2026-02-30"}], "urn:statement")
    assert SCHEMA.faults([{name: each for name, each in firm(1, "a").items() if name != "recordId"}], "urn:statement")


@pytest.mark.parametrize("words", [(), ON_RECORD])
def test_all_fits_the_official_schema(database: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    told = export(database, tmp_path / "out.json", *words)
    assert not SCHEMA.faults(told, "urn:statement")
    assert len({each["statementId"] for each in told}) == len(told)
    assert [each["recordType"] for each in told].count("person") == 1
    seen = {each["recordId"] for each in told}
    for each in told:
        for name in {"subject", "interestedParty"} & each["recordDetails"].keys():
            assert each["recordDetails"][name] in seen


def test_exact_parts_and_those_between(database: Path, tmp_path: Path) -> None:
    told = {each["recordId"]: each for each in export(database, tmp_path / "out.json")}
    third = told["benyuan-shares-5-1"]["recordDetails"]["interests"][0]
    assert third["share"] == {"exclusiveMinimum": 33.3333333333, "exclusiveMaximum": 33.3333333334}
    assert told["benyuan-shares-5-1"]["annotations"][0]["benyuan"] == {"fact": "shares", "part": 1, "whole": 3}
    assert told["benyuan-shares-8-1"]["recordDetails"]["interests"][0]["share"] == {"exact": 12.345}
    assert "source" not in told["benyuan-shares-2-3"]
    assert told["benyuan-shares-2-3"]["annotations"][0]["benyuan"]["invented"]


def test_one_who_holds_for_another_is_an_arrangement(database: Path, tmp_path: Path) -> None:
    told = {each["recordId"]: each["recordDetails"] for each in export(database, tmp_path / "out.json")}
    assert told["benyuan-shares-7-2"]["interestedParty"] == "benyuan-nomination-7-9"
    assert told["benyuan-nomination-7-9"]["entityType"] == {"type": "arrangement", "subtype": "nomination"}
    assert told["benyuan-nomination-7-9-nominee"]["interestedParty"] == "benyuan-body-7"
    assert told["benyuan-nomination-7-9-nominator"]["interestedParty"] == "benyuan-body-9"


def test_sealed_things_are_told_on_record_only(database: Path, tmp_path: Path) -> None:
    secrets = (full_name(1), identity_number(1), CODE)
    plain = tmp_path / "plain.json"
    before = last_position(database)
    export(database, plain)
    assert not any(secret in plain.read_text(encoding="utf-8") for secret in secrets)
    assert last_position(database) == before
    open_ = tmp_path / "open.json"
    export(database, open_, *ON_RECORD)
    assert all(secret in open_.read_text(encoding="utf-8") for secret in secrets)
    group = on_file(database, read_only=True).group
    look = group.reader.at_position(group.position)
    group.store.close()
    assert look.block.kind == "disclose_ownership"
    assert (look.batch().columns["purpose"], look.batch().columns["operator"]) == (["filing 17"], ["wang"])


def test_without_the_keys_nothing_is_told_and_nothing_logged(database: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    ran = benyuan("group", "bods", "export", tmp_path / "a.json", *ON_RECORD, "--keys", nowhere, "--database", database)
    assert ran.exit_code == 3
    assert not (tmp_path / "a.json").exists()


def test_what_has_no_word_is_counted(database: Path, tmp_path: Path) -> None:
    said = answer("group", "bods", "export", tmp_path / "a.json", "--on", DAY, "--database", database)
    assert said["left_out"] == {"pledge": 1}
    shown = benyuan("group", "bods", "export", tmp_path / "a.json", "--on", DAY, "--database", database)
    assert "no word for it: pledge, 1" in shown.output


def test_a_day_and_a_position(tmp_path: Path) -> None:
    houses = Houses(on_file(tmp_path / "group.db"))
    houses.stake(OWNER, HOLDING, 60)
    seen = houses.stake(OWNER, HOLDING, 40, from_date=20260401)["position"]
    houses.desk.group.close()
    database = tmp_path / "group.db"

    def part(*words: str) -> list[float]:
        told = answer("group", "bods", "export", tmp_path / "a.json", *words, "--database", database)
        assert told["statements"] >= 6
        held = [each for each in statements_in(tmp_path / "a.json") if each["recordType"] == "relationship"]
        return [each["recordDetails"]["interests"][0]["share"]["exact"] for each in held]

    assert part("--on", "20260331") == [60]
    assert part("--on", "20260401") == [40]
    assert part("--on", "20260401", "--seen", str(seen - 1)) == [60]
    assert part("--on", "20191231") == []
    ran = benyuan("group", "bods", "export", tmp_path / "b.json", "--on", "20260230", "--database", database)
    assert ran.exit_code == BAD_INPUT


@pytest.mark.parametrize(("on", "seen", "field"), [(20260230, 1, "on"), (20260501, 2, "seen"), (20260501, 1, "")])
def test_a_look_names_a_day_and_a_position_that_has_been(on: int, seen: int, field: str) -> None:
    desk = in_memory()
    houses = Houses(desk, anew=False)
    houses.do("register_body", name="A", kind_of_body="company")
    given = desk.one(DiscloseOwnershipFields(on=on, seen=seen, purpose="p", operator="o"))
    assert (given.invalid.field if given.invalid else "") == field
    assert given.accepted == (not field)
