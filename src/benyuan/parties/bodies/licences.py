"""Which licences stand on a day, as far as was known at a position of the log.

Worked number: one that runs until 20301231 stands on that day and not on the next.
"""

from dataclasses import dataclass

from benyuan.parties.bodies.records import LICENCE, LICENCE_KEY
from benyuan.parties.bodies.vocabulary import BUSINESS_NUMBER, Business
from benyuan.parties.ownership.dated import Column, rows_in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A licence that stands; `until` 0: it has no end; `position`: of the command with its number and source."""

    body: int
    business: Business
    from_date: int
    until: int
    position: int


def licences_of(column: Column, *, on: int, seen: int) -> dict[tuple[int, Business], Licence]:
    """Those that stand, by body and business."""
    words = {number: Business(word) for word, number in BUSINESS_NUMBER.items()}
    standing = [
        Licence(
            body=row["body"],
            business=words[row["business"]],
            from_date=row["from_date"],
            until=row["until"],
            position=row["position"],
        )
        for row in rows_in_force(column, LICENCE, key=LICENCE_KEY, on=on, seen=seen)
        if row["holds"] and (row["until"] == 0 or row["until"] >= on)
    ]
    return {(each.body, each.business): each for each in standing}
