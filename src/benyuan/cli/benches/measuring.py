"""What the benches share: seeded time, stopwatches, a process of its own for what needs one, medians and growth.

Worked growth: 2.0 µs a leg over 100,000 legs and 2.2 µs over 1,000,000 is a growth of 1.1.
"""

import multiprocessing
import os
import resource
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar

Figures: TypeAlias = dict[str, Any]
"""Figures of one run by name: rates in units a second, ratios, counts; lists and texts are left out of medians."""

SEED = 7
BEGIN_US = int(datetime(2026, 5, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
"""The time at which every bench's work begins: the morning of a working day, 2026-05-01 in China."""

MIB = 1 << 20
Answer = TypeVar("Answer")


class Sizes(Protocol):
    """The sizes of a bench, which can be scaled."""

    def scaled(self, share: float) -> "Sizes":
        """The sizes times `share`; batches stay as they are."""


Measure: TypeAlias = Callable[[Any, Path], Figures]
"""A bench: sizes and a fresh directory in, the figures of one run out."""


class Stopwatch:
    """Seconds gathered over any number of spans, by the clock and of this process's work: `with watch: ...`.

    Work (CPU time) leaves out what waits for the disk or for other processes on a busy machine.
    """

    def __init__(self) -> None:
        self.seconds = 0.0
        self.cpu_seconds = 0.0
        self._begun = (0.0, 0.0)

    def __enter__(self) -> "Stopwatch":
        self._begun = (time.perf_counter(), time.process_time())
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds += time.perf_counter() - self._begun[0]
        self.cpu_seconds += time.process_time() - self._begun[1]

    def rate(self, count: int) -> int:
        """So many units a second, by the clock."""
        return int(count / self.seconds) if self.seconds else 0

    def cpu_rate(self, count: int) -> int:
        """So many units a second of work."""
        return int(count / self.cpu_seconds) if self.cpu_seconds else 0


def share_of(count: int, share: float, *, step: int = 1) -> int:
    """`count` times `share`, at least one `step` and whole steps."""
    return max(1, round(count * share / step)) * step


def peak_rss_mib() -> int:
    """The most memory that this process has had resident, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 // MIB


def in_child(work: Callable[..., Answer], *arguments: Any) -> Answer:
    """Call in a fresh process, so that start-up and memory are those of the work alone."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as pool:
        return pool.submit(work, *arguments).result()


def in_killed_child(work: Callable[..., None], *arguments: Any) -> None:
    """Call in a fresh process that ends by `die`, as a machine that loses its power does."""
    try:
        in_child(work, *arguments)
    except BrokenProcessPool:
        return
    raise AssertionError("the process was to be killed, and ended by itself")


def die() -> None:
    """Kill this process on the spot: nothing is saved or closed."""
    os.kill(os.getpid(), signal.SIGKILL)


def evict(path: Path) -> None:
    """Ask the system to forget what it keeps of a file in memory, so that reading it reads the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


@contextmanager
def fresh_directory(base: Path | None) -> Iterator[Path]:
    """A directory on the disk of `base` (the system's temporary one by default), removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="benyuan-bench-", dir=base) as made:
        yield Path(made)


def median_runs(measure: Measure, sizes: Sequence[Any], *, base: Path | None, runs: int) -> list[Figures]:
    """For each of these sizes the figures of so many runs; the sizes take turns, so that a noisy hour burdens all."""
    found: list[list[Figures]] = [[] for _ in sizes]
    for _ in range(runs):
        for place, size in enumerate(sizes):
            with fresh_directory(base) as directory:
                found[place].append(measure(size, directory))
    return [medians(figures) for figures in found]


def medians(found: Sequence[Figures]) -> Figures:
    """The medians of several runs; `range` has the least and most of each figure that differs."""
    if len(found) == 1:
        return found[0]
    names = [name for name, value in found[0].items() if isinstance(value, int | float)]
    middle = {name: _like(found[0][name], statistics.median(run[name] for run in found)) for name in names}
    ends = {name: [min(run[name] for run in found), max(run[name] for run in found)] for name in names}
    varied = {name: pair for name, pair in ends.items() if pair[0] != pair[1]}
    return {**found[0], **middle, "runs": len(found), "range": varied}


def _like(first: float, value: float) -> float:
    return int(value) if isinstance(first, int) else value


def growth(scales: Sequence[tuple[float, Figures]], *, rate: str) -> list[dict[str, float]]:
    """For each scale the cost of a unit in microseconds, and how many times that of the first scale it is."""
    costs = [(scale, 1e6 / figures[rate]) for scale, figures in scales]
    return [
        {"scale": scale, "us_per_unit": round(cost, 3), "growth": round(cost / costs[0][1], 3)} for scale, cost in costs
    ]
