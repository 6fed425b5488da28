"""Tests of investors, sales and leaving in plain Python, one command at a time: what the engine is held equal to.

Nothing here comes from the rule pack or from the code that decides: figures and scopes are written from Order 2025
No. 7 (arts. 12, 13, 18, 19, 22, 28, 29, 31, 38) and the house's own choices where it gives none (half of stated
assets, a day to think, ten seconds to read, thirty days for assets to rise). A command is judged by all that would be
broken: none, and it is accepted. Worked number: level 3 and a product of level 4 break suit.no_mismatch.
"""

import datetime as dt
from dataclasses import dataclass, field

A_SECOND, AN_HOUR = 1_000_000, 3_600_000_000
PAR = 10_000
CHINA = dt.timezone(dt.timedelta(hours=8))
INVALID = "invalid"
Broken = set[str]


def day_of(at: int) -> dt.date:
    """The day in China of an instant in microseconds."""
    return dt.datetime.fromtimestamp(at // A_SECOND, tz=CHINA).date()


def months_on(day: dt.date, months: int) -> dt.date:
    """The day of the same date so many months on, or the last of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last))


@dataclass(slots=True, kw_only=True)
class Test:
    """One result: its number, day, level, what was stated, when it was told, and whether it waits to be confirmed."""

    __test__ = False
    number: int
    on: dt.date
    level: int
    assets: int
    seq: int
    to_confirm: bool
    told_at: int = 0


@dataclass(slots=True, kw_only=True)
class Terms:
    """A version of a product's terms."""

    number: int
    begins: dt.date
    text: str
    seq: int
    approved: bool
    fee_ppm: int = 0
    fee_days: int = 0


@dataclass(slots=True, kw_only=True)
class Product:
    """A product on the shelf; `rated`: the place in history of the last change of its level, 0 for none."""

    level: int
    insurance: bool
    terms: list[Terms] = field(default_factory=list)
    ratings: tuple[int, int] = (0, 0)
    rated: int = 0
    suspended: bool = False
    price: int = PAR

    def in_force(self, on: dt.date) -> Terms:
        """The version of the day: of those that have begun, the one that begins last, and of these the newest."""
        return max((each for each in self.terms if each.begins <= on), key=lambda each: (each.begins, each.number))


@dataclass(slots=True, kw_only=True)
class Said:
    """The last of a kind that a person was told of a product."""

    test: int
    seq: int
    at: int
    terms: int


@dataclass(slots=True, kw_only=True)
class Sale:
    """One sale and what has become of it."""

    person: int
    product: int
    amount: int
    on: dt.date
    shares: int
    terms: Terms
    cancelled: bool = False
    released: bool = False
    gone: int = 0

    @property
    def cancel_by(self) -> dt.date:
        """The last day on which it can be cancelled."""
        return self.on + dt.timedelta(days=5)

    @property
    def left(self) -> int:
        """Shares that are still held."""
        return 0 if self.cancelled else self.shares - self.gone


@dataclass(slots=True, kw_only=True)
class Person:
    """An investor; `means`: what counts of stated assets; `changed`: the place in history of what they last told."""

    born: dt.date
    wallet: int
    capacity: str = "by-age"
    tests: list[Test] = field(default_factory=list)
    counted: Test | None = None
    means: int = 0
    used: int = 0
    changed: int = 0
    said: dict[tuple[int, str], Said] = field(default_factory=dict)
    spent: dict[int, int] = field(default_factory=dict)

    def age(self, on: dt.date) -> int:
        """In full years."""
        return on.year - self.born.year - ((on.month, on.day) < (self.born.month, self.born.day))

    def lapsed(self, on: dt.date) -> bool:
        """Whether the result that counts is more than twelve months old."""
        return self.counted is not None and on > months_on(self.counted.on, 12)

    def told_since(self) -> bool:
        """Whether a change was told since the result that counts."""
        return self.counted is not None and self.changed > self.counted.seq

    def capable(self, on: dt.date) -> str:
        """Full, limited or none (art. 19; ages of the Civil Code)."""
        if self.age(on) < 8 or self.capacity == "none":
            return "none"
        return "limited" if self.age(on) < 18 or self.capacity == "limited" else "full"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a sale is asked with."""

    person: int
    product: int
    amount: int
    text: str
    recommended: bool = False
    professional: bool = False
    own_choice: bool = False


class Shelf:
    """People, products and sales, as somebody would write them down."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}
        self.products: dict[int, Product] = {}
        self.sales: list[Sale] = []
        self.tests = self.seq = self.maker = 0
        self.duties: set[tuple[str, int, int]] = set()

    # ------------------------------------------------------------------------------------------------------- tests

    def test(self, who: int, *, on: dt.date, own: bool, today: bool) -> Broken:
        """What a test would break."""
        dates = [each.on for each in self.people[who].tests]
        since = months_on(on, -12)
        broken: Broken = set()
        if not own or not today:
            broken.add("suit.bans")
        if sum(each > since for each in dates) >= 8:
            broken.add("suit.tests.12m")
        if dates.count(on) >= 2:
            broken.add("suit.tests.day")
        return broken

    def tested(self, who: int, *, on: dt.date, level: int, assets: int) -> Test:
        """A result; a lower one counts at once, a higher one when it is confirmed, and so do assets."""
        person = self.people[who]
        self.tests += 1
        others = [each.level for each in (*person.tests[-1:], person.counted) if each]
        differs = any(level != each for each in others)
        made = Test(number=self.tests, on=on, level=level, assets=assets, seq=self.seq, to_confirm=differs)
        person.means = assets if not person.tests else min(person.means, assets)
        for each in person.tests:
            each.to_confirm = False
        if person.counted is None or level <= person.counted.level:
            person.counted = made
        person.tests.append(made)
        return made

    def confirm(self, who: int, test: int, *, at: int) -> Broken:
        """What confirming a result would break."""
        latest = self.people[who].tests[-1] if self.people[who].tests else None
        if latest is None or latest.number != test or not latest.to_confirm:
            return {INVALID}
        if not latest.told_at:
            return {"suit.change_confirm"}
        return {"suit.house.reading_seconds"} if at - latest.told_at < 10 * A_SECOND else set()

    def raise_means(self, who: int, test: int, *, on: dt.date, papers: bool) -> Broken:
        """What confirming assets would break."""
        person = self.people[who]
        latest = person.tests[-1] if person.tests else None
        if latest is None or latest.number != test or latest.assets <= person.means:
            return {INVALID}
        waited = on >= latest.on + dt.timedelta(days=30)
        return set() if papers or waited else {"suit.house.assets_wait"}

    def tell_capacity(self, who: int, capacity: str, *, papers: bool) -> Broken:
        """What telling of a capacity would break."""
        order = ("by-age", "limited", "none")
        regains = order.index(capacity) < order.index(self.people[who].capacity)
        return {"suit.house.capacity_regained"} if regains and not papers else set()

    # --------------------------------------------------------------------------------------------------- what is told

    def advise(self, who: int, product: int, *, on: dt.date) -> Broken:
        """What giving an opinion would break."""
        person = self.people[who]
        if self.products[product].suspended:
            return {INVALID}
        broken: Broken = set()
        if not person.tests:
            broken.add("suit.bans")
        if person.lapsed(on):
            broken.add("suit.validity")
        if person.told_since():
            broken.add("suit.retest")
        return broken

    def show(self, product: int, text: str, *, on: dt.date) -> Broken:
        """What showing a text as the terms would break."""
        if self.products[product].suspended:
            return {INVALID}
        return set() if text == self.products[product].in_force(on).text else {"suit.told"}

    def warn(self, who: int, product: int, of: str) -> Broken:
        """What a warning would break."""
        shelf = self.products[product]
        bad = shelf.suspended or not self.people[who].tests or (of != "high-risk" and not shelf.insurance)
        return {INVALID} if bad else set()

    def say(self, who: int, product: int, what: str, *, at: int) -> None:
        """It was told, with the test that counts."""
        person = self.people[who]
        test = person.counted.number if person.counted else 0
        terms = self.products[product].in_force(day_of(at)).number
        person.said[product, what] = Said(test=test, seq=self.seq, at=at, terms=terms)

    def _stands(self, who: int, product: int, what: str) -> bool:
        person, said = self.people[who], self.people[who].said.get((product, what))
        counted = person.counted.number if person.counted else 0
        return said is not None and said.test == counted and said.seq > self.products[product].rated

    def _at(self, who: int, product: int, what: str) -> int:
        said = self.people[who].said.get((product, what))
        return said.at if said else 0

    # --------------------------------------------------------------------------------------------------------- a sale

    def excepted(self, order: Order) -> bool:
        """Art. 38: insurance; advised to stop, later told all risks, and confirmed in writing."""
        who, product = order.person, order.product
        both = self._stands(who, product, "stop") and self._stands(who, product, "risks")
        later = self._at(who, product, "risks") > self._at(who, product, "stop")
        return self.products[product].insurance and both and later and order.own_choice

    def needs_care(self, order: Order, on: dt.date) -> bool:
        """Art. 18: 65 or over, and high risk."""
        return self.people[order.person].age(on) >= 65 and self.products[order.product].level >= 4

    def sell(self, order: Order, *, at: int) -> Broken:
        """What a sale would break."""
        if self.products[order.product].suspended:
            return {INVALID}
        on = day_of(at)
        return (
            self._of_product(order, on)
            | self._of_person(order, on)
            | self._of_match(order, at)
            | self._money(order, on)
        )

    def _of_product(self, order: Order, on: dt.date) -> Broken:
        shelf, broken = self.products[order.product], set[str]()
        terms = shelf.in_force(on)
        if not terms.approved:
            broken.add("cp.pbc.prior_review")
        if shelf.rated and terms.seq < shelf.rated:
            broken.add("suit.product_levels.changed")
        said = self.people[order.person].said.get((order.product, "terms"))
        if said is None or said.terms != terms.number or order.text != terms.text:
            broken.add("suit.told")
        return broken

    def _of_person(self, order: Order, on: dt.date) -> Broken:
        person, low, broken = self.people[order.person], self.products[order.product].level == 1, set[str]()
        capable = person.capable(on)
        if capable == "none" or (capable == "limited" and not (low and self._consented(order))):
            broken.add("suit.minor")
        if order.professional:
            broken.add("suit.professional")
        if not person.tests:
            broken.add("suit.bans")
        if person.lapsed(on):
            broken.add("suit.validity")
        if person.told_since():
            broken.add("suit.retest")
        return broken

    def _of_match(self, order: Order, at: int) -> Broken:
        person, shelf, broken = self.people[order.person], self.products[order.product], set[str]()
        who, product, on = order.person, order.product, day_of(at)
        above = shelf.level > (person.counted.level if person.counted else 0)
        latest = person.tests[-1] if person.tests else None
        waits = latest is not None and latest is not person.counted
        if waits and (above or person.lapsed(on) or person.told_since()):
            broken.add("suit.change_confirm")
        if above and order.recommended:
            broken.add("suit.bans")
        evidence = self._stands(who, product, "stop") or self._stands(who, product, "risks") or order.own_choice
        if above and shelf.insurance and evidence and not self.excepted(order):
            broken.add("suit.exception")
        if above and not self.excepted(order):
            broken.add("suit.no_mismatch")
        if self.needs_care(order, on):
            broken |= set() if self._stands(who, product, "high-risk") else {"suit.elder"}
            think = self._at(who, product, "high-risk") + 24 * AN_HOUR
            broken |= {"suit.house.elder_hours"} if at < think else set()
        if not self._stands(who, product, "opinion"):
            broken.add("suit.opinion")
        last = max(self._at(who, product, what) for what in ("terms", "opinion"))
        last = max(last, self._at(who, product, "risks")) if self.excepted(order) else last
        if at - last < 10 * A_SECOND:
            broken.add("suit.house.reading_seconds")
        return broken

    def _consented(self, order: Order) -> bool:
        said = self.people[order.person].said.get((order.product, "guardian"))
        return said is not None and said.seq > max(
            self.products[order.product].rated, self.people[order.person].changed
        )

    def _money(self, order: Order, on: dt.date) -> Broken:
        person, broken = self.people[order.person], set[str]()
        if order.amount > person.wallet:
            broken.add("pay.account.no_overdraft")
        if person.spent.get(on.year, 0) + order.amount > 20_000_000:
            broken.add("pay.account.class3.year")
        if not self.excepted(order) and person.used + order.amount > person.means // 2:
            broken.add("suit.house.means_share")
        return broken

    def sold(self, order: Order, *, at: int) -> None:
        """The sale stands."""
        person, shelf, on = self.people[order.person], self.products[order.product], day_of(at)
        person.wallet -= order.amount
        person.used += order.amount
        person.spent[on.year] = person.spent.get(on.year, 0) + order.amount
        shares, terms = order.amount * PAR // shelf.price, shelf.in_force(on)
        made = Sale(person=order.person, product=order.product, amount=order.amount, on=on, shares=shares, terms=terms)
        self.sales.append(made)
        if self.needs_care(order, on):
            self.duties.add(("follow_up_sale", order.person, len(self.sales)))

    # -------------------------------------------------------------------------------------------------------- leaving

    def cancel(self, sale: Sale, *, on: dt.date) -> Broken:
        """What cancelling would break."""
        if sale.cancelled:
            return {INVALID}
        return {"cp.house.exit.cancel_by"} if on > sale.cancel_by else set()

    def release(self, sale: Sale, *, on: dt.date) -> Broken:
        """What letting the money go on would break."""
        if sale.cancelled or sale.released:
            return {INVALID}
        return {"cp.house.exit.waits"} if on <= sale.cancel_by else set()

    def worth(self, sale: Sale, shares: int, *, on: dt.date) -> tuple[int, int]:
        """What shares come to, and the fee of leaving early."""
        gross = shares * self.products[sale.product].price // PAR
        early = (on - sale.on).days < sale.terms.fee_days
        return gross, gross * sale.terms.fee_ppm // 1_000_000 if early else 0

    def redeem(self, sale: Sale, shares: int, price: int, fee: int, *, on: dt.date) -> Broken:
        """What giving shares back would break."""
        if sale.cancelled:
            return {INVALID}
        broken: Broken = set()
        if on <= sale.cancel_by:
            broken.add("cp.house.exit.cancel_first")
        if (price, fee) != (self.products[sale.product].price, self.worth(sale, shares, on=on)[1]):
            broken.add("cp.house.exit.as_shown")
        if shares > sale.left:
            broken.add("cp.house.exit.held")
        return broken

    def redeemed(self, sale: Sale, shares: int, *, on: dt.date) -> int:
        """Shares are gone, and paid as far as the maker has money here; what was paid."""
        if not sale.released:
            sale.released, self.maker = True, self.maker + sale.amount
        gross, fee = self.worth(sale, shares, on=on)
        paid = min(gross - fee, self.maker)
        self.maker -= paid
        person = self.people[sale.person]
        person.wallet += paid
        person.used -= sale.amount * (sale.gone + shares) // sale.shares - sale.amount * sale.gone // sale.shares
        sale.gone += shares
        return paid
