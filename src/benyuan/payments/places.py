"""Where merchants with a place of business are, and where the institution may serve them.

Sources: PBoC Announcement [2013] No. 9, arts. 16, 44; 银发〔2017〕296号, art. 29; Order 768, arts. 12, 16.
Worked case: a licence for Guangdong and Hunan and a branch in Hunan alone serve shops of Hunan; one of Guangdong needs
a branch there, one of Hubei another licence.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.usecase import Case, Gate
from benyuan.payments.licences import ONLY_LICENSED

LOCAL, FILED = "qr.local_acquiring", "acq.branch.filed"
OF_INSTITUTION = 100
"""A branch's key is that of its institution times this, and the number of its province."""


class Province(StrEnum):
    """Provinces, autonomous regions and municipalities of the mainland; none: no place of business."""

    none = "none"
    beijing = "beijing"
    tianjin = "tianjin"
    hebei = "hebei"
    shanxi = "shanxi"
    neimenggu = "neimenggu"
    liaoning = "liaoning"
    jilin = "jilin"
    heilongjiang = "heilongjiang"
    shanghai = "shanghai"
    jiangsu = "jiangsu"
    zhejiang = "zhejiang"
    anhui = "anhui"
    fujian = "fujian"
    jiangxi = "jiangxi"
    shandong = "shandong"
    henan = "henan"
    hubei = "hubei"
    hunan = "hunan"
    guangdong = "guangdong"
    guangxi = "guangxi"
    hainan = "hainan"
    chongqing = "chongqing"
    sichuan = "sichuan"
    guizhou = "guizhou"
    yunnan = "yunnan"
    xizang = "xizang"
    shaanxi = "shaanxi"
    gansu = "gansu"
    qinghai = "qinghai"
    ningxia = "ningxia"
    xinjiang = "xinjiang"


PROVINCE_NUMBER = {province.value: number for number, province in enumerate(Province)}
"""Numbers in order, 0: no place. As bits of an area each stands at its number."""
NATIONWIDE = "all"

AREA = Table(name="licence_area", columns=("owner", "from_date", "provinces"), dated="from_date")
"""The provinces of an institution's licence to acquire, as bits, from a day on."""
BRANCH = Table(
    name="branch", columns=("institution", "province", "seat", "filed_on", "opened_on", "closed_on"), keyed=True
)
MERCHANT_PLACE = Table(name="merchant_place", columns=("province", "branch", "since", "position"), keyed=True)
"""The province of a merchant and the key of the branch there; province 0: it has no place any more."""

AREA_RECORDED = folds("licence_area_recorded", table=AREA, adds=True)
BRANCH_RECORDED = folds("branch_recorded", table=BRANCH, adds=True)
BRANCH_CHANGED = folds("branch_changed", table=BRANCH, adds=False)
MERCHANT_PLACED = folds("merchant_placed", table=MERCHANT_PLACE, adds=True)
MERCHANT_PLACE_CHANGED = folds("merchant_place_changed", table=MERCHANT_PLACE, adds=False)

PLACE_NEEDS = (
    Need(table=MERCHANT_PLACE, by="merchant", prefix="place"),
    Need(table=BRANCH, by="place_branch", prefix="branch"),
    Need(table=AREA, by="merchant_institution", prefix="area"),
)
"""What is known of the place of the column `merchant`."""


def area_bits(text: str) -> int | None:
    """The bits of an area such as "guangdong hunan", or of "all"; None for what names no provinces."""
    names = text.split()
    if names == [NATIONWIDE]:
        names = [name for name in PROVINCE_NUMBER if name != Province.none]
    numbers = [PROVINCE_NUMBER.get(name, 0) for name in names]
    return sum(1 << number for number in set(numbers)) if names and all(numbers) else None


def provinces_of(bits: int) -> list[str]:
    """The names of an area's provinces, in order."""
    return [name for name, number in PROVINCE_NUMBER.items() if number and bits >> number & 1]


def open_branch(facts: Any, *, on: int) -> NDArray[np.bool_]:
    """Where the branch of the facts `branch_…` is open on a day."""
    closed = facts["branch_closed_on"]
    opened = facts["branch_opened_on"]
    return np.asarray((opened != 0) & (opened <= on) & ((closed == 0) | (closed > on)), np.bool_)


def place_gates(province: Callable[[Case], NDArray[np.int64]]) -> tuple[Gate, Gate]:
    """The licence names the province, and seat or branch is there; nothing is asked where there is no place."""

    def has_place(case: Case) -> NDArray[np.bool_]:
        return np.asarray(province(case) != 0, np.bool_)

    def in_area(case: Case) -> NDArray[np.bool_]:
        placed = has_place(case)
        if placed.any():
            case.rules.value(id=ONLY_LICENSED, on=case.batch.on)
        return np.asarray(~placed | ((case.facts["area_provinces"] >> province(case)) & 1 == 1), np.bool_)

    def is_local(case: Case) -> NDArray[np.bool_]:
        placed = has_place(case)
        if not placed.any():
            return ~placed
        case.rules.value(id=LOCAL, on=case.batch.on)
        return ~placed | open_branch(case.facts, on=case.batch.on)

    def figures(case: Case, place: int) -> dict[str, Any]:
        return {"province": [*Province][int(province(case)[place])].value}

    return (
        Gate(
            rule=ONLY_LICENSED,
            passes=in_area,
            figures=lambda case, place: {"business": "card_acquiring", **figures(case, place)},
            applies=has_place,
        ),
        Gate(rule=LOCAL, passes=is_local, figures=figures, applies=has_place),
    )


IN_PLACE = place_gates(lambda case: case.facts["place_province"])
"""For a merchant whose place is recorded."""
