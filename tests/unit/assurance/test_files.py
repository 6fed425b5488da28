"""Statements as files: CSV that a spreadsheet takes for figures and nothing else, JSON, and PDF byte for byte the same.

Worked: a wallet with a top-up of 100.00 and a payment of 0.07 has the lines opening 0.00, two entries, the total and
closing 99.93.
"""

import base64
import csv
import io
import json
import re
import zlib

import pytest

from benyuan.assurance.statements import (
    Listing,
    Period,
    Search,
    Statement,
    holder_of,
    page_of,
    safe_cell,
    whole,
    write_csv,
    write_json,
)
from benyuan.assurance.statements import pdf as pdf_module
from benyuan.assurance.statements.pdf import ROWS_ON_FIRST, ROWS_ON_NEXT, write_pdf
from benyuan.assurance.statements.statement import KINDS
from benyuan.assurance.statements.words import KIND_WORDS, kind_words, party_words
from benyuan.values.errors import BadInput
from tests.unit.engine.groups import Desk, pay, town

MAY = Period(first_day=20260501, last_day=20260531)
NAME = "本源支付 Benyuan"


def shop(payments: int = 1) -> Desk:
    desk = town()
    desk.done(*(pay(7) for _ in range(payments)))
    return desk


def wallet(desk: Desk, *, search: Search | None = None) -> Statement:
    holder = holder_of(desk.group, kind="wallet", id=1)
    return Statement(group=desk.group, holder=holder, period=MAY, search=search or Search())


def listed(desk: Desk, *, search: Search | None = None) -> Listing:
    return whole(wallet(desk, search=search), institution_name=NAME)


def as_csv(*listings: Listing) -> str:
    file = io.StringIO(newline="")
    write_csv(listings, file)
    return file.getvalue()


def as_pdf(*listings: Listing) -> bytes:
    file = io.BytesIO()
    write_pdf(listings, file)
    return file.getvalue()


