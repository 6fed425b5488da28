"""Inquiries in the order in which they are checked; own reports and looks of staff; what each leaves on record."""

from typing import Any

import numpy as np
import pytest

from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER
from benyuan.engine.why import why
from tests.unit.bureau.bureaus import (
    AGREED,
    BANK,
    BEGAN,
    FURNISHING,
    LENDER,
    UTILITY,
    Bureau,
    bureau_in_memory,
    check_refused,
    check_verified,
    particulars,
    shown,
)

WRITTEN = "cr.query.written_consent"
SHOWN = "summary,accounts,months,public,inquiries,notes,score"
IN_ORDER = ("cr.fi.only_licensed", "cr.user.monitor", "cr.query.written_consent", "cr.accuracy")


def account(bureau: Bureau, person: int, *, member: int = BANK, number: str = "A-1") -> int:
    """An account that a member furnishes, on a consent of the person's; its number at the bureau."""
    consent = bureau.consent(person, member=member, starts_on=BEGAN, **FURNISHING)
    document = {name: item for name, item in shown(person).items() if name != "full_name"}
    fields = {"bureau": 1, "member": member, "consent": consent, "account_number": number, "type": "R1"}
    return bureau.do("furnish_account", **fields, **document, opened_on=BEGAN, limit_fen=100_000)["account"]


def test_what_is_asked_is_on_record_and_shows_no_more_than_purpose_and_consent() -> None:
    bureau = bureau_in_memory()
    consent = bureau.consent(1, sections="summary,accounts,identity")
    answer = bureau.inquire(1, on=20260501, consent=consent, shown="f" * 64)
    assert answer.results == {"inquiry": 1, "sections": 2 + 4}
    row = bureau.of("bureau_inquiry", 1)
    assert row | {"staff": 0} == {
        "bureau": 1,
        "subject": 1,
        "member": BANK,
        "purpose": 1,
        "consent": consent,
        "at": answer.at,
        "sections": 2 + 4,
        "staff": 0,
        "role": 0,
        "seen": answer.position - 1,
        "position": answer.position,
        "account": 0,
        "product": 1,
        "about": 0,
        "way": 0,
        "free": 0,
        "customer": 0,
    }
    assert row["staff"] != 0
    sealed = bureau.group.payloads.read(answer.position)
    assert sealed is not None
    assert (sealed["staff_name"], sealed["shown"]) == ("Lin Ke", "f" * 64)
    check_verified(bureau)


def test_a_score_shows_the_score() -> None:
    bureau = bureau_in_memory()
    consent = bureau.consent(1)
    assert bureau.inquire(1, on=20260501, consent=consent, product="score").results["sections"] == 128
    partial = bureau.consent(1, sections="summary")
    check_refused(bureau, bureau.inquire(1, consent=partial, product="score"), WRITTEN, lacks="sections")
    stands = bureau.consent(1, purpose="representative")
    unscored = bureau.inquire(1, consent=stands, purpose="representative", product="score")
    assert unscored.invalid is not None
    assert unscored.invalid.field == "product"


def test_checks_run_in_their_order() -> None:
    bureau = bureau_in_memory()
    consent = bureau.consent(1)
    bureau.do("record_bureau_standing", bureau=1, from_date=20260401, licensed_until=20260430, capital_fen=0)
    bureau.do("end_membership", member=BANK)
    answer = bureau.inquire(1, on=20260501, consent=consent, full_name="张三", purpose="credit-card")
    check_refused(bureau, answer, IN_ORDER[0], licensed_until_on=20260430)
    checked = [check.rule_id for check in why(bureau.group, answer.position).checks]
    assert sorted(set(checked) & set(IN_ORDER), key=checked.index) == list(IN_ORDER)


@pytest.mark.parametrize(
    ("on", "until", "refused"), [(20260501, 20260501, False), (20260501, 20260430, True), (20260501, 0, True)]
)
def test_the_bureau_is_licensed_on_the_day(on: int, until: int, refused: bool) -> None:
    bureau = bureau_in_memory()
    bureau.do("record_bureau_standing", bureau=1, from_date=BEGAN, licensed_until=until, capital_fen=0)
    bureau.do("agree_membership", member=UTILITY, **AGREED)
    for member, rule in ((BANK, "cr.fi.only_licensed"), (UTILITY, "cr.license.only")):
        answer = bureau.inquire(1, on=on, member=member, consent=bureau.consent(1, member=member))
        if refused:
            check_refused(bureau, answer, rule)
        else:
            assert answer.accepted


@pytest.mark.parametrize(
    ("changed", "lacks"),
    [
        ({"asks": ""}, "purpose"),
        ({"asks": "credit-card"}, "purpose"),
        ({"until": 20260430}, "expired"),
        ({"until": 20260501}, ""),
    ],
)
def test_the_contract_runs_and_names_the_purpose(changed: dict[str, Any], lacks: str) -> None:
    bureau = bureau_in_memory()
    bureau.do("agree_membership", member=BANK, **{**AGREED, **changed})
    answer = bureau.inquire(1, on=20260501, consent=bureau.consent(1))
    if lacks:
        check_refused(bureau, answer, "cr.user.monitor", lacks=lacks)
    else:
        assert answer.accepted


