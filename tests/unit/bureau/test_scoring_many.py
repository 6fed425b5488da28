"""The score of many files at once, from the months of each."""

import numpy as np

from benyuan.credit_bureau.report.scoring import score_of
from benyuan.credit_bureau.report.scoring_many import account_months, months_by_file
from benyuan.credit_bureau.report.showing import latest_months
from benyuan.credit_bureau.score.factors import factors_of
from benyuan.credit_bureau.score.scoring import UNSCORED, apply
from benyuan.storage.scorecards import load_scorecard
from tests.unit.bureau.files import ON, months

CARD = load_scorecard()


def test_what_the_card_reads() -> None:
    card = months(1, 202604, "N1*#B7", balance_fen=500, limit_fen=2_000, due_fen=100, paid_fen={202609: 40})
    loan = months(2, 202608, "M", balance_fen=-5)
    read = account_months([latest_months(np.concatenate([loan, card])), card[:0], months(3, 202609, "D")], on=ON)
    assert (read.files, read.file.tolist()) == (3, [0, 0, 2])
    assert read.status.tolist() == [[0, 1, 0, -1, 7, 7], [-1, -1, -1, -1, 0, -1], [-1, -1, -1, -1, -1, 7]]
    assert read.balance_fen[0].tolist() == [500] * 6
    assert read.balance_fen[1].tolist() == [-1, -1, -1, -1, 0, -1]
    assert (read.statement_fen[0, 5], read.paid_fen[0, 5], read.limit_fen[0, 5]) == (100, 40, 2_000)


def test_all_files_at_once_score_as_each_by_itself() -> None:
    """Months of several files in one column, in any order; one file is too old, one has no month."""
    files = [
        np.concatenate([months(1, 202606, "NN12N", limit_fen=9_000, balance_fen=800), months(4, 202609, "NN")]),
        months(2, 202601, "NNN"),
        months(3, 202605, "7NNNNN", due_fen=100, paid_fen=60),
        months(5, 202510, "N"),
    ]
    file = np.repeat(np.arange(5), [7, 3, 6, 0, 1])
    order = np.random.default_rng(3).permutation(len(file))
    held = np.concatenate(files)[order]
    together = months_by_file(held, file[order], files=5, on=ON)
    scores = apply(CARD, factors_of(together)).score.tolist()
    for number in range(5):
        alone = score_of(held[file[order] == number], card=CARD, on=ON).value
        assert scores[number] == (UNSCORED if alone is None else alone)
    assert scores[0] > 0
