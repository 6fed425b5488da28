"""`verify`: the log's hashes checked, everything folded again and compared row by row, everything decided again.

Folding asks whether what stands in the store is what the log says; deciding again asks whether these rules and this
release would have decided so. The first is a fault if not, the second a difference.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from benyuan.decisions.events import Event, in_layout_of_today
from benyuan.decisions.usecase import UseCase
from benyuan.engine.ahead import Ready, made_ready
from benyuan.engine.blocks import GENESIS
from benyuan.engine.codec import thick
from benyuan.engine.comparing import (
    compare_balances,
    compare_keys,
    compare_payload_positions,
    compare_payloads,
    compare_records,
    compare_regimes,
)
from benyuan.engine.erasing import left_of
from benyuan.engine.facts import FactLoader
from benyuan.engine.keys import KeyIndex
from benyuan.engine.marks import ExpectedMarks
from benyuan.engine.pages import TURNED_AWAY_PAGE, Pages
from benyuan.engine.payloads import Payloads
from benyuan.engine.reading import Opened, Reader
from benyuan.engine.records import Records
from benyuan.engine.redeciding import Difference, Redecider
from benyuan.engine.regime import Regime
from benyuan.engine.restoring import fold_block
from benyuan.engine.store import Store, StoreDamaged
from benyuan.engine.vault import SealBroken, Vault
from benyuan.ledger import Ledger

Progress = Callable[[int], None]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What `verify` found. `faults` name the first bad row of each part that does not hold; `head` proves the log.

    `undecidable`: commands whose facts, rules or texts are gone; they are folded and compared all the same.
    `unopened_payloads` could not be compared with what the log committed to, for the keys are not here.
    """

    ok: bool
    blocks: int
    commands: int
    legs: int
    head: str
    faults: list[str]
    differences: list[Difference]
    undecidable: int
    erased_payloads: int
    unopened_payloads: int


