"""Who may be sold which investment in a case, what they are told before, the sale, and how it is left again.

`given: {investing: {...}}` beside a payment institution's world: `products` by name, each `{level: 3}` with what else
it says, made, priced at 1.0000 and approved when the world began; and `investors` by name, each `{born: 1986-01-01,
level: 3}` with a wallet of their name. Without a `level` an investor has not been tested. Such a world begins at nine
on 2026-02-01, the first day of Order 2025 No. 7, unless it says `founded`; what happened `earlier` at no time of
its own happened a minute before the case, so that there was time to read.

An order (`invest`) names what must have happened before it in commands of their own: unless it says `informed: false`,
opinion and terms are given ten seconds before it, so far as they can be. A paper is known by a letter, whose digest is
that letter 64 times; the text of terms by itself. Sales are known by their numbers, 1 the first.
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from benyuan.consumer_protection.suitability.chart import InvestorOwn
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.commands import REGISTRY, Command
from benyuan.parties.check_digits import mod_11_2
from benyuan.simulate.identities import someone
from tests.cases.reading import BadCase, day, fen, known, local, ppm
from tests.cases.world import CUSTOMER, HOME, World

Entry = Mapping[str, Any]
Make = Callable[[World, Any, Entry, int], Command]

FIRST_DAY = dt.date(2026, 2, 1)
ANSWERS = {
    1: "c,a,a,a,a,a,a,a",
    2: "c,c,b,b,a,a,a,a",
    3: "c,c,c,b,b,b,a,a",
    4: "c,c,c,c,c,c,c,b",
    5: "c,d,d,d,d,d,d,d",
}
"""Answers of the first questionnaire that make each level."""
A_SECOND, READ_SECONDS, DIGITS = 1_000_000, 10, 64
PRODUCT_KEYS = {"level", "maker_level", "seller_level", "sort", "cooling_days", "maker", "agency", "sample", "permit"}
PRODUCT_KEYS |= {"exit_fee", "exit_fee_days", "pay_days", "approved", "merchant"}
INVESTOR_KEYS = {"born", "level", "assets", "wallet", "capacity"}
LEAVING = ("exit_fee", "exit_fee_days", "pay_days")
PRODUCT = "investment"


def digest_of(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def _paper(entry: Entry, name: str) -> str:
    return str(entry.get(name, "")) * DIGITS


def text_of(name: str) -> str:
    """The first terms of a product."""
    return f"Terms of {name}. You may lose what you put in."


def begin_investing(world: World, given: Entry, *, at: int) -> None:
    """Products on sale, and investors with a wallet of their own name, as they stand before the first step."""
    known(dict(given), {"products", "investors"}, where="investing")
    for name, entry in given.get("products", {}).items():
        made = world.do(_put_on_sale(world, name, entry, at), at=at)
        world.name(PRODUCT, name, made.results["product"])
        world.do(_terms(world, name, {**entry, "text": text_of(name)}, at), at=at)
        if entry.get("approved", True):
            world.do(_approve(world, name, entry, at), at=at)
    for name, entry in given.get("investors", {}).items():
        known(dict(entry), INVESTOR_KEYS, where=name)
        _investor(world, name, entry, at=at)


def _investor(world: World, name: str, entry: Entry, *, at: int) -> None:
    _register(world, name, entry["born"], at=at)
    world.wallet(name, {"of": name, "class": "III", "balance": entry.get("wallet", "100,000.00")}, at=at)
    world.do(_enrol(world, name, entry, at), at=at)
    if "level" in entry:
        world.do(_answer(world, entry["level"], {"of": name, **_only(entry, "assets")}, at), at=at)


def _only(entry: Entry, *names: str) -> dict[str, Any]:
    return {name: entry[name] for name in names if name in entry}


def _register(world: World, name: str, born: dt.date, *, at: int) -> None:
    count = next(world.everybody)
    body = f"110101{day(born)}{count:03d}"
    shown = {**someone(count), "document": "resident_id", "number": body + mod_11_2(body)}
    made = world.do(REGISTRY["register_person"](institution=world.id("institution", HOME), **shown), at=at)
    world.name("person", name, made.results["person"])
    world.documents[name] = shown["number"]
    world.bind(f"bank of {name}", name, at=at, mandate=True)


def _shown(world: World, entry: Entry) -> dict[str, Any]:
    """Who it is, by their own document, or by that of whom `by` names."""
    name = entry.get("of", CUSTOMER)
    shown = {"document": "resident_id", "number": world.documents[entry.get("by", name)]}
    return {"institution": world.id("institution", HOME), "person": world.id("person", name), **shown}


def _person(world: World, entry: Entry) -> int:
    return world.id("person", entry.get("of", CUSTOMER))


def _put_on_sale(world: World, name: str, entry: Entry, at: int) -> Command:
    """Rated alike by both, made and sold by one, as a sample, unless it says otherwise."""
    known(
        {key: said for key, said in entry.items() if key not in {"on", "at", "as", "list_product"}},
        PRODUCT_KEYS,
        where=name,
    )
    shop = world.merchant(entry.get("merchant", "maker"), at=at)
    level = entry.get("level", 0)
    words = {"name": name, "maker": entry.get("maker", "house"), "seller": "house", "target": "t", "fees": "f"}
    return REGISTRY["register_product"](
        sort=entry.get("sort", "investment"),
        institution=world.id("institution", HOME),
        merchant=shop,
        maker_level=entry.get("maker_level", level),
        seller_level=entry.get("seller_level", level),
        cooling_days=entry.get("cooling_days", 0),
        sample=entry.get("sample", True),
        permit=entry.get("permit", ""),
        agency=_paper(entry, "agency"),
        **words,
    )


def _terms(world: World, name: str, entry: Entry, at: int) -> Command:
    begins = day(entry["begins"]) if "begins" in entry else day(local(at))
    text = entry["text"]
    leaving = {
        "exit_fee_ppm": ppm(entry.get("exit_fee", "0%")),
        **{each: entry.get(each, 0) for each in LEAVING if each != "exit_fee"},
    }
    made = {"from_date": begins, "text": text, "digest": digest_of(text)}
    return REGISTRY["publish_product_terms"](product=world.id(PRODUCT, name), **made, **leaving)


def _approve(world: World, name: str, entry: Entry, at: int) -> Command:
    """The committee approves the latest version that was published of anything."""
    latest = world.group.records.tables["shelf_terms"].count
    return REGISTRY["approve_product"](product=world.id(PRODUCT, name), terms=latest, minutes="a" * DIGITS)


def _rate(world: World, name: str, entry: Entry, at: int) -> Command:
    rated = {f"{who}_level": entry[who] for who in ("maker", "seller")}
    papers = {each: _paper(entry, each) for each in ("minutes", "evidence")}
    return REGISTRY["rerate_product"](product=world.id(PRODUCT, name), **rated, **papers)


def _off(world: World, name: str, entry: Entry, at: int) -> Command:
    return REGISTRY["suspend_product"](product=world.id(PRODUCT, name))


def _on(world: World, name: str, entry: Entry, at: int) -> Command:
    return REGISTRY["resume_product"](product=world.id(PRODUCT, name))


def _price(world: World, name: str, entry: Entry, at: int) -> Command:
    """A share's price as "1.0250", from the day of the case or another on."""
    begins = day(entry["begins"]) if "begins" in entry else day(local(at))
    return REGISTRY["publish_product_price"](product=world.id(PRODUCT, name), from_date=begins, price=_share(entry))


