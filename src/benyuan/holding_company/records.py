"""The records of the people of a holding company: what they did and learnt, decisions on posts, duties that follow.

Source: PBoC Order [2021] No. 2. Careers and education are dated facts, as those of ownership are.
"""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

CAREER = Table(
    name="career",
    columns=("individual", "work", "until", "from_date", "invented", "position"),
    indexed=("individual",),
)
"""`until`: the first day on which it was over, 0 while it goes on."""
EDUCATION = Table(name="education", columns=("individual", "degree", "from_date", "invented", "position"))
APPOINTMENT = Table(
    name="appointment",
    columns=("body", "individual", "post", "appoints", "decided_on", "invented", "position"),
    indexed=("body",),
)
"""A decision to give somebody a post, or to end it (`appoints` 0)."""
HOLDING_DUTY = Table(
    name="holding_duty",
    columns=("kind", "body", "individual", "appointment", "arose_on", "due_on", "done_on"),
)
CONSOLIDATION_GROUND = Table(
    name="consolidation_ground",
    columns=("top", "body", "ground", "holds", "agreed_on", "from_date", "until", "invented", "position"),
    indexed=("body",),
)
"""Why the group under `top` takes a body in or leaves it out; `until`: the last day. Its reason: in the log."""
EXPOSURE = Table(
    name="exposure",
    columns=("body", "counterparty", "industry", "region", "amount_fen", "from_date", "invented", "position"),
    indexed=("body",),
)
"""What a body is exposed to of another as of a day; `region`: a province by the two digits of its code, 0 untold."""
GROUP_LIMIT = Table(
    name="group_limit",
    columns=("top", "ratio", "limit_ppm", "holds", "from_date", "invented", "position"),
    indexed=("top",),
)
"""A limit that the house has set on a figure of the group under `top`. Its reason: in the log."""
MONEY_KEEPER = Table(
    name="money_keeper",
    columns=("body", "money", "keeper", "holds", "from_date", "invented", "position"),
    indexed=("body",),
)
"""With whom money of a body's book in this ledger stands; `money` by its number in `vocabulary.KeptMoney`."""
CAREER_RECORDED = folds("career_recorded", table=CAREER, adds=True)
EDUCATION_RECORDED = folds("education_recorded", table=EDUCATION, adds=True)
APPOINTMENT_RECORDED = folds("appointment_recorded", table=APPOINTMENT, adds=True)
HOLDING_DUTY_AROSE = folds("holding_duty_arose", table=HOLDING_DUTY, adds=True)
HOLDING_DUTY_DONE = folds("holding_duty_done", table=HOLDING_DUTY, adds=False)
CONSOLIDATION_GROUND_RECORDED = folds("consolidation_ground_recorded", table=CONSOLIDATION_GROUND, adds=True)
EXPOSURE_RECORDED = folds("exposure_recorded", table=EXPOSURE, adds=True)
GROUP_LIMIT_SET = folds("group_limit_set", table=GROUP_LIMIT, adds=True)
MONEY_KEEPER_RECORDED = folds("money_keeper_recorded", table=MONEY_KEEPER, adds=True)
CAREER_KEY = ("individual", "work", "from_date")
EDUCATION_KEY = ("individual",)
EXPOSURE_KEY = ("body", "counterparty")
GROUP_LIMIT_KEY = ("top", "ratio")
MONEY_KEEPER_KEY = ("body", "money")
CONSOLIDATION_GROUND_KEY = ("top", "body")
