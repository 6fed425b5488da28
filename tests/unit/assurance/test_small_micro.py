"""The report on small and micro businesses: what is counted, what is put together, what the ledger says."""

import json
from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.small_micro.report import Report, small_micro_of
from benyuan.assurance.small_micro.sections import TOGETHER, Cell, put_together
from benyuan.cli.failures import BAD_INPUT, FINE, FOUND
from benyuan.decisions.commands import REGISTRY
from benyuan.simulate.identities import credit_code
from benyuan.values.errors import BadInput
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import HOUR, Desk, found_town, in_memory, on_file, pay

FIRST, LAST, DAYS = 20260501, 20260502, 24 * HOUR


def market(desk: Desk) -> Desk:
    """The town with five more firms (3 to 7) and four more individual businesses (8 to 11) on a plan."""
    found_town(desk, in_wallet_fen=500_000)
    desk.done(
        REGISTRY["make_fee_plan"](institution=1),
        REGISTRY["publish_fees"](plan=1, from_date=20260501, rate_ppm=3_800, standard_ppm=6_000),
    )
    for number in range(3, 12):
        small = number > 7
        desk.done(
            REGISTRY["register_merchant"](
                institution=1,
                kind_of_merchant="individual_business" if small else "firm",
                code=credit_code(number, individual=small),
                name=f"shop {number}",
                fee_plan=1,
            )
        )
    return desk


def report(desk: Desk, first: int = FIRST, last: int = LAST) -> Report:
    return small_micro_of(desk.group, institution=1, first=first, last=last)


def rows(told: Report, name: str) -> dict[str, list[Cell]]:
    (section,) = [each for each in told.sections if each.name == name]
    return {str(row[0]): row[1:] for row in section.rows}


def row(name: str, count: int, other: int = 0) -> list[Cell]:
    return [name, count, other]


@pytest.mark.parametrize(
    ("counts", "shown", "together"),
    [
        ([40, 12, 5], [40, 12, 5], 0),
        ([40, 12, 4], [40, 16], 2),
        ([40, 12, 4, 3], [40, 12, 7], 2),
        ([40, 2, 1], [43], 3),
        ([40, 3, 2], [40, 5], 2),
        ([40, 12, 0], [40, 12], 0),
        ([4], [], 1),
        ([3, 1], [], 2),
        ([], [], 0),
    ],
)
def test_rows_of_too_few_are_put_together_and_cannot_be_told_by_the_total(
    counts: list[int], shown: list[int], together: int
) -> None:
    given = [row(f"r{place}", count, 10 * count) for place, count in enumerate(counts)]
    kept, hidden = put_together(given, by=1, floor=5)
    assert ([each[1] for each in kept], hidden) == (shown, together)
    assert all(each[2] == 10 * int(each[1]) for each in kept)
    if shown and together:
        assert kept[-1][0] == TOGETHER
        assert sum(int(each[1]) for each in kept) == sum(counts)


def test_by_size_with_fees_and_concessions_held_against_the_ledger() -> None:
    desk = market(in_memory())
    desk.done(*(pay(1_250, merchant=merchant) for merchant in (1, 3, 4, 5, 6, 2, 8, 9, 10, 11)))
    told = report(desk)
    assert rows(told, "by_size") == {
        "firm": [5, 5, 6_250, 4 * 5, 4 * 3, 4 * 8, 0, 0],
        "individual business": [5, 5, 6_250, 4 * 5, 4 * 3, 4 * 8, 0, 0],
    }
    assert [(tie.what, tie.report_fen, tie.ledger_fen) for tie in told.ties] == [
        ("received", 12_500, 12_500),
        ("fees", 40, 40),
        ("paid by users", 12_500, 12_500),
    ]
    assert rows(told, "by_place") == {"no place recorded": [5, 5, 6_250, 20, 12, 32, 0, 0]}


def test_four_merchants_are_told_with_others_or_not_at_all() -> None:
    desk = market(in_memory())
    desk.done(*(pay(1_000, merchant=merchant) for merchant in (1, 3, 4, 5, 6, 8, 9, 10, 11)))
    told = report(desk)
    assert list(rows(told, "by_size")) == [TOGETHER]
    assert rows(told, "by_size")[TOGETHER][0] == 9
    assert not rows(told, "by_place")
    assert not rows(told, "tickets")


@pytest.mark.parametrize(("firms", "shown"), [(4, False), (5, True)])
def test_small_merchants_by_place_are_not_told_where_few_firms_are_the_rest(firms: int, shown: bool) -> None:
    desk = market(in_memory())
    desk.done(*(pay(1_000, merchant=merchant) for merchant in (*(1, 3, 4, 5, 6)[:firms], 2, 8, 9, 10, 11)))
    assert bool(rows(report(desk), "by_place")) == shown
    assert bool(rows(report(desk), "tickets")) == shown


