"""A borrower is erased when the term after the last debt is over: not a day before, and not while something holds."""

from typing import Any

import pytest

from benyuan.assurance.protection.calendar import Duty, calendar
from benyuan.assurance.retention import due, erase
from benyuan.decisions.outcomes import Answer
from benyuan.simulate.identities import someone
from benyuan.usecases.lending import LENDING
from benyuan.usecases.lending.borrowers_over import NAMES, SAYS
from benyuan.usecases.protection.claims import CLAIMS
from benyuan.usecases.protection.contact import CONTACT
from benyuan.usecases.protection.suitability import SUITABILITY
from benyuan.values.dates import add_calendar_days
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import memory_of
from tests.unit.lending.accounts import check_log, purchase
from tests.unit.lending.lenders import PAY_LATER, Lender, lender_in_memory
from tests.unit.protection.claiming import REFUSED

ENDED, KEPT, GONE = 20260531, 20360531, 20360601
"""The day on which the account was closed; the last one of ten years; the first on which the borrower is erased."""
LAW, SAID = "aml.retention.law", "it is wrong"
WORDS: dict[str, Any] = {"words": "the law keeps it for ten years after the end"}


@pytest.fixture
def lender() -> Lender:
    """Borrower 1 had an account until 2026-05-31 and made a claim; borrower 2 has one on which something is owed."""
    made = lender_in_memory()
    for borrower in (1, 2):
        made.do("open_credit_account", borrower=borrower, product=PAY_LATER, line_fen=500_000)
    purchase(made, account=2)
    said = {"borrower": 1, "claim": "objection", "words": SAID, "received_on": 20260501}
    made.do("answer_debt_claim", debt_claim=made.do("take_debt_claim", on=20260501, **said)["debt_claim"], **REFUSED)
    made.do("close_credit_account", account=1, on=ENDED)
    return made


def erasing(lender: Lender, on: int, *, date: int = ENDED) -> Answer:
    """The erasing of those who left on a day."""
    lender.desk.now = moment(on)
    return lender.ask("erase_borrowers", on=on, lender=1, date=date)


def wish(lender: Lender, *, borrower: int = 1, on: int = 20260601) -> int:
    """A wish to be deleted."""
    lender.desk.now = moment(on)
    return lender.do("ask_own_data", on=on, borrower=borrower, wants="delete", channel="app", words="please")["request"]


def owed(lender: Lender, on: int) -> list[Duty]:
    """The duties to erase."""
    return [each for each in calendar(lender.group, on=on) if each.kind == "erase_data"]


@pytest.mark.parametrize(("on", "erased"), [(20260601, False), (KEPT, False), (GONE, True), (20361231, True)])
def test_not_before_the_term_is_over(lender: Lender, on: int, erased: bool) -> None:
    answer = erasing(lender, on)
    assert answer.accepted is erased
    if erased:
        assert (answer.results["erased"], answer.results["held"], answer.results["years"]) == (1, 0, 10)
        assert lender.of("borrower", 1, "particulars") == 0
    else:
        assert answer.refusal is not None
        assert (answer.refusal.rule_id, answer.refusal.figures["kept_until_on"]) == (LAW, KEPT)
    check_log(lender)


def test_what_was_said_and_shown_goes_and_the_books_stay(lender: Lender) -> None:
    log = [number for number in range(1, lender.group.position + 1) if lender.group.payloads.read(number) is not None]
    accounts, of_two = memory_of(lender.group)["accounts"], lender.of("borrower", 2, "particulars")
    assert erasing(lender, GONE).accepted
    left = [number for number in log if lender.group.payloads.read(number) is not None]
    assert of_two in left
    told = [lender.group.payloads.read(number) or {} for number in left]
    assert not [each for each in told if someone(1)["number"] in each.values() or SAID in each.values()]
    row = {name: lender.of("borrower", 1, name) for name in ("age_years", "document", "valid_until", "line_fen")}
    assert set(row.values()) == {0}
    assert lender.of("credit_account", 1, "borrower") == 1
    assert memory_of(lender.group)["accounts"] == accounts
    check_log(lender)


def test_who_owes_is_not_erased_however_old(lender: Lender) -> None:
    lender.desk.now = moment(20501231)
    assert lender.ask("erase_borrowers", on=20501231, lender=1, date=20260401).results["erased"] == 0
    done = erase(lender.group, on=20501231, at=None)
    assert done.erased == {"borrower": 1}
    assert lender.of("borrower", 2, "particulars") != 0


