"""Approvals: committee, board and shareholders; who keeps out, who is enough, what has to be there first."""

from typing import Any

import pytest

from benyuan.assurance.group.approvals import approvals_of
from benyuan.decisions.commands import REGISTRY
from benyuan.engine.verify import verify
from benyuan.governance.related.vocabulary import Stage
from benyuan.usecases import USE_CASES
from benyuan.values.errors import BadInput
from tests.unit.engine.groups import HOUR, words_unkept
from tests.unit.group.ownership import BANK, HOLDING, OWNER, PERSON, SHOP
from tests.unit.group.related import CHAIR, DIRECTORS, FRIEND, INDEPENDENT, LATER, MEMBER, MILLION, OTHER, TODAY, Board

VOTE, DECIDE, PROPOSE, CALL = "vote_approval", "decide_approval", "propose_approval", "call_approval_vote"
VOTING = "rpt.house.voting"


@pytest.fixture
def board() -> Board:
    """The group, with its board."""
    return Board()


def proposed(board: Board, **fields: Any) -> int:
    """A proposal for the owner."""
    made = {"body": HOLDING, "party": OWNER, "sort": "finance", "amount_fen": 60 * MILLION, **fields}
    return board.plain(PROPOSE, **made)["proposal"]


def before_the_board(board: Board, **fields: Any) -> int:
    """One that the committee has passed, with all opinions."""
    proposal = proposed(board, **fields)
    board.committee(proposal)
    board.opinions(proposal)
    return proposal


def before_the_shareholders(board: Board) -> int:
    """A proposal of which too few directors may vote."""
    proposal = before_the_board(board)
    for member in DIRECTORS[:2]:
        board.vote(proposal, member)
    board.closed(proposal)
    assert decided(board, proposal) is Stage.shareholders
    return proposal


def decided(board: Board, proposal: int) -> Stage:
    """Where it goes."""
    return Stage(board.plain(DECIDE, proposal=proposal)["stage"])


@pytest.mark.parametrize(
    ("committee", "sound"),
    [((CHAIR, 11), False), ((CHAIR, 11, OTHER), False), ((MEMBER, 11, 12), False), ((CHAIR, 11, 12), True)],
    ids=["two", "no director", "no chair", "three"],
)
def test_a_committee_of_three_directors_with_an_independent_one_in_the_chair(
    committee: tuple[int, ...], sound: bool
) -> None:
    board = Board(committee=committee)
    fields = {"body": HOLDING, "party": OWNER, "sort": "finance", "amount_fen": 1}
    if sound:
        assert board.plain(PROPOSE, **fields)["proposal"] == 1
        return
    refused = board.refused(PROPOSE, **fields)
    assert (refused.rule_id, refused.article) == ("fhc.rpt.committee", "第十八条")


def test_the_whole_way(board: Board) -> None:
    proposal = before_the_board(board)
    for member in (*DIRECTORS, CHAIR):
        board.vote(proposal, member)
    board.vote(proposal, MEMBER, "against")
    (told,) = approvals_of(board.desk.group, HOLDING)
    assert (told.stage, told.if_counted, told.favour, told.against) == ("board", "approved", [11, 12, 13, 14], [15])
    assert decided(board, proposal) is Stage.approved
    (told,) = approvals_of(board.desk.group, HOLDING)
    assert (told.stage, told.decided_on, told.used_fen) == ("approved", TODAY, 0)
    board.deal(20 * MILLION, approval=proposal)
    assert approvals_of(board.desk.group, HOLDING)[0].used_fen == 20 * MILLION


def test_three_of_five_are_less_than_two_thirds(board: Board) -> None:
    proposal = before_the_board(board)
    for member in DIRECTORS:
        board.vote(proposal, member)
    assert still_open(board, proposal) == 2
    board.closed(proposal)
    assert decided(board, proposal) is Stage.rejected
    refused = board.refused("record_related_transaction", **board.fields(20 * MILLION, approval=proposal))
    assert refused.rule_id == "fhc.rpt.approval"


def test_the_committee_says_no(board: Board) -> None:
    proposal = proposed(board)
    board.vote(proposal, CHAIR, "against")
    assert still_open(board, proposal) == 2
    board.vote(proposal, MEMBER, "abstain")
    assert decided(board, proposal) is Stage.rejected


