"""Months that members furnish: what is taken, what is turned away and why, corrected, withdrawn and deleted."""

from typing import Any

import numpy as np
import pytest

from benyuan.credit_bureau.layouts import ASKED, MONTH
from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine.group import Group
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.storage.vault import KeyVault, MemoryKeys
from benyuan.usecases import USE_CASES
from tests.unit.bureau.bureaus import AGREED, BANK, LENDER, UTILITY, bureau_in_memory, shown
from tests.unit.bureau.furnished import (
    checked,
    furnish,
    furnish_account,
    held,
    late,
    months,
    public,
    with_account,
)

NOTICE, CONSENT, RETENTION = "cr.furnish.negative_notice", "cr.collect.consent", "cr.negative.retention"


def reasons(answer: Answer) -> list[tuple[list[int], str]]:
    """The places that were turned away, by rule or field."""
    assert answer.accepted, answer
    return [(each.places, each.rule or each.field) for each in answer.turned_away]


def test_a_month_is_taken_and_found_by_its_account() -> None:
    bureau = with_account(people=2)
    answer = furnish(bureau, months({}, {"account": 2}, {"account": 2, "month": 202602}))
    assert answer.results["records"] == 3
    assert answer.turned_away == []
    assert held(bureau.group, 2) == [(202603, "N"), (202602, "N")]
    report = checked(bureau)
    assert report.undecidable == 0


def test_good_records_are_taken_and_bad_ones_come_back_with_their_places() -> None:
    bureau = with_account(people=2)
    sent = months(
        {"account": 9}, {"account": 2}, late(notice=0), {"month": 202613}, {"month": 202601}, {"month": 202601}
    )
    answer = furnish(bureau, sent)
    assert answer.results["records"] == 2
    assert reasons(answer) == [([0], "account"), ([3], "month"), ([5], "month"), ([2], NOTICE)]
    assert held(bureau.group, 1) == [(202601, "N")]
    checked(bureau)
    assert bureau.group.answer(answer.position).turned_away == answer.turned_away


@pytest.mark.parametrize(
    ("row", "why_not"),
    [
        ({"account": 0}, "account"),
        ({"account": -1}, "account"),
        ({"account": 1 << 40}, "account"),
        ({"month": 202604}, None),
        ({"month": 202605}, "month"),
        ({"month": 202512}, "month"),
        ({"month": 0}, "month"),
        ({"risk_class": 6}, "risk_class"),
        ({"risk_class": 5}, None),
        ({"due_fen": -1}, "due_fen"),
        ({"balance_fen": -1}, None),
        ({"terms_left": -1}, "terms_left"),
        ({"paid_on": 20260231}, "paid_on"),
        ({"paid_on": 20260403}, "paid_on"),
        ({"due_on": 20270101}, None),
        ({"ended_on": 20260301}, None),
        ({"ended_on": 20260331}, None),
        ({"ended_on": 20260228}, "ended_on"),
        ({"ended_on": 20260401}, "ended_on"),
        ({"overdue_fen": 1}, "overdue_fen"),
        ({"status": "1", "overdue_fen": 0, "notified_on": 20260401, "notice": 7}, "overdue_fen"),
        (late(), None),
        (late(notified_on=20260402), None),
        (late(notified_on=20260403), "notified_on"),
        (late(notified_on=0), NOTICE),
        (late(notice=0), NOTICE),
        ({"status": "B", "overdue_fen": 9}, NOTICE),
        ({"status": "M"}, None),
        ({"status": "#"}, None),
    ],
)
def test_what_is_asked_of_a_record(row: dict[str, Any], why_not: str | None) -> None:
    bureau = with_account()
    answer = furnish(bureau, months(row))
    assert reasons(answer) == ([] if why_not is None else [([0], why_not)])
    assert answer.results["records"] == (why_not is None)
    checked(bureau)


@pytest.mark.parametrize(("ended_on", "taken"), [(20210430, True), (20210402, True), (20210401, False)])
def test_what_ended_five_years_ago_is_not_taken_any_more(ended_on: int, taken: bool) -> None:
    bureau = with_account()
    furnish_account(bureau, 1, opened_on=20200101)
    answer = furnish(bureau, months(late("D", month=202104, overdue_fen=0, ended_on=ended_on)))
    assert answer.results["records"] == taken
    assert reasons(answer) == ([] if taken else [([0], RETENTION)])


def test_an_account_of_another_member_is_not_this_ones_to_furnish() -> None:
    bureau = with_account()
    assert reasons(furnish(bureau, months({}), member=LENDER)) == [([0], "account")]


