"""What the commands on contacts with customers share: whose they are, the customers' records, faults."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.contact.local import EAST, WEST
from benyuan.credit_bureau.records import SUBJECT
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.decisions.words import text_faults
from benyuan.payments.records import PERSON
from benyuan.usecases.common import MaybeId, faults_where

CUSTOMER_NEEDS = (
    Need(table=PERSON, by="person", prefix="person"),
    Need(table=BORROWER, by="borrower", prefix="borrower"),
    Need(table=SUBJECT, by="subject", prefix="subject"),
)
HOMES = {"person": "person_institution", "borrower": "borrower_lender", "subject": "subject_bureau"}
"""For each sort of customer the fact that tells whose customer it is."""
DIGEST_DIGITS = 64  # tidy: number hexadecimal digits of a SHA-256
TextDigest: TypeAlias = Annotated[str, msgspec.Meta(min_length=DIGEST_DIGITS, max_length=DIGEST_DIGITS)]
WORDS_CHARACTERS = 200  # tidy: number a length that we chose
Words: TypeAlias = Annotated[str, msgspec.Meta(max_length=WORDS_CHARACTERS)]
HEX = frozenset("0123456789abcdef")
Zone: TypeAlias = Annotated[int, msgspec.Meta(ge=WEST, le=EAST)]


class OfCustomer(Command, frozen=True, kw_only=True):
    """A command about a customer: exactly one of the three is not 0."""

    person: MaybeId = 0
    borrower: MaybeId = 0
    subject: MaybeId = 0


def by_customer(batch: Batch) -> Sequence[NDArray[np.int64]]:
    """What is shared by the commands about one customer."""
    return (batch.integers("person"), batch.integers("borrower"), batch.integers("subject"))


def is_digest(text: str) -> bool:
    """Whether a text is nothing, or a SHA-256 digest."""
    return not text or (len(text) == DIGEST_DIGITS and HEX.issuperset(text))


def digest_faults(batch: Batch, field: str) -> dict[int, Invalid]:
    """A fault for each digest that is not in small hexadecimal digits."""
    wrong = np.array([not HEX.issuperset(text) for text in batch.values(field)], np.bool_)
    return text_faults(wrong, batch, field, "a SHA-256 digest in small hexadecimal digits")


def where_in_force(rule: str, stopped: Callable[[Case], NDArray[np.bool_]]) -> Callable[[Case], NDArray[np.bool_]]:
    """What passes a gate: everything before the rule holds, then whatever is not stopped."""

    def passes(case: Case) -> NDArray[np.bool_]:
        if case.rules.in_force(id=rule, on=case.batch.on) is None:
            return np.ones(len(case.batch), np.bool_)
        return np.asarray(~stopped(case), np.bool_)

    return passes


def facts_at(case: Case, names: Mapping[str, str], place: int) -> dict[str, int]:
    """Figures of a refusal from facts: what each is called there, and the fact."""
    return {shown: int(case.facts[name][place]) for shown, name in names.items()}


def debt_faults(case: Case) -> dict[int, Invalid]:
    """One debt, a loan or an account, and of this borrower; with the facts of both."""
    batch, facts = case.batch, case.facts
    wrong: dict[int, Invalid] = {}
    for name in ("account", "loan"):
        foreign = (batch.integers(name) != 0) & (facts[f"{name}_borrower"] != batch.integers("borrower"))
        wrong |= faults_where(np.asarray(foreign, np.bool_), batch, name, f"one of this borrower's, or 0 for no {name}")
    both = (batch.integers("loan") != 0) == (batch.integers("account") != 0)
    wanted = "a loan or an account, and the other one 0"
    return {**wrong, **faults_where(np.asarray(both, np.bool_), batch, "loan", wanted)}
