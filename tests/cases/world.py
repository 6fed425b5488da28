"""The world of one case: an institution with its people, wallets, cards and merchants, by the names that a case uses.

Where a case doesn't say otherwise: it begins at nine on 1 January of the year of its first step (in 2024: on 9 July,
when the licence classes begin); the institution holds stored_value_1 and processing_1 and has no rating; whoever is
named exists and has a bank account "bank of <name>" under both mandates; a balance was topped up when the world began;
`shop` is a firm.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from benyuan import __version__
from benyuan.decisions.commands import Command, Request
from benyuan.decisions.outcomes import Answer
from benyuan.engine.group import Group
from benyuan.engine.regime import Regime
from benyuan.payments.chart import Own
from benyuan.payments.vocabulary import CardKind, ReserveDirection, WalletStop
from benyuan.simulate.identities import someone
from benyuan.storage.sqlite import MEMORY, SqliteStore
from benyuan.storage.vault import KeyVault, MemoryKeys
from benyuan.usecases import USE_CASES
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.clear import Clearing
from benyuan.usecases.close_day import Close
from benyuan.usecases.close_wallet import CloseAccount
from benyuan.usecases.credit_wallet import Credit
from benyuan.usecases.file_duty import File
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.pay import Pay
from benyuan.usecases.record_standing import Standing
from benyuan.usecases.record_statement_entry import StatementEntry
from benyuan.usecases.refund import Refund
from benyuan.usecases.register_institution import Register
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.restore_person import RestoreAll
from benyuan.usecases.restore_wallet import Restore
from benyuan.usecases.reverify_person import Reverify
from benyuan.usecases.settle import Settle
from benyuan.usecases.suspend_person import SuspendAll
from benyuan.usecases.suspend_wallet import Suspend
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.transfer import Transfer
from benyuan.usecases.update_person import Update
from benyuan.usecases.upgrade_wallet import Upgrade
from benyuan.usecases.withdraw import Withdraw
from tests.cases.reading import BadCase, day, fen, known, local, moment, moment_of, ppm

LICENCES = {"stored_value_1": 1, "stored_value_2": 2, "processing_1": 4, "processing_2": 8}
BOTH = ("stored_value_1", "processing_1")
HOME, SHOP, CUSTOMER = "home", "shop", "customer"
CHANNELS = {"I": 1, "II": 3, "III": 5}
NOBODY = 999_999

FIRST_DAY = dt.date(2024, 7, 9)
NINE = dt.time(9)

GIVEN_KEYS = {"founded", "institution", "institutions", "people", "bank_accounts", "wallets", "merchants", "earlier"}
GIVEN_KEYS |= {"calendar"}
STANDING_KEYS = {"from", "licences", "rating", "real_name", "factor"}
WALLET_KEYS = {"of", "class", "channels", "face_to_face", "balance", "agreed"}
STEP_KEYS = {"on", "at", "as", "attempt"}


class World:
    """A group in memory, and its ids by name."""

    def __init__(self, regime: Regime) -> None:
        self.group = Group(
            store=SqliteStore(MEMORY),
            vault=KeyVault(MemoryKeys()),
            regime=regime,
            use_cases=USE_CASES,
            release=__version__,
            clock=lambda: 0,
        )
        self.everybody = count(1)
        self.ids: dict[str, dict[str, int]] = {}
        self.accounts: dict[tuple[str, str], int] = {}
        self.faults: list[str] = []
        self._keys = 0
        self._standings: dict[str, dict[str, Any]] = {}

    def id(self, kind: str, name: str) -> int:
        """The id of a thing by its name; a thing that is `nobody's` has an id that nothing has."""
        if name == "nobody's":
            return NOBODY
        if name not in self.ids.get(kind, {}):
            raise BadCase(f"no {kind} is called {name!r}")
        return self.ids[kind][name]

    def name(self, kind: str, name: str, number: int) -> None:
        """Give a thing its name."""
        if name in self.ids.setdefault(kind, {}):
            raise BadCase(f"two of {kind} are called {name!r}")
        self.ids[kind][name] = number

    def ask(self, command: Command, *, at: int) -> Answer:
        """The group's answer to a command."""
        self._keys += 1
        (answer,) = self.group.execute([Request(client="case", key=str(self._keys), command=command, at=at)])
        return answer

    def do(self, command: Command, *, at: int) -> Answer:
        """A command that belongs to the setting, and so must be accepted."""
        answer = self.ask(command, at=at)
        if not answer.accepted:
            fault = answer.refusal or answer.invalid
            raise BadCase(f"the setting itself is not accepted: {fault.text() if fault else answer}")
        return answer

    # ------------------------------------------------------------------------------------------------- what is given

    def begin(self, given: Mapping[str, Any], *, at: int) -> None:
        """Make the world as it was before the first step."""
        known(dict(given), GIVEN_KEYS, where="given")
        first = min([at, *(moment_of(step, otherwise=at) for step in given.get("earlier", []))])
        began = given.get("founded") or max(dt.date(local(first).year, 1, 1), FIRST_DAY)
        start = moment(dt.datetime.combine(began, NINE))
        for name in (HOME, *given.get("institutions", [])):
            made = self.do(Register(name=name), at=start)
            self.name("institution", name, made.results["institution"])
            for own in ("reserve", "clearing_in", "clearing_out", "own_funds"):
                self.accounts[name, own] = made.results["first_account"] + Own[own]
            self.stand({}, at=start, institution=name)
        for name, where in given.get("people", {}).items():
            self.person(name, at=start, institution=where)
        for name, entry in given.get("wallets", {}).items():
            self.wallet(name, entry, at=start)
        for name, entry in given.get("bank_accounts", {}).items():
            known(entry, {"of", "mandate", "card"}, where=name)
            self.bind(name, entry["of"], at=start, mandate=entry["mandate"], card=entry.get("card", "debit"))
        for name, kind in given.get("merchants", {}).items():
            self.merchant(name, at=start, kind=kind)
        if "institution" in given:
            self.stand(given["institution"], at=start)

    def stand(self, entry: Mapping[str, Any], *, at: int, institution: str = HOME) -> Answer:
        """Record the institution's standing; what is not said stays as it was."""
        known(dict(entry), STANDING_KEYS, where="institution")
        held = self._standings.setdefault(institution, {"licences": list(BOTH)}) | dict(entry)
        self._standings[institution] = {name: value for name, value in held.items() if name != "from"}
        command = Standing(
            institution=self.id("institution", institution),
            from_date=day(held.get("from", local(at))),
            licences=sum(LICENCES[name] for name in held["licences"]),
            rating=held.get("rating", "none"),
            real_name_ppm=ppm(held.get("real_name", "0%")),
            daily_factor_ppm=ppm(held.get("factor", "1.0")),
        )
        return self.do(command, at=at)

    def person(self, name: str, *, at: int, institution: str = HOME) -> None:
        """Register a customer with a bank account, unless there is one of the name."""
        if name in self.ids.get("person", {}):
            return
        made = self.do(Person(institution=self.id("institution", institution), **someone(next(self.everybody))), at=at)
        self.name("person", name, made.results["person"])
        self.bind(f"bank of {name}", name, at=at, mandate=True)

    def bind(self, name: str, owner: str, *, at: int, mandate: bool, card: str = "debit") -> None:
        """Bind a bank account."""
        self.person(owner, at=at)
        made = self.do(Bind(person=self.id("person", owner), mandate=mandate, card=CardKind(card)), at=at)
        self.name("bank account", name, made.results["bank_account"])

    def wallet(self, name: str, entry: Mapping[str, Any], *, at: int) -> None:
        """Open a wallet and fill it."""
        known(dict(entry), WALLET_KEYS, where=name)
        owner = entry.get("of", CUSTOMER)
        self.person(owner, at=at)
        command = Open(
            person=self.id("person", owner),
            wallet_class=entry["class"],
            channels=entry.get("channels", CHANNELS[entry["class"]]),
            face_to_face=entry.get("face_to_face", False),
            agreed_daily_fen=fen(entry.get("agreed", "0.00")),
        )
        self._opened(name, owner, self.do(command, at=at))
        if balance := fen(entry.get("balance", "0.00")):
            bank = self.id("bank account", f"bank of {owner}")
            self.do(TopUp(wallet=self.id("wallet", name), bank_account=bank, amount_fen=balance), at=at)

    def _opened(self, name: str, owner: str, made: Answer) -> None:
        self.name("wallet", name, made.results["wallet"])
        self.name("owner", name, self.id("person", owner))
        self.accounts[name, "wallet"] = made.results["account"]

    def merchant(self, name: str, *, at: int, kind: Any = "firm") -> int:
        """Register a merchant, unless there is one of the name; its id."""
        if name in self.ids.get("merchant", {}) or name == "nobody's":
            return self.id("merchant", name)
        institution, _, kind = kind.rpartition(": ")
        kind, _, principal = kind.partition(" of ")
        if principal:
            self.person(principal, at=at)
        command = Merchant(
            institution=self.id("institution", institution or HOME),
            kind_of_merchant=kind,
            principal=self.id("person", principal) if principal else 0,
        )
        made = self.do(command, at=at)
        self.name("merchant", name, made.results["merchant"])
        self.name("bank account", f"bank of {name}", made.results["bank_account"])
        table = self.group.records.tables["merchant"]
        self.accounts[name, "merchant"] = int(table.column("account")[made.results["merchant"]])
        return self.id("merchant", name)

    # --------------------------------------------------------------------------------------------------------- steps

    def step(self, entry: Mapping[str, Any], *, at: int) -> Answer:
        """The answer to one command as a case writes it: a verb with what belongs to it."""
        entry = dict(entry)
        (verb,) = [name for name in entry if name in VERBS] or [""]
        if not verb:
            raise BadCase(f"no verb in {entry}")
        make, wanted = VERBS[verb]
        known({name: value for name, value in entry.items() if name not in STEP_KEYS | {verb}}, set(wanted), where=verb)
        if verb == "standing":
            return self.stand(entry["standing"], at=at)
        command = make(self, entry[verb], entry, at)
        before = (self.balances(), self.duties())
        answer = self.ask(command, at=at)
        if not answer.accepted and (self.balances(), self.duties()) != before:
            self.faults.append(f"{entry} was {answer.outcome.name}, and yet it left something behind: {self.duties()}")
        if "as" in entry and answer.accepted:
            self._name_result(verb, entry, answer)
        return answer

    def _name_result(self, verb: str, entry: Mapping[str, Any], answer: Answer) -> None:
        if verb == "open":
            self._opened(entry["as"], entry.get("for", CUSTOMER), answer)
        elif verb == "register":
            self.name("person", entry["as"], answer.results["person"])
        else:
            self.name("payment", entry["as"], answer.position)

    def earlier(self, steps: list[dict[str, Any]], *, at: int) -> None:
        """What happened before; each step must be accepted, unless it is an `attempt`."""
        for entry in steps:
            answer = self.step(entry, at=moment_of(entry, otherwise=at))
            if not answer.accepted and not entry.get("attempt"):
                fault = answer.refusal or answer.invalid
                raise BadCase(f"an earlier step is not accepted: {entry}: {fault.text() if fault else answer}")

    # ------------------------------------------------------------------------------------------------------- balances

    def balance(self, name: str, kind: str) -> int:
        """What stands on an account of money, in fen: its credits less its debits."""
        return -self.group.ledger.balance(self.accounts[name, kind]).posted

    def balances(self) -> dict[tuple[str, str], int]:
        """What stands on every account of money."""
        return {key: self.balance(*key) for key in self.accounts}

    def duties(self) -> list[dict[str, Any]]:
        """The duties that have arisen, with their subjects by name."""
        people = {number: name for name, number in self.ids.get("person", {}).items()}
        merchants = {number: name for name, number in self.ids.get("merchant", {}).items()}
        table = self.group.records.tables["duty"]
        names = (people, merchants)
        return [
            {
                "of": names[int(table.column("subject_kind")[place]) - 1][int(table.column("subject")[place])],
                "side": ("in", "out")[int(table.column("direction")[place]) - 1],
                "amount": int(table.column("amount_fen")[place]),
                "arose": int(table.column("arose_on")[place]),
                "due": int(table.column("due_on")[place]),
                "done": int(table.column("done_on")[place]),
            }
            for place in range(1, table.count + 1)
        ]


