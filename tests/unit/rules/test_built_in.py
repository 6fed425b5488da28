"""The built-in rules: the figures of the texts, the day before and the day of force, and what every rule must say."""

import re

import pytest

from benyuan.rules import Kind, Movement, Reads, Rule, RuleNotInForce, Scope, Status, load_pack
from benyuan.values import Window

PACK = load_pack()
RULES = PACK.rules()
CLASSES = ("special_mention", "substandard", "doubtful", "loss")


@pytest.mark.parametrize(
    ("id", "first", "fen", "scope", "window"),
    [
        ("pay.account.class1.lifetime", 20160701, 100_000, Scope.ACCOUNT, Window.LIFETIME),
        ("pay.account.class2.year", 20160701, 10_000_000, Scope.CUSTOMER, Window.CALENDAR_YEAR),
        ("pay.account.class3.year", 20160701, 20_000_000, Scope.CUSTOMER, Window.CALENDAR_YEAR),
        ("pay.daily.two_factor_no_cert", 20160701, 500_000, Scope.CUSTOMER, Window.DAY),
        ("pay.daily.lt_two_factor", 20160701, 100_000, Scope.CUSTOMER, Window.DAY),
        ("qr.risk.B", 20180401, 500_000, Scope.CUSTOMER, Window.DAY),
        ("qr.risk.C", 20180401, 100_000, Scope.CUSTOMER, Window.DAY),
        ("qr.risk.D", 20180401, 50_000, Scope.CUSTOMER, Window.DAY),
        ("aml.large.cash", 20190101, 5_000_000, Scope.CUSTOMER, Window.DAY),
        ("aml.large.nonnatural", 20190101, 200_000_000, Scope.CUSTOMER, Window.DAY),
        ("aml.large.natural_domestic", 20190101, 50_000_000, Scope.CUSTOMER, Window.DAY),
        ("aml.large.natural_crossborder", 20190101, 20_000_000, Scope.CUSTOMER, Window.DAY),
    ],
)
def test_amounts(id: str, first: int, fen: int, scope: Scope, window: Window) -> None:  # noqa: A002  as in the pack
    rule = PACK.rule(id)
    assert (rule.scope, rule.window) == (scope, window)
    assert PACK.value(id=id, on=first).fen == fen
    assert PACK.value(id=id, on=20260501).fen == fen
    with pytest.raises(RuleNotInForce) as caught:
        PACK.value(id=id, on=first - 70)  # a day in the month or year before
    assert caught.value.first_in_force == first


@pytest.mark.parametrize(
    ("id", "first", "count"),
    [
        ("pay.account.class1.channels", 20160701, 1),
        ("pay.account.class2.channels", 20160701, 3),
        ("pay.account.class3.channels", 20160701, 5),
        ("pay.account.class3.count", 20161201, 1),
        ("pay.query.free_months", 20160701, 12),
        ("acq.settle.latest_days", 20130705, 30),
        ("reserve.monthly_report", 20210301, 5),
        ("aml.large.deadline", 20190101, 5),
        ("pay.record.retention_years", 20240709, 5),
        ("aml.retention.law", 20250101, 10),
        ("aml.retention.order", 20260101, 10),
    ],
)
def test_counts(id: str, first: int, count: int) -> None:  # noqa: A002  as in the pack
    assert PACK.value(id=id, on=first).count == count
    assert PACK.in_force(id=id, on=first - 1 if first % 100 > 1 else first - 70) is None


@pytest.mark.parametrize("id", ["pay.daily.two_factor_with_cert", "qr.risk.A"])
def test_agreed_by_contract(id: str) -> None:  # noqa: A002  as in the pack
    assert PACK.value(id=id, on=20260501).agreed


def test_multiplier() -> None:
    tiers = PACK.value(id="pay.daily.multiplier", on=20260501).tiers
    read = [(tier.code("minimum_rating"), tier.ppm("real_name_over"), tier.ppm("factor")) for tier in tiers]
    assert read == [("A", 950_000, 2_000_000), ("B", 900_000, 1_500_000)]


