"""Losses and near misses of an entity: each as it is known on a day, and sums by year and category.

Source: PBoC Order [2020] No. 4, art. 30; house rule gov.house.loss.tell. A year is that in which it was found. Worked
number: 1,000.00 lost in 2026, 300.00 of it made good: gross 1,000.00, net 700.00; a near miss is counted, and in no
sum.
"""

from collections.abc import Sequence

import msgspec

from benyuan.assurance.group.checks import entities_of
from benyuan.assurance.group.reading import columns_of
from benyuan.engine.group import Group
from benyuan.governance.checks.words import SORT_NUMBER
from benyuan.governance.risk.losses import TELL_LOSS, amounts_of
from benyuan.governance.risk.records import LOSS_CHANGE, LOSS_EVENT
from benyuan.governance.risk.words import CATEGORY_NUMBER, CAUSE_NUMBER, HAPPENED_NUMBER, Happened
from benyuan.rules.places import value_on
from benyuan.values.dates import local_day

SORTS, CATEGORIES, HAPPENED, CAUSES = (
    {number: word for word, number in numbers.items()}
    for numbers in (SORT_NUMBER, CATEGORY_NUMBER, HAPPENED_NUMBER, CAUSE_NUMBER)
)
OF_YEAR = 10_000


class Loss(msgspec.Struct, frozen=True, kw_only=True):
    """One event on a day, fen. `changes`: how often it came to be known otherwise; `step_fen`: the highest step."""

    event: int
    entity: str
    category: str
    happened: str
    cause: str
    happened_on: int
    found_on: int
    gross_fen: int
    recovered_fen: int
    net_fen: int
    changes: int
    step_fen: int
    position: int


class LossSum(msgspec.Struct, frozen=True, kw_only=True):
    """A year and category, fen; `near_misses` and what they might have cost stand beside the sums."""

    year: int
    category: str
    losses: int
    gross_fen: int
    recovered_fen: int
    net_fen: int
    near_misses: int
    near_miss_fen: int


class Losses(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, as known at the end of a day. `steps_fen`: from which the house tells the board."""

    on: int
    steps_fen: list[int]
    events: list[Loss]
    sums: list[LossSum]


def losses_of(group: Group, body: int = 0, *, on: int = 0) -> Losses:
    """Losses of a body and of what keeps its book here; 0: of all. Errors: BadInput, before the house's rule."""
    day = on or local_day(group.last_at)
    wanted = entities_of(group, body, on=day) if body else None
    steps = sorted(row.fen("from") for row in value_on(group.regime.pack, TELL_LOSS, on=day).tiers)
    count = len(columns_of(group)(LOSS_EVENT, "sort"))
    events = [_loss(group, number, steps, on=day) for number in range(1, count) if _known(group, number, day)]
    events = [each for each in events if wanted is None or each.entity in wanted]
    return Losses(on=day, steps_fen=steps, events=events, sums=_sums(events))


def _known(group: Group, number: int, on: int) -> bool:
    return bool(columns_of(group)(LOSS_EVENT, "recorded_on")[number] <= on)


def _loss(group: Group, number: int, steps: Sequence[int], *, on: int) -> Loss:
    column = columns_of(group)
    row = {name: int(column(LOSS_EVENT, name)[number]) for name in LOSS_EVENT.columns}
    amounts = amounts_of(column, number, on=on)
    mine = (column(LOSS_CHANGE, "event") == number) & (column(LOSS_CHANGE, "on_date") <= on)
    return Loss(
        event=number,
        entity=f"{SORTS[row['sort']]} {row['entity']}",
        category=CATEGORIES[row["category"]],
        happened=HAPPENED[row["happened"]],
        cause=CAUSES[amounts.cause],
        happened_on=row["happened_on"],
        found_on=row["found_on"],
        gross_fen=amounts.gross_fen,
        recovered_fen=amounts.recovered_fen,
        net_fen=amounts.net_fen,
        changes=int(mine.sum()) - 1,
        step_fen=max((step for step in steps if step <= amounts.gross_fen), default=0),
        position=row["position"],
    )


def _sums(events: Sequence[Loss]) -> list[LossSum]:
    keys = sorted({(each.found_on // OF_YEAR, each.category) for each in events})
    return [_sum(year, category, events) for year, category in keys]


def _sum(year: int, category: str, events: Sequence[Loss]) -> LossSum:
    mine = [each for each in events if (each.found_on // OF_YEAR, each.category) == (year, category)]
    lost = [each for each in mine if each.happened == Happened.loss]
    missed = [each for each in mine if each.happened == Happened.near_miss]
    return LossSum(
        year=year,
        category=category,
        losses=len(lost),
        gross_fen=sum(each.gross_fen for each in lost),
        recovered_fen=sum(each.recovered_fen for each in lost),
        net_fen=sum(each.net_fen for each in lost),
        near_misses=len(missed),
        near_miss_fen=sum(each.gross_fen for each in missed),
    )
