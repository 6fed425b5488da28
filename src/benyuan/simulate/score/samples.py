"""The 30,000 clients as a bureau would hold them: six months of one account each, and who defaulted the month after.

What the bank recorded up to September 2005 is taken as furnished; the default of October is the target and in no
column. Repayment status -2, -1 and 0 are N, n months late is class n, at most 7. A statement falls due in the month
after it, so what fell due in April isn't known. Amounts are fen, 20 to the New Taiwan dollar; an account in credit owes
nought. Sex, education, marriage and age stand apart: for the report on fairness and the comparison, never in a score.
"""

import hashlib
from dataclasses import dataclass
from importlib.resources import as_file, files

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benyuan.credit_bureau.score.factors import Columns, factors_of
from benyuan.credit_bureau.score.layout import ABSENT, WORST, AccountMonths, Whole
from benyuan.simulate.clients import FEN_PER_NTD, SOURCE_MONTHS

TARGET = "defaulted_2005_10"
HELD_OUT_OF_TEN = 3
FOLDS = 5
AGE_BANDS = (18, 25, 35, 45, 55)
TITLES = {
    "sex": {0: "male", 1: "female"},
    "education": {1: "graduate school", 2: "university", 3: "high school", 0: "other or unknown"},
    "marriage": {1: "married", 2: "single", 0: "other"},
    "age": {18: "under 25", 25: "25 to 34", 35: "35 to 44", 45: "45 to 54", 55: "55 and over"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Files with their factors, whether they went bad (1), whose they are, and groups that no score may know."""

    columns: Columns
    bad: Whole
    client_id: Whole
    groups: dict[str, Whole]

    def part(self, chosen: NDArray[np.bool_]) -> "Sample":
        """Some of the files."""
        return Sample(
            columns={name: column[chosen] for name, column in self.columns.items()},
            bad=self.bad[chosen],
            client_id=self.client_id[chosen],
            groups={name: column[chosen] for name, column in self.groups.items()},
        )


def read_sample(*, months: int = len(SOURCE_MONTHS)) -> Sample:
    """All clients, as a bureau that knows only the last so many months holds them."""
    with as_file(files("benyuan.simulate") / "data" / "card_clients.parquet") as path:
        table = pq.read_table(path)
    whole: Columns = {name: table[name].to_numpy().astype(np.int64) for name in table.column_names}
    return Sample(
        columns=factors_of(account_months(whole, months=months)),
        bad=whole[TARGET],
        client_id=whole["client_id"],
        groups={
            "sex": whole["sex"],
            "education": np.where(np.isin(whole["education"], (1, 2, 3)), whole["education"], 0),
            "marriage": np.where(np.isin(whole["marriage"], (1, 2)), whole["marriage"], 0),
            "age": np.array(AGE_BANDS)[np.searchsorted(AGE_BANDS, whole["age"], side="right") - 1],
        },
    )


def defaulted(count: int) -> Whole:
    """Which of the first `count` clients defaulted in the month after all that is known of them (1)."""
    with as_file(files("benyuan.simulate") / "data" / "card_clients.parquet") as path:
        column = pq.read_table(path, columns=[TARGET])[TARGET]
    bad: Whole = column.to_numpy()[:count].astype(np.int64)
    return bad


def account_months(whole: Columns, *, months: int = len(SOURCE_MONTHS)) -> AccountMonths:
    """The clients' columns as months of accounts; what lies before the last `months` is absent."""
    status, statement, paid = (
        np.stack([whole[f"{name}_{month}"] for month in SOURCE_MONTHS], axis=1)
        for name in ("repayment_status", "statement_ntd", "paid_ntd")
    )
    owed = np.maximum(statement, 0) * FEN_PER_NTD
    due = np.full_like(owed, ABSENT)
    due[:, 1:] = owed[:, :-1]
    limit = np.repeat(whole["credit_limit_ntd"][:, None] * FEN_PER_NTD, owed.shape[1], axis=1)
    parts = (np.clip(status, 0, WORST), owed, limit, due, paid * FEN_PER_NTD)
    shown = [part[:, -months:] for part in parts]
    return AccountMonths(
        files=len(owed),
        file=np.arange(len(owed), dtype=np.int64),
        status=shown[0],
        balance_fen=shown[1],
        limit_fen=shown[2],
        statement_fen=shown[3],
        paid_fen=shown[4],
    )


def is_held_out(client_id: Whole) -> NDArray[np.bool_]:
    """Three in ten by a hash of the number: the same in every run, and of nothing that is known of the client."""
    return _hashed("held out", client_id, of=10) < HELD_OUT_OF_TEN


def folds_of(client_id: Whole) -> Whole:
    """Each client's fold, 0 to 4, by another hash of the number."""
    return _hashed("fold", client_id, of=FOLDS)


def _hashed(purpose: str, client_id: Whole, *, of: int) -> Whole:
    digests = (hashlib.sha256(f"{purpose} {number}".encode()).digest() for number in client_id.tolist())
    return np.array([int.from_bytes(digest[:8], "big") % of for digest in digests], np.int64)
