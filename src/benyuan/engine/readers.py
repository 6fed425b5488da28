"""Who may read personal data, held in one place for all kinds of command that let them be read: in the decider.

Sources: house rules gov.house.reading.*, on PBoC Order [2020] No. 5, art. 33 and PIPL, art. 51 item 4; PBoC Order
[2005] No. 3, art. 28. What a kind reads is declared (`usecases.reading.reads`). Worked: member 3 of institution 1 has
`identity` for `complaint` until 2026-05-31; on 06-01 the same look is refused by gov.house.reading: the role is over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch, text_number
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Facts, Table
from benyuan.decisions.usecase import Case, Gate
from benyuan.engine.intake import Incoming
from benyuan.engine.reading import Reader
from benyuan.engine.records import Records
from benyuan.engine.ways import entities
from benyuan.governance.checks.records import STAFF
from benyuan.governance.checks.words import SORT_NUMBER, EntitySort
from benyuan.governance.reading.records import PERSONAL_READ, READ
from benyuan.governance.reading.standing import BODY, has_staff, reading
from benyuan.governance.reading.words import KEPT_NUMBER, TASK_NUMBER, Reading
from benyuan.parties.bodies.same import BOTH, SAME_INDIVIDUAL, ones_of
from benyuan.parties.people import SEPARATOR
from benyuan.rules import Refusal, RulePack, UnknownRule
from benyuan.usecases.reading.reads import READS, Read

OWN_NUMBER = "reader_identity"
"""The column in which the log keeps who the reader is as a customer of that firm; 0 for nobody.

