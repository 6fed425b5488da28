"""A pay-later account on application, with a line of its own within what was granted over all products.

Order of checks: the product's place on the register; the borrower's line; the second source of a student; income is
evidenced and carries what falls due with the account's line (Order 2024 No. 4 arts. 18, 42, 52); the all-in cost sheet
was shown and is confirmed (from 2026-08-01, 金规〔2026〕2号); the yearly rate was shown (Order [2020] No. 5, art. 16);
the key facts of this account were confirmed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.borrowers import SECOND_SOURCE_STANDS
from benyuan.consumer_finance.chains import Chains
from benyuan.consumer_finance.chart import LenderAccount
from benyuan.consumer_finance.cost_sheet import of_account, sheet_gates, stands
from benyuan.consumer_finance.disclosure import RATE_SHOWN
from benyuan.consumer_finance.licence import LENDS_BY_LICENCE, licence_need
from benyuan.consumer_finance.limits import LINE
from benyuan.consumer_finance.records import (
    ACCOUNT,
    ACCOUNT_MOVED,
    ACCOUNT_OPENED,
    ACCOUNT_STEP,
    ACCOUNT_STEPPED,
    ACCOUNT_TERMS,
    BORROWER,
    LENDER,
    LENDER_POLICY,
    PRODUCT,
    PRODUCT_VERSION,
)
from benyuan.consumer_finance.revolving.cycle import first_statement_on
from benyuan.consumer_finance.revolving.state import opened_state
from benyuan.consumer_finance.sheets_shown import last_shown
from benyuan.consumer_finance.vocabulary import PRODUCT_KIND_NUMBER, AccountStep, ProductKind
from benyuan.consumer_protection.key_facts.records import ACCOUNT_FACTS
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import USAGE, Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.ledger.layout import ACCOUNT as ACCOUNT_LAYOUT
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, faults_where, numbered, rows
from benyuan.usecases.lending.capacity import burden, capacity_gates, income_need, line_part_fen
from benyuan.usecases.lending.coming_due import months_due
from benyuan.usecases.lending.facts_read import ACCOUNT_FACTS_READ, ACCOUNT_READ, used_up
from benyuan.usecases.lending.shared import MIRRORED, Digest
from benyuan.usecases.on_shelf import CREDIT_APPROVED, credit_on_shelf, suspended_faults
from benyuan.values.days import days_later


@command("open_credit_account", version=2)
class AccountApplication(Command, frozen=True, kw_only=True):
    """Open an account of `product` for `borrower` with `line_fen`.

    `cost_sheet`: the digest of the sheet of costs that was shown and is confirmed; `rate_shown`: the yearly rate was
    shown before.
    """

    borrower: Id
    product: Id
    line_fen: Fen
    cost_sheet: Digest = ""
    rate_shown: bool = True


def within_line(case: Case) -> NDArray[np.bool_]:
    """The account's line is within what the borrower was granted."""
    case.rules.value(id=LINE, on=case.batch.on)
    passes: NDArray[np.bool_] = case.batch.integers("line_fen") <= case.facts["borrower_line_fen"]
    return passes


class OpenCreditAccount(UseCase):
    """Opens the usage account of the line, and begins the chain of steps."""

    command = AccountApplication
    needs = (
        Need(table=BORROWER, by="borrower", prefix="borrower"),
        Need(table=PRODUCT, by="product", prefix="product"),
        Need(table=LENDER, by="product_lender", prefix="lender"),
        Need(table=PRODUCT_VERSION, by="product", prefix="version"),
        Need(table=ACCOUNT_TERMS, by="version_terms", prefix="terms"),
        Need(table=LENDER_POLICY, by="product_lender", prefix="policy"),
        licence_need("product_lender"),
        *credit_on_shelf("product"),
        income_need("borrower"),
        *ACCOUNT_READ,
    )
    gates = (
        LENDS_BY_LICENCE,
        *CREDIT_APPROVED,
        Gate(
            rule=LINE,
            passes=within_line,
            figures=lambda case, place: {
                "limit": int(case.facts["borrower_line_fen"][place]),
                "asked": int(case.batch.integers("line_fen")[place]),
            },
        ),
        SECOND_SOURCE_STANDS,
        *capacity_gates(),
        *sheet_gates(of_account),
        RATE_SHOWN,
        ACCOUNT_FACTS_READ,
    )
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What a borrower's income carries, and the key facts that were confirmed, are shared by their accounts."""
        return (batch.integers("borrower"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The dearest month here with what the account's line asks for, what a bureau told of; the sheet."""
        del facts
        borrowers = batch.integers("borrower")
        due = months_due(books, borrowers, on=batch.on)
        part = line_part_fen(batch.integers("line_fen"), on=batch.on, rules=rules)
        carried = burden(batch, due=due, line_part=part, borrowers=borrowers, books=books, rules=rules)
        return last_shown(batch, books, borrowers) | carried, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Product and borrower are one lender's; the product is pay-later, has terms on the day, is not suspended."""
        batch, facts = case.batch, case.facts
        others = facts["product_lender"] != facts["borrower_lender"]
        kind = facts["product_kind"] != PRODUCT_KIND_NUMBER[ProductKind.pay_later.value]
        return {
            **faults_where(facts["borrower_frozen"] != 0, batch, "borrower", "a borrower who is not frozen"),
            **faults_where(facts["version_found"] == 0, batch, "product", "a product whose terms have begun"),
            **suspended_faults(case, field="product"),
            **faults_where(kind, batch, "product", "a pay-later product"),
            **faults_where(others, batch, "product", "a product of the borrower's lender"),
        }

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """The usage account of the line."""
        made = np.zeros(int(goes_on.sum()), ACCOUNT_LAYOUT)
        made["book"], made["unit"] = case.facts["lender_book"][goes_on], USAGE
        made["code"] = LenderAccount.line_usage
        return made

    def record(self, decided: Decided) -> Recorded:
        """The account and its first step."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[ACCOUNT.name])
        places = np.flatnonzero(accepted)
        confirmed = stands(decided.case, of_account)
        on = np.full(len(places), batch.on)
        next_on = days_later(first_statement_on(on, facts["terms_statement_day"][places]), 1)
        columns = {
            "id": ids,
            "lender": facts["product_lender"],
            "borrower": batch.integers("borrower"),
            "product": batch.integers("product"),
            "terms": facts["version_terms"],
            "usage": numbered(accepted, facts.next_account),
            "opened_on": batch.on,
            "line_fen": batch.integers("line_fen"),
            "frozen": 0,
            "bought_fen": 0,
            "bought_weight": 0,
            "day_count": facts["terms_day_count"],
            "sheet_confirmed": np.where(confirmed, batch.position, 0),
            "last_step": 0,
            "next_on": 0,
            "oldest_due_on": 0,
            "standing": 0,
            "credit_fen": 0,
        }
        none = np.zeros(len(places), np.int64)
        chains = Chains(
            owner="account",
            owners=ids[places],
            last=none,
            position=batch.position[places],
            next_id=facts.next_ids[ACCOUNT_STEP.name],
        )
        state = opened_state(on=on, next_on=next_on)
        chains.add(place=np.arange(len(places)), on=on, kind=AccountStep.opened, amount_fen=none, state=state)
        steps = chains.events(stepped=ACCOUNT_STEPPED, moved=ACCOUNT_MOVED, mirrored=MIRRORED) if len(places) else ()
        opened = event(ACCOUNT_OPENED, rows(accepted, **columns))
        used = used_up(decided, table=ACCOUNT_FACTS, ids=batch.integers("borrower"))
        return Recorded(results={"account": ids}, events=[*opened, *steps, *used])
