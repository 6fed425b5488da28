"""Bad input is an answer that names the field, the value and the constraint; never a traceback, and nothing moves.

Worked: a payment of -5 fen is invalid: amount_fen, -5, "an integer from 1 to 9223372036854775807".
"""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from benyuan.decisions.commands import Command
from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.ledger import AMOUNT_MAX
from benyuan.payments.vocabulary import Authentication, Channel, CreditReason, Rating, WalletClass
from benyuan.simulate.identities import credit_code, someone
from benyuan.usecases.agree_transfer_limits import AgreeTransfers
from benyuan.usecases.bind_bank_account import Bind
from benyuan.usecases.clear import Clearing
from benyuan.usecases.close_day import Close
from benyuan.usecases.credit_wallet import Credit
from benyuan.usecases.file_duty import File
from benyuan.usecases.fund import FundOwn
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.pay import Pay
from benyuan.usecases.record_standing import Standing
from benyuan.usecases.refund import Refund
from benyuan.usecases.register_institution import Register
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.settle import Settle
from benyuan.usecases.top_up import TopUp
from benyuan.usecases.transfer import Transfer
from benyuan.usecases.withdraw import Withdraw
from tests.unit.engine.groups import CLIENT, Desk, pay, town

TOO_LARGE = 1 << 63
NOT_AMOUNTS: tuple[Any, ...] = (
    *(0, -1, -AMOUNT_MAX - 1, TOO_LARGE, (1 << 64) - 1, 1 << 64, 10**40, -(10**40)),
    *(1.0, 1.5, float("nan"), float("inf"), Decimal("1.50"), Fraction(3, 2), 1j),
    *(None, True, "", "100", "一百", "1e3", b"100", [100], [], {"fen": 100}, (1,), {1}, object()),
    *(np.float64(1.5), np.bool_(True), np.array([1, 2])),
)
TWO_KINDS = Authentication.two_kinds


def invalid(answer: Answer, field: str) -> bool:
    """Whether the answer names this field, and a constraint in words."""
    assert answer.outcome is Outcome.invalid, answer
    assert answer.invalid is not None
    assert answer.results == {}
    assert answer.refusal is None
    assert answer.invalid.constraint
    assert answer.invalid.text()
    return answer.invalid.field == field


def name_of(value: Any) -> str:
    """A test's name."""
    return f"{type(value).__name__} {value!r}"[:40].partition(" at ")[0]


def check_nothing_has_moved(desk: Desk, legs: int) -> None:
    """The command is in the log, and the group goes on."""
    assert desk.group.ledger.leg_count == legs
    assert desk.one(pay(100)).accepted


@pytest.mark.parametrize("amount", NOT_AMOUNTS, ids=name_of)
def test_not_an_amount(amount: Any) -> None:
    desk = town()
    legs, position = desk.group.ledger.leg_count, desk.group.position
    answer = desk.one(pay(amount), key="k")
    assert invalid(answer, "amount_fen")
    assert answer.invalid is not None
    assert answer.invalid.constraint == f"an integer from 1 to {AMOUNT_MAX}"
    assert answer.position == position + 1
    assert invalid(desk.group.answer(answer.position), "amount_fen")
    again = desk.one(pay(amount), key="k")
    assert again.repeated
    assert invalid(again, "amount_fen")
    check_nothing_has_moved(desk, legs)


@pytest.mark.parametrize("amount", NOT_AMOUNTS, ids=name_of)
def test_not_an_amount_beside_sound_ones(amount: Any) -> None:
    desk = town()
    answers = desk.ask(pay(1), pay(amount), pay(2), pay(amount, payer=99), pay(4))
    assert [answer.outcome.name for answer in answers] == ["accepted", "invalid", "accepted", "invalid", "accepted"]
    assert invalid(answers[1], "amount_fen")
    assert desk.of_merchant(1) == 7


@pytest.mark.parametrize("amount", [1, 10_000, 10_001, 1 << 32, AMOUNT_MAX - 1, AMOUNT_MAX])
@pytest.mark.parametrize("bank_account", [0, 3])
def test_amounts_up_to_the_largest(amount: int, bank_account: int) -> None:
    desk = town()
    answer = desk.one(pay(amount, bank_account=bank_account))
    if bank_account and amount > AMOUNT_MAX - 20_000:  # more than fits beside what the clearing house owes already
        assert invalid(answer, "amount_fen")
    else:
        assert answer.accepted == (amount <= 10_000 or bank_account == 3)
        assert answer.accepted or answer.refusal is not None
    assert desk.of_wallet(1) == (10_000 - min(amount, 10_000) if answer.accepted else 10_000)


