"""Commands made up on people, merchants, wallets and the institution: opened, agreed, stopped, gone."""

import msgspec

from benyuan.decisions.commands import Command
from benyuan.payments.vocabulary import (
    CardKind,
    MerchantKind,
    MerchantStop,
    PersonStop,
    Rating,
    WalletClass,
    WalletStop,
)
from benyuan.simulate.identities import credit_code, someone
from benyuan.usecases.accept_agreement import Accept
from benyuan.usecases.agree_transfer_limits import AgreeTransfers
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.close_wallet import CloseAccount
from benyuan.usecases.consult_users import Consulted
from benyuan.usecases.exit_merchant import Leave
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.publish_agreement import PublishVersion
from benyuan.usecases.record_capital import Capital
from benyuan.usecases.record_net_worth import NetWorth
from benyuan.usecases.record_standing import Standing
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.restore_merchant import RestoreShop
from benyuan.usecases.restore_person import RestoreAll
from benyuan.usecases.restore_wallet import Restore
from benyuan.usecases.reverify_merchant import ReverifyShop
from benyuan.usecases.reverify_person import Reverify
from benyuan.usecases.suspend_merchant import SuspendShop
from benyuan.usecases.suspend_person import SuspendAll
from benyuan.usecases.suspend_wallet import Suspend
from benyuan.usecases.update_person import Update
from benyuan.usecases.upgrade_wallet import Upgrade
from benyuan.values.dates import local_day
from tests.unit.engine.hand import Hand, Now


def make_open(hand: Hand, now: Now) -> Command:
    del now
    return Open(
        person=hand.person(),
        wallet_class=hand.choice(list(WalletClass)),
        channels=hand.choice((5, 5, 3, 0)),
        face_to_face=hand.choice((True, False)),
        agreed_daily_fen=hand.choice((0, 40_000)),
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


def make_stop(hand: Hand, now: Now) -> Command:
    if hand.randrange(3):
        kind = hand.choice((Suspend, Restore))
        return kind(wallet=hand.wallet(), stop=hand.choice(list(WalletStop)), reference="order")
    stop = hand.choice(list(PersonStop))
    if hand.randrange(2):
        since = hand.odd(local_day(now.at) - hand.choice((0, 0, 50_000)), 20260431, 20990101, 20160101)
        return SuspendAll(person=hand.person(), stop=stop, since=since, reference="order")
    return RestoreAll(person=hand.person(), stop=stop, reference="order")


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
