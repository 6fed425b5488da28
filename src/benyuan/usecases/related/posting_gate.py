"""The gate at postings: what a related party does as a customer is not booked without the approval that it needs.

Sources: PBoC Order [2023] No. 1, arts. 14, 15, 27, 28; CBIRC Order 2022 No. 1, arts. 14, 23, 45, 57; how a customer's
act is asked is our choice (`rpt.house.customers`). Whether any customer of a batch is tied to a body is asked first, of
columns; where none is, that is all. Where all that tied ones ask of the batch passes together, each passes; else the
batch is cut in two, down to one that begins a batch of its own, so that each counts what those before it did. An act is
treated with the others of its year as `benyuan group dealings` treats them, and refused where more than before would
be left open. Worked: major from 1,000.00 on, two draws of 600.00 in one file are one act of a day:
the first passes, the second is refused without an approval of 1,200.00.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, DecideAlone, Gate, Survey
from benyuan.governance.related.assessing import INSIDER
from benyuan.governance.related.deal import Deal
from benyuan.governance.related.exposures import Ints
from benyuan.governance.related.laws import HOLDING, base_day
from benyuan.governance.related.standing import OF_STANDING, ban_of_finance
from benyuan.governance.related.vocabulary import Grade, TransactionSort
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.ties import CUSTOMER_TIE
from benyuan.rules import RulePack
from benyuan.usecases.common import faults_where
from benyuan.usecases.related.act_grades import Grades, Treated
from benyuan.usecases.related.acts import (
    FEES,
    FINANCE,
    SERVICES,
    Act,
    Tie,
    Year,
    acts_of,
    customer_of,
    in_order,
    ties_of,
)
from benyuan.usecases.related.joint import joint_parts
from benyuan.usecases.related.shared import Truths
from benyuan.usecases.related.sides import Side, Sides

NAMES = (
    *("law", "body", "party", "asked_fen", "day_fen", "year_fen", "base_fen", "open_fen"),
    *("unmeasured_on", "insider", "ban"),
)
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


def asked_of_tied(batch: Batch, books: Books, rules: RulePack, *asked: Asked, together: bool = True) -> Survey:
    """Nothing, where nobody is tied; else where the batch is cut; else how the first command's acts are treated.

    `together`: whether those of several commands may be treated at once, because nothing else in the batch counts.
    """
    places = _tied(books, asked)
    if not len(places) or rules.in_force(id=CUSTOMERS, on=batch.on) is None:
        return {}, {}
    if len(places) > 1 and together and _all_pass(batch, books, rules, asked):
        return {}, {}
    if len(places) > 1 or places[0] > 0:
        return {}, {CUTS: places[len(places) // 2 : len(places) // 2 + 1]}
    found = dict.fromkeys(NAMES, 0)
    for each in asked:
        for told in _treated(batch, books, rules, each):
            found = max(
                found, told, key=lambda one: (one["ban"], one["open_fen"] > 0, one["unmeasured_on"], one["law"])
            )
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
            flags = _flags(books, name)
            mask |= flags[np.minimum(numbers, len(flags) - 1)]
    return np.flatnonzero(mask)


def _flags(books: Books, name: str) -> Truths:
    """By number of a customer whether it was ever tied; the last one is of nobody, for all that are above."""

    def make() -> Truths:
        tied = books.column(CUSTOMER_TIE, name)
        flags = np.zeros(int(tied.max()) + 2, np.bool_)
        flags[tied] = True
        flags[0] = False
        return flags

    made: Truths = books.kept("tied", (CUSTOMER_TIE,), None, name, make)
    return made


def _all_pass(batch: Batch, books: Books, rules: RulePack, asked: Sequence[Asked]) -> bool:
    """Whether all that tied customers ask of a batch passes at once: then each of it does, and any part of it.

    That follows only where nobody has two things that could cover one act: with less the other might be taken.
    """
    acts: dict[tuple[int, ...], tuple[int, Side, list[Act]]] = {}
    for each in asked:
        for place, fen in _sums(books, each):
            for book, side, act in _acts_of(batch, books, rules, each, place=place, fen=fen):
                key = (book, side.body, int(side.law.number), side.holding)
                acts.setdefault(key, (book, side, []))[2].append(act)
    year = Year(books=books, on=batch.on, seen=int(batch.position[0]))
    for book, side, mine in acts.values():
        if any(_ban(year, rules, side, act) for act in mine):
            return False
        found = _beside(year, rules, side, mine, book=book)
        added = [each for each in found.after if each.act in found.added]
        if any(each.grade == "" for each in added):
            if any(act.sort is FINANCE for act in mine):
                return False
        elif found.opened_fen > 0 or not found.plain:
            return False
    return True


def _sums(books: Books, asked: Asked) -> Iterator[tuple[int, int]]:
    """Each tied customer's first place in the batch, and the fen of all its commands there."""
    places = _tied(books, (asked,))
    _, first, of = np.unique(asked.who[1][places], return_index=True, return_inverse=True)
    fen = [0] * len(first)
    for group, amount in zip(of.reshape(-1).tolist(), asked.fen[places].tolist(), strict=True):
        fen[group] += amount
    return zip(places[first].tolist(), fen, strict=True)


