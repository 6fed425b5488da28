"""Two documents belong to one individual, or after all do not: all comparisons take both as one, or as two.

Source: house rule gov.house.same_individual, on PBoC Order [2020] No. 4, arts. 3 ¶4, 19. By one of both documents the
individual is on the register of bodies or on a staff; neither number is in the log. Nothing takes a statement back but
the correction, which says why. Worked: a card and a passport stated to be one, and the passport and a permit: all three
are one; with the first statement corrected the passport and the permit still are.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Identity, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults
from benyuan.governance.checks.records import STAFF
from benyuan.parties.bodies.records import BODY_IDENTITY
from benyuan.parties.bodies.same import SAME_INDIVIDUAL, SAME_STATED, joined_directly
from benyuan.parties.bodies.sources import Sourced, is_invented
from benyuan.parties.documents import DocumentKind, normal_number, number_fault
from benyuan.parties.people import Text
from benyuan.rules import RulePack
from benyuan.usecases.common import Memo, numbered, rows
from benyuan.usecases.group.individuals import individual_text
from benyuan.usecases.group.shared import source_faults
from benyuan.usecases.related.shared import one

NUMBERS = ("number", "known_number")
KIND_OF = {"number": "document", "known_number": "known_document"}


class TwoDocuments(Sourced, frozen=True, kw_only=True):
    """Two documents. `known_document`, `known_number`: by which the individual is on the register or on a staff."""

    document: DocumentKind
    number: Text
    known_document: DocumentKind
    known_number: Text

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The numbers in their normal form."""
        return {name: normal_number(item) if name in NUMBERS else item for name, item in personal.items()}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The first number that does not fit its kind."""
        for name in NUMBERS:
            fault = number_fault(kind=DocumentKind(fields[KIND_OF[name]]), number=personal[name])
            if fault is not None:
                return name, fault
        return None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The further document; and the one that is on file."""
        del on
        further, known = (individual_text(fields[KIND_OF[name]], personal[name]) for name in NUMBERS)
        return Identity(text=further, contact="", derived={}, elsewhere={"known": known})


@command("join_individuals", personal=NUMBERS, identified=True, keyed=("known",))
class JoinFields(TwoDocuments, frozen=True, kw_only=True):
    """The document with this number is of the individual whom the group knows by the other; `source` shows it."""


@command("separate_individuals", personal=NUMBERS, identified=True, keyed=("known",))
class SeparateFields(TwoDocuments, frozen=True, kw_only=True):
    """That both are of one individual was stated wrongly; `reason`: why that is known now."""

    reason: Memo


class _Stating(UseCase):
    """States something of two documents. `holds`: that they are one individual's."""

    needs = (
        Need(table=BODY_IDENTITY, by="identity", prefix="further"),
        Need(table=BODY_IDENTITY, by="known", prefix="known"),
    )
    surveys = True
    holds: bool
    wanted: str

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Of a document one thing is stated after another."""
        return batch.integers("identity"), batch.integers("known")

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the known one is on file, and what is stated of both already."""
        del rules
        further, known = int(batch.integers("identity")[0]), int(batch.integers("known")[0])
        on_staff = bool(known) and bool((books.column(STAFF, "identity") == known).any())
        return one(
            on_file=bool(facts["known_found"][0]) or on_staff,
            joined=joined_directly(books.column, one=further, other=known),
        ), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A document that is on file, and another; of which it is not stated yet; a source."""
        batch, facts = case.batch, case.facts
        same = (batch.integers("identity") == batch.integers("known")) & (batch.integers("identity") != 0)
        stated = (facts["joined"] != 0) == self.holds
        return {
            **source_faults(case),
            **_hidden(np.asarray(stated, np.bool_), "number", self.wanted),
            **_hidden(
                np.asarray(facts["on_file"] == 0, np.bool_),
                "known_number",
                "a document by which somebody is on the register of bodies or on a staff",
            ),
            **_hidden(np.asarray(same, np.bool_), "number", "another document than the known one"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The statement, and the numbers in the register of both."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        further, known = batch.integers("identity"), batch.integers("known")
        ids = numbered(accepted, facts.next_ids[SAME_INDIVIDUAL.name])
        columns = {
            "one": np.minimum(further, known),
            "other": np.maximum(further, known),
            "holds": np.int64(self.holds),
            "invented": is_invented(batch),
            "position": batch.position,
        }
        bodies = {name: np.where(facts.found(name), facts[f"{name}_body"], 0) for name in ("further", "known")}
        return Recorded(
            results={"statement": ids, "body": bodies["further"], "known_body": bodies["known"]},
            events=event(SAME_STATED, rows(accepted, id=ids, **columns)),
        )


class JoinIndividuals(_Stating):
    """They count as one from this position of the log on."""

    command = JoinFields
    holds = True
    wanted = "a document that is not stated to be of the same individual yet"


class SeparateIndividuals(_Stating):
    """Corrects it, from this position on; what was known before stays as it was."""

    command = SeparateFields
    holds = False
    wanted = "a document that is stated to be of the same individual, by join_individuals with these two"

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A reason besides."""
        unsaid = np.array([text.strip() == "" for text in case.batch.values("reason")], np.bool_)
        return {**super().faults(case), **text_faults(unsaid, case.batch, "reason", "why it was wrong")}


def _hidden(where: NDArray[np.bool_], field: str, wanted: str) -> dict[int, Invalid]:
    found = Invalid(field=field, value=HIDDEN, constraint=wanted)
    return dict.fromkeys(np.flatnonzero(where).tolist(), found)
