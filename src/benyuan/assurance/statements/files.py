"""Statements as JSON and CSV, written as they are read, so that a million entries take no more memory than one.

CSV is RFC 4180's: commas, CRLF, quotes where they are needed, the same number of fields in every line. Amounts are yuan
with a full stop and two decimals, never negative, so in - out adds up. A spreadsheet takes a cell that begins with
= + - @ for a formula; whatever text is not ours gets an apostrophe before it (`safe_cell`).
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

import msgspec

from benyuan.assurance.statements.listing import Listing
from benyuan.assurance.statements.statement import Entry
from benyuan.values.dates import china_time, day_begins_at, from_yyyymmdd
from benyuan.values.money import FEN_PER_YUAN

CSV_COLUMNS = (
    *("of", "time", "entry", "counterparty", "in_yuan", "out_yuan"),
    *("balance_yuan", "command", "leg", "by_card_yuan"),
)
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones are taken for the narrow


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


def write_json(listings: Iterable[Listing], file: IO[bytes]) -> None:
    """One JSON value: {"statements": [...]}, each with its entries."""
    for chunk in json_chunks(listings):
        file.write(chunk)


def json_chunks(listings: Iterable[Listing]) -> Iterator[bytes]:
    """The bytes of `write_json`, piece by piece."""
    yield b'{"statements":['
    for number, listing in enumerate(listings):
        head = msgspec.json.encode(listing.head())
        yield (b"," if number else b"") + head[:-1] + b',"entries":['
        for place, entry in enumerate(listing.entries()):
            yield (b"," if place else b"") + msgspec.json.encode(entry)
        yield b"]}"
    yield b"]}\n"


def write_csv(listings: Iterable[Listing], file: IO[str]) -> None:
    """The statements one after another: opening, entries, the total of those listed, closing.

    Of a page or a search, only the entries and their total. `file` must not translate line ends.
    """
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for listing in listings:
        statement, listed = listing.statement, listing.listed
        of, period = statement.holder.name, statement.period
        begin = china_time(day_begins_at(period.first_day))
        if listing.is_whole:
            writer.writerow((of, begin, "opening_balance", "", "", "", _yuan(statement.opening_fen), "", "", ""))
        writer.writerows(_csv_row(of, entry) for entry in listing.entries())
        writer.writerow((of, "", "total_listed", "", _yuan(listed.in_fen), _yuan(listed.out_fen), "", "", "", ""))
        if listing.is_whole:
            end = f"{from_yyyymmdd(period.last_day)} 24:00:00"
            writer.writerow((of, end, "closing_balance", "", "", "", _yuan(statement.closing_fen), "", "", ""))


def _csv_row(of: str, entry: Entry) -> Sequence[Any]:
    return (
        of,
        china_time(entry.at),
        safe_cell(entry.kind),
        safe_cell(entry.counterparty),
        _yuan(entry.in_fen) if entry.in_fen else "",
        _yuan(entry.out_fen) if entry.out_fen else "",
        _yuan(entry.balance_fen),
        entry.command or "",
        entry.leg,
        _yuan(entry.by_card_fen) if entry.by_card_fen else "",
    )


def _yuan(fen: int) -> str:
    """Such as 1234.56: `yuan_text` without its separators."""
    if fen < 0:
        return f"-{_yuan(-fen)}"
    return f"{fen // FEN_PER_YUAN}.{fen % FEN_PER_YUAN:02d}"
