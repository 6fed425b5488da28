"""Money between books of this ledger: between related bodies it is booked under a transaction that both have recorded.

Sources: PBoC Order [2023] No. 1, art. 27; the house rule `rpt.house.money`. A transaction that needs an approval cannot
be recorded without one, so money that names it has it. Worked number: under a recorded loan of 100.00 of which 60.00
came in and 10.00 were paid back 40.00 more may come in, and 50.00 may be paid back.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from benyuan.decisions.books import Books
from benyuan.decisions.events import Event, event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Gate
from benyuan.governance.related.assessing import related_to
from benyuan.governance.related.exposures import Ints
from benyuan.governance.related.records import (
    RELATED_EXPOSURE,
    RELATED_MONEY,
    RELATED_MONEY_MOVED,
    RELATED_RETURN,
    RELATED_TRANSACTION,
)
from benyuan.governance.related.vocabulary import SORT_NUMBER, Grade, TransactionSort
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.ownership.state import state_of
from benyuan.rules import RuleNotInForce, RulePack
from benyuan.usecases.common import faults_where
from benyuan.usecases.related.shared import Truths, one

MONEY = "rpt.house.money"
FINANCE = SORT_NUMBER[TransactionSort.finance]
SIDES = ("transaction", "funders_transaction")
"""The fields that name what the taking and the giving side recorded."""
NOTHING = {"book_body": 0, **{f"{side}_{fact}": 0 for side in SIDES for fact in ("asks", "fits", "left_fen")}}


def money_facts(
    books: Books,
    rules: RulePack,
    *,
    book: int,
    funder: int,
    named: Mapping[str, int],
    back: bool,
    on: int,
    seen: int,
) -> Mapping[str, Ints]:
    """Whose the book is; for each side whether it must have recorded a transaction, and what is left under that.

    `named`: by field the transaction. `back`: what came in under it is what is left to be paid back.
    """
    whose = [body for body, each in state_of(books.column, on=on, seen=seen).bodies.items() if each.book == book]
    if not whose:
        return one(**NOTHING)
    made = {**NOTHING, "book_body": whose[0]}
    if not funder or funder == whose[0]:
        return one(**made)
    for side, body, other in zip(SIDES, (whose[0], funder), (funder, whose[0]), strict=True):
        made[f"{side}_asks"] = _asks(books, rules, body=body, party=other, on=on, seen=seen)
        if named[side]:
            gives = side == "funders_transaction"
            made[f"{side}_fits"] = _fits(books, named[side], body=body, party=other, gives=gives)
            made[f"{side}_left_fen"] = _left(books, named[side], back=back)
    return one(**made)


def _asks(books: Books, rules: RulePack, *, body: int, party: int, on: int, seen: int) -> bool:
    try:
        law, _, related, _ = related_to(books.column, rules, body=body, party=party, on=on, seen=seen)
    except RuleNotInForce:
        return False
    return law is not None and bool(related)


def _fits(books: Books, transaction: int, *, body: int, party: int, gives: bool) -> bool:
    row = {name: int(books.column(RELATED_TRANSACTION, name)[transaction]) for name in RELATED_TRANSACTION.columns}
    whom = ones_of(books.column).of
    same = (whom(row["body"]), whom(row["reaches"]), bool(row["gives"])) == (whom(body), whom(party), gives)
    return same and row["sort"] == FINANCE and row["grade"] != Grade.unrelated


def _left(books: Books, transaction: int, *, back: bool) -> int:
    """What may still be paid back, or come in: what was paid back or released does not come in again."""
    places = books.all_with(RELATED_MONEY, "transaction", transaction)
    moved, backward = (books.column(RELATED_MONEY, name)[places] for name in ("amount_fen", "back"))
    came, went = (int(moved[(backward != 0) == way].sum()) for way in (False, True))
    if back:
        return came - went
    elsewhere = _returned(books, transaction) - went
    return int(books.column(RELATED_TRANSACTION, "amount_fen")[transaction]) - came - max(0, elsewhere)


def _returned(books: Books, transaction: int) -> int:
    exposures = books.all_with(RELATED_EXPOSURE, "transaction", transaction)
    if not len(exposures):
        return 0
    places = books.all_with(RELATED_RETURN, "exposure", int(exposures[0]))
    return int(books.column(RELATED_RETURN, "amount_fen")[places].sum())


def _recorded(case: Case) -> Truths:
    return np.asarray(~np.logical_or.reduce([_lacks(case, side) for side in SIDES]), np.bool_)


def _lacks(case: Case, side: str) -> Truths:
    return np.asarray((case.facts[f"{side}_asks"] != 0) & ~covered(case, side), np.bool_)


def covered(case: Case, side: str) -> Truths:
    """Where what a side has recorded is between these two, and has as much left."""
    enough = case.facts[f"{side}_left_fen"] >= case.batch.integers("amount_fen")
    return np.asarray((case.facts[f"{side}_fits"] != 0) & enough, np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    side = next(each for each in SIDES if _lacks(case, each)[place])
    body = case.facts["book_body"] if side == SIDES[0] else case.batch.integers("funder")
    named = int(case.batch.integers(side)[place])
    left = {"left_fen": int(case.facts[f"{side}_left_fen"][place])} if named else {}
    return {"body": int(body[place]), side: named, **left, "asked_fen": int(case.batch.integers("amount_fen")[place])}


def _between_bodies(case: Case) -> Truths:
    return np.asarray(np.logical_or.reduce([case.facts[f"{side}_asks"] != 0 for side in SIDES]), np.bool_)


MONEY_GATE = Gate(rule=MONEY, passes=_recorded, figures=_figures, applies=_between_bodies)


def money_faults(case: Case) -> dict[int, Invalid]:
    """Who funds the book of a registered body is named, and of another book is not; what is named is between them."""
    batch, owned = case.batch, case.facts["book_body"] != 0
    funder = batch.integers("funder")
    told = np.logical_or.reduce([batch.integers(side) != 0 for side in ("funder", *SIDES)])
    strange: dict[int, Invalid] = {}
    for side in SIDES:
        other = (batch.integers(side) != 0) & (case.facts[f"{side}_asks"] == 0) & ~covered(case, side)
        strange |= faults_where(np.asarray(other, np.bool_), batch, side, "one between these two, with as much left")
    return {
        **strange,
        **faults_where(np.asarray(~owned & told, np.bool_), batch, "funder", "0: no body has the lender's book"),
        **faults_where(np.asarray(owned & (funder == 0), np.bool_), batch, "funder", "the body whose money it is"),
        **faults_where(
            np.asarray(owned & (funder == case.facts["book_body"]), np.bool_),
            batch,
            "funder",
            "another body than the lender",
        ),
    }


def money_moved(case: Case, accepted: Truths, *, back: Truths) -> list[Event]:
    """What was booked, under each transaction that was named."""
    facts, batch = case.facts, case.batch
    named = [side for side in SIDES if accepted[0] and facts[f"{side}_fits"][0]]
    first = facts.next_ids[RELATED_MONEY.name]
    columns = {
        "id": list(range(first, first + len(named))),
        "transaction": [int(batch.integers(side)[0]) for side in named],
        "amount_fen": [int(batch.integers("amount_fen")[0])] * len(named),
        "back": [int(back[0])] * len(named),
        "moved_on": [batch.on] * len(named),
        "position": [int(batch.position[0])] * len(named),
    }
    return event(RELATED_MONEY_MOVED, columns)
