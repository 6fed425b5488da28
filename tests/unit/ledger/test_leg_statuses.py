"""Every leg status, alone, inside a chain, and before every later one that applies to the same leg.

A fault is what it changes in a healthy leg. Two faults that change different things are put on one leg, which must
answer the earlier: the later has been seen to answer alone. Refused legs leave nothing behind, so one scene serves all.
Worked: a leg of 50 with `ceiling` 49 and code 0 answers `code_must_not_be_zero`.
"""

from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cache
from itertools import combinations

import pytest

from benyuan.ledger import AMOUNT_MAX, AccountFlag, LegFlag, LegStatus
from tests.unit.ledger.books import (
    NOON,
    SECOND,
    Answers,
    Books,
    LedgerMaker,
    Leg,
    hold,
    leg,
    linked,
    on_both,
    post_hold,
    void_hold,
)

S = LegStatus
NEARLY_ALL = AMOUNT_MAX - 5
pytestmark = on_both


class A(IntEnum):
    """The accounts of the scene: `full` ones have 6 pending and 6 posted, `half` ones 3 and 3, `fresh` ones nothing."""

    cash = auto()
    shop = auto()
    fresh = auto()
    fresh_too = auto()
    other_book = auto()
    other_unit = auto()
    debits_bound = auto()
    credits_bound = auto()
    busy_bound = auto()
    shut = auto()
    shut_too = auto()
    full_debits = auto()
    full_credits = auto()
    posted_debits = auto()
    posted_credits = auto()
    half_debits = auto()
    half_credits = auto()


class L(IntEnum):
    """The first legs of the scene."""

    plain = auto()
    held = auto()
    posted = auto()
    post = auto()
    voided = auto()
    void = auto()
    expired = auto()
    held_from_shut = auto()
    held_to_shut = auto()
    posted_from_shut = auto()


SPECIAL_ACCOUNTS: dict[A, dict[str, int]] = {
    A.other_book: {"book": 2},
    A.other_unit: {"unit": 2},
    A.debits_bound: {"flags": AccountFlag.debits_must_not_exceed_credits},
    A.credits_bound: {"flags": AccountFlag.credits_must_not_exceed_debits},
    A.busy_bound: {"flags": AccountFlag.debits_must_not_exceed_credits},
}
OPENING_LEGS: list[Leg] = [
    leg(A.cash, A.shop, 10),
    hold(A.cash, A.shop, 100),
    hold(A.cash, A.shop, 100),
    post_hold(L.posted),
    hold(A.cash, A.shop, 100),
    void_hold(L.voided),
    hold(A.cash, A.shop, 100, timeout_s=1),
    hold(A.shut, A.cash, 100),
    hold(A.cash, A.shut_too, 100),
    hold(A.shut, A.cash, 100),
    post_hold(L.posted_from_shut),
    hold(A.shut, A.cash, 0, flags=LegFlag.closing_debit),
    hold(A.cash, A.shut_too, 0, flags=LegFlag.closing_credit),
    *(make(A.full_debits, A.full_credits, 6) for make in (leg, hold)),
    leg(A.posted_debits, A.posted_credits, 6),
    *(make(A.half_debits, A.half_credits, 3) for make in (leg, hold)),
    leg(A.cash, A.busy_bound, 6),
    *(make(A.busy_bound, A.cash, 3) for make in (leg, hold)),
]


@cache
def scene(make: LedgerMaker) -> Books:
    """The accounts and opening legs above; one hold has expired."""
    books = Books(make)
    for account in A:
        assert books.account(**SPECIAL_ACCOUNTS.get(account, {})) == account
    for number, one in enumerate(OPENING_LEGS, start=1):
        assert books.done(one) == number
    books.done(leg(A.cash, A.shop, 1), at=NOON + SECOND)
    return books


@dataclass(frozen=True)
class Fault:
    """What to change in a healthy leg, the flags to add, and those that would heal it."""

    change: Leg
    flags: LegFlag = LegFlag(0)
    healed_by: LegFlag = LegFlag(0)

    def on(self, healthy: Leg) -> Leg:
        return healthy | self.change | {"flags": healthy.get("flags", 0) | self.flags}

    def fits(self, other: "Fault") -> bool:
        """Whether both can stand on one leg."""
        same = all(self.change[name] == other.change[name] for name in self.change.keys() & other.change.keys())
        return same and not (self.healed_by & other.flags or other.healed_by & self.flags)


