"""The demo of the group: who is refused by which rule, whose every account is, what shows; and twice the same."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benyuan.app import open as open_group
from benyuan.assurance.group.board.chapters import percent
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.simulate.bureau.world import MovingClock
from benyuan.simulate.group.bodies import BANK, DIRECTORS, FOUNDER, HOLDING, LENDER, OWNER, PAYER
from benyuan.simulate.group.returns import PERIOD, TENTH
from benyuan.simulate.group.run import run_group
from benyuan.simulate.run import FIRST_AT
from benyuan.values.money import yuan_text
from tests.journeys.test_demo_bureau import without_chance
from tests.unit.cli.running import answer, benyuan

CLIENTS = 30
DEALING = [
    *("fhc.rpt.terms", "fhc.ban.fi_to_fhc", "fhc.ban.fi_to_fhc", "fhc.rpt.approval", "fhc.rpt.recuse"),
    *("fhc.rpt.independent_opinion", "fhc.rpt.approval", "fhc.lim.fi_to_affiliate", "fhc.lim.fi_to_affiliate"),
    *("fhc.rpt.limits", "rpt.house.money", "rpt.house.money"),
    *("rpt.insurer.funds.class", "rpt.insurer.funds.product", "rpt.insurer.funds.one"),
    *("rpt.bank.limits", "rpt.bank.interbank"),
]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("group") / "group.db"


@pytest.fixture(scope="module")
def report(database: Path) -> Any:
    return answer("demo-group", "--clients", CLIENTS, "--database", database)


def test_each_is_refused_by_the_rule_that_is_meant(report: Any, database: Path) -> None:
    refused = [step for step in report["steps"] if step["chapter"] == 2 and step["outcome"] == "refused"]
    assert [step["rule"] for step in refused] == DEALING
    for step in refused:
        told = answer("why", step["command"], "--database", database)
        assert (told["outcome"], told["refusal"]["rule_id"]) == ("refused", step["rule"])


def test_the_group_must_apply_and_says_by_how_much(report: Any) -> None:
    told = report["application"]
    assert (told["verdict"], told["trigger"]["types"]) == ("must_apply", ["bank", "insurance", "securities"])
    assert told["trigger"]["lines"][0]["distance_fen"] == 1_120_000_000_000
    assert all(each["source"] == "invented" for each in told["figures"])


def test_every_account_is_a_licensed_bodys_of_the_group(report: Any, database: Path) -> None:
    told = report["licences"]
    assert told["unattributed"] == 0
    with open_group(f"sqlite:///{database}", read_only=True) as group:
        assert told["accounts"] == group.ledger.account_count == sum(each["accounts"] for each in told["books"])
    assert {each["gate"] for each in told["books"]} == {True, None}


def test_slices_show(report: Any) -> None:
    (found,) = report["dealings"]["looks"]
    assert (found["rule"], found["amount_fen"]) == ("fhc.rpt.ban.slicing", 60_000_000_000)
    assert benyuan("group", "dealings", HOLDING, "--database", report["database"]).exit_code == 1


def test_a_figure_that_falls_shows_what_is_over(report: Any) -> None:
    (over,) = [each for each in report["limits"][1]["limits"] if each["breach"]]
    assert (over["rule"], over["limit_fen"], over["used_fen"]) == (
        "fhc.lim.fi_to_affiliate",
        5_000_000_000,
        6_000_000_000,
    )
    assert over["booked_fen"] == over["used_fen"]


def test_an_insurers_funds_and_what_a_bank_leaves_out(report: Any) -> None:
    insurer, bank = report["limits"][2:]
    lines = {each["line"]: each for each in insurer["limits"]}
    assert [line for line, each in lines.items() if each["breach"]] == ["equity"]
    for line, used, most in (
        *(("equity", 3, 2.4), ("product_share", 2, 2), ("invested_one", 18, 18), ("invested", 18, 60)),
        ("real_estate", 13, 18),
    ):
        assert (lines[line]["used_fen"], lines[line]["limit_fen"]) == (used * 10**10, most * 10**10)
        assert (lines[line]["booked_fen"], lines[line]["source"]) == (used * 10**10, "invented")
    (left,) = bank["left_out"]
    assert (left["ground"], left["left_fen"], left["source"]) == ("between_banks", 40 * 10**10, "invented")


def test_what_shows_that_people_are_fit_has_each_kind_of_answer(report: Any, database: Path) -> None:
    told = answer("group", "fitness", HOLDING, "--on", report["last_day"], "--database", database)
    holders = [*told["shareholders"], *told["minor"], *told["people"]]
    found = [one for each in holders for one in each["conditions"]] + told["company"]
    states = Counter(each["state"] for each in found)
    assert dict(states) == {"met": states["met"], "expired": 1, "failed": 1, "barred": 1, "not shown": 4}
    assert states["met"] > 100
    (barred,) = [each for each in found if each["state"] == "barred"]
    assert (barred["who"], barred["until"]) == (DIRECTORS[1], 20291030)
    assert {(each["kind"], each["state"]) for each in told["duties"]} == {
        ("renew_document", "overdue"),
        ("report_unfit", "open"),
    }
    assert told["unmet"] == 3
    assert all("invented" in each["by"] for each in found if each["state"] != "not shown")


def test_what_the_report_says_is_what_the_commands_say(report: Any, database: Path) -> None:
    on = report["last_day"]
    shape = answer("group", "shape", HOLDING, "--on", on, "--database", database)
    assert shape == report["shape"]
    (bank,) = [each for each in shape["members"] if each["body"] == BANK]
    assert bank["interest"]["text"] == "11/20"
    behind = {each["body"]: each["part"]["text"] for each in shape["behind"]}
    assert behind[FOUNDER] == "27/50"
    assert behind[OWNER] == "3/50"


def test_the_accounts_tie_and_name_what_differs(report: Any, database: Path) -> None:
    told = report["accounts"]["accounts"]
    assets = sum(line["amount_fen"] for line in told["lines"] if line["part"] == "asset")
    assert told["assets_fen"] == assets
    assert assets == told["liabilities_fen"] + told["minority_fen"] + told["owners_fen"]
    (found,) = told["mismatches"]
    assert found["difference_fen"] == -TENTH
    again = ("--period", PERIOD, "--returns", report["returns"], "--database", database)
    assert answer("group", "consolidate", HOLDING, *again) == report["accounts"]


def test_the_lenders_money_at_the_groups_bank_is_taken_out_of_both(report: Any) -> None:
    told = report["accounts"]["accounts"]
    assert BANK in {each["body"] for each in told["sources"]}
    assert not [each for each in told["mismatches"] if LENDER in (each["debit_body"], each["credit_body"])]
    assert "bank_deposits" not in {line["name"] for line in told["lines"] if line["amount_fen"] > TENTH}


def test_every_book_is_closed_and_tells_its_own_capital(report: Any) -> None:
    assert report["accounts"]["not_closed"] == []
    bodies = {each["body"]: each for each in report["prudential"]["bodies"]}
    assert bodies[PAYER]["held"][0]["where"] == "book 1"
    assert bodies[LENDER]["required"][0]["source"] == "this ledger"
    assert report["prudential"]["differ"] == []


def test_the_board_pack_has_the_figures_of_the_other_commands(report: Any, database: Path, tmp_path: Path) -> None:
    files = ("--returns", report["returns"], "--database", database, "--json")
    made = benyuan("group", "board-pack", HOLDING, tmp_path / "board.html", "--on", PERIOD, *files)
    chapters = {each["name"]: each for each in json.loads(made.stdout)["chapters"]}
    accounts = {item["what"]: item["found"] for item in chapters["accounts"]["items"]}
    told = report["accounts"]["accounts"]
    for line in told["lines"]:
        assert accounts[f"{line['part']}: {line['name'].replace('_', ' ')}"] == yuan_text(line["amount_fen"])
    assert accounts["equity of other owners"] == yuan_text(told["minority_fen"])
    capital = {item["what"]: item["found"] for item in chapters["prudential"]["items"]}
    for each in report["prudential"]["bodies"]:
        assert capital[f"{each['name']}: capital by its sector's rule"] == yuan_text(each["held_fen"])
    figures = {each["title"]: each["ppm"] for each in report["prudential"]["figures"]}
    for title, ppm in figures.items():
        assert capital[title] == percent(ppm)
    rests = chapters["prudential"]["rests_on"]
    assert any("book 1" in item["what"] and item["source"] == "this ledger" for item in rests)
    asked = [item["asked"] for chapter in chapters.values() for item in chapter["items"]]
    assert any(each.startswith("at most ") for each in asked)
    assert not [each for each in asked if each in ("at most not told", "at least not told")]
    assert chapters["accounts"]["command"].startswith(f"benyuan group consolidate {HOLDING} --period {PERIOD}")


def test_own_funds_count_no_stake_twice(report: Any) -> None:
    told = report["prudential"]
    held = sum(each["held_fen"] for each in told["bodies"])
    taken = sum(each["deducted_fen"] for each in told["between"])
    assert told["own_funds_fen"] == held - taken == 6_154_000_000_000
    assert not told["untold"]


def test_it_is_told_to_people(tmp_path: Path) -> None:
    ran = benyuan("demo-group", "--clients", CLIENTS, "--database", tmp_path / "told.db", "--language", "zh")
    assert ran.exit_code == 0, ran.stdout
    assert "不予办理" in ran.stdout
    assert "0 differences: everything holds" in ran.stdout


def test_twice_is_the_same(database: Path, report: Any) -> None:
    clock = MovingClock(FIRST_AT)
    with open_group("sqlite://", create=True, clock=clock) as again:
        run_group(again, clock, clients=CLIENTS)
        with open_group(f"sqlite:///{database}", read_only=True) as one:
            assert again.position == one.position == report["commands"]
            assert log_of(again) == log_of(one)


def log_of(group: Group) -> list[Any]:
    """All that the log holds, but for what chance has given."""
    return [
        (without_chance(opened.body), without_chance(opened.outcome), opened.block.rows, opened.block.kind)
        for opened in map(Opened, group.store.blocks())
    ]


def test_small_businesses_are_told_by_class_and_area_and_the_banks_credit_with_its_price(
    report: Any, database: Path
) -> None:
    del report
    words = ("--from", 20260101, "--until", PERIOD, "--database", database)
    told = {each["name"]: each for each in answer("group", "small-micro", *words)["sections"]}
    everybody = sum(row[1] for row in told["by_size"]["rows"])
    assert everybody > 5
    for name in ("by_class", "by_area"):
        rows, columns = told[name]["rows"], told[name]["columns"]
        assert sum(row[1] for row in rows) == everybody
        assert 0 < sum(row[columns.index("invented")] for row in rows) < everybody
    total = sum(row[1] for row in told["credit"]["rows"])
    ((_, borrowers, *figures),) = told["credit_by_member"]["rows"]
    assert borrowers == total == 42_200
    assert (figures[2], figures[-1]) == ("4.50%", "invented")


def test_the_payment_company_has_the_money_that_was_paid_in(report: Any, database: Path) -> None:
    del report
    with open_group(f"sqlite:///{database}", read_only=True) as group:
        blocks = [opened for opened in _blocks(group) if opened.block.kind == "fund"]
    assert [opened.status.tolist() for opened in blocks] == [[0]]


def _blocks(group: Group) -> list[Opened]:
    position, found = 1, []
    while position <= group.position:
        found.append(group.reader.at_position(position))
        position += found[-1].block.commands
    return found
