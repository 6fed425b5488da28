"""Capital, what is asked, and net assets of bodies whose firm runs in this ledger, from its books and records.

Sources: PBoC Order [2020] No. 4, art. 26 (`fhc.car`); what a sector asks, by its own rule: `cf.cap.capital_adequacy` of
a lender, `pay.reserve.networth_ratio` of a payment institution. Worked number: a lender with net capital of 20.00 and
loans of 90.00 that weigh 100% must hold 10.5% of them, 9.45.
"""

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from benyuan.assurance.group.books import Firm, firm_of
from benyuan.assurance.group.own_books import BookToTell, bodies_of_books, book_entries, books_to_tell
from benyuan.assurance.group.own_exposures import LEDGER, OwnExposures, own_exposures
from benyuan.assurance.group.reading import Owned, columns_of
from benyuan.assurance.lending import closed_days
from benyuan.assurance.posted import Posted, posted_by
from benyuan.consumer_finance.records import LENDER, LENDER_FIGURES
from benyuan.engine.group import Group
from benyuan.governance.checks.words import EntitySort
from benyuan.governance.risk.words import RiskRatio
from benyuan.holding_company.consolidation.accounts import AccountMap
from benyuan.holding_company.consolidation.chart import Chart, Part
from benyuan.holding_company.consolidation.scope import Scope
from benyuan.holding_company.prudential.tallies import Origin, Tally, missing
from benyuan.parties.bodies.vocabulary import Figure
from benyuan.payments.net_worth import NET_WORTH_RATIO, least_net_worth_fen, mean_reserve
from benyuan.payments.records import CLOSED_DAY, INSTITUTION, NET_WORTH
from benyuan.rules.quantities import PPM
from benyuan.storage.group_lines import load_account_map, load_group_lines
from benyuan.usecases.risk.asked import Asked
from benyuan.usecases.risk.ratios import law_of, reckoned

SORTS: Mapping[str, EntitySort] = {"lender": EntitySort.lender, "institution": EntitySort.institution}
REGISTERED = {"lender": LENDER, "institution": INSTITUTION}


