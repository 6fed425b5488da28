"""A personal payment account 支付账户 of Class I, II or III.

Sources: PBoC Announcement [2015] No. 43, arts. 7, 8, 11; 银发〔2016〕261号, items 一, 二（十）.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.chart import wallet_accounts
from benyuan.payments.identity import KEPT_DOCUMENT
from benyuan.payments.licences import licence_gate
from benyuan.payments.limits import TRANSFER_RULES
from benyuan.payments.records import (
    INSTITUTION,
    PERSON,
    PERSON_GAINED_WALLET,
    STANDING,
    WALLET,
    WALLET_OPENED,
)
from benyuan.payments.suspension import IDLE, NO_NEW_ACCOUNT
from benyuan.payments.vocabulary import WALLET_CLASS_NUMBER, WalletClass
from benyuan.usecases.common import Count, Id, Truth, numbered, rows
from benyuan.usecases.on_shelf import WALLET_APPROVED, suspended_faults, wallet_on_shelf
from benyuan.values.dates import add_months

CHANNEL_RULES = ("pay.account.class1.channels", "pay.account.class2.channels", "pay.account.class3.channels")
ACCOUNTS_EACH = 2
STANDARD_TRANSFER_FEN = 500_000_000  # tidy: number standard terms, a figure of the house: five million yuan a day
STANDARD_TRANSFER_COUNT = 1_000  # tidy: number standard terms, a figure of the house


@command("open_wallet")
class Open(Command, frozen=True, kw_only=True):
    """Open a wallet for `person`, verified through so many lawful external channels, or face to face.

    `agreed_daily_fen`: the customer's daily limit by agreement for payments with a certificate, over all of the
    customer's wallets, from now on; 0: it stays as it is, and at first there is none. `transfers_agreed`: the customer
    agrees on daily limits of transfers: those given here, or where they are 0 those that hold, at first the standard.
    """

    person: Id
    wallet_class: WalletClass
    channels: Count
    face_to_face: Truth = False
    applied: Truth = True
    balance_notice_confirmed: Truth = True
    agreed_daily_fen: Count = 0
    transfers_agreed: Truth = True
    transfer_daily_fen: Count = 0
    transfer_daily_count: Count = 0


def class_numbers(case: Case) -> NDArray[np.int64]:
    """1, 2 or 3."""
    return np.array([WALLET_CLASS_NUMBER[WalletClass(item)] for item in case.batch.values("wallet_class")], np.int64)


def truths(case: Case, name: str, rule: str) -> NDArray[np.bool_]:
    """A column of truths that a rule asks for."""
    case.rules.value(id=rule, on=case.batch.on)
    return np.array(case.batch.values(name), np.bool_)


def verified_enough(number: int) -> Gate:
    """Art. 11: a class asks for so many channels; Class II and III may instead be verified face to face."""
    rule = CHANNEL_RULES[number - 1]

    def passes(case: Case) -> NDArray[np.bool_]:
        value = case.rules.value(id=rule, on=case.batch.on)
        enough = case.batch.integers("channels") >= value.count
        if value.parameters.flag("face_to_face_instead"):
            enough = enough | np.array(case.batch.values("face_to_face"), np.bool_)
        met: NDArray[np.bool_] = enough | (class_numbers(case) != number)
        return met

    def figures(case: Case, place: int) -> dict[str, int]:
        needed = case.rules.value(id=rule, on=case.batch.on).count
        return {"channels_needed": needed, "channels_given": int(case.batch.integers("channels")[place])}

    return Gate(rule=rule, passes=passes, figures=figures, applies=lambda case: class_numbers(case) == number)


def first_account(case: Case) -> NDArray[np.bool_]:
    """Art. 11(1): Class I is for a customer's first account at the institution."""
    case.rules.value(id="pay.account.class1.first_account", on=case.batch.on)
    passes: NDArray[np.bool_] = (class_numbers(case) != 1) | (case.facts["person_wallets"] == 0)
    return passes


def one_class3(case: Case) -> NDArray[np.bool_]:
    """261号 item 一(一)2: one Class III account a person and institution."""
    third: NDArray[np.bool_] = class_numbers(case) == WALLET_CLASS_NUMBER[WalletClass.III]
    if not third.any():
        return np.ones(len(case.batch), np.bool_)
    most = case.rules.value(id="pay.account.class3.count", on=case.batch.on).count
    passes: NDArray[np.bool_] = ~third | (case.facts["person_class3_wallets"] < most)
    return passes


