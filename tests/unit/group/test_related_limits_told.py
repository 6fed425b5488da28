"""`benyuan group limits`: what it says of a body, what is over, and its exit codes; logs of before and after."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.group.licences import licences_told
from benyuan.assurance.group.limits import LimitTold, limits_of
from benyuan.cli.failures import BAD_INPUT, FINE, FOUND
from benyuan.decisions.commands import REGISTRY
from benyuan.engine import codec, group
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES
from benyuan.usecases.lending.fund_lender import Funding, FundingSource
from benyuan.usecases.related.record_related_transaction import TransactionFields
from tests.unit.cli.running import answer, benyuan
from tests.unit.engine.groups import HOUR, on_file, vault_beside
from tests.unit.group.ownership import BANK, HOLDING, INSURER, OWNER, SHOP, SOURCE
from tests.unit.group.related import FURTHER, MILLION, Board

KIND = "record_related_transaction"
DAY = 24 * HOUR


def lending(board: Board) -> Board:
    """An insurer that has lent its holding company's owner three of four million that it may."""
    board.measured(INSURER, amount_fen=30_000 * MILLION)
    board.measured(OWNER, amount_fen=20 * MILLION)
    figure = {"figure": "net_capital", "as_of": 20260331}
    board.plain("record_body_figure", body=INSURER, amount_fen=100 * MILLION, **figure, invented=True)
    board.plain("record_body_figure", body=BANK, amount_fen=1_000 * MILLION, **figure, **SOURCE)
    board.deal(3 * MILLION, body=INSURER)
    return board


def told(board: Board, body: int, **when: int) -> dict[str, LimitTold]:
    """The limits of a body, by rule."""
    return {each.rule: each for each in limits_of(board.desk.group, body, **when).limits}


def test_an_institution_and_who_receives() -> None:
    board = lending(Board())
    given = told(board, INSURER)["fhc.lim.fi_to_affiliate"]
    assert (given.limit_fen, given.used_fen, given.booked_fen, given.headroom_fen) == (
        *(10 * MILLION, 3 * MILLION, 3 * MILLION),
        7 * MILLION,
    )
    assert (given.document, given.article) == ("中国人民银行令〔2020〕第4号", "第三十六条（五）")
    assert (given.figure, given.figure_fen, given.figure_on, given.source) == (
        *("net_capital", 100 * MILLION, 20260331),
        "invented",
    )
    received = told(board, OWNER)["fhc.lim.fi_to_affiliate.recipient"]
    assert (received.figure, received.headroom_fen, received.beside) == ("net_assets", MILLION, HOLDING)
    assert str(SOURCE["source"]) in received.source
    assert limits_of(board.desk.group, SHOP).limits == []


def test_what_is_over_by_a_new_figure_and_on_which_day() -> None:
    board = lending(Board())
    board.desk.now += DAY
    known = board.desk.group.position
    figure = {"figure": "net_capital", "amount_fen": 30 * MILLION - 10, "as_of": 20260502, **SOURCE}
    board.plain("record_body_figure", body=INSURER, **figure)
    over = told(board, INSURER)["fhc.lim.fi_to_affiliate"]
    assert (over.breach, over.limit_fen, over.headroom_fen) == (True, 3 * MILLION - 1, 0)
    assert limits_of(board.desk.group, INSURER).breaches == 1
    assert not limits_of(board.desk.group, INSURER, on=20260501).breaches
    assert not limits_of(board.desk.group, INSURER, seen=known).breaches


def test_a_bank_has_a_row_for_each_party_and_group() -> None:
    board = lending(Board())
    for party in (FURTHER, SHOP):
        board.stake(party, BANK, 5)
        board.deal(2 * MILLION, body=BANK, party=party)
    rows = [(each.line, each.beside, each.used_fen) for each in limits_of(board.desk.group, BANK).limits]
    assert rows == [
        ("given", HOLDING, 0),
        ("received", HOLDING, 0),
        ("party", SHOP, 2 * MILLION),
        ("group", SHOP, 2 * MILLION),
        ("party", FURTHER, 2 * MILLION),
        ("group", FURTHER, 2 * MILLION),
        ("every", 0, 4 * MILLION),
    ]


def test_who_becomes_related_is_told_apart_from_what_is_booked() -> None:
    board = lending(Board())
    board.deal(9 * MILLION, body=INSURER, party=SHOP)
    board.stake(SHOP, HOLDING, 5)
    given = told(board, INSURER)["fhc.lim.fi_to_affiliate"]
    assert (given.used_fen, given.booked_fen, given.breach) == (12 * MILLION, 3 * MILLION, True)


def test_a_figure_that_nobody_recorded_is_no_nought() -> None:
    board = Board()
    outside = told(board, INSURER)["fhc.lim.fi_to_affiliate"]
    assert (outside.limit_fen, outside.headroom_fen, outside.source, outside.breach) == (
        None,
        None,
        "not recorded",
        False,
    )
    assert told(board, HOLDING)["fhc.lim.ext_guarantee"].limit_fen == 200 * MILLION


def test_limits_of_the_house_are_called_so() -> None:
    board = lending(Board())
    made = {"body": INSURER, "span": "each_party", "sort": "finance", "approved_on": 20260430, "from_date": 20260501}
    board.do("set_house_limit", **made, amount_fen=3 * MILLION - 1)
    (house,) = [each for each in limits_of(board.desk.group, INSURER).limits if each.house]
    assert (house.line, house.beside, house.used_fen, house.breach) == ("each_party, finance", OWNER, 3 * MILLION, True)