class OwnFigures:
    """What books and records of this ledger tell of the bodies of a group, each day read once.

    `books`: by their numbers. Records of net capital and net worth bear no position of the log, so as known at an
    earlier one (`at_end` false) nothing is told of these.
    """

    def __init__(self, group: Group, world: Owned, scope: Scope) -> None:
        state = world.state
        self._group, self._world = group, world
        self.bodies = bodies_of_books({body: state.bodies[body].book for body in scope.grounds if body in state.bodies})
        told = books_to_tell(group, self.bodies)
        self.books = {each.book: each for each in told}
        self._firms: dict[int, Firm | None] = {each.body: firm_of(group, each.book) for each in told}
        self._by_body = {each.body: each for each in told}
        self._posted: dict[int, Posted] = {}
        self._exposures: dict[int, OwnExposures] = {}
        self.at_end = state.seen >= group.position

    @cached_property
    def _sorts(self) -> Mapping[tuple[str, Figure], Callable[[int, Firm, int], Tally]]:
        return {
            ("lender", Figure.net_capital): self._lenders_capital,
            ("lender", Figure.capital_required): self._asked_of_lender,
            ("institution", Figure.net_capital): self._net_worth,
            ("institution", Figure.capital_required): self._asked_of_institution,
        }

    @cached_property
    def _chart(self) -> Chart:
        return load_group_lines()

    @cached_property
    def _accounts(self) -> AccountMap:
        return load_account_map(self._chart)

    def tally(self, body: int, figure: Figure, *, day: int = 0) -> Tally | None:
        """The figure at a day's end (0: that of the world), or what of it is missing; None where no book has it."""
        day = day or self._world.state.on
        firm = self._firms.get(body)
        if firm is None or not self._was_there(firm, day):
            return None
        if figure is Figure.net_assets:
            return self._net_assets(body, day)
        work = self._sorts.get((firm.sort, figure))
        return work(body, firm, day) if work and self.at_end else None

    def exposures(self, *, day: int = 0) -> OwnExposures:
        """All of a day's end (0: that of the world)."""
        day = day or self._world.state.on
        if day not in self._exposures:
            posted = self._posted_by(day)
            self._exposures[day] = own_exposures(self._group, self._world, self.books, posted, day=day)
        return self._exposures[day]

    def _was_there(self, firm: Firm, day: int) -> bool:
        """Whether the firm was registered by a day: before it the ledger knows nothing of it."""
        table = REGISTERED.get(firm.sort)
        return table is None or int(columns_of(self._group)(table, "registered_on")[firm.number]) <= day

    def _posted_by(self, day: int) -> Posted:
        if day not in self._posted:
            seen = 0 if self.at_end else self._world.state.seen
            self._posted[day] = posted_by(self._group, date=day, seen=seen)
        return self._posted[day]

    def _asked(self, firm: Firm, day: int) -> Asked:
        group = self._group
        sort = SORTS[firm.sort]
        return Asked(books=group.books(), rules=group.regime.pack, sort=sort, entity=firm.number, on=day)

    def _lenders_capital(self, body: int, firm: Firm, day: int) -> Tally:
        row = self._asked(firm, day).latest(LENDER_FIGURES)
        if not row:
            return missing(body, "net capital (record_lender_figures)")
        where = f"record_lender_figures of lender {firm.number}, from {row['from_date']}"
        return _one(body, f"net capital on {day}", row["net_capital_fen"], where)

    def _asked_of_lender(self, body: int, firm: Firm, day: int) -> Tally:
        """Its sector's part of what it has, weighted by risk, rounded up."""
        asked = self._asked(firm, day)
        _, weighted = reckoned(asked, RiskRatio.capital_adequacy)
        law = law_of(asked.rules, RiskRatio.capital_adequacy, on=day)
        if not weighted or law is None:
            return missing(body, "capital required (a closed day, figures, policy and rule of its lender)")
        closed = max(each for each in closed_days(self._group, lender=firm.number) if each <= day)
        where = f"day {closed} of lender {firm.number}, {law[0].rule}"
        return _one(body, f"capital required on {day}", -(-weighted * law[1] // PPM), where)

    def _net_worth(self, body: int, firm: Firm, day: int) -> Tally:
        """By audited accounts where they are recorded, else what its book has."""
        row = self._asked(firm, day).latest(NET_WORTH)
        if not row:
            return self._net_assets(body, day)
        where = f"record_net_worth of institution {firm.number}, from {row['from_date']}"
        return _one(body, f"net worth on {day}", row["net_worth_fen"], where)

    def _asked_of_institution(self, body: int, firm: Firm, day: int) -> Tally:
        column = columns_of(self._group)
        mine = column(CLOSED_DAY, "institution") == firm.number
        mean = mean_reserve(column(CLOSED_DAY, "date")[mine], column(CLOSED_DAY, "reserve_fen")[mine], on=day)
        rule = self._group.regime.pack.in_force(id=NET_WORTH_RATIO, on=day)
        if mean is None or rule is None:
            return missing(body, "capital required (a closed day and the rule of its institution)")
        where = f"days {mean.first_day} to {mean.last_day} of institution {firm.number}, {NET_WORTH_RATIO}"
        least = least_net_worth_fen(rule.slices, mean_fen=mean.fen)
        return _one(body, f"capital required on {day}", least, where)

    def _net_assets(self, body: int, day: int) -> Tally:
        """Assets less liabilities of the book, by the lines that its accounts stand on."""
        book: BookToTell = self._by_body[body]
        chart = self._chart
        (entries,) = book_entries(
            self._group,
            [book],
            bodies=self.bodies,
            period=day,
            accounts=self._accounts,
            chart=chart,
            first_sent=1,
            seen=0 if self.at_end else self._world.state.seen,
        )
        is_net = chart.is_part(Part.asset, Part.liability)[entries.line]
        fen = int(np.sum(entries.net_fen[is_net]))
        return _one(body, f"net assets at the end of {day}", fen, f"book {book.book}")


def _one(body: int, what: str, fen: int, where: str) -> Tally:
    return Tally(origins=(Origin(body=body, what=what, amount_fen=fen, where=where, source=LEDGER),))
