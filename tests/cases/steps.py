"""The steps of a case: what each verb asks of the group."""

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Any

from benyuan.decisions.commands import Command
from benyuan.decisions.outcomes import Answer
from benyuan.payments.clearing.records import ClearingReason
from benyuan.payments.vocabulary import MerchantStop, ReserveDirection, WalletStop
from benyuan.simulate.identities import someone
from benyuan.usecases.agree_fee_plan import Agree
from benyuan.usecases.agree_transfer_limits import AgreeTransfers
from benyuan.usecases.allow_static_code import AllowCode
from benyuan.usecases.clear import Clearing
from benyuan.usecases.close_day import Close
from benyuan.usecases.close_wallet import CloseAccount
from benyuan.usecases.credit_wallet import Credit
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.exit_merchant import Leave
from benyuan.usecases.file_duty import File
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.make_fee_plan import MakePlan
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.pay import Pay
from benyuan.usecases.publish_fees import Publish
from benyuan.usecases.record_clearing_line import ClearingLine
from benyuan.usecases.record_statement_entry import StatementEntry
from benyuan.usecases.refund import Refund
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.require_merchant_code import RequireCode
from benyuan.usecases.resolve_clearing_item import ResolveItem
from benyuan.usecases.restore_merchant import RestoreShop
from benyuan.usecases.restore_person import RestoreAll
from benyuan.usecases.restore_wallet import Restore
from benyuan.usecases.reverify_merchant import ReverifyShop
from benyuan.usecases.reverify_person import Reverify
from benyuan.usecases.settle import Settle
from benyuan.usecases.suspend_merchant import SuspendShop
from benyuan.usecases.suspend_person import SuspendAll
from benyuan.usecases.suspend_wallet import Suspend
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.transfer import Transfer
from benyuan.usecases.update_person import Update
from benyuan.usecases.upgrade_wallet import Upgrade
from benyuan.usecases.withdraw import Withdraw
from benyuan.usecases.withdraw_own_money import TakeOut
from tests.cases.agreement_steps import consent_step, consult_step, version_step
from tests.cases.bureau_steps import OTHER_VERBS, begin_other, name_other_result
from tests.cases.duty_steps import (
    INCIDENT_FIGURES,
    bind_step,
    capital_step,
    deduct_step,
    draw_step,
    foretell_step,
    freeze_step,
    grown_step,
    incident_step,
    judge_step,
    lift_step,
    monitor_step,
    net_worth_step,
    number_of_day,
    report_incident_step,
    resolved_step,
    secure_step,
    suspect_step,
)
from tests.cases.investment_steps import FIRST_DAY as FIRST_DAY_OF_SUITABILITY
from tests.cases.investment_steps import INVESTMENT_VERBS, begin_investing
from tests.cases.merchant_steps import VERBS as MERCHANT_VERBS
from tests.cases.reading import BadCase, day, fen, known, local, moment, moment_of, ppm
from tests.cases.spreading import spread
from tests.cases.world import CHANNELS, CUSTOMER, HOME, SHOP, World

STEP_KEYS = {"on", "at", "as", "attempt"}
A_MINUTE = 60_000_000
TRANSFER_TERMS = ("transfers_agreed", "daily", "times")

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
        payer_code=0 if entry.get("channel") == "dynamic_code" else entry.get("code", 0),
        merchant_code=entry.get("code", 0) if entry.get("channel") == "dynamic_code" else entry.get("shown", 0),
    )


def _issue(world: World, number: int, entry: Entry, at: int) -> Command:
    wallet = world.id("wallet", _only_wallet(world, entry, "to"))
    return IssueCode(wallet=wallet, payer_code=number, expires_at=moment(entry["expires"]))


def _transfer(world: World, amount: str, entry: Entry, at: int) -> Command:
    return Transfer(
        payer=world.id("wallet", entry["from"]),
        payee=world.id("wallet", entry["to"]),
        amount_fen=fen(amount),
        authentication=entry.get("by", "two_kinds_with_certificate"),
        channel=entry.get("channel", "none"),
        remote=entry.get("remote", False),
    )


