"""Logs with commands of the versions before: read, folded and verified; and what they left goes on to hold."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest

from benyuan.assurance.protection.sale_life import sale_life
from benyuan.assurance.protection.suitability import assets_of, level_of
from benyuan.consumer_protection.contact.vocabulary import MessageChannel, MessageSort
from benyuan.consumer_protection.records import PROTECTION_DUTY_CHANGED
from benyuan.consumer_protection.suitability.records import INVESTOR_CHANGED, MEANS_COUNT, TEST_CONFIRMED
from benyuan.consumer_protection.suitability.shown import ShownCustomer
from benyuan.decisions.checking import with_defaults
from benyuan.decisions.commands import REGISTRY, Command
from benyuan.decisions.events import event
from benyuan.decisions.usecase import Case, Decided, Recorded
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.payments.vocabulary import Authentication
from benyuan.usecases import USE_CASES
from benyuan.usecases.protection.contact.send_message import SendMessage
from benyuan.usecases.protection.contact.shared import OfCustomer
from benyuan.usecases.protection.suitability.confirm_level import ConfirmLevel
from benyuan.usecases.protection.suitability.rerate_product import TellHolder
from benyuan.usecases.protection.suitability.sell_investment import SellInvestment
from benyuan.usecases.protection.suitability.test_suitability import TestSuitability
from tests.unit.protection.customers import MARKETING
from tests.unit.protection.houses import (
    ASSETS_FEN,
    LEVEL_3,
    LEVEL_4,
    PAPER,
    House,
    check_refused,
    digest_of,
    house,
    text_of,
)


class SaleOfBefore(ShownCustomer, frozen=True, kw_only=True):
    """The first version: reading time, warnings and papers are told with the order."""

    kind: ClassVar[str] = "sell_investment"
    personal: ClassVar[tuple[str, ...]] = ("number", "born")
    identified: ClassVar[bool] = True
    product: int
    wallet: int
    amount_fen: int
    terms_digest: str
    read_seconds: int
    authentication: Authentication
    recommended: bool = False
    as_professional: bool = False
    care: str = ""
    warned_at: int = 0
    guardian: str = ""
    advised_at: int = 0
    explained_at: int = 0
    chosen_at: int = 0
    own_choice: str = ""


class ConfirmationOfBefore(Command, frozen=True, kw_only=True):
    """The first version: by whoever has the number of the test."""

    kind: ClassVar[str] = "confirm_level"
    test: int


class TellingOfBefore(Command, frozen=True, kw_only=True):
    """The first version: without anything that shows it."""

    kind: ClassVar[str] = "tell_holder"
    duty: int


@contextmanager
def before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sales and confirmations are of their first versions, tests leave no rows of assets, and nothing else is asked."""
    with monkeypatch.context() as old:
        for made, case in ((SaleOfBefore, SellInvestment), (ConfirmationOfBefore, ConfirmLevel)):
            old.setitem(REGISTRY, made.kind, made)
            old.setattr(case, "command", made)
            old.setattr(type(USE_CASES[made.kind]), "gates", ())
        old.setattr(ConfirmLevel, "survey", lambda *_: ({}, {}))
        old.setattr(ConfirmLevel, "needs", ConfirmLevel.needs[6:8])
        old.setattr(ConfirmLevel, "faults", lambda *_: {})
        old.setattr(ConfirmLevel, "record", _confirmed_of_before)
        old.setattr(TestSuitability, "record", _tested_of_before)
        yield


def _confirmed_of_before(self: ConfirmLevel, decided: Decided) -> Recorded:
    del self
    case: Case = decided.case
    test, facts = case.batch.integers("test"), case.facts

    return Recorded(
        results={"level": facts["asked_level"]},
        events=[
            *event(TEST_CONFIRMED, {"id": test, "counts_from": [case.batch.on]}),
            *event(INVESTOR_CHANGED, {"id": facts["asked_person"], "counted": test}),
            *event(PROTECTION_DUTY_CHANGED, {"id": facts["asked_duty"], "done_on": [case.batch.on]}),
        ],
    )


def _tested_of_before(self: TestSuitability, decided: Decided, *, record: Any = TestSuitability.record) -> Recorded:
    made = record(self, decided)
    return Recorded(results=made.results, events=[each for each in made.events if each.kind != MEANS_COUNT])


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> House:
    """Person 1 was tested twice, confirmed and bought, all by commands of before."""
    made = house(products=4)
    with before(monkeypatch):
        made.test(1, LEVEL_3)
        made.test(1, LEVEL_4)
        made.do("confirm_level", test=2)
        asked: dict[str, Any] = {"product": 4, "wallet": 1, "amount_fen": 1_000, **made.shown(1), "warned_at": 1}
        asked |= {"terms_digest": digest_of(text_of(4)), "read_seconds": 999_999}
        made.do("sell_investment", authentication=Authentication.two_kinds_with_certificate, **asked)
    return made


def test_sales_and_confirmations_of_before_are_read_and_verified(home: House) -> None:
    report = verify(home.group.store, vault=home.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])
    assert report.undecidable == 2
    position = home.of("investment_sale", 1)["position"]
    opened = home.group.reader.at_position(position)
    assert opened.block.version == 1
    row = opened.batch().row(0)
    assert (row["read_seconds"], row["warned_at"], row["guardian"]) == (999_999, 1, "")
    assert "sell_investment" in why(home.group, position).text()
    life = sale_life(home.group, sale=1)
    assert life is not None
    assert [step["what"] for step in life["steps"]] == ["sold"]


