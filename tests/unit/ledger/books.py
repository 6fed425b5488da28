"""A ledger as the tests use it: the kernel or the reference model behind plain integers, one leg a dict.

Every worked example runs on both, so that the model is held to the specification as well as the kernel.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, TypeAlias

import pytest

from benyuan.ledger import AMOUNT_MAX, NO_CEILING, AccountStatus, Ledger, LegFlag, LegStatus, Window
from tests.reference.ledger_model import Model

LedgerMaker: TypeAlias = Callable[[], Any]
Leg: TypeAlias = dict[str, int]
Figures: TypeAlias = tuple[int, int, int, int]

on_both = pytest.mark.parametrize("make", [Ledger, Model], ids=["kernel", "model"])

SECOND = 1_000_000
BALANCES = ("debits_pending", "debits_posted", "credits_pending", "credits_posted")
ROW_FIELDS = (
    *("debit_account", "credit_account", "amount", "flags", "code", "pending_id", "timeout_s", "ceiling", "at"),
    *("business_date", "reference", "debit_after", "credit_after", "debit_previous", "credit_previous"),
)


def china(text: str) -> int:
    """A local time in ISO form as microseconds since 1970 UTC: "1970-01-01T08:00" is 0."""
    moment = datetime.fromisoformat(text).replace(tzinfo=timezone(timedelta(hours=8)))
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


NOON = china("2026-03-01T12:00")


def leg(debit: int, credit: int, amount: int, **fields: int) -> Leg:
    """A leg that moves `amount`, with code 1."""
    return {"debit_account": debit, "credit_account": credit, "amount": amount, "code": 1} | fields


def hold(debit: int, credit: int, amount: int, **fields: int) -> Leg:
    """A hold, or with other flags a hold that is also balancing, closing or following."""
    return leg(debit, credit, amount, **fields | {"flags": fields.get("flags", 0) | LegFlag.pending})


def post_hold(pending_id: int, amount: int = AMOUNT_MAX, **fields: int) -> Leg:
    """A leg that posts a hold, whole by default."""
    given = {"code": 0, "pending_id": pending_id, "flags": LegFlag.post_pending_transfer}
    return leg(0, 0, amount, **given | fields)


def void_hold(pending_id: int, amount: int = 0, **fields: int) -> Leg:
    """A leg that voids a hold."""
    return post_hold(pending_id, amount, **{"flags": LegFlag.void_pending_transfer} | fields)


def linked(*legs: Leg) -> list[Leg]:
    """The legs as one chain."""
    return [one | {"flags": one.get("flags", 0) | LegFlag.linked} for one in legs[:-1]] + [legs[-1]]


def plain(column: Any) -> list[int]:
    """A column of either ledger as Python integers."""
    return [int(value) for value in column]


@dataclass(frozen=True)
class Answers:
    """What a batch was answered, as plain values; `rows` and `refused` one dict an entry."""

    status: list[LegStatus]
    moved: list[int]
    leg: list[int]
    refused: list[dict[str, int]]
    first_leg: int
    rows: list[dict[str, int]]


def answers(posted: Any) -> Answers:
    """The answer of either ledger in one form."""
    refused = {name: plain(getattr(posted.refused, name)) for name in ("leg_index", "account", *BALANCES)}
    rows = {name: plain(posted.rows[name]) for name in ROW_FIELDS}
    return Answers(
        status=[LegStatus(int(status)) for status in posted.status],
        moved=plain(posted.moved),
        leg=plain(posted.leg),
        refused=[dict(zip(refused, values, strict=True)) for values in zip(*refused.values(), strict=True)],
        first_leg=int(posted.first_leg),
        rows=[dict(zip(rows, values, strict=True)) for values in zip(*rows.values(), strict=True)],
    )


def columns_of(legs: list[Leg], at: int | None = None) -> dict[str, list[int]]:
    """Legs as the columns that `post` takes; `at` where a leg has none of its own."""
    empty = {"flags": 0, "pending_id": 0, "timeout_s": 0, "ceiling": NO_CEILING, "follows": 0, "at": at or 0}
    empty |= {"business_date": 0, "reference": 0}
    whole = [empty | one for one in legs]
    return {name: [int(one[name]) for one in whole] for name in whole[0]}


class Books:
    """A ledger with a clock that stands until a test moves it."""

    def __init__(self, make: LedgerMaker, now: int = NOON) -> None:
        self.ledger: Any = make()
        self.now = now

    def account(
        self, *, book: int = 1, unit: int = 1, code: int = 1, flags: int = 0, window: int = 0, window_account: int = 0
    ) -> int:
        """Create one account; its id."""
        made = self.ledger.create_accounts(
            book=book, unit=unit, code=code, flags=flags, window=window, window_account=window_account
        )
        assert AccountStatus(int(made.status[0])) is AccountStatus.created
        return int(made.account[0])

    def accounts(self, count: int) -> list[int]:
        """Create so many plain accounts."""
        return [self.account() for _ in range(count)]

    def usage_account(self, window: Window, flags: int = 0) -> tuple[int, int]:
        """Create a usage account and the other side of its resets."""
        other = self.account(code=2)
        return self.account(window=window, window_account=other, flags=flags), other

    def post(self, *legs: Leg, at: int | None = None) -> Answers:
        """Post a batch, now or at a later time that becomes now."""
        self.now = self.now if at is None else at
        return answers(self.ledger.post(**columns_of(list(legs), at=self.now)))

    def chain(self, *legs: Leg, at: int | None = None) -> Answers:
        """Post one chain."""
        return self.post(*linked(*legs), at=at)

    def done(self, one: Leg, at: int | None = None) -> int:
        """Post one leg that must succeed; its id."""
        posted = self.post(one, at=at)
        assert posted.status == [LegStatus.created]
        return posted.leg[0]

    def status(self, one: Leg, at: int | None = None) -> LegStatus:
        """Post one leg; its status."""
        return self.post(one, at=at).status[0]

    def figures(self, account: int) -> Figures:
        """Debits pending and posted, credits pending and posted."""
        found = self.ledger.balances([account])
        debits_pending, debits_posted, credits_pending, credits_posted = (
            int(getattr(found, name)[0]) for name in BALANCES
        )
        return debits_pending, debits_posted, credits_pending, credits_posted

    def usage(self, account: int) -> int:
        """Debits, pending too, less posted credits."""
        debits_pending, debits_posted, _, credits_posted = self.figures(account)
        return debits_posted + debits_pending - credits_posted

    def flags(self, account: int) -> int:
        return int(self.ledger.balances([account]).flags[0])

    def period(self, account: int) -> int:
        return int(self.ledger.balances([account]).period[0])

    def balance_at(self, account: int, *, position: int | None = None, business_date: int | None = None) -> Figures:
        """The balances after a leg, or of all rows dated so far."""
        found = self.ledger.balance_at(account, position=position, business_date=business_date)
        debits_pending, debits_posted, credits_pending, credits_posted = (getattr(found, name) for name in BALANCES)
        return debits_pending, debits_posted, credits_pending, credits_posted

    def history(self, account: int, *, before: int | None = None, limit: int = 50) -> list[dict[str, int]]:
        return [asdict(entry) for entry in self.ledger.history(account, before=before, limit=limit)]

    def trial_balance(
        self, *, book: int, unit: int | None = None, position: int | None = None
    ) -> list[tuple[int, ...]]:
        """(unit, code, accounts, and the four sums) by unit and code."""
        lines = self.ledger.trial_balance(book=book, unit=unit, position=position)
        return [tuple(getattr(line, name) for name in ("unit", "code", "accounts", *BALANCES)) for line in lines]
