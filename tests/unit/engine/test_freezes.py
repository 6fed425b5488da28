"""Freezes of parts of wallets against a model in plain Python, over many random orders; and the books hold after it."""

import random
from contextlib import closing

import pytest

from benyuan.decisions.commands import Command
from benyuan.decisions.outcomes import Outcome
from benyuan.usecases.deduct_frozen import DeductFrozen
from benyuan.usecases.freeze_amount import FreezeAmount
from benyuan.usecases.lift_freeze import LiftFreeze
from benyuan.usecases.secure_freeze import SecureFreeze
from benyuan.usecases.top_up import TopUp
from tests.faults.soundness import check_sound
from tests.unit.engine.groups import IN_WALLET_FEN, Desk, pay, town


class Model:
    """One wallet: its balance, and of each freeze what is frozen and held."""

    def __init__(self) -> None:
        self.balance = IN_WALLET_FEN
        self.frozen: list[int] = []
        self.held: list[int] = []

    @property
    def free(self) -> int:
        return self.balance - sum(self.held)

    @property
    def short(self) -> bool:
        return self.frozen != self.held

    def freeze(self, amount: int) -> bool:
        self.frozen.append(amount)
        self.held.append(min(amount, self.free))
        return True

    def lift(self, place: int, amount: int) -> bool:
        if not self.frozen[place] or amount > self.frozen[place]:
            return False
        self.frozen[place] -= amount or self.frozen[place]
        self.held[place] = min(self.held[place], self.frozen[place])
        return True

    def secure(self, place: int) -> bool:
        firsts = [each for each, (amount, held) in enumerate(zip(self.frozen, self.held, strict=True)) if amount > held]
        if firsts[:1] != [place]:
            return False
        self.held[place] = min(self.frozen[place], self.held[place] + self.free)
        return True

    def deduct(self, place: int, amount: int) -> bool:
        if amount > self.held[place]:
            return False
        self.frozen[place] -= amount
        self.held[place] -= amount
        self.balance -= amount
        return True

    def pay(self, amount: int) -> bool:
        if self.short or amount > self.free:
            return False
        self.balance -= amount
        return True

    def top_up(self, amount: int) -> bool:
        self.balance += amount
        return True


def one(dice: random.Random, model: Model) -> tuple[Command, bool]:
    """A command, and whether the model takes it."""
    what = dice.choice(["freeze", "lift", "secure", "deduct", "pay", "pay", "top_up"])
    amount = dice.randrange(1, 4_000)
    if what == "freeze" or not model.frozen:
        return FreezeAmount(wallet=1, amount_fen=amount, reference="order"), model.freeze(amount)
    place = dice.randrange(len(model.frozen))
    if what == "lift":
        part = dice.choice([0, amount])
        return LiftFreeze(freeze=place + 1, amount_fen=part, reference="order"), model.lift(place, part)
    if what == "secure":
        return SecureFreeze(freeze=place + 1), model.secure(place)
    if what == "deduct":
        return DeductFrozen(freeze=place + 1, amount_fen=amount, reference="order"), model.deduct(place, amount)
    if what == "pay":
        return pay(amount), model.pay(amount)
    return TopUp(wallet=1, bank_account=3, amount_fen=amount), model.top_up(amount)


def held_by(desk: Desk) -> tuple[list[int], list[int]]:
    """Of each freeze what is frozen and what is held, as the records say."""
    held = desk.group.records.tables["wallet_freeze"]
    return held.column("amount_fen")[1:].tolist(), held.column("held_fen")[1:].tolist()


@pytest.mark.parametrize("seed", range(12))
def test_any_order_of_commands(seed: int) -> None:
    dice, model, desk = random.Random(seed), Model(), town()
    with closing(desk.group):
        for _ in range(60):
            command, taken = one(dice, model)
            answer = desk.one(command)
            assert answer.accepted is taken, (command, answer, vars(model))
            assert desk.of_wallet(1) == model.balance
            assert held_by(desk) == (model.frozen, model.held)
            account = int(desk.group.records.tables["wallet"].column("account")[1])
            assert desk.group.ledger.balance(account).debits_pending == sum(model.held)
        check_sound(desk.group)


def test_the_same_order_twice_freezes_once() -> None:
    desk = town()
    with closing(desk.group):
        order = FreezeAmount(wallet=1, amount_fen=100, reference="order 1")
        first, again = desk.one(order, key="order 1"), desk.one(order, key="order 1")
        assert (again.repeated, again.results) == (True, first.results)
        assert held_by(desk) == ([100], [100])


def test_a_freeze_and_a_lift_in_one_call() -> None:
    desk = town()
    with closing(desk.group):
        answers = desk.ask(
            *(FreezeAmount(wallet=1, amount_fen=4_000, reference="order") for _ in range(3)),
            *(LiftFreeze(freeze=freeze, reference="order") for freeze in (1, 1, 2)),
        )
        assert [answer.outcome for answer in answers] == [
            *[Outcome.accepted] * 4,
            Outcome.invalid,
            Outcome.accepted,
        ]
        assert held_by(desk) == ([0, 0, 4_000], [0, 0, 2_000])
        assert desk.one(pay(1)).outcome is Outcome.refused
        desk.done(SecureFreeze(freeze=3), pay(IN_WALLET_FEN - 4_000))
        check_sound(desk.group)