def test_who_has_no_contract_asks_nothing() -> None:
    bureau = bureau_in_memory()
    fourth = bureau.do("admit_member", bureau=1, sort="insurer")["member"]
    answer = bureau.inquire(1, on=20260501, member=fourth, consent=bureau.consent(1, member=fourth))
    check_refused(bureau, answer, "cr.user.monitor", lacks="contract")


def test_answers_are_counted_and_the_one_beyond_is_refused() -> None:
    bureau = bureau_in_memory()
    consent = bureau.consent(1)
    assert all(bureau.inquire(1, on=20260501, consent=consent).accepted for _ in range(2))
    third = bureau.inquire(1, consent=consent)
    check_refused(bureau, third, WRITTEN)
    assert third.refusal is not None
    assert (third.refusal.limit, third.refusal.used, third.refusal.asked) == (2, 2, 1)
    assert bureau.count("bureau_inquiry") == 2
    check_verified(bureau)


def test_three_in_one_batch_get_the_two_answers_that_there_are() -> None:
    bureau = bureau_in_memory()
    asked = {"bureau": 1, "member": BANK, "purpose": "loan", "staff_name": "Lin", "seen": 1}
    asked |= {"consent": bureau.consent(1, starts_on=BEGAN), **shown(1)}
    columns = {name: [item] * 3 for name, item in asked.items()}
    for repeated in (False, True):
        answers = bureau.group.execute_columns(
            kind="inquire", columns=columns, client="desk", keys=["a", "b", "c"], at=bureau.group.last_at
        )
        assert [(answer.accepted, answer.repeated) for answer in answers] == [
            (True, repeated),
            (True, repeated),
            (False, repeated),
        ]
    assert bureau.count("bureau_inquiry") == 2
    check_verified(bureau)


def test_care_for_an_account_of_ones_own_needs_no_consent() -> None:
    bureau = bureau_in_memory()
    own, others = account(bureau, 1), account(bureau, 2, number="A-2")
    elsewhere = account(bureau, 1, member=LENDER)
    asked = {"purpose": "post-loan", "on": 20260501}
    assert bureau.inquire(1, account=own, **asked).results["sections"] == 2 + 16 + 64 + 128
    for number, lacks in ((0, "account"), (others, "whose"), (elsewhere, "whose")):
        check_refused(bureau, bureau.inquire(1, account=number, **asked), WRITTEN, lacks=lacks)
    objection = bureau.inquire(1, account=own, purpose="objection")
    check_refused(bureau, objection, WRITTEN, lacks="objection")
    check_verified(bureau)


def months(bureau: Bureau, number: int, *told: tuple[int, str]) -> None:
    """The bank furnishes how an account stood."""
    records = np.zeros(len(told), MONTH.dtype)
    records["account"] = number
    for place, (month, status) in enumerate(told):
        records["month"][place], records["status"][place] = month, STATUS_NUMBER[status]
    answer = bureau.group.execute_parcel(
        kind="furnish_months",
        columns={"bureau": 1, "member": BANK},
        records=records,
        client="bank",
        key=str(told),
        at=bureau.group.last_at,
    )
    assert answer.accepted, answer
    assert answer.results["records"] == len(told), answer.turned_away


@pytest.mark.parametrize(
    ("told", "on", "closed"),
    [
        ([(202603, "N"), (202604, "C")], 20260430, False),
        ([(202603, "N"), (202604, "C")], 20260501, True),
        ([(202604, "C"), (202603, "N")], 20260501, True),
        ([(202603, "C"), (202604, "N")], 20260501, False),
    ],
)
def test_care_ends_with_the_month_in_which_the_account_was_closed(
    told: list[tuple[int, str]],
    on: int,
    closed: bool,
) -> None:
    bureau = bureau_in_memory()
    own = account(bureau, 1)
    bureau.on = 20260430
    bureau.do("register_bureau", name="another")  # its time is that of the files
    for each in told:
        months(bureau, own, each)
    answer = bureau.inquire(1, on=on, purpose="post-loan", account=own)
    if closed:
        check_refused(bureau, answer, WRITTEN, lacks="closed")
    else:
        assert answer.accepted
    check_verified(bureau)


def test_two_free_reports_a_calendar_year_and_more_against_a_fee() -> None:
    bureau = bureau_in_memory()
    bureau.do("identify_subject", bureau=1, **particulars(1))
    early = bureau.own(1, on=20260501, paid=True)
    assert early.invalid is not None
    assert early.invalid.field == "paid"
    assert [bureau.own(1).results["free"] for _ in range(2)] == [1, 1]
    third = bureau.own(1, on=20261231)
    check_refused(bureau, third, "cr.report.free_per_year")
    assert third.refusal is not None
    assert (third.refusal.limit, third.refusal.used, third.refusal.asked) == (2, 2, 1)
    assert bureau.own(1, paid=True).results["free"] == 0
    assert bureau.own(1, on=20270101).accepted
    assert bureau.of("bureau_inquiry", 4)["member"] == 0
    check_verified(bureau)


