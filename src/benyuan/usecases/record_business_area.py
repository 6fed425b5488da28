"""Where a merchant carries on business: the county and the statistics bureau's class of the place, with the source.

Sources: none obliges; `gov.house.small_micro.areas`, a choice of the house. The province in which a merchant may be
served is `place_merchant`'s, which gates read; this is for the small-and-micro report, and no gate reads it.
"""

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.parties.bodies.sources import Sourced
from benyuan.payments.areas import BUSINESS_AREA, BUSINESS_AREA_RECORDED, County, PlaceClass, class_faults
from benyuan.usecases.common import MERCHANT_NEED, Id, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact


@command("record_business_area")
class BusinessAreaFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `merchant` carries on business in `county` at a place of `place_class`."""

    merchant: Id
    county: County
    place_class: PlaceClass
    from_date: Yyyymmdd


class RecordBusinessArea(DatedFact):
    """Records it; the latest that has begun counts."""

    command = BusinessAreaFields
    needs = (MERCHANT_NEED,)
    table, kind = BUSINESS_AREA, BUSINESS_AREA_RECORDED
    names = ("merchant", "county", "place_class")
    words = {}  # noqa: RUF012  read only
    pair = None

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A class that there is."""
        return {**super().faults(case), **class_faults(case)}
