"""`benyuan group board-pack`: figures, charts, breaches, decisions and duties due of a group in one HTML document."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.files import beside, check_out
from benyuan.cli.group.consolidating import Map, Returned
from benyuan.cli.options import Database, Json, Keys, reading, url_that_is
from benyuan.cli.output import day, say_json
from benyuan.cli.readers import Login, Operator, ReadBy, ReaderNumber, TaskWord, on_record, task_of

if TYPE_CHECKING:
    from benyuan.assurance.group.accounts import TrialBalances
    from benyuan.assurance.group.board.pack import Pack

CLIENT = "benyuan group board-pack"
NOWHERE = Path(os.devnull) / "keys"
"""Where no keys are: the pack goes from hand to hand, so individuals are numbers in it."""


def board_pack(
    top: Annotated[int, typer.Argument(min=1, metavar="TOP", help="The body at the top, by number.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The HTML document to write.")],
    on: Annotated[int, typer.Option("--on", metavar="DATE", help="As of this day; the log's last day without it.")] = 0,
    days: Annotated[int, typer.Option(min=0, help="Duties that fall due within so many days.")] = 30,
    returns: Returned = None,
    accounts: Map = None,
    own: Annotated[
        bool, typer.Option("--books", help="With books of this ledger, and returns if any, as of the day.")
    ] = False,
    purpose: Annotated[
        str | None, typer.Option(help="Why individuals are to be named: the log takes it down first.")
    ] = None,
    task: TaskWord = "",
    reader: ReaderNumber = 0,
    login: Login = None,
    operator: Operator = None,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """One HTML document for a board: breaches, decisions and duties due, then each report with its charts.

        benyuan group board-pack 2 board.html
        benyuan group board-pack 2 board.html --on 20261231 --json
        benyuan group board-pack 2 board.html --on 20261231 --returns bank.xlsx

    With --returns, or --books where there are none, it has the consolidated accounts of the period that ends on the
    day, and capital from them, as `consolidate` and `prudential --period` have; without, recorded figures alone.
    Every figure names its rule, its source or what it rests on, and the command that shows it in full; rules stand in
    an appendix. The document needs no network, and the same log and day give the same bytes. Individuals are numbers
    unless --purpose is given. Exit code 1 where a breach was found.
    """
    check_out(file, forms=(".html",), option="FILE", database=database)
    by = ReadBy(reader=reader, login=login, operator=operator)
    given = _Given(returns=returns or [], accounts=accounts) if returns or accounts or own else None
    pack, page = (
        _drawn(top, on=on, days=days, given=given, database=database)
        if purpose is None
        else _named(
            top,
            on=on,
            days=days,
            given=given,
            purpose=purpose,
            task=task,
            by=by,
            url=url_that_is(database),
            keys=keys,
        )
    )
    with beside(file) as path:
        path.write_text(page, encoding="utf-8")
        path.replace(file)
    if as_json:
        say_json(pack)
    else:
        typer.echo(
            f"{file}: {pack.name}, {day(pack.on)}: {len(pack.breaches)} breaches, {len(pack.decisions)} decisions due, "
            f"{len(pack.duties)} duties due"
        )
    if pack.breaches:
        raise typer.Exit(FOUND)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """Files of returns, and a map of accounts of one's own."""

    returns: list[Path]
    accounts: Path | None

    def read(self, period: int) -> "TrialBalances":
        """What they hold for a period. Errors: BadInput."""
        from benyuan.assurance.group.accounts import TrialBalances
        from benyuan.cli.inputs.returns import read_returns
        from benyuan.storage.group_lines import load_account_map, load_group_lines

        chart = load_group_lines()
        accounts = load_account_map(chart, self.accounts)
        return TrialBalances(
            returns=read_returns(self.returns, chart=chart, period=period), chart=chart, accounts=accounts
        )


def _drawn(top: int, *, on: int, days: int, given: _Given | None, database: str | None) -> "tuple[Pack, str]":
    from benyuan.assurance.group.board.drawing import pack_of
    from benyuan.assurance.group.board.pack import day_of
    from benyuan.cli.group.board_page import page_of

    with reading(database, keys=NOWHERE) as group:
        on = day_of(group, on)
        pack = pack_of(group, top, on=on, days=days, trial_balances=given.read(on) if given else None)
        return pack, page_of(pack, group.regime.pack)


def _named(
    top: int,
    *,
    on: int,
    days: int,
    given: _Given | None,
    purpose: str,
    task: str,
    by: ReadBy,
    url: str,
    keys: Path | None,
) -> "tuple[Pack, str]":
    """The same with names, after the log has taken down who draws it and why. Errors: VaultLocked."""
    from benyuan.app import open as open_group
    from benyuan.assurance.group.board.drawing import pack_of
    from benyuan.assurance.group.board.pack import day_of
    from benyuan.cli.group.board_page import page_of
    from benyuan.usecases.group.disclose_ownership import DiscloseOwnershipFields

    with open_group(url, keys=keys) as group:
        group.payloads.ready()
        on = day_of(group, on)
        command = DiscloseOwnershipFields(
            on=on, seen=group.position, purpose=purpose, task=task_of(task), **by.fields()
        )
        balances = given.read(on) if given else None
        on_record(group, command, client=by.client(CLIENT))
        pack = pack_of(group, top, on=on, days=days, trial_balances=balances)
        return pack, page_of(pack, group.regime.pack)
