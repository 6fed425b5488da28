"""No layout that was ever stated may be another later: what is stored is read by it."""

from dataclasses import replace

import pytest

from benyuan.cli.reference import DIRECTORY, LAYOUTS, layouts
from benyuan.decisions.events import TABLES
from benyuan.decisions.facts import Change
from benyuan.decisions.layouts import layouts_of
from benyuan.payments.records import WALLET
from benyuan.storage.stated import Stated, broken, read_stated, stated, written
from benyuan.values.errors import BadInput
from tests.tidy.sources import ROOT

WIDER = replace(WALLET, columns=(*WALLET.columns, "colour"))
PAY = max(number for name, number in stated() if name == "command pay")
CHANGED = replace(WIDER, changes=(*WALLET.changes, Change(added={"colour": 0})))


def kept() -> Stated:
    return read_stated((ROOT / DIRECTORY / LAYOUTS).read_text("utf-8"))


def test_every_layout_is_stated_and_as_it_was() -> None:
    assert list(broken(kept(), stated())) == []
    assert not [name for name in stated() if name not in kept()], "new layouts are stated by `make docs`"
    assert layouts(ROOT / DIRECTORY) == written(kept())


def test_a_table_with_another_column_has_to_say_what_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TABLES, "wallet", WIDER)
    told = list(broken(kept(), stated()))
    assert [line.split(":")[0] for line in told] == ["table wallet"] * WALLET.layout
    assert "(colour): state a `Change`" in told[-1]
    with pytest.raises(SystemExit, match="table wallet: layout 2 is another than was stated"):
        layouts(ROOT / DIRECTORY)
    monkeypatch.setitem(TABLES, "wallet", CHANGED)
    assert list(broken(kept(), stated())) == []
    assert ("table wallet", WALLET.layout + 1) in stated()


@pytest.mark.parametrize(
    ("name", "number", "told"),
    [
        ("command pay", PAY, f"command pay: layout {PAY} is another than was stated (x): give it another version"),
        ("event wallet_opened", 1, "event wallet_opened: layout 1 is another than was stated (x): give it another"),
        ("records turned away", 0, "records turned away: layout 0 is another than was stated (x): declare it under"),
        ("block", 1, "block: layout 1 is another than was stated (x): give it the next number"),
    ],
)
def test_anything_else_that_is_another_is_told(name: str, number: int, told: str) -> None:
    now = {**stated(), (name, number): [*stated()[name, number], "x"]}
    assert [line[: len(told)] for line in broken(kept(), now)] == [told]


def test_what_was_stated_is_not_dropped() -> None:
    for name in ("table wallet", "event wallet_opened", "command pay"):
        now = {key: columns for key, columns in stated().items() if key[0] != name}
        assert [line.split(":")[0] for line in broken(stated(), now)] == [name] * (
            sum(key[0] == name for key in stated())
        )
    later = {key: columns for key, columns in stated().items() if key != ("command pay", PAY)}
    later |= {("command pay", PAY + 1): []}
    assert list(broken(stated(), later)) == []


def test_a_file_that_states_nothing_is_bad_input() -> None:
    for text in ("{", "[1]", '[["table wallet", "x", []]]'):
        with pytest.raises(BadInput, match="layouts"):
            read_stated(text)


def test_no_name_of_a_column_is_given_twice() -> None:
    """Rows that change are logged with the names of their columns alone, so one name must mean one column for ever."""
    for table in TABLES.values():
        where: dict[str, set[str]] = {}
        for layout in layouts_of(table):
            today = {there: name for name, there in layout.origin.items() if isinstance(there, str)}
            for name in layout.columns:
                where.setdefault(name, set()).add(today.get(name, ""))
        assert not [name for name, columns in where.items() if len(columns) > 1], table.name
        assert len({frozenset(layout.columns) for layout in layouts_of(table)}) == table.layout, table.name
