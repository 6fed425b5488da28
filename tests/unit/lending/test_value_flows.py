"""Money between a wallet or a merchant and a lender counts in a day's flows, with the lender on the other side."""

from benyuan.assurance.reports.holders import Account, accounts_of
from benyuan.assurance.reports.large_value import account_type, rows_of_duty
from benyuan.assurance.statements.holders import registered_name
from benyuan.payments.flow_rows import FlowRow
from benyuan.payments.flows import IN, OF_ACCOUNT, OF_MERCHANT, OF_PERSON, OUT
from tests.unit.lending.accounts import DUE_ON, lender_in_town, purchase
from tests.unit.lending.lenders import Lender

THE_LENDER = Account("lender", 1)


def rows_of(lender: Lender, *, on: int, subject_kind: int, direction: int) -> list[FlowRow]:
    """What the customer 1 of the institution moved in a day."""
    duty = {"arose_on": on, "institution": 1, "subject_kind": subject_kind, "subject": 1}
    return rows_of_duty(lender.group, {**duty, "direction": direction, "sort": OF_ACCOUNT})


def test_a_purchase_on_credit_comes_in_at_the_merchant() -> None:
    lender = lender_in_town()
    lender.do("draw_purchase", on=20260403, account=1, merchant=1, amount_fen=100_000)
    purchase(lender, amount_fen=7)  # a shop outside the group
    (row,) = rows_of(lender, on=20260403, subject_kind=OF_MERCHANT, direction=IN)
    assert row.amount_fen == 100_000
    assert accounts_of(lender.group, row) == (Account("merchant", 1), THE_LENDER)


def test_what_the_wallet_repays_goes_out_of_it() -> None:
    lender = lender_in_town(in_wallet_fen=30_000)
    purchase(lender, amount_fen=100_000)
    lender.do("agree_autopay", on=20260410, account=1, wallet=1, bank_account=3, reference="A-1")
    lender.do("collect_account", on=DUE_ON, account=1, card_fen=0)
    (row,) = rows_of(lender, on=DUE_ON, subject_kind=OF_PERSON, direction=OUT)
    assert row.amount_fen == 30_000
    assert accounts_of(lender.group, row) == (Account("wallet", 1), THE_LENDER)


def test_the_lender_is_named_as_it_was_registered() -> None:
    lender = lender_in_town()
    assert registered_name(lender.group, kind="lender", id=1) == "Benyuan Consumer Finance"
    assert account_type(lender.group, THE_LENDER) == "a lender's"
