"""A member's figures on credit to small businesses in a period, by class of borrower, with its price and source.

Sources: none at hand prescribes them; `gov.house.small_micro.rate` and the checks here are the house's. Order of
checks: the body is no consumer finance company (令2024年第4号, art. 2), its average rate is one; then the figures fit
one another. The total of a period comes first, and classes must fit into it; a figure recorded again takes the place
of the one before. Worked number: a balance of 500.00 with 600.00 non-performing is refused by `bad_fen`.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Gate, Survey
from benyuan.governance.business_credit import (
    BUSINESS_CREDIT,
    BUSINESS_CREDIT_RECORDED,
    COUNTED,
    CREDIT_SIZE_NUMBER,
    LENDS_TO_BUSINESSES,
    TOTAL,
    CreditSize,
    misfit,
)
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.records import BODY_BUSINESS
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.bodies.vocabulary import BUSINESS_NUMBER, Business
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact, body_need

NO_BUSINESSES, RATE = "cf.business.none", "gov.house.small_micro.rate"
CONSUMER_FINANCE = BUSINESS_NUMBER[Business.consumer_finance]
LENDERS = [BUSINESS_NUMBER[business] for business in LENDS_TO_BUSINESSES]
MaybeFen: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)]
Ppm: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=10_000_000)]  # tidy: number more than any rate there is
FIGURES = (*COUNTED, "rate_ppm")


@command("record_business_credit")
class BusinessCreditFields(Sourced, frozen=True, kw_only=True):
    """What `body` had lent to businesses of `size` at the end of `until`, and newly lent from `from_date` on.

    `rate_ppm`: the average yearly rate of what was newly lent, weighted by amount, 0 where nothing was.
    """

    body: Id
    size: CreditSize
    from_date: Yyyymmdd
    until: Yyyymmdd
    balance_fen: MaybeFen
    borrowers: MaybeFen
    lent_fen: MaybeFen
    rate_ppm: Ppm
    bad_fen: MaybeFen


def _for_consumption(case: Case) -> NDArray[np.bool_]:
    """Where the body is a consumer finance company, on a day on which the text speaks of it."""
    if case.rules.in_force(id=NO_BUSINESSES, on=case.batch.on) is None:
        return np.zeros(len(case.batch), np.bool_)
    return np.asarray(case.facts["does_business"] == CONSUMER_FINANCE, np.bool_)


def _within(case: Case) -> NDArray[np.bool_]:
    """Where the average is no more than the house takes."""
    return np.asarray(case.batch.integers("rate_ppm") <= case.rules.value(id=RATE, on=case.batch.on).ppm, np.bool_)


class RecordBusinessCredit(DatedFact):
    """Records it; of one body, period and class the last counts."""

    command = BusinessCreditFields
    needs = (body_need("body"), Need(table=BODY_BUSINESS, by="body", prefix="does"))
    gates = (
        Gate(rule=NO_BUSINESSES, passes=lambda case: ~_for_consumption(case), applies=_for_consumption),
        Gate(
            rule=RATE,
            passes=_within,
            figures=lambda case, place: {
                "rate_ppm": int(case.batch.integers("rate_ppm")[place]),
                "limit_ppm": case.rules.value(id=RATE, on=case.batch.on).ppm,
            },
        ),
    )
    surveys = True
    table, kind = BUSINESS_CREDIT, BUSINESS_CREDIT_RECORDED
    names = ("body", "until", *FIGURES)
    words = {"size": ("size", CREDIT_SIZE_NUMBER)}  # noqa: RUF012  read only
    pair = None

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The last figures of body and period, a flow for each column, in the order of classes."""
        del facts, rules
        same = np.ones(len(books.column(BUSINESS_CREDIT, "body")), np.bool_)
        for name in ("body", "from_date", "until"):
            same &= books.column(BUSINESS_CREDIT, name) == batch.integers(name)[0]
        last: dict[int, int] = {}
        for place in np.flatnonzero(same).tolist():
            last[int(books.column(BUSINESS_CREDIT, "size")[place])] = place
        places = np.array([last[size] for size in sorted(last)], np.int64)
        return {}, {name: books.column(BUSINESS_CREDIT, name)[places] for name in ("size", *FIGURES)}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Days in order and past, figures that fit one another, and classes that fit into the total."""
        batch = case.batch
        column = {name: batch.integers(name) for name in ("from_date", "until", *FIGURES)}
        lends = np.isin(case.facts["does_business"], LENDERS)
        wrong = (
            (column["bad_fen"] > column["balance_fen"], "bad_fen", "no more than the balance"),
            (
                (column["borrowers"] == 0) != (column["balance_fen"] == 0),
                "borrowers",
                "0 where the balance is 0, else more",
            ),
            ((column["rate_ppm"] == 0) != (column["lent_fen"] == 0), "rate_ppm", "0 where nothing was lent, else more"),
            (column["borrowers"] > column["balance_fen"], "borrowers", "no more than there are fen"),
            (column["until"] < column["from_date"], "until", "a day not before from_date"),
            (~lends, "body", "a body that lends to businesses by what it does (record_body_business)"),
        )
        found: dict[int, Invalid] = {}
        for where, field, wanted in wrong:
            found |= faults_where(np.asarray(where, np.bool_), batch, field, wanted)
        found |= {**super().faults(case), **no_such_day(batch, "until", until=batch.on)}
        return found or _misfits(case)


def _misfits(case: Case) -> dict[int, Invalid]:
    """The fault of the one command whose class does not fit into its total."""
    batch, flows = case.batch, case.facts.flows
    size = int(batch.numbers("size", CREDIT_SIZE_NUMBER)[0])
    known: dict[int, Any] = {
        number: {name: int(flows[name][place]) for name in FIGURES}
        for place, number in enumerate(flows["size"].tolist())
    }
    known[size] = {name: int(batch.integers(name)[0]) for name in FIGURES}
    total = known.pop(TOTAL, None)
    if total is None:
        wanted = "total, of which nothing is recorded yet for this body and period"
        return {0: Invalid(field="size", value=batch.values("size")[0], constraint=wanted)}
    most = case.rules.value(id=RATE, on=batch.on).ppm
    wrong = misfit(total, known.values(), most_ppm=most)
    if wrong is None:
        return {}
    field, wanted = wrong
    return {0: Invalid(field=field, value=int(batch.integers(field)[0]), constraint=wanted)}