def pages(made: bytes) -> list[str]:
    """The drawing of each page, as text."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL)
    return [zlib.decompress(base64.a85decode(stream.strip(), adobe=False)).decode("latin-1") for stream in streams]


def a85(made: bytes) -> bytes:
    return made.replace(b"~>", b"")


def test_csv_line_by_line() -> None:
    assert as_csv(listed(shop())).split("\r\n") == [
        "of,time,entry,counterparty,in_yuan,out_yuan,balance_yuan,command,leg,by_card_yuan",
        "wallet:1,2026-05-01 00:00:00,opening_balance,,,,0.00,,,",
        "wallet:1,2026-05-01 09:00:00,top_up,bank_account:3,100.00,,100.00,11,1,",
        "wallet:1,2026-05-01 09:00:00,payment,merchant:1,,0.07,99.93,13,7,",
        "wallet:1,,total_listed,,100.00,0.07,,,,",
        "wallet:1,2026-05-31 24:00:00,closing_balance,,,,99.93,,,",
        "",
    ]


def test_every_line_of_a_csv_has_the_same_fields() -> None:
    desk = shop(5)
    rows = list(csv.reader(io.StringIO(as_csv(listed(desk), listed(desk)), newline="")))
    assert {len(row) for row in rows} == {10}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_dangerous_cell_is_made_a_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "wallet:1", "a=b", "面包"])
def test_a_plain_cell_stays(text: str) -> None:
    assert safe_cell(text) == text


def test_json_has_the_head_and_every_entry() -> None:
    file, made = io.BytesIO(), listed(shop(3))
    write_json([made, made], file)
    (first, second) = json.loads(file.getvalue())["statements"]
    assert first == second
    assert (first["of"], first["from"], first["to"], first["institution_name"]) == (
        "wallet:1",
        20260501,
        20260531,
        NAME,
    )
    assert first["totals"] == first["listed"] == {"entries": 4, "in_fen": 10_000, "out_fen": 21}
    assert [entry["balance_fen"] for entry in first["entries"]] == [10_000, 9_993, 9_986, 9_979]
    assert (first["opening_fen"], first["closing_fen"], first["search"]) == (0, 9_979, None)


def test_a_page_has_no_opening_and_closing_lines() -> None:
    desk = shop(5)
    made = page_of(wallet(desk), institution_name=NAME, limit=2)
    assert "balance," not in as_csv(made).replace("balance_yuan,", "")
    assert made.totals is None
    assert made.next_before is not None
    everything = page_of(wallet(desk), institution_name=NAME, limit=6)
    assert everything.is_whole
    assert as_csv(everything) == as_csv(listed(desk))
    found = listed(desk, search=Search(kinds=("payment",)))
    assert not found.is_whole
    assert found.head()["search"] == {"kinds": ("payment",)}
    assert found.head()["totals"]["in_fen"] == 10_000
    assert found.head()["listed"] == {"entries": 5, "in_fen": 0, "out_fen": 35}


def test_the_same_pdf_byte_for_byte() -> None:
    made = as_pdf(listed(shop(3)))
    assert made.startswith(b"%PDF-")
    assert made == as_pdf(listed(shop(3)))
    assert made != as_pdf(listed(shop(4)))


def test_a_pdf_says_whose_when_and_how_much() -> None:
    (drawn,) = pages(a85(as_pdf(listed(shop()))))
    for text in ("(Statement of transactions )", "(99.93)", "(0.07)", "(2026-05-01 09:00:00)", "(Page 1 of 1   )"):
        assert text in drawn
    assert "交易明细".encode("utf-16-be").decode("latin-1") in unescaped(drawn)
    assert "本源支付".encode("utf-16-be").decode("latin-1") in unescaped(drawn)


def unescaped(drawn: str) -> str:
    octal = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), drawn)
    named = {"\\n": "\n", "\\r": "\r", "\\t": "\t", "\\b": "\b", "\\f": "\f", "\\(": "(", "\\)": ")", "\\\\": "\\"}
    return re.sub(r"\\[nrtbf()\\]", lambda found: named[found[0]], octal)


@pytest.mark.parametrize(
    ("payments", "count"),
    [
        (ROWS_ON_FIRST - 4, 1),
        (ROWS_ON_FIRST - 3, 2),
        (ROWS_ON_FIRST - 4 + ROWS_ON_NEXT, 2),
        (ROWS_ON_FIRST - 3 + ROWS_ON_NEXT, 3),
    ],
)
def test_pages_are_counted_before_they_are_drawn(payments: int, count: int) -> None:
    drawn = pages(a85(as_pdf(listed(shop(payments)))))
    assert len(drawn) == count
    assert [f"(Page {page} of {count}   )" in text for page, text in enumerate(drawn, 1)] == [True] * count
    assert sum(text.count("(0.07)") for text in drawn) == payments + (payments == 1)


def test_each_statement_begins_on_its_own_page() -> None:
    desk = shop()
    drawn = pages(a85(as_pdf(listed(desk), listed(desk))))
    assert [f"(Page {page} of 2   )" in text for page, text in enumerate(drawn, 1)] == [True, True]


def test_a_pdf_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "MOST_ENTRIES", 3)
    assert as_pdf(listed(shop(2)))
    with pytest.raises(BadInput, match="CSV and JSON take any number"):
        as_pdf(listed(shop(3)))


def test_a_name_beyond_the_font_is_drawn_all_the_same() -> None:
    made = whole(wallet(shop()), institution_name="\U0001f3e6\x00銀行\n")
    assert as_pdf(made)


def test_every_kind_has_words() -> None:
    assert set(KIND_WORDS) == set(KINDS)
    assert kind_words("top_up") == "top-up 充值"
    assert kind_words("99") == "99"
    assert party_words("wallet:3") == "wallet 支付账户 3"
