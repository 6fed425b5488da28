"""Sorts of record by the law that says how long they are kept, and the term itself.

Sources: AML Law (2024), art. 34; PBoC, NFRA and CSRC Order [2025] No. 11, art. 44; PBoC Order [2024] No. 4, art. 61;
PBoC Announcement [2015] No. 43, art. 16; PBoC Announcement [2013] No. 9, art. 14; PBoC Order [2016] No. 3, art. 22.
Worked number: a relationship that ended on 2016-02-29 is kept for ten years, to the end of 2026-02-28, and is erased
from 2026-03-01 on.
"""

from enum import StrEnum

from benyuan.rules import RulePack
from benyuan.values.dates import MONTHS_A_YEAR, add_calendar_days, add_months


class Sort(StrEnum):
    """What is erased together: by the same rules, counted from the same event."""

    person = "person"
    merchant = "merchant"
    list_entry = "list_entry"
    applicant = "applicant"
    transaction = "transaction"
    case_paper = "case_paper"
    used_code = "used_code"
    expired_code = "expired_code"


SORT_NUMBER = {sort.value: number for number, sort in enumerate(Sort, 1)}
"""Numbers in order: a new word stands at the end."""

LAW, ORDER, PAYMENT = "aml.retention.law", "aml.retention.order", "pay.record.retention_years"
OPERATION, MERCHANTS, PAPER = "pay.oplog.retention_years", "acq.files.retention_years", "aml.report.retention"
RULES = (LAW, ORDER, PAYMENT, OPERATION, MERCHANTS, PAPER)
"""Every rule on retention; their numbers stand in tables, so a new one stands at the end."""

_IDENTITY = (LAW, ORDER, PAYMENT)
RULES_OF: dict[str, tuple[str, ...]] = {
    Sort.person.value: _IDENTITY,
    Sort.merchant.value: (*_IDENTITY, MERCHANTS),
    Sort.list_entry.value: _IDENTITY,
    Sort.applicant.value: _IDENTITY,
    Sort.transaction.value: _IDENTITY,
    Sort.case_paper.value: (PAPER,),
    Sort.used_code.value: (*_IDENTITY, OPERATION),
    Sort.expired_code.value: (OPERATION,),
}
BY_DAY = (Sort.applicant.value, Sort.transaction.value, Sort.case_paper.value)
"""Sorts whose records are payloads of commands, which the log has by day."""

KINDS_OF: dict[str, tuple[str, ...]] = {
    Sort.applicant.value: ("register_person", "update_person", "register_merchant", "list_name", "bind_bank_account"),
    Sort.transaction.value: ("pay", "transfer", "refund", "credit_wallet", "open_dispute"),
    Sort.case_paper.value: ("open_case", "judge_case"),
}
"""Of which commands; of an applicant those that were not accepted, bank accounts not bound among them."""


def last_day(start: int, years: int) -> int:
    """The last day on which a record of `start` is kept (yyyymmdd). Errors: BadInput after the year 9999."""
    return add_months(start, MONTHS_A_YEAR * years)


def newest_start(on: int, years: int) -> int:
    """The newest day from which a term can have run that is over on a day."""
    start = add_months(add_calendar_days(on, -1), -MONTHS_A_YEAR * years)
    later = add_calendar_days(start, 1)  # the last of February ends the terms of two days
    return later if last_day(later, years) < on else start


def term(rules: RulePack, sort: str, *, on: int) -> tuple[str, int] | None:
    """The rule with the longest term that is in force on a day, and its years; None where no rule is in force.

    Of equal ones the first.
    """
    in_force = [(rule, value.count) for rule in RULES_OF[sort] if (value := rules.in_force(id=rule, on=on)) is not None]
    return max(in_force, key=lambda each: each[1]) if in_force else None
