"""A member asks about a person; who, when, for what and what is shown is on record before the answer leaves.

Sources: State Council Order 631, arts. 7, 18; PBoC Order [2021] No. 4, arts. 5, 22, 23; PIPL, art. 6. What needs no
consent is our choice (`cr.query.written_consent`). Order of checks: the bureau's licence; the member not stopped; its
contract runs, and names the purpose; the person's consent to this member and purpose, begun, not over, not taken back,
and about this; or an account of its own, for purposes that need no consent; the name is the one on file; then the
ledger: no more answers than the consent allows. The person is named by document, number and name: no number of a file
can be asked for. Nobody without a file has a consent, so who asks without one learns nothing, not even whether there is
a file.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.askers import ASKER_GATES, ASKER_NEEDS, WRITTEN, is_one_of, needs_consent
from benyuan.credit_bureau.chart import BureauLeg
from benyuan.credit_bureau.records import INQUIRY_DEBTS_TOLD
from benyuan.credit_bureau.shown import SAME_NAME, ShownPerson, staff_text
from benyuan.credit_bureau.vocabulary import (
    MEMBER_PURPOSES,
    OF_ONE_ACCOUNT,
    PRODUCT_NUMBER,
    PURPOSE_NUMBER,
    TO_LEND,
    Product,
    Purpose,
    Section,
)
from benyuan.credit_bureau.words import sections_of
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.inquiring import Digest, Seen, StaffName, inquiry_events, inquiry_ids, seen_faults
from benyuan.usecases.bureau.subjects import SUBJECT_NEEDS
from benyuan.usecases.common import Count, Id, MaybeId, faults_where, rows


@command("inquire", version=4, personal=("number", "full_name", "staff_name", "shown"), identified=True)
class InquiryFields(ShownPerson, frozen=True, kw_only=True):
    """`member` asks `bureau` for a person's report or score, for a `purpose`, on a `consent` or for its own `account`.

    `customer`: the member's own number of the person, 0 for none. `staff_name`: who asks at the member; `reader`: the
    same by number, under the own login, 0 where that lender has no staff on record. `seen`: the log
    position up to which the file was read; `shown`: the digest of the answer that leaves if this is accepted.
    `debts_fen`: what other members' accounts in it ask for in a month, kept where a lender of the group asks to lend.
    """

    member: Id
    purpose: Purpose
    consent: MaybeId = 0
    account: MaybeId = 0
    customer: MaybeId = 0
    reader: MaybeId = 0
    product: Product = Product.report
    staff_name: StaffName
    seen: Seen
    shown: Digest = ""
    debts_fen: Count = 0

    @classmethod
    def handles(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], text: str) -> dict[str, str]:
        """And of who asks, so that one person's looks are counted."""
        member, name = int(fields["member"]), personal["staff_name"]
        asker = staff_text(bureau=int(fields["bureau"]), member=member, name=name)
        return {**super().handles(personal, fields, text), "staff": asker}


class Inquire(UseCase):
    """Records the inquiry, and books one answer on its consent."""

    command = InquiryFields
    needs = (*ASKER_NEEDS, *SUBJECT_NEEDS)
    gates = (*ASKER_GATES, SAME_NAME)
    rules = (WRITTEN,)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A member of the bureau, a purpose that members have, and what goes with it."""
        batch = case.batch
        elsewhere = np.asarray(case.facts["member_bureau"] != batch.integers("bureau"), np.bool_)
        needed = needs_consent(case)
        named = batch.integers("consent") != 0
        return {
            **faults_where(named & ~needed, batch, "consent", "0: this purpose needs no consent"),
            **faults_where((batch.integers("account") != 0) & needed, batch, "account", "0: this purpose has none"),
            **_unscored(batch.values("product"), sections_of(batch, product=batch.values("product").__getitem__)),
            **_not_theirs(case),
            **seen_faults(batch),
            **faults_where(elsewhere, batch, "member", "a member of this bureau"),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """One answer, where a consent counts them."""
        facts = case.facts
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on & needs_consent(case) & facts.found("consent"),
            debit=facts["consent_usage"],
            credit=facts["bureau_control"],
            amount=1,
            code=BureauLeg.answer,
            ceiling=facts["consent_times"],
            rule=self.rules.index(WRITTEN),
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The inquiry, and the sections that may be shown."""
        case, facts = decided.case, decided.case.facts
        sections = shown_sections(case)
        columns = {name: case.batch.integers(name) for name in ("member", "consent", "account", "customer", "staff")}
        columns |= {
            "subject": facts["identity_subject"],
            "sections": sections,
            "product": case.batch.numbers("product", PRODUCT_NUMBER),
        }
        ids = inquiry_ids(case, decided.accepted)
        told = rows(decided.accepted & _tells_of_debts(case), id=ids, debts_fen=case.batch.integers("debts_fen"))
        return Recorded(
            results={"inquiry": ids, "sections": sections},
            events=[*inquiry_events(decided, **columns), *event(INQUIRY_DEBTS_TOLD, told)],
        )


def _tells_of_debts(case: Case) -> NDArray[np.bool_]:
    """Where a lender of the group is shown accounts of its own customer, to lend: then it has to count them."""
    shows = (shown_sections(case) & Section.accounts) != 0
    theirs = (case.facts["member_lender"] != 0) & (case.batch.integers("customer") != 0)
    return np.asarray(shows & theirs & is_one_of(case, TO_LEND), np.bool_)


def shown_sections(case: Case) -> NDArray[np.int64]:
    """What the purpose needs, as far as the consent goes; of the account alone where an objection to it is checked."""
    needed = sections_of(case.batch, product=case.batch.values("product").__getitem__)
    needed = np.where(is_one_of(case, (Purpose.objection,)), needed & OF_ONE_ACCOUNT, needed)
    return np.where(needs_consent(case), needed & case.facts["consent_sections"], needed)


def _not_theirs(case: Case) -> dict[int, Invalid]:
    wanted = "one of " + ", ".join(MEMBER_PURPOSES)
    theirs = [PURPOSE_NUMBER[purpose] for purpose in MEMBER_PURPOSES]
    values, numbers = case.batch.values("purpose"), case.batch.numbers("purpose", PURPOSE_NUMBER)
    return {
        place: Invalid(field="purpose", value=values[place], constraint=wanted)
        for place in np.flatnonzero(~np.isin(numbers, theirs)).tolist()
    }


def _unscored(products: list[str], sections: NDArray[np.int64]) -> dict[int, Invalid]:
    wanted = "report: this purpose needs no score"
    return {
        place: Invalid(field="product", value=products[place], constraint=wanted)
        for place in np.flatnonzero(sections == 0).tolist()
    }
