"""The lender's world before anything has happened: purchases and payments by month, loans that will be asked for."""

from collections.abc import Sequence

import numpy as np

from benyuan.simulate.clients import MONTHS, read_clients
from benyuan.simulate.lender.borrowers import Ints, read_borrowers
from benyuan.simulate.lender.world import CashLoans, LenderWorld, Payments
from benyuan.simulate.seeds import Stream, generator
from benyuan.simulate.tickets import Tickets, tickets_of

MERCHANTS = 200
STATEMENT_DAY, DUE_DAY = 28, 17
LOANS_SHARE = 0.1
TERMS = np.array([3, 6, 12])
RATES_PPM = np.array([108_000, 144_000, 180_000, 234_000])
PUNCTUAL, LATE = 0.90, 0.07
ROUND_FEN = 10_000
LEAST_ROUNDS, MOST_ROUNDS = 10, 300


def lender_world(*, clients: int) -> LenderWorld:
    """The first `clients` clients of the file."""
    bought = read_clients(count=clients)
    shares = generator(Stream.merchants).dirichlet(np.ones(MERCHANTS))
    return LenderWorld(
        borrowers=read_borrowers(count=clients),
        tickets=_by_statement(tickets_of(bought, merchant_shares=shares)),
        payments=_payments(bought.paid_fen),
        cash_loans=_cash_loans(clients),
        merchants=MERCHANTS,
        draw=generator(Stream.lender_days),
    )


def _by_statement(tickets: Tickets) -> Tickets:
    """Days after the statement day are moved onto it, so what was bought in a month stands on its own statement."""
    day = np.minimum(tickets.day % 100, STATEMENT_DAY) + tickets.day // 100 * 100
    moved = {name: getattr(tickets, name) for name in Tickets.__dataclass_fields__} | {"day": day}
    order = np.lexsort((tickets.client, tickets.second, day))
    return Tickets(**{name: column[order] for name, column in moved.items()})


def _payments(paid_fen: Ints) -> Payments:
    """One payment for each month in which a client paid, on a day up to the due day; the first month is left out."""
    client, month = np.nonzero(paid_fen[:, 1:])
    amount = paid_fen[client, month + 1]
    day = np.array(MONTHS)[month + 1] * 100 + generator(Stream.lender_payments).integers(1, DUE_DAY + 1, len(client))
    order = np.lexsort((client, day))
    columns = {"client": client, "day": day, "amount_fen": amount}
    return Payments(**{name: column[order].astype(np.int64) for name, column in columns.items()})


def _cash_loans(clients: int) -> CashLoans:
    """Every tenth client asks for one, over the first two months."""
    draw = generator(Stream.cash_loans)
    count = max(int(clients * LOANS_SHARE), 1)
    return loans_asked_for(draw, among=np.arange(clients), count=count, months=MONTHS[1:3])


def loans_asked_for(draw: np.random.Generator, *, among: Ints, count: int, months: Sequence[int]) -> CashLoans:
    """So many of some clients ask for a loan each, on a day of these months."""
    days = np.array([month * 100 + day for month in months for day in range(1, STATEMENT_DAY + 1)])
    habit = np.searchsorted(np.cumsum([PUNCTUAL, LATE]), draw.random(count))
    columns = {
        "client": draw.choice(among, count, replace=False),
        "day": draw.choice(days, count),
        "amount_fen": draw.integers(LEAST_ROUNDS, MOST_ROUNDS, count) * ROUND_FEN,
        "terms": draw.choice(TERMS, count),
        "rate_ppm": draw.choice(RATES_PPM, count),
        "habit": habit,
    }
    order = np.lexsort((columns["client"], columns["day"]))
    return CashLoans(**{name: column[order].astype(np.int64) for name, column in columns.items()})
