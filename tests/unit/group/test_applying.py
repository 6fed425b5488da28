"""Whether a group must apply: from recorded figures, on any day, as known at any position, each with its source."""

from pathlib import Path

import pytest

from benyuan.assurance.group.applying import Application, application_of
from benyuan.cli.failures import FINE, FOUND
from benyuan.decisions.commands import REGISTRY, Command
from benyuan.values.errors import BadInput
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import on_file
from tests.unit.group.figures import YI, figure, grown, sized
from tests.unit.group.ownership import BANK, HOLDING, INSURER, OWNER, PERSON, SHOP, Houses

THOUSAND_YI, FIVE_THOUSAND_YI = 1000 * YI, 5000 * YI


def asked(houses: Houses, top: int = OWNER, **fields: int) -> Application:
    return application_of(houses.desk.group, top, **fields)


@pytest.mark.parametrize(
    ("bank_fen", "insurer_fen", "verdict", "distances"),
    [
        (4000 * YI, THOUSAND_YI, "must_apply", [0, 0, -FIVE_THOUSAND_YI]),
        (3000 * YI, THOUSAND_YI - 1, "may_be_asked", [-THOUSAND_YI - 1, -1, -FIVE_THOUSAND_YI]),
        (4000 * YI + 1, THOUSAND_YI - 1, "must_apply", [0, -1, -FIVE_THOUSAND_YI]),
    ],
)
def test_over_and_under_the_lines_with_a_bank(
    bank_fen: int, insurer_fen: int, verdict: str, distances: list[int]
) -> None:
    told = asked(sized(grown(), bank_fen=bank_fen, insurer_fen=insurer_fen))
    assert told.verdict == verdict
    assert [line.distance_fen for line in told.trigger.lines] == distances
    assert (told.trigger.has_bank, told.trigger.types, told.controllers) == (
        True,
        ["bank", "insurance"],
        [OWNER, PERSON],
    )


def test_every_figure_names_its_document_or_is_called_invented() -> None:
    houses = grown()
    figure(houses, BANK, "total_assets", 1, basis="consolidated")
    figure(houses, INSURER, "total_assets", 2, invented=True)
    told = asked(houses)
    assert [(each.body, each.basis, each.amount_fen, each.as_of, each.source) for each in told.figures] == [
        (BANK, "consolidated", 1, 20251231, "audited accounts (20260331)"),
        (INSURER, "own", 2, 20251231, "invented"),
    ]
    assert told.verdict == "cannot_be_told"
    assert [line.untold for line in told.trigger.lines] == [(), (), (INSURER,)]


def test_own_accounts_go_before_consolidated_ones() -> None:
    houses = grown()
    figure(houses, BANK, "total_assets", 7)
    figure(houses, BANK, "total_assets", 9, basis="consolidated")
    assert asked(houses).institutions[0].total_assets_fen == 7


def test_the_latest_figure_of_the_day_and_of_what_was_known() -> None:
    houses = sized(grown(), bank_fen=FIVE_THOUSAND_YI, insurer_fen=0)
    before = houses.desk.group.position
    figure(houses, BANK, "total_assets", FIVE_THOUSAND_YI - 1, as_of=20260331)
    assert asked(houses, on=20260330).verdict == "must_apply"
    assert asked(houses, on=20260331).verdict == "may_be_asked"
    assert asked(houses, seen=before).verdict == "must_apply"
    figure(houses, BANK, "total_assets", FIVE_THOUSAND_YI, as_of=20260331, source="corrected accounts")
    told = asked(houses)
    assert told.verdict == "must_apply"
    assert "corrected accounts (20260331)" in [each.source for each in told.figures]


def test_control_that_ends_takes_the_institution_out() -> None:
    houses = sized(grown(), bank_fen=4000 * YI, insurer_fen=THOUSAND_YI)
    houses.stake(HOLDING, INSURER, 50, from_date=20260401)
    assert asked(houses, on=20260331).verdict == "must_apply"
    told = asked(houses, on=20260401)
    assert (told.verdict, told.trigger.types) == ("need_not", ["bank"])


def test_from_what_the_order_found_on_its_first_day() -> None:
    houses = grown()
    figure(houses, BANK, "total_assets", FIVE_THOUSAND_YI, as_of=20201031)
    told = asked(houses)
    assert (told.verdict, told.apply_by) == ("must_apply", 20211101)
    assert told.remedy is not None
    assert told.remedy.article == "第五十条"
    assert asked(houses, on=20211101).remedy is None
    assert asked(houses, on=20211102).remedy is not None


