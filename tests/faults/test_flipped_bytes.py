"""Whatever is changed behind the group's back is found by `verify`, and its first fault names the first bad row.

Worked: one bit of the legs of block 9 is turned; the first fault begins with "block 9". Nor does a group that is
opened on what has been changed ever fail with anything but an error of the store.
"""

import shutil
from contextlib import closing, suppress
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benyuan.decisions.events import TABLES
from benyuan.engine.blocks import GENESIS
from benyuan.engine.comparing import compare_records
from benyuan.engine.records import Records
from benyuan.engine.restoring import Rest
from benyuan.engine.store import StoreError
from benyuan.storage.schema import BLOCK_COLUMNS
from benyuan.storage.sqlite import SqliteStore
from tests.faults.damage import (
    check_every_table,
    check_found,
    check_opens_or_says_why,
    original,
    path,
    report_on,
    rows_of,
    sql,
)
from tests.storage.contract import everything
from tests.unit.engine.groups import Desk, memory_of

__all__ = ["original", "path"]

PARTS = ("body", "outcome", "made", "rows")
NUMBERS = tuple(name for name in BLOCK_COLUMNS if name not in (*PARTS, "kind", "regime", "release", "previous", "hash"))
ERASED = 3
"""Payloads that the group itself has erased by law: of a person, of a merchant and of a borrower."""


def flipped(data: bytes, dice: Random) -> bytes:
    """The bytes with one bit turned."""
    place, bit = dice.randrange(len(data)), 1 << dice.randrange(8)
    return data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :]


def test_the_original_holds(original: Path) -> None:
    report = report_on(original)
    assert (report.faults, report.differences) == ([], [])
    with sql(original) as connection:
        for name in (*TABLES, "request_key", "payload", "regime", "balance_page", "balance_rest"):
            count = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            assert count > 0, f"nothing in {name} to change"


# ---- the log --------------------------------------------------------------------------------------------------------


def blocks_with(path: Path, part: str) -> list[tuple[int, bytes]]:
    """The blocks in which a part is not empty."""
    with sql(path) as connection:
        found = connection.execute(f'SELECT seq, "{part}" FROM block WHERE length("{part}") > 0')
        return list(found)


PARTS_TRIED = [*PARTS, "previous", "hash"]


@pytest.mark.parametrize("part", PARTS_TRIED)
def test_a_bit_of_a_block(path: Path, part: str) -> None:
    dice = Random(part)
    with sql(path) as connection:
        for place, (seq, data) in enumerate(blocks_with(path, part)[PARTS_TRIED.index(part) :: 12]):
            connection.execute(f'UPDATE block SET "{part}" = ? WHERE seq = ?', (flipped(data, dice), seq))
            report = check_found(path, f"block {seq}", redecide=place % 6 == 1)
            assert report.blocks == seq - 1
            connection.execute(f'UPDATE block SET "{part}" = ? WHERE seq = ?', (data, seq))
    assert report_on(path).ok


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("by", [1, -1, 1 << 40])
def test_a_number_of_a_block(path: Path, name: str, by: int) -> None:
    with sql(path) as connection:
        last = connection.execute("SELECT max(seq) FROM block").fetchone()[0]
        connection.execute(f'UPDATE OR REPLACE block SET "{name}" = "{name}" + ? WHERE seq = ?', (by, last - 2))
    check_found(path, "block", redecide=by == 1)


@pytest.mark.parametrize("name", ["kind", "regime", "release"])
def test_a_text_of_a_block(path: Path, name: str) -> None:
    with sql(path) as connection:
        connection.execute(f'UPDATE block SET "{name}" = "{name}" || \'x\' WHERE seq = 5')
    check_found(path, "block 5")


@pytest.mark.parametrize("seq", [1, 2, 9])
def test_a_block_that_is_gone(path: Path, seq: int) -> None:
    with sql(path) as connection:
        connection.execute("DELETE FROM block WHERE seq = ?", (seq,))
    check_found(path, "block")


def test_blocks_that_have_changed_places(path: Path) -> None:
    with sql(path) as connection:
        for before, after in ((5, -1), (6, 5), (-1, 6)):
            connection.execute("UPDATE block SET seq = ? WHERE seq = ?", (after, before))
    check_found(path, "block 5")


