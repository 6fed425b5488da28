"""The register of related parties: each ground of the orders, twelve months back and forward, who is never one."""

from typing import Any

import pytest

from benyuan.assurance.group.related import related_of
from benyuan.governance.related.vocabulary import PartyGround
from benyuan.values.errors import BadInput
from tests.unit.group.ownership import BANK, FROM, HOLDING, INSURER, OWNER, PERSON, SHOP
from tests.unit.group.related import DIRECTORS, FRIEND, FURTHER, INDEPENDENT, LATER, LEASER, OTHER, Board


def grounds(board: Board, party: int, *, body: int = HOLDING, on: int = 20260501) -> dict[str, tuple[str, str]]:
    """A party's grounds, each with when and where."""
    told = related_of(board.desk.group, body, on=on)
    return {each.ground: (each.when, each.place) for each in told.entries if each.party == party}


def test_the_shareholders_side_and_the_affiliates() -> None:
    board = Board()
    assert grounds(board, OWNER) == {"controller": ("now", "第七条（一）")}
    assert grounds(board, PERSON) == {
        "controller": ("now", "第七条（一）"),
        "controller_beneficial": ("now", "第七条（一）"),
    }
    assert grounds(board, BANK) == {"affiliate": ("now", "第六条")}
    assert not grounds(board, SHOP)
    assert not grounds(board, HOLDING)


@pytest.mark.parametrize(("part", "counts"), [(4, False), (5, True), (6, True)])
def test_a_main_shareholder_from_five_per_cent(part: int, counts: bool) -> None:
    board = Board()
    board.stake(SHOP, HOLDING, part)
    assert ("main_holder" in grounds(board, SHOP)) is counts


def test_what_is_held_by_others_and_in_concert_counts_together() -> None:
    board = Board()
    board.stake(SHOP, FRIEND, 60)
    board.stake(SHOP, HOLDING, 3)
    board.stake(FRIEND, HOLDING, 2)
    board.stake(LATER, HOLDING, 2)
    assert "main_holder" in grounds(board, SHOP)
    assert grounds(board, FRIEND) == {"main_holder_reach": ("now", "第七条（四）")}
    assert not grounds(board, LATER)
    board.do("record_concert", members=f"{SHOP},{LATER}")
    assert "main_holder" in grounds(board, LATER)


@pytest.mark.parametrize(("part", "counts"), [(49, False), (50, True)])
def test_half_of_the_shares_makes_a_controlling_shareholder(part: int, counts: bool) -> None:
    board = Board()
    board.stake(OWNER, HOLDING, part)
    assert ("controller" in grounds(board, OWNER)) is counts
    assert "main_holder" in grounds(board, OWNER) or counts


def test_who_controls_a_main_shareholder_and_what_that_one_controls() -> None:
    board = Board()
    board.stake(SHOP, HOLDING, 5)
    board.stake(FRIEND, SHOP, 51)
    board.stake(SHOP, LATER, 51)
    board.stake(SHOP, FURTHER, 30)
    assert set(grounds(board, FRIEND)) == {"main_holder", "main_holder_controller"}
    assert grounds(board, LATER) == {"main_holder_reach": ("now", "第七条（四）")}
    assert grounds(board, FURTHER) == {"influenced_by_holder": ("now", "第九条（三）")}


@pytest.mark.parametrize(("part", "counts"), [(19, False), (20, True), (50, True)])
def test_what_the_controller_influences(part: int, counts: bool) -> None:
    board = Board()
    board.stake(OWNER, SHOP, part)
    assert (grounds(board, SHOP) == {"controller_reach": ("now", "第七条（四）")}) is counts


def test_family_and_what_it_controls() -> None:
    board = Board()
    board.do("record_family", individual=PERSON, other=OTHER, tie="spouse")
    board.stake(OTHER, SHOP, 51)
    assert grounds(board, OTHER) == {"holder_family": ("now", "第七条（三）")}
    assert grounds(board, SHOP) == {"holder_family_reach": ("now", "第七条（四）")}
    board.do("record_family", individual=PERSON, other=OTHER, tie="other_close", from_date=20240101)
    assert grounds(board, OTHER) == {"close_family": ("now", "第九条（二）")}
    assert not grounds(board, SHOP)


def test_a_tie_of_family_counts_from_either_side() -> None:
    board = Board()
    board.do("record_family", individual=OTHER, other=PERSON, tie="parent")
    assert "holder_family" in grounds(board, OTHER)


def test_insiders_their_family_and_what_they_reach() -> None:
    board = Board()
    board.do("record_family", individual=11, other=OTHER, tie="sibling")
    board.stake(OTHER, SHOP, 51)
    board.stake(11, FRIEND, 51)
    board.do("record_office", individual=12, body=LATER, post="executive")
    assert grounds(board, 11) == {"insider": ("now", "第八条（一）")}
    assert grounds(board, OTHER) == {"insider_family": ("now", "第八条（二）")}
    assert grounds(board, SHOP) == grounds(board, FRIEND) == {"insider_reach": ("now", "第八条（三）")}
    assert grounds(board, LATER) == {"influenced_by_insider": ("now", "第九条（三）")}


def test_officers_of_who_controls() -> None:
    board = Board()
    board.do("record_office", individual=OTHER, body=OWNER, post="supervisor")
    assert grounds(board, OTHER) == {"holder_officer": ("now", "第七条（三）")}
    board.do("record_office", individual=OTHER, body=OWNER, post="supervisor", holds=False, from_date=20200101)
    board.do("record_office", individual=OTHER, body=OWNER, post="decides_investments")
    assert not grounds(board, OTHER)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (20260131, {"main_holder": ("now", "第七条（二）")}),
        (20260201, {"main_holder": ("past", "第九条（一）; 第七条（二）")}),
        (20270131, {"main_holder": ("past", "第九条（一）; 第七条（二）")}),
        (20270201, {}),
    ],
)
def test_twelve_months_back(on: int, found: dict[str, tuple[str, str]]) -> None:
    board = Board()
    board.stake(SHOP, HOLDING, 5)
    board.stake(SHOP, HOLDING, 0, from_date=20260201)
    assert grounds(board, SHOP, on=on) == found


