"""The gate at postings: what a related party does as a customer is not booked without the approval that it needs.

Sources: PBoC Order [2023] No. 1, arts. 14, 15, 27, 28; CBIRC Order 2022 No. 1, arts. 14, 23, 45, 57; how a customer's
act is asked is our choice (`rpt.house.customers`). Whether any customer of a batch is tied to a body is asked first, of
columns; where none is, that is all. A tied one begins a batch of its own, so that each counts what those before it did.
Its act is then treated with the others of its year as `benyuan group dealings` treats them, and refused where more
than before would be left open. Worked: major from 1,000.00 on, two draws of 600.00 in one file are one act of a day:
the first passes, the second is refused without an approval of 1,200.00.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, DecideAlone, Gate, Survey
from benyuan.governance.related.exposures import Ints
from benyuan.governance.related.laws import HOLDING, base_day
from benyuan.governance.related.vocabulary import TransactionSort
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.ties import CUSTOMER_TIE
from benyuan.rules import RulePack
from benyuan.usecases.common import faults_where
from benyuan.usecases.related.act_grades import Grades, Treated
from benyuan.usecases.related.acts import FEES, FINANCE, SERVICES, Act, Year, acts_of, customer_of, in_order, ties_of
from benyuan.usecases.related.joint import joint_parts
from benyuan.usecases.related.shared import Truths
from benyuan.usecases.related.sides import Side, Sides

NAMES = ("law", "body", "party", "asked_fen", "day_fen", "year_fen", "base_fen", "open_fen", "unmeasured_on")
CUSTOMERS = "rpt.house.customers"
FIGURES = ("body", "party", "asked_fen", "day_fen", "year_fen", "base_fen", "left_fen")
CUTS = "tied_cuts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What each command of a batch asks of one firm: `numbers` by the column of a tie, of whom it is asked.

    `who`: what the customer is, and its number; `book`: of the firm; `fen`: what counts of it.
    """

    what: str
    sort: TransactionSort
    who: tuple[str, Ints]
    numbers: Mapping[str, Ints]
    book: Ints
    fen: Ints


def of_borrower(facts: Mapping[str, Ints], borrower: Ints, *, what: str, fen: Ints) -> Asked:
    """A borrower asks its lender for money."""
    numbers = {"borrower": borrower}
    return Asked(
        what=what, sort=FINANCE, who=("borrower", borrower), numbers=numbers, book=facts["lender_book"], fen=fen
    )


def of_merchant(batch: Batch, facts: Mapping[str, Ints], *, fen: Ints) -> Asked:
    """A merchant pays its institution's fee."""
    return Asked(
        what=FEES,
        sort=SERVICES,
        who=("merchant", batch.integers("merchant")),
        numbers={"merchant": facts["merchant_business"], "person": facts["merchant_principal"]},
        book=facts["institution_book"],
        fen=fen,
    )


def asked_of_tied(batch: Batch, books: Books, rules: RulePack, *asked: Asked) -> Survey:
    """Nothing, where nobody is tied; else where the batch is cut; else how the first command's acts are treated."""
    places = _tied(books, asked)
    if not len(places) or rules.in_force(id=CUSTOMERS, on=batch.on) is None:
        return {}, {}
    if len(later := places[places > 0]):
        return {}, {CUTS: later}
    found = dict.fromkeys(NAMES, 0)
    for each in asked:
        for told in _treated(batch, books, rules, each):
            found = max(found, told, key=lambda one: (one["open_fen"] > 0, one["unmeasured_on"], one["law"]))
    first = np.zeros(len(batch), np.bool_)
    first[0] = True
    most = {name: max(-AMOUNT_MAX, min(value, AMOUNT_MAX)) for name, value in found.items()}
    return {f"tied_{name}": np.where(first, value, 0) for name, value in most.items()}, {}


def cut_at_tied(case: Case) -> None:
    """Cut the batch where a tied customer's command begins, or a partner's part goes over what is left."""
    cuts = case.facts.flows.get(CUTS)
    if cuts is not None and len(cuts):
        raise DecideAlone(case.batch.kind, cuts=cuts.tolist())


def _tied(books: Books, asked: Sequence[Asked]) -> Ints:
    """The places of the commands that some customer asks who was ever tied."""
    if len(books.column(CUSTOMER_TIE, "body")) == 1:
        return np.zeros(0, np.int64)
    mask = np.zeros(len(asked[0].book), np.bool_)
    for each in asked:
        for name, numbers in each.numbers.items():
            mask |= np.isin(numbers, books.column(CUSTOMER_TIE, name)) & (numbers != 0)
    return np.flatnonzero(mask)