def test_who_has_no_file_reads_none_and_nobody_reads_anothers() -> None:
    bureau = bureau_in_memory()
    nobody = bureau.own(1)
    assert nobody.invalid is not None
    assert nobody.invalid.field == "number"
    bureau.do("identify_subject", bureau=1, **particulars(1))
    check_refused(bureau, bureau.own(1, full_name="张三"), "cr.accuracy")


@pytest.mark.parametrize(
    ("role", "purpose", "allowed"),
    [
        ("quality", "quality", True),
        ("quality", "own", False),
        ("quality", "loan", False),
        ("audit", "audit", True),
        ("audit", "quality", False),
        ("service", "own", True),
        ("service", "audit", False),
        ("objections", "audit", False),
    ],
)
def test_staff_look_within_their_authority(role: str, purpose: str, allowed: bool) -> None:
    bureau = bureau_in_memory()
    bureau.do("identify_subject", bureau=1, **particulars(1))
    answer = bureau.look(1, role=role, purpose=purpose)
    if allowed:
        row = bureau.of("bureau_inquiry", 1)
        assert answer.accepted
        assert (row["subject"], row["member"], row["way"]) == (1, 0, 1)
        assert row["staff"] != 0
    else:
        check_refused(bureau, answer, "cr.staff.authority", role=role, purpose=purpose)
        sealed = bureau.group.payloads.read(answer.position)
        assert sealed is not None
        assert (sealed["staff_name"], sealed["reason"]) == ("Mei", "a sample")
    check_verified(bureau)


def test_a_look_says_by_which_way() -> None:
    bureau = bureau_in_memory()
    bureau.do("identify_subject", bureau=1, **particulars(1))
    check_refused(bureau, bureau.look(1, way=""), "cr.staff.query_log", lacks="way")


def test_a_look_for_an_objection_names_one_that_is_there() -> None:
    bureau = bureau_in_memory()
    bureau.do("identify_subject", bureau=1, **particulars(1))
    for fields, field in (
        ({"role": "objections", "purpose": "objection"}, "objection"),
        ({"role": "objections", "purpose": "complaint"}, "complaint"),
        ({"objection": 1}, "objection"),
        ({"seen": 99}, "seen"),
        ({"staff_name": "!"}, "staff_name"),
        ({"reason": ""}, "reason"),
    ):
        answer = bureau.look(1, **fields)
        assert answer.invalid is not None, fields
        assert answer.invalid.field == field


def test_a_stopped_member_gets_no_answers_until_people_say_so() -> None:
    bureau = bureau_in_memory()
    consent = bureau.consent(1)
    assert bureau.inquire(1, on=20260501, consent=consent).accepted
    case = bureau.send("open_bureau_case", bureau=1, sort="probing", member=BANK, on=20260501, count=30)
    assert case.results == {"case": 1}
    stopped = {"member": BANK, "case": 1}
    for member in (BANK, LENDER):
        early = bureau.ask("stop_member", member=member, case=1)
        assert early.invalid is not None
        assert early.invalid.field == "case"
    bureau.do("judge_bureau_case", case=1, misuse=True, grounds="tried documents one after the other")
    position = bureau.do("stop_member", **stopped)["position"]
    check_refused(bureau, bureau.inquire(1, consent=consent), "cr.user.monitor", lacks="stopped", stopped_by=position)
    for kind, fields in (("stop_member", stopped), ("judge_bureau_case", {"case": 1, "misuse": False, "grounds": "x"})):
        again = bureau.ask(kind, **fields)
        assert again.invalid is not None
    bureau.do("resume_member", member=BANK, grounds="the account was taken from who did it")
    assert bureau.inquire(1, consent=consent).accepted
    check_verified(bureau)


def test_a_case_without_misuse_stops_nobody() -> None:
    bureau = bureau_in_memory()
    bureau.send("open_bureau_case", bureau=1, sort="volume", member=BANK, on=BEGAN, count=2000)
    bureau.do("judge_bureau_case", case=1, misuse=False, grounds="a campaign")
    assert bureau.of("bureau_case", 1)["misuse"] == 1
    assert bureau.ask("stop_member", member=BANK, case=1).invalid is not None
    for fields, field in (
        ({"on": 20260102}, "on"),
        ({"on": 20260132}, "on"),
        ({"subject": 5}, "subject"),
        ({"member": 9}, "member"),
        ({"sort": "loud"}, "sort"),
    ):
        whole = {"bureau": 1, "sort": "volume", "member": BANK, "on": BEGAN, "count": 1, **fields}
        answer = bureau.send("open_bureau_case", **whole)
        assert answer.invalid is not None
        assert answer.invalid.field == field