def test_a_director_votes_on_his_own_contract(board: Board) -> None:
    proposal = proposed(board, party=DIRECTORS[0])
    refused = board.refused(VOTE, proposal=proposal, member=DIRECTORS[0], vote="favour")
    assert (refused.rule_id, refused.article) == ("fhc.rpt.recuse", "第二十七条")
    assert refused.figures == {"member": DIRECTORS[0], "party": DIRECTORS[0]}


def _controls(board: Board) -> None:
    board.stake(DIRECTORS[1], SHOP, 51)


def _family_controls(board: Board) -> None:
    board.do("record_family", individual=OTHER, other=DIRECTORS[1], tie="other_close")
    board.stake(OTHER, SHOP, 51)


def _post(board: Board) -> None:
    board.do("record_office", individual=DIRECTORS[1], body=SHOP, post="director")


def _post_above(board: Board) -> None:
    board.stake(FRIEND, SHOP, 51)
    board.do("record_office", individual=DIRECTORS[1], body=FRIEND, post="executive")


@pytest.mark.parametrize("tie", [_controls, _family_controls, _post, _post_above])
def test_who_could_sway_fairness_keeps_out(board: Board, tie: Any) -> None:
    proposal = proposed(board, party=SHOP)
    tie(board)
    board.committee(proposal)
    assert board.refused(VOTE, proposal=proposal, member=DIRECTORS[1], vote="abstain").rule_id == "fhc.rpt.recuse"
    assert approvals_of(board.desk.group, HOLDING)[0].recused == [DIRECTORS[1]]


def test_who_said_to_have_an_interest_keeps_out(board: Board) -> None:
    proposal = proposed(board, interested=str(CHAIR))
    assert board.refused(VOTE, proposal=proposal, member=CHAIR, vote="favour").rule_id == "fhc.rpt.recuse"
    aspects = dict.fromkeys(("lawful", "fair", "necessary", "procedure"), True)
    opinion = {"proposal": proposal, "director": CHAIR, "paper": "x", **aspects}
    assert board.refused("give_independent_opinion", **opinion).rule_id == "fhc.rpt.recuse"


def test_every_independent_director_writes_first(board: Board) -> None:
    proposal = proposed(board)
    board.committee(proposal)
    for member in (*DIRECTORS, *INDEPENDENT):
        board.vote(proposal, member)
    board.opinion(proposal, CHAIR)
    refused = board.refused(DECIDE, proposal=proposal)
    assert (refused.rule_id, refused.figures) == ("fhc.rpt.independent_opinion", {"missing": 1})
    assert approvals_of(board.desk.group, HOLDING)[0].opinions_missing == [MEMBER]
    board.opinion(proposal, MEMBER)
    assert decided(board, proposal) is Stage.approved


def test_fewer_than_three_present_and_the_shareholders_decide(board: Board) -> None:
    board.stake(SHOP, HOLDING, 40)
    proposal = before_the_shareholders(board)
    assert board.refused(VOTE, proposal=proposal, member=OWNER, vote="favour").rule_id == "fhc.rpt.recuse"
    board.vote(proposal, SHOP)
    assert decided(board, proposal) is Stage.approved


def test_where_no_shareholder_may_vote_the_board_decides_and_declares(board: Board) -> None:
    board.stake(PERSON, HOLDING, 40)
    board.do("record_office", individual=13, body=OWNER, post="director")
    proposal = before_the_board(board)
    for member in DIRECTORS[:2]:
        board.vote(proposal, member)
    board.closed(proposal)
    assert decided(board, proposal) is Stage.board_alone
    assert board.refused(VOTE, proposal=proposal, member=13, vote="favour").rule_id == "fhc.rpt.recuse"
    board.vote(proposal, 13, declares=True)
    for member in (11, 12, 14):
        board.vote(proposal, member)
    assert decided(board, proposal) is Stage.approved


def test_who_does_not_belong_votes_twice_or_late(board: Board) -> None:
    proposal = proposed(board)
    for member, field in ((12, "member"), (OTHER, "member"), (SHOP, "member")):
        answer = board.asked(VOTE, proposal=proposal, member=member, vote="favour")
        assert answer.invalid is not None, member
        assert answer.invalid.field == field
    board.vote(proposal, CHAIR)
    again = board.asked(VOTE, proposal=proposal, member=CHAIR, vote="against")
    assert again.invalid is not None
    board.closed(proposal)
    assert decided(board, proposal) is Stage.rejected
    for answer in (
        board.asked(VOTE, proposal=proposal, member=MEMBER, vote="favour"),
        board.asked(DECIDE, proposal=proposal),
    ):
        assert answer.invalid is not None
        assert answer.invalid.field == "proposal"


