"""The lender's demo, small: the same in every run, books and loans tied, the law's days kept, and verified."""

from pathlib import Path

from benyuan.app import open as open_group
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.values.dates import local_day
from tests.journeys.test_demo import log_of
from tests.unit.cli.running import answer, benyuan

SMALL = ("--clients", 60)
LAST_DAY_AT_THE_CASHIER = 20260929


def cashier(group: Group) -> dict[str, set[int]]:
    """The days of purchases that were chosen at the cashier, by how they ended."""
    days: dict[str, set[int]] = {"accepted": set(), "refused": set()}
    for position in range(1, group.position + 1):
        said = group.answer(position)
        if said.kind != "draw_purchase":
            continue
        opened = group.reader.at_position(position)
        place = position - opened.block.first_position
        if opened.batch().values("place")[place] != "cashier":
            continue
        by_rule = said.refusal is not None and said.refusal.rule_id == "mkt.psp_no_loan_option"
        if said.outcome is Outcome.accepted or by_rule:
            days[said.outcome.name].add(local_day(said.at))
    return days


def test_a_lender_over_five_months(tmp_path: Path) -> None:
    database = tmp_path / "lender.db"
    report = answer("demo-lender", *SMALL, "--database", database)
    assert report["untied"] == []
    assert report["outcomes"]["close_lender_day"] == {"accepted": 159}
    assert {row["rule_id"] for row in report["refused"]} >= {"mkt.psp_no_loan_option", "cf.loan.per_customer_cap"}
    assert sum(sum(row.values()) for row in report["arrears"].values()) == 60
    assert all(line["principal_fen"] > 0 for line in report["closed"]["products"])
    assert answer("why", report["try_position"], "--database", database)["outcome"] == "refused"
    assert answer("verify", "--database", database)["ok"]
    with open_group(f"sqlite:///{database}", read_only=True) as group:
        days = cashier(group)
    assert max(days["accepted"]) <= LAST_DAY_AT_THE_CASHIER < min(days["refused"])


def test_two_runs_of_the_lender_leave_the_same_log(tmp_path: Path) -> None:
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    for database in (first, second):
        assert benyuan("demo-lender", "--clients", 20, "--days", 40, "--database", database).exit_code == 0
    assert log_of(first) == log_of(second)
