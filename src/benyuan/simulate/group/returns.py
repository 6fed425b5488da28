"""Returns that the sample group's other bodies send: a bank as XLSX, a fund manager as Parquet, the rest as CSV.

Every figure is invented, so none names a document. The bank shows 100.00 yuan less of what lies between it and the
lender than the lender's book here, and the insurer sold the bank a building with a profit that nobody outside has paid.
Worked number: the bank's assets of 4,800 yi less 4,400 owed are 400 yi, of which the year has earned 5.
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet

from benyuan.simulate.group.bodies import BANK, BUREAU, FUNDS, HOLDING, INSURER, LENDER, PAYER
from benyuan.simulate.group.figures import YI

COLUMNS = ("body", "period", "line", "debit_fen", "credit_fen", "counterparty")
MISSTATED_FEN = 10_000
TENTH, HUNDREDTH = YI // 10, YI // 100  # tidy: number parts of a yi that come out even
Row = tuple[int, str, int, int]
"""Body, line, counterparty, fen: debits above nought."""
OF_HOLDING: tuple[Row, ...] = (
    *((HOLDING, "investments", body, yi * YI) for body, yi in ((PAYER, 1), (LENDER, 7), (BUREAU, 1), (BANK, 120))),
    *((HOLDING, "investments", body, yi * YI) for body, yi in ((INSURER, 40), (FUNDS, 6))),
    (HOLDING, "bank_deposits", BANK, 2 * YI),
    (HOLDING, "securities", 0, 73 * YI),
    (HOLDING, "borrowings", 0, -10 * YI),
    (HOLDING, "paid_in_capital", 0, -90 * YI),
    (HOLDING, "retained_earnings", 0, -14_725 * HUNDREDTH),
    (HOLDING, "dividend_income", BANK, -275 * HUNDREDTH),
)
OF_BANK: tuple[Row, ...] = (
    (BANK, "cash", 0, 400 * YI),
    (BANK, "loans", 0, 4_000 * YI),
    (BANK, "bonds_held", 0, 400 * YI),
    (BANK, "customer_deposits", HOLDING, -2 * YI),
    (BANK, "paid_in_capital", 0, -80 * YI),
    (BANK, "capital_reserve", 0, -120 * YI),
    (BANK, "retained_earnings", 0, -200 * YI),
    (BANK, "distributions", HOLDING, 275 * HUNDREDTH),
    (BANK, "distributions", 0, 225 * HUNDREDTH),
    (BANK, "interest_income", 0, -30 * YI),
    (BANK, "administration", 0, 20 * YI),
    (BANK, "impairment", 0, 5 * YI),
)
OF_OTHERS: tuple[Row, ...] = (
    (INSURER, "cash", 0, 30 * YI),
    (INSURER, "securities", 0, 270 * YI),
    (INSURER, "insurance_reserves", 0, -240 * YI),
    (INSURER, "paid_in_capital", 0, -20 * YI),
    (INSURER, "capital_reserve", 0, -25 * YI),
    (INSURER, "retained_earnings", 0, -10 * YI),
    (INSURER, "premiums", 0, -30 * YI),
    (INSURER, "claims", 0, 20 * YI),
    (INSURER, "administration", 0, 53 * TENTH),
    (INSURER, "unrealised_profit", BANK, -3 * TENTH),
    (BUREAU, "cash", 0, YI),
    (BUREAU, "paid_in_capital", 0, -YI),
)
OF_FUNDS: tuple[Row, ...] = (
    (FUNDS, "cash", 0, 3 * YI),
    (FUNDS, "securities", 0, 9 * YI),
    (FUNDS, "payables", 0, -4 * YI),
    (FUNDS, "paid_in_capital", 0, -2 * YI),
    (FUNDS, "retained_earnings", 0, -5 * YI),
    (FUNDS, "fee_income", 0, -3 * YI),
    (FUNDS, "administration", 0, 2 * YI),
)


def write_returns(folder: Path, *, period: int, owed_to_lender_fen: int) -> list[Path]:
    """The files, for a period by its last day. `owed_to_lender_fen`: by the bank, as the lender's book has it."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = max(owed_to_lender_fen - MISSTATED_FEN, 0)
    bank = [*OF_BANK, (BANK, "payables", LENDER, -shown)]
    bank.append((BANK, "customer_deposits", 0, -sum(row[3] for row in bank)))
    paths = [folder / name for name in ("holding.csv", "bank.xlsx", "others.csv", "funds.parquet")]
    _write_csv(paths[0], _cells(OF_HOLDING, period))
    _write_workbook(paths[1], _cells(bank, period))
    _write_csv(paths[2], _cells(OF_OTHERS, period))
    columns = dict(zip(COLUMNS, zip(*_cells(OF_FUNDS, period), strict=True), strict=True))
    pyarrow.parquet.write_table(pa.table({name: list(values) for name, values in columns.items()}), paths[3])
    return paths


def _cells(rows: Sequence[Row], period: int) -> Iterator[tuple[int | str, ...]]:
    for body, line, other, fen in rows:
        yield body, period, line, max(fen, 0), max(-fen, 0), other


def _write_csv(path: Path, rows: Iterator[tuple[int | str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])


def _write_workbook(path: Path, rows: Iterator[tuple[int | str, ...]]) -> None:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("trial balance")
    for row in (COLUMNS, *rows):
        sheet.append(row)
    book.save(path)
