"""The report of a period on small and micro businesses, from ledger and records, each figure with its definition.

Its figures of size, place, bands and age are the house's (`gov.house.small_micro`). What nobody has recorded is listed
as untold, and never taken for nought. Worked number: of 1,000 payments of micro-merchants 600 are of at most 10.00; the
row says 600, and so does the sum of the bands say 1,000, the number of payments in the ledger.
"""

from itertools import pairwise
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.small_micro.receipts import Ints, Receipts, receipts_of
from benyuan.assurance.small_micro.sections import Cell, Section, put_together
from benyuan.consumer_finance.records import BORROWER, LOAN
from benyuan.consumer_protection.claims.records import CUSTOMER_COMPLAINT
from benyuan.consumer_protection.claims.words import CAUSE_NUMBER, PRODUCT_NUMBER
from benyuan.decisions.batches import Batch
from benyuan.engine.group import Group
from benyuan.payments.places import MERCHANT_PLACE, PROVINCE_NUMBER
from benyuan.payments.records import INSTITUTION, MERCHANT
from benyuan.payments.vocabulary import MERCHANT_KIND_NUMBER
from benyuan.rules import RuleNotInForce
from benyuan.usecases.settle import through_day
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.errors import BadInput

RULE, BANDS = "gov.house.small_micro", "gov.house.small_micro.bands"
COUNTED = ("merchants", "payments", "amount_fen", "fee_fen", "saved_fen", "standard_fen", "on_credit", "on_credit_fen")
KINDS = {number: word.replace("_", " ") for word, number in MERCHANT_KIND_NUMBER.items()}
OF_YEAR, HUNDREDTHS, FEN_A_YUAN = 10_000, 100, 100
NO_CREDIT = (
    "credit to businesses and its price: the lenders of this ledger lend to consumers; what consumers bought on credit "
    "from small merchants is in the table by size"
)
UNTOLD = (
    "the size of firms: nobody records staff or turnover, and the classes of small firms are in no text at hand",
    NO_CREDIT,
    "older users of wallets: their days of birth lie in the vault, which was not opened",
    "rural users: no place of users is recorded",
)


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of this report beside the ledger's, in fen."""

    what: str
    report_fen: int
    ledger_fen: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The report of an institution on the days from `first` to `last`, as known at a log position."""

    institution: int
    first: int
    last: int
    seen: int
    floor: int
    sections: list[Section]
    ties: list[Tie]
    untold: list[str]


def small_micro_of(group: Group, *, institution: int, first: int, last: int) -> Report:
    """The report.

    Errors: BadInput for no such institution, days that don't exist or are out of order, and before the rules on it.
    """
    _check(first, last)
    try:
        value = group.regime.pack.value(id=RULE, on=last)
        bands = group.regime.pack.value(id=BANDS, on=last).tiers
    except RuleNotInForce as error:
        raise BadInput("until", last, f"a day of the rule's own: {error}") from None
    known = group.records.tables[INSTITUTION.name].count
    if institution > known:
        raise BadInput("institution", institution, f"one that is registered, of {known}")
    ends = {
        of: np.array(sorted(tier.fen("up_to") for tier in bands if tier.code("of") == of), np.int64)
        for of in ("ticket", "receipts")
    }
    merchants = group.records.tables[MERCHANT.name]
    kinds = merchants.column("kind")
    mine = merchants.column("institution") == institution
    found = receipts_of(
        group, first=first, last=last, kinds=np.where(mine, kinds, 0), bounds=ends["ticket"], waited=_waited
    )
    maker = _Maker(group, found, mine=mine, kinds=kinds, floor=value.count)
    return Report(
        institution=institution,
        first=first,
        last=last,
        seen=group.position,
        floor=value.count,
        sections=[
            maker.by_size(),
            maker.by_place(),
            maker.by_receipts(ends["receipts"]),
            maker.tickets(ends["ticket"]),
            maker.paid_out(),
            maker.older(value.parameters.count("older"), first=first, last=last),
            maker.complaints(first=first, last=last),
        ],
        ties=maker.ties(),
        untold=list(UNTOLD),
    )


def _check(first: int, last: int) -> None:
    for field, on in (("from", first), ("until", last)):
        try:
            from_yyyymmdd(on)
        except BadInput as error:
            raise BadInput(field, on, error.constraint) from None
    if last < first:
        raise BadInput("until", last, f"a day not before {first}")


def _waited(batch: Batch) -> Ints:
    """Calendar days from the last day whose receipts went out to the day on which they did."""
    through = through_day(batch)
    today = from_yyyymmdd(batch.on).toordinal()
    days, place = np.unique(through, return_inverse=True)
    ordinals = np.array([from_yyyymmdd(day).toordinal() for day in days.tolist()], np.int64)
    return np.asarray(today - ordinals[place.reshape(-1)], np.int64)


class _Maker:
    """Makes the sections, all from the same columns."""

    def __init__(self, group: Group, found: Receipts, *, mine: Any, kinds: Ints, floor: int) -> None:
        self._group = group
        self._found = found
        self._floor = floor
        self._kinds = kinds
        self._sums = {name: np.where(mine, column, 0) for name, column in found.by_merchant.items()}
        self._mine = mine
        self._active = mine & (self._sums["payments"] > 0)

    def by_size(self) -> Section:
        """Merchants that received something, by the kind as which they were registered."""
        rows = [self._row(name, self._active & (self._kinds == number)) for number, name in KINDS.items()]
        text = (
            "Merchants that received at least one payment in the period, by the kind as which they were registered. "
            "`saved`: the standard fee less the fee; refunds are not taken off."
        )
        return self._section("by_size", "By size", text, ["size", *COUNTED], rows)

    def by_place(self) -> Section:
        """By the province that is recorded now."""
        place = np.zeros(len(self._kinds), np.int64)
        held = self._group.records.tables[MERCHANT_PLACE.name]
        ids, provinces = held.ids(), held.column("province")
        place[ids[1:]] = provinces[1:]
        small = self._active & np.isin(self._kinds, _small())
        rows = [self._row(name, small & (place == number)) for name, number in PROVINCE_NUMBER.items() if number]
        rows.append(self._row("no place recorded", small & (place == 0)))
        text = "Micro-merchants, individual businesses and sellers by the province of their place of business."
        return self._section("by_place", "Small merchants by place", text, ["place", *COUNTED], rows)

    def by_receipts(self, bounds: Ints) -> Section:
        """By what each received in the period."""
        band = np.searchsorted(bounds, self._sums["amount_fen"], side="left")
        names = _bands(bounds)
        rows = [self._row(name, self._active & (band == number)) for number, name in enumerate(names)]
        text = "Merchants of all sizes by what each received in the period."
        return self._section("by_receipts", "By receipts", text, ["received", *COUNTED], rows, rule=BANDS)

    def tickets(self, bounds: Ints) -> Section:
        """How large payments are, by size of merchant."""
        names = _bands(bounds)
        rows: list[list[Cell]] = []
        for number, kind in KINDS.items():
            merchants = int((self._active & (self._kinds == number)).sum())
            if merchants < self._floor or number >= len(self._found.ticket_count):
                continue
            counts, sums = self._found.ticket_count[number], self._found.ticket_fen[number]
            rows += [[f"{kind}, {name}", int(counts[place]), int(sums[place])] for place, name in enumerate(names)]
        text = "Payments to merchants of each size, by amount; sizes of too few merchants are left out."
        return self._section(
            "tickets", "Tickets", text, ["size and ticket", "payments", "amount_fen"], rows, rule=BANDS, by=0
        )

    def paid_out(self) -> Section:
        """How long merchants waited, weighted by what went out."""
        rows: list[list[Cell]] = []
        for number, kind in KINDS.items():
            days, fen, who = self._waits(number)
            if not fen:
                continue
            mean = days * HUNDREDTHS // fen
            rows.append([kind, len(who), fen, f"{mean // HUNDREDTHS}.{mean % HUNDREDTHS:02d}"])
        kept = [row for row in rows if int(row[1]) >= self._floor]
        text = (
            "Calendar days from the last day whose receipts went out to the day on which they did, weighted by what "
            "went out, cut to two decimals; earlier receipts in the same pay-out waited longer. 0 is the same day."
        )
        columns = ["size", "merchants", "settled_fen", "days"]
        return self._section(
            "paid_out", "Speed of settlement", text, columns, kept, by=0, together=len(rows) - len(kept)
        )

    def _waits(self, kind: int) -> tuple[int, int, set[int]]:
        days, fen, who = 0, 0, set[int]()
        for merchant, waited, settled in self._found.settled:
            wanted = self._mine[merchant] & (self._kinds[merchant] == kind)
            days += sum(map(int.__mul__, waited[wanted].tolist(), settled[wanted].tolist()))
            fen += int(settled[wanted].sum())
            who |= set(merchant[wanted].tolist())
        return days, fen, who

    def older(self, years: int, *, first: int, last: int) -> Section:
        """Borrowers by age, and what they drew."""
        held, loans = (self._group.records.tables[table.name] for table in (BORROWER, LOAN))
        since = held.column("registered_on")
        age = held.column("age_years") + (last - since) // OF_YEAR
        known = (since > 0) & (since <= last)
        drawn = (loans.column("drawn_on") >= first) & (loans.column("drawn_on") <= last)
        rows: list[list[Cell]] = []
        for name, of_age in ((f"from {years} years on", age >= years), ("younger", age < years)):
            who = known & of_age
            rows.append([name, int(who.sum()), int((drawn & who[loans.column("borrower")]).sum())])
        text = (
            "Borrowers of all lenders by the age at registration and the whole years since, at the period's end; "
            "loans: those drawn in the period."
        )
        return self._section("older", "Older borrowers", text, ["age", "borrowers", "loans"], rows)

    def complaints(self, *, first: int, last: int) -> Section:
        """Complaints of the period by product and cause."""
        held = self._group.records.tables[CUSTOMER_COMPLAINT.name]
        column = {name: held.column(name) for name in ("received_on", "product", "cause")}
        timely = (column["received_on"] >= first) & (column["received_on"] <= last)
        words = [{number: word for word, number in numbers.items()} for numbers in (PRODUCT_NUMBER, CAUSE_NUMBER)]
        pairs = np.stack([column["product"][timely], column["cause"][timely]], axis=1)
        each, counts = np.unique(pairs, axis=0, return_counts=True)
        rows: list[list[Cell]] = [
            [", ".join(_word(words[place], number) for place, number in enumerate(pair)), int(count)]
            for pair, count in zip(each.tolist(), counts.tolist(), strict=True)
        ]
        text = "Complaints received in the period, of customers of all firms of this ledger, by product and cause."
        return self._section("complaints", "Complaints", text, ["product, cause", "complaints"], rows)

    def ties(self) -> list[Tie]:
        """Sums of receipts and of fees beside those of the legs."""
        pairs = (("received", "amount_fen", "ledger_fen"), ("fees", "fee_fen", "ledger_fee_fen"))
        return [
            Tie(what=what, report_fen=int(self._sums[mine].sum()), ledger_fen=int(self._sums[ledger].sum()))
            for what, mine, ledger in pairs
        ]

    def _row(self, name: str, wanted: Any) -> list[Cell]:
        of = {each: int(self._sums[each][wanted].sum()) for each in COUNTED if each in self._sums}
        of["merchants"], of["standard_fen"] = int(wanted.sum()), of["fee_fen"] + of["saved_fen"]
        return [name.replace("_", " "), *(of[each] for each in COUNTED)]

    def _section(
        self,
        name: str,
        title: str,
        definition: str,
        columns: list[str],
        rows: list[list[Cell]],
        *,
        rule: str = RULE,
        by: int = 1,
        together: int = 0,
    ) -> Section:
        """`by`: the column of merchants or customers by which small rows are put together; 0: none are."""
        if by:
            rows, together = put_together(rows, by=by, floor=self._floor)
        value = self._group.regime.pack.rule(rule).values[-1]
        return Section(
            name=name,
            title=title,
            definition=definition,
            rule=rule,
            document=value.cite.document,
            article=value.cite.article or "",
            status=value.status.value,
            columns=columns,
            rows=rows,
            together=together,
        )


def _small() -> list[int]:
    return [number for word, number in MERCHANT_KIND_NUMBER.items() if word != "firm"]


def _bands(bounds: Ints) -> list[str]:
    """What each band is called, in yuan."""
    ends = [f"{fen // FEN_A_YUAN:,}" for fen in bounds.tolist()]
    between = [f"more than {low} to {high}" for low, high in pairwise(ends)]
    return [f"to {ends[0]}", *between, f"more than {ends[-1]}"]


def _word(words: dict[int, str], number: int) -> str:
    return words.get(number, "none").replace("_", " ")
