"""Whatever is shown to whom, and however much time goes by: a draw is let through by what people would write down."""

from random import Random
from typing import Any

import pytest

from benyuan.consumer_finance.cost_sheet import LOAN_TERMS, OFFERED, digest, loan_sheet
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from benyuan.values.dates import add_calendar_days, local_day
from tests.unit.engine.groups import words_unkept
from tests.unit.lending.lenders import OFFER, Lender, lender_in_memory
from tests.unit.lending.reading import reads

FORCE, READING, MOST_DAYS = 20260801, 5, 30
A_SECOND, A_DAY = 1_000_000, 86_400_000_000
WAITS = (0, 1, A_SECOND, 4 * A_SECOND, 5 * A_SECOND - 1, 5 * A_SECOND, A_DAY, 29 * A_DAY, 30 * A_DAY, 31 * A_DAY)
LINE_PART_FEN = 1_000


class Played:
    """Two borrowers with like offers, and each showing by borrower and digest as it would be written down."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.lender: Lender = lender_in_memory()
        self.lender.on = FORCE
        self.shown: dict[tuple[int, str], int] = {}
        self.offers: list[tuple[int, int, str]] = []
        self.counts = {"drawn": 0, "cost.sheet": 0, "cost.sheet.online": 0, "cost.house.sheet_days": 0}

    def offer(self) -> None:
        """A small loan, one of two amounts, due from the 15th of the month after next on."""
        self.earn()
        month = add_calendar_days(self.today() // 100 * 100 + 1, 62)
        due, borrower = month // 100 * 100 + 15, self.dice.choice((1, 2))
        terms = {"amount_fen": self.dice.choice((1, 2)) * LINE_PART_FEN, "first_due_on": due, "until": due - 10}
        number = self.lender.do("offer_loan", **{**OFFER, **terms, "borrower": borrower})["offer"]
        self.offers.append((number, borrower, self.sheet_of(number)))
        reads(self.lender, borrower=borrower, offer=number)

    def earn(self) -> None:
        """Evidence of income that is fresh, for the walk is longer than it holds."""
        for borrower in (1, 2):
            self.lender.earns(borrower, on=self.today())

    def today(self) -> int:
        self.lender.on = max(self.lender.on, local_day(max(self.lender.group.last_at, self.lender.not_before)))
        return self.lender.on

    def sheet_of(self, offer: int) -> str:
        terms = {name: self.lender.of("loan_terms", 1, name) for name in LOAN_TERMS}
        return digest(loan_sheet({name: self.lender.of("loan_offer", offer, name) for name in OFFERED}, terms))

    def wait(self) -> None:
        self.lender.not_before = self.lender.group.last_at + self.dice.choice(WAITS)
        self.today()

    def show(self) -> None:
        """One of the last offers, to its borrower."""
        number, borrower, sheet = self.dice.choice(self.offers[-4:])
        self.lender.do("show_cost_sheet", borrower=borrower, offer=number, cost_sheet=sheet)
        self.shown[borrower, sheet] = self.lender.group.last_at

    def draw(self) -> None:
        """One of the last offers, with its digest or another's."""
        number, borrower, right = self.dice.choice(self.offers[-4:])
        given = right if self.dice.random() < 0.9 else self.dice.choice(self.offers)[2]
        answer = self.lender.ask("draw_loan", offer=number, purpose="travel", cost_sheet=given)
        if answer.invalid is not None:  # drawn before, or run out: nothing of sheets
            assert answer.invalid.field == "offer"
            return
        wanted = self.refused_by(borrower, right, given)
        assert (answer.refusal.rule_id if answer.refusal else "") == wanted, answer
        self.counts[wanted or "drawn"] += 1

    def refused_by(self, borrower: int, right: str, given: str) -> str:
        """By hand: the right sheet, shown to them; long enough ago; not too long."""
        at, shown = self.lender.group.last_at, self.shown.get((borrower, given))
        if given != right or shown is None:
            return "cost.sheet"
        if at - shown < READING * A_SECOND:
            return "cost.sheet.online"
        return "" if local_day(at) <= add_calendar_days(local_day(shown), MOST_DAYS) else "cost.house.sheet_days"


def play(seed: int, steps: int) -> dict[str, int]:
    """A walk; the log holds."""
    dice = Random(seed)
    played = Played(dice)
    played.offer()
    for _ in range(steps):
        getattr(played, dice.choice(("offer", "wait", "wait", "show", "show", "draw", "draw", "draw")))()
    report: Any = verify(played.lender.group.store, vault=played.lender.group.vault, use_cases=USE_CASES)
    unkept = words_unkept(played.lender.group.store)
    assert (report.faults, report.differences, report.undecidable) == ([], [], unkept)
    return played.counts


@pytest.mark.parametrize("seed", range(3))
def test_draws_follow_what_was_written_down(seed: int) -> None:
    counts = play(seed, 120)
    assert counts["drawn"]
    assert counts["cost.sheet"]


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 102))
def test_draws_follow_what_was_written_down_for_long(seed: int) -> None:
    assert all(play(seed, 1_000).values())