def _withdraw(world: World, amount: str, entry: Entry, at: int) -> Command:
    wallet = _only_wallet(world, entry, "from")
    bank = _bank(world, entry, "to", wallet)
    return Withdraw(
        wallet=world.id("wallet", wallet),
        bank_account=bank,
        amount_fen=fen(amount),
        authentication=entry.get("by", "two_kinds_with_certificate"),
        fee_fen=fen(entry.get("fee", "0.00")),
    )


def _top_up(world: World, amount: str, entry: Entry, at: int) -> Command:
    wallet = _only_wallet(world, entry, "to")
    bank = _bank(world, entry, "from", wallet)
    return TopUp(wallet=world.id("wallet", wallet), bank_account=bank, amount_fen=fen(amount))


def _refund(world: World, amount: str, entry: Entry, at: int) -> Command:
    return Refund(payment=world.id("payment", entry["of"]), amount_fen=fen(amount))


def _dispute(world: World, amount: str, entry: Entry, at: int) -> Command:
    reason = entry.get("because", "not_received")
    return OpenDispute(payment=world.id("payment", entry["of"]), amount_fen=fen(amount), reason=reason)


def _decide(world: World, dispute: int, entry: Entry, at: int) -> Command:
    return DecideDispute(dispute=dispute, outcome=entry["for"], reference="decision 1")


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


def _line(world: World, direction: str, entry: Entry, at: int) -> Command:
    order = entry.get("of", 0)
    return ClearingLine(
        institution=world.id("institution", HOME),
        date=number_of_day(entry["dated"]),
        direction=ReserveDirection(direction),
        order=world.id("payment", order) if isinstance(order, str) else order,
        reference=entry.get("reference", "" if order else "house 1"),
        amount_fen=fen(entry["amount"]),
    )


def _resolve(world: World, item: int, entry: Entry, at: int) -> Command:
    return ResolveItem(
        item=item,
        counterpart=entry.get("with", 0),
        reason=ClearingReason(entry["because"]),
        operator="clerk 1",
        explanation="a talk with the house",
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
        transfers_agreed=entry.get("transfers_agreed", True),
        transfer_daily_fen=fen(entry.get("daily", "0.00")),
        transfer_daily_count=entry.get("times", 0),
    )


def _close(world: World, date: Any, entry: Entry, at: int) -> Command:
    statement = fen(entry.get("statement", "0.00"))
    return Close(institution=world.id("institution", HOME), date=number_of_day(date), statement_fen=statement)


def _settle(world: World, name: str, entry: Entry, at: int) -> Command:
    return Settle(
        merchant=world.merchant(name, at=world.group.last_at),
        same_day=entry.get("same_day", False),
        through=number_of_day(entry.get("through", 0)),
    )


def _fund(world: World, amount: str, entry: Entry, at: int) -> Command:
    return FundOwn(institution=world.id("institution", HOME), amount_fen=fen(amount))


def _file(world: World, number: int, entry: Entry, at: int) -> Command:
    return File(duty=number)


def _register_merchant(world: World, kind: Any, entry: Entry, at: int) -> Command:
    return Merchant(institution=world.id("institution", HOME), kind_of_merchant=kind, **world.code(kind, "new"))


def _suspend(world: World, name: str, entry: Entry, at: int) -> Command:
    stop, reference = entry["because"], "order 1"
    if stop in list(WalletStop):
        return Suspend(wallet=world.id("wallet", name), stop=stop, reference=reference)
    if stop in list(MerchantStop):
        listed = number_of_day(entry.get("since", 0))
        merchant = world.merchant(name, at=world.group.last_at)
        return SuspendShop(merchant=merchant, stop=stop, since=listed, reference=reference)
    since = number_of_day(entry["since"]) if "since" in entry else local(at)
    return SuspendAll(person=world.id("person", name), stop=stop, since=number_of_day(since), reference=reference)


