"""`bench payments`: payments from wallets to merchants through every gate and limit, beside the ledger's bare legs.

Each payer has a Class II wallet with 100.00 in it and a bank account behind it, and pays by bar code: a leg from the
balance, one from the card for what it left over, and four for the limits they use (the year of the class, the day by
kinds of factor, the day's codes for wallets and for bank accounts): six legs asked. Amounts are exponential around
60.00, so some payments meet the day's limit of a static code and are refused.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.cli.benches.ledger import LedgerSizes, open_group, post_alone
from benyuan.cli.benches.measuring import BEGIN_US, SEED, Figures, Stopwatch, share_of
from benyuan.engine.group import Group
from benyuan.simulate.identities import businesses, everyone

STANDING_FROM = 20260101
LICENCES = 5
RATING = "A"
REAL_NAME_PPM = 960_000
BALANCE_FEN = 10_000
MEAN_FEN = 6_000
CLIENT = "bench"
SETUP_BATCH = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentSizes:
    """`bare_legs`: legs of the ledger bench that are posted beside, half before and half after."""

    payments: int = 200_000
    wallets: int = 50_000
    merchants: int = 2_000
    batch: int = 2_000
    bare_legs: int = 1_000_000
    bare_accounts: int = 100_000

    def scaled(self, share: float) -> "PaymentSizes":
        """The sizes times `share`; batches stay, and so does the reference."""
        return replace(
            self,
            payments=share_of(self.payments, share),
            wallets=share_of(self.wallets, share),
            merchants=share_of(self.merchants, share),
        )


def prepare(group: Group, sizes: PaymentSizes) -> None:
    """An institution with its licences, payers with wallets, cards and balances, merchants."""
    people = np.arange(1, sizes.wallets + 1)
    _all(group, "register_institution", 1, {"name": ["benyuan"]})
    standing = {"institution": [1], "from_date": [STANDING_FROM], "licences": [LICENCES], "rating": [RATING]}
    _all(group, "record_standing", 1, standing | {"real_name_ppm": [REAL_NAME_PPM]})
    _all(group, "register_person", sizes.wallets, {"institution": np.ones_like(people), **everyone(sizes.wallets)})
    _all(group, "bind_bank_account", sizes.wallets, {"person": people, "mandate": [True] * sizes.wallets})
    wallet = {"person": people, "wallet_class": ["II"] * sizes.wallets, "channels": np.full_like(people, 3)}
    _all(group, "open_wallet", sizes.wallets, wallet)
    merchant = {"institution": np.ones(sizes.merchants, np.int64), "kind_of_merchant": ["firm"] * sizes.merchants}
    merchant |= businesses([True] * sizes.merchants)
    _all(group, "register_merchant", sizes.merchants, merchant)
    top_up = {"wallet": people, "bank_account": people, "amount_fen": np.full_like(people, BALANCE_FEN)}
    _all(group, "top_up", sizes.wallets, top_up)


def _all(group: Group, kind: str, count: int, columns: dict[str, Any]) -> None:
    for start in range(0, count, SETUP_BATCH):
        chosen = slice(start, min(start + SETUP_BATCH, count))
        keys = [f"{kind}-{number}" for number in range(chosen.start, chosen.stop)]
        part = {name: column[chosen] for name, column in columns.items()}
        answers = group.execute_columns(kind=kind, columns=part, client=CLIENT, keys=keys, at=BEGIN_US)
        assert answers.counts()["accepted"] == len(keys), f"{kind}: {answers.counts()}"


def payments(sizes: PaymentSizes, *, first: int = 0) -> Iterator[dict[str, Any]]:
    """Arguments of `execute_columns`, batch by batch."""
    random = np.random.default_rng(SEED)
    count = sizes.payments
    payer = random.integers(1, sizes.wallets + 1, count)
    columns: dict[str, Any] = {
        "payer": payer,
        "merchant": random.integers(1, sizes.merchants + 1, count),
        "amount_fen": random.exponential(MEAN_FEN, count).astype(np.int64) + 1,
        "channel": random.choice(["static_code", "dynamic_code"], count).tolist(),
        "authentication": random.choice(["one_kind", "two_kinds"], count).tolist(),
        "bank_account": payer,
    }
    for start in range(0, count, sizes.batch):
        chosen = slice(start, min(start + sizes.batch, count))
        index = np.arange(chosen.start, chosen.stop)
        yield {
            "kind": "pay",
            "client": CLIENT,
            "keys": [f"pay-{first + number}" for number in index.tolist()],
            "at": BEGIN_US + 1 + index,
            "columns": {name: column[chosen] for name, column in columns.items()},
        }


@contextmanager
def asked_legs(group: Group) -> Iterator[list[int]]:
    """How many legs each batch asks of the ledger, while the block runs."""
    counts: list[int] = []
    post_records = group.ledger.post_records

    def counting(legs: NDArray[Any]) -> Any:
        counts.append(len(legs))
        return post_records(legs)

    vars(group.ledger)["post_records"] = counting
    try:
        yield counts
    finally:
        del vars(group.ledger)["post_records"]


def measure_payments(sizes: PaymentSizes, directory: Path) -> Figures:
    """One run of the payments bench. Saved balances and keys stand in the store before, as in a store long in use."""
    half = LedgerSizes(legs=max(1, sizes.bare_legs // 2), accounts=sizes.bare_accounts)
    bare, watch, saving = Stopwatch(), Stopwatch(), Stopwatch()
    post_alone(half, directory / "before.db", bare)
    accepted = 0
    store = directory / "payments.db"
    work = list(payments(sizes))
    with open_group(store) as group:
        prepare(group, sizes)
        group.save()
        before = group.ledger.leg_count
        with asked_legs(group) as asked, watch:
            for batch in work:
                accepted += group.execute_columns(**batch).counts()["accepted"]
        journaled = group.ledger.leg_count - before
        with saving:
            group.save()
    post_alone(half, directory / "after.db", bare)
    bare_legs_per_s = bare.rate(2 * half.legs)
    legs_per_s = watch.rate(sum(asked))
    return {
        "payments": sizes.payments,
        "wallets": sizes.wallets,
        "payments_per_s": watch.rate(sizes.payments),
        "legs_per_s": legs_per_s,
        "bare_legs_per_s": bare_legs_per_s,
        "ratio": round(legs_per_s / bare_legs_per_s, 3),
        "legs_per_payment": round(sum(asked) / sizes.payments, 2),
        "journaled_legs_per_payment": round(journaled / sizes.payments, 2),
        "accepted_share": round(accepted / sizes.payments, 4),
        "payments_per_cpu_s": watch.cpu_rate(sizes.payments),
        "legs_per_cpu_s": watch.cpu_rate(sum(asked)),
        "bare_legs_per_cpu_s": bare.cpu_rate(2 * half.legs),
        "save_s": round(saving.seconds, 3),
    }
