"""The words of related parties, transactions and approvals, and the numbers that stand for them in rows.

Sources: PBoC Order [2023] No. 1, arts. 6 to 10, 14, 15, 21, 27, 28; CBIRC Order 2022 No. 1, arts. 6 to 9, 57.
"""

from enum import IntEnum, StrEnum

from benyuan.decisions.words import numbers_of
from benyuan.parties.ownership.vocabulary import Post


class PartyGround(StrEnum):
    """Why somebody is a related party. The last ones no fact of ownership shows: they are declared."""

    controller = "controller"
    controller_concert = "controller_concert"
    controller_beneficial = "controller_beneficial"
    main_holder = "main_holder"
    main_holder_controller = "main_holder_controller"
    main_holder_concert = "main_holder_concert"
    main_holder_beneficial = "main_holder_beneficial"
    holder_family = "holder_family"
    holder_officer = "holder_officer"
    controller_reach = "controller_reach"
    main_holder_reach = "main_holder_reach"
    holder_family_reach = "holder_family_reach"
    insider = "insider"
    insider_family = "insider_family"
    insider_reach = "insider_reach"
    affiliate = "affiliate"
    associate = "associate"
    close_family = "close_family"
    influenced_by_holder = "influenced_by_holder"
    influenced_by_insider = "influenced_by_insider"
    by_agreement = "by_agreement"
    affiliates_party = "affiliates_party"
    may_gain = "may_gain"
    told_by_supervisor = "told_by_supervisor"
    employee = "employee"


class DeclaredGround(StrEnum):
    """The grounds that are declared (Order [2023] No. 1, arts. 9, 10; Order 2022 No. 1, arts. 8, 9)."""

    by_agreement = "by_agreement"
    affiliates_party = "affiliates_party"
    may_gain = "may_gain"
    told_by_supervisor = "told_by_supervisor"
    employee = "employee"


class When(StrEnum):
    """Whether the ground holds on the day, held in the twelve months before, or will in the twelve to come."""

    now = "now"
    past = "past"
    coming = "coming"


class TransactionSort(StrEnum):
    """The four kinds of art. 14."""

    finance = "finance"
    asset_transfer = "asset_transfer"
    services = "services"
    other = "other"


class Product(StrEnum):
    """Whether a related party's product is bought, and whether other related parties stand behind its assets."""

    none = "none"
    related_assets = "related_assets"
    unrelated_assets = "unrelated_assets"


class PriceBasis(StrEnum):
    """What the price rests on, in the order of art. 21; words say why where it is explained."""

    market = "market"
    independent = "independent"
    explained = "explained"


class Exemption(StrEnum):
    """Grounds of art. 28 that are claimed; smallness (item one) is found by itself."""

    none = "none"
    public_issue = "public_issue"
    demand_deposit = "demand_deposit"
    shared_independent_director = "shared_independent_director"
    state_price = "state_price"
    by_law = "by_law"


class Grade(IntEnum):
    """How a transaction is treated. `unrelated`: nobody related is known to be on the other side."""

    unrelated = 1
    exempt = 2
    framework = 3
    ordinary = 4
    major = 5


class Stage(IntEnum):
    """Where a proposal stands. `board_alone`: no shareholder may vote, so all directors do (art. 27 ¶3)."""

    committee = 1
    board = 2
    shareholders = 3
    board_alone = 4
    approved = 5
    rejected = 6


class Vote(StrEnum):
    """How a member votes; who abstains is present."""

    favour = "favour"
    against = "against"
    abstain = "abstain"


class Line(IntEnum):
    """What a limit on outstanding amounts counts, in the order in which limits refuse.

    `given`: by an institution to all related parties of the holding company; `received`: by one of these from all
    institutions; `party`, `group`, `every`: by a bank or leasing company to one party, its group, all parties;
    `outside`: guarantees of the holding company for others than its group. `holder`: by a leasing or car finance
    company to a shareholder and its side; `invested` to `product_share`: of an insurer's funds in all related parties,
    by class, in one party, and its part of a product behind which its controlling side stands.
    """

    given = 1
    received = 2
    party = 3
    group = 4
    every = 5
    outside = 6
    holder = 7
    invested = 8
    equity = 9
    real_estate = 10
    other_financial = 11
    abroad = 12
    invested_one = 13
    product_share = 14


FURTHER_LINES = tuple(line for line in Line if line > Line.outside)
"""Lines whose usage accounts stand in rows of their own, apart from the exposure."""


class Funds(StrEnum):
    """Of an insurer, into what its money goes; of a trust company, whose money it is.

    `own_use`: an asset that an insurer buys to use itself, which is no use of funds. `holders_trust`: a collective plan
    whose money all comes from shareholders of the trust company or their related parties.
    """

    none = "none"
    fixed_income = "fixed_income"
    equity = "equity"
    real_estate = "real_estate"
    other_financial = "other_financial"
    abroad_fixed_income = "abroad_fixed_income"
    abroad_equity = "abroad_equity"
    abroad_real_estate = "abroad_real_estate"
    abroad_other = "abroad_other"
    own_use = "own_use"
    own_property = "own_property"
    single_trust = "single_trust"
    collective_trust = "collective_trust"
    holders_trust = "holders_trust"


class LeftOut(StrEnum):
    """Why credit of a bank may be left out of its limits (Order 2022 No. 1, art. 16 ¶¶3, 4)."""

    none = "none"
    between_banks = "between_banks"
    parent_group = "parent_group"
    under_measures = "under_measures"


class GovernanceGrade(StrEnum):
    """The grades of a supervisor's yearly assessment of governance, E the worst (Order 2022 No. 1, art. 33)."""

    a = "a"
    b = "b"
    c = "c"
    d = "d"
    e = "e"


class HouseSpan(StrEnum):
    """Whose transactions a limit of the house adds up: with each party, with all, inside the group, outside it."""

    each_party = "each_party"
    all_parties = "all_parties"
    inside_group = "inside_group"
    outside_group = "outside_group"


class LimitedSort(StrEnum):
    """The kinds of transaction that a limit of the house is for: one of the four, or any."""

    any = "any"
    finance = "finance"
    asset_transfer = "asset_transfer"
    services = "services"
    other = "other"


class RelatedDuty(IntEnum):
    """What is owed of related parties and transactions; by rules of the house of risk and losses."""

    report_major = 1
    disclose_major = 2
    report_quarter = 3
    disclose_quarter = 4
    audit_year = 5
    update_register = 6
    report_framework = 7
    disclose_framework = 8
    report_owner = 9
    report_insider = 10
    tell_risk_owner = 11
    tell_board_of_risk = 12
    plan_remedy = 13
    tell_board_of_loss = 14
    report_limits = 15


GROUND_NUMBER, SORT_NUMBER, PRODUCT_NUMBER, PRICE_NUMBER, EXEMPTION_NUMBER, VOTE_NUMBER = (
    numbers_of(words, first=1) for words in (PartyGround, TransactionSort, Product, PriceBasis, Exemption, Vote)
)
GOVERNANCE_GRADE_NUMBER = numbers_of(GovernanceGrade, first=1)
FUNDS_NUMBER, LEFT_OUT_NUMBER = (numbers_of(words, first=0) for words in (Funds, LeftOut))
SPAN_NUMBER = numbers_of(HouseSpan, first=1)
LIMITED_SORT_NUMBER = {LimitedSort.any.value: 0, **SORT_NUMBER}
DIRECTORS = (Post.chair, Post.director, Post.independent_director)
"""The posts whose holders sit and vote in a board. A chief executive or executive does only as a director besides."""
