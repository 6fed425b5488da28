"""A group's figures worked by hand: capital without counting twice, what is missing, exposures and limits."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from benyuan.cli.failures import FINE, FOUND
from benyuan.decisions.commands import REGISTRY
from benyuan.holding_company.vocabulary import GroupRatio
from benyuan.rules import load_pack
from benyuan.values.errors import BadInput
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import on_file
from tests.unit.group.figures import AS_OF, figure
from tests.unit.group.ownership import BANK, HOLDING, INSURER, PERSON, SHOP, Houses
from tests.unit.group.prudential import DAY, ON, RECORDED, exposed, held, missing, of, recorded, told


def test_capital_worked_by_hand() -> None:
    """5,000 + 1,200 + 820, less 1,400 and 250 that are carried for one another: 5,370 beside 800 + 300."""
    found = told(held())
    assert (found.own_funds_fen, found.required_fen) == (5370, 1100)
    assert (of(found, "capital").value, of(found, "capital").ppm) == ("537/110", 4_881_818)
    assert of(found, "leverage").value == "537/1000"
    assert [(each.body, each.held_fen, each.required_fen, each.surplus_fen, each.met) for each in found.bodies] == [
        (HOLDING, 5000, None, None, None),
        (BANK, 1200, 800, 400, True),
        (INSURER, 820, 300, 520, True),
    ]
    assert [each.asks for each in found.bodies] == [False, True, True]


@pytest.mark.parametrize(("held_fen", "owed"), [(79, True), (80, False), (81, False)])
def test_what_an_institution_is_short_of_is_the_holding_companys_to_make_good(held_fen: int, owed: bool) -> None:
    houses = Houses()
    houses.stake(HOLDING, BANK, 80)
    figure(houses, BANK, "net_capital", held_fen)
    figure(houses, BANK, "capital_required", 80)
    (bank,) = [each for each in told(houses).bodies if each.body == BANK]
    assert (bank.owed is not None) is owed
    assert bank.owed is None or (bank.owed.rule, bank.owed.article, bank.surplus_fen) == ("fhc.recap", "第二十七条", -1)


def test_each_ratio_shows_with_and_without_what_stands_to_other_owners() -> None:
    """The top has 80% of the bank and 70% of the insurer: 20% of 1,200 - 250 and 30% of 820 are others', 190 + 246."""
    found = told(held())
    assert found.others_fen == 436
    assert (of(found, "capital").part_fen, of(found, "capital_of_owners").part_fen) == (5370, 4934)
    assert of(found, "capital_of_owners").value == str(Fraction(4934, 1100))
    assert (of(found, "leverage").part_fen, of(found, "leverage_of_owners").value) == (5370, "2467/5000")
    rows = [row for row in of(found, "capital_of_owners").part if row.what.startswith("of its capital")]
    assert {row.body: row.amount_fen for row in rows} == {BANK: -190, INSURER: -246}


def test_others_part_of_a_body_is_invented_where_a_stake_is() -> None:
    """The top's stake in the bank has no document: neither have others' parts of it, and of the insurer below it."""
    houses = held()
    stake: dict[str, Any] = {"owner": HOLDING, "owned": BANK, "part": 80, "whole": 100, "from_date": ON}

    def sources() -> list[str]:
        rows = of(told(houses), "capital_of_owners").part
        return [row.source for row in rows if row.what.startswith("of its capital")]

    assert sources() == ["this ledger", "this ledger"]
    answer = houses.desk.one(REGISTRY["record_stake"](**stake, invented=True))
    assert answer.accepted
    assert sources() == ["invented", "invented"]
    assert of(told(houses), "capital_of_owners").invented


def test_others_stand_for_no_capital_below_nought_and_their_part_is_rounded_up() -> None:
    houses = held(without=(BANK, "net_capital"))
    figure(houses, BANK, "net_capital", 251)
    assert told(houses).others_fen == 1 + 246  # a fifth of 1
    figure(houses, BANK, "net_capital", 249, as_of=20260331)
    assert told(houses).others_fen == 246


def test_guarantees_for_others_are_beside_the_assets_in_leverage() -> None:
    houses = held()
    figure(houses, HOLDING, "outside_guarantees", 20)
    figure(houses, BANK, "outside_guarantees", 3)
    found = of(told(houses), "leverage")
    assert (found.whole_fen, [row.amount_fen for row in found.whole]) == (10_023, [10_000, 20, 3])


