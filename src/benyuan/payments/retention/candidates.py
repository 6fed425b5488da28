"""Which records of a sort began their term on a day, and what holds them back.

A person's relationship ends when the last wallet is closed and the last merchant has left that the person stands
for; one who never had either counts from registration. A business ends with its last shop. A dispute decided later
moves the end. A code counts from its expiry, everything else from the day of its command.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books, DayCommands
from benyuan.parties.lists import LIST_ENTRY
from benyuan.payments.flows import OF_MERCHANT, OF_PERSON
from benyuan.payments.monitoring.records import SUSPICIOUS_CASE
from benyuan.payments.name_lists import LIST_MATCH
from benyuan.payments.records import (
    BANK_ACCOUNT,
    BANK_NUMBER,
    BUSINESS,
    DISPUTE,
    DUTY,
    IDENTITY,
    MERCHANT,
    PAYER_CODE,
    PERSON,
    WALLET,
)
from benyuan.payments.retention.holds import Holds, Reason, at, disputed_payments, first_of, held_as
from benyuan.payments.retention.records import ERASED_DAY, ERASED_MERCHANT, HELD_RECORD, day_id
from benyuan.payments.retention.sorts import BY_DAY, KINDS_OF, SORT_NUMBER, Sort
from benyuan.payments.vocabulary import MERCHANT_KIND_NUMBER, NATURAL_KINDS
from benyuan.values.dates import add_calendar_days, day_begins_at, day_ends_at, local_days

Column = NDArray[np.int64]
NONE = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Records by number, or by log position where the sort is by day; `reason`: what holds each back, 0 nothing."""

    ids: Column
    reason: Column

    @property
    def free(self) -> Column:
        """Those that nothing holds back."""
        free: Column = self.ids[self.reason == 0]
        return free

    @property
    def held(self) -> Column:
        """Those that are held back."""
        held: Column = self.ids[self.reason != 0]
        return held


def ends_of_people(books: Books) -> Column:
    """By person the day on which the relationship ended (yyyymmdd); 0 where it stands, or where it has been erased."""
    registered = books.column(PERSON, "registered_on")
    ended, serving = registered.copy(), np.zeros(len(registered), np.bool_)
    people, closed = books.column(WALLET, "person"), books.column(WALLET, "closed_on")
    principals, left = books.column(MERCHANT, "principal"), books.column(MERCHANT, "left_on")
    np.maximum.at(ended, people, closed)
    np.maximum.at(ended, principals, left)
    np.maximum.at(ended, people[books.column(DISPUTE, "wallet")], books.column(DISPUTE, "decided_on"))
    serving[people[closed == 0]] = True
    serving[principals[left == 0]] = True
    return np.where(serving | (registered == 0), 0, ended)


def ends_of_merchants(books: Books) -> Column:
    """By merchant the day on which the last shop of its business left; 0 where it is served, or erased."""
    business, left = books.column(MERCHANT, "business"), books.column(MERCHANT, "left_on")
    ended, serving = np.zeros(len(left), np.int64), np.zeros(len(left), np.bool_)
    np.maximum.at(ended, business, left)
    np.maximum.at(ended, business[books.column(DISPUTE, "merchant")], books.column(DISPUTE, "decided_on"))
    serving[business[left == 0]] = True
    ends = np.where(serving[business], 0, ended[business])
    ends[books.ids(ERASED_MERCHANT)] = 0
    return np.asarray(ends, np.int64)


def starts(books: Books, sort: str, *, first: int, last: int) -> Iterator[int]:
    """The days up to and with `last` on which records of a sort began their term; days of the log from `first` on.

    A day of the log may turn out to have no such record.
    """
    if sort not in BY_DAY:
        days = np.unique(_days_of(books, sort))
        yield from days[(days > 0) & (days <= last)].tolist()
        return
    mine = (books.column(ERASED_DAY, "sort") == SORT_NUMBER[sort]) & (books.column(ERASED_DAY, "held") == 0)
    done = set(books.column(ERASED_DAY, "date")[mine].tolist())
    day = first
    while day <= last:
        if day not in done:
            yield day
        day = add_calendar_days(day, 1)


