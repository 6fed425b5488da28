"""Records erased by law and date: what goes, what stays, what holds back, and that the log proves it."""

from typing import Any

import pytest

from benyuan.assurance.retention import due, erase
from benyuan.decisions.commands import REGISTRY, Command
from benyuan.decisions.outcomes import Outcome
from benyuan.parties.bank_numbers import bank_number_text
from benyuan.payments.retention.sorts import Sort
from benyuan.payments.vocabulary import (
    DisputeOutcome,
    DisputeReason,
    MerchantKind,
    MerchantStop,
    WalletStop,
)
from benyuan.simulate.identities import credit_code, someone
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.close_investigation import EndInvestigation
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.disclose_person import Disclose
from benyuan.usecases.erase_records import Erase
from benyuan.usecases.exit_merchant import Leave
from benyuan.usecases.file_duty import File
from benyuan.usecases.freeze_amount import FreezeAmount
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.lift_freeze import LiftFreeze
from benyuan.usecases.list_name import ListName
from benyuan.usecases.open_case import Suspect
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.open_investigation import Investigate
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.restore_wallet import Restore
from benyuan.usecases.suspend_merchant import SuspendShop
from benyuan.usecases.suspend_wallet import Suspend
from benyuan.usecases.unlist_name import Unlist
from benyuan.usecases.update_person import Update
from tests.unit.engine.groups import MORNING, found_town, in_memory, pay
from tests.unit.engine.keeping import (
    AFTER,
    FIVE_AFTER,
    FIVE_LAST,
    LAST,
    START,
    asked,
    closed,
    count,
    held,
    judged,
    reasons,
    suspect,
    town,
    with_code,
)
from tests.unit.ledger.books import SECOND, china

# ---- the term ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", [Sort.person, Sort.transaction, Sort.used_code])
def test_kept_on_the_last_day_erased_on_the_next(sort: Sort) -> None:
    desk = closed(with_code(town()))
    desk.done(pay(1, payer=2, memo="lunch"))
    early = asked(desk, sort, at=LAST)
    assert early.refusal is not None
    assert early.refusal.rule_id == "aml.retention.law"
    assert early.refusal.figures == {"from_on": START, "kept_until_on": 20360501}
    assert count(desk, sort, on=20360501) == 0
    assert count(desk, sort, on=20360502) == 1
    answer = asked(desk, sort)
    assert answer.accepted, answer
    assert (answer.results["erased"], answer.results["years"]) == (1, 10)
    assert count(desk, sort, on=20360502) == 0
    held(desk)


@pytest.mark.parametrize(("sort", "rule"), [(Sort.expired_code, "pay.oplog.retention_years")])
def test_five_years_for_what_is_no_trade(sort: Sort, rule: str) -> None:
    desk = town()
    desk.done(IssueCode(wallet=1, payer_code=77, expires_at=MORNING + SECOND))
    early = asked(desk, sort, at=FIVE_LAST)
    assert early.refusal is not None
    assert early.refusal.rule_id == rule
    assert asked(desk, sort, at=FIVE_AFTER).results["erased"] == 1
    assert desk.group.records.tables["payer_code"].count == 0
    held(desk)


def test_a_leap_day() -> None:
    desk = found_town(in_memory(now=china("2028-02-29T09:00")))
    closed(desk)
    assert asked(desk, Sort.person, 20280229, at=china("2038-02-28T23:59")).outcome is Outcome.refused
    assert asked(desk, Sort.person, 20280229, at=china("2038-03-01T00:00")).results["erased"] == 1


def test_the_law_that_came_in_between_governs_what_is_still_held() -> None:
    """A code, a case and a relationship of 2019 alike: over under the rules of 2024, not over under the law of 2025."""
    desk = in_memory(now=china("2024-12-31T12:00"))
    assert desk.one(Erase(sort=Sort.person, date=20191230)).accepted
    desk.now = china("2025-01-01T00:00")
    refused = desk.one(Erase(sort=Sort.person, date=20191230)).refusal
    assert refused is not None
    assert (refused.rule_id, refused.figures["kept_until_on"]) == ("aml.retention.law", 20291230)
    desk.now = china("2029-12-31T00:00")
    assert desk.one(Erase(sort=Sort.person, date=20191230)).accepted


