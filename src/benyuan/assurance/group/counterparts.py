"""Who stands on the other side of accounts of this ledger's books: keepers of money, partners, customers, funders.

Sources: PBoC Order [2020] No. 4, arts. 25, 32. Partners by whose book has the mirror, keepers as recorded
(`record_money_keeper`), customers as tied (`tie_customer`), funders as each `fund_lender` names them. Worked number: a
lender has borrowed 80.00 of body 7 and 20.00 of somebody unnamed: of the 100.00 on its account 80.00 are owed to 7.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benyuan.assurance.group.acts import Tie, ties_of
from benyuan.assurance.group.reading import columns_of, given_at_each
from benyuan.assurance.posted import legs_at
from benyuan.consumer_finance.chart import LenderLeg, LenderOwn, PartnerOwn
from benyuan.consumer_finance.records import LENDER, PARTNER
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.holding_company.records import MONEY_KEEPER, MONEY_KEEPER_KEY
from benyuan.holding_company.vocabulary import KEPT_MONEY_NUMBER, KeptMoney
from benyuan.parties.ownership.dated import rows_in_force
from benyuan.payments.chart import Own
from benyuan.payments.records import INSTITUTION, MERCHANT, WALLET

FUNDING = "fund_lender"
MONEY_OF: Mapping[KeptMoney, tuple[Table, int]] = {
    KeptMoney.customer_reserve: (INSTITUTION, Own.reserve),
    KeptMoney.bank_account: (LENDER, LenderOwn.bank),
}
"""Whose money it is, and the offset of its account from the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An account of a book whose money stands with `keeper`; 0: nobody has said with whom."""

    body: int
    book: int
    money: KeptMoney
    account: int
    keeper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Funded:
    """What a funder (0: not named) has lent to a lender and not had back, in fen."""

    funder: int
    fen: int


def kept_of(group: Group, bodies: Mapping[int, int], *, on: int, seen: int) -> list[Kept]:
    """The accounts of these books (by book the body) that hold money with somebody, on a day."""
    column = columns_of(group)
    rows = rows_in_force(column, MONEY_KEEPER, key=MONEY_KEEPER_KEY, on=on, seen=seen)
    told = {(row["body"], row["money"]): row["keeper"] for row in rows if row["holds"]}
    found = []
    for money, (table, offset) in MONEY_OF.items():
        firms = (column(table, name)[1:].tolist() for name in ("book", "first_account"))
        for book, first in zip(*firms, strict=True):
            if book in bodies:
                body = bodies[book]
                keeper = told.get((body, KEPT_MONEY_NUMBER[money]), 0)
                found.append(Kept(body=body, book=book, money=money, account=first + offset, keeper=keeper))
    return found


def mirrored_in(
    group: Group, bodies: Mapping[int, int], *, inside: Collection[int], on: int, seen: int
) -> dict[int, int]:
    """For each account of these books (by book the body) that stands with one of the bodies `inside` alone, that one.

    Those with a book are inside, too.
    """
    column = columns_of(group)
    found: dict[int, int] = {}
    for number in range(1, len(column(PARTNER, "lender"))):
        first = int(column(PARTNER, "first_account")[number])
        lender = int(column(LENDER, "book")[int(column(PARTNER, "lender")[number])])
        found[first + PartnerOwn.settlement] = bodies.get(int(column(PARTNER, "book")[number]), 0)
        found[first + PartnerOwn.lender] = bodies.get(lender, 0)
    all_inside = {*bodies.values(), *inside}
    found |= {each.account: each.keeper for each in kept_of(group, bodies, on=on, seen=seen)}
    for book, body in bodies.items():
        for tie in ties_of(group, book=book, seen=seen):
            if tie.held(on) and tie.body != body:
                found |= dict.fromkeys(_accounts_of(group, tie), tie.body)
    return {account: body for account, body in found.items() if body in all_inside}


def _accounts_of(group: Group, tie: Tie) -> Iterator[int]:
    """The wallets of a tied person, the merchants for which it stands, or those of a tied code."""
    column = columns_of(group)
    if tie.person:
        yield from column(WALLET, "account")[1:][column(WALLET, "person")[1:] == tie.person].tolist()
    if tie.person or tie.merchant:
        name, number = ("principal", tie.person) if tie.person else ("business", tie.merchant)
        yield from column(MERCHANT, "account")[1:][column(MERCHANT, name)[1:] == number].tolist()


def funded_of(group: Group, *, lender: int, on: int, seen: int) -> list[Funded]:
    """By funder what stands on a lender's account of borrowings at a day's end, as known at a log position."""
    account = int(columns_of(group)(LENDER, "first_account")[lender]) + LenderOwn.borrowings
    most, last = legs_at(group, seen), int(group.ledger.state.accounts[account]["last_leg"])
    moved: list[tuple[int, int]] = []
    for rows in group.ledger.rows_back(account, last=last, stop=0):
        known = (rows.leg <= most) & (rows.business_date <= on) & (rows.moved != 0)
        reference = np.where(rows.code == LenderLeg.funding, rows.reference, 0)
        moved += zip(reference[known].tolist(), rows.moved[known].tolist(), strict=True)
    funders = _funders(group, {position for position, _ in moved if position})
    sums: dict[int, int] = {}
    for position, fen in moved:
        funder = funders.get(position, 0)
        sums[funder] = sums.get(funder, 0) - fen
    return [Funded(funder=funder, fen=fen) for funder, fen in sorted(sums.items())]


def _funders(group: Group, positions: set[int]) -> dict[int, int]:
    """Whom each of these commands names; a bare leg may bear any reference."""
    mine = {
        each
        for each in positions
        if 0 < each <= group.position and group.reader.at_position(each).block.kind == FUNDING
    }
    given = given_at_each(group, mine, names=("funder",))
    return {position: int(fields.get("funder", 0)) for position, fields in given.items()}
