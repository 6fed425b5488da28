"""A row in every table of the group above the companies, for the group that is damaged."""

from benyuan.decisions.commands import REGISTRY
from benyuan.simulate.identities import identity_number
from tests.faults.related_written import relate
from tests.unit.engine.groups import Desk
from tests.unit.group.figures import decide, figure
from tests.unit.group.ownership import BANK, HOLDING, OWNER, PERSON, SHOP, Houses


def own(desk: Desk) -> None:
    """Bodies, a stake, a pledge, an agreement, a power, a post, a tie; a figure, a licence, a career, a decision."""
    houses = Houses(desk)
    houses.stake(OWNER, HOLDING, 60)
    houses.do("record_pledge", owner=OWNER, owned=HOLDING, pledgee=BANK, part=1, whole=100)
    houses.do("record_concert", members=f"{OWNER},{SHOP}")
    houses.do("record_steering", holder=HOLDING, body=SHOP, steering="by_protocol", part=1, whole=1)
    houses.do("record_office", individual=PERSON, body=HOLDING, post="director")
    other = houses.individual(2)
    houses.do("record_family", individual=PERSON, other=other, tie="sibling")
    figure(houses, BANK, "total_assets", 1)
    houses.do("record_licence", body=BANK, business="commercial_bank", number="B1")
    ground = {"top": HOLDING, "body": SHOP, "ground": "risk", "reason": "runs on it", "from_date": 20260101}
    houses.do("record_consolidation_ground", **ground)
    given = {"source": "register", "source_date": 20260401, "as_of": 20260331}
    exposure = REGISTRY["record_exposure"](body=BANK, counterparty=SHOP, amount_fen=1, **given)
    assert houses.desk.one(exposure).accepted
    lent = {"balance_fen": 10, "borrowers": 1, "lent_fen": 10, "rate_ppm": 50_000, "bad_fen": 0}
    houses.do("record_business_credit", body=BANK, size="total", from_date=20260101, until=20260331, **lent)
    houses.do("set_group_limit", top=HOLDING, ratio="capital", limit_ppm=1_000_000, reason="the board says so")
    houses.do("record_money_keeper", body=BANK, money="bank_account", keeper=SHOP)
    given = {"source": "report", "source_date": 20260401}
    years = {"begins_on": 20250101, "ends_on": 20260101, "defined_on": 20260401}
    market = REGISTRY["define_market"](product="payments", area="mainland", **years, **given)
    assert houses.desk.one(market).accepted
    figure_of = REGISTRY["record_market_figure"](market=1, body=BANK, amount=1, as_of=20260401, **given)
    assert houses.desk.one(figure_of).accepted
    paper = {"document": "resident_id", "number": identity_number(1)}
    houses.do("tie_customer", body=PERSON, institution=1, **paper)
    houses.do("record_career", individual=PERSON, work="finance")
    houses.do("record_education", individual=PERSON, degree="bachelor")
    decide(houses, PERSON)
    relate(houses)
