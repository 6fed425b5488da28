"""The report of a file: its sections, accounts, summary, inquiries, marks; what others may not see."""

from typing import Any

import msgspec
import numpy as np
import pytest
from msgspec import UNSET

from benyuan.credit_bureau.layouts import ASKED
from benyuan.credit_bureau.report.composing import report
from benyuan.credit_bureau.report.file import Allowed, Asked, CreditFile, Objected, Statement
from benyuan.credit_bureau.report.glossary import GLOSSARY
from benyuan.credit_bureau.report.sheet import Report
from benyuan.credit_bureau.vocabulary import (
    PURPOSE_NUMBER,
    SECTIONS_OF,
    AccountType,
    FaultKind,
    MemberSort,
    MonthStatus,
    PublicKind,
    Purpose,
    Section,
)
from tests.unit.bureau.files import ON, file_of, line, months, public
from tests.unit.engine.groups import regime
from tests.unit.ledger.books import china

EVERYTHING = Section(sum(Section))
PARTS = {
    Section.identity: ("subject", "identity"),
    Section.score: ("score",),
    Section.summary: ("summary",),
    Section.accounts: ("accounts",),
    Section.public: ("public",),
    Section.inquiries: ("inquiries",),
    Section.notes: ("notes",),
}


def made(file: CreditFile, sections: Section = EVERYTHING, *, on: int = ON) -> Report:
    """The report under the built-in rules."""
    return report(file, sections=sections, on=on, rules=regime().pack)


def plain(file: CreditFile, sections: Section = EVERYTHING, *, on: int = ON) -> dict[str, Any]:
    """The report as JSON has it."""
    read: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(made(file, sections, on=on)))
    return read


@pytest.mark.parametrize("section", PARTS)
def test_a_section_alone(section: Section) -> None:
    shown = plain(file_of(months(1, 202601, "N1N")), section)
    others = {name for each, names in PARTS.items() if each != section for name in names}
    assert set(PARTS[section]) <= set(shown)
    assert not others & set(shown)
    assert shown["sections"] == [section.name]


@pytest.mark.parametrize("purpose", Purpose)
def test_each_purpose_shows_its_sections_and_no_more(purpose: Purpose) -> None:
    shown = plain(file_of(months(1, 202601, "N1N")), SECTIONS_OF[purpose])
    for section, names in PARTS.items():
        assert (names[0] in shown) == (section in SECTIONS_OF[purpose])
    months_there = Section.months in SECTIONS_OF[purpose]
    assert all(("last_60" in account) == months_there for account in shown.get("accounts", []))


def test_an_empty_file() -> None:
    shown = plain(CreditFile(bureau=1, subject=7, at=china("2026-11-28T12:00"), position=1))
    assert shown["accounts"] == shown["public"] == shown["inquiries"] == []
    assert shown["summary"]["accounts"] == 0
    assert shown["summary"]["used_ppm"] is None
    assert shown["score"] is None


def test_only_the_persons_own_report_has_numbers_of_the_bureau() -> None:
    asked = (Asked(inquiry=1, at=china("2026-11-01T12:00"), purpose=Purpose.loan, member=3, sort=MemberSort.bank),)
    marks = (Objected(objection=4, account=1, month=0, kind=FaultKind.not_mine, opened_on=20261101, open=True),)
    file = file_of(months(1, 202601, "N"), asked=asked, objected=marks)
    own, other = plain(file), plain(file, SECTIONS_OF[Purpose.loan])
    assert (own["subject"], own["accounts"][0]["account"], own["accounts"][0]["member"]) == (7, 1, 1)
    assert (own["inquiries"][0]["member"], own["notes"]["marks"][0]["objection"]) == (3, 4)
    assert "subject" not in other
    assert "consents" not in other
    assert not {"account", "member"} & set(other["accounts"][0])
    assert "member" not in other["inquiries"][0]
    assert not {"objection", "kind"} & set(other["notes"]["marks"][0])


def test_the_windows_of_months() -> None:
    held = months(1, 202008, "N" * 70 + " N")
    account = plain(file_of(held))["accounts"][0]
    assert account["last_24"] == "N" * 22 + "/N"
    assert account["last_24_to"] == 202607
    assert [account["last_60"][0]["month"], account["last_60"][-1]["month"]] == [202108, 202607]
    assert len(account["last_60"]) == 59


