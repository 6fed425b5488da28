"""From a day on every sensitive command of an entity needs two: one who proposed it and another who checked it.

Source: house rule gov.house.checks, on PBoC Order [2020] No. 4, arts. 31 ¶2, 34. Nothing takes it back. It makes
no sense as long as nobody could give roles: for the staff of the entity one individual must make and another check.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.checks.records import CHECKS_REQUIRED, CHECKS_WERE_REQUIRED
from benyuan.governance.checks.standing import CHECKED, has_two, requires_from
from benyuan.governance.checks.words import Area
from benyuan.rules import RulePack
from benyuan.usecases.checks.shared import AtEntity, entity_faults, entity_there, sort_number
from benyuan.usecases.common import Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.related.shared import one


@command("require_checks")
class RequireFields(AtEntity, frozen=True, kw_only=True):
    """From `from_date` on the sensitive commands of `entity` need a checker, for ever."""

    from_date: Yyyymmdd


class RequireChecks(UseCase):
    """Records the day."""

    command = RequireFields
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether it is required already, and whether there are two."""
        del facts, rules
        of = {"sort": sort_number(batch), "entity": int(batch.integers("entity")[0])}
        first = int(batch.integers("from_date")[0])
        two = has_two(books.column, **of, area=Area.staff, on=max(first, batch.on))
        return one(there=entity_there(batch, books), already=requires_from(books.column, **of), two=two), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An entity with two who can give roles, that does not require checks yet, and a day that has not gone by."""
        batch, facts = case.batch, case.facts
        case.rules.value(id=CHECKED, on=batch.on)
        two = "an entity with a maker of the area staff and a checker who is somebody else"
        already = f"an entity that does not require them yet: it does from {int(facts['already'][0])}"
        return {
            **faults_where(np.asarray(facts["two"] == 0, np.bool_), batch, "entity", two),
            **faults_where(np.asarray(facts["already"] != 0, np.bool_), batch, "entity", already),
            **no_such_day(batch, "from_date", since=batch.on),
            **entity_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The day."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[CHECKS_REQUIRED.name])
        columns = {
            "sort": sort_number(batch),
            **{name: batch.integers(name) for name in ("entity", "from_date")},
            "position": batch.position,
        }
        return Recorded(results={}, events=event(CHECKS_WERE_REQUIRED, rows(accepted, id=ids, **columns)))
