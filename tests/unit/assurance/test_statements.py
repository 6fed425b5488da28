"""Statements: opening + in - out = closing to the fen over random histories, pages, searches and counterparties."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.assurance.statements import (
    EVERYTHING,
    KINDS,
    Entry,
    Holder,
    Party,
    Period,
    Search,
    Statement,
    holder_of,
    holders_of_person,
    institution_name,
    party_of,
)
from benyuan.engine.group import Group
from benyuan.payments.chart import Own
from benyuan.payments.vocabulary import DisputeOutcome, DisputeReason
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.refund import Refund
from benyuan.usecases.settle import Settle
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.withdraw import Withdraw
from benyuan.values.dates import add_calendar_days, local_day
from benyuan.values.errors import BadInput
from tests.unit.engine.groups import HOUR, Desk, in_memory, pay, town
from tests.unit.engine.hand import PEOPLE
from tests.unit.engine.histories import History, begin, histories, run

ALWAYS = Period(first_day=19700101, last_day=99991231)
DAY = 86_400_000_000


def everyone(group: Group) -> Iterator[Holder]:
    for kind in ("wallet", "merchant"):
        for number in range(1, group.records.tables[kind].count + 1):
            yield holder_of(group, kind=kind, id=number)


def of(group: Group, holder: Holder, period: Period = ALWAYS, search: Search = EVERYTHING) -> Statement:
    return Statement(group=group, holder=holder, period=period, search=search)


def lived(history: History) -> Desk:
    """A desk after a history."""
    desk = in_memory(now=history.start)
    begin(desk)
    run(desk, [[request] for request in history.requests])
    return desk


def days_around(desk: Desk) -> list[int]:
    last = local_day(desk.group.last_at)
    return [add_calendar_days(last, days) for days in (-2, -1, 0, 1)]


@settings(max_examples=60)
@given(histories())
def test_opening_in_and_out_make_closing(history: History) -> None:
    desk = lived(history)
    ledger, days = desk.group.ledger, days_around(desk)
    for holder in everyone(desk.group):
        for first in days:
            for last in days:
                if first > last:
                    continue
                made = of(desk.group, holder, Period(first_day=first, last_day=last))
                entries, totals = list(made.entries()), made.totals()
                assert made.opening_fen + totals.in_fen - totals.out_fen == made.closing_fen
                before = add_calendar_days(first, -1)
                assert made.opening_fen == -ledger.balance_at(holder.account, business_date=before).posted
                assert made.closing_fen == -ledger.balance_at(holder.account, business_date=last).posted
                balance = made.opening_fen
                for entry in entries:
                    balance += entry.in_fen - entry.out_fen
                    assert entry.balance_fen == balance
                    assert entry.balance_fen == -ledger.balance_at(holder.account, position=entry.leg).posted
                    assert first <= local_day(entry.at) <= last
                assert (totals.entries, balance) == (len(entries), made.closing_fen)
                assert [entry.leg for entry in entries] == sorted({entry.leg for entry in entries})


@settings(max_examples=40)
@given(histories(), st.integers(1, 5))
def test_pages_put_together_are_the_statement(history: History, limit: int) -> None:
    desk = lived(history)
    for holder in everyone(desk.group):
        made = of(desk.group, holder)
        assert paged(made, limit) == list(made.entries())


def paged(made: Statement, limit: int) -> list[Entry]:
    found: list[Entry] = []
    before = None
    while True:
        page = made.page(limit=limit, before=before)
        assert len(page.entries) == limit or page.next_before is None
        found = [*page.entries, *found]
        before = page.next_before
        if before is None:
            return found


@settings(max_examples=40)
@given(
    histories(),
    st.builds(
        Search,
        kinds=st.lists(st.sampled_from(KINDS), max_size=3).map(tuple),
        least_fen=st.sampled_from((None, 0, 100, 101)),
        most_fen=st.sampled_from((None, 99, 100, 30_000)),
        counterparty=st.sampled_from((None, Party("wallet", 1), Party("merchant", 1), Party("bank_account", 3))),
    ),
)
def test_a_search_finds_what_a_filter_finds(history: History, search: Search) -> None:
    desk = lived(history)
    for holder in everyone(desk.group):
        made = of(desk.group, holder, search=search)
        wanted = [entry for entry in of(desk.group, holder).entries() if fits(entry, search)]
        assert list(made.entries()) == paged(made, 2) == wanted
        assert made.found().entries == len(wanted)
        assert made.found().in_fen == sum(entry.in_fen for entry in wanted)
        assert made.found().out_fen == sum(entry.out_fen for entry in wanted)
        assert made.totals() == of(desk.group, holder).totals()


def fits(entry: Entry, search: Search) -> bool:
    amount, party = entry.in_fen + entry.out_fen, search.counterparty
    return (
        (not search.kinds or entry.kind in search.kinds)
        and (search.least_fen is None or amount >= search.least_fen)
        and (search.most_fen is None or amount <= search.most_fen)
        and (party is None or entry.counterparty == f"{party.kind}:{party.id}")
    )


def test_who_stood_on_the_other_side() -> None:
    desk = town()
    desk.done(pay(8_000), pay(5_000, bank_account=3))  # 2,000 of the second from the balance, 3,000 by card
    payment = desk.group.position
    desk.done(Refund(payment=payment, amount_fen=3_500), Withdraw(wallet=2, bank_account=4, amount_fen=70))
    desk.now += 24 * HOUR
    desk.done(Settle(merchant=1), TopUp(wallet=1, bank_account=3, amount_fen=1))
    merchant, wallet, other = (
        [(one.kind, one.counterparty, one.in_fen - one.out_fen) for one in of(desk.group, holder).entries()]
        for holder in (
            holder_of(desk.group, kind="merchant", id=1),
            holder_of(desk.group, kind="wallet", id=1),
            holder_of(desk.group, kind="wallet", id=2),
        )
    )
    assert merchant == [
        ("payment", "wallet:1", 8_000),
        ("payment", "wallet:1", 2_000),
        ("payment_from_card", "wallet:1", 3_000),
        ("refund_to_card", "wallet:1", -3_000),
        ("refund", "wallet:1", -500),
        ("settlement", "bank_account:1", -9_500),
    ]
    assert wallet == [
        ("top_up", "bank_account:3", 10_000),
        ("payment", "merchant:1", -8_000),
        ("payment", "merchant:1", -2_000),
        ("refund", "merchant:1", 500),
        ("top_up", "bank_account:3", 1),
    ]
    assert other[-1] == ("withdrawal", "bank_account:4", -70)


def test_bare_legs_and_holds() -> None:
    """What no command posted stands there by its account and code; a hold is no entry until it is posted."""
    desk = town()
    holder = holder_of(desk.group, kind="wallet", id=1)
    own = int(desk.group.records.tables["institution"].column("first_account")[1]) + Own.clearing_out
    held = desk.group.post(debit_account=holder.account, credit_account=own, amount=40, code=99, flags=2)
    before = list(of(desk.group, holder).entries())
    desk.group.post(debit_account=0, credit_account=0, amount=30, code=0, flags=4, pending_id=int(held.leg[0]))
    *rest, last = of(desk.group, holder).entries()
    assert rest == before
    assert (last.kind, last.counterparty, last.out_fen, last.command) == ("99", f"account:{own}", 30, 0)


def test_a_day_ends_at_midnight_in_china() -> None:
    desk = town()
    today = local_day(desk.now)
    midnight = (desk.now // DAY + 1) * DAY - DAY // 3  # 16:00 UTC
    desk.now = midnight - 1
    desk.done(pay(1))
    desk.now = midnight
    desk.done(pay(2))
    holder = holder_of(desk.group, kind="merchant", id=1)
    amounts = {
        day: [one.in_fen for one in of(desk.group, holder, Period(first_day=day, last_day=day)).entries()]
        for day in (today, add_calendar_days(today, 1), add_calendar_days(today, 2))
    }
    assert list(amounts.values()) == [[1], [2], []]


def test_a_row_booked_late_stands_on_its_day_of_booking() -> None:
    desk = town()
    holder = holder_of(desk.group, kind="wallet", id=1)
    yesterday = add_calendar_days(local_day(desk.now), -1)
    desk.group.post(
        debit_account=1, credit_account=holder.account, amount=7, code=20, business_date=yesterday, at=desk.now
    )
    assert list(of(desk.group, holder, Period(first_day=yesterday, last_day=yesterday)).entries()) == []
    last = list(of(desk.group, holder).entries())[-1]
    assert (last.business_date, local_day(last.at)) == (yesterday, local_day(desk.now))


def test_a_person_has_each_wallet() -> None:
    desk = town(people=PEOPLE)
    assert [holder.name for holder in holders_of_person(desk.group, person=2)] == ["wallet:2"]
    with pytest.raises(LookupError, match=f"no person 9; the last one is {PEOPLE}"):
        holders_of_person(desk.group, person=9)
    with pytest.raises(LookupError, match="no wallet 0"):
        holder_of(desk.group, kind="wallet", id=0)
    assert institution_name(desk.group, institution=1) == "Benyuan Pay"


def test_a_cursor_may_be_any_leg() -> None:
    desk = town()
    for _ in range(6):
        desk.done(pay(10), pay(10, payer=2))
    made = of(desk.group, holder_of(desk.group, kind="wallet", id=1))
    every = list(made.entries())
    for before in range(1, desk.group.ledger.leg_count + 3):
        assert made.page(limit=99, before=before).entries == [entry for entry in every if entry.leg < before]


def test_a_period_has_an_order() -> None:
    with pytest.raises(BadInput, match="from"):
        Period(first_day=20260502, last_day=20260501)


@pytest.mark.parametrize(
    ("text", "party"),
    [
        ("wallet:3", Party("wallet", 3)),
        ("bank_account:12", Party("bank_account", 12)),
        ("wallet", None),
        ("wallet:", None),
        ("purse:1", None),
        ("wallet:٣", None),
        ("wallet:-1", None),
    ],
)
def test_names_of_parties(text: str, party: Party | None) -> None:
    assert party_of(text) == party


def test_a_hold_is_no_entry_and_what_a_dispute_gives_back_has_words_of_its_own() -> None:
    desk = town()
    desk.done(FundOwn(institution=1, amount_fen=1_000))
    paid = desk.one(pay(12_000, bank_account=3))  # 100.00 from the wallet, 20.00 by card
    desk.now += 24 * HOUR
    desk.done(
        Settle(merchant=1),
        pay(1_500, payer=2),
        OpenDispute(payment=paid.position, amount_fen=2_500, reason=DisputeReason.not_received),
        DecideDispute(dispute=1, outcome=DisputeOutcome.for_customer, reference="ruling"),
    )
    merchant = list(of(desk.group, holder_of(desk.group, kind="merchant", id=1)).entries())
    assert [(one.kind, one.counterparty, one.in_fen - one.out_fen) for one in merchant[3:]] == [
        ("payment", "wallet:2", 1_500),
        ("dispute_advance", "institution:1", 1_000),
        ("dispute_refund_to_card", "wallet:1", -2_000),
        ("dispute_refund", "wallet:1", -500),
    ]
    assert merchant[-1].balance_fen == 0
    *_, last = of(desk.group, holder_of(desk.group, kind="wallet", id=1)).entries()
    assert (last.kind, last.counterparty, last.in_fen) == ("dispute_refund", "merchant:1", 500)
