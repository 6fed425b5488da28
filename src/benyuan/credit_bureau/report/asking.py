"""Who has asked for a file, and who may: the report's inquiries and consents.

As PBoC Order [2005] No. 3, arts. 12, 36 has it for the national database: the purposes, and a record of every query. A
window ends with the day of the report. Worked number: on 20261128 the last two years begin on 20241128. That the person
or the bureau's staff looked tells lenders nothing of credit: only the person's own report shows it, and there alone a
member's number stands.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import UNSET

from benyuan.credit_bureau.report.file import CreditFile
from benyuan.credit_bureau.report.sheet import Consent, Inquired, Inquiry
from benyuan.credit_bureau.vocabulary import PURPOSE_NUMBER, Purpose
from benyuan.values.dates import MONTHS_A_YEAR, add_months, local_day

WINDOW = 2 * MONTHS_A_YEAR
"""Months of inquiries that a report shows, by its form."""
NOT_OTHERS = (Purpose.own.value, Purpose.objection.value)
PURPOSES = {number: Purpose(word) for word, number in PURPOSE_NUMBER.items()}


def inquiries_of(file: CreditFile, *, on: int, own: bool) -> list[Inquiry]:
    """The inquiries of the last two years, the latest first."""
    since = add_months(on, -WINDOW)
    every = [*_here(file, own=own), *_elsewhere(file)]
    return sorted((each for each in every if since <= each.on <= on), key=lambda each: each.on, reverse=True)


def _here(file: CreditFile, *, own: bool) -> Iterator[Inquiry]:
    for asked in file.asked:
        if own or asked.member:
            yield Inquiry(
                on=local_day(asked.at),
                purpose=asked.purpose.value,
                sort=asked.sort.value if asked.sort else "",
                elsewhere=False,
                staff=asked.staff,
                member=asked.member if own else UNSET,
            )


def _elsewhere(file: CreditFile) -> Iterator[Inquiry]:
    for _, on, purpose in file.elsewhere.tolist():
        yield Inquiry(on=on, purpose=PURPOSES[purpose].value, sort="", elsewhere=True, staff=False)


def inquired(inquiries: Sequence[Inquiry], *, on: int) -> Inquired:
    """How often others have asked, by purpose; the person's and the staff's own looks don't count."""
    others = [each for each in inquiries if each.purpose not in NOT_OTHERS and not each.staff]
    since = add_months(on, -1)
    return Inquired(
        month=dict(Counter(each.purpose for each in others if each.on >= since)),
        two_years=dict(Counter(each.purpose for each in others)),
    )


def consents_of(file: CreditFile) -> list[Consent]:
    """The consents of the person."""
    return [
        Consent(
            consent=each.consent,
            member=each.member,
            sort=each.sort.value,
            purpose=each.purpose.value,
            starts_on=each.starts_on,
            expires_on=each.expires_on,
            times=each.times,
            furnishing=each.furnishing,
            revoked=each.revoked,
        )
        for each in file.allowed
    ]
