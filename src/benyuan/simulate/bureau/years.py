"""November, of which the data tell nothing, and the five years after: arrears end, the clock goes on, old ones go.

In November whoever owes on a statement pays it whole, but one in ten of those who were late; half of the loans that
nobody paid any more are brought up to date. The lender's own days stop with November, so who went on being late then
does so for good here. The bureau's job that erases runs on each day on which something is over: on the days between it
would find nothing. Source: State Council Order 631, art. 16; Order [2013] No. 1, art. 18 (the licence is renewed).
"""

from calendar import monthrange

import numpy as np

from benyuan.assurance.bureau.erasing import erase_over
from benyuan.assurance.bureau.negative_held import NegativeHeld, negative_held
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP, LOAN, LOAN_STEP
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.records import BUREAU_DUTY
from benyuan.credit_bureau.sieves import is_negative
from benyuan.credit_bureau.vocabulary import DutyKind
from benyuan.simulate.bureau.opening import CAPITAL_FEN, LICENSED_UNTIL
from benyuan.simulate.bureau.world import BureauWorld, Kept
from benyuan.simulate.lender.beside import Beside
from benyuan.simulate.lender.day import close_lender, run_lender_day
from benyuan.simulate.lender.making import DUE_DAY
from benyuan.simulate.lender.opening import HOUR
from benyuan.simulate.lender.world import LenderWorld
from benyuan.simulate.run import Session
from benyuan.simulate.seeds import Stream, generator
from benyuan.simulate.tickets import at_us
from benyuan.values.dates import add_calendar_days, add_months, local_day

NOVEMBER = 202611
GO_ON_BEING_LATE, LOANS_BROUGHT_UP = 0.1, 0.5
LOANS_ON = 10
NIGHT = 3 * HOUR
A_YEAR = 10_000
YEARS = (2027, 2028, 2029, 2030, 2031)
RAISED, BUSINESS_FILED, AUDIT_FILED = 105, 228, 1115
RENEWED_ON, LICENCE_MONTHS = 20290215, 36


def november(session: Session, world: LenderWorld, *, beside: Beside) -> int:
    """Every day of it, closed; and the morning after. Returns the first of December."""
    payers = _payers(session, world)
    for day in range(NOVEMBER * 100 + 1, NOVEMBER * 100 + monthrange(2026, 11)[1] + 1):
        run_lender_day(session, world, day=day, beside=beside)
        _pay_statements(session, world, payers.get(day, []), day=day)
        if day % 100 == LOANS_ON:
            _bring_loans_up(session, day=day)
        close_lender(session, world, day=day)
    after = add_calendar_days(day, 1)
    beside.morning(session, world, day=after)
    return after


def _payers(session: Session, world: LenderWorld) -> dict[int, list[int]]:
    """By the day of November who pays the statement on it."""
    draw = generator(Stream.november)
    days = draw.integers(1, DUE_DAY + 1, len(world.account))
    last = session.group.records.tables[ACCOUNT.name].column("last_step")[world.account]
    late = session.group.records.tables[ACCOUNT_STEP.name].column("oldest_due_on")[last] != 0
    stays_late = late & (draw.random(len(days)) < GO_ON_BEING_LATE)
    payers: dict[int, list[int]] = {}
    for client in np.flatnonzero(~stays_late).tolist():
        payers.setdefault(NOVEMBER * 100 + int(days[client]), []).append(client)
    return payers


def _pay_statements(session: Session, world: LenderWorld, clients: list[int], *, day: int) -> None:
    accounts = world.account[clients]
    steps = session.group.records.tables[ACCOUNT_STEP.name]
    last = session.group.records.tables[ACCOUNT.name].column("last_step")[accounts]
    asked = sum(steps.column(name)[last] for name in ("billed_fen", "interest_fen", "fees_fen"))
    owing = np.flatnonzero(asked)
    if len(owing):
        at = at_us(day, 23 * HOUR)
        session.give("repay_account", at, account=accounts[owing], amount_fen=np.asarray(asked)[owing])


