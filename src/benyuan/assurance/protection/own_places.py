"""Where a customer's own stands: which rows of which tables, and which fields of which commands, by the ids they name.

Source: PIPL, arts. 45, 18, 35. A test looks over every declared table and command, and fails where one leads to a
customer and has no place here. Worked: a test of suitability is person 7's by its column `person`; `confirm_level`
names that test, so it is told to person 7 too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from benyuan.consumer_finance import records as lender_records
from benyuan.credit_bureau import records as bureau_records
from benyuan.decisions.events import TABLES
from benyuan.decisions.facts import Table
from benyuan.payments import records as payments_records
from benyuan.usecases import USE_CASES
from benyuan.usecases.bureau import BUREAU
from benyuan.usecases.group import GROUP
from benyuan.usecases.lending import LENDING
from benyuan.usecases.protection.claims import CLAIMS
from benyuan.usecases.protection.contact import CONTACT
from benyuan.usecases.protection.suitability import SUITABILITY

HOMES = {"person": "person", "borrower": "borrower", "subject": "bureau_subject"}
"""The table of each sort of customer."""
SECRET_KINDS = frozenset({"open_case", "judge_case", "record_match", "open_investigation", "close_investigation"})
SECRET_TABLES = frozenset({"suspicious_case", "investigation", "held_record", "list_match"})
"""What the Anti-Money-Laundering Law 2024, arts. 7 and 35, have kept secret: suspicions and what leads to them."""
ID, OWNER = "id", "owner"
PAYMENTS, PURCHASES = "pay", "draw_purchase"
"""Commands whose log position is an id that others name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The rows of `table` whose `column` is among the ids that are known as `key`; they are known as `table` then.

    `column` `id`: the rows have the same ids. A key is a table, or a command known by its log position.
    """

    table: str
    column: str
    key: str


def _of(key: str, column: str, *tables: str) -> tuple[Rows, ...]:
    return tuple(Rows(table=table, column=column, key=key) for table in tables)


FURTHER: Mapping[str, tuple[Rows, ...]] = {
    "person": (
        *_of("person", ID, "business_person", "seller", "erased_person", "investor", "home_area"),
        *_of("person", OWNER, "person_agreement"),
        *_of("person", "principal", "merchant"),
        *_of("merchant", ID, "merchant_place", "settlement_cycle", "erased_merchant"),
        *_of("merchant", OWNER, "merchant_agreement"),
        *_of("merchant", "merchant", "business", "merchant_code", "bank_account", "business_figures", "business_area"),
        *_of("bank_account", "bank_account", "bank_number"),
        *_of("wallet", "wallet", "dispute", "wallet_freeze", "payer_code"),
        *_of("wallet", ID, "static_code"),
        *_of("dispute", ID, "dispute_cover"),
        *_of(PAYMENTS, ID, "payment_refunded", "payment_disputed"),
    ),
    "borrower": (
        *_of("borrower", OWNER, "borrower_income"),
        *_of("borrower", ID, "erased_borrower"),
        *_of("borrower", ID, "erased_borrower"),
        *_of("loan", "loan", "loan_step"),
        *_of("loan", ID, "loan_arrears_told", "loan_sheet"),
        *_of("debt_claim", "debt_claim", "debt_claim_paper"),
        *_of("credit_account", "account", "credit_account_step", "account_collection"),
        *_of("credit_account", ID, "account_arrears_told", "account_autopay"),
        *_of(PURCHASES, ID, "credit_purchase_returned"),
        *_of("protection_key_facts", ID, "protection_key_facts_figures"),
        *_of("loan_offer", ID, "protection_offer_facts"),
        *_of("borrower", ID, "protection_account_facts"),
        *_of("loan", ID, "protection_extension_facts"),
        *_of("credit_account", ID, "protection_plan_facts"),
    ),
    "subject": (),
}
"""Beside the tables that have the customer in a column: those that are theirs by something of theirs, in order."""
_ROOMS = {"person": payments_records, "borrower": lender_records, "subject": bureau_records}
_TABLES_OF = {
    of: frozenset(table.name for table in vars(room).values() if isinstance(table, Table))
    for of, room in _ROOMS.items()
}

_OF_ROOM = {
    "person": {
        **{name: name for name in ("person", "wallet", "bank_account", "merchant", "dispute")},
        "identity": "identity",
        "principal": "person",
        **dict.fromkeys(("payer", "payee"), "wallet"),
        "freeze": "wallet_freeze",
        "payment": PAYMENTS,
    },
    "borrower": {
        "identity": "borrower_identity",
        "borrower": "borrower",
        "loan": "loan",
        **dict.fromkeys(("account", "plan_of"), "credit_account"),
        "offer": "loan_offer",
        "purchase": PURCHASES,
    },
    "subject": {
        "subject": "bureau_subject",
        **{name: f"bureau_{name}" for name in ("account", "consent", "objection", "review", "complaint", "duty")},
    },
}
_OF_PROTECTION = {
    "person": {
        **{name: name for name in ("person", "wallet", "identity")},
        "test": "suitability_test",
        "sale": "investment_sale",
        "redemption": "investment_redemption",
    },
    "borrower": {
        **_OF_ROOM["borrower"],
        "key_facts": "protection_key_facts",
        "stop": "protection_collection_stop",
        "hardship": "protection_hardship",
        "plan": "protection_contact_plan",
        "debt_claim": "debt_claim",
        "guarantor": "protection_guarantor",
    },
    "subject": {"subject": "bureau_subject"},
}
_OF_ALL = {"complaint": "customer_complaint", "request": "data_request", "duty": "protection_duty"}
"""Which ids a field or a result of a command names: in the customer's own room, and in consumer protection."""
NOT_THEIRS = {
    ("pay", "merchant"): "the payers' payments, with the payers' words; a business has its statements",
    ("draw_purchase", "merchant"): "purchases of the lender's borrowers; a business has its statements",
    ("agree_autopay", "wallet"): "the lender's, told to the borrower",
    ("agree_autopay", "bank_account"): "the lender's, told to the borrower",
    ("register_product", "merchant"): "a product of many, and whose it is to make",
    ("answer_as_furnisher", "objection"): "the bureau's, told to who objects there; the lender's own row is told",
    ("take_in_objection", "objection"): "the borrower's by the document that it shows",
    ("tie_customer", "customer"): "the group's, whose row is told to person and borrower",
}
"""Fields of commands that lead to a customer and are not told by them, and why."""
TABLES_NOT_THEIRS = {
    "person": {
        "account_autopay": "the lender's, told to the borrower",
        "shelf_product": "products of many, by the merchant who makes them",
        "data_incident": "what befell many; a customer has the notice, and the duty to give it is none of theirs",
        "lender_objection": "the lender's: its duty stands in the table in which persons' stand",
        **dict.fromkeys(("body_business", "body_licence"), "of bodies: `business` is a sort of business, no merchant"),
    },
    "borrower": {
        "data_incident": "what befell many; a customer has the notice, and the duty to give it is none of theirs",
        **dict.fromkeys(
            ("suitability_test", "investment_sale", "investment_redemption"),
            "of persons alone: their duties stand in the table in which borrowers' stand",
        ),
    },
}
"""Tables that lead to a customer by what the use cases declare and are not theirs, and why."""


