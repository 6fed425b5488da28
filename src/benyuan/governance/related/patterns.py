"""Transactions that look like one: slices under several agreements, and finance that comes back by a third party.

Sources: PBoC Order [2023] No. 1, art. 23 items 1, 3; PBoC Order [2020] No. 4, art. 36 item 3; CBIRC Order 2022 No. 1,
art. 27. Worked number, single standard 20,000,000.00: 12,000,000.00 on 05-01 and 9,000,000.00 on 05-20 under another
agreement are flagged, and on 06-10 they are not: more than thirty days lie between. Nothing is refused here; whether
they are one is for people to say.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benyuan.governance.related.vocabulary import SORT_NUMBER, Grade, TransactionSort
from benyuan.values.dates import from_yyyymmdd

FINANCE = SORT_NUMBER[TransactionSort.finance]


class Pattern(StrEnum):
    """What it looks like."""

    slices = "slices"
    detour = "detour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """A recorded transaction, as far as patterns go."""

    number: int
    body: int
    reaches: int
    sort: int
    gives: bool
    amount_fen: int
    signed_on: int
    agreement: int
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A pattern: the transactions, the bodies, and what they come to in fen."""

    pattern: Pattern
    transactions: tuple[int, ...]
    bodies: tuple[int, ...]
    amount_fen: int


def slices(
    deals: Sequence[Deal], *, together: Callable[[int], Collection[int]], major: Callable[[int], bool], days: int
) -> Iterator[Flag]:
    """Of one body: several agreements with parties that count together, none major, that together would be.

    Each transaction begins a stretch of so many days; a stretch within one that was told is not told again.
    """
    small = sorted(
        (deal for deal in deals if deal.grade in (Grade.exempt, Grade.ordinary)),
        key=lambda deal: (deal.signed_on, deal.number),
    )
    told: set[int] = set()
    for first in small:
        members = together(first.reaches)
        near = [
            deal for deal in small if deal.reaches in members and 0 <= _between(first.signed_on, deal.signed_on) <= days
        ]
        amount = sum(deal.amount_fen for deal in near)
        numbers = {deal.number for deal in near}
        if len({deal.agreement for deal in near}) > 1 and major(amount) and not numbers <= told:
            told |= numbers
            yield Flag(
                pattern=Pattern.slices,
                transactions=tuple(sorted(numbers)),
                bodies=(first.body, *sorted({deal.reaches for deal in near})),
                amount_fen=amount,
            )


def detours(
    deals: Sequence[Deal],
    *,
    holding: int,
    institutions: Collection[int],
    inside: Collection[int],
    joined: Callable[[int], Collection[int]],
    days: int,
) -> Iterator[Flag]:
    """Finance that an institution of the group gave to somebody outside, from whom the holding company took some.

    `joined`: who counts together with somebody; one of them may have been given it and another have passed it on.
    """
    given = [deal for deal in deals if deal.body in institutions and deal.gives and deal.sort == FINANCE]
    taken = [deal for deal in deals if deal.body == holding and not deal.gives and deal.sort == FINANCE]
    for gift in given:
        for loan in taken:
            near = abs(_between(gift.signed_on, loan.signed_on)) <= days
            if (
                near
                and gift.reaches not in inside
                and loan.reaches in {gift.reaches, *joined(gift.reaches)} - {holding}
            ):
                yield Flag(
                    pattern=Pattern.detour,
                    transactions=(gift.number, loan.number),
                    bodies=tuple(dict.fromkeys((gift.body, gift.reaches, loan.reaches, holding))),
                    amount_fen=min(gift.amount_fen, loan.amount_fen),
                )


def _between(first: int, second: int) -> int:
    return (from_yyyymmdd(second) - from_yyyymmdd(first)).days
