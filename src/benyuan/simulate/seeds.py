"""One seed, and a stream of its own for each purpose, so that a change to one draw moves no other."""

from enum import IntEnum

import numpy as np

SEED = 20_210_412  # the day of the announcement


class Stream(IntEnum):
    """What is drawn."""

    people = 1
    merchants = 2
    tickets = 3
    ways = 4
    top_ups = 5
    days = 6
    codes = 7
    tills = 8
    lender_days = 9
    lender_payments = 10
    cash_loans = 11
    bureau_loans = 12
    november = 13
    protected = 14
    tested = 15
    merchants_told = 16
    people_told = 17


def generator(stream: Stream) -> np.random.Generator:
    """The generator of one purpose: the same numbers in every run."""
    return np.random.default_rng([SEED, stream])
