"""Accounts as a report names them, and who holds them, by opaque id."""

from dataclasses import dataclass

from benyuan.assurance.statements.holders import BANK_ACCOUNT, INSTITUTION, LENDER, MERCHANT, PERSON, WALLET
from benyuan.consumer_finance.records import ACCOUNT as CREDIT_ACCOUNT
from benyuan.engine.group import Group
from benyuan.payments.flow_rows import FlowRow
from benyuan.payments.flows import BANK_TO_BANK, OF_PERSON

INVESTMENTS = ("sell_investment", "release_sale", "cancel_sale", "redeem_investment", "pay_redemption")


@dataclass(frozen=True, slots=True)
class Account:
    """A wallet, a merchant's receipts, a bank account, the institution's own, or a lender's."""

    kind: str
    id: int

    @property
    def name(self) -> str:
        """Such as wallet:3."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Who:
    """A person or a merchant; the institution itself; a lender."""

    kind: str
    id: int

    @property
    def name(self) -> str:
        """Such as person:3."""
        return f"{self.kind}:{self.id}"


def cell(group: Group, table: str, name: str, id: int) -> int:  # noqa: A002  the field's own noun
    """One column of one row; 0 where there is no such row."""
    held = group.records.tables[table]
    return int(held.column(name)[id]) if 0 < id <= held.count else 0


def holder(group: Group, account: Account) -> Who:
    """Who holds an account; a micro-merchant is the person that stands for it."""
    if account.kind == WALLET:
        return Who(PERSON, cell(group, WALLET, "person", account.id))
    if account.kind == BANK_ACCOUNT and (person := cell(group, BANK_ACCOUNT, "person", account.id)):
        return Who(PERSON, person)
    if account.kind in (BANK_ACCOUNT, MERCHANT):
        bank = account.kind == BANK_ACCOUNT
        merchant = cell(group, BANK_ACCOUNT, "merchant", account.id) if bank else account.id
        principal = cell(group, MERCHANT, "principal", merchant)
        return Who(PERSON, principal) if principal else Who(MERCHANT, merchant)
    return Who(account.kind, account.id)


def accounts_of(group: Group, row: FlowRow) -> tuple[Account, Account]:
    """The customer's account in a transaction, and the one on the other side."""
    columns, flow = row.columns, row.flow
    of_person = flow.subject_kind == OF_PERSON
    own = Account(WALLET if of_person else MERCHANT, columns[flow.column])
    if row.kind in ("pay", "refund", "decide_dispute"):
        by_card = flow.amount == "card_fen"
        card = Account(BANK_ACCOUNT, _card_of(group, row)) if by_card else Account(WALLET, columns["payer"])
        if of_person:
            return (card if flow.sort == BANK_TO_BANK else own), Account(MERCHANT, columns["merchant"])
        return own, card
    if row.kind == "transfer":
        return own, Account(WALLET, columns[flow.not_to])
    if row.kind == "settle":
        return own, Account(BANK_ACCOUNT, cell(group, MERCHANT, "bank_account", own.id))
    if row.kind in INVESTMENTS:
        return own, _other_of_investment(group, row)
    if row.kind in ("draw_purchase", "collect_account"):
        return own, Account(LENDER, cell(group, CREDIT_ACCOUNT.name, "lender", columns["account"]))
    if "bank_account" in columns:
        return own, Account(BANK_ACCOUNT, columns["bank_account"])
    return own, Account(INSTITUTION, cell(group, own.kind, "institution", own.id))


def _other_of_investment(group: Group, row: FlowRow) -> Account:
    """The customer's wallet or the maker's receipts; what the maker paid in came from its bank account, if known."""
    if row.flow.subject_kind != OF_PERSON:
        return Account(WALLET, row.columns["wallet"])
    maker = row.columns["merchant"]
    bank = 0 if row.columns.get("receipts_fen", 1) else cell(group, MERCHANT, "bank_account", maker)
    return Account(BANK_ACCOUNT, bank) if bank else Account(MERCHANT, maker)


def _card_of(group: Group, row: FlowRow) -> int:
    """The bank account that paid, or that gets back what it paid."""
    if row.kind == "pay":
        return row.columns["bank_account"]
    payment = row.columns.get("payment") or cell(group, "dispute", "payment", row.columns.get("dispute", 0))
    opened = group.reader.at_position(payment)
    return int(opened.batch().integers("bank_account")[payment - opened.block.first_position])
