"""A decision of a machine is explained to the customer whom it was about, or made again by people.

Source: PIPL, art. 24 para. 3. Each is done for a request about own data and names the command that decided, accepted or
refused; what it met is told by `why`. Who decides again is a person, by the firm's number, and says why in words. At
the bureau scores have commands of their own (`give_explanation`, `decide_review`).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import ACCOUNT, LOAN, OFFER
from benyuan.consumer_protection.claims.records import DATA_REQUEST
from benyuan.consumer_protection.claims.words import REVIEW_NUMBER, WANTED_NUMBER, ReviewDecision, Wanted
from benyuan.consumer_protection.customers import CUSTOMER
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.payments.records import WALLET
from benyuan.rules import RulePack
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Id, faults_where
from benyuan.usecases.protection.claims.shared import Telling

NAMES: Mapping[str, tuple[tuple[str, Table, str], ...]] = {
    "person": (("wallet", WALLET, "person"), ("payer", WALLET, "person")),
    "borrower": (("account", ACCOUNT, "borrower"), ("loan", LOAN, "borrower"), ("offer", OFFER, "borrower")),
    "subject": (),
}
"""By which further columns a command names a customer: the column, its table, and whose a row of it is."""
AUTOMATED = "pi.auto.explain_refuse"


@command("explain_decision", personal=("words",), identified=True)
class Explained(Telling, frozen=True, kw_only=True):
    """The customer of `request` was told in `words` how the command at log position `decision` came to its outcome."""

    request: Id
    decision: Id
    staff: Id
    words: Words


@command("decide_again", personal=("words",), identified=True)
class DecidedAgain(Telling, frozen=True, kw_only=True):
    """`staff`, a person, decided again what the command at log position `decision` had: the `outcome`, in `words`.

    What changes is done by a command of its own.
    """

    request: Id
    decision: Id
    staff: Id
    outcome: ReviewDecision
    words: Words


def is_about(books: Books, position: int, *, of: str, whom: int) -> bool:
    """Whether the command at a log position, accepted or refused, is about a customer."""
    found = books.command_at(position)
    if found is None:
        return False
    row = {name: int(column[0]) for name, column in found.columns.items()}
    if row.get(of, 0):
        return row[of] == whom
    held = ((table, row.get(column, 0), whose) for column, table, whose in NAMES[of])
    named = [books.column(table, whose)[row] for table, row, whose in held if 0 < row < len(books.column(table, whose))]
    return whom in named


class ForRequest(UseCase):
    """Done for an open request of its sort, about a decision on the customer who asked."""

    needs = (Need(table=DATA_REQUEST, by="request", prefix="request"),)
    surveys = True
    wanted: Wanted

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Each is kept; the answer names one."""
        del batch
        return ()

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the decision was about the customer."""
        del rules
        of = next(name for name in CUSTOMER if facts[f"request_{name}"][0])
        about = is_about(books, int(batch.integers("decision")[0]), of=of, whom=int(facts[f"request_{of}"][0]))
        return {"about_customer": np.array([about], np.int64)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The request is open, asks for this, and the decision was on whoever asked."""
        case.rules.value(id=AUTOMATED, on=case.batch.on)
        facts, batch = case.facts, case.batch
        other = facts["request_wanted"] != WANTED_NUMBER[self.wanted.value]
        wanted = "the log position of a command about this customer"
        return {
            **faults_where(facts["about_customer"] == 0, batch, "decision", wanted),
            **faults_where(other, batch, "request", f"one that asks for: {self.wanted.value}"),
            **faults_where(facts["request_answered_on"] != 0, batch, "request", "one that is not answered yet"),
        }


class ExplainDecision(ForRequest):
    """How it came about; the words are sealed."""

    command = Explained
    wanted = Wanted.explanation

    def record(self, decided: Decided) -> Recorded:
        """Nothing but its place in the log."""
        return Recorded(results={"explained": decided.case.batch.integers("decision")})


class DecideAgain(ForRequest):
    """What people made of it."""

    command = DecidedAgain
    wanted = Wanted.human

    def record(self, decided: Decided) -> Recorded:
        """By the number of the outcome."""
        return Recorded(results={"decided": decided.case.batch.numbers("outcome", REVIEW_NUMBER)})
