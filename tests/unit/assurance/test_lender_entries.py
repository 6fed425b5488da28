"""Behind each aggregated entry of a close stand loans, whose parts sum to it to the fen."""

import pytest

from benyuan.assurance.lender_books.entries import close_entries, entry_loans
from benyuan.assurance.lending import closed_days
from benyuan.consumer_finance.chart import LenderLeg
from tests.unit.assurance.lender_world import LAST
from tests.unit.engine.groups import Desk


def test_every_entry_of_every_day_is_the_sum_of_its_loans(lender: Desk) -> None:
    posted = 0
    for day in closed_days(lender.group, lender=1)[::4]:
        for entry in close_entries(lender.group, lender=1, date=day):
            assert entry.difference_fen == 0, entry
            assert (entry.command == 0) == (entry.posted_fen == 0)
            posted += entry.posted_fen != 0
    assert posted > 50


def test_all_legs_of_a_close_are_entries(lender: Desk) -> None:
    """Of July 15th: every leg with a code of the close, dated by the day."""
    wanted = {}
    for account in range(1, lender.group.ledger.account_count + 1):
        for row in lender.group.ledger.history(account, limit=1_000):
            codes = (LenderLeg.interest_accrued, LenderLeg.charges_accrued, LenderLeg.provision)
            if row.business_date == 20260715 and row.code in codes:
                wanted[row.leg] = row.amount
    entries = close_entries(lender.group, lender=1, date=20260715)
    assert {entry.leg: abs(entry.posted_fen) for entry in entries if entry.leg} == wanted
    assert wanted


def test_interest_of_one_night_by_hand(lender: Desk) -> None:
    """10,000.00 at 12%: 9.86 after three nights, 6.58 after two; the joint loan's first night 1.97, 0.59 not ours."""
    entry, parts = entry_loans(lender.group, lender=1, date=20260505, number=6)
    assert (entry.kind, entry.product, entry.posted_fen) == ("interest", 2, 328 + 138)
    told = [(part.sort, part.id, part.borrower, part.before_fen, part.after_fen, part.amount_fen) for part in parts]
    assert told == [("loan", 1, 1, 658, 986, 328), ("loan", 2, 3, 0, 138, 138)]


def test_the_partners_part_stands_in_its_own_book(lender: Desk) -> None:
    (entry,) = [
        each
        for each in close_entries(lender.group, lender=1, date=20260505)
        if each.partner == 1 and each.kind == "interest"
    ]
    assert (entry.posted_fen, entry.loans, entry.product) == (59, 1, 0)


def test_a_loan_that_changes_its_stage_leaves_one_entry_for_another(lender: Desk) -> None:
    """Loan 2 is 31 days late, and so in stage two, on July 6th."""
    entries = {each.kind: each for each in close_entries(lender.group, lender=1, date=20260706) if each.product == 2}
    _, leaves = entry_loans(lender.group, lender=1, date=20260706, number=entries["provision_1"].number)
    _, comes = entry_loans(lender.group, lender=1, date=20260706, number=entries["provision_2"].number)
    (gone,) = [part for part in leaves if part.id == 2]
    (come,) = [part for part in comes if part.id == 2]
    assert (gone.after_fen, come.before_fen) == (0, 0)
    assert gone.before_fen > 0
    assert come.after_fen > gone.before_fen


def test_what_was_written_off_is_made_good(lender: Desk) -> None:
    """Ours are 70% of 6,000.01 and of what it had earned, up to rounding; nothing more is expected of it."""
    entries = {each.kind: each for each in close_entries(lender.group, lender=1, date=20260712) if each.product == 2}
    entry, parts = entry_loans(lender.group, lender=1, date=20260712, number=entries["provision_3"].number)
    (part,) = parts
    ours = sum(fen - fen * 3 // 10 for fen in (600_001, 10_546, 5_736))
    assert (part.id, part.written_off_fen, part.amount_fen, entry.posted_fen) == (2, ours, ours, ours)
    _, leaves = entry_loans(lender.group, lender=1, date=20260712, number=entries["provision_2"].number)
    (gone,) = [each for each in leaves if each.id == 2]
    assert (gone.after_fen, gone.amount_fen) == (0, -gone.before_fen)


def test_a_payment_in_its_earlier_place_changes_no_entry_of_days_before(lender: Desk) -> None:
    """It came on July 8th for the 3rd; late interest of five days was given back by itself, not by the close."""
    for day in (20260703, 20260705, 20260707, 20260708, 20260709):
        entries = close_entries(lender.group, lender=1, date=day)
        assert {entry.difference_fen for entry in entries} == {0}, day
    (charges,) = [
        each
        for each in close_entries(lender.group, lender=1, date=20260707)
        if each.product == 2 and each.kind == "charges"
    ]
    _, parts = entry_loans(lender.group, lender=1, date=20260707, number=charges.number)
    assert {part.id for part in parts} == {1, 2}


def test_an_entry_that_is_not_there(lender: Desk) -> None:
    with pytest.raises(LookupError, match="no entry 13"):
        entry_loans(lender.group, lender=1, date=LAST, number=13)