def test_every_row_of_a_figure_is_told_with_its_source() -> None:
    rows = of(told(held()), "capital").part
    assert sum(row.amount_fen for row in rows) == 5370
    assert {(row.body, row.what, row.amount_fen) for row in rows} >= {
        (BANK, f"net capital as of {AS_OF}", 1200),
        (HOLDING, f"group investments as of {AS_OF}", -1400),
    }
    assert all(row.where.startswith("position ") and row.source == "audited accounts (20260331)" for row in rows)


@pytest.mark.parametrize("without", sorted(RECORDED))
def test_what_is_missing_is_named_and_is_never_nought(without: tuple[int, str]) -> None:
    found = told(held(without=without))
    words = (without[0], without[1].replace("_", " "))
    part = of(found, "capital")
    assert (part.value, part.law_met, part.house_met) == (None, None, None)
    assert words in missing(part)
    assert words in missing(found)
    assert (found.own_funds_fen is None) is (without[1] != "capital_required")


def test_a_figure_without_a_document_is_invented_wherever_it_counts() -> None:
    houses = held(without=(BANK, "net_capital"))
    figure(houses, BANK, "net_capital", 1200, invented=True)
    found = told(houses)
    assert ([each.invented for each in found.bodies], found.invented) == ([False, True, False], True)
    assert {each.name for each in found.figures if each.invented} == {
        "capital",
        "leverage",
        *("capital_of_owners", "leverage_of_owners"),
        *("largest_exposure", "ten_largest", "largest_industry", "largest_region"),
    }


def test_it_can_be_asked_as_it_was_known_before() -> None:
    houses = held()
    position = houses.desk.group.position
    figure(houses, BANK, "net_capital", 1100)
    assert (told(houses).own_funds_fen, told(houses, seen=position).own_funds_fen) == (5270, 5370)


def test_values_by_name_for_others_to_use() -> None:
    values = told(held()).values
    assert list(values) == [ratio.value for ratio in GroupRatio]
    assert values["capital"] == Fraction(537, 110)
    assert values["liquidity"] is None


# ----------------------------------------------------------------------------------------------------------- exposures


@pytest.fixture(name="firms")
def _firms() -> Houses:
    """The shop, body 6, controls firm 7; firm 8 is nobody's."""
    houses = held()
    for name in ("firm", "other"):
        houses.do("register_body", name=name, kind_of_body="company", business="other")
    houses.stake(SHOP, 7, 51)
    for body in (HOLDING, BANK, INSURER):
        figure(houses, body, "total_exposures", 0)
    return houses


def test_counterparties_that_one_controls_are_one(firms: Houses) -> None:
    exposed((BANK, 7, 600), (INSURER, SHOP, 500), (BANK, 8, 1000), houses=firms)
    found = told(firms)
    assert [(each.name, each.counterparties, each.amount_fen) for each in found.exposed.counterparties] == [
        ("6", [6, 7], 1100),
        ("8", [8], 1000),
    ]
    assert (of(found, "largest_exposure").part_fen, of(found, "largest_exposure").value) == (1100, "110/537")
    assert of(found, "ten_largest").part_fen == 2100


def test_a_ring_that_nobody_else_controls_is_one(firms: Houses) -> None:
    firms.stake(7, 8, 60)
    firms.stake(8, 7, 49)
    firms.stake(8, SHOP, 60)
    exposed((BANK, 7, 600), (INSURER, 8, 500), (INSURER, SHOP, 30), houses=firms)
    assert [each.amount_fen for each in told(firms).exposed.counterparties] == [1130]


def test_fifty_per_cent_connect_nobody(firms: Houses) -> None:
    firms.stake(SHOP, 7, 50)
    exposed((BANK, 7, 600), (INSURER, SHOP, 500), houses=firms)
    assert [each.amount_fen for each in told(firms).exposed.counterparties] == [600, 500]


def test_exposures_inside_are_told_apart(firms: Houses) -> None:
    exposed((BANK, INSURER, 700), (BANK, 8, 10), houses=firms)
    found = told(firms).exposed
    assert (found.inside_fen, found.outside_fen, [each.name for each in found.counterparties]) == (700, 10, ["8"])


def test_ten_and_no_eleventh_count_together(firms: Houses) -> None:
    for number in range(9, 20):
        firms.do("register_body", name=f"firm {number}", kind_of_body="company", business="other")
        exposed((BANK, number, number), houses=firms)
    assert of(told(firms), "ten_largest").part_fen == sum(range(10, 20))


