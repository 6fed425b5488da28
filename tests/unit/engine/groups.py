"""A group as the tests use it: rules loaded once, a clock that stands until it is moved, a key for each command.

The town that most tests start from: institution 1 with every licence, merchants 1 and 2 (bank accounts 1 and 2), and
people who each hold a bank account with a mandate and a Class II wallet with 100.00 yuan in it; person, wallet and
bank account have the numbers n, n and n + 2.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benyuan.decisions.commands import Command, Request
from benyuan.decisions.events import TABLES
from benyuan.decisions.outcomes import Answer
from benyuan.engine.answers import Answers
from benyuan.engine.codec import decoded
from benyuan.engine.group import Group
from benyuan.engine.regime import Regime
from benyuan.engine.store import Store
from benyuan.engine.vault import Vault
from benyuan.payments.vocabulary import Authentication, Channel, MerchantKind, Rating, WalletClass
from benyuan.rules import load_pack
from benyuan.simulate.identities import credit_code, someone
from benyuan.storage.sqlite import SqliteStore
from benyuan.storage.vault import KeyDirectory, KeyVault, MemoryKeys
from benyuan.usecases import USE_CASES
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.pay import Pay
from benyuan.usecases.record_standing import Standing
from benyuan.usecases.register_institution import Register
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.top_up import TopUp
from tests.storage.memory import MemoryStore
from tests.unit.ledger.books import SECOND, china

MORNING = china("2026-05-01T09:00")
HOUR = 3_600 * SECOND
CLIENT = "desk"
RELEASE = "test"
IN_WALLET_FEN = 10_000
FIRM, INDIVIDUAL = MerchantKind.firm, MerchantKind.individual_business


@cache
def regime() -> Regime:
    """The built-in rules, loaded once."""
    return Regime(pack=load_pack())


class Desk:
    """A group, the clock it goes by, and the hand that gives it commands."""

    def __init__(self, store: Store, *, vault: Vault | None = None, now: int = MORNING) -> None:
        self.now = now
        self.group = Group(
            store=store,
            vault=vault or KeyVault(MemoryKeys()),
            regime=regime(),
            use_cases=USE_CASES,
            release=RELEASE,
            clock=lambda: self.now,
        )
        self._keys = self.group.position

    def request(
        self, command: Command, *, key: str | None = None, client: str = CLIENT, at: int | None = None
    ) -> Request:
        """A request with a key of its own unless one is given."""
        self._keys += 1
        return Request(client=client, key=f"key {self._keys}" if key is None else key, command=command, at=at)

    def ask(self, *commands: Command, at: int | None = None) -> Answers:
        """Commands in one call."""
        return self.group.execute([self.request(command, at=at) for command in commands])

    def one(self, command: Command, *, key: str | None = None, client: str = CLIENT, at: int | None = None) -> Answer:
        """One command in a call of its own."""
        answer: Answer = self.group.execute([self.request(command, key=key, client=client, at=at)])[0]
        return answer

    def done(self, *commands: Command) -> None:
        """Commands in one call, all of which must be accepted."""
        for answer in self.ask(*commands):
            assert answer.accepted, answer

    def balance(self, account: int) -> int:
        """Posted debits less posted credits, in fen."""
        found = self.group.ledger.balance(account)
        return found.debits_posted - found.credits_posted

    def of_wallet(self, wallet: int) -> int:
        """What a wallet holds, in fen."""
        return -self.balance(int(self.group.records.tables["wallet"].column("account")[wallet]))

    def of_merchant(self, merchant: int) -> int:
        """What stands to a merchant's credit, in fen."""
        return -self.balance(int(self.group.records.tables["merchant"].column("account")[merchant]))


def in_memory(*, now: int = MORNING) -> Desk:
    """A new group that lasts as long as the test."""
    return Desk(MemoryStore(), now=now)


def on_file(path: Path, *, now: int = MORNING, read_only: bool = False) -> Desk:
    """The group in a file."""
    store = SqliteStore(path, read_only=read_only)
    try:
        return Desk(store, vault=vault_beside(path), now=now)
    except BaseException:
        store.close()
        raise


