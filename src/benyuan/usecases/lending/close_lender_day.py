"""The close of a lender's day, shard by shard; with the last shard the entries of the day are posted.

Each shard takes note of what happened on its loans and accounts, statements, due days, instalments, and keeps what it
comes to by product. With the last one the day's income and provisions are posted: one entry a product, account and
stage, the difference between what the books of loans come to and what is posted already. So no cut changes a total, a
shard that is closed again is refused, and a close that was broken off goes on with the shards that are left.
"""

from collections.abc import Mapping
from functools import partial

import numpy as np
from numpy.typing import NDArray

from benyuan.closing.entries import credit_entries, entries_of
from benyuan.closing.parts import assessed_shard, parts_of, totals_of
from benyuan.closing.risk import CLASS_RULES, LossRates, Thresholds
from benyuan.closing.shards import ShardAccounts, ShardLoans, shard_accounts, shard_loans
from benyuan.consumer_finance.chains import Chains
from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.records import (
    ACCOUNT_MOVED,
    ACCOUNT_STEP,
    ACCOUNT_STEPPED,
    CLOSED_PART,
    LENDER,
    LENDER_PART_CLOSED,
    LENDER_POLICY,
    LOAN_MOVED,
    LOAN_STEP,
    LOAN_STEPPED,
    LOSS_RATE,
    PRODUCT,
)
from benyuan.consumer_finance.vocabulary import LoanStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable, no_legs
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Count, Id, Yyyymmdd, day_exists
from benyuan.usecases.lending.shared import MIRRORED, Shards, add_rounds
from benyuan.values.dates import add_calendar_days

ENTRY = ("debit", "credit", "amount", "code")
WRITTEN = {
    LOAN_STEPPED: "loan_step_",
    LOAN_MOVED: "loan_move_",
    ACCOUNT_STEPPED: "account_step_",
    ACCOUNT_MOVED: "account_move_",
    LENDER_PART_CLOSED: "part_",
}
_WITHOUT_RATES = "a lender whose table of loss rates has begun, with a row from 0 days on for each of its products"


@command("close_lender_day")
class LenderClose(Command, frozen=True, kw_only=True):
    """Close the part `shard` of `shards` of `date` in the book of `lender`; shards count from 0."""

    lender: Id
    date: Yyyymmdd
    shard: Count = 0
    shards: Shards = 1


