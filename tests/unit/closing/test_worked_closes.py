"""The closes that docs/algorithms/closing.md works out, entry by entry."""

import pytest

from tests.unit.closing.worked_close import OFFER, WorkedLender, worked_lender
from tests.unit.consumer_finance.worked_tables import table

Posted = dict[tuple[str, str], list[tuple[str, str, str]]]
PARTNER = {"partner": 1, "share_ppm": 333_333}


def iso(date: int) -> str:
    return f"{date // 10_000}-{date // 100 % 100:02d}-{date % 100:02d}"


class Told:
    """What was posted, by day and what was done."""

    def __init__(self, lender: WorkedLender) -> None:
        self.lender = lender
        self.posted: Posted = {}

    def close(self, *, through: int) -> None:
        for date, position in self.lender.close(through=through).items():
            self.posted[iso(date), "closed"] = self.lender.posted(position)

    def do(self, what: str, kind: str, *, on: int, **fields: object) -> None:
        self.lender.on = on
        position = self.lender.do(kind, **fields)["position"]
        self.posted[iso(on), what] = self.lender.posted(position)


@pytest.fixture(scope="module")
def told() -> Told:
    """The four months of the page."""
    told = Told(worked_lender())
    told.lender.do("offer_loan", borrower=1, amount_fen=1_000_000, **OFFER)
    told.lender.do("offer_loan", borrower=2, amount_fen=100_000, **OFFER)
    told.do("drawn", "draw_loan", on=20260401, offer=1, purpose="travel")
    told.close(through=20260401)
    told.do("drawn", "draw_loan", on=20260402, offer=2, purpose="travel", **PARTNER)
    told.close(through=20260505)
    told.do("paid whole", "repay_loan", on=20260506, loan=2, amount_fen=101_460)
    told.close(through=20260731)
    told.do("written off", "write_off_loan", on=20260801, loan=1)
    told.do("recovered", "recover_loan", on=20260802, loan=1, amount_fen=200_000)
    told.close(through=20260802)
    return told


def test_every_entry_of_the_page_is_posted_and_no_other(told: Told) -> None:
    head, rows = table("closing.md", "Closes worked out")
    assert head == ("day", "what", "debit", "credit", "amount")
    shown: Posted = {}
    for day, what, *entry in rows:
        shown.setdefault((day, what), []).append((entry[0], entry[1], entry[2]))
    assert len(shown) > 10
    assert shown == {key: told.posted[key] for key in shown}


def test_after_the_write_off_nothing_is_left_to_post(told: Told) -> None:
    assert told.posted["2026-08-02", "closed"] == []
