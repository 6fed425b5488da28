"""The demo of consumer protection: who is refused by which rule, what is owed, what leaves; and twice the same."""

import zipfile
from pathlib import Path
from typing import Any

import pytest

from benyuan.app import open as open_group
from benyuan.assurance.protection.own_data import faults_of
from benyuan.engine.reading import Opened
from benyuan.simulate.bureau.world import MovingClock
from benyuan.simulate.protection.people import everybody
from benyuan.simulate.protection.run import FIRST_AT, run_protection
from tests.journeys.test_demo_bureau import without_chance
from tests.unit.cli.running import answer, benyuan

RULES = {
    1: [
        *("suit.tests.day", "suit.no_mismatch", "suit.bans", "suit.opinion", "suit.house.reading_seconds"),
        *("suit.house.means_share", "suit.house.means_share", "suit.house.assets_wait"),
        *("suit.elder", "suit.house.elder_hours"),
        *("cp.house.exit.cancel_first", "cp.house.exit.cancel_by", "cp.house.exit.held", "suit.house.rating_down"),
    ],
    2: ["student.bank_conditions", "student.bank_conditions", "cp.house.instalment_share"],
    3: [
        *("cost.sheet", "cost.sheet", "cost.sheet.online", "cost.sheet", "cost.sheet", "cp.house.key_facts"),
        "cp.pbc.confirm",
    ],
    4: ["cp.pbc.complaint.feedback", "cp.nfra.complaint.answer"],
    5: [
        *("cp.house.collection.overdue", "coll.hours", "cp.house.debtor.zone", "coll.calls"),
        *("cf.collection.third_party", "cf.collection.third_party", "cp.house.unreachable"),
        "cp.house.collection.complaint",
    ],
    6: [
        *("cp.nfra.no_default_consent", "cp.pbc.info_consent", "cp.house.marketing_words", "cp.nfra.optout"),
        "suit.bans",
        *("pay.info.affiliate_share_consent", "pay.choice.fair_display", "mkt.words", "mkt.psp_no_loan_option"),
    ],
    7: ["pi.rights.access"],
}


STATES = ("open", "done", "late", "overdue", "past_aim")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("protection") / "protection.db"


@pytest.fixture(scope="module")
def report(database: Path) -> Any:
    return answer("demo-protection", "--database", database, "--out", database.parent / "handed")


@pytest.mark.parametrize("chapter", RULES)
def test_each_is_refused_by_the_rule_that_is_meant(report: Any, database: Path, chapter: int) -> None:
    refused = [step for step in report["steps"] if step["chapter"] == chapter and step["outcome"] == "refused"]
    assert [step["rule"] for step in refused] == RULES[chapter]
    for step in refused:
        told = answer("why", step["command"], "--database", database)
        assert (told["outcome"], told["refusal"]["rule_id"]) == ("refused", step["rule"])
        assert step["by"].startswith(told["refusal"]["document"])


def test_its_figures_hang_together(report: Any) -> None:
    assert (report["people"], report["borrowers"]) == (30, 18)
    assert sum(report["tested"].values()) == 12 + 2
    assert sum(report["refused"].values()) == sum(map(len, RULES.values()))
    refund = report["refund"]
    assert refund["before_fen"] - refund["sold_fen"] == refund["refunded_fen"] == 1_000_000
    assert refund["after_fen"] == refund["before_fen"]
    left = report["left_early"]
    assert (left["gross_fen"], left["fee_fen"], left["paid_fen"]) == (1_025_000, 5_125, 1_019_875)
    assert left["after_fen"] - left["before_fen"] == left["paid_fen"]
    assert "student.bank_conditions" in report["student_explained"]
    assert {step["chapter"] for step in report["steps"]} == set(RULES)


def test_sales_are_laid_open_both_ways(report: Any, database: Path) -> None:
    refund, left = report["refund"], report["left_early"]
    cancelled = answer("protection", "sale", refund["sale"], "--database", database)
    assert [(step["what"], step["ID"]) for step in cancelled["steps"]] == [
        ("sold", refund["sold_by"]),
        ("cancelled", refund["refunded_by"]),
    ]
    assert cancelled["entries"][-2] | {"leg": 0} == {
        "leg": 0,
        "ID": refund["refunded_by"],
        "what": "investment_cancelled",
        "debit": f"sale:{refund['sale']} waiting",
        "credit": f"wallet:{refund['wallet']}",
        "amount": refund["refunded_fen"],
    }
    exited = answer("protection", "sale", left["sale"], "--database", database)
    assert [step["what"] for step in exited["steps"]] == ["sold", "released", "redeemed"]
    assert (exited["held_shares"], exited["waiting_fen"]) == (1_000_000, 0)
    shown = benyuan("protection", "sale", left["sale"], "--database", database)
    assert "10,198.75" in shown.stdout
    assert benyuan("protection", "sale", 99, "--database", database).exit_code != 0


def step_of(report: Any, said: str) -> Any:
    [found] = [step for step in report["steps"] if said in step["what"]]
    return found


