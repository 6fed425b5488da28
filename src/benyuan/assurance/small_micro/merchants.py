"""Merchants that received something in the period: by kind, class of firm, province, area, receipts; their waits.

Worked number: of 20 firms 9 are micro, 8 small and 3 not told: by kind a row of 20, by class one of 9 and one of 11,
for the 3 are put together with the 8.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.small_micro.receipts import Ints, Receipts
from benyuan.assurance.small_micro.sections import Frame, Row, Section, missing, share
from benyuan.parties.ownership.dated import in_force
from benyuan.payments.areas import AREA_NUMBER, AREAS, BUSINESS_AREA, Area, areas_of
from benyuan.payments.business_sizes import BUSINESS_FIGURES, CLASSES, MEASURES, SIZE_NUMBER, BusinessSize, sizes_of
from benyuan.payments.places import MERCHANT_PLACE, PROVINCE_NUMBER
from benyuan.payments.records import MERCHANT
from benyuan.payments.vocabulary import MERCHANT_KIND_NUMBER, MerchantKind

BANDS = "gov.house.small_micro.bands"
COUNTED = ("merchants", "payments", "amount_fen", "fee_fen", "saved_fen", "standard_fen", "on_credit", "on_credit_fen")
KINDS = {number: word.replace("_", " ") for word, number in MERCHANT_KIND_NUMBER.items()}
CLASSED = (MerchantKind.firm, MerchantKind.individual_business)
SIZES = {number: word for word, number in SIZE_NUMBER.items()}
AREA_NAMES = {number: "area not told" if word == Area.untold else word for word, number in AREA_NUMBER.items()}
NOT_TOLD = "class not told"
OF_YEAR, HUNDREDTHS, FEN_A_YUAN = 10_000, 100, 100
Marks = NDArray[np.bool_]


class Merchants:
    """Makes the sections on merchants, all from the same columns, place by place as in the table of merchants."""

    def __init__(self, frame: Frame, found: Receipts, *, stale: int) -> None:
        self._frame = frame
        self._found = found
        self._kinds = frame.column(MERCHANT, "kind")
        mine = frame.column(MERCHANT, "institution") == frame.institution
        self.sums = {name: np.where(mine, column, 0) for name, column in found.by_merchant.items()}
        self._mine = mine
        self.active = mine & (self.sums["payments"] > 0)
        self._size, self._size_invented = _sizes(frame, stale=stale)
        self._area, self._county, self._area_invented = _areas(frame)

    def by_size(self) -> Section:
        """By the kind as which they were registered."""
        rows, together = self._frame.shut(self._by_kind())
        text = (
            "Merchants that received at least one payment in the period, by the kind as which they were registered. "
            "`saved`: the standard fee less the fee; refunds are not taken off."
        )
        return self._frame.section("by_size", "By kind", text, columns=["kind", *COUNTED], rows=rows, together=together)

    def by_class(self) -> Section:
        """By kind, firms and individual businesses by the class of firms."""
        told, _ = self._frame.shut(self._by_kind(self._size_invented))
        parts: dict[str, list[Row]] = {}
        for kind in CLASSED:
            number = MERCHANT_KIND_NUMBER[kind]
            name, of_kind = KINDS[number], self.active & (self._kinds == number)
            parts[name] = [
                self._row(
                    f"{name}, {NOT_TOLD if size == BusinessSize.untold else size}",
                    of_kind & (self._size == place),
                    self._size_invented,
                )
                for place, size in reversed(SIZES.items())
            ]
        rows, together = self._frame.split(told, parts)
        everybody = int(self.active.sum())
        shares: list[Row] = [[row[0], row[1], share(int(row[1]), everybody), *row[2:]] for row in rows]
        text = (
            "The same merchants, firms by the class to which industry, staff, revenue and assets of the latest year "
            "recorded lead; individual businesses by the same classes by reference; persons without a licence as they "
            "are. `share`: of all these merchants; `invented`: those whose figures rest on no document."
        )
        columns = ["kind and class", "merchants", "share", *COUNTED[1:], "invented"]
        return self._frame.section(
            "by_class", "By class of firm", text, columns=columns, rows=shares, together=together, rule=CLASSES
        )

    def by_area(self) -> Section:
        """By urban and rural areas."""
        rows, together = self._frame.shut(self._by_area())
        text = (
            "The same merchants by the area of the place at which they carry on business: urban or rural by the "
            "statistics bureau's class of that place, as recorded last and begun by the period's end. `invented`: "
            "those whose area rests on no document."
        )
        columns = ["area", *COUNTED, "invented"]
        return self._frame.section(
            "by_area", "By area", text, columns=columns, rows=rows, together=together, rule=AREAS
        )

    def by_county(self) -> Section:
        """Areas by county."""
        told, _ = self._frame.shut(self._by_area())
        parts: dict[str, list[Row]] = {}
        for area, name in AREA_NAMES.items():
            within = self.active & (self._area == area)
            if area:
                parts[name] = [
                    self._row(f"{name}, county {county}", within & (self._county == county), self._area_invented)
                    for county in np.unique(self._county[within]).tolist()
                ]
        rows, together = self._frame.split(told, parts)
        text = "The same by the county's division code; whoever recorded it says which list it is of."
        columns = ["area and county", *COUNTED, "invented"]
        return self._frame.section(
            "by_county", "By county", text, columns=columns, rows=rows, together=together, rule=AREAS
        )

    def by_place(self) -> Section:
        """By the province that is recorded now."""
        place = np.zeros(len(self._kinds), np.int64)
        held = self._frame.group.records.tables[MERCHANT_PLACE.name]
        ids, provinces = held.ids(), held.column("province")
        place[ids[1:]] = provinces[1:]
        small = self.active & np.isin(self._kinds, _small())
        rows = [self._row(name, small & (place == number)) for name, number in PROVINCE_NUMBER.items() if number]
        rows.append(self._row("no place recorded", small & (place == 0)))
        firms = int((self.active & ~small).sum())
        few = 0 < firms < self._frame.floor  # who could be told by taking the small ones from them all
        shown, together = ([], len(rows)) if few else self._frame.shut(rows)
        text = "Micro-merchants, individual businesses and sellers by the province of their place of business."
        columns = ["place", *COUNTED]
        return self._frame.section(
            "by_place", "Small merchants by place", text, columns=columns, rows=shown, together=together
        )

    def by_receipts(self, bounds: Ints) -> Section:
        """By what each received in the period."""
        band = np.searchsorted(bounds, self.sums["amount_fen"], side="left")
        names = _bands(bounds)
        rows, together = self._frame.shut(
            [self._row(name, self.active & (band == number)) for number, name in enumerate(names)]
        )
        text = "Merchants of all sizes by what each received in the period."
        columns = ["received", *COUNTED]
        return self._frame.section(
            "by_receipts", "By receipts", text, columns=columns, rows=rows, together=together, rule=BANDS
        )

    def tickets(self, bounds: Ints) -> Section:
        """How large payments are, by kind of merchant."""
        names = _bands(bounds)
        rows: list[Row] = []
        told = self._told_alone()
        for number, kind in KINDS.items():
            if kind not in told or number >= len(self._found.ticket_count):
                continue
            counts, sums = self._found.ticket_count[number], self._found.ticket_fen[number]
            rows += [[f"{kind}, {name}", int(counts[place]), int(sums[place])] for place, name in enumerate(names)]
        text = "Payments to merchants of each kind, by amount; kinds of too few merchants are left out."
        columns = ["kind and ticket", "payments", "amount_fen"]
        return self._frame.section("tickets", "Tickets", text, columns=columns, rows=rows, together=0, rule=BANDS)

    def paid_out(self) -> Section:
        """How long merchants waited, weighted by what went out."""
        rows: list[Row] = []
        for number, kind in KINDS.items():
            days, fen, who = self._waits(number)
            if not fen:
                continue
            mean = days * HUNDREDTHS // fen
            rows.append([kind, len(who), fen, f"{mean // HUNDREDTHS}.{mean % HUNDREDTHS:02d}"])
        told = self._told_alone()
        kept = [row for row in rows if int(row[1]) >= self._frame.floor and row[0] in told]
        text = (
            "Calendar days from the last day whose receipts went out to the day on which they did, weighted by what "
            "went out, cut to two decimals; earlier receipts in the same pay-out waited longer. 0 is the same day."
        )
        columns = ["kind", "merchants", "settled_fen", "days"]
        together = len(rows) - len(kept)
        return self._frame.section(
            "paid_out", "Speed of settlement", text, columns=columns, rows=kept, together=together
        )

    def untold(self) -> list[str]:
        """Of how many merchants class and area are not told."""
        found: list[str] = []
        rows = self.by_class().rows
        for kind in CLASSED:
            number = MERCHANT_KIND_NUMBER[kind]
            name, of_kind = KINDS[number], self.active & (self._kinds == number)
            some = int((of_kind & (self._size == SIZE_NUMBER[BusinessSize.untold])).sum())
            what = f"the class of each {name} whose figures are not recorded, too old or leave it open"
            found += missing(what, some=some, of=int(of_kind.sum()), told=rows, row=f"{name}, {NOT_TOLD}")
        some, of = int((self.active & (self._area == 0)).sum()), int(self.active.sum())
        what = "urban or rural: merchants without an area"
        return [*found, *missing(what, some=some, of=of, told=self.by_area().rows, row=AREA_NAMES[0])]

    def _told_alone(self) -> set[str]:
        """The kinds that the table of kinds has in a row of their own; figures of others would tell the rest of it."""
        return {str(row[0]) for row in self._frame.shut(self._by_kind())[0]}

    def _by_kind(self, invented: Marks | None = None) -> list[Row]:
        return [self._row(name, self.active & (self._kinds == number), invented) for number, name in KINDS.items()]

    def _by_area(self) -> list[Row]:
        return [
            self._row(name, self.active & (self._area == number), self._area_invented)
            for number, name in reversed(AREA_NAMES.items())
        ]

    def _waits(self, number: int) -> tuple[int, int, set[int]]:
        days = fen = 0
        who: set[int] = set()
        for merchant, waited, settled in self._found.settled:
            of = self._mine[merchant] & (self._kinds[merchant] == number)
            days += int((waited[of] * settled[of]).sum())
            fen += int(settled[of].sum())
            who.update(merchant[of].tolist())
        return days, fen, who

    def _row(self, name: str, wanted: Marks, invented: Marks | None = None) -> Row:
        of = {each: int(self.sums[each][wanted].sum()) for each in COUNTED if each in self.sums}
        of["merchants"], of["standard_fen"] = int(wanted.sum()), of["fee_fen"] + of["saved_fen"]
        further = [] if invented is None else [int((wanted & invented).sum())]
        return [name.replace("_", " "), *(of[each] for each in COUNTED), *further]


def _sizes(frame: Frame, *, stale: int) -> tuple[Ints, Marks]:
    """By merchant the number of its business's class at the period's end, and whether it rests on no document.

    A business is one, however many merchants it has; figures of `stale` years before or older tell nothing.
    """
    business = frame.column(MERCHANT, "business")
    held = {name: frame.column(BUSINESS_FIGURES, name)[1:] for name in BUSINESS_FIGURES.columns}
    held["business"] = business[held["merchant"]]
    places = in_force(held, key=("business",), on=frame.last, seen=frame.group.position)
    places = places[held["from_date"][places] > frame.last - stale * OF_YEAR]
    figures = {name: held[name][places] for name in ("industry", *MEASURES)}
    size, invented = np.zeros(len(business), np.int64), np.zeros(len(business), np.bool_)
    size[held["business"][places]] = sizes_of(frame.value(CLASSES), **figures)
    invented[held["business"][places]] = held["invented"][places] != 0
    return size[business], invented[business]


def _areas(frame: Frame) -> tuple[Ints, Ints, Marks]:
    """By merchant the number of its area at the period's end, its county, and whether they rest on no document."""
    held = {name: frame.column(BUSINESS_AREA, name)[1:] for name in BUSINESS_AREA.columns}
    places = in_force(held, key=("merchant",), on=frame.last, seen=frame.group.position)
    merchant, count = held["merchant"][places], len(frame.column(MERCHANT, "kind"))
    area, county, invented = np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.bool_)
    area[merchant] = areas_of(frame.value(AREAS), held["place_class"][places])
    county[merchant], invented[merchant] = held["county"][places], held["invented"][places] != 0
    return area, county, invented


def _small() -> list[int]:
    return [number for word, number in MERCHANT_KIND_NUMBER.items() if word != MerchantKind.firm]


def _bands(bounds: Ints) -> list[str]:
    """What each band is called, in yuan."""
    ends = [f"{fen // FEN_A_YUAN:,}" for fen in bounds.tolist()]
    between = [f"more than {low} to {high}" for low, high in pairwise(ends)]
    return [f"to {ends[0]}", *between, f"more than {ends[-1]}"]