@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize(
    "command",
    [
        TopUp(wallet=1, bank_account=3, amount_fen=AMOUNT_MAX),
        FundOwn(institution=1, amount_fen=AMOUNT_MAX),
        pay(AMOUNT_MAX, bank_account=3),
        Clearing(institution=1, reference="one", received_fen=AMOUNT_MAX, paid_fen=AMOUNT_MAX),
        Clearing(institution=1, reference="one", received_fen=0, paid_fen=AMOUNT_MAX),
        Withdraw(wallet=1, bank_account=3, amount_fen=AMOUNT_MAX),
        Transfer(payer=1, payee=2, amount_fen=AMOUNT_MAX, authentication=TWO_KINDS),
        Credit(wallet=1, amount_fen=AMOUNT_MAX, reason=CreditReason.compensation),
        Close(institution=1, date=20260501, statement_fen=AMOUNT_MAX),
    ],
    ids=lambda value: value.kind if isinstance(value, Command) else str(value),
)
def test_more_than_a_balance_can_hold(command: Command, times: int) -> None:
    """Sums past 2**63 - 1 are refused or invalid, one by one and all together."""
    apart, together = town(), town()
    one_by_one = [apart.one(command) for _ in range(times)]
    at_once = list(together.ask(*[command] * times))
    assert [answer.outcome for answer in one_by_one] == [answer.outcome for answer in at_once]
    for answer in one_by_one:
        assert answer.outcome is not Outcome.unlogged
        assert answer.accepted or answer.refusal is not None or answer.invalid is not None


def test_overflow_beside_sound_commands() -> None:
    desk = town()
    desk.done(AgreeTransfers(person=1, transfer_daily_fen=AMOUNT_MAX, transfer_daily_count=9))
    most = TopUp(wallet=1, bank_account=3, amount_fen=AMOUNT_MAX - 30_000)
    answers = desk.ask(most, TopUp(wallet=2, bank_account=4, amount_fen=1), most)
    assert [answer.accepted for answer in answers] == [True, True, False]
    assert desk.of_wallet(2) == 10_001


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (pay(1, payer=0), "payer"),
        (pay(1, payer=-1), "payer"),
        (pay(1, payer=99), "payer"),
        (pay(1, payer=TOO_LARGE), "payer"),
        (pay(1, payer=AMOUNT_MAX), "payer"),
        (pay(1, merchant=99), "merchant"),
        (pay(1, merchant=0), "merchant"),
        (pay(1, bank_account=99), "bank_account"),
        (pay(1, bank_account=-1), "bank_account"),
        (pay(1, memo="x" * 201), "memo"),
        (pay(1, memo=None), "memo"),
        (pay(1, memo=7), "memo"),
        (pay(1, memo="lone surrogate \ud800"), "memo"),
        (Refund(payment=99, amount_fen=1), "payment"),
        (Refund(payment=1, amount_fen=1), "payment"),
        (Refund(payment=AMOUNT_MAX, amount_fen=1), "payment"),
        (Settle(merchant=9), "merchant"),
        (File(duty=1), "duty"),
        (Person(institution=2, **someone(9)), "institution"),
        (Bind(person=9, mandate=True), "person"),
        (Bind(person=1, mandate=1), "mandate"),  # type: ignore[arg-type]
        (Bind(person=1, mandate="yes"), "mandate"),  # type: ignore[arg-type]
        (Open(person=9, wallet_class=WalletClass.II, channels=3), "person"),
        (Open(person=1, wallet_class="IV", channels=3), "wallet_class"),  # type: ignore[arg-type]
        (Open(person=1, wallet_class=WalletClass.II, channels=-1), "channels"),
        (Standing(institution=1, from_date=20260101, licences=16), "licences"),
        (Standing(institution=1, from_date=20260101, licences=1, rating="F"), "rating"),  # type: ignore[arg-type]
        (Merchant(institution=1, kind_of_merchant="person", code=credit_code(1)), "kind_of_merchant"),  # type: ignore[arg-type]
        (Register(name=""), "name"),
        (Register(name="x" * 201), "name"),
        (Clearing(institution=1, reference="one", received_fen=-1, paid_fen=0), "received_fen"),
    ],
)
def test_the_field_at_fault_is_named(command: Command, field: str) -> None:
    desk = town()
    legs = desk.group.ledger.leg_count
    assert invalid(desk.one(command), field)
    check_nothing_has_moved(desk, legs)


@pytest.mark.parametrize(
    "channel", ["by post", "", None, 1, 1.5, ["online"], {"online"}, TWO_KINDS, Rating.A, WalletClass.I], ids=name_of
)
def test_not_a_channel(channel: Any) -> None:
    desk = town()
    legs = desk.group.ledger.leg_count
    command = Pay(payer=1, merchant=1, amount_fen=1, channel=channel, authentication=TWO_KINDS)
    assert invalid(desk.one(command), "channel")
    check_nothing_has_moved(desk, legs)


@pytest.mark.parametrize("date", [0, 20261301, 20260230, 99999999, AMOUNT_MAX])
def test_a_date_that_does_not_exist(date: int) -> None:
    desk = town()
    answer = desk.one(Close(institution=1, date=date, statement_fen=0))
    assert answer.outcome in {Outcome.refused, Outcome.invalid}
    standing = desk.one(Standing(institution=1, from_date=date, licences=1))
    assert standing.outcome in {Outcome.accepted, Outcome.invalid}
    assert desk.group.position == standing.position


