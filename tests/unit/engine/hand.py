"""A hand that draws the parts of commands made up for histories: few of each, so that they meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from benyuan.ledger import AMOUNT_MAX
from benyuan.payments.vocabulary import (
    MerchantKind,
)
from tests.unit.engine.groups import MORNING
from tests.unit.ledger.books import china

REFERENCES = ("A", "B")
REGISTERED = (MerchantKind.firm, MerchantKind.individual_business)
PEOPLE = 4
CODES = range(1, 13)
SETUP = 7 + 4 * PEOPLE
EVENINGS = ("2026-05-01T23:59:58", "2026-07-31T23:59:58", "2024-07-08T23:59:58")
STARTS = (MORNING, MORNING, MORNING, *map(china, EVENINGS))


@dataclass(frozen=True)
class Now:
    """What a made-up command may refer to: the time, and the log positions of payments."""

    at: int
    payments: Sequence[int]


class Hand(Random):
    """Makes commands up, nine in ten of sound parts."""

    def odd(self, value: Any, *others: Any) -> Any:
        """Mostly the value, now and then one of the others."""
        return self.choice(others) if self.randrange(24) == 0 else value

    def wallet(self) -> int:
        return int(self.odd(self.choice((1, 1, 1, 2, 2, 3, PEOPLE)), 0, PEOPLE + 1, PEOPLE + 2, 99))

    def merchant(self) -> int:
        return int(self.odd(self.choice((1, 1, 2, 3, 3)), 0, 4, 5, 99))

    def person(self) -> int:
        return int(self.odd(self.randint(1, PEOPLE), 0, PEOPLE + 1, 99))

    def card(self, wallet: int) -> int:
        return int(self.odd(wallet + 2, 0, 1, 3, 99))

    def institution(self) -> int:
        return int(self.odd(1, 2, 2, 3))

    def fen(self) -> Any:
        usual = self.choice((1, 100, 100, 3_000, 20_000, 50_000, 60_000, 60_000_000))
        return self.odd(usual, 0, -3, AMOUNT_MAX >> 20, "1", None)

    def anybody(self) -> int:
        """Someone new, mostly; now and then a customer already."""
        return int(self.odd(self.randrange(PEOPLE + 1, 10**6), 1, 2))

    def memo(self) -> str:
        return self.choice(("", "", "", "lunch", "午饭"))
