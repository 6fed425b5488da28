"""The lender of a case, and the steps that are asked of it.

`given: {lender: {...}}` founds a lender instead of a payment institution, at nine on the day `founded`: with capital
for far more than any case draws, one product of each kind ("cash", "card", "plan"), the partner "bank" that may lend
and guarantee, the partner "shop" that may do neither, loss rates from 0 days on, and `customer` with a line of
200,000.00 over all products, an account of that line, and an income that bears far more; with `owing` they buy for so
much on the account at once. Money stands as "1.00", rates as "24%", things by their names.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from benyuan.consumer_finance.chart import LenderOwn, PartnerOwn, ProductOwn
from benyuan.consumer_finance.cost_sheet import account_sheet, digest, loan_sheet
from benyuan.consumer_finance.vocabulary import ProductKind
from benyuan.decisions.commands import REGISTRY, Command
from benyuan.decisions.outcomes import Answer
from benyuan.parties.check_digits import mod_11_2
from benyuan.simulate.identities import someone
from tests.cases.key_facts import TWO, read_key_facts
from tests.cases.reading import day, fen, known, local, moment, ppm
from tests.cases.world import CUSTOMER, World

Entry = Mapping[str, Any]

LENDER_KEYS = {
    "capital",
    "tier1",
    "weight",
    "most_draw",
    "line",
    "account_line",
    "loan_terms",
    "sheet",
    "owing",
    "licensed",
}
MONEY_ACCOUNTS = (
    LenderOwn.bank,
    LenderOwn.clearing_in,
    LenderOwn.clearing_out,
    LenderOwn.equity,
    LenderOwn.borrowings,
    LenderOwn.customer_credit,
)
PARTNER_MONEY = [each for each in PartnerOwn if each is not PartnerOwn.balance_usage]
LOAN_TERMS = {
    "method": "equal-instalment",
    "rate": "24%",
    "late_rate": "24%",
    "most": "1,000,000.00",
    "most_terms": 600,
    "day_count": "30/360",
}
ACCOUNT_TERMS = {"rate": "18%", "statement_day": 8, "due_days": 20, "minimum": "10%", "late_fee": "5%"}
FIELDS = {
    "chosen": "place",
    **{
        name: f"{name}_fen"
        for name in ("line", "amount", "most", "least", "paid_out", "tier1", "net_capital", "need", "other_debts")
    },
    **{name: f"{name}_fen" for name in ("most_draw", "other_weighted", "other_exposure", "minimum_floor")},
    **{name: f"{name}_ppm" for name in ("rate", "late_rate", "share", "minimum", "late_fee", "risk_weight", "loss")},
    **{name: f"{name}_ppm" for name in ("conversion", "default_year", "default_life")},
}
READ_SECONDS = 5
SHELF_SORTS = {"cash": "cash-loan", "card": "pay-later", "plan": "plan"}
INCOME, DIGEST = "100,000,000.00", "d" * 64
TOLD = ("sheet", "shown", "read_seconds", "rate_shown", "facts")
SHEET_WORDS = ("sheet", "shown", "read_seconds", "facts")
A_SECOND = 1_000_000
PLANNED = ("account", "product", "amount_fen", "term_count", "rate_ppm", "purchase")
NAMED = {"partner": "partner", "guarantor": "partner", "loan": "loan", "account": "account", "product": "product"}


def fields_of(world: World, entry: Entry) -> dict[str, Any]:
    """What a case says, as fields of a command."""
    return dict(_field(world, name, said) for name, said in entry.items() if name not in {"on", "at", "as", "attempt"})


def _field(world: World, name: str, said: Any) -> tuple[str, Any]:
    field = FIELDS.get(name, name)
    if field.endswith("_fen"):
        return field, fen(said)
    if field.endswith("_ppm"):
        return field, ppm(said)
    if name in NAMED:
        return field, world.id(NAMED[name], said)
    return field, day(said) if isinstance(said, dt.date) else said


def begin_lender(world: World, whole: Entry, *, at: int) -> None:
    """The lender as it stands before the first step."""
    known(dict(whole), {"lender", "founded", "earlier"}, where="given")
    given, at = whole["lender"], moment_of_founding(whole, at)
    known(dict(given), LENDER_KEYS, where="lender")
    began = day(local(at))

    def do(kind: str, **fields: Any) -> Answer:
        return world.do(REGISTRY[kind](**fields), at=at)

    made = do("register_lender", name="lender")
    for own in MONEY_ACCOUNTS:
        world.accounts["lender", own.name] = made.results["first_account"] + own
    capital = fen(given.get("capital", "1,000,000,000.00"))
    do(
        "set_lending_policy",
        lender=1,
        from_date=began,
        risk_weight_ppm=ppm(given.get("weight", "100%")),
        conversion_ppm=0,
        most_draw_fen=fen(given.get("most_draw", "1,000,000.00")),
    )
    tier1 = fen(given["tier1"]) if "tier1" in given else capital
    do("record_lender_standing", lender=1, from_date=began, holds=True, number="L1")
    do("record_lender_figures", lender=1, from_date=began, tier1_fen=tier1, net_capital_fen=capital)
    do("set_loss_rate", lender=1, from_date=began, days_from=0, default_year_ppm=0, default_life_ppm=0, loss_ppm=0)
    for name, kind in (("cash", ProductKind.cash_loan), ("card", ProductKind.pay_later), ("plan", ProductKind.plan)):
        _make_product(world, name, kind, given, at=at)
    for name, able in (("bank", True), ("shop", False)):
        _list_partner(world, name, able=able, at=at)
    borrower(world, CUSTOMER, at=at, line=given.get("line", "200,000.00"))
    line = fen(given.get("account_line", given.get("line", "200,000.00")))
    account = {"borrower": world.id("borrower", CUSTOMER), "product": 2, "line_fen": line}
    told: Entry = {}
    if given.get("sheet", True):
        told = {"cost_sheet": sheet_of_account(world)}
        do("show_cost_sheet", borrower=account["borrower"], product=2, **told)
        at += READ_SECONDS * A_SECOND
    at += TWO
    read_key_facts(world, "show_account_key_facts", at=at, **account)
    opened = do("open_credit_account", **account, **told)
    world.name("account", "card", opened.results["account"])
    if "owing" in given:
        do("draw_purchase", account=opened.results["account"], amount_fen=fen(given["owing"]))


def sheet_of_account(world: World) -> str:
    """The digest of the sheet of the pay-later product's costs."""
    return digest(account_sheet(_row(world, "account_terms", world.group.records.tables["account_terms"].count)))


