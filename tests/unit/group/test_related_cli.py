"""`benyuan group related, dealings, approvals`: what they say, and their exit codes."""

from pathlib import Path

import pytest

from benyuan.cli.failures import BAD_INPUT, FINE, FOUND
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import on_file
from tests.unit.group.related import BANK, HOLDING, MILLION, OWNER, SHOP, Board


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A group on file with a loan, a proposal, and a register that has been brought up to date."""
    path = tmp_path / "group.db"
    board = Board(on_file(path))
    board.plain("update_related_register", body=HOLDING)
    board.deal(6 * MILLION)
    board.deal(20 * MILLION, approval=board.approval(30 * MILLION), agreement="b")
    board.desk.group.close()
    return f"sqlite:///{path}"


def test_the_register(url: str) -> None:
    told = answer("group", "related", str(HOLDING), "--json", "--database", url)
    assert told["rule"] == "fhc.rpt.parties"
    assert told["due_on"] == 20261101
    assert [each["ground"] for each in told["entries"] if each["party"] == OWNER] == ["controller"]
    shown = benyuan("group", "related", str(HOLDING), "--on", "20261101", "--database", url)
    assert shown.exit_code == FINE
    assert "第七条（一）" in shown.output
    assert benyuan("group", "related", str(HOLDING), "--on", "20261102", "--database", url).exit_code == FOUND
    assert benyuan("group", "related", str(SHOP), "--database", url).exit_code == BAD_INPUT


@pytest.mark.parametrize("command", ["related", "dealings"])
def test_a_day_before_the_orders(url: str, command: str) -> None:
    told = benyuan("group", command, str(HOLDING), "--on", "20230228", "--database", url)
    assert told.exit_code == BAD_INPUT
    assert "in force from 2023-03-01" in told.stderr


def test_dealings(url: str) -> None:
    told = answer("group", "dealings", str(HOLDING), "--json", "--database", url)
    assert [each["grade"] for each in told["transactions"]] == ["ordinary", "major"]
    assert told["sums"][0]["year_fen"] == 26 * MILLION
    assert told["base_fen"] == 2_000 * MILLION
    assert not told["base_invented"]
    shown = benyuan("group", "dealings", str(HOLDING), "--database", url)
    assert shown.exit_code == FINE
    assert "100,000,000.00" in shown.output
    bank = benyuan("group", "dealings", str(BANK), "--database", url)
    assert "nothing that is recorded" in bank.output


def test_dealings_that_look_odd(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    board = Board(on_file(path))
    for agreement in ("a", "b"):
        board.deal(12 * MILLION, agreement=agreement)
    board.desk.group.close()
    shown = benyuan("group", "dealings", str(HOLDING), "--database", f"sqlite:///{path}")
    assert shown.exit_code == FOUND
    assert "fhc.rpt.ban.slicing" in shown.output


def test_approvals(url: str) -> None:
    (told,) = answer("group", "approvals", str(HOLDING), "--json", "--database", url)
    assert (told["stage"], told["used_fen"], told["recused"]) == ("approved", 20 * MILLION, [OWNER])
    assert "approved" in benyuan("group", "approvals", str(HOLDING), "--database", url).output
    assert "nothing has been proposed" in benyuan("group", "approvals", str(BANK), "--database", url).output