class Verification:
    """One run over a store's log."""

    def __init__(self, store: Store, *, vault: Vault, use_cases: dict[str, UseCase], regime: Regime | None) -> None:
        self._store = store
        self._payloads = Payloads(store=store, vault=vault, records=Records())
        self._reader = Reader(store)
        self._records = Records()
        self._ledger = Ledger(journal=self._reader)
        self._keys = KeyIndex(store, saved=False)
        self._pages = Pages(store=store, vault=vault)
        loader = FactLoader(records=self._records, reader=self._reader, ledger=self._ledger, pages=self._pages)
        self._redecider = Redecider(
            ledger=self._ledger,
            loader=loader,
            reader=self._reader,
            use_cases=use_cases,
            store=store,
            pages=self._pages,
            regime=regime,
        )
        self._page_commitments: dict[tuple[int, int], str] = {}
        self._marks = ExpectedMarks()
        self._saved: tuple[int, Mapping[int, bytes], bytes] | None = None
        self._committed = array("q")
        self.faults: list[str] = []
        self.differences: list[Difference] = []
        self.blocks = self.commands = self.legs = self.undecidable = self.erased = self.unopened = 0
        self._saved_position = 0
        self._saved_seen = False
        self._regimes: set[str] = set()
        self.head = GENESIS

    def run(self, *, redecide: bool, progress: Progress | None) -> Report:
        """Go through the log, then compare what it left with what is stored."""
        try:
            self._saved = self._store.saved_balances()
        except StoreDamaged as error:
            self.faults.append(str(error))
        if self._walk(redecide=redecide, progress=progress):
            for compare in self._comparisons():
                try:
                    self.faults += compare()
                except StoreDamaged as error:
                    self.faults.append(str(error))
        return Report(
            ok=not self.faults and not self.differences,
            blocks=self.blocks,
            commands=self.commands,
            legs=self.legs,
            head=self.head.hex(),
            faults=self.faults,
            differences=self.differences,
            undecidable=self.undecidable,
            erased_payloads=self.erased,
            unopened_payloads=self.unopened,
        )

    def _comparisons(self) -> Iterator[Callable[[], list[str]]]:
        """Of each part of the store what the log left; a part that can't be read is a fault, and the next is read."""
        store = self._store
        yield lambda: compare_regimes(self._regimes, store)
        yield self._compare_saved
        yield lambda: compare_records(self._records, store)
        yield lambda: compare_keys(self._keys, store, up_to=self._saved_position)
        yield lambda: compare_payload_positions(self._committed, store)
        yield lambda: self._marks.compare(store) if not self.unopened else []
        yield self._compare_pages

    def _compare_saved(self) -> list[str]:
        if self._saved is None or self._saved_seen:
            return []
        return [f"table balance_rest: it is of block {self._saved[0]}, which is not in the log"]

    def _compare_pages(self) -> list[str]:
        """Every page is what the log committed to last."""
        try:
            faults, unopened = self._pages.check(self._page_commitments)
        except SealBroken as error:
            return [f"table page: {error}"]
        self.unopened += unopened
        return faults

    def _walk(self, *, redecide: bool, progress: Progress | None) -> bool:
        try:
            for ready in self._chained(redecide=redecide):
                self._take(ready, redecide=redecide)
                if progress is not None:
                    progress(ready.block.commands)
        except (StoreDamaged, ValueError, KeyError, AssertionError) as error:
            self.faults.append(f"block {self.blocks + 1}: {error}")
            return False
        return True

    def _chained(self, *, redecide: bool) -> Iterator[Ready]:
        """The blocks, each checked against its own hash, the one before, and the count of all before it."""
        for ready in made_ready(self._store.blocks(), legs_of_commands=not redecide):
            block = ready.block
            if not self._hangs_together(ready):
                what = (
                    f"block {block.seq} (commands {block.first_position} to "
                    f"{block.first_position + block.commands - 1}, legs {block.first_leg} to "
                    f"{block.first_leg + block.legs - 1}) is not what was written: its hash does not fit"
                )
                raise StoreDamaged(what)
            yield ready

    def _hangs_together(self, ready: Ready) -> bool:
        block = ready.block
        return (
            block.seq == self.blocks + 1
            and block.previous == self.head
            and ready.fits
            and block.first_position == self.commands + 1
            and block.first_leg == self.legs + 1
        )

    def _take(self, ready: Ready, *, redecide: bool) -> None:
        block = ready.block
        self._regimes.add(block.regime)
        if block.commands:
            self._take_commands(ready, redecide=redecide)
        else:
            fold_block(self._ledger, block, ready.legs)
        self._ledger.state.last_at = block.last_at
        self._reader.staged.clear()
        self.blocks += 1
        self.commands += block.commands
        self.legs += block.legs
        self.head = block.hash
        if self._saved is not None and block.seq == self._saved[0]:
            self.faults += compare_balances(self._ledger.state, self._saved)
            self._saved_position = self.commands
            self._saved_seen = True

    def _take_commands(self, ready: Ready, *, redecide: bool) -> None:
        opened = Opened(ready.block)
        self._keys.read(opened)
        first = ready.block.first_position
        self._committed.extend(sorted(first + int(place) for place in opened.body["commitments"]))
        check = compare_payloads(opened, self._payloads)
        self._marks.add(check.marks, unread=check.unread)
        self.faults += check.faults
        self.erased += check.erased
        self.unopened += check.unopened
        self._note_pages(opened)
        folded = False
        if redecide:
            found, undecidable, folded = self._redecider.decide(opened)
            self.differences += found
            self.undecidable += undecidable
        if not folded:
            fold_block(self._ledger, ready.block, ready.legs)
        for logged in opened.outcome["events"]:
            event = _event(logged)
            self._records.fold(event)
            self.faults += filter(None, (left_of(event, self._store),))

    def _note_pages(self, opened: Opened) -> None:
        position = opened.block.first_position
        for page, committed in enumerate(opened.body.get("pages", ())):
            self._page_commitments[position, page] = committed
        if "turned_away_page" in opened.body:
            self._page_commitments[position, TURNED_AWAY_PAGE] = opened.body["turned_away_page"]
        for parcel, page, committed in opened.body.get("rewritten", ()):
            if committed:
                self._page_commitments[parcel, page] = committed
            else:
                self._page_commitments.pop((parcel, page), None)


def _event(logged: dict[str, Any]) -> Event:
    columns = {name: thick(column, logged["rows"]) for name, column in logged["columns"].items()}
    return in_layout_of_today(Event(kind=logged["kind"], version=logged["version"], columns=columns))


def verify(
    store: Store,
    *,
    vault: Vault,
    use_cases: dict[str, UseCase],
    regime: Regime | None = None,
    redecide: bool = True,
    progress: Progress | None = None,
) -> Report:
    """Check a store against its own log.

    `regime`: decide again under these rules instead of those that decided (differences are then to be expected).
    `progress` is told how many commands each step took. Nothing is written. Errors: StoreUnavailable.
    """
    with store.moment():
        return Verification(store, vault=vault, use_cases=use_cases, regime=regime).run(
            redecide=redecide, progress=progress
        )


__all__ = ["Difference", "Report", "verify"]
