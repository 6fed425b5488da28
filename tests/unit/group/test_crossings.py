"""Crossings of personal data: each leaves a row with its ground, and the report finds what has none."""

from typing import Any

import pytest

from benyuan.assurance.group.crossings import Crossings, crossings_of
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.events import event
from benyuan.engine.group import Group
from benyuan.engine.verify import verify
from benyuan.governance.crossings.records import CROSSED_OVER, CROSSING
from benyuan.governance.crossings.words import CROSSED_NUMBER, GROUND_NUMBER, SIDE_NUMBER
from benyuan.usecases import USE_CASES, crossings
from benyuan.usecases.crossings import CARRIES
from tests.unit.bureau.bureaus import check_verified
from tests.unit.bureau.furnished import months
from tests.unit.bureau.test_debts_elsewhere import MEMBER, ON, Both
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import town
from tests.unit.group.staff import Office
from tests.unit.lending.accounts import lender_in_town
from tests.unit.lending.lenders import OFFER, lender_in_memory
from tests.unit.lending.test_autopay import AGREED

YES: dict[str, Any] = {
    "to": "sharing",
    "place": "app",
    "text_digest": "7" * 64,
    "receiver_kind": "lender",
    "receiver": 1,
    "purpose": "service",
    "kinds": "identity, contact",
}
TAKEN_BACK = ("to", "place", "receiver_kind", "receiver", "purpose")
SHARE = {name: YES[name] for name in ("receiver_kind", "receiver", "purpose", "kinds")}


def ways(told: Crossings) -> list[tuple[str, str, str, str, int]]:
    """What crossed, by way and ground."""
    return [(each.giver, each.receiver, each.data, each.ground, each.records) for each in told.sums]


def plant(group: Group, **columns: Any) -> None:
    """A row that nothing stands behind."""
    row = {
        "giver_sort": SIDE_NUMBER["bureau"],
        "giver": 1,
        "receiver_sort": SIDE_NUMBER["lender"],
        "receiver": 1,
        "data": CROSSED_NUMBER["report"],
        "ground": GROUND_NUMBER["consent"],
        "proof": 1,
        "records": 1,
        "on_date": ON,
        "position": group.position,
        **columns,
    }
    (made,) = event(CROSSED_OVER, {"id": [group.records.next_ids()[CROSSING.name]], **{n: [i] for n, i in row.items()}})
    group.records.fold(made)


@pytest.fixture
def both() -> Both:
    """A lender that is a bureau's member, and has furnished an account and a month."""
    return Both()


def test_a_lender_of_the_group_furnishes_and_asks(both: Both) -> None:
    both.inquiry()
    told = crossings_of(both.lender.group)
    assert ways(told) == [
        ("bureau 1", "lender 1", "report", "consent", 1),
        ("lender 1", "bureau 1", "account", "consent", 1),
        ("lender 1", "bureau 1", "records", "each_consent", 1),
    ]
    assert not told.unproved
    assert [place.split(":")[0] for place in told.places] == ["fhc.data_sharing", "fhc.firewall"]
    check_verified(both.bureau)


def test_a_member_outside_the_group_crosses_no_firewall_of_it(both: Both) -> None:
    before = len(crossings_of(both.lender.group).sums)
    assert both.bureau.inquire(1, consent=both.bureau.consent(1, starts_on=ON)).accepted
    assert len(crossings_of(both.lender.group).sums) == before


def test_asking_about_an_account_of_ones_own(both: Both) -> None:
    asked = {"member": MEMBER, "purpose": "post-loan", "account": 2}
    assert both.bureau.inquire(1, **asked).accepted
    told = crossings_of(both.lender.group)
    assert ("bureau 1", "lender 1", "report", "own_account", 1) in ways(told)
    assert not told.unproved


def test_a_consent_that_is_taken_back_later_still_bears_what_crossed_before(both: Both) -> None:
    both.inquiry()
    both.bureau.do("revoke_consent", consent=both.consent)
    group = both.lender.group
    assert not crossings_of(group).unproved
    plant(group, proof=both.consent, position=group.position + 1)
    (found,) = crossings_of(group).unproved
    assert found.reason == "the consent had been taken back"


