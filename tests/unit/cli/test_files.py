"""Files of commands as other programs write them: marks, blank lines, broken bytes, and the types of a Parquet file."""

import contextlib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benyuan.cli.failures import BadFile
from benyuan.cli.inputs.files import read_commands
from benyuan.cli.inputs.rows import Run

HEAD = "key,payer,merchant,amount_fen,channel,authentication\n"
PAYMENT = "k1,1,2,300,online,one_kind\n"
LINE = '{"key":"k1","payer":1,"merchant":2,"amount_fen":300,"channel":"online","authentication":"one_kind"}\n'
ROW = {"key": "k1", "payer": 1, "merchant": 2, "amount_fen": 300, "channel": "online", "authentication": "one_kind"}
MARK = b"\xef\xbb\xbf"


def read(file: Path, kind: str | None = "pay") -> Run:
    """The only run of a file."""
    ((run,),) = read_commands(file, kind=kind, chunk=100)
    return run


def fault(file: Path, kind: str | None = "pay") -> BadFile:
    """What is wrong with a file."""
    with pytest.raises(BadFile) as caught:
        list(read_commands(file, kind=kind, chunk=100))
    return caught.value


def written(file: Path, content: bytes | str) -> Path:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def parquet(directory: Path, **columns: Any) -> Path:
    file = directory / "x.parquet"
    pq.write_table(pa.table({name: [value] for name, value in ROW.items()} | columns), file)
    return file


@pytest.mark.parametrize(("name", "content"), [("x.csv", HEAD + PAYMENT), ("x.jsonl", LINE)])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", MARK])
def test_marks_and_line_ends_of_other_systems(
    tmp_path: Path, name: str, content: str, ending: str, mark: bytes
) -> None:
    run = read(written(tmp_path / name, mark + content.replace("\n", ending).encode()))
    assert (run.keys, list(run.columns["amount_fen"])) == (["k1"], [300])


def test_a_mark_stands_at_the_beginning_only(tmp_path: Path) -> None:
    assert fault(written(tmp_path / "x.jsonl", LINE.encode() + MARK + LINE.encode())).where == "line 2"


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (PAYMENT + "k2,1,2,1.5,online,one_kind\n", 3),
        ("\n\n" + PAYMENT + "\n" + "k2,1,2,1.5,online,one_kind\n", 6),
        ('"k\n1",1,2,300,online,one_kind\n' + "k2,1,2,1.5,online,one_kind\n", 4),
        (PAYMENT + "\n" + '"k2",1,2\n', 4),
    ],
)
def test_a_fault_in_csv_is_named_by_its_line_in_the_file(tmp_path: Path, body: str, line: int) -> None:
    for ending in ("\n", "\r\n"):
        assert fault(written(tmp_path / "x.csv", (HEAD + body).replace("\n", ending))).where == f"line {line}"


def test_lines_of_csv_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    run = read(written(tmp_path / "x.csv", HEAD + "\n" + PAYMENT + '"k\n\n2",1,2,3,online,one_kind\n' + PAYMENT))
    assert run.lines.tolist() == [3, 4, 7]


def test_broken_bytes_are_named_where_they_stand(tmp_path: Path) -> None:
    found = fault(written(tmp_path / "x.csv", (HEAD + PAYMENT).encode() + b"k\xff,1,2,3,online,one_kind\n"))
    assert (found.where, found.constraint) == ("line 3", "lines like the header, in UTF-8")
    found = fault(written(tmp_path / "y.csv", (HEAD + PAYMENT).encode("utf-16")))
    assert (found.where, found.constraint) == ("line 1", "column names in UTF-8")


@pytest.mark.parametrize("line", ["[" * 100_000, '{"memo":' * 100_000])
def test_lines_nested_without_end_are_no_commands(tmp_path: Path, line: str) -> None:
    found = fault(written(tmp_path / "x.jsonl", LINE + line + "\n"))
    assert (found.where, found.constraint) == ("line 2", "a JSON object")


NO_INTEGER = ["100", 100.0, Decimal(100), True]


@pytest.mark.parametrize("value", NO_INTEGER)
def test_a_number_in_parquet_is_a_number(tmp_path: Path, value: Any) -> None:
    found = fault(parquet(tmp_path, amount_fen=[value]))
    assert (found.where, found.field) == ("row 1", "amount_fen")
    assert "whole numbers" in found.constraint


