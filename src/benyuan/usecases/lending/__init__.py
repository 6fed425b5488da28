"""The commands of the consumer-finance company."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.lending.agree_autopay import AgreeAutopay
from benyuan.usecases.lending.assess_borrower import AssessBorrower
from benyuan.usecases.lending.change_credit_line import ChangeCreditLine
from benyuan.usecases.lending.clear_lender import ClearLender
from benyuan.usecases.lending.close_credit_account import CloseCreditAccount
from benyuan.usecases.lending.close_lender_day import CloseLenderDay
from benyuan.usecases.lending.collect_account import CollectAccount
from benyuan.usecases.lending.confirm_cost_sheet import ConfirmCostSheet
from benyuan.usecases.lending.draw_further import DrawFurther
from benyuan.usecases.lending.draw_loan import DrawLoan
from benyuan.usecases.lending.draw_purchase import BuyOnCredit
from benyuan.usecases.lending.end_autopay import EndAutopay
from benyuan.usecases.lending.erase_borrowers import EraseBorrowers
from benyuan.usecases.lending.extend_loan import ExtendLoan
from benyuan.usecases.lending.freeze_account import FreezeAccount
from benyuan.usecases.lending.freeze_borrower import FreezeBorrower
from benyuan.usecases.lending.fund_lender import FundLender
from benyuan.usecases.lending.hand_back_loan import HandBackLoan
from benyuan.usecases.lending.list_partner import ListPartner, ReviewPartner
from benyuan.usecases.lending.make_credit_product import MakeCreditProduct
from benyuan.usecases.lending.make_plan import MakePlan
from benyuan.usecases.lending.offer_loan import OfferLoan
from benyuan.usecases.lending.open_credit_account import OpenCreditAccount
from benyuan.usecases.lending.pay_out_credit import PayOutCredit
from benyuan.usecases.lending.publish_account_terms import PublishAccountTerms
from benyuan.usecases.lending.publish_loan_terms import PublishLoanTerms
from benyuan.usecases.lending.record_lender_figures import RecordLenderFigures
from benyuan.usecases.lending.record_lender_standing import RecordLenderStanding
from benyuan.usecases.lending.recover_account import RecoverAccount
from benyuan.usecases.lending.recover_loan import RecoverLoan
from benyuan.usecases.lending.register_borrower import RegisterBorrower
from benyuan.usecases.lending.register_lender import RegisterLender
from benyuan.usecases.lending.repay_account import RepayAccount
from benyuan.usecases.lending.repay_account_earlier import RepayAccountEarlier
from benyuan.usecases.lending.repay_loan import RepayLoan
from benyuan.usecases.lending.repay_loan_earlier import RepayLoanEarlier
from benyuan.usecases.lending.return_purchase import ReturnPurchase
from benyuan.usecases.lending.set_lending_policy import SetLendingPolicy
from benyuan.usecases.lending.set_loss_rate import SetLossRate
from benyuan.usecases.lending.show_cost_sheet import ShowCostSheet
from benyuan.usecases.lending.tell_arrears import TellArrears
from benyuan.usecases.lending.update_borrower import UpdateBorrower
from benyuan.usecases.lending.write_off_account import WriteOffAccount
from benyuan.usecases.lending.write_off_loan import WriteOffLoan

LENDING: tuple[UseCase, ...] = (
    RegisterLender(),
    SetLendingPolicy(),
    SetLossRate(),
    RecordLenderFigures(),
    RecordLenderStanding(),
    FundLender(),
    ClearLender(),
    MakeCreditProduct(),
    PublishAccountTerms(),
    RegisterBorrower(),
    UpdateBorrower(),
    AssessBorrower(),
    OpenCreditAccount(),
    PublishLoanTerms(),
    ListPartner(),
    ReviewPartner(),
    ShowCostSheet(),
    EraseBorrowers(),
    ConfirmCostSheet(),
    BuyOnCredit(),
    ReturnPurchase(),
    RepayAccount(),
    RepayAccountEarlier(),
    AgreeAutopay(),
    EndAutopay(),
    CollectAccount(),
    WriteOffAccount(),
    RecoverAccount(),
    MakePlan(),
    ChangeCreditLine(),
    FreezeAccount(),
    FreezeBorrower(),
    PayOutCredit(),
    CloseCreditAccount(),
    OfferLoan(),
    DrawLoan(),
    DrawFurther(),
    RepayLoan(),
    HandBackLoan(),
    RepayLoanEarlier(),
    ExtendLoan(),
    WriteOffLoan(),
    RecoverLoan(),
    CloseLenderDay(),
    TellArrears(),
)
"""In the order in which a lender begins."""
