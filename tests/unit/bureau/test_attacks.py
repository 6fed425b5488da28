"""Who tries to read what is not theirs: each way is refused, recorded, and explained by `why`."""

from typing import Any

import pytest

from benyuan.assurance.bureau.misuse import misuse_of_day, open_cases, refused_members
from benyuan.credit_bureau.vocabulary import CaseSort
from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine.why import why
from tests.unit.bureau.bureaus import (
    BANK,
    CONSENT,
    LENDER,
    Bureau,
    bureau_in_memory,
    check_refused,
    check_verified,
    particulars,
    shown,
)
from tests.unit.engine.dated import moment

WRITTEN = "cr.query.written_consent"
INJECTED = "x'; DROP TABLE bureau_subject; --"
ON = 20260515


@pytest.fixture(scope="module")
def town() -> Bureau:
    """15 May: person 1 has consented to the bank (1), person 2 to the lender (2); more by their numbers below."""
    bureau = bureau_in_memory()
    bureau.consent(1)
    bureau.consent(2, member=LENDER)
    bureau.consent(1, expires_on=20260514)
    bureau.consent(1, starts_on=20260516)
    bureau.consent(1, times=1, fetch="once")
    assert bureau.inquire(1, on=ON, consent=5).accepted
    bureau.do("revoke_consent", consent=bureau.consent(1))
    return bureau


WAYS: list[tuple[str, dict[str, Any], str]] = [
    ("without a consent", {}, "consent"),
    ("on one that is over", {"consent": 3}, "expired"),
    ("on another lender's", {"consent": 2, **shown(2)}, "whose"),
    ("on one for another purpose", {"consent": 1, "purpose": "credit-card"}, "purpose"),
    ("on one that was taken back", {"consent": 6}, "revoked"),
    ("before its first day", {"consent": 4}, "start"),
    ("on one of another person", {"consent": 1, **shown(2)}, "whose"),
    ("about who has no file", {"consent": 1, **shown(7)}, "whose"),
    ("on a guessed account", {"purpose": "post-loan", "account": 0}, "account"),
]


@pytest.mark.parametrize(("way", "fields", "lacks"), WAYS)
def test_asking_without_a_right_is_refused_and_recorded(
    town: Bureau, way: str, fields: dict[str, Any], lacks: str
) -> None:
    before = town.count("bureau_inquiry")
    check_refused(town, town.inquire(1, on=ON, **fields), WRITTEN, lacks=lacks)
    assert town.count("bureau_inquiry") == before, way


def test_over_the_count_is_refused_with_the_figures(town: Bureau) -> None:
    answer = town.inquire(1, on=ON, consent=5)
    check_refused(town, answer, WRITTEN)
    assert answer.refusal is not None
    assert (answer.refusal.limit, answer.refusal.used, answer.refusal.asked) == (1, 1, 1)


def test_a_refusal_does_not_tell_whether_there_is_a_file(town: Bureau) -> None:
    known, unknown = (town.inquire(person, on=ON) for person in (1, 7))
    assert known.refusal is not None
    assert unknown.refusal is not None
    assert known.refusal.text() == unknown.refusal.text()
    other = [town.inquire(person, on=ON, consent=2, full_name="张三").refusal for person in (2, 7)]
    assert other[0] is not None
    assert other[1] is not None
    assert other[0].text() == other[1].text()


def test_another_name_is_not_told_whether_a_free_report_is_left(town: Bureau) -> None:
    for paid in (False, True):
        check_refused(town, town.own(1, on=ON, full_name="别的人", paid=paid), "cr.accuracy")


def test_no_number_of_a_file_can_be_asked_for(town: Bureau) -> None:
    guessed = {"bureau": 1, "member": BANK, "purpose": "loan", "consent": 1, "staff_name": "Lin", "seen": 1}
    answer = town.send("inquire", **guessed, **shown(1), subject=1)
    assert _recorded(town, answer, field="subject")
    without = town.send("inquire", **guessed, subject=1)
    assert _recorded(town, without)


