"""Bureau, members and contracts: what the log keeps, what is refused, and that the log decides again alike."""

from typing import Any

import pytest

from tests.unit.bureau.bureaus import (
    AGREED,
    BANK,
    BEGAN,
    UTILITY,
    Bureau,
    bureau_in_memory,
    check_refused,
    check_verified,
)

NOWHERE = 999


def test_a_bureau_has_a_book_and_one_account_to_count_against() -> None:
    bureau = bureau_in_memory()
    assert bureau.of("bureau", 1) == {"book": 60_001, "control": 1, "registered_on": BEGAN}
    second = bureau.do("register_bureau", name="another")
    assert (second["bureau"], second["book"]) == (2, 60_002)
    assert bureau.of("bureau", 2)["control"] == 2
    check_verified(bureau)


@pytest.mark.parametrize(("capital_fen", "short_fen"), [(5_000_000_000, 0), (4_999_999_999, 1), (5_000_000_001, 0)])
def test_capital_below_the_least_is_told_and_refuses_nothing(capital_fen: int, short_fen: int) -> None:
    bureau = bureau_in_memory()
    told = {"bureau": 1, "from_date": BEGAN, "licensed_until": 0, "capital_fen": capital_fen}
    assert bureau.do("record_bureau_standing", **told)["short_fen"] == short_fen


def test_a_licence_lasts_three_years() -> None:
    bureau = bureau_in_memory()
    told: dict[str, Any] = {"bureau": 1, "from_date": 20260201, "capital_fen": 0}
    bureau.do("record_bureau_standing", licensed_until=20290131, **told)
    answer = bureau.ask("record_bureau_standing", licensed_until=20290201, **told)
    check_refused(bureau, answer, "cr.license.validity", longest_on=20290131)


def test_a_member_that_leaves_asks_and_furnishes_no_more() -> None:
    bureau = bureau_in_memory()
    consent = bureau.consent(1)
    assert bureau.inquire(1, on=20260501, consent=consent).accepted
    assert bureau.do("end_membership", member=BANK)["ended_on"] == 20260501
    check_refused(bureau, bureau.inquire(1, consent=consent), "cr.user.monitor", lacks="ended")
    again = bureau.ask("end_membership", member=BANK)
    assert again.invalid is not None
    assert again.invalid.field == "member"
    assert bureau.of("bureau_member_terms", 4)["furnishes"] == 0
    assert bureau.ask("agree_membership", member=BANK, **AGREED).invalid is not None
    check_verified(bureau)


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"reported_on": 0}, "cr.provider.report"),
        ({"reported_on": 20260202, "from_date": 20260201}, "cr.provider.report"),
        ({"reported_on": 20260201, "from_date": 20260201}, ""),
        ({"reported_on": 0, "furnishes": ""}, ""),
        ({"reviewed_on": 0}, "cr.user.monitor"),
        ({"reviewed_on": 20260202, "from_date": 20260201}, "cr.user.monitor"),
        ({"reviewed_on": 0, "asks": ""}, ""),
    ],
)
def test_who_furnishes_was_reported_and_who_asks_was_examined(changed: dict[str, Any], rule: str) -> None:
    bureau = bureau_in_memory()
    answer = bureau.ask("agree_membership", on=20260301, member=UTILITY, **{**AGREED, **changed})
    if rule:
        check_refused(bureau, answer, rule)
    else:
        assert answer.accepted


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("register_bureau", {"name": ""}, "name"),
    ("record_bureau_standing", {"bureau": NOWHERE}, "bureau"),
    ("record_bureau_standing", {"from_date": 20260230}, "from_date"),
    ("record_bureau_standing", {"licensed_until": 20260230}, "licensed_until"),
    ("admit_member", {"bureau": NOWHERE, "sort": "bank"}, "bureau"),
    ("admit_member", {"bureau": 1, "sort": "shop"}, "sort"),
    ("admit_member", {"bureau": 1, "sort": "consumer-finance", "lender": NOWHERE}, "lender"),
    ("agree_membership", {"member": NOWHERE}, "member"),
    ("agree_membership", {"asks": "own"}, "asks"),
    ("agree_membership", {"asks": "loan; DROP TABLE bureau_member"}, "asks"),
    ("agree_membership", {"furnishes": "religion"}, "furnishes"),
    ("agree_membership", {"until": 20251231}, "until"),
    ("agree_membership", {"reported_on": 20260102}, "reported_on"),
    ("agree_membership", {"from_date": 0}, "from_date"),
    ("end_membership", {"member": NOWHERE}, "member"),
    ("resume_member", {"member": BANK, "grounds": "x"}, "member"),
]
WHOLE: dict[str, dict[str, Any]] = {
    "record_bureau_standing": {"bureau": 1, "from_date": BEGAN, "licensed_until": 0, "capital_fen": 0},
    "agree_membership": {"member": BANK, **AGREED},
}


@pytest.fixture(scope="module")
def standing() -> Bureau:
    return bureau_in_memory()


@pytest.mark.parametrize(("kind", "fields", "field"), BAD)
def test_bad_input_names_its_field_and_is_in_the_log(
    standing: Bureau, kind: str, fields: dict[str, Any], field: str
) -> None:
    answer = standing.ask(kind, **{**WHOLE.get(kind, {}), **fields})
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field
    assert answer.position == standing.group.position
