"""Duties, objections, complaints and the audit pack as they are read: whose day it is, what a breach is."""

import csv
import io

import msgspec
import pytest

from benyuan.assurance.bureau.audit import AuditPack, audit_pack
from benyuan.assurance.bureau.audit_files import audit_files
from benyuan.assurance.bureau.duties import Duty, State, duties
from benyuan.assurance.bureau.redress import complaints, correction_holds, objections, words_of
from benyuan.values.errors import BadInput
from tests.unit.bureau.bureaus import BANK, LENDER, shown
from tests.unit.bureau.redressing import DIGEST, WRONG, Redress, month_records, objection, redress_in_memory

IN, LAST, OVER = 20260510, 20260530, 20260531


@pytest.fixture
def bureau() -> Redress:
    return redress_in_memory()


def only(bureau: Redress, on: int) -> Duty:
    (found,) = duties(bureau.group, on=on)
    return found


def test_a_duty_is_open_until_its_last_day_and_a_breach_after_it(bureau: Redress) -> None:
    bureau.object_to(on=IN)
    assert duties(bureau.group, on=IN - 1) == []
    assert (only(bureau, IN).state, only(bureau, IN).days_left) == (State.open, 20)
    assert (only(bureau, LAST).state, only(bureau, LAST).days_left, only(bureau, LAST).breach) == (State.open, 0, False)
    over = only(bureau, OVER)
    assert (over.state, over.days_left, over.breach) == (State.overdue, -1, True)
    assert (over.rule, over.article, over.status) == ("cr.dispute.days", "第二十五条第二款", "verified")
    assert duties(bureau.group, on=OVER, bureau=2) == []


@pytest.mark.parametrize(("day", "state"), [(LAST, State.done), (OVER, State.done_late)])
def test_done_in_time_or_late(bureau: Redress, day: int, state: State) -> None:
    number = bureau.object_to(on=IN)["objection"]
    bureau.say(number, "cannot-confirm")
    bureau.do("decide_objection", on=day, objection=number, outcome="not-confirmed", words="nobody knows")
    found = only(bureau, 20260630)
    assert (found.state, found.done_on, found.breach) == (state, day, state is State.done_late)
    assert only(bureau, day - 1).state is State.open, "seen from the day before"


def test_a_day_of_the_house_is_shown_and_no_breach(bureau: Redress) -> None:
    number = bureau.object_to(on=IN)["objection"]
    bureau.say(number)
    corrected = {"objection": number, "outcome": "corrected", "correction": bureau.correct(), "words": "put right"}
    bureau.do("decide_objection", **corrected)
    told = {each.kind: each for each in duties(bureau.group, on=20260516)}["tell_shown"]
    assert (told.due_on, told.expected_on, told.behind, told.breach) == (0, 20260515, True, False)
    assert (told.status, told.member, told.done_by) == ("unverified", LENDER, "tell_member")
    before = {each.kind: each for each in duties(bureau.group, on=20260515)}["tell_shown"]
    assert (before.behind, before.days_left) == (False, 0)


def test_whose_days_those_of_a_complaint_are(bureau: Redress) -> None:
    told = {"bureau": 1, "reference": "37-2", "received_on": 20260512, "handed_in_on": 20260430}
    bureau.do("take_complaint", on=20260512, accepted_on=20260512, **told)
    (found,) = complaints(bureau.group)
    assert found.branch_looks_by == 20260518, "the tenth working day, behind the holiday of May and its made-up day"
    assert found.branch_concludes_by == 20260611
    assert (found.due_on, found.outcome, found.branch_note) == (0, "", "")
    far = only(bureau, 20270101)
    assert (far.state, far.breach) == (State.open, False), "the branch set no day, and its own bind it alone"


def test_the_branchs_days_are_not_guessed_beyond_the_calendar(bureau: Redress) -> None:
    told = {"bureau": 1, "reference": "37-3", "received_on": 20270104, "handed_in_on": 20270104}
    bureau.do("take_complaint", on=20270104, **told)
    (found,) = complaints(bureau.group)
    assert found.branch_looks_by == 0
    assert "2027" in found.branch_note