def test_a_group_that_came_later_has_no_time_to_apply_in() -> None:
    houses = grown()
    figure(houses, BANK, "total_assets", FIVE_THOUSAND_YI, as_of=20201102)
    told = asked(houses)
    assert (told.verdict, told.apply_by) == ("must_apply", 0)
    assert told.remedy is not None


def test_a_foreign_firm_that_nobody_controls_is_outside() -> None:
    houses = Houses()
    foreign = houses.do("register_body", name="abroad", kind_of_body="company", place="abroad")["body"]
    houses.stake(foreign, BANK, 80)
    houses.stake(foreign, INSURER, 80)
    figure(houses, BANK, "total_assets", FIVE_THOUSAND_YI)
    told = asked(houses, foreign)
    assert (told.verdict, told.scope, told.controllers) == ("need_not", False, [foreign])


def test_who_stands_above_a_holding_company_is_asked_about_and_not_itself() -> None:
    houses = sized(grown(), bank_fen=FIVE_THOUSAND_YI, insurer_fen=0)
    assert asked(houses, HOLDING).controllers == [OWNER, PERSON]
    houses.stake(OWNER, HOLDING, 50, from_date=20260401)
    told = asked(houses, HOLDING)
    assert (told.controllers, told.scope, told.verdict) == ([HOLDING], None, "cannot_be_told")


def test_capital_of_who_holds_the_licence_beside_what_it_holds_directly() -> None:
    houses = sized(grown(), bank_fen=FIVE_THOUSAND_YI, insurer_fen=0)
    below = houses.do("register_body", name="leasing", kind_of_body="company", business="financial_leasing")["body"]
    houses.stake(BANK, below, 80)
    for body, amount in ((BANK, 80 * YI), (INSURER, 40 * YI + 1), (below, 1000 * YI)):
        figure(houses, body, "registered_capital", amount)
    figure(houses, HOLDING, "paid_in_capital", 60 * YI)
    assert asked(houses).holding == OWNER
    houses.do("record_licence", body=HOLDING, business="financial_holding", number="J1", from_date=20260101)
    told = asked(houses)
    assert (told.holding, told.licence and told.licence.number, told.not_under_it, told.remedy) == (
        HOLDING,
        "J1",
        [],
        None,
    )
    assert [(line.place.rule, line.distance_fen, line.met) for line in told.capital] == [
        ("fhc.capital.abs", 10 * YI, True),
        ("fhc.capital.rel", -1, False),
    ]


def test_an_institution_beside_the_licensed_holding_company_shows() -> None:
    houses = sized(grown(), bank_fen=FIVE_THOUSAND_YI, insurer_fen=0)
    houses.do("record_licence", body=HOLDING, business="financial_holding", number="J1", from_date=20260101)
    trust = houses.do("register_body", name="trust", kind_of_body="company", business="trust")["body"]
    houses.stake(OWNER, trust, 80)
    assert asked(houses).not_under_it == [trust]


@pytest.mark.parametrize(("day", "stands"), [(20251231, False), (20260101, True), (20260420, True), (20260421, False)])
def test_a_licence_from_its_day_to_its_last(day: int, *, stands: bool) -> None:
    houses = grown()
    fields = {"business": "financial_holding", "number": "J1", "from_date": 20260101, "until": 20260420}
    houses.do("record_licence", body=HOLDING, **fields)
    assert (asked(houses, on=day).licence is not None) is stands


def test_a_licence_that_is_taken_back() -> None:
    houses = grown()
    houses.do("record_licence", body=HOLDING, business="financial_holding", number="J1", from_date=20260101)
    houses.do("record_licence", body=HOLDING, business="financial_holding", holds=False, from_date=20260401)
    assert asked(houses, on=20260331).licence is not None
    assert asked(houses, on=20260401).licence is None


def test_the_whole_group_and_the_days_below() -> None:
    houses = grown()
    for year, part in ((2023, 85), (2024, 84), (2025, 85)):
        for what, amount in (("financial_assets", part), ("total_assets", 100)):
            figure(houses, OWNER, what, amount * YI, as_of=year * 10_000 + 1231, basis="consolidated")
    figure(houses, OWNER, "financial_assets", 1, as_of=20260331, basis="consolidated")
    told = asked(houses)
    assert (told.whole_group.met, told.whole_group.distance_fen, told.below_on) == (True, 0, [20241231])


