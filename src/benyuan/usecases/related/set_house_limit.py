"""A house sets itself a limit on related transactions, or ends one; a holding company reports it.

Source: PBoC Order [2023] No. 1, art. 22. Worked number: 50,000,000.00 a year with each party from 20260501 on: with one
that had 49,000,000.00 in April 1,000,000.00 more is recorded, and 1,000,000.01 is refused.
"""

from typing import Any

import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded
from benyuan.decisions.words import text_faults, truths
from benyuan.governance.related.duties import working_days_on
from benyuan.governance.related.laws import LawNumber
from benyuan.governance.related.records import GOVERNANCE_DUTY, GOVERNANCE_DUTY_AROSE, HOUSE_LIMIT, HOUSE_LIMIT_SET
from benyuan.governance.related.vocabulary import (
    LIMITED_SORT_NUMBER,
    SPAN_NUMBER,
    HouseSpan,
    LimitedSort,
    RelatedDuty,
)
from benyuan.parties.bodies.records import BODY, BODY_BUSINESS
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.bodies.vocabulary import BUSINESS_NUMBER, Business
from benyuan.usecases.common import Count, Id, MaybeId, Yyyymmdd, no_such_day, numbered, rows
from benyuan.usecases.group.dated_fact import DatedFact, an_individual, body_need

HOUSE = "fhc.rpt.limits"
A_HOLDING = BUSINESS_NUMBER[Business.financial_holding]


@command("set_house_limit")
class HouseLimitFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `body` has at most `amount_fen` a year of transactions of this `sort`, or `holds` no limit.

    `span`: with each party and who counts with it, with all, with those inside the group, or outside it; `party`: a
    certain one instead, 0 for none. `whole_group`: of the holding company and all that it controls, together.
    `approved_on`: the day of the board's decision.
    """

    body: Id
    span: HouseSpan
    sort: LimitedSort
    party: MaybeId = 0
    whole_group: bool = False
    amount_fen: Count
    holds: bool = True
    approved_on: Yyyymmdd
    from_date: Yyyymmdd


class SetHouseLimit(DatedFact):
    """Records it, and that it is to be reported."""

    command = HouseLimitFields
    needs = (
        body_need("body"),
        Need(table=BODY, by="party", prefix="party"),
        Need(table=BODY_BUSINESS, by="body", prefix="does"),
    )
    table, kind, result = HOUSE_LIMIT, HOUSE_LIMIT_SET, "house_limit"
    names = ("body", "party", "amount_fen", "approved_on")
    words = {"span": ("span", SPAN_NUMBER), "sort": ("sort", LIMITED_SORT_NUMBER)}  # noqa: RUF012  read only
    pair = ("body", "party")

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A body; a certain party only by itself; a group's limit of a holding company; a decision that was taken."""
        batch = case.batch
        among = (batch.integers("party") != 0) & ~batch.equals("span", HouseSpan.each_party.value)
        group = truths(batch, "whole_group") & (case.facts["does_business"] != A_HOLDING)
        return {
            **super().faults(case),
            **text_faults(among, batch, "span", "each_party, where a party is named"),
            **text_faults(np.asarray(group, np.bool_), batch, "whole_group", "false, but for a holding company"),
            **no_such_day(batch, "approved_on", until=batch.on),
            **an_individual(case, "body"),
        }

    def columns(self, case: Case) -> dict[str, Any]:
        """Whether it holds, and for the whole group, besides."""
        flags = {name: truths(case.batch, name).astype(np.int64) for name in ("holds", "whole_group")}
        return {**super().columns(case), **flags}

    def record(self, decided: Decided) -> Recorded:
        """The limit, and the report of it that a holding company owes from the board's decision on."""
        made, case, accepted = super().record(decided), decided.case, decided.accepted
        batch, rule = case.batch, case.rules.rule(HOUSE)
        ids, days = made.results[self.result], batch.integers("approved_on").tolist()
        values = [rule.in_force(on=day) for day in days]
        owed = (
            accepted & (case.facts["does_business"] == A_HOLDING) & np.array([v is not None for v in values], np.bool_)
        )
        due = [
            working_days_on(case.calendar, on=day, days=value.count) if value and each else 0
            for day, value, each in zip(days, values, owed.tolist(), strict=True)
        ]
        columns = {
            "id": numbered(owed, case.facts.next_ids[GOVERNANCE_DUTY.name]),
            "kind": int(RelatedDuty.report_limits),
            "body": batch.integers("body"),
            "about": ids,
            "law": int(LawNumber.holding),
            "arose_on": batch.integers("approved_on"),
            "due_on": np.array(due, np.int64),
            "done_on": 0,
        }
        return Recorded(
            results=made.results,
            events=[*made.events, *event(GOVERNANCE_DUTY_AROSE, rows(owed, **columns))],
        )
