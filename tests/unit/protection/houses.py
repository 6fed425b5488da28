"""A house as the tests of suitability use it: an institution, a merchant who is paid, products of levels 1 to 5.

Products 1 to 5 are sample investments of that level, 6 is sample insurance of level 4; all may be cancelled for 5 days.
Persons 1 to 5 are aged 40, 64 (65 on 2026-06-15), 17, 7 and 40 on 2026-03-10; each has a Class III wallet of the same
number with 100,000.00 in it, and is registered as an investor.
"""

import datetime as dt
import hashlib
from typing import Any

from benyuan.decisions.outcomes import Answer
from benyuan.parties.check_digits import mod_11_2
from benyuan.payments.vocabulary import MerchantKind
from benyuan.simulate.identities import credit_code, someone
from tests.unit.bureau.bureaus import Bureau, check_refused, check_verified
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import Desk, in_memory, standing

__all__ = ["House", "check_refused", "check_verified", "house"]

BEGAN, ON = 20260101, 20260310
BORN = {1: 19860101, 2: 19610615, 3: 20080601, 4: 20190101, 5: 19860101}
PRODUCTS = 6
READ_US = 10_000_000
"""How long something is before a customer: the fewest seconds that the house's rule gives."""
PAPER = "f" * 64
INSURANCE = 6
COOLING_DAYS = 5
IN_WALLET_FEN = ASSETS_FEN = 10_000_000
LEVEL_1, LEVEL_2, LEVEL_3 = "c,a,a,a,a,a,a,a", "c,c,b,b,a,a,a,a", "c,c,c,b,b,b,a,a"
LEVEL_4, LEVEL_5 = "c,c,c,c,c,c,c,b", "c,d,d,d,d,d,d,d"
TERMS = "Sample terms of product {}. You may lose what you put in. 本产品可能亏损本金。"
PRODUCT: dict[str, Any] = {
    "institution": 1,
    "merchant": 1,
    "maker": "Maker Ltd",
    "seller": "Benyuan Pay",
    "target": "whoever fits",
    "fees": "0.5% a year",
    "cooling_days": COOLING_DAYS,
    "sample": True,
    "agency": "b",
}


def number_of(person: int) -> str:
    """A valid resident identity number of somebody born on the day."""
    body = f"110101{BORN[person]}{person * 2 + 100:03d}"
    return body + mod_11_2(body)


def text_of(product: int) -> str:
    """The first terms of a product."""
    return TERMS.format(product)


