"""Over random sequences of commands the engine accepts and refuses what the law does, and money is conserved.

`tests.cases.law` decides each command by itself in plain Python; the group gets the same commands in calls of any
length. Answers, figures of refusals and balances are equal; afterwards what was accepted is added up once more, day by
day and year by year, and no sum is above the text's own figure.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from benyuan.decisions.commands import Command, Request
from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.payments.chart import Own
from benyuan.payments.vocabulary import (
    Authentication,
    CardKind,
    Channel,
    CreditReason,
    DisputeOutcome,
    DisputeReason,
    MerchantKind,
    Rating,
    WalletClass,
)
from benyuan.simulate.identities import credit_code, someone
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.clear import Clearing
from benyuan.usecases.credit_wallet import Credit
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.pay import Pay
from benyuan.usecases.record_standing import Standing as RecordStanding
from benyuan.usecases.refund import Refund
from benyuan.usecases.register_institution import Register
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.settle import Settle
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.transfer import Transfer
from benyuan.usecases.withdraw import Withdraw
from tests.cases import law
from tests.cases.law import Books, Standing, Verdict
from tests.cases.reading import CHINA, day, local, moment
from tests.cases.runner import regime
from tests.cases.steps import Play

SECOND = 1_000_000
BEGAN = moment(dt.datetime(2026, 12, 29, 9, tzinfo=CHINA))
WALLETS = {1: (1, 1), 2: (1, 2), 3: (1, 3), 4: (2, 2)}
"""Four payment accounts: whose, and of which class."""
BANKS = {1: (1, True, True), 2: (1, False, False), 3: (2, True, False)}
"""Bank accounts: whose, under a mandate or not, a credit card or not."""
MERCHANTS = {1: 0, 2: 2, 3: 2}
"""Merchants: a firm, and two micro-merchants of one person."""
NEW_PERSON = 3
"""A third person, who has no payment account at first."""
CLASSES = dict(enumerate(WalletClass, start=1))
KINDS: tuple[str, ...] = ("pay", "show") * 10 + ("transfer", "withdraw", "top_up", "refund", "open", "dispute") * 2
KINDS += ("issue",) * 5 + ("settle", "clear", "credit", "fund", "standing", "decide")
WAITS = ("nothing",) * 12 + ("hour",) * 3 + ("before midnight", "midnight") * 2 + ("before new year", "new year")
CHANNELS = (law.ONLINE, law.ONLINE, law.STATIC, law.DYNAMIC, law.DYNAMIC, law.PAYER_CODE, law.PAYER_CODE)
AMOUNTS = (1, 9_999, 49_999, 50_000, 50_001, 100_000, 150_000, 500_000, 750_001)
ALL_LICENCES = law.STORED_VALUE_1 | law.PROCESSING_1
LICENCES = (ALL_LICENCES,) * 12 + (law.STORED_VALUE_1, law.PROCESSING_1 | law.PROCESSING_2, 0)
RATINGS = ("none", "A", "A", "A", "B", "B", "C")
SHARES = (900_000, 900_001, 950_000, 950_001, 950_001)
FACTORS = (1_000_000, 1_200_000, 1_500_000, 2_000_000, 2_000_000)
AGREED = ((0, 0), (0, 300_000), (300_000, 0), (300_000, 300_000))
"""The daily limit of each person's contract; 0: none."""
FRESH = 0.8
LIVES = (0, 1, 3_600 * SECOND, 3_600 * SECOND + 1, 48 * 3_600 * SECOND, 48 * 3_600 * SECOND)
"""How long a code holds: an hour is as long as one of the waits."""
FILLED = {1: 120_000, 2: 10_100_000, 3: 20_100_000, 4: 20_000}
"""What each payment account has at first, in fen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """What dice say of a command; `amount` (of, fen): so many fen, or so many more than what there is room for."""

    kind: str
    wait: str
    wallet: int
    other: int
    merchant: int
    bank: int
    channel: str
    by: str
    amount: tuple[str, int]
    fresh: bool
    which: int
    standing: tuple[int, str, int, int, int]


def thrown(dice: Random) -> Draw:
    """A command; one seed for all of them is far quicker than a Hypothesis draw for each field, and more varied."""
    wallet = dice.choice((1, 2, 2, 3, 3, 4))
    own = 1 if WALLETS[wallet][0] == 1 else 3
    by = dice.choice((law.ONE_KIND, law.ONE_KIND, law.TWO_KINDS, law.TWO_KINDS, law.CERTIFICATE))
    of = dice.choice(("room",) * 5 + ("balance",) + ("fen",) * 4)
    return Draw(
        kind=dice.choice(KINDS),
        wait=dice.choice(WAITS),
        wallet=wallet,
        other=dice.choice((1, 2, 3, 4)),
        merchant=dice.choice(tuple(MERCHANTS)),
        bank=dice.choice((0,) * 8 + (own,) * 8 + (1, 2, 3)),
        channel=dice.choice(CHANNELS),
        by=by,
        amount=(of, dice.choice(AMOUNTS if of == "fen" else (-1, 0, 0, 1))),
        fresh=dice.random() < FRESH,
        which=dice.randrange(6),
        standing=(
            dice.choice(LICENCES),
            dice.choice(RATINGS),
            dice.choice(SHARES),
            dice.choice(FACTORS),
            dice.choice((0, 0, 1)),
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A command as it went to the group, when, and what the law says of it."""

    at: int
    command: Command
    verdict: Verdict


