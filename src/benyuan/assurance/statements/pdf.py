"""Statements as PDF: A4, English and Chinese headings, page x of y, and the same bytes for the same entries.

Chinese is set in STSong-Light, a font that readers have and the file only names (docs/decisions/0006-statements.md).
"""

import re
from collections.abc import Sequence
from typing import IO, Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from benyuan.assurance.statements.listing import Listing
from benyuan.assurance.statements.statement import Entry
from benyuan.assurance.statements.words import kind_words, party_words
from benyuan.values.dates import china_time, from_yyyymmdd
from benyuan.values.errors import BadInput
from benyuan.values.money import yuan_text

MOST_ENTRIES = 100_000
WIDTH, HEIGHT = 595, 842  # A4 in points
MARGIN, LINE, FOOT = 40, 13, 36
FIRST_ROW_Y, NEXT_ROW_Y = HEIGHT - 196, HEIGHT - 84
ROWS_ON_FIRST, ROWS_ON_NEXT = (FIRST_ROW_Y - FOOT - LINE) // LINE, (NEXT_ROW_Y - FOOT - LINE) // LINE
CHINESE, LATIN = "STSong-Light", "Helvetica"
TITLE_SIZE, HEAD_SIZE, ROW_SIZE = 15, 9, 7
LAST_OF_BMP = "\uffff"
RUNS = re.compile(r"[\x00-\x7f]+|[^\x00-\x7f]+")

Line = Sequence[str]
COLUMNS: Sequence[tuple[str, str, int]] = (
    # English, Chinese, where the column begins, or for figures minus where it ends
    ("Time", "时间", MARGIN),
    ("Entry", "类型", 124),
    ("Counterparty", "对方", 226),
    ("In (yuan)", "收入（元）", -396),
    ("Out (yuan)", "支出（元）", -456),
    ("Balance (yuan)", "余额（元）", -520),
    ("ID", "编号", -(WIDTH - MARGIN)),
)