def test_after_a_revocation_nothing_more_is_taken() -> None:
    bureau = with_account()
    assert reasons(furnish(bureau, months({}))) == []
    bureau.do("revoke_consent", consent=1)
    assert reasons(furnish(bureau, months({"month": 202604}))) == [([0], CONSENT)]
    checked(bureau)


def test_a_status_that_there_is_not() -> None:
    bureau = with_account()
    sent = months({})
    sent["status"] = 99
    assert reasons(furnish(bureau, sent)) == [([0], "status")]
    sent["status"] = -1
    assert reasons(furnish(bureau, sent)) == [([0], "status")]


def test_without_a_contract_that_names_the_sort_nothing_is_taken() -> None:
    bureau = with_account()
    answer = furnish(bureau, months({}), member=UTILITY)
    assert answer.refusal is not None
    assert answer.refusal.rule_id == "cr.provider.contract"
    assert answer.turned_away == []
    assert bureau.count("bureau_parcel") == 0
    assert "cr.provider.contract" in why(bureau.group, answer.position).text()
    assert held(bureau.group) == []
    checked(bureau)


def test_a_member_that_has_left_furnishes_nothing_whatever_its_contract_says() -> None:
    bureau = with_account()
    bureau.do("end_membership", on=20260401, member=1)
    later = {**AGREED, "from_date": 20260402}
    bureau.ask("agree_membership", member=1, **later)
    answer = furnish(bureau, months({}))
    assert answer.refusal is not None
    assert answer.refusal.rule_id == "cr.provider.contract"


def test_no_licence_no_furnishing() -> None:
    bureau = with_account()
    bureau.do("record_bureau_standing", bureau=1, from_date=20260301, licensed_until=0, capital_fen=5_000_000_000)
    answer = furnish(bureau, months({}))
    assert answer.refusal is not None
    assert answer.refusal.rule_id == "cr.fi.only_licensed"
    checked(bureau)


def test_the_same_parcel_again_gets_the_same_answer_and_another_one_under_its_key_none() -> None:
    bureau = with_account()
    first = furnish(bureau, months({}, {"account": 9}), key="march")
    again = furnish(bureau, months({}, {"account": 9}), key="march")
    assert (again.position, again.repeated, again.turned_away) == (first.position, True, first.turned_away)
    other = furnish(bureau, months(late()), key="march")
    assert other.outcome is Outcome.unlogged
    assert held(bureau.group) == [(202603, "N")]


def test_an_empty_parcel_is_taken() -> None:
    bureau = with_account()
    assert furnish(bureau, months()).results["records"] == 0
    checked(bureau)


def test_records_of_another_layout_are_a_mistake_of_the_caller() -> None:
    bureau = with_account()
    with pytest.raises(ValueError, match="layout months"):
        furnish(bureau, public({}))
    with pytest.raises(ValueError, match="no records"):
        furnish(bureau, months({}), kind="delete_account")
    assert bureau.group.position == bureau.group.store.last_block().first_position  # type: ignore[union-attr]


def test_a_correction_takes_the_place_of_what_was_wrong_and_that_is_gone() -> None:
    bureau = with_account(people=2)
    furnish(bureau, months(late(), {"month": 202602}, late(account=2)))
    answer = furnish(bureau, months({}), kind="correct_months")
    assert (answer.results["records"], answer.results["erased"]) == (1, 1)
    assert held(bureau.group) == [(202602, "N"), (202603, "N")]
    assert held(bureau.group, 2) == [(202603, "1")]
    report = checked(bureau)
    assert report.undecidable == 2  # the parcel of which a record is gone, and the correction that looked for it


def test_a_correction_of_many_parcels_that_come_alone_and_together() -> None:
    bureau = with_account(people=3)
    furnish(bureau, months(late()))
    furnish(bureau, months(late(), {"account": 3}))
    answer = furnish(bureau, months({}), kind="correct_months")
    assert answer.results["erased"] == 2
    assert held(bureau.group) == [(202603, "N")]
    assert held(bureau.group, 3) == [(202603, "N")]
    checked(bureau)


def test_a_parcel_is_withdrawn_once_and_by_its_member() -> None:
    bureau = with_account(people=2)
    parcel = furnish(bureau, months({}, {"account": 2})).results["parcel"]
    furnish(bureau, months({"month": 202602}))
    assert bureau.ask("withdraw_parcel", member=LENDER, parcel=parcel).outcome is Outcome.invalid
    assert bureau.do("withdraw_parcel", member=1, parcel=parcel)["erased"] == 2
    again = bureau.ask("withdraw_parcel", member=1, parcel=parcel)
    assert again.invalid is not None
    assert again.invalid.field == "parcel"
    assert held(bureau.group) == [(202602, "N")]
    assert held(bureau.group, 2) == []
    checked(bureau)


