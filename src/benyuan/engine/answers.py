"""Answers to many commands, made one by one only where somebody looks."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from benyuan.decisions.outcomes import Answer, Invalid, Outcome
from benyuan.decisions.parcels import TurnedAway
from benyuan.engine.codec import item_of
from benyuan.engine.reading import Opened
from benyuan.rules import Refusal


def answer_from_log(opened: Opened, position: int, *, repeated: bool) -> Answer:
    """The answer that the command at a log position had; without places of what was turned away, which are sealed."""
    place = position - opened.block.first_position
    outcome = Outcome(int(opened.status[place]))
    results = {}
    if outcome is Outcome.accepted:
        results = {name: item_of(column, place) for name, column in opened.outcome["results"].items()}
    refusal = opened.outcome["refusals"].get(str(place))
    invalid = opened.outcome["invalid"].get(str(place))
    return Answer(
        position=position,
        kind=opened.block.kind,
        outcome=outcome,
        at=int(opened.batch().at[place]),
        results=results,
        refusal=msgspec.convert(refusal, Refusal) if refusal else None,
        invalid=msgspec.convert(invalid, Invalid) if invalid else None,
        repeated=repeated,
        turned_away=msgspec.convert(opened.body.get("turned_away", []), list[TurnedAway]),
    )


def with_places(answer: Answer, places: Mapping[int, list[int]]) -> Answer:
    """The answer with the places of what was turned away, by reason."""
    told = [replace(each, places=places.get(reason, each.places)) for reason, each in enumerate(answer.turned_away)]
    return replace(answer, turned_away=told)


def as_sent(turned_away: Sequence[TurnedAway], lines: NDArray[np.int64] | None) -> list[TurnedAway]:
    """The records that were turned away by their places in what was sent, in order."""
    if lines is None:
        return list(turned_away)
    return [replace(each, places=sorted(lines[np.array(each.places, np.int64)].tolist())) for each in turned_away]


class Answers(Sequence[Answer]):
    """The answers to one call, in the order of its commands."""

    def __init__(self, count: int, kinds: Sequence[str]) -> None:
        self.kinds = kinds
        self.position: NDArray[np.int64] = np.zeros(count, np.int64)
        self.outcome: NDArray[np.int64] = np.full(count, int(Outcome.unlogged), np.int64)
        self.at: NDArray[np.int64] = np.zeros(count, np.int64)
        self.refusals: dict[int, Refusal] = {}
        self.invalid: dict[int, Invalid] = {}
        self.turned_away: dict[int, list[TurnedAway]] = {}
        self._results: list[tuple[NDArray[np.int64], dict[str, Any]]] = []
        self._repeated: dict[int, Answer] = {}

    def __len__(self) -> int:
        return len(self.position)

    def __iter__(self) -> Iterator[Answer]:
        return (self[place] for place in range(len(self)))

    def __getitem__(self, place: Any) -> Any:
        if isinstance(place, slice):
            return [self[item] for item in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        if not 0 <= place < len(self):
            raise IndexError(place)
        if place in self._repeated:
            return self._repeated[place]
        return Answer(
            position=int(self.position[place]),
            kind=self.kinds[place],
            outcome=Outcome(int(self.outcome[place])),
            at=int(self.at[place]),
            results=self._results_of(place),
            refusal=self.refusals.get(place),
            invalid=self.invalid.get(place),
            turned_away=self.turned_away.get(place, []),
        )

    def results(self, name: str) -> NDArray[np.int64]:
        """One result of all commands; 0 where a command has none."""
        column = np.zeros(len(self), np.int64)
        for places, results in self._results:
            if name in results:
                column[places] = results[name]
        for place, answer in self._repeated.items():
            column[place] = answer.results.get(name, 0)
        return column

    def counts(self) -> Counter[str]:
        """How many answers of each outcome."""
        values, counts = np.unique(self.outcome, return_counts=True)
        return Counter({Outcome(int(value)).name: int(count) for value, count in zip(values, counts, strict=True)})

    def fill(self, places: NDArray[np.int64], *, position: Any, status: Any, at: Any, results: dict[str, Any]) -> None:
        """Put in what became of the commands at these places."""
        self.position[places] = position
        self.outcome[places] = status
        self.at[places] = at
        self._results.append((places, results))

    def repeat(self, place: int, answer: Answer) -> None:
        """Put in an earlier answer."""
        self._repeated[place] = answer
        self.position[place] = answer.position
        self.outcome[place] = answer.outcome
        self.at[place] = answer.at
        if answer.refusal is not None:
            self.refusals[place] = answer.refusal
        if answer.invalid is not None:
            self.invalid[place] = answer.invalid

    def refuse_unlogged(self, place: int, invalid: Invalid) -> None:
        """A command that can't be logged."""
        self.invalid[place] = invalid

    def _results_of(self, place: int) -> dict[str, Any]:
        if self.outcome[place] != Outcome.accepted:
            return {}
        for places, results in self._results:
            found = int(np.searchsorted(places, place))
            if found < len(places) and places[found] == place:
                return {name: int(column[found]) for name, column in results.items()}
        return {}
