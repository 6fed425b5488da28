"""`benyuan competition`: every command as a table and as JSON, and bad input by field and rule."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benyuan.rules import load_pack
from tests.unit.cli.running import answer, benyuan, text

MARKET: dict[str, Any] = {
    "product": "mobile payments",
    "area": "mainland China",
    "from": "2025-01-01",
    "until": "2026-01-01",
    "defined_on": "2026-03-01",
    "total": "1000.00",
    "figures": [
        {"firm": "ours", "amount": "300.00", "source": "Ledger", "dated": "2026-01-05"},
        {"firm": "another", "amount": "450.00"},
    ],
}
BUYER = {"name": "buyer", "world": "9000000000.00", "china": "3000000000.00", "year": 2025}
TARGET = {"name": "target", "world": "4000000000.00", "china": "900000000.00", "year": 2025}
ON = ("--on", "2026-05-15")


PACK_ONCE = cache(load_pack)


@pytest.fixture(autouse=True)
def one_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rules are read once, not by every command."""
    monkeypatch.setattr("benyuan.rules.load_pack", PACK_ONCE)


def market(directory: Path, **changed: Any) -> Path:
    return text(directory / "market.json", json.dumps({**MARKET, **changed}))


def parties(directory: Path, *named: dict[str, Any]) -> Path:
    return text(directory / "parties.json", json.dumps({"parties": named}))


def test_shares_say_what_is_invented(tmp_path: Path) -> None:
    told = answer("competition", "share", market(tmp_path))
    assert (told["total"], told["unnamed"], told["invented"]) == (100_000, 25_000, ["another", "total"])
    assert [(each["firm"], each["share"], each["source"]) for each in told["shares"]] == [
        ("another", "45.00%", "invented"),
        ("ours", "30.00%", "Ledger (20260105)"),
    ]
    shown = benyuan("competition", "share", market(tmp_path)).stdout
    assert "another, total" in shown
    assert "2025-01-01 to before 2026-01-01" in shown


def test_a_market_of_numbers_in_yaml(tmp_path: Path) -> None:
    file = text(
        tmp_path / "market.yaml",
        "{product: transfers, area: Zhejiang, from: 2025-01-01, until: 2025-04-01, defined_on: 2025-05-01,\n"
        " defined_by: Board paper 12, counted: transfers,\n"
        " figures: [{firm: ours, amount: 3}, {firm: another, amount: 2}]}",
    )
    assert answer("competition", "share", file)["total"] == 5
    shown = benyuan("competition", "presumption", file, *ON)
    assert shown.exit_code == 0
    assert "presumed dominant, unless rebutted: ours, another" in shown.stdout
    assert "Board paper 12 (20250501)" in shown.stdout


def test_who_is_presumed_by_which_article(tmp_path: Path) -> None:
    told = answer("competition", "presumption", market(tmp_path), *ON)
    assert told["presumed"] == ["another", "ours"]
    assert (told["place"]["article"], told["place"]["status"]) == ("第二十四条", "secondary")
    before = answer("competition", "presumption", market(tmp_path), "--on", "2022-07-31")
    assert before["place"]["article"] == "第十九条"


def test_the_index_and_a_merger(tmp_path: Path) -> None:
    told = answer("competition", "hhi", market(tmp_path), "--merge", "ours", "--merge", "another")
    assert [told[name]["text"] for name in ("least", "most", "change")] == ["2,925.00", "3,550.00", "2,700.00"]
    shown = benyuan("competition", "hhi", market(tmp_path), "--merge", "ours", "--merge", "another").stdout
    assert "after the merger" in shown
    assert "after the merger" not in benyuan("competition", "hhi", market(tmp_path)).stdout


@pytest.mark.parametrize(
    ("words", "must_file", "said"),
    [
        ((), True, "to be notified"),
        (("--held", "50%"), False, "within a group"),
    ],
)
def test_a_merger(tmp_path: Path, words: tuple[str, ...], must_file: bool, said: str) -> None:
    file = parties(tmp_path, BUYER, TARGET)
    assert answer("competition", "merger", file, *ON, *words)["must_file"] is must_file
    assert said in benyuan("competition", "merger", file, *ON, *words).stdout


def test_a_merger_below_the_lines_may_be_called_in(tmp_path: Path) -> None:
    file = parties(tmp_path, BUYER, {**TARGET, "china": "800000000.00"})
    assert "unless the agency calls it in" in benyuan("competition", "merger", file, *ON).stdout
    told = answer("competition", "merger", file, *ON)
    assert [each["each_over_fen"] for each in told["tests"]] == [0, 0]
    assert told["invented"] == ["buyer", "target"]


def test_the_clock() -> None:
    told = answer("competition", "clock", "--complete", "2026-03-02", "--further", "2026-04-01", "--extension", 60)
    assert [each["due_on"] for each in told["steps"]] == [20260401, 20260829]
    assert (
        "the clock stands"
        in benyuan("competition", "clock", "--complete", "2026-03-02", "--stop", "2026-03-10=").stdout
    )


