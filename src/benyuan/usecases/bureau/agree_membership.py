"""What a member may furnish and ask for from a day on, by its contract with the bureau.

Sources: PBoC Order [2021] No. 4, arts. 10, 14 (who furnishes has been reported to the central bank), art. 22 (who asks
has been examined). Order of checks: reported before it furnishes; examined before it asks.
"""

from collections.abc import Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.askers import EXAMINED
from benyuan.credit_bureau.records import MEMBER, MEMBER_AGREED, MEMBER_CHANGED, MEMBER_TERMS
from benyuan.credit_bureau.words import PURPOSE_BITS, SORT_BITS
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import sums, word_faults
from benyuan.usecases.common import LIST_CHARACTERS, Id, Yyyymmdd, faults_where, no_such_day, numbered, rows

REPORTED = "cr.provider.report"
Words: TypeAlias = Annotated[str, msgspec.Meta(max_length=LIST_CHARACTERS)]


@command("agree_membership")
class MembershipFields(Command, frozen=True, kw_only=True):
    """From `from_date` up to and with `until` (0: open) `member` may furnish these sorts, and ask for these purposes.

    `furnishes`: of accounts, months, inquiries, public; `asks`: of loan, credit-card, guarantor, representative,
    post-loan, objection; words with commas between them, or `all`. `reported_on`: the day on which the bureau reported
    the member to the central bank; `reviewed_on`: the day of its examination; 0: not yet.
    """

    member: Id
    from_date: Yyyymmdd
    until: Yyyymmdd = 0
    furnishes: Words = ""
    asks: Words = ""
    reported_on: Yyyymmdd = 0
    reviewed_on: Yyyymmdd = 0


def _done_before(field: str, words: str, bits: dict[str, int], rule: str) -> Gate:
    """Where the contract lets the member do any of this, a thing was done by its first day; from the rule's day on."""

    def passes(case: Case) -> NDArray[np.bool_]:
        if case.rules.in_force(id=rule, on=case.batch.on) is None:
            return np.ones(len(case.batch), np.bool_)
        done = case.batch.integers(field)
        in_time = (done != 0) & (done <= case.batch.integers("from_date"))
        return np.asarray(in_time | (sums(case.batch, words, bits) == 0), np.bool_)

    def figures(case: Case, place: int) -> dict[str, Any]:
        done = int(case.batch.integers(field)[place])
        return {"lacks": field.removesuffix("_on")} | ({field: done} if done else {})

    return Gate(rule=rule, passes=passes, figures=figures)


IS_REPORTED = _done_before("reported_on", "furnishes", SORT_BITS, REPORTED)
IS_EXAMINED = _done_before("reviewed_on", "asks", PURPOSE_BITS, EXAMINED)


class AgreeMembership(UseCase):
    """Records the contract; the latest of a day counts."""

    command = MembershipFields
    needs = (Need(table=MEMBER, by="member", prefix="member"),)
    gates = (IS_REPORTED, IS_EXAMINED)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Words and days exist; what is done is done; the member has not left."""
        batch = case.batch
        until, first = batch.integers("until"), batch.integers("from_date")
        gone = np.asarray(case.facts["member_ended_on"] != 0, np.bool_)
        return {
            **faults_where((until != 0) & (until < first), batch, "until", "a day not before from_date, or 0"),
            **no_such_day(batch, "until", none=True),
            **no_such_day(batch, "reported_on", none=True, until=batch.on),
            **no_such_day(batch, "reviewed_on", none=True, until=batch.on),
            **no_such_day(batch, "from_date"),
            **word_faults(batch, "furnishes", SORT_BITS),
            **word_faults(batch, "asks", PURPOSE_BITS),
            **faults_where(gone, batch, "member", "a member that has not left"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The contract."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = {name: batch.integers(name) for name in ("from_date", "until", "reported_on", "reviewed_on")}
        columns |= {"furnishes": sums(batch, "furnishes", SORT_BITS), "asks": sums(batch, "asks", PURPOSE_BITS)}
        ids = numbered(accepted, decided.case.facts.next_ids[MEMBER_TERMS.name])
        made = rows(accepted, id=ids, owner=batch.integers("member"), **columns)
        return Recorded(results={}, events=event(MEMBER_AGREED, made))


@command("end_membership")
class MembershipEnd(Command, frozen=True, kw_only=True):
    """The contract with `member` ends today and for good: it furnishes and asks no more."""

    member: Id


class EndMembership(UseCase):
    """Notes the end, and a contract from today on that allows nothing."""

    command = MembershipEnd
    needs = (Need(table=MEMBER, by="member", prefix="member"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A member leaves once."""
        return (batch.integers("member"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It has not left yet."""
        gone = np.asarray(case.facts["member_ended_on"] != 0, np.bool_)
        return faults_where(gone, case.batch, "member", "a member that has not left")

    def record(self, decided: Decided) -> Recorded:
        """The end."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[MEMBER_TERMS.name])
        nothing = dict.fromkeys(("furnishes", "asks", "reported_on", "reviewed_on"), 0)
        member = batch.integers("member")
        terms = rows(accepted, id=ids, owner=member, from_date=batch.on, until=batch.on, **nothing)
        return Recorded(
            results={"ended_on": np.full(len(batch), batch.on)},
            events=[
                *event(MEMBER_CHANGED, rows(accepted, id=member, ended_on=batch.on)),
                *event(MEMBER_AGREED, terms),
            ],
        )
