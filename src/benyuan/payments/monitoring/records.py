"""Monitoring standards by date, and the cases that patterns or people have opened."""

from enum import IntEnum, StrEnum

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Change, Table

FIGURES = (
    "structuring_count",
    "structuring_share_ppm",
    "chain_fen",
    "chain_share_ppm",
    "chain_people",
    "night_from",
    "night_to",
    "night_count",
    "night_fen",
    "cash_out_count",
    "cash_out_fen",
    "cash_out_multiple_fen",
    "business_people",
    "split_days",
    "split_count",
    "split_fen",
)
"""What a standard says, in the order of the patterns. `split_days` 0: what is split over days is not looked for."""

NOBODY_HAS = 1_000_000_000_000  # tidy: number more people than there are
MONITORING = Table(
    name="monitoring",
    columns=("owner", "from_date", *FIGURES),
    dated="from_date",
    changes=(
        Change(added={"business_people": NOBODY_HAS}),
        Change(added={"split_days": 0, "split_count": 0, "split_fen": 0}),
    ),
)
"""An institution's own standards (PBoC Order [2016] No. 3, arts. 12, 13): figures of the house, dated."""
SUSPICIOUS_CASE = Table(
    name="suspicious_case",
    columns=(
        "institution",
        "pattern",
        "subject_kind",
        "subject",
        "chain",
        "movements",
        "amount_fen",
        "standard",
        "happened_on",
        "opened_on",
        "verdict",
        "judged_on",
        "duty",
    ),
)
"""What people have to judge. `chain`: its first person; `verdict`: 0 as long as nobody has judged.

`standard`: that by which a pattern was found, 0 where people opened it; `duty`: to report it.
"""

MONITORING_SET = folds("monitoring_set", table=MONITORING, adds=True)
CASE_OPENED = folds("suspicious_case_opened", table=SUSPICIOUS_CASE, adds=True)
CASE_JUDGED = folds("suspicious_case_judged", table=SUSPICIOUS_CASE, adds=False)


class Pattern(IntEnum):
    """What a case was opened for."""

    structuring = 1
    mule_chain = 2
    night_burst = 3
    cash_out = 4
    self_payment = 5
    reported = 6
    name_list = 12  # tidy: number one of a list
    business_use = 7
    structuring_over_days = 8  # tidy: number one of a list


class Verdict(StrEnum):
    """What people found: nothing suspicious, for reasons that are kept, or a transaction to report."""

    excluded = "excluded"
    confirmed = "confirmed"


VERDICT_NUMBER = {Verdict.excluded.value: 1, Verdict.confirmed.value: 2}
