"""What a firm owes year by year to consumers and the public, by which rule, and by which day.

Sources: PBoC Order [2020] No. 5, arts. 10 (training), 24 (a plan for teaching), 36 (complaints made public), 56 (the
self-assessment, by 31 January); CBIRC Order 2020 No. 3, art. 26 (a lender's complaints disclosed); CBIRC Order 2022
No. 9, art. 19 (an audit in every year, everything in five). Where an article says every year and names no day, the last
of the year is the day, by the choices of its rule.
Worked number: in 2027 the self-assessment of 2026 is due by 2027-01-31, the training of 2027 by 2027-12-31; a lender of
2026 has audited everything by 2031-12-31, and a second time by 2036-12-31.
"""

from dataclasses import dataclass

from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.rules import RulePack
from benyuan.values.dates import add_calendar_days

A_YEAR = 10_000  # tidy: number what a year counts in yyyymmdd
FIRST_DAY = 101  # tidy: number 1 January within a year
LAST_DAY = 1_231  # tidy: number 31 December within a year
SELF_REVIEW, TRAINING, TEACHING = "cp.pbc.selfreview", "cp.pbc.training", "cp.pbc.education"
AUDITS = "cp.nfra.audit_cycle"
PUBLISHED, DISCLOSED = "cp.pbc.complaint.published", "cp.nfra.complaint.published"
FIRMS = ("institution", "lender", "bureau")


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """A duty of a year; `back`: how many years before the one in which it is owed it is about.

    `cycle`: it is one of several years, about the last of them.
    """

    kind: DutyKind
    rule: str
    firms: tuple[str, ...] = FIRMS
    back: int = 0
    cycle: bool = False


YEARLY = (
    Yearly(kind=DutyKind.self_review, rule=SELF_REVIEW, back=1),
    Yearly(kind=DutyKind.publish_complaints, rule=PUBLISHED, firms=("institution", "bureau"), back=1),
    Yearly(kind=DutyKind.disclose_complaints, rule=DISCLOSED, firms=("lender",), back=1),
    Yearly(kind=DutyKind.train, rule=TRAINING),
    Yearly(kind=DutyKind.plan_teaching, rule=TEACHING),
    Yearly(kind=DutyKind.audit, rule=AUDITS, firms=("lender",)),
    Yearly(kind=DutyKind.audit_cycle, rule=AUDITS, firms=("lender",), cycle=True),
)
"""In the order in which they are raised."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is owed: `about` the year that it is about, `arose_on` and `due_on` as yyyymmdd."""

    kind: DutyKind
    about: int
    arose_on: int
    due_on: int


def owed_in(pack: RulePack, *, firm: str, year: int, since: int) -> list[Owed]:
    """What such a firm, of the group since a year, owes in another; nothing yet in its first.

    The rule holds on the first day of the year, or at the end of the one that it is about.
    """
    if since >= year:
        return []
    day = {0: year * A_YEAR + FIRST_DAY, 1: (year - 1) * A_YEAR + LAST_DAY}
    owed = [each for each in YEARLY if firm in each.firms and pack.in_force(id=each.rule, on=day[each.back])]
    return [_cycle(pack, each, year=year, since=since) if each.cycle else _year(pack, each, year) for each in owed]


def cycle_of(pack: RulePack, *, year: int, since: int) -> tuple[int, int]:
    """The first and the last year of the audits' cycle that has a year; the first of all is the first that owes one.

    Errors: RuleNotInForce, where no year up to this one owes any.
    """
    years = range(since + 1, year + 1)
    first = next((each for each in years if pack.in_force(id=AUDITS, on=each * A_YEAR + FIRST_DAY)), year)
    count = pack.value(id=AUDITS, on=first * A_YEAR + FIRST_DAY).count
    begins = year - (year - first) % count
    return begins, begins + count - 1


def _year(pack: RulePack, duty: Yearly, year: int) -> Owed:
    """By so many days after the year before, or by the last day."""
    due = year * A_YEAR + LAST_DAY
    if duty.rule == SELF_REVIEW:
        ended = (year - 1) * A_YEAR + LAST_DAY
        due = add_calendar_days(ended, pack.value(id=SELF_REVIEW, on=ended).count)
    return Owed(kind=duty.kind, about=year - duty.back, arose_on=year * A_YEAR + FIRST_DAY, due_on=due)


def _cycle(pack: RulePack, duty: Yearly, *, year: int, since: int) -> Owed:
    first, last = cycle_of(pack, year=year, since=since)
    arose, due = first * A_YEAR + FIRST_DAY, last * A_YEAR + LAST_DAY
    return Owed(kind=duty.kind, about=last, arose_on=arose, due_on=due)