def test_the_payment_rules_refuse_while_they_alone_are_in_force() -> None:
    desk = in_memory(now=china("2024-12-31T12:00"))
    refused = desk.one(Erase(sort=Sort.person, date=20191231)).refusal
    assert refused is not None
    assert refused.rule_id == "pay.record.retention_years"


def test_before_any_rule_nothing_is_erased() -> None:
    desk = in_memory(now=china("2024-07-08T12:00"))
    answer = desk.one(Erase(sort=Sort.person, date=20100101))
    assert answer.invalid is not None
    assert answer.invalid.field == "at"
    assert due(desk.group, on=20240708)[0].rule == ""


@pytest.mark.parametrize("date", [20260431, 0, 99999999])
def test_a_day_that_does_not_exist(date: int) -> None:
    answer = asked(town(), Sort.person, date)
    assert answer.invalid is not None
    assert (answer.invalid.field, answer.invalid.value) == ("date", date)


def test_no_time_to_come_lets_anybody_erase_early() -> None:
    desk = closed(town())
    answer = desk.one(Erase(sort=Sort.person, date=START), at=AFTER)
    assert answer.outcome is Outcome.unlogged
    assert answer.invalid is not None
    assert "has not come yet" in answer.invalid.constraint
    assert count(desk, Sort.person, on=20360502) == 1


# ---- what goes --------------------------------------------------------------------------------------------------


def test_a_person_is_gone_with_everything_by_which_they_were_found() -> None:
    desk = town()
    moved = {**someone(1), "address": "上海"}
    desk.done(Update(institution=1, person=1, **moved))
    closed(desk)
    asked(desk, Sort.person)
    group = desk.group
    group.finish_erasing()
    names = [row[0] for row in group.records.tables["identity"].rows().tolist()]
    assert names == [row[0] for row in group.store.rows(group.records.tables["identity"].table)]
    assert 3 not in names  # identities 1 and 2 are the merchants'
    assert group.store.tag_of(3) is None
    assert group.store.marks_of(3) == []
    assert group.store.sealed_under(["identity/3"]) == []
    assert group.vault.names("identity/3") == []
    assert not group.records.tables["person"].rows()[0][1:].any()
    assert group.store.marks_of(4), "the other's are there"
    assert desk.one(Disclose(person=1, purpose="x", operator="li")).outcome is Outcome.invalid
    assert desk.one(Open(person=1, wallet_class="II", channels=3)).outcome is Outcome.invalid  # type: ignore[arg-type]
    assert held(desk).erased_payloads == 2
    again = desk.one(Person(institution=1, **{**someone(1), "valid_until": 20401231}))
    assert again.accepted, "a new customer, with a new number"
    held(desk)


CARD_NUMBER = "6222020200112233445"


def test_a_persons_bank_account_numbers_go_with_the_person() -> None:
    desk = town()
    bound = desk.one(Bind(person=1, mandate=True, number=CARD_NUMBER))
    group = desk.group
    sealed = int(group.records.tables["bank_account"].column("identity")[bound.results["bank_account"]])
    assert group.store.tag_of(sealed) is not None
    assert group.payloads.read(bound.position) == {"number": CARD_NUMBER}
    closed(desk)
    assert asked(desk, Sort.person).results["erased"] == 1
    group.finish_erasing()
    assert group.store.tag_of(sealed) is None
    assert group.vault.names(f"identity/{sealed}") == []
    assert group.payloads.read(bound.position) is None
    assert group.records.tables["bank_number"].count == 0
    held(desk)
    assert desk.one(Bind(person=2, mandate=True, number=CARD_NUMBER)).accepted, "nobody can tell whose it was"
    held(desk)


