"""What the lender's use cases share: needs, faults, the steps of accounts that have to come to a morning first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chains import Chains
from benyuan.consumer_finance.chart import CREDIT_USES, BorrowerOwn, LenderLeg, LenderOwn
from benyuan.consumer_finance.columns import Ints, Truths, names_of, taken
from benyuan.consumer_finance.records import (
    ACCOUNT,
    ACCOUNT_MOVED,
    ACCOUNT_STEP,
    ACCOUNT_STEPPED,
    ACCOUNT_TERMS,
    BORROWER,
    CLOSED_PART,
    LENDER,
    LENDER_FIGURES,
    LENDER_POLICY,
    PRODUCT,
)
from benyuan.consumer_finance.revolving.cycle import Turned, come_to
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought, used_between
from benyuan.decisions.books import Books
from benyuan.decisions.events import Event
from benyuan.decisions.facts import Facts, Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import LegTable
from benyuan.decisions.usecase import Case
from benyuan.usecases.common import faults_where

ACCOUNT_NEEDS = (
    Need(table=ACCOUNT, by="account", prefix="account"),
    Need(table=BORROWER, by="account_borrower", prefix="borrower"),
    Need(table=LENDER, by="account_lender", prefix="lender"),
    Need(table=PRODUCT, by="account_product", prefix="product"),
)
"""An account, whose it is, and where the entries go."""
ACCOUNT_STATE_NEEDS = (
    Need(table=ACCOUNT_TERMS, by="account_terms", prefix="terms"),
    Need(table=ACCOUNT_STEP, by="account_last_step", prefix="step"),
)
RATIO_NEEDS = (
    Need(table=LENDER_FIGURES, by="account_lender", prefix="figures"),
    Need(table=LENDER_POLICY, by="account_lender", prefix="policy"),
)
Digest: TypeAlias = Annotated[str, msgspec.Meta(max_length=64)]  # tidy: number a length that we chose
Shards: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=4_096)]  # tidy: number shards that we chose as the most
MIRRORED = ("next_on", "oldest_due_on", "standing", "credit_fen")


def account_faults(case: Case) -> dict[int, Invalid]:
    """The account runs: neither closed nor written off."""
    return ended_faults(case, field="account")


def erased_faults(case: Case) -> dict[int, Invalid]:
    """A fault for each borrower who was erased: the number is nobody's, and who comes back is registered anew."""
    gone = case.facts.found("borrower") & (case.facts["borrower_particulars"] == 0)
    return faults_where(np.asarray(gone, np.bool_), case.batch, "borrower", "a borrower who was not erased")


def ended_faults(case: Case, *, field: str) -> dict[int, Invalid]:
    """A fault for each account that has ended, told by the field that led to it."""
    ids, standing = case.batch.integers(field), case.facts["account_standing"]
    return {
        place: Invalid(field=field, value=int(ids[place]), constraint="an account that runs, not one that has ended")
        for place in np.flatnonzero(standing).tolist()
    }


def account_chains(case: Case, *, owners: Ints, last: Ints, position: Ints) -> Chains:
    """Where the batch's steps of accounts are written."""
    next_id = case.facts.next_ids[ACCOUNT_STEP.name]
    return Chains(owner="account", owners=owners, last=last, position=position, next_id=next_id)


def add_rounds(chains: Chains, rounds: Sequence[Turned], *, places: Ints | None = None) -> None:
    """The steps of accounts that came to a morning; `places` of the chains where the rounds count from others."""
    for turned in rounds:
        place = turned.place if places is None else places[turned.place]
        chains.add(place=place, on=turned.on, kind=turned.kind, amount_fen=turned.amount_fen, state=turned.state)


def kept_rounds(rounds: Sequence[Turned], accepted: Truths) -> list[Turned]:
    """The steps of the commands that were accepted, by their places in the batch."""
    kept = []
    for turned in rounds:
        rows = np.flatnonzero(accepted[turned.place])
        kept.append(
            replace(
                turned,
                place=turned.place[rows],
                on=turned.on[rows],
                amount_fen=turned.amount_fen[rows],
                state=taken(turned.state, rows),
            )
        )
    return [turned for turned in kept if len(turned.place)]


def free_lines(table: LegTable, *, case: Case, where: Truths, amount: Ints) -> None:
    """A repayment of principal lowers what is used of the borrower's line, the account's, and the lender's capital."""
    facts = case.facts
    own = facts["lender_first_account"]
    for usage in (
        facts["borrower_first_usage"] + BorrowerOwn.line,
        facts["account_usage"],
        own + LenderOwn.exposure_usage,
    ):
        table.add(
            where=where,
            debit=own + LenderOwn.usage_control,
            credit=usage,
            amount=amount,
            code=LenderLeg.usage_freed,
        )


