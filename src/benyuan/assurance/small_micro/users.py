"""Users of wallets by age and by area, and older borrowers.

A user is a person who had a wallet open on some day of the period. Worked number: 100 users, 30 of them from 60 years
on of whom 4 paid in the period: four could be told by their amounts, so the older are put together with the next row.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.small_micro.receipts import Ints, Receipts
from benyuan.assurance.small_micro.sections import Frame, Row, Section, missing
from benyuan.consumer_finance.records import BORROWER, LOAN
from benyuan.payments.areas import AREA_NUMBER, AREAS, HOME_AREA, Area, areas_of
from benyuan.payments.records import PERSON, WALLET

OLDER, AGES = "gov.house.small_micro.older", "gov.house.small_micro.ages"
AGE_UNTOLD, OF_YEAR = -1, 10_000
AGELESS = "age not told"
COUNTED = ("users", "payers", "payments", "amount_fen")
PAYERS = 1 + COUNTED.index("payers")
AREA_NAMES = {number: "area not told" if word == Area.untold else word for word, number in AREA_NUMBER.items()}
Marks = NDArray[np.bool_]


class Users:
    """Makes the sections on users, from columns by person."""

    def __init__(self, frame: Frame, found: Receipts) -> None:
        self._frame = frame
        self._older = frame.value(OLDER).count
        person, opened, closed = (frame.column(WALLET, name) for name in ("person", "opened_on", "closed_on"))
        mine = frame.column(WALLET, "institution") == frame.institution
        held = mine & (opened > 0) & (opened <= frame.last) & ((closed == 0) | (closed >= frame.first))
        people = frame.group.records.tables[PERSON.name].count + 1
        self._users = np.zeros(people, np.bool_)
        self._users[person[held]] = True
        self._paid, self._paid_fen = np.zeros(people, np.int64), np.zeros(people, np.int64)
        np.add.at(self._paid, person[held], found.paid[held])
        np.add.at(self._paid_fen, person[held], found.paid_fen[held])
        self._age = ages_of(frame)
        self._area, self._invented = self._homes()

    @property
    def paid_fen(self) -> int:
        """What all users paid out of wallets and cards in the period."""
        return int(self._paid_fen[self._users].sum())

    def older(self) -> Section:
        """Older and younger users."""
        rows, together = self._frame.shut(self._by_age(), also=PAYERS)
        text = (
            f"Users of wallets from {self._older} years on, and younger: persons who had a wallet open on some day of "
            "the period, by the age that their identity document told when it was registered and the whole years "
            "since, at the period's end. `payers`: those who paid a merchant in the period. Purchases on credit do not "
            "count."
        )
        columns = ["age", *COUNTED]
        return self._frame.section(
            "older_users", "Older users", text, columns=columns, rows=rows, together=together, rule=OLDER
        )

    def by_age(self) -> Section:
        """The same by bands of age."""
        told, _ = self._frame.shut(self._by_age(), also=PAYERS)
        starts = sorted({tier.count("from_age") for tier in self._frame.value(AGES).tiers} | {self._older})
        parts: dict[str, list[Row]] = {name: [] for name, _ in self._halves()}
        for start, following in pairwise([*starts, None]):
            assert start is not None
            within = (self._age >= start) & ((self._age < following) if following is not None else True)
            name = f"from {start} on" if following is None else f"{start} to {following - 1}"
            parts[self._half(older=start >= self._older)].append(self._row(name, within))
        rows, together = self._frame.split(told, parts, also=PAYERS)
        text = "The same users by bands of age."
        columns = ["age", *COUNTED]
        return self._frame.section(
            "users_by_age", "Users by age", text, columns=columns, rows=rows, together=together, rule=AGES
        )

    def by_area(self) -> Section:
        """Urban and rural users."""
        rows = [
            [*self._row(name, self._area == number), int((self._users & (self._area == number) & self._invented).sum())]
            for number, name in reversed(AREA_NAMES.items())
        ]
        shown, together = self._frame.shut(rows, also=PAYERS)
        text = (
            "The same users by where they live: urban or rural by the statistics bureau's class of that place, as "
            "recorded now. `invented`: those whose area rests on no document."
        )
        columns = ["area", *COUNTED, "invented"]
        return self._frame.section(
            "users_by_area", "Users by area", text, columns=columns, rows=shown, together=together, rule=AREAS
        )

    def borrowers(self) -> Section:
        """Borrowers by age, and what they drew."""
        frame = self._frame
        since = frame.column(BORROWER, "registered_on")
        age = frame.column(BORROWER, "age_years") + (frame.last - since) // OF_YEAR
        known = (since > 0) & (since <= frame.last)
        day = frame.column(LOAN, "drawn_on")
        drawn = (day >= frame.first) & (day <= frame.last)
        rows: list[Row] = []
        for name, of_age in zip(self._names(), (age >= self._older, age < self._older), strict=True):
            who = known & of_age
            rows.append([name, int(who.sum()), int((drawn & who[frame.column(LOAN, "borrower")]).sum())])
        shown, together = frame.shut(rows)
        text = (
            "Borrowers of all lenders by the age at registration and the whole years since, at the period's end; "
            "loans: those drawn in the period."
        )
        columns = ["age", "borrowers", "loans"]
        return frame.section(
            "older", "Older borrowers", text, columns=columns, rows=shown, together=together, rule=OLDER
        )

    def untold(self) -> list[str]:
        """Of how many users age and area are not told."""
        everybody = int(self._users.sum())
        ageless = int((self._users & (self._age == AGE_UNTOLD)).sum())
        nowhere = int((self._users & (self._area == 0)).sum())
        ages, areas = self.older().rows, self.by_area().rows
        age, area = "the age of users who have been erased, or showed none", "urban or rural: users without an area"
        return [
            *missing(age, some=ageless, of=everybody, told=ages, row=AGELESS),
            *missing(area, some=nowhere, of=everybody, told=areas, row=AREA_NAMES[0]),
        ]

    def _names(self) -> tuple[str, str]:
        return f"from {self._older} years on", "younger"

    def _half(self, *, older: bool) -> str:
        return self._names()[0 if older else 1]

    def _halves(self) -> list[tuple[str, Marks]]:
        older, younger = self._names()
        return [(older, self._age >= self._older), (younger, (self._age >= 0) & (self._age < self._older))]

    def _by_age(self) -> list[Row]:
        return [self._row(name, who) for name, who in (*self._halves(), (AGELESS, self._age == AGE_UNTOLD))]

    def _row(self, name: str, wanted: Marks) -> Row:
        who = self._users & wanted
        paid, fen = self._paid[who], int(self._paid_fen[who].sum())
        return [name, int(who.sum()), int((paid > 0).sum()), int(paid.sum()), fen]

    def _homes(self) -> tuple[Ints, Marks]:
        """By person the number of the area, and whether it rests on no document."""
        frame = self._frame
        held = frame.group.records.tables[HOME_AREA.name]
        area, invented = np.zeros(len(self._users), np.int64), np.zeros(len(self._users), np.bool_)
        person = held.ids()[1:]
        area[person] = areas_of(frame.value(AREAS), held.column("place_class")[1:])
        invented[person] = held.column("invented")[1:] != 0
        return area, invented


def ages_of(frame: Frame) -> Ints:
    """By person the age in years at the period's end; -1 where it is not told.

    The log knows of each registration of particulars the age on its day, and no birthday. Read block by block.
    """
    position = frame.column(PERSON, "particulars")
    age = np.full(len(position), AGE_UNTOLD, np.int64)
    people = np.argsort(position, kind="stable")
    people = people[position[people] > 0]
    ordered, start = position[people], 0
    while start < len(ordered):
        opened = frame.group.reader.at_position(int(ordered[start]))
        first, batch = opened.block.first_position, opened.batch()
        end = int(np.searchsorted(ordered, first + len(batch)))
        if "age_years" in batch.columns:
            told = batch.integers("age_years")[ordered[start:end] - first]
            now = told + (frame.last - batch.on) // OF_YEAR
            age[people[start:end]] = np.where((told < 0) | (now < 0), AGE_UNTOLD, now)
        start = end
    return age
