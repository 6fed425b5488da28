"""What a day's sales and exits of investments moved between customers' payment accounts and their makers'.

Source: 银发〔2018〕163号, items 二 (a customer's payment account and another account), 六 (what may be left out: no
investments among it), 七 (complete when the money is on a payment account or a bank account). So money that waits has
moved when it goes on to the maker, both sides on that day, and money of a sale that is cancelled while it waits has
never been with anybody else. Commands don't tell all of it, so what the tables of sales know is put beside them.
Worked: 500,000.00 sold on 03-10 with five days and released on 03-16: a flow out of the customer and one in to the
maker, both of 03-16.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints
from benyuan.consumer_protection.suitability.records import HOLDING, SALE
from benyuan.decisions.books import Books, DayCommands
from benyuan.payments.vocabulary import RecoverySource
from benyuan.values.dates import local_days

SOLD, RELEASED, CANCELLED, REDEEMED, PAID = (
    *("sell_investment", "release_sale", "cancel_sale", "redeem_investment", "pay_redemption"),
)


def with_investments(day: Iterable[DayCommands], books: Books) -> list[DayCommands]:
    """The day's commands; those about investments with `merchant` and with what went on or came back, in fen."""
    whole = list(day)
    if not {each.kind for each in whole} & {SOLD, CANCELLED, REDEEMED, PAID}:
        return whole
    released = {int(sale) for each in whole if each.kind == RELEASED for sale in each.columns["sale"]}
    held = dict(zip(books.ids(HOLDING).tolist(), books.column(HOLDING, "released_on").tolist(), strict=True))
    return [_told(each, books, held=held, released=released) for each in whole]


def _told(commands: DayCommands, books: Books, *, held: Mapping[int, int], released: set[int]) -> DayCommands:
    match commands.kind:
        case "sell_investment":
            sale = commands.columns["sale"]
            waits = (books.column(SALE, "cancel_by")[sale] != 0) & _booked(sale, held)
            return _with(commands, books, went_on_fen=np.where(waits, 0, commands.columns["amount_fen"]))
        case "cancel_sale":
            from_maker = ~_booked(commands.columns["sale"], held)
            return _with(commands, books, went_back_fen=np.where(from_maker, commands.columns["returned_fen"], 0))
        case "redeem_investment":
            return _with(commands, books, went_on_fen=_first_redeemed(commands, books, held=held, released=released))
        case "pay_redemption":
            return replace(commands, columns={**commands.columns, "receipts_fen": _of_receipts(commands, books)})
    return commands


def _with(commands: DayCommands, books: Books, **fen: Ints) -> DayCommands:
    merchant = books.column(SALE, "merchant")[commands.columns["sale"]]
    return replace(commands, columns={**commands.columns, "merchant": merchant, **fen})


def _booked(sales: Ints, held: Mapping[int, int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which sales have accounts of their own, so that their money waits there."""
    return np.array([sale in held for sale in sales.tolist()], np.bool_)


def _first_redeemed(commands: DayCommands, books: Books, *, held: Mapping[int, int], released: set[int]) -> Ints:
    """What still waited and went on with the first shares given back: by the day on which the sale's money did."""
    sales: Sequence[int] = commands.columns["sale"].tolist()
    days = local_days(commands.columns["at"]).tolist()
    waited = (books.column(SALE, "cancel_by") != 0).tolist()
    amounts, went_on, seen = books.column(SALE, "amount_fen").tolist(), [], set(released)
    for sale, day in zip(sales, days, strict=True):
        first = waited[sale] and held.get(sale) == day and sale not in seen
        went_on.append(amounts[sale] if first else 0)
        seen.add(sale)
    return np.array(went_on, np.int64)


def _of_receipts(commands: DayCommands, books: Books) -> Ints:
    """What came out of the maker's receipts; what it paid in comes from its bank, and is no flow of its account."""
    paid, sources = commands.columns["paid_fen"], []
    for position in commands.columns["position"].tolist():
        found = books.command_at(position)
        sources.append(found.words["source"][0] if found else "")
    return np.where(np.array(sources) == RecoverySource.receipts.value, paid, 0)
