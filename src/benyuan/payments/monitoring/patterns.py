"""Patterns of suspicious transactions, listed and simple; each marks the movements for which people should look.

The figures are the institution's own standards (PBoC Order [2016] No. 3, art. 12). A pattern opens a case; it refuses
nothing and proves nothing. Worked number: with three people and a share of 90%, A sends 30,000 to B, B sends 29,000 to
C, C sends 28,500 to D and D withdraws 28,000, all in one day: B, C and D have passed on what they got, and are a chain.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.payments.flows import OF_MERCHANT, OF_PERSON
from benyuan.payments.monitoring.movements import INWARD, Column, Move, Movements
from benyuan.payments.monitoring.records import Pattern
from benyuan.values.dates import day_begins_at, local_days

WHOLE_PPM = 1_000_000
HOUR_US = 3_600_000_000  # tidy: number an hour in microseconds

Standard = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """Movements that a pattern marks: their places, the subject each counts for, and the chain of that subject."""

    pattern: Pattern
    subject_kind: int
    place: Column
    subject: Column
    chain: Column


def marked_in(
    moves: Movements, standard: Standard, *, date: int, report_from_fen: int, principals: Column
) -> list[Marked]:
    """What every pattern marks in a day; `report_from_fen` is the threshold of a natural person's large value."""
    return [
        structuring(moves, standard, report_from_fen=report_from_fen),
        mule_chain(moves, standard),
        night_burst(moves, standard, date=date),
        cash_out(moves, standard),
        self_payment(moves, principals),
        business_use(moves, standard),
    ]


def structuring(moves: Movements, standard: Standard, *, report_from_fen: int) -> Marked:
    """Money taken in, or sent out, in several parts that together stay just below the large-value threshold."""
    inward = moves.is_any(*INWARD)
    places = np.flatnonzero(~moves.is_any(Move.bought))
    side = 2 * moves.person[places] + inward[places]
    _, group = np.unique(side, return_inverse=True)
    count, total = np.bincount(group), _sums(group, moves.amount_fen[places])
    least = report_from_fen * standard["structuring_share_ppm"] // WHOLE_PPM
    found = (count >= standard["structuring_count"]) & (total >= least) & (total < report_from_fen)
    return _of_people(Pattern.structuring, moves, places[found[group]] if len(places) else places)


def structuring_over_days(
    moves: Movements, standard: Standard, *, date: int, report_from_fen: int, covered: Column
) -> Marked:
    """The same split over several days, up to the day that is closed, none of which comes to a large value.

    `covered`: by person the last day that an earlier case of this pattern looked at; 0 where there is none.
    """
    days = local_days(moves.at).astype(np.int64)
    places = np.flatnonzero(~moves.is_any(Move.bought) & (days > covered[moves.person]))
    side = 2 * moves.person + moves.is_any(*INWARD)
    pairs, in_day = np.unique(np.column_stack([side[places], days[places]]), axis=0, return_inverse=True)
    small = _sums(in_day, moves.amount_fen[places]) < report_from_fen
    places, pairs = places[small[in_day]], pairs[small]
    of, size = side[places], int(side.max(initial=0)) + 1
    found = np.bincount(of, minlength=size) >= standard["split_count"]
    found &= _sums(of, moves.amount_fen[places], size) >= standard["split_fen"]
    found &= np.bincount(pairs[:, 0], minlength=size) > 1
    found &= np.bincount(of[days[places] == date], minlength=size) > 0
    return _of_people(Pattern.structuring_over_days, moves, places[found[of]])


