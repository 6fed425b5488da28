"""A row in every table of maker and checker, risk and losses, for the group that is damaged."""

from typing import Any

from tests.unit.engine.groups import Desk
from tests.unit.group.ownership import BANK, SHOP
from tests.unit.group.staff import CHECKER, HEAD, MAKER, Office

AT: dict[str, Any] = {"sort": "body", "entity": SHOP}


def check(desk: Desk) -> None:
    """Staff of a body, their roles and what they read, checks that are required, a proposal used; risk and losses."""
    office = Office(desk, at=AT, area="figures")
    for staff, act in ((MAKER, "maker"), (CHECKER, "checker")):
        office.role(staff, "risk", act)
    read(office)
    office.require()
    figure: dict[str, Any] = {"body": SHOP, "figure": "profit", "basis": "own", "amount_fen": 1, "as_of": 20251231}
    made = {**figure, "source": "", "source_date": 0, "invented": True}
    office.agreed("record_body_figure", by=(MAKER, CHECKER), **made)
    office.done("record_body_figure", **made)
    limit: dict[str, Any] = {**AT, "ratio": "outside_guarantees", "direction": "most", "warning_ppm": 1, "limit_ppm": 2}
    limit |= {"owner": 1, "from_date": office.today, "minutes": "7"}
    office.agreed("set_risk_limit", **limit)
    office.done("set_risk_limit", **limit)
    office.done("record_risk_reading", **AT)
    loss: dict[str, Any] = {**AT, "category": "execution", "happened": "loss", "cause": "people", "words": "x"}
    office.done("record_loss_event", **loss, gross_fen=2, happened_on=office.today, found_on=office.today)
    office.done("recover_loss_event", event=1, amount_fen=1, source="others", reference="r")


def read(office: Office) -> None:
    """A role to read, an individual who is staff of two bodies and why, and one who has left."""
    given: dict[str, Any] = {"staff": MAKER, "from_date": office.today, "until": office.today, "granted_by": HEAD}
    office.done("grant_reading", by=HEAD, kept="ownership", task="authority", **given)
    again = office.member(5, individual=MAKER, sort="body", entity=BANK)
    office.done("record_shared_post", by=HEAD, other=again, footing="shared-post", agreement="paper 7", **given)
    office.done("end_staff", staff=office.member(6))
