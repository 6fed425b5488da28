"""The clearing house's file against a reference in plain Python; repeated, cut, restarted and verified."""

from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benyuan.assurance.clearing import clearing_of_command, clearing_of_day, transit_of_day
from benyuan.decisions.commands import Command
from benyuan.engine.verify import verify
from benyuan.payments.clearing.records import CLEARING_REASON_NUMBER, ClearingReason
from benyuan.payments.vocabulary import ReserveDirection
from benyuan.usecases import USE_CASES
from benyuan.usecases.clear import Clearing
from benyuan.usecases.close_day import Close
from benyuan.usecases.record_clearing_line import ClearingLine
from benyuan.usecases.resolve_clearing_item import ResolveItem
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.withdraw import Withdraw
from tests.unit.engine.clearing_model import House, Item, Line, Tx
from tests.unit.engine.groups import HOUR, MORNING, Desk, found_town, on_file, town

DAY = 24 * HOUR
FIRST = 20260501
RECEIVED, PAID = ReserveDirection.received, ReserveDirection.paid
FENS = (100, 100, 250, 700)


def line(order: int = 0, *, date: int = FIRST, fen: int = 100, way: ReserveDirection = RECEIVED) -> ClearingLine:
    """A line of the file."""
    named = "" if order else "theirs"
    return ClearingLine(institution=1, date=date, direction=way, amount_fen=fen, order=order, reference=named)


def close(date: int) -> Close:
    """The close of a day; what the custodian says does not matter here."""
    return Close(institution=1, date=date, statement_fen=0)


class Month:
    """A town in which transactions and lines are drawn, and the reference beside it."""

    def __init__(self, desk: Desk, draw: Random) -> None:
        self.desk, self.draw, self.house = desk, draw, House()
        self.made = [Tx(position, 1, 10_000, FIRST) for position in _top_ups(desk)]
        self.lines: list[Line] = []
        self.seen: set[Any] = set()
        self.cleared_fen = 0

    def day(self, number: int) -> None:
        """What happens on a day of May, in any order."""
        self.desk.now = MORNING + (number - 1) * DAY
        for _ in range(self.draw.randrange(9)):
            self.desk.now += HOUR // 4
            self.draw.choice((*[self._transact, self._line] * 2, self._clear, self._resolve))(number)

    def close(self, number: int) -> None:
        """Close a day of May, on the day after the last that there was."""
        date = FIRST + number - 1
        self.desk.done(close(date))
        lines = [each for each in self.lines if each.date <= date and each not in self.seen]
        if not lines and not self.house.due_from:
            return
        since = 0 if self.house.due_from else min(each.date for each in lines) - 1
        self.house.due_from = self.house.due_from or since
        there = [tx for tx in self.made if tx.on <= date and tx not in self.seen]
        self.seen |= {*lines, *there}
        self.house.close(date, [tx for tx in there if tx.on >= since], lines)
        self._check(date)

    def _transact(self, number: int) -> None:
        fen, out = self.draw.choice(FENS), self.draw.randrange(3) == 0
        command: Command = TopUp(wallet=1, bank_account=3, amount_fen=fen)
        if out:
            command = Withdraw(wallet=1, bank_account=3, amount_fen=fen)
        position = self.desk.one(command).position
        self.made.append(Tx(position, 2 if out else 1, fen, FIRST + number - 1))

    def _line(self, number: int) -> None:
        known = self.draw.choice(self.made)
        dice = self.draw.randrange(8)
        order = {0: 0, 1: known.order + 1, 2: self.desk.group.position + 2}.get(dice, known.order)
        way = known.way if self.draw.randrange(9) else 3 - known.way
        fen = known.fen if self.draw.randrange(4) else self.draw.choice(FENS)
        date = FIRST + max(0, number - 1 - self.draw.choice((0, 0, 1, 3)))
        made = line(order, date=date, fen=fen, way=RECEIVED if way == 1 else PAID)
        self.lines.append(Line(self.desk.one(made).position, date, order, way, fen))

    def _clear(self, number: int) -> None:
        del number
        if self.desk.one(Clearing(institution=1, reference="a", received_fen=100, paid_fen=0)).accepted:
            self.cleared_fen += 100

    def _resolve(self, number: int) -> None:
        """One of the open items, with a reason that fits."""
        del number
        held = self.desk.group.records.tables["clearing_item"]
        rows = _items(self.desk)
        waiting = [place for place, item in enumerate(rows) if item.is_open]
        if not waiting:
            return
        place = self.draw.choice(waiting)
        void = rows[place].finding == 2 and self.draw.randrange(2) == 0
        reason = ClearingReason.not_settled if void else ClearingReason.stands
        self.desk.done(ResolveItem(item=place + 1, reason=reason, operator="li", explanation="x"))
        known = self.house.items.index(rows[place])
        self.house.items[known] = _items(self.desk)[place]
        assert held.column("resolved")[place + 1] == self.desk.group.position

    def _check(self, date: int) -> None:
        shown = clearing_of_day(self.desk.group, institution=1, date=date)
        assert shown is not None
        assert Counter(_items(self.desk)) == Counter(self.house.items)
        assert shown["open"] == len(shown["items"]) == sum(item.is_open for item in self.house.items)
        for way, side in ((1, "in"), (2, "out")):
            standing = [item for item in self.house.items if item.way == way and not item.matched_on]
            wanted = {
                "transit": sum(tx.fen for tx in self.house.transit if tx.way == way),
                "open": sum(item.book_fen - item.file_fen for item in standing if item.is_open),
                "resolved": sum(item.book_fen - item.file_fen for item in standing if item.resolved and item.counts),
            }
            assert {name: shown[f"{name}_{side}_fen"] for name in wanted} == wanted
            explained = sum(wanted.values()) + shown[f"unexplained_{side}_fen"]
            assert shown[f"balance_{side}_fen"] == explained
        assert self.transit(date) == {(tx.order, tx.fen) for tx in self.house.transit}

    def transit(self, date: int) -> set[tuple[int, int]]:
        """What was in transit when a day was closed, as it is found again."""
        found = transit_of_day(self.desk.group, institution=1, date=date)
        return {(row["order"], row["amount_fen"]) for row in found}


