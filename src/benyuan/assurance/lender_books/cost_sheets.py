"""The sheets of costs that the borrower of a loan, or the holder of an account, was shown, as they were on their day.

A sheet follows from the terms, the offer and, after an extension, the state that it left; all of these are kept, so it
is made again and its digest held against the one that was confirmed. Source: 金规〔2026〕2号. Worked number: an offer
of 10,000.00 over twelve instalments at 18% is read years later with its digest; one fen changed gives another digest.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.lender_books.wording import ACCOUNT_WORDS, LOAN_WORDS, in_words
from benyuan.consumer_finance.columns import names_of
from benyuan.consumer_finance.cost_sheet import (
    A_SECOND,
    LOAN_TERMS,
    OFFERED,
    Sheet,
    account_sheet,
    digest,
    extended_sheet,
    loan_sheet,
)
from benyuan.consumer_finance.records import (
    ACCOUNT,
    ACCOUNT_STEP,
    LOAN,
    LOAN_STEP,
    OFFER,
    SHEET_SHOWN,
)
from benyuan.consumer_finance.records import ACCOUNT_TERMS as ACCOUNT_TERMS_TABLE
from benyuan.consumer_finance.records import LOAN_TERMS as LOAN_TERMS_TABLE
from benyuan.consumer_finance.revolving.state import AccountTerms
from benyuan.consumer_finance.sheets_shown import marks_of
from benyuan.consumer_finance.vocabulary import AccountStep, LoanStep
from benyuan.decisions.batches import text_number
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.values.dates import local_day

SHOWN_BY = ("draw_loan", "make_plan", "draw_further", "extend_loan")


class SheetShown(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet, by the command that came with it. `items` in fen and millionths; `words`: those that are words.

    `confirmed`: the digest that was given, empty for none; `state`: confirmed, none, or another, where what was
    confirmed is not the sheet of these terms. `shown`: the command that put it before the borrower last, from which
    `read_seconds` runs by the log's clock; 0 where none did, and in commands of before, whose seconds the lender told.
    """

    command: int
    kind: str
    on: int
    items: dict[str, int]
    words: dict[str, Any]
    digest: str
    confirmed: str
    shown: int
    read_seconds: int
    state: str


def sheets_of_loan(group: Group, *, loan: int) -> list[SheetShown]:
    """Those of a loan in order: at its draw, before a further part, before more terms. Errors: LookupError."""
    row = _row(group, LOAN, loan, "loan")
    terms = _row(group, LOAN_TERMS_TABLE, row["terms"], "terms")
    found = []
    for step, command, position in _loan_commands(group, loan):
        if command["kind"] == "extend_loan":
            sheet = extended_sheet(row, step, terms)
        elif row["offer"]:
            offer = _row(group, OFFER, row["offer"], "offer")
            sheet = loan_sheet({name: offer[name] for name in OFFERED}, terms)
        else:
            sheet = _plan_sheet(row, step, terms)
        words = {name: terms[name] for name in LOAN_TERMS}
        read = _read(group, command, position, row["borrower"])
        found.append(_shown(sheet, command, position, read, in_words(words, words=LOAN_WORDS)))
    return found


def sheets_of_account(group: Group, *, account: int) -> list[SheetShown]:
    """Those of a pay-later account: at its opening, and the last that was confirmed since. Errors: LookupError."""
    row = _row(group, ACCOUNT, account, "account")
    terms = _row(group, ACCOUNT_TERMS_TABLE, row["terms"], "terms")
    agreed = {name: terms[name] for name in names_of(AccountTerms)}
    held = group.records.tables[ACCOUNT_STEP.name]
    mine = (held.column("account") == account) & (held.column("kind") == AccountStep.opened)
    positions = {int(held.column("position")[np.flatnonzero(mine)[0]]), row["sheet_confirmed"]} - {0}
    found = []
    for position in sorted(positions):
        command = _command(group, position)
        words = in_words(agreed, words=ACCOUNT_WORDS)
        read = _read(group, command, position, row["borrower"])
        found.append(_shown(account_sheet(agreed), command, position, read, words))
    return found


def _plan_sheet(row: Mapping[str, int], step: Mapping[str, int], terms: Mapping[str, int]) -> Sheet:
    offer = {
        **{name: row[name] for name in ("term_count", "rate_ppm", "first_due_on")},
        "amount_fen": step["amount_fen"],
        "cost_ppb": row["rate_ppm"] * 1_000,  # tidy: number millionths to thousand-millionths
    }
    return loan_sheet(offer, terms)


def _loan_commands(group: Group, loan: int) -> Iterator[tuple[dict[str, int], dict[str, Any], int]]:
    """The first step of each command that came with a sheet; one that was folded again later is left out."""
    held = group.records.tables[LOAN_STEP.name]
    kinds = np.isin(held.column("kind"), (LoanStep.drawn, LoanStep.extended))
    for place in np.flatnonzero((held.column("loan") == loan) & kinds).tolist():
        step = {name: int(held.column(name)[place]) for name in LOAN_STEP.columns}
        command = _command(group, step["position"])
        if command["kind"] in SHOWN_BY:
            yield step, command, step["position"]


def _command(group: Group, position: int) -> dict[str, Any]:
    opened = group.reader.at_position(position)
    batch, place = opened.batch(), position - opened.block.first_position
    return {**batch.row(place), "kind": opened.block.kind, "at": int(batch.at[place])}


def _read(group: Group, command: Mapping[str, Any], position: int, borrower: int) -> tuple[int, int]:
    """The command that showed the sheet last before this one, and the seconds since then."""
    if "read_seconds" in command:
        return 0, int(command["read_seconds"])
    held, sheet = group.records.tables[SHEET_SHOWN.name], text_number(str(command["cost_sheet"]))
    rows = held.all_with("mark", int(marks_of(np.array([borrower]), np.array([sheet]))[0]))
    before = [place for place in rows.tolist() if held.column("position")[place] < position]
    theirs = [
        place for place in before if (held.column("borrower")[place], held.column("sheet")[place]) == (borrower, sheet)
    ]
    if not theirs:
        return 0, 0
    at, shown = (int(held.column(name)[theirs[-1]]) for name in ("at", "position"))
    return shown, (command["at"] - at) // A_SECOND


def _shown(
    sheet: Sheet, command: Mapping[str, Any], position: int, read: tuple[int, int], words: Mapping[str, Any]
) -> SheetShown:
    made, given = digest(sheet), str(command["cost_sheet"])
    return SheetShown(
        command=position,
        kind=command["kind"],
        on=local_day(command["at"]),
        items=dict(sheet),
        words={name: word for name, word in words.items() if isinstance(word, str)},
        digest=made,
        confirmed=given,
        shown=read[0],
        read_seconds=read[1],
        state="confirmed" if given == made else "another" if given else "none",
    )


def _row(group: Group, table: Table, number: int, name: str) -> dict[str, int]:
    held = group.records.tables[table.name]
    if not 1 <= number <= held.count:
        raise LookupError(f"no {name} {number}; the last one is {held.count}")
    return {each: int(held.column(each)[number]) for each in table.columns}
