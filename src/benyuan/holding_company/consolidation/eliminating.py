"""Mirrored positions inside a group taken out of both sides; what does not match is listed with both.

What matches goes; the rest stays on the first line of its side, so the books tie whoever is wrong. Worked number: a
bank shows 100 lent to a lender, the lender 90 borrowed: 90 go on both sides, 10 stay with the bank's loans, and both
figures are listed.
"""

from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.holding_company.consolidation.chart import ROLES, UNPAIRED, Chart, Role
from benyuan.holding_company.consolidation.entries import Entries, Ints, numbered


class Mismatch(msgspec.Struct, frozen=True, kw_only=True):
    """A pair of which the two sides differ, in fen. A line without a mirror has its name for a role."""

    role: str
    debit_body: int
    credit_body: int
    debit_side_fen: int
    credit_side_fen: int
    difference_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Eliminated:
    """`left_fen`: what remains of each row, debits less credits. The pairs in order: key and what was taken."""

    left_fen: Ints
    role: Ints
    debit_body: Ints
    credit_body: Ints
    taken_fen: Ints
    mismatches: list[Mismatch]

    def dividends_to(self, bodies: Ints) -> Ints:
        """What each body has had of the distributions that were taken out."""
        made = np.zeros(len(bodies), np.int64)
        mine = self.role == ROLES.index(Role.dividends)
        np.add.at(made, np.searchsorted(bodies, self.credit_body[mine]), self.taken_fen[mine])
        return made


def eliminate(entries: Entries, *, chart: Chart, net_fen: Ints | None = None) -> Eliminated:
    """Take out what two of the bodies have with one another. `net_fen`: what stands on the rows, without it all.

    Positions with bodies that have no rows here are listed, and stay.
    """
    left = (entries.net_fen if net_fen is None else net_fen).copy()
    role, debit = chart.role[entries.line], chart.debit[entries.line]
    asked = np.flatnonzero((entries.counterparty != 0) & ~np.isin(role, _places(Role.investment, Role.capital)))
    role, debit, line = role[asked], debit[asked], entries.line[asked]
    body, other = entries.body[asked], entries.counterparty[asked]
    role = np.where(np.isin(role, _places(*UNPAIRED)), -line, role)  # a line of its own, that meets no other
    debtor, creditor = np.where(debit, body, other), np.where(debit, other, body)
    order = _ordered(role, debtor, creditor, line=line, debit=debit)
    keys = [column[order] for column in (role, debtor, creditor)]
    first = _firsts(keys)
    if not len(first):
        return _made(left, [key[:0] for key in keys], taken=left[:0], mismatches=[])
    rows, on_debit = asked[order], debit[order]
    amount = left[rows]
    sides = (np.where(on_debit, amount, 0), np.where(on_debit, 0, -amount))
    gross = [np.add.reduceat(side, first) for side in sides]
    taken = np.where(np.sign(gross[0]) == np.sign(gross[1]), np.sign(gross[0]) * np.minimum(*map(np.abs, gross)), 0)
    _take(left, rows, on_debit=on_debit, first=first, taken=taken, gross=gross)
    pairs = [key[first] for key in keys]
    return _made(left, pairs, taken=taken, mismatches=_mismatches(chart, pairs, gross))


def _places(*roles: Role) -> list[int]:
    return [ROLES.index(role) for role in roles]


def _ordered(role: Ints, debtor: Ints, creditor: Ints, *, line: Ints, debit: NDArray[np.bool_]) -> Ints:
    """Rows by role, debtor, creditor, side and line."""
    if not len(line):
        return np.zeros(0, np.int64)
    debtors, one = numbered(debtor)
    creditors, other = numbered(creditor)
    lines = int(line.max()) + 1
    pair = ((role + lines) * len(one) + debtors) * len(other) + creditors
    key = (2 * pair + ~debit) * lines + line
    made: Ints = np.argsort(key, kind="stable")
    return made


def _firsts(keys: list[Ints]) -> Ints:
    if not len(keys[0]):
        return np.zeros(0, np.int64)
    changes = np.logical_or.reduce([np.diff(key) != 0 for key in keys])
    return np.append(0, np.flatnonzero(changes) + 1)


def _take(left: Ints, rows: Ints, *, on_debit: NDArray[np.bool_], first: Ints, taken: Ints, gross: list[Ints]) -> None:
    """Empty the rows of every pair of which something was taken; the rest of a side goes onto its first row."""
    pair = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(rows))))
    left[rows[(taken != 0)[pair]]] = 0
    begins = np.append(True, (np.diff(pair) != 0) | (np.diff(on_debit.astype(np.int64)) != 0))
    heads = begins & (taken != 0)[pair]
    rest = np.where(on_debit, (gross[0] - taken)[pair], (taken - gross[1])[pair])
    left[rows[heads]] = rest[heads]


def _mismatches(chart: Chart, pairs: list[Ints], gross: list[Ints]) -> list[Mismatch]:
    names = {line.number: line.name for line in chart.lines}
    wrong = np.flatnonzero(gross[0] != gross[1])
    columns = [column[wrong].tolist() for column in (*pairs, *gross)]
    return [
        Mismatch(
            role=ROLES[role].value if role > 0 else names[-role],
            debit_body=debtor,
            credit_body=creditor,
            debit_side_fen=one,
            credit_side_fen=other,
            difference_fen=one - other,
        )
        for role, debtor, creditor, one, other in zip(*columns, strict=True)
    ]


def _made(left: Ints, pairs: list[Ints], *, taken: Ints, mismatches: list[Mismatch]) -> Eliminated:
    role, debtor, creditor = pairs
    return Eliminated(
        left_fen=left, role=role, debit_body=debtor, credit_body=creditor, taken_fen=taken, mismatches=mismatches
    )
