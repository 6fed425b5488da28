"""Where the time of the ledger, payments and verify benches goes, in percent: `python benchmarks/where_time_goes.py`.

A timer interrupts every half millisecond; the time since the last interrupt is given to the line that stands, or the
innermost line on the stack that says what it is doing. No call is slowed, as it would be under cProfile. With `work` as
second argument only the processor's time counts: on a busy machine waiting would hide it.
"""

import linecache
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from benyuan.app import PREFIX, vault_of
from benyuan.cli.benches.ledger import LedgerSizes, batches, create_accounts, open_group
from benyuan.cli.benches.measuring import fresh_directory
from benyuan.cli.benches.payments import PaymentSizes, payments, prepare
from benyuan.engine.verify import verify
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES

INTERVAL_S = 0.0005

# (file ends with, function or None, text of the line or None): what it is. Innermost frame first, first match wins.
KINDS: tuple[tuple[str, str | None, str | None, str], ...] = (
    ("ledger/ledger.py", None, "post_legs(", "kernel: the compiled loop"),
    ("ledger/ledger.py", None, "fold_rows(", "kernel: the compiled loop"),
    ("engine/codec.py", "unpacked", None, "unpack: LZ4 to records"),
    ("engine/codec.py", "decoded", None, "log: JSON read"),
    ("engine/codec.py", "packed", "pa.compress", "compress: LZ4"),
    ("engine/codec.py", "packed", None, "pack: records to columns"),
    ("engine/blocks.py", "digest", None, "hash: SHA-256 of the block"),
    ("storage/sqlite.py", "commit", None, "sqlite: commit, fsync among it"),
    ("storage/sqlite.py", None, None, "sqlite: statements"),
    ("engine/codec.py", "encoded", None, "log: JSON of commands and outcomes"),
    ("engine/codec.py", None, None, "log: columns made thin"),
    ("engine/keys.py", None, None, "keys: hashes and look-up"),
    ("ledger/columns.py", None, None, "columns: legs checked and made records"),
    ("values/dates.py", None, None, "columns: legs checked and made records"),
    ("ledger/state.py", None, None, "state: dirty pages, room, holds"),
    ("ledger/ledger.py", None, None, "ledger: workspace and answers"),
    ("decisions/proposals.py", None, None, "decide: building legs"),
    ("decisions/checking.py", None, None, "intake: checking columns"),
    ("engine/intake.py", None, None, "intake: checking columns"),
    ("decisions/batches.py", None, None, "decide: reading columns"),
    ("engine/facts.py", None, None, "facts"),
    ("engine/records.py", None, None, "facts"),
    ("decisions/facts.py", None, None, "facts"),
    ("engine/outcomes.py", None, None, "log: outcome"),
    ("engine/answers.py", None, None, "answers"),
    ("payments/", None, None, "decide: limits and gates"),
    ("rules/", None, None, "decide: limits and gates"),
    ("usecases/", None, None, "decide: limits and gates"),
    ("engine/deciding.py", None, None, "decide: limits and gates"),
    ("engine/group.py", None, None, "group: the rest"),
    ("engine/comparing.py", None, None, "verify: comparing with what is stored"),
    ("engine/reading.py", None, None, "verify: reading blocks"),
    ("engine/redeciding.py", None, None, "verify: comparing decisions"),
    ("engine/verify.py", None, None, "verify: the rest"),
)


def kind_of(frame: FrameType) -> str | None:
    name = frame.f_code.co_filename
    for end, function, text, kind in KINDS:
        there = f"benyuan/{end}" in name if end.endswith("/") else name.endswith(f"benyuan/{end}")
        if not there or (function and frame.f_code.co_name != function):
            continue
        if text is None or text in linecache.getline(name, frame.f_lineno):
            return kind
    return None


class Sampler:
    """Times by kind, and by line, while the block runs."""

    def __init__(self) -> None:
        self.kinds: defaultdict[str, float] = defaultdict(float)
        self.lines: defaultdict[str, float] = defaultdict(float)
        self._last = 0.0
        self._clock = time.process_time if "work" in sys.argv[2:] else time.perf_counter

    def _sample(self, _number: int, frame: FrameType | None) -> None:
        now = self._clock()
        passed, self._last = now - self._last, now
        kind = None
        while frame is not None and kind is None:
            kind = kind_of(frame)
            if kind:
                file = Path(frame.f_code.co_filename).name
                self.lines[f"{file}:{frame.f_lineno} {frame.f_code.co_name}"] += passed
            frame = frame.f_back
        self.kinds[kind or "the bench itself"] += passed

    def __enter__(self) -> "Sampler":
        self._last = self._clock()
        signal.signal(signal.SIGALRM, self._sample)
        signal.setitimer(signal.ITIMER_REAL, INTERVAL_S, INTERVAL_S)
        return self

    def __exit__(self, *_: object) -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)


def largest(times: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(times.items(), key=lambda item: -item[1])


def report(name: str, count: int, work: Callable[[], Any]) -> None:
    begun = time.perf_counter()
    with Sampler() as sampler:
        work()
    seconds = time.perf_counter() - begun
    print(f"\n{name}: {count:,} in {seconds:.2f} s, {count / seconds:,.0f} a second\n\n| % | where |\n|---|---|")
    total = sum(sampler.kinds.values())
    for kind, passed in largest(sampler.kinds):
        if passed > total / 200:
            print(f"| {100 * passed / total:.1f} | {kind} |")
    print("\nlines:")
    for line, passed in largest(sampler.lines)[:25]:
        print(f"{100 * passed / total:5.1f} {line}")


def report_legs(sizes: LedgerSizes, path: Path) -> None:
    with open_group(path) as group:
        create_accounts(group, sizes.accounts)
        columns = list(batches(sizes))
        name = "legs, half holds and half posts" if sizes.pending else "legs"
        report(name, sizes.legs, lambda: [group.post(**batch) for batch in columns])


def main() -> None:
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    with fresh_directory(None) as directory:
        for pending in (False, True):
            report_legs(LedgerSizes(pending=pending).scaled(share), directory / f"ledger-{pending}.db")
        sizes = PaymentSizes().scaled(share)
        with open_group(directory / "payments.db") as group:
            prepare(group, sizes)
            group.save()
            work = list(payments(sizes))
            report("payments", sizes.payments, lambda: [group.execute_columns(**batch) for batch in work])
        for redecide in (False, True):
            store = SqliteStore(directory / "payments.db", read_only=True)
            name = "payments verified, decided again" if redecide else "payments verified, folded only"
            vault = vault_of(f"{PREFIX}{directory / 'payments.db'}")
            report(name, sizes.payments, partial(verify, store, vault=vault, use_cases=USE_CASES, redecide=redecide))
            store.close()


if __name__ == "__main__":
    main()
