"""What 30,000 real card clients bought and paid, month by month, from April to September 2005.

Source: I-Cheng Yeh, Default of Credit Card Clients, UCI Machine Learning Repository (2016), CC BY 4.0. Months are
dated anew, 2005-04 as 2026-05 and so on, and a New Taiwan dollar counts as 0.20 yuan. What a client bought follows
from the statements: purchases of a month = its statement - the statement before + what was paid in it. The bank's
interest and fees are in there too; where the sum is below nought (0.4% of client-months) nothing was bought. Worked
number: a statement of 2,682 dollars after one of 1,725, with 1,000 paid between, makes 1,957 dollars of purchases,
391.40 yuan.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

FEN_PER_NTD = 20
SOURCE_MONTHS = ("2005_04", "2005_05", "2005_06", "2005_07", "2005_08", "2005_09")
MONTHS = (202605, 202606, 202607, 202608, 202609, 202610)
ALL_CLIENTS = 30_000
ATTRIBUTION = (
    "Data: I-Cheng Yeh, Default of Credit Card Clients, UCI Machine Learning Repository (2016), CC BY 4.0; "
    "months dated anew, 0.20 yuan to the New Taiwan dollar"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """Shape (clients, months), fen: what each client paid in a month, and what the client bought in it.

    Nothing is known of purchases in the first month, so that column is nought.
    """

    paid_fen: NDArray[np.int64]
    bought_fen: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.paid_fen)


def read_clients(*, count: int = ALL_CLIENTS) -> Clients:
    """The first `count` clients of the file."""
    names = [f"{what}_ntd_{month}" for what in ("statement", "paid") for month in SOURCE_MONTHS]
    with as_file(files("benyuan.simulate") / "data" / "card_clients.parquet") as path:
        table = pq.read_table(path, columns=names)
    columns = [table[name].to_numpy()[:count].astype(np.int64) for name in names]
    statements = np.stack(columns[: len(SOURCE_MONTHS)], axis=1)
    paid = np.stack(columns[len(SOURCE_MONTHS) :], axis=1)
    return clients_of(statements_ntd=statements, paid_ntd=paid)


def clients_of(*, statements_ntd: NDArray[np.int64], paid_ntd: NDArray[np.int64]) -> Clients:
    """Purchases from statements and payments, both of shape (clients, months), in New Taiwan dollars."""
    bought = np.zeros_like(statements_ntd)
    bought[:, 1:] = np.maximum(np.diff(statements_ntd, axis=1) + paid_ntd[:, 1:], 0)
    return Clients(paid_fen=paid_ntd * FEN_PER_NTD, bought_fen=bought * FEN_PER_NTD)