def add_credit_use(table: LegTable, *, case: Case, where: Truths, before: AccountState, after: AccountState) -> None:
    """What statements on the way paid out of the customer's credit, and the lines that this frees."""
    facts = case.facts
    used = used_between(before, after)
    for part, offset in CREDIT_USES.items():
        table.add(
            where=where & (used[part] > 0),
            debit=facts["lender_first_account"] + LenderOwn.customer_credit,
            credit=facts["product_first_account"] + offset,
            amount=used[part],
            code=LenderLeg.credit_used,
        )
    principal = used["principal"]
    free_lines(table, case=case, where=where & (principal > 0), amount=principal)


def account_events(chains: Chains) -> Sequence[Event]:
    """The events of the steps that were written."""
    return chains.events(stepped=ACCOUNT_STEPPED, moved=ACCOUNT_MOVED, mirrored=MIRRORED)


def last_closed(books: Books, lender: int) -> int:
    """The last day of a lender that is closed with all its shards; 0 for none."""
    mine = books.column(CLOSED_PART, "lender") == lender
    dates, shards = books.column(CLOSED_PART, "date"), books.column(CLOSED_PART, "shards")
    for date in np.unique(dates[mine])[::-1][:2].tolist():
        of = mine & (dates == date)
        if len(np.unique(books.column(CLOSED_PART, "shard")[of])) == int(shards[of][0]):
            return int(date)
    return 0


def last_begun(books: Books, lenders: Ints) -> Ints:
    """For each lender the last day of which any shard is closed; 0 for none."""
    each, place = np.unique(lenders, return_inverse=True)
    of, dates = books.column(CLOSED_PART, "lender"), books.column(CLOSED_PART, "date")
    last = np.array([int(dates[of == lender].max(initial=0)) for lender in each.tolist()], np.int64)
    return last[place.reshape(-1)]


def closed_faults(case: Case) -> dict[int, Invalid]:
    """What holds from a day on that is closed, or begun to be: no table may change under a close."""
    dates, last = case.batch.integers("from_date"), case.facts["book_last_begun"]
    return {
        place: Invalid(
            field="from_date",
            value=int(dates[place]),
            constraint=f"a day after {int(last[place])}, the last of which anything is closed",
        )
        for place in np.flatnonzero(np.asarray((dates <= last) & (last != 0), np.bool_)).tolist()
    }


def is_stale(case: Case) -> Truths:
    """Where a statement or a due day of the account has passed unnoticed, or a credit pays first."""
    return _steps_first(case.batch.on, case.facts)


def _steps_first(on: int, facts: Mapping[str, Ints] | Facts) -> Truths:
    next_on = facts["account_next_on"]
    return np.asarray(((next_on != 0) & (next_on <= on)) | (facts["account_credit_fen"] != 0), np.bool_)


def stale_accounts(batch_on: int, ids: Ints, facts: Mapping[str, Ints], books: Books) -> dict[str, NDArray[np.int64]]:
    """Accounts of the batch for which something has passed unnoticed, or a credit pays, each once, with all they need.

    Columns `stale_id`, `stale_last`, and terms, state and purchases as `stale_terms_…`, `stale_step_…`, `stale_…`.
    """
    stale = np.unique(ids[_steps_first(batch_on, facts) & (facts["account_found"] != 0)])
    last = books.column(ACCOUNT, "last_step")[stale]
    terms = books.column(ACCOUNT, "terms")[stale]
    columns = {"stale_id": stale, "stale_last": last}
    columns |= {f"stale_terms_{name}": books.column(ACCOUNT_TERMS, name)[terms] for name in names_of(AccountTerms)}
    columns |= {f"stale_step_{name}": books.column(ACCOUNT_STEP, name)[last] for name in names_of(AccountState)}
    columns |= {f"stale_{name}": books.column(ACCOUNT, name)[stale] for name in ("bought_fen", "bought_weight")}
    return columns


def settled_stale(case: Case, flows: Mapping[str, Ints]) -> tuple[AccountState, AccountState, list[Turned]]:
    """The stale accounts as they were and on the morning of the batch's day, and the steps on the way."""
    terms = AccountTerms(**{name: flows[f"stale_terms_{name}"] for name in names_of(AccountTerms)})
    state = AccountState(**{name: flows[f"stale_step_{name}"] for name in names_of(AccountState)})
    bought = Bought(bought_fen=flows["stale_bought_fen"], weight=flows["stale_bought_weight"])
    settled, rounds = come_to(terms, state, bought, np.full(len(flows["stale_id"]), case.batch.on))
    return state, settled, rounds
