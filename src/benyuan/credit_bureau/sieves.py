"""What is asked of each record that a member furnishes, in order; one that fails is told why, and not taken.

Sources: State Council Order 631, art. 13 (consent), art. 15 (notice before negative data), art. 16 (five years); PBoC
Order [2021] No. 4, art. 17 (accuracy). Worked number: an account that is 12 days late in June, told to the person on
2026-07-01, is taken on 2026-07-02 with status 1; without the day of the notice it is turned away.
"""

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.vocabulary import NEGATIVE_STATUSES, STATUS_NUMBER, MonthStatus
from benyuan.decisions.parcels import Sieve
from benyuan.rules import RulePack
from benyuan.values.dates import MONTHS_A_YEAR
from benyuan.values.days import are_days, months_later

Ints: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]

CONSENT, NOTICE, RETENTION = "cr.collect.consent", "cr.furnish.negative_notice", "cr.negative.retention"
A_MONTH = 100
CLASSES = 5  # tidy: number the classes of a loan by risk; another count would be another vocabulary
NEGATIVE = np.isin(np.arange(len(STATUS_NUMBER)), [STATUS_NUMBER[status] for status in NEGATIVE_STATUSES])
"""By the number of a status whether it is negative."""
ENDS = np.isin(np.arange(len(STATUS_NUMBER)), [STATUS_NUMBER[MonthStatus.closed], STATUS_NUMBER[MonthStatus.ended]])


def is_negative(status: NDArray[Any]) -> Truths:
    """Where a month's status tells of a breach of contract."""
    return np.asarray(NEGATIVE[np.clip(status, 0, len(NEGATIVE) - 1)], np.bool_)


