"""Commands made up for histories, each drawn so that it meets others: limits, shared wallets, refunds, bad input."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import msgspec

from benyuan.decisions.commands import Command
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.name_list import NameList
from benyuan.payments.clearing.records import ClearingReason
from benyuan.payments.monitoring.records import Verdict
from benyuan.payments.name_lists import MatchKind
from benyuan.payments.retention.sorts import Sort
from benyuan.payments.vocabulary import (
    Authentication,
    CardKind,
    Channel,
    CreditReason,
    DisputeOutcome,
    DisputeReason,
    IncidentKind,
    Matter,
    MerchantKind,
    MerchantStop,
    OwnMoney,
    PersonStop,
    Rating,
    ReserveDirection,
    TransferChannel,
    WalletClass,
    WalletStop,
)
from benyuan.simulate.compliance import STANDARDS
from benyuan.simulate.identities import credit_code, someone
from benyuan.usecases.accept_agreement import Accept
from benyuan.usecases.agree_fee_plan import Agree
from benyuan.usecases.agree_transfer_limits import AgreeTransfers
from benyuan.usecases.allow_static_code import AllowCode
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.clear import Clearing
from benyuan.usecases.close_day import Close
from benyuan.usecases.close_investigation import EndInvestigation
from benyuan.usecases.close_wallet import CloseAccount
from benyuan.usecases.consult_users import Consulted
from benyuan.usecases.credit_wallet import Credit
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.deduct_frozen import DeductFrozen
from benyuan.usecases.disclose_person import Disclose
from benyuan.usecases.draw_report import Draw
from benyuan.usecases.erase_records import Erase
from benyuan.usecases.exit_merchant import Leave
from benyuan.usecases.file_duty import File
from benyuan.usecases.freeze_amount import FreezeAmount
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.judge_case import Judge
from benyuan.usecases.lift_freeze import LiftFreeze
from benyuan.usecases.list_name import ListName
from benyuan.usecases.make_fee_plan import MakePlan
from benyuan.usecases.open_case import Suspect
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.open_investigation import Investigate
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.pay import Pay
from benyuan.usecases.publish_agreement import PublishVersion
from benyuan.usecases.publish_fees import Publish
from benyuan.usecases.record_capital import Capital
from benyuan.usecases.record_clearing_line import ClearingLine
from benyuan.usecases.record_incident import Incident
from benyuan.usecases.record_match import Match
from benyuan.usecases.record_net_worth import NetWorth
from benyuan.usecases.record_standing import Standing
from benyuan.usecases.record_statement_entry import StatementEntry
from benyuan.usecases.refund import Refund
from benyuan.usecases.register_institution import Register
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.report_incident import Report
from benyuan.usecases.report_plan import Plan
from benyuan.usecases.require_merchant_code import RequireCode
from benyuan.usecases.resolve_clearing_item import ResolveItem
from benyuan.usecases.resolve_incident import Resolved
from benyuan.usecases.restore_merchant import RestoreShop
from benyuan.usecases.restore_person import RestoreAll
from benyuan.usecases.restore_wallet import Restore
from benyuan.usecases.reverify_merchant import ReverifyShop
from benyuan.usecases.reverify_person import Reverify
from benyuan.usecases.secure_freeze import SecureFreeze
from benyuan.usecases.set_monitoring import SetStandards
from benyuan.usecases.settle import Settle
from benyuan.usecases.suspend_merchant import SuspendShop
from benyuan.usecases.suspend_person import SuspendAll
from benyuan.usecases.suspend_wallet import Suspend
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.transfer import Transfer
from benyuan.usecases.unlist_name import Unlist
from benyuan.usecases.update_incident import IncidentGrown
from benyuan.usecases.update_person import Update
from benyuan.usecases.upgrade_wallet import Upgrade
from benyuan.usecases.withdraw import Withdraw
from benyuan.usecases.withdraw_own_money import TakeOut
from benyuan.values.dates import local_day
from tests.unit.engine.groups import MORNING
from tests.unit.ledger.books import SECOND, china

REFERENCES = ("A", "B")
REGISTERED = (MerchantKind.firm, MerchantKind.individual_business)
PEOPLE = 4
CODES = range(1, 13)
SETUP = 7 + 4 * PEOPLE
EVENINGS = ("2026-05-01T23:59:58", "2026-07-31T23:59:58", "2024-07-08T23:59:58")
STARTS = (MORNING, MORNING, MORNING, *map(china, EVENINGS))


@dataclass(frozen=True)
class Now:
    """What a made-up command may refer to: the time, and the log positions of payments."""

    at: int
    payments: Sequence[int]


class Hand(Random):
    """Makes commands up, nine in ten of sound parts."""

    def odd(self, value: Any, *others: Any) -> Any:
        """Mostly the value, now and then one of the others."""
        return self.choice(others) if self.randrange(24) == 0 else value

    def wallet(self) -> int:
        return int(self.odd(self.choice((1, 1, 1, 2, 2, 3, PEOPLE)), 0, PEOPLE + 1, PEOPLE + 2, 99))

    def merchant(self) -> int:
        return int(self.odd(self.choice((1, 1, 2, 3, 3)), 0, 4, 5, 99))

    def person(self) -> int:
        return int(self.odd(self.randint(1, PEOPLE), 0, PEOPLE + 1, 99))

    def card(self, wallet: int) -> int:
        return int(self.odd(wallet + 2, 0, 1, 3, 99))

    def institution(self) -> int:
        return int(self.odd(1, 2, 2, 3))

    def fen(self) -> Any:
        usual = self.choice((1, 100, 100, 3_000, 20_000, 50_000, 60_000, 60_000_000))
        return self.odd(usual, 0, -3, AMOUNT_MAX >> 20, "1", None)

    def anybody(self) -> int:
        """Someone new, mostly; now and then a customer already."""
        return int(self.odd(self.randrange(PEOPLE + 1, 10**6), 1, 2))

    def memo(self) -> str:
        return self.choice(("", "", "", "lunch", "午饭"))


def make_pay(hand: Hand, now: Now) -> Command:
    del now
    wallet, channel = hand.wallet(), hand.choice((*Channel, Channel.payer_code))
    return Pay(
        payer=wallet,
        merchant=hand.merchant(),
        amount_fen=hand.fen(),
        channel=channel,
        authentication=hand.choice(list(Authentication)),
        bank_account=hand.choice((0, hand.card(wallet))),
        payer_code=hand.odd(hand.choice(CODES) if channel is Channel.payer_code else 0, 0, 1, 999),
        memo=hand.memo(),
    )


def make_code(hand: Hand, now: Now) -> Command:
    """Few numbers, and short lives: codes meet, are shown again, and expire."""
    life = hand.choice((1, SECOND, 60 * SECOND, 60 * SECOND, 0))
    return IssueCode(wallet=hand.wallet(), payer_code=hand.odd(hand.choice(CODES), 0), expires_at=now.at + life)


def make_card_move(hand: Hand, now: Now) -> Command:
    del now
    wallet = hand.wallet()
    kind = hand.choice((TopUp, TopUp, Withdraw))
    return kind(wallet=wallet, bank_account=hand.card(wallet), amount_fen=hand.fen())


def make_refund(hand: Hand, now: Now) -> Command:
    payment = hand.odd(hand.choice(now.payments[-6:]) if now.payments else 1, 1, SETUP, 999)
    return Refund(payment=payment, amount_fen=hand.fen(), memo=hand.memo())


def make_dispute(hand: Hand, now: Now) -> Command:
    if hand.randrange(3) == 0:
        outcome = hand.choice(list(DisputeOutcome))
        return DecideDispute(dispute=hand.choice((1, 1, 2, 3)), outcome=outcome, reference=hand.odd("ruling", ""))
    payment = hand.odd(hand.choice(now.payments[-6:]) if now.payments else 1, 1, SETUP, 999)
    return OpenDispute(payment=payment, amount_fen=hand.fen(), reason=hand.choice(list(DisputeReason)))


def make_transfer(hand: Hand, now: Now) -> Command:
    del now
    return Transfer(
        payer=hand.wallet(),
        payee=hand.wallet(),
        amount_fen=hand.fen(),
        authentication=hand.choice(list(Authentication)),
        channel=hand.choice((TransferChannel.none, *TransferChannel)),
        remote=hand.choice((False, False, True)),
        memo=hand.memo(),
    )


def make_personal_code(hand: Hand, now: Now) -> Command:
    if hand.randrange(3) == 0:
        return RequireCode(person=hand.person(), reference="case", required=hand.choice((True, False)))
    until, uses = local_day(now.at) + hand.choice((0, 0, 100)), hand.choice((0, 1, 2, 5))
    return AllowCode(wallet=hand.wallet(), valid_until=until, uses=uses, limit_fen=hand.fen(), reference="list")


def make_open(hand: Hand, now: Now) -> Command:
    del now
    return Open(
        person=hand.person(),
        wallet_class=hand.choice(list(WalletClass)),
        channels=hand.choice((5, 5, 3, 0)),
        face_to_face=hand.choice((True, False)),
        agreed_daily_fen=hand.choice((0, 40_000)),
    )


def make_standing(hand: Hand, now: Now) -> Command:
    return Standing(
        institution=hand.institution(),
        from_date=local_day(now.at) + hand.choice((0, 0, 1)),
        licences=hand.choice((15, 15, 15, 15, 0, 1)),
        rating=hand.choice(list(Rating)),
        real_name_ppm=960_000,
        daily_factor_ppm=hand.choice((1_000_000, 2_000_000)),
    )


def make_floor(hand: Hand, now: Now) -> Command:
    day = local_day(now.at) - hand.choice((0, 10_000))
    if hand.randrange(2):
        ended = hand.odd(20251231, 20241231, 20260430)
        worth = hand.choice((-5, 0, 10**12))
        return NetWorth(institution=hand.institution(), year_end=ended, net_worth_fen=worth, from_date=day)
    areas = hand.choice((0, 1, 21))
    return Capital(
        institution=hand.institution(),
        paid_in_fen=10**10,
        processing_1_provinces=areas,
        stored_value_2_provinces=hand.odd(1, 0),
        from_date=day,
    )


def make_credit(hand: Hand, now: Now) -> Command:
    del now
    return Credit(wallet=hand.wallet(), amount_fen=hand.fen(), reason=hand.choice(list(CreditReason)), memo=hand.memo())


def make_close(hand: Hand, now: Now) -> Command:
    date = local_day(now.at) - hand.choice((0, 0, 1))
    return Close(institution=hand.institution(), date=date, statement_fen=hand.choice((0, 100, 30_000)))


def make_clear(hand: Hand, now: Now) -> Command:
    del now
    received, paid = hand.choice((0, 100, 30_000)), hand.choice((0, 100))
    reference = hand.choice(REFERENCES)
    return Clearing(institution=hand.institution(), reference=reference, received_fen=received, paid_fen=paid)


def make_statement_entry(hand: Hand, now: Now) -> Command:
    return StatementEntry(
        institution=hand.institution(),
        date=local_day(now.at) - hand.choice((0, 0, 1)),
        direction=hand.choice(list(ReserveDirection)),
        reference=hand.choice(REFERENCES),
        amount_fen=hand.choice((100, 30_000)),
    )


def make_clearing(hand: Hand, now: Now) -> Command:
    if hand.randrange(4) == 0:
        reason = hand.choice(list(ClearingReason))
        return ResolveItem(
            item=hand.choice((1, 1, 2, 9)),
            counterpart=hand.choice((0, 0, 1, 2)),
            reason=reason,
            operator="li",
            explanation="x",
        )
    return ClearingLine(
        institution=hand.institution(),
        date=local_day(now.at) - hand.choice((0, 0, 1)),
        direction=hand.choice(list(ReserveDirection)),
        amount_fen=hand.choice((100, 3_000, 10_000, 20_000, 50_000)),
        order=hand.choice((0, hand.randint(1, SETUP), *now.payments[-4:])),
        reference=hand.choice(("", *REFERENCES)),
    )


def make_bind(hand: Hand, now: Now) -> Command:
    del now
    return Bind(person=hand.person(), mandate=hand.choice((True, True, False)), card=hand.choice(list(CardKind)))


def make_merchant(hand: Hand, now: Now) -> Command:
    del now
    kind = hand.choice((MerchantKind.firm, MerchantKind.micro, MerchantKind.micro))
    principal = hand.person() if kind is MerchantKind.micro else 0
    firm = kind is MerchantKind.firm
    return Merchant(
        institution=hand.institution(),
        kind_of_merchant=kind,
        principal=hand.odd(principal, 1),
        code=hand.odd(credit_code(hand.randrange(3)) if firm else "", credit_code(1), "x"),
        name=hand.memo(),
        fee_plan=hand.choice((0, 0, 1, 2)),
    )


def business(kind: MerchantKind, n: int) -> Merchant:
    """A merchant by its code."""
    code = credit_code(n, individual=kind is MerchantKind.individual_business)
    return Merchant(institution=1, kind_of_merchant=kind, code=code)


def make_fees(hand: Hand, now: Now) -> Command:
    match hand.randrange(4):
        case 0:
            return MakePlan(institution=hand.institution())
        case 1:
            day = local_day(now.at) + hand.choice((0, 0, 100))
            return Publish(plan=hand.choice((1, 1, 2)), from_date=day, rate_ppm=hand.odd(6_000, 0), standard_ppm=6_000)
        case 2:
            return Agree(merchant=hand.merchant(), plan=hand.choice((1, 1, 2)), agreed=hand.odd(True, False))
    source = hand.choice(list(OwnMoney))
    return TakeOut(institution=hand.institution(), amount_fen=hand.fen(), source=source, proof="p", reviewed=True)


def make_agreement(hand: Hand, now: Now) -> Command:
    if hand.randrange(3) == 0:
        count = hand.odd(hand.choice((1, 2, 1_000)), 0)
        return AgreeTransfers(person=hand.person(), transfer_daily_fen=hand.fen(), transfer_daily_count=count)
    if hand.randrange(2):
        begins = local_day(now.at) + hand.choice((0, 0, 100))
        if hand.randrange(3) == 0:
            on = local_day(now.at)
            poll = {"began_on": hand.odd(on, 0), "ended_on": on, "answers": 3, "reference": "poll"}
            return msgspec.convert({"institution": hand.institution(), "digest": "0" * 64, **poll}, Consulted)
        asked = hand.choice((0, 1, 2, 3))
        return PublishVersion(institution=hand.institution(), from_date=begins, digest="0" * 64, consultation=asked)
    user = hand.choice(("person", "person", "merchant"))
    number = hand.person() if user == "person" else hand.merchant()
    return Accept(agreement=hand.choice((1, 1, 2, 3)), reference="click", **{user: number})


EVERYTHING = {name: 2 if name.endswith(("count", "people")) else 1 for name in STANDARDS} | {"night_to": 24}
"""Standards by which nearly every movement is suspicious."""


def make_case(hand: Hand, now: Now) -> Command:
    match hand.randrange(3):
        case 0:
            return SetStandards(institution=hand.institution(), from_date=local_day(now.at), **EVERYTHING)
        case 1:
            grounds = hand.odd("too much", "")
            on = hand.odd(local_day(now.at), 20260431, 20990101)
            return Suspect(
                institution=1, person=hand.person(), merchant=hand.odd(0, 1), happened_on=on, grounds=grounds
            )
    return Judge(case=hand.choice((1, 1, 2, 3)), verdict=hand.choice(list(Verdict)), analyst="li", analysis="seen")


def make_stop(hand: Hand, now: Now) -> Command:
    if hand.randrange(3):
        kind = hand.choice((Suspend, Restore))
        return kind(wallet=hand.wallet(), stop=hand.choice(list(WalletStop)), reference="order")
    stop = hand.choice(list(PersonStop))
    if hand.randrange(2):
        since = hand.odd(local_day(now.at) - hand.choice((0, 0, 50_000)), 20260431, 20990101, 20160101)
        return SuspendAll(person=hand.person(), stop=stop, since=since, reference="order")
    return RestoreAll(person=hand.person(), stop=stop, reference="order")


def make_merchant_change(hand: Hand, now: Now) -> Command:
    merchant, stop = hand.merchant(), hand.choice(list(MerchantStop))
    match hand.randrange(6):
        case 0:
            return Leave(merchant=merchant, reference="notice")
        case 1:
            return ReverifyShop(merchant=merchant, reference="visit")
        case 2:
            since = hand.odd(local_day(now.at), 0, 20260431, 20990101)
            return SuspendShop(merchant=merchant, stop=stop, since=since, reference="case")
    return RestoreShop(merchant=merchant, stop=stop, reference="cleared")


def make_wallet_change(hand: Hand, now: Now) -> Command:
    del now
    wallet = hand.wallet()
    match hand.randrange(4):
        case 0:
            return CloseAccount(wallet=wallet, bank_account=hand.card(wallet))
        case 1:
            return Upgrade(wallet=wallet, wallet_class=hand.choice(list(WalletClass)), channels=hand.choice((5, 0)))
        case 2:
            return Update(institution=1, person=hand.person(), **someone(hand.anybody()))
    return Reverify(person=hand.person(), reference="call")


def make_list(hand: Hand, now: Now) -> Command:
    del now
    who = someone(hand.choice((1, 2, PEOPLE, hand.anybody())))
    match hand.randrange(4):
        case 0:
            return Unlist(entry=hand.choice((1, 5, 6, 7, 8)), reference="change")
        case 1:
            kind = hand.choice(list(MatchKind))
            return Match(entry=hand.choice((5, 6, 7, 8)), match=kind, person=hand.person(), merchant=hand.odd(0, 1))
    name, number = hand.choice((("x", who["number"]), (who["full_name"], "")))
    return ListName(name_list=hand.choice(list(NameList)), name=hand.odd(name, ""), numbers=number)


def make_freeze(hand: Hand, now: Now) -> Command:
    del now
    freeze, amount = hand.choice((1, 1, 2, 3)), hand.fen()
    match hand.randrange(5):
        case 0:
            return LiftFreeze(freeze=freeze, amount_fen=hand.choice((0, amount)), reference="order")
        case 1:
            return SecureFreeze(freeze=freeze)
        case 2:
            return DeductFrozen(freeze=freeze, amount_fen=amount, reference="order")
        case 3:
            return Draw(duty=hand.choice((1, 2, 9)), purpose="the law", operator="li")
    return FreezeAmount(wallet=hand.wallet(), amount_fen=amount, reference="order")


def make_incident(hand: Hand, now: Now) -> Command:
    match hand.randrange(6):
        case 2:
            grown = hand.choice((0, 1, 5_000))
            return IncidentGrown(incident=hand.choice((1, 1, 2, 9)), records=grown, what=hand.memo())
        case 3:
            return Resolved(incident=hand.choice((1, 2)), resolved_on=hand.odd(0, 20990101), what=hand.memo())
        case 0:
            return Report(incident=hand.choice((1, 1, 2, 9)))
        case 1:
            day = local_day(now.at) + hand.choice((0, 100))
            matter = hand.choice(list(Matter))
            return Plan(institution=hand.institution(), matter=matter, takes_effect_on=day, what=hand.memo())
    return Incident(
        institution=hand.institution(),
        kind_of_incident=hand.choice(list(IncidentKind)),
        occurred_at=hand.odd(now.at - hand.choice((0, 10**10)), now.at + 1, 0),
        records=hand.choice((0, 5_000)),
        involved_fen=hand.choice((0, 10)),
        net_worth_fen=hand.choice((0, 101)),
        bar_code=hand.choice((True, False)),
        what=hand.memo(),
    )


def make_retention(hand: Hand, now: Now) -> Command:
    """An investigation begun or ended, or an erasure: mostly too early, now and then of a day with nothing."""
    day = local_day(now.at)
    match hand.randrange(4):
        case 0:
            return EndInvestigation(investigation=hand.randint(1, 3), reference="A")
        case 1 | 2:
            return Investigate(person=hand.choice((0, hand.person())), merchant=hand.odd(0, 1), reference="B")
    date = hand.choice((day, day - 100_000, day - 100_001, day - 50_000, 20260431))
    return Erase(sort=hand.choice(list(Sort)), date=date)


MAKERS: tuple[tuple[int, Callable[[Hand, Now], Command]], ...] = (
    (12, make_pay),
    (6, make_code),
    (4, make_transfer),
    (5, make_card_move),
    (6, make_refund),
    (4, make_dispute),
    (2, lambda hand, _: Settle(merchant=hand.merchant(), same_day=hand.odd(False, True))),
    (2, make_fees),
    (2, make_agreement),
    (1, make_personal_code),
    (1, make_merchant_change),
    (1, lambda hand, _: FundOwn(institution=hand.institution(), amount_fen=hand.fen())),
    (2, lambda hand, _: File(duty=hand.choice((1, 1, 2, 9)))),
    (1, lambda hand, _: Person(institution=hand.institution(), **someone(hand.anybody()))),
    (1, make_bind),
    (1, lambda hand, _: Register(name=hand.choice(("Third Pay", "")))),
    (2, make_merchant),
    (3, make_open),
    (2, make_stop),
    (2, make_case),
    (1, make_wallet_change),
    (1, lambda hand, _: Disclose(person=hand.person(), purpose="complaint", operator="li")),
    (1, make_standing),
    (1, make_floor),
    (2, make_credit),
    (2, make_close),
    (2, make_clear),
    (2, make_statement_entry),
    (4, make_clearing),
    (2, make_incident),
    (2, make_list),
    (2, make_freeze),
    (1, make_retention),
)
WEIGHTS = [weight for weight, _ in MAKERS]
