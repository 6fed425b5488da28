"""Redress is traced to the command that paid it: to this customer, after the complaint came in, and for one complaint.

Sources: CBIRC Order 2020 No. 3, arts. 9, 18; rule cp.house.redress. At the payment institution own money goes to a
wallet or a payment goes back; at the lender a debt is paid down or a purchase comes back. The bureau holds no money in
these books, so its redress rests on the slip of whoever paid. From whose pocket a repayment came is not known to the
books.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import ACCOUNT, LOAN
from benyuan.consumer_protection.claims.records import COMPLAINT_REDRESS, REDRESS_PAID
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.books import Books
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.payments.records import WALLET
from benyuan.usecases.common import faults_where, rows
from benyuan.usecases.protection.claims.shared import complaints_customer, raised
from benyuan.values.dates import local_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """By which column a command names to whom it pays: rows of `table`, whose column `whose` names the customer."""

    column: str
    table: Table
    whose: str


OF_WALLET = Payee(column="wallet", table=WALLET, whose="person")
OF_PAYER = Payee(column="payer", table=WALLET, whose="person")
OF_ACCOUNT = Payee(column="account", table=ACCOUNT, whose="borrower")
OF_LOAN = Payee(column="loan", table=LOAN, whose="borrower")
PAYING = {
    "credit_wallet": OF_WALLET,
    "refund": OF_PAYER,
    "repay_account": OF_ACCOUNT,
    "repay_account_earlier": OF_ACCOUNT,
    "return_purchase": OF_ACCOUNT,
    "repay_loan": OF_LOAN,
    "repay_loan_earlier": OF_LOAN,
}
"""The commands by which money goes to a customer, or for one."""
REDRESS_NEED = Need(table=COMPLAINT_REDRESS, by="redress_command", prefix="named")
WANTED = "the log position of a command that paid this customer since the complaint came in: " + ", ".join(PAYING)


def paid_fen(books: Books, position: int, *, customer: Mapping[str, int], since: int) -> int:
    """What the accepted command at a log position paid to a customer on a day (yyyymmdd) or later; 0 for none."""
    for kind, payee in PAYING.items():
        for found in books.commands(kind, first=position, last=position):
            if not len(found.columns["position"]):
                return 0
            row = {name: int(column[0]) for name, column in found.columns.items()}
            whom = int(books.column(payee.table, payee.whose)[row[payee.column]])
            mine = customer[payee.whose] == whom != 0
            return row["amount_fen"] if mine and local_day(row["at"]) >= since else 0
    return 0


def redress_facts(books: Books, facts: Mapping[str, NDArray[np.int64]], position: int) -> dict[str, int]:
    """`redress_paid`: what the command that is named paid; 0 where none is, or it doesn't fit."""
    customer = {name: int(facts[f"complaint_{name}"][0]) for name in ("person", "borrower", "subject")}
    since = int(facts["complaint_received_on"][0])
    return {"redress_paid": paid_fen(books, position, customer=customer, since=since) if position else 0}


def redress_faults(case: Case, *, owed: NDArray[np.int64]) -> dict[int, Invalid]:
    """A command that is named pays enough of what is owed, and has paid for no other complaint."""
    batch, facts = case.batch, case.facts
    named = batch.integers("redress_command")
    paid = facts["redress_paid"]
    little = (named != 0) & (paid != 0) & (paid < owed)
    return {
        **faults_where(
            little, batch, "redress_command", "a command that paid all of the redress (else record_redress)"
        ),
        **faults_where((named != 0) & (paid == 0), batch, "redress_command", WANTED),
        **faults_where(facts.found("named"), batch, "redress_command", "a command that is no complaint's redress yet"),
        **faults_where((named != 0) & (owed == 0), batch, "redress_command", "0 where nothing is to be paid"),
    }


def redress_paid(case: Case, where: NDArray[np.bool_], *, amount_fen: NDArray[np.int64]) -> list[Event]:
    """Which commands paid for which complaints."""
    batch = case.batch
    columns = {"complaint": batch.integers("complaint"), "amount_fen": amount_fen, "on_date": batch.on}
    return event(REDRESS_PAID, rows(where, id=batch.integers("redress_command"), **columns))


def redress_owed(case: Case, *, duty: NDArray[np.int64]) -> list[Event]:
    """The duties to pay what was granted and is not paid yet; `duty` 0: none."""
    owed = {"id": duty, "kind": DutyKind.pay_redress, "about": case.batch.integers("complaint"), "due_on": 0}
    return raised(duty != 0, arose_on=case.batch.on, **complaints_customer(case), **owed)
