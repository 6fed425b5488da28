"""The first of July: the institution with its wallets, the lender with its products, and the product register.

Sources of what is registered: Order [2020]5 art. 9, Order 2025 No. 7 arts. 8, 21, 22. Worked number: rated 3 by its
maker and 4 by its seller, the sample investment product is of level 4.
"""

import hashlib
from typing import Any

from benyuan.payments.vocabulary import LICENCE_PROCESSING_1, LICENCE_STORED_VALUE_1, MerchantKind
from benyuan.simulate.identities import credit_code
from benyuan.simulate.lender.opening import CASH_LOAN, CASH_LOAN_TERMS, LATE_RATE_PPM, PAY_LATER, PAY_LATER_TERMS, PLAN
from benyuan.simulate.protection.people import INVESTORS, PEOPLE, everybody
from benyuan.simulate.protection.world import Story

OPENED, STANDING_FROM = 20260701, 20260101
PAYER, LENDER, LICENCE = "本源支付（示例）", "本源消费金融（示例）", "示例许可证"
SAMPLE_MAKER = "某理财（示例）"
IN_WALLET_FEN = 10_000_000
EQUITY_FEN = 1_000_000_000
RATE_PPM, MOST_FEN = 180_000, 20_000_000
COOLING_DAYS = 5
EXIT_FEE_PPM = 5_000
EXIT_TERMS = {"exit_fee_ppm": EXIT_FEE_PPM, "exit_fee_days": 30, "pay_days": 3}
"""What the sample investment says of leaving early: 0.5% for less than 30 days, paid within 3."""
INVESTMENT = 5
TERMS = "Sample terms: {}. 示例条款。"
RISK = (
    "You may lose part or all of what you put in. Leaving within 30 days costs 0.5%. "
    "本产品可能亏损本金。持有不足三十日赎回的，收取0.5%赎回费。"
)


def digest_of(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def open_group(story: Story) -> None:
    """Everything stands by noon."""
    _institution(story)
    _lender(story)
    story.notes["stood"] = story.session.group.position
    _register(story)


def _institution(story: Story) -> None:
    at: tuple[int, str] = (OPENED, "08:00")
    story.do("register_institution", *at, name=PAYER)
    licences = LICENCE_STORED_VALUE_1 | LICENCE_PROCESSING_1
    story.do(
        "record_standing",
        *at,
        institution=1,
        from_date=STANDING_FROM,
        licences=licences,
        rating="A",
        real_name_ppm=960_000,
    )
    firm: dict[str, Any] = {"kind_of_merchant": MerchantKind.firm.value, "code": credit_code(1), "name": SAMPLE_MAKER}
    story.do("register_merchant", *at, institution=1, **firm)
    for number, someone in enumerate(everybody(), 1):
        story.do("register_person", *at, institution=1, **someone)
        bound = story.do("bind_bank_account", *at, person=number, mandate=True)["bank_account"]
        story.do("open_wallet", *at, person=number, wallet_class="III", channels=5)
        story.do("top_up", *at, wallet=number, bank_account=bound, amount_fen=IN_WALLET_FEN)
        if number <= INVESTORS:
            story.do("register_investor", *at, person=number)


def _lender(story: Story) -> None:
    at: tuple[int, str] = (OPENED, "09:00")
    own: dict[str, Any] = {"lender": 1, "from_date": OPENED}
    story.do("register_lender", *at, name=LENDER)
    chosen: dict[str, Any] = {**own, "risk_weight_ppm": 1_000_000, "conversion_ppm": 100_000, "most_draw_fen": MOST_FEN}
    story.do("set_lending_policy", *at, **chosen, registered_only=True)
    story.do("record_lender_standing", *at, **own, holds=True, number=LICENCE)
    story.do("record_lender_figures", *at, **own, tier1_fen=EQUITY_FEN, net_capital_fen=EQUITY_FEN)
    story.do("fund_lender", *at, lender=1, source="equity", amount_fen=EQUITY_FEN)
    for kind in ("pay_later", "cash_loan", "plan"):
        story.do("make_credit_product", *at, lender=1, kind_of_product=kind)
    given = ("rate_ppm", "statement_day", "due_days", "minimum_ppm", "late_fee_ppm")
    terms: dict[str, Any] = {name: PAY_LATER_TERMS[name] for name in given}
    story.do("publish_account_terms", *at, product=PAY_LATER + 1, from_date=OPENED, **terms)
    for product in (CASH_LOAN, PLAN):
        story.do(
            "publish_loan_terms",
            *at,
            product=product + 1,
            from_date=OPENED,
            method="equal-instalment",
            rate_ppm=RATE_PPM,
            late_rate_ppm=LATE_RATE_PPM,
            most_fen=MOST_FEN,
            most_terms=36,
            grace_days=CASH_LOAN_TERMS["grace_days"],
        )
    rates: dict[str, Any] = {
        **own,
        "days_from": 0,
        "default_year_ppm": 20_000,
        "default_life_ppm": 50_000,
        "loss_ppm": 450_000,
    }
    story.do("set_loss_rate", *at, **rates)
    for someone in everybody()[INVESTORS:PEOPLE]:
        story.do("register_borrower", *at, lender=1, student=False, **someone)


def _register(story: Story) -> None:
    """Each product of the group, published and approved by the committee; then it may be sold."""
    house = {"institution": 1, "maker": PAYER, "seller": PAYER, "target": "adults", "fees": "none"}
    lent = {"lender": 1, "maker": LENDER, "seller": LENDER, "target": "adults with an income", "fees": "18% a year"}
    sample = {
        **house,
        "maker": SAMPLE_MAKER,
        "merchant": 1,
        "maker_level": 3,
        "seller_level": 4,
        "target": "whoever can bear losses",
        "fees": "0.5% a year",
        "cooling_days": COOLING_DAYS,
        "sample": True,
        "agency": digest_of("contract between maker and seller"),
    }
    products = (
        ("wallet", house),
        ("pay-later", {**lent, "ref": PAY_LATER + 1}),
        ("cash-loan", {**lent, "ref": CASH_LOAN + 1}),
        ("plan", {**lent, "ref": PLAN + 1}),
        ("investment", sample),
    )
    for sort, fields in products:
        _approved(story, sort, **fields)


def _approved(story: Story, sort: str, **fields: Any) -> None:
    made = story.do("register_product", OPENED, "10:00", sort=sort, name=f"{sort} 1", **fields)
    text = text_of(sort)
    published: dict[str, Any] = {
        "product": made["product"],
        "from_date": OPENED,
        "text": text,
        "digest": digest_of(text),
        **(EXIT_TERMS if sort == "investment" else {}),
    }
    terms = story.do("publish_product_terms", OPENED, "10:00", **published)["terms"]
    level = f", risk level {made['level']} of 5, a sample" if made["level"] else ""
    approved: dict[str, Any] = {"product": made["product"], "terms": terms, "minutes": digest_of(f"minutes {sort}")}
    story.do("approve_product", OPENED, "10:00", f"the committee approves: {sort}{level}", **approved)


def text_of(sort: str) -> str:
    """The terms of a product."""
    return TERMS.format(sort) + (RISK if sort == "investment" else "")
