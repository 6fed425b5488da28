"""Numbers of identity documents and firms: their check digits, dates and forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.parties.check_digits import CHECKS_11, CREDIT_CODE_CHARACTERS, mod_11_2, mod_31_3
from benyuan.parties.credit_codes import credit_code_fault
from benyuan.parties.documents import DocumentKind, age_years, born_on, normal_number, number_fault, tells_sex
from benyuan.parties.names import name_fault, normal_name
from benyuan.parties.telephones import normal_phone, phone_fault
from benyuan.simulate.identities import credit_code, identity_number, phone

EXAMPLE = "11010519491231002X"
"""The example of GB 11643-1999."""
CREDIT_CODE_EXAMPLE = "91350100M000100Y43"
"""The example of GB 32100-2015, annex."""
NUMBERS = st.integers(0, 5_000_000).map(identity_number)
CODES = st.integers(0, 9_999_999).map(credit_code)


def permit(body: str) -> str:
    return body + mod_11_2(body)


@pytest.mark.parametrize(
    ("kind", "number", "born"),
    [
        ("resident_id", EXAMPLE, 19491231),
        ("resident_id", permit("44030520000229123"), 20000229),
        ("hmt_residence_permit", permit("81000019900101001"), 19900101),
        ("hmt_residence_permit", permit("83000020051231999"), 20051231),
        ("foreign_permanent_residence", permit("91184019850704002"), 19850704),
        ("foreign_permanent_residence", "USA110085070412", 19850704),
        ("foreign_permanent_residence", "FRA310123113002", 19231130),
        ("foreign_permanent_residence", "FRA310123120102", 19231201),
        ("hm_travel_permit", "H12345678", 0),
        ("hm_travel_permit", "M1234567801", 0),
        ("taiwan_travel_permit", "01234567", 0),
        ("passport", "E12345678", 0),
    ],
)
def test_sound_numbers(kind: str, number: str, born: int) -> None:
    assert number_fault(kind=DocumentKind(kind), number=number) is None
    if born != 19231130:  # a card of 2017 holds two digits of the year: the latest that can have been meant
        assert born_on(kind=DocumentKind(kind), number=number) == born


def test_two_digits_of_a_year_are_the_latest_that_the_card_can_mean() -> None:
    kind = DocumentKind.foreign_permanent_residence
    assert born_on(kind=kind, number="FRA310123113002") == 20231130
    assert born_on(kind=kind, number="FRA310123120102") == 19231201


@pytest.mark.parametrize(
    ("kind", "number", "says"),
    [
        ("resident_id", EXAMPLE[:-1] + "1", "last place"),
        ("resident_id", EXAMPLE[:-1], "17 digits"),
        ("resident_id", EXAMPLE[:-1] + "x", "17 digits"),
        ("resident_id", "1101051949123100²X", "17 digits"),
        ("resident_id", permit("81000019900101001"), "another kind"),
        ("resident_id", permit("10010519491231002"), "another kind"),
        ("resident_id", permit("11010519490229002"), "birth date"),
        ("resident_id", permit("11010519491301002"), "birth date"),
        ("resident_id", permit("11010500000101002"), "birth date"),
        ("hmt_residence_permit", EXAMPLE, "another kind"),
        ("hmt_residence_permit", permit("84000019900101001"), "another kind"),
        ("foreign_permanent_residence", EXAMPLE, "another kind"),
        ("foreign_permanent_residence", "USA110085023012", "birth date"),
        ("hm_travel_permit", "A12345678", "H or M"),
        ("taiwan_travel_permit", "1234567", "8 digits"),
        ("passport", "E1", "5 to 17"),
        ("passport", "E1234567'; DROP TABLE", "5 to 17"),
        ("resident_id", "", "17 digits"),
    ],
)
def test_numbers_with_a_fault(kind: str, number: str, says: str) -> None:
    assert says in (number_fault(kind=DocumentKind(kind), number=number) or "")


@given(number=NUMBERS, place=st.integers(0, 17), other=st.sampled_from(CHECKS_11))
def test_one_wrong_place_is_always_found(number: str, place: int, other: str) -> None:
    assert number_fault(kind=DocumentKind.resident_id, number=number) is None
    changed = number[:place] + other + number[place + 1 :]
    assert (number_fault(kind=DocumentKind.resident_id, number=changed) is None) == (changed == number)


@given(number=NUMBERS, place=st.integers(6, 15))
def test_two_neighbours_exchanged_are_always_found(number: str, place: int) -> None:
    changed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert (number_fault(kind=DocumentKind.resident_id, number=changed) is None) == (changed == number)


def test_invented_numbers_are_each_their_own() -> None:
    count = 20_000
    assert len({identity_number(n) for n in range(count)}) == count
    assert len({phone(n) for n in range(count)}) == count


def test_a_credit_code() -> None:
    assert credit_code_fault(CREDIT_CODE_EXAMPLE) is None
    for wrong in ("91350100M000100Y4Z", CREDIT_CODE_EXAMPLE[:-1], "", "O" + CREDIT_CODE_EXAMPLE[1:], "9" * 18):
        assert credit_code_fault(wrong) is not None, wrong


@given(
    code=CODES,
    place=st.integers(0, 17),
    other=st.sampled_from(CREDIT_CODE_CHARACTERS),
)
def test_one_wrong_place_of_a_credit_code_is_found(code: str, place: int, other: str) -> None:
    changed = code[:place] + other + code[place + 1 :]
    assert (credit_code_fault(changed) is None) == (changed == code)


def test_check_digits_of_the_standards_own_examples() -> None:
    assert mod_11_2(EXAMPLE[:-1]) == "X"
    assert mod_11_2("44052418800101001"[:17]) == "4"
    assert mod_31_3(CREDIT_CODE_EXAMPLE[:-1]) == "3"


def test_numbers_as_they_are_compared() -> None:
    assert normal_number(" １１０１０５ 19491231-002x ") == EXAMPLE


def test_ages() -> None:
    assert age_years(born=20080501, on=20260430) == 17
    assert age_years(born=20080501, on=20260501) == 18
    assert age_years(born=20080229, on=20260228) == 17
    assert age_years(born=20260502, on=20260501) == -1


def test_which_numbers_tell_the_sex() -> None:
    assert tells_sex(kind=DocumentKind.resident_id, number=EXAMPLE)
    assert not tells_sex(kind=DocumentKind.foreign_permanent_residence, number="USA110085070412")
    assert not tells_sex(kind=DocumentKind.passport, number="E12345678")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王 小明", "王小明"),
        ("Müller, Hans", "HANS MULLER"),
        ("阿卜杜拉·买买提", "阿卜杜拉买买提"),
        ("ＷＡＮＧ", "wang"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize("name", ["", " ", "··", "王\x00明", "王\u202e明", "\x1b[31m"])
def test_what_is_no_name(name: str) -> None:
    assert name_fault(name) is not None


@pytest.mark.parametrize("name", ["王小明", "O'Brien; DROP TABLE person", "Nguyễn Văn A", "阿卜杜拉·买买提"])
def test_what_can_be_a_name(name: str) -> None:
    assert name_fault(name) is None


@pytest.mark.parametrize(
    ("given_as", "kept_as"),
    [
        ("138 0000 0000", "+8613800000000"),
        ("+86-138-0000-0000", "+8613800000000"),
        ("+1 (202) 555-0143", "+12025550143"),
    ],
)
def test_telephones(given_as: str, kept_as: str) -> None:
    assert normal_phone(given_as) == kept_as
    assert phone_fault(kept_as) is None


@pytest.mark.parametrize("phone", ["", "12345", "12800000000", "+8612800000000", "+861380000000", "abc", "+0123456789"])
def test_what_is_no_telephone(phone: str) -> None:
    assert phone_fault(normal_phone(phone)) is not None