@pytest.mark.parametrize("hold", ["frozen", "stopped", "complaint"])
def test_what_is_open_holds_back(lender: Lender, hold: str) -> None:
    if hold == "frozen":
        lender.do("freeze_borrower", borrower=1, grounds="a court")
    elif hold == "stopped":
        lender.do("stop_collection", borrower=1, reason="other")
    else:
        told = {"channel": "app", "product": "pay-later", "issue": "price", "words": "no", "received_on": ENDED}
        lender.do("take_customer_complaint", borrower=1, **told)
    answer = erasing(lender, GONE)
    assert (answer.results["erased"], answer.results["held"]) == (0, 1)
    assert lender.of("borrower", 1, "particulars") != 0
    [row] = [each for each in due(lender.group, on=GONE) if each.sort == "borrower"]
    assert (row.count, sum(row.held.values())) == (0, 1)


def test_a_wish_is_refused_with_the_day_and_owed_from_then(lender: Lender) -> None:
    request = wish(lender)
    told = {"request": request, "outcome": "refused", "ground": "kept-by-law", **WORDS}
    assert lender.do("answer_own_data", **told)["erase_from_on"] == GONE
    [duty] = owed(lender, 20260601)
    assert (duty.owner, duty.due_on, duty.state, duty.rule) == ("lender 1", GONE, "open", "pi.delete")
    assert owed(lender, GONE)[0].state == "open"
    assert owed(lender, add_calendar_days(GONE, 1))[0].state == "overdue"
    assert erasing(lender, GONE).accepted
    assert owed(lender, GONE)[0].state == "done"
    check_log(lender)


def test_while_something_is_owed_the_wish_has_no_day_yet(lender: Lender) -> None:
    told = {"request": wish(lender, borrower=2), "outcome": "refused", "ground": "kept-by-law", **WORDS}
    assert lender.do("answer_own_data", **told)["erase_from_on"] == 0
    [duty] = owed(lender, 20260601)
    assert (duty.due_on, duty.state) == (0, "open")


def test_when_the_term_is_over_no_law_is_a_ground_any_more(lender: Lender) -> None:
    request = wish(lender, on=GONE)
    told = {"request": request, "outcome": "refused", "ground": "kept-by-law", **WORDS}
    answer = lender.ask("answer_own_data", **told)
    assert answer.invalid is not None
    assert answer.invalid.field == "ground"
    done = erasing(lender, GONE)
    met: dict[str, Any] = {
        "request": request,
        "outcome": "done",
        "carried_out": done.position,
        "words": "all of it is erased",
    }
    lender.do("answer_own_data", **met)
    check_log(lender)


def test_another_ones_erasing_meets_no_wish(lender: Lender) -> None:
    request = wish(lender, borrower=2, on=GONE)
    done = erasing(lender, GONE)
    met: dict[str, Any] = {"request": request, "outcome": "done"}
    met |= {"carried_out": done.position, "words": "all of it is erased"}
    answer = lender.ask("answer_own_data", **met)
    assert answer.invalid is not None
    assert answer.invalid.field == "carried_out"


def test_the_number_is_nobodys_and_who_comes_back_gets_another(lender: Lender) -> None:
    assert erasing(lender, GONE).accepted
    assert erasing(lender, GONE).results["erased"] == 0
    shown: dict[str, dict[str, Any]] = {
        "freeze_borrower": {"borrower": 1, "frozen": False, "grounds": "x"},
        "assess_borrower": {"borrower": 1, "line_fen": 0},
        "update_borrower": {"borrower": 1, "lender": 1, **someone(1)},
        "record_income": {"borrower": 1, "monthly_fen": 1, "evidence": "e" * 64, "from_date": GONE},
        "take_debt_claim": {"borrower": 1, "claim": "objection", "words": SAID, "received_on": GONE},
        "ask_own_data": {"borrower": 1, "wants": "delete", "channel": "app", "words": "please"},
        "take_customer_complaint": {
            "borrower": 1,
            "channel": "app",
            "product": "pay-later",
            "issue": "price",
            "words": SAID,
            "received_on": GONE,
        },
    }
    for kind, fields in shown.items():
        answer = lender.ask(kind, **fields)
        assert answer.invalid is not None, kind
        assert answer.invalid.field == "borrower"
    again = {**someone(1), "valid_until": 20460101}
    assert lender.do("register_borrower", lender=1, **again)["borrower"] == 3
    check_log(lender)


def test_a_day_to_come_is_none_and_nobody_names_whom(lender: Lender) -> None:
    assert erasing(lender, GONE, date=20260230).invalid is not None
    assert erasing(lender, GONE, date=20260530).results["erased"] == 0
    lender.desk.now = moment(20260601)
    ahead = lender.ask("erase_borrowers", on=20370101, lender=1, date=ENDED)
    assert not ahead.accepted


def test_every_command_with_words_about_a_borrower_goes_with_them() -> None:
    own_key = {"register_borrower", "update_borrower", "take_in_objection"}
    kinds = {case.command.kind: case.command for case in (*LENDING, *CLAIMS, *CONTACT, *SUITABILITY)}
    names = {kind: set(each.__struct_fields__) for kind, each in kinds.items() if each.personal}
    about = {kind for kind, fields in names.items() if fields & set(NAMES)}
    assert about - own_key == SAYS