def _top_ups(desk: Desk) -> list[int]:
    """The two top-ups with which a town begins."""
    return [desk.group.position - 1, desk.group.position]


def _items(desk: Desk) -> list[Item]:
    held = desk.group.records.tables["clearing_item"]
    names = ("direction", "finding", "order", "line", "book_fen", "file_fen", "matched_on", "resolved", "reason")
    rows = [[int(held.column(name)[number]) for name in names] for number in range(1, held.count + 1)]
    return [
        Item(
            way=way,
            finding=finding,
            order=order,
            line=line,
            book_fen=book_fen,
            file_fen=file_fen,
            matched_on=matched_on,
            resolved=resolved > 0,
            counts=reason != CLEARING_REASON_NUMBER[ClearingReason.not_settled],
        )
        for way, finding, order, line, book_fen, file_fen, matched_on, resolved, reason in rows
    ]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(seed=st.integers(0, 2**32), days=st.integers(2, 6), together=st.sets(st.integers(1, 6)))
def test_every_day_is_matched_as_by_hand(seed: int, days: int, together: set[int]) -> None:
    """`together`: days whose close waits for that of the next. Half-way the group is opened anew without a save."""
    with TemporaryDirectory() as directory:
        path = Path(directory) / "group.db"
        month = Month(found_town(on_file(path)), Random(seed))
        closed, then = 0, dict[int, set[tuple[int, int]]]()
        for number in range(1, days + 1):
            month.day(number)
            if number == days // 2:
                month.desk.group.store.close()
                month.desk = on_file(path, now=month.desk.now)
            if number in together and number < days:
                continue
            month.desk.now = max(month.desk.now, MORNING + number * DAY - 8 * HOUR)
            while closed < number:
                closed += 1
                month.close(closed)
                then[FIRST + closed - 1] = month.transit(FIRST + closed - 1)
        assert {date: month.transit(date) for date in then} == then
        store = month.desk.group.store
        assert verify(store, vault=month.desk.group.vault, use_cases=USE_CASES).faults == []
        assert verify(store, vault=month.desk.group.vault, use_cases=USE_CASES).differences == []
        store.close()


@pytest.fixture
def desk() -> Desk:
    """The town, whose two top-ups of 100.00 yuan the house cleared on the second of May."""
    desk = town()
    desk.now += DAY
    desk.done(Clearing(institution=1, reference="a", received_fen=20_000, paid_fen=0))
    return desk


def file_of(desk: Desk) -> list[ClearingLine]:
    first, second = _top_ups_of(desk)
    return [line(order, date=FIRST + 1, fen=10_000) for order in (first, second)]


def _top_ups_of(desk: Desk) -> tuple[int, int]:
    return desk.group.position - 2, desk.group.position - 1