@pytest.mark.parametrize(
    ("letters", "state"),
    [
        ("N", "open"),
        ("1", "open"),
        ("C", "closed"),
        ("B", "bad-debt"),
        ("G", "ended"),
        ("Z", "ended"),
        ("NC#", "closed"),
    ],
)
def test_states(letters: str, state: str) -> None:
    assert plain(file_of(months(1, 202609, letters)))["accounts"][0]["state"] == state


@pytest.mark.parametrize(("first", "state"), [(202511, "not-known"), (202512, "open")])
def test_an_account_without_months_for_a_year_is_not_called_open(first: int, state: str) -> None:
    shown = plain(file_of(months(1, first, "N")))
    assert shown["accounts"][0]["state"] == state
    assert shown["summary"]["open"] == (state == "open")


def test_the_day_of_closing() -> None:
    account = plain(file_of(months(1, 202609, "NC", ended_on={202610: 20261009})))["accounts"][0]
    assert account["closed_on"] == 20261009


def test_special_events() -> None:
    held = months(1, 202602, "N12#3N1", overdue_fen={202603: 100, 202604: 200, 202606: 300, 202608: 5})
    first, second = plain(file_of(held))["accounts"][0]["arrears"]
    assert first == {
        "first_month": 202603,
        "last_month": 202606,
        "months": 3,
        "worst": "3",
        "most_fen": 300,
        "ended_on": 20260731,
    }
    assert (second["first_month"], second["ended_on"]) == (202608, 0)


def test_the_summary() -> None:
    card = months(1, 202608, "N1N", balance_fen=500_000, limit_fen=2_000_000)
    loan = months(2, 202608, "1", balance_fen=300_000, overdue_fen=20_000)
    bad = months(3, 202608, "B", balance_fen=70_000, overdue_fen=70_000)
    closed = months(4, 202608, "C")
    lines = (
        line(1, opened_on=20210101),
        line(2, type=AccountType.non_revolving, limit_fen=400_000),
        line(3, type=AccountType.revolving, limit_fen=100_000),
        line(4),
    )
    records = public({"reference": 1, "kind": "penalty", "decided_on": 20260101})
    summary = plain(file_of(card, loan, bad, closed, lines=lines, public=records))["summary"]
    assert (summary["accounts"], summary["open"], summary["closed"], summary["bad_debts"]) == (4, 2, 1, 1)
    assert (summary["balance_fen"], summary["limit_fen"]) == (870_000, 2_500_000)
    assert summary["used_ppm"] == (500_000 + 70_000) * 1_000_000 // 2_100_000
    assert (summary["overdue_accounts"], summary["overdue_fen"]) == (2, 90_000)
    assert (summary["late_accounts"], summary["months_late"], summary["worst"]) == (3, 3, "B")
    assert [each["type"] for each in summary["types"]] == ["D1", "R1", "R2"]
    assert summary["types"][2] == {
        "type": "R2",
        "accounts": 2,
        "open": 1,
        "balance_fen": 500_000,
        "limit_fen": 2_000_000,
    }
    assert (summary["public"], summary["first_opened_on"]) == ({"penalty": 1}, 20200101)


def test_what_is_over_is_in_no_figure() -> None:
    held = months(1, 202003, "17N", overdue_fen=5_000_000)
    summary = plain(file_of(held), on=20250601)["summary"]
    assert (summary["months_late"], summary["late_accounts"], summary["worst"]) == (0, 0, "")


def elsewhere(*rows: tuple[int, Purpose]) -> Any:
    """Inquiries furnished by members."""
    return np.array([(7, on, PURPOSE_NUMBER[purpose]) for on, purpose in rows], ASKED.dtype)


@pytest.mark.parametrize(
    ("on", "in_two_years", "in_month"),
    [(20241127, 0, 0), (20241128, 1, 0), (20261027, 1, 0), (20261028, 1, 1), (20261128, 1, 1), (20261129, 0, 0)],
)
def test_inquiries_by_day(on: int, in_two_years: int, in_month: int) -> None:
    shown = plain(file_of(elsewhere=elsewhere((on, Purpose.loan))))
    counted = shown["summary"]["inquiries"]
    assert len(shown["inquiries"]) == in_two_years
    assert counted["two_years"].get("loan", 0) == in_two_years
    assert counted["month"].get("loan", 0) == in_month


