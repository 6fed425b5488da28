"""What became of the simulation's commands, counted as the answers come in."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.outcomes import Outcome
from benyuan.engine.answers import Answers
from benyuan.rules import Refusal


@dataclass(slots=True, kw_only=True)
class Refused:
    """Refusals under one rule: how many, and the first, with its log position."""

    first: Refusal
    first_position: int
    count: int = 0


@dataclass(slots=True)
class Tally:
    """Commands by kind and outcome, refusals by rule; the fees of payments, and what concessions saved merchants."""

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    refused: dict[str, Refused] = field(default_factory=dict)
    invalid: Counter[str] = field(default_factory=Counter)
    fees_fen: int = 0
    saved_fen: int = 0

    @property
    def commands(self) -> int:
        """All that were given."""
        return sum(counts.total() for counts in self.outcomes.values())

    def count(self, kind: str, outcome: Outcome) -> int:
        """How many commands of a kind ended so."""
        return self.outcomes.get(kind, Counter())[outcome.name]

    def add(self, kind: str, answers: Answers) -> None:
        """Count the answers to one call."""
        self.outcomes.setdefault(kind, Counter()).update(answers.counts())
        if kind == "pay":
            self.fees_fen += int(answers.results("fee_fen").sum())
            self.saved_fen += int(answers.results("saved_fen").sum())
        for place, refusal in answers.refusals.items():
            if refusal.rule_id not in self.refused:
                self.refused[refusal.rule_id] = Refused(first=refusal, first_position=int(answers.position[place]))
            self.refused[refusal.rule_id].count += 1
        for fault in answers.invalid.values():
            self.invalid[f"{kind}: {fault.text()}"] += 1


def accepted(answers: Answers) -> NDArray[np.bool_]:
    """Which commands were carried out."""
    done: NDArray[np.bool_] = answers.outcome == Outcome.accepted
    return done
