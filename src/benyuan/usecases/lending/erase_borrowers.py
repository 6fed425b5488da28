"""Borrowers whose relationship with a lender ended on a day are erased, after the term that the law sets is over.

Sources: those of `borrowers_over`; PIPL, arts. 19, 47. What goes: identities with their keys, what was said and
shown, and what the borrower's row tells of the person. What stays: the books, loans and accounts by number, and this
command. The number stays stopped and is nobody's; who comes back is registered anew. Worked number: a loan paid off on
2026-05-31: refused on 2036-05-31, erased on 2036-06-01.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import (
    BORROWER_BLANKED,
    BORROWER_ERASED,
    BORROWER_IDENTITY_TAKEN_OFF,
    LENDER,
)
from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.payments.retention.records import IDENTITIES_FORGOTTEN, PAYLOADS_ERASED
from benyuan.payments.retention.sorts import last_day
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, Yyyymmdd, day_exists, no_such_day
from benyuan.usecases.lending.borrowers_over import (
    OF_WISHES,
    RULES,
    identities_of,
    longest,
    over_on,
    payloads_of,
)

FLOWS = ("borrower", "held", "identity", "payload", "wish")
PERSONAL = ("age_years", "student", "second_source", "line_fen", "document", "valid_until", "particulars")
"""What the borrower's row tells of the person; nought is nobody's."""


@command("erase_borrowers", never_ahead=True)
class BorrowerErasure(Command, frozen=True, kw_only=True):
    """Erase the borrowers of `lender` whose relationship ended on `date`, all but those that something holds back."""

    lender: Id
    date: Yyyymmdd


def _over(rule: str) -> Gate:
    """The term of a rule is over, where it is in force on the day of erasure."""

    def bound(case: Case) -> NDArray[np.int64]:
        value = case.rules.in_force(id=rule, on=case.batch.on)
        dates = case.batch.integers("date").tolist()
        return np.array([last_day(each, value.count) if value and day_exists(each) else 0 for each in dates], np.int64)

    def figures(case: Case, place: int) -> dict[str, Any]:
        return {"from_on": int(case.batch.integers("date")[place]), "kept_until_on": int(bound(case)[place])}

    return Gate(
        rule=rule,
        passes=lambda case: np.asarray(bound(case) < case.batch.on, np.bool_),
        figures=figures,
        applies=lambda case: bound(case) != 0,
    )


class EraseBorrowers(UseCase):
    """Surveys the day; the engine erases what the events name, in the same commit."""

    command = BorrowerErasure
    needs = (Need(table=LENDER, by="lender", prefix="lender"),)
    gates = tuple(_over(rule) for rule in RULES)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """How many are free and how many held back; who, and what goes with them, as flows."""
        del facts
        lender, date = (int(batch.integers(name)[0]) for name in ("lender", "date"))
        chosen = longest(rules, on=batch.on)
        flows = dict.fromkeys(FLOWS, np.zeros(0, np.int64))
        if chosen and day_exists(date) and last_day(date, chosen[1]) < batch.on:
            over = over_on(books, lender=lender, date=date)
            flows |= {"borrower": over.free, "held": over.ids[over.reason != 0]}
            flows |= {"identity": identities_of(books, over.free), "wish": _wishes(books, over.free)}
            flows["payload"] = payloads_of(books, over.free, through=batch.on)
        rule, years = (RULES.index(chosen[0]) + 1, chosen[1]) if chosen else (0, 0)
        columns = {"rule": rule, "years": years, "erased": len(flows["borrower"]), "held": len(flows["held"])}
        return {name: np.full(len(batch), value, np.int64) for name, value in columns.items()}, flows

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists, and some rule says how long such records are kept."""
        if longest(case.rules, on=case.batch.on) is None:
            case.rules.value(id=RULES[-1], on=case.batch.on)
        return no_such_day(case.batch, "date")

    def record(self, decided: Decided) -> Recorded:
        """What is erased, and under which rule; wishes to be deleted are met by it."""
        case = decided.case
        batch, facts = case.batch, case.facts
        results = {name: facts[name] for name in ("erased", "held", "rule", "years")}
        if not decided.accepted.all():
            return Recorded(results=results)
        ids, identities = (facts.flows[name].tolist() for name in ("borrower", "identity"))
        how = {"ended_on": int(batch.integers("date")[0]), "erased_on": batch.on, "position": int(batch.position[0])}
        how |= {"rule": int(facts["rule"][0]), "years": int(facts["years"][0])}
        nothing = dict.fromkeys(PERSONAL, 0) | {"frozen": int(batch.position[0])}
        wishes = facts.flows["wish"].tolist()
        return Recorded(
            results=results,
            events=[
                *event(BORROWER_BLANKED, _rows(ids, **nothing)),
                *event(BORROWER_ERASED, _rows(ids, **how)),
                *event(BORROWER_IDENTITY_TAKEN_OFF, _rows(identities)),
                *event(IDENTITIES_FORGOTTEN, _rows(identities)),
                *event(PAYLOADS_ERASED, _rows(facts.flows["payload"].tolist())),
                *event(PROTECTION_DUTY_CHANGED, _rows(wishes, done_on=batch.on)),
            ],
        )


def _rows(ids: list[int], **columns: int) -> dict[str, list[int]]:
    return {"id": ids, **{name: [value] * len(ids) for name, value in columns.items()}}


def _wishes(books: Books, borrowers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The open duties to erase these borrowers."""
    kind, whose, done = (books.column(PROTECTION_DUTY, name) for name in ("kind", "borrower", "done_on"))
    mine = (kind == OF_WISHES[-1]) & (done == 0) & np.isin(whose, borrowers) & (whose != 0)
    return np.flatnonzero(mine)