def _share(entry: Entry) -> int:
    whole, _, part = str(entry.get("at_price", "1.0000")).partition(".")
    if len(part) != len("0000"):
        raise BadCase(f"a price has four decimals: {entry}")
    return int(whole + part)


def _enrol(world: World, name: str, entry: Entry, at: int) -> Command:
    return REGISTRY["register_investor"](person=world.id("person", name), **_only(entry, "capacity"))


def _answer(world: World, level: int, entry: Entry, at: int) -> Command:
    """The customer's own answers of the day, such that they make this level."""
    said = _only(entry, "taken_for_customer", "prompted")
    answered = day(entry["answered"]) if "answered" in entry else day(local(at))
    assets = fen(entry.get("assets", "100,000.00"))
    asked = {"questionnaire": 1, "answers": ANSWERS[level], "answered_on": answered, "assets_fen": assets}
    return REGISTRY["test_suitability"](**asked, **said, **_shown(world, entry))


def _tell_level(world: World, test: int, entry: Entry, at: int) -> Command:
    return REGISTRY["tell_level"](person=_person(world, entry), test=test, evidence="e" * DIGITS)


def _confirm_level(world: World, test: int, entry: Entry, at: int) -> Command:
    return REGISTRY["confirm_level"](test=test, **_shown(world, entry))


def _confirm_assets(world: World, test: int, entry: Entry, at: int) -> Command:
    return REGISTRY["confirm_assets"](test=test, evidence=_paper(entry, "evidence"), **_shown(world, entry))


def _tell(world: World, what: str, entry: Entry, at: int) -> Command:
    said = _only(entry, "capacity") | {"evidence": _paper(entry, "evidence")}
    return REGISTRY["tell_circumstances"](person=_person(world, entry), what=what, **said)


def _advise(world: World, name: str, entry: Entry, at: int) -> Command:
    product = world.id(PRODUCT, name)
    return REGISTRY["give_opinion"](person=_person(world, entry), product=product, opinion="b" * DIGITS)


def _show(world: World, name: str, entry: Entry, at: int) -> Command:
    shown = digest_of(entry.get("text", text_of(name)))
    product = world.id(PRODUCT, name)
    return REGISTRY["show_terms"](person=_person(world, entry), product=product, terms_digest=shown)


def _warn(world: World, of: str, entry: Entry, at: int) -> Command:
    product = world.id(PRODUCT, entry["about"])
    return REGISTRY["warn_investor"](person=_person(world, entry), product=product, of=of, evidence="c" * DIGITS)


