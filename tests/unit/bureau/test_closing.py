"""When accounts were closed: the latest month of a file counts, and no earlier one undoes it."""

import numpy as np
import pytest

from benyuan.credit_bureau.closing import closed_months
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER


@pytest.mark.parametrize(
    ("told", "known", "changed"),
    [
        ([(1, 202604, "C")], [0, 0], {1: 202604}),
        ([(1, 202604, "G")], [0, 0], {1: 202604}),
        ([(1, 202604, "N")], [0, 0], {}),
        ([(2, 202605, "N"), (1, 202605, "C"), (2, 202604, "C")], [0, 0], {1: 202605}),
        ([(1, 202605, "N")], [202604, 0], {1: 0}),
        ([(1, 202604, "N")], [202604, 0], {1: 0}),
        ([(1, 202603, "N")], [202604, 0], {}),
        ([(1, 202603, "C")], [202604, 0], {}),
        ([(1, 202605, "C"), (2, 202605, "C")], [202604, 202605], {1: 202605}),
    ],
)
def test_the_latest_month_counts(told: list[tuple[int, int, str]], known: list[int], changed: dict[int, int]) -> None:
    records = np.zeros(len(told), MONTH.dtype)
    for place, (account, month, status) in enumerate(told):
        records["account"][place], records["month"][place] = account, month
        records["status"][place] = STATUS_NUMBER[status]
    accounts, closed = closed_months(records, accounts=np.array([1, 2]), closed=np.array(known))
    assert dict(zip(accounts.tolist(), closed.tolist(), strict=True)) == changed
