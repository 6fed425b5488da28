"""Losses and near misses: amounts as they become known, what is made good, when the board is told."""

from typing import Any

import pytest

from benyuan.assurance.group.losses import Losses, losses_of
from benyuan.engine.verify import verify
from benyuan.governance.risk.losses import aim_of
from benyuan.rules import RuleNotInForce
from benyuan.usecases import USE_CASES
from benyuan.values.errors import BadInput
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import regime
from tests.unit.group.ownership import HOLDING, SHOP
from tests.unit.group.test_risk import AT, Board

STEP, SECOND_STEP = 100_000_000, 1_000_000_000
LOSS: dict[str, Any] = {
    **AT,
    "category": "fraud_from_outside",
    "happened": "loss",
    "gross_fen": 100_000,
    "happened_on": 20260420,
    "found_on": 20260430,
    "cause": "unknown",
    "words": "somebody came in by another's key",
}


@pytest.fixture
def board() -> Board:
    """The houses."""
    return Board()


def told(board: Board, **asked: Any) -> Losses:
    """The report."""
    return losses_of(board.desk.group, **asked)


@pytest.mark.parametrize(
    ("before", "gross", "aim"),
    [
        (0, STEP - 1, 0),
        (0, STEP, 20260504),
        (0, STEP + 1, 20260504),
        (STEP - 1, STEP, 20260504),
        (STEP, STEP + 1, 0),
        (0, SECOND_STEP - 1, 20260504),
        (0, SECOND_STEP, 20260502),
        (STEP, SECOND_STEP, 20260502),
    ],
)
def test_when_the_board_is_told(before: int, gross: int, aim: int) -> None:
    assert aim_of(regime().pack, before_fen=before, gross_fen=gross, on=20260501) == aim


def test_the_day_before_the_rule() -> None:
    assert aim_of(regime().pack, before_fen=0, gross_fen=STEP, on=20201101)
    with pytest.raises(RuleNotInForce):
        aim_of(regime().pack, before_fen=0, gross_fen=STEP, on=20201031)


def test_a_loss_and_what_becomes_known_of_it(board: Board) -> None:
    assert board.done("record_loss_event", **LOSS) == {"event": 1, "tell_by": 0}
    assert (
        board.done("recover_loss_event", event=1, amount_fen=30_000, source="insurance", reference="p1")["left_fen"]
        == 70_000
    )
    board.desk.now = moment(20260510)
    more = {"event": 1, "gross_fen": STEP, "cause": "process", "words": "there was more"}
    assert board.done("update_loss_event", **more) == {"tell_by": 20260513}
    (loss,) = told(board).events
    assert (loss.gross_fen, loss.recovered_fen, loss.net_fen) == (STEP, 30_000, STEP - 30_000)
    assert (loss.cause, loss.changes, loss.step_fen) == ("process", 1, STEP)
    (before,) = told(board, on=20260509).events
    assert (before.gross_fen, before.cause, before.changes) == (100_000, "unknown", 0)
    (duty,) = board.duties(20260510)
    assert (duty.kind, duty.about, duty.expected_on, duty.rule) == (
        "tell_board_of_loss",
        1,
        20260513,
        "gov.house.loss.tell",
    )
    report = verify(board.desk.group.store, vault=board.desk.group.vault, use_cases=USE_CASES)
    assert report.ok, (report.faults, report.differences)


def test_a_step_that_was_reached_before_is_told_of_once(board: Board) -> None:
    board.done("record_loss_event", **{**LOSS, "gross_fen": STEP})
    changed = {"event": 1, "cause": "process", "words": "counted again"}
    for gross_fen in (STEP - 1, STEP):
        assert board.done("update_loss_event", **changed, gross_fen=gross_fen) == {"tell_by": 0}
    assert board.done("update_loss_event", **changed, gross_fen=10 * STEP)["tell_by"]


def test_sums_by_year_and_category(board: Board) -> None:
    board.done("record_loss_event", **LOSS)
    board.done("record_loss_event", **{**LOSS, "gross_fen": 50_000, "happened_on": 20251230, "found_on": 20251231})
    board.done("record_loss_event", **{**LOSS, "category": "execution", "happened": "near_miss", "gross_fen": 7})
    board.done("record_loss_event", **{**LOSS, "happened": "near_miss", "gross_fen": 9})
    board.done("recover_loss_event", event=1, amount_fen=1, source="others", reference="p1")
    rows = [(each.year, each.category, each.losses, each.gross_fen, each.net_fen) for each in told(board).sums]
    fraud = "fraud_from_outside"
    assert rows == [(2025, fraud, 1, 50_000, 50_000), (2026, "execution", 0, 0, 0), (2026, fraud, 1, 100_000, 99_999)]
    assert [(each.near_misses, each.near_miss_fen) for each in told(board).sums] == [(0, 0), (1, 7), (1, 9)]
    assert len(told(board, body=HOLDING).events) == 4
    assert not told(board, body=SHOP).events


def test_no_more_is_made_good_than_was_lost(board: Board) -> None:
    board.done("record_loss_event", **LOSS)

    def recovered(fen: int, event: int = 1) -> str:
        answer = board.ask("recover_loss_event", event=event, amount_fen=fen, source="others", reference="r")
        return answer.invalid.field if answer.invalid else ""

    assert recovered(99_999) == ""
    assert recovered(2) == "amount_fen"
    assert recovered(1) == ""
    assert recovered(1) == "amount_fen"
    less = board.ask("update_loss_event", event=1, gross_fen=99_999, cause="people", words="less")
    assert less.invalid is not None
    assert less.invalid.field == "gross_fen"
    board.done("record_loss_event", **{**LOSS, "happened": "near_miss"})
    assert recovered(1, event=2) == "event"
    assert recovered(1, event=3) == "event"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"found_on": 20260419}, "found_on"),
        ({"found_on": 20260502}, "found_on"),
        ({"happened_on": 20260231}, "happened_on"),
        ({"entity": 99}, "entity"),
        ({"gross_fen": 0}, "gross_fen"),
        ({"words": ""}, "words"),
    ],
)
def test_what_an_event_must_be(board: Board, more: dict[str, Any], field: str) -> None:
    answer = board.ask("record_loss_event", **{**LOSS, **more})
    assert answer.invalid is not None
    assert answer.invalid.field == field


def test_what_happened_stands_in_no_block(board: Board) -> None:
    board.done("record_loss_event", **LOSS)
    assert not any(LOSS["words"].encode() in block.body for block in board.desk.group.store.blocks())


def test_a_body_that_is_none(board: Board) -> None:
    with pytest.raises(BadInput):
        told(board, body=99)
