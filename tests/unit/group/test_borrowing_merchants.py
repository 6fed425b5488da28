"""Borrowers who are merchants by the same document: what they drew for consumption is told apart."""

from typing import Any

import numpy as np
import pytest

from benyuan.assurance.small_micro import credit
from benyuan.assurance.small_micro.receipts import receipts_of
from benyuan.assurance.small_micro.sections import Frame, Row
from benyuan.payments.records import MERCHANT
from tests.unit.group.test_tied_customers import BOUGHT_FEN, DRAWN_ON, LOAN_FEN, Firms
from tests.unit.lending.accounts import lender_in_town

ENDED = 20260501


def told(firms: Firms, *, first: int = DRAWN_ON, last: int = ENDED, floor: int = 1) -> list[Row]:
    group = firms.desk.group
    kinds = group.records.tables[MERCHANT.name].column("kind")
    bounds = np.array([10], np.int64)
    found = receipts_of(group, first=first, last=last, kinds=kinds, bounds=bounds, waited=lambda _: kinds)
    frame = Frame(group=group, institution=1, first=first, last=last, floor=floor)
    return credit.tied(frame, found).rows


@pytest.fixture
def firms() -> Firms:
    """Borrower 1 bought on credit too, and person 1 sells online."""
    made = Firms(lender_in_town())
    made.plain("register_merchant", institution=1, kind_of_merchant="individual_seller", principal=1)
    made.lender.do("draw_purchase", on=ENDED, account=1, amount_fen=BOUGHT_FEN)
    return made


def test_tied_to_both_the_loan_and_the_purchase_are_told(firms: Firms) -> None:
    firms.tie()
    assert told(firms) == []
    firms.tie(institution=1, lender=0)
    row: list[Any] = ["borrowers who are merchants", 1, 1, LOAN_FEN, 1, BOUGHT_FEN]
    assert told(firms) == [row]
    assert told(firms, floor=2) == []


@pytest.mark.parametrize(("first", "last", "figures"), [(DRAWN_ON, 20260430, (1, 0)), (20260403, ENDED, (0, 1))])
def test_of_the_period_and_no_other_day(firms: Firms, first: int, last: int, figures: tuple[int, int]) -> None:
    firms.tie()
    firms.tie(institution=1, lender=0)
    ((_, _, draws, _, purchases, _),) = told(firms, first=first, last=last)
    assert (draws, purchases) == figures


def test_a_tie_that_has_ended_tells_nothing(firms: Firms) -> None:
    firms.tie()
    firms.tie(institution=1, lender=0)
    firms.tie(institution=1, lender=0, holds=False, from_date=ENDED)
    assert told(firms) == []
    assert len(told(firms, last=20260430)) == 1


def test_one_of_two_who_drew_is_not_told_by_the_amounts(firms: Firms, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credit, "_tied_borrowers", lambda _: np.array([1, 2], np.int64))
    assert told(firms, floor=1)[0][1:3] == [2, 1]
    assert told(firms, floor=2) == []
    assert told(firms, floor=2, first=20260501, last=20260501) == [], "one of two who bought"
    assert told(firms, floor=2, first=20260404, last=20260430)[0][1:] == [2, 0, 0, 0, 0]
