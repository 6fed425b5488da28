"""The board pack: breaches, decisions and duties at the front, each traced to a chapter, a rule and a command."""

import re
from html import unescape
from pathlib import Path

import pytest

from benyuan.assurance.group.board.drawing import pack_of
from benyuan.assurance.group.board.pack import Bar, Chart, Item
from benyuan.cli.failures import BAD_INPUT, FINE, FOUND
from benyuan.cli.group.board_page import chart_of, page_of
from benyuan.simulate.identities import full_name
from benyuan.values.errors import BadInput
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import in_memory, on_file
from tests.unit.group.bods import last_position
from tests.unit.group.ownership import SOURCE
from tests.unit.group.related import BANK, HOLDING, INSURER, MILLION, OWNER, PERSON, Board
from tests.unit.group.test_risk import Board as Appetite

ON = 20260501
CHAPTERS = [
    *("applying", "prudential", "shape", "fitness", "licences", "dealings", "limits", "risk", "crossings"),
    *("approvals", "duties"),
]


def test_chapters_in_order_each_with_its_command() -> None:
    pack = pack_of(Board().desk.group, OWNER, on=ON)
    assert [each.name for each in pack.chapters] == CHAPTERS
    commands = {each.name: each.command for each in pack.chapters}
    assert commands["shape"] == f"benyuan group shape {OWNER} --on {ON}"
    assert commands["dealings"] == f"benyuan group dealings {HOLDING} --on {ON}", "of the holding company under the top"


def test_a_breach_stands_at_the_front_with_its_rule() -> None:
    board = Board()
    before = pack_of(board.desk.group, HOLDING, on=ON).breaches
    assert not [item for chapter, item in before if chapter == "shape"]
    board.stake(BANK, HOLDING, 1)
    ((_, item),) = [each for each in pack_of(board.desk.group, HOLDING, on=ON).breaches if each[0] == "shape"]
    assert item.what == "body 3, body 2"
    assert item.place is not None
    assert item.place.rule == "fhc.no_reverse_cross"


def test_a_limit_that_is_passed_since_a_figure_fell_is_a_breach() -> None:
    board = Board()
    board.measured(INSURER, figure="net_capital", amount_fen=100 * MILLION)
    board.measured(OWNER)
    board.measured(INSURER)
    fields = {"body": INSURER, "guarantee": False, "agreement": "x"}
    board.deal(3 * MILLION, **fields)
    assert not breaches(board, "limits")
    board.plain("record_body_figure", body=INSURER, figure="net_capital", amount_fen=20 * MILLION, as_of=ON, **SOURCE)
    (item,) = breaches(board, "limits")
    assert (item.found, item.asked) == ("3,000,000.00", "at most 2,000,000.00, left 0.00")
    assert item.place is not None
    assert item.place.rule == "fhc.lim.fi_to_affiliate"


def test_a_ratio_beyond_the_boards_limit_is_a_breach_and_one_that_is_untold_is_none() -> None:
    board = Appetite()
    assert board.limit("debt_share", 400_000, 500_000).accepted
    assert not breaches(board, "risk")
    board.figures(total_assets=1_000, net_assets=400)
    (item,) = breaches(board, "risk")
    assert (item.found, item.asked) == ("60.00%, red", "house: at most 50.00%")


def breaches(board: Board | Appetite, chapter: str) -> list[Item]:
    """Those at the front that stand in a chapter."""
    return [item for name, item in pack_of(board.desk.group, HOLDING).breaches if name == chapter]


def test_what_nobody_has_decided_is_a_decision_due() -> None:
    board = Board()
    asked = {"body": HOLDING, "party": OWNER, "sort": "finance", "amount_fen": 30 * MILLION}
    proposal = board.plain("propose_approval", **asked)["proposal"]
    board.approval(20 * MILLION)
    ((chapter, item),) = pack_of(board.desk.group, HOLDING, on=ON).decisions
    assert chapter == "approvals"
    assert f"proposal {proposal}: finance with {OWNER}, 30,000,000.00" in item.what
    assert item.found == "committee"
    (decisions,) = [each for each in pack_of(board.desk.group, HOLDING, on=ON).chapters if each.name == chapter]
    assert [each.asked == "" for each in decisions.items] == [False, True], "what is decided comes last"