def vault_beside(path: Path) -> KeyVault:
    """The vault of the group in a file."""
    return KeyVault(KeyDirectory(path.with_name(path.name + ".keys")))


def standing(institution: int = 1) -> Standing:
    """Every licence and the best rating, from the first of the year on."""
    return Standing(institution=institution, from_date=20260101, licences=15, rating=Rating.A, real_name_ppm=960_000)


def found_town(desk: Desk, *, people: int = 2, in_wallet_fen: int = IN_WALLET_FEN) -> Desk:
    """Set the town up; see the top of this file."""
    everybody = range(1, people + 1)
    desk.done(
        Register(name="Benyuan Pay"),
        standing(),
        Merchant(institution=1, kind_of_merchant=MerchantKind.firm, code=credit_code(1), name="noodles"),
        Merchant(
            institution=1,
            kind_of_merchant=MerchantKind.individual_business,
            code=credit_code(2, individual=True),
            name="tea",
        ),
        *(Person(institution=1, **someone(person)) for person in everybody),
        *(Bind(person=person, mandate=True) for person in everybody),
        *(Open(person=person, wallet_class=WalletClass.II, channels=3) for person in everybody),
        *(TopUp(wallet=person, bank_account=person + 2, amount_fen=in_wallet_fen) for person in everybody),
    )
    return desk


def town(*, people: int = 2) -> Desk:
    """The town, in memory."""
    return found_town(in_memory(), people=people)


def pay(amount_fen: Any = 100, *, payer: int = 1, merchant: int = 1, memo: Any = "", bank_account: int = 0) -> Pay:
    """An online payment with two kinds of factor."""
    return Pay(
        payer=payer,
        merchant=merchant,
        amount_fen=amount_fen,
        channel=Channel.online,
        authentication=Authentication.two_kinds,
        bank_account=bank_account,
        memo=memo,
    )


def memory_of(group: Group) -> dict[str, Any]:
    """All that a group has in memory, in a form that can be compared."""
    state = group.ledger.state
    return {
        "accounts": state.accounts[1 : state.account_count + 1].tolist(),
        "holds": sorted(state.open_holds().tolist()),
        "legs": state.leg_count,
        "records": {name: held.rows().tolist() for name, held in group.records.tables.items()},
        "position": group.position,
        "last_at": group.last_at,
        "head": group.head,
    }


def keys_of(group: Group) -> dict[int, int]:
    """The position that each number of a key has, saved or not yet."""
    return dict(group.store.keys()) | dict(group.keys.items())


def number_keys(monkeypatch: pytest.MonkeyPatch, number: Callable[[str], int]) -> None:
    """Let every key have this number, so that keys share numbers."""

    def numbers(clients: Iterable[str], keys: Sequence[str]) -> list[int]:
        del clients
        return [number(key) for key in keys]

    monkeypatch.setattr("benyuan.engine.keys.key_hashes", numbers)
    monkeypatch.setattr("benyuan.engine.group.key_hashes", numbers)


def stored_by(group: Group) -> dict[str, Any]:
    """What is stored beside the blocks; of the payloads the fields, for what seals them is random."""
    store = group.store
    payloads = {position: store.payload(position) for position in range(1, group.position + 1)}
    return {
        "records": {name: list(store.rows(table)) for name, table in TABLES.items()},
        "keys": keys_of(group),
        "payloads": {position: group.payloads.read(position) for position, payload in payloads.items() if payload},
    }


def words_unkept(store: Store) -> int:
    """How many commands made no sense and had texts that the log has not kept, so that they can't be decided again."""
    bodies = (decoded(block.body) for block in store.blocks() if block.commands)
    return sum(why == "words" for body in bodies for why in body.get("unkept", {}).values())


def told(answers: Sequence[Answer]) -> list[dict[str, Any]]:
    """Answers as plain values."""
    return [{name: getattr(answer, name) for name in answer.__struct_fields__} for answer in answers]
