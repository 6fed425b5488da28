"""What each customer took in and paid out in a day, by sort of transfer (银发〔2018〕163号, items 二, 三, 八).

Two sorts are added up apart: what a payment account moves, and what moves between bank accounts through the
institution. A merchant's unsettled receipts are read as its payment account, whatever the payer paid from; those of a
micro-merchant are of the natural person that stands for it, those of several shops of one business are added up.
Between two wallets of one customer nothing is counted: another account is another's, or a bank account.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books, DayCommands
from benyuan.payments.records import MERCHANT, WALLET

OF_INCIDENT = 20  # tidy: number a kind of subject, not a quantity
OF_PERSON, OF_MERCHANT, OF_INSTITUTION = 1, 2, 3
IN, OUT = 1, 2
OF_ACCOUNT, BANK_TO_BANK = 1, 2

NAMES = ("subject_kind", "subject", "direction", "sort", "amount_fen")


@dataclass(frozen=True, slots=True)
class Flow:
    """One side of a kind of command: whose (a column of wallets or merchants), which way, which sort, how much."""

    column: str
    subject_kind: int
    direction: int
    sort: int
    amount: str
    not_to: str = ""


def _both_ways(amount: str) -> tuple[Flow, ...]:
    """Out of a wallet and in to a maker."""
    return (
        Flow("wallet", OF_PERSON, OUT, OF_ACCOUNT, amount),
        Flow("merchant", OF_MERCHANT, IN, OF_ACCOUNT, amount),
    )


def _back(amount: str, *, of_merchant: str) -> tuple[Flow, ...]:
    """Out of what a maker has coming, or from elsewhere, and in to a wallet."""
    return (
        Flow("wallet", OF_PERSON, IN, OF_ACCOUNT, amount),
        Flow("merchant", OF_MERCHANT, OUT, OF_ACCOUNT, of_merchant),
    )


FLOWS: Mapping[str, tuple[Flow, ...]] = {
    "pay": (
        Flow("payer", OF_PERSON, OUT, OF_ACCOUNT, "balance_fen"),
        Flow("payer", OF_PERSON, OUT, BANK_TO_BANK, "card_fen"),
        Flow("merchant", OF_MERCHANT, IN, OF_ACCOUNT, "balance_fen"),
        Flow("merchant", OF_MERCHANT, IN, OF_ACCOUNT, "card_fen"),
    ),
    "refund": (
        Flow("payer", OF_PERSON, IN, OF_ACCOUNT, "balance_fen"),
        Flow("payer", OF_PERSON, IN, BANK_TO_BANK, "card_fen"),
        Flow("merchant", OF_MERCHANT, OUT, OF_ACCOUNT, "balance_fen"),
        Flow("merchant", OF_MERCHANT, OUT, OF_ACCOUNT, "card_fen"),
    ),
    "decide_dispute": (
        Flow("payer", OF_PERSON, IN, OF_ACCOUNT, "balance_fen"),
        Flow("payer", OF_PERSON, IN, BANK_TO_BANK, "card_fen"),
        Flow("merchant", OF_MERCHANT, OUT, OF_ACCOUNT, "merchant_fen"),
    ),
    "transfer": (
        Flow("payer", OF_PERSON, OUT, OF_ACCOUNT, "amount_fen", not_to="payee"),
        Flow("payee", OF_PERSON, IN, OF_ACCOUNT, "amount_fen", not_to="payer"),
    ),
    "top_up": (Flow("wallet", OF_PERSON, IN, OF_ACCOUNT, "amount_fen"),),
    "close_wallet": (Flow("wallet", OF_PERSON, OUT, OF_ACCOUNT, "paid_fen"),),
    "withdraw": (Flow("wallet", OF_PERSON, OUT, OF_ACCOUNT, "amount_fen"),),
    "draw_purchase": (Flow("merchant", OF_MERCHANT, IN, OF_ACCOUNT, "amount_fen"),),
    "collect_account": (Flow("wallet", OF_PERSON, OUT, OF_ACCOUNT, "wallet_fen"),),
    "credit_wallet": (Flow("wallet", OF_PERSON, IN, OF_ACCOUNT, "amount_fen"),),
    "settle": (Flow("merchant", OF_MERCHANT, OUT, OF_ACCOUNT, "settled_fen"),),
    "sell_investment": _both_ways("went_on_fen"),
    "release_sale": _both_ways("released_fen"),
    "cancel_sale": _back("went_back_fen", of_merchant="went_back_fen"),
    "redeem_investment": (*_both_ways("went_on_fen"), *_back("paid_fen", of_merchant="paid_fen")),
    "pay_redemption": _back("paid_fen", of_merchant="receipts_fen"),
}
"""Of investments the columns beside those of the commands are put there by whoever knows of sales."""


def day_flows(day: Iterable[DayCommands], *, books: Books, institution: int) -> dict[str, NDArray[np.int64]]:
    """The day's flows of an institution's customers, a row for each customer, direction and sort."""
    people = books.column(WALLET, "person")
    homes = {OF_PERSON: books.column(WALLET, "institution"), OF_MERCHANT: books.column(MERCHANT, "institution")}
    principals, businesses = books.column(MERCHANT, "principal"), books.column(MERCHANT, "business")
    totals: dict[tuple[int, int, int], NDArray[np.int64]] = {}
    sizes = {OF_PERSON: int(max(people.max(initial=0), principals.max(initial=0))) + 1, OF_MERCHANT: len(principals)}
    for commands in day:
        for flow in FLOWS.get(commands.kind, ()):
            ids, amounts = _of_institution(commands, flow, homes[flow.subject_kind], institution, people)
            for kind, subject, counted in _subjects(flow, ids, people, principals, businesses):
                key = (kind, flow.direction, flow.sort)
                np.add.at(totals.setdefault(key, np.zeros(sizes[kind], np.int64)), subject, amounts[counted])
    return _listed(totals)


def _subjects(
    flow: Flow,
    ids: NDArray[np.int64],
    people: NDArray[np.int64],
    principals: NDArray[np.int64],
    businesses: NDArray[np.int64],
) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.bool_]]]:
    """Whose flow it is: a micro-merchant's is of the natural person that stands for it, a shop's of its business."""
    if flow.subject_kind == OF_PERSON:
        yield OF_PERSON, people[ids], np.ones(len(ids), np.bool_)
        return
    natural = principals[ids] != 0
    yield OF_PERSON, principals[ids][natural], natural
    yield OF_MERCHANT, businesses[ids[~natural]], ~natural


def _of_institution(
    commands: DayCommands, flow: Flow, homes: NDArray[np.int64], institution: int, people: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    ids = commands.columns[flow.column]
    counted = homes[ids] == institution
    if flow.not_to:
        counted &= people[ids] != people[commands.columns[flow.not_to]]
    return ids[counted], commands.columns[flow.amount][counted]


def _listed(totals: Mapping[tuple[int, int, int], NDArray[np.int64]]) -> dict[str, NDArray[np.int64]]:
    parts: dict[str, list[NDArray[np.int64]]] = {name: [np.zeros(0, np.int64)] for name in NAMES}
    for (subject_kind, direction, sort), amounts in sorted(totals.items()):
        subjects = np.flatnonzero(amounts)
        row = (np.full(len(subjects), subject_kind), subjects, np.full(len(subjects), direction))
        for name, column in zip(NAMES, (*row, np.full(len(subjects), sort), amounts[subjects]), strict=True):
            parts[name].append(column)
    return {name: np.concatenate(columns).astype(np.int64) for name, columns in parts.items()}
