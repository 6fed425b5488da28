"""The entries of a closed day: for each product what income and provisions come to, less what is posted already.

Worked number: loans of a product have earned 1,234.56 in all to the end of the day, 1,200.00 stand as income: 34.56 are
posted. The same for charges, for a partner's part in its own book, and for the allowance of each stage.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benyuan.consumer_finance.chart import CREDIT_USES, BorrowerOwn, LenderLeg, LenderOwn, PartnerOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.records import ACCOUNT, BORROWER, LENDER, PARTNER, PRODUCT
from benyuan.consumer_finance.vocabulary import Stage
from benyuan.decisions.books import Books
from benyuan.parties.people import LAST_DAY
from benyuan.values.dates import add_calendar_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One leg to post; accounts by id, fen."""

    debit: int
    credit: int
    amount: int
    code: int


def entries_of(totals: Sequence[Mapping[str, int]], books: Books, *, on: int) -> list[Entry]:
    """The entries of a day from its totals by product and partner.

    What was written off against an allowance after the day had not left it by then.
    """
    later = _written_off_since(books, on)
    entries: list[Entry] = []
    for row in totals:
        if row["product"] == 0:
            continue
        if row["partner"] == 0:
            first = int(books.column(PRODUCT, "first_account")[row["product"]])
            entries += _own_entries(row, books, first, gone_fen=later.get(row["product"], 0))
    entries += _partner_entries(totals, books)
    return entries


def _written_off_since(books: Books, on: int) -> dict[int, int]:
    """The lender's own part of what was written off after a day, by product, fen."""
    found: dict[int, int] = {}
    for later in books.days(add_calendar_days(on, 1), LAST_DAY):
        if later.kind == "write_off_loan":
            for product, fen in zip(later.columns["product"], later.columns["own_part_fen"], strict=True):
                found[int(product)] = found.get(int(product), 0) + int(fen)
    return found


def _own_entries(row: Mapping[str, int], books: Books, first: int, *, gone_fen: int) -> list[Entry]:
    income, charges = first + ProductOwn.interest_income, first + ProductOwn.charges_income
    made = [
        _raised(
            books, income, first + ProductOwn.interest_receivable, row["interest_ever_fen"], LenderLeg.interest_accrued
        ),
        _raised(
            books, charges, first + ProductOwn.charges_receivable, row["charges_ever_fen"], LenderLeg.charges_accrued
        ),
    ]
    for stage in Stage:
        allowance = first + ProductOwn.allowance_1 + stage - Stage.one
        expense = first + ProductOwn.impairment
        to_fen = row[f"allowance_{stage}_fen"] - (gone_fen if stage is Stage.three else 0)
        made.append(_raised(books, allowance, expense, to_fen, LenderLeg.provision))
    return [entry for entry in made if entry.amount]


def _partner_entries(totals: Sequence[Mapping[str, int]], books: Books) -> list[Entry]:
    """A partner's accounts hold its part of all products together."""
    made: list[Entry] = []
    for partner in sorted({row["partner"] for row in totals} - {0}):
        mine = [row for row in totals if row["partner"] == partner]
        first = int(books.column(PARTNER, "first_account")[partner])
        for name, income, receivable, code in (
            (
                "interest_ever_fen",
                PartnerOwn.interest_income,
                PartnerOwn.interest_receivable,
                LenderLeg.interest_accrued,
            ),
            ("charges_ever_fen", PartnerOwn.charges_income, PartnerOwn.charges_receivable, LenderLeg.charges_accrued),
        ):
            ever = sum(row[name] for row in mine)
            made.append(_raised(books, first + income, first + receivable, ever, code))
    return [entry for entry in made if entry.amount]


def _raised(books: Books, credit: int, debit: int, to_fen: int, code: LenderLeg) -> Entry:
    """The entry that brings what stands on the credit account to `to_fen`, from the debit account or back."""
    more = to_fen - int(books.posted(np.array([credit]))[0])
    debit, credit = (debit, credit) if more >= 0 else (credit, debit)
    return Entry(debit=debit, credit=credit, amount=abs(more), code=code)


def credit_entries(*, lender: int, account: Ints, used: Mapping[str, Ints], books: Books) -> list[Entry]:
    """What statements of the day paid out of credit, one entry a product and part; and the lines that it frees."""
    own = int(books.column(LENDER, "first_account")[lender])
    product = books.column(ACCOUNT, "product")[account]
    made: list[Entry] = []
    for number in np.unique(product[sum(used.values(), np.zeros_like(account)) > 0]).tolist():
        first = int(books.column(PRODUCT, "first_account")[number])
        for part, offset in CREDIT_USES.items():
            amount = int(used[part][product == number].sum())
            made.append(_leg(own + LenderOwn.customer_credit, first + offset, amount, LenderLeg.credit_used))
    made += _freed(own, account=account, principal=used["principal"], books=books)
    return [entry for entry in made if entry.amount]


def _freed(own: int, *, account: Ints, principal: Ints, books: Books) -> list[Entry]:
    """Account by account for the lines, in one for the lender's capital."""
    control, code = own + LenderOwn.usage_control, LenderLeg.usage_freed
    made = [_leg(control, own + LenderOwn.exposure_usage, int(principal.sum()), code)]
    for place in np.flatnonzero(principal).tolist():
        number, amount = int(account[place]), int(principal[place])
        borrower = int(books.column(ACCOUNT, "borrower")[number])
        line = int(books.column(BORROWER, "first_usage")[borrower]) + BorrowerOwn.line
        made += [
            _leg(control, line, amount, code),
            _leg(control, int(books.column(ACCOUNT, "usage")[number]), amount, code),
        ]
    return made


def _leg(debit: int, credit: int, amount: int, code: LenderLeg) -> Entry:
    return Entry(debit=debit, credit=credit, amount=amount, code=code)