@pytest.mark.parametrize("column", ["channel", "memo"])
def test_a_text_in_parquet_is_a_text(tmp_path: Path, column: str) -> None:
    found = fault(parquet(tmp_path, **{column: [5]}))
    assert (found.where, found.field) == ("row 1", column)
    assert "texts" in found.constraint


def test_a_truth_in_parquet_is_a_truth(tmp_path: Path) -> None:
    file = tmp_path / "x.parquet"
    for truth in ("true", 1):
        pq.write_table(pa.table({"person": [1], "mandate": [truth]}), file)
        assert fault(file, kind="bind_bank_account").field == "mandate"
    pq.write_table(pa.table({"person": [1], "mandate": [True]}), file)
    assert read(file, kind="bind_bank_account").columns["mandate"] == [True]


def test_a_key_may_be_a_number_in_parquet_as_in_json(tmp_path: Path) -> None:
    assert read(parquet(tmp_path, key=[5])).keys == ["5"]
    assert read(written(tmp_path / "x.jsonl", LINE.replace('"k1"', "5"))).keys == ["5"]


@pytest.mark.parametrize("amount", [-(1 << 63) - 1, 1 << 63, 10**40])
def test_a_number_of_more_than_64_bits_stops_every_file(tmp_path: Path, amount: int) -> None:
    files = [
        written(tmp_path / "x.csv", HEAD + PAYMENT.replace("300", str(amount))),
        written(tmp_path / "x.jsonl", LINE.replace("300", str(amount))),
    ]
    for file in files:
        found = fault(file)
        assert (found.field, found.constraint) == ("amount_fen", "a whole number of 64 bits")


@pytest.mark.parametrize("amount", [-(1 << 63), (1 << 63) - 1])
def test_a_number_of_64_bits_is_taken_from_every_file(tmp_path: Path, amount: int) -> None:
    for name, content in (("x.csv", HEAD + PAYMENT), ("x.jsonl", LINE)):
        run = read(written(tmp_path / name, content.replace("300", str(amount))))
        assert list(run.columns["amount_fen"]) == [amount]


@pytest.mark.parametrize(
    "at",
    [
        pa.array([1], pa.timestamp("ns", "UTC")),
        pa.array([1 << 52], pa.timestamp("s", "UTC")),
        pa.array([-(1 << 60)], pa.timestamp("ms", "UTC")),
    ],
)
def test_a_time_in_parquet_that_is_no_microsecond(tmp_path: Path, at: Any) -> None:
    found = fault(parquet(tmp_path, at=at))
    assert (found.where, found.field) == ("row 1", "at")
    assert "microseconds" in found.constraint


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_times_of_parquet_in_any_unit(tmp_path: Path, unit: str) -> None:
    at = pa.array([1_760_000_000], pa.timestamp("s", "UTC")).cast(pa.timestamp(unit, "Asia/Shanghai"))
    run = read(parquet(tmp_path, at=at))
    assert run.at is not None
    assert run.at.tolist() == [1_760_000_000_000_000]


@pytest.mark.parametrize("compression", ["snappy", "none"])
def test_damaged_parquet_is_a_bad_file(tmp_path: Path, compression: str) -> None:
    rows = 2_000
    table = pa.table({"key": [f"key {n}" for n in range(rows)], "merchant": [n % 97 + 1 for n in range(rows)]})
    pq.write_table(table, tmp_path / "whole.parquet", compression=compression)
    whole = (tmp_path / "whole.parquet").read_bytes()
    file = tmp_path / "x.parquet"
    for place in range(4, len(whole), 61):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with contextlib.suppress(BadFile):
            list(read_commands(file, kind="settle", chunk=500))
        file.write_bytes(whole[:place])
        assert "Parquet" in fault(file, kind="settle").constraint


@pytest.mark.parametrize("name", ["none.csv", "none.jsonl", "none.parquet"])
def test_a_file_that_is_not_there_keeps_its_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        list(read_commands(tmp_path / name, kind="pay", chunk=10))
    assert str(caught.value.filename) == str(tmp_path / name)
