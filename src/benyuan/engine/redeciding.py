"""Commands of the log decided again, each against the state that the log had left before it.

A block whose decision comes out the same in every respect leaves the same state, so it need not be folded besides.
Where it does not, the state is brought back, the block is decided command by command, each against what the log says
of those before it, and then folded as logged: one change so shows as its own differences and no others.
"""

import hashlib
from dataclasses import replace
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.events import FOLDS
from benyuan.decisions.outcomes import Invalid, Outcome
from benyuan.decisions.usecase import UseCase
from benyuan.engine.codec import thick, unpacked
from benyuan.engine.deciding import Decider, Result, Undecidable
from benyuan.engine.facts import FactLoader
from benyuan.engine.outcomes import as_created, outcome_of
from benyuan.engine.pages import Pages
from benyuan.engine.reading import OF_BEFORE, Opened, Reader
from benyuan.engine.regime import Regime
from benyuan.engine.store import Store, StoreDamaged
from benyuan.engine.unkept import Why, reasons_of, without_text
from benyuan.engine.vault import VaultLocked
from benyuan.ledger import Ledger
from benyuan.ledger.layout import LEG, ROW

MOVEMENTS = tuple(name for name in ROW.names or () if name != "ceiling")
FIGURES = ("limit", "used", "asked", "figures")


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A command that would now be decided otherwise: `was` and `now` are what is logged and what comes out."""

    position: int
    kind: str
    was: dict[str, Any]
    now: dict[str, Any]


class Redecider:
    """Decides the blocks of a log again, in order."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        loader: FactLoader,
        reader: Reader,
        use_cases: dict[str, UseCase],
        store: Store,
        pages: Pages,
        regime: Regime | None,
    ) -> None:
        self._ledger = ledger
        self._pages = pages
        self._reader = reader
        self._use_cases = use_cases
        self._store = store
        self._regime = regime
        self._regimes: dict[str, Regime] = {}
        self._decider = Decider(ledger=ledger, loader=loader, use_cases=use_cases, before_posting=self._remember)
        self._checkpoint = ledger.state.checkpoint(np.zeros(0, LEG))

    def decide(self, opened: Opened) -> tuple[list[Difference], int, bool]:
        """(differences, commands that can't be decided, whether the ledger has now taken the block)."""
        block = opened.block
        regime = self._regime_of(block.regime)
        use_case = self._use_cases.get(block.kind)
        if regime is None or use_case is None or not opened.is_of_today:
            return [], block.commands, False
        rows = unpacked(block.rows, dtype=ROW, count=block.legs)
        batch = self._whole(opened, use_case)
        if batch is None:
            return [], block.commands, False
        unkept = sum(why == Why.words for why in reasons_of(opened.body).values())
        self._remember(np.zeros(0, LEG))
        try:
            result = self._decider.decide(batch, regime=regime, faults=_faults(opened))
        except Undecidable:
            return self._one_by_one(opened, rows, regime), unkept, False
        except OF_BEFORE:
            self._ledger.state.go_back(self._checkpoint)
            self._reader.staged.clear()
            return [], block.commands, False
        if self._same(opened, result, rows):
            return [], unkept, True
        self._ledger.state.go_back(self._checkpoint)
        self._reader.staged.clear()
        if block.accounts or _adds_rows(opened):
            return _differences(opened, result, range(block.commands), 0), unkept, False
        return self._one_by_one(opened, rows, regime), unkept, False

    def _whole(self, opened: Opened, use_case: UseCase) -> Batch | None:
        """The batch as it was decided, with the records that were taken; None where some have been erased since."""
        batch = opened.batch()
        if use_case.reads_sealed:
            return None
        layout = use_case.command.brings
        if layout is None:
            return batch
        try:
            left = self._pages.of_parcel(layout, int(batch.position[0])).records
        except StoreDamaged:  # told by the comparison of the pages
            return None
        except VaultLocked:
            return None
        taken = int(opened.integers("results", "records")[0]) if "records" in opened.outcome["results"] else 0
        return replace(batch, parcel=left) if len(left) == taken else None

    def _one_by_one(self, opened: Opened, rows: NDArray[Any], regime: Regime) -> list[Difference]:
        """Each command against the logged outcome of those before it."""
        found: list[Difference] = []
        batch, faults = opened.batch(), _faults(opened)
        ends = np.searchsorted(_last_rows(rows, batch.position), np.arange(len(batch)), side="right")
        self._remember(np.zeros(0, LEG))
        whole = self._ledger.state.checkpoint(_as_legs(rows))
        start = 0
        for place in range(len(batch)):
            self._remember(np.zeros(0, LEG))
            one = {0: faults[place]} if place in faults else {}
            result = self._decider.decide(batch.part(place, place + 1), regime=regime, faults=one)
            found += _differences(opened, result, [place], place)
            self._ledger.state.go_back(self._checkpoint)
            self._reader.staged.clear()
            self._ledger.fold(rows[start : int(ends[place])])
            start = int(ends[place])
        self._ledger.state.go_back(whole)
        return found

    def _remember(self, legs: NDArray[Any]) -> None:
        self._checkpoint = self._ledger.state.checkpoint(legs)

    def _same(self, opened: Opened, result: Result, rows: NDArray[Any]) -> bool:
        block = opened.block
        posted = [staged for _, staged in self._reader.staged]
        journaled = np.concatenate(posted) if posted else np.zeros(0, ROW)
        made = self._ledger.state.accounts[block.first_account : self._ledger.account_count + 1]
        return (
            not result.turned_away
            and len(journaled) == len(rows)
            and all((journaled[name] == rows[name]).all() for name in MOVEMENTS)
            and len(made) == block.accounts
            and as_created(made).tobytes()
            == as_created(unpacked(block.made, dtype=made.dtype, count=block.accounts)).tobytes()
            and _plain(outcome_of(result)) == _plain(opened.outcome)
        )

    def _regime_of(self, digest: str) -> Regime | None:
        if self._regime is not None:
            return self._regime
        if digest not in self._regimes:
            canonical = self._store.regime(digest)
            if canonical is None or hashlib.sha256(canonical).hexdigest() != digest:
                return None  # told by `compare_regimes`
            self._regimes[digest] = Regime.from_canonical(canonical)
        return self._regimes[digest]


