"""What is on record of erasures and of investigations that forbid them."""

from benyuan.decisions.events import Erased, erases, folds
from benyuan.decisions.facts import Table
from benyuan.parties.lists import LIST_ENTRY
from benyuan.payments.records import BANK_NUMBER, BUSINESS, IDENTITY, PAYER_CODE, PERSON

_HOW = ("ended_on", "erased_on", "rule", "years", "position")
ERASED_PERSON = Table(name="erased_person", columns=_HOW, keyed=True)
"""By the person's number; `rule` is its place in `sorts.RULES`, counted from 1, `position` that of the erasure."""
ERASED_MERCHANT = Table(name="erased_merchant", columns=_HOW, keyed=True)
ERASED_DAY = Table(
    name="erased_day", columns=("sort", "date", "held", "erased_on", "rule", "years", "position"), keyed=True
)
"""A day whose payloads of a sort have been erased, all but those `held` back."""
HELD_RECORD = Table(name="held_record", columns=("sort", "date"), keyed=True)
"""By log position: payloads that were held back when those of their day were erased."""
INVESTIGATION = Table(name="investigation", columns=("subject_kind", "subject", "opened_on", "closed_on"))
"""Investigations by authorities; `closed_on` 0: still under way."""

PERSON_BLANKED = folds("person_blanked", table=PERSON, adds=False)
IDENTITY_TAKEN_OFF = folds("identity_taken_off", table=IDENTITY, adds=False, removes=True)
BANK_NUMBER_TAKEN_OFF = folds("bank_number_taken_off", table=BANK_NUMBER, adds=False, removes=True)
BUSINESS_TAKEN_OFF = folds("business_taken_off", table=BUSINESS, adds=False, removes=True)
LIST_ENTRY_TAKEN_OFF = folds("list_entry_taken_off", table=LIST_ENTRY, adds=False, removes=True)
PAYER_CODE_TAKEN_OFF = folds("payer_code_taken_off", table=PAYER_CODE, adds=False, removes=True)
PERSON_ERASED = folds("person_erased", table=ERASED_PERSON, adds=True)
MERCHANT_ERASED = folds("merchant_erased", table=ERASED_MERCHANT, adds=True)
DAY_ERASED = folds("day_erased", table=ERASED_DAY, adds=True)
DAY_ERASED_FURTHER = folds("day_erased_further", table=ERASED_DAY, adds=False)
RECORD_HELD = folds("record_held", table=HELD_RECORD, adds=True)
RECORD_FREED = folds("record_freed", table=HELD_RECORD, adds=False, removes=True)
INVESTIGATION_OPENED = folds("investigation_opened", table=INVESTIGATION, adds=True)
INVESTIGATION_CLOSED = folds("investigation_closed", table=INVESTIGATION, adds=False)
PAYLOADS_ERASED = erases("payloads_erased", what=Erased.payloads)
IDENTITIES_FORGOTTEN = erases("identities_forgotten", what=Erased.identities)

SORTS = 100


def day_id(sort_number: int, date: int) -> int:
    """The id of a sort's row of a day."""
    return date * SORTS + sort_number
