"""Versions of the table of loss rates, as a lender gives them by commands."""

import pytest

from tests.unit.closing.worked_close import BEGAN, OFFER, PRODUCT, WorkedLender, rates, worked_lender

SECOND, THIRD = 20260402, 20260403
OWED_FEN = {BEGAN: 1_000_400, SECOND: 1_000_800, THIRD: 1_001_200}


@pytest.fixture
def lender() -> WorkedLender:
    """10,000.00 drawn on 1 April; the rows in force set 2% and 60% aside."""
    made = worked_lender()
    made.do("offer_loan", borrower=1, amount_fen=1_000_000, **OFFER)
    made.do("draw_loan", offer=1, purpose="travel")
    return made


def give(lender: WorkedLender, *, on: int, year: int, days_from: int = 0, product: int = 0) -> None:
    """A row from a day on: so much within a year, all of it lost."""
    row = rates(year, year, 1_000_000)
    lender.do("set_loss_rate", lender=1, from_date=on, days_from=days_from, product=product, **row)


def allowance(lender: WorkedLender, date: int) -> int:
    held = lender.desk.group.records.tables["lender_closed_part"]
    return int(held.column("allowance_1_fen")[held.column("date") == date].sum())


def share(owed_fen: int, ppm: int) -> int:
    return (owed_fen * ppm + 500_000) // 1_000_000


def test_a_version_dated_ahead_waits_for_its_day(lender: WorkedLender) -> None:
    give(lender, on=THIRD, year=100_000)
    lender.close(through=THIRD)
    assert allowance(lender, SECOND) == share(share(OWED_FEN[SECOND], 20_000), 600_000)
    assert allowance(lender, THIRD) == share(OWED_FEN[THIRD], 100_000)


def test_a_second_version_replaces_the_first_whole(lender: WorkedLender) -> None:
    give(lender, on=BEGAN, year=30_000, product=PRODUCT)
    give(lender, on=SECOND, year=40_000)
    lender.close(through=SECOND)
    assert allowance(lender, BEGAN) == share(OWED_FEN[BEGAN], 30_000), "by the product's own row"
    assert allowance(lender, SECOND) == share(OWED_FEN[SECOND], 40_000), "its own row was of the first version"


def test_a_row_given_again_counts_instead(lender: WorkedLender) -> None:
    give(lender, on=SECOND, year=40_000)
    give(lender, on=SECOND, year=50_000)
    lender.close(through=SECOND)
    assert allowance(lender, SECOND) == share(OWED_FEN[SECOND], 50_000)


@pytest.mark.parametrize("general", [False, True])
@pytest.mark.parametrize("product", [0, PRODUCT])
def test_a_version_without_a_row_from_0_days_holds_the_close_up_until_it_is_mended(
    lender: WorkedLender, product: int, general: bool
) -> None:
    give(lender, on=SECOND, year=40_000, days_from=1, product=product)
    if general and product:
        give(lender, on=SECOND, year=70_000)
    lender.close(through=BEGAN)
    lender.on = THIRD
    asked = {"lender": 1, "date": SECOND}
    assert lender.fault("close_lender_day", **asked).startswith("lender: a lender whose table of loss rates has begun")
    give(lender, on=SECOND, year=40_000, product=product)
    lender.close(through=SECOND)
    assert allowance(lender, SECOND) == share(OWED_FEN[SECOND], 40_000)


def test_rows_of_another_product_serve_no_product(lender: WorkedLender) -> None:
    lender.do("make_credit_product", lender=1, kind_of_product="pay_later")
    give(lender, on=SECOND, year=40_000, product=2)
    lender.close(through=BEGAN)
    lender.on = THIRD
    assert lender.fault("close_lender_day", lender=1, date=SECOND).startswith("lender: ")
    give(lender, on=SECOND, year=30_000, product=PRODUCT)
    lender.close(through=SECOND)
    assert allowance(lender, SECOND) == share(OWED_FEN[SECOND], 30_000)


def test_the_policy_is_that_of_the_day(lender: WorkedLender) -> None:
    chosen = {"risk_weight_ppm": 1_000_000, "conversion_ppm": 0, "most_draw_fen": 1, "stage_two_days": 0}
    lender.on = 20260502
    lender.close(through=20260501)
    lender.on = 20260504
    lender.do("set_lending_policy", lender=1, from_date=20260503, **chosen)
    lender.close(through=20260503)
    held = lender.desk.group.records.tables["lender_closed_part"]
    in_two = {date: int(held.column("stage_2_fen")[held.column("date") == date].sum()) for date in (20260502, 20260503)}
    assert in_two == {20260502: 0, 20260503: 1_000_000}, "one day is not more than 3; two are more than 0"


def test_a_table_that_begins_later_holds_the_first_close_up() -> None:
    lender = worked_lender()
    give(lender, on=SECOND, year=40_000)
    lender.do("register_lender", name="another")
    lender.do("set_loss_rate", lender=2, from_date=SECOND, days_from=0, **rates(1, 1))
    lender.on = SECOND
    assert lender.fault("close_lender_day", lender=2, date=BEGAN).startswith("lender: ")


@pytest.mark.parametrize("kind", ["set_loss_rate", "set_lending_policy"])
def test_no_table_changes_behind_a_close(lender: WorkedLender, kind: str) -> None:
    fields = {
        "set_loss_rate": {"days_from": 0, **rates(1, 1)},
        "set_lending_policy": {"risk_weight_ppm": 1_000_000, "conversion_ppm": 0, "most_draw_fen": 1},
    }[kind]
    lender.on = THIRD
    lender.do("close_lender_day", lender=1, date=BEGAN, shard=0, shards=2)
    wanted = f"from_date: a day after {BEGAN}, the last of which anything is closed"
    assert lender.fault(kind, lender=1, from_date=BEGAN, **fields) == wanted, "a shard of it is closed"
    assert lender.fault(kind, lender=1, from_date=20260331, **fields) == wanted
    lender.do(kind, lender=1, from_date=SECOND, **fields)


def test_a_table_may_lie_back_where_nothing_is_closed(lender: WorkedLender) -> None:
    lender.on = 20260420
    give(lender, on=SECOND, year=40_000)
    lender.close(through=SECOND)
    assert allowance(lender, SECOND) == share(OWED_FEN[SECOND], 40_000)


def test_chances_that_cannot_be(lender: WorkedLender) -> None:
    row = {"lender": 1, "from_date": SECOND, "days_from": 0, "loss_ppm": 1}
    less = lender.fault("set_loss_rate", default_year_ppm=2, default_life_ppm=1, **row)
    assert less == "default_life_ppm: no less than default_year_ppm"
    above = lender.fault("set_loss_rate", default_year_ppm=0, default_life_ppm=1_000_001, **row)
    assert above.startswith("default_life_ppm: ")
    days = {**row, "days_from": 3_651}
    assert lender.fault("set_loss_rate", default_year_ppm=0, default_life_ppm=1, **days).startswith("days_from: ")
