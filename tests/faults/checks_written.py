"""A row in every table of maker and checker, risk and losses, for the group that is damaged."""

from typing import Any

from tests.unit.engine.groups import Desk
from tests.unit.group.ownership import SHOP
from tests.unit.group.staff import CHECKER, MAKER, Office

AT: dict[str, Any] = {"sort": "body", "entity": SHOP}


def check(desk: Desk) -> None:
    """Staff of a body that nothing else is done at, their roles, checks that are required, a proposal that was used."""
    office = Office(desk, at=AT, area="figures")
    office.require()
    figure: dict[str, Any] = {"body": SHOP, "figure": "profit", "basis": "own", "amount_fen": 1, "as_of": 20251231}
    made = {**figure, "source": "", "source_date": 0, "invented": True}
    office.agreed("record_body_figure", by=(MAKER, CHECKER), **made)
    office.done("record_body_figure", **made)
