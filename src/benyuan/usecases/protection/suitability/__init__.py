"""The commands of suitability, in the order in which they come up."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.protection.suitability.approve_product import ApproveProduct
from benyuan.usecases.protection.suitability.cancel_sale import CancelSale
from benyuan.usecases.protection.suitability.confirm_assets import ConfirmAssets
from benyuan.usecases.protection.suitability.confirm_level import ConfirmLevel
from benyuan.usecases.protection.suitability.consent_as_guardian import ConsentAsGuardian
from benyuan.usecases.protection.suitability.follow_up_sale import FollowUpSale
from benyuan.usecases.protection.suitability.give_opinion import GiveOpinion
from benyuan.usecases.protection.suitability.pay_redemption import PayRedemption
from benyuan.usecases.protection.suitability.publish_product_price import PublishProductPrice
from benyuan.usecases.protection.suitability.publish_product_terms import PublishProductTerms
from benyuan.usecases.protection.suitability.record_income import RecordIncome
from benyuan.usecases.protection.suitability.redeem_investment import RedeemInvestment
from benyuan.usecases.protection.suitability.register_investor import RegisterInvestor
from benyuan.usecases.protection.suitability.register_product import RegisterProduct
from benyuan.usecases.protection.suitability.release_sale import ReleaseSale
from benyuan.usecases.protection.suitability.rerate_product import RerateProduct, TellHolder
from benyuan.usecases.protection.suitability.sell_investment import SellInvestment
from benyuan.usecases.protection.suitability.show_terms import ShowTerms
from benyuan.usecases.protection.suitability.suspend_product import ResumeProduct, SuspendProduct
from benyuan.usecases.protection.suitability.tell_circumstances import TellCircumstances
from benyuan.usecases.protection.suitability.tell_level import TellLevel
from benyuan.usecases.protection.suitability.test_suitability import TestSuitability
from benyuan.usecases.protection.suitability.warn_investor import WarnInvestor

SUITABILITY: tuple[UseCase, ...] = (
    RegisterProduct(),
    ApproveProduct(),
    SuspendProduct(),
    ResumeProduct(),
    PublishProductTerms(),
    PublishProductPrice(),
    RerateProduct(),
    TellHolder(),
    RegisterInvestor(),
    TellCircumstances(),
    TestSuitability(),
    TellLevel(),
    ConfirmLevel(),
    ConfirmAssets(),
    GiveOpinion(),
    ShowTerms(),
    WarnInvestor(),
    ConsentAsGuardian(),
    SellInvestment(),
    CancelSale(),
    ReleaseSale(),
    RedeemInvestment(),
    PayRedemption(),
    FollowUpSale(),
    RecordIncome(),
)

__all__ = ["SUITABILITY"]