def still_open(board: Board, proposal: int) -> int:
    """How many are waited for, where nothing is decided yet."""
    refused = board.refused(DECIDE, proposal=proposal)
    assert refused.rule_id == VOTING
    return int(refused.figures["missing"])


def test_nobody_decides_before_the_vote_is_over(board: Board) -> None:
    proposal = proposed(board)
    assert still_open(board, proposal) == 3
    board.plain(CALL, proposal=proposal, closes_on=TODAY + 1)
    board.desk.now += 24 * HOUR
    assert board.refused(DECIDE, proposal=proposal).figures == {"missing": 3, "closes_on": TODAY + 1}
    board.vote(proposal, CHAIR)
    (told,) = approvals_of(board.desk.group, HOLDING)
    assert (told.waiting, told.closes_on) == ([11, MEMBER], TODAY + 1)
    board.desk.now += 24 * HOUR
    late = board.asked(VOTE, proposal=proposal, member=MEMBER, vote="favour")
    assert late.invalid is not None
    assert (late.invalid.field, str(TODAY + 1) in late.invalid.constraint) == ("proposal", True)
    assert decided(board, proposal) is Stage.rejected


def test_a_vote_that_nobody_can_turn_is_over(board: Board) -> None:
    proposal = before_the_board(board)
    for member in DIRECTORS:
        board.vote(proposal, member)
    assert still_open(board, proposal) == 2
    board.vote(proposal, CHAIR)
    assert decided(board, proposal) is Stage.approved


def test_two_directors_who_may_vote_are_waited_for_by_nobody(board: Board) -> None:
    proposal = proposed(board, interested="11,12,13")
    for member in INDEPENDENT:
        board.vote(proposal, member)
    assert decided(board, proposal) is Stage.board
    board.opinions(proposal)
    assert decided(board, proposal) is Stage.shareholders


def test_everybody_has_a_whole_day_and_no_call_takes_it_back(board: Board) -> None:
    proposal = proposed(board)
    refused = board.refused(CALL, proposal=proposal, closes_on=TODAY)
    assert (refused.rule_id, refused.figures) == (VOTING, {"closes_on": TODAY, "first_on": TODAY + 1})
    board.plain(CALL, proposal=proposal, closes_on=TODAY + 3)
    forward = board.asked(CALL, proposal=proposal, closes_on=TODAY + 2)
    assert forward.invalid is not None
    assert forward.invalid.field == "closes_on"
    assert board.plain(CALL, proposal=proposal, closes_on=TODAY + 4)["meeting"] == 2
    board.committee(proposal)
    assert approvals_of(board.desk.group, HOLDING)[0].closes_on == 0
    board.desk.now += 24 * 5 * HOUR
    board.vote(proposal, 12)


def test_a_decision_of_before_is_told_again_and_not_decided(board: Board, monkeypatch: pytest.MonkeyPatch) -> None:
    proposal = proposed(board)
    board.vote(proposal, CHAIR)
    with monkeypatch.context() as before:
        before.setattr(REGISTRY[DECIDE], "version", 1)
        before.setattr(USE_CASES[DECIDE], "gates", ())
        assert decided(board, proposal) is Stage.rejected
    group = board.desk.group
    report = verify(group.store, vault=group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])
    assert report.undecidable == words_unkept(group.store) + 1
    assert approvals_of(group, HOLDING)[0].stage == "rejected"


def test_a_vote_that_is_dated_back_is_not_logged(board: Board) -> None:
    proposal = proposed(board)
    earlier = board.desk.now - 24 * HOUR
    from benyuan.usecases.related.vote_approval import VoteFields

    request = VoteFields(proposal=proposal, member=CHAIR, vote="favour")  # type: ignore[arg-type]
    (answer,) = board.desk.ask(request, at=earlier)
    assert answer.outcome.name == "unlogged"
    assert not board.desk.group.records.tables["related_ballot"].count


def test_an_approval_of_today_does_not_reach_back(board: Board) -> None:
    board.desk.now += 24 * HOUR
    approval = board.approval(60 * MILLION)
    refused = board.refused("record_related_transaction", **board.fields(20 * MILLION, approval=approval))
    assert refused.figures["decided_on"] == 20260502