@pytest.mark.parametrize("left", [0, 1, 9])
def test_a_log_that_is_cut_short(path: Path, left: int) -> None:
    """What is left of the log holds together; the records, the keys and the saved balances know of more."""
    with sql(path) as connection:
        connection.execute("DELETE FROM block WHERE seq > ?", (left,))
    check_found(path)


def test_a_log_that_is_cut_short_after_the_save_has_another_head(path: Path, original: Path) -> None:
    """Nothing in the store knows of payments after the save; the head that somebody has kept does."""
    with sql(path) as connection:
        connection.execute("DELETE FROM block WHERE seq = (SELECT max(seq) FROM block)")
    assert report_on(path).head != report_on(original).head


def sealed_anew(path: Path, *, seq: int, **changed: Any) -> None:
    """Change a block and hash it and all after it anew, as one who knows the code would."""
    with closing(SqliteStore(path)) as store:
        blocks = list(store.blocks())
    head = GENESIS
    with sql(path) as connection:
        for block in blocks:
            values = {name: getattr(block, name) for name in BLOCK_COLUMNS} | (changed if block.seq == seq else {})
            anew = type(block)(**{**values, "hash": b""}).sealed(previous=head)
            connection.execute(
                "UPDATE block SET body = ?, outcome = ?, previous = ?, hash = ? WHERE seq = ?",
                (anew.body, anew.outcome, anew.previous, anew.hash, block.seq),
            )
            head = anew.hash


@pytest.mark.parametrize(
    ("part", "was", "becomes"),
    [
        ("body", b'"amount_fen":{"*":300}', b'"amount_fen":{"*":301}'),
        ("body", b'"keys":{"*":"key ', b'"keys":{"*":"kez '),
        ("outcome", b'"balance_fen":{"*":300}', b'"balance_fen":{"*":200}'),
        ("outcome", b'"status":{"*":0}', b'"status":{"*":1}'),
    ],
)
def test_a_log_hashed_anew_does_not_decide_the_same(
    path: Path, original: Path, part: str, was: bytes, becomes: bytes
) -> None:
    """Hashes alone do not show it; deciding again, the keys or the records do, and the head is another."""
    with sql(path) as connection:
        seq, data = connection.execute(
            f"SELECT seq, {part} FROM block WHERE kind = 'pay' ORDER BY seq LIMIT 1"
        ).fetchone()
    assert was in data
    sealed_anew(path, seq=seq, **{part: data.replace(was, becomes)})
    report = report_on(path)
    assert not report.ok
    assert report.head != report_on(original).head
    check_opens_or_says_why(path)


# ---- records, keys, payloads, rules ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folded(original: Path) -> Records:
    """All tables as the log left them: those of the file that nobody has damaged."""
    records = Records()
    with closing(SqliteStore(original, read_only=True)) as store:
        records.load(store)
    return records


def alone(folded: Records, name: str) -> Records:
    """What the log left in one table."""
    records = Records()
    records.tables = {name: folded.tables[name]}
    return records


@pytest.mark.parametrize("name", TABLES)
def test_a_row_of_a_table(path: Path, folded: Records, name: str) -> None:
    """Every column is compared with what the log left."""
    number, only = rows_of(path, name)[-1], alone(folded, name)
    with sql(path) as connection, closing(SqliteStore(path, read_only=True)) as store:
        for column in TABLES[name].columns:
            connection.execute(f'UPDATE "{name}" SET "{column}" = "{column}" + 1 WHERE id = ?', (number,))
            (found,) = compare_records(only, store)
            assert found.startswith(f"table {name}: row {number} has {column} ")
            connection.execute(f'UPDATE "{name}" SET "{column}" = "{column}" - 1 WHERE id = ?', (number,))
        column = TABLES[name].columns[-1]
        connection.execute(f'UPDATE "{name}" SET "{column}" = "{column}" + 1 WHERE id = ?', (number,))
    check_opens_or_says_why(path)


def test_a_row_of_every_table(path: Path) -> None:
    """`verify` names each of them, and nothing else."""
    with sql(path) as connection:
        for name, table in TABLES.items():
            column, number = table.columns[-1], rows_of(path, name)[-1]
            connection.execute(f'UPDATE "{name}" SET "{column}" = "{column}" + 1 WHERE id = ?', (number,))
    check_every_table(path, lambda name, number: f"row {number} has {TABLES[name].columns[-1]} ")


