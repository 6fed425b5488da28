"""A borrower of the tests' lender is shown key facts and confirms them, a second later by the log's own time."""

from typing import Any

from benyuan.assurance.protection.key_facts import KeyFactsMade, key_facts_made
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from benyuan.values.dates import local_day
from tests.unit.engine.dated import moment
from tests.unit.lending.lenders import Lender

LENDER_NAME = "Benyuan Consumer Finance"
SECOND = 1_000_000


def made(lender: Lender, kind: str = "show_key_facts", *, on: int = 0, **fields: Any) -> KeyFactsMade:
    """The text that would be shown on a day, or on that of the last command."""
    columns = {name: [value] for name, value in {"lender_name": LENDER_NAME, **fields}.items()}
    (text,) = key_facts_made(lender.group, kind=kind, on=on or local_day(lender.group.last_at), columns=columns)
    return text


def shows(lender: Lender, kind: str = "show_key_facts", *, on: int = 0, **fields: Any) -> Answer:
    """It is shown as it is made; on a day, or on that of the last command."""
    at = max(lender.group.last_at, moment(on) if on else 0)
    digest = made(lender, kind, on=local_day(at), **fields).digest
    return give(lender, kind, at=at, **{"lender_name": LENDER_NAME, **fields, "text_digest": digest})


def reads(lender: Lender, kind: str = "show_key_facts", *, on: int = 0, **fields: Any) -> int:
    """It is shown and confirmed; its number."""
    answer = shows(lender, kind, on=on, **fields)
    assert answer.accepted, answer
    number = int(answer.results["key_facts"])
    said = give(lender, "confirm_key_facts", borrower=fields["borrower"], key_facts=number)
    assert said.accepted, said
    return number


def give(lender: Lender, kind: str, *, at: int = 0, **fields: Any) -> Answer:
    """One command at an instant, or a second after the last one."""
    at = at or lender.group.last_at + SECOND
    lender.desk.now = max(lender.desk.now, at)
    lender.on = max(lender.on, local_day(at))
    return lender.desk.one(REGISTRY[kind](**fields), at=at)
