"""Asking that stands out: each figure at it, one over; the mean; hours; accounts that never came; the cases."""

from typing import Any

import numpy as np
import pytest

from benyuan.assurance.bureau.misuse import misuse_of_day, open_cases
from benyuan.credit_bureau.vocabulary import CaseSort
from benyuan.credit_bureau.watching import Found, at_odd_hours, probing, too_many, without_account
from benyuan.values.errors import BadInput
from tests.unit.bureau.bureaus import (
    BANK,
    BEGAN,
    FURNISHING,
    LENDER,
    Bureau,
    bureau_in_memory,
    check_verified,
    particulars,
    shown,
)
from tests.unit.engine.dated import moment

MAY_1, MAY_2, JUNE_30 = 20260501, 20260502, 20260630
THRICE = 3_000_000


def many(member: int, count: int) -> Any:
    return np.full(count, member)


@pytest.mark.parametrize(
    ("today", "before", "found"),
    [
        (1000, (0, 0), False),
        (1001, (0, 0), True),
        (1200, (9_000, 30), True),
        (1200, (12_000, 30), False),
        (1201, (12_000, 30), True),
    ],
)
def test_volume_is_above_the_figure_and_above_the_mean(
    today: int,
    before: tuple[int, int],
    found: bool,
) -> None:
    wanted = [Found(sort=CaseSort.volume, member=BANK, count=today)] if found else []
    assert too_many({BANK: today}, {BANK: before}, figure=1000, of_mean_ppm=THRICE) == wanted


@pytest.mark.parametrize(("hour", "odd"), [(7, True), (8, False), (19, False), (20, True)])
def test_hours_hold_from_the_one_that_opens_up_to_the_one_that_closes(hour: int, odd: bool) -> None:
    for count, found in ((20, False), (21, odd)):
        made = at_odd_hours(many(BANK, count), many(hour, count), opens=8, closes=20, figure=20)
        assert bool(made) == found


@pytest.mark.parametrize(
    ("none", "some", "found"), [(20, 0, False), (21, 0, True), (90, 10, False), (91, 9, True), (27, 3, False)]
)
def test_no_account_afterwards(none: int, some: int, found: bool) -> None:
    opened = np.array([False] * none + [True] * some)
    made = without_account(many(BANK, none + some), opened, at_least=20, share_ppm=900_000)
    assert made == ([Found(sort=CaseSort.no_account, member=BANK, count=none)] if found else [])


def test_probing_counts_each_member_by_itself() -> None:
    refused = np.concatenate([many(BANK, 20), many(LENDER, 21), many(0, 50)])
    assert probing(refused, figure=20) == [Found(sort=CaseSort.probing, member=LENDER, count=21)]


def busy() -> Bureau:
    """The bank has an account of person 1."""
    bureau = bureau_in_memory()
    consent = bureau.consent(1, starts_on=BEGAN, **FURNISHING)
    document = {name: item for name, item in shown(1).items() if name != "full_name"}
    fields = {"bureau": 1, "member": BANK, "consent": consent, "account_number": "A-1", "type": "R1"}
    bureau.do("furnish_account", **fields, **document, opened_on=BEGAN, limit_fen=100_000)
    return bureau


def ask_in_bulk(bureau: Bureau, count: int, *, at: int, staff: str = "Lin") -> None:
    """So many inquiries for the care of the bank's account, each by another of its staff unless one is named."""
    fields = {"bureau": 1, "member": BANK, "purpose": "post-loan", "account": 1, "seen": 1, **shown(1)}
    columns = {name: [item] * count for name, item in fields.items()}
    columns["staff_name"] = [staff or f"staff {number}" for number in range(count)]
    keys = [f"bulk {at} {number}" for number in range(count)]
    answers = bureau.group.execute_columns(kind="inquire", columns=columns, client="bank", keys=keys, at=at)
    assert all(answer.accepted for answer in answers)


@pytest.mark.parametrize(("count", "sorts"), [(1000, []), (1001, [CaseSort.volume])])
def test_a_day_of_many_queries_stands_out(count: int, sorts: list[CaseSort]) -> None:
    bureau = busy()
    ask_in_bulk(bureau, count, at=moment(MAY_1), staff="")
    assert [each.sort for each in misuse_of_day(bureau.group, bureau=1, on=MAY_1)] == sorts
    assert misuse_of_day(bureau.group, bureau=1, on=MAY_2) == []
    assert misuse_of_day(bureau.group, bureau=2, on=MAY_1) == []


def test_a_night_of_queries_stands_out() -> None:
    bureau = busy()
    ask_in_bulk(bureau, 21, at=moment(MAY_1, "23:00"), staff="")
    assert [each.sort for each in misuse_of_day(bureau.group, bureau=1, on=MAY_1)] == [CaseSort.hours]


def test_one_of_a_members_staff_looking_at_one_person_stands_out() -> None:
    bureau = busy()
    ask_in_bulk(bureau, 5, at=moment(20260430))
    ask_in_bulk(bureau, 5, at=moment(MAY_1))
    assert misuse_of_day(bureau.group, bureau=1, on=MAY_1) == []
    ask_in_bulk(bureau, 1, at=moment(MAY_2))
    (found,) = misuse_of_day(bureau.group, bureau=1, on=MAY_2)
    assert (found.sort, found.member, found.subject, found.count) == (CaseSort.one_person, BANK, 1, 6)
    assert found.staff == bureau.of("bureau_inquiry", 11)["staff"]


def test_one_of_the_bureaus_staff_looking_at_one_person_stands_out() -> None:
    bureau = bureau_in_memory()
    bureau.do("identify_subject", bureau=1, **particulars(1))
    for _ in range(3):
        assert bureau.look(1, on=MAY_1).accepted
    assert bureau.look(1, staff_name="Hua").accepted
    assert misuse_of_day(bureau.group, bureau=1, on=MAY_1) == []
    assert bureau.look(1, staff_name=" MEI ").accepted
    (found,) = misuse_of_day(bureau.group, bureau=1, on=MAY_1)
    assert (found.sort, found.member, found.subject, found.count) == (CaseSort.one_person, 0, 1, 4)
    assert open_cases(bureau.group, bureau=1, on=MAY_1, at=moment(MAY_2)) == [1]
    assert open_cases(bureau.group, bureau=1, on=MAY_1, at=moment(MAY_2)) == [1]
    assert bureau.of("bureau_case", 1)["staff"] == found.staff
    check_verified(bureau)


def test_approvals_without_an_account_stand_out_when_the_days_are_over() -> None:
    bureau = bureau_in_memory()
    for person in range(1, 22):
        assert bureau.inquire(person, on=MAY_1, consent=bureau.consent(person)).accepted
    assert misuse_of_day(bureau.group, bureau=1, on=20260629) == []
    (found,) = misuse_of_day(bureau.group, bureau=1, on=JUNE_30)
    assert (found.sort, found.member, found.count) == (CaseSort.no_account, BANK, 21)
    consent = bureau.consent(1, **FURNISHING)
    document = {name: item for name, item in shown(1).items() if name != "full_name"}
    fields = {"bureau": 1, "member": BANK, "consent": consent, "account_number": "A-1", "type": "D1"}
    bureau.do("furnish_account", **fields, **document, opened_on=MAY_1, limit_fen=1)
    assert misuse_of_day(bureau.group, bureau=1, on=JUNE_30) == []


def test_a_day_that_is_not_over_is_not_judged() -> None:
    bureau = bureau_in_memory()
    with pytest.raises(BadInput):
        open_cases(bureau.group, bureau=1, on=BEGAN)
