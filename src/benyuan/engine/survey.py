"""What a close of day looks at: the sums of a book, and what each customer took in and paid out that day.

Flows are read from the day's accepted commands: a payment is money out for its payer, whether from balance or card
(银发〔2018〕163号, items 二 and 三), and money in for its merchant.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.facts import MONEY
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.reading import Opened, Reader
from benyuan.engine.records import Records
from benyuan.ledger import Ledger
from benyuan.payments.chart import AccountCode
from benyuan.payments.large_values import IN, MERCHANT, OUT, PERSON

Columns = dict[str, NDArray[np.int64]]

FLOWS: dict[str, tuple[tuple[str, int, int, tuple[str, ...]], ...]] = {
    "pay": (
        ("payer", PERSON, OUT, ("balance_fen", "card_fen")),
        ("merchant", MERCHANT, IN, ("balance_fen", "card_fen")),
    ),
    "transfer": (("payer", PERSON, OUT, ("amount_fen",)), ("payee", PERSON, IN, ("amount_fen",))),
    "top_up": (("wallet", PERSON, IN, ("amount_fen",)),),
    "withdraw": (("wallet", PERSON, OUT, ("amount_fen",)),),
    "credit_wallet": (("wallet", PERSON, IN, ("amount_fen",)),),
    "settle": (("merchant", MERCHANT, OUT, ("settled_fen",)),),
}
"""For each kind of command: the column of the customer's wallet or merchant, its kind, the side, what is summed."""


def survey(
    *, batch: Batch, facts: Columns, ledger: Ledger, reader: Reader, records: Records
) -> tuple[Columns, Columns]:
    """Sums of the book as columns `book_<kind of account>` (posted debits less credits, fen), and the day's flows."""
    book = int(facts["institution_book"][0])
    institution = int(batch.integers("institution")[0])
    sums = {f"book_{code.name}": np.zeros(len(batch), np.int64) for code in AccountCode}
    for line in ledger.trial_balance(book=book, unit=MONEY):
        sums[f"book_{AccountCode(line.code).name}"][:] = line.debits_posted - line.credits_posted
    closed = records.tables["closed_day"]
    mine = closed.column("institution") == institution
    sums["book_last_closed"] = np.full(len(batch), closed.column("date")[mine].max(initial=0))
    date = int(batch.integers("date")[0])
    return sums, _flows(
        date=date, institution=institution, before=int(batch.position[0]), reader=reader, records=records
    )


def _flows(*, date: int, institution: int, before: int, reader: Reader, records: Records) -> Columns:
    wallets, merchants = records.tables["wallet"], records.tables["merchant"]
    people = records.tables["person"].count + 1
    totals = {
        (PERSON, IN): np.zeros(people, np.int64),
        (PERSON, OUT): np.zeros(people, np.int64),
        (MERCHANT, IN): np.zeros(merchants.count + 1, np.int64),
        (MERCHANT, OUT): np.zeros(merchants.count + 1, np.int64),
    }
    for opened in _blocks_of(date=date, before=before, reader=reader):
        accepted = opened.status == Outcome.accepted
        for column, kind, direction, sources in FLOWS.get(opened.block.kind, ()):
            ids = opened.batch().integers(column)[accepted]
            home = wallets if kind == PERSON else merchants
            mine = home.column("institution")[ids] == institution
            subject = wallets.column("person")[ids] if kind == PERSON else ids
            amount = np.sum([_amounts(opened, source) for source in sources], axis=0)[accepted]
            np.add.at(totals[kind, direction], subject[mine], amount[mine])
    return _listed(totals)


def _amounts(opened: Opened, name: str) -> NDArray[np.int64]:
    if name in opened.outcome["results"]:
        return opened.integers("results", name)
    columns = opened.batch().columns
    if name in columns:
        return opened.batch().integers(name)
    return np.zeros(opened.block.commands, np.int64)  # nothing of the block was accepted, so it has no results


def _blocks_of(*, date: int, before: int, reader: Reader) -> Iterator[Opened]:
    """The blocks whose commands are of one day, from the newest back."""
    position = before - 1
    while position > 0:
        opened = reader.at_position(position)
        on = opened.batch().on
        if on < date:
            return
        if on == date:
            yield opened
        position = opened.block.first_position - 1


def _listed(totals: dict[tuple[int, int], NDArray[np.int64]]) -> Columns:
    listed: dict[str, list[NDArray[np.int64]]] = {
        name: [] for name in ("subject_kind", "subject", "direction", "amount_fen")
    }
    for (kind, direction), amounts in totals.items():
        subjects = np.flatnonzero(amounts)
        listed["subject_kind"].append(np.full(len(subjects), kind))
        listed["subject"].append(subjects)
        listed["direction"].append(np.full(len(subjects), direction))
        listed["amount_fen"].append(amounts[subjects])
    return {name: np.concatenate(parts).astype(np.int64) for name, parts in listed.items()}