def _restore(world: World, name: str, entry: Entry, at: int) -> Command:
    stop, reference = entry["because"], "order 2"
    if stop in list(WalletStop):
        return Restore(wallet=world.id("wallet", name), stop=stop, reference=reference)
    if stop in list(MerchantStop):
        return RestoreShop(merchant=world.id("merchant", name), stop=stop, reference=reference)
    return RestoreAll(person=world.id("person", name), stop=stop, reference=reference)


def _reverify(world: World, name: str, entry: Entry, at: int) -> Command:
    return Reverify(person=world.id("person", name), reference="call 1")


def _reverify_merchant(world: World, name: str, entry: Entry, at: int) -> Command:
    return ReverifyShop(merchant=world.id("merchant", name), reference="visit 1")


def _leave(world: World, name: str, entry: Entry, at: int) -> Command:
    return Leave(merchant=world.id("merchant", name), reference="notice 1")


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


def _plan(world: World, name: str, entry: Entry, at: int) -> Command:
    return MakePlan(institution=world.id("institution", HOME))


def _publish(world: World, plan: str, entry: Entry, at: int) -> Command:
    rate = ppm(entry["rate"])
    return Publish(
        plan=world.id("plan", plan),
        from_date=number_of_day(entry["from"]),
        rate_ppm=rate,
        standard_ppm=ppm(entry["standard"]) if "standard" in entry else rate,
        returned=entry.get("returned", False),
    )


def _agree(world: World, plan: str, entry: Entry, at: int) -> Command:
    merchant = world.merchant(entry.get("by", SHOP), at=world.group.last_at)
    return Agree(merchant=merchant, plan=world.id("plan", plan), agreed=entry.get("shown", True))


def _agree_transfers(world: World, name: str, entry: Entry, at: int) -> Command:
    person = world.id("person", name)
    return AgreeTransfers(person=person, transfer_daily_fen=fen(entry["daily"]), transfer_daily_count=entry["times"])


def _allow_code(world: World, wallet: str, entry: Entry, at: int) -> Command:
    until, limit = number_of_day(entry["until"]), fen(entry["limit"])
    number = world.id("wallet", wallet)
    return AllowCode(wallet=number, valid_until=until, uses=entry["uses"], limit_fen=limit, reference="decision 1")


def _require_code(world: World, name: str, entry: Entry, at: int) -> Command:
    return RequireCode(person=world.id("person", name), reference="case 1", required=entry.get("required", True))


def _take_out(world: World, amount: str, entry: Entry, at: int) -> Command:
    return TakeOut(
        institution=world.id("institution", HOME),
        amount_fen=fen(amount),
        source=entry["of"],
        proof="proof 1",
        reviewed=entry["reviewed"],
    )


def _nothing(world: World, what: Any, entry: Entry, at: int) -> Command:
    raise BadCase(f"a standing is recorded, not asked: {what}")


