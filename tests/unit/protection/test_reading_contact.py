"""What can be looked up afterwards: calls left on the debtor's day, the very text that was sent, what stood when."""

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.assurance.protection.consents import consents_of, shared_of
from benyuan.assurance.protection.contacts import contacts_left, contacts_of
from benyuan.assurance.protection.templates import messages_to, templates
from benyuan.consumer_protection.contact.local import EAST, WEST, local, time_of_day
from benyuan.consumer_protection.contact.vocabulary import Addressee
from benyuan.values.errors import BadInput
from tests.unit.lending.lenders import Lender
from tests.unit.protection.customers import (
    DEBTOR,
    MARKETING,
    OTHER_TEXT,
    TEXT,
    china,
    do,
    group_of_debtors,
    utc,
)

MIDNIGHT = dt.time(0)


@pytest.fixture
def group() -> Lender:
    return group_of_debtors()


@given(at=st.integers(0, 4_000_000_000_000_000), zone=st.integers(WEST, EAST))
def test_the_local_clock_is_that_of_the_calendar(at: int, zone: int) -> None:
    there = dt.timezone(dt.timedelta(minutes=zone))
    moment = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(microseconds=at)
    wanted = moment.astimezone(there)
    found = local(np.array([at]), np.array([zone]))
    assert int(found.date[0]) == wanted.year * 10_000 + wanted.month * 100 + wanted.day
    since = wanted - dt.datetime.combine(wanted.date(), MIDNIGHT, tzinfo=there)
    assert dt.timedelta(microseconds=int(found.of_day[0])) == since
    assert int(found.midnight_at[0]) == at - int(found.of_day[0])
    assert time_of_day(np.array([at]), np.array([zone])).tolist() == found.of_day.tolist()


def test_calls_left_until_the_debtors_own_midnight(group: Lender) -> None:
    for minute, left in ((0, 2), (1, 1), (2, 0)):
        do(group, "record_contact", at=f"2026-05-04T09:{minute:02d}:00", **DEBTOR)
        told = contacts_left(group.group, borrower=1, at=group.group.last_at)
        assert (told.used, told.limit, told.left) == (minute + 1, 3, left)
        assert told.next_at == china("2026-05-05T00:00:00")
    later = contacts_left(group.group, borrower=1, at=china("2026-05-05T00:00:00"))
    assert (later.used, later.left, later.local_date) == (0, 3, 20260505)
    tokyo = contacts_left(group.group, borrower=1, at=group.group.last_at, zone=540)
    assert (tokyo.used, tokyo.next_at) == (3, utc("2026-05-04T15:00:00"))
    apart = contacts_left(group.group, borrower=1, at=group.group.last_at, addressee=Addressee.guarantor)
    assert apart.used == 0


def test_no_limit_before_the_rule(group: Lender) -> None:
    told = contacts_left(group.group, borrower=1, at=china("2025-02-27T12:00:00"))
    assert (told.limit, told.left) == (None, None)
    assert contacts_left(group.group, borrower=1, at=china("2025-02-28T12:00:00")).limit == 3


def test_no_such_borrower_template_or_customer(group: Lender) -> None:
    for number in (0, 3):
        with pytest.raises(LookupError):
            contacts_of(group.group, borrower=number, at=0)
    with pytest.raises(LookupError):
        templates(group.group, only=1)
    with pytest.raises(LookupError):
        messages_to(group.group, whose="merchant", number=1)
    for whose, number in (("merchant", 1), ("person", 0)):
        with pytest.raises(BadInput):
            consents_of(group.group, whose=whose, number=number, on=20260504)
        with pytest.raises(BadInput):
            shared_of(group.group, whose=whose, number=number)


def test_the_very_text_that_was_sent_years_later(group: Lender) -> None:
    do(group, "give_consent_to", person=1, to="marketing", place="app", text_digest=TEXT)
    texts = ["甲，回复退订", "乙，回复退订", "丙，回复退订"]
    for number, text in enumerate(texts):
        do(group, "approve_template", template=min(number, 1), **{**MARKETING, "text_zh": text})
        do(group, "send_message", person=1, template=1, sort="marketing", channel="sms")
    do(group, "retire_template", at="2031-05-04T09:00:00", template=1)
    assert [each.sent.text_zh for each in messages_to(group.group, whose="person", number=1)] == texts
    (told,) = templates(group.group)
    assert ([each.version for each in told.versions], told.retired) == ([1, 2, 3], group.group.position)


def test_receivers_and_purposes_stand_apart_and_a_no_to_all_of_them_in_each(group: Lender) -> None:
    to: dict[str, Any] = {"to": "sharing", "place": "app", "receiver_kind": "lender", "receiver": 1}
    for digest, purpose in ((TEXT, "service"), (OTHER_TEXT, "research")):
        do(group, "give_consent_to", person=1, **to, text_digest=digest, purpose=purpose, kinds="contact")
    do(group, "withdraw_consent_to", person=1, **to, purpose="research")
    do(group, "withdraw_consent_to", person=1, to="marketing", place="app")
    told = consents_of(group.group, whose="person", number=1, on=20260504)
    assert [(each.topic, each.purpose, each.stands) for each in told] == [
        ("sharing", "service", "yes"),
        ("sharing", "research", "no"),
        ("marketing", "none", "no"),
    ]
    do(group, "withdraw_consent_to", person=1, **to)
    told = consents_of(group.group, whose="person", number=1, on=20260504)
    assert [(each.purpose, each.stands, len(each.history)) for each in told] == [
        ("service", "no", 2),
        ("research", "no", 3),
        ("none", "no", 1),
    ]


def test_a_stop_that_ended_and_a_plan_that_is_over_are_not_shown(group: Lender) -> None:
    do(group, "stop_collection", at="2026-05-04T09:00:00", borrower=1, reason="court")
    do(group, "agree_hardship", borrower=1, until=20260510)
    now = contacts_of(group.group, borrower=1, at=china("2026-05-10T12:00:00"))
    assert (now.stops, now.hardship_until) == (["court"], 20260510)
    do(group, "resume_collection", stop=1)
    later = contacts_of(group.group, borrower=1, at=china("2026-05-11T12:00:00"))
    assert (later.stops, later.hardship_until) == ([], 0)
