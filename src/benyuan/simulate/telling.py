"""A story that a simulation tells: commands one by one at fixed times, and a line for each thing to see."""

from dataclasses import dataclass, field
from typing import Any

from benyuan.decisions.outcomes import Answer, Invalid
from benyuan.rules import Refusal
from benyuan.simulate.bureau.world import MovingClock
from benyuan.simulate.run import Session
from benyuan.simulate.tickets import at_us

HOUR, MINUTE = 3_600, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One line: `at` in microseconds since 1970 UTC, `position` in the log; neither fault where it was done."""

    chapter: int
    at: int
    what: str
    kind: str
    position: int
    refusal: Refusal | None
    invalid: Invalid | None


@dataclass(slots=True, kw_only=True)
class Telling:
    """Gives commands, and keeps those that are told. `notes`: numbers that later steps need, by name."""

    session: Session
    clock: MovingClock
    chapter: int = 0
    told: list[Told] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)

    def ask(self, kind: str, day: int, time: str, what: str = "", **fields: Any) -> Answer:
        """One command at a time of a day in China, such as 21:59:59; told where there is something to say."""
        self.clock.at = at_us(day, _second(time))
        answers = self.session.give(kind, self.clock.at, **{name: [value] for name, value in fields.items()})
        answer: Answer = answers[0]
        if what:
            line = Told(
                chapter=self.chapter,
                at=self.clock.at,
                what=what,
                kind=kind,
                position=answer.position,
                refusal=answer.refusal,
                invalid=answer.invalid,
            )
            self.told.append(line)
        return answer

    def do(self, kind: str, day: int, time: str, what: str = "", **fields: Any) -> dict[str, int]:
        """One that must be accepted: what is refused here is a defect. Its results and place in the log."""
        answer = self.ask(kind, day, time, what, **fields)
        assert answer.accepted, (kind, fields, answer.refusal, answer.invalid)
        return {**answer.results, "position": answer.position}

    def refused(self, rule: str, kind: str, day: int, time: str, what: str, **fields: Any) -> int:
        """One that this rule must refuse; its place in the log."""
        answer = self.ask(kind, day, time, what, **fields)
        assert answer.refusal is not None, (kind, fields, answer.results, answer.invalid)
        assert answer.refusal.rule_id == rule, answer.refusal.text()
        return answer.position

    def senseless(self, field: str, kind: str, day: int, time: str, what: str, **fields: Any) -> int:
        """One that makes no sense in this field; its place in the log."""
        answer = self.ask(kind, day, time, what, **fields)
        assert answer.invalid is not None, (kind, fields, answer.results, answer.refusal)
        assert answer.invalid.field == field, answer.invalid.text()
        return answer.position


def _second(time: str) -> int:
    hour, minute, *second = (int(part) for part in time.split(":"))
    return hour * HOUR + minute * MINUTE + sum(second)
