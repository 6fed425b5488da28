"""Files of credit and payments in which some customers are related come to the same cut anywhere, or one by one."""

import random
from typing import Any

from benyuan.decisions.commands import REGISTRY, Request
from benyuan.decisions.outcomes import Answer
from benyuan.simulate.identities import identity_number
from tests.unit.engine.groups import pay
from tests.unit.group.ownership import PERSON
from tests.unit.group.related import FRIEND, LATER, TODAY
from tests.unit.group.test_tied_customers import CODE, Firms
from tests.unit.lending.accounts import check_log, lender_in_town

COMMANDS = 60
NET_CAPITAL_FEN, NET_ASSETS_FEN = 400_000, 2_000


def related_firms() -> Firms:
    """Borrower 1 is individual 5, whose brother is borrower 2; merchant 3 is a body of the group."""
    firms = Firms(lender_in_town(in_wallet_fen=1_000_000))
    body = firms.shop()
    brother = firms.individual(2)
    firms.do("record_family", individual=PERSON, other=brother, tie="sibling")
    firms.measured(FRIEND, figure="net_capital", amount_fen=NET_CAPITAL_FEN)
    firms.measured(LATER, amount_fen=NET_ASSETS_FEN)
    firms.tie(from_date=TODAY)
    firms.do("tie_customer", body=body, institution=1, **CODE)
    firms.tie(body=brother, number=identity_number(2), from_date=TODAY)
    return firms


def file_of(draw: random.Random) -> list[Any]:
    """Purchases of both and payments at merchants 1 and 3, runs of each."""
    made: list[Any] = []
    while len(made) < COMMANDS:
        bought = draw.random() < 0.5
        for _ in range(draw.randint(1, 12)):
            if bought:
                amount_fen = draw.choice((1, 1_000, 3_000, 4_000, 5_000))
                made.append(REGISTRY["draw_purchase"](account=draw.choice((1, 2)), amount_fen=amount_fen))
            else:
                made.append(pay(draw.choice((500, 1_000, 2_000)), payer=2, merchant=draw.choice((1, 1, 3))))
    return made


def told(answers: list[Answer]) -> list[Any]:
    """What became of each, but for when."""
    return [
        (each.outcome, dict(each.results), each.refusal and (each.refusal.rule_id, dict(each.refusal.figures)))
        for each in answers
    ]


def test_any_cut_of_a_file_comes_to_the_same() -> None:
    draw = random.Random(1)
    file = file_of(draw)
    found = []
    for sizes in ((1, 7, 60), (1,)):
        firms = related_firms()
        group, at, answers = firms.desk.group, firms.desk.now, list[Answer]()
        requests = [Request(client="file", key=f"k{n}", command=each, at=at) for n, each in enumerate(file)]
        while len(answers) < len(file):
            size = draw.choice(sizes)
            answers += group.execute(requests[len(answers) : len(answers) + size])
        found.append((told(answers), [each.amount_fen for each in firms.told().tied]))
        assert firms.told().looks == []
        check_log(firms.lender)
    assert found[0] == found[1]
    outcomes = {rule and rule[0] for _, _, rule in found[0][0]}
    assert outcomes == {None, "rpt.approval", "fhc.rpt.approval"}