def test_the_other_customers_bank_account_numbers_stay() -> None:
    desk = town()
    bound = desk.one(Bind(person=2, mandate=True, number=CARD_NUMBER))
    closed(desk)
    asked(desk, Sort.person)
    desk.group.finish_erasing()
    assert desk.group.payloads.read(bound.position) == {"number": CARD_NUMBER}
    assert desk.group.records.tables["bank_number"].count == 1
    held(desk)


def test_a_number_that_could_not_be_bound_goes_as_an_applicants_particulars() -> None:
    desk = town()
    refused = desk.one(Bind(person=9, mandate=True, number=CARD_NUMBER))
    assert refused.outcome is Outcome.invalid
    assert desk.group.payloads.identity_of(bank_number_text(CARD_NUMBER)) != 0
    assert asked(desk, Sort.applicant).results["erased"] == 1
    desk.group.finish_erasing()
    assert desk.group.payloads.read(refused.position) is None
    assert desk.group.payloads.identity_of(bank_number_text(CARD_NUMBER)) == 0
    held(desk)


def test_a_customer_with_an_open_wallet_is_never_due() -> None:
    desk = town()
    desk.done(Open(person=1, wallet_class="II", channels=3))  # type: ignore[arg-type]
    closed(desk)
    assert count(desk, Sort.person, on=20990101) == 0
    assert asked(desk, Sort.person).results["erased"] == 0


def test_a_business_goes_with_its_last_shop() -> None:
    desk = town()
    firm: dict[str, Any] = {"institution": 1, "kind_of_merchant": MerchantKind.firm, "code": credit_code(1)}
    desk.done(Merchant(**firm, name="noodles, second shop"), Leave(merchant=1, reference="a"))
    assert count(desk, Sort.merchant, on=20990101) == 0
    desk.now = china("2027-02-03T09:00")
    desk.done(Leave(merchant=3, reference="b"))
    assert asked(desk, Sort.merchant, 20270203, at=china("2037-02-03T12:00")).outcome is Outcome.refused
    assert asked(desk, Sort.merchant, 20270203, at=china("2037-02-04T00:00")).results["erased"] == 2
    assert desk.group.store.tag_of(1) is None
    assert count(desk, Sort.merchant, on=20990101) == 0
    held(desk)


@pytest.mark.parametrize("kind", [MerchantKind.micro, MerchantKind.individual_seller])
def test_a_micro_merchant_and_the_person_that_stands_for_it(kind: MerchantKind) -> None:
    desk = town()
    micro = desk.one(Merchant(institution=1, kind_of_merchant=kind, principal=1, name="stall", phone="13900000000"))
    closed(desk)
    assert count(desk, Sort.person, on=20990101) == 0, "the stall is served"
    desk.now = china("2027-01-01T09:00")
    desk.done(Leave(merchant=3, reference="a"))
    on = china("2037-01-02T00:00")
    assert asked(desk, Sort.merchant, 20270101, at=on).results["erased"] == 1
    assert desk.group.payloads.read(micro.position) is None
    assert asked(desk, Sort.person, 20270101, at=on).results["erased"] == 1
    held(desk)


def test_a_registration_that_made_no_sense_holds_up_nobodys_erasure() -> None:
    """It stands alone in its block, which then has no merchants among its results."""
    desk = town()
    desk.done(Merchant(institution=1, kind_of_merchant=MerchantKind.micro, principal=1, name="stall"))
    fault = desk.one(Merchant(institution=-1, kind_of_merchant=MerchantKind.micro, principal=1, name="stall"))
    assert fault.outcome is Outcome.invalid
    desk.now = china("2027-01-01T09:00")
    desk.done(Leave(merchant=3, reference="a"))
    assert asked(desk, Sort.merchant, 20270101, at=china("2037-01-02T00:00")).results["erased"] == 1
    held(desk)


def test_a_case_that_made_no_sense_goes_with_the_papers_of_its_day() -> None:
    desk = town()
    fault = desk.one(Suspect(institution=-1, happened_on=20260501, person=1, grounds="odd"))
    assert fault.outcome is Outcome.invalid
    assert asked(desk, Sort.case_paper, at=FIVE_AFTER).results["erased"] == 1
    assert desk.group.payloads.read(fault.position) is None
    held(desk)


