"""What is owed of related parties and transactions, and by when.

Sources: PBoC Order [2023] No. 1, arts. 19, 24, 37 to 39; CBIRC Order 2022 No. 1, arts. 51, 53, 54, 56. Worked number: a
major transaction signed on 2026-05-15 is reported by 06-05, fifteen working days on; the quarter that ends on 06-30 is
reported by 08-09, forty days on.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benyuan.governance.related.laws import LAWS, Law, quarter_of
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.rules import RulePack
from benyuan.values.calendar import CalendarUnknown, WorkingCalendar
from benyuan.values.dates import add_calendar_days, add_months

LIST, OWNER, INSIDER = "fhc.rpt.list", "fhc.rpt.owner5", "fhc.rpt.insider"
RULE_NAME: Mapping[RelatedDuty, str] = {
    RelatedDuty.report_major: "report",
    RelatedDuty.disclose_major: "disclose",
    RelatedDuty.report_framework: "report",
    RelatedDuty.disclose_framework: "disclose",
    RelatedDuty.report_quarter: "report.quarter",
    RelatedDuty.disclose_quarter: "disclose.quarter",
    RelatedDuty.audit_year: "audit",
    RelatedDuty.update_register: "list",
    RelatedDuty.report_owner: "owner5",
    RelatedDuty.report_insider: "insider",
    RelatedDuty.report_limits: "limits",
}
OF_HOUSE: Mapping[RelatedDuty, str] = {
    **dict.fromkeys(
        (RelatedDuty.tell_risk_owner, RelatedDuty.tell_board_of_risk, RelatedDuty.plan_remedy), "gov.house.risk.tell"
    ),
    RelatedDuty.tell_board_of_loss: "gov.house.loss.tell",
}
"""Duties that rest on a rule of the house, whatever order binds the body."""
OF_QUARTER = (RelatedDuty.report_quarter, RelatedDuty.disclose_quarter)
PERIODIC = (*OF_QUARTER, RelatedDuty.audit_year)
LAST_OF_YEAR = 1231  # tidy: number the last day of a year, as mmdd


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A duty: what it is about, since when and until when, days as yyyymmdd."""

    kind: RelatedDuty
    about: int
    arose_on: int
    due_on: int


def rule_of(kind: RelatedDuty, law: int) -> str:
    """The id of the rule that a duty rests on; under no order the holding company's."""
    return OF_HOUSE[kind] if kind in OF_HOUSE else LAWS[law or 1].rule(RULE_NAME[kind])


def working_days_on(working: WorkingCalendar, *, on: int, days: int) -> int:
    """The day so many working days after one; in a year whose working days are unknown as many calendar days.

    That is never later than the text's own, so whatever is agreed for such a year can be recorded.
    """
    try:
        return working.add_working_days(on, days)
    except CalendarUnknown:
        return add_calendar_days(on, days)


def after_signing(
    rules: RulePack, working: WorkingCalendar, law: Law, *, signed_on: int, about: int, framework: bool = False
) -> list[Owed]:
    """To report and to disclose, so many working days after signing."""
    kinds = (
        (RelatedDuty.report_framework, RelatedDuty.disclose_framework)
        if framework
        else (RelatedDuty.report_major, RelatedDuty.disclose_major)
    )
    days = {kind: rules.value(id=law.rule(RULE_NAME[kind]), on=signed_on).count for kind in kinds}
    return [
        Owed(kind=kind, about=about, arose_on=signed_on, due_on=working_days_on(working, on=signed_on, days=count))
        for kind, count in days.items()
    ]


def of_quarter(rules: RulePack, law: Law, *, on: int) -> list[Owed]:
    """To report and to disclose the quarter that a day is in, once it has ended."""
    end = quarter_of(on)
    return [
        Owed(
            kind=kind,
            about=end,
            arose_on=add_calendar_days(end, 1),
            due_on=add_calendar_days(end, rules.value(id=law.rule(RULE_NAME[kind]), on=end).count),
        )
        for kind in OF_QUARTER
    ]


def of_year(rules: RulePack, law: Law, *, on: int) -> list[Owed]:
    """To audit the year that a day is in, before it ends."""
    rules.value(id=law.rule(RULE_NAME[RelatedDuty.audit_year]), on=on)
    end = on // 10_000 * 10_000 + LAST_OF_YEAR  # tidy: number the year of yyyymmdd
    return [Owed(kind=RelatedDuty.audit_year, about=end, arose_on=on, due_on=end)]


def next_of(rules: RulePack, law: Law, *, kind: RelatedDuty, about: int) -> Owed:
    """The duty of the period after one, so that a company without transactions reports that too."""
    after = add_calendar_days(about, 1)
    found = of_year(rules, law, on=after) if kind is RelatedDuty.audit_year else of_quarter(rules, law, on=after)
    return next(owed for owed in found if owed.kind is kind)


def next_update(rules: RulePack, *, updated_on: int) -> Owed:
    """The register is brought up to date again within so many months."""
    months = rules.value(id=LIST, on=updated_on).count
    due = add_months(updated_on, months)
    return Owed(kind=RelatedDuty.update_register, about=updated_on, arose_on=updated_on, due_on=due)
