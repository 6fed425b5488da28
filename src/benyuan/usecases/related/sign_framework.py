"""A framework agreement for transactions that come again and again is signed or renewed, approved like a major one.

Sources: PBoC Order [2023] No. 1, arts. 26, 37, 39; CBIRC Order 2022 No. 1, arts. 47, 48, 53, 56. Worked number: from
20260601 three years end on 20290531; until 20290601 is too long.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.related.assessing import related_to
from benyuan.governance.related.duties import after_signing
from benyuan.governance.related.laws import LAWS
from benyuan.governance.related.records import FRAMEWORK_SIGNED, PROPOSAL, RELATED_FRAMEWORK
from benyuan.governance.related.vocabulary import SORT_NUMBER, Stage, TransactionSort
from benyuan.parties.bodies.same import ones_of
from benyuan.rules import RulePack
from benyuan.usecases.common import (
    Fen,
    Id,
    MaybeId,
    Memo,
    Yyyymmdd,
    day_exists,
    faults_where,
    no_such_day,
    numbered,
    rows,
)
from benyuan.usecases.group.dated_fact import body_need
from benyuan.usecases.related.shared import by_order, no_order_faults, one, raised, surveyed
from benyuan.values.dates import add_calendar_days, add_months

MONTHS_OF_A_YEAR = 12  # tidy: number months of a year


@command("sign_framework")
class FrameworkFields(Command, frozen=True, kw_only=True):
    """`body` and `party` agree on transactions of this `sort`, `amount_fen` together, from `from_date` up to `until`.

    `agreement`: the written agreement; `approval`: the proposal that was approved for it; `renews`: the framework that
    it takes the place of, 0 for none.
    """

    body: Id
    party: Id
    sort: TransactionSort
    amount_fen: Fen
    agreement: Memo
    from_date: Yyyymmdd
    until: Yyyymmdd
    signed_on: Yyyymmdd
    approval: MaybeId = 0
    renews: MaybeId = 0


def _written(case: Case) -> NDArray[np.bool_]:
    return np.array([text.strip() != "" for text in case.batch.values("agreement")], np.bool_)


def _short(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.batch.integers("until") <= case.facts["longest"], np.bool_)


def _term(case: Case, place: int) -> dict[str, Any]:
    return {
        "until_on": int(case.batch.integers("until")[place]),
        "longest_on": int(case.facts["longest"][place]),
    }


def _approved(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.facts["covered"] != 0, np.bool_)


def _approval(case: Case, place: int) -> dict[str, Any]:
    return {"asked_fen": int(case.batch.integers("amount_fen")[place]), **decided(case, place)}


def decided(case: Case, place: int) -> dict[str, int]:
    """Of the approval that is named: its amount and the day of its decision, where it was decided."""
    if not case.facts["approved_found"][place]:
        return {"approval": 0}
    on = int(case.facts["approved_decided_on"][place])
    return {
        "approval": int(case.batch.integers("approval")[place]),
        "approved_fen": int(case.facts["approved_amount_fen"][place]),
        **({"decided_on": on} if on else {}),
        "signed_on": int(case.batch.integers("signed_on")[place]),
    }


def _found(
    batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack
) -> dict[str, NDArray[np.int64]]:
    row = {name: int(batch.integers(name)[0]) for name in ("body", "party", "from_date", "signed_on", "amount_fen")}
    asked = {"body": row["body"], "party": row["party"], "on": row["signed_on"], "seen": int(batch.position[0])}
    law, _, related, _ = related_to(books.column, rules, **asked)
    if law is None:
        return one(law=0, related=1, longest=0, covered=1, unruled=0, duty_body=row["body"])
    years = rules.value(id=law.rule("frame_term"), on=row["signed_on"]).count
    longest = add_calendar_days(add_months(row["from_date"], MONTHS_OF_A_YEAR * years), -1)
    sort, whom = SORT_NUMBER[batch.values("sort")[0]], ones_of(books.column).of
    approved = int(facts["approved_body"][0]), whom(int(facts["approved_party"][0]))
    used = (books.column(RELATED_FRAMEWORK, "approval") == batch.integers("approval")[0]).any()
    covered = (
        bool(facts["approved_found"][0])
        and not used
        and facts["approved_stage"][0] == Stage.approved
        and facts["approved_framework"][0] == 1
        and approved == (row["body"], whom(row["party"]))
        and facts["approved_sort"][0] == sort
        and facts["approved_amount_fen"][0] >= row["amount_fen"]
        and facts["approved_decided_on"][0] <= row["signed_on"]
    )
    found = {"law": law.number, "related": bool(related), "longest": longest, "covered": covered, "unruled": 0}
    return one(**found, duty_body=row["body"])


class SignFramework(UseCase):
    """Records it; what is done under it needs no approval of its own up to its amount."""

    command = FrameworkFields
    needs = (
        *(body_need("body"), body_need("party")),
        Need(table=PROPOSAL, by="approval", prefix="approved"),
        Need(table=RELATED_FRAMEWORK, by="renews", prefix="renewed"),
    )
    gates = (
        *by_order("frame_term", _short, _term),
        *by_order("approval", _approved, _approval),
    )
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whose order it is, whether the other side is related, the longest term, whether it is approved."""
        nothing = one(law=0, related=1, longest=0, covered=1, unruled=1, duty_body=0)
        if not all(day_exists(int(batch.integers(name)[0])) for name in ("from_date", "signed_on")):
            return nothing, {}
        return surveyed(lambda: _found(batch, facts, books, rules), nothing=nothing)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Days that are, in order; a related party; an order in force; a framework of the same two that is renewed."""
        batch, facts = case.batch, case.facts
        backward = batch.integers("until") < batch.integers("from_date")
        other = facts["renewed_found"] != 0
        other &= (facts["renewed_body"] != batch.integers("body")) | (facts["renewed_party"] != batch.integers("party"))
        unruled = np.asarray(facts["unruled"] != 0, np.bool_)
        return {
            **faults_where(np.asarray(other, np.bool_), batch, "renews", "a framework of the same two"),
            **faults_where(facts["related"] == 0, batch, "party", "a related party of body"),
            **no_order_faults(case),
            **faults_where(unruled, batch, "signed_on", "a day on which the orders on related parties are in force"),
            **faults_where(np.asarray(backward, np.bool_), batch, "until", "a day not before from_date"),
            **no_such_day(batch, "until"),
            **no_such_day(batch, "from_date"),
            **no_such_day(batch, "signed_on", until=batch.on),
        }

    def record(self, decided: Decided) -> Recorded:
        """The framework, and its duties."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[RELATED_FRAMEWORK.name])
        named = ("body", "party", "amount_fen", "from_date", "until", "signed_on", "approval", "renews")
        columns = {
            **{name: batch.integers(name) for name in named},
            "sort": batch.numbers("sort", SORT_NUMBER),
            "agreement": batch.text_numbers("agreement"),
            "position": batch.position,
        }
        owed = []
        if accepted.any():
            law, signed = LAWS[int(facts["law"][0])], int(batch.integers("signed_on")[0])
            about = int(ids[0])
            owed = after_signing(case.rules, case.calendar, law, signed_on=signed, about=about, framework=True)
        return Recorded(
            results={"framework": ids},
            events=[
                *event(FRAMEWORK_SIGNED, rows(accepted, id=ids, **columns)),
                *raised(case, accepted, owed),
            ],
        )
