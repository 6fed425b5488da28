"""Drives the sample group: half a year of the lender with its merchants and the bureau, then the group above them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from benyuan.consumer_finance.chart import LenderOwn
from benyuan.consumer_finance.records import LENDER as LENDERS
from benyuan.consumer_finance.records import PARTNER
from benyuan.credit_bureau.records import BUREAU as BUREAUS
from benyuan.engine.group import Group
from benyuan.payments.chart import Own
from benyuan.payments.records import INSTITUTION
from benyuan.simulate.bureau.lending import loans_of_held_out
from benyuan.simulate.bureau.run import BureauBeside
from benyuan.simulate.bureau.world import BureauWorld, MovingClock
from benyuan.simulate.group.bodies import (
    BANK,
    BEGAN,
    BUREAU,
    HOLDING,
    INVENTED,
    LENDER,
    OWNER,
    PARTNER_BANK,
    PAYER,
    found,
)
from benyuan.simulate.group.dealing import deal
from benyuan.simulate.group.figures import YI, report_figures
from benyuan.simulate.group.limiting import limit
from benyuan.simulate.group.papers import show_papers
from benyuan.simulate.group.returns import PERIOD
from benyuan.simulate.group.sectors import exercise
from benyuan.simulate.lender.making import lender_world
from benyuan.simulate.lender.opening import HOUR, OPENED
from benyuan.simulate.lender.run import drive_lender
from benyuan.simulate.lender.world import LenderWorld
from benyuan.simulate.particulars import tell_merchants
from benyuan.simulate.run import Progress, Session
from benyuan.simulate.tally import accepted
from benyuan.simulate.telling import Telling
from benyuan.simulate.tickets import at_us
from benyuan.values.dates import add_calendar_days

MINUTE = 60
FOUNDED, DEALT, LAST_DAY = 20261102, 20261103, 20261104
CHAPTERS = {1: "Who owns whom, and what it may do", 2: "Transactions inside the group"}
PAYERS_CAPITAL_FEN = 4 * YI


class GroupBeside(BureauBeside):
    """The bureau beside the lender's days; the payment company's own money and merchants, and its days closed."""

    def __init__(self, bureau: BureauWorld, session: Session) -> None:
        super().__init__(bureau, session)
        self.reserve_fen = 0
        self.cleared: list[tuple[str, int]] = []

    def opened(self, session: object, world: LenderWorld) -> None:
        """What the holding company has paid in, and how large the merchants are, and where."""
        super().opened(session, world)
        at = at_us(OPENED, 10 * HOUR)  # after the consents, which go on past nine
        answers = self.session.give("fund", at, institution=[world.institution], amount_fen=[PAYERS_CAPITAL_FEN])
        assert accepted(answers).all()
        tell_merchants(self.session, world.merchant, is_firm=np.ones(world.merchants, np.bool_), at=at)

    def morning(self, session: object, world: LenderWorld, *, day: int) -> None:
        """The payment company closes the day before, and the clearing house settles both ways."""
        if day != OPENED:
            self.close_payer(world, day=day)
            self._clear(world, day=day)
        super().morning(session, world, day=day)

    def close_payer(self, world: LenderWorld, *, day: int) -> None:
        """The custodian's statement of the day before `day`, and the close."""
        date, institution = add_calendar_days(day, -1), world.institution
        stated = [(direction, fen) for direction, fen in self.cleared if fen]
        if stated:
            self.session.give(
                "record_statement_entry",
                at_us(day, 7 * HOUR + 2 * MINUTE),
                institution=[institution] * len(stated),
                date=[date] * len(stated),
                direction=[direction for direction, _ in stated],
                reference=[f"settlement {date}"] * len(stated),
                amount_fen=[fen for _, fen in stated],
            )
        self.cleared = []
        at = at_us(day, 7 * HOUR + 3 * MINUTE)
        self.session.give("close_day", at, institution=[institution], date=[date], statement_fen=[self.reserve_fen])

    def _clear(self, world: LenderWorld, *, day: int) -> None:
        """All that is owed both ways."""
        ledger, tables = self.session.group.ledger, self.session.group.records.tables
        first = int(tables[INSTITUTION.name].column("first_account")[world.institution])
        received, paid = (
            abs(held.debits_posted - held.credits_posted)
            for held in (ledger.balance(first + own) for own in (Own.clearing_in, Own.clearing_out))
        )
        self.session.give(
            "clear",
            at_us(day, 7 * HOUR + 4 * MINUTE),
            institution=[world.institution],
            reference=[f"settlement {day}"],
            received_fen=[received],
            paid_fen=[paid],
        )
        self.reserve_fen += received - paid
        self.cleared = [("received", received), ("paid", paid)]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDone:
    """What a run left: the story, and the days it covers."""

    story: Telling
    first_day: int
    last_day: int


def run_group(group: Group, clock: MovingClock, *, clients: int, progress: Progress | None = None) -> GroupDone:
    """The simulation with the first `clients` clients, over an empty group that goes by this clock."""
    world, session = lender_world(clients=clients), Session(group)
    world.cash_loans = loans_of_held_out(clients)
    beside = GroupBeside(BureauWorld(clock=clock, clients=clients), session)
    done = drive_lender(session, world, beside=beside, progress=progress)
    beside.close_payer(world, day=add_calendar_days(done.last_day, 1))
    story = Telling(session=session, clock=clock)
    story.notes["stood"] = group.position
    story.chapter = 1
    found(story, FOUNDED, books=_books(group))
    report_figures(story, FOUNDED)
    _tried(story)
    show_papers(story, FOUNDED)
    story.chapter = 2
    limit(story, DEALT, lent=deal(story, DEALT))
    exercise(story, DEALT)
    return GroupDone(story=story, first_day=done.first_day, last_day=LAST_DAY)


def lenders_money(group: Group) -> int:
    """What stood on the lender's account at the bank at the end of the returns' period, fen."""
    account = int(group.records.tables[LENDERS.name].column("first_account")[1]) + LenderOwn.bank
    held = group.ledger.balance_at(account, business_date=PERIOD)
    return held.debits_posted - held.credits_posted


def _books(group: Group) -> dict[int, int]:
    """The book of each body here; a partner's is its part of the lender's joint loans."""
    tables = {PAYER: INSTITUTION, LENDER: LENDERS, BUREAU: BUREAUS, PARTNER_BANK: PARTNER}
    return {body: int(group.records.tables[table.name].column("book")[1]) for body, table in tables.items()}


def _tried(story: Telling) -> None:
    """Facts that can't be."""
    stake: dict[str, Any] = {"part": 41, "whole": 100, "from_date": BEGAN, **INVENTED}
    what = "another 41% of a holding company of which 64% are held"
    story.senseless("part", "record_stake", FOUNDED, "09:40", what, owner=BANK, owned=HOLDING, **stake)
    figure: dict[str, Any] = {"body": OWNER, "figure": "total_assets", "amount_fen": 1, "as_of": BEGAN}
    what = "a figure without a document that is not called invented"
    story.senseless("source", "record_body_figure", FOUNDED, "09:41", what, **figure)
