"""What the log of a small group says of its rules: how often each was asked, and refused; and duties by rule.

Counted over every command by what `why` shows of it, which is exact and slow: for groups of a few hundred commands.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benyuan.assurance.protection.calendar import Duty
from benyuan.engine.group import Group
from benyuan.engine.why import why

RIGHTS = "cp.rights"
ASKED = ("passed", "refused", "excepted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """By rule: the commands that met it, and those that it refused."""

    asked: Counter[str]
    refused: Counter[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """A rule that serves a right: in how many commands it was asked and refused, how many duties it raised."""

    right: str
    rule: str
    asked: int
    refused: int
    duties: int


def asked_of(group: Group, *, after: int) -> Asked:
    """Over the log after a position; a rule counts once a command, and where it did not apply it was not asked."""
    asked: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for position in range(after + 1, group.position + 1):
        explained = why(group, position)
        asked.update({check.rule_id for check in explained.checks if check.outcome in ASKED})
        if explained.refusal is not None:
            refused[explained.refusal.rule_id] += 1
    return Asked(asked=asked, refused=refused)


def rights(group: Group, *, on: int, asked: Asked, duties: Sequence[Duty]) -> list[Serving]:
    """The eight rights, each with the rules that serve it, in the order of the rule that names them."""
    owed = Counter(duty.rule for duty in duties)
    return [
        Serving(
            right=row.code("right"),
            rule=(rule := row.code("served_by")),
            asked=asked.asked[rule],
            refused=asked.refused[rule],
            duties=owed[rule],
        )
        for row in group.regime.pack.value(id=RIGHTS, on=on).tiers
    ]
