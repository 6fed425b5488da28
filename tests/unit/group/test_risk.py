"""Risk appetite: limits by the board, how ratios stand to them, what is owed of it, and how that climbs."""

from typing import Any

import pytest

from benyuan.assurance.group.risk import risk_of
from benyuan.assurance.protection.calendar import Duty, calendar
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from benyuan.engine.verify import verify
from benyuan.governance.checks.words import SORT_NUMBER, EntitySort
from benyuan.governance.risk.lights import MOST, light_of, told_of
from benyuan.governance.risk.words import DIRECTION_NUMBER, Direction, Light, RiskRatio
from benyuan.rules import RuleNotInForce
from benyuan.simulate.identities import full_name, identity_number
from benyuan.usecases import USE_CASES
from benyuan.usecases.risk.ratios import MEASURES
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import Desk, regime
from tests.unit.group.ownership import HOLDING, Houses
from tests.unit.lending.lenders import BEGAN, OFFER, lender_in_memory

LEAST = DIRECTION_NUMBER[Direction.least]
PERCENT = 10_000
AT: dict[str, Any] = {"sort": "body", "entity": HOLDING}


class Board:
    """The houses, with a member of staff of the holding company."""

    def __init__(self, desk: Desk | None = None, *, at: dict[str, Any] | None = None) -> None:
        self.desk = desk or Houses().desk
        self.at = at or AT
        shown = {"document": "resident_id", "number": identity_number(900), "full_name": full_name(900)}
        self.done("register_staff", **self.at, **shown, login="owner")

    def ask(self, kind: str, **fields: Any) -> Answer:
        """One command."""
        return self.desk.one(REGISTRY[kind](**fields))

    def done(self, kind: str, **fields: Any) -> dict[str, int]:
        """One that is accepted."""
        answer = self.ask(kind, **fields)
        assert answer.accepted, (kind, answer.invalid, answer.refusal)
        return answer.results

    def limit(self, ratio: str, warning_ppm: int, limit_ppm: int, *, direction: str = "most", **more: Any) -> Answer:
        """A limit from 2026-05-01 on."""
        asked = {"ratio": ratio, "direction": direction, "warning_ppm": warning_ppm, "limit_ppm": limit_ppm}
        made = {**self.at, **asked, "owner": 1, "from_date": 20260501, "minutes": "7 of 2026"}
        return self.ask("set_risk_limit", **{**made, **more})

    def figures(self, **fen: int) -> None:
        """Figures of the holding company as of the end of 2025."""
        for figure, amount in fen.items():
            said = {"figure": figure, "amount_fen": amount, "as_of": 20251231, "invented": True}
            self.done("record_body_figure", body=HOLDING, **said)

    def read(self) -> dict[str, int]:
        """A reading."""
        return self.done("record_risk_reading", **self.at)

    def duties(self, on: int) -> list[Duty]:
        """What governance owes."""
        return [each for each in calendar(self.desk.group, on=on) if each.room == "governance"]


@pytest.fixture
def board() -> Board:
    """The board of a holding company that guarantees for others."""
    made = Board()
    made.figures(net_assets=100_000, outside_guarantees=4_000)
    return made


@pytest.mark.parametrize(
    ("part", "light"),
    [(4_000, "green"), (4_001, "amber"), (5_000, "amber"), (5_001, "red")],
    ids=["at the warning", "over it", "at the limit", "over it too"],
)
def test_lights_of_a_most(part: int, light: str) -> None:
    asked = {"direction": MOST, "warning_ppm": 4 * PERCENT, "limit_ppm": 5 * PERCENT}
    assert light_of(**asked, part=part, whole=100_000).name == light


@pytest.mark.parametrize(
    ("part", "light"),
    [(12_000, "green"), (11_999, "amber"), (10_500, "amber"), (10_499, "red"), (-1, "red")],
    ids=["at the warning", "under it", "at the limit", "under it too", "below nought"],
)
def test_lights_of_a_least(part: int, light: str) -> None:
    asked = {"direction": LEAST, "warning_ppm": 12 * PERCENT, "limit_ppm": 105_000}
    assert light_of(**asked, part=part, whole=100_000).name == light


