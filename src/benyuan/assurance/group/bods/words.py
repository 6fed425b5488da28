"""Words of BODS 0.4 beside those that are kept here.

Source: BODS 0.4, schema/codelists. Worked shape: `by_agreement` is a power by agreement of shareholders, which the
standard calls control by company rules or articles; a `rightsGrantedByContract` of somebody else's file may be many
things, so only our own annotation tells that it is control by contracts.
"""

from benyuan.parties.bodies.vocabulary import BodyKind, Place
from benyuan.parties.ownership.vocabulary import Post, StakeSort, Steering

INTERESTS = frozenset({
    *("shareholding", "votingRights", "appointmentOfBoard", "otherInfluenceOrControl", "seniorManagingOfficial"),
    *("settlor", "trustee", "protector", "beneficiaryOfLegalArrangement", "rightsToSurplusAssetsOnDissolution"),
    *("rightsToProfitOrIncome", "rightsGrantedByContract", "conditionalRightsGrantedByContract"),
    *("controlViaCompanyRulesOrArticles", "controlByLegalFramework", "boardMember", "boardChair", "unknownInterest"),
    *("unpublishedInterest", "enjoymentAndUseOfAssets", "rightToProfitOrIncomeFromAssets", "nominee", "nominator"),
})  # fmt: skip
NOMINEE, NOMINATOR, NOMINATION, ARRANGEMENT = "nominee", "nominator", "nomination", "arrangement"

Fact = StakeSort | Steering | Post
OF_STAKE: dict[Fact, str] = {
    StakeSort.shares: "shareholding",
    StakeSort.votes: "votingRights",
    StakeSort.potential_votes: "conditionalRightsGrantedByContract",
}
OF_POWER: dict[Fact, str] = {
    Steering.by_law: "controlByLegalFramework",
    Steering.by_agreement: "controlViaCompanyRulesOrArticles",
    Steering.by_protocol: "rightsGrantedByContract",
    Steering.appoints_board: "appointmentOfBoard",
    Steering.votes_in_board: "otherInfluenceOrControl",
    Steering.accounting: "otherInfluenceOrControl",
}
COUNTED = frozenset({Steering.appoints_board, Steering.votes_in_board})
"""Powers that are a part of seats or votes."""
_OTHER_POSTS = (Post.supervisor, Post.supervisor_chair, Post.external_supervisor, Post.decides_investments)
OF_POST: dict[Fact, str] = {
    **dict.fromkeys(Post, "seniorManagingOfficial"),
    **dict.fromkeys(_OTHER_POSTS, "otherInfluenceOrControl"),
    **dict.fromkeys((Post.director, Post.independent_director, Post.vice_chair), "boardMember"),
    Post.chair: "boardChair",
}
FACTS: dict[str, Fact] = {word.value: word for words in (StakeSort, Steering, Post) for word in words}
WORD_OF: dict[Fact, str] = {**OF_STAKE, **OF_POWER, **OF_POST}
PLAIN: dict[str, Fact] = {
    "shareholding": StakeSort.shares,
    "votingRights": StakeSort.votes,
    "conditionalRightsGrantedByContract": StakeSort.potential_votes,
    "controlByLegalFramework": Steering.by_law,
    "controlViaCompanyRulesOrArticles": Steering.by_agreement,
    "appointmentOfBoard": Steering.appoints_board,
    "boardMember": Post.director,
    "boardChair": Post.chair,
    "seniorManagingOfficial": Post.executive,
}
"""How an interest is read that has no annotation of ours."""

OF_KIND = {
    BodyKind.company: ("registeredEntity", ""),
    BodyKind.partnership: ("registeredEntity", ""),
    BodyKind.product: (ARRANGEMENT, "other"),
    BodyKind.authority: ("stateBody", "other"),
    BodyKind.other: ("legalEntity", "other"),
}
KIND_OF = {
    "registeredEntity": BodyKind.company,
    "legalEntity": BodyKind.other,
    ARRANGEMENT: BodyKind.product,
    "state": BodyKind.authority,
    "stateBody": BodyKind.authority,
}
PLACE_NAMES = {
    Place.mainland: ("China", "CN"),
    Place.hong_kong_macao_taiwan: ("Hong Kong, Macao or Taiwan", ""),
    Place.abroad: ("abroad", ""),
}
MAINLAND, BESIDE = "CN", ("HK", "MO", "TW")
CODE_SCHEME = "Unified Social Credit Identifier (GB 32100)"
ID_CARD, PASSPORT_ENDS = "CHN-IDCARD", "-PASSPORT"


def place_of(*, name: str, code: str) -> Place | None:
    """Where a jurisdiction is; None where nothing tells. Codes are those of ISO 3166-1 and -2."""
    for place, (known, _) in PLACE_NAMES.items():
        if name == known and not code:
            return place
    country, _, part = code.upper().partition("-")
    if not country:
        return None
    if country in BESIDE or (country == MAINLAND and part in BESIDE):
        return Place.hong_kong_macao_taiwan
    return Place.mainland if country == MAINLAND else Place.abroad
