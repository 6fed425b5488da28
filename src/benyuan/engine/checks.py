"""Maker and checker, held in one place for all kinds of command: in the decider, before the command's own gates.

Source: house rule gov.house.checks. Which kinds are sensitive is data; at which entity a command is checked its fields
say (`usecases.checks.whose`). What was checked is known again by a keyed number of the whole command, personal fields
and records included, so one fen more is another command. Worked: a write-off of loan 7 that was proposed and passed is
accepted once; sent again under another key it is refused: the proposal is used.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Facts, Table
from benyuan.decisions.usecase import Case, Gate
from benyuan.engine.codec import decoded, encoded
from benyuan.engine.intake import Incoming, of_columns
from benyuan.engine.records import Records
from benyuan.engine.ways import entities
from benyuan.governance.checks.records import CHECK_USED, CHECKS_REQUIRED
from benyuan.governance.checks.standing import CHECKED, areas_on, covering, is_ever_listed, requiring
from benyuan.governance.checks.words import SORT_NUMBER, EntitySort, Standing
from benyuan.rules import Refusal, RulePack
from benyuan.usecases.checks.whose import WHOSE

BODY_NUMBER = "body_number"
"""The column in which the log keeps the number of a whole command."""
PROPOSING = "propose_command"
NEEDED, SORT, ENTITY, PROPOSAL, STANDING = (
    f"check_{name}" for name in ("needed", "sort", "entity", "proposal", "standing")
)
SORTS = {number: word for word, number in SORT_NUMBER.items()}


class Numbering(Protocol):
    """Gives texts keyed numbers."""

    def handles(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """A number for each text."""


def numbered(run: Incoming, *, records: Records, numbering: Numbering, rules: RulePack) -> Incoming:
    """A run with the numbers of what its commands ask, where they may be needed; otherwise as it is.

    Errors: VaultLocked.
    """
    kind, count = run.batch.kind, len(run.places)
    if kind == PROPOSING:
        texts = [_proposed(run, place) for place in range(count)]
    elif records.tables[CHECKS_REQUIRED.name].count and is_ever_listed(rules, kind):
        texts = [_text_of(run, place) for place in range(count)]
    else:
        return run
    numbers = np.where([text != "" for text in texts], numbering.handles(texts), 0)
    return run.with_columns({BODY_NUMBER: numbers.astype(np.int64)})


def _text_of(run: Incoming, place: int) -> str:
    """A command as a whole, in one form."""
    fields = {**run.batch.row(place), **run.payloads.get(place, {})}
    return str(encoded({"kind": run.batch.kind, "fields": fields}).decode())


def _proposed(run: Incoming, place: int) -> str:
    """The command that is proposed, in the form in which it will be compared; nothing where it is none."""
    kind = run.batch.values("command")[place]
    if kind not in REGISTRY or place in run.faults:
        return ""
    try:
        fields = decoded(run.payloads.get(place, {}).get("body", "").encode())
    except (ValueError, RecursionError):
        return ""
    if not isinstance(fields, dict):
        return ""
    made = of_columns(
        kind=kind,
        clients=["maker"],
        keys=["proposal"],
        at=None,
        columns={str(name): [value] for name, value in fields.items()},
    )
    return "" if made.faults else _text_of(made, 0)


class CheckGate:
    """Looks up for each command of a batch whether it needs a checker, and who checked it."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def with_facts(self, batch: Batch, facts: Facts, rules: RulePack) -> Facts:
        """The facts, and where any command needs a checker those of the check."""
        if not self._records.tables[CHECKS_REQUIRED.name].count or batch.kind not in areas_on(rules, batch.on):
            return facts
        requires = requiring(self._column, batch.on)
        if not requires:
            return facts
        sort, entity = entities(WHOSE.get(batch.kind, ()), batch, records=self._records, on=batch.on)
        whole = np.full(len(batch), not WHOSE.get(batch.kind))
        pairs = list(zip(sort.tolist(), entity.tolist(), strict=True))
        needed = whole | np.array([pair in requires for pair in pairs], np.bool_)
        if not needed.any():
            return facts
        found = [
            self._covering(batch, place, requires if whole[place] else {pairs[place]}) if needed[place] else (0, 0)
            for place in range(len(batch))
        ]
        columns: dict[str, Any] = {NEEDED: needed, SORT: sort, ENTITY: entity}
        columns |= {PROPOSAL: [each[0] for each in found], STANDING: [int(each[1]) for each in found]}
        made = {name: np.asarray(column, np.int64) for name, column in columns.items()}
        return replace(facts, columns={**facts.columns, **made})

    def _covering(self, batch: Batch, place: int, at: set[tuple[int, int]]) -> tuple[int, int]:
        body = int(batch.integers(BODY_NUMBER)[place]) if BODY_NUMBER in batch.columns else 0
        return covering(self._column, self._all_with, kind=batch.kind, body=body, at=at, on=batch.on)

    def _column(self, table: Table, name: str) -> NDArray[np.int64]:
        return self._records.tables[table.name].column(name)

    def _all_with(self, table: Table, name: str, value: int) -> NDArray[np.int64]:
        return self._records.tables[table.name].all_with(name, value)


