"""Whose protection it is: a customer of the payment institution, of the lender, or of the bureau, by one of three ids.

Commands of this room have the fields `person`, `borrower` and `subject`, of which exactly one is not 0: nothing
connects a person's ids at the group's entities, and this room does not either.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.outcomes import Invalid

CUSTOMER = ("person", "borrower", "subject")
"""A customer of the payment institution, of the lender, of the credit bureau."""


def customer_faults(batch: Batch) -> dict[int, Invalid]:
    """A fault wherever not exactly one of the three is named."""
    named = sum((batch.integers(name) != 0).astype(np.int64) for name in CUSTOMER)
    wanted = "the id of one customer: person, borrower or subject, and the others 0"
    return {
        place: Invalid(field=CUSTOMER[0], value=int(batch.integers(CUSTOMER[0])[place]), constraint=wanted)
        for place in np.flatnonzero(named != 1).tolist()
    }


def customer_columns(batch: Batch) -> Mapping[str, NDArray[np.int64]]:
    """The three columns as a row of a table holds them."""
    return {name: batch.integers(name) for name in CUSTOMER}