def test_a_deleted_account_is_gone_with_its_months() -> None:
    bureau = with_account(people=2)
    furnish(bureau, months({}, late(month=202602), {"account": 2}))
    position = bureau.of("bureau_account", 1)["position"]
    assert bureau.do("delete_account", member=1, account=1, reason="another's")["erased"] == 2
    assert held(bureau.group) == []
    assert bureau.group.payloads.read(position) is None
    assert bureau.of("bureau_account", 1)["subject"] == 0
    assert reasons(furnish(bureau, months({}))) == [([0], "account")]
    assert bureau.ask("delete_account", member=1, account=1).outcome is Outcome.invalid
    checked(bureau)
    assert furnish_account(bureau, 1) == 3


def test_the_same_account_again_is_the_same_and_gets_what_changed() -> None:
    bureau = with_account()
    assert furnish_account(bureau, 1, limit_fen=9) == 1
    assert bureau.of("bureau_account", 1)["limit_fen"] == 9
    assert bureau.count("bureau_account") == 1
    who: dict[str, Any] = {
        "bureau": 1,
        "member": 1,
        "document": "resident_id",
        "type": "R2",
        "opened_on": 20260101,
        "limit_fen": 1,
    }
    bureau.consent(2, starts_on=20260101, times=0, furnishing=True, expires_on=20301231)
    other = bureau.ask("furnish_account", **who, number=shown(2)["number"], account_number="A1", consent=3)
    assert other.invalid is not None
    assert other.invalid.field == "account_number"
    checked(bureau)


def test_an_account_of_somebody_without_a_consent_to_furnish() -> None:
    """Person 1 has a file and person 5 none; whoever has no consent is not told which."""
    bureau = bureau_in_memory()
    asking = bureau.consent(1)
    fields: dict[str, Any] = {"document": "resident_id", "type": "R2", "opened_on": 20260101, "limit_fen": 1}
    fields |= {"bureau": 1, "member": 1, "consent": asking, "account_number": "A1"}
    answers = [bureau.ask("furnish_account", number=shown(person)["number"], **fields) for person in (1, 5)]
    told = [answer.refusal.text() if answer.refusal else "" for answer in answers]
    assert CONSENT in told[0]
    assert told[0] == told[1]


@pytest.mark.parametrize("fields", [{"document": "none"}, {"number": "1"}, {"account_number": ""}, {"limit_fen": -1}])
def test_an_account_of_whom_nobody_could_tell_is_bad_input(fields: dict[str, Any]) -> None:
    """Its keyed number is 0 then, which no account has; the command is in the log, and its key is taken."""
    bureau = with_account()
    given = {"bureau": 1, "member": 1, "consent": 1, "document": "resident_id", "number": shown(1)["number"]}
    given |= {"account_number": "A1", "type": "R2", "opened_on": 20260101, "limit_fen": 1, **fields}
    answer = bureau.send("furnish_account", **given)
    assert answer.invalid is not None
    assert (answer.invalid.field, answer.position) == (next(iter(fields)), bureau.group.position)
    checked(bureau)


def test_an_account_that_is_furnished_again_leaves_nothing_when_it_is_deleted() -> None:
    bureau = with_account()
    furnish_account(bureau, 1, number="A1", limit_fen=9)
    bureau.do("delete_account", member=BANK, account=1)
    sealed = [bureau.group.payloads.read(position) or {} for position in range(1, bureau.group.position + 1)]
    assert [each for each in sealed if "account_number" in each] == []
    checked(bureau)


@pytest.mark.parametrize(("before", "closed"), [("N", 0), ("C", 202602)])
def test_an_account_that_a_withdrawn_parcel_closed_is_as_it_was(before: str, closed: int) -> None:
    bureau = with_account()
    furnish(bureau, months({"month": 202602, "status": before}))
    parcel = furnish(bureau, months({"status": "C"})).results["parcel"]
    assert bureau.of("bureau_account", 1)["closed"] == 202603
    bureau.do("withdraw_parcel", member=BANK, parcel=parcel)
    assert bureau.of("bureau_account", 1)["closed"] == closed
    checked(bureau)


def test_public_records_by_person() -> None:
    bureau = with_account()
    given: list[dict[str, Any]] = [
        {},
        {"reference": 6, "published": 0},
        {"reference": 7, "subject": 9},
        {"kind": "tax-arrears", "reference": 8},
    ]
    answer = furnish(bureau, public(*given), kind="furnish_public", member=UTILITY)
    assert answer.results["records"] == 2
    assert reasons(answer) == [([1], CONSENT), ([2], "subject")]
    checked(bureau)


