"""A group's balance sheet and income statement from the trial balances of its bodies, to the fen.

Source: PBoC Order [2020] No. 4, art. 25 ¶3, which leaves the method to the accounting standards; what we chose stands
in `docs/measures/1-holding-company.md`. Worked number: a top with assets of 100, 80 of them 80% of a body with capital
of 100: assets 120, others' 20, the top's owners' 100.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.holding_company.consolidation.chart import DEBIT_PARTS, GOODWILL, Chart, Part, Role
from benyuan.holding_company.consolidation.eliminating import Eliminated, Mismatch, eliminate
from benyuan.holding_company.consolidation.entries import Entries, Ints, checked_entries, numbered, sums_by
from benyuan.holding_company.consolidation.holdings import (
    Holding,
    Pair,
    Split,
    holdings_of,
    interests_of,
    minority_of,
    own_equity,
    within,
)
from benyuan.holding_company.consolidation.scope import Scope
from benyuan.holding_company.consolidation.sources import TrialBalanceOf, invented_bodies
from benyuan.holding_company.consolidation.unrealised import Unrealised, unrealised_out
from benyuan.parties.ownership.interest import Interests
from benyuan.parties.ownership.stakes import Stakes
from benyuan.values.errors import BadInput


class SheetLine(msgspec.Struct, frozen=True, kw_only=True):
    """What the group has on a line, on the side of its part, fen; `invented`: a figure in it has no document."""

    name: str
    part: str
    amount_fen: int
    invented: bool


class Minority(msgspec.Struct, frozen=True, kw_only=True):
    """Other owners of a body: the top's exact interest, their part of equity and of the year's result, fen."""

    body: int
    interest: str
    equity_fen: int
    result_fen: int


class Against(msgspec.Struct, frozen=True, kw_only=True):
    """An investment set against equity, as `Holding`, the fractions as texts."""

    owner: int
    owned: int
    part: str
    carried_fen: int
    own_shares: bool
    difference_fen: int
    residue: str


class Consolidated(msgspec.Struct, frozen=True, kw_only=True):
    """The group's accounts of a period (its last day, yyyymmdd). Assets = liabilities + owners' + others' equity.

    `lines`: assets, liabilities, income, expenses. Equity: `top_lines` (the top's own lines), `below_fen` (differences
    below nought), `reserves_fen` (what the group has earned besides) and the owners' result come to `owners_fen`.
    Exact less shown: `minority_residue`, `result_residue`, `goodwill_residue`. `without_return`: bodies of the scope
    whose trial balance is missing, and which are therefore not in any figure; `outside`: bodies with a trial balance
    outside the scope, left aside; `carried_without_stake`: investments inside the group that no stake stands behind,
    and `stakes_not_carried` the other way round. `difference_fen` is nought, or the reckoning is wrong. `invented`:
    bodies whose trial balance has no document; every sum rests on them too.
    """

    top: int
    period: int
    bodies: list[int]
    without_return: list[int]
    outside: list[int]
    lines: list[SheetLine]
    top_lines: list[SheetLine]
    goodwill_fen: int
    below_fen: int
    assets_fen: int
    liabilities_fen: int
    minority_fen: int
    owners_fen: int
    reserves_fen: int
    income_fen: int
    expenses_fen: int
    result_fen: int
    result_minority_fen: int
    result_owners_fen: int
    difference_fen: int
    minority_residue: str
    result_residue: str
    goodwill_residue: str
    minorities: list[Minority]
    holdings: list[Against]
    mismatches: list[Mismatch]
    eliminated_fen: int
    pairs: int
    carried_without_stake: list[Against]
    stakes_not_carried: list[tuple[int, int]]
    unrealised: list[Unrealised]
    sources: list[TrialBalanceOf]
    invented: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Books:
    """The rows of the bodies that are consolidated; each row's body as a place among `bodies`."""

    entries: Entries
    bodies: Ints
    place: Ints
    chart: Chart

    def by_body(self, lines: NDArray[np.bool_]) -> dict[int, int]:
        """Debits less credits of each body on the lines that a mask keeps."""
        kept = lines[self.entries.line]
        found = sums_by(self.place[kept], self.entries.net_fen[kept], count=len(self.bodies))
        return dict(zip(self.bodies.tolist(), found.tolist(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reckoned:
    books: _Books
    pairs: Eliminated
    by_line: Mapping[str, int]
    holdings: list[Holding]
    interest: Interests
    minority: Split
    result_minority: Split
    invented: set[int]


def consolidate(
    entries: Entries,
    *,
    chart: Chart,
    scope: Scope,
    stakes: Stakes,
    period: int,
    sources: Sequence[TrialBalanceOf] = (),
) -> Consolidated:
    """The group's accounts. `stakes`: economic ones; those between consolidated bodies are used.

    `sources`: of trial balances; what has none is invented.

    Errors: BadInput as `checked_entries`, for a top without a trial balance.
    """
    checked_of(entries, chart=chart, scope=scope, period=period)
    place, sent = numbered(entries.body)
    if scope.top not in sent:
        asked = f"a trial balance of the top body for {period} ({scope.place.text()})"
        raise BadInput("return", scope.top, asked)
    taken_in = np.isin(sent, sorted(scope.grounds))
    bodies = sent[taken_in]
    inside, unrealised = unrealised_out(entries.rows(taken_in[place]), bodies, chart=chart)
    books = _Books(entries=inside, bodies=bodies, place=numbered(inside.body)[0], chart=chart)
    carried, parts = _carried(books), within(stakes, bodies.tolist())
    invented = invented_bodies(bodies.tolist(), sources)
    reckoned = _reckoned(books, parts, carried, stakes, scope.top, invented)
    unheld = holdings_of(
        parts=dict.fromkeys(sorted(set(carried) - set(parts)), Fraction(0)), carried=carried, capital={}, top=scope.top
    )
    return _told(
        reckoned,
        scope=scope,
        period=period,
        sent=sent,
        unheld=unheld,
        unrealised=unrealised,
        sources=[each for each in sources if each.body in bodies.tolist()],
        not_carried=[pair for pair in sorted(parts) if pair not in carried],
    )


def checked_of(entries: Entries, *, chart: Chart, scope: Scope, period: int) -> Entries:
    """The entries, as `checked_entries`; what does not fit is refused with where the order asks for it."""
    try:
        return checked_entries(entries, chart=chart, period=period)
    except BadInput as error:
        raise BadInput(error.field, error.value, f"{error.constraint} ({scope.place.text()})") from None


def _carried(books: _Books) -> dict[Pair, int]:
    """What each body carries as investments in others that are consolidated."""
    entries = books.entries
    kept = books.chart.is_role(Role.investment)[entries.line] & np.isin(entries.counterparty, books.bodies)
    rows = entries.rows(kept)
    found: dict[Pair, int] = {}
    columns = (rows.body.tolist(), rows.counterparty.tolist(), rows.net_fen.tolist())
    for owner, owned, amount in zip(*columns, strict=True):
        found[owner, owned] = found.get((owner, owned), 0) + amount
    return found


def _reckoned(
    books: _Books,
    parts: Mapping[Pair, Fraction],
    carried: Mapping[Pair, int],
    stakes: Stakes,
    top: int,
    invented: set[int],
) -> _Reckoned:
    chart, bodies = books.chart, books.bodies.tolist()
    pairs = eliminate(books.entries, chart=chart)
    left = sums_by(books.entries.line, pairs.left_fen, count=len(chart.known)).tolist()
    capital = {body: -amount for body, amount in books.by_body(chart.is_role(Role.capital)).items()}
    holdings = holdings_of(parts=parts, carried=carried, capital=capital, top=top)
    interest = interests_of(stakes, bodies, top)
    net_assets = books.by_body(chart.is_part(Part.asset, Part.liability))
    dividends = dict(zip(bodies, pairs.dividends_to(books.bodies).tolist(), strict=True))
    results = books.by_body(chart.is_part(Part.income, Part.expense))
    earned = {body: Fraction(-amount - dividends[body]) for body, amount in results.items()}
    return _Reckoned(
        books=books,
        pairs=pairs,
        by_line={line.name: left[line.number] for line in chart.lines},
        holdings=holdings,
        interest=interest,
        minority=minority_of(own_equity(holdings, net_assets), interest),
        result_minority=minority_of(earned, interest),
        invented=invented,
    )


def _told(
    found: _Reckoned,
    *,
    scope: Scope,
    period: int,
    sent: Ints,
    unheld: list[Holding],
    unrealised: list[Unrealised],
    sources: list[TrialBalanceOf],
    not_carried: list[Pair],
) -> Consolidated:
    lines, sums = _sheet(found)
    top_lines = list(_of_top(found, scope.top))
    goodwill, below = _differences(found.holdings)
    owners = sums[Part.asset] - sums[Part.liability] - found.minority.total_fen
    result = sums[Part.income] - sums[Part.expense]
    result_owners = result - found.result_minority.total_fen
    bodies = found.books.bodies.tolist()
    equity = sums[Part.equity] + result - sum(each.carried_fen for each in found.holdings) + goodwill
    return Consolidated(
        top=scope.top,
        period=period,
        bodies=bodies,
        without_return=sorted(set(scope.grounds) - set(bodies)),
        outside=sorted(set(sent.tolist()) - set(bodies)),
        lines=lines,
        top_lines=top_lines,
        goodwill_fen=goodwill,
        below_fen=below,
        assets_fen=sums[Part.asset],
        liabilities_fen=sums[Part.liability],
        minority_fen=found.minority.total_fen,
        owners_fen=owners,
        reserves_fen=owners - sum(line.amount_fen for line in top_lines) - below - result_owners,
        income_fen=sums[Part.income],
        expenses_fen=sums[Part.expense],
        result_fen=result,
        result_minority_fen=found.result_minority.total_fen,
        result_owners_fen=result_owners,
        difference_fen=sums[Part.asset] - sums[Part.liability] - equity,
        minority_residue=str(found.minority.residue),
        result_residue=str(found.result_minority.residue),
        goodwill_residue=str(sum((each.residue for each in found.holdings), Fraction(0))),
        minorities=list(_minorities(found)),
        holdings=[_against(each) for each in found.holdings],
        mismatches=found.pairs.mismatches,
        eliminated_fen=sum(map(abs, found.pairs.taken_fen.tolist())),
        pairs=len(found.pairs.taken_fen),
        carried_without_stake=[_against(each) for each in unheld],
        stakes_not_carried=not_carried,
        unrealised=unrealised,
        sources=sources,
        invented=sorted(found.invented),
    )


def _sheet(found: _Reckoned) -> tuple[list[SheetLine], dict[Part, int]]:
    """The group's lines but equity, and the sum of each part; equity before anything is set against it."""
    amounts = dict(found.by_line)
    chart = found.books.chart
    goodwill, _ = _differences(found.holdings)
    investments = next(line.name for line in chart.lines if line.role is Role.investment)
    amounts[investments] -= sum(each.carried_fen for each in found.holdings)
    amounts[GOODWILL] += goodwill
    invented = _invented_lines(found)
    lines = [
        SheetLine(
            name=line.name,
            part=line.part.value,
            amount_fen=_on_side(line.part, amounts[line.name]),
            invented=line.name in invented,
        )
        for line in chart.lines
    ]
    sums = {part: sum(line.amount_fen for line in lines if line.part == part) for part in Part}
    return [line for line in lines if line.part != Part.equity and line.amount_fen], sums


def _invented_lines(found: _Reckoned) -> set[str]:
    """The lines on which a body without a document for its figures has anything that stays."""
    entries, made_up = found.books.entries, sorted(found.invented)
    touched = set(entries.line[np.isin(entries.body, made_up) & (found.pairs.left_fen != 0)].tolist())
    names = {line.name for line in found.books.chart.lines if line.number in touched}
    differ = [each for each in found.holdings if each.difference_fen > 0]
    return names | {GOODWILL for each in differ if {each.owner, each.owned} & found.invented}


def _on_side(part: Part, net_fen: int) -> int:
    return net_fen if part in DEBIT_PARTS else -net_fen


def _differences(holdings: list[Holding]) -> tuple[int, int]:
    """Goodwill, and what was had for less than its part of the capital."""
    shown = [each.difference_fen for each in holdings]
    return sum(each for each in shown if each > 0), -sum(each for each in shown if each < 0)


def _of_top(found: _Reckoned, top: int) -> Iterator[SheetLine]:
    mine = found.books.entries.body == top
    own, left = found.books.entries.line[mine], found.pairs.left_fen[mine]
    for line in found.books.chart.lines:
        amount = -int(left[own == line.number].sum())
        if line.part is Part.equity and amount:
            yield SheetLine(name=line.name, part=line.part.value, amount_fen=amount, invented=top in found.invented)


def _minorities(found: _Reckoned) -> Iterator[Minority]:
    for body, equity in found.minority.fen.items():
        interest = str(found.interest.get(body, Fraction(0)))
        yield Minority(body=body, interest=interest, equity_fen=equity, result_fen=found.result_minority.fen[body])


def _against(each: Holding) -> Against:
    return Against(
        owner=each.owner,
        owned=each.owned,
        part=str(each.part),
        carried_fen=each.carried_fen,
        own_shares=each.own_shares,
        difference_fen=each.difference_fen,
        residue=str(each.residue),
    )
