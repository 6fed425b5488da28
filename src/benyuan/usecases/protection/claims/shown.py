"""The customer as a command about a complaint shows them: by the document under which they are on file at their firm.

Sources: CBIRC Order 2020 No. 3, arts. 15 (the complainant takes back), 18 (the complainant tells new facts), 22 (who it
is, is verified). What ends a complaint or moves its day rests on the customer's own document, whoever speaks for them.
Papers get keyed numbers of their digests under the complaint, by which the same paper is known again.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER_IDENTITY
from benyuan.consumer_protection.claims.records import (
    CLAIM_PAPER_SHOWN,
    COMPLAINT_PAPER,
    DEBT_CLAIM_PAPER,
    PAPER_SHOWN,
)
from benyuan.credit_bureau.records import SUBJECT_IDENTITY
from benyuan.decisions.commands import Identity
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.parties.documents import DocumentKind, normal_number, number_fault
from benyuan.parties.people import SEPARATOR, MaybeText
from benyuan.payments.records import IDENTITY
from benyuan.usecases.bureau.claims import WithEvidence
from benyuan.usecases.common import Id, MaybeId, faults_where, rows

PAPERS = tuple(f"paper_{number}" for number in range(1, 11))  # tidy: number pieces that a command has at most
KEEPERS = {"institution": "{}", "lender": "lender {}", "bureau": "bureau {}"}
"""By which firm a customer is on file, and within whom their document is one."""
SHOWN_NEEDS = (
    Need(table=IDENTITY, by="identity", prefix="shown_person"),
    Need(table=BORROWER_IDENTITY, by="identity", prefix="shown_borrower"),
    Need(table=SUBJECT_IDENTITY, by="identity", prefix="shown_subject"),
)
PAPER_NEEDS = tuple(Need(table=COMPLAINT_PAPER, by=name, prefix=name) for name in PAPERS)
CLAIM_PAPER_NEEDS = tuple(Need(table=DEBT_CLAIM_PAPER, by=name, prefix=name) for name in PAPERS)


class ShownCustomer(WithEvidence, frozen=True, kw_only=True):
    """Papers; where the customer is shown, `document` and `number`, and the firm that has them on file."""

    lender: MaybeId = 0
    document: DocumentKind = DocumentKind.resident_id
    number: MaybeText = ""

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The number in its normal form."""
        return {name: normal_number(item) if name == "number" else item for name, item in personal.items()}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """Digests that are none; a number that is none, or that nobody keeps on file."""
        keepers = [name for name in KEEPERS if name in fields]
        named = [name for name in keepers if fields[name]]
        if "number" not in personal:
            if named:
                return "number", "the number of the customer's document, where a firm is named"
            return super().personal_fault(personal, fields)
        if fault := number_fault(kind=DocumentKind(fields["document"]), number=personal["number"]):
            return "number", fault
        if len(named) != 1:
            return keepers[0], f"one firm at which the customer is on file: {' or '.join(keepers)}"
        return super().personal_fault(personal, fields)

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The customer, where shown, else the papers of what they are about; and a keyed number for each paper."""
        del on
        about = cls.about(fields)
        digests = personal.get("evidence", "").split()
        papers = [SEPARATOR.join(("paper", about, digest)) for digest in digests]
        text = _customer(personal, fields) if "number" in personal else SEPARATOR.join(("papers", about))
        return Identity(text=text, contact="", derived={}, handles=dict(zip(PAPERS, papers, strict=False)))

    @classmethod
    def about(cls, fields: Mapping[str, Any]) -> str:
        """Within what the same paper is known again."""
        raise TypeError(f"{cls.kind}: papers about nothing among {sorted(fields)}")


class ShownComplainant(ShownCustomer, frozen=True, kw_only=True):
    """Papers about `complaint`; the customer may be on file at any firm."""

    complaint: Id
    institution: MaybeId = 0
    bureau: MaybeId = 0

    @classmethod
    def about(cls, fields: Mapping[str, Any]) -> str:
        """The complaint."""
        return str(fields["complaint"])


def _customer(personal: Mapping[str, Any], fields: Mapping[str, Any]) -> str:
    """The text that registration makes of the document at the firm."""
    keeper = next(form.format(fields[name]) for name, form in KEEPERS.items() if fields.get(name))
    return SEPARATOR.join(("person", keeper, DocumentKind(fields["document"]).value, personal["number"]))


def anothers_faults(case: Case) -> dict[int, Invalid]:
    """A fault wherever a document is shown that is not the complaining customer's own."""
    facts, batch = case.facts, case.batch
    firm = sum(batch.integers(name) for name in KEEPERS)
    own = np.zeros(len(batch), np.bool_)
    for name in ("person", "borrower", "subject"):
        whose = facts[f"complaint_{name}"]
        own |= (whose != 0) & (facts[f"shown_{name}_{name}"] == whose)
    wanted = "a complaint of the customer whose document is shown"
    return faults_where(np.asarray((firm != 0) & ~own, np.bool_), batch, "complaint", wanted)


def fresh_papers(case: Case) -> NDArray[np.bool_]:
    """Which papers have not come before, a row a paper; one that comes twice in a command counts once."""
    batch, seen = case.batch, np.zeros((0, len(case.batch)), np.int64)
    fresh = np.zeros((len(PAPERS), len(batch)), np.bool_)
    for place, name in enumerate(PAPERS):
        number = batch.integers(name)
        fresh[place] = (number != 0) & ~case.facts.found(name) & ~(seen == number).any(axis=0)
        seen = np.vstack([seen, number])
    return fresh


def papers_shown(case: Case, accepted: NDArray[np.bool_]) -> list[Event]:
    """Papers that are new to their complaints."""
    return event(PAPER_SHOWN, _papers(case, accepted, "complaint"))


def claim_papers_shown(case: Case, accepted: NDArray[np.bool_]) -> list[Event]:
    """Papers that no claim about a debt has had."""
    return event(CLAIM_PAPER_SHOWN, _papers(case, accepted, "debt_claim"))


def _papers(case: Case, accepted: NDArray[np.bool_], about: str) -> dict[str, list[int]]:
    batch, fresh = case.batch, fresh_papers(case)
    common = {about: batch.integers(about), "position": batch.position}
    each = [rows(accepted & fresh[place], id=batch.integers(name), **common) for place, name in enumerate(PAPERS)]
    return {name: [item for one in each for item in one[name]] for name in each[0]}
