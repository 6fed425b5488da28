"""A member's figures on credit to small businesses: what is taken, what does not fit, what takes the place of what."""

from typing import Any

import pytest

from benyuan.decisions.commands import REGISTRY
from benyuan.governance.business_credit import misfit
from tests.unit.engine.groups import in_memory
from tests.unit.group.ownership import BANK, HOLDING, PERSON, SHOP, SOURCE, Houses
from tests.unit.ledger.books import china

PERIOD = {"from_date": 20260101, "until": 20260331, **SOURCE}
TOTAL = {"balance_fen": 1_000, "borrowers": 10, "lent_fen": 500, "rate_ppm": 50_000, "bad_fen": 20}
PART = {"balance_fen": 400, "borrowers": 4, "lent_fen": 100, "rate_ppm": 60_000, "bad_fen": 20}
LIMIT_PPM = 240_000


def answer(houses: Houses, size: str = "total", body: int = BANK, **fields: Any) -> Any:
    given = {**(TOTAL if size == "total" else PART), **PERIOD, **fields}
    return houses.desk.one(REGISTRY["record_business_credit"](body=body, size=size, **given))


def with_total(**fields: Any) -> Houses:
    houses = Houses()
    assert answer(houses, **fields).accepted
    return houses


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"bad_fen": 1_001}, "bad_fen"),
        ({"borrowers": 0}, "borrowers"),
        ({"balance_fen": 0, "bad_fen": 0}, "borrowers"),
        ({"borrowers": 1_001}, "borrowers"),
        ({"lent_fen": 0}, "rate_ppm"),
        ({"rate_ppm": 0}, "rate_ppm"),
        ({"until": 20251231}, "until"),
        ({"until": 20260502}, "until"),
        ({"until": 20260230}, "until"),
        ({"from_date": 20260100}, "from_date"),
        ({"source": "", "source_date": 0}, "source"),
        ({"body": SHOP}, "body"),
        ({"body": HOLDING}, "body"),
        ({"body": PERSON}, "body"),
    ],
)
def test_figures_that_fit_nothing(fields: dict[str, Any], field: str) -> None:
    found = answer(Houses(), **fields)
    assert (found.accepted, found.invalid and found.invalid.field) == (False, field)


@pytest.mark.parametrize("fields", [{"bad_fen": 1_000}, {"borrowers": 1_000}, {"until": 20260501}])
def test_at_the_edge_they_are_taken(fields: dict[str, Any]) -> None:
    assert answer(Houses(), **fields).accepted


@pytest.mark.parametrize(("rate", "taken"), [(LIMIT_PPM - 1, True), (LIMIT_PPM, True), (LIMIT_PPM + 1, False)])
def test_an_average_rate_up_to_the_line_of_the_house(rate: int, taken: bool) -> None:
    found = answer(Houses(), rate_ppm=rate)
    assert found.accepted == taken
    if not taken:
        assert found.refusal.rule_id == "gov.house.small_micro.rate"


def test_a_consumer_finance_company_has_no_such_credit() -> None:
    houses = Houses()
    fields = {"name": "lender", "kind_of_body": "company", "business": "consumer_finance"}
    lender = houses.do("register_body", **fields)["body"]
    found = answer(houses, body=lender)
    assert found.refusal.rule_id == "cf.business.none"
    assert not houses.desk.group.records.tables["business_credit"].count


def test_a_class_comes_after_its_total_and_fits_into_it() -> None:
    houses = Houses()
    assert answer(houses, "micro").invalid.field == "size"
    assert answer(houses).accepted
    assert answer(houses, "micro", until=20260330).invalid.field == "size"
    assert answer(houses, "micro").accepted
    assert answer(houses, "small", balance_fen=601, bad_fen=0).invalid.field == "balance_fen"
    assert answer(houses, "small", balance_fen=600, borrowers=7, bad_fen=0).invalid.field == "borrowers"
    assert answer(houses, "small", lent_fen=401, bad_fen=0).invalid.field == "lent_fen"
    assert answer(houses, "small", bad_fen=1).invalid.field == "bad_fen"
    assert answer(houses, "small", balance_fen=600, borrowers=6, bad_fen=0).accepted


def test_what_is_recorded_again_takes_the_place_of_what_was() -> None:
    houses = with_total()
    assert answer(houses, "micro").accepted
    assert answer(houses, "micro", balance_fen=1_000).accepted
    assert answer(houses, balance_fen=999).invalid.field == "balance_fen"
    assert answer(houses, "micro").accepted
    assert answer(houses, balance_fen=999).accepted


def test_classes_of_one_call_see_one_another() -> None:
    houses = with_total()
    made = [
        REGISTRY["record_business_credit"](body=BANK, size=size, **{**PART, **PERIOD, "balance_fen": 600, "bad_fen": 0})
        for size in ("micro", "small")
    ]
    assert [each.accepted for each in houses.desk.ask(*made)] == [True, False]


@pytest.mark.parametrize(
    ("lent", "rate", "field"),
    [
        (100, 240_000, None),
        (200, 125_000, None),  # 25,000,000: all that the total paid
        (200, 125_002, "rate_ppm"),  # 2 × 200 over, and half a millionth on 500 and 200 is 350
        (500, 50_000, None),
        (500, 49_998, "rate_ppm"),  # what is in no class is nothing, and has paid 1,000
    ],
)
def test_rates_that_leave_the_others_an_impossible_one(lent: int, rate: int, field: str | None) -> None:
    part = {**PART, "lent_fen": lent, "rate_ppm": rate}
    found = misfit(TOTAL, [part], most_ppm=LIMIT_PPM)
    assert (found and found[0]) == field


def test_what_no_class_has_may_cost_no_more_than_the_line() -> None:
    # 500 at 5% are 25,000,000; 398 at 0.24% leave 24,044,800 to 102, which is 235,733 ppm; 400 leave 24.04% to 100.
    assert misfit(TOTAL, [{**PART, "lent_fen": 398, "rate_ppm": 2_400}], most_ppm=LIMIT_PPM) is None
    assert misfit(TOTAL, [{**PART, "lent_fen": 400, "rate_ppm": 2_400}], most_ppm=LIMIT_PPM) is not None


def lender_on(day: str) -> tuple[Any, int]:
    """A desk on a day, and a consumer finance company on it."""
    desk = in_memory(now=china(f"{day}T09:00"))
    named = {"name": "lender", "kind_of_body": "company", "invented": True}
    made = REGISTRY["register_body"](business="consumer_finance", from_date=20100101, **named)
    return desk, desk.one(made).results["body"]


@pytest.mark.parametrize(("day", "rule"), [("2024-04-17", None), ("2024-04-18", "cf.business.none")])
def test_the_order_on_consumer_finance_from_its_first_day(day: str, rule: str | None) -> None:
    desk, lender = lender_on(day)
    period = {"from_date": 20240101, "until": 20240331, "invented": True}
    found = desk.one(REGISTRY["record_business_credit"](body=lender, size="total", **TOTAL, **period))
    assert (found.refusal and found.refusal.rule_id) == rule


@pytest.mark.parametrize(("day", "taken"), [("2017-08-31", False), ("2017-09-01", True)])
def test_before_the_line_on_rates_no_figures_are_taken(day: str, taken: bool) -> None:
    desk, lender = lender_on(day)
    period = {"from_date": 20170101, "until": 20170630, "invented": True}
    found = desk.one(REGISTRY["record_business_credit"](body=lender, size="total", **TOTAL, **period))
    assert found.accepted == taken
