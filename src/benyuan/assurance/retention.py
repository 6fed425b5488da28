"""What is due to be erased on a day, by sort of record, and the erasing of it: a command a sort and day of record.

Every command is a commit of its own, so whoever is killed goes on where it stopped; what has been erased is found no
more, so whoever asks twice erases once. No more than the records of one day are in memory.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from benyuan.consumer_finance.records import BORROWER, LENDER
from benyuan.engine.books import EngineBooks
from benyuan.engine.group import Group
from benyuan.payments.retention.candidates import Found, found_on, starts
from benyuan.payments.retention.holds import Reason
from benyuan.payments.retention.sorts import Sort, newest_start, term
from benyuan.usecases.lending.borrowers_over import days_over, longest, over_on
from benyuan.values.dates import local_day

CLIENT = "retention"
SAMPLES = 5
Progress = Callable[[str, int, int], None]


@dataclass(slots=True, kw_only=True)
class Due:
    """A sort of record on a day: the rule that governs, how many records are over their term, and what holds some back.

    `rule` empty: no rule on such records is in force. Dates as yyyymmdd; `samples` are ids, or log positions.
    """

    sort: str
    rule: str = ""
    document: str = ""
    article: str = ""
    years: int = 0
    count: int = 0
    held: Counter[str] = field(default_factory=Counter)
    first_start: int = 0
    last_start: int = 0
    samples: list[int] = field(default_factory=list)

    def add(self, date: int, found: Found) -> None:
        """Take in the records of a day."""
        self.count += len(found.free)
        self.held.update(Reason(reason).name for reason in found.reason[found.reason != 0].tolist())
        self.samples += found.free[: SAMPLES - len(self.samples)].tolist()
        if len(found.free):
            self.first_start = self.first_start or date
            self.last_start = date


@dataclass(slots=True, kw_only=True)
class Erasure:
    """What one run has erased, by sort; `days` is how many commands that took, `keys` how many keys were destroyed."""

    erased: dict[str, int] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    days: int = 0
    keys: int = 0


def due(group: Group, *, on: int) -> list[Due]:
    """What could be erased on a day (yyyymmdd), by sort; nothing is changed."""
    found = []
    for sort in Sort:
        row = _governed(group, sort.value, on)
        for date, records in _records(group, sort.value, on):
            row.add(date, records)
        found.append(row)
    return [*found, _borrowers_due(group, on)]


def _borrowers_due(group: Group, on: int) -> Due:
    """The borrowers of all lenders."""
    chosen = longest(group.regime.pack, on=on)
    row = Due(sort=BORROWER.name) if chosen is None else _by_rule(group, BORROWER.name, chosen, on)
    for lender, date in _days_of_borrowers(group, on):
        over = over_on(_books(group), lender=lender, date=date)
        row.add(date, Found(ids=over.ids, reason=over.reason))
    return row


def _days_of_borrowers(group: Group, on: int) -> list[tuple[int, int]]:
    """(lender, day on which relationships ended) of all that are over their term."""
    chosen, lenders = longest(group.regime.pack, on=on), group.records.tables[LENDER.name].count
    if chosen is None:
        return []
    last, books = min(newest_start(on, chosen[1]), local_day(group.last_at)), _books(group)
    return [(lender, day) for lender in range(1, lenders + 1) for day in days_over(books, lender=lender, last=last)]


def _erase_borrowers(group: Group, done: Erasure, *, on: int, at: int | None, progress: Progress | None) -> None:
    """A command a lender and day."""
    for lender, date in _days_of_borrowers(group, on):
        over = over_on(_books(group), lender=lender, date=date)
        done.held[BORROWER.name] = done.held.get(BORROWER.name, 0) + len(over.ids) - len(over.free)
        if len(over.free) == 0:
            continue
        [answer] = group.execute_columns(
            kind="erase_borrowers",
            columns={"lender": [lender], "date": [date]},
            client=CLIENT,
            keys=[f"borrower:{lender}:{date}:{group.position + 1}"],
            at=at,
        )
        if not answer.accepted:
            raise AssertionError(f"borrowers of {lender} of {date} were due and are refused: {answer}")
        done.erased[BORROWER.name] = done.erased.get(BORROWER.name, 0) + int(answer.results["erased"])
        done.days += 1
        if progress is not None:
            progress(BORROWER.name, date, int(answer.results["erased"]))


def erase(group: Group, *, on: int, at: int | None, progress: Progress | None = None) -> Erasure:
    """Erase what is due on a day, then destroy keys and clean the files; `at`: the commands' time, or None.

    A run that was killed is taken up again. Errors: VaultLocked before anything is erased where the keys are not here;
    StoreUnavailable.
    """
    group.payloads.ready()
    done = Erasure()
    for sort in Sort:
        for date, records in _records(group, sort.value, on):
            if len(records.free) == 0:
                done.held[sort.value] = done.held.get(sort.value, 0) + len(records.held)
                continue
            erased, held = _erase_day(group, sort.value, date, at)
            done.erased[sort.value] = done.erased.get(sort.value, 0) + erased
            done.held[sort.value] = done.held.get(sort.value, 0) + held
            done.days += 1
            if progress is not None:
                progress(sort.value, date, erased)
    _erase_borrowers(group, done, on=on, at=at, progress=progress)
    done.keys = group.finish_erasing()
    return done


def _erase_day(group: Group, sort: str, date: int, at: int | None) -> tuple[int, int]:
    """One command. Its key is of its own: a day is asked for again when what was held back is free."""
    answers = group.execute_columns(
        kind="erase_records",
        columns={"sort": [sort], "date": [date]},
        client=CLIENT,
        keys=[f"{sort}:{date}:{group.position + 1}"],
        at=at,
    )
    if not answers[0].accepted:
        raise AssertionError(f"{sort} of {date} was due and is refused: {answers[0]}")
    return int(answers[0].results["erased"]), int(answers[0].results["held"])


def _governed(group: Group, sort: str, on: int) -> Due:
    chosen = term(group.regime.pack, sort, on=on)
    return Due(sort=sort) if chosen is None else _by_rule(group, sort, chosen, on)


def _by_rule(group: Group, sort: str, chosen: tuple[str, int], on: int) -> Due:
    value = group.regime.pack.value(id=chosen[0], on=on)
    return Due(
        sort=sort,
        rule=chosen[0],
        document=value.cite.document,
        article=f"{value.cite.article or ''}{value.cite.item or ''}",
        years=chosen[1],
    )


def _records(group: Group, sort: str, on: int) -> Iterator[tuple[int, Found]]:
    """(day, records whose term began on it) where there are any, oldest first."""
    chosen, first = term(group.regime.pack, sort, on=on), group.store.first_at()
    if chosen is None or first is None:
        return
    last = min(newest_start(on, chosen[1]), local_day(group.last_at))
    for date in list(starts(_books(group), sort, first=local_day(first), last=last)):
        found = found_on(_books(group), sort, date)
        if len(found.ids):
            yield date, found


def _books(group: Group) -> EngineBooks:
    return group.books()
