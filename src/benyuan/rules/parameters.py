"""Further figures of a value: named, typed, and read by a method that names the type.

Serves rules whose text gives more than one figure, such as a factor that depends on a rating and a ratio
(中国人民银行公告〔2015〕第43号 art. 36): `tier.code("minimum_rating")`, `tier.ppm("factor")`.
"""

from fractions import Fraction

import msgspec

from benyuan.rules.vocabulary import ParameterType

_MONEY = frozenset({ParameterType.CNY})
_DOLLARS = frozenset({ParameterType.USD})
_PPM = frozenset({ParameterType.RATIO_PPM, ParameterType.FACTOR_PPM})
_COUNTED = frozenset(
    {
        ParameterType.COUNT,
        ParameterType.HOURS,
        ParameterType.DAYS,
        ParameterType.WORKING_DAYS,
        ParameterType.MONTHS,
        ParameterType.YEARS,
    }
)


class Parameter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One named figure: fen, cents, ppm, a count or a yyyymmdd as an integer, a flag as a bool, other types as text."""

    name: str
    type: ParameterType
    value: int | str | bool


class Parameters(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The further figures of one value, or one row of a table, in the order in which the rule declares them."""

    entries: tuple[Parameter, ...] = ()

    def fen(self, name: str) -> int:
        """An amount in fen. Raises KeyError without such a name, TypeError for another type; so do the others."""
        return self._integer(name, _MONEY)

    def cents(self, name: str) -> int:
        """An amount in US cents."""
        return self._integer(name, _DOLLARS)

    def ppm(self, name: str) -> int:
        """A ratio or a factor in parts per million: "95%" is 950,000 and "1.5" is 1,500,000."""
        return self._integer(name, _PPM)

    def fraction(self, name: str) -> Fraction:
        """A fraction of one, exactly: "2/3"."""
        return Fraction(str(self._find(name, frozenset({ParameterType.FRACTION})).value))

    def count(self, name: str) -> int:
        """A number of things or of time units."""
        return self._integer(name, _COUNTED)

    def date(self, name: str) -> int:
        """A day, as yyyymmdd."""
        return self._integer(name, frozenset({ParameterType.DATE}))

    def flag(self, name: str) -> bool:
        """A yes or no."""
        value = self._find(name, frozenset({ParameterType.FLAG})).value
        return bool(value)

    def code(self, name: str) -> str:
        """A word of the domain."""
        return str(self._find(name, frozenset({ParameterType.CODE})).value)

    def _integer(self, name: str, types: frozenset[ParameterType]) -> int:
        return int(self._find(name, types).value)

    def _find(self, name: str, types: frozenset[ParameterType]) -> Parameter:
        for entry in self.entries:
            if entry.name == name:
                if entry.type not in types:
                    raise TypeError(f"parameter {name} is of type {entry.type}, not {' or '.join(sorted(types))}")
                return entry
        raise KeyError(name)


NO_PARAMETERS = Parameters()
