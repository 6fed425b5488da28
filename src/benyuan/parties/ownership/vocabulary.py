"""The words of ownership facts: kinds of stake, grounds of control, posts, ties of family.

Sources: PBoC Order [2020] No. 4, arts. 3, 53; PBoC Order [2023] No. 1, arts. 7, 8, 45.
"""

from enum import StrEnum

from benyuan.decisions.words import numbers_of
from benyuan.parties.ownership.control import Ground


class StakeSort(StrEnum):
    """What is held: `shares` vote and earn unless `votes` say otherwise; `potential_votes` can be had by exercising."""

    shares = "shares"
    votes = "votes"
    potential_votes = "potential_votes"


class Steering(StrEnum):
    """A power over a body: by law or agreement, by contracts in place of shares, over its board, by the accounts."""

    by_law = "by_law"
    by_agreement = "by_agreement"
    by_protocol = "by_protocol"
    appoints_board = "appoints_board"
    votes_in_board = "votes_in_board"
    accounting = "accounting"


class Post(StrEnum):
    """What an individual is at a body. The numbers of words stand in rows: new ones come last."""

    chair = "chair"
    director = "director"
    independent_director = "independent_director"
    supervisor = "supervisor"
    chief_executive = "chief_executive"
    executive = "executive"
    decides_investments = "decides_investments"
    vice_chair = "vice_chair"
    supervisor_chair = "supervisor_chair"
    deputy_chief_executive = "deputy_chief_executive"
    head_of_finance = "head_of_finance"
    head_of_risk = "head_of_risk"
    head_of_compliance = "head_of_compliance"
    head_of_audit = "head_of_audit"
    external_supervisor = "external_supervisor"


class Family(StrEnum):
    """What another is to an individual. `other_close`: of those that art. 45 of Order [2023] No. 1 counts besides."""

    none = "none"
    spouse = "spouse"
    parent = "parent"
    adult_child = "adult_child"
    sibling = "sibling"
    other_close = "other_close"


STAKE_NUMBER, STEERING_NUMBER, POST_NUMBER, FAMILY_NUMBER = (
    numbers_of(words, first=1) for words in (StakeSort, Steering, Post, Family)
)
GROUND_OF = {
    Steering.by_law: Ground.power,
    Steering.by_agreement: Ground.power,
    Steering.by_protocol: Ground.power,
    Steering.appoints_board: Ground.appoints_board,
    Steering.votes_in_board: Ground.votes_in_board,
    Steering.accounting: Ground.accounting,
}
