"""The records of ownership: dated facts. Of all rows with one key the latest that has begun counts; nought ends it.

So a fact is never rewritten: what was known on a day at a position of the log stays to be asked for.
"""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

STAKE = Table(
    name="stake",
    columns=("owner", "owned", "sort", "part", "whole", "from_date", "nominee_of", "invented", "position"),
    indexed=("owned",),
    people=("owner", "nominee_of"),
)
"""`part` of `whole`. `nominee_of`: for whom the owner of record holds it, 0 for itself."""
CONCERT = Table(name="concert", columns=("first_on", "position"))
"""An agreement to vote alike."""
CONCERT_TERMS = Table(
    name="concert_terms", columns=("concert", "lead", "from_date", "invented", "position"), people=("lead",)
)
CONCERT_MEMBER = Table(name="concert_member", columns=("terms", "member"), indexed=("terms",), people=("member",))
STEERING = Table(
    name="steering",
    columns=("holder", "body", "steering", "part", "whole", "from_date", "invented", "position"),
    people=("holder",),
)
PLEDGE = Table(
    name="pledge",
    columns=("owner", "owned", "pledgee", "part", "whole", "from_date", "invented", "position"),
    people=("owner", "pledgee"),
)
OFFICE = Table(
    name="office",
    columns=("individual", "body", "post", "holds", "from_date", "invented", "position"),
    indexed=("body",),
    people=("individual",),
)
FAMILY_TIE = Table(
    name="family_tie",
    columns=("individual", "other", "tie", "from_date", "invented", "position"),
    people=("individual", "other"),
)
STAKE_RECORDED = folds("stake_recorded", table=STAKE, adds=True)
CONCERT_BEGUN = folds("concert_begun", table=CONCERT, adds=True)
CONCERT_AGREED = folds("concert_agreed", table=CONCERT_TERMS, adds=True)
CONCERT_JOINED = folds("concert_joined", table=CONCERT_MEMBER, adds=True)
STEERING_RECORDED = folds("steering_recorded", table=STEERING, adds=True)
PLEDGE_RECORDED = folds("pledge_recorded", table=PLEDGE, adds=True)
OFFICE_RECORDED = folds("office_recorded", table=OFFICE, adds=True)
FAMILY_RECORDED = folds("family_recorded", table=FAMILY_TIE, adds=True)
KEYS = {
    STAKE.name: ("owner", "owned", "sort"),
    CONCERT_TERMS.name: ("concert",),
    STEERING.name: ("holder", "body", "steering"),
    PLEDGE.name: ("owner", "owned", "pledgee"),
    OFFICE.name: ("individual", "body", "post"),
    FAMILY_TIE.name: ("individual", "other"),
}
"""By which columns the rows of a table speak of one fact."""
