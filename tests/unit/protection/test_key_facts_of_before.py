"""A log of before there were texts: showings by the firm's own digest, lenders and partners without a kept name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest

from benyuan.assurance.protection.key_facts import key_facts_of
from benyuan.consumer_protection.contact.records import KEY_FACTS, KEY_FACTS_CONFIRMED, KEY_FACTS_SHOWN
from benyuan.consumer_protection.contact.vocabulary import LANGUAGE_NUMBER, LOAN_SORT_NUMBER, LoanSort, SheetLanguage
from benyuan.decisions.commands import REGISTRY, Command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Decided, Recorded, UseCase
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.usecases import USE_CASES
from benyuan.usecases.common import numbered, rows
from benyuan.usecases.lending.list_partner import ListPartner
from benyuan.usecases.lending.register_lender import RegisterLender
from tests.unit.lending.lenders import OFFER, Lender, lender_in_memory
from tests.unit.lending.reading import give, reads
from tests.unit.protection.customers import TEXT, check_invalid

ON = 20260415
NAMED = {"lender_named", "lending_partner_named"}


class ShowingOfBefore(Command, frozen=True, kw_only=True):
    """The first version: the firm names the text's digest, the rate and the ranks."""

    kind: ClassVar[str] = "show_key_facts"
    borrower: int
    product_sort: LoanSort
    language: SheetLanguage = SheetLanguage.zh
    sheet_version: int
    text_digest: str
    annual_rate_ppm: int
    ranks: str
    cost_sheet: str = ""


class ConfirmationOfBefore(Command, frozen=True, kw_only=True):
    """The first version: by whoever has the number."""

    kind: ClassVar[str] = "confirm_key_facts"
    key_facts: int


class ShowBefore(UseCase):
    """What the first version left."""

    command = ShowingOfBefore

    def record(self, decided: Decided) -> Recorded:
        """A row and no figures."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[KEY_FACTS.name])
        columns = {
            "borrower": batch.integers("borrower"),
            "sort": batch.numbers("product_sort", LOAN_SORT_NUMBER),
            "language": batch.numbers("language", LANGUAGE_NUMBER),
            "version": batch.integers("sheet_version"),
            "rate_ppm": batch.integers("annual_rate_ppm"),
            "text": batch.text_numbers("text_digest"),
            "shown_on": batch.on,
            "position": batch.position,
            "confirmed": 0,
        }
        return Recorded(results={"key_facts": ids}, events=event(KEY_FACTS_SHOWN, rows(accepted, id=ids, **columns)))


class ConfirmBefore(UseCase):
    """What the first version left."""

    command = ConfirmationOfBefore
    needs = (Need(table=KEY_FACTS, by="key_facts", prefix="shown"),)

    def record(self, decided: Decided) -> Recorded:
        """The place."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("key_facts"), confirmed=batch.position)
        return Recorded(results={}, events=event(KEY_FACTS_CONFIRMED, columns))


@contextmanager
def before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Key facts are of their first versions, and registers keep no names."""

    def unnamed(case: UseCase) -> Any:
        recorded = case.record

        def record(decided: Decided) -> Recorded:
            made = recorded(decided)
            return Recorded(results=made.results, events=[each for each in made.events if each.kind not in NAMED])

        return record

    with monkeypatch.context() as old:
        for case in (ShowBefore(), ConfirmBefore()):
            old.setitem(REGISTRY, case.command.kind, case.command)
            old.setitem(USE_CASES, case.command.kind, case)
        for kind, made in (("register_lender", RegisterLender), ("list_partner", ListPartner)):
            old.setattr(USE_CASES[kind], "record", unnamed(USE_CASES[kind]), raising=False)
            old.setattr(made.command, "version", 1)
        yield


SHEET: dict[str, Any] = {
    "borrower": 1,
    "product_sort": "cash-loan",
    "sheet_version": 3,
    "text_digest": TEXT,
    "annual_rate_ppm": 182_500,
    "ranks": "annual-rate=1, daily-rate=2",
}


@pytest.fixture
def lender(monkeypatch: pytest.MonkeyPatch) -> Lender:
    """Borrower 1 was shown two sheets, and confirmed the first."""
    with before(monkeypatch):
        made = lender_in_memory()
        for _ in range(2):
            give(made, "show_key_facts", **SHEET)
        give(made, "confirm_key_facts", key_facts=1)
        made.do("offer_loan", on=ON, **OFFER)
    return made


def test_their_showings_are_told_by_the_digest(lender: Lender) -> None:
    one, other = key_facts_of(lender.group, borrower=1)
    assert (one.state, one.digest, one.text, one.template) == ("digest-only", TEXT, "", 0)
    assert one.confirmed_at > one.shown_at
    assert (other.state, other.confirmed, other.confirmed_at) == ("digest-only", 0, 0)
    assert "show_key_facts" in why(lender.group, one.command).text()


def test_one_of_them_is_confirmed_later_and_is_for_nothing(lender: Lender) -> None:
    assert give(lender, "confirm_key_facts", borrower=1, key_facts=2).accepted
    check_invalid(give(lender, "confirm_key_facts", borrower=1, key_facts=1), "key_facts")
    assert lender.group.records.tables["protection_offer_facts"].count == 0


def test_a_lender_without_a_kept_name_goes_on(lender: Lender) -> None:
    assert lender.group.records.tables["lender_name"].count == 0
    bank: dict[str, Any] = {"partner": 1, "partner_name": "whoever it is"}
    number = reads(lender, borrower=1, offer=1, lender_name="Another Name", **bank)
    assert "Another Name" in key_facts_of(lender.group, borrower=1)[number - 1].text
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])
