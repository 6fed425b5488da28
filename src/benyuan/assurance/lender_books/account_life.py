"""The life of one pay-later account: terms, purchases, every step with what it was for, what is owed on any day.

Purchases are no steps, they add to two running totals; so both lists stand here, and an auditor puts them side by side
by their days with docs/algorithms/pay-later.md. Worked number: 130.00 paid when 100.00 were billed is a step of 130.00,
principal 100.00 and credit 30.00.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.lender_books.steps import steps_to
from benyuan.assurance.lender_books.wording import ACCOUNT_WORDS, in_words
from benyuan.consumer_finance.columns import names_of
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP, ACCOUNT_TERMS
from benyuan.consumer_finance.revolving.accrual import brought_to, interest_ever
from benyuan.consumer_finance.revolving.cycle import come_to
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought
from benyuan.consumer_finance.vocabulary import AccountStep, Standing
from benyuan.engine.group import Group
from benyuan.parties.people import LAST_DAY
from benyuan.values.dates import add_calendar_days, from_yyyymmdd, local_day
from benyuan.values.errors import BadInput


class AccountStepTold(msgspec.Struct, frozen=True, kw_only=True):
    """A step: what it is about and how it splits; `command`: its ID for `benyuan why`; `after`: the state it left.

    At a statement `bought_fen` is what it newly asks for and `interest_fen` what it bills; in all other steps
    principal, interest and fees are what was paid of each. `credit_fen`: what the customer's credit grew by.
    """

    step: int
    on: int
    kind: str
    amount_fen: int
    bought_fen: int
    principal_fen: int
    interest_fen: int
    fees_fen: int
    credit_fen: int
    asked_fen: int
    command: int
    after: dict[str, Any]


class Purchase(msgspec.Struct, frozen=True, kw_only=True):
    """What an account bought, or below 0 what was given back or planned while it was unbilled; fen, and fen × clock."""

    on: int
    kind: str
    amount_fen: int
    weight: int
    command: int


class AccountOwed(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed on the morning of a day, once the day's own commands are done; interest is for the nights before.

    `interest_so_far_fen` is owed but on no statement yet; `whole_fen` less `credit_fen` would pay everything.
    """

    on: int
    fees_fen: int
    interest_fen: int
    billed_fen: int
    asked_fen: int
    minimum_left_fen: int
    due_on: int
    unbilled_fen: int
    interest_so_far_fen: int
    credit_fen: int
    whole_fen: int
    days_overdue: int
    revolving: bool


class AccountLife(msgspec.Struct, frozen=True, kw_only=True):
    """One account."""

    account: int
    row: dict[str, int]
    terms: dict[str, Any]
    steps: list[AccountStepTold]
    purchases: list[Purchase]
    owed: AccountOwed


def account_life(group: Group, *, account: int, on: int | None = None) -> AccountLife:
    """An account as of day `on` (yyyymmdd), that of the log's last command without it; later days as nothing happens.

    Errors: LookupError for no such account; BadInput for a day before it was opened.
    """
    held = group.records.tables[ACCOUNT.name]
    if not 1 <= account <= held.count:
        raise LookupError(f"no account {account}; the last one is {held.count}")
    row = {name: int(held.column(name)[account]) for name in ACCOUNT.columns}
    day = local_day(group.last_at) if on is None else on
    from_yyyymmdd(day)
    if day < row["opened_on"]:
        raise BadInput("on", day, f"a day from {row['opened_on']} on, when the account was opened")
    terms, chain = _terms(group, row["terms"]), steps_to(group, ACCOUNT_STEP, row["last_step"])
    last = [step for step in chain if step["on_date"] <= day][-1]
    bought = sorted(_purchases(group, account, row["opened_on"]), key=lambda each: each.command)
    return AccountLife(
        account=account,
        row=row,
        terms=in_words({name: int(getattr(terms, name)[0]) for name in names_of(AccountTerms)}, words=ACCOUNT_WORDS),
        steps=[_told(one, two) for one, two in zip([None, *chain], chain, strict=False)],
        purchases=bought,
        owed=_owed(terms, last, bought, day),
    )