def test_the_edges_are_seconds_and_days(report: Any) -> None:
    assert step_of(report, "at 21:59:59 of their clock")["outcome"] == "done"
    night = step_of(report, "and at 22:00:00 of it")
    assert "local time 22:00:00" in night["figures"]
    no, message = step_of(report, "says no at 10:30:00"), step_of(report, "a message at 10:30:00")
    assert (no["when"], message["outcome"]) == (message["when"], "refused")
    assert step_of(report, "no sheet is asked for yet")["when"].startswith("2026-07-31")
    assert step_of(report, "and again, its sheet of costs unread")["when"].startswith("2026-08-01")
    assert step_of(report, "the cashier as the day before")["when"].startswith("2026-09-30")


def test_terms_are_read_by_the_clock_and_assets_wait(report: Any) -> None:
    shown, early = step_of(report, "has the terms on the screen"), step_of(report, "orders nine seconds later")
    assert (shown["when"][-8:], early["when"][-8:]) == ("10:08:10", "10:08:19")
    assert step_of(report, "buys for 20,000.00")["when"].endswith("10:08:20")
    assert "stated 10,000,000.00 yuan" in step_of(report, "confirming it at once")["figures"]


def test_a_complaint_stops_calls_until_its_answer(report: Any) -> None:
    stopped = step_of(report, "nobody had to record a stop")
    assert (stopped["outcome"], stopped["rule"]) == ("refused", "cp.house.collection.complaint")
    for said in ("complaint 1", "issue collection", "due 2026-08-21"):
        assert said in stopped["figures"]
    again = step_of(report, "the debtor may be called again")
    assert (again["outcome"], again["kind"]) == ("done", "record_contact")
    assert again["when"].startswith("2026-08-22")


def test_one_complaint_is_a_breach_and_climbs(report: Any) -> None:
    [breach] = report["breaches"]
    assert (breach["rule"], breach["due_on"], breach["days_left"]) == ("cp.nfra.complaint.simple", 20260826, -1)
    assert report["breaches_on"] == 20260827
    assert report["levels"] == [1, 2, 3]
    assert step_of(report, "a day before its end")["when"].startswith("2026-08-24")
    month = report["month"]
    assert sum(line["received"] for line in month) == 5
    assert [sum(line[name] for line in month) for name in ("answered", "answered_late", "overdue")] == [4, 1, 1]


def test_duties_stand_by_rule(report: Any) -> None:
    held = {each["rule"]: [each[name] for name in STATES] for each in report["duties"]}
    assert held == {
        "cp.house.redress": [0, 0, 0, 0, 1],
        "cp.nfra.complaint.simple": [0, 1, 1, 1, 0],
        "cp.pbc.complaint.direct": [0, 1, 0, 0, 0],
        "cp.pbc.complaint.feedback": [0, 1, 0, 0, 0],
        "cp.pbc.complaint.passed_on": [0, 1, 0, 0, 0],
        "pi.auto.explain_refuse": [1, 0, 0, 0, 0],
        "pi.delete": [0, 1, 0, 0, 0],
        "pi.rights.access": [0, 1, 0, 0, 0],
        "suit.change_confirm": [1, 0, 0, 0, 0],
        "suit.elder": [0, 1, 0, 0, 0],
    }


def test_the_eight_rights_are_counted_from_the_log(report: Any) -> None:
    rights = report["rights"]
    assert len({each["right"] for each in rights}) == 8
    assert all(each["refused"] == report["refused"].get(each["rule"], 0) for each in rights)
    assert all(each["asked"] >= each["refused"] for each in rights)
    exercised = {each["right"] for each in rights if each["asked"] or each["duties"]}
    assert {each["right"] for each in rights} - exercised == {"education"}


def test_a_customer_has_all_of_their_data(report: Any, database: Path) -> None:
    told = report["package"]
    path = Path(told["path"])
    assert path == database.parent / "handed" / "own-data-3.zip"
    assert faults_of(path.read_bytes()) == told["faults"] == []
    with zipfile.ZipFile(path) as archive:
        mine = archive.read("own-data.json").decode()
        assert len(archive.namelist()) == told["files"]
    people = [someone["number"] for someone in everybody()]
    assert [number for number in people if number in mine] == [people[2]]
    [request] = [each for each in answer("protection", "own-data", "--database", database) if each["request"] == 1]
    assert (request["handed"], request["outcome"]) == (told["handed_out_by"], "done")


def test_everything_is_decided_again(report: Any, database: Path) -> None:
    assert report["verified"] == {"ok": True, "commands": report["commands"], "differences": 0, "faults": 0}
    assert answer("verify", "--database", database)["ok"]


@pytest.mark.parametrize(("language", "word"), [("en", "REFUSED"), ("zh", "不予办理")])
def test_it_is_told_to_people(tmp_path: Path, language: str, word: str) -> None:
    ran = benyuan("demo-protection", "--database", tmp_path / "told.db", "--language", language)
    assert ran.exit_code == 0
    for said in (word, "suit.no_mismatch", "The eight rights", "everything holds"):
        assert said in ran.stdout
    assert (tmp_path / "told.db.own-data" / "own-data-3.zip").exists()


def run_in_memory() -> list[Any]:
    clock = MovingClock(FIRST_AT)
    with open_group("sqlite://", create=True, clock=clock) as group:
        run_protection(group, clock)
        return [
            (without_chance(opened.body), without_chance(opened.outcome), opened.block.rows, opened.block.kind)
            for opened in map(Opened, group.store.blocks())
        ]


def test_two_runs_leave_the_same_log() -> None:
    assert run_in_memory() == run_in_memory()
