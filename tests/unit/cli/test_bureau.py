"""`benyuan bureau`: members, consents, receipts, inquiries and what stands out, from the command line."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.simulate.identities import someone
from tests.unit.cli.running import answer, benyuan, lines

NUMBER, NAME = someone(1)["number"], someone(1)["full_name"]
GRANTED = ("--member", 1, "--purpose", "loan", "--from", 20200101, "--to", 20991231, "--evidence", "ab12")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A licensed bureau with a bank, and a consent of person 1 to it for two answers."""
    made = tmp_path / "bureau.db"
    assert benyuan("init", "--database", made).exit_code == 0
    assert answer("bureau", "register", "Benyuan Credit", "--database", made)["bureau"] == 1
    licence = ("--from", 20260101, "--until", 20281231, "--capital", 60_000_000)
    assert answer("bureau", "standing", *licence, "--database", made)["short_fen"] == 0
    assert answer("bureau", "admit", "--sort", "bank", "--database", made)["member"] == 1
    agreed = ("--from", 20260101, "--asks", "loan,post-loan", "--reviewed", 20260101)
    assert answer("bureau", "agree", 1, *agreed, "--database", made)["accepted"]
    person = ("--number", NUMBER, "--name", NAME)
    consent = answer("bureau", "consent", "grant", *person, *GRANTED, "--times", 2, "--database", made)
    assert consent["consent"] == 1
    return made


def inquire(database: Path, **fields: Any) -> Any:
    row = {"kind": "inquire", "bureau": 1, "member": 1, "purpose": "loan", "document": "resident_id"}
    row |= {"number": NUMBER, "full_name": NAME, "staff_name": "Lin Ke", "seen": 1, "consent": 1, **fields}
    return answer("run", lines(database.with_suffix(".jsonl"), [row]), "--database", database)


def test_members_and_their_contracts(database: Path) -> None:
    (member,) = answer("bureau", "members", "--database", database)
    assert (member["sort"], member["asks"], member["furnishes"]) == ("bank", ["loan", "post-loan"], [])
    assert member["state"] == "active"
    assert "post-loan" in benyuan("bureau", "members", "--database", database).stdout


def test_an_unreported_furnisher_is_refused_with_exit_code_1(database: Path) -> None:
    ran = benyuan("bureau", "agree", 1, "--from", 20260101, "--furnishes", "all", "--database", database)
    assert ran.exit_code == 1
    assert "cr.provider.report" in ran.stdout


def test_a_sort_that_is_none_is_bad_input(database: Path) -> None:
    ran = benyuan("bureau", "admit", "--sort", "shop", "--database", database)
    assert ran.exit_code == 2
    assert "consumer-finance" in ran.stderr


def test_consents_are_listed_shown_and_taken_back(database: Path) -> None:
    found = answer("bureau", "consent", "list", "--number", NUMBER, "--database", database)
    assert [(each["consent"], each["left"], each["status"]) for each in found] == [(1, 2, "active")]
    assert inquire(database)["accepted"] == 1
    receipt = answer("bureau", "consent", "receipt", 1, "--database", database)
    assert (receipt["used"], receipt["left"]) == (1, 1)
    chinese = benyuan("bureau", "consent", "receipt", 1, "--language", "zh", "--database", database).stdout
    assert "已用1次，剩余1次" in chinese
    assert answer("bureau", "consent", "revoke", 1, "--database", database)["accepted"]
    assert answer("bureau", "consent", "receipt", 1, "--database", database)["status"] == "revoked"
    assert inquire(database, seen=2)["accepted"] == 0
    assert benyuan("bureau", "consent", "revoke", 1, "--database", database).exit_code == 2
    assert benyuan("bureau", "consent", "receipt", 9, "--database", database).exit_code == 4
    nobody = someone(2)["number"]
    assert benyuan("bureau", "consent", "list", "--number", nobody, "--database", database).exit_code == 4
    wrong = benyuan("bureau", "consent", "list", "--number", "1", "--database", database)
    assert wrong.exit_code == 2
    table = benyuan("bureau", "consent", "list", "--number", NUMBER, "--database", database)
    assert "bank:1" in table.stdout
    assert NUMBER not in table.stdout


def test_inquiries_name_nobody(database: Path) -> None:
    assert answer("bureau", "inquiries", "--database", database) == []
    inquire(database)
    (row,) = answer("bureau", "inquiries", "--subject", 1, "--database", database)
    assert (row["by"], row["purpose"], row["consent"]) == ("member:1", "loan", 1)
    assert "months" in row["sections"]
    assert answer("bureau", "inquiries", "--member", 2, "--database", database) == []
    shown = benyuan("bureau", "inquiries", "--database", database).stdout
    assert "member:1" in shown
    assert NAME not in shown


def test_what_stands_out_becomes_cases(database: Path) -> None:
    assert benyuan("bureau", "misuse", "--database", database).exit_code == 0
    assert benyuan("bureau", "misuse", "--open-cases", "--database", database).exit_code == 2  # the day is not over
    assert answer("bureau", "cases", "--database", database) == []
    row = {"kind": "open_bureau_case", "bureau": 1, "sort": "probing", "member": 1, "on": 20260501, "count": 30}
    answer("run", lines(database.with_suffix(".jsonl"), [row]), "--database", database)
    (case,) = answer("bureau", "cases", "--open", "--database", database)
    assert (case["sort"], case["member"], case["found"]) == ("probing", 1, "open")
    assert "probing" in benyuan("bureau", "cases", "--database", database).stdout


def test_a_member_asks_and_gets_the_report_or_the_reason_why_not(database: Path) -> None:
    asked = ("bureau", "ask", "--number", NUMBER, "--name", NAME, "--member", 1, "--staff", "Lin Ke")
    where = ("--database", database)
    refused = benyuan(*asked, *where)
    assert refused.exit_code == 1
    assert "cr.query.written_consent" in refused.stdout
    assert answer("bureau", "inquiries", *where) == []
    first = answer(*asked, "--consent", 1, "--key", "once", *where)
    again = answer(*asked, "--consent", 1, "--key", "once", *where)
    assert first == again
    assert "summary" in first["report"]
    assert first["report"].get("identity") is None
    (row,) = answer("bureau", "inquiries", *where)
    assert row["position"] == first["position"]
    assert benyuan(*asked, "--consent", 1, *where).exit_code == 0
    third = answer(*asked, "--consent", 1, *where)
    assert third["outcome"] == "refused"
    assert "limit 2, used 2, asked 1" in third["text"]
    assert benyuan(*asked, "--purpose", "own", *where).exit_code == 2