def sheet_of_offer(world: World, offer: int) -> str:
    """The digest of the sheet of an offer's costs."""
    made = _row(world, "loan_offer", offer)
    return digest(loan_sheet(made, _row(world, "loan_terms", made["terms"])))


def sheet_of_plan(world: World, command: Any, *, first_due_on: int) -> str:
    """The digest of the sheet of a plan's costs."""
    asked = {"amount_fen": command.amount_fen, "term_count": command.term_count, "rate_ppm": command.rate_ppm}
    asked |= {"cost_ppb": command.rate_ppm * 1_000, "first_due_on": first_due_on}
    terms = _row(world, "loan_terms", world.group.records.tables["loan_terms"].count)
    return digest(loan_sheet(asked, terms))


def _row(world: World, table: str, number: int) -> dict[str, int]:
    held = world.group.records.tables[table]
    return {name: int(held.column(name)[number]) for name in held.table.columns}


def _told(world: World, entry: Entry, sheet: str, *, at: int, of: Entry) -> dict[str, Any]:
    """What a case says of the sheet: confirmed unless it says `sheet: false`, or another digest.

    The right one is shown `read_seconds` before, to the customer or to whom `shown` names; with `shown` a day, at noon
    of that day; with `shown: false` never.
    """
    said = entry.get("sheet", True)
    confirmed = (sheet if said else "") if isinstance(said, bool) else said
    if confirmed == sheet and entry.get("shown", True):
        _show(world, entry, sheet, at=at, of=of)
    return {"cost_sheet": confirmed}


def _show(world: World, entry: Entry, sheet: str, *, at: int, of: Entry) -> None:
    said = entry.get("shown")
    if isinstance(said, dt.date):
        moved = moment(dt.datetime.combine(said, dt.time(12)))
    else:
        moved = max(at - entry.get("read_seconds", READ_SECONDS) * A_SECOND, world.group.last_at)
    world.do(REGISTRY["show_cost_sheet"](cost_sheet=sheet, **of), at=moved)


def _make_product(world: World, name: str, kind: ProductKind, given: Entry, *, at: int) -> None:
    made = world.do(REGISTRY["make_credit_product"](lender=1, kind_of_product=kind), at=at)
    number = made.results["product"]
    world.name("product", name, number)
    first = int(world.group.records.tables["credit_product"].column("first_account")[number])
    for own in ProductOwn:
        world.accounts[name, own.name] = first + own
    said = ACCOUNT_TERMS if kind is ProductKind.pay_later else {**LOAN_TERMS, **given.get("loan_terms", {})}
    publish = "publish_account_terms" if kind is ProductKind.pay_later else "publish_loan_terms"
    terms = fields_of(world, said)
    world.do(REGISTRY[publish](product=number, from_date=day(local(at)), **terms), at=at)


