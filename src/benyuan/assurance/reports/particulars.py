"""What a report says of people and merchants, out of the vault; read only once the reader is on record."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from benyuan.assurance.reports.holders import Who, cell
from benyuan.assurance.statements.holders import INSTITUTION, LENDER, MERCHANT, PERSON, registered_name
from benyuan.engine.group import Group
from benyuan.parties.documents import DOCUMENT_NUMBER, DocumentKind
from benyuan.parties.people import CHINA

DOCUMENTS = {number: kind for kind, number in DOCUMENT_NUMBER.items()}
FOREIGN = (DocumentKind.passport, DocumentKind.foreign_permanent_residence)
CREDIT_CODE = "unified_social_credit_code"
PERSON_FIELDS = {"name": "full_name", "number": "number", "occupation": "occupation", "contact": "phone"}
MERCHANT_FIELDS = {"name": "name", "number": "code", "contact": "phone", "representative": "representative"}

Told = Mapping[str, str]


def particulars(group: Group, who: Who) -> Told:
    """name, document, number, occupation, contact, nationality, representative: as far as they are there.

    Errors: VaultLocked, SealBroken.
    """
    if who.kind == PERSON:
        return _of_person(group, who.id)
    if who.kind == MERCHANT:
        return _of_merchant(group, who.id)
    return {"name": registered_name(group, kind=who.kind, id=who.id)} if who.kind in (INSTITUTION, LENDER) else {}


def _of_person(group: Group, person: int) -> Told:
    told = group.payloads.read(cell(group, PERSON, "particulars", person))
    if told is None:
        return {}
    kind = DOCUMENTS[cell(group, PERSON, "document", person)]
    nationality = told.get("nationality") or ("" if kind in FOREIGN else CHINA)
    return {**_chosen(told, PERSON_FIELDS), "document": str(kind), "nationality": nationality}


def _of_merchant(group: Group, merchant: int) -> Told:
    """What it gave at its registration: no command changes that yet."""
    told = group.payloads.read(registered_at(group, merchant))
    if told is None:
        return {}
    kind = {"document": CREDIT_CODE, "nationality": CHINA} if told.get("code") else {}
    return {**_chosen(told, MERCHANT_FIELDS), **kind}


def registered_at(group: Group, merchant: int) -> int:
    """The log position of a merchant's registration, found by the account that it opened. Errors: KeyError."""
    block = group.store.block_of_account(cell(group, MERCHANT, "account", merchant))
    if block is None:
        raise KeyError(merchant)
    numbers = group.reader.open(block).integers("results", MERCHANT)
    return block.first_position + int(np.flatnonzero(numbers == merchant)[0])


def _chosen(told: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, str]:
    return {name: str(told.get(field, "")) for name, field in fields.items()}
