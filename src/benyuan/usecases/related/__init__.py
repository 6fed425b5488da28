"""The commands of related parties, their transactions and approvals, in the order in which they come up."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.related.call_approval_vote import CallApprovalVote
from benyuan.usecases.related.decide_approval import DecideApproval
from benyuan.usecases.related.declare_related_party import DeclareRelatedParty
from benyuan.usecases.related.file_governance_duty import FileGovernanceDuty
from benyuan.usecases.related.give_independent_opinion import GiveIndependentOpinion
from benyuan.usecases.related.propose_approval import ProposeApproval
from benyuan.usecases.related.record_committee_seat import RecordCommitteeSeat
from benyuan.usecases.related.record_governance_grade import RecordGovernanceGrade
from benyuan.usecases.related.record_related_loss import RecordRelatedLoss
from benyuan.usecases.related.record_related_transaction import RecordRelatedTransaction
from benyuan.usecases.related.return_related_finance import ReturnRelatedFinance
from benyuan.usecases.related.set_house_limit import SetHouseLimit
from benyuan.usecases.related.sign_framework import SignFramework
from benyuan.usecases.related.update_related_register import UpdateRelatedRegister
from benyuan.usecases.related.vote_approval import VoteApproval

RELATED: tuple[UseCase, ...] = (
    DeclareRelatedParty(),
    UpdateRelatedRegister(),
    RecordCommitteeSeat(),
    ProposeApproval(),
    CallApprovalVote(),
    GiveIndependentOpinion(),
    VoteApproval(),
    DecideApproval(),
    SignFramework(),
    SetHouseLimit(),
    RecordRelatedTransaction(),
    ReturnRelatedFinance(),
    FileGovernanceDuty(),
    RecordRelatedLoss(),
    RecordGovernanceGrade(),
)

__all__ = ["RELATED"]
