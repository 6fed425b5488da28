"""Which lists there are (AML Law (2024), art. 40)."""

from enum import StrEnum


class NameList(StrEnum):
    """The lists of art. 40, in its order, and what an institution watches besides."""

    terrorism = "terrorism"
    united_nations = "united_nations"
    laundering_risk = "laundering_risk"
    house = "house"


NAME_LIST_NUMBER = {name_list.value: number for number, name_list in enumerate(NameList, 1)}
