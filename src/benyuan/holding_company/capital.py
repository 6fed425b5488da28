"""What a holding company's accounts must show: capital, the financial part of a whole group, investments, guarantees.

Source: PBoC Order [2020] No. 4, arts. 6 ¶2, 7 item 1, 17, 36 item 7. Worked number: institutions held directly with
registered capital of 12,000,000,000.01 yuan ask for 6,000,000,000.01 of paid-in capital, the half rounded up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benyuan.holding_company.lines import Line, amount_line, part_line, share_of
from benyuan.rules import RulePack
from benyuan.rules.places import Place, place_of, value_on

ABSOLUTE, RELATIVE, WHOLE_GROUP = "fhc.capital.abs", "fhc.capital.rel", "fhc.whole_group.ratio"
INVESTED, GUARANTEED = "fhc.noncore_invest", "fhc.lim.ext_guarantee"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAccounts:
    """Consolidated accounts of one day (yyyymmdd), in fen."""

    as_of: int
    financial_fen: int
    total_fen: int


def capital_lines(
    *, paid_in_fen: int | None, registered: Mapping[int, int | None], on: int, rules: RulePack
) -> list[Line]:
    """Both tests of capital; `registered`: by institution held directly, None where untold. Errors: BadInput."""
    least, ratio = value_on(rules, ABSOLUTE, on=on), value_on(rules, RELATIVE, on=on)
    known = sum(figure for figure in registered.values() if figure is not None)
    untold = tuple(sorted(body for body, figure in registered.items() if figure is None))
    half = part_line(
        what="paid-in capital beside that of institutions held directly",
        place=place_of(RELATIVE, ratio),
        part_fen=paid_in_fen,
        whole_fen=known,
        ratio=share_of(ratio.ppm),
    )
    return [
        amount_line(
            what="paid-in capital", place=place_of(ABSOLUTE, least), found_fen=paid_in_fen, asked_fen=least.fen
        ),
        _with_untold(half, untold),
    ]


def _with_untold(line: Line, untold: tuple[int, ...]) -> Line:
    """With capital missing on the other side, too little is told, and enough is not."""
    if not untold:
        return line
    return Line(
        what=line.what,
        place=line.place,
        found_fen=line.found_fen,
        asked_fen=line.asked_fen,
        distance_fen=line.distance_fen,
        met=False if line.met is False else None,
        untold=untold,
    )


def whole_group_line(accounts: Sequence[GroupAccounts], *, on: int, rules: RulePack) -> tuple[Line, list[int]]:
    """The latest accounts, and the days since the ratio was first reached on which it was not. Errors: BadInput."""
    value = value_on(rules, WHOLE_GROUP, on=on)
    place = place_of(WHOLE_GROUP, value)
    lines = [_of_group(each, place, value.ppm) for each in sorted(accounts, key=lambda each: each.as_of)]
    if not lines:
        return _of_group(None, place, value.ppm), []
    days = sorted(each.as_of for each in accounts)
    first = next((place for place, line in enumerate(lines) if line.met), len(lines))
    below = [day for place, (day, line) in enumerate(zip(days, lines, strict=True)) if place > first and not line.met]
    return lines[-1], below


def _of_group(accounts: GroupAccounts | None, place: Place, ppm: int) -> Line:
    return part_line(
        what="financial assets in consolidated total assets",
        place=place,
        part_fen=accounts.financial_fen if accounts else None,
        whole_fen=accounts.total_fen if accounts else None,
        ratio=share_of(ppm),
    )


def ceiling_lines(
    *, net_assets_fen: int | None, invested_fen: int | None, guaranteed_fen: int | None, on: int, rules: RulePack
) -> list[Line]:
    """Investments in other bodies of finance, and guarantees for others than the group. Errors: BadInput."""
    asked = (
        (INVESTED, "book value of investments in other bodies of finance", invested_fen),
        (GUARANTEED, "guarantees for others than the group", guaranteed_fen),
    )
    values = {rule: value_on(rules, rule, on=on) for rule, _, _ in asked}
    return [
        part_line(
            what=what,
            place=place_of(rule, values[rule]),
            part_fen=figure,
            whole_fen=net_assets_fen,
            ratio=share_of(values[rule].ppm),
            at_most=True,
        )
        for rule, what, figure in asked
    ]