def test_what_cannot_be_told_is_no_green() -> None:
    assert light_of(direction=MOST, warning_ppm=1, limit_ppm=2, part=0, whole=0) is Light.untold


def test_a_reading_and_what_it_makes_owed(board: Board) -> None:
    assert board.limit("outside_guarantees", 4 * PERCENT, 5 * PERCENT).accepted
    assert board.read() == {"limits": 1, "worst": Light.green, "duties": 0}
    assert not board.duties(20260501)
    board.figures(outside_guarantees=4_001)
    assert board.read() == {"limits": 1, "worst": Light.amber, "duties": 1}
    board.figures(outside_guarantees=5_001)
    assert board.read() == {"limits": 1, "worst": Light.red, "duties": 2}
    owed = [(each.kind, each.owner, each.expected_on, each.rule) for each in board.duties(20260501)]
    rule = "gov.house.risk.tell"
    assert owed == [
        ("tell_risk_owner", "body 2", 20260506, rule),
        ("tell_board_of_risk", "body 2", 20260504, rule),
        ("plan_remedy", "body 2", 20260511, rule),
    ]
    assert board.read()["duties"] == 0
    (line,) = risk_of(board.desk.group).lines
    assert (line.light, line.part, line.whole, line.value_ppm, line.distance_ppm) == (
        "red",
        5_001,
        100_000,
        50_010,
        -10,
    )
    assert [each.light for each in line.readings] == ["green", "amber", "red", "red"]
    assert line.law.startswith("fhc.lim.ext_guarantee")
    assert line.law_ppm == 10 * PERCENT
    assert [kind for kind, _ in line.owed] == ["tell_risk_owner", "tell_board_of_risk", "plan_remedy"]


def test_what_is_owed_climbs_when_its_day_is_over(board: Board) -> None:
    board.limit("outside_guarantees", 1 * PERCENT, 2 * PERCENT)
    board.read()
    told = {each.kind: (each.state, each.level) for each in board.duties(20260502)}
    assert told["tell_risk_owner"] == ("open", 0)
    told = {each.kind: (each.state, each.level) for each in board.duties(20260503)}
    assert told["tell_risk_owner"] == ("past_aim", 1)
    board.desk.now = moment(20260520)
    board.read()
    noted = {each.kind: each.noted for each in board.duties(20260520)}
    assert noted["tell_risk_owner"] == 2
    owner = next(each.duty for each in board.duties(20260520) if each.kind == "tell_risk_owner")
    assert board.done("file_governance_duty", duty=owner) == {"done_on": 20260520, "late": 0}
    assert board.read()["duties"] == 1
    report = verify(board.desk.group.store, vault=board.desk.group.vault, use_cases=USE_CASES)
    assert report.ok, (report.faults, report.differences)


def test_a_ratio_that_is_untold_warns(board: Board) -> None:
    board.limit("debt_share", 50 * PERCENT, 60 * PERCENT)
    assert board.read() == {"limits": 1, "worst": Light.untold, "duties": 1}
    (line,) = risk_of(board.desk.group).lines
    assert (line.light, line.value_ppm, line.distance_ppm) == ("untold", None, None)
    board.figures(total_assets=250_000)
    (line,) = risk_of(board.desk.group).lines
    assert (line.light, line.value_ppm) == ("amber", 60 * PERCENT)


def test_of_a_day_gone_by_the_reading_is_told_where_records_bear_no_position(board: Board) -> None:
    board.done("register_institution", name="an institution")
    at: dict[str, Any] = {"sort": "institution", "entity": 1}
    assert board.limit("complaints", 0, 0, **at).accepted
    board.done("record_risk_reading", **at)
    board.desk.now = moment(20260510)
    board.figures(profit=1)
    lines = [risk_of(board.desk.group, on=on).lines[0] for on in (20260509, 0)]
    assert [line.read_on for line in lines] == [20260501, 0]