def test_an_objection_in_words(bureau: Redress) -> None:
    number = bureau.object_to(on=IN, received_on=20260508, received_by=BANK)["objection"]
    bureau.say(number, on=20260514)
    correction = bureau.correct()
    decided = {"objection": number, "outcome": "corrected", "correction": correction, "words": "put right"}
    bureau.do("decide_objection", on=20260518, **decided)
    (found,) = objections(bureau.group, subject=1)
    assert (found.said, found.outcome, found.fault, found.days) == ("wrong", "corrected", "wrong-status", 10)
    assert correction_holds(bureau.group, number) is True
    said = words_of(bureau.group, number)
    assert (said.person, said.furnisher, said.bureau) == (objection()["statement"], "we looked", "put right")
    assert (said.shown_by, said.proven_by) == ((DIGEST,), ())
    assert objections(bureau.group, subject=2) == []


def test_a_correction_of_other_months_does_not_hold(bureau: Redress) -> None:
    number = bureau.object_to(on=IN)["objection"]
    bureau.say(number)
    other = bureau.parcel("correct_months", month_records(1, {WRONG + 1: "M"}), bureau=1, member=BANK)["position"]
    decided = {"objection": number, "outcome": "corrected", "correction": other, "words": "put right"}
    bureau.do("decide_objection", **decided)
    assert correction_holds(bureau.group, number) is False


def test_no_parcel_no_look(bureau: Redress) -> None:
    assert correction_holds(bureau.group, bureau.object_to(on=IN)["objection"]) is None


@pytest.fixture(scope="module")
def year() -> tuple[Redress, AuditPack]:
    """A year with one of everything; and its pack."""
    made = redress_in_memory()
    number = made.object_to(on=IN)["objection"]
    made.say(number)
    corrected = {"objection": number, "outcome": "corrected", "correction": made.correct(), "words": "put right"}
    made.do("decide_objection", on=OVER, **corrected)
    made.object_to(account=2)
    assert not made.inquire(2, consent=0).accepted
    made.do("revoke_consent", consent=4)
    assert made.own(1).accepted
    assert made.look(1).accepted
    made.do("take_complaint", bureau=1, reference="37-1", received_on=OVER)
    made.do("register_bureau", name="another")
    made.do("admit_member", bureau=2, sort="bank")
    made.do("raise_bureau_duties", on=20270101, bureau=1, date=20270101)
    return made, audit_pack(made.group, 2026)


def counted(pack: AuditPack) -> dict[tuple[str, str], int]:
    return {(each.group, each.name): each.count for each in pack.counts}


def test_the_pack_counts_the_year_and_nothing_else(year: tuple[Redress, AuditPack]) -> None:
    made, pack = year
    counts = counted(pack)
    for key, wanted in {
        ("members", "by sort: bank"): 1,
        ("members", "joined"): 3,
        ("consents", "granted"): 4,
        ("consents", "revoked"): 1,
        ("consents", "expired"): 0,
        ("furnished", "accounts in the file"): 3,
        ("furnished", "files of people opened"): 2,
        ("furnished", "records taken: furnish_months"): 4,
        ("furnished", "records taken: correct_months"): 1,
        ("answers", "by purpose: loan"): 1,
        ("answers", f"by member: {LENDER}"): 1,
        ("own reports", "free"): 1,
        ("looks of staff", "by role: quality"): 1,
        ("objections", "by outcome: corrected"): 1,
        ("objections", "by outcome: open"): 1,
        ("objections", "answered late"): 1,
        ("objections", "most days to an answer"): 21,
        ("complaints", "by outcome: open"): 1,
        ("duties", "by kind and state: answer_objection: done late"): 1,
        ("duties", "by kind and state: answer_objection: overdue"): 1,
        ("erasures", "by command: correct_months: records"): 1,
        ("commands", "by outcome: inquire: refused"): 1,
        ("inquiries", "by: purpose loan: accepted"): 1,
        ("inquiries", "by: purpose loan: refused"): 1,
        ("inquiries", f"by: member {BANK}: refused"): 1,
        ("inquiries", f"by: member {LENDER}: accepted"): 1,
        ("commands", "by outcome: admit_member: accepted"): 3,
    }.items():
        assert counts.get(key) == wanted, (key, counts.get(key))
    assert ("commands", "by outcome: raise_bureau_duties: accepted") not in counts, "that was in the year after"
    assert pack.last_position == made.group.position - 1
    assert pack.log_head == made.group.head.hex() != pack.head


