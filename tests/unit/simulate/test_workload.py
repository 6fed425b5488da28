"""The simulation's arithmetic: purchases from statements, tickets that add up, the custodian's own sums."""

import numpy as np
import pytest

from benyuan.simulate.clients import ALL_CLIENTS, MONTHS, Clients, clients_of, read_clients
from benyuan.simulate.custodian import Custodian
from benyuan.simulate.people import FOUR_WEEKLY, merchants_of, people_of
from benyuan.simulate.seeds import Stream, generator
from benyuan.simulate.showing import showings
from benyuan.simulate.tickets import CHANNELS, MOST_TICKETS, all_days, at_us, split, ticket_counts, tickets_of


@pytest.fixture(scope="module")
def clients() -> Clients:
    return read_clients(count=400)


def test_purchases_follow_from_statements() -> None:
    made = clients_of(
        statements_ntd=np.array([[1_725, 2_682, 100]]), paid_ntd=np.array([[9, 1_000, 0]])
    )  # a statement that falls with nothing paid: a refund, so nothing was bought
    assert made.bought_fen.tolist() == [[0, 195_700 // 5, 0]]
    assert made.paid_fen.tolist() == [[180, 20_000, 0]]


def test_the_whole_file() -> None:
    clients = read_clients()
    assert clients.paid_fen.shape == (ALL_CLIENTS, len(MONTHS))
    assert not clients.bought_fen[:, 0].any()
    assert (clients.bought_fen >= 0).all()


def test_parts_add_up_to_the_fen() -> None:
    draw = generator(Stream.tickets)
    sums = np.concatenate([draw.integers(20, 10_000_000, 500), [20]])
    counts = np.concatenate([ticket_counts(sums[:-1], draw), [MOST_TICKETS]])
    parts = split(sums, counts, draw)
    assert parts.min() >= 1
    assert np.add.reduceat(parts, np.cumsum(counts) - counts).tolist() == sums.tolist()
    assert counts.min() >= 1
    assert counts.max() <= MOST_TICKETS


def test_tickets_are_those_of_the_purchases_in_order_of_time(clients: Clients) -> None:
    merchants = merchants_of(clients)
    tickets = tickets_of(clients, merchant_shares=merchants.share)
    assert int(tickets.amount_fen.sum()) == int(clients.bought_fen.sum())
    at = tickets.day * 100_000 + tickets.second
    assert (np.diff(at) >= 0).all()
    assert set(tickets.day.tolist()) <= set(all_days())
    assert 0 <= tickets.merchant.min() <= tickets.merchant.max() < len(merchants)
    again = tickets_of(clients, merchant_shares=merchants.share)
    assert np.array_equal(again.amount_fen, tickets.amount_fen)
    assert np.array_equal(again.channel, tickets.channel)


def test_every_code_of_the_whole_file_is_another() -> None:
    clients = read_clients()
    tickets = tickets_of(clients, merchant_shares=merchants_of(clients).share)
    codes = tickets.code[tickets.channel == CHANNELS.index("payer_code")]
    assert len(np.unique(codes)) == len(codes) > 0
    assert codes.min() >= 10**17
    assert not tickets.code[tickets.channel != CHANNELS.index("payer_code")].any()


def test_codes_are_issued_before_they_are_shown(clients: Clients) -> None:
    tickets = tickets_of(clients, merchant_shares=merchants_of(clients).share)
    days, shown, again = np.unique(tickets.day), 0, 0
    for day in days.tolist():
        of_day = tickets.chosen(tickets.day == day)
        parts = showings(of_day, day=day, draw=np.random.default_rng(day))
        assert np.concatenate([part.at for part in parts]).tolist() == sorted(at for p in parts for at in p.at.tolist())
        assert sorted(set(np.concatenate([part.place for part in parts]).tolist())) == list(range(len(of_day.day)))
        for part in parts:
            assert (part.at >= part.issued_at).all()
            assert (part.expires_at > part.issued_at).all()
            codes = of_day.code[part.place]
            assert set(codes[part.issued].tolist()) == set(codes.tolist()) - {0}
            shown, again = shown + len(part.issued), again + int((codes != 0).sum()) - len(part.issued)
    assert shown == (tickets.code != 0).sum()
    assert 0 < again < shown // 100


def test_people_and_merchants_are_seeded(clients: Clients) -> None:
    assert np.array_equal(people_of(clients).channels, people_of(clients).channels)
    merchants = merchants_of(clients)
    settled = np.stack([merchants.settled_on(number) for number in range(FOUR_WEEKLY)]).sum(axis=0)
    assert np.array_equal(settled, FOUR_WEEKLY // merchants.cycle)


def test_custodian_keeps_its_own_sums() -> None:
    custodian = Custodian(merchants=2)
    custodian.debit_cards(np.array([10_000]), orders=np.array([7]))
    custodian.sell(np.array([1, 1]), np.array([2_000, 1_000]))
    assert custodian.has_due().tolist() == [False, True]
    custodian.settle(np.array([1]), orders=np.array([8]))
    assert custodian.reserve_fen == 0
    assert custodian.clear(reference="one") == (10_000, 3_000)
    assert custodian.reserve_fen == 7_000
    assert custodian.clear(reference="one") == (0, 0)


def test_custodian_holds_what_there_is() -> None:
    custodian = Custodian(merchants=1)
    custodian.sell(np.array([0]), np.array([500]))
    assert [custodian.hold(0, 300), custodian.hold(0, 300)] == [300, 200]
    assert not custodian.has_due().any()
    custodian.give_back(0, 200)
    custodian.settle(np.array([0]), orders=np.array([9]))
    assert custodian.clear(reference="one") == (0, 200)


def test_days_begin_at_midnight_in_china() -> None:
    assert at_us(20260501, 3600) == 1_777_564_800_000_000 + 3_600_000_000
    assert len(all_days()) == 184


def test_the_clearing_house_makes_each_mistake_once() -> None:
    custodian = Custodian(merchants=1)
    files = []
    for number in range(1, 26):
        custodian.debit_cards(np.array([2_000, 3_000]), orders=np.array([10 * number, 10 * number + 1]))
        moved, _ = custodian.clear(reference=f"settlement {20260500 + number}", number=number)
        files.append((moved, custodian.house.file()))
    wrong = {number: file for number, (moved, file) in enumerate(files, 1) if moved != 5_000 or len(file.order) != 2}
    assert {number: int(file.amount_fen.sum()) for number, file in wrong.items()} == {
        6: 2_000,
        7: 8_000,  # left out, and brought the next day
        10: 4_900,
        11: 5_100,  # too little, and made good
        18: 8_000,  # written twice, paid once
    }
    assert files[13][1].order.tolist() == [140, 1]
    assert sum(moved for moved, _ in files) == 25 * 5_000
    assert custodian.house.file().order.tolist() == []
