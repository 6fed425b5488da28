"""Negative data leave the file five years after what was wrong ended, to the day, and nothing is left of them."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.bureau.erasing import erase_over, over_now
from benyuan.credit_bureau.layouts import PUBLIC
from benyuan.credit_bureau.retention import public_over
from benyuan.decisions.outcomes import Outcome
from benyuan.usecases.bureau.erase_negative import Kept
from tests.unit.bureau.bureaus import UTILITY, Bureau, found_bureau
from tests.unit.bureau.furnished import checked, furnish, held, late, months, public, with_account
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file

CURED = {"month": 202604, "ended_on": 20260410, "paid_on": 20260410}
LAST, AFTER = 20310410, 20310411


def cured() -> Bureau:
    """Account 1 was late in February and March, paid on 10 April; account 2 never; account 3 has been late since."""
    bureau = with_account(people=3)
    february = [late(month=202602), {"account": 2, "month": 202602}, late(account=3, month=202602)]
    furnish(bureau, months(*february, late(month=202603), late(account=3, month=202603)))
    furnish(bureau, months(CURED, late(account=3, month=202604)), on=20260501)
    return bureau


def erased_on(bureau: Bureau, on: int) -> int:
    """What one command erases of all accounts on a day; the clock stands there."""
    bureau.desk.now = moment(on)
    bureau.on = on
    return bureau.do("erase_negative", bureau=1, sort="months", first=1, last=99)["erased"]


@pytest.mark.parametrize(("on", "erased"), [(LAST, 0), (AFTER, 3), (AFTER + 10, 3)])
def test_to_the_day(on: int, erased: int) -> None:
    bureau = cured()
    assert erased_on(bureau, on) == erased
    left = [] if erased else [(202602, "1"), (202603, "1"), (202604, "N")]
    assert held(bureau.group, 1) == left
    assert held(bureau.group, 2) == [(202602, "N")]
    assert held(bureau.group, 3) == [(202602, "1"), (202603, "1"), (202604, "1")]
    checked(bureau)


def test_the_log_does_not_say_which_rows_of_a_page_were_erased() -> None:
    """Row 2 of a member's book is its second account: who was late would stand in the log for ever."""
    bureau = cured()
    assert erased_on(bureau, AFTER) == 3
    logged = bureau.group.reader.at_position(bureau.group.position).outcome["events"]
    assert [(each["kind"], each["rows"], sorted(each["columns"])) for each in logged] == [
        ("bureau_records_erased", 2, ["id", "page"])
    ]


def test_what_goes_on_stays_however_long() -> None:
    bureau = cured()
    erased_on(bureau, 20991231)
    assert held(bureau.group, 3) == [(202602, "1"), (202603, "1"), (202604, "1")]


def test_a_negative_month_that_was_superseded_goes_too() -> None:
    bureau = with_account()
    furnish(bureau, months(late(month=202602)))
    furnish(bureau, months({"month": 202602}))
    assert erased_on(bureau, 20310228) == 0
    assert erased_on(bureau, 20310301) == 1
    assert held(bureau.group) == [(202602, "N")]
    checked(bureau)


def test_records_of_courts() -> None:
    bureau = with_account()
    given = ({"ended_on": 20260301}, {"reference": 6})
    furnish(bureau, public(*given), kind="furnish_public", member=UTILITY)
    bureau.desk.now = moment(20310301)
    assert over_now(bureau.group, bureau=1, on=20310301) == {Kept.months: 0, Kept.public: 0}
    assert over_now(bureau.group, bureau=1, on=20310302) == {Kept.months: 0, Kept.public: 1}
    bureau.desk.now = moment(20310302)
    assert erase_over(bureau.group, bureau=1).public == 1
    assert bureau.group.pages.read(PUBLIC, [1]).records["reference"].tolist() == [6]
    checked(bureau)


def test_the_run_erases_what_is_over_and_logs_nothing_where_nothing_is() -> None:
    bureau = cured()
    bureau.desk.now = moment(LAST)
    before = bureau.group.position
    done = erase_over(bureau.group, bureau=1)
    assert (done.months, done.public, bureau.group.position) == (0, 0, before)
    bureau.desk.now = moment(AFTER)
    assert erase_over(bureau.group, bureau=1).months == 3
    assert bureau.group.position == before + 1
    assert erase_over(bureau.group, bureau=1).months == 0
    assert checked(bureau).undecidable > 0


def test_another_bureaus_accounts_are_not_touched() -> None:
    bureau = cured()
    bureau.do("register_bureau", name="another")
    bureau.desk.now, bureau.on = moment(AFTER), AFTER
    assert bureau.do("erase_negative", bureau=2, sort="months", first=1, last=99)["erased"] == 0


@pytest.mark.parametrize(
    ("fields", "field"), [({"first": 5, "last": 4}, "last"), ({"bureau": 9}, "bureau"), ({"sort": "all"}, "sort")]
)
def test_bad_input(fields: dict[str, Any], field: str) -> None:
    bureau = cured()
    bureau.desk.now = moment(bureau.on)
    answer = bureau.ask("erase_negative", **{"bureau": 1, "sort": "months", "first": 1, "last": 9, **fields})
    assert answer.outcome is Outcome.invalid
    assert answer.invalid is not None
    assert answer.invalid.field == field


def test_no_day_to_come() -> None:
    bureau = cured()
    answer = bureau.ask("erase_negative", on=20270101, bureau=1, sort="months", first=1, last=9)
    assert answer.outcome is Outcome.unlogged


def test_no_byte_of_an_erased_page_is_left_in_any_file(tmp_path: Path) -> None:
    path = tmp_path / "bureau.db"
    bureau = found_bureau(on_file(path, now=moment(20260101)))
    with_account(people=1, bureau=bureau)
    furnish(bureau, months(late(month=202602)))
    furnish(bureau, months(CURED), on=20260501)
    pages = [row.sealed for rows in bureau.group.store.all_pages() for row in rows]
    bureau.desk.now = moment(AFTER)
    done = erase_over(bureau.group, bureau=1)
    assert (done.months, done.keys) == (2, 4)  # of April and of May, of pages and of digests: nothing needs them
    bureau.group.close()
    for file in tmp_path.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert not any(sealed[:40] in content for sealed in pages), file
    again = on_file(path, now=moment(AFTER))
    assert held(again.group) == []
    again.group.close()


def test_with_the_latest_record_of_a_case_go_those_before_it() -> None:
    """Otherwise the case would come back as one that goes on."""
    bureau = with_account()
    first, complied = {"decided_on": 20260105}, {"decided_on": 20260105, "ended_on": 20260301}
    other = {"reference": 6, "decided_on": 20260105}
    furnish(bureau, public(first, other), kind="furnish_public", member=UTILITY)
    furnish(bureau, public(complied), kind="furnish_public", member=UTILITY)
    records = bureau.group.pages.read(PUBLIC, [1]).records
    assert public_over(records, years=5, on=20310301).tolist() == [False, False, False]
    assert public_over(records, years=5, on=20310302).tolist() == [True, False, True]