def test_the_first_field_at_fault_in_the_commands_own_order() -> None:
    answer = town().one(pay(0, payer=0, merchant=-1, memo="x" * 500))
    assert invalid(answer, "payer")


@pytest.mark.parametrize(("client", "key"), [("a\ud800", "k"), ("a", "k\ud800"), ("a", "k" * 100_000), ("a", "\0")])
def test_odd_texts_as_keys(client: str, key: str) -> None:
    """Accepted and found again, or not logged with the field named."""
    desk = town()
    answer = desk.one(pay(100), client=client, key=key)
    if answer.outcome is Outcome.unlogged:
        assert answer.invalid is not None
        assert answer.invalid.field == ("client" if len(client) > 1 else "key")
    else:
        assert desk.one(pay(100), client=client, key=key).position == answer.position
    assert desk.one(pay(100)).accepted


def test_a_number_of_numpys_is_one() -> None:
    """Results come as NumPy's integers, and go into the next command; sent again as a plain one it is the same."""
    desk = town()
    first = desk.one(pay(np.int64(100)), key="k")
    assert first.accepted
    assert desk.one(pay(100), key="k").position == first.position
    malformed = desk.one(pay(np.int64(0)), key="m")
    assert invalid(malformed, "amount_fen")
    assert desk.one(pay(0), key="m").position == malformed.position


# ---- given as columns -----------------------------------------------------------------------------------------------

SOUND: dict[str, Any] = {
    "payer": [1, 2],
    "merchant": [1, 1],
    "amount_fen": [1, 2],
    "channel": [Channel.online.value] * 2,
    "authentication": [TWO_KINDS.value] * 2,
}


def ask_columns(desk: Desk, **changed: Any) -> list[Answer]:
    """Two payments, with these columns changed; None: left out."""
    columns = {name: column for name, column in (SOUND | changed).items() if column is not None}
    return list(desk.group.execute_columns(kind="pay", columns=columns, client=CLIENT, keys=["a", "b"]))


@pytest.mark.parametrize("name", SOUND)
def test_a_column_that_is_required(name: str) -> None:
    for answer in ask_columns(town(), **{name: None}):
        assert invalid(answer, name)


def test_a_column_that_the_command_has_not() -> None:
    for answer in ask_columns(town(), colour=["red", "blue"]):
        assert invalid(answer, "colour")


@pytest.mark.parametrize(
    ("column", "outcomes"),
    [
        (np.array([1, 2]), "accepted accepted"),
        (np.array([1, 2], np.uint8), "accepted accepted"),
        (np.array([1, 2], ">i4"), "accepted accepted"),
        (np.array([1, TOO_LARGE], np.uint64), "accepted invalid"),
        (np.array([1.0, 2.0]), "invalid invalid"),
        (np.array([1, None]), "accepted invalid"),
        (np.array(["1", "2"]), "invalid invalid"),
        (np.array([True, False]), "invalid invalid"),
        ([1, "2"], "accepted invalid"),
        ((1, 2), "accepted accepted"),
        ([np.int64(1), np.uint8(2)], "accepted accepted"),
        ([np.uint64(TOO_LARGE), np.bool_(True)], "invalid invalid"),
        ([np.float64(1), np.int64(0)], "invalid invalid"),
    ],
    ids=lambda value: str(getattr(value, "dtype", value)),
)
def test_columns_of_every_make(column: Any, outcomes: str) -> None:
    answers = ask_columns(town(), amount_fen=column)
    assert [answer.outcome.name for answer in answers] == outcomes.split()
    assert all(answer.accepted or invalid(answer, "amount_fen") for answer in answers)


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("amount_fen", [1]),
        ("amount_fen", [1, 2, 3]),
        ("amount_fen", np.array([1, 2, 3])),
        ("amount_fen", []),
        ("amount_fen", np.array([[1, 2], [3, 4]])),
        ("channel", ["online"]),
        ("channel", ["online"] * 3),
        ("memo", ["lunch"]),
        ("memo", ["lunch"] * 3),
        ("amount_fen", 5),
        ("channel", True),
        ("amount_fen", np.array(5)),
    ],
)
def test_columns_that_differ_in_length_are_the_callers_mistake(name: str, column: Any) -> None:
    """No answer could say which command is at fault: a ValueError that names the column, and the group goes on."""
    desk = town()
    head = desk.group.head
    with pytest.raises(ValueError, match=name):
        ask_columns(desk, **{name: column})
    assert desk.group.head == head
    assert desk.one(pay(100)).accepted


@pytest.mark.parametrize("at", [[1], [1, 2, 3], [1.5, 2.5], ["now", "then"], [None, None]])
def test_times_that_are_no_column_are_the_callers_mistake(at: Any) -> None:
    desk = town()
    head = desk.group.head
    with pytest.raises(ValueError, match=r"\bat\b"):
        desk.group.execute_columns(kind="pay", columns=SOUND, client=CLIENT, keys=["a", "b"], at=at)
    assert desk.group.head == head
    assert desk.one(pay(100)).accepted