def test_of_a_day_gone_by_a_ratio_of_bodies_is_told_as_it_was_known(board: Board) -> None:
    board.limit("outside_guarantees", 4 * PERCENT, 5 * PERCENT)
    board.read()
    board.desk.now = moment(20260510)
    board.figures(outside_guarantees=6_000)
    (line,) = risk_of(board.desk.group, on=20260509).lines
    assert (line.light, line.part, line.read_on) == ("green", 4_000, 0)  # as it was known on that day
    (line,) = risk_of(board.desk.group).lines
    assert (line.light, line.read_on, line.moved_ppm) == ("red", 0, 2 * PERCENT)


def test_limits_are_dated_and_the_latest_counts(board: Board) -> None:
    board.limit("outside_guarantees", 4 * PERCENT, 5 * PERCENT)
    board.limit("outside_guarantees", 1 * PERCENT, 2 * PERCENT, from_date=20260510)
    assert [line.limit_ppm for line in risk_of(board.desk.group, on=20260501).lines] == [5 * PERCENT]
    assert board.read()["worst"] == Light.green
    board.desk.now = moment(20260509)
    assert board.read()["worst"] == Light.green
    board.desk.now = moment(20260510)
    assert board.read()["worst"] == Light.red


@pytest.mark.parametrize(
    ("ratio", "warning", "limit", "more", "field"),
    [
        ("outside_guarantees", 10 * PERCENT, 10 * PERCENT, {}, ""),
        ("outside_guarantees", 10 * PERCENT, 10 * PERCENT + 1, {}, "limit_ppm"),
        ("outside_guarantees", 5 * PERCENT + 1, 5 * PERCENT, {}, "warning_ppm"),
        ("capital_adequacy", 5 * PERCENT, 5 * PERCENT, {}, "ratio"),
        ("outside_guarantees", 1, 2, {"from_date": 20260430}, "from_date"),
        ("outside_guarantees", 1, 2, {"entity": 99}, "entity"),
        ("outside_guarantees", 1, 2, {"owner": 9}, "owner"),
    ],
    ids=[
        "at the law",
        "looser than the law",
        "warns too late",
        "no ratio of a body",
        "dated back",
        "nobody",
        "no owner",
    ],
)
def test_what_a_limit_must_be(
    board: Board, ratio: str, warning: int, limit: int, more: dict[str, Any], field: str
) -> None:
    answer = board.limit(ratio, warning, limit, **more)
    assert (answer.invalid.field if answer.invalid else "") == field


def test_a_lenders_limit_is_no_looser_than_the_law() -> None:
    lender = lender_in_memory()
    board = Board(lender.desk, at={"sort": "lender", "entity": 1})

    def capital(ppm: int) -> Answer:
        return board.limit("capital_adequacy", ppm, ppm, direction="least", from_date=BEGAN)

    assert capital(105_000).accepted
    refused = capital(104_999)
    assert refused.invalid is not None
    assert refused.invalid.field == "limit_ppm"


def test_the_ratios_of_a_lender() -> None:
    """One loan of 10,000.00 and a capital of 10,000,000.00, at a day that is closed."""
    lender = lender_in_memory()
    lender.do("offer_loan", on=20260402, **OFFER)
    lender.do("draw_loan", offer=1, purpose="consumption")
    lender.close(through=20260402, on=20260403)
    board = Board(lender.desk, at={"sort": "lender", "entity": 1})
    for ratio, direction in (
        *(("capital_adequacy", "least"), ("leverage", "least"), ("loan_reserve", "least")),
        *((name, "most") for name in ("bad_loans", "watched_loans", "overdue_loans", "product_concentration")),
        *((name, "most") for name in ("joint_loans", "guaranteed_loans", "complaints")),
    ):
        level = 1_000_000 if direction == "least" else 0
        assert board.limit(ratio, level, level, direction=direction, from_date=20260403).accepted, ratio
    told = {line.ratio: line for line in risk_of(board.desk.group).lines}
    assert (told["capital_adequacy"].part, told["capital_adequacy"].whole) == (10**9, 1_000_000)
    assert (told["leverage"].part, told["leverage"].whole) == (10**9, 1_000_000)
    assert told["loan_reserve"].whole == 1_000_000
    assert told["loan_reserve"].part == 12_006, "1.2% of 10,000.00 and of a day's interest"
    assert (told["product_concentration"].value_ppm, told["product_concentration"].light) == (1_000_000, "red")
    for name in ("bad_loans", "watched_loans", "overdue_loans", "joint_loans", "guaranteed_loans"):
        assert (told[name].part, told[name].whole, told[name].light) == (0, 1_000_000, "green"), name
    assert (told["complaints"].part, told["complaints"].whole) == (0, 2)
    assert board.read()["limits"] == len(told)


