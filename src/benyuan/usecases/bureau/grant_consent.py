"""A person consents: which member may ask or furnish, for what, from when to when, how often, and about what.

Sources: State Council Order 631, arts. 13, 14 ¶2, 18, 29; PBoC Order [2021] No. 4, art. 12; PIPL, arts. 14, 31. Order
of checks: the name is the one on file; old enough; written, where it lets anybody ask or a lender furnish; written and
warned, where it takes in restricted data. The fields are those of the account-aggregator artefact. The first consent
opens the person's file, so that nobody is asked about without one. Worked number: `times` 3 lets the member have three
answers; 0 lets it furnish and have none.
"""

from collections.abc import Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.askers import WRITTEN
from benyuan.credit_bureau.chart import consent_accounts
from benyuan.credit_bureau.records import CONSENT, CONSENT_GRANTED, MEMBER
from benyuan.credit_bureau.shown import OLD_ENOUGH, SAME_NAME, AgedPerson
from benyuan.credit_bureau.vocabulary import (
    FETCH_NUMBER,
    LENDERS,
    MEMBER_SORT_NUMBER,
    MODE_NUMBER,
    PURPOSE_NUMBER,
    WITH_CONSENT,
    Fetch,
    Mode,
    Purpose,
)
from benyuan.credit_bureau.words import RESTRICTED_BITS, SECTION_BITS
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import sums, text_faults, truths, word_faults
from benyuan.ledger.layout import ACCOUNT
from benyuan.usecases.bureau.agree_membership import Words
from benyuan.usecases.bureau.subjects import FILE_NEEDS, file_accounts, file_events, is_new, subject_ids
from benyuan.usecases.common import Count, Id, Yyyymmdd, faults_where, no_such_day, numbered, rows

FURNISHED, RESTRICTED = "cr.lender.furnish", "cr.collect.restricted"
Evidence: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]  # tidy: number a length that we chose
LENDING = [MEMBER_SORT_NUMBER[sort] for sort in LENDERS]


@command("grant_consent", personal=("number", "full_name", "evidence"), identified=True)
class ConsentFields(AgedPerson, frozen=True, kw_only=True):
    """The person consents that `member` of `bureau` asks for a `purpose`, and furnishes where `furnishing` says so.

    It holds from `starts_on` up to and with `expires_on`, for `times` answers at most, about these `sections` (words
    with commas, or `all`). `mode`, `fetch` and `data_life_days`: what the member may do with an answer. `restricted`:
    kinds of restricted data that it may furnish; for those the person was `told_adverse` effects. `written`: the
    person's own text, of which `evidence` is the digest.
    """

    member: Id
    purpose: Purpose
    starts_on: Yyyymmdd
    expires_on: Yyyymmdd
    times: Count
    sections: Words = "all"
    mode: Mode = Mode.view
    fetch: Fetch = Fetch.once
    data_life_days: Count = 0
    furnishing: bool = False
    restricted: Words = ""
    told_adverse: bool = False
    written: bool = False
    evidence: Evidence


def lets_ask(case: Case) -> NDArray[np.bool_]:
    """Where it lets the member ask."""
    return np.asarray(case.batch.integers("times") != 0, np.bool_)


def lets_lender_furnish(case: Case) -> NDArray[np.bool_]:
    """Where it lets a lender furnish."""
    return np.asarray(truths(case.batch, "furnishing") & np.isin(case.facts["member_sort"], LENDING), np.bool_)


def is_restricted(case: Case) -> NDArray[np.bool_]:
    """Where it takes in restricted data."""
    return np.asarray(sums(case.batch, "restricted", RESTRICTED_BITS) != 0, np.bool_)


def _warned(case: Case) -> NDArray[np.bool_]:
    both = truths(case.batch, "written") & truths(case.batch, "told_adverse")
    return np.asarray(both | ~is_restricted(case), np.bool_)


