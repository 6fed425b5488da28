"""Columns say what the plain factors say, a worse history never scores higher, and explaining adds up to the score."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.credit_bureau.score.by_hand import Account, Month, factors_by_hand
from benyuan.credit_bureau.score.explaining import explain
from benyuan.credit_bureau.score.factors import factors_of
from benyuan.credit_bureau.score.layout import ABSENT, MOST_FEN, WORST
from benyuan.credit_bureau.score.scoring import apply
from benyuan.storage.scorecards import load_scorecard
from tests.unit.credit_bureau.score_files import columns_of

CARD = load_scorecard()
STATUS = st.integers(ABSENT, WORST)
AMOUNT = st.one_of(st.just(ABSENT), st.just(0), st.integers(0, 500_000), st.integers(0, 10**8))
EXTREME = st.one_of(AMOUNT, st.sampled_from([1, MOST_FEN // 4]))
Files = list[list[Account]]


def months(amount: st.SearchStrategy[int] = AMOUNT) -> st.SearchStrategy[Month]:
    return st.builds(Month, status=STATUS, balance_fen=amount, limit_fen=amount, statement_fen=amount, paid_fen=amount)


def accounts(amount: st.SearchStrategy[int] = AMOUNT) -> st.SearchStrategy[Account]:
    return st.lists(months(amount), min_size=1, max_size=8)


def files(amount: st.SearchStrategy[int] = AMOUNT) -> st.SearchStrategy[Files]:
    return st.lists(st.lists(accounts(amount), max_size=4), max_size=5)


def score_of(file: list[Account]) -> int:
    return int(apply(CARD, factors_of(columns_of([file]))).score[0])


@given(files(EXTREME))
def test_columns_say_what_one_file_says(held: Files) -> None:
    found = factors_of(columns_of(held))
    for place, file in enumerate(held):
        assert {name: int(column[place]) for name, column in found.items()} == factors_by_hand(file)


@given(files())
def test_a_file_scores_the_same_among_others(held: Files) -> None:
    together = apply(CARD, factors_of(columns_of(held)))
    again = apply(CARD, factors_of(columns_of(held)))
    assert [score_of(file) for file in held] == together.score.tolist()
    for name in ("score", "points", "reasons"):
        assert getattr(together, name).tobytes() == getattr(again, name).tobytes()


@given(files())
def test_explaining_says_what_the_columns_say(held: Files) -> None:
    columns = factors_of(columns_of(held))
    scores = apply(CARD, columns)
    for place in range(len(held)):
        told = explain(CARD, {name: int(column[place]) for name, column in columns.items()})
        assert told.score == scores.score[place]
        reasons = [CARD.factors[at].factor for at in scores.reasons[place].tolist() if at >= 0]
        assert [line.factor for line in told.reasons] == reasons
        if told.lines:
            assert [line.points for line in told.lines] == scores.points[place].tolist()
            assert told.score == told.base_points + sum(line.points for line in told.lines)


@settings(max_examples=200)
@given(st.lists(accounts(), min_size=1, max_size=3), st.data())
def test_a_worse_history_never_scores_higher(file: list[Account], data: st.DataObject) -> None:
    which = data.draw(st.integers(0, len(file) - 1), label="account")
    at = data.draw(st.integers(0, len(file[which]) - 1), label="month")
    month = file[which][at]
    changes = {"status": (month.status, WORST), "balance_fen": (month.balance_fen, 10**8)}
    changes["paid_fen"] = (0, month.paid_fen)
    name = data.draw(st.sampled_from(sorted(changes)), label="what")
    if getattr(month, name) == ABSENT:
        return  # what wasn't furnished doesn't become worse
    least, most = changes[name]
    worse = replace(month, **{name: data.draw(st.integers(least, most), label="worse")})
    account = [*file[which][:at], worse, *file[which][at + 1 :]]
    changed = [*file[:which], account, *file[which + 1 :]]
    assert score_of(changed) <= score_of(file)


@given(st.integers(0, 400), st.integers(1, 5))
def test_rows_may_be_cut_anywhere(cut: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    columns = {each.factor: random.integers(-1, 10**7, 400) for each in CARD.factors}
    columns["months_known"] = random.integers(0, 7, 400)
    whole = apply(CARD, columns)
    parts = [
        apply(CARD, {name: column[of] for name, column in columns.items()}) for of in (slice(cut), slice(cut, None))
    ]
    for name in ("score", "points", "reasons"):
        joined = np.concatenate([getattr(part, name) for part in parts])
        assert (joined == getattr(whole, name)).all()
