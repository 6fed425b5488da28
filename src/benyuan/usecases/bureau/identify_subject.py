"""A person identified to the bureau: the file under a document is found, or opened.

Sources: State Council Order 631, arts. 17, 23; PIPL, art. 31. Order of checks: the name is the one on file, or the
person has shown that it was changed; old enough. What identifies is document and number, within one bureau; particulars
are sealed, and the latest ones count.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.shown import ACCURACY, OLD_ENOUGH, AgedPerson, is_named_alike
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import truths
from benyuan.parties.people import MaybeText, Text
from benyuan.usecases.bureau.subjects import FILE_NEEDS, file_accounts, file_events, is_new, moved_events, subject_ids
from benyuan.usecases.common import numbered

PARTICULARS = ("number", "full_name", "phone", "residence", "employer", "marital_status")


@command("identify_subject", personal=PARTICULARS, identified=True)
class SubjectFields(AgedPerson, frozen=True, kw_only=True):
    """Identify a person to `bureau`; the number of their file is in the answer, with `known` 1 where it stood before.

    `renamed`: the person has shown that the name was changed. `residence`, `employer` and `marital_status` may be left
    out.
    """

    phone: Text
    residence: MaybeText = ""
    employer: MaybeText = ""
    marital_status: MaybeText = ""
    renamed: bool = False


def _is_same(case: Case) -> NDArray[np.bool_]:
    return np.asarray(is_named_alike(case) | truths(case.batch, "renamed"), np.bool_)


class IdentifySubject(UseCase):
    """Opens the file with the account that counts its free reports."""

    command = SubjectFields
    needs = FILE_NEEDS
    gates = (
        Gate(
            rule=ACCURACY,
            passes=_is_same,
            figures=lambda case, place: {"subject": int(case.facts["identity_subject"][place])},
        ),
        OLD_ENOUGH,
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether an identity has a file is shared by those that show it."""
        return (batch.integers("identity"),)

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One for each new file."""
        return file_accounts(case, goes_on)

    def record(self, decided: Decided) -> Recorded:
        """The file, and where the particulars stand."""
        case, accepted = decided.case, decided.accepted
        new = is_new(case, accepted)
        usage = numbered(new, case.facts.next_account)
        known = accepted & ~new
        return Recorded(
            results={"subject": subject_ids(case, accepted), "known": known.astype(np.int64)},
            events=[*file_events(case, accepted, usage=usage), *moved_events(case, known)],
        )