def mule_chain(moves: Movements, standard: Standard) -> Marked:
    """People who pass on, the same day, nearly all that others sent them, one to the next."""
    got, gave = moves.is_any(Move.received), moves.is_any(Move.sent, Move.withdrawn)
    size = int(max(moves.person.max(initial=0), moves.other.max(initial=0))) + 1
    received = _sums(moves.person[got], moves.amount_fen[got], size)
    left = _sums(moves.person[gave], moves.amount_fen[gave], size)
    whole, rest = np.divmod(received, WHOLE_PPM)
    share = standard["chain_share_ppm"]
    passes = (received >= standard["chain_fen"]) & (left >= whole * share + rest * share // WHOLE_PPM)
    sent = np.flatnonzero(moves.is_any(Move.sent))
    links = sent[passes[moves.person[sent]] & passes[moves.other[sent]]]
    chain = _joined(moves.person[links], moves.other[links], size)
    people = np.bincount(chain[passes], minlength=size)
    in_chain = passes & (people[chain] >= standard["chain_people"])
    places = np.flatnonzero((got | gave) & in_chain[moves.person])
    subject = moves.person[places]
    return Marked(
        pattern=Pattern.mule_chain, subject_kind=OF_PERSON, place=places, subject=subject, chain=chain[subject]
    )


def night_burst(moves: Movements, standard: Standard, *, date: int) -> Marked:
    """Many purchases and transfers of one person by night."""
    hour = (moves.at - day_begins_at(date)) // HOUR_US
    first, end = standard["night_from"], standard["night_to"]
    by_night = (hour >= first) & (hour < end) if first <= end else (hour >= first) | (hour < end)
    places = np.flatnonzero(by_night & moves.is_any(Move.sent, Move.bought))
    _, group = np.unique(moves.person[places], return_inverse=True)
    count, total = np.bincount(group), _sums(group, moves.amount_fen[places])
    found = (count >= standard["night_count"]) & (total >= standard["night_fen"])
    return _of_people(Pattern.night_burst, moves, places[found[group]] if len(places) else places)


def cash_out(moves: Movements, standard: Standard) -> Marked:
    """Round amounts from credit cards at one merchant: money drawn rather than goods bought."""
    round_sums = (moves.credit_fen > 0) & (moves.amount_fen % standard["cash_out_multiple_fen"] == 0)
    places = np.flatnonzero(moves.is_any(Move.bought) & round_sums)
    _, group = np.unique(moves.merchant[places], return_inverse=True)
    count, total = np.bincount(group), _sums(group, moves.credit_fen[places])
    found = (count >= standard["cash_out_count"]) & (total >= standard["cash_out_fen"])
    places = places[found[group]] if len(places) else places
    return _of_merchants(Pattern.cash_out, moves, places)


def self_payment(moves: Movements, principals: Column) -> Marked:
    """A micro-merchant's own person pays at it."""
    paid = moves.is_any(Move.bought)
    places = np.flatnonzero(paid & (principals[np.where(paid, moves.merchant, 0)] == moves.person))
    return _of_merchants(Pattern.self_payment, moves, places)


def business_use(moves: Movements, standard: Standard) -> Marked:
    """A person whom many different people pay by personal code, as a shop is paid (银发〔2021〕259号, 一（二）3)."""
    places = np.flatnonzero(moves.is_any(Move.received) & (moves.personal_code != 0))
    pairs = np.unique(np.column_stack([moves.person[places], moves.other[places]]), axis=0)
    payers = np.bincount(pairs[:, 0], minlength=1)
    return _of_people(Pattern.business_use, moves, places[payers[moves.person[places]] >= standard["business_people"]])


def _of_people(pattern: Pattern, moves: Movements, places: NDArray[np.int64]) -> Marked:
    subject = moves.person[places]
    return Marked(pattern=pattern, subject_kind=OF_PERSON, place=places, subject=subject, chain=np.zeros_like(subject))


def _of_merchants(pattern: Pattern, moves: Movements, places: NDArray[np.int64]) -> Marked:
    shop = moves.merchant[places]
    return Marked(pattern=pattern, subject_kind=OF_MERCHANT, place=places, subject=shop, chain=np.zeros_like(shop))


def _sums(group: Column, amount: Column, size: int = 0) -> Column:
    """Sums of whole numbers by group."""
    sums = np.zeros(max(size, int(group.max(initial=-1)) + 1), np.int64)
    np.add.at(sums, group, amount)
    return sums


def _joined(one: Column, other: Column, size: int) -> Column:
    """For each number the least one that it is linked with, directly or through others; itself where it is not."""
    least = np.arange(size)
    while True:
        before = least.copy()
        lower = np.minimum(least[one], least[other])
        np.minimum.at(least, one, lower)
        np.minimum.at(least, other, lower)
        least = least[least]
        if (least == before).all():
            return least
