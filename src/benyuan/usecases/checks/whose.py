"""At which entity a sensitive command must be checked: that of the lender, institution, bureau or body it speaks of.

A kind that is listed here without a way, or not at all, speaks of the whole installation: it needs a checker as soon
as any entity requires checks, and may be checked at any that does. Worked: `write_off_loan` names a loan, the loan its
lender; `erase_records` names nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benyuan.consumer_finance.records import ACCOUNT, BORROWER, LOAN, PRODUCT
from benyuan.consumer_protection.suitability.records import SHELF
from benyuan.credit_bureau.records import MEMBER
from benyuan.decisions.facts import Table
from benyuan.governance.checks.records import STAFF, STAFF_ROLE
from benyuan.governance.checks.words import EntitySort
from benyuan.governance.reading.records import READING_ROLE, SHARED_POST
from benyuan.payments.clearing.records import CLEARING_ITEM
from benyuan.payments.freezes import WALLET_FREEZE
from benyuan.payments.records import FEE_PLAN, MERCHANT, PERSON, WALLET

INSTITUTION, LENDER, BUREAU, BODY = EntitySort


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """From a field of the command through rows of tables to an entity. `sort`: what it is.

    Or, where rows say it, `sort_column` of the last table. `only`: the field of the command that must say that sort.
    """

    field: str
    steps: tuple[tuple[Table, str], ...] = ()
    sort: EntitySort | None = None
    sort_column: str = ""
    only: str = ""


def _direct(sort: EntitySort, *kinds: str) -> dict[str, tuple[Way, ...]]:
    return dict.fromkeys(kinds, (Way(field=sort.value, sort=sort),))


def _by(sort: EntitySort, field: str, table: Table, *kinds: str) -> dict[str, tuple[Way, ...]]:
    return dict.fromkeys(kinds, (Way(field=field, steps=((table, sort.value),), sort=sort),))


_OF_SHELF = tuple(Way(field="product", steps=((SHELF, sort.value),), sort=sort) for sort in (INSTITUTION, LENDER))

WHOSE: Mapping[str, tuple[Way, ...]] = {
    **_direct(LENDER, "set_lending_policy", "set_loss_rate", "record_lender_figures", "list_partner", "list_collector"),
    **_direct(LENDER, "record_lender_standing", "erase_borrowers"),
    **_by(LENDER, "loan", LOAN, "write_off_loan"),
    **_by(LENDER, "account", ACCOUNT, "write_off_account", "freeze_account"),
    **_by(LENDER, "borrower", BORROWER, "freeze_borrower"),
    **_by(LENDER, "product", PRODUCT, "publish_loan_terms", "publish_account_terms"),
    **_direct(
        INSTITUTION,
        *("make_fee_plan", "publish_withdrawal_fees", "publish_agreement", "set_provision", "withdraw_own_money"),
        *("set_monitoring", "record_net_worth", "record_capital", "record_standing"),
    ),
    **_by(INSTITUTION, "plan", FEE_PLAN, "publish_fees"),
    **_by(INSTITUTION, "wallet", WALLET, "suspend_wallet", "restore_wallet", "freeze_amount", "credit_wallet"),
    **_by(INSTITUTION, "person", PERSON, "suspend_person", "restore_person"),
    **_by(INSTITUTION, "merchant", MERCHANT, "suspend_merchant", "restore_merchant"),
    **_by(INSTITUTION, "item", CLEARING_ITEM, "resolve_clearing_item"),
    **dict.fromkeys(
        ("lift_freeze", "deduct_frozen"),
        (Way(field="freeze", steps=((WALLET_FREEZE, "wallet"), (WALLET, "institution")), sort=INSTITUTION),),
    ),
    **_direct(
        BUREAU,
        *("correct_months", "erase_negative", "split_subject", "move_inquiries", "move_public"),
        "record_bureau_standing",
    ),
    **_by(BUREAU, "member", MEMBER, "delete_account", "withdraw_parcel", "stop_member", "resume_member"),
    **dict.fromkeys(
        ("approve_product", "rerate_product", "resume_product", "publish_product_terms", "publish_product_price"),
        _OF_SHELF,
    ),
    **_direct(
        BODY,
        *("record_body_figure", "record_body_business", "record_licence", "record_exposure", "set_house_limit"),
        *("record_contribution", "record_money_keeper", "record_business_credit"),
        *("record_related_loss", "record_governance_grade"),
    ),
    **dict.fromkeys(("set_group_limit", "record_consolidation_ground"), (Way(field="top", sort=BODY),)),
    "tie_customer": tuple(Way(field=sort.value, sort=sort) for sort in (INSTITUTION, LENDER)),
    "record_fitness_evidence": (Way(field="holding", sort=BODY),),
    "set_risk_limit": tuple(Way(field="entity", sort=sort, only="sort") for sort in EntitySort),
    "assign_role": (Way(field="staff", steps=((STAFF, "entity"),), sort_column="sort"),),
    **dict.fromkeys(
        ("grant_reading", "record_shared_post", "end_staff"),
        (Way(field="staff", steps=((STAFF, "entity"),), sort_column="sort"),),
    ),
    **{
        kind: (Way(field=table.name, steps=((table, "staff"), (STAFF, "entity")), sort_column="sort"),)
        for kind, table in (("end_reading", READING_ROLE), ("end_shared_post", SHARED_POST))
    },
    "end_role": (Way(field="role", steps=((STAFF_ROLE, "staff"), (STAFF, "entity")), sort_column="sort"),),
}
