"""`bench gates`: what the gates of a payment and of a draw cost: with and without them, batch by batch in turns.

Without means that no yes or no is asked of the command: facts are loaded, limits are legs and the ledger holds them as
ever. So it is all gates that are measured, protection's among them, and what is loaded for a gate alone stays.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benyuan.cli.benches.drawing import DrawSizes, draws
from benyuan.cli.benches.ledger import open_group
from benyuan.cli.benches.lending import BenchLender
from benyuan.cli.benches.measuring import Figures, Stopwatch
from benyuan.cli.benches.payments import PaymentSizes, payments, prepare
from benyuan.engine.answers import Answers
from benyuan.usecases import USE_CASES


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSizes:
    """Payments and draws, half of each with the gates."""

    payments: PaymentSizes = field(default_factory=PaymentSizes)
    draws: DrawSizes = field(default_factory=DrawSizes)

    def scaled(self, share: float) -> "GateSizes":
        """Both scaled."""
        return replace(self, payments=self.payments.scaled(share), draws=self.draws.scaled(share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """The work of commands with the gates and without: microseconds of the processor each, and the gates' share."""

    gated_us: float
    bare_us: float

    @property
    def share(self) -> float:
        """Of the work of a command what its gates are, in which it may be below nought where it is noise."""
        return (self.gated_us - self.bare_us) / self.gated_us


@contextmanager
def without_gates(kind: str) -> Iterator[None]:
    """The use case asks no gate, while the block runs."""
    vars(USE_CASES[kind])["gates"] = ()
    try:
        yield
    finally:
        del vars(USE_CASES[kind])["gates"]


def in_turns(kind: str, give: Callable[[Any], Answers], batches: Sequence[Any]) -> Cost:
    """Batches given by turns with the gates and without; all are accepted but for what a limit stops."""
    gated, bare, counts = Stopwatch(), Stopwatch(), [0, 0]
    for number, batch in enumerate(batches):
        if number % 2:
            with without_gates(kind), bare:
                counts[1] += len(give(batch))
        else:
            with gated:
                counts[0] += len(give(batch))
    each = [watch.cpu_seconds / max(count, 1) * 1e6 for watch, count in zip((gated, bare), counts, strict=True)]
    return Cost(gated_us=each[0], bare_us=each[1])


def measure_gates(sizes: GateSizes, directory: Path) -> Figures:
    """One run of payments, then one of draws."""
    with open_group(directory / "payments.db") as group:
        prepare(group, sizes.payments)
        group.save()
        work = list(payments(sizes.payments))
        paid = in_turns("pay", lambda batch: group.execute_columns(**batch), work)
    bench = BenchLender(directory)
    bench.borrowers(sizes.draws.borrowers)
    bench.group.save()
    asked = list(draws(sizes.draws))
    drawn = in_turns("draw_purchase", lambda batch: bench.give("draw_purchase", **batch), asked)
    bench.group.close()
    return {
        "payments": sizes.payments.payments,
        "draws": sizes.draws.draws,
        "payment_us": round(paid.gated_us, 3),
        "payment_without_us": round(paid.bare_us, 3),
        "payment_gates_share": round(paid.share, 4),
        "draw_us": round(drawn.gated_us, 3),
        "draw_without_us": round(drawn.bare_us, 3),
        "draw_gates_share": round(drawn.share, 4),
    }