Who has shown further documents has one more column for each, with a number behind.
"""
AUTHORITY = "gov.house.reading"
RULE_OF: Mapping[Reading, str] = {
    Reading.administers: "gov.house.reading.admin",
    Reading.two: "gov.house.reading.two",
    Reading.own: "gov.house.reading.own",
}
NEEDED, SORT, ENTITY, TASK, STANDING = (f"read_{name}" for name in ("needed", "sort", "entity", "task", "standing"))
SORTS, TASKS = ({number: word for word, number in numbers.items()} for numbers in (SORT_NUMBER, TASK_NUMBER))


class Identities(Protocol):
    """Reads payloads, and knows identities by their texts."""

    def read(self, position: int) -> dict[str, Any] | None:
        """What is sealed with a command."""

    def identities_known(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """The number of each identity; 0 where no such one is known."""


def recognised(run: Incoming, *, records: Records, reader: Reader, identities: Identities) -> Incoming:
    """A run with who its readers are as customers of the firm whose data they would read; others as they are.

    Errors: VaultLocked.
    """
    read = READS.get(run.batch.kind)
    if read is None or not records.tables[STAFF.name].count or not read.parties:
        return run
    sort, entity = entities(read.keepers or read.ways, run.batch, records=records, on=0)
    readers = run.batch.integers("reader").tolist()
    shown = {staff: _documents(staff, records, reader, identities) for staff in {*readers}}
    texts = [
        [
            SEPARATOR.join(("person", _keeper(int(sort[place]), int(entity[place])), *document))
            for document in (shown[staff] if entity[place] else ())
        ]
        for place, staff in enumerate(readers)
    ]
    columns = {}
    for number in range(max(1, *map(len, texts))):
        asked = [each[number] if number < len(each) else "" for each in texts]
        known = np.where([text != "" for text in asked], identities.identities_known(asked), 0)
        columns[f"{OWN_NUMBER}_{number + 1}" if number else OWN_NUMBER] = np.asarray(known, np.int64)
    return run.with_columns(columns)


def _keeper(sort: int, entity: int) -> str:
    """An entity as the texts of its customers name it."""
    return str(entity) if SORTS[sort] == EntitySort.institution else f"{SORTS[sort]} {entity}"


def _documents(staff: int, records: Records, reader: Reader, identities: Identities) -> list[tuple[str, str]]:
    """Kind and number of the document of a member of staff, and of further ones of the same individual."""
    held = records.tables[STAFF.name]
    if not 0 < staff <= held.count:
        return []
    identity, position = (int(held.column(name)[staff]) for name in ("identity", "position"))
    found = _shown(position, (("document", "number", "identity"),), reader, identities)

    def column(table: Table, name: str) -> NDArray[np.int64]:
        return records.tables[table.name].column(name)

    ones = ones_of(column)
    one = ones.document
    for row in range(1, len(column(SAME_INDIVIDUAL, "one"))) if identity in ones.documents else ():
        if one(identity) in {one(int(column(SAME_INDIVIDUAL, name)[row])) for name in ("one", "other")}:
            stated = int(column(SAME_INDIVIDUAL, "position")[row])
            found |= _shown(stated, BOTH, reader, identities)
    return [document for document, number in found.items() if one(number) == one(identity)]


def _shown(
    position: int, names: Sequence[tuple[str, str, str]], reader: Reader, identities: Identities
) -> dict[tuple[str, str], int]:
    """The documents that a command showed, each with its opaque number; none where they have been erased."""
    sealed = identities.read(position)
    if sealed is None:
        return {}
    opened = reader.at_position(position)
    row = opened.batch().row(position - opened.block.first_position)
    return {(str(row[kind]), str(sealed[number])): int(row[identity]) for kind, number, identity in names}


class ReaderGate:
    """Looks up for each command that reads personal data at which entity it does, and how its reader stands there."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def with_facts(self, batch: Batch, facts: Facts, rules: RulePack) -> Facts:
        """The facts, and for kinds that read personal data those of the reading."""
        read = READS.get(batch.kind)
        if read is None:
            return facts
        sort, entity = entities(read.ways, batch, records=self._records, on=batch.on)
        if not read.ways:
            sort = np.full(len(batch), BODY)
        task = _tasks(read, batch)
        needed = self._needed(read, sort, entity, batch.on, rules)
        standing = [
            self._standing(batch, facts, read, place, at=(int(sort[place]), int(entity[place])), task=int(task[place]))
            if needed[place]
            else Reading.allowed
            for place in range(len(batch))
        ]
        columns = {NEEDED: needed, SORT: sort, ENTITY: entity, TASK: task, STANDING: [int(each) for each in standing]}
        made = {name: np.asarray(column, np.int64) for name, column in columns.items()}
        return replace(facts, columns={**facts.columns, **made})

    def _needed(
        self, read: Read, sort: NDArray[np.int64], entity: NDArray[np.int64], on: int, rules: RulePack
    ) -> NDArray[np.bool_]:
        """Where the reader needs a role: at an entity of this ledger that has staff on record."""
        if not self._records.tables[STAFF.name].count or not _is_in_force(rules, on):
            return np.zeros(len(sort), np.bool_)
        pairs = {*zip(sort.tolist(), entity.tolist(), strict=True)}
        held = {pair for pair in pairs if has_staff(self._column, sort=pair[0], entity=pair[1])}
        named = (entity != 0) | (not read.ways)
        found = [pair in held for pair in zip(sort.tolist(), entity.tolist(), strict=True)]
        return np.asarray(named & np.array(found, np.bool_), np.bool_)

    def _standing(
        self, batch: Batch, facts: Facts, read: Read, place: int, *, at: tuple[int, int], task: int
    ) -> Reading:
        found = reading(
            self._column,
            self._all_with,
            staff=int(batch.integers("reader")[place]),
            sender=text_number(batch.clients[place]),
            at=at,
            asked=(KEPT_NUMBER[read.kept], task),
            on=batch.on,
        )
        if found is Reading.allowed and self._is_own(batch, facts, read, place):
            return Reading.own
        return found

    def _is_own(self, batch: Batch, facts: Facts, read: Read, place: int) -> bool:
        """Whether the reader is the customer."""
        names = [name for name in batch.columns if name.startswith(OWN_NUMBER)]
        identities = [int(batch.integers(name)[place]) for name in names]
        for party, identity in product(read.parties, identities):
            held = self._records.tables[party.identities.name]
            row = held.places(np.array([identity]), on=batch.on)
            own = int(held.column(party.number)[row][0]) if identity else 0
            column = batch.integers(party.field) if party.field in batch.columns else facts[party.field]
            if own and own == int(column[place]):
                return True
        return False

    def _column(self, table: Table, name: str) -> NDArray[np.int64]:
        return self._records.tables[table.name].column(name)

    def _all_with(self, table: Table, name: str, value: int) -> NDArray[np.int64]:
        return self._records.tables[table.name].all_with(name, value)