def test_an_entry_taken_off_its_list() -> None:
    desk = town()
    entry = desk.one(ListName(name_list="united_nations", name="Nobody At All")).results["entry"]  # type: ignore[arg-type]
    assert count(desk, Sort.list_entry, on=20990101) == 0
    desk.done(Unlist(entry=entry, reference="a"))
    assert asked(desk, Sort.list_entry).results["erased"] == 1
    assert desk.group.records.tables["list_entry"].count == 0
    assert desk.group.store.marks_of(entry) == []
    held(desk)


def test_who_was_refused_is_forgotten_too() -> None:
    desk = town()
    refused = desk.one(Person(institution=1, **{**someone(9), "valid_until": 20260430}))
    assert refused.outcome is Outcome.refused
    identity = 5
    assert desk.group.store.marks_of(identity)
    assert asked(desk, Sort.applicant).results["erased"] == 1
    assert desk.group.store.tag_of(identity) is not None, "until the files are cleaned"
    desk.group.finish_erasing()
    assert desk.group.store.tag_of(identity) is None
    assert desk.group.vault.names(f"identity/{identity}") == []
    held(desk)


def test_papers_of_a_case_go_five_years_after_they_were_made() -> None:
    desk = town()
    desk.done(suspect(), judged())
    desk.done(File(duty=1))
    early = asked(desk, Sort.case_paper, at=FIVE_LAST)
    assert early.refusal is not None
    assert early.refusal.rule_id == "aml.report.retention"
    assert asked(desk, Sort.case_paper, at=FIVE_AFTER).results["erased"] == 2
    assert held(desk).erased_payloads == 2


# ---- what holds back --------------------------------------------------------------------------------------------


HOLDS: list[tuple[str, tuple[Command, ...], tuple[Command, ...]]] = [
    ("investigation", (Investigate(person=1, reference="a"),), (EndInvestigation(investigation=1, reference="b"),)),
    ("case", (suspect(),), (judged(), File(duty=1))),
    ("duty", (suspect(), judged()), (File(duty=1),)),
]


@pytest.mark.parametrize(("reason", "begin", "end"), HOLDS)
def test_held_back_until_it_is_over(reason: str, begin: tuple[Command, ...], end: tuple[Command, ...]) -> None:
    desk = town()
    desk.done(pay(1, memo="lunch"), *begin)
    closed(desk)
    desk.now = AFTER
    assert reasons(desk, Sort.person, on=20360502) == {reason: 1}
    assert reasons(desk, Sort.transaction, on=20360502) == {reason: 1}
    done = erase(desk.group, on=20360502, at=None)
    assert done.held[Sort.person] == 1
    assert Sort.person.value not in done.erased
    for command in end:
        desk.done(command)
    done = erase(desk.group, on=20360502, at=None)
    assert done.erased[Sort.person] == 1
    assert done.erased[Sort.transaction] == 1
    held(desk)


def test_a_frozen_wallet_and_an_open_dispute_hold_the_trade_back() -> None:
    desk = town(people=3)
    first, second, third = desk.ask(*(pay(100, payer=payer, memo="lunch") for payer in (1, 2, 3)))
    desk.done(
        OpenDispute(payment=second.position, amount_fen=100, reason=DisputeReason.duplicate, memo="twice"),
        Suspend(wallet=1, stop=WalletStop.lawful_freeze, reference="a"),
    )
    answer = asked(desk, Sort.transaction)
    assert (answer.results["erased"], answer.results["held"]) == (1, 3)
    assert reasons(desk, Sort.transaction, on=20360502) == {"dispute": 2, "stop": 1}
    assert desk.group.payloads.read(third.position) is None
    assert desk.group.payloads.read(first.position) == {"memo": "lunch"}
    assert asked(desk, Sort.transaction).results["erased"] == 0, "asked again"
    desk.done(Restore(wallet=1, stop=WalletStop.lawful_freeze, reference="b"))
    assert asked(desk, Sort.transaction).results["erased"] == 1
    desk.done(DecideDispute(dispute=1, outcome=DisputeOutcome.for_merchant, reference="c"))
    assert asked(desk, Sort.transaction).results["erased"] == 2
    assert desk.group.records.tables["held_record"].count == 0
    assert held(desk).erased_payloads == 4


