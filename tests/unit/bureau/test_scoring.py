"""The score of a file: what of its months the card reads, and that what is hidden weighs nothing."""

import numpy as np
import pytest

from benyuan.credit_bureau.report.composing import report
from benyuan.credit_bureau.report.scoring import accounts_of, score_of
from benyuan.credit_bureau.report.sheet import Score
from benyuan.credit_bureau.report.showing import latest_months
from benyuan.credit_bureau.score.by_hand import Month
from benyuan.credit_bureau.vocabulary import Section
from benyuan.storage.scorecards import load_scorecard
from tests.unit.bureau.files import ON, file_of, months
from tests.unit.engine.groups import regime

CARD = load_scorecard()


def test_what_the_card_reads() -> None:
    card = months(1, 202603, "NN1*#B7", balance_fen=500, limit_fen=2_000, due_fen=100, paid_fen={202609: 40})
    loan = months(2, 202608, "M", balance_fen=-5)
    old = months(3, 202512, "1")
    first, second = accounts_of(latest_months(np.concatenate([loan, card, old])), on=ON)
    assert [month.status for month in first] == [0, 1, 0, -1, 7, 7]
    assert [month.status for month in second] == [-1, -1, -1, -1, 0, -1]
    assert [month.balance_fen for month in second] == [-1, -1, -1, -1, 0, -1]
    assert first[5] == Month(status=7, balance_fen=500, limit_fen=2_000, statement_fen=100, paid_fen=40)
    assert [accounts_of(months(1, 202609, letter), on=ON)[0][5].status for letter in "BDZGCA"] == [7, 7, 7, 7, 0, 0]
    assert accounts_of(card[:0], on=ON) == []


@pytest.mark.parametrize(("letters", "scored"), [("NN", False), ("NNN", True), ("NNNNNNNN", True)])
def test_three_months_are_needed(letters: str, scored: bool) -> None:
    made = score_of(months(1, 202604, letters, limit_fen=2_000), card=CARD, on=ON)
    assert (made.value is not None) == scored
    assert made.card == f"{CARD.name} {CARD.version}"


@pytest.mark.parametrize(("on", "scored"), [(20270831, True), (20270901, False)])
def test_months_of_long_ago_are_not_scored(on: int, scored: bool) -> None:
    assert (score_of(months(1, 202604, "NNNNNN"), card=CARD, on=on).value is not None) == scored


def scored(letters: str, **columns: int) -> Score:
    """The score in a report."""
    made = report(
        file_of(months(1, 202506, letters, **columns)),
        sections=Section.score,
        on=20260101,
        rules=regime().pack,
        card=CARD,
    )
    assert isinstance(made.score, Score)
    return made.score


def test_what_the_repair_hides_does_not_weigh() -> None:
    small = {"due_on": 20250610, "overdue_fen": 1_000_000, "limit_fen": 2_000}
    large = {**small, "overdue_fen": 1_000_001}
    hidden, held = scored("22NNNN", **small), scored("22NNNN", **large)
    assert hidden.value == scored("  NNNN", **small).value
    assert hidden.value is not None
    assert held.value is not None
    assert held.value < hidden.value


def test_the_worse_the_fewer_points_and_with_reasons() -> None:
    good, late = scored("NNNNNN", limit_fen=2_000), scored("NNN123", limit_fen=2_000, overdue_fen=5_000_000)
    assert good.value is not None
    assert late.value is not None
    assert late.value < good.value
    assert {"worst_1m"} <= {reason.factor for reason in late.reasons}
    assert all(reason.en and reason.zh for reason in late.reasons)


def test_without_a_card_no_score() -> None:
    made = report(file_of(months(1, 202604, "NNN")), sections=Section.score, on=ON, rules=regime().pack)
    assert made.score is None