def _is_in_force(rules: RulePack, on: int) -> bool:
    try:
        return rules.in_force(id=AUTHORITY, on=on) is not None
    except UnknownRule:
        return False


def _tasks(read: Read, batch: Batch) -> NDArray[np.int64]:
    """What each command reads for."""
    if read.purposes is not None:
        words = (read.purposes.get(word, "") for word in batch.values("purpose"))
        return np.fromiter((TASK_NUMBER[word] for word in words), np.int64, len(batch))
    if read.task or "task" not in batch.columns:
        return np.full(len(batch), TASK_NUMBER[read.task])
    return batch.numbers("task", TASK_NUMBER)


def refused_readers(batch: Batch, facts: Facts, rules: RulePack) -> dict[int, Refusal]:
    """The refusals of commands whose reader has no role for it, by place."""
    if STANDING not in facts.columns:
        return {}
    stopped = np.flatnonzero(facts[STANDING] != int(Reading.allowed)).tolist()
    return {
        place: rules.refusal(id=_rule(facts, place), on=batch.on, **_figures(batch, facts, place)) for place in stopped
    }


def _rule(facts: Facts, place: int) -> str:
    return RULE_OF.get(Reading(int(facts[STANDING][place])), AUTHORITY)


def _figures(batch: Batch, facts: Facts, place: int) -> dict[str, Any]:
    sort, entity = SORTS[int(facts[SORT][place])], int(facts[ENTITY][place])
    return {
        "field": "reader",
        "reader": int(batch.integers("reader")[place]),
        "entity": f"{sort} {entity}" if entity else f"any {sort}",
        "data": READS[batch.kind].kept.value,
        "task": TASKS[int(facts[TASK][place])],
        "standing": Reading(int(facts[STANDING][place])).name,
    }


def reader_gates(case: Case) -> tuple[Gate, ...]:
    """The gates as `why` shows them; nothing for a command that met none."""
    if STANDING not in case.facts.columns or not case.facts[NEEDED].any():
        return ()
    return tuple(_gate(rule) for rule in (AUTHORITY, *RULE_OF.values()))


def _gate(rule: str) -> Gate:
    stopped = [int(each) for each in Reading if each and RULE_OF.get(each, AUTHORITY) == rule]
    return Gate(
        rule=rule,
        passes=lambda case: ~np.isin(case.facts[STANDING], stopped),
        figures=lambda case, place: _figures(case.batch, case.facts, place),
        applies=lambda case: np.asarray(case.facts[NEEDED] != 0, np.bool_),
    )


def readings(case: Case, accepted: NDArray[np.bool_]) -> list[Event]:
    """A row for each reading of a batch that was let through."""
    facts = case.facts
    if STANDING not in facts.columns:
        return []
    batch, read = case.batch, READS[case.batch.kind]
    there = np.flatnonzero(accepted & ((facts[ENTITY] != 0) | (not read.ways)))
    first = facts.next_ids[PERSONAL_READ.name]
    columns = {
        "id": np.arange(first, first + len(there)),
        "sort": facts[SORT][there],
        "entity": facts[ENTITY][there],
        "staff": batch.integers("reader")[there],
        "kept": np.full(len(there), KEPT_NUMBER[read.kept]),
        "task": facts[TASK][there],
        "on_date": np.full(len(there), batch.on),
        "position": batch.position[there],
    }
    return event(READ, columns)


__all__ = ["ReaderGate", "reader_gates", "readings", "recognised", "refused_readers"]