TEXTS: list[tuple[str, dict[str, Any], str]] = [
    ("inquire", {"number": INJECTED}, "number"),
    ("inquire", {"document": INJECTED}, "document"),
    ("inquire", {"purpose": INJECTED}, "purpose"),
    ("inquire", {"product": INJECTED}, "product"),
    ("inquire", {"consent": INJECTED}, "consent"),
    ("inquire", {"account": "1 OR 1=1"}, "account"),
    ("inquire", {"member": "1 OR 1=1"}, "member"),
    ("inquire", {"shown": INJECTED * 3}, "shown"),
    ("grant_consent", {"sections": INJECTED}, "sections"),
    ("grant_consent", {"restricted": INJECTED}, "restricted"),
    ("grant_consent", {"mode": INJECTED}, "mode"),
    ("grant_consent", {"fetch": INJECTED}, "fetch"),
    ("identify_subject", {"phone": INJECTED}, "phone"),
]
WHOLE: dict[str, dict[str, Any]] = {
    "inquire": {"bureau": 1, "member": BANK, "purpose": "loan", "consent": 1, "staff_name": "L", "seen": 1, **shown(1)},
    "grant_consent": {**CONSENT, **shown(1)},
    "identify_subject": {"bureau": 1, **particulars(1)},
}


@pytest.mark.parametrize(("kind", "fields", "field"), TEXTS)
def test_a_text_is_no_query(town: Bureau, kind: str, fields: dict[str, Any], field: str) -> None:
    assert _recorded(town, town.send(kind, **{**WHOLE[kind], **fields}), field=field)


def test_a_text_that_may_be_any_stays_a_text() -> None:
    bureau = bureau_in_memory()
    bureau.do("register_bureau", name=INJECTED)
    bureau.do("identify_subject", bureau=1, **particulars(1), employer=INJECTED, residence=INJECTED)
    consent = bureau.consent(1, evidence=INJECTED)
    assert bureau.inquire(1, on=ON, consent=consent, staff_name=INJECTED, shown=INJECTED).accepted
    assert bureau.look(1, staff_name=INJECTED, reason=INJECTED).accepted
    check_refused(bureau, bureau.inquire(1, consent=consent, full_name=INJECTED), "cr.accuracy")
    rows = bureau.group.store.rows(bureau.group.records.tables["bureau_subject"].table)
    assert len(list(rows)) == 1
    check_verified(bureau)


def test_the_report_of_another_person_is_not_read(town: Bureau) -> None:
    check_refused(town, town.own(1, on=ON, full_name="张三"), "cr.accuracy")
    other = town.send("read_own_report", bureau=1, seen=1, **shown(1), subject=2)
    assert _recorded(town, other, field="subject")
    check_refused(
        town, town.look(1, on=ON, role="service", purpose="loan"), "cr.staff.authority", role="service", purpose="loan"
    )


@pytest.mark.parametrize(("tries", "cases"), [(20, 0), (21, 1)])
def test_asking_in_bulk_to_rebuild_the_file_raises_a_case(tries: int, cases: int) -> None:
    bureau = bureau_in_memory()
    bureau.consent(1)
    for person in range(1, tries + 1):
        check_refused(bureau, bureau.inquire(person + 1, on=ON, consent=1), WRITTEN, lacks="whose")
    bureau.on = 20260516
    assert len(refused_members(bureau.group, bureau=1, on=ON)) == tries
    found = misuse_of_day(bureau.group, bureau=1, on=ON)
    assert [(each.sort, each.member, each.count) for each in found] == [(CaseSort.probing, BANK, tries)] * cases
    for _ in range(2):
        assert len(open_cases(bureau.group, bureau=1, on=ON, at=moment(20260516))) == cases
    assert bureau.count("bureau_case") == cases


def _recorded(bureau: Bureau, answer: Answer, *, field: str = "") -> bool:
    """Whether a command that was bad input is in the log, and `why` names the field."""
    assert answer.outcome is Outcome.invalid, answer
    assert answer.invalid is not None
    named = field or answer.invalid.field
    return (
        answer.invalid.field == named
        and answer.position == bureau.group.position
        and named in why(bureau.group, answer.position).text()
    )