Entry = Mapping[str, Any]
Make = Callable[[World, Any, Entry, int], Command]


def _only_wallet(world: World, entry: Entry, key: str) -> str:
    if key in entry:
        return str(entry[key])
    (name,) = world.ids.get("wallet", {"": 0})
    return name


def _bank(world: World, entry: Entry, key: str, wallet: str) -> int:
    """The named bank account, or that of the wallet's owner."""
    if key in entry:
        return world.id("bank account", entry[key])
    people = {number: name for name, number in world.ids.get("person", {}).items()}
    return world.id("bank account", f"bank of {people[world.id('owner', wallet)]}")


def _pay(world: World, amount: str, entry: Entry, at: int) -> Command:
    return Pay(
        payer=world.id("wallet", _only_wallet(world, entry, "from")),
        merchant=world.merchant(entry.get("to", SHOP), at=world.group.last_at),
        amount_fen=fen(amount),
        channel=entry.get("channel", "online"),
        authentication=entry.get("by", "two_kinds_with_certificate"),
        bank_account=world.id("bank account", entry["card"]) if "card" in entry else 0,
        code_expires_at=moment(entry["code_expires"]) if "code_expires" in entry else 0,
    )


def _transfer(world: World, amount: str, entry: Entry, at: int) -> Command:
    return Transfer(
        payer=world.id("wallet", entry["from"]),
        payee=world.id("wallet", entry["to"]),
        amount_fen=fen(amount),
        authentication=entry.get("by", "two_kinds_with_certificate"),
    )


