"""A statement: what came in and went out of a wallet or a merchant's account between two days, the balance after each.

Article: PBoC Announcement [2015] No. 43, art. 28 (the customer's own transactions can be queried, at least the last
year's). Days are those of posting, in China, both included: a row that was booked late for an earlier business date
stands on the day it was booked, as the balances of all days before were what they were. Money is seen as its owner
sees it: in is what the account gained. Worked: opening 100.00, in 20.00, out 50.00, so closing 70.00, always.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.statements.holders import Counterparties, Holder, Parties, Party
from benyuan.engine.group import Group
from benyuan.ledger.walking import AccountRows
from benyuan.payments.chart import LegCode
from benyuan.values.dates import day_begins_at, day_ends_at
from benyuan.values.errors import BadInput

NOT_OF_CUSTOMERS = (
    *(LegCode.clearing_received, LegCode.clearing_paid, LegCode.usage, LegCode.dispute_hold, LegCode.freeze_hold),
    *(LegCode.provision_set_aside, LegCode.provision_released, LegCode.recovery_paid_in),
)
KINDS = tuple(code.name for code in LegCode if code not in NOT_OF_CUSTOMERS)
"""What an entry can be: every kind of leg that touches a wallet or a merchant's account; a hold moves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Two days, yyyymmdd, both included; as instants half-open."""

    first_day: int
    last_day: int

    def __post_init__(self) -> None:
        """Errors: BadInput."""
        if self.first_day > self.last_day:
            raise BadInput("from", self.first_day, f"a day not after the last one, {self.last_day}")

    @property
    def begins_at(self) -> int:
        """The first instant, microseconds since 1970 UTC."""
        return day_begins_at(self.first_day)

    @property
    def ends_at(self) -> int:
        """The first instant after."""
        return day_ends_at(self.last_day)


