"""A merchant's code: who is paid, and how much, as the payload of a QR code that a payer's application reads.

EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, v1.1. Objects may come in any order but for the
format indicator (00), which is first, and the checksum (63), which is last; `write` puts them in order of their ids, so
`write(read(text))` is the text again where its objects, and those of templates 62 and 64, stand in that order. What has
no name here is kept as it stands.

Worked: 5303156540523.72 asks for 23.72 yuan, 2,372 fen.
"""

import re
from dataclasses import dataclass, field

from benyuan.payments.codes.checksum import checksum
from benyuan.payments.codes.fields import (
    ADDITIONAL,
    BY_NAME,
    DYNAMIC,
    LANGUAGE,
    RENMINBI,
    ROOT,
    check,
    check_others,
    left,
    listed,
    taken,
)
from benyuan.payments.codes.tlv import DataObject, check_once, label, read_objects, write_objects
from benyuan.values.errors import BadInput
from benyuan.values.money import FEN_PER_YUAN

FORMAT = DataObject("00", "01")
CHECKSUM = "63"
CHECKSUM_HEAD = "6304"
CHECKSUM_LENGTH = 4
ADDITIONAL_ID, LANGUAGE_ID = "62", "64"
IDENTIFIER = "00"
"""The object of a template that says, worldwide, whose template it is."""
LONGEST_PAYLOAD = 512  # tidy: number the longest payload, in bytes
DECIMALS_OF_FEN = 2
TIP_FIXED, TIP_PERCENT = "02", "03"