def test_own_looks_and_those_of_staff_count_for_nobody() -> None:
    at = china("2026-11-01T12:00")
    asked = (
        Asked(inquiry=1, at=at, purpose=Purpose.own),
        Asked(inquiry=2, at=at, purpose=Purpose.objection, staff=True),
        Asked(inquiry=3, at=at, purpose=Purpose.post_loan, member=1, sort=MemberSort.bank),
    )
    own = plain(file_of(asked=asked))
    assert [each["purpose"] for each in own["inquiries"]] == ["own", "objection", "post-loan"]
    assert own["summary"]["inquiries"]["two_years"] == {"post-loan": 1}
    other = plain(file_of(asked=asked), SECTIONS_OF[Purpose.loan])
    assert [each["purpose"] for each in other["inquiries"]] == ["post-loan"]


def test_inquiries_are_counted_only_where_they_are_shown() -> None:
    shown = plain(file_of(elsewhere=elsewhere((ON, Purpose.loan))), SECTIONS_OF[Purpose.post_loan])
    assert "inquiries" not in shown["summary"]


def test_statement_marks_and_disputed_accounts() -> None:
    marks = (
        Objected(objection=1, account=1, month=202601, kind=FaultKind.wrong_status, opened_on=20261101, open=True),
        Objected(objection=2, account=1, month=202512, kind=FaultKind.wrong_status, opened_on=20261101, open=True),
        Objected(objection=3, account=1, month=202512, kind=FaultKind.missing, opened_on=20261101, open=False),
        Objected(objection=4, account=0, month=0, kind=FaultKind.other, opened_on=20261101, open=True),
    )
    said = Statement(text="the card was stolen", said_on=20261102)
    file = file_of(months(1, 202601, "1N"), lines=(line(objections=1),), objected=marks, statement=said)
    shown = plain(file)
    assert shown["accounts"][0]["disputed"]
    assert [mark["objection"] for mark in shown["notes"]["marks"]] == [1, 3, 4]
    assert [mark["number"] for mark in shown["notes"]["marks"]] == [1, 1, 0]
    assert (shown["notes"]["statement"], shown["notes"]["said_on"]) == ("the card was stolen", 20261102)


def test_identity_and_consents() -> None:
    allowed = Allowed(
        consent=5, member=2, sort=MemberSort.bank, purpose=Purpose.loan, starts_on=20260101, expires_on=20261231,
        times=3, furnishing=False, revoked=True,
    )  # fmt: skip
    file = file_of(particulars={"full_name": "王小明", "evidence": "not for the report"}, allowed=(allowed,))
    shown = plain(file)
    assert shown["identity"]["full_name"] == "王小明"
    assert "evidence" not in shown["identity"]
    assert shown["consents"][0]["revoked"] is True


def test_rules_are_named_with_how_well_they_are_known() -> None:
    told = {rule.rule: rule.status for rule in made(file_of()).rules}
    assert told["cr.negative.retention"] == "verified"
    assert told["cr.repair.once_2025"] == "secondary"
    assert "cr.repair.once_2025" not in {rule.rule for rule in made(file_of(), on=20251231).rules}


def test_terms_that_stand_in_the_report_are_explained() -> None:
    codes = {each.code for each in made(file_of(months(1, 202609, "N1"))).explained}
    assert {"status.N", "status.1", "status./", "type.R2", "state.open", "term.arrears"} <= codes
    assert not {"status.B", "type.D1", "kind.penalty"} & codes


def test_every_word_of_the_vocabulary_has_its_explanation() -> None:
    words = {
        "status": [*MonthStatus, "/"],
        "type": [*AccountType],
        "purpose": [*Purpose],
        "kind": [*PublicKind],
    }
    wanted = {f"{kind}.{each}" for kind, of in words.items() for each in of}
    assert wanted - set(GLOSSARY) == set()


def test_the_report_can_be_read_back() -> None:
    sent = made(file_of(months(1, 202601, "N1N")))
    assert msgspec.json.decode(msgspec.json.encode(sent), type=Report) == sent
    assert made(file_of(), Section.summary).accounts is UNSET