def _days_of(books: Books, sort: str) -> Column:
    match sort:
        case Sort.person:
            return ends_of_people(books)
        case Sort.merchant:
            return ends_of_merchants(books)
        case Sort.list_entry:
            return books.column(LIST_ENTRY, "unlisted_on")
    used = books.column(PAYER_CODE, "used")[1:] != 0
    expired = books.column(PAYER_CODE, "expires_at")[1:]
    return local_days(expired[used == (sort == Sort.used_code)]).astype(np.int64)


def found_on(books: Books, sort: str, date: int) -> Found:
    """The records of a sort whose term began on a day."""
    match sort:
        case Sort.person:
            ids = np.flatnonzero(ends_of_people(books) == date)
            return Found(ids=ids, reason=at(Holds(books).with_disputes().with_duties().people, ids))
        case Sort.merchant:
            ids = np.flatnonzero(ends_of_merchants(books) == date)
            return Found(ids=ids, reason=at(Holds(books).with_disputes().with_duties().merchants, ids))
        case Sort.list_entry:
            return _entries(books, date)
        case Sort.used_code | Sort.expired_code:
            return _codes(books, date, used=sort == Sort.used_code)
    return _payloads(books, sort, date)


def _entries(books: Books, date: int) -> Found:
    """Entries taken off their list; one is held back while a case about it is open."""
    ids = books.ids(LIST_ENTRY)[books.column(LIST_ENTRY, "unlisted_on") == date]
    is_open = books.column(SUSPICIOUS_CASE, "verdict")[books.column(LIST_MATCH, "opened_case")] == 0
    waiting = books.column(LIST_MATCH, "entry")[is_open]
    ids = np.sort(ids)
    return Found(ids=ids, reason=held_as(np.isin(ids, waiting), Reason.case))


def _codes(books: Books, date: int, *, used: bool) -> Found:
    expires, by = books.column(PAYER_CODE, "expires_at"), books.column(PAYER_CODE, "used")
    wanted = (expires >= day_begins_at(date)) & (expires < day_ends_at(date)) & ((by != 0) == used) & (expires > 0)
    places = np.flatnonzero(wanted)
    places = places[np.argsort(books.ids(PAYER_CODE)[places], kind="stable")]
    people = at(books.column(WALLET, "person"), books.column(PAYER_CODE, "wallet")[places])
    disputed = held_as(np.isin(by[places], disputed_payments(books)), Reason.dispute)
    reason = first_of(at(Holds(books).people, people), disputed)
    return Found(ids=books.ids(PAYER_CODE)[places], reason=reason)


def _payloads(books: Books, sort: str, date: int) -> Found:
    """Payloads of the day's commands; where the day has been erased before, of those that were held back then."""
    again = erased_before(books, sort, date)
    waiting = books.ids(HELD_RECORD)[
        (books.column(HELD_RECORD, "sort") == SORT_NUMBER[sort]) & (books.column(HELD_RECORD, "date") == date)
    ]
    if again and len(waiting) == 0:
        return Found(ids=NONE, reason=NONE)
    day = [commands for commands in books.sealed(date) if commands.kind in KINDS_OF[sort]]
    if not day:
        return Found(ids=NONE, reason=NONE)
    holds, disputed = Holds(books).with_duties(arose_on=date), disputed_payments(books)
    parts = [(commands.columns["position"], _reasons(books, sort, commands, holds, disputed)) for commands in day]
    ids = np.concatenate([NONE, *(position for position, _ in parts)])
    reason = np.concatenate([NONE, *(each for _, each in parts)])
    wanted = (reason >= 0) & (np.isin(ids, waiting) if again else True)
    return Found(ids=ids[wanted], reason=reason[wanted])