class CloseLenderDay(UseCase):
    """Surveys a shard of the book."""

    command = LenderClose
    needs = (Need(table=LENDER, by="lender", prefix="lender"),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What may be closed next, and for that what there is to write and to post."""
        lender, date = int(batch.integers("lender")[0]), int(batch.integers("date")[0])
        shard, shards = int(batch.integers("shard")[0]), int(batch.integers("shards")[0])
        closed = _closed(books, lender)
        next_on, done = _next_on(closed, registered_on=int(facts["lender_registered_on"][0]))
        held = {name: closed[name][closed["date"] == next_on] for name in closed}
        columns = {
            "book_next_close": next_on,
            "book_last_closed": done,
            "book_shards": int(held["shards"].max(initial=0)),
            "book_done": int(shard in held["shard"].tolist()),
            "book_rates": int(_has_rates(books, lender, date)),
        }
        told = {name: np.full(len(batch), value) for name, value in columns.items()}
        if not _may_close(columns, date=date, shard=shard, shards=shards, today=batch.on):
            return told, {}
        flows = _closed_shard(
            books,
            rules,
            lender=lender,
            date=date,
            shard=shard,
            shards=shards,
            held=held,
            position=int(batch.position[0]),
            policy=_policy_on(books, lender, date),
        )
        return told, flows

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day is over and the next one to close; its shards are those that it was begun with; none comes twice."""
        batch, facts = case.batch, case.facts
        date, shard = int(batch.integers("date")[0]), int(batch.integers("shard")[0])
        shards, begun = int(batch.integers("shards")[0]), int(facts["book_shards"][0])
        next_on = int(facts["book_next_close"][0])
        checks = (
            (not day_exists(date), "date", date, "a day that exists, as yyyymmdd"),
            (date >= batch.on, "date", date, f"a day that is over, before {batch.on}"),
            (date != next_on, "date", date, f"the day to close next, which is {next_on}"),
            (shard >= shards, "shard", shard, f"a number below {shards}, the number of shards"),
            (begun not in (0, shards), "shards", shards, f"{begun}, as the close of the day was begun with"),
            (facts["book_done"][0] != 0, "shard", shard, "a shard that is not closed yet"),
            (facts["book_rates"][0] == 0, "lender", int(batch.integers("lender")[0]), _WITHOUT_RATES),
        )
        for wrong, field, value, constraint in checks:
            if wrong:
                return {0: Invalid(field=field, value=value, constraint=constraint)}
        return {}

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """The day's entries, dated by the day."""
        if not goes_on.all() or "entry_debit" not in case.facts.flows:
            return no_legs()
        batch, flows = case.batch, case.facts.flows
        table = LegTable(at=batch.at, reference=batch.position, business_date=batch.integers("date"))
        for debit, credit, amount, code in zip(*(flows[f"entry_{name}"].tolist() for name in ENTRY), strict=True):
            table.add(where=goes_on, debit=debit, credit=credit, amount=amount, code=code)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The steps of the day, what the shard comes to, and how much was posted."""
        batch, flows = decided.case.batch, decided.case.facts.flows
        if not decided.accepted.all():
            return Recorded(results=dict.fromkeys(("steps", "entries"), np.zeros(len(batch), np.int64)))
        written = {kind: _named(flows, prefix) for kind, prefix in WRITTEN.items()}
        return Recorded(
            results={
                "steps": np.array([len(written[LOAN_STEPPED]["id"]) + len(written[ACCOUNT_STEPPED]["id"])]),
                "entries": np.array([len(flows["entry_amount"])]),
            },
            events=[each for kind, columns in written.items() for each in event(kind, columns)],
        )


def _named(flows: Mapping[str, Ints], prefix: str) -> dict[str, Ints]:
    """The flows of one event, by the names of its columns."""
    columns = {name.removeprefix(prefix): flow for name, flow in flows.items() if name.startswith(prefix)}
    return columns or {"id": np.zeros(0, np.int64)}


def _closed(books: Books, lender: int) -> dict[str, Ints]:
    """The parts of the lender that are closed."""
    mine = books.column(CLOSED_PART, "lender") == lender
    return {name: books.column(CLOSED_PART, name)[mine] for name in CLOSED_PART.columns}


def _next_on(closed: Mapping[str, Ints], *, registered_on: int) -> tuple[int, int]:
    """The day to close next, and the last that is closed with all its shards, 0 for none."""
    last = int(closed["date"].max(initial=0))
    if not last:
        return registered_on, 0
    of = closed["date"] == last
    whole = len(np.unique(closed["shard"][of])) == int(closed["shards"][of][0])
    return (add_calendar_days(last, 1), last) if whole else (last, add_calendar_days(last, -1))


def _may_close(columns: Mapping[str, int], *, date: int, shard: int, shards: int, today: int) -> bool:
    right_day = day_exists(date) and date < today and date == columns["book_next_close"]
    right_shard = shard < shards and columns["book_shards"] in (0, shards) and not columns["book_done"]
    return right_day and right_shard and bool(columns["book_rates"])


def rates_on(books: Books, lender: int, date: int) -> LossRates:
    """The version of the table that holds on a day, in order of product and days."""
    column = partial(books.column, LOSS_RATE)
    mine = (column("lender") == lender) & (column("from_date") <= date)
    version = int(column("from_date")[mine].max(initial=0))
    rows = np.flatnonzero(mine & (column("from_date") == version) & (version > 0))
    rows = rows[np.lexsort((column("days_from")[rows], column("product")[rows]))]
    return LossRates(**{name: column(name)[rows] for name in names_of(LossRates)})


def _has_rates(books: Books, lender: int, date: int) -> bool:
    """Whether each product of the lender has rates from 0 days overdue on, of its own or those for any."""
    rates = rates_on(books, lender, date)
    begun = set(rates.product[rates.days_from == 0].tolist())
    mine = np.flatnonzero(books.column(PRODUCT, "lender") == lender)
    own = set(rates.product.tolist())
    return bool(begun) and all(each in begun if each in own else 0 in begun for each in mine.tolist())


def _policy_on(books: Books, lender: int, date: int) -> dict[str, int]:
    """The lender's choices that held on a day, 0 before the first; of one day's the last that was made."""
    column = partial(books.column, LENDER_POLICY)
    rows = np.flatnonzero((column("owner") == lender) & (column("from_date") <= date))
    row = int(rows[np.argsort(column("from_date")[rows], kind="stable")][-1]) if len(rows) else 0
    return {name: int(column(name)[row]) for name in ("conversion_ppm", "stage_two_days")}


def thresholds(rules: RulePack, *, on: int, stage_two_days: int) -> Thresholds:
    """What classes and stages begin at on a day, by the rules and by the lender's own choice."""
    values = [rules.value(id=rule, on=on) for rule in CLASS_RULES]
    special, substandard, doubtful, loss = values
    return Thresholds(
        class_days=(special.count, substandard.count, doubtful.count, loss.count),
        doubtful_ppm=doubtful.parameters.ppm("loss_from"),
        loss_ppm=loss.parameters.ppm("loss_from"),
        stage_two_days=stage_two_days,
    )


def _closed_shard(
    books: Books,
    rules: RulePack,
    *,
    lender: int,
    date: int,
    shard: int,
    shards: int,
    held: Mapping[str, Ints],
    position: int,
    policy: Mapping[str, int],
) -> dict[str, Ints]:
    """What is to be written of a shard; and, where it is the last one, posted."""
    which = {"lender": lender, "on": date, "shard": shard, "shards": shards}
    loans, accounts = shard_loans(books, **which), shard_accounts(books, **which)
    measures = [loans.measures, accounts.measures]
    risk = assessed_shard(
        measures,
        conversion_ppm=policy["conversion_ppm"],
        rates=rates_on(books, lender, date),
        at=thresholds(rules, on=date, stage_two_days=policy["stage_two_days"]),
    )
    parts = parts_of(measures, risk)
    kept = _kept_parts(books, parts, lender=lender, date=date, shard=shard, shards=shards)
    flows = {f"part_{name}": column for name, column in kept.items()}
    flows |= _steps(books, loans, accounts, position=position)
    is_last = len(np.unique(held["shard"])) == shards - 1
    whole = {name: np.concatenate([held[name], parts[name]]) for name in parts}
    entries = credit_entries(lender=lender, account=accounts.id, used=accounts.used, books=books)
    entries += entries_of(totals_of(whole), books, on=date) if is_last else []
    flows |= {f"entry_{name}": np.array([getattr(entry, name) for entry in entries], np.int64) for name in ENTRY}
    return flows


def _kept_parts(books: Books, parts: Mapping[str, Ints], **own: int) -> dict[str, Ints]:
    """The rows of the shard; one without a product where it has no loans, so that it is known to be closed."""
    count = max(len(parts["product"]), 1)
    first = len(books.column(CLOSED_PART, "lender"))
    rows = {name: column if len(column) else np.zeros(1, np.int64) for name, column in parts.items()}
    return {"id": np.arange(first, first + count)} | {name: np.full(count, value) for name, value in own.items()} | rows


def _steps(books: Books, loans: ShardLoans, accounts: ShardAccounts, *, position: int) -> dict[str, Ints]:
    of_loans = Chains(
        owner="loan",
        owners=loans.id,
        last=loans.last_step,
        position=np.full(len(loans.id), position),
        next_id=len(books.column(LOAN_STEP, "loan")),
    )
    for fell in loans.rounds:
        of_loans.add(place=fell.place, on=fell.on, kind=LoanStep.fell_due, amount_fen=fell.amount_fen, state=fell.state)
    of_accounts = Chains(
        owner="account",
        owners=accounts.id,
        last=accounts.last_step,
        position=np.full(len(accounts.id), position),
        next_id=len(books.column(ACCOUNT_STEP, "account")),
    )
    add_rounds(of_accounts, accounts.rounds)
    flows: dict[str, Ints] = {}
    for prefixes, (steps, moves) in (
        (("loan_step_", "loan_move_"), of_loans.rows()),
        (("account_step_", "account_move_"), of_accounts.rows(mirrored=MIRRORED)),
    ):
        for prefix, columns in zip(prefixes, (steps, moves), strict=True):
            flows |= {f"{prefix}{name}": column for name, column in columns.items()}
    return flows
