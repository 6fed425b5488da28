"""The limits that the house has set on a group's figures, as they stand on a day.

Worked: 1.2 of capital from 20260101, ended from 20270101: on 20261231 it stands, with its reason and source.
"""

from benyuan.assurance.group.reading import columns_of, given_at, source_at
from benyuan.engine.group import Group
from benyuan.holding_company.prudential.ratios import HouseLimit
from benyuan.holding_company.records import GROUP_LIMIT, GROUP_LIMIT_KEY
from benyuan.holding_company.vocabulary import GROUP_RATIO_NUMBER, GroupRatio
from benyuan.parties.ownership.dated import rows_in_force

RATIOS = {number: GroupRatio(word) for word, number in GROUP_RATIO_NUMBER.items()}


def house_limits(group: Group, top: int, *, on: int, seen: int) -> dict[GroupRatio, HouseLimit]:
    """By figure, of the group under `top`, as known at a log position."""
    rows = rows_in_force(columns_of(group), GROUP_LIMIT, key=GROUP_LIMIT_KEY, on=on, seen=seen)
    return {
        RATIOS[row["ratio"]]: HouseLimit(
            limit_ppm=row["limit_ppm"],
            from_date=row["from_date"],
            reason=str(given_at(group, row["position"])["reason"]),
            source=source_at(group, row["position"]),
        )
        for row in rows
        if row["top"] == top and row["holds"]
    }
