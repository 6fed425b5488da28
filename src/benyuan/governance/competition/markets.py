"""Markets as somebody defined them, and the shares of those in them, exactly.

A market is a product, an area and a period (反垄断法 2022 art. 15, 2007 art. 12); what these are is not computed but
said, on a day and by a source. Worked number: 300 of a market of 1,000 are 30.00%.
"""

import msgspec

from benyuan.governance.competition.sources import INVENTED, Source
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.errors import BadInput
from benyuan.values.shares import share_text

LEAST_TOTAL = 1
TOTAL = "total"


class MarketDefinition(msgspec.Struct, frozen=True, kw_only=True):
    """Product market, area, and the half-open period from `begins_on` to before `ends_on`; who said so, and when.

    `counted` is what the amounts are: fen of turnover, or a number of something. Dates are yyyymmdd. Raises BadInput.
    """

    product: str
    area: str
    begins_on: int
    ends_on: int
    defined_on: int
    counted: str = "fen"
    source: Source = INVENTED

    def __post_init__(self) -> None:
        for field in ("product", "area", "counted"):
            if not getattr(self, field).strip():
                raise BadInput(field, getattr(self, field), "a name")
        for field in ("begins_on", "ends_on", "defined_on"):
            from_yyyymmdd(getattr(self, field))
        if self.ends_on <= self.begins_on:
            raise BadInput("ends_on", str(from_yyyymmdd(self.ends_on)), "a day after the period's first")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """What one firm did in the market and period: a whole amount from nought, and where it was read."""

    firm: str
    amount: int
    source: Source = INVENTED


class Market(msgspec.Struct, frozen=True, kw_only=True):
    """A definition with its figures. `total` may be more than they add up to: the rest is that of firms not named.

    Without a total the figures are all there are. Raises BadInput.
    """

    definition: MarketDefinition
    figures: tuple[Figure, ...]
    total: int | None = None
    total_source: Source = INVENTED

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for each in self.figures:
            _check_figure(each, seen)
        if self.whole < LEAST_TOTAL:
            raise BadInput("total", self.whole, "a market above nought")
        if self.unnamed < 0:
            raise BadInput("total", self.total, f"at least what the figures add up to, {self.named}")

    @property
    def named(self) -> int:
        """What the firms that are named have together."""
        return sum(each.amount for each in self.figures)

    @property
    def whole(self) -> int:
        """The market's total."""
        return self.named if self.total is None else self.total

    @property
    def unnamed(self) -> int:
        """What firms that are not named have together."""
        return self.whole - self.named

    @property
    def invented(self) -> list[str]:
        """Whose figures have no source, by name; `total` where a total was given without one."""
        firms = [each.firm for each in self.largest() if each.source.invented]
        return firms if self.total is None or not self.total_source.invented else [*firms, TOTAL]

    def largest(self) -> list[Figure]:
        """The figures, the largest first; equal ones by name."""
        return sorted(self.figures, key=lambda each: (-each.amount, each.firm))


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """One firm's share; `share` is rounded down, for people."""

    firm: str
    amount: int
    total: int
    share: str
    source: str


def shares_of(market: Market) -> list[Share]:
    """Every named firm's share, the largest first."""
    return [
        Share(
            firm=each.firm,
            amount=each.amount,
            total=market.whole,
            share=share_text(each.amount, market.whole),
            source=each.source.text(),
        )
        for each in market.largest()
    ]


def _check_figure(figure: Figure, seen: set[str]) -> None:
    if not figure.firm.strip():
        raise BadInput("firm", figure.firm, "a name")
    if figure.firm in seen:
        raise BadInput("firm", figure.firm, "a name that stands once")
    if figure.amount < 0:
        raise BadInput("amount", figure.amount, f"an amount from nought for {figure.firm}")
    seen.add(figure.firm)
