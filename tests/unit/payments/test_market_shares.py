"""A draft's figures on market shares: at them, one under, and never a refusal."""

import pytest

from benyuan.payments.market_shares import warnings_of
from benyuan.rules import Status, load_pack

PACK = load_pack()
RULE = PACK.rule("pay.draft.market_share")


@pytest.mark.parametrize(
    ("own", "others", "total", "reached"),
    [
        (1_000, (0, 0), 3_000, [True, False, False]),
        (999, (0, 0), 3_000, [False, False, False]),  # one under a third; the others are not known
        (800, (700, 0), 3_000, [False, True, False]),  # a half together
        (800, (699, 0), 3_000, [False, False, False]),
        (600, (700, 500), 3_000, [False, False, True]),  # three fifths
        (600, (700, 499), 3_000, [False, False, False]),
        (400, (900, 800), 3_000, [False, False, True]),  # the two largest have more than a half, and this is neither
    ],
)
def test_every_row_at_its_figure_and_one_under(
    own: int, others: tuple[int, int], total: int, reached: list[bool]
) -> None:
    assert [each.reached for each in warnings_of(RULE, own=own, others=others, total=total)] == reached


def test_a_market_of_nothing() -> None:
    with pytest.raises(ValueError, match="a market of 0"):
        warnings_of(RULE, own=1, others=(0, 0), total=0)


@pytest.mark.parametrize("rule", ["pay.draft.market_share", "pay.draft.market_dominance"])
@pytest.mark.parametrize("on", [20210119, 20210120, 20260501])
def test_a_draft_holds_on_no_day(rule: str, on: int) -> None:
    assert PACK.in_force(id=rule, on=on) is None
    assert all(value.status is Status.DRAFT for value in PACK.rule(rule).values)