@pytest.mark.parametrize(
    ("on", "when"), [(20260630, ""), (20260701, "coming"), (20270630, "coming"), (20270701, "now")]
)
def test_twelve_months_forward(on: int, when: str) -> None:
    board = Board()
    board.stake(SHOP, HOLDING, 5, from_date=20270701)
    assert [each for each, _ in grounds(board, SHOP, on=on).values()] == [when] * bool(when)


def test_as_it_was_known_then() -> None:
    board = Board()
    seen = board.desk.group.position
    board.stake(SHOP, HOLDING, 5)
    told = related_of(board.desk.group, HOLDING, on=20260501, seen=seen)
    assert SHOP not in {each.party for each in told.entries}


def test_an_authority_is_none_and_leads_to_none() -> None:
    board = Board()
    state = board.do("register_body", name="finance bureau", kind_of_body="authority")["body"]
    board.stake(state, HOLDING, 40)
    board.stake(state, SHOP, 100)
    assert not grounds(board, state)
    assert not grounds(board, SHOP)


def test_a_company_under_the_word_authority_hides_from_nobody() -> None:
    board = Board()
    state, bureau = (
        board.do("register_body", name=name, kind_of_body="authority")["body"] for name in ("state", "bureau")
    )
    stake: dict[str, Any] = {"owner": DIRECTORS[0], "owned": bureau, "part": 1, "whole": 1}
    assert board.fault("record_stake", **stake)[0] == "owned"
    power: dict[str, Any] = {"holder": DIRECTORS[0], "body": bureau, "steering": "by_agreement", "part": 1, "whole": 1}
    assert board.fault("record_steering", **power)[0] == "body"
    assert board.ask("record_stake", **{**stake, "owner": state}).accepted
    assert board.ask("record_stake", **{**stake, "part": 0}).accepted


def test_declared_grounds() -> None:
    board = Board()
    board.do("declare_related_party", body=HOLDING, party=SHOP, ground="may_gain")
    assert grounds(board, SHOP) == {"may_gain": ("now", "第九条（五）")}
    board.do("declare_related_party", body=HOLDING, party=SHOP, ground="may_gain", holds=False, from_date=FROM)
    assert not grounds(board, SHOP)
    assert board.fault("declare_related_party", body=HOLDING, party=HOLDING, ground="may_gain")[0] == "party"
    assert board.fault("declare_related_party", body=PERSON, party=SHOP, ground="may_gain")[0] == "body"


def test_a_bank_has_the_grounds_of_its_own_order() -> None:
    board = Board()
    board.stake(PERSON, SHOP, 51)
    board.stake(OWNER, FRIEND, 51)
    board.stake(BANK, LATER, 51)
    board.stake(INDEPENDENT[0], BANK, 5)
    assert grounds(board, HOLDING, body=BANK) == {"controller": ("now", "第七条（一）")}
    assert grounds(board, PERSON, body=BANK)["controller"] == ("now", "第六条（一）")
    assert grounds(board, SHOP, body=BANK) == {"controller_reach": ("now", "第七条（五）")}
    assert grounds(board, FRIEND, body=BANK) == {"controller_reach": ("now", "第七条（三）")}
    assert grounds(board, LATER, body=BANK) == {"affiliate": ("now", "第七条（四）")}
    assert grounds(board, INDEPENDENT[0], body=BANK)["main_holder"] == ("now", "第六条（二）")


def test_a_ring_of_owners_comes_to_an_end() -> None:
    board = Board()
    board.stake(SHOP, FRIEND, 60)
    board.stake(FRIEND, SHOP, 60)
    board.stake(SHOP, HOLDING, 6)
    assert "main_holder" in grounds(board, SHOP)
    assert set(grounds(board, FRIEND)) >= {"main_holder_controller"}


def test_whom_no_order_binds() -> None:
    with pytest.raises(BadInput, match="holding company"):
        related_of(Board().desk.group, SHOP)
    with pytest.raises(BadInput, match="registered"):
        related_of(Board().desk.group, 99)
    assert related_of(Board().desk.group, LEASER).rule == "rpt.parties"


@pytest.mark.parametrize("business", ["trust", "auto_finance"])
def test_of_an_insurer_or_trust_company_by_its_own_order(business: str) -> None:
    board = Board()
    assert related_of(board.desk.group, INSURER).rule == "rpt.parties"
    body = board.do("register_body", name="one more", kind_of_body="company", business=business)["body"]
    assert related_of(board.desk.group, body).rule == "rpt.parties"


def test_the_register_is_brought_up_to_date() -> None:
    board = Board()
    made = board.plain("update_related_register", body=HOLDING)
    assert made["entries"] == len(related_of(board.desk.group, HOLDING).entries)
    assert made["next_due_on"] == 20261101
    assert not related_of(board.desk.group, HOLDING, on=20261101).overdue
    assert related_of(board.desk.group, HOLDING, on=20261102).overdue
    assert board.asked("update_related_register", body=BANK).invalid is not None


def test_every_ground_has_its_place_in_either_order() -> None:
    board = Board()
    for rule, lacks in (("fhc.rpt.parties", {"employee"}), ("rpt.parties", {"affiliates_party"})):
        tiers = board.desk.group.regime.pack.value(id=rule, on=20260501).tiers
        assert {tier.code("ground") for tier in tiers} == {ground.value for ground in PartyGround} - lacks
