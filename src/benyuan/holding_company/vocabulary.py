"""The words of a holding company's people, the posts that the order on them governs, and the duties that arise."""

from enum import IntEnum, StrEnum

from benyuan.decisions.words import numbers_of
from benyuan.parties.ownership.vocabulary import Post


class Work(StrEnum):
    """What somebody worked at: finance, or work of the economy that fits the post."""

    finance = "finance"
    economics = "economics"


class Degree(StrEnum):
    """The highest degree, or course of a university."""

    none = "none"
    bachelor = "bachelor"
    master = "master"
    doctor = "doctor"


class Ground(StrEnum):
    """Why a body that is not controlled is consolidated, or one that is stays out (Order [2020] No. 4, art. 25)."""

    alike = "alike"
    risk = "risk"
    by_way_of_shells = "by_way_of_shells"
    held_briefly = "held_briefly"


class GroupRatio(StrEnum):
    """The figures of a group that stand beside limits. `…_of_owners`: without what stands to other owners."""

    capital = "capital"
    leverage = "leverage"
    largest_exposure = "largest_exposure"
    ten_largest = "ten_largest"
    largest_industry = "largest_industry"
    largest_region = "largest_region"
    liquidity = "liquidity"
    outside_guarantees = "outside_guarantees"
    related_investments = "related_investments"
    capital_of_owners = "capital_of_owners"
    leverage_of_owners = "leverage_of_owners"


class KeptMoney(StrEnum):
    """Money of a book of this ledger that stands with somebody: customers' reserve, or a lender's bank account."""

    customer_reserve = "customer_reserve"
    bank_account = "bank_account"


class Industry(StrEnum):
    """The sections of the national classification of industries (GB/T 4754)."""

    untold = "untold"
    agriculture = "agriculture"
    mining = "mining"
    manufacturing = "manufacturing"
    utilities = "utilities"
    construction = "construction"
    trade = "trade"
    transport = "transport"
    hospitality = "hospitality"
    information = "information"
    finance = "finance"
    real_estate = "real_estate"
    business_services = "business_services"
    research = "research"
    environment = "environment"
    household_services = "household_services"
    education = "education"
    health = "health"
    culture = "culture"
    public_administration = "public_administration"
    international = "international"


class DutyKind(IntEnum):
    """What falls due: after a decision on a post, of a fact about who holds one, of a document with a last day."""

    file_appointment = 1
    report_end = 2
    announce = 3
    report_unfit = 4
    renew_document = 5


WORK_NUMBER, DEGREE_NUMBER, GROUND_NUMBER = (numbers_of(words, first=1) for words in (Work, Degree, Ground))
GROUP_RATIO_NUMBER, INDUSTRY_NUMBER = numbers_of(GroupRatio, first=1), numbers_of(Industry)
KEPT_MONEY_NUMBER = numbers_of(KeptMoney, first=1)
RULE_OF = {
    DutyKind.file_appointment: "fhc.dir.filing",
    DutyKind.report_end: "fhc.dir.ended",
    DutyKind.announce: "fhc.dir.notice",
    DutyKind.report_unfit: "fhc.dir.unfit",
    DutyKind.renew_document: "fhc.house.fit.renew",
}
EXECUTIVES = frozenset(
    {
        Post.chief_executive,
        Post.executive,
        Post.deputy_chief_executive,
        Post.head_of_finance,
        Post.head_of_risk,
        Post.head_of_compliance,
        Post.head_of_audit,
    }
)
"""Art. 2 ¶2 of Order [2021] No. 2; the board's secretary and the like are recorded as executives."""
GOVERNED = EXECUTIVES | {
    Post.chair,
    Post.vice_chair,
    Post.director,
    Post.independent_director,
    Post.supervisor,
    Post.supervisor_chair,
    Post.external_supervisor,
}
"""Directors, supervisors and executives."""
LEADERS = frozenset(
    {Post.chair, Post.vice_chair, Post.supervisor_chair, Post.chief_executive, Post.deputy_chief_executive}
)
"""Those of art. 7 ¶1, who need more years."""
LIMITED = frozenset({Post.chair, Post.supervisor_chair, Post.chief_executive})
"""Those of art. 7 ¶2, who stay in one post for so long."""
