"""Name lists: whoever is on one is kept out, stopped or put before people, at opening and when a list changes."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from benyuan.assurance.screening import Screened, screen
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.parties.name_list import NameList
from benyuan.payments.vocabulary import MerchantKind, PersonStop
from benyuan.simulate.identities import credit_code, someone
from benyuan.usecases.list_name import ListName
from benyuan.usecases.record_match import Match
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.restore_person import RestoreAll
from benyuan.usecases.settle import Settle
from benyuan.usecases.unlist_name import Unlist
from benyuan.usecases.update_person import Update
from tests.faults.soundness import check_sound
from tests.unit.engine.groups import MORNING, Desk, pay, town

LISTED = "aml.list.realtime"


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A town of two, persons 1 and 2 being `someone(1)` and `someone(2)`."""
    made = town()
    with closing(made.group):
        yield made


def entry(name: str, *, numbers: str = "", aliases: str = "", on: NameList = NameList.terrorism) -> ListName:
    return ListName(name_list=on, name=name, numbers=numbers, aliases=aliases)


def cases(group: Group) -> list[tuple[int, int]]:
    table = group.records.tables["suspicious_case"]
    return list(zip(table.column("subject_kind")[1:].tolist(), table.column("subject")[1:].tolist(), strict=True))


def person(n: int, **changes: Any) -> Person:
    return Person(institution=1, **(someone(n) | changes))


def test_nobody_is_registered_by_a_listed_document(desk: Desk) -> None:
    desk.done(entry("somebody else", numbers=someone(9)["number"]))
    answer = desk.one(person(9))
    assert answer.outcome is Outcome.refused
    assert answer.refusal is not None
    assert answer.refusal.rule_id == LISTED
    assert desk.one(person(8)).accepted


def test_a_listed_name_alone_opens_a_case_and_stops_nothing(desk: Desk) -> None:
    desk.done(entry(someone(9)["full_name"]))
    before = cases(desk.group)
    number = desk.one(person(9)).results["person"]
    assert cases(desk.group) == [*before, (1, number)]
    assert desk.group.records.tables["person"].column("stops")[number] == 0


@pytest.mark.parametrize(
    ("listed", "shown"),
    [
        ("Müller, HANS", "hans muller"),
        ("王 小·明", "王小明"),
        ("ＡＢＣ", "abc"),
        ("Nobody", "Nobody"),
        ("王國強", "王国强"),
        ("陈小卫", "陳小衛"),
        ("臺靜農", "台静农"),
    ],
)
def test_names_are_compared_in_their_normal_form(desk: Desk, listed: str, shown: str) -> None:
    desk.done(entry("another", aliases=f"first; {listed}"))
    desk.one(person(9, full_name=shown))
    assert len(cases(desk.group)) == 1


def test_a_customer_who_is_put_on_a_list_is_stopped_at_the_next_screening(desk: Desk) -> None:
    desk.done(entry("x", numbers=someone(1)["number"]))
    assert desk.one(pay(100)).accepted
    assert screen(desk.group, at=desk.now) == Screened(entries=1, marks_in_common=1, recorded=1, stopped=1)
    answer = desk.one(pay(100))
    assert answer.refusal is not None
    assert answer.refusal.rule_id == LISTED
    assert cases(desk.group) == [(1, 1)]


def test_a_name_in_common_goes_to_people(desk: Desk) -> None:
    desk.done(entry(someone(2)["full_name"]))
    assert screen(desk.group, at=desk.now).stopped == 0
    assert (1, 2) in cases(desk.group)
    assert desk.one(pay(100)).accepted


def test_a_match_is_raised_once_for_as_long_as_the_entry_stands(desk: Desk) -> None:
    listed = entry("x", numbers=someone(1)["number"])
    desk.done(listed)
    assert screen(desk.group, at=desk.now).recorded == 1
    assert screen(desk.group, at=desk.now).recorded == 0
    number = int(desk.one(listed).results["entry"])
    desk.done(
        Unlist(entry=number, reference="change 2"), RestoreAll(person=1, stop=PersonStop.name_list, reference="2")
    )
    assert screen(desk.group, at=desk.now).recorded == 0
    assert desk.one(pay(100)).accepted
    desk.now += 24 * 3_600_000_000
    assert desk.one(listed).results["new"] == 1
    assert screen(desk.group, at=desk.now).stopped == 1