def test_fines() -> None:
    words = ("--sales", "455712000000", "--year", "2019", "--rate", "4%", "--opened", "2020-12-24")
    told = answer("competition", "fine", "abuse", "--on", "2021-04-10", *words, "--factor", "duration=since 2015")
    assert told["fine_fen"] == 1_822_848_000_000
    assert [each["found"] for each in told["factors"]] == ["", "", "since 2015"]
    shown = benyuan("competition", "fine", "abuse", *ON, *words[:6], "--times", "2", "--gains", "1").stdout
    assert "sales of 2019: invented" in shown
    assert "36,456,960,001.00" in shown
    assert "comp.multiplier" in shown


def test_bounds_without_a_rate() -> None:
    told = answer("competition", "fine", "cartel-person", *ON)
    assert (told["fine_fen"], told["most_fen"]) == (None, 100_000_000)
    assert "fine" not in [
        line.split()[0]
        for line in benyuan("competition", "fine", "cartel-person", *ON).stdout.split("\n")
        if line.strip()
    ]


def test_the_decision() -> None:
    assert answer("competition", "decision")["agreeing"] == ["half-up", "half-even", "down"]
    shown = benyuan("competition", "decision").stdout
    assert "18,228,480,000.00" in shown
    assert "18,228,000,000.00" in shown


def test_conduct_and_platforms() -> None:
    told = answer("competition", "conduct", "tying", *ON, "--dominant", "--means", "data")
    assert [each["flagged"] for each in told["flags"]] == ["tying", "data"]
    assert "the firm is not dominant" in benyuan("competition", "conduct", "tying", *ON).stdout
    warned = answer("competition", "platform", "--users", 500_000_000, "--worth", "1000000000000", "--type", "finance")
    assert [each["reached"] for each in warned["warnings"]] == [False, True]
    shown = benyuan("competition", "platform", "--users", 1, "--worth", "1").stdout
    assert "never came into force" in shown


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"total": "700.00"}, "total"),
        ({"total": 1000}, "total: got '1000', expected a quoted amount"),
        ({"figures": []}, "figures"),
        ({"figures": [{"firm": "ours", "amount": "300.00", "source": "Ledger"}]}, "dated"),
        ({"figures": [{"firm": "ours", "amount": "-1.00"}]}, "figures[0].amount"),
        ({"until": "2025-01-01"}, "ends_on"),
        ({"from": "2025-02-30"}, "from"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_markets_that_are_refused(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    ran = benyuan("competition", "presumption", market(tmp_path, **changed), *ON)
    assert ran.exit_code == 2, ran.output
    assert said in ran.output
    assert "Traceback" not in ran.output


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("comp.abuse.fine", ("fine", "abuse", "--on", "2008-07-31", "--sales", "1", "--year", "2007")),
        (
            "rate: got '0.5%', expected 1% to 10% (comp.abuse.fine",
            ("fine", "abuse", *ON, "--sales", "1", "--year", "2025", "--rate", "0.5%"),
        ),
        ("--year", ("fine", "abuse", *ON, "--sales", "1", "--rate", "1%")),
        ("--dated", ("fine", "abuse", *ON, "--sales", "1", "--year", "2025", "--source", "x", "--dated", "then")),
        ("dated", ("fine", "abuse", *ON, "--sales", "1", "--year", "2025", "--source", "x")),
        ("--sales", ("fine", "abuse", *ON, "--sales", "1e9", "--year", "2025")),
        ("BREACH", ("fine", "theft", *ON)),
        ("--factor", ("fine", "cartel-person", *ON, "--factor", "duration")),
        ("--times", ("fine", "cartel-person", *ON, "--times", "twice")),
        ("comp.multiplier", ("fine", "cartel-person", *ON, "--times", "6")),
        ("--on", ("fine", "abuse", "--on", "today")),
        ("comp.merger.time", ("clock", "--complete", "2026-03-02", "--further", "2026-04-01", "--extension", "61")),
        ("--stop", ("clock", "--complete", "2026-03-02", "--stop", "soon=")),
        ("comp.abuse.acts", ("conduct", "rudeness", *ON)),
        ("comp.platform.types", ("platform", "--users", "1", "--worth", "1", "--type", "ferries")),
        ("no-such.json", ("share", "no-such.json")),
        ("Missing option", ("conduct", "tying")),
    ],
)
def test_questions_that_are_refused(said: str, words: tuple[str, ...]) -> None:
    ran = benyuan("competition", *words)
    assert ran.exit_code == 2, ran.output
    assert said in ran.output
    assert "Traceback" not in ran.output


def test_bad_input_as_json_names_field_and_rule(tmp_path: Path) -> None:
    told = answer("competition", "merger", parties(tmp_path, BUYER, {**TARGET, "year": 2024}), *ON)
    assert (told["error"], told["field"], told["value"]) == ("bad_input", "year", "2024")
    assert "comp.merger.file" in told["constraint"]
    (tmp_path / "latin.json").write_bytes(b"\xff\xfe\xff")
    assert benyuan("competition", "share", tmp_path / "latin.json").exit_code == 2
