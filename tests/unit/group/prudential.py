"""A holding company, a bank and an insurer whose prudential figures are all recorded, and what tests ask of them."""

from collections.abc import Sequence
from typing import Any

from benyuan.assurance.group.accounts import reported_of
from benyuan.assurance.group.prudential import Prudential, prudential_of
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from benyuan.holding_company.consolidation.sources import Returns, TrialBalanceOf
from benyuan.holding_company.prudential.ratios import GroupFigure
from benyuan.storage.group_lines import load_account_map
from tests.unit.group.figures import AS_OF, figure
from tests.unit.group.ownership import BANK, HOLDING, INSURER, Houses
from tests.unit.group.returns import CHART, Row, entries_of

ON = 20260501
MAP = load_account_map(CHART)
RECORDED = {
    (HOLDING, "net_assets"): 5000,
    (HOLDING, "group_investments"): 1400,
    (BANK, "net_capital"): 1200,
    (BANK, "capital_required"): 800,
    (BANK, "capital_from_group"): 0,
    (BANK, "group_investments"): 250,
    (INSURER, "net_capital"): 820,
    (INSURER, "capital_required"): 300,
    (INSURER, "capital_from_group"): 0,
}


def held(**given: Any) -> Houses:
    """A holding company with 80% of a bank and 50% of an insurer, of which the bank has 25%; every figure recorded."""
    houses = Houses()
    houses.stake(HOLDING, BANK, 80)
    houses.stake(HOLDING, INSURER, 50)
    houses.stake(BANK, INSURER, 25)
    left_out = given.get("without")
    for (body, what), amount in RECORDED.items():
        if (body, what) != left_out:
            figure(houses, body, what, amount)
    figure(houses, HOLDING, "total_assets", 10_000, basis="consolidated")
    return houses


def told(houses: Houses, **fields: Any) -> Prudential:
    return prudential_of(houses.desk.group, HOLDING, **{"on": ON, **fields})


def of(found: Prudential, name: str) -> GroupFigure:
    return next(each for each in found.figures if each.name == name)


def missing(found: Prudential | GroupFigure) -> set[tuple[int, str]]:
    return {(each.body, each.what) for each in found.untold}


DAY = 20260430
BANK_HELD: list[Row] = [(BANK, "cash", 0, 100)]
TOP_BORROWED: Row = (HOLDING, "borrowings", 0, -100)


def geared(rows: Sequence[Row], *, lent: int | None = None, stake: int = 80) -> Prudential:
    """A holding company that borrowed 100 outside and gave them to the bank, which must hold 80 and counts 100."""
    houses = Houses()
    houses.stake(HOLDING, BANK, stake)
    figure(houses, BANK, "net_capital", 100)
    figure(houses, BANK, "capital_required", 80)
    if lent is not None:
        figure(houses, BANK, "capital_from_group", lent)
    return with_returns(houses, rows)


def with_returns(houses: Houses, rows: Sequence[Row], *, source: str = "accounts (20260430)") -> Prudential:
    bodies = sorted({row[0] for row in rows})
    sources = tuple(TrialBalanceOf(body=body, what="all.csv", source=source) for body in bodies)
    reported = reported_of(
        houses.desk.group,
        HOLDING,
        period=DAY,
        returns=Returns(entries=entries_of(rows), sources=sources),
        chart=CHART,
        accounts=MAP,
    )
    return prudential_of(houses.desk.group, HOLDING, reported=reported)


def exposed(*rows: tuple[int, int, int], houses: Houses | None = None, **fields: Any) -> Houses:
    made = houses or held()
    for body, other, amount in rows:
        given = {"body": body, "counterparty": other, "amount_fen": amount, "as_of": AS_OF, **fields}
        answered = recorded(made, **given)
        assert answered.accepted, answered.invalid and answered.invalid.text()
    return made


def recorded(houses: Houses, **given: Any) -> Answer:
    source = {} if given.get("invented") else {"source": "register of loans", "source_date": 20260401}
    return houses.desk.one(REGISTRY["record_exposure"](**{**source, **given}))