@pytest.mark.parametrize("name", TABLES)
def test_a_row_too_few_or_too_many(path: Path, folded: Records, name: str) -> None:
    number, only = rows_of(path, name)[-1], alone(folded, name)
    columns = ", ".join(f'"{column}"' for column in TABLES[name].columns)
    with sql(path) as connection, closing(SqliteStore(path, read_only=True)) as store:
        connection.execute(f'INSERT INTO "{name}" SELECT id + 1, {columns} FROM "{name}" WHERE id = {number}')
        assert compare_records(only, store) == [f"table {name}: row {number + 1} is in no event of the log"]
        connection.execute(f'DELETE FROM "{name}" WHERE id >= {number}')
        assert compare_records(only, store) == [f"table {name}: row {number} is missing"]
    check_opens_or_says_why(path)


def test_a_row_too_few_in_every_table(path: Path, original: Path) -> None:
    with sql(path) as connection:
        for name in TABLES:
            connection.execute(f'DELETE FROM "{name}" WHERE id = ?', (rows_of(original, name)[-1],))
    check_every_table(path, lambda _, number: f"row {number} is missing", rows=original)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE request_key SET hash = hash + 1 WHERE position = 5",
        "UPDATE request_key SET position = position + 1 WHERE position = 5",
        "UPDATE request_key SET position = 21 - position WHERE position IN (10, 11)",
        "DELETE FROM request_key WHERE position = 5",
        "DELETE FROM request_key",
        "INSERT INTO request_key VALUES (1234567, 5)",
        "INSERT INTO request_key VALUES (1234567, 5000)",
    ],
)
def test_a_key(path: Path, change: str) -> None:
    with sql(path) as connection:
        connection.execute(change)
    check_found(path, "request_key")


def test_a_payload(path: Path) -> None:
    with sql(path) as connection:
        for position, data in connection.execute("SELECT position, sealed FROM payload").fetchall():
            changed = flipped(data, Random(position))
            connection.execute("UPDATE payload SET sealed = ? WHERE position = ?", (changed, position))
            check_found(path, "payload", f"command {position}", redecide=False)
            connection.execute("UPDATE payload SET sealed = ? WHERE position = ?", (data, position))
    assert report_on(path).ok


def test_payloads_that_have_changed_places(path: Path) -> None:
    with sql(path) as connection:
        first, second = (row[0] for row in connection.execute("SELECT position FROM payload ORDER BY position LIMIT 2"))
        for column in ("key", "sealed"):
            swapped = f"UPDATE payload SET {column} = (SELECT {column} FROM payload AS other WHERE other.position = "
            both = {"first": first, "second": second}
            connection.execute(
                f"{swapped} :first + :second - payload.position) WHERE position IN (:first, :second)", both
            )
    check_found(path, "payload", f"command {first}", redecide=False)


def test_a_payload_under_another_key_does_not_pass_for_erased(path: Path) -> None:
    """No such key is there, as if it had been destroyed by law."""
    with sql(path) as connection:
        first = connection.execute("SELECT min(position) FROM payload").fetchone()[0]
        connection.execute("UPDATE payload SET key = 'identity/9999' WHERE position = ?", (first,))
    check_found(path, f"table payload: that of command {first} is not what was committed to", redecide=False)


@pytest.mark.parametrize("position", [0, -1, 5_000])
def test_a_payload_that_no_command_has(path: Path, position: int) -> None:
    with sql(path) as connection:
        copied = "INSERT INTO payload SELECT ?, key, sealed FROM payload ORDER BY position LIMIT 1"
        connection.execute(copied, (position,))
    said = f"table payload: that of command {position} is in no command of the log"
    check_found(path, said, redecide=False)
    shutil.rmtree(path.with_name("group.db.keys"))
    assert report_on(path).faults == [said]


def test_a_payload_of_a_command_without_one(path: Path) -> None:
    with sql(path) as connection:
        end = connection.execute("SELECT max(first_position + commands) FROM block").fetchone()[0]
        held = {position for (position,) in connection.execute("SELECT position FROM payload")}
        last = next(position for position in range(end - 1, 0, -1) if position not in held)
        copied = "INSERT INTO payload SELECT ?, key, sealed FROM payload ORDER BY position LIMIT 1"
        connection.execute(copied, (last,))
    check_found(path, f"table payload: that of command {last} is in no command of the log", redecide=False)