def test_ceilings_of_the_holding_company() -> None:
    houses = grown()
    figures = (("net_assets", 100), ("related_investments", 15), ("outside_guarantees", 11))
    for what, amount in figures:
        figure(houses, OWNER, what, amount)
    assert [line.met for line in asked(houses).ceilings] == [True, False]


def test_when_an_application_is_decided() -> None:
    told = asked(grown(), accepted_on=20260331)
    assert (told.decided_by, told.changes_decided_by) == (20260930, 20260630)


def test_what_can_not_be_asked() -> None:
    houses = grown()
    with pytest.raises(BadInput, match="top"):
        asked(houses, 99)
    with pytest.raises(BadInput, match="on"):
        asked(houses, on=20201031)
    with pytest.raises(BadInput, match="on"):
        asked(houses, accepted_on=20201031)


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("record_body_figure", {"body": PERSON, "figure": "profit", "amount_fen": 1, "as_of": 20251231}, "body"),
        (
            "record_body_figure",
            {"body": BANK, "figure": "total_assets", "amount_fen": -1, "as_of": 20251231},
            "amount_fen",
        ),
        ("record_body_figure", {"body": BANK, "figure": "profit", "amount_fen": 1, "as_of": 20260502}, "as_of"),
        ("record_body_figure", {"body": BANK, "figure": "profit", "amount_fen": 1, "as_of": 20250229}, "as_of"),
        ("record_body_figure", {"body": 99, "figure": "profit", "amount_fen": 1, "as_of": 20251231}, "body"),
        ("record_licence", {"body": BANK, "business": "other", "number": "1"}, "business"),
        ("record_licence", {"body": BANK, "business": "trust"}, "number"),
        ("record_licence", {"body": BANK, "business": "trust", "number": "1", "until": 20191231}, "until"),
        ("record_licence", {"body": BANK, "business": "trust", "number": "1", "until": 20270229}, "until"),
        ("record_licence", {"body": PERSON, "business": "trust", "number": "1"}, "body"),
    ],
)
def test_what_makes_no_sense_is_named(kind: str, given: dict[str, object], field: str) -> None:
    houses = Houses()
    given = given if kind == "record_licence" else {"from_date": None, **given}
    answer = houses.desk.one(_of(kind, given))
    assert answer.invalid is not None
    assert answer.invalid.field == field


def _of(kind: str, given: dict[str, object]) -> Command:
    fields = {"from_date": 20200101, "source": "register", "source_date": 20260401, **given}
    return REGISTRY[kind](**{name: value for name, value in fields.items() if value is not None})


def test_what_may_be_below_nought() -> None:
    houses = Houses()
    for what in ("net_assets", "profit"):
        figure(houses, BANK, what, -1)
    assert houses.desk.group.records.tables["body_figure"].column("amount_fen")[1:3].tolist() == [-1, -1]


def test_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    houses = sized(grown(Houses(on_file(path))), bank_fen=FIVE_THOUSAND_YI, insurer_fen=1)
    houses.desk.group.close()
    told = answer("group", "apply", OWNER, "--database", path)
    assert (told["verdict"], told["trigger"]["lines"][0]["distance_fen"]) == ("must_apply", 1)
    shown = benyuan("group", "apply", OWNER, "--accepted", 20260331, "--database", path)
    assert shown.exit_code == FOUND
    assert "must apply" in shown.stdout
    assert "audited accounts (20260331)" in shown.stdout
    assert "decided by 2026-09-30" in shown.stdout
    again = Houses(on_file(path), anew=False)
    again.do("record_licence", body=HOLDING, business="financial_holding", number="J1", from_date=20260101)
    again.desk.group.close()
    assert benyuan("group", "apply", OWNER, "--database", path).exit_code == FINE
    assert "on: got" in benyuan("group", "apply", OWNER, "--on", 20201031, "--database", path).stderr


def test_a_shop_controls_no_institution() -> None:
    told = asked(grown(), SHOP)
    assert (told.verdict, told.institutions, told.trigger.enough_types) == ("need_not", [], False)
