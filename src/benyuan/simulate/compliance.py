"""What compliance people do, and what some customers give them to do: a mule chain, planted on one day."""

import numpy as np

from benyuan.payments.monitoring.records import Pattern, Verdict
from benyuan.payments.vocabulary import Authentication, DutyKind
from benyuan.simulate.people import CLASSES
from benyuan.simulate.tally import accepted
from benyuan.simulate.tickets import at_us
from benyuan.simulate.world import Giver, World
from benyuan.values.dates import add_calendar_days

MINUTE, HOUR = 60, 3600
FILED_AFTER_DAYS = 3

STANDARDS = {
    "structuring_count": 3,
    "structuring_share_ppm": 900_000,
    "chain_fen": 1_000_000,
    "chain_share_ppm": 900_000,
    "chain_people": 3,
    "night_from": 0,
    "night_to": 5,
    "night_count": 5,
    "night_fen": 200_000,
    "cash_out_count": 5,
    "cash_out_fen": 500_000,
    "cash_out_multiple_fen": 10_000,
    "business_people": 20,
}
"""What the demo's institution watches for: figures of its own."""

CHAIN_DAY = 20
CHAIN_FEN = (1_500_000, 1_480_000, 1_450_000, 1_430_000)
"""What goes from one to the next, and what the last one draws."""

FINDINGS = {
    Verdict.confirmed: "资金快进快出，账户间逐级转移，余额当日清空，与客户身份不符。",
    Verdict.excluded: "经核实交易背景，金额与客户职业相符，未见异常。",
}


def set_standards(session: Giver, world: World, *, at: int, on: int) -> None:
    """From the first day on."""
    session.give(
        "set_monitoring",
        at,
        institution=[world.institution],
        from_date=[on],
        **{name: [figure] for name, figure in STANDARDS.items()},
    )


def plant_chain(session: Giver, world: World, *, number: int, day: int) -> None:
    """Four people who send the same money on within minutes, and the last one draws it."""
    people = world.people
    able = people.has_mandate & (people.agreed_daily_fen > 0) & (people.wallet_class == CLASSES.index("III"))
    who = np.flatnonzero(able & (world.wallet > 0))[: len(CHAIN_FEN)]
    if number != CHAIN_DAY or len(who) < len(CHAIN_FEN):
        return
    at, first = at_us(day, 8 * HOUR + 51 * MINUTE), who[:1]
    wallet, bank = world.wallet[who], world.bank_account[who]
    topped_up = session.give(
        "top_up", at, wallet=wallet[:1], bank_account=bank[:1], amount_fen=np.full(len(first), CHAIN_FEN[0])
    )
    world.custodian.debit_cards(
        np.array(CHAIN_FEN[:1])[accepted(topped_up)], orders=topped_up.position[accepted(topped_up)]
    )
    by = Authentication.two_kinds_with_certificate.value
    for link, fen in enumerate(CHAIN_FEN[:-1]):
        session.give(
            "transfer",
            at + (link + 1) * MINUTE * 1_000_000,
            payer=wallet[link : link + 1],
            payee=wallet[link + 1 : link + 2],
            amount_fen=[fen],
            authentication=[by],
        )
    drawn = session.give(
        "withdraw",
        at + 5 * MINUTE * 1_000_000,
        wallet=wallet[-1:],
        bank_account=bank[-1:],
        amount_fen=[CHAIN_FEN[-1]],
        authentication=[by],
    )
    world.custodian.pay_out(np.array(CHAIN_FEN[-1:])[accepted(drawn)], orders=drawn.position[accepted(drawn)])


def judge_cases(session: Giver, *, day: int) -> None:
    """Every open case is looked at the next morning; chains are confirmed, and reported at once."""
    cases = session.group.records.tables["suspicious_case"]
    waiting = np.flatnonzero((cases.column("verdict") == 0) & (cases.column("institution") != 0))
    if len(waiting) == 0:
        return
    is_chain = cases.column("pattern")[waiting] == Pattern.mule_chain
    verdicts = [Verdict.confirmed if found else Verdict.excluded for found in is_chain.tolist()]
    judged = session.give(
        "judge_case",
        at_us(day, 8 * HOUR + 40 * MINUTE),
        case=waiting,
        verdict=[verdict.value for verdict in verdicts],
        analyst=["compliance 1"] * len(waiting),
        analysis=[FINDINGS[verdict] for verdict in verdicts],
    )
    duties = judged.results("duty")
    if duties.any():
        session.give("file_duty", at_us(day, 8 * HOUR + 42 * MINUTE), duty=duties[duties > 0])


def file_duties(session: Giver, *, day: int) -> None:
    """Large values are reported three days after they arose."""
    duties = session.group.records.tables["duty"]
    earlier = add_calendar_days(day, -FILED_AFTER_DAYS)
    reports = (duties.column("done_on") == 0) & (duties.column("kind") != DutyKind.settlement_overdue)
    open_duties = np.flatnonzero(reports & (duties.column("arose_on") <= earlier))
    wanted = open_duties[open_duties > 0]
    if len(wanted):
        session.give("file_duty", at_us(day, 8 * HOUR + 45 * MINUTE), duty=wanted)
