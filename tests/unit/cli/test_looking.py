"""The commands that look: balance, history, why, verify, rules; and the exit codes of all of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from benyuan import compiled
from benyuan.storage.sqlite import SqliteStore
from tests.unit.cli.running import answer, benyuan, lines, shop

PAID = {
    "kind": "pay",
    "payer": 1,
    "merchant": 1,
    "amount_fen": 30_000,
    "channel": "static_code",
    "authentication": "one_kind",
    "at": "2026-05-01T10:00:00+08:00",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("looking")
    made = shop(directory)
    answer("run", lines(directory / "pay.jsonl", [PAID, PAID]), "--database", made)
    return made


def test_balances(database: Path) -> None:
    (wallet,) = answer("balance", "wallet:1", "--database", database)
    assert wallet["balance"] == 70_000
    assert answer("balance", wallet["account"], "--database", database)[0]["balance"] == 70_000
    assert answer("balance", "merchant:1", "--database", database)[0]["balance"] == 30_000
    used = {row["name"]: row["balance"] for row in answer("balance", "person:1", "--database", database)}
    assert (used["year"], used["code_wallet_d"], used["code_wallet_a"]) == (30_000, 30_000, 0)
    book = {row["kind"]: row for row in answer("balance", "--book", "--database", database)}
    assert book["clearing_in"]["debits_posted"] == 200_000
    assert book["wallet"]["accounts"] == 2
    told = benyuan("balance", "wallet:1", "--database", database).stdout
    assert "700.00" in told


def test_history_leads_to_the_command(database: Path) -> None:
    newest, topped_up = answer("history", "wallet:1", "--database", database)
    assert (newest["what"], newest["side"], newest["amount_fen"]) == ("payment", "debit", 30_000)
    assert topped_up["what"] == "top_up"
    assert answer("history", "wallet:1", "--limit", 1, "--database", database) == [newest]
    assert answer("history", "wallet:1", "--before", newest["leg"], "--database", database) == [topped_up]
    assert answer("why", newest["command"], "--database", database)["command"]["payer"] == 1


def test_why_tells_in_both_languages(database: Path) -> None:
    refused = answer("history", "wallet:1", "--database", database)[0]["command"] + 1
    explained = answer("why", refused, "--database", database)
    assert explained["outcome"] == "refused"
    assert explained["refusal"]["rule_id"] == "qr.risk.D"
    assert "limit 500.00" in benyuan("why", refused, "--database", database).stdout
    assert "第十二条" in benyuan("why", refused, "--language", "zh", "--database", database).stdout


def test_verify_finds_nothing_wrong(database: Path) -> None:
    report = answer("verify", "--database", database)
    assert report["ok"]
    assert report["commands"] == answer("verify", "--fold-only", "--database", database)["commands"] > 0
    assert "everything holds" in benyuan("verify", "--database", database).stdout


def test_verify_finds_what_was_changed(tmp_path: Path) -> None:
    made = shop(tmp_path)
    store = SqliteStore(made)
    store._connection.execute("UPDATE wallet SET real_name = 7 WHERE id = 1")
    store.close()
    ran = benyuan("verify", "--database", made)
    assert ran.exit_code == 1
    assert "FAULT" in ran.stdout
    assert "wallet" in ran.stdout


def test_rules() -> None:
    rules = {row["id"]: row for row in answer("rules", "list")}
    assert rules["qr.risk.D"]["kind"] == "limit"
    limits = answer("rules", "list", "--kind", "limit", "--status", "verified")
    assert 0 < len(limits) < len(rules)
    assert answer("rules", "show", "qr.risk.D")["values"][0]["amount"] == 50_000
    assert "500.00 yuan" in benyuan("rules", "show", "qr.risk.D").stdout
    before = {row["id"]: row["value"] for row in answer("rules", "at", "2018-03-31")}
    after = {row["id"]: row["value"] for row in answer("rules", "at", "2018-04-01")}
    assert before["qr.risk.D"] is None
    assert after["qr.risk.D"]["amount"] == 50_000
    assert "条码支付D级" in benyuan("rules", "at", "2018-04-01", "--language", "zh").stdout


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (4, ("why", "999")),
        (2, ("why", "first")),
        (2, ("why", "0")),
        (4, ("balance", "wallet:9")),
        (4, ("balance", "99999")),
        (4, ("history", "merchant:0")),
        (2, ("balance", "purse:1")),
        (2, ("balance",)),
        (2, ("balance", "1", "--book")),
    ],
)
def test_exit_codes(database: Path, code: int, words: tuple[str, ...]) -> None:
    ran = benyuan(*words, "--database", database)
    assert ran.exit_code == code, ran.output
    assert "Traceback" not in ran.output


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (4, ("rules", "show", "no.such.rule")),
        (2, ("rules", "at", "2026-02-30")),
        (2, ("rules", "list", "--kind", "wish")),
        (4, ("balance", "--book", "--database", "none.db")),
        (4, ("verify", "--database", "none.db")),
        (2, ("init", "--database", "mysql://here")),
    ],
)
def test_exit_codes_without_a_database(code: int, words: tuple[str, ...]) -> None:
    ran = benyuan(*words)
    assert ran.exit_code == code, ran.output
    told: dict[str, Any] = json.loads(benyuan(*words, "--json").stdout)
    assert {"error", "message"} <= set(told)


def test_store_that_is_busy_or_damaged(tmp_path: Path) -> None:
    made = shop(tmp_path)
    store = SqliteStore(made)
    busy = benyuan("run", lines(tmp_path / "pay.jsonl", [PAID]), "--database", made)
    store.close()
    assert busy.exit_code == 3
    assert "another process" in busy.stderr
    made.write_bytes(b"no database" * 1000)
    assert benyuan("balance", "1", "--database", made).exit_code == 3


def test_init_leaves_a_database_alone(tmp_path: Path) -> None:
    made = shop(tmp_path)
    ran = benyuan("init", "--database", made)
    assert ran.exit_code == 2
    assert "without commands" in ran.stderr
    assert "benyuan run" in benyuan("init", "--database", tmp_path / "new.db").stdout


def test_database_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BENYUAN_DATABASE", raising=False)
    assert benyuan("balance", "--book").exit_code == 4
    shop(tmp_path).rename("demo.db")
    assert benyuan("balance", "--book").exit_code == 0
    monkeypatch.setenv("BENYUAN_DATABASE", "sqlite:///elsewhere.db")
    assert benyuan("balance", "--book").exit_code == 4


def test_the_one_wait_is_announced(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert benyuan("balance", "--book", "--database", database).stderr == ""
    monkeypatch.setattr(compiled, "folder", lambda: tmp_path)
    assert "once" in benyuan("balance", "--book", "--database", database).stderr
    for words in (("rules", "list"), ("balance", "--help"), ("--version",)):
        assert benyuan(*words).stderr == ""


def test_refusals_are_listed(database: Path) -> None:
    (row,) = answer("refusals", "--database", database)
    assert (row["outcome"], row["rule_or_field"]) == ("refused", "qr.risk.D")
    assert answer("refusals", "--rule", "qr.risk.A", "--database", database) == []
    assert answer("refusals", "--before", row["position"], "--database", database) == []
    assert (
        "nothing was refused by qr.risk.A" in benyuan("refusals", "--rule", "qr.risk.A", "--database", database).stdout
    )


def test_wrong_usage_is_json_too(database: Path) -> None:
    ran = benyuan("why", 0, "--database", database, "--json")
    assert ran.exit_code == 2
    assert json.loads(ran.stdout)["error"] == "usage"
    assert "no rules" in benyuan("rules", "list", "--kind", "limit", "--status", "draft").stdout
