"""The sheet of all costs is put before a borrower, whole: of an offer, of an account, of what is to be agreed on.

Source: 金规〔2026〕2号: online it pops up, is read for a time, and is confirmed. The moment is the log's own, and
nobody states how long it was read: a draw measures from here (`cost.sheet.online`). The sheet of an offer or an
account follows from its terms, so another one is not taken; that of more terms, or of a plan, depends on the state of
its day, and is held against it when it is agreed on. Worked number: shown at 10:00:00 with 5 seconds to read, a draw
of 10:00:04 is refused.
"""

import numpy as np

from benyuan.consumer_finance.columns import Ints, Truths, names_of
from benyuan.consumer_finance.cost_sheet import DIGITS, LOAN_TERMS, OFFERED, account_sheet, digest, loan_sheet
from benyuan.consumer_finance.records import (
    ACCOUNT,
    ACCOUNT_TERMS,
    BORROWER,
    LOAN,
    OFFER,
    PRODUCT,
    PRODUCT_VERSION,
    SHEET_SHOWN,
    SHEET_WAS_SHOWN,
)
from benyuan.consumer_finance.records import LOAN_TERMS as LOAN_TERMS_TABLE
from benyuan.consumer_finance.revolving.state import AccountTerms
from benyuan.consumer_finance.sheets_shown import marks_of
from benyuan.consumer_finance.vocabulary import PRODUCT_KIND_NUMBER, ProductKind, SheetOf
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import text_faults
from benyuan.usecases.common import Id, MaybeId, faults_where, numbered, rows
from benyuan.usecases.lending.shared import Digest

PAY_LATER = PRODUCT_KIND_NUMBER[ProductKind.pay_later.value]
NAMES = {
    "offer": SheetOf.offer,
    "product": SheetOf.product,
    "account": SheetOf.account,
    "loan": SheetOf.extension,
    "plan_of": SheetOf.plan,
}
"""The fields that say what a sheet is of, of which each command has one."""


@command("show_cost_sheet")
class SheetFields(Command, frozen=True, kw_only=True):
    """`borrower` has the sheet of all costs with the digest `cost_sheet` on the screen; it is of one of the others.

    `offer`: of a loan and its further parts; `product`: of a pay-later account that is to be opened; `account`: of one
    that runs; `loan`: of what is left of it with more terms; `plan_of`: the account of which a plan is to be made.
    """

    borrower: Id
    cost_sheet: Digest
    offer: MaybeId = 0
    product: MaybeId = 0
    account: MaybeId = 0
    loan: MaybeId = 0
    plan_of: MaybeId = 0


def _named(batch: Batch) -> Ints:
    """How many things each command names."""
    return np.asarray(np.sum([batch.integers(name) != 0 for name in NAMES], axis=0), np.int64)


def _made(case: Case, place: int) -> str:
    """The digest of the sheet as the terms make it; empty where that is not known before it is agreed on."""
    batch, facts = case.batch, case.facts
    if batch.integers("offer")[place]:
        offer = {name: facts[f"offer_{name}"][place] for name in OFFERED}
        return digest(loan_sheet(offer, {name: facts[f"lent_{name}"][place] for name in LOAN_TERMS}))
    for field, prefix in (("product", "sold"), ("account", "terms")):
        if batch.integers(field)[place]:
            return digest(account_sheet({name: facts[f"{prefix}_{name}"][place] for name in names_of(AccountTerms)}))
    return ""


def _another(case: Case) -> Truths:
    """Where the sheet that is shown is not that of the terms."""
    given = case.batch.values("cost_sheet")
    return np.array([_made(case, place) not in ("", given[place]) for place in range(len(case.batch))], np.bool_)


def _no_digest(batch: Batch) -> Truths:
    given = batch.values("cost_sheet")
    return np.array([len(text) != DIGITS or not set(text) <= set("0123456789abcdef") for text in given], np.bool_)


class ShowCostSheet(UseCase):
    """Keeps which sheet, to whom, of what, and when."""

    command = SheetFields
    needs = (
        Need(table=BORROWER, by="borrower", prefix="borrower"),
        Need(table=OFFER, by="offer", prefix="offer"),
        Need(table=LOAN_TERMS_TABLE, by="offer_terms", prefix="lent"),
        Need(table=PRODUCT, by="product", prefix="product"),
        Need(table=PRODUCT_VERSION, by="product", prefix="version"),
        Need(table=ACCOUNT_TERMS, by="version_terms", prefix="sold"),
        Need(table=ACCOUNT, by="account", prefix="account"),
        Need(table=ACCOUNT_TERMS, by="account_terms", prefix="terms"),
        Need(table=LOAN, by="loan", prefix="loan"),
        Need(table=ACCOUNT, by="plan_of", prefix="plan"),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One thing, and the borrower's own; its sheet and no other."""
        batch, facts = case.batch, case.facts
        borrower, named = batch.integers("borrower"), _named(batch)
        prefixes = {"offer": "offer", "account": "account", "loan": "loan", "plan_of": "plan"}
        others = {
            field: np.asarray((batch.integers(field) != 0) & (facts[f"{prefix}_borrower"] != borrower), np.bool_)
            for field, prefix in prefixes.items()
        }
        asked = batch.integers("product") != 0
        sold = (facts["product_kind"] == PAY_LATER) & (facts["product_lender"] == facts["borrower_lender"])
        unsold = np.asarray(asked & ~(sold & facts.found("version")), np.bool_)
        digits = f"a digest of {DIGITS} hexadecimal digits in lower case"
        found: dict[int, Invalid] = {
            **text_faults(_another(case), batch, "cost_sheet", "the digest of the sheet of these very costs"),
            **text_faults(_no_digest(batch), batch, "cost_sheet", digits),
            **faults_where(unsold, batch, "product", "a pay-later product of their lender whose terms have begun"),
        }
        for field, wrong in others.items():
            found |= faults_where(wrong, batch, field, "one of the borrower's own")
        one = "of a single thing: offer, product, account, loan or plan_of, and no two of them"
        return {**found, **faults_where(np.asarray(named != 1, np.bool_), batch, "borrower", one)}

    def record(self, decided: Decided) -> Recorded:
        """A row of its own, for good."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[SHEET_SHOWN.name])
        borrower, sheet = batch.integers("borrower"), batch.text_numbers("cost_sheet")
        columns = {
            "id": ids,
            "borrower": borrower,
            "what": sum((batch.integers(name) != 0) * int(what) for name, what in NAMES.items()),
            "number": sum(batch.integers(name) for name in NAMES),
            "sheet": sheet,
            "mark": marks_of(borrower, sheet),
            "at": batch.at,
            "position": batch.position,
        }
        return Recorded(results={"shown": ids}, events=event(SHEET_WAS_SHOWN, rows(accepted, **columns)))