def later(at: int, wait: str) -> int:
    """The time after waiting; microseconds before and at the turns of day and year in China."""
    today = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    midnight = moment(today + dt.timedelta(days=1))
    new_year = moment(today.replace(year=today.year + 1, month=1, day=1))
    times = {
        "nothing": at,
        "hour": at + 3_600 * SECOND,
        "before midnight": midnight - 1,
        "midnight": midnight,
        "before new year": new_year - 1,
        "new year": new_year,
    }
    return times[wait]


class Sequence:
    """One world twice: the group, and the books that the law keeps. `agreed`: each person's contract, 0: none."""

    def __init__(self, agreed: tuple[int, int]) -> None:
        self.world = Play(regime())
        self.agreed = agreed
        self.at = BEGAN
        self.books = Books(
            wallets={
                number: law.Wallet(person=person, number=of_class, agreed=agreed[person - 1])
                for number, (person, of_class) in WALLETS.items()
            },
            banks={
                number: law.Bank(person=person, mandate=mandate, credit=credit)
                for number, (person, mandate, credit) in BANKS.items()
            },
            merchants=dict.fromkeys(MERCHANTS, 0),
            principals={merchant: person for merchant, person in MERCHANTS.items() if person},
            opened=list(WALLETS.values()),
            standings=[
                Standing(since=day(local(BEGAN)), licences=ALL_LICENCES, rating="none", share=0, factor=1_000_000)
            ],
        )
        self._begin()
        self.accounts = self._accounts()

    def _begin(self) -> None:
        commands: list[Command] = [Register(name="home")]
        commands.append(RecordStanding(institution=1, from_date=day(local(BEGAN)), licences=ALL_LICENCES))
        commands += [Person(institution=1, **someone(n)) for n in range(NEW_PERSON)]
        commands += [
            Bind(person=person, mandate=mandate, card=CardKind.credit if credit else CardKind.debit)
            for person, mandate, credit in BANKS.values()
        ]
        commands += [
            Open(
                person=person,
                wallet_class=CLASSES[of_class],
                channels=5,
                agreed_daily_fen=self.agreed[person - 1],
            )
            for person, of_class in WALLETS.values()
        ]
        commands += [
            Merchant(
                institution=1,
                kind_of_merchant=MerchantKind.micro if person else MerchantKind.firm,
                principal=person,
                code="" if person else credit_code(number),
            )
            for number, person in enumerate(MERCHANTS.values())
        ]
        for wallet, (person, _) in WALLETS.items():
            commands.append(TopUp(wallet=wallet, bank_account=1 if person == 1 else 3, amount_fen=FILLED[wallet]))
            self.books.top_up(self.at, wallet=wallet, bank=1 if person == 1 else 3, fen=FILLED[wallet])
        assert all(answer.accepted for answer in self.send([(BEGAN, command) for command in commands]))

    def _accounts(self) -> dict[tuple[str, int], int]:
        tables = self.world.group.records.tables
        first = int(tables["institution"].column("first_account")[1])
        made: dict[tuple[str, int], int] = {("own", own): first + own for own in Own if own is not Own.usage_control}
        made |= {("wallet", number): int(tables["wallet"].column("account")[number]) for number in WALLETS}
        return made | {("merchant", number): int(tables["merchant"].column("account")[number]) for number in MERCHANTS}

    def send(self, commands: list[tuple[int, Command]]) -> list[Answer]:
        """The group's answers to commands in one call."""
        first = self.world.group.position
        requests = [
            Request(client="sequence", key=str(first + number), command=command, at=at)
            for number, (at, command) in enumerate(commands)
        ]
        return list(self.world.group.execute(requests))

    # ------------------------------------------------------------------------------------------- one command, twice

    def ask(self, draw: Draw, position: int) -> Asked:
        """The command that a draw makes at this moment, decided by the law."""
        self.at = later(self.at, draw.wait)
        command, verdict = getattr(self, f"_{draw.kind}")(draw, position)
        self.books.check()
        return Asked(at=self.at, command=command, verdict=verdict)

    def _fen(self, draw: Draw, uses: list[law.Use]) -> int:
        of, fen = draw.amount
        if of == "room":
            fen += min(self.books.room(uses), FILLED[3])
        elif of == "balance":
            fen += self.books.wallets[draw.wallet].balance
        return max(fen, 1)

    def _pay(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        on = day(local(self.at))
        source = "bank" if draw.bank else "balance"
        uses = self.books.uses(draw.wallet, draw.by, 0, on) if not draw.bank else []
        uses += self.books.code_uses(draw.wallet, draw.channel, draw.by, source, 0, on)
        if draw.bank:
            uses += self.books.micro_uses(draw.merchant, draw.channel, draw.bank, 0, on)
        fen = self._fen(draw, uses)
        if draw.bank and draw.amount[0] == "room":
            fen += self.books.wallets[draw.wallet].balance
        shows = draw.channel == law.PAYER_CODE or draw.which == 0
        code = self._code(draw) if shows else 0
        command = Pay(
            payer=draw.wallet,
            merchant=draw.merchant,
            amount_fen=fen,
            channel=Channel(draw.channel),
            authentication=Authentication(draw.by),
            bank_account=draw.bank,
            payer_code=code,
        )
        return command, self.books.pay(
            self.at,
            position,
            wallet=draw.wallet,
            merchant=draw.merchant,
            fen=fen,
            channel=draw.channel,
            by=draw.by,
            bank=draw.bank,
            code=code,
        )

    def _show(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        """A small payment by a payer's code, so that the code alone decides; mostly a wallet's that has one."""
        holders = sorted({code.wallet for code in self.books.codes.values()})
        wallet = holders[draw.other % len(holders)] if holders and draw.fresh else draw.wallet
        shown = replace(draw, wallet=wallet, channel=law.PAYER_CODE, bank=0, amount=("fen", 1))
        return self._pay(shown, position)

    def _code(self, draw: Draw) -> int:
        """Mostly one of the payer's own, the latest more often; else any number, issued or not."""
        own = [number for number, code in self.books.codes.items() if code.wallet == draw.wallet]
        return own[-1 - draw.which % 2 % len(own)] if draw.fresh and own else draw.which

    def _issue(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        code = len(self.books.codes) + 1 if draw.fresh else draw.which + 1
        expires = self.at + LIVES[draw.which]
        command = IssueCode(wallet=draw.wallet, payer_code=code, expires_at=expires)
        return command, self.books.issue(self.at, wallet=draw.wallet, code=code, expires=expires)

    def _transfer(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        payee = draw.other if draw.other != draw.wallet else draw.wallet % len(WALLETS) + 1
        fen = self._fen(draw, self.books.uses(draw.wallet, draw.by, 0, day(local(self.at))))
        command = Transfer(payer=draw.wallet, payee=payee, amount_fen=fen, authentication=Authentication(draw.by))
        return command, self.books.transfer(self.at, wallet=draw.wallet, payee=payee, fen=fen, by=draw.by)

    def _bank_of(self, draw: Draw) -> int:
        """The drawn bank account, or the payer's own."""
        return draw.bank or (1 if WALLETS[draw.wallet][0] == 1 else 3)

    def _withdraw(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        bank = self._bank_of(draw)
        uses = self.books.uses(draw.wallet, draw.by, 0, day(local(self.at)))
        fen = self._fen(draw, uses)
        command = Withdraw(
            wallet=draw.wallet, bank_account=bank, amount_fen=fen, authentication=Authentication(draw.by)
        )
        return command, self.books.withdraw(self.at, wallet=draw.wallet, bank=bank, fen=fen, by=draw.by)

    def _top_up(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        bank, fen = self._bank_of(draw), self._fen(draw, [])
        command = TopUp(wallet=draw.wallet, bank_account=bank, amount_fen=fen)
        return command, self.books.top_up(self.at, wallet=draw.wallet, bank=bank, fen=fen)

    def _refund(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        payment, fen = self._of_payment(draw, position)
        return Refund(payment=payment, amount_fen=fen), self.books.refund(payment=payment, fen=fen)

    def _of_payment(self, draw: Draw, position: int) -> tuple[int, int]:
        """One of the last payments, and around as much as is left of it."""
        known = sorted(self.books.payments)
        payment = known[-1 - draw.which % len(known)] if known else position - 1
        fen = self._fen(draw, [])
        if known and draw.amount[0] != "fen":
            paid = self.books.payments[payment]
            fen = max(paid.left + draw.amount[1] if draw.amount[0] == "room" else paid.card + draw.amount[1], 1)
        return payment, fen

    def _dispute(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        payment, fen = self._of_payment(draw, position)
        command = OpenDispute(payment=payment, amount_fen=fen, reason=DisputeReason.unauthorised)
        return command, self.books.dispute(payment=payment, fen=fen)

    def _decide(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        dispute = max(len(self.books.disputes) - draw.which // 2, 1)
        outcome = DisputeOutcome.for_customer if draw.fresh else DisputeOutcome.for_merchant
        command = DecideDispute(dispute=dispute, outcome=outcome, reference="ruling")
        return command, self.books.decide(dispute=dispute, for_customer=draw.fresh)

    def _open(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        person = NEW_PERSON if draw.fresh else 1 + draw.which % 2
        number, channels = 1 + draw.which % 3, draw.other + draw.merchant - 1
        command = Open(person=person, wallet_class=CLASSES[number], channels=channels, face_to_face=draw.merchant == 1)
        return command, self.books.open(
            self.at, person=person, number=number, channels=channels, face_to_face=command.face_to_face
        )

    def _settle(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        return Settle(merchant=draw.merchant), self.books.settle(self.at, merchant=draw.merchant)

    def _clear(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        received = max(self.books.owed_in + (draw.which in (0, 1)) - (draw.which == 2), 0)
        paid = max(min(self.books.owed_out, self.books.reserve + received) + (draw.which in (1, 3)), 0)
        command = Clearing(institution=1, reference="one", received_fen=received, paid_fen=paid)
        return command, self.books.clear(received=received, paid=paid)

    def _credit(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        fen = max(self.books.own + draw.which - 3, 1)
        is_return = draw.which == 5
        reason = CreditReason.return_on_balance if is_return else CreditReason.compensation
        command = Credit(wallet=draw.wallet, amount_fen=fen, reason=reason)
        return command, self.books.credit(wallet=draw.wallet, fen=fen, is_return=is_return)

    def _fund(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        fen = 10_000 + draw.which
        return FundOwn(institution=1, amount_fen=fen), self.books.fund(fen=fen)

    def _standing(self, draw: Draw, position: int) -> tuple[Command, Verdict]:
        licences, rating, share, factor, days = draw.standing
        since = day(local(self.at) + dt.timedelta(days=days))
        standing = Standing(since=since, licences=licences, rating=rating, share=share, factor=factor)
        self.books.standings.append(standing)
        command = RecordStanding(
            institution=1,
            from_date=since,
            licences=licences,
            rating=Rating(rating),
            real_name_ppm=share,
            daily_factor_ppm=factor,
        )
        return command, Verdict()

    # --------------------------------------------------------------------------------------------------- what is equal

    def check_answer(self, asked: Asked, answer: Answer) -> None:
        """The group's answer is the law's."""
        verdict = asked.verdict
        told = f"{asked.command} at {local(asked.at)}: law {verdict}, group {answer}"
        if verdict.invalid:
            assert answer.outcome is Outcome.invalid, told
            assert answer.invalid is not None, told
            assert answer.invalid.field == verdict.invalid, told
        elif verdict.accepted:
            assert answer.accepted, told
            moved = (answer.results.get("balance_fen"), answer.results.get("card_fen"))
            assert moved in (verdict.moved, (None, None)), told
            assert answer.results.get("settled_fen", verdict.moved[0]) == verdict.moved[0], told
        else:
            assert answer.refusal is not None, told
            assert answer.refusal.rule_id in verdict.broken, told
            figures = verdict.broken[answer.refusal.rule_id]
            assert not figures or (answer.refusal.limit, answer.refusal.used, answer.refusal.asked) in figures, told

    def check_balances(self) -> None:
        """Every account of money is as the law's books have it, and all of them add up to nought."""
        books, ledger = self.books, self.world.group.ledger
        found = {key: -ledger.balance(account).posted for key, account in self.accounts.items()}
        wanted = {("wallet", number): wallet.balance for number, wallet in books.wallets.items()}
        wanted |= {("merchant", number): fen for number, fen in books.merchants.items()}
        wanted[("own", Own.reserve)], wanted[("own", Own.clearing_in)] = -books.reserve, -books.owed_in
        wanted[("own", Own.clearing_out)], wanted[("own", Own.own_funds)] = books.owed_out, books.own
        wanted["own", Own.fees] = 0  # no merchant of these has a plan
        assert found == wanted
        assert sum(found.values()) == 0


def cut(asked: list[Asked], lengths: list[int]) -> Iterator[list[Asked]]:
    """The commands in calls of these lengths, over and over."""
    start, number = 0, 0
    while start < len(asked):
        length = lengths[number % len(lengths)]
        yield asked[start : start + length]
        start, number = start + length, number + 1


@given(seed=st.integers(0, 2**32 - 1), count=st.integers(1, 50), agreed=st.sampled_from(AGREED))
def test_the_group_decides_as_the_law_does(seed: int, count: int, agreed: tuple[int, int]) -> None:
    dice = Random(seed)
    sequence = Sequence(agreed)
    try:
        first = sequence.world.group.position + 1
        asked = [sequence.ask(thrown(dice), first + number) for number in range(count)]
        answers: list[Answer] = []
        for call in cut(asked, dice.choices(range(1, 20), k=4)):
            answers += sequence.send([(item.at, item.command) for item in call])
        for item, answer in zip(asked, answers, strict=True):
            sequence.check_answer(item, answer)
        sequence.check_balances()
        check_sums(asked, answers)
    finally:
        sequence.world.group.close()


def check_sums(asked: list[Asked], answers: list[Answer]) -> None:
    """What was accepted, added up by itself: no sum is above the text's figure, and no refund above its payment."""
    year: Counter[tuple[int, int]] = Counter()
    ever: Counter[int] = Counter()
    paid: dict[int, tuple[int, int]] = {}
    back: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    in_day: Counter[tuple[int, str, int]] = Counter()
    by_code: Counter[tuple[int, str, str, int]] = Counter()
    codes: set[int] = set()
    by_micro: Counter[int] = Counter()  # by day and by month, all of one person
    for item, answer in zip(asked, answers, strict=True):
        if not answer.accepted:
            continue
        on, command = day(local(item.at)), item.command
        if isinstance(command, Refund):
            back[command.payment][0] += answer.results["balance_fen"]
            back[command.payment][1] += answer.results["card_fen"]
            assert back[command.payment][0] <= paid[command.payment][0]
            assert back[command.payment][1] <= paid[command.payment][1]
        if isinstance(command, Withdraw):
            person, of_class = WALLETS[command.wallet]
            ever[command.wallet] += command.amount_fen
            if BANKS[command.bank_account][0] != person:
                year[person, on // 10_000] += command.amount_fen
                in_day[person, command.authentication, on] += command.amount_fen
                assert year[person, on // 10_000] <= law.YEAR.get(of_class, law.NO_LIMIT)
        if isinstance(command, Pay | Transfer):
            person, of_class = WALLETS[command.payer]
            fen = answer.results.get("balance_fen", command.amount_fen)
            year[person, on // 10_000] += fen
            ever[command.payer] += fen
            in_day[person, command.authentication, on] += fen
            assert not fen or year[person, on // 10_000] <= law.YEAR.get(of_class, law.NO_LIMIT)
        if isinstance(command, Pay):
            person = WALLETS[command.payer][0]
            assert bool(command.payer_code) == (command.channel == law.PAYER_CODE)
            assert command.payer_code not in codes
            codes |= {command.payer_code} - {0}
            paid[answer.position] = (answer.results["balance_fen"], answer.results["card_fen"])
            if command.channel != law.ONLINE:
                level = "D" if command.channel == law.STATIC else law.LEVEL[command.authentication]
                for source, fen in zip(("balance", "bank"), paid[answer.position], strict=True):
                    by_code[person, level, source, on] += fen
                if MERCHANTS[command.merchant] and command.bank_account and BANKS[command.bank_account][2]:
                    by_micro[on] += answer.results["card_fen"]
                    by_micro[on // 100] += answer.results["card_fen"]
    assert all(ever[wallet] <= law.CLASS_I_EVER for wallet, (_, of_class) in WALLETS.items() if of_class == law.CLASS_I)
    assert all(fen <= 2 * law.DAY.get(by, law.NO_LIMIT) for (_, by, _), fen in in_day.items())
    assert all(fen <= (100_000 if date > 1_000_000 else 1_000_000) for date, fen in by_micro.items())
    assert all(fen <= law.CODE.get(level, law.NO_LIMIT) for (_, level, _, _), fen in by_code.items())
