"""Figures, licences and people for tests of the holding company, on the houses of ownership.py."""

from typing import Any

from benyuan.decisions.commands import REGISTRY, Command
from tests.unit.group.ownership import BANK, HOLDING, INSURER, OWNER, PERSON, Houses

YI = 10_000_000_000
"""A hundred million yuan, in fen."""
AS_OF = 20251231


def grown(houses: Houses | None = None) -> Houses:
    """An individual over a firm over a holding company, 80% of a bank, 51% of an insurer; nothing told of accounts."""
    made = houses or Houses()
    made.stake(PERSON, OWNER, 100)
    made.stake(OWNER, HOLDING, 60)
    made.stake(HOLDING, BANK, 80)
    made.stake(HOLDING, INSURER, 51)
    return made


def figure(houses: Houses, body: int, what: str, amount_fen: int, **fields: Any) -> dict[str, int]:
    """A figure of the end of 2025, of the body's own accounts, unless it says otherwise."""
    given = {"body": body, "figure": what, "amount_fen": amount_fen, "as_of": AS_OF, **fields}
    answer = houses.desk.one(_command("record_body_figure", **given))
    assert answer.accepted, answer.invalid and answer.invalid.text()
    return {**answer.results, "position": answer.position}


def _command(kind: str, **fields: Any) -> Command:
    source = {} if fields.get("invented") else {"source": "audited accounts", "source_date": 20260331}
    return REGISTRY[kind](**{**source, **fields})


def sized(houses: Houses, *, bank_fen: int, insurer_fen: int) -> Houses:
    """With total assets, and nothing entrusted."""
    for body, amount in ((BANK, bank_fen), (INSURER, insurer_fen)):
        figure(houses, body, "total_assets", amount)
        figure(houses, body, "entrusted_assets", 0)
    return houses


def office(houses: Houses, who: int, body: int, post: str, **fields: Any) -> None:
    """A post from the first of 2020 unless it says otherwise."""
    houses.do("record_office", individual=who, body=body, post=post, **fields)


def decide(houses: Houses, who: int, post: str = "director", **fields: Any) -> dict[str, int]:
    """A decision of the holding company; the duties' last days."""
    given = {"body": HOLDING, "individual": who, "post": post, "decided_on": 20260430, **fields}
    answer = houses.desk.one(_command("record_appointment", **given))
    assert answer.accepted, answer.invalid and answer.invalid.text()
    return dict(answer.results)
