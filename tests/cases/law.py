"""The law's limits on payments in plain Python, one command at a time: what the engine is held equal to.

Nothing here comes from the rule pack or from the code that decides: figures, scopes and windows are written from
公告〔2015〕第43号 (arts. 3, 10, 11, 12, 15, 19, 24, 35, 36, 39), 银发〔2017〕296号 (arts. 12, 13, 15, 24),
国务院令第768号 (arts. 16, 24, 27, 35) and 令〔2021〕第1号 (arts. 4, 5, 28). What these leave open is taken as the
files of cases note it: a calendar year, a usage for each way of verifying, the ceiling of the account that pays,
refunds that give nothing back, one open dispute a payment.
Worked number: a Class II account that has paid 99,999.99 in a year may pay 0.01 more.
"""

from collections import Counter
from dataclasses import dataclass, field

from tests.cases.reading import day, local

YUAN = 100
NO_LIMIT = 2**62
CLASS_I, CLASS_II, CLASS_III = 1, 2, 3
CLASS_I_EVER = 1_000 * YUAN
YEAR = {CLASS_II: 100_000 * YUAN, CLASS_III: 200_000 * YUAN}
ONE_KIND, TWO_KINDS, CERTIFICATE = "one_kind", "two_kinds", "two_kinds_with_certificate"
DAY = {ONE_KIND: 1_000 * YUAN, TWO_KINDS: 5_000 * YUAN}
CODE = {"B": 5_000 * YUAN, "C": 1_000 * YUAN, "D": 500 * YUAN}
LEVEL = {ONE_KIND: "C", TWO_KINDS: "B", CERTIFICATE: "A"}

ONLINE, STATIC, DYNAMIC, PAYER_CODE = "online", "static_code", "dynamic_code", "payer_code"
STORED_VALUE_1, PROCESSING_1, PROCESSING_2 = 1, 4, 8

YEAR_RULE = {
    CLASS_I: "pay.account.class1.lifetime",
    CLASS_II: "pay.account.class2.year",
    CLASS_III: "pay.account.class3.year",
}
DAY_RULE = {
    ONE_KIND: "pay.daily.lt_two_factor",
    TWO_KINDS: "pay.daily.two_factor_no_cert",
    CERTIFICATE: "pay.daily.two_factor_with_cert",
}
LICENSED = "pay.scope.only_licensed"
OVERDRAFT = "pay.account.no_overdraft"
MANDATE = "pay.bankdebit.mandate"
MICRO_DAY, MICRO_MONTH = "qr.micro_merchant.credit_day", "qr.micro_merchant.credit_month"
CHANNELS = {CLASS_I: 1, CLASS_II: 3, CLASS_III: 5}
CHANNEL_RULE = {number: f"pay.account.class{number}.channels" for number in CHANNELS}
FIRST_ACCOUNT, ONE_CLASS_III = "pay.account.class1.first_account", "pay.account.class3.count"
SAME_HOLDER = "pay.account.same_name_bank"
DYNAMIC_ONLY = "qr.merchant_scan.dynamic_only"
ORIGINAL = "pay.refund.original_account"
NO_RETURN = "pay.balance.no_interest"
NO_MISUSE, DESTINATIONS = "pay.reserve.no_misuse", "reserve.use.destinations"


@dataclass(slots=True, kw_only=True)
class Wallet:
    """A payment account; `agreed` is the daily limit of its contract for certificates, 0: none."""

    person: int
    number: int  # of its class
    agreed: int
    balance: int = 0


@dataclass(slots=True, kw_only=True)
class Bank:
    """A bank account: whose it is, whether it may be debited, and whether as a credit card."""

    person: int
    mandate: bool
    credit: bool = False


@dataclass(slots=True, kw_only=True)
class Paid:
    """A payment that stands, and what has gone back of it."""

    wallet: int
    merchant: int
    balance: int
    card: int
    on: int
    balance_back: int = 0
    card_back: int = 0

    @property
    def left(self) -> int:
        """What has not gone back."""
        return self.card + self.balance - self.card_back - self.balance_back