TRANSFER = leg(A.fresh, A.fresh_too, 50)
TRANSFER_FAULTS = {
    S.reserved_flag: Fault({}, LegFlag.window_reset),
    S.flags_are_mutually_exclusive: Fault({}, LegFlag.following_moved | LegFlag.following_left),
    S.debit_account_id_must_not_be_zero: Fault({"debit_account": 0}),
    S.credit_account_id_must_not_be_zero: Fault({"credit_account": 0}),
    S.accounts_must_be_different: Fault({"debit_account": A.fresh, "credit_account": A.fresh}),
    S.pending_id_must_be_zero: Fault({"pending_id": L.held}),
    S.timeout_reserved_for_pending_transfer: Fault({"timeout_s": 5}, healed_by=LegFlag.pending),
    S.closing_transfer_must_be_pending: Fault({}, LegFlag.closing_debit, healed_by=LegFlag.pending),
    S.followed_leg_not_in_chain: Fault({"follows": 2}),
    S.amount_must_not_be_negative: Fault({"amount": -1}),
    S.code_must_not_be_zero: Fault({"code": 0}),
    S.debit_account_not_found: Fault({"debit_account": 999}),
    S.credit_account_not_found: Fault({"credit_account": 998}),
    S.accounts_must_have_the_same_ledger: Fault({"credit_account": A.other_book}),
    S.debit_account_already_closed: Fault({"debit_account": A.shut}),
    S.credit_account_already_closed: Fault({"credit_account": A.shut_too}),
    S.overflows_debits_pending: Fault({"debit_account": A.full_debits, "amount": NEARLY_ALL}, LegFlag.pending),
    S.overflows_credits_pending: Fault({"credit_account": A.full_credits, "amount": NEARLY_ALL}, LegFlag.pending),
    S.overflows_debits_posted: Fault({"debit_account": A.posted_debits, "amount": NEARLY_ALL}),
    S.overflows_credits_posted: Fault({"credit_account": A.posted_credits, "amount": NEARLY_ALL}),
    S.overflows_debits: Fault({"debit_account": A.half_debits, "amount": NEARLY_ALL}),
    S.overflows_credits: Fault({"credit_account": A.half_credits, "amount": NEARLY_ALL}),
    S.exceeds_credits: Fault({"debit_account": A.debits_bound}),
    S.exceeds_debits: Fault({"credit_account": A.credits_bound}),
    S.exceeds_ceiling: Fault({"ceiling": 49}),
}
RESOLVING_FAULTS = {
    S.reserved_flag: Fault({}, LegFlag.expiry),
    S.flags_are_mutually_exclusive: Fault({}, LegFlag.balancing_credit),
    S.pending_id_must_not_be_zero: Fault({"pending_id": 0}),
    S.timeout_reserved_for_pending_transfer: Fault({"timeout_s": 5}),
    S.followed_leg_not_in_chain: Fault({"follows": 2}),
    S.amount_must_not_be_negative: Fault({"amount": -1}),
    S.pending_transfer_not_found: Fault({"pending_id": 999}),
    S.pending_transfer_not_pending: Fault({"pending_id": L.plain}),
    S.pending_transfer_has_different_debit_account_id: Fault({"debit_account": A.posted_debits}),
    S.pending_transfer_has_different_credit_account_id: Fault({"credit_account": A.posted_credits}),
    S.pending_transfer_has_different_code: Fault({"code": 99}),
    S.exceeds_pending_transfer_amount: Fault({"amount": 101}),
    S.pending_transfer_already_posted: Fault({"pending_id": L.posted}),
    S.pending_transfer_already_voided: Fault({"pending_id": L.voided}),
    S.pending_transfer_expired: Fault({"pending_id": L.expired}),
}
POST_FAULTS = RESOLVING_FAULTS | {
    S.debit_account_already_closed: Fault({"pending_id": L.held_from_shut}),
    S.credit_account_already_closed: Fault({"pending_id": L.held_to_shut}),
}
VOID_FAULTS = RESOLVING_FAULTS | {S.pending_transfer_has_different_amount: Fault({"amount": 99})}
GROUPS = [
    (TRANSFER, TRANSFER_FAULTS),
    (post_hold(L.held, 100), POST_FAULTS),
    (void_hold(L.held, 100), VOID_FAULTS),
]
FAULTS = [(status, fault.on(healthy)) for healthy, faults in GROUPS for status, fault in faults.items()]
PAIRS = [
    pytest.param(earlier, later.on(faults[earlier].on(healthy)), id=f"{earlier.name}-{after.name}-{group}")
    for group, (healthy, faults) in zip(("transfer", "post", "void"), GROUPS, strict=True)
    for earlier, after in combinations(sorted(faults), 2)
    for later in [faults[after]]
    if faults[earlier].fits(later)
]
# More ways to the same statuses.
VARIANTS = [
    *((S.reserved_flag, TRANSFER | {"flags": flag}) for flag in (LegFlag.expiry, LegFlag.window_turned, 8192, 32768)),
    *(
        (S.flags_are_mutually_exclusive, post_hold(L.held, flags=resolving | never))
        for resolving in (LegFlag.post_pending_transfer, LegFlag.void_pending_transfer)
        for never in LegFlag
        if LegFlag.pending <= never <= LegFlag.following_left and never != resolving
    ),
    (S.followed_leg_not_in_chain, TRANSFER | {"flags": LegFlag.following_moved}),
    (S.followed_leg_not_in_chain, TRANSFER | {"flags": LegFlag.following_left, "follows": 1}),
    (S.followed_leg_not_in_chain, TRANSFER | {"flags": LegFlag.following_left, "follows": -1}),
    (S.followed_leg_not_in_chain, TRANSFER | {"follows": -1}),
    (S.closing_transfer_must_be_pending, TRANSFER | {"flags": LegFlag.closing_credit}),
    (S.debit_account_not_found, TRANSFER | {"debit_account": -1}),
    (S.credit_account_not_found, TRANSFER | {"credit_account": max(A) + 1}),
    (S.credit_account_not_found, TRANSFER | {"credit_account": AMOUNT_MAX}),
    (S.accounts_must_have_the_same_ledger, TRANSFER | {"credit_account": A.other_unit}),
    (S.pending_transfer_not_found, post_hold(-1)),
    (S.pending_transfer_not_found, post_hold(AMOUNT_MAX)),
    (S.pending_transfer_not_pending, post_hold(L.post)),
    (S.pending_transfer_not_pending, post_hold(L.void)),
    (S.pending_transfer_not_pending, post_hold(len(OPENING_LEGS) + 1)),  # the row of the expiry
    (S.pending_transfer_has_different_debit_account_id, post_hold(L.held, debit_account=A.shop)),
    (S.pending_transfer_has_different_debit_account_id, post_hold(L.held, debit_account=999)),
    (S.exceeds_pending_transfer_amount, post_hold(L.held, AMOUNT_MAX - 1)),
    (S.exceeds_pending_transfer_amount, void_hold(L.held, AMOUNT_MAX)),
    (S.pending_transfer_has_different_amount, void_hold(L.held, 1)),
    (S.overflows_debits, hold(A.half_debits, A.fresh_too, NEARLY_ALL)),
    (S.overflows_credits, hold(A.fresh, A.half_credits, NEARLY_ALL)),
    (S.overflows_debits_posted, hold(A.posted_debits, A.fresh_too, NEARLY_ALL)),
    (S.exceeds_credits, hold(A.debits_bound, A.fresh_too, 1)),
    (S.exceeds_debits, hold(A.fresh, A.credits_bound, 1)),
    (S.exceeds_ceiling, hold(A.fresh, A.fresh_too, 50, ceiling=49)),
]
# Where both apply but change the same thing: the leg, and what mends the earlier.
OVERLAPS: list[tuple[LegStatus, LegStatus, Leg, Leg]] = [
    (S.accounts_must_be_different, S.debit_account_not_found, leg(999, 999, 1), {"credit_account": A.fresh}),
    (S.overflows_debits_pending, S.overflows_debits_posted, hold(A.full_debits, A.fresh_too, NEARLY_ALL), {"flags": 0}),
    (S.overflows_credits_pending, S.overflows_credits_posted, hold(A.fresh, A.full_credits, NEARLY_ALL), {"flags": 0}),
    (
        S.overflows_debits_posted,
        S.overflows_debits,
        leg(A.full_debits, A.fresh_too, NEARLY_ALL),
        {"debit_account": A.half_debits},
    ),
    (
        S.overflows_credits_posted,
        S.overflows_credits,
        leg(A.fresh, A.full_credits, NEARLY_ALL),
        {"credit_account": A.half_credits},
    ),
    (S.overflows_debits, S.exceeds_credits, leg(A.busy_bound, A.fresh_too, NEARLY_ALL), {"amount": 1}),
    (
        S.pending_transfer_already_posted,
        S.debit_account_already_closed,
        post_hold(L.posted_from_shut),
        {"pending_id": L.held_from_shut},
    ),
]


