"""The card clients as borrowers: their lines, what they owed at the start, and what the bank recorded of them.

Source and re-dating as in `simulate/clients.py`. A line of 20,000 New Taiwan dollars is one of 4,000.00 yuan; the
largest in the data, a million dollars, is just the most that the law lets a consumer-finance company grant.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benyuan.simulate.clients import ALL_CLIENTS, FEN_PER_NTD, SOURCE_MONTHS

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Borrowers:
    """One row a client, fen. `recorded`: shape (clients, months), the bank's own status of the month.

    -2: nothing bought, -1: paid whole, 0: the minimum paid, n: n months late.
    """

    line_fen: Ints
    opening_fen: Ints
    recorded: Ints

    def __len__(self) -> int:
        return len(self.line_fen)


def read_borrowers(*, count: int = ALL_CLIENTS) -> Borrowers:
    """The first `count` clients of the file."""
    names = ["credit_limit_ntd", f"statement_ntd_{SOURCE_MONTHS[0]}"]
    names += [f"repayment_status_{month}" for month in SOURCE_MONTHS]
    with as_file(files("benyuan.simulate") / "data" / "card_clients.parquet") as path:
        table = pq.read_table(path, columns=names)
    line, opening, *recorded = (table[name].to_numpy()[:count].astype(np.int64) for name in names)
    return Borrowers(
        line_fen=line * FEN_PER_NTD,
        opening_fen=np.maximum(opening, 0) * FEN_PER_NTD,
        recorded=np.stack(recorded, axis=1),
    )
