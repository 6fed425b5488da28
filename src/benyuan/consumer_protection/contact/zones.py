"""Which clocks are meant: the zone on record for a debtor or a guarantor, and after a move those of before for a while.

A rule of the house (`cp.house.debtor.zone`): nobody moves a debtor in order to call. Worked: on record 480 until
2026-05-04 22:30 in China, 420 from then on; up to 05-05 22:29:59 both clocks count, and a call at 22:31, where it is
21:31 by the new one, is made by night.
"""

from benyuan.consumer_protection.contact.local import CHINA
from benyuan.consumer_protection.contact.records import ZONE
from benyuan.decisions.books import Books


def zones_meant(books: Books, borrower: int, *, at_us: int, both_us: int, guarantor: int = 0) -> list[int]:
    """The zone that counts at an instant, then those that ended less than `both_us` microseconds before it."""
    places = books.all_with(ZONE, "borrower", borrower)
    recorded_at = books.column(ZONE, "recorded_at")[places]
    chosen = (books.column(ZONE, "guarantor")[places] == guarantor) & (recorded_at <= at_us)
    zones = [CHINA, *books.column(ZONE, "zone")[places[chosen]].tolist()]
    ends = [*recorded_at[chosen].tolist(), at_us + 1]
    recent = [zone for zone, end in zip(zones, ends, strict=True) if end > at_us - both_us]
    return list(dict.fromkeys(reversed([*recent, zones[-1]])))
