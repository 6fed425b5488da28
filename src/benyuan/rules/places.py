"""Where a rule stands in the law, and bad input where it has nothing to say on a day.

Worked: `comp.abuse.fine` is article 47 of the law of 2007 on 2022-07-31 and article 57 of the amended one a day later.
"""

import msgspec

from benyuan.rules.pack import RuleNotInForce, RulePack
from benyuan.rules.types import RuleValue
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.errors import BadInput


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Which rule it was, where it stands in the law, since when (yyyymmdd), and how well that is known."""

    rule: str
    document: str
    article: str
    in_force: int
    status: str

    def text(self) -> str:
        """Rule, document and article in one line, and the status unless it is verified."""
        known = "" if self.status == "verified" else f" ({self.status})"
        return f"{self.rule}: {self.document} {self.article}".rstrip() + known


def place_of(rule: str, value: RuleValue) -> Place:
    """Where a value stands."""
    return Place(
        rule=rule,
        document=value.cite.document,
        article=f"{value.cite.article or ''}{value.cite.item or ''}",
        in_force=value.in_force,
        status=value.status.value,
    )


def value_on(rules: RulePack, rule: str, *, on: int) -> RuleValue:
    """The value that holds on a day (yyyymmdd). Raises BadInput, naming the rule, outside its dates."""
    try:
        return rules.value(id=rule, on=on)
    except RuleNotInForce as error:
        raise BadInput("on", str(from_yyyymmdd(on)), f"a day of the rule's own: {error}") from None
