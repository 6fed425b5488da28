"""`benyuan statement`: what it shows and writes, and what it says of what it can't.

Worked: wallet 1 begins with 1,000.00 on 1 May; two payments of 300.00 and 0.07 on 2 May leave 699.93.
"""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.unit.cli.running import answer, benyuan, lines, shop, text

PAY: dict[str, Any] = {
    "kind": "pay",
    "payer": 1,
    "merchant": 1,
    "channel": "online",
    "authentication": "two_kinds",
    "at": "2026-05-02T10:00:00+08:00",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("statements")
    made = shop(directory)
    rows = [{**PAY, "amount_fen": 30_000}, {**PAY, "amount_fen": 7}, {**PAY, "amount_fen": 500, "payer": 2}]
    answer("run", lines(directory / "pay.jsonl", rows), "--database", made)
    return made


def statement(database: Path, *words: object) -> Any:
    """The statements of a command with --json."""
    return answer("statement", *words, "--database", database)["statements"]


def test_a_year_of_a_wallet(database: Path) -> None:
    (made,) = statement(database, "--wallet", 1)
    assert (made["of"], made["from"], made["to"]) == ("wallet:1", 20250503, 20260502)
    assert (made["opening_fen"], made["closing_fen"]) == (0, 69_993)
    assert made["totals"] == {"entries": 3, "in_fen": 100_000, "out_fen": 30_007}
    assert [(one["kind"], one["counterparty"], one["balance_fen"]) for one in made["entries"]] == [
        ("top_up", "bank_account:1", 100_000),
        ("payment", "merchant:1", 70_000),
        ("payment", "merchant:1", 69_993),
    ]
    assert answer("why", made["entries"][1]["command"], "--database", database)["command"]["amount_fen"] == 30_000
    ran = benyuan("statement", "--wallet", 1, "--database", database)
    assert "opening 0.00, closing 699.93" in ran.stdout
    assert "3 entries, in 1,000.00, out 300.07" in ran.stdout


def test_days_are_both_included(database: Path) -> None:
    (made,) = statement(database, "--wallet", 1, "--from", "2026-05-02", "--to", "2026-05-02")
    assert (made["opening_fen"], made["closing_fen"], len(made["entries"])) == (100_000, 69_993, 2)
    (made,) = statement(database, "--wallet", 1, "--from", "2026-05-03", "--to", "2026-06-30")
    assert (made["opening_fen"], made["closing_fen"], made["entries"]) == (69_993, 69_993, [])
    ran = benyuan("statement", "--wallet", 1, "--from", "2027-01-01", "--database", database)
    assert "no entries" in ran.stdout
    assert "opening 699.93, closing 699.93" in ran.stdout


def test_pages_follow_the_cursor(database: Path) -> None:
    (first,) = statement(database, "--merchant", 1, "--limit", 2)
    assert [entry["in_fen"] for entry in first["entries"]] == [7, 500]
    assert first["totals"] is None
    (second,) = statement(database, "--merchant", 1, "--limit", 2, "--before", first["next_before"])
    assert [entry["in_fen"] for entry in second["entries"]] == [30_000]
    assert second["next_before"] is None
    ran = benyuan("statement", "--merchant", 1, "--limit", 2, "--database", database)
    assert f"--before {first['next_before']}" in ran.stdout


def test_searches(database: Path) -> None:
    def amounts(*words: object) -> list[int]:
        (made,) = statement(database, "--merchant", 1, *words)
        return [entry["in_fen"] for entry in made["entries"]]

    assert amounts("--least", "5.00") == [30_000, 500]
    assert amounts("--most", "5") == [7, 500]
    assert amounts("--counterparty", "wallet:2") == [500]
    assert amounts("--kind", "refund", "--kind", "settlement") == []


def test_a_person(database: Path) -> None:
    (made,) = statement(database, "--person", 2)
    assert made["of"] == "wallet:2"


def test_files(database: Path, tmp_path: Path) -> None:
    for form in ("csv", "json", "pdf"):
        out = tmp_path / f"may.{form}"
        ran = benyuan("statement", "--wallet", 1, "--out", out, "--database", database)
        assert ran.exit_code == 0, ran.output
        assert "3 entries of wallet:1" in ran.stdout
        before = out.read_bytes()
        assert benyuan("statement", "--wallet", 1, "--out", out, "--database", database).exit_code == 0
        assert out.read_bytes() == before
        assert out.stat().st_mode & 0o077 == 0
    assert len(list(csv.reader((tmp_path / "may.csv").read_text().splitlines()))) == 7
    assert json.loads((tmp_path / "may.json").read_text())["statements"] == statement(database, "--wallet", 1)
    assert (tmp_path / "may.pdf").read_bytes().startswith(b"%PDF")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["may.csv", "may.json", "may.pdf"]
    written = answer("statement", "--wallet", 1, "--out", tmp_path / "may.csv", "--database", database)
    assert written["statements"][0]["listed"]["entries"] == 3


@pytest.mark.parametrize(
    ("code", "said", "words"),
    [
        (4, "no wallet 9", ("--wallet", 9)),
        (4, "no merchant 0", ("--merchant", 0)),
        (4, "no person 3", ("--person", 3)),
        (2, "one of --wallet", ()),
        (2, "one of --wallet", ("--wallet", 1, "--merchant", 1)),
        (2, "a day that exists", ("--wallet", 1, "--from", "2026-02-30")),
        (2, "YYYY-MM-DD", ("--wallet", 1, "--to", "May")),
        (2, "not after --to", ("--wallet", 1, "--from", "2026-05-02", "--to", "2026-05-01")),
        (2, "top_up", ("--wallet", 1, "--kind", "gift")),
        (2, "--least", ("--wallet", 1, "--least", "1.234")),
        (2, "not above --most", ("--wallet", 1, "--least", "2", "--most", "1")),
        (2, "wallet:NUMBER", ("--wallet", 1, "--counterparty", "purse:1")),
        (2, ".csv, .json, .pdf", ("--wallet", 1, "--out", "may.xlsx")),
        (2, "--from", ("--wallet", 1, "--to", "2016-06-30")),
        (2, "", ("--wallet", 1, "--limit", 0)),
        (2, "", ("--wallet", "first")),
    ],
)
def test_what_does_not_fit(database: Path, code: int, said: str, words: tuple[object, ...]) -> None:
    ran = benyuan("statement", *words, "--database", database)
    assert ran.exit_code == code, ran.output
    assert said in ran.output
    assert "Traceback" not in ran.output
    assert answer("statement", *words, "--database", database)["error"] in ("not_found", "bad_input", "usage")


def test_the_database_is_never_written_over(tmp_path: Path) -> None:
    made = shop(tmp_path)
    named = made.rename(tmp_path / "shop.csv")
    (tmp_path / "other.csv").symlink_to(named)
    (tmp_path / "hard.csv").hardlink_to(named)
    before = named.read_bytes()
    for out in ("shop.csv", "other.csv", "hard.csv", "../" + tmp_path.name + "/shop.csv"):
        ran = benyuan("statement", "--wallet", 1, "--out", tmp_path / out, "--database", named)
        assert ran.exit_code == 2, ran.output
        assert "another file than the database" in ran.output
    assert named.read_bytes() == before


def test_a_file_that_fails_leaves_what_was_there(database: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone" / "may.csv"
    assert benyuan("statement", "--wallet", 1, "--out", gone, "--database", database).exit_code == 2
    kept = text(tmp_path / "kept.pdf", "kept")
    from benyuan.assurance.statements import pdf

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "MOST_ENTRIES", 1)
        assert benyuan("statement", "--wallet", 1, "--out", kept, "--database", database).exit_code == 2
    assert kept.read_text() == "kept"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.pdf"]


def test_what_a_card_alone_paid_is_shown_where_it_is_asked_for(tmp_path: Path) -> None:
    made = shop(tmp_path)
    rows = [{**PAY, "amount_fen": 100_500, "bank_account": 1}]
    answer("run", lines(tmp_path / "pay.jsonl", rows), "--database", made)
    (without,) = statement(made, "--wallet", 1)
    (with_cards,) = statement(made, "--wallet", 1, "--by-card")
    assert len(without["entries"]) == 2
    (card,) = [entry for entry in with_cards["entries"] if entry["by_card_fen"]]
    assert (card["by_card_fen"], card["kind"], card["balance_fen"]) == (500, "payment_from_card", 0)
    assert with_cards["totals"] == {**without["totals"], "entries": 3}
    assert "payment_from_card (5.00)" in benyuan("statement", "--wallet", 1, "--by-card", "--database", made).stdout
    for form in ("csv", "pdf"):
        out = tmp_path / f"wallet.{form}"
        assert benyuan("statement", "--wallet", 1, "--by-card", "--out", out, "--database", made).exit_code == 0
    assert (tmp_path / "wallet.csv").read_text(encoding="utf-8").count(",5.00") == 1
