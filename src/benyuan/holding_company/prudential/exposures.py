"""What a group is exposed to, counterparties that one controls taken together; by industry and by region.

Source: PBoC Order [2020] No. 4, arts. 32, 33 (`fhc.concentration`). Worked number: the bank has lent 60 to a
firm and the insurer 50 to another that the first controls: one exposure of 110.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from benyuan.holding_company.prudential.tallies import Origin, Tally

Key = TypeVar("Key", bound=Hashable)
Head: TypeAlias = tuple[int | str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What a body is exposed to of a counterparty; `industry` and `region` empty where nobody has told them.

    `party`: what it is called where it is no registered body (`counterparty` 0). `of_person`: it is an individual's,
    who has no industry.
    """

    counterparty: int
    industry: str
    region: str
    origin: Origin
    party: str = ""
    of_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentrated:
    """All that the group has of one counterparty with those connected to it, of one industry, or of one region."""

    name: str
    members: tuple[int, ...]
    amount: Tally


def by_counterparty(exposures: Sequence[Exposure], connected: Callable[[int], Head]) -> list[Concentrated]:
    """The largest first. `connected`: whoever controls a counterparty in the end."""
    groups = _grouped(exposures, lambda each: connected(each.counterparty) if each.counterparty else (each.party,))
    return _ordered(
        Concentrated(
            name=", ".join(map(str, head)),
            members=tuple(sorted({each.counterparty for each in held} - {0})),
            amount=Tally(origins=tuple(each.origin for each in held)),
        )
        for head, held in groups.items()
    )


def by_word(exposures: Sequence[Exposure], word: Callable[[Exposure], str]) -> list[Concentrated]:
    """By industry or region, the largest first; those of which nobody has told it are left aside."""
    groups = _grouped([each for each in exposures if word(each)], word)
    return _ordered(
        Concentrated(
            name=name,
            members=tuple(sorted({each.counterparty for each in held})),
            amount=Tally(origins=tuple(each.origin for each in held)),
        )
        for name, held in groups.items()
    )


def _grouped(exposures: Sequence[Exposure], key: Callable[[Exposure], Key]) -> Mapping[Key, list[Exposure]]:
    found: dict[Key, list[Exposure]] = {}
    for each in exposures:
        found.setdefault(key(each), []).append(each)
    return found


def _ordered(found: Iterable[Concentrated]) -> list[Concentrated]:
    return sorted(found, key=lambda each: (-each.amount.known_fen, each.name))
