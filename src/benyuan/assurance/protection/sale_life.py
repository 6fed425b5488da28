"""The life of a sale from the log and the ledger: what was paid, what came back, by which command and which legs.

Source: Order 2025 No. 7 of the NFRA, art. 17 (traceable); PBoC Announcement [2015] No. 43, art. 15 (the money goes to
the account that paid). Worked number: sold by command 48 for 10,000.00 and cancelled by command 52, it has two steps,
and four legs: wallet to the sale's own account and back, shares on and off.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from benyuan.assurance.protection.suitability import row_of
from benyuan.consumer_protection.suitability.chart import InvestorLeg, SaleOwn
from benyuan.consumer_protection.suitability.records import HOLDING, REDEMPTION, SALE
from benyuan.engine.group import Group
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.records import INSTITUTION, MERCHANT, WALLET

STEPS = {
    "sell_investment": ("sold", ""),
    "cancel_sale": ("cancelled", "returned_fen"),
    "release_sale": ("released", "released_fen"),
    "redeem_investment": ("redeemed", "paid_fen"),
    "pay_redemption": ("paid", "paid_fen"),
}
"""By kind of command: what it is called, and the result that says how much money moved."""
LEGS = {
    int(code): code.name
    for code in (
        *(LegCode.investment, LegCode.investment_cancelled, LegCode.investment_released),
        *(LegCode.investment_redeemed, LegCode.investment_redeemed_paid_in),
        *(InvestorLeg.shares_bought, InvestorLeg.shares_given_back),
    )
}
"""Legs that move money or shares; those that count limits are left out."""


def sale_life(group: Group, *, sale: int) -> dict[str, Any] | None:
    """A sale with its steps and legs, oldest first, what waits of it, and the shares held; None for no such sale.

    Amounts of money in fen, of shares in hundredths. A sale from before shares were booked shows its sale alone.
    """
    sales, holdings = group.records.tables[SALE.name], group.records.tables[HOLDING.name]
    if not 1 <= sale <= sales.count:
        return None
    row = row_of(group, SALE, sale)
    [place] = holdings.places(np.array([sale], np.int64), on=0).tolist()
    first = int(holdings.column("first_account")[place])
    redemptions = group.records.tables[REDEMPTION.name]
    given_back = [row_of(group, REDEMPTION, number) for number in redemptions.all_with("sale", sale).tolist()]
    positions = {row["position"], *_on_accounts(group, first)}
    positions |= {each[name] for each in given_back for name in ("position", "paid_by") if each[name]}
    named = _names(group, row, sale=sale, first=first)
    ordered = sorted(positions)
    return {
        "sale": row,
        "waiting_fen": _balance(group, first + SaleOwn.waiting) if first else 0,
        "held_shares": -_balance(group, first + SaleOwn.held) if first else 0,
        "steps": [_step(group, position, row) for position in ordered],
        "redemptions": given_back,
        "entries": [entry for position in ordered for entry in _entries(group, position, named)],
    }


def _on_accounts(group: Group, first: int) -> Iterator[int]:
    """The commands that moved something on the sale's own accounts."""
    for account in range(first, first + len(SaleOwn)) if first else ():
        rows = group.ledger.balance(account)
        limit = group.ledger.leg_count if rows.debits_posted or rows.credits_posted else 0
        yield from (entry.reference for entry in group.ledger.history(account, limit=limit))


def _balance(group: Group, account: int) -> int:
    found = group.ledger.balance(account)
    return found.credits_posted - found.debits_posted


def _names(group: Group, row: Mapping[str, int], *, sale: int, first: int) -> dict[int, str]:
    tables = group.records.tables
    wallet, merchant = row["wallet"], row["merchant"]
    institution = int(tables[MERCHANT.name].column("institution")[merchant])
    own = int(tables[INSTITUTION.name].column("first_account")[institution])
    return {
        int(tables[WALLET.name].column("account")[wallet]): f"wallet:{wallet}",
        int(tables[MERCHANT.name].column("account")[merchant]): f"merchant:{merchant}",
        first + SaleOwn.waiting: f"sale:{sale} waiting",
        first + SaleOwn.held: f"sale:{sale} shares",
        **{own + each: each.name for each in Own},
    }


def _step(group: Group, position: int, row: Mapping[str, int]) -> dict[str, Any]:
    opened = group.reader.at_position(position)
    place = position - opened.block.first_position
    what, result = STEPS[opened.block.kind]
    fen = int(opened.integers("results", result)[place]) if result else row["amount_fen"]
    return {"what": what, "ID": position, "at": int(opened.batch().at[place]), "fen": fen}


def _entries(group: Group, position: int, named: Mapping[int, str]) -> Iterator[dict[str, Any]]:
    block = group.reader.at_position(position).block
    if not block.legs:
        return
    first, rows = group.reader.block(leg=block.first_leg)
    for place in np.flatnonzero((rows["reference"] == position) & np.isin(rows["code"], list(LEGS))).tolist():
        debit, credit = int(rows["debit_account"][place]), int(rows["credit_account"][place])
        yield {
            "leg": first + place,
            "ID": position,
            "what": LEGS[int(rows["code"][place])],
            "debit": named.get(debit, f"account {debit}"),
            "credit": named.get(credit, f"account {credit}"),
            "amount": int(rows["amount"][place]),
        }