def _adds_rows(opened: Opened) -> bool:
    """Whether the block made new rows: their ids go on through it. A row that changes is no other command's of it."""
    kinds = [(each["kind"], each["version"]) for each in opened.outcome["events"]]
    return any(kind in FOLDS and FOLDS[kind].adds for kind in kinds)


def _plain(outcome: dict[str, Any]) -> Any:
    """An outcome without what names the rules that decided rather than what they said."""
    kept = {name: outcome[name] for name in ("status", "results", "events")}
    invalid = {place: without_text(msgspec.convert(item, Invalid)) for place, item in outcome["invalid"].items()}
    refusals = {place: _refusal(item) for place, item in outcome["refusals"].items()}
    return msgspec.json.decode(msgspec.json.encode({**kept, "invalid": invalid, "refusals": refusals}))


def _refusal(refusal: dict[str, Any]) -> dict[str, Any]:
    return {"rule": refusal["rule_id"], **{name: refusal[name] for name in FIGURES if refusal.get(name) is not None}}


def _faults(opened: Opened) -> dict[int, Any]:
    """The faults that were told already: they can't be found again, for what was wrong was not kept."""
    invalid = opened.outcome["invalid"]
    return {int(place): msgspec.convert(invalid[place], Invalid) for place in reasons_of(opened.body)}


def _differences(opened: Opened, result: Result, places: Any, offset: int) -> list[Difference]:
    found = []
    now = outcome_of(result)
    for place in places:
        before = _answer(opened.outcome, opened.block.commands, place)
        after = _answer(now, len(result.status), place - offset)
        if before["outcome"] == after["outcome"] == Outcome.accepted.name:  # results that came later are no difference
            after = {name: after[name] for name in after if name in before}
        if before != after:
            position = opened.block.first_position + place
            found.append(Difference(position=position, kind=opened.block.kind, was=before, now=after))
    return found


def _answer(outcome: dict[str, Any], count: int, place: int) -> dict[str, Any]:
    status = Outcome(thick(outcome["status"], count)[place])
    answer: dict[str, Any] = {"outcome": status.name}
    if status is Outcome.refused:
        answer |= _refusal(outcome["refusals"][str(place)])
    elif status is Outcome.invalid:
        answer["field"] = outcome["invalid"][str(place)]["field"]
    else:
        answer |= {name: thick(column, count)[place] for name, column in outcome["results"].items()}
    return answer


def _last_rows(rows: NDArray[Any], positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each row the place of the command that wrote it; expiries go with the command that came next."""
    mine = np.isin(rows["reference"], positions)
    place = np.where(mine, rows["reference"] - positions[0], np.iinfo(np.int64).max)
    return np.minimum.accumulate(place[::-1])[::-1].astype(np.int64)


def _as_legs(rows: NDArray[Any]) -> NDArray[Any]:
    legs = np.zeros(len(rows), LEG)
    for name in ("debit_account", "credit_account", "pending_id", "at"):
        legs[name] = rows[name]
    return legs
