"""Whether the command at a log position did what a customer asked about their own data: of its kind, and for them.

Sources: PIPL, arts. 15 (a consent ended), 24 (explained, decided by people), 46 (corrected), 47 (deleted). Told from
log and records: accepted, after the request, about this customer; a consent that was given again since is not ended,
and an erasure of many counts for the customers who are gone by it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.claims.words import WANTED_NUMBER, Wanted
from benyuan.consumer_protection.contact.choices import ended_by, thing_at
from benyuan.consumer_protection.contact.records import CHOICE
from benyuan.credit_bureau.records import CONSENT, OBJECTION, REVIEW
from benyuan.credit_bureau.vocabulary import ObjectionOutcome
from benyuan.decisions.books import Books
from benyuan.decisions.facts import Table
from benyuan.payments.records import PERSON

Row = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request: its number and log position, and whose it is, by the name of the customer's id and the id."""

    number: int
    position: int
    of: str
    whom: int


Test = Callable[[Books, Row, Request], bool]


def _own(books: Books, row: Row, request: Request) -> bool:
    """The command names the customer."""
    del books
    return row.get(request.of, 0) == request.whom


def _consent_ended(books: Books, row: Row, request: Request) -> bool:
    """It was the customer's no, and nothing that it was about has been said yes to again."""
    places = books.all_with(CHOICE, request.of, request.whom)
    return _own(books, row, request) and not ended_by(places, books, thing_at(books, row["choice"]))


def _on_file(column: str, table: Table) -> Test:
    """It is about a row of the bureau's that is the customer's."""

    def test(books: Books, row: Row, request: Request) -> bool:
        return request.of == "subject" and int(books.column(table, "subject")[row[column]]) == request.whom

    return test


def _corrected(books: Books, row: Row, request: Request) -> bool:
    """An objection was decided, and what it was about has been put right."""
    outcome = int(books.column(OBJECTION, "outcome")[row["objection"]])
    return _on_file("objection", OBJECTION)(books, row, request) and outcome == ObjectionOutcome.corrected


def _erased(books: Books, row: Row, request: Request) -> bool:
    """Something was erased, and the person is on file no more."""
    gone = request.of == "person" and int(books.column(PERSON, "registered_on")[request.whom]) == 0
    return gone and row["erased"] > 0


def _borrower_erased(books: Books, row: Row, request: Request) -> bool:
    """Borrowers were erased, this one among them: nothing of who they were is on file."""
    gone = request.of == "borrower" and int(books.column(BORROWER, "particulars")[request.whom]) == 0
    return gone and row["erased"] > 0


def _of_request(books: Books, row: Row, request: Request) -> bool:
    """It was done for this very request."""
    del books
    return row["request"] == request.number


DOES: Mapping[Wanted, Mapping[str, Test]] = {
    Wanted.see: {"hand_out_data": _of_request},
    Wanted.export: {"hand_out_data": _of_request},
    Wanted.correct: {
        "update_person": _own,
        "update_borrower": _own,
        "tell_circumstances": _own,
        "record_income": _own,
        "assess_borrower": _own,
        "decide_objection": _corrected,
    },
    Wanted.delete: {"erase_records": _erased, "erase_borrowers": _borrower_erased, "delete_account": _own},
    Wanted.withdraw_consent: {
        "withdraw_consent_to": _consent_ended,
        "switch_profiling_off": _consent_ended,
        "revoke_consent": _on_file("consent", CONSENT),
    },
    Wanted.explanation: {"explain_decision": _of_request, "give_explanation": _on_file("review", REVIEW)},
    Wanted.human: {"decide_again": _of_request, "decide_review": _on_file("review", REVIEW)},
}
"""By which commands each wish is met, and what makes one of them this customer's."""
WISHES = {WANTED_NUMBER[each.value]: each for each in Wanted}


def wanted_text(wanted: Wanted) -> str:
    """What is asked of a log position, in words."""
    return "the log position, after the request, of a command for this customer that did it: " + ", ".join(DOES[wanted])


def did(books: Books, position: int, *, wanted: Wanted, request: Request) -> bool:
    """Whether the command at a log position did it."""
    found = books.command_at(position)
    if found is None or found.kind not in DOES[wanted] or position <= request.position:
        return False
    row = {name: int(column[0]) for name, column in found.columns.items()}
    return bool(row["accepted"]) and DOES[wanted][found.kind](books, row, request)
