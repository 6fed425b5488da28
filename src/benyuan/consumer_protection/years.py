"""What a firm owes year by year to consumers and the public, by which rule, and by which day.

Sources: PBoC Order [2020] No. 5, arts. 10 (training), 24 (a plan for teaching), 36 (complaints made public), 56 (the
self-assessment, by 31 January); CBIRC Order 2020 No. 3, art. 26 (a lender's complaints disclosed). Where an article
says every year and names no day, the last of the year is the day, by the choices of its rule.
Worked number: in 2027 the self-assessment of 2026 is due by 2027-01-31, the training of 2027 by 2027-12-31.
"""

from dataclasses import dataclass

from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.rules import RulePack
from benyuan.values.dates import add_calendar_days

A_YEAR = 10_000  # tidy: number what a year counts in yyyymmdd
FIRST_DAY = 101  # tidy: number 1 January within a year
LAST_DAY = 1_231  # tidy: number 31 December within a year
SELF_REVIEW, TRAINING, TEACHING = "cp.pbc.selfreview", "cp.pbc.training", "cp.pbc.education"
PUBLISHED, DISCLOSED = "cp.pbc.complaint.published", "cp.nfra.complaint.published"
FIRMS = ("institution", "lender", "bureau")


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """A duty of a year; `back`: how many years before the one in which it is owed it is about."""

    kind: DutyKind
    rule: str
    firms: tuple[str, ...] = FIRMS
    back: int = 0


YEARLY = (
    Yearly(kind=DutyKind.self_review, rule=SELF_REVIEW, back=1),
    Yearly(kind=DutyKind.publish_complaints, rule=PUBLISHED, firms=("institution", "bureau"), back=1),
    Yearly(kind=DutyKind.disclose_complaints, rule=DISCLOSED, firms=("lender",), back=1),
    Yearly(kind=DutyKind.train, rule=TRAINING),
    Yearly(kind=DutyKind.plan_teaching, rule=TEACHING),
)
"""In the order in which they are raised."""


def owed_in(pack: RulePack, *, firm: str, year: int, since: int) -> list[Yearly]:
    """What such a firm, of the group since a year, owes in another; nothing yet in its first.

    The rule holds on the first day of the year, or at the end of the one that it is about.
    """
    if since >= year:
        return []
    day = {0: year * A_YEAR + FIRST_DAY, 1: (year - 1) * A_YEAR + LAST_DAY}
    return [each for each in YEARLY if firm in each.firms and pack.in_force(id=each.rule, on=day[each.back])]


def last_day_of(pack: RulePack, *, duty: Yearly, year: int) -> int:
    """By which day of a year it is done: so many days after the year before, or the last."""
    if duty.rule != SELF_REVIEW:
        return year * A_YEAR + LAST_DAY
    ended = (year - 1) * A_YEAR + LAST_DAY
    return add_calendar_days(ended, pack.value(id=SELF_REVIEW, on=ended).count)
