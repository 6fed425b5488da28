"""The key facts of a loan shown to a borrower: the yearly rate more conspicuous than any other figure.

Sources: PBoC Order [2020] No. 5, arts. 16 (3), 17; PBoC Announcement [2021] No. 3 (prominence); CBIRC Order 2022 No. 9,
art. 22; Order 2024 No. 4, art. 53. Order of checks: the rate is there; it has rank 1, and no other figure has. Worked:
"annual-rate=1, daily-rate=2" passes; "daily-rate=1, annual-rate=1" is refused. The sheet of all costs is another one,
`cost_sheet`, and may be named here by its digest.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.contact.ranks import ranks_of, stands_alone_first
from benyuan.consumer_protection.contact.records import KEY_FACTS, KEY_FACTS_CONFIRMED, KEY_FACTS_SHOWN
from benyuan.consumer_protection.contact.vocabulary import (
    LANGUAGE_NUMBER,
    LOAN_SORT_NUMBER,
    KeyFigure,
    LoanSort,
    SheetLanguage,
)
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import text_faults
from benyuan.usecases.common import Count, Id, faults_where, numbered, rows
from benyuan.usecases.lending.shared import Digest
from benyuan.usecases.protection.contact.shared import TextDigest, Words, digest_faults, where_in_force

SHOWN, PROMINENT = "cp.nfra.apr", "apr.disclose"


@command("show_key_facts")
class KeyFacts(Command, frozen=True, kw_only=True):
    """Show `borrower` version `sheet_version` of the key facts of a product; the text has this digest.

    `annual_rate_ppm`: the yearly rate on it. `ranks`: its figures by conspicuousness, as "annual-rate=1, term=3".
    `cost_sheet`: the digest of the sheet of all costs that was shown with it, empty for none.
    """

    borrower: Id
    product_sort: LoanSort
    language: SheetLanguage = SheetLanguage.zh
    sheet_version: Id
    text_digest: TextDigest
    annual_rate_ppm: Count
    ranks: Words
    cost_sheet: Digest = ""


def _without_rate(case: Case) -> NDArray[np.bool_]:
    found = [ranks_of(text) or {} for text in case.batch.values("ranks")]
    return np.array([KeyFigure.annual_rate.value not in ranks for ranks in found], np.bool_)


def _outshone(case: Case) -> NDArray[np.bool_]:
    figures = [ranks_of(text) or {} for text in case.batch.values("ranks")]
    return np.array([not stands_alone_first(ranks, KeyFigure.annual_rate) for ranks in figures], np.bool_)


class ShowKeyFacts(UseCase):
    """Keeps which version was shown to whom."""

    command = KeyFacts
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"),)
    gates = (
        Gate(rule=SHOWN, passes=where_in_force(SHOWN, _without_rate)),
        Gate(
            rule=PROMINENT,
            passes=where_in_force(PROMINENT, _outshone),
            figures=lambda case, place: {"ranks": str(case.batch.values("ranks")[place])},
        ),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Figures with ranks."""
        batch = case.batch
        wrong = np.array([ranks_of(text) is None for text in batch.values("ranks")], np.bool_)
        wanted = "figures with ranks from 1 on, as annual-rate=1, term=3; figures: " + ", ".join(KeyFigure)
        return {**text_faults(wrong, batch, "ranks", wanted), **digest_faults(batch, "text_digest")}

    def record(self, decided: Decided) -> Recorded:
        """What was shown."""
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


@command("confirm_key_facts")
class KeyFactsConfirmed(Command, frozen=True, kw_only=True):
    """The borrower confirms to have read what was shown as number `key_facts`."""

    key_facts: Id


class ConfirmKeyFacts(UseCase):
    """Notes the place in the log."""

    command = KeyFactsConfirmed
    needs = (Need(table=KEY_FACTS, by="key_facts", prefix="shown"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A showing is confirmed once."""
        return (batch.integers("key_facts"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It was not confirmed before."""
        done = np.asarray(case.facts["shown_confirmed"] != 0, np.bool_)
        return faults_where(done, case.batch, "key_facts", "key facts that were not confirmed before")

    def record(self, decided: Decided) -> Recorded:
        """Confirmed by this command."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("key_facts"), confirmed=batch.position)
        return Recorded(results={}, events=event(KEY_FACTS_CONFIRMED, columns))
