"""Invented people: names, valid identity numbers, telephones; the n-th is the same in every run, and no two are one.

The numbers are made from the count alone; whoever in the world has the same is not meant.
"""

import datetime as dt
from typing import Any

from benyuan.parties.check_digits import mod_11_2, mod_31_3
from benyuan.values.dates import to_yyyymmdd

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉萍红健文辉"
OCCUPATIONS = ("teacher", "shop assistant", "driver", "engineer", "nurse", "farmer", "cook", "clerk")
REGIONS = ("110101", "310104", "330106", "440305", "510107", "420106", "320102", "610113")
EARLIEST = dt.date(1956, 1, 1)
A_ROUND = 499  # so many differ by their order number, and are born so far apart that all ages come about
APART_DAYS, A_ROUND_LATER_DAYS = 36, 7
LONG_TERM = 0
NEVER_BEFORE = 20_491_231  # the last day of documents that run out


def identity_number(n: int) -> str:
    """The n-th resident identity number."""
    rounds, order = divmod(n, A_ROUND)
    born = EARLIEST + dt.timedelta(days=(rounds * A_ROUND_LATER_DAYS + order * APART_DAYS) % 18_000)
    body = f"{REGIONS[n % len(REGIONS)]}{to_yyyymmdd(born)}{order * 2 + 1:03d}"
    return body + mod_11_2(body)


def credit_code(n: int, *, individual: bool = False) -> str:
    """The n-th unified social credit code."""
    body = f"{'92' if individual else '91'}{REGIONS[n % len(REGIONS)]}MA{n:07d}"
    return body + mod_31_3(body)


def full_name(n: int) -> str:
    """The n-th name."""
    rest, given = divmod(n, len(GIVEN))
    rest, surname = divmod(rest, len(SURNAMES))
    return SURNAMES[surname] + GIVEN[given] + (GIVEN[rest % len(GIVEN)] if rest else "")


def phone(n: int) -> str:
    """The n-th telephone."""
    return f"13{n:09d}"


def someone(n: int) -> dict[str, Any]:
    """The fields of `register_person` for the n-th, but for the institution."""
    return {
        "document": "resident_id",
        "number": identity_number(n),
        "full_name": full_name(n),
        "phone": phone(n),
        "occupation": OCCUPATIONS[n % len(OCCUPATIONS)],
        "address": f"{REGIONS[n % len(REGIONS)]} 号 {n}",
        "valid_until": LONG_TERM if n % 5 == 0 else NEVER_BEFORE,
    }


def everyone(count: int, *, first: int = 1) -> dict[str, list[Any]]:
    """The same for `count` of them, as columns."""
    people = [someone(n) for n in range(first, first + count)]
    return {name: [person[name] for person in people] for name in someone(first)}


def businesses(firms: list[bool]) -> dict[str, list[str]]:
    """Codes and names for `register_merchant`, as columns; `firms` says which are no individual business."""
    codes = [credit_code(n, individual=not firm) for n, firm in enumerate(firms, 1)]
    return {
        "code": codes,
        "name": [f"{full_name(n)}{'商贸有限公司' if firm else '小吃店'}" for n, firm in enumerate(firms, 1)],
        "representative": [full_name(n) for n in range(1, len(firms) + 1)],
    }
