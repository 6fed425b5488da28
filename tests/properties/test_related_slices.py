"""No cut of a deal escapes: slices under one agreement, and a year's transactions, against a plain account of them."""

from hypothesis import given
from hypothesis import strategies as st

from benyuan.governance.related.grading import Asked, graded, majors
from benyuan.governance.related.laws import Standard
from benyuan.governance.related.vocabulary import Grade

BASE_FEN = 10_000
STANDARD = Standard(single_ppm=10_000, cumulative_ppm=50_000, step_ppm=10_000)
SINGLE, YEAR = 100, 500
PARTS = st.lists(st.integers(1, 99), min_size=1, max_size=30)


@given(PARTS)
def test_slices_of_one_deal_are_major_from_where_they_reach_the_line(parts: list[int]) -> None:
    for place, part in enumerate(parts):
        before = parts[:place]
        made = graded(Asked(amount_fen=part, base_fen=BASE_FEN, deal=before, years=[before]), standard=STANDARD)
        assert (made.grade is Grade.major) is (sum(before) + part >= SINGLE)


@given(PARTS)
def test_a_year_against_a_plain_account(amounts: list[int]) -> None:
    told = majors(amounts, standard=STANDARD, base_fen=BASE_FEN)
    since_last, crossed = 0, False
    for place, amount in enumerate(amounts):
        since_last += amount
        expected = since_last >= SINGLE if crossed else sum(amounts[: place + 1]) >= YEAR
        assert told[place] is expected
        if expected:
            crossed, since_last = True, 0


@given(PARTS, st.integers(1, 99))
def test_what_stays_unapproved_of_a_year_is_under_the_line_and_the_step(amounts: list[int], last: int) -> None:
    told = majors([*amounts, last], standard=STANDARD, base_fen=BASE_FEN)
    if not any(told):
        assert sum(amounts) + last < YEAR
    elif not told[-1]:
        after = len(told) - told[::-1].index(True)
        assert sum([*amounts, last][after:]) < SINGLE
