"""A group in which every table has a row, to be damaged."""

from pathlib import Path

import msgspec

from benyuan.consumer_finance.cost_sheet import LOAN_TERMS, OFFERED, digest, loan_sheet
from benyuan.decisions.commands import REGISTRY
from benyuan.parties.name_list import NameList
from benyuan.payments.name_lists import MatchKind
from benyuan.payments.retention.sorts import Sort
from benyuan.payments.vocabulary import DisputeReason, IncidentKind, Matter, ReserveDirection, WalletClass
from benyuan.simulate.compliance import STANDARDS
from benyuan.simulate.identities import someone
from benyuan.usecases.accept_agreement import Accept
from benyuan.usecases.allow_static_code import AllowCode
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.clear import Clearing
from benyuan.usecases.close_day import Close
from benyuan.usecases.close_wallet import CloseAccount
from benyuan.usecases.consult_users import Consulted
from benyuan.usecases.erase_records import Erase
from benyuan.usecases.exit_merchant import Leave
from benyuan.usecases.freeze_amount import FreezeAmount
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.list_name import ListName
from benyuan.usecases.make_fee_plan import MakePlan
from benyuan.usecases.open_case import Suspect
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.open_investigation import Investigate
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.publish_agreement import PublishVersion
from benyuan.usecases.publish_fees import Publish
from benyuan.usecases.record_capital import Capital
from benyuan.usecases.record_clearing_line import ClearingLine
from benyuan.usecases.record_incident import Incident
from benyuan.usecases.record_match import Match
from benyuan.usecases.record_net_worth import NetWorth
from benyuan.usecases.refund import Refund
from benyuan.usecases.report_plan import Plan
from benyuan.usecases.require_merchant_code import RequireCode
from benyuan.usecases.resolve_incident import Resolved
from benyuan.usecases.set_monitoring import SetStandards
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.update_incident import IncidentGrown
from tests.faults.checks_written import check
from tests.faults.group_written import own
from tests.faults.protection_written import protect
from tests.unit.bureau.bureaus import AGREED, UTILITY, found_bureau, shown
from tests.unit.bureau.furnished import furnish, furnish_account, months, public
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import HOUR, Desk, found_town, on_file, pay
from tests.unit.engine.keeping import AFTER, START
from tests.unit.engine.merchant_life import live
from tests.unit.ledger.books import columns_of, hold
from tests.unit.lending.lenders import OFFER, PAY_LATER, found_lender

LARGE_FEN = 60_000_000
MINUTE_US = 60_000_000
STRANGER, STRANGERS = 9, 3
"""Who is never lent anything, and their number as a borrower."""


def write_group(path: Path) -> None:
    """Something of everything: every table, a payload, an open hold, keys and balances saved, and a tail."""
    desk = on_file(path)
    lend(desk)
    found_town(desk, people=3)
    payment = desk.one(pay(300, memo="lunch"))
    desk.ask(pay(0), pay(99_999, memo="too much"), TopUp(wallet=1, bank_account=3, amount_fen=LARGE_FEN))
    desk.done(Refund(payment=payment.position, amount_fen=100), Open(person=1, wallet_class=WalletClass.II, channels=3))
    wallet = int(desk.group.records.tables["wallet"].column("account")[1])
    merchant = int(desk.group.records.tables["merchant"].column("account")[1])
    desk.done(MakePlan(institution=1), Publish(plan=1, from_date=20260501, rate_ppm=100, standard_ppm=100))
    desk.done(OpenDispute(payment=payment.position, amount_fen=50, reason=DisputeReason.duplicate))
    desk.done(SetStandards(institution=1, from_date=20260501, **STANDARDS))
    desk.done(Incident(institution=1, kind_of_incident=IncidentKind.outage, occurred_at=desk.now - HOUR))
    desk.done(Plan(institution=1, matter=Matter.innovation, takes_effect_on=20270501))
    desk.done(NetWorth(institution=1, year_end=20251231, net_worth_fen=1, from_date=20260501))
    everywhere = {"stored_value_2_provinces": 31, "processing_1_provinces": 31}
    desk.done(msgspec.convert({"institution": 1, "paid_in_fen": 1, "from_date": 20260501, **everywhere}, Capital))
    listed = desk.one(ListName(name_list=NameList.house, name="x")).results["entry"]
    desk.done(Match(entry=listed, match=MatchKind.name, person=1))
    desk.done(PublishVersion(institution=1, from_date=20260501, digest="0" * 64))
    asked = {"began_on": 20260501, "ended_on": 20260501, "answers": 0, "reference": "x"}
    desk.done(msgspec.convert({"institution": 1, "digest": "0" * 64, **asked}, Consulted))
    desk.done(*(Accept(agreement=1, reference="x", **user) for user in ({"person": 1}, {"merchant": 1})))
    desk.done(AllowCode(wallet=1, valid_until=20270501, uses=1, limit_fen=1, reference="x"))
    desk.done(RequireCode(person=1, reference="x"))
    desk.done(FreezeAmount(wallet=2, amount_fen=100, reference="x"))
    desk.done(IncidentGrown(incident=1, transactions=100_000), Resolved(incident=1))
    desk.done(Bind(person=1, mandate=True, number="6222000000000009"))
    desk.done(Suspect(institution=1, person=1, happened_on=20260501, grounds="x"))
    desk.done(Investigate(person=1, reference="x"))
    desk.done(CloseAccount(wallet=3, bank_account=5), Leave(merchant=2, reference="x"))
    desk.done(IssueCode(wallet=1, payer_code=7, expires_at=desk.now + HOUR))
    for fill in (tell, live, collect, report_credit, protect, own):
        fill(desk)
    desk.group.post(**columns_of([hold(wallet, merchant, 10), hold(wallet, merchant, 5, timeout_s=60)], at=desk.now))
    desk.now += 24 * HOUR
    desk.done(Clearing(institution=1, reference="A settlement", received_fen=100, paid_fen=0))
    desk.done(ClearingLine(institution=1, date=20260501, direction=ReserveDirection.paid, amount_fen=1, reference="x"))
    desk.done(Close(institution=1, date=20260501, statement_fen=0))
    lend_further(desk)
    desk.now = AFTER
    owe(desk)
    desk.done(*(Erase(sort=sort, date=START) for sort in (Sort.person, Sort.merchant, Sort.transaction)))
    begun = int(desk.group.records.tables["borrower"].column("registered_on")[STRANGERS])
    desk.done(REGISTRY["erase_borrowers"](lender=1, date=begun))
    desk.group.finish_erasing()
    check(desk)
    desk.group.post(**columns_of([hold(wallet, merchant, 10, timeout_s=9_999)], at=desk.now))
    desk.group.save()
    desk.ask(pay(7, memo="dinner"), pay(8), pay(0))
    desk.group.store.close()