def share_a_proposal(facts: Facts) -> bool:
    """Whether two commands of a batch would use the same proposal, and so must be decided one after the other."""
    if PROPOSAL not in facts.columns:
        return False
    named = facts[PROPOSAL][facts[PROPOSAL] != 0]
    return len(np.unique(named)) < len(named)


def refused_unchecked(batch: Batch, facts: Facts, rules: RulePack) -> dict[int, Refusal]:
    """The refusals of commands that nobody has checked, by place."""
    if NEEDED not in facts.columns:
        return {}
    stopped = np.flatnonzero((facts[NEEDED] != 0) & (facts[STANDING] != int(Standing.checked))).tolist()
    return {
        place: rules.refusal(id=CHECKED, on=batch.on, **_figures(facts, batch.kind, place, on=batch.on, rules=rules))
        for place in stopped
    }


def _figures(facts: Facts, kind: str, place: int, *, on: int, rules: RulePack) -> dict[str, Any]:
    sort = int(facts[SORT][place])
    of = f"{EntitySort(SORTS[sort]).value} {int(facts[ENTITY][place])}" if sort else "installation"
    told = {"proposal": int(facts[PROPOSAL][place]), "standing": Standing(int(facts[STANDING][place])).name}
    return {"entity": of, "area": areas_on(rules, on)[kind].value, **told}


def check_gate(case: Case) -> tuple[Gate, ...]:
    """The gate as `why` shows it; nothing for a command that met none."""
    if NEEDED not in case.facts.columns:
        return ()
    return (
        Gate(
            rule=CHECKED,
            passes=lambda asked: np.asarray(
                (asked.facts[NEEDED] == 0) | (asked.facts[STANDING] == int(Standing.checked)), np.bool_
            ),
            figures=lambda asked, place: _figures(
                asked.facts, asked.batch.kind, place, on=asked.batch.on, rules=asked.rules
            ),
            applies=lambda asked: np.asarray(asked.facts[NEEDED] != 0, np.bool_),
        ),
    )


def uses(case: Case, accepted: NDArray[np.bool_]) -> list[Event]:
    """The proposals that the commands of a batch have used up."""
    if PROPOSAL not in case.facts.columns:
        return []
    used = accepted & (case.facts[NEEDED] != 0)
    columns = {
        "id": case.facts[PROPOSAL][used],
        "used_by": case.batch.position[used],
        "used_on": np.full(int(used.sum()), case.batch.on, np.int64),
    }
    return event(CHECK_USED, columns)


__all__ = ["CheckGate", "check_gate", "numbered", "refused_unchecked", "share_a_proposal", "uses"]