def figures(desk: Desk, date: int) -> tuple[int, int, int, int]:
    """Lines, matched, open, and what nothing explains of what the house owes."""
    shown = clearing_of_day(desk.group, institution=1, date=date)
    assert shown is not None
    return shown["lines"], shown["matched"], shown["open"], shown["unexplained_in_fen"]


def test_the_same_file_again_is_no_second_file(desk: Desk) -> None:
    file = file_of(desk)
    requests = [desk.request(each, key=f"line {number}") for number, each in enumerate(file)]
    assert all(answer.accepted for answer in desk.group.execute(requests))
    again = desk.group.execute(requests)
    assert all(answer.repeated for answer in again)
    desk.now += DAY
    desk.done(close(FIRST + 1))
    assert figures(desk, FIRST + 1) == (2, 2, 0, 0)


def test_the_same_lines_in_another_file_are_found_to_be_too_many(desk: Desk) -> None:
    file = file_of(desk)
    desk.done(*file)
    desk.done(*file)
    desk.now += DAY
    desk.done(close(FIRST + 1))
    assert figures(desk, FIRST + 1) == (4, 2, 2, 20_000)
    shown = clearing_of_day(desk.group, institution=1, date=FIRST + 1)
    assert shown is not None
    assert [item["hint"] for item in shown["items"]] == ["another line names that order"] * 2


def test_lines_of_another_institution_are_not_ours(desk: Desk) -> None:
    desk.done(*file_of(desk))
    answer = desk.one(ClearingLine(institution=9, date=FIRST, direction=PAID, amount_fen=1, reference="x"))
    assert answer.invalid is not None
    assert answer.invalid.field == "institution"


def test_what_became_of_each(desk: Desk) -> None:
    first, second = _top_ups_of(desk)
    desk.done(line(first, date=FIRST + 1, fen=10_000), line(second, date=FIRST + 1, fen=9_999))
    lines = (desk.group.position - 1, desk.group.position)
    assert clearing_of_command(desk.group, first)[0]["state"] == "not_looked_at"
    later = desk.one(TopUp(wallet=1, bank_account=3, amount_fen=100)).position
    desk.now += DAY
    desk.done(close(FIRST + 1))
    states = [clearing_of_command(desk.group, position)[0]["state"] for position in (first, second, later, *lines)]
    assert states == ["matched", "amount_differs", "in_transit", "matched", "amount_differs"]
    assert clearing_of_command(desk.group, first)[0]["line"] == lines[0]
    assert clearing_of_command(desk.group, desk.group.position) == []


def test_a_line_that_guesses_an_order_does_not_meet_it(desk: Desk) -> None:
    guessed = desk.group.position + 2
    desk.done(line(guessed, date=FIRST + 1))
    assert desk.one(TopUp(wallet=1, bank_account=3, amount_fen=100)).position == guessed
    desk.now += DAY
    desk.done(close(FIRST + 1))
    assert figures(desk, FIRST + 1)[1:3] == (0, 3)


def test_however_many_batches_a_file_is_one_row(desk: Desk) -> None:
    before = desk.group.records.tables["clearing_part"].count
    order, count = _top_ups_of(desk)[0], 3_000
    columns = {
        "institution": [1] * count,
        "date": [FIRST] * count,
        "direction": ["received"] * count,
        "amount_fen": [1] * count,
        "order": [order] * count,
    }
    for client in ("one", "two"):
        keys = [str(number) for number in range(count)]
        answers = desk.group.execute_columns(kind="record_clearing_line", columns=columns, client=client, keys=keys)
        assert answers.counts() == {"accepted": count}
    parts = desk.group.records.tables["clearing_part"]
    assert (parts.count, int(parts.column("lines")[-1])) == (before + 1, 2 * count)
    assert int(parts.column("received_fen")[-1]) == 2 * count


def test_dates_in_any_order_give_the_same_rows_together_and_apart(desk: Desk) -> None:
    lines = [line(date=date) for date in (FIRST + 1, FIRST, FIRST + 1)]
    apart = town()
    for each in (desk, apart):
        each.now += DAY
    desk.done(*lines)
    for one in lines:
        apart.done(one)
    together, one_by_one = (each.group.records.tables["clearing_part"] for each in (desk, apart))
    assert together.column("date").tolist()[1:] == one_by_one.column("date").tolist()[1:] == [FIRST + 1, FIRST]
    assert together.column("lines").tolist() == one_by_one.column("lines").tolist()