def test_the_book_of_limits_is_nobodys_and_needs_no_licence() -> None:
    told = licences_told(lending(Board()).desk.group)
    assert [(each.firm, each.body, each.lacks) for each in told.books] == [("limits 1", 0, [])]
    assert (told.accounts, told.unattributed) == (5, 0)


def test_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    board = lending(Board(on_file(path)))
    board.desk.group.close()
    url = f"sqlite:///{path}"
    shown = benyuan("group", "limits", str(INSURER), "--database", url)
    assert shown.exit_code == FINE
    assert "7,000,000.00" in shown.output
    assert answer("group", "limits", str(INSURER), "--json", "--database", url)["breaches"] == 0
    assert "no limit speaks of it" in benyuan("group", "limits", str(SHOP), "--database", url).output
    assert benyuan("group", "limits", "99", "--database", url).exit_code == BAD_INPUT
    board = Board.__new__(Board)
    board.desk = on_file(path)
    figure = {"figure": "net_capital", "amount_fen": 1, "as_of": 20260430, **SOURCE}
    board.plain("record_body_figure", body=INSURER, **figure)
    board.desk.group.close()
    over = benyuan("group", "limits", str(INSURER), "--database", url)
    assert over.exit_code == FOUND
    assert "OVER" in over.output


def test_everything_is_decided_again_and_explained() -> None:
    board = lending(Board())
    refused = board.asked(KIND, **board.fields(MILLION + 1, body=INSURER, agreement="b"))
    board.deal(MILLION, body=INSURER)
    board.plain("return_related_finance", transaction=1, amount_fen=MILLION)
    made = {"body": INSURER, "span": "all_parties", "sort": "any", "approved_on": 20260430, "from_date": 20260501}
    board.do("set_house_limit", **made, amount_fen=4 * MILLION)
    report = verify(board.desk.group.store, vault=board.desk.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)
    checks = {check.rule_id: check for check in why(board.desk.group, refused.position).checks}
    limit = checks["fhc.lim.fi_to_affiliate.recipient"]
    assert (limit.outcome, limit.limit, limit.used_before, limit.asked) == (
        *("refused", 4 * MILLION, 3 * MILLION),
        MILLION + 1,
    )
    assert checks["fhc.lim.fi_to_affiliate"].outcome == "passed"


SECTORS = ("funds", "bought", "left_out", "left_out_because", "lessens_loss")
NEW = ("guarantee", "covered_fen", "funder", "transaction", "funders_transaction", *SECTORS)


def test_a_first_loan_that_is_over_is_explained_though_its_account_was_never_opened() -> None:
    board = lending(Board())
    fund = board.do("register_body", name="fund", kind_of_body="company", business="fund_manager")["body"]
    board.stake(HOLDING, fund, 51)
    board.measured(fund, amount_fen=1_000 * MILLION)
    board.plain("record_body_figure", body=fund, figure="net_capital", amount_fen=MILLION, as_of=20260331, **SOURCE)
    pledged = board.asked(KIND, **board.fields(MILLION, body=fund, pledged=HOLDING))
    checks = {check.rule_id: check for check in why(board.desk.group, pledged.position).checks}
    assert checks["fhc.ban.pledge"].outcome == "refused"
    over = checks["fhc.lim.fi_to_affiliate"]
    assert (over.outcome, over.limit, over.used_before, over.asked) == ("refused", MILLION // 10, 0, MILLION)


def without_the_fields(columns: Any) -> dict[str, Any]:
    return codec.thin_columns({name: column for name, column in columns.items() if name not in NEW})


def without_sectors(columns: Any) -> dict[str, Any]:
    return codec.thin_columns({name: column for name, column in columns.items() if name not in SECTORS})


@pytest.mark.parametrize(("version", "thin"), [(1, without_the_fields), (2, without_sectors)], ids=["1", "2"])
def test_a_transaction_of_an_earlier_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int, thin: Any
) -> None:
    path = tmp_path / "group.db"
    with monkeypatch.context() as old:
        old.setattr(TransactionFields, "version", version)
        old.setattr(group, "thin_columns", thin)
        board = Board(on_file(path))
        board.deal(6 * MILLION)
        position = board.desk.group.position
        board.desk.group.close()
    assert USE_CASES[KIND].command.version == 3
    desk = on_file(path)
    assert ("guarantee" in desk.group.reader.at_position(position).body["columns"]) == (version == 2)
    assert "funds" not in desk.group.reader.at_position(position).body["columns"]
    explained = why(desk.group, position)
    assert (explained.outcome, explained.checks) == ("accepted", [])
    desk.group.close()
    report = verify(store=SqliteStore(path, read_only=True), vault=vault_beside(path), use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 1)


def test_money_for_a_lender_of_the_first_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "group.db"
    with monkeypatch.context() as old:
        old.setattr(Funding, "version", 1)
        old.setattr(group, "thin_columns", without_the_fields)
        desk = on_file(path)
        desk.done(REGISTRY["register_lender"](name="lender"))
        first = desk.one(Funding(lender=1, source=FundingSource.equity, amount_fen=7), key="old")
        desk.group.close()
    desk = on_file(path)
    assert "funder" not in desk.group.reader.at_position(first.position).body["columns"]
    again = desk.one(Funding(lender=1, source=FundingSource.equity, amount_fen=7), key="old")
    assert (again.position, again.repeated) == (first.position, True)
    desk.group.close()
    report = verify(store=SqliteStore(path, read_only=True), vault=vault_beside(path), use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 1)
