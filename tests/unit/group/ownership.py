"""A group of bodies for tests: owner 1, holding company 2, bank 3, insurer 4, an individual 5, a shop 6."""

from fractions import Fraction
from typing import Any

from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from benyuan.parties.ownership.control import Control, control
from benyuan.parties.ownership.state import State, state_of
from benyuan.simulate.identities import full_name, identity_number
from tests.unit.engine.groups import Desk, in_memory

OWNER, HOLDING, BANK, INSURER, PERSON, SHOP = range(1, 7)
SOURCE = {"source": "register of companies", "source_date": 20260401}
FROM = 20200101
NAMES = {OWNER: "none", HOLDING: "financial_holding", BANK: "commercial_bank", INSURER: "life_insurance"}


class Houses:
    """A desk with the bodies on it."""

    def __init__(self, desk: Desk | None = None, *, anew: bool = True) -> None:
        self.desk = desk or in_memory()
        if not anew:
            return
        for number in (OWNER, HOLDING, BANK, INSURER):
            self.do("register_body", name=f"body {number}", kind_of_body="company", business=NAMES[number])
        self.individual(1)
        self.do("register_body", name="shop", kind_of_body="company", business="other")

    def individual(self, number: int) -> int:
        """One more, by a number of those that are made up."""
        shown = {"document": "resident_id", "number": identity_number(number), "full_name": full_name(number)}
        return self.do("register_individual", **shown)["body"]

    def ask(self, kind: str, **fields: Any) -> Answer:
        """One command, from the first of 2020 unless it says otherwise."""
        return self.desk.one(REGISTRY[kind](**{"from_date": FROM, **SOURCE, **fields}))

    def do(self, kind: str, **fields: Any) -> dict[str, int]:
        """One that is accepted; its results and its position."""
        answer = self.ask(kind, **fields)
        assert answer.accepted, (kind, answer.invalid and answer.invalid.text())
        return {**answer.results, "position": answer.position}

    def fault(self, kind: str, **fields: Any) -> tuple[str, str]:
        """The field and the constraint of one that makes no sense."""
        answer = self.ask(kind, **fields)
        assert answer.invalid is not None, answer
        return answer.invalid.field, answer.invalid.constraint

    def stake(self, owner: int, owned: int, part: int, **fields: Any) -> dict[str, int]:
        """A stake in parts of 100."""
        return self.do("record_stake", owner=owner, owned=owned, part=part, **{"whole": 100, **fields})

    def state(self, on: int = 20260501, *, seen: int | None = None) -> State:
        """Ownership on a day."""
        tables = self.desk.group.records.tables
        position = self.desk.group.position if seen is None else seen
        return state_of(lambda table, name: tables[table.name].column(name), on=on, seen=position)


def controlled(state: State) -> Control:
    """Who controls whom in it."""
    return control(state.grounds, majority=Fraction(1, 2))
