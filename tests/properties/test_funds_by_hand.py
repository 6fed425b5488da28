"""An insurer's funds in related parties, at random: each answer is the one that a plain model gives; replays agree."""

from collections import Counter
from random import Random
from typing import Any

import pytest

from benyuan.assurance.group.limits import limits_of
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from tests.unit.group.ownership import HOLDING, INSURER, SHOP, SOURCE
from tests.unit.group.related import FRIEND, FURTHER, LATER, Board

STEPS = 70
CLASSES = {
    "equity": {"equity", "abroad_equity"},
    "real_estate": {"real_estate", "abroad_real_estate"},
    "abroad": {"abroad_equity", "abroad_real_estate", "abroad_fixed_income"},
}
FUNDS = ("fixed_income", "equity", "real_estate", "abroad_fixed_income", "abroad_equity", "abroad_real_estate")
PARTIES = (SHOP, FRIEND, LATER, FURTHER)


class Funds:
    """An insurer under nobody, and the model of what it has: by investment party, funds and what is left, in fen."""

    def __init__(self, dice: Random) -> None:
        self.dice, self.board = dice, Board()
        self.board.stake(HOLDING, INSURER, 0)
        self.board.stake(SHOP, INSURER, 5)
        self.board.stake(SHOP, FRIEND, 51)
        self.board.stake(LATER, INSURER, 5)
        self.related = {SHOP, FRIEND, LATER}
        self.figures: dict[str, int] = {}
        self.out: dict[int, tuple[int, str, int]] = {}
        self.seen: Counter[str] = Counter()
        for name in ("total_assets", "net_assets", "equity_limit", "real_estate_limit", "abroad_limit"):
            self.figure(name)

    def figure(self, name: str) -> None:
        """A new figure of the same day."""
        self.figures[name] = self.dice.randrange(100, 400) * (4 if name == "total_assets" else 1)
        made = {"body": INSURER, "figure": name, "amount_fen": self.figures[name], "as_of": 20251231, **SOURCE}
        self.board.plain("record_body_figure", **made)

    def used(self, parties: set[int], funds: set[str] | None = None) -> int:
        """What is in those of them that are related."""
        return sum(
            left
            for party, into, left in self.out.values()
            if party in parties & self.related and (funds is None or into in funds)
        )

    def room(self, party: int, funds: str) -> dict[str, int]:
        """What may still be invested, by rule; nothing is asked of who is not related."""
        if party not in self.related:
            return {}
        net, joined = self.figures["net_assets"], {SHOP, FRIEND} if party in (SHOP, FRIEND) else {party}
        found = {
            "rpt.insurer.funds": min(self.figures["total_assets"] // 4, net) - self.used(set(PARTIES)),
            "rpt.insurer.funds.one": net * 3 // 10 - self.used(joined),
        }
        classes = [
            self.figures[f"{name}_limit"] * 3 // 10 - self.used(set(PARTIES), into)
            for name, into in CLASSES.items()
            if funds in into
        ]
        return {**found, **({"rpt.insurer.funds.class": min(classes)} if classes else {})}

    def invest(self) -> None:
        """Some of it anywhere, as often as not what is just enough or a fen too much."""
        party, funds = self.dice.choice(PARTIES), self.dice.choice(FUNDS)
        room = self.room(party, funds)
        edge = min(room.values(), default=0) + self.dice.choice((0, 1))
        amount = edge if edge > 0 and self.dice.random() < 0.5 else self.dice.randrange(1, 40)
        fields = self.board.fields(amount, body=INSURER, party=party, funds=funds, exemption="public_issue")
        answer = self.board.desk.one(REGISTRY["record_related_transaction"](**fields))
        broken = {rule for rule, left in room.items() if amount > left}
        told = (fields, answer, room, self.out)
        if answer.outcome is Outcome.accepted:
            assert not broken, told
            self.out[answer.results["transaction"]] = (party, funds, amount)
            self.seen["accepted"] += 1
        else:
            assert answer.refusal is not None, told
            assert answer.refusal.rule_id in broken, told
            self.seen[answer.refusal.rule_id] += 1

    def return_some(self) -> None:
        """A part of one comes back, or all of it, or more than is left."""
        open_ones = [number for number, (_, _, left) in self.out.items() if left]
        if not open_ones:
            return
        number = self.dice.choice(open_ones)
        party, funds, left = self.out[number]
        amount = self.dice.choice((left, left + 1, max(1, left // 2)))
        answer = self.board.asked("return_related_finance", transaction=number, amount_fen=amount)
        assert answer.accepted == (amount <= left), (answer, left)
        if answer.accepted:
            self.out[number] = (party, funds, left - amount)
            self.seen["returned"] += 1

    def step(self) -> None:
        """One command of today."""
        chance = self.dice.random()
        if chance < 0.08:
            self.figure(self.dice.choice(list(self.figures)))
        elif chance < 0.12 and FURTHER not in self.related:
            self.board.stake(FURTHER, INSURER, 5)
            self.related.add(FURTHER)
        elif chance < 0.35:
            self.return_some()
        else:
            self.invest()

    def check_told(self) -> None:
        """What is told is what the model has; nothing is booked that is not out."""
        told: dict[str, Any] = {each.line: each for each in limits_of(self.board.desk.group, INSURER).limits}
        assert told["invested"].used_fen == self.used(set(PARTIES))
        for name, into in CLASSES.items():
            assert told[name].used_fen == self.used(set(PARTIES), into)
            assert told[name].booked_fen in (None, *range(told[name].used_fen + 1))


@pytest.mark.parametrize("seed", range(2))
def test_random_investing(seed: int) -> None:
    funds = Funds(Random(seed))
    for place in range(STEPS):
        funds.step()
        if place % 10 == 0:
            funds.check_told()
    funds.check_told()
    met = {"accepted", "returned", "rpt.insurer.funds", "rpt.insurer.funds.one", "rpt.insurer.funds.class"}
    assert met <= set(funds.seen), funds.seen
    group = funds.board.desk.group
    report = verify(group.store, vault=group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)