class Search(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Which entries are wanted; without anything all of them. Amounts in fen, both ends included."""

    kinds: tuple[str, ...] = ()
    least_fen: int | None = None
    most_fen: int | None = None
    counterparty: Party | None = None

    def of_rows(self, rows: AccountRows) -> NDArray[np.bool_]:
        """Which rows post anything and fit, but for the counterparty."""
        amounts = np.abs(rows.moved)
        fits: NDArray[np.bool_] = amounts > 0
        if self.kinds:
            fits &= np.isin(rows.code, [LegCode[kind] for kind in self.kinds])
        if self.least_fen is not None:
            fits &= amounts >= self.least_fen
        if self.most_fen is not None:
            fits &= amounts <= self.most_fen
        return fits


EVERYTHING = Search()
_NO_END = 1 << 63


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry, in fen. `leg` is the cursor of `--before`; `command` the ID that `benyuan why` takes, 0: none.

    `by_card_fen`: what a bank account or card moved, while the balance stayed as it was; 0 in every other entry.
    """

    leg: int
    at: int
    business_date: int
    kind: str
    counterparty: str
    in_fen: int
    out_fen: int
    balance_fen: int
    command: int
    by_card_fen: int = 0


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """How many entries, and what came in and went out, in fen."""

    entries: int = 0
    in_fen: int = 0
    out_fen: int = 0

    def with_rows(self, rows: AccountRows) -> "Totals":
        """These and more rows. The ledger keeps both sums of an account in 64 bits, so they fit."""
        return Totals(
            entries=self.entries + len(rows),
            in_fen=self.in_fen - int(rows.moved[rows.moved < 0].sum()),
            out_fen=self.out_fen + int(rows.moved[rows.moved > 0].sum()),
        )

    def and_more(self, other: "Totals") -> "Totals":
        """These and others."""
        return Totals(
            entries=self.entries + other.entries,
            in_fen=self.in_fen + other.in_fen,
            out_fen=self.out_fen + other.out_fen,
        )


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Entries, newest last. `next_before` is the cursor of the entries before them; None: there are none."""

    entries: list[Entry]
    next_before: int | None


class Statement:
    """A statement of one account, read from the journal as it is asked for.

    `by_card`: entries that do not move the account, newest last, to be shown among those that do.

    Errors of every method: StoreDamaged.
    """

    def __init__(
        self,
        *,
        group: Group,
        holder: Holder,
        period: Period,
        search: Search = EVERYTHING,
        by_card: Sequence[Entry] = (),
    ) -> None:
        self.holder = holder
        self.period = period
        self.search = search
        self._ledger = group.ledger
        self._counterparties = Counterparties(group, holder)
        self._newest = self._ledger.newest_before(holder.account, at=period.ends_at)
        self._stop = self._ledger.newest_before(holder.account, at=period.begins_at)
        self.opening_fen = self._balance_after(self._stop)
        self.closing_fen = self._balance_after(self._newest)
        self._by_card = by_card
        self._ends: list[int] = []
        self._totals: tuple[Totals, Totals] | None = None

    def totals(self) -> Totals:
        """Of all entries of the period, whatever is searched for."""
        return self._summed()[0]

    def found(self) -> Totals:
        """Of the entries that are searched for."""
        return self._summed()[1]

    def entries(self) -> Iterator[Entry]:
        """The entries that are searched for, newest last, read block by block: no more than one is in memory."""
        yield from merge(self._posted(), self._by_card, key=lambda entry: entry.leg)

    def _posted(self) -> Iterator[Entry]:
        self._summed()
        for leg in reversed(self._ends):
            rows = self._ledger.rows_at(self.holder.account, leg=leg, stop=self._stop)
            yield from _entries(*self._chosen(rows))

    def page(self, *, limit: int, before: int | None = None) -> Page:
        """The newest `limit` of the entries that are searched for, of those with a leg under `before`."""
        parts: list[list[Entry]] = []
        wanted = limit + 1  # one more says whether there are any before
        start = self._newest
        if before is not None and before <= start:
            start = self._ledger.newest_before(self.holder.account, leg=before)
        for rows in self._ledger.rows_back(self.holder.account, last=start, stop=self._stop):
            parts.append(list(_entries(*self._chosen(rows, at_most=wanted))))
            wanted -= len(parts[-1])
            if wanted == 0:
                break
        posted = [entry for part in reversed(parts) for entry in part]
        oldest = posted[0].leg if wanted == 0 else 0
        by_card = [entry for entry in self._by_card if oldest < entry.leg < (before or _NO_END)]
        found = list(merge(posted, by_card, key=lambda entry: entry.leg))
        shown = found[-limit:]
        return Page(entries=shown, next_before=shown[0].leg if len(found) > limit else None)

    def _balance_after(self, leg: int) -> int:
        if leg == 0:
            return 0
        return -int(self._ledger.rows_at(self.holder.account, leg=leg, stop=leg - 1).after[-1])

    def _summed(self) -> tuple[Totals, Totals]:
        """The totals, in one pass that also notes in which blocks the entries are."""
        if self._totals is None:
            every, found = Totals(), Totals()
            for rows in self._ledger.rows_back(self.holder.account, last=self._newest, stop=self._stop):
                self._ends.append(int(rows.leg[-1]))
                every = every.with_rows(rows.chosen(rows.moved != 0))
                if self.search != EVERYTHING:
                    found = found.with_rows(self._chosen(rows)[0])
            more = Totals(entries=len(self._by_card))
            self._totals = (every.and_more(more), (every if self.search == EVERYTHING else found).and_more(more))
        return self._totals

    def _chosen(self, rows: AccountRows, *, at_most: int | None = None) -> tuple[AccountRows, Parties]:
        """The rows that are searched for, the newest `at_most` of them, with their counterparties."""
        fitting = rows.chosen(self.search.of_rows(rows))
        party = self.search.counterparty
        if party is None and at_most is not None:
            fitting = fitting.chosen(np.arange(max(0, len(fitting) - at_most), len(fitting)))
        parties = self._counterparties.of(fitting)
        if party is None:
            return fitting, parties
        places = np.flatnonzero(parties.are(party))[-at_most if at_most is not None else 0 :]
        return fitting.chosen(places), Parties(kind=parties.kind[places], id=parties.id[places])


def _entries(rows: AccountRows, parties: Parties) -> Iterator[Entry]:
    gained = -rows.moved
    columns = (
        *(rows.leg, rows.at, rows.business_date, rows.code),
        *(np.maximum(gained, 0), np.maximum(-gained, 0), -rows.after, rows.reference),
    )
    lists = zip(*(column.tolist() for column in columns), parties.names(), strict=True)
    for leg, at, business_date, code, in_fen, out_fen, balance_fen, command, counterparty in lists:
        yield Entry(
            leg=leg,
            at=at,
            business_date=business_date,
            kind=kind_name(code),
            counterparty=counterparty,
            in_fen=in_fen,
            out_fen=out_fen,
            balance_fen=balance_fen,
            command=command,
        )


def kind_name(code: int) -> str:
    """The name of a kind of leg; its number for a leg that no command of ours posts."""
    return _NAMES.get(code) or str(code)


_NAMES = {int(code): code.name for code in LegCode}