def refuse(make: LedgerMaker, *legs: Leg) -> Answers:
    """Post what must be refused: nothing is moved, journaled or changed."""
    books = scene(make)
    before = [books.figures(account) for account in A]
    count = books.ledger.leg_count
    posted = books.post(*legs)
    assert (books.ledger.leg_count, posted.rows) == (count, [])
    assert [books.figures(account) for account in A] == before
    assert posted.moved == posted.leg == [0] * len(legs)
    return posted


@pytest.mark.parametrize(("status", "faulty"), [*FAULTS, *VARIANTS])
def test_alone(make: LedgerMaker, status: LegStatus, faulty: Leg) -> None:
    assert refuse(make, faulty).status == [status]


@pytest.mark.parametrize(("status", "faulty"), FAULTS)
def test_inside_a_chain(make: LedgerMaker, status: LegStatus, faulty: Leg) -> None:
    mates = leg(A.cash, A.shop, 1), post_hold(L.held, 7)
    posted = refuse(make, *linked(*mates, faulty, leg(A.shop, A.cash, 1), leg(0, 0, 0)))
    assert posted.status == [S.linked_event_failed, S.linked_event_failed, status] + [S.linked_event_failed] * 2


@pytest.mark.parametrize(("status", "faulty"), PAIRS)
def test_the_earlier_of_two_is_answered(make: LedgerMaker, status: LegStatus, faulty: Leg) -> None:
    assert refuse(make, faulty).status == [status]


