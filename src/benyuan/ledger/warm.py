"""Compile the kernel once, so that nobody waits for it later: `python -m benyuan.ledger.warm`."""

import time

from benyuan.ledger import Ledger


def main() -> None:
    """Compile, or find it compiled, and say how long that took, from the process's start: importing compiles."""
    ledger = Ledger()
    ledger.create_accounts(book=1, unit=1, code=[1, 2])
    ledger.post(debit_account=1, credit_account=2, amount=1, code=1, at=0)
    print(f"kernel ready: {time.process_time():.1f} s of processor time")


if __name__ == "__main__":
    main()
