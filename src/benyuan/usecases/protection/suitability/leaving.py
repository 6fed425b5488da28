"""What cancelling, redeeming and paying out share: needs, where the money goes, and how much of a sale is gone."""

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints
from benyuan.consumer_protection.suitability.records import EXIT_TERMS, HOLDING, INVESTOR, SALE
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case
from benyuan.payments.chart import Own
from benyuan.payments.merchant_stops import BEHIND_MERCHANT
from benyuan.payments.records import INSTITUTION, MERCHANT, WALLET

NO_MISUSE = "pay.reserve.no_misuse"


def needs_of_sale(by: str) -> tuple[Need, ...]:
    """All that is known of the sale whose number stands in this column."""
    return (
        Need(table=SALE, by=by, prefix="sale"),
        Need(table=HOLDING, by=by, prefix="holding"),
        Need(table=EXIT_TERMS, by="sale_terms", prefix="exit"),
        Need(table=WALLET, by="sale_wallet", prefix="wallet"),
        Need(table=MERCHANT, by="sale_merchant", prefix="merchant"),
        *BEHIND_MERCHANT,
        Need(table=INVESTOR, by="sale_person", prefix="investor"),
        Need(table=INSTITUTION, by="merchant_institution", prefix="institution"),
    )


def where_it_came_from(case: Case) -> Ints:
    """The account of the wallet that paid (43号, art. 15).

    What a wallet paid that has been closed since goes out to the bank account to which it was closed, as refunds do.
    """
    facts = case.facts
    on_its_way_out = facts["institution_first_account"] + Own.clearing_out
    return np.where(facts["wallet_closed_on"] != 0, on_its_way_out, facts["wallet_account"])
