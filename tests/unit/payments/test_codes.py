"""Merchants' codes: what other makers wrote is read, what we write is read again, and whatever does not fit is told.

Samples and where they stand: EMVCO in the specification's own example (Merchant-Presented Mode), PIX in the manual of
the Brazilian BR Code (Banco Central do Brasil), SGQR in a press report of Singapore's launch (Channel NewsAsia, 2018),
PAYMAYA in that firm's published profile. Each checksum below is as published.
"""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.payments.codes import (
    AdditionalData,
    DataObject,
    LocalName,
    MerchantCode,
    code_of,
    identifier,
    merchant_of,
    read,
    template,
    write,
)
from benyuan.payments.codes.checksum import checksum
from benyuan.payments.codes.ours import account_of
from benyuan.payments.codes.tlv import read_objects, write_objects
from benyuan.values.errors import BadInput

EMVCO = (
    "00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT"
    "6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME"
    "91320016A0112233449988770708123456786304A13A"
)
PIX = (
    "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913Fulano de Tal"
    "6008BRASILIA62070503***63041D3D"
)
SGQR = (
    "00020101021126810011SG.COM.NETS01231198500065G9912312359000211111686614000308686614019908604108C2"
    "51800007SG.SGQR01121809072DD85C020701.0001030607902704020105020606040000070820180915"
    "5204581253037025802SG5912SOBA EXPRESS6009Singapore630457B3"
)
PAYMAYA = (
    "00020101021226150011com.paymaya5204490053036085405390.85802PH5907Meralco6005Pasig"
    "62530110046649980150350020com.paymaya.billspay0107meralco80870015com.bayadcenter0105000010205MECOA"
    "0316046649980181013604260466499801812101361210260363041DB5"
)
PROMPTPAY = "00020101021229370016A0000006770101110113006692754538553037645802TH540550.006304B5FD"
"""Between persons: the checksum is right, and what a merchant's code must have is missing."""
FRAME = "000201", "6304"
BASE = "26080004ours520400005303156", "5802CN5901A6001B"


def sealed(body: str) -> str:
    """A payload with a right checksum around these objects."""
    return (text := f"{FRAME[0]}{body}{FRAME[1]}") + checksum(text)


def with_amount(amount: str) -> str:
    return sealed(f"{BASE[0]}54{len(amount):02d}{amount}{BASE[1]}")


# ------------------------------------------------------------------------------------------------------ other makers


def test_the_sample_of_the_specification() -> None:
    code = read(EMVCO)
    assert (code.dynamic, code.name, code.city, code.category) == (True, "BEST TRANSPORT", "BEIJING", "4111")
    assert (code.amount, code.amount_fen, code.currency, code.country, code.tip) == ("23.72", 2_372, "156", "CN", "01")
    assert code.local == LocalName(language="ZH", name="最佳运输", city="北京")
    assert code.additional == AdditionalData(
        store_label="1234", customer_label="***", terminal_label="A6008667", data_request="ME"
    )
    assert [each.id for each in code.accounts] == ["29", "31"]
    assert identifier(code.accounts[0]) == "D15600000000"
    assert code.others == (DataObject("91", "0016A011223344998877070812345678"),)
    assert merchant_of(code) is None
    assert read(write(code)) == code  # its objects are not in order of their ids, so it is written in another order


@pytest.mark.parametrize("text", [PIX, SGQR, PAYMAYA])
def test_what_stands_in_order_is_written_as_it_was(text: str) -> None:
    assert write(read(text)) == text


def test_other_currencies_are_not_fen() -> None:
    code = read(PAYMAYA)
    assert (code.amount, code.amount_fen, code.currency) == ("390.8", None, "608")
    assert code.additional.others == (DataObject("50", "0020com.paymaya.billspay0107meralco"),)
    assert read(PIX).initiation is None
    assert template(read(PIX).accounts[0])[1].value == "123e4567-e12b-12d1-a456-426655440000"


def test_accounts_below_26_are_no_templates() -> None:
    code = read(sealed("15161234567890123456" + BASE[0] + BASE[1]))
    assert [each.id for each in code.accounts] == ["15", "26"]


def test_letters_of_other_makers() -> None:
    assert read(sealed(f"{BASE[0]}5802BR5904João6009São Paulo")).city == "São Paulo"


# ----------------------------------------------------------------------------------------------------- the checksum


def test_the_check_value_of_the_algorithm() -> None:
    assert checksum("123456789") == "29B1"


@pytest.mark.parametrize("text", [EMVCO, PIX, SGQR, PAYMAYA, PROMPTPAY])
def test_published_checksums(text: str) -> None:
    assert checksum(text[:-4]) == text[-4:]