CLASS3_COUNT = Gate(
    rule="pay.account.class3.count",
    passes=one_class3,
    applies=lambda case: class_numbers(case) == WALLET_CLASS_NUMBER[WalletClass.III],
)


def asks_for_limits(case: Case) -> NDArray[np.bool_]:
    """Whether a text asks for an agreement on transfers on the day."""
    return np.full(len(case.batch), case.rules.in_force(id=TRANSFER_RULES[0], on=case.batch.on) is not None)


def transfer_limit(case: Case, name: str, standard: int) -> NDArray[np.int64]:
    """What is agreed on transfers from now on: what was given, else what held before, else the standard terms."""
    if not asks_for_limits(case).any():
        return np.zeros(len(case.batch), np.int64)
    given, held = case.batch.integers(name), case.facts[f"person_{name}"]
    return np.where(given > 0, given, np.where(held > 0, held, standard))


def idle_due_on(case: Case) -> int:
    """The last day for a first trade of what is opened on the day; 0 where no rule asked for one yet."""
    value = case.rules.in_force(id=IDLE, on=case.batch.on)
    return add_months(case.batch.on, value.count) if value else 0


class OpenWallet(UseCase):
    """Opens wallets, each with a balance and a lifetime usage."""

    command = Open
    needs = (
        Need(table=PERSON, by="person", prefix="person"),
        Need(table=INSTITUTION, by="person_institution", prefix="institution"),
        Need(table=STANDING, by="person_institution", prefix="standing"),
        *wallet_on_shelf("person_institution"),
    )
    gates = (
        licence_gate(business="internet_payment"),
        *WALLET_APPROVED,
        KEPT_DOCUMENT,
        *NO_NEW_ACCOUNT,
        Gate(
            rule="pay.account.on_application",
            passes=lambda case: truths(case, "applied", "pay.account.on_application"),
        ),
        Gate(
            rule="pay.agreement.balance_notice",
            passes=lambda case: truths(case, "balance_notice_confirmed", "pay.agreement.balance_notice"),
        ),
        Gate(
            rule=TRANSFER_RULES[0],
            passes=lambda case: ~asks_for_limits(case) | np.array(case.batch.values("transfers_agreed"), np.bool_),
            applies=asks_for_limits,
        ),
        *(verified_enough(number) for number in WALLET_CLASS_NUMBER.values()),
        Gate(
            rule="pay.account.class1.first_account",
            passes=first_account,
            applies=lambda case: class_numbers(case) == WALLET_CLASS_NUMBER[WalletClass.I],
        ),
        CLASS3_COUNT,
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """How many wallets a person has is shared by openings."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The wallet is not suspended on the register."""
        return suspended_faults(case, field="person")

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """Two accounts each."""
        return wallet_accounts(books=case.facts["institution_book"][goes_on])

    def record(self, decided: Decided) -> Recorded:
        """The wallet, and the person's count of wallets."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[WALLET.name])
        account = numbered(accepted, facts.next_account, step=ACCOUNTS_EACH)
        number = class_numbers(case)
        wallet = {
            "id": ids,
            "institution": facts["person_institution"],
            "person": batch.integers("person"),
            "class": number,
            "account": account,
            "lifetime_usage": account + 1,
            "real_name": 1,
            "opened_on": batch.on,
            "stops": 0,
            "idle_due_on": idle_due_on(case),
            "idle": 0,
            "closed_on": 0,
            "closed_to": 0,
            "freezes": 0,
            "short_fen": 0,
        }
        agreed = batch.integers("agreed_daily_fen")
        third = number == WALLET_CLASS_NUMBER[WalletClass.III]
        person = {
            "id": batch.integers("person"),
            "wallets": facts["person_wallets"] + 1,
            "class3_wallets": facts["person_class3_wallets"] + third,
            "agreed_daily_fen": np.where(agreed > 0, agreed, facts["person_agreed_daily_fen"]),
            "transfer_daily_fen": transfer_limit(case, "transfer_daily_fen", STANDARD_TRANSFER_FEN),
            "transfer_daily_count": transfer_limit(case, "transfer_daily_count", STANDARD_TRANSFER_COUNT),
        }
        return Recorded(
            results={"wallet": ids, "account": account},
            events=[
                *event(WALLET_OPENED, rows(accepted, **wallet)),
                *event(PERSON_GAINED_WALLET, rows(accepted, **person)),
            ],
        )