def test_an_amount_that_is_frozen_holds_the_trade_back() -> None:
    desk = town()
    desk.done(pay(100, payer=1, memo="lunch"), FreezeAmount(wallet=1, amount_fen=100, reference="a"))
    answer = asked(desk, Sort.transaction)
    assert (answer.results["erased"], answer.results["held"]) == (0, 1)
    assert reasons(desk, Sort.transaction, on=20360502) == {"stop": 1}
    desk.done(LiftFreeze(freeze=1, reference="b"))
    assert asked(desk, Sort.transaction).results["erased"] == 1
    held(desk)


def test_a_dispute_holds_back_who_they_are_and_its_decision_begins_the_term() -> None:
    desk = town()
    paid = desk.one(pay(100))
    desk.done(OpenDispute(payment=paid.position, amount_fen=100, reason=DisputeReason.duplicate))
    closed(desk)
    assert reasons(desk, Sort.person, on=20360502) == {"dispute": 1}
    desk.now = china("2026-07-01T09:00")
    desk.done(DecideDispute(dispute=1, outcome=DisputeOutcome.for_merchant, reference="c"))
    assert count(desk, Sort.person, on=20360701) == 0
    assert count(desk, Sort.person, on=20360702) == 1


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (Investigate(reference="a"), "person"),
        (Investigate(reference="a", person=1, merchant=1), "person"),
        (Investigate(reference="a", person=9), "person"),
        (EndInvestigation(investigation=1, reference="a"), "investigation"),
    ],
)
def test_investigations_of_nobody(command: Command, field: str) -> None:
    answer = town().one(command)
    assert answer.invalid is not None
    assert answer.invalid.field == field


def test_an_investigation_ends_once() -> None:
    desk = town()
    desk.done(Investigate(merchant=1, reference="a"), EndInvestigation(investigation=1, reference="b"))
    assert desk.one(EndInvestigation(investigation=1, reference="b")).outcome is Outcome.invalid
    held(desk)


def test_what_stopped_a_merchant_that_left_does_not_keep_it_for_ever() -> None:
    desk = town()
    desk.done(SuspendShop(merchant=1, stop=MerchantStop.black_list, reference="a"), Leave(merchant=1, reference="b"))
    assert asked(desk, Sort.merchant).results["erased"] == 1
    held(desk)


def test_a_merchant_is_held_back_by_its_own_dispute_and_case() -> None:
    desk = town()
    paid = desk.one(pay(100))
    desk.done(
        OpenDispute(payment=paid.position, amount_fen=100, reason=DisputeReason.duplicate),
        DecideDispute(dispute=1, outcome=DisputeOutcome.for_customer, reference="c"),
        Suspect(institution=1, happened_on=START, merchant=1, grounds="odd"),
        Leave(merchant=1, reference="b"),
    )
    desk.now = AFTER
    assert reasons(desk, Sort.merchant, on=20360502) == {"case": 1}
    desk.done(judged())
    assert reasons(desk, Sort.merchant, on=20360502) == {"duty": 1}
    desk.done(File(duty=1))
    assert asked(desk, Sort.merchant).results["erased"] == 1


def test_where_a_person_lives_goes_with_the_person() -> None:
    desk = town()
    home = {"county": 330106, "place_class": 220, "from_date": 20260401, "invented": True}
    desk.done(*(REGISTRY["record_home_area"](person=person, **home) for person in (1, 2)))
    homes = desk.group.records.tables["home_area"]
    assert sorted(homes.ids()[1:].tolist()) == [1, 2]
    assert asked(closed(desk), Sort.person).results["erased"] == 1
    assert homes.ids()[1:].tolist() == [2]
    held(desk)