def digest_of(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


class House(Bureau):
    """A desk that sells."""

    def shown(self, person: int) -> dict[str, Any]:
        """Who it is, by document."""
        return {"institution": 1, "person": person, "document": "resident_id", "number": number_of(person)}

    def published(self, product: int, text: str, *, from_date: int, **leaving: int) -> int:
        """Terms published and approved; their version. `leaving`: what they say of leaving early."""
        fields = {"product": product, "from_date": from_date, "text": text, "digest": digest_of(text)}
        terms = self.do("publish_product_terms", **fields, **leaving)["terms"]
        self.do("approve_product", product=product, terms=terms, minutes="a" * 64)
        return terms

    def test(self, person: int = 1, answers: str = LEVEL_3, **fields: Any) -> Answer:
        """A test of the day."""
        on = max(self.on, fields.get("on", 0))
        asked = {
            "questionnaire": 1,
            "answers": answers,
            "answered_on": on,
            "assets_fen": ASSETS_FEN,
            **self.shown(person),
        }
        return self.ask("test_suitability", **{**asked, **fields})

    def tested(self, person: int = 1, answers: str = LEVEL_3, **fields: Any) -> int:
        """A test that counts; its number."""
        answer = self.test(person, answers, **fields)
        assert answer.accepted, answer
        test = int(answer.results["test"])
        if answer.results["to_confirm"]:
            self.confirmed(person, test, **{name: item for name, item in fields.items() if name == "number"})
        return test

    def confirmed(self, person: int, test: int, **fields: Any) -> dict[str, int]:
        """A changed level told, read and confirmed; the results of confirming."""
        self.do("tell_level", person=person, test=test, evidence=PAPER)
        self.read()
        return self.do("confirm_level", test=test, **{**self.shown(person), **fields})

    def read(self, us: int = READ_US) -> None:
        """Time goes by, by the log's clock, before the next command."""
        self.not_before = self.group.last_at + us

    def consented(self, person: int, product: int, **day: Any) -> None:
        """Who acts for the person consents to the product."""
        self.ask("consent_as_guardian", person=person, product=product, consent=PAPER, authority=PAPER, **day)

    def inform(self, person: int = 1, product: int = 3, *, terms: str = "", **day: Any) -> None:
        """The opinion and the terms given, so far as they can be, and read."""
        self.ask("give_opinion", person=person, product=product, opinion=PAPER, **day)
        self.ask("show_terms", person=person, product=product, terms_digest=terms or digest_of(text_of(product)), **day)
        self.read()

    def sell(
        self,
        person: int = 1,
        product: int = 3,
        amount_fen: int = 100_000,
        *,
        informed: bool = True,
        guardian: bool = False,
        **fields: Any,
    ) -> Answer:
        """A sale; before it, where `informed`, the opinion and the terms that it names are given and read.

        `guardian`: who acts for the person has consented to the product.
        """
        if guardian:
            self.consented(person, product, **{name: fields[name] for name in ("on", "time") if name in fields})
        if informed:
            day = {name: fields[name] for name in ("on", "time") if name in fields}
            terms = fields.get("terms_digest", "")
            self.inform(person, product, terms=terms if len(terms) == len(PAPER) else "", **day)
        asked: dict[str, Any] = {
            "product": product,
            "wallet": person,
            "amount_fen": amount_fen,
            "terms_digest": digest_of(text_of(product)),
            "authentication": "two_kinds_with_certificate",
        }
        return self.ask("sell_investment", **{**asked, **self.shown(person), **fields})

    def sold(self, person: int = 1, **fields: Any) -> dict[str, int]:
        """A sale that must be accepted; its results."""
        answer = self.sell(person, **fields)
        fault = answer.refusal or answer.invalid
        assert answer.accepted, fault.text() if fault else ""
        return dict(answer.results) | {"position": answer.position}


def house(*, on: int = ON, products: int = PRODUCTS) -> House:
    """The house, in memory, on a day, with so many of its products."""
    return fill(in_memory(now=moment(BEGAN)), on=on, products=products)


def fill(desk: Desk, *, on: int = ON, products: int = PRODUCTS) -> House:
    """The same in any group."""
    made = House(desk)
    made.do("register_institution", name="Benyuan Pay")
    made.desk.done(standing())
    firm = {"institution": 1, "kind_of_merchant": MerchantKind.firm, "code": credit_code(1), "name": "maker"}
    made.do("register_merchant", **firm)
    made.on = on
    for person in BORN:
        _person(made, person)
    for product in range(1, products + 1):
        made.do("register_product", **_product(product))
        made.published(product, text_of(product), from_date=made.on)
    return made


def _person(made: House, person: int) -> None:
    fields = {**someone(person), "number": number_of(person), "document": "resident_id"}
    made.do("register_person", institution=1, **fields)
    bound = made.do("bind_bank_account", person=person, mandate=True)["bank_account"]
    made.do("open_wallet", person=person, wallet_class="III", channels=5)
    made.do("top_up", wallet=person, bank_account=bound, amount_fen=IN_WALLET_FEN)
    made.do("register_investor", person=person)


def _product(product: int) -> dict[str, Any]:
    sort, level = ("insurance", 4) if product == INSURANCE else ("investment", product)
    return {**PRODUCT, "sort": sort, "name": f"product {product}", "maker_level": level, "seller_level": 1}


def days_after(on: int, days: int) -> int:
    """A day so many days later."""
    day = dt.date(on // 10_000, on // 100 % 100, on % 100) + dt.timedelta(days=days)
    return int(day.strftime("%Y%m%d"))
