"""The codes of our own merchants: template 26 with our identifier, the institution and the merchant.

EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, v1.1: a template from 26 on is its owner's, who
is told by object 00, here a UUID without hyphens. Objects 01 and 02 are the institution's and the merchant's id, 03 is
the number of a code that was issued for one payment. What we write keeps to the specification's alphanumeric
characters; Chinese stands in template 64.
"""

import re
import unicodedata

from benyuan.payments.codes.fields import ASK_THE_PAYER, DYNAMIC, STATIC
from benyuan.payments.codes.merchant_code import AdditionalData, LocalName, MerchantCode, identifier, template
from benyuan.payments.codes.tlv import DataObject, write_objects
from benyuan.values.errors import BadInput
from benyuan.values.money import yuan_text

ACCOUNT = "26"
IDENTIFIER = "5e83914cfd7d4628aa17721adf66b3f7"
CHINESE = "ZH"
UNKNOWN_CATEGORY = "0000"
UNKNOWN_CITY = "CHINA"
_PLAIN = re.compile("[ -~]*")
_ID = re.compile("[1-9][0-9]{0,18}")


def code_of(
    *,
    institution: int,
    merchant: int,
    number: int | None = None,
    name: str,
    city: str = UNKNOWN_CITY,
    category: str = UNKNOWN_CATEGORY,
    amount_fen: int | None = None,
    reference: str | None = None,
    chinese_name: str | None = None,
    chinese_city: str | None = None,
) -> MerchantCode:
    """The code of one of our merchants: static without an amount, dynamic, for one payment, with one.

    `number` is that under which a code for one payment was issued.

    Errors: BadInput for an amount below one fen, what is not alphanumeric where it must be, and what is too long.
    """
    if amount_fen is not None and amount_fen < 1:
        raise BadInput("amount", amount_fen, "at least one fen")
    if reference == ASK_THE_PAYER:
        raise BadInput("reference", reference, "a text: this one would ask the payer for it")
    if chinese_city and not chinese_name:
        raise BadInput("chinese_name", None, "a name in Chinese where there is a city in Chinese")
    for field, text in (("name", name), ("city", city), ("reference", reference or "")):
        if not _PLAIN.fullmatch(text):
            raise BadInput(field, text, "plain letters, digits and signs (ASCII)")
    return MerchantCode(
        accounts=(account_of(institution=institution, merchant=merchant, number=number),),
        category=category,
        name=name,
        city=city,
        initiation=STATIC if amount_fen is None else DYNAMIC,
        amount=None if amount_fen is None else yuan_text(amount_fen).replace(",", ""),
        additional=AdditionalData(reference_label=reference),
        local=_local(chinese_name, chinese_city),
    )


def account_of(*, institution: int, merchant: int, number: int | None = None) -> DataObject:
    """Template 26 of one of our merchants, with the number of an issued code."""
    ids: tuple[DataObject, ...] = (DataObject("01", str(institution)), DataObject("02", str(merchant)))
    if number is not None:
        ids = (*ids, DataObject("03", str(number)))
    return DataObject(ACCOUNT, write_objects((DataObject("00", IDENTIFIER), *ids), within=ACCOUNT))


def merchant_of(code: MerchantCode) -> tuple[int, int] | None:
    """Institution and merchant, by their ids, of a code of ours; None for another's. Errors: BadInput."""
    for account in code.accounts:
        if account.id == ACCOUNT and identifier(account) == IDENTIFIER:
            objects = {each.id: each.value for each in template(account)}
            return _number(objects, "01"), _number(objects, "02")
    return None


def number_of(code: MerchantCode) -> int | None:
    """The number under which a code of ours was issued for one payment; None for any other. Errors: BadInput."""
    for account in code.accounts:
        if account.id == ACCOUNT and identifier(account) == IDENTIFIER:
            objects = {each.id: each.value for each in template(account)}
            return _number(objects, "03") if "03" in objects else None
    return None


def _number(objects: dict[str, str], object_id: str) -> int:
    text = objects.get(object_id)
    if text is None or not _ID.fullmatch(text):
        raise BadInput(f"object {ACCOUNT}.{object_id}", text, "an id of ours, a whole number from 1")
    return int(text)


def _local(name: str | None, city: str | None) -> LocalName | None:
    if not name:
        return None
    return LocalName(language=CHINESE, name=_composed(name), city=_composed(city) if city else None)


def _composed(text: str) -> str:
    """Composed characters, so that one that is seen counts as one."""
    return unicodedata.normalize("NFC", text)
