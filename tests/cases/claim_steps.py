"""What a borrower of a case complains of and claims, what is answered, and who contacts them about the debt.

Complaints and claims are known by their numbers, 1 the first. Whoever complains is `customer`; what they are contacted
about is their account "card", by a call that names the debt, in China.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from benyuan.decisions.commands import REGISTRY, Command
from tests.cases.reading import day, local, moment
from tests.cases.world import CUSTOMER, World

Entry = Mapping[str, Any]
Make = Callable[[World, Any, Entry, int], Command]

WHOLE = {"findings": True, "grounds": True, "ways_of_redress": True, "cause": "terms", "answered_by": 7}
PAPER = {"evidence": "ab" * 32, "pieces": 1}


def _customer(world: World) -> int:
    return world.id("borrower", CUSTOMER)


def _fields(entry: Entry, *names: str) -> dict[str, Any]:
    said = {name: entry[name] for name in names if name in entry}
    return {name: day(item) if isinstance(item, dt.date) else item for name, item in said.items()}


def _complain(world: World, issue: str, entry: Entry, at: int) -> Command:
    usual = {"channel": "app", "product": "pay-later", "received_on": day(local(at))}
    fields = {**usual, **_fields(entry, *COMPLAINT)}
    return REGISTRY["take_customer_complaint"](borrower=_customer(world), issue=issue, words="no", **fields)


def _answer(world: World, complaint: int, entry: Entry, at: int) -> Command:
    told = {"outcome": "not-upheld", "words": "no", **WHOLE}
    return REGISTRY["answer_customer_complaint"](complaint=complaint, **told)


def _withdraw(world: World, complaint: int, entry: Entry, at: int) -> Command:
    return REGISTRY["withdraw_customer_complaint"](complaint=complaint, **PAPER)


def _ask_review(world: World, complaint: int, entry: Entry, at: int) -> Command:
    return REGISTRY["ask_review"](complaint=complaint, words="look again")


def _decide_review(world: World, complaint: int, entry: Entry, at: int) -> Command:
    return REGISTRY["decide_complaint_review"](complaint=complaint, outcome="stands", words="no", reviewed_by=8)


def _claim(world: World, sort: str, entry: Entry, at: int) -> Command:
    fields = {"received_on": day(local(at)), **_fields(entry, "received_on")}
    return REGISTRY["take_debt_claim"](borrower=_customer(world), claim=sort, words="please", **fields)


def _answer_claim(world: World, claim: int, entry: Entry, at: int) -> Command:
    fields = {"outcome": "refused", **_fields(entry, "outcome", "hardship")}
    return REGISTRY["answer_debt_claim"](debt_claim=claim, words="no", answered_by=7, **fields)


def _withdraw_claim(world: World, claim: int, entry: Entry, at: int) -> Command:
    return REGISTRY["withdraw_debt_claim"](debt_claim=claim, **PAPER)


def _help(world: World, until: Any, entry: Entry, at: int) -> Command:
    return REGISTRY["agree_hardship"](borrower=_customer(world), until=day(until), **_fields(entry, "allowed"))


def _about(world: World, means: str) -> dict[str, Any]:
    account = world.id("account", "card")
    return {"borrower": _customer(world), "account": account, "means": means, "debt_named": True}


def _contact(world: World, means: str, entry: Entry, at: int) -> Command:
    fields = {"effective": True, **_fields(entry, "addressee"), "plan": entry.get("planned", 0)}
    return REGISTRY["record_contact"](**_about(world, means), **fields)


def _plan(world: World, means: str, entry: Entry, at: int) -> Command:
    return REGISTRY["plan_contact"](contact_at=moment(entry["for"]), **_about(world, means))


COMPLAINT = ("channel", "product", "received_on", "way", "passed_on")
CLAIM_VERBS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "complain": (_complain, COMPLAINT),
    "answer_complaint": (_answer, ()),
    "withdraw_complaint": (_withdraw, ()),
    "ask_review": (_ask_review, ()),
    "decide_review": (_decide_review, ()),
    "claim": (_claim, ("received_on",)),
    "answer_claim": (_answer_claim, ("outcome", "hardship")),
    "withdraw_claim": (_withdraw_claim, ()),
    "agree_help": (_help, ("allowed",)),
    "contact": (_contact, ("addressee", "planned")),
    "plan_contact": (_plan, ("for",)),
}
"""For each verb the command that it makes, and what it may say besides."""