def erased_before(books: Books, sort: str, date: int) -> bool:
    """Whether the payloads of a day have been erased before."""
    return bool((books.ids(ERASED_DAY) == day_id(SORT_NUMBER[sort], date)).any())


def _reasons(books: Books, sort: str, commands: DayCommands, holds: Holds, disputed: Column) -> Column:
    """The reasons of a block's commands; -1 for one that is not of the sort."""
    columns = commands.columns
    if sort == Sort.applicant:
        return np.where(columns["accepted"] == 0, 0, -1)
    if sort == Sort.case_paper:
        cases = columns.get("case", np.zeros(len(columns["position"]), np.int64))  # none where none was opened
        return _of_cases(books, cases, holds)
    payment = columns.get("payment", columns["position"])
    people = books.column(WALLET, "person")
    wallets = [at(holds.people, at(people, columns[name])) for name in ("payer", "payee", "wallet") if name in columns]
    shops = [at(holds.merchants, columns["merchant"])] if "merchant" in columns else []
    return first_of(held_as(np.isin(payment, disputed), Reason.dispute), *wallets, *shops)


def _of_cases(books: Books, cases: Column, holds: Holds) -> Column:
    """Papers of a case wait for its verdict and its report, and for what holds its subject back."""
    known = np.where((cases > 0) & (cases < len(books.column(SUSPICIOUS_CASE, "verdict"))), cases, 0)
    judged = (books.column(SUSPICIOUS_CASE, "verdict")[known] != 0) | (known == 0)
    duty = books.column(SUSPICIOUS_CASE, "duty")[known]
    owed = (duty != 0) & (books.column(DUTY, "done_on")[duty] == 0)
    kind, subject = (books.column(SUSPICIOUS_CASE, name)[known] for name in ("subject_kind", "subject"))
    of_person = at(holds.people, np.where(kind == OF_PERSON, subject, 0))
    of_merchant = at(holds.merchants, np.where(kind == OF_MERCHANT, subject, 0))
    return first_of(held_as(~judged, Reason.case), held_as(owed, Reason.duty), of_person, of_merchant)


def identities_of_people(books: Books, people: Column) -> Column:
    """The numbers of all identities that these people have shown."""
    return np.sort(books.ids(IDENTITY)[np.isin(books.column(IDENTITY, "person"), people) & (books.ids(IDENTITY) != 0)])


def bank_numbers_of_people(books: Books, people: Column) -> Column:
    """The numbers of the identities under which the numbers of these people's bank accounts are sealed."""
    person = books.column(BANK_ACCOUNT, "person")[books.column(BANK_NUMBER, "bank_account")]
    return np.sort(books.ids(BANK_NUMBER)[np.isin(person, people) & (books.ids(BANK_NUMBER) != 0)])


def identities_of_merchants(books: Books, merchants: Column) -> Column:
    """The numbers of the identities of the businesses that these merchants are."""
    mine = np.isin(books.column(BUSINESS, "merchant"), merchants) & (books.ids(BUSINESS) != 0)
    return np.sort(books.ids(BUSINESS)[mine])


def registrations_without_code(books: Books, merchants: Column) -> Column:
    """The log positions of the commands that registered micro-merchants and sellers, where these came with a payload.

    Neither has a code and so an identity: what it said of itself lies under the key of the month.
    """
    kinds = [MERCHANT_KIND_NUMBER[kind] for kind in NATURAL_KINDS]
    micro = merchants[np.isin(books.column(MERCHANT, "kind")[merchants], kinds)]
    days = np.unique(books.column(MERCHANT, "registered_on")[micro]).tolist()
    found = [
        commands.columns["position"][np.isin(commands.columns["merchant"], micro)]
        for day in days
        for commands in books.sealed(day)
        if commands.kind == "register_merchant" and "merchant" in commands.columns
    ]
    return np.concatenate([NONE, *found])