def _treated(batch: Batch, books: Books, rules: RulePack, asked: Asked) -> Iterator[dict[str, int]]:
    """What the first command asks, by each body that its customer is and each order that binds the firm's body."""
    fen, book = int(asked.fen[0]), int(asked.book[0])
    year = Year(books=books, on=batch.on, seen=int(batch.position[0]))
    numbers = {name: int(column[0]) for name, column in asked.numbers.items() if column[0]}
    if fen <= 0 or not numbers:
        return
    ties = ties_of(year, book=book)
    parties = {each.body for each in ties if each.held(batch.on) and any(_is(each, numbers))}
    sides = Sides(books, rules, on=batch.on, seen=year.seen)
    for body in sides.bodies(book) if parties else ():
        for side in sides.of(body):
            for party in sorted(parties & side.related):
                act = Act(
                    party=party,
                    customer=customer_of(asked.who[0], int(asked.who[1][0])),
                    what=asked.what,
                    sort=asked.sort,
                    on=batch.on,
                    count=1,
                    amount_fen=fen,
                )
                yield _told(year, rules, side, act, book=book, tied={each.body for each in ties})


def _is(tie: Any, numbers: Mapping[str, int]) -> Iterator[bool]:
    return (getattr(tie, name) == number for name, number in numbers.items())


def _told(year: Year, rules: RulePack, side: Side, act: Act, *, book: int, tied: set[int]) -> dict[str, int]:
    """How an act is treated after those that were done, beside what was open before it."""
    touched = {each for each in tied & side.related if act.party in side.joined(each)} | {act.party}
    wanted = {other for each in touched for other in side.joined(each)} & side.related
    joint = {party: fen for party, fen in joint_parts(year, side.world, body=side.body).items() if fen}
    joint = {party: fen for party, fen in joint.items() if party in side.related}
    done = acts_of(year, book=book, bodies=wanted)

    def treat(acts: Sequence[Act]) -> list[Treated]:
        grades = Grades(year.books.column, rules, side.world, law=side.law, body=side.body, joint=joint)
        return [each for each in grades.treat(acts) if each.act.party in touched]

    added = _with(done, act)
    after = treat(sorted([*(each for each in done if _row(each) != _row(act)), added], key=in_order))
    mine = next((each for each in after if each.act is added), None)
    found = dict.fromkeys(NAMES, 0)
    if mine is None:
        return found
    unmeasured = mine.grade == ""
    opened = sum(each.open_fen for each in after) - sum(each.open_fen for each in treat(done))
    return {
        **found,
        "law": int(side.law.number),
        "body": side.body,
        "party": act.party,
        "asked_fen": act.amount_fen,
        "day_fen": added.amount_fen,
        "year_fen": mine.year_fen,
        "base_fen": mine.base_fen,
        "open_fen": 0 if unmeasured else max(0, opened),
        "unmeasured_on": base_day(side.law, on=act.on) if unmeasured and act.sort is FINANCE else 0,
    }


def _with(done: Sequence[Act], act: Act) -> Act:
    """The row of the day with the act in it: what one customer does of one kind on a day counts as one."""
    same = [each for each in done if _row(each) == _row(act)]
    fen, count = (sum(getattr(each, name) for each in (*same, act)) for name in ("amount_fen", "count"))
    return replace(act, amount_fen=fen, count=count)


def _row(act: Act) -> tuple[int, int, str, str]:
    return in_order(act)


def tied_faults(case: Case, *, field: str) -> dict[int, Invalid]:
    """A related customer's credit is measured by a figure of the lender's body, which is recorded."""
    if "tied_unmeasured_on" not in case.facts.columns:
        return {}
    day = int(case.facts["tied_unmeasured_on"][0])
    body = int(case.facts["tied_body"][0])
    wanted = f"one that can be measured: the net assets or net capital of body {body} at {day}, by record_body_figure"
    return faults_where(np.asarray(case.facts["tied_unmeasured_on"] != 0, np.bool_), case.batch, field, wanted)


def approval_gates(prefix: str) -> tuple[Gate, ...]:
    """One gate by the rule of either order, over facts with a prefix; without such facts there is nothing to ask."""

    def gate(order: str, holding: bool) -> Gate:  # noqa: FBT001  which of two
        def applies(case: Case) -> Truths:
            if f"{prefix}_law" not in case.facts.columns:
                return np.zeros(len(case.batch), np.bool_)
            law = case.facts[f"{prefix}_law"]
            return np.asarray((law != 0) & ((law == HOLDING.number) == holding), np.bool_)

        def passes(case: Case) -> Truths:
            asked = applies(case)
            return np.asarray(~asked | (case.facts[f"{prefix}_open_fen"] == 0), np.bool_) if asked.any() else ~asked

        return Gate(rule=f"{order}.approval", passes=passes, figures=figures, applies=applies)

    def figures(case: Case, place: int) -> dict[str, Any]:
        told = {name: case.facts.columns.get(f"{prefix}_{name}") for name in FIGURES}
        return {name: int(column[place]) for name, column in told.items() if column is not None}

    return gate("fhc.rpt", True), gate("rpt", False)  # noqa: FBT003


TIED_GATES = approval_gates("tied")