def test_who_is_off_the_list_may_register(desk: Desk) -> None:
    number = int(desk.one(entry("x", numbers=someone(9)["number"])).results["entry"])
    desk.done(Unlist(entry=number, reference="change"))
    assert desk.one(person(9)).accepted
    assert desk.one(Unlist(entry=number, reference="change")).outcome is Outcome.invalid


def test_the_same_entry_again_is_no_second_one(desk: Desk) -> None:
    first, second, third = desk.ask(entry("a b", numbers="1;2"), entry("B A", numbers="2; 1"), entry("a b"))
    assert (first.results["new"], second.results["new"], third.results["new"]) == (1, 0, 1)
    assert first.results["entry"] == second.results["entry"] != third.results["entry"]


def test_new_particulars_that_are_listed_stop_a_customer(desk: Desk) -> None:
    desk.done(entry("x", numbers=someone(9)["number"]))
    assert desk.one(Update(institution=1, person=1, **someone(9))).accepted
    answer = desk.one(pay(100))
    assert answer.refusal is not None
    assert answer.refusal.rule_id == LISTED


def test_businesses_by_code_name_and_representative(desk: Desk) -> None:
    desk.done(entry("x", numbers=credit_code(9)), entry("某某商贸有限公司"), entry("张某"))
    firm: dict[str, Any] = {"institution": 1, "kind_of_merchant": MerchantKind.firm}
    assert desk.one(Merchant(**firm, code=credit_code(9))).outcome is Outcome.refused
    named = desk.one(Merchant(**firm, code=credit_code(8), name="某某商贸有限公司")).results["merchant"]
    led = desk.one(Merchant(**firm, code=credit_code(7), representative="张某")).results["merchant"]
    assert cases(desk.group) == [(2, named), (2, led)]


def test_an_entry_that_nobody_made(desk: Desk) -> None:
    answer = desk.one(Match(entry=7, match="name", person=1))  # type: ignore[arg-type]
    assert answer.invalid is not None
    assert answer.invalid.field == "entry"
    assert desk.one(entry("· ·")).outcome is Outcome.invalid


def test_what_is_forgotten_matches_no_more(desk: Desk) -> None:
    desk.done(entry("x", numbers=someone(1)["number"]))
    identity = desk.group.records.tables["identity"].rows()[0][0]
    desk.group.store.forget_identity(int(identity))
    assert screen(desk.group, at=desk.now).recorded == 0


def test_the_history_holds(desk: Desk) -> None:
    desk.done(entry("x", numbers=someone(1)["number"]), entry(someone(9)["full_name"]))
    desk.ask(person(9), person(10))
    screen(desk.group, at=desk.now)
    assert desk.now == MORNING
    check_sound(desk.group)


def test_names_of_other_characters_are_not_alike(desk: Desk) -> None:
    desk.done(entry("王國強"), entry("Wang Guoqiang"))
    desk.one(person(9, full_name="王国墙"))
    assert cases(desk.group) == []


def test_a_merchant_whose_code_is_listed_stops_at_the_next_screening(desk: Desk) -> None:
    desk.done(pay(100), entry("x", numbers=credit_code(1)))
    assert screen(desk.group, at=desk.now).stopped == 1
    answer = desk.one(pay(100))
    assert answer.refusal is not None
    assert answer.refusal.rule_id == LISTED
    assert desk.one(pay(100, merchant=2)).accepted
    assert desk.one(Settle(merchant=1)).outcome is Outcome.refused
    assert screen(desk.group, at=desk.now).recorded == 0, "what is on record is not recorded twice"
    check_sound(desk.group)


def test_a_merchant_whose_name_alone_is_listed_goes_to_people(desk: Desk) -> None:
    desk.done(entry("noodles"))
    assert screen(desk.group, at=desk.now) == Screened(entries=1, marks_in_common=1, recorded=1, stopped=0)
    assert desk.one(pay(100)).accepted
    assert cases(desk.group) == [(2, 1)]
