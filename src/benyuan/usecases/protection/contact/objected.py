"""The gate that holds a contact up while an objection that the bureau put to the borrower's lender is not decided.

Source: a rule of the house (`cp.house.collection.objection`). The rooms know nothing of one another: whose an objection
is stands in `lender_objection` since it was put (`ask_furnisher`) or taken in (`take_in_objection`); whether it is open
is read from the objection itself. Worked: put on 05-06 and decided on 05-20, it holds up a call of 05-20 at 09:00 that
comes before the decision, and none after it.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import LENDER_OBJECTION
from benyuan.consumer_protection.contact.halting import OBJECTED, numbers_in
from benyuan.credit_bureau.records import OBJECTION
from benyuan.credit_bureau.vocabulary import FAULT_KIND_NUMBER
from benyuan.decisions.books import Books
from benyuan.decisions.usecase import Case, Gate
from benyuan.rules import RulePack
from benyuan.usecases.protection.contact.shared import facts_at, where_in_force

FAULTS = {number: word for word, number in FAULT_KIND_NUMBER.items()}
NUMBERS = {str(word): number for word, number in FAULT_KIND_NUMBER.items()}
OF_OBJECTION = ("kind", "opened_on", "due_on")


def objections_open(books: Books, borrower: int, rules: RulePack, *, on: int) -> NDArray[np.int64]:
    """The numbers of the undecided objections of a borrower's that were put to the lender, of kinds that count."""
    put = books.ids(LENDER_OBJECTION)[books.all_with(LENDER_OBJECTION, "borrower", borrower)]
    kinds = numbers_in(rules, rule=OBJECTED, column="fault", numbers=NUMBERS, on=on)
    waits = (books.column(OBJECTION, "outcome")[put] == 0) & np.isin(books.column(OBJECTION, "kind")[put], kinds)
    return np.sort(put[waits]).astype(np.int64)


def objecting(books: Books, borrower: int, rules: RulePack, *, on: int) -> dict[str, int]:
    """The facts of the gate: the oldest that is open, 0 for none, how many are, and what its row says."""
    found = objections_open(books, borrower, rules, on=on)
    oldest = int(found[:1].sum())
    return {
        "objection_halting": oldest,
        "objections_open": len(found),
        **{f"objection_{name}": int(books.column(OBJECTION, name)[oldest]) for name in OF_OBJECTION},
    }


def _figures(case: Case, place: int) -> dict[str, int | str]:
    if case.facts["objection_halting"][place] == 0:
        return {"open": 0}
    return {
        **facts_at(case, {"objection": "objection_halting", "open": "objections_open"}, place),
        "fault": str(FAULTS[int(case.facts["objection_kind"][place])]),
        "opened_on": int(case.facts["objection_opened_on"][place]),
        "due_on": int(case.facts["objection_due_on"][place]),
    }


OBJECTS = Gate(
    rule=OBJECTED,
    passes=where_in_force(OBJECTED, lambda case: np.asarray(case.facts["objection_halting"] != 0, np.bool_)),
    figures=_figures,
)
