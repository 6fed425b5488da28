"""What the tests of BODS share: a group with every fact that the standard has a word for, and files of statements."""

import json
from pathlib import Path
from typing import Any

from benyuan.simulate.identities import credit_code
from tests.unit.cli.running import answer
from tests.unit.engine.groups import on_file
from tests.unit.group.json_schema import Schema
from tests.unit.group.ownership import BANK, HOLDING, INSURER, OWNER, PERSON, SHOP, Houses

SCHEMA = Schema(Path(__file__).with_name("bods_schema"))
FUND, REGULATOR, ABROAD = 7, 8, 9
INVENTED = {"source": "", "source_date": 0, "invented": True}
DAY = "20260501"
CODE = credit_code(4)


def full(path: Path) -> Houses:
    """Stakes of each sort, one held for another, each power and a few posts; a pledge besides."""
    houses = Houses(on_file(path))
    houses.do("register_body", name="fund", kind_of_body="product", code=CODE)
    houses.do("register_body", name="regulator", kind_of_body="authority", place="hong_kong_macao_taiwan")
    houses.do("register_body", name="abroad", kind_of_body="partnership", place="abroad", **INVENTED)
    houses.stake(PERSON, OWNER, 1, whole=3)
    houses.stake(REGULATOR, OWNER, 12_345, whole=100_000)
    houses.stake(OWNER, HOLDING, 60)
    houses.stake(FUND, HOLDING, 10, nominee_of=ABROAD)
    houses.stake(FUND, HOLDING, 5, sort="votes", nominee_of=ABROAD)
    houses.stake(HOLDING, BANK, 80, **INVENTED)
    houses.stake(HOLDING, INSURER, 51, sort="potential_votes")
    for steering in ("by_law", "by_agreement", "by_protocol", "accounting"):
        houses.do("record_steering", holder=HOLDING, body=SHOP, steering=steering, part=1, whole=1)
    for steering in ("appoints_board", "votes_in_board"):
        houses.do("record_steering", holder=HOLDING, body=SHOP, steering=steering, part=4, whole=7)
    for post in ("chair", "independent_director", "supervisor", "head_of_risk"):
        houses.do("record_office", individual=PERSON, body=BANK, post=post)
    houses.do("record_pledge", owner=OWNER, owned=HOLDING, pledgee=BANK, part=1, whole=100)
    return houses


def empty(path: Path) -> Path:
    """A database in which nothing is."""
    on_file(path).group.close()
    return path


def export(database: Path, file: Path, *words: str) -> list[dict[str, Any]]:
    """The statements of a database on the tests' day."""
    answer("group", "bods", "export", file, "--on", DAY, "--database", database, *words)
    return statements_in(file)


def statements_in(file: Path) -> list[dict[str, Any]]:
    """The statements of a file."""
    told: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return told


def last_position(database: Path) -> int:
    """Where the log of a database ends."""
    group = on_file(database, read_only=True).group
    position = group.position
    group.store.close()
    return position


def save(file: Path, statements: list[dict[str, Any]]) -> Path:
    """A file with a statement a line."""
    file.write_text("".join(json.dumps(each) + "\n" for each in statements), encoding="utf-8")
    return file


def statement(number: int, kind: str, record: str, details: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A statement as somebody else would make it."""
    return {
        "statementId": f"{number:032}",
        "statementDate": "2026-03-01",
        "declarationSubject": record,
        "recordId": record,
        "recordType": kind,
        "recordDetails": {"isComponent": False, **details},
        "source": {"type": ["officialRegister"]},
        **fields,
    }


def firm(number: int, record: str, **details: Any) -> dict[str, Any]:
    """A company."""
    given = {"entityType": {"type": "registeredEntity"}, "name": record, "jurisdiction": {"name": "C", "code": "CN"}}
    return statement(number, "entity", record, {**given, **details})


def holding(number: int, owner: Any, owned: str, interest: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A relationship with one interest."""
    details = {"subject": owned, "interestedParty": owner, "interests": [{"directOrIndirect": "direct", **interest}]}
    return statement(number, "relationship", f"r{number}", details, **fields)


def shares(number: int, owner: Any, owned: str, exact: Any, **fields: Any) -> dict[str, Any]:
    """A shareholding of so many per cent."""
    return holding(number, owner, owned, {"type": "shareholding", "share": {"exact": exact}, **fields})