def test_industries_and_regions(firms: Houses) -> None:
    exposed((BANK, 7, 60), (INSURER, 8, 50), houses=firms, industry="real_estate", region=44)
    exposed((BANK, SHOP, 100), houses=firms, industry="trade", region=11)
    found = told(firms)
    assert [(each.name, each.amount_fen) for each in found.exposed.industries] == [("real_estate", 110), ("trade", 100)]
    assert [(each.name, each.amount_fen) for each in found.exposed.regions] == [("44", 110), ("11", 100)]
    assert (of(found, "largest_industry").part_fen, of(found, "largest_region").part_fen) == (110, 110)


def test_an_industry_that_nobody_tells_leaves_no_figure(firms: Houses) -> None:
    exposed((BANK, 7, 60), houses=firms, region=44)
    found = told(firms)
    assert of(found, "largest_industry").value is None
    assert missing(of(found, "largest_industry")) == {(BANK, "industry of its exposure to 7")}
    assert of(found, "largest_region").part_fen == 60


def test_a_body_that_is_silent_of_its_exposures_is_named() -> None:
    houses = held()
    houses.do("register_body", name="firm", kind_of_body="company", business="other")
    exposed((BANK, 7, 60), houses=houses)
    assert missing(of(told(houses), "largest_exposure")) == {(HOLDING, "exposures"), (INSURER, "exposures")}
    for body in (HOLDING, INSURER):
        figure(houses, body, "total_exposures", 25)
    assert (of(told(houses), "largest_exposure").part_fen, told(houses).exposed.unnamed_fen) == (60, 50)


def test_an_exposure_holds_until_the_next(firms: Houses) -> None:
    exposed((BANK, 8, 60), houses=firms)
    exposed((BANK, 8, 40), houses=firms, as_of=20260331)
    exposed((BANK, 8, 0), houses=firms, as_of=20260430)
    amounts = [told(firms, on=day).exposed.outside_fen for day in (20251230, AS_OF, 20260330, 20260331, 20260430)]
    assert amounts == [0, 60, 60, 40, 0]


def test_an_invented_exposure_shows_as_such(firms: Houses) -> None:
    exposed((BANK, 8, 60), houses=firms, invented=True)
    found = told(firms).exposed
    assert ([each.invented for each in found.counterparties], found.invented) == ([True], True)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"body": BANK, "counterparty": BANK}, "counterparty"),
        ({"body": PERSON, "counterparty": BANK}, "body"),
        ({"as_of": 20260502}, "as_of"),
        ({"as_of": 20260231}, "as_of"),
        ({"source_date": 0}, "source_date"),
    ],
)
def test_what_is_no_exposure(fields: dict[str, Any], field: str) -> None:
    given = {"body": BANK, "counterparty": SHOP, "amount_fen": 1, "as_of": AS_OF, **fields}
    answered = recorded(Houses(), **given)
    assert answered.invalid is not None
    assert answered.invalid.field == field


# ------------------------------------------------------------------------------------------ liquidity, ceilings, limits


def test_liquidity_is_of_consolidated_accounts_of_one_day() -> None:
    houses = held()
    for what, amount in (("liquid_assets", 120), ("net_outflows", 100)):
        figure(houses, BANK, what, amount)
    own = {each.body: (each.liquidity.liquid_fen, each.liquidity.outflows_fen) for each in told(houses).bodies}
    assert own == {HOLDING: (None, None), BANK: (120, 100), INSURER: (None, None)}
    assert of(told(houses), "liquidity").value is None  # what single bodies have does not add up
    figure(houses, HOLDING, "liquid_assets", 120, basis="consolidated")
    figure(houses, HOLDING, "net_outflows", 100, basis="consolidated", as_of=20251130)
    assert missing(of(told(houses), "liquidity")) == {(HOLDING, "liquid assets and net outflows of one day")}
    figure(houses, HOLDING, "net_outflows", 100, basis="consolidated")
    assert of(told(houses), "liquidity").value == "6/5"


@pytest.mark.parametrize(
    ("what", "amount", "met"),
    [
        ("outside_guarantees", 499, True),
        ("outside_guarantees", 500, True),
        ("outside_guarantees", 501, False),
        ("related_investments", 749, True),
        ("related_investments", 750, True),
        ("related_investments", 751, False),
    ],
)
def test_ceilings_of_the_law_beside_net_assets_of_5000(what: str, amount: int, met: bool) -> None:
    houses = held()
    figure(houses, HOLDING, what, amount)
    found = of(told(houses), what)
    assert (found.law_met, found.place.document) == (met, "中国人民银行令〔2020〕第4号")
    assert found.law_ppm == (100_000 if what == "outside_guarantees" else 150_000)


