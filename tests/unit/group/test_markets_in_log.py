"""Markets that stand in the log: defined and filled by commands, read by `competition`, limited by risk appetite."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.group.competing import market_in
from benyuan.assurance.group.prudential import prudential_of
from benyuan.assurance.group.risk import RiskLine, risk_of
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from benyuan.governance.competition import shares_of
from benyuan.values.errors import BadInput
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file
from tests.unit.group.figures import figure
from tests.unit.group.ownership import BANK, HOLDING, INSURER, SHOP, Houses
from tests.unit.group.prudential import exposed, held
from tests.unit.group.test_risk import Board

SOURCE = {"source": "report", "source_date": 20260401}
PERIOD = {"begins_on": 20250101, "ends_on": 20260101, "defined_on": 20260401}


def ask(houses: Houses, kind: str, **fields: Any) -> Answer:
    source = {} if fields.get("invented") else SOURCE
    return houses.desk.one(REGISTRY[kind](**{**source, **fields}))


def market(houses: Houses, **fields: Any) -> int:
    made = ask(houses, "define_market", **{"product": "payments", "area": "mainland", **PERIOD, **fields})
    assert made.accepted, made.invalid and made.invalid.text()
    return int(made.results["market"])


def has(houses: Houses, body: int, amount: int, **fields: Any) -> Answer:
    return ask(
        houses, "record_market_figure", **{"market": 1, "body": body, "amount": amount, "as_of": 20260401, **fields}
    )


@pytest.fixture(name="houses")
def _houses() -> Houses:
    """A market of 1,000 in which the bank has 300 and the shop 450."""
    houses = Houses()
    market(houses, total=1000)
    assert has(houses, BANK, 300).accepted
    assert has(houses, SHOP, 450, invented=True).accepted
    return houses


def test_a_market_of_the_log_is_one_as_a_file_would_have_it(houses: Houses) -> None:
    found = market_in(houses.desk.group, 1)
    assert (found.whole, found.unnamed, found.definition.source.text()) == (1000, 250, "report (20260401)")
    shares = [(each.amount, each.share, each.source) for each in shares_of(found)]
    assert shares == [(450, "45.00%", "invented"), (300, "30.00%", "report (20260401)")]


@pytest.mark.parametrize(("amount", "passes"), [(249, True), (250, True), (251, False)])
def test_firms_have_no_more_than_the_market_has(houses: Houses, amount: int, passes: bool) -> None:
    made = has(houses, INSURER, amount)
    assert made.accepted is passes
    assert made.invalid is None or made.invalid.field == "amount"


def test_a_figure_counts_from_its_day_and_takes_the_place_of_the_one_before(houses: Houses) -> None:
    assert has(houses, BANK, 350, as_of=20260415).accepted
    amounts = [
        {each.amount for each in market_in(houses.desk.group, 1, on=day).figures} for day in (20260414, 20260415)
    ]
    assert amounts == [{300, 450}, {350, 450}]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"product": " "}, "product"),
        ({"ends_on": 20250101}, "ends_on"),
        ({"begins_on": 20250132}, "begins_on"),
        ({"defined_on": 20290101}, "defined_on"),
        ({"source": "", "source_date": 0}, "source"),
    ],
)
def test_a_definition_that_makes_no_sense_is_a_fault(fields: dict[str, Any], field: str) -> None:
    made = ask(Houses(), "define_market", **{"product": "payments", "area": "mainland", **PERIOD, **fields})
    assert made.invalid is not None
    assert made.invalid.field == field


@pytest.mark.parametrize(("fields", "field"), [({"market": 2}, "market"), ({"body": 99}, "body")])
def test_a_figure_of_what_there_is_not_is_a_fault(houses: Houses, fields: dict[str, Any], field: str) -> None:
    made = ask(houses, "record_market_figure", **{"market": 1, "body": BANK, "amount": 1, "as_of": 20260401, **fields})
    assert made.invalid is not None
    assert made.invalid.field == field


@pytest.mark.parametrize(("number", "on", "words"), [(2, 0, "1 to 1"), (1, 20260331, "definition")])
def test_no_such_market_or_day(houses: Houses, number: int, on: int, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        market_in(houses.desk.group, number, on=on)


def test_the_commands_read_the_log(tmp_path: Path) -> None:
    houses = Houses(on_file(tmp_path / "a.db"))
    market(houses, total=1000)
    assert has(houses, BANK, 600).accepted
    houses.desk.group.close()
    database = ("--market", 1, "--database", tmp_path / "a.db")
    assert [each["amount"] for each in answer("competition", "share", *database)["shares"]] == [600]
    assert len(answer("competition", "presumption", "--on", "2026-05-15", *database)["presumed"]) == 1
    assert answer("competition", "hhi", *database)["least"]["text"] == "3,600.00"
    assert benyuan("competition", "share").exit_code != 0
    assert benyuan("competition", "share", tmp_path / "a.yaml", *database).exit_code != 0


# -------------------------------------------------------------------------------------------------------- risk appetite


def line_of(board: Board, ratio: str, *, on: int = 0) -> RiskLine:
    return next(line for line in risk_of(board.desk.group, on=on).lines if line.ratio == ratio)


@pytest.mark.parametrize(("amount", "light"), [(300, "green"), (301, "amber"), (400, "amber"), (401, "red")], ids=str)
def test_a_share_of_a_market_is_limited_as_other_ratios_are(houses: Houses, amount: int, light: str) -> None:
    board = Board(houses.desk, at={"sort": "body", "entity": BANK})
    assert has(houses, BANK, amount).accepted
    assert board.limit("market_share", 300_000, 400_000).accepted
    line = line_of(board, "market_share")
    assert (line.part, line.whole, line.light) == (amount, 1000, light)
    board.read()
    assert bool(board.duties(20260501)) is (light != "green")


def test_the_greatest_share_of_any_market_counts(houses: Houses) -> None:
    board = Board(houses.desk, at={"sort": "body", "entity": BANK})
    small = market(houses, area="the province")
    assert has(houses, BANK, 20, market=small).accepted
    assert has(houses, SHOP, 30, market=small).accepted
    assert board.limit("market_share", 300_000, 400_000).accepted
    assert (line_of(board, "market_share").part, line_of(board, "market_share").whole) == (20, 50)


def test_figures_of_the_group_are_those_of_the_prudential_report() -> None:
    houses = held()
    figure(houses, HOLDING, "outside_guarantees", 20)
    for body in (HOLDING, INSURER):
        figure(houses, body, "total_exposures", 0)
    exposed((BANK, SHOP, 600), houses=houses)
    board = Board(houses.desk)
    for ratio, direction in (("group_capital", "least"), ("group_leverage", "least"), ("largest_exposure", "most")):
        assert board.limit(ratio, 100_000, 100_000, direction=direction).accepted
    told = {each.name: (each.part_fen, each.whole_fen) for each in prudential_of(houses.desk.group, HOLDING).figures}
    for ratio, name in (("group_capital", "capital"), ("group_leverage", "leverage")):
        line = line_of(board, ratio)
        assert (line.part, line.whole) == told[name]
    line = line_of(board, "largest_exposure")
    assert (line.part, line.whole, line.light) == (600, 5370, "red")
    assert told["largest_exposure"] == (600, 5370)
    assert board.read()["limits"] == 3
    assert board.duties(20260501)


@pytest.mark.parametrize(
    "missing", [(HOLDING, "net_assets"), (BANK, "capital_from_group"), (BANK, "group_investments")]
)
def test_a_figure_of_the_group_with_anything_untold_is_untold(missing: tuple[int, str]) -> None:
    board = Board(held(without=missing).desk)
    assert board.limit("group_capital", 1, 1, direction="least").accepted
    assert line_of(board, "group_capital").light == "untold"


def test_a_past_day_shows_the_ratio_as_it_was_known_then() -> None:
    houses = held()
    board = Board(houses.desk)
    assert board.limit("group_capital", 100, 100, direction="least").accepted
    board.desk.now = moment(20260503)
    figure(houses, BANK, "net_capital", 1100)
    parts = [line_of(board, "group_capital", on=day).part for day in (20260501, 20260502, 20260503)]
    assert parts == [5370, 5370, 5270]