@pytest.mark.parametrize(("days", "due"), [(23, False), (24, True)])
def test_duties_within_so_many_days(days: int, due: bool) -> None:
    board = Board()
    board.deal(20 * MILLION, approval=board.approval(30 * MILLION))
    found = pack_of(board.desk.group, HOLDING, on=ON, days=days).duties
    assert any("report major" in item.what for _, item in found) is due


def test_what_cannot_be_told_says_why_and_the_rest_stands() -> None:
    pack = pack_of(Board().desk.group, HOLDING, on=20230228)
    untold = {each.name: each.untold for each in pack.chapters if each.untold}
    assert "in force from 2023-03-01" in untold["dealings"]
    assert {"shape", "licences"}.isdisjoint(untold)


def test_no_such_body_or_day() -> None:
    with pytest.raises(BadInput, match="1 to 16"):
        pack_of(Board().desk.group, 99, on=ON)
    with pytest.raises(BadInput, match="a day that exists"):
        pack_of(Board().desk.group, HOLDING, on=20260230)


def test_the_page_needs_nothing_else_and_every_link_leads_somewhere() -> None:
    board = Board()
    board.stake(BANK, HOLDING, 1)
    board.deal(6 * MILLION)
    pack = pack_of(board.desk.group, HOLDING, on=ON)
    page = page_of(pack, board.desk.group.regime.pack)
    links, places = set(re.findall(r'href="#([^"]+)"', page)), re.findall(r' id="([^"]+)"', page)
    assert links <= set(places)
    assert len(places) == len(set(places))
    assert "rule-fhc.no_reverse_cross" in links
    assert not re.search(r"https?:|src=|<script|<link", page)
    assert page == page_of(pack_of(board.desk.group, HOLDING, on=ON), board.desk.group.regime.pack)
    assert board.desk.group.head.hex() in page


def test_names_are_escaped() -> None:
    board = Board(in_memory())
    made = board.do("register_body", name="<b>&co", kind_of_body="company", business="trust")["body"]
    board.stake(HOLDING, made, 60)
    page = page_of(pack_of(board.desk.group, HOLDING, on=ON), board.desk.group.regime.pack)
    assert "<b>" not in page
    assert "<b>&co" in unescape(page)


def test_bars_as_long_as_their_amounts_and_marks_at_their_limits() -> None:
    drawn = chart_of(Chart(title="t", money=True, bars=[Bar(name="a", amount=80), Bar(name="b", amount=40, limit=60)]))
    assert re.findall(r'width="(\d+)" height="16"', drawn) == ["400", "200"]
    assert re.findall(r'x1="(\d+)"', drawn) == ["500"]
    below = chart_of(Chart(title="t", money=False, bars=[Bar(name="a", amount=-5)]))
    assert re.findall(r'width="(\d+)" height="16"', below) == ["0"]
    over = chart_of(Chart(title="t", money=False, bars=[Bar(name="a", amount=250_000, limit=1_000_000)]))
    assert re.findall(r'width="(\d+)" height="16"', over) == ["100"]
    assert "25.00%" in over


def test_individuals_are_named_on_record_only(tmp_path: Path) -> None:
    database, page = tmp_path / "group.db", tmp_path / "a.html"
    Board(on_file(database)).desk.group.close()
    words = ("group", "board-pack", str(OWNER), str(page), "--on", str(ON), "--database", str(database))
    before = last_position(database)
    ran = benyuan(*words)
    assert ran.exit_code in (FINE, FOUND)
    assert "duties due" in ran.output
    text = page.read_text(encoding="utf-8")
    assert f"individual {PERSON}" in text
    assert full_name(1) not in text
    assert last_position(database) == before
    told = answer(*words, "--purpose", "board of May", "--operator", "wang")
    assert told["seen"] == before + 1
    assert full_name(1) in page.read_text(encoding="utf-8")
    group = on_file(database, read_only=True).group
    look = group.reader.at_position(group.position)
    group.store.close()
    assert (look.block.kind, look.batch().columns["operator"]) == ("disclose_ownership", ["wang"])
    assert benyuan(*words, "--on", "20260230").exit_code == BAD_INPUT