def _withdraw(world: World, amount: str, entry: Entry, at: int) -> Command:
    wallet = _only_wallet(world, entry, "from")
    bank = _bank(world, entry, "to", wallet)
    return Withdraw(
        wallet=world.id("wallet", wallet),
        bank_account=bank,
        amount_fen=fen(amount),
        authentication=entry.get("by", "two_kinds_with_certificate"),
    )


def _top_up(world: World, amount: str, entry: Entry, at: int) -> Command:
    wallet = _only_wallet(world, entry, "to")
    bank = _bank(world, entry, "from", wallet)
    return TopUp(wallet=world.id("wallet", wallet), bank_account=bank, amount_fen=fen(amount))


def _refund(world: World, amount: str, entry: Entry, at: int) -> Command:
    return Refund(payment=world.id("payment", entry["of"]), amount_fen=fen(amount))


def _clear(world: World, sides: Entry, entry: Entry, at: int) -> Command:
    known(dict(sides), {"received", "paid", "reference"}, where="clear")
    received, paid = fen(sides.get("received", "0.00")), fen(sides.get("paid", "0.00"))
    return Clearing(
        institution=world.id("institution", HOME),
        reference=sides.get("reference", "a settlement"),
        received_fen=received,
        paid_fen=paid,
    )


def _statement(world: World, direction: str, entry: Entry, at: int) -> Command:
    return StatementEntry(
        institution=world.id("institution", HOME),
        date=day(entry["dated"]),
        direction=ReserveDirection(direction),
        reference=entry.get("reference", "a settlement"),
        amount_fen=fen(entry["amount"]),
    )


