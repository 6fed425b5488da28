"""Whether the books of a closed day and its loans, one by one, come to the same; and the close and its loans.

By the book stands what is dated up to the day; by the loans what their chains were at its end. Worked number: a loan of
100.00 that has earned 0.05 and been paid 0.03 of it stands with 0.02 of interest receivable in both.
"""

import msgspec
import numpy as np

from benyuan.assurance.lender_books.tape import Tape, loan_tape, tape_sums
from benyuan.assurance.lending import SUMS
from benyuan.assurance.posted import Posted, posted_by
from benyuan.consumer_finance.chart import LenderOwn, PartnerOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.records import CLOSED_PART, LENDER, PARTNER, PRODUCT
from benyuan.consumer_finance.rounding import share_of
from benyuan.consumer_finance.vocabulary import Stage
from benyuan.engine.group import Group

BOOK, LOANS = "the book", "its loans"


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """One figure by two ways, fen; product and partner 0: none."""

    what: str
    product: int
    partner: int
    one: str
    other: str
    one_fen: int
    other_fen: int

    @property
    def holds(self) -> bool:
        """Whether both are the same."""
        return self.one_fen == self.other_fen

    def text(self) -> str:
        """For people."""
        whose = f"product {self.product}" if self.product else f"partner {self.partner}" if self.partner else "lender"
        return f"{whose}: {self.what} is {self.one_fen} fen by {self.one}, {self.other_fen} by {self.other}"


def ties(group: Group, *, lender: int, date: int | None = None, tape: Tape | None = None) -> list[Tie]:
    """Every figure that must tie at a closed day, the latest without one. Errors: BadInput."""
    held = tape or loan_tape(group, lender=lender, date=date)
    posted = posted_by(group, date=held.date)
    found = [_credit(group, held, posted)]
    for product in _of_lender(group, PRODUCT.name, lender):
        found += _product_ties(group, held, posted, product)
    for partner in _of_lender(group, PARTNER.name, lender):
        found += _partner_ties(group, held, posted, partner)
    return found + _closed(group, held)


def untied(group: Group, *, lender: int, date: int | None = None) -> list[str]:
    """Where the two ways differ at a closed day, in words; empty where everything ties."""
    return [tie.text() for tie in ties(group, lender=lender, date=date) if not tie.holds]


def _of_lender(group: Group, table: str, lender: int) -> list[int]:
    owners = group.records.tables[table].column("lender")
    return [int(each) for each in np.flatnonzero(owners == lender) if each]


def _credit(group: Group, tape: Tape, posted: Posted) -> Tie:
    first = int(group.records.tables[LENDER.name].column("first_account")[tape.lender])
    booked = -posted.balance(first + LenderOwn.customer_credit)
    return _tie("customers' credit", booked, int(tape.columns["credit_fen"].sum()))


def _product_ties(group: Group, tape: Tape, posted: Posted, product: int) -> list[Tie]:
    first = int(group.records.tables[PRODUCT.name].column("first_account")[product])
    of = tape.columns["product"] == product
    own = {name: int(column[of].sum()) for name, column in own_parts(tape).items()}
    signs = {"principal": 1, "interest_receivable": 1, "charges_receivable": 1}
    return [
        _tie(
            name.replace("_", " "),
            signs.get(name, -1) * posted.balance(first + ProductOwn[name]),
            fen,
            product=product,
        )
        for name, fen in own.items()
    ]


def _partner_ties(group: Group, tape: Tape, posted: Posted, partner: int) -> list[Tie]:
    first = int(group.records.tables[PARTNER.name].column("first_account")[partner])
    of = tape.columns["partner"] == partner
    made = []
    for name, column in partner_parts(tape).items():
        sign = -1 if name.endswith("income") else 1
        booked = sign * posted.balance(first + PartnerOwn[name])
        made.append(_tie(name.replace("_", " "), booked, int(column[of].sum()), partner=partner))
    mirrored = posted.balance(first + PartnerOwn.lender)
    settled = -posted.balance(first + PartnerOwn.settlement)
    both = ("its own book", "the lender's")
    return [*made, _tie("what lies between both", mirrored, settled, partner=partner, by=both)]


def own_parts(tape: Tape) -> dict[str, Ints]:
    """For each loan what it comes to on each of its product's accounts, the lender's own part."""
    held, theirs = tape.columns, partner_parts(tape)
    parts = {
        "principal": held["principal_fen"] - theirs["principal"],
        "interest_receivable": held["interest_owed_fen"] - theirs["interest_receivable"],
        "charges_receivable": held["charges_owed_fen"] - theirs["charges_receivable"],
        "interest_income": held["interest_ever_fen"] - theirs["interest_income"],
        "charges_income": held["charges_ever_fen"] - theirs["charges_income"],
    }
    stages = {f"allowance_{stage}": np.where(held["stage"] == stage, held["expected_loss_fen"], 0) for stage in Stage}
    return parts | stages


def partner_parts(tape: Tape) -> dict[str, Ints]:
    """For each loan what it comes to on each account of its partner: totals are split, and what is owed follows."""
    held, runs, share = tape.columns, tape.columns["running"] != 0, tape.columns["share_ppm"]
    parts = {"principal": held["partner_principal_fen"]}
    for name in ("interest", "charges"):
        ever, owed = held[f"{name}_ever_fen"], held[f"{name}_owed_fen"]
        parts[f"{name}_receivable"] = np.where(runs, held[f"partner_{name}_fen"] - share_of(ever - owed, share), 0)
        parts[f"{name}_income"] = held[f"partner_{name}_fen"]
    return parts


def _closed(group: Group, tape: Tape) -> list[Tie]:
    """What the close kept against the loans as they are found now."""
    held = group.records.tables[CLOSED_PART.name]
    mine = (held.column("lender") == tape.lender) & (held.column("date") == tape.date) & (held.column("partner") == 0)
    found = []
    for product, sums in tape_sums(tape).items():
        of = mine & (held.column("product") == product)
        for name in SUMS:
            what = name.removesuffix("_fen").replace("_", " ")
            kept = int(held.column(name)[of].sum())
            found.append(_tie(what, kept, sums[name], product=product, by=("the close", LOANS)))
    return found


def _tie(
    what: str, one: int, other: int, *, product: int = 0, partner: int = 0, by: tuple[str, str] = (BOOK, LOANS)
) -> Tie:
    return Tie(what=what, product=product, partner=partner, one=by[0], other=by[1], one_fen=one, other_fen=other)
