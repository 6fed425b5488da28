"""A walk at random through a town, from day to day: each answer is one that a plain model allows."""

import datetime as dt
from collections import Counter
from random import Random
from typing import Any

from benyuan.decisions.outcomes import Answer, Outcome
from tests.unit.protection.claiming import Claims, claims_in_town


def number_of(day: dt.date | None) -> int:
    """As yyyymmdd, 0 for none."""
    return day.year * 10_000 + day.month * 100 + day.day if day else 0


class Walk:
    """The town, the day, and what was seen: refusals by rule, other outcomes by kind of command."""

    def __init__(self, dice: Random, *, first: dt.date, invalid: str) -> None:
        self.dice, self.on, self._invalid = dice, first, invalid
        self.town: Claims = claims_in_town()
        self.seen: Counter[str] = Counter()

    def some(self, chance: float) -> bool:
        """Yes, so often."""
        return self.dice.random() < chance

    def ask(self, kind: str, broken: frozenset[str] | set[str], **fields: Any) -> Answer:
        """One command of today; `broken`: the rules that the model finds broken, none where it must be accepted."""
        answer: Answer = self.town.ask(kind, on=number_of(self.on), **fields)
        fault = answer.refusal or answer.invalid
        told = (kind, fields, self.on, fault.text() if fault else "", broken)
        if answer.outcome is Outcome.accepted:
            assert not broken, told
        else:
            assert (answer.refusal.rule_id if answer.refusal else self._invalid) in broken, told
        self.seen[answer.refusal.rule_id if answer.refusal else f"{kind} {answer.outcome.name}"] += 1
        return answer