def test_a_proposal_for_itself_or_for_whom_no_order_binds(board: Board) -> None:
    for fields in ({"party": HOLDING}, {"body": SHOP}, {"interested": "99"}, {"interested": "x"}):
        made = {"body": HOLDING, "party": OWNER, "sort": "finance", "amount_fen": 1, **fields}
        answer = board.asked(PROPOSE, **made)
        assert answer.invalid is not None, fields


def test_a_bank_by_its_own_order(board: Board) -> None:
    refused = board.refused(PROPOSE, body=BANK, party=PERSON, sort="finance", amount_fen=1)
    assert (refused.rule_id, refused.article) == ("rpt.committee", "第三十九条")


FRAME = {
    "body": HOLDING,
    "party": OWNER,
    "sort": "services",
    "amount_fen": 60 * MILLION,
    "agreement": "frame",
    "from_date": 20260601,
    "until": 20290531,
    "signed_on": TODAY,
}


def test_a_framework_needs_an_approval_of_its_own(board: Board) -> None:
    plain = board.approval(60 * MILLION, sort="services")
    for approval in (0, plain):
        assert board.refused("sign_framework", **FRAME, approval=approval).rule_id == "fhc.rpt.approval"
    approval = board.approval(60 * MILLION, sort="services", framework=True)
    larger = {**FRAME, "amount_fen": 60 * MILLION + 1}
    assert board.refused("sign_framework", **larger, approval=approval).figures["approved_fen"] == 60 * MILLION
    assert board.plain("sign_framework", **FRAME, approval=approval)["framework"] == 1
    assert board.refused("sign_framework", **FRAME, approval=approval, renews=1).rule_id == "fhc.rpt.approval"


@pytest.mark.parametrize(("until", "passes"), [(20290531, True), (20290601, False), (20290530, True)])
def test_a_framework_of_three_years(board: Board, until: int, passes: bool) -> None:
    approval = board.approval(60 * MILLION, sort="services", framework=True)
    fields = {**FRAME, "until": until, "approval": approval}
    if passes:
        board.plain("sign_framework", **fields)
    else:
        assert board.refused("sign_framework", **fields).rule_id == "fhc.rpt.frame_term"


def test_an_approval_names_whom_the_money_reaches(board: Board) -> None:
    """Nobody kept out of a vote on the shop, which passes it on to the owner."""
    through = {"party": SHOP, "passes_on_to": OWNER}
    of_shop = board.approval(60 * MILLION, party=SHOP)
    fields = board.fields(20 * MILLION, **through, approval=of_shop)
    refused = board.refused("record_related_transaction", **fields)
    assert refused.rule_id == "fhc.rpt.approval"
    assert "left_fen" not in refused.figures
    of_owner = board.approval(60 * MILLION)
    assert board.deal(20 * MILLION, **through, approval=of_owner)["grade"] == 5


def test_a_framework_names_whom_the_money_reaches(board: Board) -> None:
    approval = board.approval(60 * MILLION, sort="services", framework=True)
    board.plain("sign_framework", **{**FRAME, "from_date": 20260401, "until": 20290331}, approval=approval)
    under = {"sort": "services", "framework": 1, "agreement": "under"}
    past = board.asked("record_related_transaction", **board.fields(1, **under, passes_on_to=PERSON))
    assert past.invalid is not None
    assert past.invalid.field == "framework"
    assert board.deal(45 * MILLION, **under, party=SHOP, passes_on_to=OWNER)["grade"] == 3


def test_what_a_framework_covers(board: Board) -> None:
    approval = board.approval(60 * MILLION, sort="services", framework=True)
    board.plain("sign_framework", **{**FRAME, "from_date": 20260401, "until": 20290331}, approval=approval)
    under = {"sort": "services", "framework": 1}
    assert board.deal(45 * MILLION, **under)["grade"] == 3
    assert (
        board.refused("record_related_transaction", **board.fields(25 * MILLION, **under)).rule_id == "fhc.rpt.approval"
    )
    assert board.deal(15 * MILLION, **under)["grade"] == 3
    for other in ({"sort": "finance"}, {"party": PERSON}, {"signed_on": 20260331}):
        answer = board.asked("record_related_transaction", **board.fields(1, **{**under, **other}))
        assert answer.invalid is not None, other
        assert answer.invalid.field == "framework"


def test_a_proposal_is_told_from_its_day_on(board: Board) -> None:
    proposed(board)
    group = board.desk.group
    assert not approvals_of(group, HOLDING, on=20260430)
    assert [each.proposal for each in approvals_of(group, HOLDING, on=TODAY)] == [1]
    with pytest.raises(BadInput, match="a day that exists"):
        approvals_of(group, HOLDING, on=20260230)


