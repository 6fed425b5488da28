"""Random commands at a small lender: mostly ones that make sense, now and then one that does not."""

from typing import Any

from hypothesis import strategies as st

from tests.unit.lending.lenders import CASH, PAY_LATER, PLAN

amounts = st.one_of(
    st.sampled_from([1, 100, 10_000, 88_850, 91_680, 500_000, 2_000_000]),
    st.integers(1, 300_000),
    st.integers(1, 3 * 10**6),
)
few = st.integers(1, 3)
words = st.sampled_from(["none", "shorter", "smaller", "whole"])


def _asked(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, dict[str, Any]]]:
    return st.tuples(st.just(kind), st.fixed_dictionaries(fields))


days_passed = st.tuples(st.just("days"), st.one_of(st.integers(0, 3), st.integers(1, 45)))
times = st.tuples(st.just("time"), st.sampled_from(["00:00", "00:05", "10:00", "23:59"]))
closes = st.tuples(st.just("close"), st.tuples(st.sampled_from([1, 1, 2, 3]), st.integers(0, 2)))
opened = _asked("open_credit_account", borrower=few, product=st.just(PAY_LATER), line_fen=amounts)
bought = _asked("draw_purchase", account=few, amount_fen=amounts)
paid = _asked("repay_account", account=few, amount_fen=amounts)
returned = _asked("return_purchase", purchase=st.integers(15, 45), amount_fen=amounts)
offered = _asked(
    "offer_loan",
    borrower=few,
    product=st.sampled_from([CASH, CASH, PAY_LATER, PLAN]),
    amount_fen=amounts,
    term_count=st.sampled_from([1, 3, 12, 36]),
    rate_ppm=st.sampled_from([0, 120_000, 180_000, 240_000]),
    first_in_days=st.integers(-1, 40),
    until_in_days=st.integers(0, 30),
)
drawn = _asked(
    "draw_loan",
    offer=st.integers(1, 5),
    purpose=st.sampled_from(["travel", "medical", "car"]),
    joint=st.sampled_from([(0, 0), (0, 0), (1, 300_000), (1, 700_000), (1, 0)]),
    guarantor=st.sampled_from([0, 0, 0, 1]),
)
repaid = _asked("repay_loan", loan=st.integers(1, 4), amount_fen=amounts, early=words)
planned = _asked(
    "make_plan",
    account=few,
    product=st.just(PLAN),
    amount_fen=amounts,
    term_count=st.sampled_from([3, 6, 12, 24]),
    rate_ppm=st.sampled_from([0, 120_000]),
    purchase=st.one_of(st.just(0), st.just(0), st.integers(15, 45)),
)
changed = st.one_of(
    _asked("draw_further", loan=st.integers(1, 4), amount_fen=amounts),
    _asked("extend_loan", loan=st.integers(1, 4), more_terms=st.sampled_from([1, 6, 12, 13, 600])),
    _asked("hand_back_loan", loan=st.integers(1, 4), amount_fen=amounts),
    _asked("write_off_loan", loan=st.integers(1, 4)),
    _asked("recover_loan", loan=st.integers(1, 4), amount_fen=amounts),
    _asked(
        "repay_loan_earlier", loan=st.integers(1, 4), amount_fen=amounts, received_days=st.integers(-1, 60), early=words
    ),
)
others = st.one_of(
    _asked("pay_out_credit", account=few, amount_fen=amounts),
    _asked("close_credit_account", account=few),
    _asked("change_credit_line", account=few, line_fen=amounts, agreed=st.booleans()),
    _asked("freeze_account", account=few, frozen=st.booleans(), grounds=st.just("x")),
    _asked("freeze_borrower", borrower=few, frozen=st.booleans(), grounds=st.just("x")),
    _asked("assess_borrower", borrower=few, line_fen=amounts),
    _asked("clear_lender", lender=st.just(1), reference=st.just("x"), received_fen=amounts, paid_fen=amounts),
)
steps = st.one_of(
    *(bought, bought, paid, paid, offered, drawn, drawn, repaid, repaid, planned, returned),
    *(changed, others, days_passed, days_passed, times, closes, closes, opened),
)
histories = st.lists(steps, min_size=8, max_size=40)
