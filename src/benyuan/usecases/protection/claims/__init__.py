"""Complaints, claims about debts, own data and data incidents: the commands in the order in which they come up.

None of them stops a clock, sets a day of its own for an answer, or closes a complaint without one.
"""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.protection.claims.add_evidence import AddToComplaint
from benyuan.usecases.protection.claims.answer_customer_complaint import AnswerCustomer
from benyuan.usecases.protection.claims.answer_debt_claim import AnswerDebtClaim
from benyuan.usecases.protection.claims.answer_own_data import AnswerAboutData
from benyuan.usecases.protection.claims.ask_own_data import AskAboutData
from benyuan.usecases.protection.claims.ask_review import AskToReview
from benyuan.usecases.protection.claims.climb_duties import ClimbDuties
from benyuan.usecases.protection.claims.close_data_incident import CloseMishap
from benyuan.usecases.protection.claims.decide_complaint_review import DecideReviewed
from benyuan.usecases.protection.claims.explain_decision import DecideAgain, ExplainDecision
from benyuan.usecases.protection.claims.extend_complaint import ExtendTime
from benyuan.usecases.protection.claims.feed_back_complaint import FeedBack
from benyuan.usecases.protection.claims.hand_out_data import HandOutData
from benyuan.usecases.protection.claims.raise_protection_duties import FileProtection, RaiseProtection
from benyuan.usecases.protection.claims.record_data_incident import RecordMishap
from benyuan.usecases.protection.claims.record_redress import RecordRedress
from benyuan.usecases.protection.claims.report_data_incident import ReportMishap
from benyuan.usecases.protection.claims.take_customer_complaint import TakeCustomers
from benyuan.usecases.protection.claims.take_debt_claim import TakeDebtClaim
from benyuan.usecases.protection.claims.take_in_objection import TakeInObjection
from benyuan.usecases.protection.claims.update_data_incident import UpdateMishap
from benyuan.usecases.protection.claims.withdraw_customer_complaint import WithdrawCustomers
from benyuan.usecases.protection.claims.withdraw_debt_claim import WithdrawDebtClaim

CLAIMS: tuple[UseCase, ...] = (
    TakeCustomers(),
    AddToComplaint(),
    ExtendTime(),
    AnswerCustomer(),
    WithdrawCustomers(),
    FeedBack(),
    AskToReview(),
    DecideReviewed(),
    RecordRedress(),
    TakeDebtClaim(),
    AnswerDebtClaim(),
    WithdrawDebtClaim(),
    TakeInObjection(),
    RaiseProtection(),
    FileProtection(),
    ClimbDuties(),
    AskAboutData(),
    AnswerAboutData(),
    HandOutData(),
    ExplainDecision(),
    DecideAgain(),
    RecordMishap(),
    UpdateMishap(),
    ReportMishap(),
    CloseMishap(),
)
"""One a step."""
