"""Closes that may not be: of a day not over, out of order, twice, in other parts; nothing of them is done."""

from typing import Any

import pytest

from benyuan.usecases.lending.close_lender_day import LenderClose
from tests.unit.engine.groups import memory_of
from tests.unit.lending.lenders import BEGAN, CASH, OFFER, PAY_LATER, RATES, Lender, lender_in_memory


@pytest.fixture
def lender() -> Lender:
    """Two days of April are closed, a third in the first of three parts."""
    made = lender_in_memory()
    made.do("open_credit_account", borrower=1, product=PAY_LATER, line_fen=500_000)
    made.do("draw_purchase", account=1, amount_fen=10_000)
    made.close(through=20260402, on=20260405)
    made.do("close_lender_day", lender=1, date=20260403, shard=0, shards=3)
    return made


@pytest.mark.parametrize(
    ("asked", "field", "figure"),
    [
        ({"date": 20260405, "shards": 1}, "date", "before 20260405"),
        ({"date": 20260406, "shards": 1}, "date", "before 20260405"),
        ({"date": 20260404, "shards": 3}, "date", "which is 20260403"),
        ({"date": 20260402, "shards": 1}, "date", "which is 20260403"),
        ({"date": 20260331, "shards": 1}, "date", "which is 20260403"),
        ({"date": 20260431, "shards": 1}, "date", "a day that exists"),
        ({"date": 0, "shards": 1}, "date", "a day that exists"),
        ({"date": 2**63 - 1, "shards": 1}, "date", "a day that exists"),
        ({"date": 20260403, "shard": 0, "shards": 3}, "shard", "not closed yet"),
        ({"date": 20260403, "shard": 3, "shards": 3}, "shard", "below 3"),
        ({"date": 20260403, "shard": 1, "shards": 2}, "shards", "3, as"),
        ({"date": 20260403, "shard": 0, "shards": 1}, "shards", "3, as"),
        ({"date": 20260403, "shard": 0, "shards": 0}, "shards", "from 1"),
        ({"date": 20260403, "shard": -1, "shards": 3}, "shard", "from 0"),
        ({"date": 20260403, "shard": 1, "shards": 3, "lender": 2}, "lender", "exists"),
    ],
)
def test_close_that_may_not_be(lender: Lender, asked: dict[str, Any], field: str, figure: str) -> None:
    before = memory_of(lender.group)
    answer = lender.ask("close_lender_day", **{"lender": 1, **asked})
    assert answer.invalid is not None
    assert answer.invalid.field == field
    assert figure in answer.invalid.text()
    after = memory_of(lender.group)
    assert {name for name in before if before[name] != after[name]} <= {"position", "head", "last_at"}


def test_the_other_parts_still_close_it(lender: Lender) -> None:
    first = lender.do("close_lender_day", lender=1, date=20260403, shard=2, shards=3)
    last = lender.do("close_lender_day", lender=1, date=20260403, shard=1, shards=3)
    assert first["entries"] == 0, "nothing is posted before the last part"
    assert last["entries"] == 0, "nothing has changed since the day before"
    assert lender.next_close() == 20260404


def test_the_same_key_is_answered_again_and_closes_nothing_twice() -> None:
    other = lender_in_memory()
    other.on = 20260402
    asked = other.desk.request(
        LenderClose(lender=1, date=BEGAN), key="close of the first", at=other.group.last_at + 86_400_000_000
    )
    (first,) = other.group.execute([asked])
    (again,) = other.group.execute([asked])
    assert first.accepted
    assert again.repeated
    assert again.position == first.position


def test_without_loss_rates_for_a_product_the_day_waits() -> None:
    lender = lender_in_memory()
    lender.do("set_loss_rate", on=20260402, lender=1, from_date=20260402, days_from=0, product=PAY_LATER, **RATES)
    lender.do("offer_loan", **OFFER)
    lender.do("draw_loan", offer=1, purpose="travel")
    lender.close(through=BEGAN, on=20260403)
    answer = lender.ask("close_lender_day", lender=1, date=20260402)
    assert answer.invalid is not None
    assert "each of its products" in answer.invalid.text()
    lender.do("set_loss_rate", lender=1, from_date=20260402, days_from=31, **RATES)
    assert lender.ask("close_lender_day", lender=1, date=20260402).invalid is not None, "from 31 days on is not from 0"
    lender.do("set_loss_rate", lender=1, from_date=20260402, days_from=0, **RATES)
    lender.close(through=20260402, on=20260403)
    assert lender.parts(20260402)[0]["product"] == CASH