def tell(desk: Desk) -> None:
    """How large a business is, where it is, and where a person lives."""
    told = {"invented": True, "from_date": 20260501, "county": 330106, "place_class": 220}
    desk.done(REGISTRY["record_business_size"](merchant=1, industry="retail", staff=9, as_of=20251231, invented=True))
    desk.done(REGISTRY["record_business_area"](merchant=1, **told), REGISTRY["record_home_area"](person=1, **told))


def lend(desk: Desk) -> None:
    """A lender with a loan, purchases, part of one come back, and a closed day; a month before the town begins."""
    lender = found_lender(desk, in_parts=True)
    lender.do("register_borrower", lender=1, **someone(STRANGER))
    lender.do("open_credit_account", borrower=1, product=PAY_LATER, line_fen=500_000)
    bought = lender.do("draw_purchase", account=1, amount_fen=100_000)["position"]
    lender.do("return_purchase", purchase=bought, amount_fen=100)
    lender.do("open_credit_account", borrower=2, product=PAY_LATER, line_fen=500_000)
    lender.do("draw_purchase", account=2, amount_fen=100_000)
    lender.do("offer_loan", on=20260415, **OFFER)
    lender.do("draw_loan", offer=1, purpose="consumption")
    later = {**OFFER, "borrower": 2, "first_due_on": 20260915, "until": 20260910}
    lender.do("offer_loan", on=20260415, **later)
    lender.do("draw_loan", offer=2, purpose="travel", amount_fen=1_000)
    lender.close(through=20260401, on=20260415)


def lend_further(desk: Desk) -> None:
    """The rest of a loan that began before there had to be a sheet of costs, the day after."""
    desk.now = moment(20260802)
    tables = desk.group.records.tables
    terms = int(tables["loan"].column("terms")[2])
    offered = {name: int(tables["loan_offer"].column(name)[2]) for name in OFFERED}
    sheet = digest(loan_sheet(offered, {name: int(tables["loan_terms"].column(name)[terms]) for name in LOAN_TERMS}))
    desk.done(REGISTRY["show_cost_sheet"](borrower=2, offer=2, cost_sheet=sheet))
    desk.now += MINUTE_US
    desk.done(REGISTRY["draw_further"](loan=2, amount_fen=1_000, cost_sheet=sheet))


def owe(desk: Desk) -> None:
    """What a firm owes for a year, and one of it done."""
    desk.done(REGISTRY["raise_protection_duties"](institution=1, date=20270601))
    duty = int(desk.group.records.tables["protection_firm_duty"].column("duty")[1])
    desk.done(REGISTRY["file_protection_duty"](duty=duty, paper="0" * 64))


def collect(desk: Desk) -> None:
    """What the lender's account owes is asked for, and comes in part from the wallet."""
    agreed = {"account": 1, "wallet": 1, "bank_account": 3, "reference": "A-1"}
    desk.done(msgspec.convert(agreed, REGISTRY["agree_autopay"]), REGISTRY["collect_account"](account=1))


def report_credit(desk: Desk) -> None:
    """A bureau with a file, records in pages, an answer, an objection, a complaint, a review and a case."""
    bureau = found_bureau(desk)
    furnish_account(bureau, 1)
    furnish(bureau, months({}, {"month": 202602}))
    furnish(bureau, public({}), kind="furnish_public", member=UTILITY)
    asking = bureau.consent(1, starts_on=20260101, expires_on=20301231)
    bureau.inquire(1, consent=asking, product="score")
    lender = bureau.do("admit_member", bureau=1, sort="consumer-finance", lender=1)["member"]
    bureau.do("agree_membership", member=lender, **{**AGREED, "from_date": bureau.on})
    lending = {"member": lender, "starts_on": 20260101, "expires_on": 20301231}
    bureau.inquire(1, member=lender, consent=bureau.consent(1, **lending), customer=1, debts_fen=1)
    objection = {"fault": "other", "statement": "x", "door": "internet", "account": 1}
    bureau.do("open_objection", bureau=1, **shown(1), **objection)
    bureau.do("take_complaint", bureau=1, subject=1, reference="x", received_on=20260501)
    bureau.do("ask_explanation", bureau=1, **shown(1), inquiry=1, words="x")
    desk.done(REGISTRY["open_bureau_case"](bureau=1, sort="volume", member=1, on=20260501, count=2))
    for late in ({"account": 1}, {"loan": 1}):
        desk.done(REGISTRY["tell_arrears"](means="message", words="x", **late))
