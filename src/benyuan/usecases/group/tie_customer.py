"""A body or individual of the group is a customer of a firm of this ledger: its document says so, on both files.

Source: PBoC Order [2023] No. 1, arts. 11 (related transactions are recognised by substance), 19 (what is on file of
related parties is checked); how is our choice, for no text says it. The document is compared in the vault with that of
the body, or with another that is stated to be of the same individual, and with that of the customer; neither file
learns the other's number. Worked: individual 5 is registered by a
card that borrower 2 has shown to lender 1: tied; with the card of somebody else, or of a customer of another firm: a
fault.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER_IDENTITY
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Identity, command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import Case, Survey
from benyuan.decisions.words import truths
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.bodies.ties import CUSTOMER_TIE, CUSTOMER_TIED, Shown
from benyuan.parties.credit_codes import credit_code_fault
from benyuan.parties.documents import DocumentKind, normal_number, number_fault
from benyuan.parties.people import SEPARATOR, Text
from benyuan.payments.records import BUSINESS, IDENTITY
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, MaybeId, Yyyymmdd, faults_where
from benyuan.usecases.group.dated_fact import DatedFact, body_need
from benyuan.usecases.group.individuals import individual_text
from benyuan.usecases.related.shared import one


@command("tie_customer", personal=("number",), identified=True, keyed=("customer",))
class TieFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `body` is the customer of `institution` or of `lender` with this document, or not any more.

    At an institution a code is that of a merchant, and a document that of a person, for its wallets and the merchants
    for which it stands; at a lender there are borrowers alone. `holds` false ends the tie.
    """

    body: Id
    institution: MaybeId = 0
    lender: MaybeId = 0
    document: Shown
    number: Text
    holds: bool = True
    from_date: Yyyymmdd

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The number in its normal form."""
        return {name: normal_number(item) for name, item in personal.items()}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The number fits its kind."""
        number, shown = personal["number"], fields["document"]
        code = shown == Shown.credit_code
        wrong = credit_code_fault(number) if code else number_fault(kind=DocumentKind(shown), number=number)
        return ("number", wrong) if wrong is not None else None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The body in the group; and the same document at the firm."""
        del on
        number, shown = personal["number"], str(fields["document"])
        scope = f"lender {fields['lender']}" if fields["lender"] else str(fields["institution"])
        own = SEPARATOR.join(("body", number)) if shown == Shown.credit_code else individual_text(shown, number)
        there = ("business", scope, number) if shown == Shown.credit_code else ("person", scope, shown, number)
        return Identity(text=own, contact="", derived={}, elsewhere={"customer": SEPARATOR.join(there)})


class TieCustomer(DatedFact):
    """Records it; the latest that has begun counts."""

    command = TieFields
    needs = (
        body_need("body"),
        Need(table=IDENTITY, by="customer", prefix="person"),
        Need(table=BUSINESS, by="customer", prefix="business"),
        Need(table=BORROWER_IDENTITY, by="customer", prefix="borrower"),
    )
    surveys = True
    table, kind, result = CUSTOMER_TIE, CUSTOMER_TIED, "tie"
    names = ("body",)
    words = {}  # noqa: RUF012  read only
    pair = None

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the document is the body's own, or another of the same individual."""
        del rules
        of = ones_of(books.column).document
        return one(same=of(int(batch.integers("identity")[0])) == of(int(facts["body_identity"][0]))), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One firm, of which the document is a customer's; the document of the body itself; a day, a source."""
        batch, facts = case.batch, case.facts
        firms = (batch.integers("institution") != 0).astype(np.int64) + (batch.integers("lender") != 0)
        known = facts.found("person") | facts.found("business") | facts.found("borrower")
        own = (batch.integers("identity") != 0) & (facts["same"] != 0)
        return {
            **super().faults(case),
            **_hidden(~known, "a document or code by which the firm has a customer"),
            **_hidden(~own, "the document or code by which the body is registered"),
            **faults_where(firms != 1, batch, "lender", "an institution or a lender, one of the two; 0 for the other"),
        }

    def columns(self, case: Case) -> dict[str, Any]:
        """Which customer, and whether it still is."""
        facts = case.facts
        return {
            **super().columns(case),
            "person": facts["person_person"],
            "merchant": facts["business_merchant"],
            "borrower": facts["borrower_borrower"],
            "holds": truths(case.batch, "holds").astype(np.int64),
        }


def _hidden(where: Any, wanted: str) -> dict[int, Invalid]:
    """A fault of the number, which is not told."""
    found = Invalid(field="number", value=HIDDEN, constraint=wanted)
    return dict.fromkeys(np.flatnonzero(where).tolist(), found)