def test_without_a_closed_day_the_ratios_of_loans_are_untold() -> None:
    lender = lender_in_memory()
    board = Board(lender.desk, at={"sort": "lender", "entity": 1})
    assert board.limit("bad_loans", 1, 2, from_date=BEGAN).accepted
    assert risk_of(board.desk.group).lines[0].light == "untold"


def test_an_institution_that_has_closed_no_day_is_untold(board: Board) -> None:
    board.done("register_institution", name="an institution")
    at = {"sort": "institution", "entity": 1}
    for ratio, direction in (("reserve_shortfall", "most"), ("net_worth_cover", "least"), ("complaints", "most")):
        assert board.limit(ratio, 0, 0, direction=direction, **at).accepted
    assert {line.light for line in risk_of(board.desk.group).lines} == {"untold"}


def test_every_ratio_has_its_measure() -> None:
    assert set(MEASURES) == set(RiskRatio)
    pack = regime().pack
    for ratio, measure in MEASURES.items():
        assert measure.of, ratio
        if measure.law:
            assert measure.law.ppm(pack.value(id=measure.law.rule, on=20261128)) > 0
    assert [EntitySort(word) for word in SORT_NUMBER] == list(EntitySort)


def test_before_the_rule_no_limit_is_set() -> None:
    pack = regime().pack
    assert len(told_of(pack, Light.red, on=20201101)) == 3
    assert not told_of(pack, Light.green, on=20201101)
    with pytest.raises(RuleNotInForce):
        told_of(pack, Light.red, on=20201031)


def test_a_reading_asks_for_a_limit(board: Board) -> None:
    answer = board.ask("record_risk_reading", **AT)
    assert answer.invalid is not None
    assert answer.invalid.field == "entity"


def test_a_lender_whose_book_a_body_keeps_owes_as_that_body(board: Board) -> None:
    board.done("register_lender", name="a lender")
    book = int(board.desk.group.records.tables["lender"].column("book")[1])
    source = {"source": "register", "source_date": 20260401}
    board.done("record_body_business", body=6, business="consumer_finance", book=book, from_date=20260401, **source)
    on = 20260501
    assert board.limit("bad_loans", 0, 0, sort="lender", entity=1, from_date=on).accepted
    board.done("record_risk_reading", sort="lender", entity=1)
    assert {each.owner for each in board.duties(on)} == {"lender 1"}
    assert len(risk_of(board.desk.group, 6).lines) == 1
    assert not risk_of(board.desk.group, HOLDING).lines


def test_guarantees_beside_no_net_assets_are_beyond_any_limit(board: Board) -> None:
    board.figures(outside_guarantees=1, net_assets=-1)
    board.limit("outside_guarantees", 4 * PERCENT, 5 * PERCENT)
    assert board.read()["worst"] == Light.red
    (line,) = risk_of(board.desk.group).lines
    assert (line.light, line.value_ppm, line.part, line.whole) == ("red", None, 1, -1)


def test_one_figure_out_of_all_bounds_stops_no_reading_of_the_others(board: Board) -> None:
    board.figures(outside_guarantees=9 * 10**18, net_assets=1, total_assets=100)
    board.limit("outside_guarantees", 4 * PERCENT, 5 * PERCENT)
    board.limit("debt_share", 50 * PERCENT, 60 * PERCENT)
    assert (board.read()["limits"], board.read()["worst"]) == (2, Light.red)
    assert [line.readings[-1].light for line in risk_of(board.desk.group).lines] == ["red", "red"]
