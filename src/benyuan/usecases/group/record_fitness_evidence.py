"""A document on one condition of fitness: whose, of what day, good until when, and what it is held to show.

Sources: PBoC Order [2020] No. 4, arts. 8 to 12; PBoC Order [2021] No. 2, arts. 4, 6, 8 to 12, 15. It counts from its
own day on. Worked number: a certificate of 20260401 good until 20261231 meets its condition on both days; on 20270101
it has expired, and its renewal, due by 20261231, is overdue.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey
from benyuan.decisions.words import text_faults, truths
from benyuan.holding_company.conditions import CONDITION_NUMBER, Condition, rule_of
from benyuan.holding_company.records import (
    FITNESS_EVIDENCE,
    FITNESS_SHOWN,
    HOLDING_DUTY,
    HOLDING_DUTY_AROSE,
    HOLDING_DUTY_DONE,
)
from benyuan.holding_company.vocabulary import RULE_OF, DutyKind
from benyuan.parties.bodies.records import BODY_BUSINESS
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.bodies.sources import Sourced, is_invented
from benyuan.parties.bodies.vocabulary import BUSINESS_NUMBER, Business
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, Memo, Yyyymmdd, day_exists, faults_where, no_such_day, numbered, rows
from benyuan.usecases.group.dated_fact import DatedFact, body_need
from benyuan.usecases.related.shared import one
from benyuan.values.dates import add_calendar_days

HOLDING = BUSINESS_NUMBER[Business.financial_holding]
RENEW = RULE_OF[DutyKind.renew_document]


@command("record_fitness_evidence")
class EvidenceFields(Sourced, frozen=True, kw_only=True):
    """A document of `from_date`, good until `until` (0: no end), says whether `who` meets `condition`.

    `holding`: the holding company that relies on it; `issuer`: whose document it is; `judged_by`: who looked at it.
    """

    holding: Id
    who: Id
    condition: Condition
    met: bool
    issuer: Memo
    judged_by: Memo
    from_date: Yyyymmdd
    until: Yyyymmdd = 0


class RecordFitnessEvidence(DatedFact):
    """Records it, with the duty to renew it; of documents on one condition the latest counts."""

    command = EvidenceFields
    needs = (body_need("holding"), body_need("who"), Need(table=BODY_BUSINESS, by="holding", prefix="does"))
    table, kind, result = FITNESS_EVIDENCE, FITNESS_SHOWN, "evidence"
    names = ("holding", "who", "until")
    words = {"condition": ("condition", CONDITION_NUMBER)}  # noqa: RUF012  read only
    pair = ("holding", "who")
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The open duty to renew an earlier document on the same condition; the day by which this one is renewed."""
        del facts
        until = int(batch.integers("until")[0])
        due = 0
        if until and day_exists(until):
            value = rules.in_force(id=RENEW, on=batch.on)
            due = add_calendar_days(until, value.count) if value else 0
        return one(open_duty=_open_duty(batch, books), due=due), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A holding company; a document of its own day; an issuer, who judged it; an end that is not before its day."""
        batch = case.batch
        condition = Condition(batch.values("condition")[0])
        ends = (batch.integers("until") != 0) & (batch.integers("until") < batch.integers("from_date"))
        dated = (is_invented(batch) == 0) & (batch.integers("from_date") != batch.integers("source_date"))
        unsaid = {name: _empty(batch, name) for name in ("issuer", "judged_by")}
        ruled = case.rules.in_force(id=rule_of(condition), on=batch.on) is not None
        other = np.asarray(case.facts["does_business"] != HOLDING, np.bool_)
        return {
            **super().faults(case),
            **text_faults(np.full(len(batch), not ruled), batch, "condition", "one that is asked on this day"),
            **text_faults(unsaid["issuer"], batch, "issuer", "whose document it is"),
            **text_faults(unsaid["judged_by"], batch, "judged_by", "who looked at it"),
            **faults_where(np.asarray(ends, np.bool_), batch, "until", "no day before from_date; 0 for no end"),
            **faults_where(np.asarray(dated, np.bool_), batch, "from_date", "the day of the source"),
            **no_such_day(batch, "until", none=True),
            **no_such_day(batch, "from_date", until=batch.on),
            **faults_where(other, batch, "holding", "a body whose business is financial_holding"),
        }

    def columns(self, case: Case) -> dict[str, Any]:
        """The verdict, and the duty."""
        return {
            **super().columns(case),
            "met": truths(case.batch, "met").astype(np.int64),
            "duty": np.where(case.facts["due"] != 0, case.facts.next_ids[HOLDING_DUTY.name], 0),
        }

    def record(self, decided: Decided) -> Recorded:
        """The document; its renewal; the renewal that it is."""
        made = super().record(decided)
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        owed, renews = accepted & (facts["due"] != 0), accepted & (facts["open_duty"] != 0)
        columns = {
            "kind": int(DutyKind.renew_document),
            "body": batch.integers("holding"),
            "individual": batch.integers("who"),
            "appointment": made.results["evidence"],
            "arose_on": batch.integers("from_date"),
            "due_on": facts["due"],
            "done_on": 0,
        }
        return Recorded(
            results={**made.results, "renew_by": facts["due"]},
            events=[
                *made.events,
                *event(HOLDING_DUTY_AROSE, rows(owed, id=numbered(owed, facts.next_ids[HOLDING_DUTY.name]), **columns)),
                *event(HOLDING_DUTY_DONE, rows(renews, id=facts["open_duty"], done_on=batch.on)),
            ],
        )


def _empty(batch: Batch, name: str) -> NDArray[np.bool_]:
    return np.array([text.strip() == "" for text in batch.values(name)], np.bool_)


def _open_duty(batch: Batch, books: Books) -> int:
    """Of earlier documents of no later day; 0 for none."""
    held = {name: books.column(FITNESS_EVIDENCE, name) for name in FITNESS_EVIDENCE.columns}
    numbers = ones_of(books.column).all_of(int(batch.integers("who")[0]))
    mine = (held["holding"] == batch.integers("holding")[0]) & np.isin(held["who"], numbers) & (held["duty"] != 0)
    mine &= held["condition"] == batch.numbers("condition", CONDITION_NUMBER)[0]
    mine &= held["from_date"] <= batch.integers("from_date")[0]
    done = books.column(HOLDING_DUTY, "done_on")
    found = [duty for duty in held["duty"][mine].tolist() if done[duty] == 0]
    return int(max(found, default=0))
