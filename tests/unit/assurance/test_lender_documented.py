"""What docs/measures/4-consumer-finance.md says of accounts and of a worked chain is what the books hold."""

from pathlib import Path

import pytest

from benyuan.cli.output import yuan
from benyuan.consumer_finance.chart import LenderAccount, LenderLeg
from benyuan.consumer_finance.titles import TITLES, Title
from benyuan.decisions.facts import MONEY
from tests.unit.assurance.lender_world import do, world
from tests.unit.engine.groups import Desk, in_memory

PAGE = Path(__file__).parents[3] / "docs" / "measures" / "4-consumer-finance.md"


@pytest.mark.parametrize(("code", "title"), TITLES.items())
def test_every_account_stands_in_the_chart(code: LenderAccount, title: Title) -> None:
    row = f"| {code.value} | `{code.name}` | {title.en} | {title.zh} | {title.side} |"
    assert row in PAGE.read_text(encoding="utf-8")


def money_legs(desk: Desk, position: int) -> list[str]:
    """The legs of a command that move money, as rows of the page."""
    first, rows = desk.group.reader.block(leg=desk.group.ledger.leg_count)
    accounts = desk.group.ledger.state.accounts
    told = []
    for row in rows[rows["reference"] == position]:
        one, other = (accounts[int(row[side])] for side in ("debit_account", "credit_account"))
        if one["unit"] == MONEY:
            leg = LenderLeg(int(row["code"])).name
            names = (LenderAccount(int(each["code"])).name for each in (one, other))
            told.append(f"| `{leg}` | {' | '.join(f'`{name}`' for name in names)} | {yuan(int(row['amount']))} |")
    assert first
    return told


def test_the_worked_chain() -> None:
    """6,000.01 drawn with a partner's 30%, and the first instalment of 2,040.47 repaid."""
    desk = world(in_memory(), last=20260504)
    offer = {
        "borrower": 3,
        "product": 2,
        "amount_fen": 600_001,
        "term_count": 3,
        "rate_ppm": 120_000,
        "need_fen": 600_001,
    }
    do(desk, "offer_loan", **offer, first_due_on=20260605, until=20260510)
    do(desk, "draw_loan", offer=2, purpose="consumption", partner=1, share_ppm=300_000)
    drawn = money_legs(desk, desk.group.position)
    desk.now += 31 * 86_400_000_000
    do(desk, "repay_loan", loan=2, amount_fen=204_047)
    repaid = money_legs(desk, desk.group.position)
    assert (len(drawn), len(repaid)) == (3, 6)
    page = PAGE.read_text(encoding="utf-8")
    for told in (drawn, repaid):
        assert "\n".join(told) in page, told