def _credit(world: World, amount: str, entry: Entry, at: int) -> Command:
    wallet = world.id("wallet", _only_wallet(world, entry, "to"))
    return Credit(wallet=wallet, amount_fen=fen(amount), reason=entry["because"])


def _open(world: World, wallet_class: Any, entry: Entry, at: int) -> Command:
    world.person(entry.get("for", CUSTOMER), at=world.group.last_at or at)
    return Open(
        person=world.id("person", entry.get("for", CUSTOMER)),
        wallet_class=wallet_class,
        channels=entry.get("channels", CHANNELS[wallet_class]),
        face_to_face=entry.get("face_to_face", False),
        applied=entry.get("applied", True),
        balance_notice_confirmed=entry.get("notice_confirmed", True),
    )


def _close(world: World, date: Any, entry: Entry, at: int) -> Command:
    statement = fen(entry.get("statement", "0.00"))
    return Close(institution=world.id("institution", HOME), date=number_of_day(date), statement_fen=statement)


def _settle(world: World, name: str, entry: Entry, at: int) -> Command:
    return Settle(merchant=world.merchant(name, at=world.group.last_at))


def _fund(world: World, amount: str, entry: Entry, at: int) -> Command:
    return FundOwn(institution=world.id("institution", HOME), amount_fen=fen(amount))


