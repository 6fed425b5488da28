"""How days, months, amounts and shares are written on a printed report.

Worked number: 123456 fen is 1,234.56; 250,000 ppm is 25.00%; 20261128 is 2026-11-28.
"""

from benyuan.values.dates import china_time
from benyuan.values.money import yuan_text

A_YEAR, A_MONTH = 10_000, 100  # tidy: number a date is year, month and day in one number
PPM_PERCENT = 10_000  # tidy: number parts per million in one percent


def day_text(yyyymmdd: int) -> str:
    """A day; nothing for none."""
    return f"{yyyymmdd // A_YEAR:04d}-{yyyymmdd // A_MONTH % A_MONTH:02d}-{yyyymmdd % A_MONTH:02d}" if yyyymmdd else ""


def month_text(yyyymm: int) -> str:
    """A month; nothing for none."""
    return f"{yyyymm // A_MONTH:04d}-{yyyymm % A_MONTH:02d}" if yyyymm else ""


def amount_text(fen: int) -> str:
    """An amount in yuan."""
    return yuan_text(fen)


def share_text(ppm: int | None) -> str:
    """A share in percent, rounded down; nothing where there's none."""
    return "" if ppm is None else f"{ppm // PPM_PERCENT}.{ppm % PPM_PERCENT // A_MONTH:02d}%"


def time_text(at: int) -> str:
    """An instant in China, to the second."""
    return china_time(at).partition(".")[0]