@dataclass(slots=True, kw_only=True)
class Disputed:
    """A dispute of a payment, and how much of the merchant's money it holds."""

    payment: int
    fen: int
    held: int
    is_open: bool = True


@dataclass(slots=True, kw_only=True)
class Code:
    """A code that a payer shows: whose, until when, and whether it has paid."""

    wallet: int
    expires: int
    used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the institution holds and is from a day on; shares and factors in parts per million."""

    since: int
    licences: int
    rating: str
    share: int
    factor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a payment would take of a limit."""

    rule: str
    key: tuple[object, ...]
    limit: int
    fen: int


Figures = tuple[int, int, int]
"""Limit, used, asked."""

Broken = dict[str, set[Figures]]
"""The rules that a command would break; each with its figures, where it is a limit."""


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What would be broken; nothing: the command is accepted.

    `invalid`: the field of a command that names something that does not exist. `moved`: from balance and from card.
    """

    broken: Broken = field(default_factory=dict)
    invalid: str = ""
    moved: tuple[int, int] = (0, 0)

    @property
    def accepted(self) -> bool:
        """Nothing stands against it."""
        return not self.broken and not self.invalid


@dataclass(slots=True, kw_only=True)
class Books:
    """An institution's books, and what its customers have used of their limits. Accounts are numbered from 1."""

    wallets: dict[int, Wallet]
    banks: dict[int, Bank]
    merchants: dict[int, int]
    principals: dict[int, int]  # of micro-merchants: the natural person that stands for each
    standings: list[Standing]
    opened: list[tuple[int, int]]  # of each payment account that was ever opened: whose, of which class
    reserve: int = 0
    owed_in: int = 0
    owed_out: int = 0
    own: int = 0
    used: Counter[tuple[object, ...]] = field(default_factory=Counter)
    codes: dict[int, Code] = field(default_factory=dict)
    payments: dict[int, Paid] = field(default_factory=dict)
    disputes: list[Disputed] = field(default_factory=list)
    received: Counter[tuple[int, int]] = field(default_factory=Counter)  # by merchant and day

    # ---------------------------------------------------------------------------------------------------- the limits

    def standing(self, on: int) -> Standing:
        """The latest standing that has begun; of one day the one recorded last."""
        return max((item for item in enumerate(self.standings) if item[1].since <= on), key=_since)[1]

    def factor(self, wallet: Wallet, on: int) -> int:
        """Art. 36: what the limits of art. 24 may be lifted by; Class I never; not without the rating and the share."""
        held = self.standing(on)
        allowed = 1_000_000
        if held.rating in ("A", "B") and held.share > 900_000:
            allowed = 1_500_000
        if held.rating == "A" and held.share > 950_000:
            allowed = 2_000_000
        if wallet.number == CLASS_I:
            return 1_000_000
        return min(allowed, max(held.factor, 1_000_000))

    def uses(self, wallet_id: int, by: str, fen: int, on: int) -> list[Use]:
        """What a payment from balance takes of the limits of its account's class and of the day."""
        wallet = self.wallets[wallet_id]
        made = []
        if wallet.number == CLASS_I:
            made.append(Use(rule=YEAR_RULE[CLASS_I], key=("ever", wallet_id), limit=CLASS_I_EVER, fen=fen))
        # Class I adds to the customer's year, which binds Class II and III only.
        year = YEAR.get(wallet.number, NO_LIMIT)
        made.append(Use(rule=YEAR_RULE[wallet.number], key=("year", wallet.person, on // 10_000), limit=year, fen=fen))
        key = ("day", wallet.person, by, on)
        if by != CERTIFICATE:
            made.append(Use(rule=DAY_RULE[by], key=key, limit=DAY[by] * self.factor(wallet, on) // 1_000_000, fen=fen))
        elif wallet.agreed:
            made.append(Use(rule=DAY_RULE[by], key=key, limit=wallet.agreed, fen=fen))
        return made

    def code_uses(self, wallet_id: int, channel: str, by: str, source: str, fen: int, on: int) -> list[Use]:
        """296号 arts. 12, 13: what a payment by code takes, from balance and from bank accounts apart."""
        wallet = self.wallets[wallet_id]
        if channel == ONLINE:
            return []
        level = "D" if channel == STATIC else LEVEL[by]
        limit = CODE.get(level, wallet.agreed)
        key = ("code", wallet.person, source, level, on)
        return [Use(rule=f"qr.risk.{level}", key=key, limit=limit, fen=fen)] if limit else []

    def micro_uses(self, merchant: int, channel: str, bank: int, fen: int, on: int) -> list[Use]:
        """296号 art. 24: what one person's micro-merchants take by code from credit cards, a day and a month."""
        if merchant not in self.principals or channel == ONLINE or not self.banks[bank].credit:
            return []
        who = self.principals[merchant]
        return [
            Use(rule=MICRO_DAY, key=("micro", who, on), limit=1_000 * YUAN, fen=fen),
            Use(rule=MICRO_MONTH, key=("micro", who, on // 100), limit=10_000 * YUAN, fen=fen),
        ]

    def room(self, uses: list[Use]) -> int:
        """The least that is left of these limits."""
        return min((use.limit - self.used[use.key] for use in uses), default=NO_LIMIT)

    def _over(self, uses: list[Use]) -> Broken:
        """The limits that would be exceeded. What moves nothing exceeds nothing."""
        broken: Broken = {}
        for use in uses:
            if use.fen and self.used[use.key] + use.fen > use.limit:
                broken.setdefault(use.rule, set()).add((use.limit, self.used[use.key], use.fen))
        return broken

    def _count(self, uses: list[Use]) -> None:
        for use in uses:
            self.used[use.key] += use.fen

    # --------------------------------------------------------------------------------------------------- the commands

    def _unlicensed(self, on: int, *any_of: int) -> Broken:
        """Every one of these businesses needs one of its classes of licence."""
        held = self.standing(on).licences
        return {} if all(held & classes for classes in any_of) else {LICENSED: set()}

    def pay(
        self,
        at: int,
        position: int,
        *,
        wallet: int,
        merchant: int,
        fen: int,
        channel: str,
        by: str,
        bank: int,
        code: int,
    ) -> Verdict:
        """From the balance as far as it goes, and beyond it from the card, if there is one."""
        on, payer = day(local(at)), self.wallets[wallet]
        businesses = [STORED_VALUE_1]
        if channel != ONLINE:
            businesses += [STORED_VALUE_1 | PROCESSING_2, PROCESSING_1]
        broken = self._unlicensed(on, *businesses)
        if bank and not (self.banks[bank].mandate and self.banks[bank].person == payer.person):
            broken[MANDATE] = set()
        if code and (channel != PAYER_CODE or code not in self.codes):
            return Verdict(invalid="payer_code")
        if channel == PAYER_CODE and not self.good_code(at, wallet=wallet, code=code):
            broken[DYNAMIC_ONLY] = set()
        part = min(payer.balance, fen) if bank else fen
        if part > payer.balance:
            broken[OVERDRAFT] = set()
        uses = self.uses(wallet, by, part, on) + self.code_uses(wallet, channel, by, "balance", part, on)
        if bank:
            uses += self.code_uses(wallet, channel, by, "bank", fen - part, on)
            uses += self.micro_uses(merchant, channel, bank, fen - part, on)
        broken |= self._over(uses)
        if not broken:
            self._count(uses)
            if code:
                self.codes[code].used = True
            payer.balance -= part
            self.owed_in += fen - part
            self.merchants[merchant] += fen
            self.received[merchant, day(local(at))] += fen
            self.payments[position] = Paid(wallet=wallet, merchant=merchant, balance=part, card=fen - part, on=on)
        return Verdict(broken=broken, moved=(part, fen - part))

    def good_code(self, at: int, *, wallet: int, code: int) -> bool:
        """296号 art. 15: the wallet's own, in time, and never used by a payment that was made."""
        shown = self.codes.get(code)
        return shown is not None and shown.wallet == wallet and at < shown.expires and not shown.used

    def issue(self, at: int, *, wallet: int, code: int, expires: int) -> Verdict:
        """A code of a new number that is still to expire."""
        broken = self._unlicensed(day(local(at)), STORED_VALUE_1, STORED_VALUE_1 | PROCESSING_2)
        if code in self.codes:
            return Verdict(invalid="payer_code")
        if expires <= at:
            return Verdict(invalid="expires_at")
        if not broken:
            self.codes[code] = Code(wallet=wallet, expires=expires)
        return Verdict(broken=broken)

    def transfer(self, at: int, *, wallet: int, payee: int, fen: int, by: str) -> Verdict:
        """From account to account."""
        on, payer = day(local(at)), self.wallets[wallet]
        broken = self._unlicensed(on, STORED_VALUE_1)
        if fen > payer.balance:
            broken[OVERDRAFT] = set()
        uses = self.uses(wallet, by, fen, on)
        broken |= self._over(uses)
        if not broken:
            self._count(uses)
            payer.balance -= fen
            self.wallets[payee].balance += fen
        return Verdict(broken=broken)

    def excepted(self, on: int) -> bool:
        """Art. 35: whether payment accounts may transfer to and from other people's bank accounts."""
        held = self.standing(on)
        return held.rating == "A" and held.share > 950_000

    def withdraw(self, at: int, *, wallet: int, bank: int, fen: int, by: str) -> Verdict:
        """To the customer's own bank account without a limit, save for Class I; to another's as any payment."""
        on, payer = day(local(at)), self.wallets[wallet]
        broken = self._unlicensed(on, STORED_VALUE_1)
        own = self.banks[bank].person == payer.person
        if not own and not self.excepted(on):
            broken[SAME_HOLDER] = set()
        if fen > payer.balance:
            broken[OVERDRAFT] = set()
        uses = [] if own else self.uses(wallet, by, fen, on)
        if own and payer.number == CLASS_I:
            uses = [Use(rule=YEAR_RULE[CLASS_I], key=("ever", wallet), limit=CLASS_I_EVER, fen=fen)]
        broken |= self._over(uses)
        if not broken:
            self._count(uses)
            payer.balance -= fen
            self.owed_out += fen
        return Verdict(broken=broken)

    def top_up(self, at: int, *, wallet: int, bank: int, fen: int) -> Verdict:
        """From a bank account under its mandates: the customer's own, or another's where art. 35 allows it."""
        on = day(local(at))
        broken = self._unlicensed(on, STORED_VALUE_1)
        if self.banks[bank].person != self.wallets[wallet].person and not self.excepted(on):
            broken[SAME_HOLDER] = set()
        if not self.banks[bank].mandate:
            broken[MANDATE] = set()
        if not broken:
            self.wallets[wallet].balance += fen
            self.owed_in += fen
        return Verdict(broken=broken)

    def open(self, at: int, *, person: int, number: int, channels: int, face_to_face: bool) -> Verdict:
        """A payment account of a class, after so many outside channels or face to face; empty, and not used here."""
        broken = self._unlicensed(day(local(at)), STORED_VALUE_1)
        if channels < CHANNELS[number] and (number == CLASS_I or not face_to_face):
            broken[CHANNEL_RULE[number]] = set()
        if number == CLASS_I and any(held == person for held, _ in self.opened):
            broken[FIRST_ACCOUNT] = set()
        if number == CLASS_III and (person, CLASS_III) in self.opened:
            broken[ONE_CLASS_III] = set()
        if not broken:
            self.opened.append((person, number))
        return Verdict(broken=broken)

    def refund(self, *, payment: int, fen: int) -> Verdict:
        """To the card up to what it paid, then to the account; out of what the merchant has and no dispute holds."""
        if payment not in self.payments or self.is_disputed(payment):
            return Verdict(invalid="payment")
        paid = self.payments[payment]
        broken: Broken = {}
        if fen > paid.left:
            broken[ORIGINAL] = set()
        if fen > self.free(paid.merchant):
            broken[NO_MISUSE] = set()
        return Verdict(broken=broken) if broken else Verdict(moved=self._give_back(paid, fen))

    def _give_back(self, paid: Paid, fen: int) -> tuple[int, int]:
        to_card = min(fen, paid.card - paid.card_back)
        self.merchants[paid.merchant] -= fen
        self.owed_out += to_card
        self.wallets[paid.wallet].balance += fen - to_card
        paid.card_back += to_card
        paid.balance_back += fen - to_card
        return fen - to_card, to_card

    def is_disputed(self, payment: int) -> bool:
        """Whether a dispute of the payment is open."""
        return any(each.payment == payment for each in self.disputes if each.is_open)

    def held(self, merchant: int, *, on: int = 0) -> int:
        """What open disputes hold of a merchant's money; with a day: of payments of that day."""
        payments = ((self.payments[each.payment], each.held) for each in self.disputes if each.is_open)
        return sum(held for paid, held in payments if paid.merchant == merchant and on in (0, paid.on))

    def free(self, merchant: int) -> int:
        """What a merchant has that is not on hold."""
        return self.merchants[merchant] - self.held(merchant)

    def dispute(self, *, payment: int, fen: int) -> Verdict:
        """768号 art. 35: one dispute a payment, of what is left of it; holds what the merchant still has."""
        if payment not in self.payments or self.is_disputed(payment):
            return Verdict(invalid="payment")
        paid = self.payments[payment]
        if fen > paid.left:
            return Verdict(broken={ORIGINAL: set()})
        self.disputes.append(Disputed(payment=payment, fen=fen, held=min(fen, self.free(paid.merchant))))
        return Verdict()

    def decide(self, *, dispute: int, for_customer: bool) -> Verdict:
        """43号 art. 19: what the merchant lacks is advanced out of own money, or nothing happens."""
        if not 1 <= dispute <= len(self.disputes) or not self.disputes[dispute - 1].is_open:
            return Verdict(invalid="dispute")
        decided = self.disputes[dispute - 1]
        paid = self.payments[decided.payment]
        advance = max(decided.fen - self.free(paid.merchant) - decided.held, 0) if for_customer else 0
        if advance > self.own:
            return Verdict(invalid="dispute")
        decided.is_open = False
        self.own -= advance
        self.merchants[paid.merchant] += advance
        return Verdict(moved=self._give_back(paid, decided.fen) if for_customer else (0, 0))

    def settle(self, at: int, *, merchant: int) -> Verdict:
        """All that the merchant has received up to yesterday, less what was refunded since and what is on hold."""
        on = day(local(at))
        broken = self._unlicensed(on, PROCESSING_1)
        today = max(self.received[merchant, on] - self.held(merchant, on=on), 0)
        fen = max(self.free(merchant) - today, 0)
        if not broken:
            self.merchants[merchant] -= fen
            self.owed_out += fen
        return Verdict(broken=broken, moved=(fen, 0))

    def clear(self, *, received: int, paid: int) -> Verdict:
        """What is owed comes in, then what was ordered goes out, out of what is there."""
        broken: Broken = {}
        if received > self.owed_in:
            return Verdict(invalid="received_fen")
        if paid > self.owed_out or paid > self.reserve + received:
            broken[DESTINATIONS] = set()
        if not broken:
            self.reserve += received - paid
            self.owed_in -= received
            self.owed_out -= paid
        return Verdict(broken=broken)

    def credit(self, *, wallet: int, fen: int, is_return: bool) -> Verdict:
        """A loss made good out of own money; never a return on the balance."""
        broken: Broken = {NO_RETURN: set()} if is_return else {}
        if fen > self.own:
            broken[NO_MISUSE] = set()
        if not broken:
            self.own -= fen
            self.wallets[wallet].balance += fen
        return Verdict(broken=broken)

    def fund(self, *, fen: int) -> Verdict:
        """Own money comes in."""
        self.own += fen
        self.owed_in += fen
        return Verdict()

    def check(self) -> None:
        """Customers' money is all there, and nobody has less than nothing."""
        owned = sum(wallet.balance for wallet in self.wallets.values()) + sum(self.merchants.values())
        assert self.reserve + self.owed_in == owned + self.owed_out + self.own
        assert min(self.reserve, self.owed_in, self.owed_out, self.own, *self.merchants.values()) >= 0
        assert all(self.free(merchant) >= 0 for merchant in self.merchants)
        assert all(wallet.balance >= 0 for wallet in self.wallets.values())


def _since(item: tuple[int, Standing]) -> tuple[int, int]:
    return item[1].since, item[0]