def _file(world: World, number: int, entry: Entry, at: int) -> Command:
    return File(duty=number)


def _register_merchant(world: World, kind: Any, entry: Entry, at: int) -> Command:
    return Merchant(institution=world.id("institution", HOME), kind_of_merchant=kind)


def _suspend(world: World, name: str, entry: Entry, at: int) -> Command:
    stop, reference = entry["because"], "order 1"
    if stop in list(WalletStop):
        return Suspend(wallet=world.id("wallet", name), stop=stop, reference=reference)
    since = number_of_day(entry["since"]) if "since" in entry else local(at)
    return SuspendAll(person=world.id("person", name), stop=stop, since=number_of_day(since), reference=reference)


def _restore(world: World, name: str, entry: Entry, at: int) -> Command:
    stop, reference = entry["because"], "order 2"
    if stop in list(WalletStop):
        return Restore(wallet=world.id("wallet", name), stop=stop, reference=reference)
    return RestoreAll(person=world.id("person", name), stop=stop, reference=reference)


def _reverify(world: World, name: str, entry: Entry, at: int) -> Command:
    return Reverify(person=world.id("person", name), reference="call 1")


def _upgrade(world: World, name: str, entry: Entry, at: int) -> Command:
    return Upgrade(
        wallet=world.id("wallet", name),
        wallet_class=entry["to"],
        channels=entry.get("channels", CHANNELS[entry["to"]]),
        face_to_face=entry.get("face_to_face", False),
    )


def _close_wallet(world: World, name: str, entry: Entry, at: int) -> Command:
    return CloseAccount(wallet=world.id("wallet", name), bank_account=_bank(world, entry, "to", name))


def _register(world: World, identity: int, entry: Entry, at: int) -> Command:
    fields = someone(identity) | (
        {"valid_until": number_of_day(entry["valid_until"])} if "valid_until" in entry else {}
    )
    return Person(institution=world.id("institution", entry.get("at_institution", HOME)), **fields)


def _update(world: World, name: str, entry: Entry, at: int) -> Command:
    shown = _shown(entry["identity"], entry)
    return Update(institution=world.id("institution", HOME), person=world.id("person", name), **shown)


def _shown(identity: int, entry: Entry) -> dict[str, Any]:
    until = {"valid_until": number_of_day(entry["valid_until"])} if "valid_until" in entry else {}
    return someone(identity) | until


def number_of_day(date: Any) -> int:
    """A day as a number; one that does not exist can only be written as a number."""
    return date if isinstance(date, int) else day(date)


def _nothing(world: World, what: Any, entry: Entry, at: int) -> Command:
    raise BadCase(f"a standing is recorded, not asked: {what}")


VERBS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "pay": (_pay, ("from", "to", "channel", "by", "card", "code_expires")),
    "transfer": (_transfer, ("from", "to", "by")),
    "withdraw": (_withdraw, ("from", "to", "by")),
    "top_up": (_top_up, ("from", "to")),
    "refund": (_refund, ("of",)),
    "settle": (_settle, ()),
    "clear": (_clear, ()),
    "stated": (_statement, ("dated", "reference", "amount")),
    "credit": (_credit, ("to", "because")),
    "fund": (_fund, ()),
    "open": (_open, ("for", "channels", "face_to_face", "applied", "notice_confirmed")),
    "suspend": (_suspend, ("because", "since")),
    "restore": (_restore, ("because",)),
    "reverify": (_reverify, ()),
    "upgrade": (_upgrade, ("to", "channels", "face_to_face")),
    "close_wallet": (_close_wallet, ("to",)),
    "register": (_register, ("valid_until", "at_institution")),
    "update": (_update, ("identity", "valid_until")),
    "register_merchant": (_register_merchant, ()),
    "close": (_close, ("statement",)),
    "file": (_file, ()),
    "standing": (_nothing, ()),
}
"""For each verb: the command that it makes, and what it may say besides."""
