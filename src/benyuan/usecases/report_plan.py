"""A matter reported, or a pause announced, before it takes effect; too late is refused.

Sources: 银发〔2021〕198号, arts. 5, 9; PBoC Announcement [2015] No. 43, arts. 30, 31.
"""

import numpy as np

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.prior_reports import INNOVATION, PAUSE, PRIOR, asked, before_gate
from benyuan.payments.records import INSTITUTION, PRIOR_REPORT, PRIOR_REPORT_MADE
from benyuan.payments.vocabulary import MATTER_NUMBER, Matter
from benyuan.usecases.common import Count, Id, Memo, Yyyymmdd, faults_where, no_such_day, numbered, rows

RULES = (PRIOR, INNOVATION, PAUSE)


@command("report_plan", personal=("what",))
class Plan(Command, frozen=True, kw_only=True):
    """`institution` reports today a `matter` that takes effect on `takes_effect_on` (yyyymmdd).

    `amount_fen` and `net_worth_fen` belong to pledged assets, guarantees (all in force) and investments.
    """

    institution: Id
    matter: Matter
    takes_effect_on: Yyyymmdd
    amount_fen: Count = 0
    net_worth_fen: Count = 0
    what: Memo = ""


class ReportPlan(UseCase):
    """Records what is reported in time."""

    command = Plan
    needs = (Need(table=INSTITUTION, by="institution", prefix="institution"),)
    gates = tuple(map(before_gate, RULES))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and has not passed."""
        past = case.batch.integers("takes_effect_on") < case.batch.on
        wrong = faults_where(past, case.batch, "takes_effect_on", "today or a later day")
        return {**wrong, **no_such_day(case.batch, "takes_effect_on")}

    def record(self, decided: Decided) -> Recorded:
        """The report; `required` 0 where no rule asks for it."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[PRIOR_REPORT.name])
        required = np.any([asked(decided.case, rule) for rule in RULES], axis=0).astype(np.int64)
        made = rows(
            accepted,
            id=ids,
            institution=batch.integers("institution"),
            matter=np.array([MATTER_NUMBER[Matter(matter)] for matter in batch.values("matter")], np.int64),
            reported_on=batch.on,
            takes_effect_on=batch.integers("takes_effect_on"),
            required=required,
            position=batch.position,
        )
        return Recorded(results={"prior_report": ids, "required": required}, events=event(PRIOR_REPORT_MADE, made))
