"""What somebody pays on accounts elsewhere in a month, as a member that asks to lend is shown.

Of each account that runs, what its latest month that is shown asks for, or what is overdue where that is more (Order
2024 No. 4 of the NFRA, art. 42: income against debts). The asking member's own accounts are left out: it knows those.
Worked number: 500.00 due at a bank, and 900.00 overdue of 300.00 a month at another, are 1,400.00.
"""

from benyuan.assurance.bureau.report import credit_file
from benyuan.credit_bureau.report.accounts import Unit, units_of
from benyuan.credit_bureau.report.showing import shown_on
from benyuan.credit_bureau.vocabulary import Section
from benyuan.engine.group import Group
from benyuan.values.dates import local_day


def debts_elsewhere(group: Group, *, bureau: int, subject: int, member: int, position: int, at: int) -> int:
    """Fen a month, by the file as it stood at a log position and may be shown at a time. Errors: VaultLocked."""
    sections = Section.accounts
    file = credit_file(group, bureau=bureau, subject=subject, sections=sections, position=position, at=at)
    on = local_day(at)
    shown = shown_on(months=file.months, public=file.public, on=on, rules=group.regime.pack)
    return sum(_month(unit) for unit in units_of(file, shown, on=on) if unit.line.member != member and unit.running)


def _month(unit: Unit) -> int:
    latest = unit.rows[-1]
    return max(int(latest["due_fen"]), int(latest["overdue_fen"]))