def _list_partner(world: World, name: str, *, able: bool, at: int) -> None:
    made = world.do(REGISTRY["list_partner"](lender=1, name=name, lends=able, guarantees=able), at=at)
    number = made.results["partner"]
    world.name("partner", name, number)
    first = int(world.group.records.tables["lending_partner"].column("first_account")[number])
    for own in PARTNER_MONEY:
        world.accounts[name, own.name] = first + own


def borrower(world: World, name: str, *, at: int, line: str = "200,000.00", **fields: Any) -> None:
    """Register a borrower with a line over all products, unless there is one of the name."""
    if name in world.ids.get("borrower", {}):
        return
    shown = {**someone(next(world.everybody)), **fields}
    made = world.do(REGISTRY["register_borrower"](lender=1, **shown), at=at)
    world.name("borrower", name, made.results["borrower"])
    _earn(world, made.results["borrower"], INCOME, at=at)
    assessed = REGISTRY["assess_borrower"](borrower=made.results["borrower"], line_fen=fen(line))
    world.do(assessed, at=at)


def _earn(world: World, number: int, income: str, *, at: int) -> None:
    """A borrower shows evidence of a month's income."""
    shown = {"monthly_fen": fen(income), "evidence": DIGEST, "from_date": day(local(at))}
    world.do(REGISTRY["record_income"](borrower=number, **shown), at=at)


def _of(world: World, entry: Entry, at: int, *, who: str = "of") -> int:
    name = entry.get(who, CUSTOMER)
    borrower(world, name, at=world.group.last_at or at)
    return world.id("borrower", name)


def _without(entry: Entry, *names: str) -> dict[str, Any]:
    return {name: said for name, said in entry.items() if name not in names}


def _assess(world: World, line: str, entry: Entry, at: int) -> Command:
    rest = fields_of(world, _without(entry, "assess", "of"))
    rest |= {name: DIGEST if rest[name] else "" for name in ("second_source", "student_evidence") if name in rest}
    return REGISTRY["assess_borrower"](borrower=_of(world, entry, at), line_fen=fen(line), **rest)


def _income(world: World, monthly: str, entry: Entry, at: int) -> Command:
    """A month's income, as evidenced on the day of the case, or `since` another."""
    since = day(entry["since"]) if "since" in entry else day(local(at))
    shown = {"monthly_fen": fen(monthly), "evidence": DIGEST, "from_date": since}
    return REGISTRY["record_income"](borrower=_of(world, entry, at), **shown)


def _change(world: World, line: str, entry: Entry, at: int) -> Command:
    account = world.id("account", entry.get("account", "card"))
    return REGISTRY["change_credit_line"](account=account, line_fen=fen(line))


def _enrol(world: World, born: Any, entry: Entry, at: int) -> Command:
    """A new borrower, born on a day."""
    body = f"110101{day(born)}001"
    shown = {**someone(next(world.everybody)), "number": body + mod_11_2(body)}
    return REGISTRY["register_borrower"](lender=1, **shown)


def _line(world: World, line: str, entry: Entry, at: int) -> Command:
    rest = fields_of(world, _without(entry, "open_account", "of", "product", *SHEET_WORDS))
    product, whose = world.id("product", entry.get("product", "card")), _of(world, entry, at)
    rest |= _told(world, entry, sheet_of_account(world), at=at, of={"borrower": whose, "product": product})
    account = {"borrower": whose, "product": product, "line_fen": fen(line)}
    if entry.get("facts", True):
        read_key_facts(world, "show_account_key_facts", at=at, **account)
    return REGISTRY["open_credit_account"](**account, **rest)


def _buy(world: World, amount: str, entry: Entry, at: int) -> Command:
    rest = fields_of(world, _without(entry, "buy", "account"))
    account = world.id("account", entry.get("account", "card"))
    return REGISTRY["draw_purchase"](account=account, amount_fen=fen(amount), **{"place": "lender", **rest})