@pytest.mark.parametrize(("earlier", "later", "faulty", "mended"), OVERLAPS)
def test_the_later_is_answered_once_the_earlier_is_mended(
    make: LedgerMaker, earlier: LegStatus, later: LegStatus, faulty: Leg, mended: Leg
) -> None:
    assert refuse(make, faulty).status == [earlier]
    assert refuse(make, faulty | mended).status == [later]


@pytest.mark.parametrize("faulty", [faulty for _, faulty in FAULTS])
def test_an_open_chain_is_not_looked_at(make: LedgerMaker, faulty: Leg) -> None:
    open_leg = faulty | {"flags": faulty.get("flags", 0) | LegFlag.linked}
    assert refuse(make, open_leg).status == [S.linked_event_chain_open]
    assert refuse(make, open_leg, open_leg).status == [S.linked_event_failed, S.linked_event_chain_open]


def test_only_the_first_fault_of_a_chain_is_answered(make: LedgerMaker) -> None:
    posted = refuse(make, *linked(leg(A.cash, A.cash, 1), leg(0, 0, 0)), leg(A.cash, 0, 1))
    first_alone, its_mate, next_alone = posted.status
    assert (first_alone, its_mate) == (S.accounts_must_be_different, S.linked_event_failed)
    assert next_alone is S.credit_account_id_must_not_be_zero


def test_chains_of_a_batch_stand_alone(make: LedgerMaker) -> None:
    books = Books(make)
    cash, shop = books.accounts(2)
    good, bad = leg(cash, shop, 1), leg(cash, shop, -1)
    posted = books.post(*linked(good, bad), good, *linked(good, good), bad, good | {"flags": LegFlag.linked})
    failed, negative, created, unfinished = (
        S.linked_event_failed,
        S.amount_must_not_be_negative,
        S.created,
        S.linked_event_chain_open,
    )
    assert posted.status == [failed, negative, created, created, created, negative, unfinished]
    assert posted.leg == [0, 0, 1, 2, 3, 0, 0]
    assert books.figures(cash) == (0, 3, 0, 0)


def test_healthy_legs_are_created(make: LedgerMaker) -> None:
    books = Books(make)
    cash, shop = books.accounts(2)
    assert books.done(leg(cash, shop, 50)) == 1
    held = books.done(hold(cash, shop, 100))
    assert books.status(post_hold(held, 100, debit_account=cash, credit_account=shop, code=1)) is S.created
    held = books.done(hold(cash, shop, 100))
    assert books.status(void_hold(held, 100, debit_account=cash, credit_account=shop, code=1)) is S.created


def test_the_tables_reach_every_status(make: LedgerMaker) -> None:
    reached = {refuse(make, faulty).status[0] for _, faulty in FAULTS}
    reached |= set(refuse(make, *linked(leg(A.cash, A.shop, 1), leg(0, 0, 0))).status)
    reached |= set(refuse(make, leg(A.cash, A.shop, 1, flags=LegFlag.linked)).status)
    assert reached | {S.created} == set(LegStatus)
