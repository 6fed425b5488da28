"""A person takes a consent back: from this moment on nothing is done under it; what was done stands (PIPL, art. 15)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import CONSENT, CONSENT_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where, rows


@command("revoke_consent")
class ConsentRevoked(Command, frozen=True, kw_only=True):
    """Take back `consent`. No grounds are asked for."""

    consent: Id


class RevokeConsent(UseCase):
    """Notes the place in the log from which the consent is none; no gate stands in the way."""

    command = ConsentRevoked
    needs = (Need(table=CONSENT, by="consent", prefix="consent"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A consent is taken back once."""
        return (batch.integers("consent"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It has not been taken back before."""
        gone = np.asarray(case.facts["consent_revoked"] != 0, np.bool_)
        return faults_where(gone, case.batch, "consent", "a consent that was not taken back before")

    def record(self, decided: Decided) -> Recorded:
        """The revocation."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = rows(accepted, id=batch.integers("consent"), revoked=batch.position)
        return Recorded(results={"revoked_on": np.full(len(batch), batch.on)}, events=event(CONSENT_CHANGED, columns))
