"""`benyuan vault`: the keys that seal what is personal: looked after, renewed, and the renewal rehearsed."""

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.options import Database, Json, Keys, url_that_is
from benyuan.cli.output import say_json
from benyuan.cli.teaching import help_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from benyuan.engine.store import Store
    from benyuan.storage.vault import KeyVault

app = typer.Typer(help="The keys that seal what is personal.", no_args_is_help=True)


def rotate(database: Database = None, keys: Keys = None, as_json: Json = False) -> None:
    """Put every key under a new master key and forget the old one; then open every payload.

        benyuan vault rotate
        benyuan vault rotate --database group.db --keys /secure/group.keys

    Whoever has an old master key and an old copy of the keys can open what was sealed before; whoever has one of the
    two, nothing. Nobody else may post meanwhile. Exit code 1: something can't be opened.
    """
    from benyuan.app import path_of, vault_of
    from benyuan.storage.sqlite import SqliteStore

    url = url_that_is(database)
    store = SqliteStore(path_of(url))
    try:
        _rotate(store, lambda: vault_of(url, keys=keys), as_json)
    finally:
        store.close()


def drill(database: Database = None, keys: Keys = None, as_json: Json = False) -> None:
    """Rehearse a rotation on a copy of the keys, and open every payload with the copy; nothing is changed.

    benyuan vault drill
    """
    from benyuan.app import KEYS_ENDING, path_of
    from benyuan.storage.sqlite import SqliteStore
    from benyuan.storage.vault import KeyDirectory, KeyVault

    url = url_that_is(database)
    directory = keys or Path(path_of(url) + KEYS_ENDING)
    store = SqliteStore(path_of(url), read_only=True)
    try:
        with tempfile.TemporaryDirectory() as place:
            copy = Path(shutil.copytree(directory, Path(place).joinpath("keys")))
            _rotate(store, lambda: KeyVault(KeyDirectory(copy)), as_json)
    finally:
        store.close()


def _rotate(store: "Store", vault: "Callable[[], KeyVault]", as_json: bool) -> None:
    """Rotate, then open everything anew. Errors: Exit with code 1 where something can't be opened."""
    from benyuan.engine.comparing import compare_payloads
    from benyuan.engine.payloads import Payloads
    from benyuan.engine.reading import Opened
    from benyuan.engine.records import Records

    first = vault()
    first.adopt(store.vault(), existing=True)
    renewed = first.rotate()
    payloads = Payloads(store=store, vault=vault(), records=Records())
    checks = [compare_payloads(Opened(block), payloads) for block in store.blocks() if block.commands]
    faults = [fault for check in checks for fault in check.faults]
    erased, unopened = (sum(getattr(check, name) for check in checks) for name in ("erased", "unopened"))
    if as_json:
        say_json({"renewed": renewed, "erased": erased, "unopened": unopened, "faults": faults})
    else:
        typer.echo(f"{renewed:,} keys under a new master key")
        typer.echo(f"every payload opened; {erased:,} had been erased" if not faults else f"FAULT {faults[0]}")
    if faults or unopened:
        raise typer.Exit(FOUND)


for command in (rotate, drill):
    app.command(help=help_of(command))(command)
