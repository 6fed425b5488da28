"""A row in every table of consumer protection, for the group that is damaged: sales, claims and contacts.

Person 2 invests from a wallet of their own, person 1 and borrower 1 complain and are asked and told, and borrower 2 is
called.
"""

from typing import Any

from benyuan.simulate.identities import someone
from tests.unit.bureau.bureaus import shown
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import IN_WALLET_FEN, Desk
from tests.unit.lending.lenders import OFFER, PAY_LATER, PLAN, Lender
from tests.unit.lending.reading import reads
from tests.unit.protection.claiming import REFUSED, Claims
from tests.unit.protection.customers import DEBTOR, MARKETING, OTHER_TEXT, TEXT, agency
from tests.unit.protection.exits import PAR
from tests.unit.protection.houses import PAPER, PRODUCT, House, text_of

ON, TOMORROW_US = 20260502, 24 * 3_600 * 1_000_000
INVESTOR, OWN_BANK_ACCOUNT = 2, 4
SHARE: dict[str, Any] = {"receiver_kind": "lender", "receiver": 1, "purpose": "product", "kinds": "identity, contact"}


def protect(desk: Desk) -> None:
    """Suitability, claims and contacts, at ten in the morning of the second of May."""
    desk.now = moment(ON)
    sell(House(desk))
    desk.now = desk.group.last_at  # terms were read meanwhile
    claim(Claims(desk))
    contact(Lender(desk))
    press(Lender(desk))


def sell(home: House) -> None:
    """A product with terms and a price, an investor who is tested, buys and gives back; the income of a borrower."""
    home.on = ON
    wallet = home.do("open_wallet", person=INVESTOR, wallet_class="III", channels=5)["wallet"]
    home.do("top_up", wallet=wallet, bank_account=OWN_BANK_ACCOUNT, amount_fen=IN_WALLET_FEN)
    levels = {"maker_level": 3, "seller_level": 1, "cooling_days": 0}
    product = home.do("register_product", **{**PRODUCT, **levels, "sort": "investment", "name": "x"})["product"]
    home.published(product, text_of(product), from_date=ON)
    home.do("register_investor", person=INVESTOR)
    number = someone(INVESTOR)["number"]
    home.tested(INVESTOR, number=number)
    home.do("rerate_product", product=product, maker_level=4, seller_level=1)
    home.do("rerate_product", product=product, maker_level=3, seller_level=1, minutes=PAPER, evidence=PAPER)
    home.published(product, text_of(product), from_date=ON)
    home.sold(INVESTOR, product=product, wallet=wallet, amount_fen=100, number=number)
    home.do("publish_product_price", product=product, from_date=ON, price=PAR)
    home.do("redeem_investment", sale=1, shares=50, price=PAR, fee_fen=0)
    plain = {"name": "w", "maker": "m", "seller": "m", "target": "all", "fees": "none"}
    home.do("register_product", sort="wallet", institution=1, **plain)
    home.do("record_income", borrower=1, monthly_fen=1, evidence="0" * 64, from_date=ON)


def claim(town: Claims) -> None:
    """A complaint answered and its redress paid, a claim about a debt, data asked for and handed out, and a leak."""
    town.complain(on=ON, received_on=ON, against_staff=8)
    town.do("add_evidence", complaint=1, party="firm", evidence="0" * 64, pieces=1)
    paid = town.do("repay_account", account=1, amount_fen=100)["position"]
    assert town.answer(redress_fen=100, redress_command=paid).accepted
    town.do("take_debt_claim", borrower=1, claim="objection", words="x", received_on=ON)
    second = town.do("take_debt_claim", borrower=1, claim="objection", words="x", received_on=ON)["debt_claim"]
    town.do("withdraw_debt_claim", debt_claim=second, **town.paper())
    town.do("answer_debt_claim", debt_claim=1, **REFUSED)
    member = town.do("admit_member", bureau=1, sort="consumer-finance", lender=1)["member"]
    objects = {"bureau": 1, "member": member, "fault": "other", "statement": "x", "door": "letter", **shown(1)}
    town.do("ask_furnisher", objection=town.do("open_objection", **objects)["objection"])
    request = town.do("ask_own_data", person=1, wants="export", channel="app")["request"]
    town.do("hand_out_data", request=request, operator="x")
    leak = {"lender": 1, "mishap": "leak", "harm": "other", "people": 1, "found_at": town.group.last_at, "words": "x"}
    town.do("record_data_incident", **leak)


def contact(lender: Lender) -> None:
    """A yes to a message and one to hand on data, both of which follow; a cashier's list; key facts, confirmed."""
    lender.do("approve_template", **MARKETING)
    lender.do("give_consent_to", person=1, to="marketing", place="app", text_digest=TEXT)
    lender.do("send_message", person=1, template=1, sort="marketing", channel="sms")
    lender.do("give_consent_to", person=1, to="sharing", place="app", text_digest=OTHER_TEXT, **SHARE)
    lender.do("share_data", person=1, **SHARE)
    lender.do("show_cashier", institution=1, options="balance, debit-card", equal_display=True)
    read_facts(lender)


def read_facts(lender: Lender) -> None:
    """Key facts of each sort: of an account, a plan of it, an offer, and more terms for a loan."""
    account = {"account": 1, "product": PLAN, "amount_fen": 100, "term_count": 3, "rate_ppm": 120_000}
    reads(lender, "show_account_key_facts", borrower=1, product=PAY_LATER, line_fen=1_000)
    reads(lender, "show_plan_key_facts", borrower=1, **account)
    offer = lender.do("offer_loan", **{**OFFER, "borrower": 2, "first_due_on": 20261015, "until": 20261010})["offer"]
    reads(lender, borrower=2, offer=offer)
    reads(lender, "show_extension_key_facts", borrower=2, loan=2, more_terms=1)


def press(lender: Lender) -> None:
    """A collector of whom the borrower is told, hours, a guarantor and where they are; calls, a plan, a stop."""
    collector = lender.do("list_collector", lender=1, **agency(1))["collector"]
    lender.do("tell_of_collector", borrower=2, collector=collector, means="message")
    lender.do("agree_contact_hours", borrower=2, from_minute=1320, to_minute=1380)
    guarantor = lender.do("record_guarantor", borrower=2, account=2, contract=TEXT)["guarantor"]
    lender.do("record_borrower_zone", borrower=2, guarantor=guarantor, zone=540, moved_on=ON, evidence=TEXT)
    owing = {**DEBTOR, "borrower": 2, "account": 2}
    planned = {name: item for name, item in owing.items() if name != "effective"}
    lender.do("plan_contact", contact_at=lender.group.last_at + TOMORROW_US, **planned)
    lender.do("record_contact", collector=collector, **owing)
    lender.do("agree_hardship", borrower=2, until=20260601)
    lender.do("stop_collection", borrower=2, reason="complaint")