def _treated(batch: Batch, books: Books, rules: RulePack, asked: Asked) -> Iterator[dict[str, int]]:
    """What the first command asks, by each body that its customer is and each order that binds the firm's body."""
    year = Year(books=books, on=batch.on, seen=int(batch.position[0]))
    for book, side, act in _acts_of(batch, books, rules, asked, place=0, fen=int(asked.fen[0])):
        yield _told(_beside(year, rules, side, [act], book=book), side, act, ban=_ban(year, rules, side, act))


def _acts_of(
    batch: Batch, books: Books, rules: RulePack, asked: Asked, *, place: int, fen: int
) -> Iterator[tuple[int, Side, Act]]:
    """What a customer asks, as an act of each related party that it is; with the book, and the side that is asked."""
    numbers = {name: int(column[place]) for name, column in asked.numbers.items() if column[place]}
    if fen <= 0 or not numbers:
        return
    book, seen = int(asked.book[place]), int(batch.position[0])
    ties = ties_of(books.column, book=book, seen=seen)
    parties = {each.body for each in ties if each.held(batch.on) and any(_is(each, numbers))}
    sides = Sides(books, rules, on=batch.on, seen=seen)
    for body in sides.bodies(book) if parties else ():
        for side in sides.of(body):
            for party in sorted(parties & side.related):
                act = Act(
                    party=party,
                    customer=customer_of(asked.who[0], int(asked.who[1][place])),
                    what=asked.what,
                    sort=asked.sort,
                    on=batch.on,
                    count=1,
                    amount_fen=fen,
                )
                yield book, side, act


