"""Which commands carry personal data from one entity of this ledger to another, and the row that each leaves of it.

Sources: PBoC Order [2020] No. 4, arts. 23 (only with the customer's yes), 34 (firewalls of information); PIPL, arts.
13, 23. The decider adds the rows to what a use case records, so none can be forgotten; a test holds the list. Whether
a crossing may happen is for the gates of the command; here is where each says its ground. Worked: an inquiry of a
lender of the group on consent 3 leaves one row from the bureau to the lender, ground consent, proof 3.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.vocabulary import RECEIVER_NUMBER
from benyuan.decisions.events import Event, event
from benyuan.decisions.usecase import Case, Decided, Recorded
from benyuan.governance.crossings.records import CROSSED_OVER, CROSSING
from benyuan.governance.crossings.words import CROSSED_NUMBER, GROUND_NUMBER, SIDE_NUMBER, Crossed, Ground, Side
from benyuan.usecases.common import numbered, rows
from benyuan.usecases.protection.contact.shared import HOMES

Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What the commands of a batch carry over, a value each; `there`: where anything crosses."""

    there: NDArray[np.bool_]
    giver_sort: Ints | int
    giver: Ints
    receiver_sort: Ints | int
    receiver: Ints
    data: Crossed
    ground: Ints | int
    proof: Ints
    records: Ints | int = 1


Carries: TypeAlias = Callable[[Decided, Recorded], Carried]


def crossed(decided: Decided, recorded: Recorded) -> list[Event]:
    """The rows of the crossings of a batch; none for kinds that carry nothing over."""
    found: list[Event] = []
    first = decided.case.facts.next_ids[CROSSING.name]
    for carries in CARRIES.get(decided.case.batch.kind, ()):
        carried = carries(decided, recorded)
        stands = decided.accepted & carried.there
        found += _rows(decided.case, carried, stands, first=first)
        first += int(stands.sum())
    return found


def _rows(case: Case, carried: Carried, stands: NDArray[np.bool_], *, first: int) -> list[Event]:
    names = ("giver_sort", "giver", "receiver_sort", "receiver", "ground", "proof", "records")
    columns = {
        "id": numbered(stands, first),
        **{name: getattr(carried, name) for name in names},
        "data": CROSSED_NUMBER[carried.data],
        "on_date": case.batch.on,
        "position": case.batch.position,
    }
    return event(CROSSED_OVER, rows(stands, **columns))


def _inquired(decided: Decided, recorded: Recorded) -> Carried:
    """A bureau shows a lender of the group a person."""
    del recorded
    batch, facts = decided.case.batch, decided.case.facts
    consent, account = batch.integers("consent"), batch.integers("account")
    return Carried(
        there=np.asarray(facts["member_lender"] != 0, np.bool_),
        giver_sort=SIDE_NUMBER[Side.bureau],
        giver=batch.integers("bureau"),
        receiver_sort=SIDE_NUMBER[Side.lender],
        receiver=facts["member_lender"],
        data=Crossed.report,
        ground=np.where(consent != 0, GROUND_NUMBER[Ground.consent], GROUND_NUMBER[Ground.own_account]),
        proof=np.where(consent != 0, consent, account),
    )


def _furnished(decided: Decided, *, data: Crossed, ground: Ground, proof: Ints, records: Ints | int) -> Carried:
    """A lender of the group furnishes a bureau."""
    batch, facts = decided.case.batch, decided.case.facts
    return Carried(
        there=np.asarray((facts["member_lender"] != 0) & (records != 0), np.bool_),
        giver_sort=SIDE_NUMBER[Side.lender],
        giver=facts["member_lender"],
        receiver_sort=SIDE_NUMBER[Side.bureau],
        receiver=batch.integers("bureau"),
        data=data,
        ground=GROUND_NUMBER[ground],
        proof=proof,
        records=records,
    )


def _account_furnished(decided: Decided, recorded: Recorded) -> Carried:
    del recorded
    consent = decided.case.batch.integers("consent")
    return _furnished(decided, data=Crossed.account, ground=Ground.consent, proof=consent, records=1)


def _parcel_furnished(decided: Decided, recorded: Recorded) -> Carried:
    parcel, records = recorded.results["parcel"], recorded.results["records"]
    return _furnished(decided, data=Crossed.records, ground=Ground.each_consent, proof=parcel, records=records)


def _shared(decided: Decided, recorded: Recorded) -> Carried:
    """A customer let data be handed on to another entity; what goes outside is in no register of entities."""
    del recorded
    case = decided.case
    sides = {RECEIVER_NUMBER[side]: SIDE_NUMBER[side] for side in Side}
    kinds = case.batch.numbers("receiver_kind", RECEIVER_NUMBER)
    receiver_sort = np.array([sides.get(kind, 0) for kind in kinds.tolist()], np.int64)
    giver_sort, giver = _home(case)
    return Carried(
        there=np.asarray(receiver_sort != 0, np.bool_),
        giver_sort=giver_sort,
        giver=giver,
        receiver_sort=receiver_sort,
        receiver=case.batch.integers("receiver"),
        data=Crossed.shared,
        ground=GROUND_NUMBER[Ground.choice],
        proof=case.facts["sharing_choice"],
    )


def _home(case: Case) -> tuple[Ints, Ints]:
    """Whose customers they are."""
    sort, entity = np.zeros(len(case.batch), np.int64), np.zeros(len(case.batch), np.int64)
    for (field, home), side in zip(HOMES.items(), (Side.institution, Side.lender, Side.bureau), strict=True):
        theirs = case.batch.integers(field) != 0
        sort = np.where(theirs, SIDE_NUMBER[side], sort)
        entity = np.where(theirs, case.facts[home], entity)
    return sort, entity


def _to_partner(field: str, data: Crossed) -> Carries:
    """A partner that takes part in a loan, or guarantees it, learns of the borrower."""

    def carried(decided: Decided, recorded: Recorded) -> Carried:
        partner = decided.case.batch.integers(field)
        return Carried(
            there=np.asarray(partner != 0, np.bool_),
            giver_sort=SIDE_NUMBER[Side.lender],
            giver=decided.case.facts["product_lender"],
            receiver_sort=SIDE_NUMBER[Side.partner],
            receiver=partner,
            data=data,
            ground=GROUND_NUMBER[Ground.contract],
            proof=recorded.results["loan"],
        )

    return carried


def _repaid_from(decided: Decided, recorded: Recorded) -> Carried:
    """A lender learns from which wallet its borrower repays, by the holder's own agreement."""
    del recorded
    batch, facts = decided.case.batch, decided.case.facts
    return Carried(
        there=np.asarray(batch.integers("wallet") != 0, np.bool_),
        giver_sort=SIDE_NUMBER[Side.institution],
        giver=facts["wallet_institution"],
        receiver_sort=SIDE_NUMBER[Side.lender],
        receiver=facts["account_lender"],
        data=Crossed.payer,
        ground=GROUND_NUMBER[Ground.agreement],
        proof=batch.integers("account"),
    )


CARRIES: Mapping[str, tuple[Carries, ...]] = {
    "inquire": (_inquired,),
    "furnish_account": (_account_furnished,),
    **dict.fromkeys(("furnish_months", "correct_months", "furnish_public", "furnish_inquiries"), (_parcel_furnished,)),
    "share_data": (_shared,),
    "draw_loan": (_to_partner("partner", Crossed.joint_loan), _to_partner("guarantor", Crossed.guaranteed_loan)),
    "agree_autopay": (_repaid_from,),
}
"""The kinds of command that carry personal data over, each with the crossings that it may have."""
