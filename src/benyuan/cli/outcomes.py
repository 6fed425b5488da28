"""What became of a file's commands: counted by rule, and by field for those that did not fit."""

import re
from collections.abc import Sequence
from typing import IO, Any

import msgspec

from benyuan.cli.inputs.rows import Run, Whose
from benyuan.decisions.outcomes import Answer, Invalid, Outcome
from benyuan.engine.answers import Answers
from benyuan.rules import Refusal

LINES_SHOWN = 5
_FIGURE = re.compile("[0-9]+")


class _Group(msgspec.Struct):
    first: Refusal | Invalid
    first_position: int
    lines: list[int]
    count: int = 0


class Outcomes:
    """Counts as answers come in."""

    def __init__(self, *, whose: Whose) -> None:
        self.whose = whose
        self.counts = dict.fromkeys((outcome.name for outcome in Outcome), 0)
        self.repeated = 0
        self._refused: dict[str, _Group] = {}
        self._invalid: dict[tuple[str, str], _Group] = {}

    @property
    def all_accepted(self) -> bool:
        """Whether every command was carried out."""
        return sum(self.counts.values()) == self.counts[Outcome.accepted.name]

    def add(self, run: Run, answers: Sequence[Answer], *, known_before: int) -> None:
        """Count the answers to a run; those at log positions up to `known_before` had been given before."""
        if isinstance(answers, Answers):
            refusals, invalid = answers.refusals, answers.invalid
            for name, count in answers.counts().items():
                self.counts[name] += count
            positions = answers.position
            self.repeated += int(((positions > 0) & (positions <= known_before)).sum())
        else:
            refusals = {place: answer.refusal for place, answer in enumerate(answers) if answer.refusal}
            invalid = {place: answer.invalid for place, answer in enumerate(answers) if answer.invalid}
            for answer in answers:
                self.counts[answer.outcome.name] += 1
                self.repeated += answer.repeated
        for place, refusal in refusals.items():
            self._note(self._refused, refusal.rule_id, refusal, answers, run, place)
        for place, fault in invalid.items():
            alike = (fault.field, _FIGURE.sub("", fault.constraint))
            self._note(self._invalid, alike, fault, answers, run, place)

    def _note(self, groups: Any, name: Any, item: Any, answers: Any, run: Run, place: int) -> None:
        group = groups.get(name)
        if group is None:
            position = int(answers.position[place]) if isinstance(answers, Answers) else answers[place].position
            group = groups[name] = _Group(first=item, first_position=position, lines=[])
        group.count += 1
        if len(group.lines) < LINES_SHOWN:
            group.lines.append(int(run.lines[place]))

    def write(self, file: IO[bytes], run: Run, answers: Sequence[Answer]) -> None:
        """Write every answer of a run as a JSON line."""
        for line, key, answer in zip(run.lines.tolist(), run.keys, answers, strict=True):
            told = msgspec.to_builtins(answer)
            told["outcome"] = answer.outcome.name
            file.write(msgspec.json.encode({"line": line, "key": key, **told}) + b"\n")

    def summary(self) -> dict[str, Any]:
        """All counts; most frequent first."""
        return {
            "client_of_keys": self.whose.of_keys,
            "client_of_numbers": self.whose.of_numbers,
            "commands": sum(self.counts.values()),
            "accepted": self.counts[Outcome.accepted.name],
            "refused": self.counts[Outcome.refused.name],
            "invalid": self.counts[Outcome.invalid.name] + self.counts[Outcome.unlogged.name],
            "repeated": self.repeated,
            "refused_by_rule": [_refused(group) for group in _most_first(self._refused)],
            "invalid_by_field": [_invalid(group) for group in _most_first(self._invalid)],
        }


def _most_first(groups: dict[Any, _Group]) -> list[_Group]:
    return sorted(groups.values(), key=lambda group: -group.count)


def _refused(group: _Group) -> dict[str, Any]:
    refusal = group.first
    assert isinstance(refusal, Refusal)
    return {**refusal_row(refusal), "count": group.count, "first_position": group.first_position, "lines": group.lines}


def refusal_row(refusal: Refusal) -> dict[str, Any]:
    """A rule as a refusal under it names it."""
    return {
        "rule_id": refusal.rule_id,
        "title_en": refusal.title_en,
        "title_zh": refusal.title_zh,
        "article": f"{refusal.document}{refusal.article or ''}{refusal.item or ''}",
        "status": str(refusal.status),
    }


def _invalid(group: _Group) -> dict[str, Any]:
    fault = group.first
    assert isinstance(fault, Invalid)
    return {
        "field": fault.field,
        "constraint": fault.constraint,
        "count": group.count,
        "lines": group.lines,
        "value": None if fault.value is None else str(fault.value),
    }
