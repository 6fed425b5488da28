"""A day's movements, one row each, as the patterns read them."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books, DayCommands
from benyuan.payments.records import BANK_ACCOUNT, MERCHANT, WALLET

Column = NDArray[np.int64]


class Move(IntEnum):
    """What moved, as the person sees it."""

    topped_up = 1
    withdrawn = 2
    sent = 3
    received = 4
    bought = 5


INWARD = (Move.topped_up, Move.received)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movements:
    """Columns of one length. `position`: of the command in the log; `person`: whose side this is.

    `other`: the person on the other side of a transfer; `merchant` and `credit_fen` (what a credit card paid) belong
    to a purchase, `personal_code` (which one; 0: none) to a transfer. `at` in microseconds since 1970 UTC.
    """

    position: Column
    at: Column
    move: Column
    person: Column
    amount_fen: Column
    other: Column
    merchant: Column
    credit_fen: Column
    personal_code: Column

    def __len__(self) -> int:
        return len(self.position)

    def is_any(self, *moves: Move) -> NDArray[np.bool_]:
        """Where the movement is one of these."""
        return np.isin(self.move, moves)


def movements_of(day: Iterable[DayCommands], *, books: Books, institution: int) -> Movements:
    """All movements of a day of the institution's customers, in order of the log."""
    people, homes = books.column(WALLET, "person"), books.column(WALLET, "institution")
    credit = books.column(BANK_ACCOUNT, "credit")
    names = [field.name for field in fields(Movements)]
    parts: list[dict[str, Column]] = [dict.fromkeys(names, np.zeros(0, np.int64))]
    for commands in day:
        for wallet, row in _rows(commands, people=people, credit=credit):
            mine = homes[commands.columns[wallet]] == institution
            parts.append({name: np.broadcast_to(value, mine.shape)[mine] for name, value in row.items()})
    columns = {name: np.concatenate([part[name] for part in parts]).astype(np.int64) for name in names}
    order = np.argsort(columns["position"], kind="stable")
    order = order[columns["other"][order] != columns["person"][order]]  # between wallets of one person nothing moves
    return Movements(**{name: column[order] for name, column in columns.items()})


def _rows(commands: DayCommands, *, people: Column, credit: Column) -> list[tuple[str, dict[str, Column]]]:
    """The movements in commands of one kind, each with the column of the wallet whose it is."""
    held = commands.columns
    nothing = np.zeros(len(held["position"]), np.int64)
    usual = {"position": held["position"], "at": held["at"], "other": nothing, "merchant": nothing}
    usual["credit_fen"] = usual["personal_code"] = nothing

    def row(wallet: str, move: Move, amount: Column, **more: Column) -> tuple[str, dict[str, Column]]:
        return wallet, {**usual, "move": nothing + move, "person": people[held[wallet]], "amount_fen": amount, **more}

    if commands.kind == "pay":
        by_credit = np.where(credit[held["bank_account"]] != 0, held["card_fen"], 0)
        more = {"merchant": held["merchant"], "credit_fen": by_credit}
        return [row("payer", Move.bought, held["balance_fen"] + held["card_fen"], **more)]
    if commands.kind == "transfer":
        code = held.get("personal_code", nothing)
        sent = row("payer", Move.sent, held["amount_fen"], other=people[held["payee"]], personal_code=code)
        got = row("payee", Move.received, held["amount_fen"], other=people[held["payer"]], personal_code=code)
        return [sent, got]
    if commands.kind in ("top_up", "withdraw"):
        move = Move.topped_up if commands.kind == "top_up" else Move.withdrawn
        return [row("wallet", move, held["amount_fen"])]
    return [row("wallet", Move.withdrawn, held["paid_fen"])] if commands.kind == "close_wallet" else []


def principals_of(books: Books) -> Column:
    """The person who stands for each merchant; 0 where none does."""
    return books.column(MERCHANT, "principal")