def test_a_sealed_payload_of_which_little_is_left(path: Path) -> None:
    with sql(path) as connection:
        first, data = connection.execute("SELECT position, sealed FROM payload ORDER BY position LIMIT 1").fetchone()
        for left in (0, 1, 7, 8, 13):
            connection.execute("UPDATE payload SET sealed = ? WHERE position = ?", (data[:left], first))
            check_found(path, f"table payload: that of command {first} is not what was sealed", redecide=False)


@pytest.mark.parametrize("tag", [b"", b"\xff" * 15, b"\xff" * 17, b"\xff" * 40])
def test_a_mark_of_another_length(path: Path, tag: bytes) -> None:
    with sql(path) as connection:
        connection.execute("UPDATE mark SET tag = ? WHERE tag = (SELECT max(tag) FROM mark)", (tag,))
    check_found(path, "table mark: a tag is not of 16 bytes", redecide=False)


def test_identities_that_have_changed_places(path: Path) -> None:
    with sql(path) as connection:
        tags = dict(connection.execute("SELECT id, tag FROM identity_tag WHERE id IN (1, 2)").fetchall())
        connection.execute("UPDATE identity_tag SET tag = NULL WHERE id = 1")
        check_found(path, "identity_tag", "identity 1", redecide=False)
        connection.execute("UPDATE identity_tag SET tag = ? WHERE id = 2", (tags[1],))
        connection.execute("UPDATE identity_tag SET tag = ? WHERE id = 1", (tags[2],))
        check_found(path, "identity_tag", "identity 1", redecide=False)
        connection.execute("DELETE FROM identity_tag WHERE id = 1")
        check_found(path, "identity_tag", "identity 1", redecide=False)


def test_without_the_keys_payloads_are_counted_as_unopened(path: Path) -> None:
    shutil.rmtree(path.with_name("group.db.keys"))
    report = report_on(path)
    with sql(path) as connection:
        sealed = sum(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("payload", "page"))
    assert (report.ok, report.erased_payloads, report.unopened_payloads) == (True, ERASED, sealed)


def test_an_erased_payload_is_no_fault(path: Path) -> None:
    with sql(path) as connection:
        position = connection.execute("SELECT min(position) FROM payload").fetchone()[0]
    with closing(SqliteStore(path)) as store:
        store.erase_payload(position)
    report = report_on(path)
    assert (report.ok, report.erased_payloads) == (True, ERASED + 1)


@pytest.mark.parametrize("place", range(0, 100, 9))
def test_rules_that_are_not_those_of_their_digest(path: Path, place: int) -> None:
    with sql(path) as connection:
        data = connection.execute("SELECT canonical FROM regime").fetchone()[0]
        at = len(data) * place // 100
        connection.execute("UPDATE regime SET canonical = ?", (data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :],))
    check_found(path, "regime")


def test_rules_that_are_gone(path: Path) -> None:
    with sql(path) as connection:
        connection.execute("DELETE FROM regime")
    check_found(path, "regime")


# ---- saved balances -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("redecide", [True, False])
def test_a_bit_of_a_saved_page(path: Path, redecide: bool) -> None:
    dice = Random(7)
    with sql(path) as connection:
        data = connection.execute("SELECT columns FROM balance_page").fetchone()[0]
        for _ in range(5):
            connection.execute("UPDATE balance_page SET columns = ?", (flipped(data, dice),))
            check_found(path, "balance", redecide=redecide)
        connection.execute("UPDATE balance_page SET columns = ?", (data,))
    assert report_on(path, redecide=redecide).ok


def test_a_bit_of_every_byte_saved_beside_the_pages(path: Path) -> None:
    """Counts, the last time, the open holds."""
    with sql(path) as connection:
        seq, data = connection.execute("SELECT seq, rest FROM balance_rest").fetchone()
        for place in range(len(data)):
            changed = data[:place] + bytes([data[place] ^ (1 << place % 8)]) + data[place + 1 :]
            with pytest.raises(ValueError, match="the saved balances"):
                Rest.read(changed, seq=seq)
            if place % 40 == 0:
                connection.execute("UPDATE balance_rest SET rest = ?", (changed,))
                check_found(path, "balance", redecide=False)
        connection.execute("UPDATE balance_rest SET rest = ?", (data,))
    assert report_on(path).ok