def test_where_the_law_has_no_figure_there_is_no_limit() -> None:
    found = told(held())
    without = {each.name for each in found.figures if each.law_ppm is None}
    assert without == {ratio.value for ratio in GroupRatio} - {"outside_guarantees", "related_investments"}
    one = of(found, "capital")
    assert (one.law_met, one.house, one.place.rule, one.place.article) == (None, None, "fhc.car", "第二十六条")


@pytest.mark.parametrize(
    ("ratio", "limit_ppm", "met"),
    [
        ("leverage", 536_999, True),
        ("leverage", 537_000, True),
        ("leverage", 537_001, False),
        ("largest_exposure", 204_841, False),
        ("largest_exposure", 204_842, True),
    ],
)
def test_a_house_limit_is_labelled_and_held_to_the_last_part(
    firms: Houses, ratio: str, limit_ppm: int, met: bool
) -> None:
    exposed((BANK, 8, 1100), houses=firms)
    firms.do("set_group_limit", top=HOLDING, ratio=ratio, limit_ppm=limit_ppm, reason="the board says so")
    found = of(told(firms), ratio)
    assert found.house is not None
    assert (found.house.reason, found.house.source) == ("the board says so", "register of companies (20260401)")
    assert (found.house_met, found.law_met) == (met, None)


@pytest.mark.parametrize(("on", "limit"), [(20260228, None), (20260301, 5), (20260331, 5), (20260401, None)])
def test_a_house_limit_holds_from_its_day_until_it_is_ended(on: int, limit: int | None) -> None:
    houses = held()
    given = {"top": HOLDING, "ratio": "capital", "limit_ppm": 5, "reason": "the board says so"}
    houses.do("set_group_limit", **given, from_date=20260301)
    houses.do("set_group_limit", **given, from_date=20260401, holds=False)
    house = of(told(houses, on=on), "capital").house
    assert (house.limit_ppm if house else None) == limit


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"reason": " "}, "reason"), ({"top": PERSON}, "top"), ({"source_date": 0}, "source_date")],
)
def test_what_is_no_house_limit(fields: dict[str, Any], field: str) -> None:
    given = {"top": HOLDING, "ratio": "capital", "limit_ppm": 5, "reason": "the board says so", **fields}
    assert Houses().fault("set_group_limit", **given)[0] == field


def test_the_rules_name_every_figure_once() -> None:
    pack = load_pack()
    rules = ("fhc.car", "fhc.concentration", "fhc.liquidity")
    named = [tier.code("ratio") for rule in rules for tier in pack.value(id=rule, on=20201101).tiers]
    assert sorted([*named, "outside_guarantees", "related_investments"]) == sorted(GroupRatio)


def test_before_the_order_there_is_no_answer() -> None:
    with pytest.raises(BadInput):
        told(held(), on=20201031)


# ------------------------------------------------------------------------------------------------------- in the shell


def test_from_the_command_line(tmp_path: Path) -> None:
    houses = Houses(on_file(tmp_path / "group.db"))
    houses.stake(HOLDING, BANK, 80)
    for (body, what), amount in RECORDED.items():
        if body != INSURER:
            figure(houses, body, what, amount, invented=body == BANK)
    houses.do("set_group_limit", top=HOLDING, ratio="capital", limit_ppm=10_000_000, reason="the board says so")
    houses.desk.group.close()
    words = ("group", "prudential", HOLDING, "--database", tmp_path / "group.db")
    shown = benyuan(*words)
    assert shown.exit_code == FOUND  # the house asks for ten times what the sectors' rules ask
    for text in ("invented", "no figure", "house: at least 1000%", "Not told", "exposures", "第二十六条"):
        assert text in shown.stdout, text
    assert answer(*words)["own_funds_fen"] == 5000 - 1400 + 1200 - 250


def test_returns_from_the_command_line(tmp_path: Path) -> None:
    houses = Houses(on_file(tmp_path / "group.db"))
    houses.desk.group.close()
    file = tmp_path / "top.csv"
    head = "body,period,line,debit_fen,credit_fen,source,source_date\n"
    rows = f"{HOLDING},{DAY},cash,5,0,accounts,20260430\n{HOLDING},{DAY},paid_in_capital,0,5,accounts,20260430\n"
    file.write_text(head + rows, encoding="utf-8")
    words = ("group", "prudential", HOLDING, "--database", tmp_path / "group.db", "--returns", file)
    shown = benyuan(*words, "--period", DAY)
    assert shown.exit_code == FINE
    assert "top.csv" in shown.stdout
    assert "accounts (20260430)" in shown.stdout
    assert "the last day of the period" in benyuan(*words).stderr
    assert "none beside --period" in benyuan(*words, "--period", DAY, "--on", DAY).stderr