def sift_months(
    sieve: Sieve, records: NDArray[Any], *, facts: Mapping[str, Ints], member: int, on: int, rules: RulePack
) -> None:
    """Months of accounts.

    `facts` by record: `member`, `subject`, `opened_on` and `consent` of the account, `revoked` and `expires_on` of the
    consent, and `consented`, whose consent it is.
    """
    month, status = records["month"].astype(np.int64), records["status"]
    sieve.fault(facts["member"] != member, field="account", constraint="an account that this member has furnished")
    first_day = month * A_MONTH + 1
    sieve.fault(~are_days(first_day), field="month", constraint="a month as yyyymm")
    sieve.fault(month > on // A_MONTH, field="month", constraint=f"a month up to {on // A_MONTH}")
    opened = "a month in which the account was open: not before it was opened"
    sieve.fault(month < facts["opened_on"] // A_MONTH, field="month", constraint=opened)
    outside = (status < 0) | (status >= len(STATUS_NUMBER))
    sieve.fault(outside, field="status", constraint="one of " + ", ".join(STATUS_NUMBER))
    risk_class = records["risk_class"]
    sieve.fault((risk_class < 0) | (risk_class > CLASSES), field="risk_class", constraint=f"0 to {CLASSES}")
    for name in ("terms_left", "terms_overdue", "limit_fen", "due_fen", "paid_fen", "overdue_fen"):
        sieve.fault(records[name] < 0, field=name, constraint="0 or more")
    _sift_days(sieve, records, names=("due_on", "paid_on", "ended_on", "notified_on"), on=on, ahead=("due_on",))
    ended = records["ended_on"]
    elsewhere = (ended != 0) & (ended // A_MONTH != month)
    sieve.fault(elsewhere, field="ended_on", constraint="a day of the record's month, or 0")
    late = "more than 0 where the status says that the account is late, and 0 where it says that it is not"
    sieve.fault(_contradicts(records), field="overdue_fen", constraint=late)
    sieve.fault(_repeats(records, ("account", "month")), field="month", constraint="each account's month once a file")
    rules.value(id=CONSENT, on=on)
    sieve.refuse(_without_consent(facts, on), rule=CONSENT)
    _sift_negative(sieve, records, negative=is_negative(status), on=on, rules=rules)


def sift_public(
    sieve: Sieve,
    records: NDArray[Any],
    *,
    facts: Mapping[str, Ints],
    bureau: int,
    kinds: int,
    on: int,
    rules: RulePack,
) -> None:
    """Records of courts and authorities. `facts` by record: `bureau` of the subject, `consented`.

    The consent comes first, so that nobody learns without one who has a file.
    """
    private = records["published"] == 0
    rules.value(id=CONSENT, on=on)
    sieve.refuse(private & (facts["consented"] == 0), rule=CONSENT)
    sieve.fault(facts["bureau"] != bureau, field="subject", constraint="a person with a file at this bureau")
    kind = records["kind"]
    sieve.fault((kind < 1) | (kind > kinds), field="kind", constraint=f"the number of a kind, 1 to {kinds}")
    sieve.fault(~np.isin(records["published"], (0, 1)), field="published", constraint="0 or 1")
    sieve.fault(records["amount_fen"] < 0, field="amount_fen", constraint="0 or more")
    sieve.fault(records["reference"] <= 0, field="reference", constraint="the number that stands for the case, above 0")
    sieve.fault(records["decided_on"] == 0, field="decided_on", constraint="the day of the decision, as yyyymmdd")
    _sift_days(sieve, records, names=("decided_on", "ended_on", "notified_on"), on=on, ahead=())
    before = (records["ended_on"] != 0) & (records["ended_on"] < records["decided_on"])
    sieve.fault(before, field="ended_on", constraint="a day not before the decision, or 0")
    sieve.fault(_repeats(records, ("subject", "reference")), field="reference", constraint="each case once a file")
    _sift_negative(sieve, records, negative=private, on=on, rules=rules)
    sieve.refuse(_is_over(records["ended_on"], on, rules), rule=RETENTION)


def sift_asked(
    sieve: Sieve, records: NDArray[Any], *, facts: Mapping[str, Ints], bureau: int, purposes: int, on: int
) -> None:
    """Inquiries made elsewhere. `facts` by record: `bureau` of the subject, `consented`. The consent comes first."""
    sieve.refuse(facts["consented"] == 0, rule=CONSENT)
    sieve.fault(facts["bureau"] != bureau, field="subject", constraint="a person with a file at this bureau")
    sieve.fault(records["asked_on"] == 0, field="asked_on", constraint="the day of the inquiry, as yyyymmdd")
    _sift_days(sieve, records, names=("asked_on",), on=on, ahead=())
    purpose = records["purpose"]
    outside = (purpose < 1) | (purpose > purposes)
    sieve.fault(outside, field="purpose", constraint=f"the number of a purpose, 1 to {purposes}")


def _sift_days(sieve: Sieve, records: NDArray[Any], *, names: tuple[str, ...], on: int, ahead: tuple[str, ...]) -> None:
    """Days exist, or are 0; all but those of `ahead` are no later than today."""
    for name in names:
        days = records[name].astype(np.int64)
        sieve.fault((days != 0) & ~are_days(days), field=name, constraint="a day that exists, as yyyymmdd, or 0")
        if name not in ahead:
            sieve.fault(days > on, field=name, constraint=f"a day up to {on}")


def _sift_negative(sieve: Sieve, records: NDArray[Any], *, negative: Truths, on: int, rules: RulePack) -> None:
    """Negative data: the person was told before, which is proven; and they are not over their years yet."""
    rules.value(id=NOTICE, on=on)
    told = (records["notified_on"] != 0) & (records["notice"] != 0)
    sieve.refuse(negative & ~told, rule=NOTICE)
    sieve.refuse(negative & _is_over(records["ended_on"], on, rules), rule=RETENTION)


def _is_over(ended_on: NDArray[Any], on: int, rules: RulePack) -> Truths:
    """Where an event has ended so long ago that it may not be kept any more; the last day counts as kept."""
    years = rules.value(id=RETENTION, on=on).count
    days = ended_on.astype(np.int64)
    kept_until = np.where(days == 0, on, months_later(np.where(days == 0, on, days), years * MONTHS_A_YEAR))
    return np.asarray(kept_until < on, np.bool_)


def _without_consent(facts: Mapping[str, Ints], on: int) -> Truths:
    """The account's consent was taken back, has run out, or is another person's since a mixed file was split."""
    over = (facts["expires_on"] != 0) & (facts["expires_on"] < on)
    anothers = facts["consented"] != facts["subject"]
    return np.asarray((facts["consent"] == 0) | (facts["revoked"] != 0) | over | anothers, np.bool_)


def _contradicts(records: NDArray[Any]) -> Truths:
    """A month is late without an amount, or has one while it was paid as agreed."""
    status, owed = np.clip(records["status"], 0, len(ENDS) - 1), records["overdue_fen"]
    late = (status >= STATUS_NUMBER[MonthStatus.late_1]) & (status <= STATUS_NUMBER[MonthStatus.late_7])
    settled = (status == STATUS_NUMBER[MonthStatus.normal]) | ENDS[status]
    return np.asarray((late & (owed == 0)) | (settled & (owed != 0)), np.bool_)


def _repeats(records: NDArray[Any], names: tuple[str, str]) -> Truths:
    """Where the values of two columns have come before; `records` are in order of the first."""
    order = np.lexsort((np.arange(len(records)), records[names[1]], records[names[0]]))
    again = np.zeros(len(records), np.bool_)
    pair = np.ones(max(len(records) - 1, 0), np.bool_)
    for name in names:
        column = records[name][order]
        pair &= column[1:] == column[:-1]
    again[order[1:]] = pair
    return again
