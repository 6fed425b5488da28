"""What a borrower of a case complains of and claims, and what is answered.

Complaints and claims are known by their numbers, 1 the first. Whoever complains is `customer`.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from benyuan.decisions.commands import REGISTRY, Command
from benyuan.usecases.protection.claims.answer_customer_complaint import PARTS
from tests.cases.reading import day, local
from tests.cases.world import CUSTOMER, World

Entry = Mapping[str, Any]
Make = Callable[[World, Any, Entry, int], Command]

WHOLE = {
    "findings": True,
    "grounds": True,
    "ways_of_redress": True,
    "found": "the sheet shows the rate",
    "why": "the contract has the rate of the sheet",
    "where_next": "ask for a review, or go to court",
    "cause": "terms",
    "no_interest": True,
}
PAPER = {"evidence": "ab" * 32, "pieces": 1}
DIGEST_DIGITS = 64


def _customer(world: World) -> int:
    return world.id("borrower", CUSTOMER)


def _shown(world: World) -> dict[str, Any]:
    """The customer, by the document under which the lender has them on file."""
    row = int(world.group.records.tables["borrower"].column("particulars")[_customer(world)])
    number = (world.group.payloads.read(row) or {})["number"]
    return {"lender": 1, "number": number}


def _fields(entry: Entry, *names: str) -> dict[str, Any]:
    said = {name: entry[name] for name in names if name in entry}
    return {name: day(item) if isinstance(item, dt.date) else item for name, item in said.items()}


def _complain(world: World, issue: str, entry: Entry, at: int) -> Command:
    usual = {"channel": "app", "product": "pay-later", "received_on": day(local(at))}
    fields = {**usual, **_fields(entry, *COMPLAINT)}
    return REGISTRY["take_customer_complaint"](borrower=_customer(world), issue=issue, words="no", **fields)


def _new_facts(world: World, complaint: int, entry: Entry, at: int) -> Command:
    paper = {"evidence": entry["paper"] * DIGEST_DIGITS, "pieces": 1}
    told = {"party": "customer", "new_facts": True, "words": "I found the leaflet"}
    return REGISTRY["add_evidence"](complaint=complaint, **told, **paper, **_shown(world))


def _answer(world: World, complaint: int, entry: Entry, at: int) -> Command:
    told = {"outcome": "not-upheld", "words": "nothing is owed", **WHOLE, "answered_by": entry.get("by", 7)}
    return REGISTRY["answer_customer_complaint"](complaint=complaint, **told)


def _withdraw(world: World, complaint: int, entry: Entry, at: int) -> Command:
    return REGISTRY["withdraw_customer_complaint"](complaint=complaint, **PAPER, **_shown(world))


def _ask_review(world: World, complaint: int, entry: Entry, at: int) -> Command:
    return REGISTRY["ask_review"](complaint=complaint, words="look again")


def _decide_review(world: World, complaint: int, entry: Entry, at: int) -> Command:
    told = {"outcome": "stands", "words": "it stays as it was", "reviewed_by": 8, "no_interest": True}
    return REGISTRY["decide_complaint_review"](complaint=complaint, **told)


def _claim(world: World, sort: str, entry: Entry, at: int) -> Command:
    fields = {"received_on": day(local(at)), **_fields(entry, "received_on")}
    return REGISTRY["take_debt_claim"](borrower=_customer(world), claim=sort, words="please", **fields)


def _answer_claim(world: World, claim: int, entry: Entry, at: int) -> Command:
    fields = {"outcome": "refused", **_fields(entry, "outcome", "hardship")}
    told = {"words": "nothing is owed", **{name: WHOLE[name] for name in PARTS.values()}, "answered_by": 7}
    return REGISTRY["answer_debt_claim"](debt_claim=claim, **told, **fields)


def _withdraw_claim(world: World, claim: int, entry: Entry, at: int) -> Command:
    return REGISTRY["withdraw_debt_claim"](debt_claim=claim, **PAPER, **_shown(world))


def _help(world: World, until: Any, entry: Entry, at: int) -> Command:
    return REGISTRY["agree_hardship"](borrower=_customer(world), until=day(until), **_fields(entry, "allowed"))


COMPLAINT = ("channel", "product", "received_on", "way", "passed_on", "against_staff")
CLAIM_VERBS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "complain": (_complain, COMPLAINT),
    "new_facts": (_new_facts, ("paper",)),
    "answer_complaint": (_answer, ("by",)),
    "withdraw_complaint": (_withdraw, ()),
    "ask_review": (_ask_review, ()),
    "decide_review": (_decide_review, ()),
    "claim": (_claim, ("received_on",)),
    "answer_claim": (_answer_claim, ("outcome", "hardship")),
    "withdraw_claim": (_withdraw_claim, ()),
    "agree_help": (_help, ("allowed",)),
}
"""For each verb the command that it makes, and what it may say besides."""