def _offer(world: World, amount: str, entry: Entry, at: int) -> Command:
    """By itself: 12 instalments at 12%, the first a month from now, and open for a year."""
    rest = fields_of(world, _without(entry, "offer", "of", "terms", "product"))
    today = local(at).date()
    until = today.replace(year=today.year + 1, day=min(today.day, 28))
    usual = {"rate_ppm": 120_000, "first_due_on": _in_a_month(today), "until": day(until), "need_fen": fen(amount)}
    product = world.id("product", entry.get("product", "cash"))
    return REGISTRY["offer_loan"](
        borrower=_of(world, entry, at),
        product=product,
        amount_fen=fen(amount),
        term_count=entry.get("terms", 12),
        **{**usual, **rest},
    )


def _in_a_month(today: dt.date) -> int:
    month = today.month % 12 + 1
    return day(today.replace(year=today.year + (month == 1), month=month, day=min(today.day, 28)))


def _draw(world: World, offer: str, entry: Entry, at: int) -> Command:
    number = world.id("offer", offer)
    rest = fields_of(world, _without(entry, "draw_loan", *SHEET_WORDS))
    of = {"borrower": _row(world, "loan_offer", number)["borrower"], "offer": number}
    rest |= _told(world, entry, sheet_of_offer(world, number), at=at, of=of)
    if entry.get("facts", True):
        named = [field for field in ("partner", "guarantor") if field in rest]
        beside = {field: rest[field] for field in named} | {f"{field}_name": entry[field] for field in named}
        read_key_facts(world, "show_key_facts", at=at, **of, **beside)
    return REGISTRY["draw_loan"](offer=number, **{"purpose": "travel", **rest})


def _draw_more(world: World, amount: str, entry: Entry, at: int) -> Command:
    """A further part of a loan; the sheet is that of the whole offer."""
    loan = world.id("loan", entry["loan"])
    offer = _row(world, "loan", loan)["offer"]
    rest = fields_of(world, _without(entry, "draw_more", *SHEET_WORDS))
    of = {"borrower": _row(world, "loan_offer", offer)["borrower"], "offer": offer}
    rest |= _told(world, entry, sheet_of_offer(world, offer), at=at, of=of)
    return REGISTRY["draw_further"](amount_fen=fen(amount), **rest)


def _repay(world: World, amount: str, entry: Entry, at: int) -> Command:
    rest = fields_of(world, _without(entry, "repay"))
    return REGISTRY["repay_loan"](amount_fen=fen(amount), **rest)


def _hand_back(world: World, amount: str, entry: Entry, at: int) -> Command:
    return REGISTRY["hand_back_loan"](loan=world.id("loan", entry["loan"]), amount_fen=fen(amount))


def _pay_account(world: World, amount: str, entry: Entry, at: int) -> Command:
    account = world.id("account", entry.get("account", "card"))
    return REGISTRY["repay_account"](account=account, amount_fen=fen(amount))


def _plan(world: World, amount: str, entry: Entry, at: int) -> Command:
    rest = fields_of(world, _without(entry, "make_plan", "terms", "first_due", *SHEET_WORDS))
    numbers = {"account": world.id("account", "card"), "product": world.id("product", "plan")}
    usual = {"term_count": entry.get("terms", 3), "rate_ppm": 120_000}
    command = REGISTRY["make_plan"](amount_fen=fen(amount), **{**numbers, **usual, **rest})
    told: Entry = {}
    if "first_due" in entry:
        of = {"borrower": world.id("borrower", CUSTOMER), "plan_of": numbers["account"]}
        told = _told(world, entry, sheet_of_plan(world, command, first_due_on=day(entry["first_due"])), at=at, of=of)
    if entry.get("facts", True):
        said = {name: getattr(command, name) for name in PLANNED}
        whose = _row(world, "credit_account", said["account"])["borrower"]
        read_key_facts(world, "show_plan_key_facts", at=at, borrower=whose, **said)
    return msgspec.structs.replace(command, **told)


def _confirm(world: World, account: str, entry: Entry, at: int) -> Command:
    number = world.id("account", account)
    of = {"borrower": _row(world, "credit_account", number)["borrower"], "account": number}
    told = _told(world, entry, sheet_of_account(world), at=at, of=of)
    return REGISTRY["confirm_cost_sheet"](account=number, **told)


def _price(world: World, rate: str, entry: Entry, at: int) -> Command:
    said = {**LOAN_TERMS, **_without(entry, "price", "on", "at"), "rate": rate}
    return REGISTRY["publish_loan_terms"](product=1, from_date=day(local(at)), **fields_of(world, said))


def _card_price(world: World, rate: str, entry: Entry, at: int) -> Command:
    said = {**ACCOUNT_TERMS, "rate": rate}
    return REGISTRY["publish_account_terms"](product=2, from_date=day(local(at)), **fields_of(world, said))