def test_who_has_a_file_is_not_told_by_what_was_asked_elsewhere() -> None:
    """Subject 2 has a file and 9 doesn't; the bank has no consent of either."""
    bureau = with_account()
    bureau.consent(2, member=LENDER)
    asked = np.zeros(2, ASKED.dtype)
    asked["subject"], asked["asked_on"], asked["purpose"] = [2, 9], 20260301, 1
    answer = furnish(bureau, asked, kind="furnish_inquiries")
    assert reasons(answer) == [([0, 1], CONSENT)]
    private = public({"subject": 2, "published": 0}, {"subject": 9, "published": 0})
    assert reasons(furnish(bureau, private, kind="furnish_public")) == [([0, 1], CONSENT)]


def flipped(group: Group, *, page: int) -> None:
    """One byte of a stored page is another."""
    connection = group.store._connection  # type: ignore[attr-defined]
    (sealed,) = connection.execute("SELECT sealed FROM page WHERE page = ?", (page,)).fetchone()
    connection.execute("UPDATE page SET sealed = ? WHERE page = ?", (bytes([sealed[0] ^ 1]) + sealed[1:], page))


def test_verify_names_a_page_that_is_not_what_was_furnished() -> None:
    bureau = with_account()
    furnish(bureau, months({}))
    flipped(bureau.group, page=0)
    report = verify(bureau.group.store, vault=bureau.group.vault, use_cases=USE_CASES)
    assert not report.ok
    assert "page" in report.faults[0]


def test_verify_names_a_page_that_is_missing_or_too_many() -> None:
    bureau = with_account()
    position = furnish(bureau, months({})).position
    connection = bureau.group.store._connection  # type: ignore[attr-defined]
    connection.execute("UPDATE page SET position = position + 1000")
    report = verify(bureau.group.store, vault=bureau.group.vault, use_cases=USE_CASES)
    assert report.faults
    connection.execute("DELETE FROM page")
    report = verify(bureau.group.store, vault=bureau.group.vault, use_cases=USE_CASES)
    assert report.faults == [f"table page: page 0 of command {position} is missing"]


def test_verify_without_keys_names_a_page_that_is_missing() -> None:
    bureau = with_account()
    position = furnish(bureau, months({})).position
    bureau.group.store.remove_pages([(position, 0)])
    report = verify(bureau.group.store, vault=KeyVault(MemoryKeys()), use_cases=USE_CASES)
    assert report.faults == [f"table page: page 0 of command {position} is missing"]


def test_the_length_of_a_page_does_not_tell_who_is_late() -> None:
    bureau = with_account(people=4)
    for account, fields in ((1, {}), (2, late()), (3, late("7", ended_on=20260331, paid_on=20260401))):
        furnish(bureau, months({"account": account, **fields}))
    furnish(bureau, months({"account": 4, "balance_fen": 2**62}))
    assert len({len(page.sealed) for pages in bureau.group.store.all_pages() for page in pages}) == 1


def test_many_accounts_share_pages_and_each_is_found() -> None:
    bureau = with_account(people=3)
    rows = np.concatenate([months({"account": 1 + place % 3, "month": 202601 + place // 3}) for place in range(9)])
    furnish(bureau, rows)
    assert len(next(iter(bureau.group.store.all_pages()))) == 1
    for account in (1, 2, 3):
        assert held(bureau.group, account) == [(202601, "N"), (202602, "N"), (202603, "N")]
    found = bureau.group.pages.read(MONTH, [1, 3])
    assert len(found.records) == 6
    assert held(bureau.group, 4) == []


UNTOLD = {"month": 202602, "status": "1", "overdue_fen": 5_000}


def test_the_log_does_not_say_which_records_were_turned_away() -> None:
    """Line 2 of a member's file is its second account; that it lacked the notice of negative data: it is late."""
    bureau = with_account(people=3)
    records = months({}, UNTOLD, {"account": 2, **UNTOLD}, {"account": 3})
    answer = furnish(bureau, records, key="book")
    assert reasons(answer) == [([1, 2], "cr.furnish.negative_notice")]
    told = bureau.group.reader.at_position(answer.position).body["turned_away"]
    assert [sorted(each) for each in told] == [["constraint", "count", "field", "rule"]]
    assert furnish(bureau, records, key="book").turned_away == answer.turned_away
    checked(bureau)
    bureau.do("delete_account", member=BANK, account=3)
    assert reasons(bureau.group.answer(answer.position)) == [([], "cr.furnish.negative_notice")]
    checked(bureau)


def test_verify_names_a_lost_page_of_what_was_turned_away() -> None:
    bureau = with_account()
    answer = furnish(bureau, months(UNTOLD))
    bureau.group.store.remove_pages([(answer.position, -1)])
    report = verify(bureau.group.store, vault=bureau.group.vault, use_cases=USE_CASES)
    assert report.faults == [f"table page: page -1 of command {answer.position} is missing"]
