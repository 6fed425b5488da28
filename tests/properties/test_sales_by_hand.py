"""Investors tested, told and sold to for a year at random: every answer is the one that the plain model gives."""

import datetime as dt
from collections import Counter
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.consumer_protection.suitability.chart import InvestorOwn, SaleOwn
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from tests.properties.sales_by_hand import A_SECOND, INVALID, PAR, Broken, Order, Person, Product, Shelf, Terms, day_of
from tests.unit.engine.groups import words_unkept
from tests.unit.protection.houses import (
    BORN,
    IN_WALLET_FEN,
    INSURANCE,
    LEVEL_1,
    LEVEL_2,
    LEVEL_3,
    LEVEL_4,
    LEVEL_5,
    PAPER,
    digest_of,
    house,
    text_of,
)

ANSWERS = (LEVEL_1, LEVEL_2, LEVEL_3, LEVEL_4, LEVEL_5)
FEE_PPM, FEE_DAYS = 5_000, 30
KINDS: tuple[str, ...] = ("sell",) * 8 + ("confirm", "redeem", "redeem", "test") * 2
KINDS += ("cancel", "release", "warn", "assets", "change", "advise", "show", "rate", "terms", "price", "shelf")
KINDS += ("follow_up",)
PAPERS = {True: PAPER, False: ""}


