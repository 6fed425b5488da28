"""The commands of a plan carried out: all of them in one commit, or none.

Each has the id of its statement as its key, so that a statement is taken once, in whatever file it comes again. Worked
number: a file of two bodies and a stake of 101 of 100 is refused at its third line, and no body is registered.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from benyuan.assurance.group.bods.planning import Plan
from benyuan.assurance.group.bods.reading import Fault
from benyuan.assurance.group.bods.steps import Step
from benyuan.decisions.commands import REGISTRY, Request
from benyuan.decisions.outcomes import Answer
from benyuan.engine.answers import Answers
from benyuan.engine.group import Group
from benyuan.parties.bodies.records import BODY_IDENTITY
from benyuan.values.dates import local_day

CLIENT = "bods"
Take = Callable[[Sequence[Request]], Answers]


class NotTaken(Exception):
    """Raised where a command was not accepted, so that nothing of the file is kept."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


@dataclass(slots=True)
class Taken:
    """By record the number of its body; how many commands were done now, and how many had been before."""

    bodies: dict[str, int] = field(default_factory=dict)
    known: int = 0
    done: int = 0
    repeated: int = 0


def take_in(group: Group, plan: Plan, *, known: Mapping[str, int]) -> Taken:
    """Do all of it in one commit. Errors: NotTaken, VaultLocked; nothing is kept then."""
    taken = Taken(bodies=dict(known))
    there = _there_already(group, plan.bodies)
    taken.bodies |= there
    taken.known = len(there)

    def work(take: Take) -> None:
        new = [step for step in plan.bodies if step.record not in there]
        for step, answer in zip(new, _done(take, new, taken), strict=True):
            taken.bodies[step.record] = int(answer.results["body"])
        _done(take, plan.facts, taken)

    if plan.bodies or plan.facts:
        group.execute_whole(work)
    return taken


def _there_already(group: Group, bodies: Sequence[Step]) -> dict[str, int]:
    """The numbers of those that are registered, found by code or document."""
    texts: dict[str, str] = {}
    for step in bodies:
        command = REGISTRY[step.kind]
        personal = command.normal({name: step.fields[name] for name in command.personal})
        text = command.identity(personal, step.fields, local_day(group.last_at) if group.last_at else 0).text
        if text:
            texts[step.record] = text
    if not texts or not group.last_at:
        return {}
    identities = group.payloads.identities_known(list(texts.values()))
    found: Any = group.records.look_up(BODY_IDENTITY, identities, on=0)
    numbers = np.where((identities != 0) & (found["found"] != 0), found["body"], 0).tolist()
    return {record: number for record, number in zip(texts, numbers, strict=True) if number}


def _done(take: Take, steps: Sequence[Step], taken: Taken) -> list[Answer]:
    """The answers, all of them accepted. Errors: NotTaken."""
    answers = list(take([_request(step, taken.bodies) for step in steps])) if steps else []
    faults = [_fault(step, answer) for step, answer in zip(steps, answers, strict=True) if not answer.accepted]
    if faults:
        raise NotTaken(faults)
    repeated = sum(answer.repeated for answer in answers)
    taken.repeated += repeated
    taken.done += len(answers) - repeated
    return answers


def _request(step: Step, bodies: Mapping[str, int]) -> Request:
    numbers = {name: bodies[record] for name, record in step.bodies.items()}
    return Request(client=CLIENT, key=step.key, command=REGISTRY[step.kind](**step.fields, **numbers))


def _fault(step: Step, answer: Answer) -> Fault:
    if answer.invalid is not None:
        said = answer.invalid
        return Fault(
            line=step.line, field=f"{step.kind}.{said.field}", value=str(said.value), constraint=said.constraint
        )
    assert answer.refusal is not None
    return Fault(line=step.line, field=step.kind, value="", constraint=f"what {answer.refusal.rule_id} allows")