def _terms(group: Group, row: int) -> AccountTerms:
    held = group.records.tables[ACCOUNT_TERMS.name]
    return AccountTerms(**{name: held.column(name)[[row]] for name in names_of(AccountTerms)})


def _told(before: Mapping[str, int] | None, step: Mapping[str, int]) -> AccountStepTold:
    kind = AccountStep(step["kind"])
    grown = {name: step[name] - (before[name] if before else 0) for name in names_of(AccountState)}
    bought = grown["bought_billed_fen"]
    billed = kind is AccountStep.stated
    return AccountStepTold(
        step=step["id"],
        on=step["on_date"],
        kind=kind.name,
        amount_fen=step["amount_fen"],
        bought_fen=bought,
        principal_fen=bought - grown["billed_fen"],
        interest_fen=grown["interest_made_fen"] if billed else grown["interest_made_fen"] - grown["interest_fen"],
        fees_fen=grown["fees_made_fen"] - grown["fees_fen"],
        credit_fen=grown["credit_fen"],
        asked_fen=step["billed_fen"] + step["interest_fen"] + step["fees_fen"],
        command=step["position"],
        after=in_words({name: step[name] for name in names_of(AccountState)}, words=ACCOUNT_WORDS),
    )


def _purchases(group: Group, account: int, opened_on: int) -> Iterator[Purchase]:
    books = group.books()
    for commands in books.days(opened_on, LAST_DAY):
        if "bought_fen" not in commands.columns:
            continue
        mine = np.flatnonzero((commands.columns["account"] == account) & (commands.columns["bought_fen"] != 0))
        columns = (commands.columns[name][mine].tolist() for name in ("at", "bought_fen", "bought_weight", "position"))
        for at, fen, weight, position in zip(*columns, strict=True):
            yield Purchase(on=local_day(at), kind=commands.kind, amount_fen=fen, weight=weight, command=position)


def _owed(terms: AccountTerms, step: Mapping[str, int], purchases: Sequence[Purchase], on: int) -> AccountOwed:
    """Purchases of the day itself stand on no statement that is taken note of on its morning."""
    day = np.array([on])
    state = AccountState(**{name: np.array([step[name]]) for name in names_of(AccountState)})
    state, _ = come_to(terms, state, _bought(purchases, before=on), day)
    with_today = _bought(purchases, before=add_calendar_days(on, 1))
    interest = int(interest_ever(terms, state, with_today, day)[0]) - int(state.interest_made_fen[0])
    one = {name: int(getattr(brought_to(terms, state, day), name)[0]) for name in names_of(AccountState)}
    return _told_owed(one, interest=interest, unbilled=_unbilled(one, with_today), on=on)


def _bought(purchases: Sequence[Purchase], *, before: int) -> Bought:
    """The running totals of what came before a day."""
    counted = [each for each in purchases if each.on < before]
    fen, weight = sum(each.amount_fen for each in counted), sum(each.weight for each in counted)
    return Bought(bought_fen=np.array([fen]), weight=np.array([weight]))


def _unbilled(state: Mapping[str, int], bought: Bought) -> int:
    runs = state["standing"] == Standing.open
    return int(bought.bought_fen[0]) - state["bought_billed_fen"] if runs else 0


def _told_owed(state: Mapping[str, int], *, interest: int, unbilled: int, on: int) -> AccountOwed:
    asked = state["billed_fen"] + state["interest_fen"] + state["fees_fen"]
    oldest = state["oldest_due_on"]
    left = min(max(state["minimum_fen"] - state["paid_since_fen"], 0), asked)
    return AccountOwed(
        on=on,
        fees_fen=state["fees_fen"],
        interest_fen=state["interest_fen"],
        billed_fen=state["billed_fen"],
        asked_fen=asked,
        minimum_left_fen=left,
        due_on=state["due_on"],
        unbilled_fen=unbilled,
        interest_so_far_fen=interest,
        credit_fen=state["credit_fen"],
        whole_fen=asked + unbilled + interest,
        days_overdue=(from_yyyymmdd(on) - from_yyyymmdd(oldest)).days if oldest else 0,
        revolving=bool(state["revolving"]),
    )