@cache
def rows_of(of: str) -> tuple[Rows, ...]:
    """All rows that are a customer's, in an order in which each key is known before it is asked for."""
    foreign = frozenset().union(*(names for room, names in _TABLES_OF.items() if room != of))
    named = [name for name, table in TABLES.items() if of in table.columns and name not in foreign]
    found = (*_of(HOMES[of], ID, HOMES[of]), *_of(HOMES[of], of, *named), *FURTHER[of])
    return tuple(each for each in found if each.table not in SECRET_TABLES and not TABLES[each.table].command)


@cache
def fields_of(of: str) -> Mapping[str, Mapping[str, str]]:
    """For each kind of command that may be told to a customer, its fields and results that name them, and which ids."""
    protection = frozenset(case.command.kind for case in (*CLAIMS, *CONTACT, *SUITABILITY))
    lending, bureau, group = (frozenset(case.command.kind for case in cases) for cases in (LENDING, BUREAU, GROUP))
    payments = frozenset(USE_CASES) - lending - bureau - group - protection
    rooms = {"person": payments, "borrower": lending, "subject": bureau}
    return {
        kind: {name: key for name, key in names.items() if (kind, name) not in NOT_THEIRS}
        for kinds, names in ((rooms[of], _OF_ROOM[of]), (protection, {**_OF_PROTECTION[of], **_OF_ALL}))
        for kind in sorted(kinds - SECRET_KINDS)
    }
