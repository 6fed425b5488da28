"""A member furnishes an account of a person: its type, since when, its limit; months follow (`furnish_months`).

Sources: State Council Order 631, art. 13 (consent); PBoC Order [2021] No. 4, arts. 9, 10, 12, 14. Order of checks: the
bureau's licence, the member's contract and report; the person's consent that this member furnishes, in force that day.
The person has been identified before (`identify_subject`). The member's own account number is sealed; the log has a
keyed number of it, under which the same account is known again: furnished a second time, it is the same account.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.identities import reference_text, subject_text
from benyuan.credit_bureau.members import FURNISHING_NEEDS, furnishing_gates
from benyuan.credit_bureau.records import (
    CONSENT,
    CREDIT_LINE,
    CREDIT_LINE_CHANGED,
    CREDIT_LINE_FURNISHED,
    PARTICULARS_ERASED,
    SUBJECT,
    SUBJECT_IDENTITY,
)
from benyuan.credit_bureau.sieves import CONSENT as CONSENT_RULE
from benyuan.credit_bureau.vocabulary import ACCOUNT_TYPE_NUMBER, AccountType, Sort
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, Identity, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.parties.documents import DocumentKind, normal_number, number_fault
from benyuan.usecases.common import Count, Id, Reference, Yyyymmdd, faults_where, no_such_day, numbered, rows


@command("furnish_account", version=2, personal=("number", "account_number"), identified=True, keyed=("reference",))
class AccountFields(Command, frozen=True, kw_only=True):
    """`member` furnishes to `bureau` an account of the holder of a document, on the person's `consent`.

    `account_number`: the member's own. `limit_fen`: the line, or the amount of the loan.
    """

    bureau: Id
    member: Id
    consent: Id
    document: DocumentKind
    number: Reference
    account_number: Reference
    type: AccountType
    opened_on: Yyyymmdd
    limit_fen: Count

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The document's number in its normal form."""
        return {name: normal_number(item) if name == "number" else item for name, item in personal.items()}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The document's number fits its kind."""
        wrong = number_fault(kind=DocumentKind(fields["document"]), number=personal["number"])
        return ("number", wrong) if wrong is not None else None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The document is the person; the member's account number becomes a keyed number."""
        del on
        bureau, member = int(fields["bureau"]), int(fields["member"])
        reference = reference_text(bureau=bureau, member=member, number=personal["account_number"])
        document = DocumentKind(fields["document"])
        return Identity(
            text=subject_text(bureau=bureau, document=document, number=personal["number"]),
            contact="",
            derived={},
            handles={"reference": reference},
        )


def _consented(case: Case) -> NDArray[np.bool_]:
    """The person lets this member furnish: a consent of that person, begun, neither over nor taken back."""
    facts, on, batch = case.facts, case.batch.on, case.batch
    case.rules.value(id=CONSENT_RULE, on=on)
    mine = (facts["consent_subject"] == facts["identity_subject"]) & facts.found("consent")
    mine &= (facts["consent_member"] == batch.integers("member")) & (facts["consent_furnishing"] != 0)
    runs = (facts["consent_starts_on"] <= on) & (facts["consent_expires_on"] >= on) & (facts["consent_revoked"] == 0)
    return np.asarray(mine & runs, np.bool_)


CONSENTED = Gate(
    rule=CONSENT_RULE,
    passes=_consented,
    figures=lambda case, place: {"consent": int(case.batch.integers("consent")[place])},
)


class FurnishAccount(UseCase):
    """Gives the account its number at the bureau; the same account again gets the same number."""

    command = AccountFields
    needs = (
        *FURNISHING_NEEDS,
        Need(table=SUBJECT_IDENTITY, by="identity", prefix="identity"),
        Need(table=SUBJECT, by="identity_subject", prefix="subject"),
        Need(table=CONSENT, by="consent", prefix="consent"),
        Need(table=CREDIT_LINE, by="reference", prefix="account", via="reference"),
    )
    gates = (*furnishing_gates(Sort.accounts), CONSENTED)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether an account is there already is shared by those that furnish it."""
        return (batch.integers("reference"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account was opened by today; an account that is known is that person's.

        Whether somebody has a file is not told: who has none has given no consent either.
        """
        batch, facts = case.batch, case.facts
        opened = batch.integers("opened_on")
        other = facts.found("account") & (facts["account_subject"] != facts["identity_subject"])
        anothers = {place: _anothers() for place in np.flatnonzero(other).tolist()}
        ahead = faults_where(opened > batch.on, batch, "opened_on", f"a day up to {batch.on}")
        return {**anothers, **ahead, **no_such_day(batch, "opened_on")}

    def record(self, decided: Decided) -> Recorded:
        """The new accounts; those that were known keep their numbers, and get what changed.

        What was sealed of them before goes, so that nothing of it is left when the account is deleted.
        """
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        known = facts.found("account")
        fresh, again = accepted & ~known, accepted & known
        ids = np.where(again, facts["account_id"], numbered(fresh, facts.next_ids[CREDIT_LINE.name]))
        now = {
            "type": batch.numbers("type", ACCOUNT_TYPE_NUMBER),
            "opened_on": batch.integers("opened_on"),
            "limit_fen": batch.integers("limit_fen"),
            "consent": batch.integers("consent"),
            "position": batch.position,
        }
        made = {
            "bureau": batch.integers("bureau"),
            "member": batch.integers("member"),
            "subject": facts["identity_subject"],
            "reference": batch.integers("reference"),
            "objections": 0,
            "closed": 0,
        }
        return Recorded(
            results={"account": ids, "known": known.astype(np.int64)},
            events=[
                *event(CREDIT_LINE_FURNISHED, rows(fresh, id=ids, **made, **now)),
                *event(CREDIT_LINE_CHANGED, rows(again, id=ids, **now)),
                *event(PARTICULARS_ERASED, rows(again, id=facts["account_position"])),
            ],
        )


def _anothers() -> Invalid:
    return Invalid(field="account_number", value=HIDDEN, constraint="an account of this person, not of another one")
