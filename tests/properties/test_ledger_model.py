"""The compiled kernel is equal to the reference model over random histories, however they are cut into batches.

A history is drawn chain by chain beside a model that posts it, so that holds are named by ids that exist, times fall
on the very microsecond of an expiry or a local midnight, and what the model answered is what the kernel must answer.
Worked: a history of three chains cut as 1 + 2 and as 3 journals the same rows with the same leg ids.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benyuan.ledger import AMOUNT_MAX, NO_CEILING, AccountFlag, Ledger, LegFlag, Window
from tests.reference.ledger_model import Model
from tests.reference.ledger_parts import CHINA_STANDARD_TIME, DAY, FOLLOWING, RESOLVING, SECOND, local_day
from tests.reference.ledger_values import Fate
from tests.unit.ledger.books import BALANCES, NOON, Answers, Books, Leg, answers, columns_of, plain
from tests.unit.ledger.books import Figures as FourFigures

Draw = Callable[[st.SearchStrategy[Any]], Any]
ACCOUNT_FIELDS = ("book", "unit", "code", "flags", "window", "window_account")
BOUND_DEBITS, BOUND_CREDITS = AccountFlag.debits_must_not_exceed_credits, AccountFlag.credits_must_not_exceed_debits

suite = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


# ---- random histories -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """All that a history leaves behind: answers with leg indexes counted over the whole of it, and the accounts."""

    answers: Answers
    accounts: dict[int, tuple[FourFigures, int, int]]
    leg_count: int
    last_at: int


class History:
    """Accounts; chains of legs; after which chains one may cut, and must after an open one; what the model answered."""

    def __init__(
        self, accounts: list[dict[str, int]], chains: list[list[Leg]], cuts: list[bool], model: Model, expected: Outcome
    ) -> None:
        self.accounts = accounts
        self.chains = chains
        self.cuts = cuts
        self.model = model
        self.expected = expected

    def __repr__(self) -> str:
        return "\n".join(["accounts", *map(str, self.accounts), "chains", *map(str, self.chains), f"cuts {self.cuts}"])

    def batches(self, *, finely: bool) -> Iterator[list[Leg]]:
        """The legs batch by batch, cut where drawn or only where one must."""
        batch: list[Leg] = []
        for chain, cut in zip(self.chains, self.cuts, strict=True):
            batch += chain
            if (cut and finely) or is_open(chain):
                yield batch
                batch = []
        yield batch


def is_open(chain: list[Leg]) -> bool:
    return bool(chain[-1]["flags"] & LegFlag.linked)


class Dice(Random):
    """Makes up accounts and legs from one seed: far quicker than a Hypothesis draw for each field, and more varied."""

    def one_of(self, *values: int) -> int:
        """One of these; a value named twice comes twice as often."""
        return self.choice(values)

    def one_in(self, count: int) -> bool:
        return self.randrange(count) == 0


PLAIN_ACCOUNT = {"book": 1, "unit": 1, "code": 1, "flags": 0, "window": 0, "window_account": 0}


def random_account(dice: Dice) -> dict[str, int]:
    """An account that mostly may be created, with account 1 or 2 as the other side of its window."""
    window = dice.one_of(Window.lifetime, Window.lifetime, Window.day, Window.month, Window.calendar_year)
    account = {
        "book": dice.one_of(1, 1, 1, 1, 1, 2),
        "unit": dice.one_of(1, 1, 1, 1, 1, 2),
        "code": dice.one_of(1, 1, 2, 3),
        "flags": dice.one_of(0, 0, 0, 0, 0, 0, BOUND_DEBITS, BOUND_CREDITS)
        | (AccountFlag.linked if dice.one_in(8) else 0),
        "window": window,
        "window_account": dice.one_of(1, 2) if window else 0,
    }
    quirks = {"book": 0, "unit": 0, "code": 0, "flags": dice.choice([6, 8, 16]), "window": 4}
    quirks["window_account"] = dice.randrange(12)
    return account | (dict([dice.choice(list(quirks.items()))]) if dice.one_in(8) else {})


def random_time(dice: Dice, model: Model) -> int:
    """A time not before the model's last: standing still, a jump, about a midnight, about the next expiry."""
    now = max(model.last_at, NOON)
    midnight = ((now + CHINA_STANDARD_TIME) // DAY + 1) * DAY - CHINA_STANDARD_TIME
    due = [hold.expires_at for hold in model.holds.values() if hold.expires_at is not None and hold.expires_at > now]
    soon = min(due, default=now + 1)
    jump = dice.one_of(1, SECOND, 5 * SECOND, 3_600 * SECOND, DAY, 31 * DAY, 366 * DAY)
    return dice.one_of(*(now,) * 9, now + 1, now + jump, midnight - 1, midnight, midnight, soon - 1, soon, soon + 1)


def random_amount(dice: Dice, *, huge: bool) -> int:
    others = (AMOUNT_MAX, AMOUNT_MAX - 20, 1 << 62, (1 << 62) - 7) if huge else (0, 10, AMOUNT_MAX)
    return dice.one_of(*others) if dice.one_in(10) else -1 if dice.one_in(100) else dice.randint(0, 40)


MOVES = (0, 0, 0, 0, LegFlag.balancing_debit, LegFlag.balancing_credit)
HOLDS = (*(LegFlag.pending,) * 10, *(LegFlag.pending | one for one in LegFlag if 16 <= one <= 128))
RESOLVES = (LegFlag.post_pending_transfer, LegFlag.void_pending_transfer)
FOLLOWS = tuple(one | more for one in (256, 512) for more in (0, 0, LegFlag.balancing_debit, LegFlag.pending))


def random_leg(dice: Dice, model: Model, *, place: int, huge: bool) -> Leg:
    """A leg at a place of its chain, mostly well-formed."""
    resolves = RESOLVES if model.holds or dice.one_in(9) else HOLDS
    flags = dice.choice(dice.choice([MOVES, MOVES, HOLDS, resolves, resolves, FOLLOWS if place else HOLDS]))
    drawn: Leg = {"flags": flags, "amount": random_amount(dice, huge=huge), "code": dice.one_of(1, 1, 2, 3)}
    drawn["reference"] = dice.randrange(1_000)
    if flags & RESOLVING:
        drawn |= {"pending_id": random_hold(dice, model), "code": 0, "debit_account": 0, "credit_account": 0}
        posts = flags & LegFlag.post_pending_transfer
        drawn["amount"] = dice.one_of(*(AMOUNT_MAX if posts else 0,) * 4, 0, 5, drawn["amount"])
    else:
        drawn |= random_pair(dice, model)
        drawn["ceiling"] = dice.one_of(*(NO_CEILING,) * 7, 0, 30, 60, 100, 200)
    if flags & LegFlag.pending:
        drawn["timeout_s"] = dice.one_of(0, 0, 0, 0, 1, 5, 3_600, 86_400, 40 * 86_400, (1 << 32) - 1)
    if flags & FOLLOWING:
        drawn |= {"follows": dice.randint(1, place), "amount": dice.one_of(AMOUNT_MAX, AMOUNT_MAX, drawn["amount"])}
    return drawn | (random_quirk(dice, drawn) if dice.one_in(25) else {})


def random_hold(dice: Dice, model: Model) -> int:
    """Mostly an open hold; also closed ones, other legs, and legs that this chain may be about to make."""
    latest = sorted(model.holds)[-6:]
    still_open = [number for number in latest if model.holds[number].fate is Fate.open]
    nearby = list(range(max(0, model.leg_count - 3), model.leg_count + 4))
    return dice.choice(dice.choice([*(still_open or latest or nearby,) * 6, latest or nearby, nearby]))


def random_pair(dice: Dice, model: Model) -> Leg:
    """Two accounts, mostly of one book and unit."""
    debit = dice.randint(1, model.account_count)
    ledger = (model.accounts[debit].book, model.accounts[debit].unit)
    peers = [n for n, account in model.accounts.items() if n != debit and (account.book, account.unit) == ledger]
    credit = dice.randint(0, model.account_count + 1) if dice.one_in(40) or not peers else dice.choice(peers)
    return {"debit_account": debit, "credit_account": credit}


def random_quirk(dice: Dice, drawn: Leg) -> Leg:
    """One field changed to what rarely makes sense."""
    return dice.choice(
        [
            {"flags": drawn["flags"] ^ (1 << dice.randint(1, 15))},
            {"timeout_s": dice.one_of(1, 7)},
            {"follows": dice.randint(-1, 3)},
            {"pending_id": dice.randint(-1, 30)},
            {"debit_account": dice.randint(-1, 9)},
            {"credit_account": dice.randint(-1, 9)},
            {"ceiling": dice.one_of(0, -5, AMOUNT_MAX - 1)},
            {"code": dice.one_of(0, 1, 99)},
            {"amount": dice.one_of(-1, 0, 1)},
        ]
    )


def random_chain(dice: Dice, model: Model, *, kept: int, huge: bool) -> list[Leg]:
    """A chain at one time, now and then left open; of its six legs those whose bits are set in `kept`."""
    at = random_time(dice, model)
    dates = (0, 0, 0, 20260101, 20260228, local_day(at))
    leave_open = dice.one_in(25)
    seeds = [dice.getrandbits(32) for _ in range(6)]
    legs: list[Leg] = []
    for seed in (seed for place, seed in enumerate(seeds) if kept >> place & 1):
        own = Dice(seed)
        leg = random_leg(own, model, place=len(legs), huge=huge)
        legs.append(leg | {"at": at, "flags": leg["flags"] | LegFlag.linked, "business_date": own.one_of(*dates)})
    if legs and not leave_open:
        legs[-1]["flags"] &= ~int(LegFlag.linked)
    return legs


# Which legs of a chain are kept: Hypothesis makes a history shorter by choosing earlier ones, down to none at all.
KEPT = (0, 1, 2, 4, 8, 16, 32, 3, 12, 48, 7, 56, 15, 60, 63)


@st.composite
def histories(draw: Draw, longest: int = 30) -> History:
    """A history, made up from one seed beside a model that posts it chain by chain."""
    seed = draw(st.integers(0, (1 << 64) - 1))
    kept_of_chains = draw(st.lists(st.sampled_from(KEPT), min_size=longest // 2, max_size=longest))
    dice = Dice(seed)
    asked = [PLAIN_ACCOUNT, PLAIN_ACCOUNT, *(random_account(dice) for _ in range(dice.randint(1, 7)))]
    huge = dice.one_in(4)
    books = Books(Model)
    create(books, asked)
    chains: list[list[Leg]] = []
    seen: list[Answers] = []
    for number, kept in enumerate(kept_of_chains):
        chain = random_chain(Dice(f"{seed} {number}"), books.ledger, kept=kept, huge=huge)
        if chain:
            chains.append(chain)
            seen.append(answers(books.ledger.post(**columns_of(chain))))
    cuts = [dice.one_in(2) for _ in chains]
    return History(asked, chains, cuts, books.ledger, outcome(books, seen))


# ---- running and comparing ------------------------------------------------------------------------------------------


def create(books: Books, asked: list[dict[str, int]]) -> list[tuple[int, int]]:
    """Create the accounts; status and id of each."""
    made = books.ledger.create_accounts(**{name: [account[name] for account in asked] for name in ACCOUNT_FIELDS})
    return list(zip(plain(made.status), plain(made.account), strict=True))


def outcome(books: Books, seen: list[Answers]) -> Outcome:
    """The answers of all batches as those of one, and the accounts after them."""
    starts = accumulate((len(batch.status) for batch in seen), initial=0)
    refused = [
        figures | {"leg_index": start + figures["leg_index"]}
        for start, batch in zip(starts, seen, strict=False)
        for figures in batch.refused
    ]
    whole = Answers(
        status=[status for batch in seen for status in batch.status],
        moved=[moved for batch in seen for moved in batch.moved],
        leg=[leg for batch in seen for leg in batch.leg],
        refused=refused,
        first_leg=1,
        rows=[row for batch in seen for row in batch.rows],
    )
    ids = range(1, books.ledger.account_count + 1)
    states = {number: (books.figures(number), books.flags(number), books.period(number)) for number in ids}
    return Outcome(whole, states, books.ledger.leg_count, books.ledger.last_at)


def run_on_kernel(history: History, *, finely: bool) -> tuple[Books, Outcome]:
    """The history on a fresh kernel."""
    books = Books(Ledger)
    create(books, history.accounts)
    seen = []
    for batch in history.batches(finely=finely):
        if batch:
            next_leg = books.ledger.leg_count + 1
            seen.append(answers(books.ledger.post(**columns_of(batch))))
            assert seen[-1].first_leg == next_leg
    return books, outcome(books, seen)


def check_equal_to_the_model(history: History) -> None:
    model = Books(Model)
    kernel = Books(Ledger)
    assert create(kernel, history.accounts) == create(model, history.accounts)
    for finely in (False, True):
        found, expected = run_on_kernel(history, finely=finely)[1], history.expected
        for name in ("status", "moved", "leg", "refused", "rows"):
            assert getattr(found.answers, name) == getattr(expected.answers, name), name
        assert found == expected


def check_looking_back(history: History) -> None:
    """Histories, past balances and trial balances, from every point."""
    books, _ = run_on_kernel(history, finely=True)
    model = Books(Model)
    model.ledger = history.model
    positions = range(0, books.ledger.leg_count + 1, 1 + books.ledger.leg_count // 8)
    dates = sorted({row.business_date for row in history.model.journal} | {20260101})
    for account in range(1, books.ledger.account_count + 1):
        assert books.history(account, limit=1_000) == model.history(account, limit=1_000)
        assert books.history(account, before=9, limit=3) == model.history(account, before=9, limit=3)
        for position in positions:
            assert books.balance_at(account, position=position) == model.balance_at(account, position=position)
        for day in dates:
            assert books.balance_at(account, business_date=day) == model.balance_at(account, business_date=day)
    for book in (1, 2):
        for position in (*positions, None):
            lines = books.trial_balance(book=book, position=position)
            assert lines == model.trial_balance(book=book, position=position)


# ---- laws that need no model ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figures:
    """The four balances of an account, folded here from the journal alone."""

    debits_pending: int = 0
    debits_posted: int = 0
    credits_pending: int = 0
    credits_posted: int = 0

    @property
    def usage(self) -> int:
        return self.debits_posted + self.debits_pending - self.credits_posted


def folded(rows: list[dict[str, int]]) -> Iterator[tuple[dict[str, int], dict[int, Figures]]]:
    """Each row, and the balances of all accounts after it."""
    balances: defaultdict[int, Figures] = defaultdict(Figures)
    for row in rows:
        pending, posted = 0, row["amount"]
        if row["flags"] & RESOLVING:
            held = rows[row["pending_id"] - 1]["amount"]
            void_moves_nothing = 0 if row["flags"] & LegFlag.void_pending_transfer else posted
            pending, posted = -held, held if row["flags"] & LegFlag.window_turned else void_moves_nothing
        elif row["flags"] & LegFlag.pending:
            pending, posted = posted, 0
        debit, credit = balances[row["debit_account"]], balances[row["credit_account"]]
        balances[row["debit_account"]] = replace(
            debit, debits_pending=debit.debits_pending + pending, debits_posted=debit.debits_posted + posted
        )
        balances[row["credit_account"]] = replace(
            credit, credits_pending=credit.credits_pending + pending, credits_posted=credit.credits_posted + posted
        )
        yield row, balances


def check_laws(history: History) -> None:
    """Money is conserved, ceilings and bounds hold after every row, and the balances are a fold of the rows."""
    books, after = run_on_kernel(history, finely=True)
    accounts = history.model.accounts
    balances: dict[int, Figures] = {}
    for row, balances in folded(after.answers.rows):
        debit, credit = balances[row["debit_account"]], balances[row["credit_account"]]
        assert row["debit_after"] == debit.debits_posted - debit.credits_posted
        assert row["credit_after"] == credit.debits_posted - credit.credits_posted
        if row["amount"] > 0 and not row["flags"] & RESOLVING:
            assert debit.usage <= row["ceiling"]
        for number in (row["debit_account"], row["credit_account"]):
            check_bounds(accounts[number].flags, accounts[number].window, balances[number])
    sums: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for number, account in accounts.items():
        figures = Figures(*books.figures(number))
        assert figures == balances.get(number, Figures())
        sums[account.book, account.unit][0] += figures.debits_pending - figures.credits_pending
        sums[account.book, account.unit][1] += figures.debits_posted - figures.credits_posted
    assert all(sum_ == [0, 0] for sum_ in sums.values())


def check_bounds(flags: int, window: int, figures: Figures) -> None:
    """Balances have 63 bits; a bound account keeps its bound, save that a reset may pass that of the credits."""
    assert all(0 <= getattr(figures, name) <= AMOUNT_MAX for name in BALANCES)
    if flags & BOUND_DEBITS:
        assert figures.debits_pending + figures.debits_posted <= figures.credits_posted
    if flags & BOUND_CREDITS and window == Window.lifetime:
        assert figures.credits_pending + figures.credits_posted <= figures.debits_posted


# ---- tests ----------------------------------------------------------------------------------------------------------


@settings(suite, max_examples=300)
@given(histories())
def test_the_kernel_is_equal_to_the_model_however_cut(history: History) -> None:
    check_equal_to_the_model(history)


@settings(suite, max_examples=100)
@given(histories())
def test_closed_holds_that_are_forgotten_are_found_in_the_journal(history: History) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("benyuan.ledger.state.SMALLEST", 1)  # else only a thousand of them are worth forgetting
        check_equal_to_the_model(history)


@settings(suite, max_examples=80)
@given(histories())
def test_looking_back_is_equal_to_the_model(history: History) -> None:
    check_looking_back(history)


@settings(suite, max_examples=120)
@given(histories())
def test_laws_hold(history: History) -> None:
    check_laws(history)


@settings(suite, max_examples=60)
@given(st.lists(st.integers(-2, 6), min_size=1, max_size=5), st.lists(st.integers(0, 1), min_size=5, max_size=5))
def test_both_refuse_the_same_times(times: list[int], flags: list[int]) -> None:
    """Times that are one for each chain, in order or not."""
    at = [times[0]]
    for place in range(1, len(times)):
        at.append(at[-1] if flags[place - 1] else times[place])
    errors = []
    for make in (Ledger, Model):
        books = Books(make, now=2)
        books.accounts(2)
        books.post({"debit_account": 1, "credit_account": 2, "amount": 1, "code": 1})
        try:
            books.ledger.post(debit_account=1, credit_account=2, amount=1, code=1, at=at, flags=flags[: len(at)])
            errors.append(False)
        except ValueError:
            errors.append(True)
    assert errors[0] == errors[1] == (at != sorted(at) or at[0] < 2)


@pytest.mark.soak
@settings(suite, max_examples=20_000)
@given(histories(longest=60))
def test_soak_the_kernel_is_equal_to_the_model(history: History) -> None:
    check_equal_to_the_model(history)


@pytest.mark.soak
@settings(suite, max_examples=300)
@given(histories(longest=400))
def test_soak_long_histories(history: History) -> None:
    check_equal_to_the_model(history)
    check_laws(history)


@pytest.mark.soak
@settings(suite, max_examples=5_000)
@given(histories(longest=60))
def test_soak_looking_back_and_laws(history: History) -> None:
    check_looking_back(history)
    check_laws(history)