def test_tickets_at_the_end_of_a_band_and_one_fen_over() -> None:
    desk = market(in_memory())
    amounts = (1, 1_000, 1_001, 5_000, 100_000, 100_001)
    desk.done(*(pay(1, merchant=merchant) for merchant in (3, 4, 5, 6)), *(pay(amount) for amount in amounts))
    told = rows(report(desk), "tickets")
    assert told["firm, to 10"] == [6, 1_005]
    assert told["firm, more than 10 to 50"] == [2, 6_001]
    assert told["firm, more than 500 to 1,000"] == [1, 100_000]
    assert told["firm, more than 1,000"] == [1, 100_001]


def test_the_first_and_the_last_day_count_and_no_other() -> None:
    desk = market(in_memory())
    for amount in (100, 200, 400):
        desk.done(*(pay(amount, merchant=merchant) for merchant in (1, 3, 4, 5, 6)))
        desk.now += DAYS
    spans = [(1, 3), (1, 1), (2, 3), (3, 3), (4, 4)]
    received = [report(desk, 20260500 + first, 20260500 + last).ties[0] for first, last in spans]
    assert [tie.report_fen for tie in received] == [3_500, 500, 3_000, 2_000, 0]
    assert all(tie.report_fen == tie.ledger_fen for tie in received)


def test_days_of_settlement_weighted_by_what_went_out() -> None:
    desk = market(in_memory())
    firms = (1, 3, 4, 5, 6)
    desk.done(*(pay(1_000, merchant=merchant) for merchant in firms))
    desk.now += DAYS
    desk.done(*(REGISTRY["settle"](merchant=merchant) for merchant in firms[:4]))
    desk.now += 2 * DAYS
    desk.done(REGISTRY["settle"](merchant=6, through=20260501))
    (paid,) = rows(report(desk, last=20260510), "paid_out").values()
    net = 1_000 - 4
    assert paid == [5, 1_000 + 4 * net, f"{(1_000 + 3 * net + 3 * net) * 100 // (1_000 + 4 * net) / 100:.2f}"]


def test_what_is_not_recorded_is_untold_and_definitions_stand_beside() -> None:
    told = report(market(in_memory()))
    assert [each.split(":")[0] for each in told.untold] == [
        "credit to businesses and its price",
        "which borrowers are merchants too, but for those whom the same document ties (tie_customer)",
        "urban or rural",
    ]
    assert all(section.definition and section.status == "unverified" for section in told.sections)


@pytest.mark.parametrize(("first", "last", "field"), [(20260230, 20260501, "from"), (20260502, 20260501, "until")])
def test_days_that_make_no_period(first: int, last: int, field: str) -> None:
    with pytest.raises(BadInput) as error:
        report(in_memory(), first, last)
    assert error.value.field == field


@pytest.mark.parametrize(("last", "there"), [(20160630, False), (20160701, True)])
def test_before_the_rule_there_is_no_report(last: int, there: bool) -> None:
    if there:
        assert not any(tie.report_fen for tie in report(market(in_memory()), 20160101, last).ties)
    else:
        with pytest.raises(BadInput, match="in force from 2016-07-01"):
            report(in_memory(), 20160101, last)


def test_of_an_institution_that_there_is_not() -> None:
    with pytest.raises(BadInput, match="one that is registered, of 1"):
        small_micro_of(market(in_memory()).group, institution=2, first=20260501, last=20260501)


def test_from_the_command_line(tmp_path: Path) -> None:
    desk = market(on_file(tmp_path / "group.db"))
    desk.done(*(pay(1_250, merchant=merchant) for merchant in (1, 3, 4, 5, 6)))
    desk.group.close()
    words: tuple[Any, ...] = ("group", "small-micro", "--from", FIRST, "--until", LAST)
    words += ("--database", tmp_path / "group.db")
    told = answer(*words)
    assert told["ties"][0] == {"what": "received", "report_fen": 6_250, "ledger_fen": 6_250}
    shown = benyuan(*words, "--csv", tmp_path / "a.csv", "--html", tmp_path / "a.html")
    assert shown.exit_code == FINE
    assert "62.50" in shown.output
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("by_size,firm,amount_fen,6250,") for line in lines)
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "<td>62.50</td>" in page
    assert "http" not in page
    benyuan(*words, "--html", tmp_path / "b.html")
    assert (tmp_path / "b.html").read_bytes() == (tmp_path / "a.html").read_bytes()
    assert benyuan("group", "small-micro", "--from", LAST, "--until", FIRST, *words[-2:]).exit_code == BAD_INPUT


def test_a_sum_that_does_not_fit_the_ledger_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = market(on_file(tmp_path / "group.db"))
    desk.done(*(pay(1_250, merchant=merchant) for merchant in (1, 3, 4, 5, 6)))
    desk.group.close()
    monkeypatch.setattr("benyuan.assurance.small_micro.receipts.RECEIVED", ())
    words = ("group", "small-micro", "--from", FIRST, "--until", LAST, "--database", tmp_path / "group.db")
    assert benyuan(*words).exit_code == FOUND
    assert json.loads(benyuan(*words, "--json").stdout)["ties"][0]["ledger_fen"] == 0
