"""The yearly review of a lending partner is a duty of the lender's: in the calendar, in time or late, raised again."""

import numpy as np
import pytest

from benyuan.assurance.protection import duty_columns
from benyuan.assurance.protection.calendar import Duty, calendar
from tests.unit.lending.accounts import check_log
from tests.unit.lending.lenders import Lender, lender_in_memory

LISTED, DUE, AFTER = 20260501, 20270501, 20270502
ARTICLE = "第四十九条"


@pytest.fixture
def lender() -> Lender:
    """A lender; partner 2 is listed on 2026-05-01."""
    made = lender_in_memory()
    made.do("list_partner", on=LISTED, lender=1, name="another bank", lends=True)
    return made


def reviews(lender: Lender, *, on: int) -> list[Duty]:
    """Of partner 2, in order."""
    found = [
        each for each in calendar(lender.group, on=on) if each.kind == "review_lending_partner" and each.about == 2
    ]
    return sorted(found, key=lambda each: each.due_on)


def test_open_on_its_day_and_overdue_the_day_after(lender: Lender) -> None:
    [duty] = reviews(lender, on=DUE)
    assert (duty.room, duty.owner, duty.rule, duty.article) == ("lender", "lender 1", "cf.partner.review", ARTICLE)
    assert (duty.arose_on, duty.due_on, duty.state, duty.days_left) == (LISTED, DUE, "open", 0)
    [late] = reviews(lender, on=AFTER)
    assert (late.state, late.days_left, late.level) == ("overdue", -1, 1)
    assert [each.about for each in calendar(lender.group, on=AFTER, days=0) if each.room == "lender"] == [1, 2]
    check_log(lender)


@pytest.mark.parametrize(("on", "state"), [(20261231, "done"), (DUE, "done"), (AFTER, "late")])
def test_a_review_does_it_and_the_next_is_due_a_year_later(lender: Lender, on: int, state: str) -> None:
    lender.do("review_partner", on=on, partner=2)
    done, following = reviews(lender, on=on)
    assert (done.state, done.done_on) == (state, on)
    assert (following.state, following.arose_on, following.due_on) == ("open", on, on + 10_000)
    check_log(lender)


@pytest.mark.parametrize(("until", "owed"), [(20280430, False), (20280501, True), (0, True)])
def test_who_leaves_the_list_before_is_not_reviewed_again(lender: Lender, until: int, owed: bool) -> None:
    lender.do("review_partner", on=DUE, partner=2, listed_until=until)
    assert len(reviews(lender, on=DUE)) == 1 + owed


def test_one_who_left_and_comes_back_by_a_review_owes_the_next(lender: Lender) -> None:
    lender.do("review_partner", on=DUE, partner=2, listed_until=DUE)
    lender.do("review_partner", on=20290501, partner=2)
    assert [each.due_on for each in reviews(lender, on=20290501)] == [DUE, 20300501]
    check_log(lender)


def test_reviewed_twice_in_a_year_each_counts_once(lender: Lender) -> None:
    lender.do("review_partner", on=20260601, partner=2)
    lender.do("review_partner", on=20260701, partner=2)
    found = reviews(lender, on=20260701)
    assert [(each.state, each.due_on) for each in found] == [("done", DUE), ("done", 20270601), ("open", 20270701)]


@pytest.mark.parametrize(("reviewed_on", "owed"), [(20240417, False), (20240418, True)])
def test_one_of_before_there_were_duties_is_due_by_its_last_review(
    lender: Lender, monkeypatch: pytest.MonkeyPatch, reviewed_on: int, owed: bool
) -> None:
    column = duty_columns._column
    older = {("lender_duty", name): np.zeros(0, np.int64) for name in ("kind", "arose_on", "due_on", "done_on")}
    older |= {("lender_duty", name): np.zeros(0, np.int64) for name in ("lender", "about")}
    older |= {("lending_partner", "reviewed_on"): np.array([LISTED, reviewed_on])}
    monkeypatch.setattr(
        duty_columns, "_column", lambda group, table, name: older.get((table.name, name), column(group, table, name))
    )
    found = reviews(lender, on=20250419)
    assert [(each.duty, each.state, each.due_on) for each in found] == [(0, "overdue", 20250418)] * owed