def _concert(board: Board) -> None:
    board.do("record_concert", members=f"{DIRECTORS[1]},{SHOP}", from_date=20260501)


def _less_than_control(board: Board) -> None:
    board.stake(DIRECTORS[1], SHOP, 20)


def _of_the_family_less_than_control(board: Board) -> None:
    board.do("record_family", individual=OTHER, other=DIRECTORS[1], tie="spouse")
    board.stake(OTHER, SHOP, 49)


@pytest.mark.parametrize("tie", [_concert, _less_than_control, _of_the_family_less_than_control])
def test_who_has_influence_or_votes_by_agreement_keeps_out(board: Board, tie: Any) -> None:
    proposal = proposed(board, party=SHOP)
    tie(board)
    board.committee(proposal)
    assert board.refused(VOTE, proposal=proposal, member=DIRECTORS[1], vote="favour").rule_id == "fhc.rpt.recuse"


def test_a_stake_under_influence_keeps_nobody_out(board: Board) -> None:
    board.do("record_stake", owner=DIRECTORS[1], owned=SHOP, part=19, whole=100)
    proposal = before_the_board(board, party=SHOP)
    assert board.asked(VOTE, proposal=proposal, member=DIRECTORS[1], vote="favour").accepted


def test_shareholders_under_the_same_head_as_the_other_side_keep_out(board: Board) -> None:
    board.stake(PERSON, SHOP, 51)
    board.stake(PERSON, LATER, 51)
    board.stake(LATER, HOLDING, 40)
    proposal = before_the_board(board, party=SHOP)
    for member in (DIRECTORS[0], CHAIR):
        board.vote(proposal, member)
    board.closed(proposal)
    assert decided(board, proposal) is Stage.board_alone


def test_what_may_become_votes_has_none_yet(board: Board) -> None:
    board.stake(SHOP, HOLDING, 40)
    board.stake(FRIEND, HOLDING, 90, sort="potential_votes")
    board.stake(SHOP, HOLDING, 10, sort="potential_votes")
    proposal = before_the_shareholders(board)
    answer = board.asked(VOTE, proposal=proposal, member=FRIEND, vote="favour")
    assert answer.invalid is not None
    assert answer.invalid.field == "member"
    board.vote(proposal, SHOP, "against")
    assert decided(board, proposal) is Stage.rejected


def test_a_proxy_of_who_keeps_out_keeps_out(board: Board) -> None:
    board.stake(SHOP, HOLDING, 40)
    board.stake(OWNER, HOLDING, 0, sort="votes")
    board.stake(FRIEND, HOLDING, 60, sort="votes")
    proposal = before_the_shareholders(board)
    assert board.refused(VOTE, proposal=proposal, member=FRIEND, vote="favour").rule_id == "fhc.rpt.recuse"
    board.vote(proposal, SHOP)
    assert decided(board, proposal) is Stage.approved


def _framed(board: Board, **fields: Any) -> int:
    approval = board.approval(60 * MILLION, sort="services", framework=True)
    term = {"from_date": 20260401, "until": 20290331, **fields}
    return board.plain("sign_framework", **{**FRAME, **term}, approval=approval)["framework"]


def test_a_framework_covers_nothing_that_was_signed_before_it(board: Board) -> None:
    under = {"sort": "services", "framework": _framed(board)}
    answer = board.asked("record_related_transaction", **board.fields(45 * MILLION, **under, signed_on=20260430))
    assert answer.invalid is not None
    assert answer.invalid.field == "framework"
    assert board.deal(45 * MILLION, **under)["grade"] == 3


def test_a_framework_whose_place_another_has_taken_covers_nothing_more(board: Board) -> None:
    first = _framed(board)
    second = _framed(board, renews=first, from_date=20260501)
    under = {"sort": "services", "agreement": "under"}
    answer = board.asked("record_related_transaction", **board.fields(45 * MILLION, **under, framework=first))
    assert answer.invalid is not None
    assert answer.invalid.field == "framework"
    assert board.deal(45 * MILLION, **under, framework=second)["grade"] == 3


def test_shareholders_of_whom_nobody_has_told_are_not_passed_over(board: Board) -> None:
    proposal = before_the_shareholders(board)
    assert board.refused(VOTE, proposal=proposal, member=OWNER, vote="favour").rule_id == "fhc.rpt.recuse"
    assert still_open(board, proposal) == 0