def test_breaches_rules_and_erasures_are_named(year: tuple[Redress, AuditPack]) -> None:
    made, pack = year
    assert [(each["duty"], each["kind"]) for each in pack.breaches] == [
        (1, "answer_objection"),
        (3, "answer_objection"),
    ]
    rules = {each.id: each for each in pack.rules}
    assert rules["cr.dispute.days"].status == "verified"
    assert rules["cr.redress.tell_shown"].status == "unverified"
    assert len(pack.erased_at) == 1
    assert pack.erased_at[0] <= made.group.position
    refused = [each for each in pack.counts if each.group == "refusals"]
    assert [each.name for each in refused] == ["by rule: inquire: cr.query.written_consent"]
    assert "第十八条" in refused[0].note


def test_the_same_log_gives_the_same_files(year: tuple[Redress, AuditPack]) -> None:
    made, pack = year
    files = audit_files(pack)
    assert files == audit_files(audit_pack(made.group, 2026))
    assert sorted(files) == [f"audit-1-2026{end}" for end in ("-counts.csv", "-rules.csv", ".json", ".md")]
    assert msgspec.json.decode(files["audit-1-2026.json"])["head"] == pack.head
    rows = list(csv.DictReader(io.StringIO(files["audit-1-2026-counts.csv"].decode("utf-8-sig"))))
    assert len(rows) == len(pack.counts)
    page = files["audit-1-2026.md"].decode()
    assert "## What this does not show" in page
    assert pack.head in page


def test_the_pack_names_nobody(year: tuple[Redress, AuditPack]) -> None:
    whole = b"".join(audit_files(year[1]).values()).decode()
    for person in (1, 2):
        assert all(item not in whole for item in (shown(person)["number"], shown(person)["full_name"]))
    assert DIGEST not in whole
    assert objection()["statement"] not in whole


def test_of_another_bureau_only_its_own_is_counted(year: tuple[Redress, AuditPack]) -> None:
    counts = counted(audit_pack(year[0].group, 2026, bureau=2))
    assert counts["commands", "by outcome: admit_member: accepted"] == 1
    assert counts["members", "joined"] == 1
    assert ("answers", "by purpose: loan") not in counts


@pytest.mark.parametrize(("chosen", "bureau", "field"), [(2025, 1, "year"), (2028, 1, "year"), (2026, 3, "bureau")])
def test_no_such_year_or_bureau(year: tuple[Redress, AuditPack], chosen: int, bureau: int, field: str) -> None:
    with pytest.raises(BadInput) as error:
        audit_pack(year[0].group, chosen, bureau=bureau)
    assert error.value.field == field


def test_turned_away_is_counted_by_reason(bureau: Redress) -> None:
    records = month_records(1, {202613: "N", 202606: "N"})
    bureau.group.execute_parcel(
        kind="furnish_months",
        columns={"bureau": 1, "member": BANK},
        records=records,
        client="desk",
        key="bad",
        at=bureau.group.last_at,
    )
    away = [each for each in audit_pack(bureau.group, 2026).counts if "turned away" in each.name]
    assert sum(each.count for each in away) == 2
    assert all(each.name.startswith("records turned away: furnish_months: ") for each in away)
