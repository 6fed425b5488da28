"""The entries of a close, each with the loans behind it: what every loan adds to an aggregated entry of the day.

An entry brings what a product has earned in all, or the allowance of a stage, to what its loans come to. So a loan's
part is what it came to at the end of the day less what it came to at the end of the day closed before. Worked number: a
loan that had earned 12.34 by Monday and 12.39 by Tuesday is behind Tuesday's entry with 0.05; one that moved from stage
one to two takes its 120.00 out of the entry of stage one and puts 300.00 into that of stage two. A loan that was
written off between the two closes went against the allowance of stage three, which the entry makes good.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec
import numpy as np

from benyuan.assurance.lender_books.past import CLOSED, PastBooks
from benyuan.assurance.lender_books.tape import SORTS, Tape, loan_tape
from benyuan.assurance.lender_books.ties import own_parts, partner_parts
from benyuan.assurance.lending import closed_days, day_of
from benyuan.consumer_finance.chart import LenderLeg, PartnerOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.instalments.state import LoanState
from benyuan.consumer_finance.records import LOAN_STEP, PARTNER, PRODUCT
from benyuan.consumer_finance.rounding import share_of
from benyuan.consumer_finance.vocabulary import LoanStep
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
WRITTEN_OFF_AGAINST = "allowance_3"


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
    """One loan behind an entry, fen: what it adds is after less before, and what was written off of it since."""

    sort: str
    id: int
    borrower: int
    before_fen: int
    after_fen: int
    written_off_fen: int
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Changed:
    """For each row of the day's tape what it came to on an account before and after, and what was written off."""

    tape: Tape
    before: Ints
    after: Ints
    written_off: Ints


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
    then = earlier[-1] if earlier else None
    known, kept = _before(group, lender=lender, on=on, then=then)
    written_off = _written_off(group, tape, then=then)
    owners = [("product", PRODUCT.name, ProductOwn, own_parts), ("partner", PARTNER.name, PartnerOwn, partner_parts)]
    number = 0
    for whose, table, chart, parts in owners:
        changed = {
            name: _Changed(
                tape=tape,
                before=_matched(tape, before, parts(before)[name]) if before else np.zeros_like(after),
                after=after,
                written_off=written_off if name == WRITTEN_OFF_AGAINST else np.zeros_like(after),
            )
            for name, after in parts(tape).items()
            for before in [kept if name.startswith("allowance") else known]
        }
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


def _before(group: Group, *, lender: int, on: int, then: int | None) -> tuple[Tape | None, Tape | None]:
    """The day closed before: with payments put in their earlier places since, and as its own close found it.

    Such a payment corrects income by itself; allowances wait for the next close.
    """
    if then is None:
        return None, None
    known = loan_tape(group, lender=lender, date=then, known=on)
    books = PastBooks(group, lender=lender, date=then)
    first, last = int(books.closed_at(lender, then).min()), int(books.closed_at(lender, on).max())
    steps = group.records.tables[LOAN_STEP.name]
    since = (steps.column("position") > first) & (steps.column("position") <= last)
    anew = bool((since & (steps.column("on_date") <= then)).any())
    return known, loan_tape(group, lender=lender, date=then) if anew else known


def _written_off(group: Group, tape: Tape, *, then: int | None) -> Ints:
    """For each row of the tape the lender's own part of what was written off between the two closes."""
    held, gone = group.records.tables[LOAN_STEP.name], np.zeros(len(tape), np.int64)
    books = PastBooks(group, lender=tape.lender, date=then or tape.date)
    since = books.closed_at(tape.lender, then) if then else np.zeros(1, np.int64)
    until = books.closed_at(tape.lender, tape.date)
    rows = {int(loan): row for row, loan in enumerate(tape.columns["id"].tolist()) if tape.columns["sort"][row] == 0}
    for step in np.flatnonzero(held.column("kind") == LoanStep.written_off).tolist():
        row, position = rows.get(int(held.column("loan")[step])), int(held.column("position")[step])
        if row is None:
            continue
        borrower = int(tape.columns["borrower"][row])
        if since[borrower % len(since)] < position <= until[borrower % len(until)]:
            gone[row] += _own_owed(tape, row, {name: int(held.column(name)[step]) for name in names_of(LoanState)})
    return gone


def _own_owed(tape: Tape, row: int, state: Mapping[str, int]) -> int:
    """What is owed to the lender itself on a loan that stands still: of each running total its part."""
    share = int(tape.columns["share_ppm"][row])
    repaid = state["drawn_fen"] - state["principal_fen"] - state["due_principal_fen"]
    totals = (
        (state["drawn_fen"], repaid),
        (int(tape.columns["interest_ever_fen"][row]), state["interest_paid_fen"]),
        (int(tape.columns["charges_ever_fen"][row]), state["late_paid_fen"]),
    )
    ever, paid = (np.array(column) for column in zip(*totals, strict=True))
    shares = np.full(len(totals), share)
    return int((ever - share_of(ever, shares) - paid + share_of(paid, shares)).sum())


def _matched(tape: Tape, before: Tape, values: Ints) -> Ints:
    """Values of the earlier tape at the rows of the later one, 0 where the loan was not there yet."""
    keys, known = (each.columns["id"] * len(SORTS) + each.columns["sort"] for each in (tape, before))
    held = np.zeros(int(max(keys.max(initial=0), known.max(initial=0))) + 1, np.int64)
    held[known] = values
    found: Ints = held[keys]
    return found


def _loan_parts(changed: _Changed, of: Ints) -> list[LoanPart]:
    amount = changed.after - changed.before + changed.written_off
    moved = np.flatnonzero(of & ((amount != 0) | (changed.written_off != 0)))
    moved = moved[np.argsort(-np.abs(amount[moved]), kind="stable")]
    columns = [changed.tape.columns[name][moved].tolist() for name in ("sort", "id", "borrower")]
    columns += [part[moved].tolist() for part in (changed.before, changed.after, changed.written_off, amount)]
    return [
        LoanPart(
            sort=SORTS[sort],
            id=loan,
            borrower=borrower,
            before_fen=before,
            after_fen=after,
            written_off_fen=gone,
            amount_fen=adds,
        )
        for sort, loan, borrower, before, after, gone, adds in zip(*columns, strict=True)
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
        places = places[[_is_close(group, reference) for reference in rows.reference[places].tolist()]]
        if len(places):
            place = int(places[-1])
            row = (rows.leg[place], rows.reference[place], rows.other[place], -rows.moved[places].sum())
            leg, command, other, posted = (int(each) for each in row)
            return leg, command, other, posted
        if int(rows.at[0]) < day_begins_at(on):
            break
    return 0, 0, 0, 0


def _is_close(group: Group, command: int) -> bool:
    """Whether a leg is of a close, not of a payment that was put in its earlier place."""
    return group.reader.at_position(command).block.kind == CLOSED
