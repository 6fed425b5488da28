"""The commands by which a person's rights against the bureau are kept, in the order in which they come up."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.bureau.answer_about_score import Explain, Review
from benyuan.usecases.bureau.answer_as_furnisher import TakeFurnishersAnswer
from benyuan.usecases.bureau.answer_objection import AnswerPerson
from benyuan.usecases.bureau.ask_about_score import AskForExplanation, AskForReview
from benyuan.usecases.bureau.ask_furnisher import PutToFurnisher
from benyuan.usecases.bureau.conclude_complaint import Conclude
from benyuan.usecases.bureau.decide_objection import DecideOnObjection
from benyuan.usecases.bureau.explain_complaint import ExplainToBranch
from benyuan.usecases.bureau.move_records import MoveInquiries, MovePublic
from benyuan.usecases.bureau.open_objection import ObjectToRecord
from benyuan.usecases.bureau.raise_bureau_duties import FileYearlyDuty, RaiseYearlyDuties
from benyuan.usecases.bureau.split_subject import SplitFile
from benyuan.usecases.bureau.state_explanation import PutOnRecord, TakeExplanationBack
from benyuan.usecases.bureau.take_complaint import TakeUpComplaint
from benyuan.usecases.bureau.tell_member import TellWhatIsRight
from benyuan.usecases.bureau.withdraw_objection import TakeObjectionBack

REDRESS: tuple[UseCase, ...] = (
    ObjectToRecord(),
    PutToFurnisher(),
    TakeFurnishersAnswer(),
    DecideOnObjection(),
    AnswerPerson(),
    TakeObjectionBack(),
    TellWhatIsRight(),
    SplitFile(),
    MovePublic(),
    MoveInquiries(),
    PutOnRecord(),
    TakeExplanationBack(),
    TakeUpComplaint(),
    ExplainToBranch(),
    Conclude(),
    AskForExplanation(),
    Explain(),
    AskForReview(),
    Review(),
    RaiseYearlyDuties(),
    FileYearlyDuty(),
)
"""One a step."""
