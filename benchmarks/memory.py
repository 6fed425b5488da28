"""What an account, a hold and a customer take in memory: `python benchmarks/memory.py [ACCOUNTS]`.

Each figure comes from a process of its own: resident memory after less before, and what the arrays themselves hold.
"""

import gc
import sys
from pathlib import Path

import numpy as np

from benyuan.cli.benches.ledger import open_group
from benyuan.cli.benches.measuring import fresh_directory, in_child, peak_rss_mib
from benyuan.cli.benches.payments import PaymentSizes, prepare
from benyuan.ledger import Ledger, LegFlag

BATCH = 100_000
PAGE_BYTES = 4096


def resident() -> int:
    """Bytes of this process in memory now."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES


def warm() -> Ledger:
    ledger = Ledger()
    ledger.create_accounts(book=1, unit=1, code=[1, 1])
    ledger.post(debit_account=1, credit_account=2, amount=1, code=1, at=0)
    return ledger


def accounts(count: int) -> dict[str, float]:
    ledger = warm()
    before = resident()
    for start in range(0, count, BATCH):
        ledger.create_accounts(book=1, unit=1, code=np.ones(min(BATCH, count - start), np.int64))
    state = ledger.state
    return {
        "resident bytes an account": (resident() - before) / count,
        "array bytes an account, with room to grow": state.accounts.nbytes / ledger.account_count,
        "places of the array in use": ledger.account_count / len(state.accounts),
        "dirty map, bytes in all": state.dirty.nbytes,
        "peak of the process, MiB": peak_rss_mib(),
    }


def holds(count: int) -> dict[str, float]:
    ledger = warm()
    before = resident()
    for start in range(0, count, BATCH):
        part = np.ones(min(BATCH, count - start), np.int64)
        ledger.post(debit_account=1, credit_account=2, amount=part, code=1, at=0, flags=LegFlag.pending, timeout_s=9)
        vars(ledger.journal)["_blocks"].clear()
        vars(ledger.journal)["_firsts"].clear()
    state = ledger.state
    return {
        "resident bytes an open hold": (resident() - before) / count,
        "array bytes an open hold, its expiry too": (state.holds.nbytes + state.expiries.nbytes) / count,
    }


def customers(count: int) -> dict[str, float]:
    """A person with a bank account and a Class II wallet; their ledger accounts among it."""
    with fresh_directory(None) as directory, open_group(directory / "group.db") as group:
        prepare(group, PaymentSizes(wallets=100, merchants=10))
    with fresh_directory(None) as directory, open_group(directory / "group.db") as group:
        before = resident()
        prepare(group, PaymentSizes(wallets=count, merchants=1))
        group.save()
        group.reader.forget()
        each = group.ledger.account_count / count
        return {"ledger accounts a customer": each, "resident bytes a customer": (resident() - before) / count}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    for work, size in ((accounts, count), (holds, count), (customers, max(1, count // 20))):
        for name, value in in_child(work, size).items():
            print(f"{size:>10,}  {name}: {value:,.2f}")


if __name__ == "__main__":
    main()