def date_of(day: int) -> dt.date:
    """From yyyymmdd."""
    return dt.date(day // 10_000, day // 100 % 100, day % 100)


def number_of(day: dt.date) -> int:
    """To yyyymmdd."""
    return day.year * 10_000 + day.month * 100 + day.day


class Played:
    """The house and the model side by side."""

    def __init__(self, dice: Random) -> None:
        self.dice, self.home, self.model = dice, house(), Shelf()
        self.at, self.seen = self.home.group.last_at, Counter[str]()
        for who, born in BORN.items():
            self.model.people[who] = Person(born=date_of(born), wallet=IN_WALLET_FEN)
        for product in range(1, INSURANCE + 1):
            level = 4 if product == INSURANCE else product
            shelf = Product(level=level, insurance=product == INSURANCE, ratings=(level, 1))
            made = Terms(number=product, begins=day_of(self.at), text=text_of(product), seq=0, approved=True)
            shelf.terms.append(made)
            self.model.products[product] = shelf
        self.versions = INSURANCE

    @property
    def on(self) -> dt.date:
        """Today."""
        return day_of(self.at)

    def some(self, chance: float) -> bool:
        """Yes, so often."""
        return self.dice.random() < chance

    def ask(self, kind: str, broken: Broken, **fields: Any) -> Answer:
        """One command; its answer is one that the model allows."""
        self.model.seq += 1
        answer: Answer = self.home.desk.one(REGISTRY[kind](**fields), at=self.at)
        fault = answer.refusal or answer.invalid
        told = (kind, fields, self.on, fault.text() if fault else "", broken)
        if answer.outcome is Outcome.accepted:
            assert not broken, told
            self.seen[kind] += 1
        elif answer.invalid is not None:
            assert INVALID in broken, told
        else:
            assert answer.refusal is not None
            assert answer.refusal.rule_id in broken, told
            self.seen[answer.refusal.rule_id] += 1
        return answer

    def shown(self, who: int) -> dict[str, Any]:
        """By their own document."""
        return self.home.shown(who)

    def pass_time(self) -> None:
        """Seconds, minutes or days go by."""
        step = self.dice.choice((0, 1, 9, 10, 11, 60, 3_600, 40_000, 86_400, 3 * 86_400))
        self.at += step * A_SECOND

    # -------------------------------------------------------------------------------------------------------- things

    def test(self, who: int) -> None:
        level, assets = (
            self.dice.choice((1, 2, 3, 4, 4, 5, 5, 5)),
            self.dice.choice((0, 1_000_000, 8_000_000, 10_000_000, 40_000_000)),
        )
        own, today = self.some(0.95), self.some(0.95)
        answered = self.on if today else self.on - dt.timedelta(days=1)
        fields = {"questionnaire": 1, "answers": ANSWERS[level - 1], "answered_on": number_of(answered)}
        broken = self.model.test(who, on=self.on, own=own, today=today)
        answer = self.ask("test_suitability", broken, **fields, assets_fen=assets, prompted=not own, **self.shown(who))
        if answer.accepted:
            held = self._held_above(who, level)
            made = self.model.tested(who, on=self.on, level=level, assets=assets)
            assert answer.results["to_confirm"] == made.to_confirm
            assert answer.results["level"] == level
            assert answer.results["to_tell"] == len(held)
            self.model.duties -= {each for each in self.model.duties if each[:2] == ("confirm_level", who)}
            self.model.duties |= {("confirm_level", who, made.number)} if made.to_confirm else set()
            self.model.duties |= {("tell_of_level", who, product) for product in held}

    def _held_above(self, who: int, level: int) -> set[int]:
        """What they hold above a level to which they fall (art. 22)."""
        counted = self.model.people[who].counted
        if counted is None or level >= counted.level:
            return set()
        held = {each.product for each in self.model.sales if each.person == who and each.left}
        return {each for each in held if self.model.products[each].level > level}

    def confirm(self, who: int) -> None:
        tests = self.model.people[who].tests
        test = tests[-1 if self.some(0.9) else 0].number if tests else 1
        mine = any(each.number == test for each in tests)
        waits = bool(tests) and tests[-1].number == test and tests[-1].to_confirm
        if self.some(0.7):
            told = self.ask("tell_level", set() if waits and mine else {INVALID}, person=who, test=test, evidence=PAPER)
            if told.accepted:
                tests[-1].told_at = self.at
            self.at += self.dice.choice((9, 10, 30)) * A_SECOND
        answer = self.ask("confirm_level", self.model.confirm(who, test, at=self.at), test=test, **self.shown(who))
        if answer.accepted:
            tests[-1].to_confirm, self.model.people[who].counted = False, tests[-1]
            self.model.duties.discard(("confirm_level", who, test))

    def assets(self, who: int) -> None:
        tests, papers = self.model.people[who].tests, self.some(0.3)
        test = tests[-1].number if tests else 1
        broken = self.model.raise_means(who, test, on=self.on, papers=papers)
        if self.ask("confirm_assets", broken, test=test, evidence=PAPERS[papers], **self.shown(who)).accepted:
            self.model.people[who].means = tests[-1].assets

    def change(self, who: int) -> None:
        if self.some(0.8):  # seldom, or nobody could be sold anything
            return
        capacity = self.dice.choice(("unchanged", "unchanged", "by-age", "by-age", "by-age", "limited", "none"))
        papers = self.some(0.7)
        real = capacity if capacity != "unchanged" else self.model.people[who].capacity
        broken = self.model.tell_capacity(who, real, papers=papers)
        told = {"what": "news", "capacity": capacity, "evidence": PAPERS[papers]}
        if self.ask("tell_circumstances", broken, person=who, **told).accepted:
            self.model.people[who].capacity, self.model.people[who].changed = real, self.model.seq

    def advise(self, who: int, product: int = 0) -> None:
        product = product or self.any_product()
        broken = self.model.advise(who, product, on=self.on)
        if self.ask("give_opinion", broken, person=who, product=product, opinion=PAPER).accepted:
            self.model.say(who, product, "opinion", at=self.at)

    def show(self, who: int, product: int = 0) -> None:
        product = product or self.any_product()
        text = self.any_text(product)
        shown = {"person": who, "product": product, "terms_digest": digest_of(text)}
        if self.ask("show_terms", self.model.show(product, text, on=self.on), **shown).accepted:
            self.model.say(who, product, "terms", at=self.at)

    def warn(self, who: int, product: int = 0) -> None:
        product, of = product or self.any_product(), self.dice.choice(("high-risk", "stop", "risks"))
        said = {"person": who, "product": product, "of": of, "evidence": PAPER}
        if self.ask("warn_investor", self.model.warn(who, product, of), **said).accepted:
            self.model.say(who, product, of, at=self.at)

    def consent(self, who: int, product: int) -> None:
        bad: Broken = {INVALID} if self.model.products[product].suspended else set()
        papers = {"consent": PAPER, "authority": PAPER}
        if self.ask("consent_as_guardian", bad, person=who, product=product, **papers).accepted:
            self.model.say(who, product, "guardian", at=self.at)

    def any_product(self) -> int:
        return self.dice.randrange(1, INSURANCE + 1)

    def any_text(self, product: int) -> str:
        terms = self.model.products[product].terms
        return terms[-1].text if self.some(0.04) else self.model.products[product].in_force(self.on).text

    def likely_product(self, who: int) -> int:
        """One that could be sold, more often than not."""
        counted = self.model.people[who].counted
        fit = [number for number, each in self.model.products.items() if counted and each.level <= counted.level]
        return self.dice.choice(fit) if fit and self.some(0.8) else self.any_product()

    def sell(self, who: int) -> None:
        product = self.likely_product(who)
        if self.some(0.8):
            self.advise(who, product)
        if product == INSURANCE and self.some(0.5):
            for _ in range(3):
                self.warn(who, product)
                self.at += A_SECOND
        if self.model.people[who].capable(self.on) != "full" and self.some(0.5):
            self.consent(who, product)
        if self.some(0.8):
            self.show(who, product)
        self.at += self.dice.choice((9, 10, 10, 30, 60)) * A_SECOND
        person = self.model.people[who]
        room = max(person.means // 2 - person.used, 1)
        amount = self.dice.choice((1, 100_000, 1_000_000, room, room, room + 1, max(person.wallet, 1), 20_000_000))
        flags = {name: self.some(0.03) for name in ("recommended", "professional")}
        flags |= {"own_choice": self.some(0.5)}
        order = Order(person=who, product=product, amount=amount, text=self.any_text(product), **flags)
        broken = self.model.sell(order, at=self.at)
        broken = broken | ({INVALID} if amount * PAR // self.model.products[product].price == 0 else set())
        answer = self.ask("sell_investment", broken, **self._order(order), **self.shown(who))
        if answer.accepted:
            assert answer.results["excepted"] == self.model.excepted(order)
            self.model.sold(order, at=self.at)
            assert answer.results["shares"] == self.model.sales[-1].shares
            assert answer.results["cancel_by"] == number_of(self.model.sales[-1].cancel_by)

    @staticmethod
    def _order(order: Order) -> dict[str, Any]:
        papers = {"own_choice": PAPERS[order.own_choice]}
        flags = {"recommended": order.recommended, "as_professional": order.professional}
        money = {"wallet": order.person, "amount_fen": order.amount, "authentication": "two_kinds_with_certificate"}
        return {"product": order.product, "terms_digest": digest_of(order.text), **papers, **flags, **money}

    def cancel(self, who: int) -> None:
        if not self.model.sales:
            return
        number = self.a_sale()
        sale = self.model.sales[number - 1]
        if self.ask("cancel_sale", self.model.cancel(sale, on=self.on), sale=number).accepted:
            sale.cancelled = True
            self.model.people[sale.person].wallet += sale.amount
            self.model.people[sale.person].used -= sale.amount

    def a_sale(self) -> int:
        """One of the sales, the later the likelier."""
        count = len(self.model.sales)
        return max(self.dice.randrange(1, count + 1), self.dice.randrange(1, count + 1))

    def release(self, who: int) -> None:
        if not self.model.sales:
            return
        number = self.a_sale()
        sale = self.model.sales[number - 1]
        if self.ask("release_sale", self.model.release(sale, on=self.on), sale=number).accepted:
            sale.released, self.model.maker = True, self.model.maker + sale.amount

    def redeem(self, who: int) -> None:
        if not self.model.sales:
            return
        number = self.a_sale()
        sale = self.model.sales[number - 1]
        shares = max(self.dice.choice((1, sale.left // 3, sale.left, sale.left, sale.left + 1)), 1)
        price, fee = self.model.products[sale.product].price, self.model.worth(sale, shares, on=self.on)[1]
        price, fee = (price, fee) if self.some(0.85) else self.dice.choice(((price + 1, fee), (price, fee + 1)))
        broken = self.model.redeem(sale, shares, price, fee, on=self.on)
        answer = self.ask("redeem_investment", broken, sale=number, shares=shares, price=price, fee_fen=fee)
        if answer.accepted:
            gross, real = self.model.worth(sale, shares, on=self.on)
            paid = self.model.redeemed(sale, shares, on=self.on)
            results = answer.results
            assert (results["gross_fen"], results["fee_fen"], results["paid_fen"]) == (gross, real, paid)
            assert results["left_shares"] == sale.left
            if paid < gross - real:
                self._pay_rest(sale.person, results["redemption"], gross - real - paid)

    def _pay_rest(self, who: int, redemption: int, rest: int) -> None:
        receipts = self.ask(
            "pay_redemption", {"pay.reserve.no_misuse"}, redemption=redemption, source="receipts", reference="r"
        )
        assert receipts.refusal is not None
        paid = self.ask("pay_redemption", set(), redemption=redemption, source="paid_in", reference="r")
        assert paid.results["paid_fen"] == rest
        self.model.people[who].wallet += rest

    def rate(self, who: int) -> None:
        product, papers = self.any_product(), self.some(0.7)
        shelf = self.model.products[product]
        rated = (self.dice.randrange(1, 6), self.dice.randrange(1, 6))
        level = max(rated)
        broken = {"suit.house.rating_down"} if level < shelf.level and not papers else set()
        broken |= {INVALID} if rated == shelf.ratings else set()
        fields = {
            "maker_level": rated[0],
            "seller_level": rated[1],
            "minutes": PAPERS[papers],
            "evidence": PAPERS[papers],
        }
        answer = self.ask("rerate_product", broken, product=product, **fields)
        if answer.accepted:
            holders = {each.person for each in self.model.sales if each.product == product and each.left}
            changed = level != shelf.level
            shelf.ratings, shelf.level = rated, level
            if changed:
                shelf.rated = self.model.seq
                self.model.duties |= {("tell_of_level", person, product) for person in holders}
                self.publish(product, approved=self.some(0.9))

    def terms(self, who: int) -> None:
        self.publish(self.any_product(), approved=self.some(0.95), ahead=self.dice.choice((0, 0, 1, 5)))

    def publish(self, product: int, *, approved: bool, ahead: int = 0) -> None:
        begins = self.on + dt.timedelta(days=ahead)
        fee = self.dice.choice(((0, 0), (FEE_PPM, FEE_DAYS)))
        text = f"Version {self.versions + 1} of product {product}."
        leaving = {"exit_fee_ppm": fee[0], "exit_fee_days": fee[1]}
        made = {"product": product, "from_date": number_of(begins), "text": text, "digest": digest_of(text)}
        assert self.ask("publish_product_terms", set(), **made, **leaving).accepted
        self.versions += 1
        version = Terms(number=self.versions, begins=begins, text=text, seq=self.model.seq, approved=approved)
        version.fee_ppm, version.fee_days = fee
        self.model.products[product].terms.append(version)
        if approved:
            self.ask("approve_product", set(), product=product, terms=self.versions, minutes=PAPER)

    def price(self, who: int) -> None:
        product, price = self.any_product(), self.dice.choice((9_000, 9_999, PAR, 10_001, 12_000))
        answer: Answer = self.home.desk.one(
            REGISTRY["publish_product_price"](product=product, from_date=number_of(self.on), price=price), at=self.at
        )
        self.model.products[product].price = price if answer.accepted else self.model.products[product].price

    def shelf(self, who: int) -> None:
        product = self.any_product()
        shelf = self.model.products[product]
        off = self.some(0.3)
        kind = "suspend_product" if off else "resume_product"
        if self.ask(kind, {INVALID} if off == shelf.suspended else set(), product=product).accepted:
            shelf.suspended = off

    def follow_up(self, who: int) -> None:
        owed = sorted(each for each in self.model.duties if each[0] == "follow_up_sale")
        if owed:
            self.ask("follow_up_sale", set(), sale=owed[0][2], findings="understood")
            self.model.duties.discard(owed[0])

    # --------------------------------------------------------------------------------------------------------- checks

    def check(self) -> None:
        """Wallets, maker, shares, money that waits, what counts against means, levels that count and duties."""
        home, records = self.home, self.home.group.records.tables
        for who, person in self.model.people.items():
            assert home.desk.of_wallet(who) == person.wallet
            [place] = np.flatnonzero(records["investor"].ids() == who).tolist()
            row = {name: int(records["investor"].column(name)[place]) for name in ("first_usage", "counted")}
            assert -self._credit(row["first_usage"] + InvestorOwn.bought) == person.used
            assert row["counted"] == (person.counted.number if person.counted else 0)
        assert home.desk.of_merchant(1) == self.model.maker
        for number, sale in enumerate(self.model.sales, start=1):
            first = int(records["investment_holding"].column("first_account")[number])
            waits = 0 if sale.cancelled or sale.released else sale.amount
            assert self._credit(first + SaleOwn.waiting) == waits
            assert -self._credit(first + SaleOwn.held) == sale.left
        assert self._open_duties() == self.model.duties

    def _credit(self, account: int) -> int:
        found = self.home.group.ledger.balance(account)
        return int(found.credits_posted - found.debits_posted)

    def _open_duties(self) -> set[tuple[str, int, int]]:
        table = self.home.group.records.tables["protection_duty"]
        names = ("kind", "person", "about", "done_on")
        rows = zip(*(table.column(name)[1 : table.count + 1].tolist() for name in names), strict=True)
        return {(DutyKind(kind).name, person, about) for kind, person, about, done in rows if not done}


def play(seed: int, *, things: int) -> Played:
    """So many things that happen, checked now and then; at the end the log is decided again."""
    dice = Random(seed)
    played = Played(dice)
    for number in range(things):
        played.pass_time()
        getattr(played, dice.choice(KINDS))(dice.choice((1, 1, 1, 2, 2, 3, 4, 5, 5)))
        if number % 10 == 0:
            played.check()
    played.check()
    group = played.home.group
    report = verify(group.store, vault=group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], words_unkept(group.store))
    return played


@pytest.mark.parametrize("seed", [7])
def test_random_weeks_of_sales(seed: int) -> None:
    assert play(seed, things=150).seen["sell_investment"]


@pytest.mark.soak
@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1))
def test_soak_years_of_sales(seed: int) -> None:
    assert play(seed, things=600).seen["show_terms"]