def _guardian(world: World, name: str, entry: Entry, at: int) -> Command:
    product = world.id(PRODUCT, name)
    papers = {each: _paper({each: "d", **entry}, each) for each in ("consent", "authority")}
    return REGISTRY["consent_as_guardian"](person=_person(world, entry), product=product, **papers)


def _invest(world: World, amount: str, entry: Entry, at: int) -> Command:
    """An order; opinion and terms are given before it, so far as they can be, unless it says otherwise."""
    name, who = entry["in"], entry.get("of", CUSTOMER)
    text = {"text": entry["text"]} if "text" in entry else {}
    if entry.get("informed", True):
        before = max(at - READ_SECONDS * A_SECOND, world.group.last_at)
        for make in (_advise, _show):
            world.ask(make(world, name, {"of": who, **text}, before), at=before)
    said = _only(entry, "recommended", "as_professional")
    papers = {"own_choice": _paper(entry, "own_choice")}
    return REGISTRY["sell_investment"](
        product=world.id(PRODUCT, name),
        wallet=world.id("wallet", entry.get("from", who)),
        amount_fen=fen(amount),
        terms_digest=digest_of(entry.get("text", text_of(name))),
        authentication="two_kinds_with_certificate",
        **said,
        **papers,
        **_shown(world, entry),
    )


def _cancel(world: World, sale: int, entry: Entry, at: int) -> Command:
    return REGISTRY["cancel_sale"](sale=sale)


def _release(world: World, sale: int, entry: Entry, at: int) -> Command:
    return REGISTRY["release_sale"](sale=sale)


def _redeem(world: World, shares: str, entry: Entry, at: int) -> Command:
    """Shares as "1,000.00", with the price and the fee that the customer was shown."""
    told = {"price": _share(entry), "fee_fen": fen(entry.get("fee", "0.00"))}
    return REGISTRY["redeem_investment"](sale=entry.get("sale", 1), shares=fen(shares), **told)


def _pay_out(world: World, redemption: int, entry: Entry, at: int) -> Command:
    return REGISTRY["pay_redemption"](redemption=redemption, source=entry["from"], reference="order 1")


def _follow_up(world: World, sale: int, entry: Entry, at: int) -> Command:
    return REGISTRY["follow_up_sale"](sale=sale, findings="understood")


def _tell_holder(world: World, duty: int, entry: Entry, at: int) -> Command:
    return REGISTRY["tell_holder"](duty=duty, evidence="e" * DIGITS)


WHO = ("of", "by")
INVESTMENT_VERBS: dict[str, tuple[Make, tuple[str, ...]]] = {
    "list_product": (_put_on_sale, tuple(PRODUCT_KEYS)),
    "write_terms": (_terms, ("text", "begins", *LEAVING)),
    "approve_product": (_approve, ()),
    "rate_product": (_rate, ("maker", "seller", "minutes", "evidence")),
    "take_off": (_off, ()),
    "put_back": (_on, ()),
    "share_price": (_price, ("at_price", "begins")),
    "enrol_investor": (_enrol, ("capacity",)),
    "answer": (_answer, ("assets", "answered", "taken_for_customer", "prompted", *WHO)),
    "tell_level": (_tell_level, ("of",)),
    "confirm_level": (_confirm_level, WHO),
    "confirm_assets": (_confirm_assets, ("evidence", *WHO)),
    "tell_change": (_tell, ("of", "capacity", "evidence")),
    "advise": (_advise, ("of",)),
    "show_terms": (_show, ("of", "text")),
    "warn": (_warn, ("of", "about")),
    "guardian_consents": (_guardian, ("of", "consent", "authority")),
    "invest": (
        _invest,
        ("in", "from", "informed", "text", "recommended", "as_professional", "own_choice", *WHO),
    ),
    "cancel": (_cancel, ()),
    "release_money": (_release, ()),
    "redeem": (_redeem, ("sale", "at_price", "fee")),
    "pay_out": (_pay_out, ("from",)),
    "follow_up": (_follow_up, ()),
    "tell_holder": (_tell_holder, ()),
}
"""For each verb the command that it makes, and what it may say besides."""


# ---------------------------------------------------------------------------------------------------- what stands after


def invested_fen(world: World, name: str) -> int:
    """What counts against somebody's means, by the ledger."""
    held = world.group.records.tables["investor"]
    place = held.ids().tolist().index(world.id("person", name))
    found = world.group.ledger.balance(int(held.column("first_usage")[place]) + InvestorOwn.bought)
    return int(found.debits_posted - found.credits_posted)


def owed_to_customers(world: World) -> list[dict[str, Any]]:
    """The duties of consumer protection that have arisen, with customers by name."""
    people = {number: name for name, number in world.ids.get("person", {}).items()}
    table = world.group.records.tables["protection_duty"]
    return [
        {
            "kind": DutyKind(int(table.column("kind")[place])).name,
            "of": people[int(table.column("person")[place])],
            **{each: int(table.column(f"{each}_on")[place]) for each in ("arose", "due", "done")},
        }
        for place in range(1, table.count + 1)
    ]