def test_what_was_stated_before_goes_on_to_count_and_more_waits(home: House) -> None:
    told = level_of(home.group, person=1, on=home.on)
    assert told is not None
    assert (told["level"], told["assets_fen"], assets_of(home.group, person=1, on=home.on)) == (4, ASSETS_FEN, None)
    assert home.sell(product=4, amount_fen=1_000).accepted
    home.on = 20260311
    assert home.test(1, LEVEL_4, assets_fen=10 * ASSETS_FEN).results["assets_to_confirm"] == 1
    check_refused(home, home.sell(product=4, amount_fen=ASSETS_FEN // 2), "suit.house.means_share")


def test_a_result_of_before_that_waits_brings_no_assets_in(monkeypatch: pytest.MonkeyPatch) -> None:
    home = house(products=4)
    with before(monkeypatch):
        home.test(1, LEVEL_3)
        home.test(1, LEVEL_4, assets_fen=10 * ASSETS_FEN)
    home.confirmed(1, 2)
    check_refused(home, home.sell(product=4, amount_fen=ASSETS_FEN), "suit.house.means_share")
    assert assets_of(home.group, person=1, on=home.on) == ASSETS_FEN
    home.do("confirm_assets", test=2, evidence=PAPER, **home.shown(1))
    assert assets_of(home.group, person=1, on=home.on) == 10 * ASSETS_FEN


class SaleOfVersionTwo(ShownCustomer, frozen=True, kw_only=True):
    """The second version: a guardian's consent is told with the order."""

    kind: ClassVar[str] = "sell_investment"
    personal: ClassVar[tuple[str, ...]] = ("number", "born")
    identified: ClassVar[bool] = True
    version: ClassVar[int] = 2
    product: int
    wallet: int
    amount_fen: int
    terms_digest: str
    authentication: Authentication
    recommended: bool = False
    as_professional: bool = False
    guardian: str = ""
    own_choice: str = ""


def test_a_sale_with_a_consent_of_before_is_read_and_the_next_needs_one_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = house(products=1)
    home.tested(3, LEVEL_3)
    with monkeypatch.context() as old:
        old.setitem(REGISTRY, "sell_investment", SaleOfVersionTwo)
        old.setattr(SellInvestment, "command", SaleOfVersionTwo)
        old.setattr(SellInvestment, "gates", ())
        asked: dict[str, Any] = {"product": 1, "wallet": 3, "amount_fen": 1_000, "terms_digest": digest_of(text_of(1))}
        kind = Authentication.two_kinds_with_certificate
        home.do("sell_investment", authentication=kind, guardian="seen", **asked, **home.shown(3))
    position = home.of("investment_sale", 1)["position"]
    opened = home.group.reader.at_position(position)
    assert (opened.block.version, opened.batch().row(0)["guardian"]) == (2, "seen")
    report = verify(home.group.store, vault=home.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 1)
    check_refused(home, home.sell(3, 1), "suit.minor", age_years=17)
    assert home.sell(3, 1, guardian=True).accepted


def test_fields_that_came_later_are_empty_in_commands_of_before() -> None:
    for kind, names in (("rerate_product", ("minutes", "evidence")), ("tell_circumstances", ("evidence",))):
        columns = with_defaults(command=REGISTRY[kind], columns={"product": [1], "person": [1]}, count=1)
        assert {name: columns[name] for name in names} == {name: [""] for name in names}


class MessageOfBefore(OfCustomer, frozen=True, kw_only=True):
    """The first version: the sender says what level the customer has."""

    kind: ClassVar[str] = "send_message"
    template: int
    sort: MessageSort
    channel: MessageChannel
    customer_level: int = 0


def test_messages_of_before_are_read_with_the_level_that_was_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    home = house(products=0)
    home.do("give_consent_to", person=1, to="marketing", place="app", text_digest=PAPER)
    home.do("approve_template", level=5, **MARKETING)
    asked: dict[str, Any] = {"person": 1, "template": 1, "sort": MessageSort.marketing, "channel": MessageChannel.sms}
    with monkeypatch.context() as old:
        old.setitem(REGISTRY, "send_message", MessageOfBefore)
        old.setattr(SendMessage, "command", MessageOfBefore)
        old.setattr(SendMessage, "gates", ())
        position = home.do("send_message", customer_level=5, **asked)["position"]
    opened = home.group.reader.at_position(position)
    assert (opened.block.version, opened.batch().row(0)["customer_level"]) == (1, 5)
    report = verify(home.group.store, vault=home.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 1)
    check_refused(home, home.ask("send_message", **asked), "suit.bans", customer_level=0)


def test_a_holder_told_before_without_a_digest_has_been_told(monkeypatch: pytest.MonkeyPatch) -> None:
    made = house(products=4)
    made.test(1, LEVEL_3)
    made.sold(product=3, amount_fen=1)
    made.do("rerate_product", product=3, maker_level=2, seller_level=4)
    with monkeypatch.context() as old:
        old.setitem(REGISTRY, TellingOfBefore.kind, TellingOfBefore)
        old.setattr(TellHolder, "command", TellingOfBefore)
        old.setattr(TellHolder, "faults", lambda *_: {})
        position = made.do("tell_holder", duty=1)["position"]
    report = verify(made.group.store, vault=made.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 1)
    assert made.group.reader.at_position(position).block.version == 1
    assert made.of("protection_duty", 1)["done_on"] == made.on
    again = made.ask("tell_holder", duty=1, evidence=PAPER)
    assert again.invalid is not None
    assert again.invalid.field == "duty"
