"""Whose account a statement is of, and who stands on the other side of an entry; nobody by name, all by opaque id."""

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.suitability.records import HOLDING, SALE
from benyuan.engine.blocks import Block
from benyuan.engine.codec import item_of
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.engine.store import StoreDamaged
from benyuan.ledger.walking import AccountRows
from benyuan.payments.chart import LegCode, Own

WALLET, MERCHANT, PERSON, BANK_ACCOUNT, INSTITUTION, ACCOUNT, LENDER = (
    *("wallet", "merchant", "person", "bank_account", "institution", "account", "lender"),
)
OF_INSTITUTION = (
    *(LegCode.compensation, LegCode.compensation_provision, LegCode.fee, LegCode.fee_return, LegCode.fee_return_own),
    *(LegCode.dispute_advance, LegCode.dispute_advance_provision, LegCode.recovery, LegCode.withdrawal_fee),
)
REDEEMED = ("redeem_investment", "pay_redemption")
PARTIES = (ACCOUNT, WALLET, MERCHANT, BANK_ACCOUNT, INSTITUTION)
"""Who may be a counterparty, by number; an account of the ledger where nothing else is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose account: `kind` is wallet or merchant. `account` is the ledger's; `bank_account` that of a merchant."""

    kind: str
    id: int
    account: int
    institution: int
    bank_account: int = 0

    @property
    def name(self) -> str:
        """Such as wallet:3."""
        return f"{self.kind}:{self.id}"


def holder_of(group: Group, *, kind: str, id: int) -> Holder:  # noqa: A002  the field's own noun
    """A wallet or a merchant. Errors: LookupError says that there is none, and which is the last one."""
    row = _row(group, kind, id)
    bank_account = row["bank_account"] if kind == MERCHANT else 0
    return Holder(kind=kind, id=id, account=row["account"], institution=row["institution"], bank_account=bank_account)


def holders_of_person(group: Group, *, person: int) -> list[Holder]:
    """Each wallet of a person, in order of its id. Errors: LookupError."""
    _row(group, PERSON, person)
    held = group.records.tables[WALLET].column("person")
    return [holder_of(group, kind=WALLET, id=wallet) for wallet in np.flatnonzero(held == person).tolist() if wallet]


def _row(group: Group, kind: str, id: int) -> dict[str, int]:  # noqa: A002  the field's own noun
    held = group.records.tables[kind]
    if not 1 <= id <= held.count:
        raise LookupError(f"no {kind} {id}; the last one is {held.count}")
    return {name: int(held.column(name)[id]) for name in held.table.columns}


def institution_name(group: Group, *, institution: int) -> str:
    """The name under which an institution was registered. Errors: StoreDamaged."""
    return registered_name(group, kind=INSTITUTION, id=institution)


def registered_name(group: Group, *, kind: str, id: int) -> str:  # noqa: A002  the field's own noun
    """The name under which an institution or a lender was registered. Errors: StoreDamaged."""
    first = int(group.records.tables[kind].column("first_account")[id])
    block = group.store.block_of_account(first)
    if block is None:
        raise StoreDamaged(f"no block created account {first}")
    opened = _opened(block)
    place = int(np.flatnonzero(opened.integers("results", kind) == id)[0])
    return str(item_of(opened.body["columns"]["name"], place))


def _opened(block: Block) -> Opened:
    try:
        return Opened(block)
    except ValueError as error:
        raise StoreDamaged(f"block {block.seq}: {error}") from error