GATES = (
    SAME_NAME,
    OLD_ENOUGH,
    Gate(rule=WRITTEN, passes=lambda case: truths(case.batch, "written") | ~lets_ask(case), applies=lets_ask),
    Gate(
        rule=FURNISHED,
        passes=lambda case: truths(case.batch, "written") | ~lets_lender_furnish(case),
        applies=lets_lender_furnish,
    ),
    Gate(
        rule=RESTRICTED,
        passes=_warned,
        figures=lambda case, place: {
            "written": int(case.batch.values("written")[place]),
            "told_adverse": int(case.batch.values("told_adverse")[place]),
        },
        applies=is_restricted,
    ),
)


class GrantConsent(UseCase):
    """Opens the account that counts the answers; and the file, for who has none."""

    command = ConsentFields
    needs = (*FILE_NEEDS, Need(table=MEMBER, by="member", prefix="member"))
    gates = GATES

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether an identity has a file is shared by those that show it."""
        return (batch.integers("identity"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Days, words, and what goes with what."""
        batch = case.batch
        first, times = batch.integers("starts_on"), batch.integers("times")
        furnishing, once = truths(batch, "furnishing"), batch.equals("fetch", Fetch.once.value)
        elsewhere = case.facts["member_bureau"] != batch.integers("bureau")
        ended = case.facts["member_ended_on"] != 0
        unseen = (sums(batch, "sections", SECTION_BITS) == 0) & (times != 0)
        return {
            **faults_where(once & (times > 1), batch, "times", "1 answer at most where fetch is once"),
            **faults_where((times == 0) & ~furnishing, batch, "times", "1 or more, unless the consent is to furnish"),
            **text_faults(
                is_restricted(case) & ~furnishing, batch, "restricted", "kinds for a member that may furnish"
            ),
            **text_faults(unseen, batch, "sections", "a section"),
            **text_faults(~_consentable(batch), batch, "purpose", "one of " + ", ".join(WITH_CONSENT)),
            **faults_where(batch.integers("expires_on") < first, batch, "expires_on", "a day not before starts_on"),
            **faults_where(elsewhere | ended, batch, "member", "a member of this bureau that has not left"),
            **word_faults(batch, "restricted", RESTRICTED_BITS),
            **word_faults(batch, "sections", SECTION_BITS),
            **no_such_day(batch, "expires_on"),
            **no_such_day(batch, "starts_on"),
        }

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """For each command that of a new file, if it opens one, and that of the consent."""
        new = is_new(case, goes_on)
        last = np.cumsum(goes_on + new.astype(np.int64)) - 1
        made = np.zeros(int(goes_on.sum() + new.sum()), ACCOUNT)
        made[last[goes_on]] = consent_accounts(books=case.facts["bureau_book"][goes_on])
        made[last[new] - 1] = file_accounts(case, goes_on)
        return made

    def record(self, decided: Decided) -> Recorded:
        """The consent, and the file."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        new = is_new(case, accepted)
        first = numbered(accepted, case.facts.next_account, step=1 + new)
        ids = numbered(accepted, case.facts.next_ids[CONSENT.name])
        subject = subject_ids(case, accepted)
        names = ("bureau", "member", "starts_on", "expires_on", "times", "data_life_days")
        columns = {name: batch.integers(name) for name in names}
        columns |= {
            "subject": subject,
            "purpose": batch.numbers("purpose", PURPOSE_NUMBER),
            "usage": first + new,
            "mode": batch.numbers("mode", MODE_NUMBER),
            "fetch": batch.numbers("fetch", FETCH_NUMBER),
            "sections": sums(batch, "sections", SECTION_BITS),
            "restricted": sums(batch, "restricted", RESTRICTED_BITS),
            "furnishing": truths(batch, "furnishing").astype(np.int64),
            "position": batch.position,
            "revoked": np.zeros(len(batch), np.int64),
        }
        return Recorded(
            results={"consent": ids, "subject": subject},
            events=[
                *file_events(case, accepted, usage=first),
                *event(CONSENT_GRANTED, rows(accepted, id=ids, **columns)),
            ],
        )


def _consentable(batch: Batch) -> NDArray[np.bool_]:
    wanted = [PURPOSE_NUMBER[purpose] for purpose in WITH_CONSENT]
    return np.asarray(np.isin(batch.numbers("purpose", PURPOSE_NUMBER), wanted), np.bool_)
