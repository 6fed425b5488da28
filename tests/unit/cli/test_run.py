"""`benyuan run`: what is taken, what is refused, and what the file itself must not hold."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benyuan.cli.failures import BAD_INPUT
from tests.unit.cli.running import answer, benyuan, lines, shop, text

HEAD = "payer,merchant,amount_fen,channel,authentication\n"
PAYMENTS = [
    {"payer": 1, "merchant": 1, "amount_fen": 30_000, "channel": "static_code", "authentication": "one_kind"},
    {"payer": 2, "merchant": 2, "amount_fen": 700, "channel": "online", "authentication": "two_kinds"},
    {"payer": 1, "merchant": 1, "amount_fen": 30_000, "channel": "static_code", "authentication": "one_kind"},
    {"payer": 9, "merchant": 1, "amount_fen": 100, "channel": "online", "authentication": "one_kind"},
    {"payer": 2, "merchant": 1, "amount_fen": 100, "channel": "carrier_pigeon", "authentication": "one_kind"},
]


def as_csv(directory: Path, rows: list[dict[str, Any]]) -> Path:
    body = "".join(",".join(str(cell) for cell in row.values()) + "\n" for row in rows)
    return text(directory / "payments.csv", ",".join(rows[0]) + "\n" + body)


def as_parquet(directory: Path, rows: list[dict[str, Any]]) -> Path:
    file = directory / "payments.parquet"
    pq.write_table(pa.Table.from_pylist(rows), file)
    return file


def as_lines(directory: Path, rows: list[dict[str, Any]]) -> Path:
    return lines(directory / "payments.jsonl", rows)


@pytest.mark.parametrize("written", [as_csv, as_parquet, as_lines])
def test_every_format_gives_the_same_answers(tmp_path: Path, written: Any) -> None:
    database = shop(tmp_path)
    out = tmp_path / "answers.jsonl"
    file = written(tmp_path, PAYMENTS)
    done = answer("run", file, "--kind", "pay", "--database", database, "--out", out)
    assert (done["accepted"], done["refused"], done["invalid"], done["repeated"]) == (2, 1, 2, 0)
    assert [(row["rule_id"], row["count"]) for row in done["refused_by_rule"]] == [("qr.risk.D", 1)]
    assert {row["field"] for row in done["invalid_by_field"]} == {"payer", "channel"}
    told = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["outcome"] for row in told] == ["accepted", "accepted", "refused", "invalid", "invalid"]
    assert [row["key"] for row in told] == ["1", "2", "3", "4", "5"]

    again = answer("run", file, "--kind", "pay", "--database", database, "--chunk", 2)
    assert (again["accepted"], again["refused"], again["invalid"], again["repeated"]) == (2, 1, 2, 5)
    (wallet,) = answer("balance", "wallet:1", "--database", database)
    assert wallet["balance"] == 70_000


def test_strict_asks_for_acceptance(tmp_path: Path) -> None:
    database = shop(tmp_path)
    file = as_csv(tmp_path, PAYMENTS)
    assert benyuan("run", file, "--kind", "pay", "--database", database, "--strict").exit_code == 1
    told = benyuan("run", file, "--kind", "pay", "--database", database, "--language", "zh")
    assert told.exit_code == 0
    assert "条码支付D级" in told.stdout


def test_mixed_kinds_keep_their_order_and_their_own_keys(tmp_path: Path) -> None:
    database = shop(tmp_path)
    rows = [
        "kind,key,client,at,wallet,bank_account,amount_fen,payer,merchant,channel,authentication",
        "top_up,a,till,2026-05-02T09:00:00+08:00,1,1,500,,,,",
        "pay,b,till,2026-05-02T09:00:01+08:00,,,700,1,1,online,one_kind",
        "settle,c,till,2026-05-02T09:00:02+08:00,,,,,1,,",
    ]
    file = text(tmp_path / "mixed.csv", "\n".join(rows) + "\n")
    assert answer("run", file, "--database", database)["accepted"] == 3
    again = answer("run", file, "--database", database)
    assert again["repeated"] == 3
    other = text(tmp_path / "other.csv", HEAD.replace("payer", "key,client,payer") + "b,till,1,1,800,online,one_kind\n")
    clash = answer("run", other, "--kind", "pay", "--database", database)
    assert [row["field"] for row in clash["invalid_by_field"]] == ["key"]


KEYED = HEAD.replace("payer", "key,payer")


@pytest.mark.parametrize("written", [as_csv, as_parquet, as_lines])
def test_a_line_with_a_key_is_done_once_in_whatever_file_it_comes(tmp_path: Path, written: Any) -> None:
    database = shop(tmp_path)
    rows = [{"key": f"order-{place}", **PAYMENTS[1]} for place in range(3)]
    for count in (1, 2, 3):
        file = written(tmp_path, rows[:count])
        done = answer("run", file, "--kind", "pay", "--database", database)
        assert (done["accepted"], done["repeated"]) == (count, count - 1)
        assert done["client_of_keys"] == "file"
    (wallet,) = answer("balance", "wallet:2", "--database", database)
    assert wallet["balance"] == 100_000 - 3 * 700


def test_a_key_that_another_command_had_is_refused(tmp_path: Path) -> None:
    database = shop(tmp_path)
    first = text(tmp_path / "first.csv", KEYED + "a,1,1,800,online,one_kind\n")
    other = text(tmp_path / "other.csv", KEYED + "a,1,1,801,online,one_kind\n")
    assert answer("run", first, "--kind", "pay", "--database", database)["accepted"] == 1
    clash = answer("run", other, "--kind", "pay", "--database", database)
    assert [(row["field"], row["lines"]) for row in clash["invalid_by_field"]] == [("key", [2])]
    theirs = answer("run", other, "--kind", "pay", "--database", database, "--client", "till")
    assert (theirs["accepted"], theirs["client_of_keys"], theirs["client_of_numbers"]) == (1, "till", "till")


def test_lines_without_keys_are_done_again_in_a_changed_file(tmp_path: Path) -> None:
    database = shop(tmp_path)
    rows = [{"kind": "pay", **PAYMENTS[1]}, {"kind": "pay", "key": "a", **PAYMENTS[1]}]
    assert answer("run", lines(tmp_path / "mixed.jsonl", rows), "--database", database)["accepted"] == 2
    assert answer("run", lines(tmp_path / "mixed.jsonl", rows), "--database", database)["repeated"] == 2
    longer = answer("run", lines(tmp_path / "mixed.jsonl", [*rows, rows[0]]), "--database", database)
    assert (longer["accepted"], longer["repeated"]) == (3, 1)


def test_a_rate_is_told_of_many_commands_only(tmp_path: Path) -> None:
    database = shop(tmp_path)
    for count, told in ((999, False), (1000, True)):
        file = as_csv(tmp_path, [{**PAYMENTS[1], "amount_fen": 1}] * count)
        ran = benyuan("run", file, "--kind", "pay", "--database", database)
        assert f"{count:,} commands, {count:,} accepted" in ran.stdout
        assert ("a second" in ran.stdout) is told


def test_time_that_goes_back_is_told_of(tmp_path: Path) -> None:
    database = shop(tmp_path)
    file = lines(tmp_path / "late.jsonl", [{"kind": "settle", "merchant": 1, "at": "2025-12-31T09:00:00+08:00"}])
    assert [row["field"] for row in answer("run", file, "--database", database)["invalid_by_field"]] == ["at"]


BAD = [
    ("x.csv", "pay", HEAD + "1,1,30,online,one_kind\n1,1,12.5,online,one_kind\n", ("line 3", "amount_fen", "12.5")),
    ("x.csv", "pay", HEAD + "1,1,,online,one_kind\n", ("line 2", "amount_fen", "a value")),
    ("x.csv", "pay", HEAD + "1,1,99999999999999999999,online,one_kind\n", ("line 2", "amount_fen", "64 bits")),
    ("x.csv", "pay", HEAD.replace("payer", "player"), ("column", "player", "payer")),
    ("x.csv", "pay", HEAD.replace("payer", "merchant"), ("column", "merchant", "once")),
    ("x.csv", "pay", "payer,merchant\n1,1\n", ("amount_fen", "needs it")),
    ("x.csv", "pay", HEAD + "1,1,30\n", ("CSV", "columns")),
    ("x.csv", None, HEAD + "1,1,30,online,one_kind\n", ("kind", "--kind")),
    ("x.csv", None, "kind,merchant\nsettle,1\nresettle,1\n", ("line 3", "kind", "resettle")),
    ("x.csv", None, "kind,merchant,payer\nsettle,1,\nsettle,1,2\n", ("line 3", "payer", "settle takes")),
    ("x.csv", None, "kind,person,mandate\nbind_bank_account,1,perhaps\n", ("mandate", "perhaps", "true or false")),
    ("x.csv", None, "kind,merchant,at\nsettle,1,2026-05-01T09:00:00\n", ("line 2", "at", "zone")),
    ("x.csv", "pai", HEAD, ("--kind", "pai", "such as pay")),
    ("x.csv", "pay", HEAD, ("no commands",)),
    ("x.jsonl", None, '{"kind":"settle","merchant":1}\n\n{"kind":"settle","merchant":1.5}\n', ("line 3", "1.5")),
    ("x.jsonl", None, '{"kind":"settle","merchant":1,"tip":2}\n', ("line 1", "tip", "merchant")),
    ("x.jsonl", None, '{"kind":"settle"}\n', ("line 1", "merchant", "a value")),
    ("x.jsonl", None, '{"kind":"sell"}\n', ("line 1", "kind", "sell")),
    ("x.jsonl", None, '{"kind":"settle","merchant":1\n', ("line 1", "a JSON object")),
    ("x.jsonl", "settle", '{"kind":"pay","merchant":1}\n', ("line 1", "kind", "settle")),
    ("x.parquet", "settle", "no parquet", ("file", "Parquet")),
    ("x.xls", "settle", "1", ("file", ".xls", ".csv")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kind", "content", "words"), BAD)
def test_bad_file_is_refused_whole(
    tmp_path: Path, name: str, kind: str | None, content: str, words: tuple[str, ...]
) -> None:
    file = text(tmp_path / name, content)
    database = tmp_path / "untouched.db"
    ran = benyuan("run", file, "--database", database, *(("--kind", kind) if kind else ()))
    assert ran.exit_code == 2, ran.output
    assert not database.exists()
    for word in words:
        assert word in ran.stderr
    assert "Traceback" not in ran.output


def test_parquet_of_fractions_is_refused(tmp_path: Path) -> None:
    file = as_parquet(tmp_path, [{**PAYMENTS[0], "amount_fen": 12.0}])
    ran = benyuan("run", file, "--kind", "pay", "--database", tmp_path / "untouched.db")
    assert ran.exit_code == 2
    assert "amount_fen" in ran.stderr
    assert "double" in ran.stderr


def test_missing_file(tmp_path: Path) -> None:
    ran = benyuan("run", tmp_path / "none.csv", "--kind", "pay")
    assert ran.exit_code == 2
    assert "none.csv" in ran.stderr


def test_a_time_after_now_needs_to_be_meant(tmp_path: Path) -> None:
    database = shop(tmp_path)
    file = lines(tmp_path / "late.jsonl", [{**PAYMENTS[0], "kind": "pay", "at": "2199-01-01T00:00:00+08:00"}])
    ran = benyuan("run", file, "--database", database)
    assert ran.exit_code == 2
    assert "line 1: at: got '2199-01-01 00:00:00'" in ran.stderr
    assert "--ahead" in ran.stderr
    assert answer("run", file, "--database", database, "--ahead")["accepted"] == 1


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    file = as_csv(tmp_path, PAYMENTS)
    ran = benyuan("run", file, "--kind", "pay", "--database", tmp_path / "other.db")
    assert ran.exit_code == 4
    assert not (tmp_path / "other.db").exists()


def test_answers_do_not_overwrite_what_is_read(tmp_path: Path) -> None:
    database, file = shop(tmp_path), as_csv(tmp_path, PAYMENTS)
    content = file.read_bytes()
    for out in (file, database):
        ran = benyuan("run", file, "--kind", "pay", "--database", database, "--out", out)
        assert ran.exit_code == 2
    assert file.read_bytes() == content
    assert answer("verify", "--database", database)["ok"]


@pytest.mark.parametrize("words", [("--name", ""), ("--from", "1960-01-01")])
def test_a_beginning_that_makes_no_sense(tmp_path: Path, words: tuple[str, str]) -> None:
    ran = benyuan("init", "--database", tmp_path / "x.db", *words)
    assert ran.exit_code == 2
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize(
    ("name", "content"), [("a.jsonl", '{"kind": "record_stak"}\n'), ("a.csv", "kind,owner\nrecord_stak,1\n")]
)
def test_a_kind_that_is_misspelt_names_those_that_are_near_and_not_all(tmp_path: Path, name: str, content: str) -> None:
    database = shop(tmp_path)
    ran = benyuan("run", text(tmp_path / name, content), "--database", database)
    assert ran.exit_code == BAD_INPUT
    assert "record_stake" in ran.stderr
    assert "register_institution" not in ran.stderr
