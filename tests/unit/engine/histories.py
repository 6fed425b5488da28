"""Mixed commands of every kind over a small town, drawn so that they meet: limits, shared wallets, refunds, bad input.

Two institutions, the second without a licence. A history begins on May Day 2026, a second before midnight, or on the
evening before rules come into force; its times stand still or go on by seconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from benyuan.decisions.commands import Command, Request
from benyuan.decisions.outcomes import Answer
from benyuan.payments.vocabulary import (
    CardKind,
    MerchantKind,
    Rating,
    WalletClass,
)
from benyuan.simulate.identities import someone
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.pay import Pay
from benyuan.usecases.record_standing import Standing
from benyuan.usecases.register_institution import Register
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.top_up import TopUp
from tests.unit.engine.groups import Desk
from tests.unit.engine.hand import PEOPLE, REGISTERED, SETUP, STARTS, Hand, Now
from tests.unit.engine.making import MAKERS, WEIGHTS
from tests.unit.engine.making_parties import business
from tests.unit.ledger.books import SECOND

Draw = Callable[[st.SearchStrategy[Any]], Any]


@dataclass(frozen=True)
class History:
    """Requests in order, with times of their own; `cuts` says where a call ends."""

    start: int
    requests: list[Request]
    cuts: list[bool]

    def calls(self) -> list[list[Request]]:
        """The requests call by call."""
        calls: list[list[Request]] = [[]]
        for request, cut in zip(self.requests, self.cuts, strict=True):
            calls[-1].append(request)
            if cut:
                calls.append([])
        return calls


def random_request(hand: Hand, made: Command, *, key: str, at: int, before: Sequence[Request]) -> Request:
    """A new request; now and then one that came before, or another command under its key, or one without a client."""
    dice = hand.randrange(30)
    if dice < 3 and before:
        earlier = hand.choice(before[-8:])
        return Request(client=earlier.client, key=earlier.key, command=made if dice == 0 else earlier.command, at=at)
    return Request(client="" if dice == 3 else "client", key=key, command=made, at=at)


@st.composite
def histories(draw: Draw, longest: int = 40) -> History:
    """A history made up from one seed, in runs of one kind; Hypothesis shortens it by leaving requests out."""
    seed = draw(st.integers(0, (1 << 64) - 1))
    kept = draw(st.lists(st.sampled_from((False, True, True, True)), min_size=longest // 2, max_size=longest))
    hand = Hand(seed)
    start = at = hand.choice(STARTS)
    requests: list[Request] = []
    payments: list[int] = []
    names: set[str] = set()
    make = MAKERS[0][1]
    for number, is_kept in enumerate(kept):
        if hand.randrange(4) == 0:
            make = hand.choices(MAKERS, WEIGHTS)[0][1]
        at += hand.choice((0, 0, 0, 0, 1, SECOND, 3 * SECOND))
        command = make(Hand(f"{seed} {number}"), Now(at, payments))
        if is_kept:
            requests.append(random_request(hand, command, key=f"key {number}", at=at, before=requests))
            names |= {requests[-1].key} if requests[-1].client else set()
            payments += [SETUP + len(names)] if isinstance(requests[-1].command, Pay) else []
    return History(start, requests, [hand.randrange(4) == 0 for _ in requests])


def begin(desk: Desk) -> None:
    """The town that histories are of: two institutions, two merchants, four people, three of them with 300.00 yuan."""
    people = range(1, PEOPLE + 1)
    desk.done(
        *(Register(name="Benyuan Pay"), Register(name="Other Pay")),
        Standing(institution=1, from_date=20160101, licences=15, rating=Rating.A, real_name_ppm=960_000),
        Standing(institution=2, from_date=20160101, licences=0),
    )
    desk.ask(
        *(business(kind, n) for n, kind in enumerate(REGISTERED, 1)),
        *(Person(institution=1, **someone(person)) for person in people),
        *(
            Bind(person=person, mandate=True, card=CardKind.credit if person % 2 else CardKind.debit)
            for person in people
        ),
        Merchant(institution=1, kind_of_merchant=MerchantKind.micro, principal=PEOPLE),
        *(Open(person=person, wallet_class=WalletClass.II, channels=3) for person in people),
    )
    desk.ask(*(TopUp(wallet=wallet, bank_account=wallet + 2, amount_fen=30_000) for wallet in people))


def run(desk: Desk, calls: Sequence[Sequence[Request]]) -> list[Answer]:
    """The answers to calls, one after another."""
    return [answer for call in calls for answer in desk.group.execute(call)]