def _figures(world: World, capital: str, entry: Entry, at: int) -> Command:
    said = {"tier1": capital, **_without(entry, "figures", "on", "at")}
    fields = fields_of(world, said)
    return REGISTRY["record_lender_figures"](lender=1, from_date=day(local(at)), net_capital_fen=fen(capital), **fields)


def _licence(world: World, holds: bool, entry: Entry, at: int) -> Command:
    from_date = day(entry["begins"]) if "begins" in entry else day(local(at))
    return REGISTRY["record_lender_standing"](lender=1, from_date=from_date, holds=holds, number="L1" if holds else "")


def _shelve(world: World, product: str, entry: Entry, at: int) -> Command:
    """A product of the lender goes on the register of products."""
    words = dict.fromkeys(("maker", "seller", "target", "fees"), "words")
    whose = {"lender": 1, "ref": world.id("product", product), "name": product}
    return REGISTRY["register_product"](sort=SHELF_SORTS[product], **whose, **words)


def _shelf_terms(world: World, product: str, entry: Entry, at: int) -> Command:
    """A version of its terms on the register, from the day of the case or another on."""
    begins = day(entry["begins"]) if "begins" in entry else day(local(at))
    text = f"{product} from {begins}"
    made = {"text": text, "digest": hashlib.sha256(text.encode()).hexdigest()}
    return REGISTRY["publish_product_terms"](product=world.id("on_shelf", product), from_date=begins, **made)


def _approve_terms(world: World, product: str, entry: Entry, at: int) -> Command:
    """The committee approves the latest version that was published of anything."""
    latest = world.group.records.tables["shelf_terms"].count
    return REGISTRY["approve_product"](product=world.id("on_shelf", product), terms=latest, minutes=DIGEST)


def _take_off_sale(world: World, product: str, entry: Entry, at: int) -> Command:
    return REGISTRY["suspend_product"](product=world.id("on_shelf", product))


def _close(world: World, date: Any, entry: Entry, at: int) -> Command:
    return REGISTRY["close_lender_day"](lender=1, date=day(date))


LENDER_VERBS: dict[str, tuple[Callable[[World, Any, Entry, int], Command], tuple[str, ...]]] = {
    "assess": (_assess, ("of", "student", "student_evidence", "second_source", "other_debts")),
    "earn": (_income, ("of", "since")),
    "change_line": (_change, ("account",)),
    "enrol": (_enrol, ()),
    "open_account": (_line, ("of", "product", *TOLD)),
    "buy": (_buy, ("account", "chosen", "preselected", "consented")),
    "offer": (_offer, ("of", "product", "terms", "rate", "first_due_on", "until", "need", "other_debts")),
    "draw_loan": (
        _draw,
        ("purpose", "destination", "amount", "paid_out", "partner", "share", "guarantor", *TOLD),
    ),
    "draw_more": (_draw_more, ("loan", *TOLD)),
    "repay": (_repay, ("loan", "early")),
    "hand_back": (_hand_back, ("loan",)),
    "pay_account": (_pay_account, ("account",)),
    "make_plan": (_plan, ("account", "terms", "rate", "first_due", *TOLD)),
    "confirm": (_confirm, SHEET_WORDS),
    "price": (_price, ()),
    "card_price": (_card_price, ()),
    "figures": (_figures, ("tier1", "other_weighted", "other_exposure")),
    "lender_licence": (_licence, ("begins",)),
    "close_lender": (_close, ()),
    "shelve": (_shelve, ()),
    "shelf_terms": (_shelf_terms, ("begins",)),
    "approve_terms": (_approve_terms, ()),
    "take_off_sale": (_take_off_sale, ()),
}
"""For each verb the command that it makes, and what it may say besides."""

_NAMED_BY = {
    "enrol": "borrower",
    "offer": "offer",
    "draw_loan": "loan",
    "open_account": "account",
    "make_plan": "loan",
    "shelve": "on_shelf",
}


def name_lender_result(world: World, verb: str, entry: Entry, answer: Answer) -> None:
    """Give what a step has made its name."""
    kind = _NAMED_BY[verb]
    world.name(kind, entry["as"], answer.results["product" if kind == "on_shelf" else kind])


def moment_of_founding(given: Entry, at: int) -> int:
    """Nine on the day on which the lender is founded, or on the first of the year."""
    began = given.get("founded") or dt.date(local(at).year, 1, 1)
    return moment(dt.datetime.combine(began, dt.time(9)))
