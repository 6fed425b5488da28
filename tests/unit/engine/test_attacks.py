"""What somebody who means harm would try first; each attempt ends in a refusal, a fault, or a case for people."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benyuan.decisions.commands import Request
from benyuan.decisions.outcomes import Outcome
from benyuan.payments.vocabulary import Authentication, Channel, MerchantKind, Rating, WalletClass
from benyuan.simulate.compliance import STANDARDS
from benyuan.simulate.identities import someone
from benyuan.usecases.close_day import Close
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.pay import Pay
from benyuan.usecases.record_standing import Standing
from benyuan.usecases.refund import Refund
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.set_monitoring import SetStandards
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.withdraw import Withdraw
from tests.faults.soundness import check_sound
from tests.unit.engine.groups import HOUR, Desk, found_town, on_file, pay, town

STATIC_DAY_FEN = 50_000
"""Level D of 296号, art. 12: 500 yuan a day by static code."""
NASTY = ("'; DROP TABLE person; --", '"),(1,"x', "${jndi:ldap://x}", "<script>alert(1)</script>", "%s%n%x", "../../etc")


@pytest.fixture
def desk() -> Iterator[Desk]:
    made = town()
    with closing(made.group):
        yield made


def by_static_code(wallet: int, fen: int, merchant: int = 1) -> Pay:
    one_kind = Authentication.one_kind
    return Pay(payer=wallet, merchant=merchant, amount_fen=fen, channel=Channel.static_code, authentication=one_kind)


def test_a_limit_is_not_escaped_by_splitting_over_wallets_merchants_and_parts(desk: Desk) -> None:
    opened = desk.one(Open(person=1, wallet_class=WalletClass.II, channels=3))
    other = int(opened.results["wallet"])
    desk.done(*(TopUp(wallet=wallet, bank_account=3, amount_fen=STATIC_DAY_FEN) for wallet in (1, other)))
    parts = [by_static_code((1, other)[part % 2], 4_999, merchant=1 + part % 2) for part in range(20)]
    paid = sum(4_999 for answer in desk.ask(*parts) if answer.accepted)
    assert paid <= STATIC_DAY_FEN < paid + 4_999
    last = desk.one(by_static_code(1, STATIC_DAY_FEN - paid + 1))
    assert last.refusal is not None
    assert last.refusal.rule_id == "qr.risk.D"
    assert desk.one(by_static_code(other, STATIC_DAY_FEN - paid)).accepted


def test_money_goes_back_where_it_came_from_and_once(desk: Desk) -> None:
    payment = desk.one(pay(3_000)).position
    assert not any("account" in name or "card" in name for name in Refund.__struct_fields__)
    first, second = desk.ask(Refund(payment=payment, amount_fen=3_000), Refund(payment=payment, amount_fen=3_000))
    assert (first.outcome, second.outcome) == (Outcome.accepted, Outcome.refused)
    assert desk.one(Refund(payment=first.position, amount_fen=1)).outcome is Outcome.invalid


def test_money_is_not_drawn_to_somebody_elses_account(desk: Desk) -> None:
    desk.done(Standing(institution=1, from_date=20260101, licences=15, rating=Rating.none))
    answer = desk.one(Withdraw(wallet=1, bank_account=4, amount_fen=100, authentication=Authentication.two_kinds))
    assert answer.refusal is not None
    assert answer.refusal.rule_id == "pay.account.same_name_bank"


def test_a_code_pays_once_however_it_is_replayed(desk: Desk) -> None:
    desk.done(IssueCode(wallet=1, payer_code=77, expires_at=desk.now + HOUR))
    shown = Pay(
        payer=1, merchant=1, amount_fen=100, channel=Channel.payer_code, authentication=Authentication.one_kind,
        payer_code=77,
    )  # fmt: skip
    request = desk.request(shown)
    first, again, replayed = desk.group.execute([request, request, desk.request(shown)])
    assert first.accepted
    assert (again.position, again.repeated) == (first.position, True)
    assert replayed.outcome is Outcome.refused
    stolen = Pay(
        payer=2, merchant=1, amount_fen=100, channel=Channel.payer_code, authentication=Authentication.one_kind,
        payer_code=77,
    )  # fmt: skip
    assert desk.one(stolen).outcome is Outcome.refused


def test_a_key_does_not_carry_another_command(desk: Desk) -> None:
    desk.done(pay(100))
    first = desk.group.execute([Request(client="shop", key="1", command=pay(100))])[0]
    changed = desk.group.execute([Request(client="shop", key="1", command=pay(9_999))])[0]
    assert first.accepted
    assert changed.outcome is Outcome.unlogged
    assert changed.invalid is not None
    assert changed.invalid.field == "key"


def test_a_merchant_that_pays_itself_goes_to_people(desk: Desk) -> None:
    shop = desk.one(Merchant(institution=1, kind_of_merchant=MerchantKind.micro, principal=1)).results["merchant"]
    desk.done(SetStandards(institution=1, from_date=20260501, **STANDARDS))
    desk.done(by_static_code(1, 1, merchant=int(shop)))
    desk.now += 24 * HOUR
    assert desk.one(Close(institution=1, date=20260501, statement_fen=0)).results["cases"] == 1


def test_somebody_elses_identity_opens_no_second_customer(desk: Desk) -> None:
    taken = someone(1) | {"full_name": "李四", "phone": "13900000000"}
    answer = desk.one(Person(institution=1, **taken))
    assert answer.refusal is not None
    assert answer.refusal.rule_id == "pay.account.real_name"


@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_only_a_name(desk: Desk, name: str) -> None:
    answer = desk.one(Person(institution=1, **(someone(9) | {"full_name": name})))
    assert answer.accepted
    told = desk.group.payloads.read(answer.position)
    assert told is not None
    assert told["full_name"] == name
    check_sound(desk.group)


@pytest.mark.parametrize("name", ["a\0b", "a\x1fb", "a\nb", "a\u202eb", "\x1b[31mred", "a\u2028b"])
def test_control_characters_are_no_name(desk: Desk, name: str) -> None:
    answer = desk.one(Person(institution=1, **(someone(9) | {"full_name": name})))
    assert answer.invalid is not None
    assert answer.invalid.field == "full_name"


def test_the_file_without_its_keys_names_nobody(tmp_path: Path) -> None:
    desk = found_town(on_file(tmp_path / "town.db"))
    desk.group.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    for who in (someone(1), someone(2)):
        for field in ("number", "phone", "full_name", "address"):
            assert str(who[field]).encode() not in held, field
