"""Who stands in for a debt by contract, and may be asked for it as its debtor may; and that they no longer do.

Source: Order 2024 No. 4 of the National Financial Regulatory Administration, art. 56 (nobody is collected from who has
nothing to do with the debt). A firm that guarantees a loan stands with the loan (`draw_loan`); people and others are
recorded here. Worked: guarantor 1 of loan 3 may be called about loan 3, and about loan 4 nobody but its debtor.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import ACCOUNT, BORROWER, LOAN
from benyuan.consumer_protection.contact.records import GUARANTOR, GUARANTOR_RECORDED, GUARANTOR_RELEASED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, MaybeId, faults_where, numbered, rows
from benyuan.usecases.protection.contact.shared import TextDigest, debt_faults, digest_faults


@command("record_guarantor")
class GuarantorFields(Command, frozen=True, kw_only=True):
    """Somebody guarantees one `loan` or pay-later `account` of `borrower`, the other is 0; who is in the `contract`.

    Of that the SHA-256 digest comes, and no name.
    """

    borrower: Id
    loan: MaybeId = 0
    account: MaybeId = 0
    contract: TextDigest


class RecordGuarantor(UseCase):
    """Keeps the guarantor by a number."""

    command = GuarantorFields
    needs = (
        Need(table=BORROWER, by="borrower", prefix="borrower"),
        Need(table=LOAN, by="loan", prefix="loan"),
        Need(table=ACCOUNT, by="account", prefix="account"),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One debt, of this borrower, and a digest."""
        return {**digest_faults(case.batch, "contract"), **debt_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """The guarantor."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[GUARANTOR.name])
        columns = {name: batch.integers(name) for name in ("borrower", "loan", "account")}
        columns |= {"contract": batch.text_numbers("contract"), "recorded_on": np.full(len(batch), batch.on)}
        columns |= {"released_on": np.zeros(len(batch), np.int64), "position": batch.position}
        return Recorded(results={"guarantor": ids}, events=event(GUARANTOR_RECORDED, rows(accepted, id=ids, **columns)))


@command("release_guarantor")
class GuarantorReleased(Command, frozen=True, kw_only=True):
    """`guarantor` no longer stands in for the debt, and is contacted about it no more."""

    guarantor: Id


class ReleaseGuarantor(UseCase):
    """Ends one guarantee."""

    command = GuarantorReleased
    needs = (Need(table=GUARANTOR, by="guarantor", prefix="guarantor"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A guarantor is released once."""
        return (batch.integers("guarantor"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """They stand in for the debt still."""
        over = np.asarray(case.facts["guarantor_released_on"] != 0, np.bool_)
        return faults_where(over, case.batch, "guarantor", "a guarantor who was not released")

    def record(self, decided: Decided) -> Recorded:
        """Released on this day."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("guarantor"), released_on=batch.on)
        return Recorded(results={}, events=event(GUARANTOR_RELEASED, columns))