@pytest.mark.parametrize(
    ("planted", "reason"),
    [
        ({"proof": 99}, "there is no such consent"),
        ({"proof": 0}, "there is no such consent"),
        ({"receiver": 2}, "the consent is for others"),
        ({"on_date": ON - 1}, "the consent had not begun or was over"),
        ({"ground": GROUND_NUMBER["own_account"], "proof": 1}, "the account is another's"),
        ({"ground": GROUND_NUMBER["own_account"], "proof": 99}, "there is no such account"),
        ({"ground": GROUND_NUMBER["choice"], "proof": 1}, "the customer has given no such yes"),
        ({"ground": GROUND_NUMBER["contract"], "proof": 1}, "the loan is not theirs"),
        ({"ground": GROUND_NUMBER["agreement"], "proof": 1}, "there is no such agreement"),
        ({"ground": GROUND_NUMBER["each_consent"], "proof": 1}, "the parcel is another's"),
    ],
)
def test_a_planted_crossing_shows(both: Both, planted: dict[str, int], reason: str) -> None:
    group = both.lender.group
    plant(group, **{"proof": both.consent, **planted})
    (found,) = crossings_of(group).unproved
    assert found.reason == reason


def test_what_crosses_without_a_row_shows(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as changed:
        changed.setattr(crossings, "CARRIES", {})
        both.inquiry()
    (found,) = crossings_of(both.lender.group).unproved
    assert (found.giver, found.receiver, found.reason) == ("bureau 1", "lender 1", "it left no row")


def test_a_correction_crosses_as_what_it_corrects_did(both: Both) -> None:
    right = months({"account": 2, "due_fen": 8})
    fields = {"bureau": 1, "member": MEMBER}
    answer = both.lender.group.execute_parcel(
        kind="correct_months", columns=fields, records=right, client="lender", key="correction"
    )
    assert answer.accepted
    told = crossings_of(both.lender.group)
    assert ("lender 1", "bureau 1", "records", "each_consent", 2) in ways(told)
    assert not told.unproved


def test_a_log_from_before_the_register_is_told_as_older(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as before:
        before.setattr(crossings, "CARRIES", {})
        for kind in CARRIES:
            before.setattr(REGISTRY[kind], "version", REGISTRY[kind].version - 1)
        both = Both()
        both.inquiry()
    group = both.lender.group
    told = crossings_of(group)
    assert (told.sums, told.unproved, told.older) == ([], [], 2)
    both.inquiry()
    told = crossings_of(group)
    assert (len(told.sums), told.unproved, told.older) == (1, [], 2)
    report = verify(group.store, vault=group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])
    assert report.undecidable > 0


def test_what_a_customer_let_be_handed_on() -> None:
    desk = town()
    desk.done(REGISTRY["register_lender"](name="a lender"))
    share = REGISTRY["share_data"](person=1, **SHARE)
    assert desk.one(share).refusal is not None
    desk.done(REGISTRY["give_consent_to"](person=1, **YES), share)
    told = crossings_of(desk.group)
    assert ways(told) == [("institution 1", "lender 1", "shared", "choice", 1)]
    assert not told.unproved
    desk.done(REGISTRY["withdraw_consent_to"](person=1, **{name: YES[name] for name in TAKEN_BACK}))
    assert desk.one(share).refusal is not None
    assert not crossings_of(desk.group).unproved
    sides = {"giver_sort": SIDE_NUMBER["institution"], "ground": GROUND_NUMBER["choice"]}
    plant(desk.group, **sides, position=desk.group.position + 1, on_date=20260501)
    (found,) = crossings_of(desk.group).unproved
    assert found.reason == "the yes had been taken back"


def test_what_goes_to_nobody_of_this_ledger_is_no_crossing() -> None:
    desk = town()
    outside = {**YES, "receiver_kind": "platform"}
    share = REGISTRY["share_data"](person=1, **{**SHARE, "receiver_kind": "platform"})
    desk.done(REGISTRY["give_consent_to"](person=1, **outside), share)
    assert not crossings_of(desk.group).sums


def test_a_joint_loan_crosses_to_the_partner_and_to_who_guarantees_it() -> None:
    lender = lender_in_memory()
    lender.do("offer_loan", **OFFER)
    lender.do("draw_loan", offer=1, purpose="travel")
    lender.close(through=20260401, on=20260402)
    joint = lender.do("offer_loan", **{**OFFER, "amount_fen": 1_000, "borrower": 2})["offer"]
    lender.do("draw_loan", offer=joint, purpose="travel", partner=1, share_ppm=700_000, guarantor=1)
    told = crossings_of(lender.group)
    assert ways(told) == [
        ("lender 1", "partner 1", "guaranteed_loan", "contract", 1),
        ("lender 1", "partner 1", "joint_loan", "contract", 1),
    ]
    assert not told.unproved


def test_who_repays_from_a_wallet_lets_the_lender_know_it() -> None:
    lender = lender_in_town()
    lender.do("agree_autopay", on=20260410, **AGREED)
    told = crossings_of(lender.group)
    assert ways(told) == [("institution 1", "lender 1", "payer", "agreement", 1)]
    assert not told.unproved


def test_who_is_staff_of_several_entities_is_told() -> None:
    office = Office()
    office.done("register_lender", name="a lender")
    again = office.member(5, individual=1, sort="lender", entity=1)
    (several,) = crossings_of(office.desk.group).at_several
    assert (several.staff, several.entities) == ([1, again], ["institution 1", "lender 1"])


def test_what_purchases_on_credit_tell_the_lender() -> None:
    lender = lender_in_town()
    bought: dict[str, Any] = {"account": 1, "amount_fen": 1_000, "place": "lender"}
    first = lender.do("draw_purchase", on=20260403, merchant=1, **bought)["position"]
    lender.do("draw_purchase", on=20260403, merchant=1, **{**bought, "account": 2})
    lender.do("draw_purchase", on=20260404, merchant=1, **bought)
    lender.do("draw_purchase", on=20260404, merchant=0, **bought)  # outside: nobody of this ledger tells it
    lender.do("return_purchase", on=20260405, purchase=first, amount_fen=400)
    assert lender.ask("draw_purchase", on=20260405, merchant=1, **{**bought, "amount_fen": 10**9}).refusal is not None
    told = crossings_of(lender.group)
    days = [(each.on, each.data, each.crossings) for each in told.purchases]
    assert days == [(20260403, "purchase", 2), (20260404, "purchase", 1), (20260405, "return", 1)]
    assert [(each.data, each.ground, each.crossings) for each in told.sums] == [
        ("purchase", "contract", 3),
        ("return", "contract", 1),
    ]
    assert not told.unproved
    assert [each.on for each in crossings_of(lender.group, on=20260403).purchases] == [20260403]
    held = lender.group.records.tables["credit_account"].column("opened_on")
    held[2] = 20260404
    (found,) = crossings_of(lender.group).unproved
    assert (found.on, found.giver, found.reason) == (20260403, "institution 1", "the account was not open yet")
    lender.group.records.tables["credit_account"].column("lender")[1] = 0
    assert {each.reason for each in crossings_of(lender.group).unproved} >= {"there is no such account"}


def test_by_day_and_by_body(both: Both) -> None:
    group = both.lender.group
    book = int(group.records.tables["lender"].column("book")[1])
    both.lender.desk.now = max(moment(ON), group.last_at)
    source = {"source": "register", "source_date": ON, "from_date": ON, "kind_of_body": "company"}
    named = {"business": "consumer_finance", **source}
    ours, other = (
        both.lender.do("register_body", on=ON, name=name, book=kept, **named)["body"]
        for name, kept in (("ours", book), ("other", 0))
    )
    assert len(crossings_of(group, ours).sums) == 2
    assert not crossings_of(group, other).sums
    assert not crossings_of(group, on=20260331).sums


def test_the_kinds_that_carry_personal_data_over() -> None:
    furnish = {"furnish_account", "furnish_months", "correct_months", "furnish_public", "furnish_inquiries"}
    assert set(CARRIES) == {"inquire", *furnish, "share_data", "draw_loan", "agree_autopay"}
    assert set(CARRIES) <= set(USE_CASES)