def _bring_loans_up(session: Session, *, day: int) -> None:
    """What is due of every second late loan comes in."""
    loans = session.group.records.tables[LOAN.name]
    steps = session.group.records.tables[LOAN_STEP.name]
    last = loans.column("last_step")
    late = np.flatnonzero(steps.column("oldest_due_on")[last] != 0)
    late = late[generator(Stream.november).random(len(late)) < LOANS_BROUGHT_UP]
    rows = last[late]
    interest = steps.column("interest_made_fen")[rows] - steps.column("interest_paid_fen")[rows]
    due = steps.column("due_principal_fen")[rows] + interest
    if len(late):
        session.give("repay_loan", at_us(day, 23 * HOUR), loan=late, amount_fen=due)


def five_years(session: Session, bureau: BureauWorld, *, since: int) -> None:
    """From December 2026 on: yearly duties, the licence, and every day on which something is over.

    One spell among the last is looked at on the last day of its five years and on the day after.
    """
    bureau.clock.at = at_us(since, NIGHT)
    held = negative_held(session.group, bureau=bureau.bureau)
    bureau.kept.append(_kept(held, since))
    over = sorted(held.gone_on)
    last = over[-1:]
    before = [add_calendar_days(day, -1) for day in last]
    works = {year * A_YEAR + day for year in YEARS for day in (RAISED, BUSINESS_FILED, AUDIT_FILED)}
    for day in sorted({*over, *before, *works, RENEWED_ON}):
        bureau.clock.at = max(at_us(day, NIGHT), bureau.clock.at)
        if day == RENEWED_ON:
            _renew(session, bureau)
        if day in works:
            _duties(session, bureau, day)
        if day in over or day in before:
            _erase(session, bureau, finish=day in last)
        if day in before or day in last:
            bureau.given.append((day, *_late_months(session, held)))
    bureau.kept.append(_kept(negative_held(session.group, bureau=bureau.bureau), local_day(bureau.clock.at)))


def _kept(held: NegativeHeld, on: int) -> Kept:
    counts = {name: getattr(held, name) for name in Kept.__dataclass_fields__ if name != "on"}
    return Kept(on=on, **counts)


def _late_months(session: Session, held: NegativeHeld) -> tuple[int, int]:
    """The account of the spell that is watched, and how many negative months of it are there."""
    records = session.group.pages.read(MONTH, [held.account]).records
    return held.account, int(is_negative(records["status"]).sum())


def _erase(session: Session, bureau: BureauWorld, *, finish: bool) -> None:
    """Keys are destroyed and the files written anew once, after the last: at this size that takes seconds each time."""
    done = erase_over(session.group, bureau=bureau.bureau, finish=finish)
    bureau.erased_months += done.months
    bureau.erased_public += done.public
    bureau.erasing_days += 1


def _renew(session: Session, bureau: BureauWorld) -> None:
    """Asked for and granted before the sixty days begin."""
    begins = add_calendar_days(LICENSED_UNTIL, 1)
    session.give(
        "record_bureau_standing",
        bureau.clock.at,
        bureau=[bureau.bureau],
        from_date=[begins],
        licensed_until=[add_calendar_days(add_months(begins, LICENCE_MONTHS), -1)],
        capital_fen=[CAPITAL_FEN],
    )


def _duties(session: Session, bureau: BureauWorld, day: int) -> None:
    """In January the year's duties arise; the report is handed in in February, the audit in November."""
    at, of_year = bureau.clock.at, day % A_YEAR
    if of_year == RAISED:
        session.give("raise_bureau_duties", at, bureau=[bureau.bureau], date=[day])
        return
    kind = DutyKind.annual_report if of_year == BUSINESS_FILED else DutyKind.audit_report
    held = session.group.records.tables[BUREAU_DUTY.name]
    for duty in np.flatnonzero((held.column("kind") == kind) & (held.column("done_on") == 0)).tolist():
        session.give("file_bureau_duty", at, duty=[duty], words=["已按规定报送。"])