def write_pdf(listings: Sequence[Listing], file: IO[bytes]) -> None:
    """Each statement begins on a page of its own.

    Errors: BadInput for more entries than anybody leafs through.
    """
    entries = sum(listing.listed.entries for listing in listings)
    if entries > MOST_ENTRIES:
        raise BadInput("entries", f"{entries:,}", f"at most {MOST_ENTRIES:,} in a PDF; CSV and JSON take any number")
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
    canvas = Canvas(file, pagesize=(WIDTH, HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle("Statement 交易明细")
    canvas.setCreator("benyuan 本源")
    _Pages(canvas, total=sum(map(pages_of, listings))).draw(listings)
    canvas.save()


def pages_of(listing: Listing) -> int:
    """How many pages a listing takes: a line an entry, and one each for opening, total and closing."""
    lines = listing.listed.entries + (3 if listing.is_whole else 1)
    return 1 + -(-max(0, lines - ROWS_ON_FIRST) // ROWS_ON_NEXT)


class _Pages:
    """Pages drawn one after another; `total` is how many there will be."""

    def __init__(self, canvas: Any, *, total: int) -> None:
        self._canvas = canvas
        self._total = total
        self._page = 0
        self._y = 0

    def draw(self, listings: Sequence[Listing]) -> None:
        for listing in listings:
            self._begin_first(listing)
            statement, listed = listing.statement, listing.listed
            if listing.is_whole:
                self._line(("", "Opening balance 期初余额", "", "", "", yuan_text(statement.opening_fen), ""), listing)
            for entry in listing.entries():
                self._line(_cells(entry), listing)
            sums = (yuan_text(listed.in_fen), yuan_text(listed.out_fen))
            self._line(("", "Total of entries listed 合计", "", *sums, "", ""), listing)
            if listing.is_whole:
                self._line(("", "Closing balance 期末余额", "", "", "", yuan_text(statement.closing_fen), ""), listing)
            self._end()

    def _begin_first(self, listing: Listing) -> None:
        self._page += 1
        y = HEIGHT - 56
        self._text(MARGIN, y, "Statement of transactions 交易明细", TITLE_SIZE)
        y -= 8
        for row in _head(listing):
            y -= LINE + 2
            for place, text in enumerate(row):
                self._text(MARGIN + place * (WIDTH - 2 * MARGIN) // 2, y, text, HEAD_SIZE)
        self._headings(FIRST_ROW_Y)

    def _begin_next(self, listing: Listing) -> None:
        self._page += 1
        name, period = listing.statement.holder.name, _period(listing)
        self._text(MARGIN, HEIGHT - 50, f"{party_words(name)}   {period}", HEAD_SIZE)
        self._headings(NEXT_ROW_Y)

    def _headings(self, y: int) -> None:
        for english, chinese, where in COLUMNS:
            self._text(where, y + 10, english, ROW_SIZE)
            self._text(where, y, chinese, ROW_SIZE)
        self._canvas.line(MARGIN, y - 4, WIDTH - MARGIN, y - 4)
        self._y = y - 4

    def _line(self, cells: Line, listing: Listing) -> None:
        if self._y - LINE < FOOT + LINE:
            self._end()
            self._begin_next(listing)
        self._y -= LINE
        for text, (_, _, where) in zip(cells, COLUMNS, strict=True):
            self._text(where, self._y, text, ROW_SIZE)

    def _end(self) -> None:
        self._text(MARGIN, FOOT, f"Page {self._page} of {self._total}   第{self._page}页，共{self._total}页", ROW_SIZE)
        self._canvas.showPage()

    def _text(self, where: int, y: int, text: str, size: int) -> None:
        """Text from a place on, or up to minus the place; each run of it in the font that has its letters."""
        runs = [(LATIN if run.isascii() else CHINESE, run) for run in RUNS.findall(text)]
        begins = where if where >= 0 else -where - sum(self._canvas.stringWidth(run, font, size) for font, run in runs)
        for font, run in runs:
            self._canvas.setFont(font, size)
            self._canvas.drawString(begins, y, run)
            begins += self._canvas.stringWidth(run, font, size)


def _head(listing: Listing) -> list[tuple[str, ...]]:
    statement, totals = listing.statement, listing.totals
    holder, opening, closing = statement.holder, statement.opening_fen, statement.closing_fen
    rows = [
        (f"Institution 支付机构: {_printable(listing.institution_name)} ({holder.institution})",),
        (f"Account 账户: {party_words(holder.name)}", f"Ledger account 总账账号: {holder.account}"),
        (f"Period 期间: {_period(listing)}", "Days in China, both included 北京时间，含首尾两日"),
        (f"Opening balance 期初余额: {yuan_text(opening)}", f"Closing balance 期末余额: {yuan_text(closing)}"),
    ]
    if totals is not None:
        sums = yuan_text(totals.in_fen), yuan_text(totals.out_fen)
        rows.append((f"Total in 收入合计: {sums[0]}", f"Total out 支出合计: {sums[1]}"))
        rows.append((f"Entries of the period 期间笔数: {totals.entries:,}",))
    if not listing.is_whole:
        listed = f"Entries listed 所列笔数: {listing.listed.entries:,}"
        rows.append((listed, "A page or a search: others are not listed 仅列部分交易"))
    return rows


def _printable(text: str) -> str:
    """What the font has: characters of the basic plane, and no control characters."""
    return "".join(letter if letter.isprintable() and letter <= LAST_OF_BMP else "?" for letter in text)[:60]


def _period(listing: Listing) -> str:
    period = listing.statement.period
    return f"{from_yyyymmdd(period.first_day)} - {from_yyyymmdd(period.last_day)}"


def _cells(entry: Entry) -> Line:
    return (
        china_time(entry.at)[:19],
        f"{kind_words(entry.kind)} {yuan_text(entry.by_card_fen)}" if entry.by_card_fen else kind_words(entry.kind),
        party_words(entry.counterparty),
        yuan_text(entry.in_fen) if entry.in_fen else "",
        yuan_text(entry.out_fen) if entry.out_fen else "",
        yuan_text(entry.balance_fen),
        str(entry.command or ""),
    )