class Party(msgspec.Struct, frozen=True):
    """A counterparty: which of `PARTIES`, and its id."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Parties:
    """The counterparty of each row: the place of its kind in `PARTIES`, and its id; shapes (n,)."""

    kind: NDArray[np.int64]
    id: NDArray[np.int64]

    def are(self, party: Party) -> NDArray[np.bool_]:
        """Where it is this one."""
        return np.asarray((self.kind == PARTIES.index(party.kind)) & (self.id == party.id), np.bool_)

    def names(self) -> list[str]:
        """Such as merchant:5."""
        pairs = zip(self.kind.tolist(), self.id.tolist(), strict=True)
        return [f"{PARTIES[kind]}:{number}" for kind, number in pairs]


class Counterparties:
    """Finds the counterparty of each of an account's rows.

    Between a wallet and a merchant, or two wallets, it is the owner of the other account. What goes through the
    clearing house stands against the institution's account there, so the other side is read from the command: the bank
    account of a top-up or a withdrawal, the wallet of a payment or a refund by card.
    """

    def __init__(self, group: Group, holder: Holder) -> None:
        self._group = group
        self._holder = holder
        self._first_own = int(group.records.tables[INSTITUTION].column("first_account")[holder.institution])
        self._opened: Opened | None = None

    def of(self, rows: AccountRows) -> Parties:
        """The counterparty of each row."""
        found = Parties(kind=np.zeros(len(rows), np.int64), id=rows.other.copy())
        for owner in (WALLET, MERCHANT):
            self._owned_by(owner, rows, found)
        self._waiting(rows, found)
        own = (rows.other >= self._first_own) & (rows.other < self._first_own + len(Own))
        self._fixed(found, own & np.isin(rows.code, OF_INSTITUTION), INSTITUTION, self._holder.institution)
        self._fixed(found, own & (rows.code == LegCode.settlement), BANK_ACCOUNT, self._holder.bank_account)
        asked = own & (found.kind == 0) & (rows.reference > 0)
        for place in np.flatnonzero(asked).tolist():
            self._asked(found, place, int(rows.reference[place]))
        return found

    def _owned_by(self, owner: str, rows: AccountRows, found: Parties) -> None:
        """Accounts are given out in the order of their owners' ids, so the owner is found by halving."""
        accounts = self._group.records.tables[owner].column("account")
        places = np.minimum(np.searchsorted(accounts, rows.other), len(accounts) - 1)
        owned = (accounts[places] == rows.other) & (places > 0)
        found.kind[owned], found.id[owned] = PARTIES.index(owner), places[owned]

    def _waiting(self, rows: AccountRows, found: Parties) -> None:
        """What waits on a sale's own account is between the wallet that paid and the merchant who makes the product."""
        tables = self._group.records.tables
        holding, sales = tables[HOLDING.name], tables[SALE.name]
        accounts = holding.column("first_account")
        places = np.minimum(np.searchsorted(accounts, rows.other), len(accounts) - 1)
        waits = (accounts[places] == rows.other) & (places > 0)
        other = self._across
        found.kind[waits] = PARTIES.index(other)
        found.id[waits] = sales.column(other)[holding.ids()[places[waits]]]

    @property
    def _across(self) -> str:
        """Who stands on the other side of an investment, as a kind of party and as a column."""
        return MERCHANT if self._holder.kind == WALLET else WALLET

    @staticmethod
    def _fixed(found: Parties, where: NDArray[np.bool_], kind: str, number: int) -> None:
        found.kind[where], found.id[where] = PARTIES.index(kind), number

    def _asked(self, found: Parties, place: int, position: int) -> None:
        opened = self._block_of(position)
        source = _IN_COMMAND.get(opened.block.kind)
        if opened.block.kind in REDEEMED:
            source = ("result", self._across, self._across)
        if source is None:
            return
        part, field, kind = source
        column = opened.body["columns"][field] if part == "command" else opened.outcome["results"][field]
        found.kind[place] = PARTIES.index(kind)
        found.id[place] = item_of(column, position - opened.block.first_position)

    def _block_of(self, position: int) -> Opened:
        """The block of a command; only the last one is kept, so that a long statement takes no more memory."""
        opened = self._opened
        if opened is None or not 0 <= position - opened.block.first_position < opened.block.commands:
            block = self._group.store.block_of_position(position)
            if block is None:
                raise StoreDamaged(f"no block holds command {position}, which caused a leg")
            opened = self._opened = _opened(block)
        return opened


_IN_COMMAND = {
    "pay": ("command", "payer", WALLET),
    "refund": ("result", "payer", WALLET),
    "decide_dispute": ("result", "payer", WALLET),
    "top_up": ("command", "bank_account", BANK_ACCOUNT),
    "withdraw": ("command", "bank_account", BANK_ACCOUNT),
    "close_wallet": ("command", "bank_account", BANK_ACCOUNT),
}


def party_of(text: str, *, kinds: Iterable[str] = PARTIES) -> Party | None:
    """A party from its name, such as wallet:3; None where it is no such name."""
    kind, _, number = text.partition(":")
    return Party(kind, int(number)) if kind in kinds and number.isascii() and number.isdecimal() else None