def test_net_worth_floor_at_the_catalogue_points() -> None:
    """50bn needs 2.5bn, 200bn 8.5bn, 500bn 17.5bn, 1,000bn 27.5bn, 1,200bn 29.5bn."""
    slices = PACK.value(id="pay.reserve.networth_ratio", on=20260501).slices
    uppers = [*(each.over_fen for each in slices[1:]), None]
    billion = 100_000_000_000

    def floor(reserve_fen: int) -> int:
        parts = [
            (min(reserve_fen, upper or reserve_fen) - each.over_fen) * each.rate_ppm
            for each, upper in zip(slices, uppers, strict=True)
            if reserve_fen > each.over_fen
        ]
        return sum(parts) // 1_000_000

    reserves = [50, 200, 500, 1_000, 1_200]
    assert [floor(reserve * billion) * 10 // billion for reserve in reserves] == [25, 85, 175, 275, 295]


def test_licences() -> None:
    rows = PACK.value(id="pay.biz.class", on=20260501).tiers
    assert ("internet_payment", "stored_value_1") in [(row.code("business"), row.code("licence_class")) for row in rows]
    assert PACK.in_force(id="pay.biz.class", on=20240708) is None


def test_withdrawals_are_counted_as_the_texts_say() -> None:
    own = Movement.OWN_BANK_WITHDRAWAL
    assert own in PACK.rule("pay.account.class1.lifetime").includes
    for limit in (
        "pay.account.class2.year",
        "pay.account.class3.year",
        "pay.daily.two_factor_no_cert",
        "pay.daily.lt_two_factor",
    ):
        assert own in PACK.rule(limit).excludes
    for limit in ("qr.risk.B", "qr.risk.C", "qr.risk.D"):
        assert not PACK.rule(limit).excludes


def test_the_exception_for_other_peoples_bank_accounts() -> None:
    parameters = PACK.value(id="pay.account.same_name_bank", on=20260501).parameters
    assert parameters.code("exception_rating") == "A"
    assert parameters.ppm("exception_real_name_over") == 950_000


def test_retention_reads_the_day_of_erasure() -> None:
    ids = ("pay.record.retention_years", "aml.retention.law", "aml.retention.order")
    assert {PACK.rule(each).reads for each in ids} == {Reads.ERASURE_DATE}
    values = [PACK.in_force(id=each, on=20250601) for each in ids]
    assert max(value.count for value in values if value) == 10


def test_large_value_figures_are_not_called_verified_once_an_unread_order_may_have_changed_them() -> None:
    for rule in RULES:
        if rule.id.startswith("aml.large."):
            assert PACK.value(id=rule.id, on=20260731).status is Status.VERIFIED
            assert PACK.value(id=rule.id, on=20260801).status is Status.UNVERIFIED


@pytest.mark.parametrize("day", [20170901, 20250930, 20251001, 20260930])
def test_the_cap_on_prices_is_never_called_verified_and_names_its_method(day: int) -> None:
    value = PACK.value(id="cf.price.cap", on=day)
    assert value.status is Status.UNVERIFIED
    assert (value.ppm, value.parameters.code("method")) == (240_000, "simple")
    methods = {row.code("method") for row in PACK.value(id="apr.formula", on=20260501).tiers}
    assert value.parameters.code("method") in methods


def test_each_class_begins_later_than_the_one_before() -> None:
    days = [PACK.value(id=f"npl.{name}", on=20260501).count for name in CLASSES]
    assert days == [0, 90, 270, 360]
    shares = [PACK.value(id=f"npl.{name}", on=20260501).parameters.ppm("loss_from") for name in CLASSES[2:]]
    assert shares == [500_000, 900_000]


def test_the_band_of_provisions_reaches_up_to_the_base() -> None:
    base, band = (PACK.value(id=f"prov.{name}", on=20260501) for name in ("base", "band"))
    assert (band.ppm, band.parameters.ppm("loans_to")) == (15_000, base.ppm)
    assert (band.parameters.ppm("coverage_from"), band.parameters.ppm("coverage_to")) == (1_200_000, 1_500_000)
    assert base.parameters.ppm("coverage") == band.parameters.ppm("coverage_to")


def test_a_lender_whose_day_the_order_does_not_cover_has_no_answer() -> None:
    with pytest.raises(RuleNotInForce) as caught:
        PACK.value(id="cf.loan.per_customer_cap", on=20240417)
    assert caught.value.first_in_force == 20240418


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_says_what_it_must(rule: Rule) -> None:
    assert rule.choices, "a text that leaves nothing open has not been read closely"
    assert all(value.cite.article or value.note for value in rule.values), "why no article is named stands in a note"
    assert re.search(r"[一-鿿]", rule.title.zh)
    assert not re.search(r"[一-鿿]", rule.title.en)
    assert (rule.window is not None) or rule.kind is not Kind.LIMIT


def test_each_of_the_eight_rights_is_served_by_rules_that_there_are() -> None:
    rows = PACK.value(id="cp.rights", on=20260515).tiers
    assert len({row.code("right") for row in rows}) == 8
    assert {row.code("served_by") for row in rows} <= {rule.id for rule in RULES}


def test_tests_of_an_investor_are_bounded_by_the_day_and_by_twelve_months() -> None:
    within = PACK.value(id="suit.tests.12m", on=20260201)
    assert (PACK.value(id="suit.tests.day", on=20260201).count, within.count) == (2, 8)
    assert within.parameters.count("within") == 12


def test_figures_of_the_house_are_never_called_verified() -> None:
    house = [value for rule in RULES if ".house." in rule.id for value in rule.values]
    assert house
    assert {value.status for value in house} == {Status.UNVERIFIED}
    assert all(value.note for value in house)


def test_no_row_is_both_encoded_and_open() -> None:
    assert not {rule.id for rule in RULES} & {row.id for row in PACK.open_rows}
    assert all(row.reason for row in PACK.open_rows)
