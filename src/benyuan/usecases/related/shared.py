"""What the commands of related parties share: the world of a day, gates by whose order it is, duties as rows.

A survey meets days on which no order was in force: it then gives nothing, and the faults say why.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.events import Event, event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Gate, Survey
from benyuan.governance.related.assessing import NO_ORDER
from benyuan.governance.related.duties import Owed
from benyuan.governance.related.laws import HOLDING
from benyuan.governance.related.matters import Matter
from benyuan.governance.related.records import GOVERNANCE_DUTY, GOVERNANCE_DUTY_AROSE
from benyuan.governance.related.vocabulary import VOTE_NUMBER, Vote
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.ownership.dated import Column
from benyuan.rules import RuleNotInForce, RulePack
from benyuan.usecases.common import faults_where, rows

Truths: TypeAlias = NDArray[np.bool_]
Figures: TypeAlias = Callable[[Case, int], dict[str, Any]]
VOTES = {number: Vote(word) for word, number in VOTE_NUMBER.items()}


def by_order(name: str, passes: Callable[[Case], Truths], figures: Figures | None = None) -> tuple[Gate, ...]:
    """One gate for holding companies and one for banks and the like, by the rule of either order.

    Needs the fact `law`.
    """

    def gate(prefix: str, holding: bool) -> Gate:  # noqa: FBT001  which of two
        def applies(case: Case) -> Truths:
            return np.asarray((case.facts["law"] != 0) & ((case.facts["law"] == HOLDING.number) == holding), np.bool_)

        def passes_here(case: Case) -> Truths:
            return np.asarray(~applies(case) | passes(case), np.bool_)

        return Gate(rule=f"{prefix}.{name}", passes=passes_here, figures=figures, applies=applies)

    return gate("fhc.rpt", True), gate("rpt", False)  # noqa: FBT003


def no_order_faults(case: Case) -> dict[int, Invalid]:
    """No order that is built binds the body."""
    return faults_where(np.asarray(case.facts["law"] == 0, np.bool_), case.batch, "body", NO_ORDER)


def one(**values: Any) -> dict[str, NDArray[np.int64]]:
    """Columns of facts of one command; a sum beyond what a column holds is told as the most that it does."""
    return {name: np.array([max(-AMOUNT_MAX, min(int(value), AMOUNT_MAX))], np.int64) for name, value in values.items()}


def surveyed(find: Callable[[], dict[str, NDArray[np.int64]]], *, nothing: dict[str, NDArray[np.int64]]) -> Survey:
    """What is found; `nothing` on a day on which a rule that it needs is not in force, which the faults then say."""
    try:
        return find(), {}
    except RuleNotInForce:
        return nothing, {}


def matter_of(batch: Batch, books: Books, rules: RulePack) -> Matter:
    """The proposal that the one command of a batch names, as it stands before it. Errors: RuleNotInForce."""
    proposal, seen = int(batch.integers("proposal")[0]), int(batch.position[0])
    return Matter(books.column, rules, proposal=proposal, on=batch.on, seen=seen)


def raised(case: Case, accepted: Truths, owed: Sequence[Owed]) -> list[Event]:
    """The duties of one command, as rows; `body` and `law` are facts or fields of it."""
    if not accepted[0] or not owed:
        return []
    first = case.facts.next_ids[GOVERNANCE_DUTY.name]
    body = case.facts["duty_body"][0]
    columns = {
        "id": list(range(first, first + len(owed))),
        "kind": [int(each.kind) for each in owed],
        "body": [int(body)] * len(owed),
        "about": [each.about for each in owed],
        "law": [int(case.facts["law"][0])] * len(owed),
        "arose_on": [each.arose_on for each in owed],
        "due_on": [each.due_on for each in owed],
        "done_on": [0] * len(owed),
    }
    return event(GOVERNANCE_DUTY_AROSE, columns)


def owes_already(column: Column, *, body: int, kind: int, about: int) -> bool:
    """Whether a duty of a period is there."""
    held = {name: column(GOVERNANCE_DUTY, name) for name in ("body", "kind", "about")}
    return bool(((held["body"] == body) & (held["kind"] == kind) & (held["about"] == about)).any())


def only(accepted: Truths, **columns: Any) -> dict[str, list[int]]:
    """The columns of the commands that are accepted."""
    return rows(accepted, **columns)
