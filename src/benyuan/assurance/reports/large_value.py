"""The elements of a large-value report: a line for each transaction of the customer's day, direction and sort.

Sources: 银发〔2018〕163号, items 二, 三, 七; PBoC Order [2016] No. 3, art. 27 and the first list of its annex.
"""

from collections.abc import Mapping

from benyuan.assurance.cases import end_of_day
from benyuan.assurance.reports.elements import LARGE_VALUE, Element
from benyuan.assurance.reports.holders import Account, Who, accounts_of, cell, holder
from benyuan.assurance.reports.particulars import Told
from benyuan.assurance.statements.holders import BANK_ACCOUNT, INSTITUTION, LENDER, MERCHANT, WALLET
from benyuan.engine.group import Group
from benyuan.payments.flow_rows import FlowRow, Side, rows_behind
from benyuan.payments.flows import IN
from benyuan.payments.large_values import THRESHOLDS
from benyuan.payments.vocabulary import WALLET_CLASS_NUMBER
from benyuan.usecases.protection.suitability.investment_flows import with_investments
from benyuan.values.dates import china_time, from_yyyymmdd
from benyuan.values.money import FEN_PER_YUAN

DIRECTIONS = {IN: "in"}
CLASSES = {number: wallet_class.value for wallet_class, number in WALLET_CLASS_NUMBER.items()}
OPENED = {WALLET: "opened_on", MERCHANT: "registered_on", BANK_ACCOUNT: "bound_on"}
AGENTS = dict.fromkeys(("agent_name", "agent_document", "agent_number", "agent_nationality"))
BRANCH = ("other_branch_name", "other_branch_code_type", "other_branch_code", "other_branch_region")


def rows_of_duty(group: Group, duty: Mapping[str, int]) -> list[FlowRow]:
    """The transactions that add up to the duty's amount."""
    position = end_of_day(group, duty["arose_on"])
    books = group.books(before=position)
    names = ("institution", "subject_kind", "subject", "direction", "sort")
    day = with_investments(books.day(duty["arose_on"]), books)
    return rows_behind(day, books=books, side=Side(**{name: duty[name] for name in names}))


def people_in(group: Group, rows: list[FlowRow]) -> set[Who]:
    """Everyone whom the report says something of."""
    return {holder(group, account) for row in rows for account in accounts_of(group, row)}


def line_of(
    group: Group, row: FlowRow, duty: Mapping[str, int], told: Mapping[Who, Told], added: Mapping[str, str]
) -> tuple[Element, ...]:
    """One transaction."""
    own, other = accounts_of(group, row)
    values: dict[str, str | None] = {
        "relation_to_customer": "acquirer" if own.kind == MERCHANT else "keeps the payment account",
        **_customer(group, own, told),
        "feature_code": THRESHOLDS[duty["subject_kind"]],
        **AGENTS,
        **_deal(group, row, duty),
        **_other(group, other, told),
    }
    return LARGE_VALUE.filled({**values, **added})


def _customer(group: Group, own: Account, told: Mapping[Who, Told]) -> dict[str, str | None]:
    who = holder(group, own)
    said = told[who]
    return {
        "customer_name": said.get("name", ""),
        "customer_document": said.get("document", ""),
        "customer_number": said.get("number", ""),
        "customer_id": who.name,
        "account_type": account_type(group, own),
        "account": account_number(group, own),
        **card(group, own),
        "customer_occupation": said.get("occupation", ""),
        "customer_contact": said.get("contact", ""),
        "customer_nationality": said.get("nationality", ""),
        "account_opened": day_text(cell(group, own.kind, OPENED[own.kind], own.id)),
    }


def _deal(group: Group, row: FlowRow, duty: Mapping[str, int]) -> dict[str, str | None]:
    position = row.columns["position"]
    opened = group.reader.at_position(position)
    fields = opened.batch().row(position - opened.block.first_position)
    channel, factor = (str(fields.get(name, "")) for name in ("channel", "authentication"))
    return {
        "time": china_time(row.columns["at"]),
        "business_id": str(position),
        "method": channel or row.kind,
        "cross_border_code": None,
        "direction": DIRECTIONS.get(duty["direction"], "out"),
        "use_of_funds": row.kind,
        "currency": "CNY",
        "amount": yuan_plain(row.amount_fen),
        "remote_method": "network payment",
        "note_1": f"command {position}, {row.flow.amount}",
        "note_2": factor or None,
    }


def _other(group: Group, other: Account, told: Mapping[Who, Told]) -> dict[str, str | None]:
    said = told[holder(group, other)]
    at_home = other.kind not in (BANK_ACCOUNT, LENDER)
    branch: dict[str, str | None] = dict.fromkeys(BRANCH, None if other.kind == INSTITUTION else "")
    if at_home:
        branch["other_branch_name"] = "the reporting institution"
    return {
        **branch,
        "other_name": said.get("name", ""),
        "other_document": said.get("document", ""),
        "other_number": said.get("number", ""),
        "other_account_type": account_type(group, other),
        "other_account": account_number(group, other),
        **({"bank_transaction_code": None} if at_home else {}),
    }


def account_type(group: Group, account: Account) -> str:
    """What an account is."""
    if account.kind == WALLET:
        return f"payment account, class {CLASSES[cell(group, WALLET, 'class', account.id)]}"
    kinds = {
        MERCHANT: "receipts of a merchant",
        BANK_ACCOUNT: "bank account",
        INSTITUTION: "the institution's own",
        LENDER: "a lender's",
    }
    return kinds[account.kind]


def account_number(group: Group, account: Account) -> str:
    """An account's number; a bank account's as it was given, out of the vault, if it was.

    Errors: VaultLocked, SealBroken.
    """
    if account.kind != BANK_ACCOUNT:
        return account.name
    if not cell(group, BANK_ACCOUNT, "identity", account.id):
        return ""
    told = group.payloads.read(cell(group, BANK_ACCOUNT, "position", account.id)) or {}
    return str(told.get("number", ""))


def card(group: Group, account: Account) -> dict[str, str | None]:
    """The card, where the account is one."""
    if account.kind != BANK_ACCOUNT:
        return {"card_type": None, "card_number": None}
    kind = "credit" if cell(group, BANK_ACCOUNT, "credit", account.id) else "debit"
    return {"card_type": kind, "card_number": account_number(group, account)}


def day_text(yyyymmdd: int) -> str:
    """2026-05-01."""
    return str(from_yyyymmdd(yyyymmdd)) if yyyymmdd else ""


def yuan_plain(fen: int) -> str:
    """Yuan with a full stop and two decimals, and nothing else."""
    whole, rest = divmod(fen, FEN_PER_YUAN)
    return f"{whole}.{rest:02d}"
