"""The first morning: the institution and its standing, persons, bank accounts, wallets, merchants, own money."""

import numpy as np
from numpy.typing import NDArray

from benyuan.payments.vocabulary import LICENCE_PROCESSING_1, LICENCE_STORED_VALUE_1, MerchantKind
from benyuan.simulate.compliance import set_standards
from benyuan.simulate.identities import businesses, everyone
from benyuan.simulate.particulars import tell_merchants, tell_people
from benyuan.simulate.people import CLASSES
from benyuan.simulate.tickets import at_us
from benyuan.simulate.world import Giver, World

NAME = "本源支付（示例）"
LICENCES = LICENCE_STORED_VALUE_1 | LICENCE_PROCESSING_1
# Rating, share of real-name accounts and the factor that the institution wants, from a day on.
STANDINGS = ((20260101, "A", 960_000, 2_000_000), (20260801, "B", 930_000, 1_500_000))
OWN_FEN = 50_000_000
CAPITAL_FEN, PROVINCES = 30_000_000_000, 31
NET_WORTH_FEN, YEAR_END = 31_500_000_000, 20251231
HOUR = 3600

FEE_RATES = (6_000, 3_800)
"""Of firms, and of individual businesses, in parts per million."""


def open_group(session: Giver, world: World, *, on: int) -> None:
    """Everybody is there by ten o'clock."""
    at = at_us(on, 7 * HOUR)
    world.institution = int(session.give("register_institution", at, name=[NAME]).results("institution")[0])
    session.give(
        "record_standing",
        at,
        institution=[world.institution] * len(STANDINGS),
        from_date=[row[0] for row in STANDINGS],
        licences=[LICENCES] * len(STANDINGS),
        rating=[row[1] for row in STANDINGS],
        real_name_ppm=[row[2] for row in STANDINGS],
        daily_factor_ppm=[row[3] for row in STANDINGS],
    )
    set_standards(session, world, at=at, on=on)
    _record_floors(session, world, at=at, on=on)
    funded = session.give("fund", at, institution=[world.institution], amount_fen=[OWN_FEN])
    world.custodian.debit_cards(np.array([OWN_FEN]), orders=funded.position)
    kinds = np.where(world.merchants.is_firm, MerchantKind.firm.value, MerchantKind.individual_business.value)
    plans = _publish_fees(session, world, at=at, on=on)
    merchants = session.give(
        "register_merchant",
        at,
        institution=np.full(len(kinds), world.institution),
        kind_of_merchant=kinds.tolist(),
        fee_plan=np.where(world.merchants.is_firm, plans[0], plans[1]),
        **businesses(world.merchants.is_firm.tolist()),
    )
    world.merchant = merchants.results("merchant")
    tell_merchants(session, world.merchant, is_firm=world.merchants.is_firm, at=at)
    _open_people(session, world, on=on)


def _record_floors(session: Giver, world: World, *, at: int, on: int) -> None:
    """Capital for a licence that is nationwide, and net worth by the audited accounts of the year before."""
    session.give(
        "record_capital",
        at,
        institution=[world.institution],
        paid_in_fen=[CAPITAL_FEN],
        processing_1_provinces=[PROVINCES],
        from_date=[on],
    )
    session.give(
        "record_net_worth",
        at,
        institution=[world.institution],
        year_end=[YEAR_END],
        net_worth_fen=[NET_WORTH_FEN],
        from_date=[on],
    )


def _publish_fees(session: Giver, world: World, *, at: int, on: int) -> NDArray[np.int64]:
    """A plan at the standard rate for firms, and one with a concession for individual businesses."""
    plans = session.give("make_fee_plan", at, institution=[world.institution] * len(FEE_RATES)).results("plan")
    session.give(
        "publish_fees",
        at,
        plan=plans,
        from_date=[on] * len(FEE_RATES),
        rate_ppm=list(FEE_RATES),
        standard_ppm=[FEE_RATES[0]] * len(FEE_RATES),
    )
    return plans


def _open_people(session: Giver, world: World, *, on: int) -> None:
    people, at = world.people, at_us(on, 8 * HOUR - 1)
    institution = np.full(len(people), world.institution)
    world.person = session.give("register_person", at, institution=institution, **everyone(len(people))).results(
        "person"
    )
    bound = session.give("bind_bank_account", at, person=world.person, mandate=people.has_mandate.tolist())
    world.bank_account = bound.results("bank_account")
    world.wallet = np.zeros(len(people), np.int64)
    asked = people.wallet_class.copy()
    while len(without := np.flatnonzero((world.wallet == 0) & (asked >= 0))):
        world.wallet[without] = _open_wallets(session, world, at=at, who=without, asked=asked)
        asked[without] -= 1  # whoever was refused asks for the next class down
    tell_people(session, world.person, at=at)


def _open_wallets(
    session: Giver, world: World, *, at: int, who: NDArray[np.int64], asked: NDArray[np.int64]
) -> NDArray[np.int64]:
    people = world.people
    opened = session.give(
        "open_wallet",
        at,
        person=world.person[who],
        wallet_class=[CLASSES[place] for place in asked[who].tolist()],
        channels=people.channels[who],
        agreed_daily_fen=people.agreed_daily_fen[who],
    )
    return opened.results("wallet")
