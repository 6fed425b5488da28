"""A body that is to furnish to the bureau, to ask it, or both; what it may do its contract says (`agree_membership`).

Sources: PBoC Order [2021] No. 4, arts. 9, 10, 14, 22.
"""

import numpy as np

from benyuan.consumer_finance.records import LENDER
from benyuan.credit_bureau.records import BUREAU, MEMBER, MEMBER_ADMITTED
from benyuan.credit_bureau.vocabulary import MEMBER_SORT_NUMBER, MemberSort
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, MaybeId, faults_where, numbered, rows


@command("admit_member")
class AdmitMemberFields(Command, frozen=True, kw_only=True):
    """Admit a member of this `sort` to `bureau`; `lender`: the lender of this group that it is, 0 for none."""

    bureau: Id
    sort: MemberSort
    lender: MaybeId = 0


class AdmitMember(UseCase):
    """Gives the member its number."""

    command = AdmitMemberFields
    needs = (Need(table=BUREAU, by="bureau", prefix="bureau"), Need(table=LENDER, by="lender", prefix="lender"))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A lender of this group is a consumer-finance company."""
        other = ~case.batch.equals("sort", MemberSort.consumer_finance.value)
        wrong = np.asarray(other & (case.batch.integers("lender") != 0), np.bool_)
        return faults_where(wrong, case.batch, "lender", "0, or a member of the sort consumer-finance")

    def record(self, decided: Decided) -> Recorded:
        """The member."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[MEMBER.name])
        columns = {
            "bureau": batch.integers("bureau"),
            "sort": batch.numbers("sort", MEMBER_SORT_NUMBER),
            "lender": batch.integers("lender"),
            "joined_on": batch.on,
            "stopped": 0,
            "ended_on": 0,
        }
        return Recorded(results={"member": ids}, events=event(MEMBER_ADMITTED, rows(accepted, id=ids, **columns)))
