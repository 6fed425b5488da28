"""What decides: a rule pack and a working calendar, with one digest that every decision records."""

import hashlib
from dataclasses import dataclass, field

import msgspec

from benyuan.rules import RulePack
from benyuan.values.calendar import CalendarOverlay, WorkingCalendar


class _Canonical(msgspec.Struct, frozen=True, kw_only=True):
    pack: msgspec.Raw
    days: list[tuple[int, bool]]
    complete: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regime:
    """Rules and calendar."""

    pack: RulePack
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    digest: str = field(init=False)
    _canonical: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        overlay = self.calendar.overlay
        written = _Canonical(
            pack=msgspec.Raw(self.pack.canonical()),
            days=sorted(overlay.days.items()),
            complete=sorted(overlay.complete),
        )
        object.__setattr__(self, "_canonical", msgspec.json.encode(written))
        object.__setattr__(self, "digest", hashlib.sha256(self._canonical).hexdigest())

    def canonical(self) -> bytes:
        """Both as canonical JSON, which the digest is of."""
        return self._canonical

    @classmethod
    def from_canonical(cls, data: bytes) -> "Regime":
        """The regime that `canonical` wrote."""
        read = msgspec.json.decode(data, type=_Canonical)
        overlay = CalendarOverlay(days=dict(read.days), complete=frozenset(read.complete))
        return cls(pack=RulePack.from_canonical(bytes(read.pack)), calendar=WorkingCalendar(overlay=overlay))
