"""What of a group's own funds stands to other owners of its bodies than the top and who stands behind it.

Source: PBoC Order [2020] No. 4, art. 26, which leaves the method open (`fhc.car`, the choice `others`). Worked number:
a lender holds 820, of which it gave nobody anything, and the top has 70% of it: 246 stand to others.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from fractions import Fraction

from benyuan.holding_company.prudential.own_funds import Solo
from benyuan.holding_company.prudential.tallies import Origin, Tally

NONE, ALL = Fraction(0), Fraction(1)
STAKES = "stakes that are recorded"


def of_others(bodies: Sequence[Solo], interest: Mapping[int, Fraction], *, invented: Collection[int] = ()) -> Tally:
    """Others' part of each body's capital, less what the group counts twice of it; taken off, rounded up to the fen.

    `interest`: the top's exact part of each body; `invented`: of which it rests on no document. Others stand for
    no capital that is below nought.
    """
    return Tally(origins=tuple(_rows(bodies, interest, invented)))


def _rows(bodies: Sequence[Solo], interest: Mapping[int, Fraction], invented: Collection[int]) -> Iterator[Origin]:
    for each in bodies:
        others = ALL - interest.get(each.body, NONE)
        exact = others * max(each.held.known_fen - each.twice.known_fen, 0)
        if fen := -(-exact.numerator // exact.denominator):
            yield Origin(
                body=each.body,
                what=f"of its capital {others} stand to other owners",
                amount_fen=-fen,
                where=STAKES,
                source="invented" if each.held.invented or each.body in invented else "this ledger",
            )
