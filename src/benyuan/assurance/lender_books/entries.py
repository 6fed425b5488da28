"""The entries of a close, each with the loans behind it: what every loan adds to an aggregated entry of the day.

An entry brings what a product has earned in all, or the allowance of a stage, to what its loans come to. So a loan's
part is what it came to at the end of the day less what it came to at the end of the day closed before. Worked number: a
loan that had earned 12.34 by Monday and 12.39 by Tuesday is behind Tuesday's entry with 0.05; one that moved from stage
one to two takes its 120.00 out of the entry of stage one and puts 300.00 into that of stage two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
import numpy as np

from benyuan.assurance.lender_books.tape import SORTS, Tape, loan_tape
from benyuan.assurance.lender_books.ties import own_parts, partner_parts
from benyuan.assurance.lending import closed_days, day_of
from benyuan.consumer_finance.chart import LenderLeg, PartnerOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.records import PARTNER, PRODUCT
from benyuan.engine.group import Group
from benyuan.values.dates import day_begins_at

CLOSE_CODES = (LenderLeg.interest_accrued, LenderLeg.charges_accrued, LenderLeg.provision)
KINDS = {
    "interest_income": "interest",
    "charges_income": "charges",
    "allowance_1": "provision_1",
    "allowance_2": "provision_2",
    "allowance_3": "provision_3",
}
"""Accounts that entries of a close are posted to, and what the entries are called."""


class CloseEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One aggregated entry: `posted_fen` to the credit of `account`, below 0 to its debit; fen.

    `command` is the close that posted it and `leg` its place in the journal, 0 where there was nothing to post.
    """

    number: int
    date: int
    kind: str
    product: int
    partner: int
    account: int
    other_account: int
    leg: int
    command: int
    posted_fen: int
    loans: int
    loans_fen: int
    difference_fen: int


class LoanPart(msgspec.Struct, frozen=True, kw_only=True):
    """One loan behind an entry: before, after, and what it adds; fen."""

    sort: str
    id: int
    borrower: int
    before_fen: int
    after_fen: int
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changed:
    """For each row of the day's tape what it came to on an account's kind before and after."""

    tape: Tape
    before: Ints
    after: Ints


def close_entries(group: Group, *, lender: int, date: int | None = None) -> list[CloseEntry]:
    """The entries of a closed day, the latest without one, also those of nothing. Errors: BadInput."""
    return [entry for entry, _ in _entries(group, lender=lender, date=date)]


def entry_loans(
    group: Group, *, lender: int, date: int | None = None, number: int
) -> tuple[CloseEntry, list[LoanPart]]:
    """One entry by its number and the loans behind it, the largest first. Errors: BadInput, LookupError."""
    for entry, parts in _entries(group, lender=lender, date=date):
        if entry.number == number:
            return entry, parts
    raise LookupError(f"no entry {number} on that day")


def _entries(group: Group, *, lender: int, date: int | None) -> Iterator[tuple[CloseEntry, list[LoanPart]]]:
    on = day_of(group, lender=lender, date=date)
    tape = loan_tape(group, lender=lender, date=on)
    earlier = [day for day in closed_days(group, lender=lender) if day < on]
    before = loan_tape(group, lender=lender, date=earlier[-1]) if earlier else None
    owners = [("product", PRODUCT.name, ProductOwn, own_parts), ("partner", PARTNER.name, PartnerOwn, partner_parts)]
    number = 0
    for whose, table, chart, parts in owners:
        changed = _changed(tape, before, parts(tape), parts(before) if before else {})
        held = group.records.tables[table]
        for owner in [int(each) for each in np.flatnonzero(held.column("lender") == lender) if each]:
            first = int(held.column("first_account")[owner])
            of = tape.columns[whose] == owner
            for name, kind in KINDS.items():
                if name in changed:
                    number += 1
                    rows = _loan_parts(changed[name], of)
                    account = first + chart[name]
                    yield _entry(group, number, on, kind, {whose: owner}, account, rows), rows


def _changed(
    tape: Tape, before: Tape | None, after: Mapping[str, Ints], then: Mapping[str, Ints]
) -> dict[str, _Changed]:
    found = {}
    for name in KINDS:
        if name in after:
            earlier = np.zeros_like(after[name])
            if before is not None:
                earlier = _matched(tape, before, then[name])
            found[name] = _Changed(tape=tape, before=earlier, after=after[name])
    return found


def _matched(tape: Tape, before: Tape, values: Ints) -> Ints:
    """Values of the earlier tape at the rows of the later one, 0 where the loan was not there yet."""
    keys, known = (each.columns["id"] * len(SORTS) + each.columns["sort"] for each in (tape, before))
    held = np.zeros(int(max(keys.max(initial=0), known.max(initial=0))) + 1, np.int64)
    held[known] = values
    found: Ints = held[keys]
    return found


def _loan_parts(changed: _Changed, of: Ints) -> list[LoanPart]:
    moved = np.flatnonzero(of & (changed.after != changed.before))
    amount = (changed.after - changed.before)[moved]
    moved = moved[np.argsort(-np.abs(amount), kind="stable")]
    columns = [changed.tape.columns[name][moved].tolist() for name in ("sort", "id", "borrower")]
    rows = zip(*columns, changed.before[moved].tolist(), changed.after[moved].tolist(), strict=True)
    return [
        LoanPart(sort=SORTS[sort], id=loan, borrower=borrower, before_fen=one, after_fen=two, amount_fen=two - one)
        for sort, loan, borrower, one, two in rows
    ]


def _entry(
    group: Group, number: int, on: int, kind: str, owner: Mapping[str, int], account: int, rows: list[LoanPart]
) -> CloseEntry:
    leg, command, other, posted = _posted(group, account, on)
    sums = sum(row.amount_fen for row in rows)
    return CloseEntry(
        number=number,
        date=on,
        kind=kind,
        product=owner.get("product", 0),
        partner=owner.get("partner", 0),
        account=account,
        other_account=other,
        leg=leg,
        command=command,
        posted_fen=posted,
        loans=len(rows),
        loans_fen=sums,
        difference_fen=posted - sums,
    )


def _posted(group: Group, account: int, on: int) -> tuple[int, int, int, int]:
    """Leg, command, other account, and what was credited to the account by the close of the day; noughts for none."""
    last = int(group.ledger.state.accounts[account]["last_leg"])
    for rows in group.ledger.rows_back(account, last=last, stop=0):
        places = np.flatnonzero((rows.business_date == on) & np.isin(rows.code, CLOSE_CODES))
        if len(places):
            place = int(places[-1])
            row = (rows.leg[place], rows.reference[place], rows.other[place], -rows.moved[places].sum())
            leg, command, other, posted = (int(each) for each in row)
            return leg, command, other, posted
        if int(rows.at[0]) < day_begins_at(on):
            break
    return 0, 0, 0, 0
