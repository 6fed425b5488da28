"""A log written before a command had a field is read: its keys answer, its rows stand, and nothing is decided again.

Worked: a payment of version 1 without the number of a merchant's code; sent again today it is the same payment.
"""

from pathlib import Path
from typing import Any

import pytest

from benyuan.decisions.batches import Batch
from benyuan.engine import codec, group
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES
from benyuan.usecases.pay import Pay
from tests.unit.engine.groups import IN_WALLET_FEN, found_town, on_file, pay, vault_beside


def without_the_field(columns: Any) -> dict[str, Any]:
    return codec.thin_columns({name: column for name, column in columns.items() if name != "merchant_code"})


def test_a_payment_of_the_first_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "group.db"
    with monkeypatch.context() as old:
        old.setattr(Pay, "version", 1)
        old.setattr(group, "thin_columns", without_the_field)
        desk = found_town(on_file(file))
        first = desk.one(pay(100), key="old")
        desk.group.close()
    assert USE_CASES["pay"].command.version == 3
    desk = on_file(file)
    assert "merchant_code" not in desk.group.reader.at_position(first.position).body["columns"]
    again = desk.one(pay(100), key="old")
    assert (again.position, again.repeated) == (first.position, True)
    assert desk.of_wallet(1) == IN_WALLET_FEN - 100
    batch: Batch = desk.group.reader.at_position(first.position).batch()
    assert batch.integers("merchant_code").tolist() == [0]
    explained = why(desk.group, first.position)
    assert (explained.outcome, explained.checks) == ("accepted", [])
    desk.group.close()
    report = verify(store=SqliteStore(file, read_only=True), vault=vault_beside(file), use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 1)
