"""An account leaves the file with all its months: it was furnished by mistake, or is not this person's.

Sources: State Council Order 631, art. 25 ¶3; PIPL, art. 47. What stays is the log: a number of which nobody knows any
more whose account it was.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.records import CREDIT_LINE, CREDIT_LINE_TAKEN_OUT, PARTICULARS_ERASED, RECORDS_ERASED
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, Memo, faults_where, rows


@command("delete_account", version=2, personal=("reason",))
class DeletionFields(Command, frozen=True, kw_only=True):
    """`member` has `account` taken out of the file, for a `reason`."""

    member: Id
    account: Id
    reason: Memo = ""


class DeleteAccount(UseCase):
    """Erases the account's months and particulars."""

    command = DeletionFields
    needs = (Need(table=CREDIT_LINE, by="account", prefix="account"),)
    surveys = True
    reads_sealed = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An account is taken out once."""
        return (batch.integers("account"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The account's months."""
        del facts, rules
        found = books.furnished(MONTH, batch.integers("account").tolist())
        return {}, {"position": found.position, "page": found.page, "row": found.row}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is an account that this member furnished."""
        other = case.facts["account_member"] != case.batch.integers("member")
        return faults_where(other, case.batch, "account", "an account that this member has furnished")

    def record(self, decided: Decided) -> Recorded:
        """Row, months and particulars go; in whose file they were stays known by its number."""
        case, accepted = decided.case, decided.accepted
        flows = case.facts.flows
        blank = {name: np.zeros(len(accepted), np.int64) for name in CREDIT_LINE.columns}
        out = rows(accepted, id=case.batch.integers("account"), **blank)
        gone = {"id": flows["position"], "page": flows["page"], "row": flows["row"]}
        particulars = rows(accepted, id=case.facts["account_position"])
        events = [*event(CREDIT_LINE_TAKEN_OUT, out), *event(PARTICULARS_ERASED, particulars)]
        return Recorded(
            results={"erased": np.array([len(flows["row"])], np.int64), "subject": case.facts["account_subject"]},
            events=[*events, *event(RECORDS_ERASED, gone)] if accepted.all() else [],
        )
