"""The review of access: who may read what, who has read what, and what is amiss, held against plain counts."""

from typing import Any

import pytest

from benyuan.assurance.group.access import Access, access_of
from benyuan.assurance.group.board.watching import crossings as chapter_of
from benyuan.assurance.group.crossings import crossings_of
from benyuan.decisions.commands import REGISTRY
from benyuan.values.dates import add_calendar_days
from tests.unit.engine.groups import Desk, town
from tests.unit.group.staff import CHECKER, HEAD, MAKER, Office
from tests.unit.group.test_reading import LOOK, granted, standing, to

UNUSED_DAYS = 90


def amiss(told: Access) -> list[tuple[str, str, int]]:
    """What is amiss, where and with whom."""
    return [(each.what, each.entity, each.staff) for each in told.amiss]


def look(desk: Desk, **fields: Any) -> bool:
    """Whether particulars of person 1 are shown."""
    return desk.one(REGISTRY["disclose_person"](**{**LOOK, "operator": "li", **fields})).accepted


def test_an_entity_that_reads_without_staff_is_told() -> None:
    desk = town()
    assert not access_of(desk.group).amiss
    assert look(desk)
    assert look(desk)
    told = access_of(desk.group)
    assert [(each.entity, each.staff, each.data, each.readings) for each in told.readings] == [
        ("institution 1", 0, "identity", 2)
    ]
    assert amiss(told) == [("unnamed", "institution 1", 0)]
    assert not access_of(desk.group, on=20211031).readings
    chapter = chapter_of(crossings_of(desk.group), told, command="access")
    assert [item.found for item in chapter.items][:4] == ["0", "0", "2", "0"]
    assert [item.met for item in chapter.items if item.met is not None] == [False]
    Office(desk)
    assert not look(desk)
    told = access_of(desk.group)
    assert not told.amiss
    assert [(each.reader, each.standing, each.client) for each in told.refused] == [(0, "unnamed", "desk")]


def test_who_reads_what_is_counted() -> None:
    office = Office()
    role = granted(office)
    granted(office, CHECKER, task="service")
    for _ in range(3):
        office.done("disclose_person", by=MAKER, **LOOK, reader=MAKER)
    office.done("disclose_person", by=CHECKER, **{**LOOK, "task": "service"}, reader=CHECKER)
    assert standing(office, by=CHECKER)[1] == "no_role"
    told = access_of(office.desk.group)
    assert [(each.staff, each.task, each.readings) for each in told.readings] == [
        (MAKER, "complaint", 3),
        (CHECKER, "service", 1),
    ]
    assert sum(each.readings for each in told.readings) == office.desk.group.records.tables["personal_read"].count
    assert [(each.reading_role, each.staff, each.read_on) for each in told.roles] == [
        (role, MAKER, office.today),
        (role + 1, CHECKER, office.today),
    ]
    assert [(each.reader, each.standing) for each in told.refused] == [(CHECKER, "no_role")]
    assert not told.amiss


@pytest.mark.parametrize(("days", "unused"), [(UNUSED_DAYS - 1, False), (UNUSED_DAYS, True)])
def test_a_role_that_nobody_uses(days: int, *, unused: bool) -> None:
    office = Office()
    day = add_calendar_days(office.today, days)
    granted(office, until=day)
    told = access_of(office.desk.group, on=day)
    assert amiss(told) == ([("unused", "institution 1", MAKER)] if unused else [])


def test_a_reading_begins_the_days_anew() -> None:
    office = Office()
    until = add_calendar_days(office.today, 300)
    granted(office, until=until)
    to(office, add_calendar_days(office.today, UNUSED_DAYS))
    assert amiss(access_of(office.desk.group, on=office.today)) == [("unused", "institution 1", MAKER)]
    office.done("disclose_person", by=MAKER, **LOOK, reader=MAKER)
    assert not access_of(office.desk.group).amiss


def test_a_role_of_who_has_left() -> None:
    office = Office()
    role = granted(office)
    office.done("end_staff", staff=MAKER)
    assert amiss(access_of(office.desk.group)) == [("left", "institution 1", MAKER)]
    office.done("end_reading", reading_role=role)
    assert not access_of(office.desk.group).amiss


def test_who_gives_roles_and_who_works_at_two() -> None:
    office = Office()
    granted(office, kept="file", task="control")
    office.role(MAKER, "staff", "checker")
    assert amiss(access_of(office.desk.group)) == [("administers", "institution 1", MAKER)]
    office.done("register_lender", name="a lender")
    granted(office, CHECKER)
    again = office.member(5, individual=CHECKER, sort="lender", entity=1)
    assert ("two", "institution 1", CHECKER) in amiss(access_of(office.desk.group))
    days = {"from_date": office.today, "until": office.today, "granted_by": HEAD}
    paper = {"other": again, "footing": "shared-post", "agreement": "paper 7"}
    office.done("record_shared_post", by=HEAD, staff=CHECKER, **paper, **days)
    told = access_of(office.desk.group)
    assert ("two", "institution 1", CHECKER) not in amiss(told)
    assert len(told.at_two) == 1
