"""The least registered capital of an institution, by its classes of licence and their areas.

Sources: State Council Order 768, art. 8; PBoC Order [2024] No. 4, art. 8. Worked number: stored_value_1 with a
processing_1 that is nationwide asks for 100 + 100 + 100 = 300 million yuan; processing_1 in its own province and two
more for 110 million.
"""

from dataclasses import dataclass

from benyuan.payments.vocabulary import LICENCE_PROCESSING_1, LICENCE_STORED_VALUE_1, LICENCE_STORED_VALUE_2
from benyuan.rules import RulePack, RuleValue

CAPITAL_MIN, CAPITAL_ADDON = "pay.license.capital_min", "pay.license.capital_addon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The classes of licence as bits, and how many provinces the areas of two of them have, that of the seat included.

    `stored_value_2_limited`: to topping up real-name accounts online, or to accepting prepaid cards in its area.
    """

    licences: int
    stored_value_2_provinces: int
    processing_1_provinces: int
    stored_value_2_limited: bool = False

    @property
    def area_unknown(self) -> tuple[str, ...]:
        """The fields that must name a province and name none."""
        unknown = []
        whole = self.licences & LICENCE_STORED_VALUE_2 and not self.stored_value_2_limited
        if whole and not self.stored_value_2_provinces:
            unknown.append("stored_value_2_provinces")
        if self.licences & LICENCE_PROCESSING_1 and not self.processing_1_provinces:
            unknown.append("processing_1_provinces")
        return tuple(unknown)


def least_capital_fen(holding: Holding, *, rules: RulePack, on: int) -> int:
    """The least capital on a day, in fen. Before the additions were made it is the minimum alone.

    Raises RuleNotInForce before the minimum; ValueError for an area that is not known.
    """
    if holding.area_unknown:
        raise ValueError(f"no area: {', '.join(holding.area_unknown)}")
    least = rules.value(id=CAPITAL_MIN, on=on).fen
    addon = rules.in_force(id=CAPITAL_ADDON, on=on)
    return least + (_added_fen(holding, addon) if addon else 0)


def _added_fen(holding: Holding, addon: RuleValue) -> int:
    added = addon.fen if holding.licences & LICENCE_STORED_VALUE_1 else 0
    if holding.licences & LICENCE_STORED_VALUE_2 and not holding.stored_value_2_limited:
        added += _of_area_fen(holding.stored_value_2_provinces, addon)
    if holding.licences & LICENCE_PROCESSING_1:
        added += _of_area_fen(holding.processing_1_provinces, addon)
    return added


def _of_area_fen(provinces: int, addon: RuleValue) -> int:
    if provinces > addon.parameters.count("over_provinces"):
        return addon.fen
    return (provinces - 1) * addon.parameters.fen("each_province")
