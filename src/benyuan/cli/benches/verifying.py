"""`bench verify`: the log behind the ledger and payments benches replayed, beside reading its journal into columns."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from benyuan.app import vault_of
from benyuan.cli.benches.ledger import LedgerSizes, batches, create_accounts, open_group
from benyuan.cli.benches.measuring import Figures, Stopwatch, in_child, peak_rss_mib
from benyuan.cli.benches.payments import PaymentSizes, payments, prepare
from benyuan.engine.codec import unpacked
from benyuan.engine.verify import Report, verify
from benyuan.ledger.layout import ROW
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES

TURNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifySizes:
    """The logs to replay: that of the ledger bench and that of the payments bench."""

    ledger: LedgerSizes = field(default_factory=LedgerSizes)
    payments: PaymentSizes = field(default_factory=PaymentSizes)

    def scaled(self, share: float) -> "VerifySizes":
        """Both scaled."""
        return replace(self, ledger=self.ledger.scaled(share), payments=self.payments.scaled(share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """What two replays and two readings took; `legs` and `commands` are those of both, `peak_rss` in MiB."""

    verifying: Stopwatch
    reading: Stopwatch
    legs: int
    commands: int
    peak_rss: int


def build_ledger(sizes: LedgerSizes, path: Path) -> None:
    """The log of the ledger bench."""
    with open_group(path) as group:
        create_accounts(group, sizes.accounts)
        for columns in batches(sizes):
            group.post(**columns)


def build_payments(sizes: PaymentSizes, path: Path) -> None:
    """The log of the payments bench."""
    with open_group(path) as group:
        prepare(group, sizes)
        for batch in payments(sizes):
            group.execute_columns(**batch)


def read(path: Path, watch: Stopwatch) -> None:
    """Read the whole journal into columns."""
    with watch:
        store = SqliteStore(path, read_only=True)
        for block in store.blocks():
            unpacked(block.rows, dtype=ROW, count=block.legs)
        store.close()


def verified(path: Path, watch: Stopwatch, *, redecide: bool) -> Report:
    """Verify a log."""
    with watch:
        store = SqliteStore(path, read_only=True)
        report = verify(store, vault=vault_of(f"sqlite:///{path}"), use_cases=USE_CASES, redecide=redecide)
        store.close()
    assert report.ok, f"{report.faults[:3]} {report.differences[:3]}"
    return report


def replay(path: Path, redecide: bool) -> Replay:
    """Verify a log and read it, twice each, in the process that calls.

    Whoever comes first pays for the memory that all use after: reading is first and last, verifying between.
    """
    verifying, reading = Stopwatch(), Stopwatch()
    read(path, reading)
    report = verified(path, verifying, redecide=redecide)
    verified(path, verifying, redecide=redecide)
    read(path, reading)
    return Replay(
        verifying=verifying,
        reading=reading,
        legs=TURNS * report.legs,
        commands=TURNS * report.commands,
        peak_rss=peak_rss_mib(),
    )


def measure_verify(sizes: VerifySizes, directory: Path) -> Figures:
    """One run of the verify bench; every replay in a process of its own, so that its memory is its own."""
    ledger, paid = directory / "ledger.db", directory / "payments.db"
    in_child(build_ledger, sizes.ledger, ledger)
    in_child(build_payments, sizes.payments, paid)
    fold = in_child(replay, ledger, False)
    folded = in_child(replay, paid, False)
    decided = in_child(replay, paid, True)
    return {
        "legs": fold.legs // TURNS,
        "legs_per_s": fold.verifying.rate(fold.legs),
        "read_legs_per_s": fold.reading.rate(fold.legs),
        "ratio": round(fold.reading.seconds / fold.verifying.seconds, 3),
        "legs_per_cpu_s": fold.verifying.cpu_rate(fold.legs),
        "peak_rss_mib": fold.peak_rss,
        "payments_legs": folded.legs // TURNS,
        "payments_fold_legs_per_s": folded.verifying.rate(folded.legs),
        "payments_ratio": round(folded.reading.seconds / folded.verifying.seconds, 3),
        "redecided_legs_per_s": decided.verifying.rate(decided.legs),
        "redecided_commands_per_s": decided.verifying.rate(decided.commands),
        "redecided_commands_per_cpu_s": decided.verifying.cpu_rate(decided.commands),
        "redecided_peak_rss_mib": decided.peak_rss,
    }