_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_FRAME = {FORMAT.id, CHECKSUM, ADDITIONAL_ID, LANGUAGE_ID}


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionalData:
    """Template 62: what the payment is for. A value of "***" asks the payer for it."""

    bill_number: str | None = None
    mobile_number: str | None = None
    store_label: str | None = None
    loyalty_number: str | None = None
    reference_label: str | None = None
    customer_label: str | None = None
    terminal_label: str | None = None
    purpose: str | None = None
    data_request: str | None = None
    tax_id: str | None = None
    channel: str | None = None
    others: tuple[DataObject, ...] = ()

    def __post_init__(self) -> None:
        """Errors: BadInput."""
        check(self, fields=ADDITIONAL, within=ADDITIONAL_ID)
        check_others(self.others, fields=ADDITIONAL, within=ADDITIONAL_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalName:
    """Template 64: the merchant's name and city in another language, such as Chinese ("ZH")."""

    language: str
    name: str
    city: str | None = None
    others: tuple[DataObject, ...] = ()

    def __post_init__(self) -> None:
        """Errors: BadInput."""
        check(self, fields=LANGUAGE, within=LANGUAGE_ID)
        check_others(self.others, fields=LANGUAGE, within=LANGUAGE_ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class MerchantCode:
    """What a code says; it can't be made with what no code may say.

    `accounts`: objects 02 to 51, where the merchant is paid; those from 26 on are templates. `amount`: decimal text in
    units of the currency, as it stands in the code. `tip`: 01 the payer is asked for one, 02 `fee` is added, 03
    `fee_percent` is. `others`: raw objects, 65 to 99; those from 80 on are templates.
    """

    accounts: tuple[DataObject, ...]
    category: str
    name: str
    city: str
    currency: str = RENMINBI
    country: str = "CN"
    initiation: str | None = None
    amount: str | None = None
    tip: str | None = None
    fee: str | None = None
    fee_percent: str | None = None
    postal_code: str | None = None
    additional: AdditionalData = field(default_factory=AdditionalData)
    local: LocalName | None = None
    others: tuple[DataObject, ...] = ()

    def __post_init__(self) -> None:
        """Errors: BadInput."""
        check(self, fields=ROOT)
        _check_tip(self)
        _check_decimals(self)
        _check_accounts(self.accounts)
        _check_others(self.others)

    @property
    def dynamic(self) -> bool:
        """Whether the code is for one payment only."""
        return self.initiation == DYNAMIC

    @property
    def amount_fen(self) -> int | None:
        """The amount in fen; None where the payer is to name it, or the currency is another than renminbi."""
        if self.amount is None or self.currency != RENMINBI:
            return None
        yuan, _, decimals = self.amount.partition(".")
        return int(yuan) * FEN_PER_YUAN + int(decimals.ljust(DECIMALS_OF_FEN, "0"))


def is_template(object_id: str) -> bool:
    """Whether an object of the root, but for 62 and 64, holds objects: accounts from 26 on, and 80 to 99."""
    return "26" <= object_id <= "51" or object_id >= "80"


def template(holder: DataObject) -> tuple[DataObject, ...]:
    """The objects of an account from 26 on, or of a template from 80 on. Errors: BadInput."""
    return read_objects(holder.value, within=holder.id)


def identifier(holder: DataObject) -> str:
    """Whose such a template is, worldwide: an application's id, a UUID or a reversed domain. Errors: BadInput."""
    found = [each.value for each in template(holder) if each.id == IDENTIFIER]
    if not found:
        raise BadInput(label(IDENTIFIER, within=holder.id), None, "a globally unique identifier: it must be there")
    return found[0]


def read(text: str) -> MerchantCode:
    """What a payload says. Errors: BadInput names the object, its value and what would fit.

    Checked in this order: characters and length, the objects' ids and lengths, the format, the checksum, what must be
    there, each value.
    """
    _check_payload(text)
    objects = read_objects(text)
    _check_frame(objects, text=text)
    named = taken(objects, fields=ROOT)
    accounts = tuple(each for each in objects if _is_account(each.id))
    templates = {each.id: template(each) for each in objects if each.id in (ADDITIONAL_ID, LANGUAGE_ID)}
    others = (each for each in left(objects, fields=ROOT) if each.id not in _FRAME and not _is_account(each.id))
    return MerchantCode(
        accounts=tuple(sorted(accounts, key=lambda each: each.id)),
        additional=_additional(templates.get(ADDITIONAL_ID, ())),
        local=_local(templates[LANGUAGE_ID]) if LANGUAGE_ID in templates else None,
        others=tuple(others),
        **named,
    )


def write(code: MerchantCode) -> str:
    """The payload, objects in order of their ids and the checksum last. Errors: BadInput for one that is too long."""
    objects = [FORMAT, *listed(code, fields=ROOT), *code.accounts, *code.others]
    additional = _in_order([*listed(code.additional, fields=ADDITIONAL), *code.additional.others])
    if additional:
        objects.append(DataObject(ADDITIONAL_ID, write_objects(additional, within=ADDITIONAL_ID)))
    if code.local is not None:
        local = _in_order([*listed(code.local, fields=LANGUAGE), *code.local.others])
        objects.append(DataObject(LANGUAGE_ID, write_objects(local, within=LANGUAGE_ID)))
    body = write_objects(_in_order(objects)) + CHECKSUM_HEAD
    _check_payload(body + "0" * CHECKSUM_LENGTH)
    return body + checksum(body)


def _in_order(objects: list[DataObject]) -> list[DataObject]:
    return sorted(objects, key=lambda each: each.id)


def _additional(objects: tuple[DataObject, ...]) -> AdditionalData:
    named = taken(objects, fields=ADDITIONAL, within=ADDITIONAL_ID)
    return AdditionalData(others=left(objects, fields=ADDITIONAL), **named)


def _local(objects: tuple[DataObject, ...]) -> LocalName:
    named = taken(objects, fields=LANGUAGE, within=LANGUAGE_ID)
    return LocalName(others=left(objects, fields=LANGUAGE), **named)


# ---------------------------------------------------------------------------------------------- what a payload must be


def _check_payload(text: str) -> None:
    """At most 512 characters, fewer where some take several bytes; so the bytes are counted."""
    if match := _UNPRINTED.search(text):
        raise BadInput(f"payload, character {match.start() + 1}", match.group(), "a printable character")
    size = len(text.encode())
    if size > LONGEST_PAYLOAD:
        raise BadInput("payload", size, f"at most {LONGEST_PAYLOAD} bytes")


def _check_frame(objects: tuple[DataObject, ...], *, text: str) -> None:
    """The format first, the checksum last and right."""
    if not objects or objects[0].id != FORMAT.id:
        raise BadInput(label(FORMAT.id), objects[0].id if objects else None, "the first object, with the value 01")
    if objects[0] != FORMAT:
        raise BadInput(label(FORMAT.id), objects[0].value, "01, the one format that there is")
    last = objects[-1]
    if last.id != CHECKSUM or len(last.value) != CHECKSUM_LENGTH:
        raise BadInput(label(CHECKSUM), last.value if last.id == CHECKSUM else None, "the last object, 4 characters")
    if last.value != checksum(text[:-CHECKSUM_LENGTH]):
        raise BadInput(label(CHECKSUM), last.value, f"the checksum of the payload, {checksum(text[:-CHECKSUM_LENGTH])}")


# ------------------------------------------------------------------------------------------------- what a code must be


def _is_account(object_id: str) -> bool:
    return "02" <= object_id <= "51"


def _check_accounts(accounts: tuple[DataObject, ...]) -> None:
    if not accounts:
        raise BadInput("object 02 to 51", None, "a merchant's account: at least one must be there")
    check_once(accounts)
    for each in accounts:
        if not _is_account(each.id):
            raise BadInput(label(each.id), each.value, "an id from 02 to 51 for a merchant's account")
        if is_template(each.id):
            identifier(each)


def _check_others(others: tuple[DataObject, ...]) -> None:
    check_once(others)
    check_others(others, fields=ROOT)
    for each in others:
        if each.id in _FRAME or each.id < CHECKSUM:
            raise BadInput(label(each.id), each.value, "an id from 65 to 99 for a raw object")
        if is_template(each.id):
            identifier(each)


def _check_tip(code: MerchantCode) -> None:
    """A fee is there if, and only if, the indicator tells of it."""
    for name, told_by in (("fee", TIP_FIXED), ("fee_percent", TIP_PERCENT)):
        value = getattr(code, name)
        if (value is not None) != (code.tip == told_by):
            said = f"to be there if, and only if, object {BY_NAME['tip'].id} is {told_by}"
            raise BadInput(label(BY_NAME[name].id), value, said)


def _check_decimals(code: MerchantCode) -> None:
    """As many decimals as the currency has; known here of renminbi alone."""
    if code.currency != RENMINBI:
        return
    for name in ("amount", "fee"):
        value = getattr(code, name)
        if value is not None and len(value.partition(".")[2]) > DECIMALS_OF_FEN:
            raise BadInput(label(BY_NAME[name].id), value, "at most two decimals: renminbi has no more")