def _is(tie: Tie, numbers: Mapping[str, int]) -> Iterator[bool]:
    return (getattr(tie, name) == number for name, number in numbers.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The year's acts with those that are `added` to the day's rows; `opened_fen`: how much more is left open.

    `plain`: nobody has two things that could cover an act.
    """

    added: tuple[Act, ...]
    after: tuple[Treated, ...]
    opened_fen: int
    plain: bool


def _beside(year: Year, rules: RulePack, side: Side, acts: Sequence[Act], *, book: int) -> Beside:
    """How acts are treated after those that were done, beside what was open before them."""
    tied = {each.body for each in ties_of(year.books.column, book=book, seen=year.seen)} & side.related
    parties = {act.party for act in acts}
    touched = {each for each in tied if parties & side.joined(each)} | parties
    wanted = {other for each in touched for other in side.joined(each)} & side.related
    joint = {party: fen for party, fen in joint_parts(year, side.world, body=side.body).items() if fen}
    joint = {party: fen for party, fen in joint.items() if party in side.related}
    done = {in_order(act): act for act in acts_of(year, book=book, bodies=wanted)}
    rows, added = dict(done), set[tuple[int, int, str, str]]()
    for act in acts:  # what one customer does of one kind on a day counts as one
        before = rows.get(in_order(act), replace(act, count=0, amount_fen=0))
        count, fen = before.count + act.count, before.amount_fen + act.amount_fen
        rows[in_order(act)] = replace(act, count=count, amount_fen=fen)
        added.add(in_order(act))

    def treat(those: Mapping[Any, Act]) -> tuple[Grades, list[Treated]]:
        grades = Grades(
            year.books.column, rules, side.world, law=side.law, body=side.body, joint=joint, insiders=side.insiders
        )
        told = grades.treat(sorted(those.values(), key=in_order))
        return grades, [each for each in told if each.act.party in touched]

    grades, after = treat(rows)
    _, before_them = treat(done)
    return Beside(
        added=tuple(rows[row] for row in sorted(added)),
        after=tuple(after),
        opened_fen=sum(each.open_fen for each in after) - sum(each.open_fen for each in before_them),
        plain=grades.plain,
    )


def _ban(year: Year, rules: RulePack, side: Side, act: Act) -> int:
    """Which rule forbids a related party's credit whoever approves it; 0 for none."""
    return ban_between(year, rules, side, act.party, fen=act.amount_fen) if act.sort is FINANCE else 0


def ban_between(year: Year, rules: RulePack, side: Side, party: int, *, fen: int) -> int:
    """Which rule forbids finance for a related party because of a loss or a grade; 0 for none."""
    deal = Deal(body=side.body, party=party, reaches=party, sort=FINANCE, amount_fen=fen, signed_on=year.on)
    column = year.books.column
    return max(ban_of_finance(column, rules, deal, business=each, seen=year.seen) for each in side.businesses)


def _told(found: Beside, side: Side, act: Act, *, ban: int) -> dict[str, int]:
    """How one act is treated, as facts."""
    mine = next((each for each in found.after if each.act in found.added), None)
    if mine is None:
        return dict.fromkeys(NAMES, 0)
    unmeasured = mine.grade == "" and not ban
    return {
        "law": int(side.law.number),
        "body": side.body,
        "party": act.party,
        "asked_fen": act.amount_fen,
        "day_fen": mine.act.amount_fen,
        "year_fen": mine.year_fen,
        "base_fen": mine.base_fen,
        "open_fen": 0 if unmeasured else max(0, found.opened_fen),
        "unmeasured_on": base_day(side.law, on=act.on) if unmeasured and act.sort is FINANCE else 0,
        "insider": int(mine.insider and mine.grade == Grade.ordinary.name),
        "ban": ban,
    }


def tied_faults(case: Case, *, field: str) -> dict[int, Invalid]:
    """A related customer's credit is measured by a figure of the lender's body, which is recorded."""
    if "tied_unmeasured_on" not in case.facts.columns:
        return {}
    day = int(case.facts["tied_unmeasured_on"][0])
    body = int(case.facts["tied_body"][0])
    wanted = f"one that can be measured: the net assets or net capital of body {body} at {day}, by record_body_figure"
    return faults_where(np.asarray(case.facts["tied_unmeasured_on"] != 0, np.bool_), case.batch, field, wanted)


def approval_gates(prefix: str) -> tuple[Gate, ...]:
    """One gate by the rule of either order, one of insiders, and one for each ban, over facts with a prefix.

    Who is an insider is asked by rule `rpt.insider` for what would be ordinary with anybody else.
    What a loss or a grade forbids (`ban`) no approval lets pass.
    """

    def fact(case: Case, name: str) -> Ints:
        found = case.facts.columns.get(f"{prefix}_{name}")
        return np.zeros(len(case.batch), np.int64) if found is None else found

    def gate(rule: str, of: Callable[[Case], Any]) -> Gate:
        def applies(case: Case) -> Truths:
            return np.asarray((fact(case, "law") != 0) & of(case), np.bool_)

        def passes(case: Case) -> Truths:
            fine = (fact(case, "open_fen") == 0) & (fact(case, "ban") == 0)
            return np.asarray(~applies(case) | fine, np.bool_)

        return Gate(rule=rule, passes=passes, figures=figures, applies=applies)

    def allowed(case: Case) -> Truths:
        return np.asarray(fact(case, "ban") == 0, np.bool_)

    def figures(case: Case, place: int) -> dict[str, Any]:
        told = {name: case.facts.columns.get(f"{prefix}_{name}") for name in FIGURES}
        return {name: int(column[place]) for name, column in told.items() if column is not None}

    def barred(number: int) -> Callable[[Case], Any]:
        return lambda case: fact(case, "ban") == number

    return (
        *(gate(rule, barred(number)) for number, rule in enumerate(OF_STANDING, 1)),
        gate(
            "fhc.rpt.approval",
            lambda case: allowed(case) & (fact(case, "law") == HOLDING.number) & (fact(case, "insider") == 0),
        ),
        gate(
            "rpt.approval",
            lambda case: allowed(case) & (fact(case, "law") != HOLDING.number) & (fact(case, "insider") == 0),
        ),
        gate(INSIDER, lambda case: allowed(case) & (fact(case, "insider") != 0)),
    )


TIED_GATES = approval_gates("tied")
