"""What a related transaction amounts to, and whether it is exempt, ordinary or major, by itself and in its year.

Sources: PBoC Order [2023] No. 1, arts. 15, 16, 28; CBIRC Order 2022 No. 1, arts. 14 to 16, 21, 23, 57. Worked number,
net assets 100: transactions of 0.9 six times in a year. None is major by itself; the sixth brings 5.4, 5 or more, and
is; a seventh adds 0.9, under 1, and is not; the eighth brings 1.8 since, and is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from benyuan.governance.related.laws import Standard
from benyuan.governance.related.vocabulary import Grade, Product, TransactionSort


def counted_fen(
    *, sort: TransactionSort, product: Product, amount_fen: int, fee_fen: int = 0, fair_value_fen: int = 0
) -> int:
    """What counts of a transaction (art. 15), in fen: of a product without related assets the fee alone.

    Of an asset the larger of price and fair value, where both are told.
    """
    if product is Product.unrelated_assets:
        return fee_fen
    return max(amount_fen, fair_value_fen) if sort is TransactionSort.asset_transfer else amount_fen


def majors(amounts: Sequence[int], *, standard: Standard, base_fen: int) -> list[bool]:
    """Which of a year's transactions with one party, in order, are major by their sum.

    The one that reaches the standard; then each with which what was added since the last major one reaches the step.
    """
    found, total, since, crossed = [], 0, 0, False
    for amount in amounts:
        total, since = total + amount, since + amount
        reached = standard.step(since, base_fen=base_fen) if crossed else standard.cumulative(total, base_fen=base_fen)
        found.append(reached)
        if reached:
            crossed, since = True, 0
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A transaction and what stands before it in its year, in fen. `deal`: earlier slices under the same agreement.

    `years`: for each party of whom the other side is one, the year's amounts so far; `small_fen`: under which one is
    exempt; `claimed`: another ground of exemption is; `in_framework`: a framework that was approved covers it.

    Of a trust company each of `years` is what is outstanding. `adds_fen`: what the transaction adds to it, None for its
    amount; `never_major`: it is left out of the tests.
    """

    amount_fen: int
    base_fen: int
    deal: Sequence[int] = ()
    years: Sequence[Sequence[int]] = ((),)
    adds_fen: int | None = None
    small_fen: int = 0
    claimed: bool = False
    in_framework: bool = False
    never_major: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """How it is treated, why it is major if it is, and the sums that it was tested by, itself included."""

    grade: Grade
    by_itself: bool
    by_sum: bool
    deal_fen: int
    year_fen: int


def graded(asked: Asked, *, standard: Standard) -> Graded:
    """The grade of a transaction. What is exempt or within a framework is so however large, but for the small ones."""
    deal = asked.amount_fen + sum(asked.deal)
    adds = asked.amount_fen if asked.adds_fen is None else asked.adds_fen
    years = [[*before, adds] for before in asked.years]
    most = max(map(sum, years))
    reached = standard.cumulative(most, base_fen=asked.base_fen)
    by_itself = standard.single(deal, base_fen=asked.base_fen) and not asked.never_major
    by_sum = not asked.never_major and (
        reached
        if standard.of_balance
        else any(majors(each, standard=standard, base_fen=asked.base_fen)[-1] for each in years)
    )
    under = not reached
    small = deal < asked.small_fen and under and not by_itself
    grade = (
        Grade.exempt
        if asked.claimed or small
        else Grade.framework
        if asked.in_framework
        else Grade.major
        if by_itself or by_sum
        else Grade.ordinary
    )
    return Graded(grade=grade, by_itself=by_itself, by_sum=by_sum, deal_fen=deal, year_fen=most)
