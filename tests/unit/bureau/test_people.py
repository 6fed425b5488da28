"""Files and consents: one file a person, and no two people in one; what a consent must be, and that it can end."""

from typing import Any

import pytest

from benyuan.parties.check_digits import mod_11_2
from benyuan.simulate.identities import identity_number
from tests.unit.bureau.bureaus import (
    BANK,
    BEGAN,
    CONSENT,
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

BORN = "11010120130101001"
CHILD = {
    "document": "resident_id",
    "number": BORN + mod_11_2(BORN),
    "full_name": "王小小",
    "phone": "13800000000",
}


def test_a_known_person_gets_the_same_file_and_the_latest_particulars_count() -> None:
    bureau = bureau_in_memory()
    first = bureau.do("identify_subject", bureau=1, **particulars(1))
    again = bureau.do("identify_subject", bureau=1, **particulars(1), employer="a school")
    other = bureau.do("identify_subject", bureau=1, **particulars(2))
    assert [(one["subject"], one["known"]) for one in (first, again, other)] == [(1, 0), (1, 1), (2, 0)]
    assert bureau.of("bureau_identity", 1)["position"] == again["position"]
    sealed = bureau.group.payloads.read(again["position"])
    assert sealed is not None
    assert sealed["employer"] == "a school"
    check_verified(bureau)


def test_the_same_key_opens_one_file() -> None:
    bureau = bureau_in_memory()
    answers = [bureau.ask("identify_subject", key="once", bureau=1, **particulars(1)) for _ in range(2)]
    assert answers[1].repeated
    assert answers[0].position == answers[1].position
    assert bureau.count("bureau_subject") == 1


def test_another_name_under_a_document_is_refused_and_not_merged() -> None:
    bureau = bureau_in_memory()
    bureau.do("identify_subject", bureau=1, **particulars(1))
    other = {**particulars(1), "full_name": "张三"}
    check_refused(bureau, bureau.ask("identify_subject", bureau=1, **other), "cr.accuracy", subject=1)
    consent = bureau.ask("grant_consent", **{**CONSENT, **shown(1), "full_name": "张三"})
    check_refused(bureau, consent, "cr.accuracy")
    assert bureau.count("bureau_subject") == 1
    check_verified(bureau)


def test_one_way_to_write_a_name_is_as_good_as_another() -> None:
    bureau = bureau_in_memory()
    bureau.do("identify_subject", bureau=1, **{**particulars(1), "full_name": "王国强"})
    for name in ("王 国强", "王國強"):
        assert bureau.do("identify_subject", bureau=1, **{**particulars(1), "full_name": name})["known"] == 1


def test_who_has_changed_the_name_keeps_the_file() -> None:
    bureau = bureau_in_memory()
    bureau.do("identify_subject", bureau=1, **particulars(1))
    renamed = {**particulars(1), "full_name": "张三"}
    assert bureau.do("identify_subject", bureau=1, renamed=True, **renamed)["subject"] == 1
    check_refused(bureau, bureau.ask("identify_subject", bureau=1, **particulars(1)), "cr.accuracy")


def test_two_people_of_one_name_have_no_number_in_common() -> None:
    bureau = bureau_in_memory()
    for person in (1, 2):
        bureau.do("identify_subject", bureau=1, **{**particulars(person), "full_name": "张三"})
    assert bureau.of("bureau_identity", 1)["name"] != bureau.of("bureau_identity", 2)["name"]


def test_a_person_is_another_at_another_bureau() -> None:
    bureau = bureau_in_memory()
    bureau.do("register_bureau", name="another")
    assert [bureau.do("identify_subject", bureau=home, **particulars(1))["known"] for home in (1, 2)] == [0, 0]


@pytest.mark.parametrize(("on", "refused"), [(20261231, True), (20270101, False)])
def test_below_fourteen_nobody_has_a_file(on: int, refused: bool) -> None:
    bureau = bureau_in_memory()
    answer = bureau.ask("identify_subject", on=on, bureau=1, **CHILD)
    if refused:
        check_refused(bureau, answer, "pi.minor.age", age_years=13)
    else:
        assert answer.accepted


def test_consents_in_one_batch_open_each_file_once_and_each_its_own_account() -> None:
    bureau = bureau_in_memory()
    bureau.do("identify_subject", bureau=1, **particulars(3))
    before = bureau.group.ledger.account_count
    people = [1, 3, 2, 1]
    columns = {name: [shown(person)[name] for person in people] for name in shown(1)}
    columns |= {name: [item] * len(people) for name, item in CONSENT.items()}
    keys = [f"batch {number}" for number in range(len(people))]
    answers = bureau.group.execute_columns(
        kind="grant_consent", columns=columns, client="desk", keys=keys, at=bureau.group.last_at
    )
    assert [answer.results["subject"] for answer in answers] == [2, 1, 3, 2]
    assert [bureau.of("bureau_consent", number)["usage"] - before for number in (1, 2, 3, 4)] == [2, 3, 5, 6]
    assert [bureau.of("bureau_subject", number)["usage"] - before for number in (2, 3)] == [1, 4]
    check_verified(bureau)


def test_a_consent_is_taken_back_once_and_at_once() -> None:
    bureau = bureau_in_memory()
    consent = bureau.consent(1)
    assert bureau.inquire(1, on=20260502, consent=consent).accepted
    told = bureau.do("revoke_consent", consent=consent)
    assert told["revoked_on"] == 20260502
    check_refused(
        bureau, bureau.inquire(1, consent=consent), "cr.query.written_consent", lacks="revoked", consent=consent
    )
    assert bureau.of("bureau_inquiry", 1)["consent"] == consent
    again = bureau.ask("revoke_consent", consent=consent)
    assert again.invalid is not None
    assert again.invalid.field == "consent"
    check_verified(bureau)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"written": False}, "cr.query.written_consent"),
        ({"written": False, "member": LENDER, **FURNISHING}, "cr.lender.furnish"),
        ({"written": False, "member": UTILITY, **FURNISHING}, ""),
        ({"restricted": "income", **FURNISHING}, "cr.collect.restricted"),
        ({"restricted": "income", "told_adverse": True, **FURNISHING}, ""),
        (
            {"restricted": "income", "told_adverse": True, "written": False, "member": UTILITY, **FURNISHING},
            "cr.collect.restricted",
        ),
    ],
)
def test_what_a_consent_must_be(fields: dict[str, Any], rule: str) -> None:
    bureau = bureau_in_memory()
    answer = bureau.ask("grant_consent", **{**CONSENT, **shown(1), **fields})
    if rule:
        check_refused(bureau, answer, rule)
        assert bureau.count("bureau_subject") == 0
    else:
        assert answer.accepted


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("identify_subject", {"number": identity_number(1)[:-1] + "5"}, "number"),
    ("identify_subject", {"full_name": "\u202e"}, "full_name"),
    ("identify_subject", {"full_name": "'; --"}, "full_name"),
    ("identify_subject", {"phone": "x"}, "phone"),
    ("identify_subject", {"bureau": 9}, "bureau"),
    ("identify_subject", {"religion": "none"}, "religion"),
    ("identify_subject", {"document": "fingerprint"}, "document"),
    ("grant_consent", {"member": 9}, "member"),
    ("grant_consent", {"purpose": "own"}, "purpose"),
    ("grant_consent", {"purpose": "post-loan"}, "purpose"),
    ("grant_consent", {"starts_on": 20260532}, "starts_on"),
    ("grant_consent", {"expires_on": 20260430}, "expires_on"),
    ("grant_consent", {"expires_on": 0}, "expires_on"),
    ("grant_consent", {"times": 0}, "times"),
    ("grant_consent", {"times": 2, "fetch": "once"}, "times"),
    ("grant_consent", {"sections": ""}, "sections"),
    ("grant_consent", {"sections": "everything"}, "sections"),
    ("grant_consent", {"restricted": "religion"}, "restricted"),
    ("grant_consent", {"restricted": "income", "told_adverse": True}, "restricted"),
    ("grant_consent", {"evidence": ""}, "evidence"),
    ("revoke_consent", {"consent": 9}, "consent"),
]
WHOLE: dict[str, dict[str, Any]] = {
    "identify_subject": {"bureau": 1, **particulars(1)},
    "grant_consent": {**CONSENT, **shown(1)},
}


@pytest.fixture(scope="module")
def standing() -> Bureau:
    return bureau_in_memory()


@pytest.mark.parametrize(("kind", "fields", "field"), BAD)
def test_bad_input_names_its_field_and_opens_no_file(
    standing: Bureau, kind: str, fields: dict[str, Any], field: str
) -> None:
    given = {**WHOLE.get(kind, {}), **fields}
    answer = standing.send(kind, **given)
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field
    assert answer.position == standing.group.position
    assert standing.count("bureau_subject") == 0


def test_what_is_granted_stands_as_it_was_said() -> None:
    bureau = bureau_in_memory()
    number = bureau.consent(1, sections="summary, score", data_life_days=30, mode="store", purpose="credit-card")
    row = bureau.of("bureau_consent", number)
    assert {name: row[name] for name in ("member", "purpose", "times", "sections", "mode", "data_life_days")} == {
        "member": BANK,
        "purpose": 2,
        "times": 2,
        "sections": 2 + 128,
        "mode": 2,
        "data_life_days": 30,
    }
    assert bureau.of("bureau_subject", 1)["identified_on"] == BEGAN
