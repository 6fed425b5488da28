"""What the score is computed from: months of accounts, as the bureau's records hold them, in columns.

Order 2021 No. 4 art. 29: nothing but credit. There's no column here for who somebody is, what they earn or where they
live; of what is left out Regulation 631 art. 14 forbids some (¶1) and lets some, income among it, be collected with a
written consent only (¶2). Worked shape: two files, the first with two accounts, over six months: `file` is [0, 0, 1],
every other column has the shape (3, 6).
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from benyuan.values.errors import BadInput

ABSENT = -1
"""A month that nobody furnished, in every column; and a factor that can't be told."""
WORST = 7
MOST_FEN = 10**12  # tidy: number six months of it in ppm stay below 2**63
"""No amount of one account or file in a month is larger: ten thousand million yuan."""

Whole = NDArray[np.int64]
Months = NDArray[np.integer]
"""Shape (accounts, months), the latest month last; any integer type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMonths:
    """The months of all accounts of some files. Only months furnished before the score is asked for may be in it.

    `file`: for each account the place of its file, 0 to files - 1, never falling; a file may have no account.
    `status`: 0 paid as agreed (N), 1 to 7 late: 1 is 1 to 30 days, 2 is 31 to 60, 7 over 180.
    `balance_fen`: owed at the month's end; nought where the account is in credit. `limit_fen`: the line.
    `statement_fen`: what fell due in the month by the last statement, whole. `paid_fen`: what was paid in the month.
    Raises BadInput.
    """

    files: int
    file: Whole
    status: Months
    balance_fen: Whole
    limit_fen: Whole
    statement_fen: Whole
    paid_fen: Whole

    def __post_init__(self) -> None:
        """Whatever is let in here is added and multiplied without a further look."""
        _check_accounts(self.files, self.file)
        months = self.status.shape[1] if self.status.ndim == 2 else 0
        for name in COLUMNS:
            _check_column(name, getattr(self, name), accounts=len(self.file), months=months)

    @property
    def months(self) -> int:
        """How many months the columns have."""
        return int(self.status.shape[1])


COLUMNS = tuple(field.name for field in fields(AccountMonths) if field.name not in {"files", "file"})


def _check_accounts(files: int, file: Whole) -> None:
    if file.ndim != 1 or not np.issubdtype(file.dtype, np.integer):
        raise BadInput("file", f"{file.dtype}{list(file.shape)}", "whole numbers, one for each account")
    if len(file) and (file[0] < 0 or file[-1] >= files or bool((np.diff(file) < 0).any())):
        raise BadInput("file", f"{file.min()} to {file.max()}", f"places of files from 0 to {files - 1}, never falling")


def _check_column(name: str, column: Months, *, accounts: int, months: int) -> None:
    if column.shape != (accounts, months) or not months or not np.issubdtype(column.dtype, np.integer):
        found = f"{column.dtype}{list(column.shape)}"
        raise BadInput(name, found, f"whole numbers of the shape ({accounts}, {max(months, 1)})")
    most = WORST if name == "status" else MOST_FEN
    if column.size and (int(column.min()) < ABSENT or int(column.max()) > most):
        raise BadInput(name, f"{column.min()} to {column.max()}", f"{ABSENT} (absent) to {most}")
