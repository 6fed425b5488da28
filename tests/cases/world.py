"""The world of one case: an institution with its people, wallets, cards and merchants, by the names that a case uses.

Where a case doesn't say otherwise: it begins at nine on 1 January of the year of its first step (in 2024: on 9 July,
when the licence classes begin); the institution holds stored_value_1 and processing_1 and has no rating; whoever is
named exists and has a bank account "bank of <name>" under both mandates; a balance was topped up when the world began;
`shop` is a firm.
"""

import datetime as dt
from collections.abc import Mapping
from itertools import count
from typing import Any

import numpy as np

from benyuan import __version__
from benyuan.consumer_protection.suitability.chart import SaleOwn
from benyuan.decisions.commands import Command, Request
from benyuan.decisions.outcomes import Answer
from benyuan.engine.group import Group
from benyuan.engine.regime import Regime
from benyuan.payments.chart import Own
from benyuan.payments.flows import OF_INCIDENT, OF_INSTITUTION, OF_MERCHANT, OF_PERSON
from benyuan.payments.monitoring.records import Pattern
from benyuan.payments.vocabulary import CardKind
from benyuan.simulate.identities import credit_code, someone
from benyuan.storage.vault import KeyVault, MemoryKeys
from benyuan.usecases import USE_CASES
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.record_standing import Standing
from benyuan.usecases.register_institution import Register
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.top_up import TopUp
from tests.cases.reading import BadCase, day, fen, known, local, moment, moment_of, ppm
from tests.storage.memory import MemoryStore

LICENCES = {"stored_value_1": 1, "stored_value_2": 2, "processing_1": 4, "processing_2": 8}
BOTH = ("stored_value_1", "processing_1")
HOME, SHOP, CUSTOMER = "home", "shop", "customer"
CHANNELS = {"I": 1, "II": 3, "III": 5}
NOBODY = 999_999

FIRST_DAY = dt.date(2024, 7, 9)
NINE = dt.time(9)

GIVEN_KEYS = {"founded", "institution", "institutions", "people", "bank_accounts", "wallets", "merchants", "earlier"}
GIVEN_KEYS |= {"calendar", "lender", "investing"}
STANDING_KEYS = {"from", "licences", "rating", "real_name", "factor"}
WALLET_KEYS = {"of", "class", "channels", "face_to_face", "balance", "agreed"}


class World:
    """A group in memory, and its ids by name."""

    def __init__(self, regime: Regime) -> None:
        self.now = 0
        self.group = Group(
            store=MemoryStore(),
            vault=KeyVault(MemoryKeys()),
            regime=regime,
            use_cases=USE_CASES,
            release=__version__,
            clock=lambda: self.now,
        )
        self.everybody = count(1)
        self.businesses: dict[tuple[str, str], int] = {}
        self.ids: dict[str, dict[str, int]] = {}
        self.accounts: dict[tuple[str, str], int] = {}
        self.documents: dict[str, str] = {}
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
        self.now = max(self.now, at)
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
            for own in ("reserve", "clearing_in", "clearing_out", "own_funds", "fees"):
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
        self.opened(name, owner, self.do(command, at=at))
        if balance := fen(entry.get("balance", "0.00")):
            bank = self.id("bank account", f"bank of {owner}")
            self.do(TopUp(wallet=self.id("wallet", name), bank_account=bank, amount_fen=balance), at=at)

    def opened(self, name: str, owner: str, made: Answer) -> None:
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
            **self.code(kind, name),
        )
        made = self.do(command, at=at)
        self.name("merchant", name, made.results["merchant"])
        self.name("bank account", f"bank of {name}", made.results["bank_account"])
        table = self.group.records.tables["merchant"]
        self.accounts[name, "merchant"] = int(table.column("account")[made.results["merchant"]])
        return self.id("merchant", name)

    def code(self, kind: Any, name: str) -> dict[str, Any]:
        """The code of a business; `shop 2 of mall` and `shop 3 of mall` show the same one."""
        if kind not in ("firm", "individual_business"):
            return {}
        number = self.businesses.setdefault((kind, name.rpartition(" of ")[2]), len(self.businesses) + 1)
        return {"code": credit_code(number, individual=kind == "individual_business")}

    # ------------------------------------------------------------------------------------------------------- balances

    def balance(self, name: str, kind: str) -> int:
        """What stands on an account of money, in fen: its credits less its debits."""
        return -self.group.ledger.balance(self.accounts[name, kind]).posted

    def balances(self) -> dict[tuple[str, str], int]:
        """What stands on every account of money."""
        provisions = self.group.records.tables["risk_provision"]
        for name, number in self.ids.get("institution", {}).items():
            found = self.group.records.look_up(provisions.table, np.array([number]), on=0)
            if found["found"][0]:
                self.accounts[name, "provision"] = int(found["account"][0])
        sales = self.group.records.tables["investment_holding"]
        for place in range(1, sales.count + 1):
            first = int(sales.column("first_account")[place])
            self.accounts[str(sales.ids()[place]), "sale"] = first + SaleOwn.waiting
        return {key: self.balance(*key) for key in self.accounts}

    def on_hold(self, merchant: str) -> int:
        """What is on hold of a merchant's, in fen."""
        return self.group.ledger.balance(self.accounts[merchant, "merchant"]).debits_pending

    def cases(self) -> list[dict[str, Any]]:
        """The suspicious cases in order of opening, with their subjects by name."""
        people = {number: name for name, number in self.ids.get("person", {}).items()}
        merchants = {number: name for name, number in self.ids.get("merchant", {}).items()}
        table = self.group.records.tables["suspicious_case"]
        rows = [
            {name: int(table.column(name)[place]) for name in table.table.columns}
            for place in range(1, table.count + 1)
        ]
        return [
            {
                "pattern": Pattern(row["pattern"]).name,
                "of": (people, merchants)[row["subject_kind"] - 1][row["subject"]],
                "chain": people.get(row["chain"], ""),
                "movements": row["movements"],
                "amount": row["amount_fen"],
                "verdict": ("", "excluded", "confirmed")[row["verdict"]],
            }
            for row in rows
        ]

    def duties(self) -> list[dict[str, Any]]:
        """The duties that have arisen, with their subjects by name."""
        people = {number: name for name, number in self.ids.get("person", {}).items()}
        merchants = {number: name for name, number in self.ids.get("merchant", {}).items()}
        incidents = {number: name for name, number in self.ids.get("incident", {}).items()}
        table = self.group.records.tables["duty"]
        institutions = {number: name for name, number in self.ids.get("institution", {}).items()}
        names = {OF_PERSON: people, OF_MERCHANT: merchants, OF_INSTITUTION: institutions, OF_INCIDENT: incidents}
        return [
            {
                "of": names[int(table.column("subject_kind")[place])].get(int(table.column("subject")[place]), "it"),
                "side": ("none", "in", "out")[int(table.column("direction")[place])],
                "amount": int(table.column("amount_fen")[place]),
                "arose": int(table.column("arose_on")[place]),
                "due": int(table.column("due_on")[place]),
                "done": int(table.column("done_on")[place]),
            }
            for place in range(1, table.count + 1)
        ]
