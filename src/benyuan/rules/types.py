"""A rule as data: what it governs, its dated values, and where each value was read.

One value holds from `in_force` until `until` (exclusive) or, without one, until the next value begins. Outside these
dates there is no answer. Worked number: "100000.00" of unit CNY is 10,000,000 fen.
"""

import msgspec

from benyuan.rules.parameters import NO_PARAMETERS, Parameters
from benyuan.rules.vocabulary import COUNTED, Kind, Movement, ParameterType, Reads, Scope, Status, Unit
from benyuan.values.dates import Window


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What all of these share: in canonical JSON a field at its default is left out, so a new field moves no digest."""


class Text(Record, frozen=True, kw_only=True):
    """The same words in English and Chinese."""

    en: str
    zh: str


class Cite(Record, frozen=True, kw_only=True):
    """Where a value stands: document number, title, article and item as printed.

    `anchor` is a short quotation (at most eight characters) by which a value without a figure is found in the text.
    """

    document: str
    title: str
    article: str | None = None
    item: str | None = None
    anchor: str | None = None


class Choice(Record, frozen=True, kw_only=True):
    """What the text leaves open, and what benyuan chose."""

    name: str
    text: str


class Slice(Record, frozen=True, kw_only=True):
    """One step of a graduated table: the rate on the part above `over_fen`, up to where the next step begins."""

    over_fen: int
    rate_ppm: int


class ParameterDeclaration(Record, frozen=True, kw_only=True):
    """A further figure that every value of the rule gives, or a column of its table."""

    name: str
    type: ParameterType


class RuleValue(Record, frozen=True, kw_only=True):
    """One dated value. Exactly the field that its unit calls for is filled."""

    unit: Unit
    in_force: int
    until: int | None = None
    amount: int | None = None  # fen, ppm or a count, by unit
    agreed: bool = False  # a limit in CNY or a count whose figure the text leaves to the contract
    slices: tuple[Slice, ...] = ()
    tiers: tuple[Parameters, ...] = ()
    parameters: Parameters = NO_PARAMETERS
    cite: Cite
    also: tuple[Cite, ...] = ()
    status: Status
    verified_on: int | None = None
    note: str | None = None

    @property
    def fen(self) -> int:
        """The amount in fen. Raises TypeError for another unit, and where the text leaves it to the contract."""
        return self._amount(Unit.CNY)

    @property
    def ppm(self) -> int:
        """The ratio in parts per million. Raises TypeError for another unit and for a graduated table."""
        return self._amount(Unit.RATIO_PPM)

    @property
    def count(self) -> int:
        """The number of things or of time units. Raises TypeError for a unit that is not counted."""
        return self._amount(*COUNTED)

    @property
    def flag(self) -> bool:
        """True where the rule holds. Raises TypeError for another unit."""
        if self.unit is not Unit.FLAG:
            raise TypeError(f"a value of unit {self.unit} is no flag")
        return True

    def _amount(self, *units: Unit) -> int:
        if self.unit not in units or self.amount is None:
            raise TypeError(f"a value of unit {self.unit} has no figure in {' or '.join(sorted(units))}")
        return self.amount


class Rule(Record, frozen=True, kw_only=True):
    """One concept of the law, with its dated values in order of time."""

    id: str
    measure: int
    kind: Kind
    title: Text
    reads: Reads
    scope: Scope
    window: Window | None = None
    unit: Unit
    parameters: tuple[ParameterDeclaration, ...] = ()
    choices: tuple[Choice, ...] = ()
    includes: tuple[Movement, ...] = ()
    excludes: tuple[Movement, ...] = ()
    message: Text | None = None
    values: tuple[RuleValue, ...]

    def in_force(self, *, on: int, drafts: bool = False) -> RuleValue | None:
        """The value that holds on a day (yyyymmdd), or None; values that never came into force count if asked for."""
        begun = [value for value in self.counted(drafts=drafts) if value.in_force <= on]
        if not begun or (begun[-1].until is not None and on >= begun[-1].until):
            return None
        return begun[-1]

    def counted(self, *, drafts: bool = False) -> tuple[RuleValue, ...]:
        """The values in order of time, without the drafts unless asked for."""
        return tuple(value for value in self.values if drafts or value.status is not Status.DRAFT)


class OpenRow(Record, frozen=True, kw_only=True):
    """A row of the catalogue that is not encoded yet, and why."""

    id: str
    title: str
    document: str
    article: str | None = None
    status: Status
    reason: str