def check_starts_right_or_not_at_all(path: Path, original: Path) -> None:
    """A group that starts has the memory that it should have."""
    with closing(SqliteStore(original, read_only=True)) as store:
        good = memory_of(Desk(store).group)
    with suppress(StoreError), closing(SqliteStore(path, read_only=True)) as store:
        assert memory_of(Desk(store).group) == good


@pytest.mark.parametrize(
    ("table", "column"), [("balance_page", "columns"), ("balance_rest", "rest"), ("block", "rows"), ("block", "made")]
)
def test_a_group_never_starts_from_other_balances(path: Path, original: Path, table: str, column: str) -> None:
    """What a start reads, saved balances and the blocks since, is checked: nothing is posted on changed balances."""
    dice = Random(column)
    with sql(path) as connection:
        found = connection.execute(
            f'SELECT rowid, "{column}" FROM "{table}" WHERE length("{column}") > 0 ORDER BY rowid DESC LIMIT 1'
        ).fetchone()
        if table == "block":
            for name in ("balance_page", "balance_rest", "request_key"):
                connection.execute(f"DELETE FROM {name}")
        for _ in range(12):
            changed = flipped(found[1], dice)
            connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (changed, found[0]))
            check_starts_right_or_not_at_all(path, original)


@pytest.mark.parametrize("change", ["DELETE FROM balance_page", "UPDATE balance_page SET page = page + 1"])
def test_a_group_never_starts_without_its_pages(path: Path, original: Path, change: str) -> None:
    with sql(path) as connection:
        connection.execute(change)
    check_starts_right_or_not_at_all(path, original)


@pytest.mark.parametrize("by", [-1, 1, 100, -1_000_000])
def test_balances_said_to_be_of_another_block(path: Path, by: int) -> None:
    with sql(path) as connection:
        connection.execute("UPDATE balance_rest SET seq = seq + ?", (by,))
    assert any("balance" in fault for fault in check_found(path).faults)


@pytest.mark.parametrize("change", ["DELETE FROM balance_page", "UPDATE balance_page SET page = page + 1"])
def test_pages_that_are_gone(path: Path, change: str) -> None:
    with sql(path) as connection:
        connection.execute(change)
    check_found(path, "balance")


def test_without_saved_balances_all_is_folded(path: Path, original: Path) -> None:
    """They are a shortcut: without them, and the keys saved with them, a start takes longer, and that is all."""
    with sql(path) as connection:
        for table in ("balance_page", "balance_rest", "request_key"):
            connection.execute(f"DELETE FROM {table}")
    assert report_on(path).ok
    with closing(SqliteStore(path)) as store, closing(SqliteStore(original, read_only=True)) as saved:
        assert memory_of(Desk(store).group) == memory_of(Desk(saved).group)


# ---- the file itself ------------------------------------------------------------------------------------------------


def contents_of(path: Path) -> Any:
    """All that a store reads; None where it can't."""
    try:
        with closing(SqliteStore(path, read_only=True)) as store:
            return everything(store)
    except StoreError:
        return None


def check_flips(path: Path, original: Path, *, flips: int, seed: int) -> None:
    """Bits of the file: either nothing that is read has changed, or opening or `verify` says so."""
    dice = Random(seed)
    data, good = original.read_bytes(), contents_of(original)
    unnoticed = 0
    for _ in range(flips):
        path.write_bytes(flipped(data, dice))
        check_opens_or_says_why(path)
        try:
            report = report_on(path)
        except StoreError:
            continue
        if report.ok:
            unnoticed += 1
            assert contents_of(path) == good
    assert unnoticed < flips


def test_a_bit_of_the_file(path: Path, original: Path) -> None:
    check_flips(path, original, flips=25, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_soak_a_bit_of_the_file(path: Path, original: Path, seed: int) -> None:
    check_flips(path, original, flips=1_000, seed=100 + seed)


@pytest.mark.parametrize("size", [0, 100, 16_384, 50_000])
def test_a_file_that_is_cut_short(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:size])
    check_opens_or_says_why(path)
    with suppress(StoreError):
        assert not report_on(path).ok
