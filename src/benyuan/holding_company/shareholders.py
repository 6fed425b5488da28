"""Whether a firm may be a main shareholder or a controller of a holding company, by its accounts.

Source: PBoC Order [2020] No. 4, art. 9 ¶1 item 4. Worked number: on 20260501 a controller must have made a profit in
2025, 2024 and 2023; with no accounts of 2023 and profits in the others it can't be told, with a loss in 2024 it is not.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from benyuan.holding_company.checks import Check
from benyuan.holding_company.lines import Line, part_line, share_of
from benyuan.rules import RulePack
from benyuan.rules.places import place_of, value_on

MAIN, CONTROLS = "fhc.sh.major", "fhc.sh.control"
A_YEAR = 10_000  # tidy: number years in a date as yyyymmdd

WORDS = {None: "not told", True: "profit", False: "none"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A firm that is a main shareholder, or `controls`; `profits` by year, all in fen, None where untold."""

    body: int
    controls: bool
    profits: Mapping[int, int]
    net_assets_fen: int | None = None
    total_assets_fen: int | None = None
    equity_investments_fen: int | None = None
    consolidated_net_fen: int | None = None


def profit_check(holder: Holder, *, on: int, rules: RulePack) -> Check:
    """The years in a row that ended before the day, with a profit in each. Errors: BadInput."""
    rule = CONTROLS if holder.controls else MAIN
    value = value_on(rules, rule, on=on)
    years = [on // A_YEAR - back for back in range(1, value.count + 1)]
    made = {year: holder.profits[year] > 0 for year in years if year in holder.profits}
    told = ", ".join(f"{year}: {WORDS[made.get(year)]}" for year in years)
    met = False if False in made.values() else True if len(made) == len(years) else None
    return Check(
        who=holder.body,
        what="years with a profit",
        place=place_of(rule, value),
        found=told,
        asked=f"{value.count} in a row",
        met=met,
    )


def controller_lines(holder: Holder, *, on: int, rules: RulePack) -> list[Line]:
    """Both ratios of a controller; none for others. Errors: BadInput."""
    if not holder.controls:
        return []
    value = value_on(rules, CONTROLS, on=on)
    place = place_of(CONTROLS, value)
    return [
        part_line(
            what="net assets beside total assets, own accounts",
            place=place,
            part_fen=holder.net_assets_fen,
            whole_fen=holder.total_assets_fen,
            ratio=share_of(value.parameters.ppm("net_assets")),
        ),
        part_line(
            what="equity investments beside net assets, consolidated",
            place=place,
            part_fen=holder.equity_investments_fen,
            whole_fen=holder.consolidated_net_fen,
            ratio=share_of(value.parameters.ppm("equity_investments")),
            at_most=True,
        ),
    ]