def test_every_change_of_one_character_is_caught() -> None:
    missed = [
        (place, chr(other))
        for place, character in enumerate(PIX)
        for other in range(0x20, 0x7F)
        if chr(other) != character and is_read(PIX[:place] + chr(other) + PIX[place + 1 :])
    ]
    assert missed == []


def is_read(text: str) -> bool:
    try:
        read(text)
    except BadInput:
        return False
    return True


@given(st.data())
def test_a_changed_digit_of_the_sample_is_caught(data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([place for place, each in enumerate(EMVCO) if each.isascii()]))
    other = data.draw(st.characters(min_codepoint=0x20, max_codepoint=0x7E, exclude_characters=EMVCO[place]))
    assert not is_read(EMVCO[:place] + other + EMVCO[place + 1 :])


def test_some_changes_of_a_chinese_character_are_not_caught() -> None:
    assert read(EMVCO.replace("佳", "孒")).local == LocalName(language="ZH", name="最孒运输", city="北京")


@pytest.mark.parametrize("length", range(len(PIX)))
def test_every_truncation_is_caught(length: int) -> None:
    assert not is_read(PIX[:length])


# ---------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("payload, character 1", "\n" + PIX),
        ("payload, character 6", "00020\udcff"),
        ("payload", "0" * 513),
        ("payload", "字" * 171),
        ("payload, character 7", sealed("x")),
        ("payload, character 7", sealed("²²04abcd")),
        ("object 01", "00020101"),
        ("object 01", "0002010100"),
        ("object 01", "00020101x2"),
        ("object 01", "000201010"),
        ("object 01", "00020101021"),
        ("object 01", sealed("010211010211" + BASE[0] + BASE[1])),
        ("object 26", PIX + PIX[6:]),
        ("object 00", ""),
        ("object 00", "010211" + PIX),
        ("object 00", PIX.replace("000201", "000202", 1)),
        ("object 00", PIX.replace("000201", "00011", 1)),
        ("object 63", "000201"),
        ("object 63", PIX[:-8]),
        ("object 63", PIX + "9901a"),
        ("object 63", PIX[:-8] + "6303123"),
        ("object 63", PIX[:-4] + "0000"),
        ("object 63", PIX[:-4] + "1d3d"),
        ("object 52", PROMPTPAY),
        ("object 53", sealed("26080004ours52040000" + BASE[1])),
        ("object 58", sealed(BASE[0] + "5901A6001B")),
        ("object 59", sealed(BASE[0] + "5802CN6001B")),
        ("object 60", sealed(BASE[0] + "5802CN5901A")),
        ("object 02 to 51", sealed(BASE[0][12:] + BASE[1])),
        ("object 01", sealed("010213" + BASE[0] + BASE[1])),
        ("object 52", sealed("26080004ours520312353" + "03156" + BASE[1])),
        ("object 52", sealed("26080004ours520412３45303156" + BASE[1])),
        ("object 53", sealed("26080004ours520400005303CNY" + BASE[1])),
        ("object 58", sealed(BASE[0] + "5802cn5901A6001B")),
        ("object 59", sealed(BASE[0] + "5802CN5926" + "A" * 26 + "6001B")),
        ("object 60", sealed(BASE[0] + "5802CN5901A6016" + "B" * 16)),
        ("object 61", sealed(BASE[0] + BASE[1] + "6111" + "1" * 11)),
        ("object 26.00", sealed("26080104ours520400005303156" + BASE[1])),
        ("object 26.00", sealed("26080009ours520400005303156" + BASE[1])),
        ("object 26, character 1", sealed("2604ours520400005303156" + BASE[1])),
        ("object 26.00", sealed("26160004ours0004ours520400005303156" + BASE[1])),
        ("object 80.00", sealed(BASE[0] + BASE[1] + "80050101a")),
        ("object 62.05", sealed(BASE[0] + BASE[1] + "62300526" + "R" * 26)),
        ("object 62.09", sealed(BASE[0] + BASE[1] + "62060902AA")),
        ("object 62.05", sealed(BASE[0] + BASE[1] + "62100501a0501b")),
        ("object 64.00", sealed(BASE[0] + BASE[1] + "64050101甲")),
        ("object 64.01", sealed(BASE[0] + BASE[1] + "64060002ZH")),
        ("object 64.01", sealed(BASE[0] + BASE[1] + "64360002ZH0126" + "甲" * 26)),
        ("object 55", sealed(BASE[0] + "550204" + BASE[1])),
        ("object 56", sealed(BASE[0] + "550202" + BASE[1])),
        ("object 56", sealed(BASE[0] + "56011" + BASE[1])),
        ("object 56", sealed(BASE[0] + "55020256041,00" + BASE[1])),
        ("object 57", sealed(BASE[0] + "5502035703100" + BASE[1])),
        ("object 57", sealed(BASE[0] + "550203" + BASE[1])),
    ],
)
def test_what_is_refused_names_its_object(field: str, text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(text)
    assert refused.value.field == field, str(refused.value)
    assert refused.value.constraint


@pytest.mark.parametrize("amount", ["0", "0.00", "-1", "+1", "1,00", "3 705", "1e3", ".5", "1.2.3", "1.234", "１", "."])
def test_malformed_amounts(amount: str) -> None:
    with pytest.raises(BadInput, match="object 54"):
        read(with_amount(amount))


def test_the_longest_amount() -> None:
    assert read(with_amount("9999999999.99")).amount_fen == 999_999_999_999
    with pytest.raises(BadInput, match="object 54"):
        read(with_amount("10000000000.00"))


@pytest.mark.parametrize(
    ("amount", "fen"), [("98.73", 9_873), ("98", 9_800), ("98.", 9_800), ("98.7", 9_870), ("0.01", 1), ("007.10", 710)]
)
def test_amounts_to_the_fen(amount: str, fen: int) -> None:
    text = with_amount(amount)
    assert read(text).amount_fen == fen
    assert write(read(text)) == text


@pytest.mark.parametrize(("size", "fits"), [(512, True), (513, False)])
def test_the_longest_payload(size: int, fits: bool) -> None:
    spare = size - len(sealed(BASE[0] + BASE[1])) - 4 * 99 - 16
    objects = "".join(f"{number}99{'x' * 99}" for number in (65, 66, 67, 68))
    text = sealed(BASE[0] + BASE[1] + objects + f"69{spare - 4:02d}{'x' * (spare - 4)}")
    assert (len(text), is_read(text)) == (size, fits)


# ------------------------------------------------------------------------------------------------ what can't be written


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("object 02 to 51", {"accounts": ()}),
        ("object 26", {"accounts": (account_of(institution=1, merchant=1),) * 2}),
        ("object 52", {"accounts": (DataObject("52", "0000"),)}),
        ("object 63", {"others": (DataObject("63", "0000"),)}),
        ("object 54", {"others": (DataObject("54", "1.00"),)}),
        ("object 12", {"others": (DataObject("12", "1.00"),)}),
        ("object 59", {"name": ""}),
        ("object 61", {"postal_code": "1" * 11}),
    ],
)
def test_no_code_is_made_with_what_no_code_may_say(field: str, change: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        dataclasses.replace(code_of(institution=1, merchant=1, name="A"), **change)
    assert refused.value.field == field


def test_templates_hold_no_named_object_twice() -> None:
    with pytest.raises(BadInput, match=r"object 62\.05"):
        AdditionalData(others=(DataObject("05", "x"),))
    with pytest.raises(BadInput, match=r"object 64\.01"):
        LocalName(language="ZH", name="甲", others=(DataObject("01", "x"),))


@pytest.mark.parametrize(
    "made",
    [
        lambda: MerchantCode(accounts=(DataObject("15", ""),), category="0000", name="A", city="B"),
        lambda: MerchantCode(accounts=(DataObject("15", "x" * 100),), category="0000", name="A", city="B"),
        lambda: MerchantCode(accounts=(DataObject("15", "x"),), category="0000", name="A\tA", city="B"),
        lambda: MerchantCode(
            accounts=tuple(DataObject(f"1{n}", "字" * 99) for n in (5, 6)), category="0000", name="A", city="B"
        ),
    ],
)
def test_what_can_not_be_written(made: Callable[[], MerchantCode]) -> None:
    with pytest.raises(BadInput):
        write(made())


@pytest.mark.parametrize("object_id", ["1", "001", "x1", "１１"])
def test_ids_are_two_digits(object_id: str) -> None:
    with pytest.raises(BadInput, match="two digits"):
        write_objects([DataObject(object_id, "x")])


# ------------------------------------------------------------------------------------------------------------- ours


def test_a_static_and_a_dynamic_code() -> None:
    static = read(write(code_of(institution=3, merchant=17, name="MERCHANT 17")))
    assert (static.initiation, static.amount, static.local) == ("11", None, None)
    assert merchant_of(static) == (3, 17)
    dynamic = read(write(code_of(institution=3, merchant=17, name="A", amount_fen=123_456_705, reference="B-1")))
    assert (dynamic.initiation, dynamic.amount, dynamic.amount_fen) == ("12", "1234567.05", 123_456_705)
    assert dynamic.additional.reference_label == "B-1"


def test_chinese_names_count_characters() -> None:
    code = code_of(institution=1, merchant=2, name="BEST", chinese_name="最佳运输", chinese_city="北京")
    text = write(code)
    assert "64200002ZH0104最佳运输0202北京" in text
    assert read(text) == code
    composed = code_of(institution=1, merchant=2, name="A", chinese_name="cafe\u0301")
    assert composed.local == LocalName(language="ZH", name="caf\u00e9")


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("name", {"name": "最佳运输"}),
        ("city", {"city": "北京"}),
        ("reference", {"reference": "单1"}),
        ("reference", {"reference": "***"}),
        ("chinese_name", {"chinese_city": "北京"}),
        ("amount", {"amount_fen": 0}),
        ("amount", {"amount_fen": -1}),
        ("object 54", {"amount_fen": 10**12}),
        ("object 62.05", {"reference": "R" * 26}),
        ("object 64.01", {"chinese_name": "甲" * 26}),
        ("object 64.02", {"chinese_name": "甲", "chinese_city": "甲" * 16}),
        ("object 52", {"category": "12"}),
    ],
)
def test_what_ours_refuses(field: str, change: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        code_of(**{"institution": 1, "merchant": 2, "name": "A", **change})
    assert refused.value.field == field


def test_our_template_without_our_ids() -> None:
    ours = account_of(institution=1, merchant=2)
    for bad in ("0201x", "02010", "0302ab", ""):
        account = DataObject("26", ours.value.removesuffix("02012") + bad)
        with pytest.raises(BadInput, match=r"object 26\.02"):
            merchant_of(dataclasses.replace(code_of(institution=1, merchant=2, name="A"), accounts=(account,)))


# ------------------------------------------------------------------------------------------------------- round trips

LETTERS = st.characters(exclude_categories=["Cc", "Cs"])
PLAIN = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


def words(most: int, *, of: st.SearchStrategy[str] = LETTERS) -> st.SearchStrategy[str]:
    return st.text(of, min_size=1, max_size=most)


def raw(first: int, last: int) -> st.SearchStrategy[tuple[DataObject, ...]]:
    """Raw objects without a template's form, in order of their ids."""
    objects = st.dictionaries(st.integers(first, last), words(12), max_size=3)
    return objects.map(lambda found: tuple(DataObject(f"{n:02d}", found[n]) for n in sorted(found)))


AMOUNTS = st.from_regex(r"[0-9]{1,9}(\.[0-9]{0,2})?", fullmatch=True).filter(lambda text: text.strip("0.") != "")
LABELS = st.none() | words(9)
CODES = st.builds(
    MerchantCode,
    accounts=st.builds(
        lambda primitive, merchant: (*primitive, account_of(institution=1, merchant=merchant)),
        raw(2, 25),
        st.integers(1, 2**63 - 1),
    ),
    category=st.from_regex("[0-9]{4}", fullmatch=True),
    name=words(25, of=PLAIN),
    city=words(15),
    currency=st.sampled_from(["156", "702", "392"]),
    initiation=st.sampled_from([None, "11", "12"]),
    amount=st.none() | AMOUNTS,
    postal_code=st.none() | words(10, of=PLAIN),
    additional=st.builds(
        AdditionalData,
        bill_number=LABELS,
        reference_label=LABELS,
        channel=LABELS,
        others=raw(12, 49),
    ),
    local=st.none() | st.builds(LocalName, language=st.just("ZH"), name=words(25), city=st.none() | words(15)),
    others=raw(65, 79),
)


def write_if_it_fits(code: MerchantCode) -> str | None:
    """The payload; None for one that is too long, in all or in its additional data."""
    try:
        return write(code)
    except BadInput as error:
        if error.field not in ("payload", "object 62"):
            raise
    return None


@given(CODES)
def test_what_is_written_is_read(code: MerchantCode) -> None:
    text = write_if_it_fits(code)
    if text is None:
        return
    assert read(text) == code
    assert write(read(text)) == text


@given(st.lists(st.tuples(st.integers(0, 99), words(99)), max_size=6, unique_by=lambda pair: pair[0]))
def test_objects_come_back_as_they_were(pairs: list[tuple[int, str]]) -> None:
    objects = tuple(DataObject(f"{number:02d}", value) for number, value in pairs)
    assert read_objects(write_objects(objects)) == objects


@given(st.text(max_size=60) | st.text("0123456789", max_size=60).map(lambda text: "000201" + text))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert not is_read(text)


@given(CODES, st.integers(1, 10**12 - 1))
def test_fen_are_exact(code: MerchantCode, fen: int) -> None:
    made = code_of(institution=1, merchant=1, name="A", amount_fen=fen)
    assert made.amount_fen == fen
    assert code.amount_fen is None or code.currency == "156"
