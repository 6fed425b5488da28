"""The texts that a customer was sent or confirmed, as they stood then: messages, contacts, terms, key facts and so on.

Source: PIPL, art. 45; PBoC Order [2020] No. 5, art. 31. A message's row has a version's number, a sale's that of the
terms; here are the words. Of agreements and sheets the firm's systems hold the text and the log its digest, which is
what is told. Worked: message 7 went out by version 2 of a template that is at version 5: version 2 is shown.
"""

from typing import Any

import msgspec

from benyuan.assurance.protection.key_facts import key_facts_shown
from benyuan.assurance.protection.own_holdings import Holding
from benyuan.assurance.protection.suitability import terms_version
from benyuan.assurance.protection.templates import messages_to, version_at
from benyuan.consumer_protection.contact.records import CONTACT, KEY_FACTS
from benyuan.consumer_protection.suitability.records import SALE
from benyuan.engine.group import Group
from benyuan.payments.agreements import AGREEMENT, PERSON_AGREEMENT

OF_VERSION = ("template", "version", "approved_on", "text_zh", "text_en")


def texts(group: Group, mine: Holding) -> dict[str, list[dict[str, Any]]]:
    """Lists by name; those that are empty are left out. Errors: VaultLocked, SealBroken."""
    told = {"messages": _messages(group, mine), "terms": _terms(group, mine)}
    told |= {"contacts": _contacts(group, mine), "agreements": _agreements(group, mine)}
    told |= {"key_facts": _key_facts(group, mine)}
    return {name: rows for name, rows in told.items() if rows}


def _messages(group: Group, mine: Holding) -> list[dict[str, Any]]:
    told = [msgspec.to_builtins(each) for each in messages_to(group, whose=mine.of, number=mine.number)]
    return [_flat(each, each["sent"]) for each in told]


def _contacts(group: Group, mine: Holding) -> list[dict[str, Any]]:
    """Contacts about a debt that went by a text."""
    held = group.records.tables[CONTACT.name]
    versions = {place: int(held.column("version")[place]) for place in sorted(mine.ids.get(CONTACT.name, ()))}
    return [
        _flat({"contact": place}, msgspec.to_builtins(version_at(group, version)))
        for place, version in versions.items()
        if version
    ]


def _flat(row: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
    told = {name: item for name, item in row.items() if name != "sent"}
    return {**told, **{name: sent[name] for name in OF_VERSION}}


def _terms(group: Group, mine: Holding) -> list[dict[str, Any]]:
    """The terms of what was bought, as they were confirmed."""
    held = group.records.tables[SALE.name]
    sales = {sale: int(held.column("terms")[sale]) for sale in sorted(mine.ids.get(SALE.name, ()))}
    found = {sale: terms_version(group, version=version) for sale, version in sales.items()}
    return [
        {"sale": sale, "terms": terms["number"], "digest": terms["digest"], "text": terms["text"]}
        for sale, terms in found.items()
    ]


def _key_facts(group: Group, mine: Holding) -> list[dict[str, Any]]:
    """The key facts that were shown, word for word; of a log of before there were texts the digest."""
    shown = [key_facts_shown(group, number=number) for number in sorted(mine.ids.get(KEY_FACTS.name, ()))]
    names = ("key_facts", "sort", "language", "shown_on", "digest", "state", "text")
    return [{name: getattr(each, name) for name in names} for each in shown]


def _agreements(group: Group, mine: Holding) -> list[dict[str, Any]]:
    """The user agreements that were accepted, by the digest that was published."""
    held, published = (group.records.tables[table.name] for table in (PERSON_AGREEMENT, AGREEMENT))
    found = []
    for place in sorted(mine.ids.get(PERSON_AGREEMENT.name, ())):
        version = int(held.column("version")[place])
        position = int(published.column("position")[version])
        opened = group.reader.at_position(position)
        digest = opened.batch().row(position - opened.block.first_position)["digest"]
        found.append({"agreement": version, "accepted_on": int(held.column("accepted_on")[place]), "digest": digest})
    return found
