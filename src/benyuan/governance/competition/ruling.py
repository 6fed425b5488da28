"""What fair competition asks of rules beside their place: drafts, and input that a rule does not allow.

Worked: a draft holds on no day, so it is read whole and warns only.
"""

from benyuan.rules import RulePack, RuleValue
from benyuan.rules.places import Place
from benyuan.values.errors import BadInput


def draft_of(rules: RulePack, rule: str) -> RuleValue:
    """The value of a draft, which holds on no day."""
    return rules.rule(rule).values[-1]


def broken(field: str, value: object, constraint: str, place: Place) -> BadInput:
    """Input that a rule does not allow: the error says which."""
    return BadInput(field, value, f"{constraint} ({place.text()})")