VERBS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "pay": (_pay, ("from", "to", "channel", "by", "card", "code", "shown")),
    "issue": (_issue, ("to", "expires")),
    "transfer": (_transfer, ("from", "to", "by", "channel", "remote")),
    "withdraw": (_withdraw, ("from", "to", "by", "fee")),
    "top_up": (_top_up, ("from", "to")),
    "refund": (_refund, ("of",)),
    "dispute": (_dispute, ("of", "because")),
    "decide": (_decide, ("for",)),
    "settle": (_settle, ("same_day", "through")),
    "clear": (_clear, ()),
    "stated": (_statement, ("dated", "reference", "amount")),
    "line": (_line, ("dated", "of", "reference", "amount")),
    "resolve": (_resolve, ("with", "because")),
    "credit": (_credit, ("to", "because")),
    "fund": (_fund, ()),
    "open": (_open, ("for", "channels", "face_to_face", "applied", "notice_confirmed", *TRANSFER_TERMS)),
    "suspend": (_suspend, ("because", "since")),
    "restore": (_restore, ("because",)),
    "reverify": (_reverify, ()),
    "reverify_merchant": (_reverify_merchant, ()),
    "leave": (_leave, ()),
    "upgrade": (_upgrade, ("to", "channels", "face_to_face")),
    "close_wallet": (_close_wallet, ("to",)),
    "register": (_register, ("valid_until", "at_institution")),
    "update": (_update, ("identity", "valid_until")),
    "register_merchant": (_register_merchant, ()),
    "close": (_close, ("statement",)),
    "file": (_file, ()),
    "bind": (bind_step, ("of", "card")),
    "freeze": (freeze_step, ("of",)),
    "lift": (lift_step, ("amount",)),
    "secure": (secure_step, ()),
    "deduct": (deduct_step, ("of",)),
    "draw": (draw_step, ("purpose", "operator")),
    "plan": (_plan, ()),
    "publish": (_publish, ("from", "rate", "standard", "returned")),
    "agree": (_agree, ("by", "shown")),
    "agreement": (version_step, ("from", "text", "consulted")),
    "consult": (consult_step, ()),
    "consent": (consent_step, ("person", "merchant")),
    "agree_transfers": (_agree_transfers, ("daily", "times")),
    "allow_code": (_allow_code, ("until", "uses", "limit")),
    "require_code": (_require_code, ("required",)),
    "take_out": (_take_out, ("of", "reviewed")),
    "monitor": (monitor_step, ()),
    "suspect": (suspect_step, ("of", "amount", "kind")),
    "judge": (judge_step, ("verdict", "analysis")),
    "incident": (incident_step, ("occurred", *INCIDENT_FIGURES, "involved", "net_worth")),
    "grown": (grown_step, (*INCIDENT_FIGURES, "involved", "net_worth")),
    "resolved": (resolved_step, ("dated",)),
    "report_incident": (report_incident_step, ()),
    "foretell": (foretell_step, ("takes_effect", "amount", "net_worth")),
    "audited": (net_worth_step, ("year_end", "from")),
    "capital": (capital_step, ("stored_value_2", "processing_1", "limited", "from")),
    "standing": (_nothing, ()),
    **MERCHANT_VERBS,
    **INVESTMENT_VERBS,
    **OTHER_VERBS,
}
"""For each verb: the command that it makes, and what it may say besides."""


class Play(World):
    """A world in which things happen.

    `ahead`: how long before the case's own time, in microseconds, is what happened earlier at no time that is named.
    """

    ahead = 0

    def begin(self, given: Mapping[str, Any], *, at: int) -> None:
        """Make the world as it was before the first step; a lender's or bureau's world has no payment institution."""
        if {"lender", "bureau"} & set(given):
            begin_other(self, given, at=at)
        elif "investing" in given:
            world = {"founded": FIRST_DAY_OF_SUITABILITY, **given}
            super().begin(world, at=at)
            begin_investing(self, given["investing"], at=self.group.last_at)
            self.ahead = A_MINUTE
        else:
            super().begin(given, at=at)

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
            self.opened(entry["as"], entry.get("for", CUSTOMER), answer)
        elif verb in ("plan", "incident", "agreement"):
            self.name(verb, entry["as"], answer.results[verb])
        elif verb in OTHER_VERBS:
            name_other_result(self, verb, entry, answer)
        elif verb == "list_product":
            self.name("investment", entry["as"], answer.results["product"])
        elif verb == "register":
            self.name("person", entry["as"], answer.results["person"])
        else:
            self.name("payment", entry["as"], answer.position)

    def earlier(self, steps: list[dict[str, Any]], *, at: int) -> None:
        """What happened before; each step must be accepted, unless it is an `attempt`."""
        for entry in chain.from_iterable(map(spread, steps)):
            answer = self.step(entry, at=moment_of(entry, otherwise=at - self.ahead))
            if not answer.accepted and not entry.get("attempt"):
                fault = answer.refusal or answer.invalid
                raise BadCase(f"an earlier step is not accepted: {entry}: {fault.text() if fault else answer}")
