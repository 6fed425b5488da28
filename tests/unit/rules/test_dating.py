"""A value holds from its first day until the day before it ends, and nothing holds outside."""

import pytest

from benyuan.rules import RuleNotInForce, UnknownRule
from tests.unit.rules.samples import LIMIT, pack_of

PACK = pack_of(LIMIT)
DRAFT = LIMIT.replace(
    "    status: unverified\n",
    """    status: unverified
  - in_force: 2026-01-01
    value: "1.00"
    cite: {document: 样发草案, title: 样例办法（征求意见稿）}
    status: draft
""",
)


@pytest.mark.parametrize(
    ("on", "fen"),
    [
        (20191231, None),
        (20200101, 100_000),
        (20211231, 100_000),
        (20220101, 200_000),
        (20231231, 200_000),
        (20240101, None),  # until is exclusive, and the next value has not begun
        (20241231, None),
    ],
)
def test_the_day_before_and_the_day_of_force(on: int, fen: int | None) -> None:
    value = PACK.in_force(id="sample.limit", on=on)
    assert (None if value is None else value.fen) == fen


def test_agreed_has_no_figure() -> None:
    value = PACK.value(id="sample.limit", on=20250101)
    assert value.agreed
    with pytest.raises(TypeError, match="no figure in CNY"):
        _ = value.fen


@pytest.mark.parametrize("on", [20191231, 20240101])
def test_outside_its_dates_it_refuses(on: int) -> None:
    with pytest.raises(RuleNotInForce) as caught:
        PACK.value(id="sample.limit", on=on)
    error = caught.value
    assert (error.rule_id, error.on, error.first_in_force, error.until) == ("sample.limit", on, 20200101, None)
    with pytest.raises(RuleNotInForce):
        PACK.refusal(id="sample.limit", on=on)


def test_the_message_names_rule_and_dates() -> None:
    with pytest.raises(RuleNotInForce, match=r"sample\.limit has no value on 2019-12-31.*from 2020-01-01"):
        PACK.value(id="sample.limit", on=20191231)


def test_an_ended_rule_says_when_it_ended() -> None:
    ended = pack_of(LIMIT[: LIMIT.index("  - in_force: 2025-01-01")])
    with pytest.raises(RuleNotInForce, match=r"on 2024-01-01.*until 2024-01-01") as caught:
        ended.value(id="sample.limit", on=20240101)
    assert caught.value.until == 20240101


def test_unknown_rule() -> None:
    with pytest.raises(UnknownRule, match=r"no rule 'sample\.other'"):
        PACK.value(id="sample.other", on=20200101)


def test_a_draft_counts_only_when_asked_for() -> None:
    pack = pack_of(DRAFT)
    assert pack.value(id="sample.limit", on=20260101).agreed
    assert pack.with_drafts().value(id="sample.limit", on=20260101).fen == 100
    assert pack.with_drafts().digest != pack.digest


def test_a_rule_of_drafts_only_is_never_in_force() -> None:
    pack = pack_of(DRAFT[: DRAFT.index("  - in_force: 2020")] + DRAFT[DRAFT.index("  - in_force: 2026") :])
    with pytest.raises(RuleNotInForce, match="first is in force from none") as caught:
        pack.value(id="sample.limit", on=20260101)
    assert caught.value.first_in_force is None
