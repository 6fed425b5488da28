"""What the commands share by which a borrower is shown key facts: the text made from figures, its digest, the rows.

Sources: PBoC Order [2020] No. 5, arts. 16 (3), 17, 21; PBoC Announcement [2021] No. 3 (prominence); CBIRC Order 2022
No. 9, art. 22; Order 2024 No. 4, art. 53. The system makes the text itself, from the terms and by the template of the
day; the digest that comes with the command is that of what stood on the screen, and must be that of this text. So the
yearly rate on it is the offer's. Order of checks: the rate stands in the template; nothing stands out as much.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import LENDER_NAME, PARTNER_NAME
from benyuan.consumer_protection.contact.records import KEY_FACTS, KEY_FACTS_SHOWN
from benyuan.consumer_protection.contact.vocabulary import LANGUAGE_NUMBER, LOAN_SORT_NUMBER, LoanSort, SheetLanguage
from benyuan.consumer_protection.key_facts.loader import templates, version_on
from benyuan.consumer_protection.key_facts.records import ABOUT, FIGURES, FIGURES_SHOWN
from benyuan.consumer_protection.key_facts.rendering import digest_of, rendered
from benyuan.consumer_protection.key_facts.template import Line, has_rate, outshining
from benyuan.decisions.commands import Command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import text_faults
from benyuan.usecases.common import MEMO_CHARACTERS, Id, faults_where, numbered, rows
from benyuan.usecases.lending.key_figures import PPB_OF_PPM, FiguresOf, clock_figures
from benyuan.usecases.protection.contact.shared import TextDigest, digest_faults, where_in_force

SHOWN, PROMINENT = "cp.nfra.apr", "apr.disclose"
Name: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=MEMO_CHARACTERS)]
MaybeName: TypeAlias = Annotated[str, msgspec.Meta(max_length=MEMO_CHARACTERS)]
NAMES = ("lender_name", "partner_name", "guarantor_name")


class Showing(Command, frozen=True, kw_only=True):
    """`borrower` has key facts on the screen; `text_digest`: the SHA-256 of the text that is shown, whole.

    The names are those under which lender and partners are registered; the time is the log's own.
    """

    borrower: Id
    language: SheetLanguage = SheetLanguage.zh
    text_digest: TextDigest
    lender_name: Name


def _lines(case: Case, sort: LoanSort) -> tuple[Line, ...]:
    version = version_on(case.batch.on)
    return templates()[version].lines(sort.value) if version else ()


def prominence_gates(sort: LoanSort) -> tuple[Gate, ...]:
    """The template of the day has the yearly rate, and nothing as conspicuous."""

    def without_rate(case: Case) -> NDArray[np.bool_]:
        return np.full(len(case.batch), not any(map(has_rate, _lines(case, sort))), np.bool_)

    def outshone(case: Case) -> NDArray[np.bool_]:
        return np.full(len(case.batch), bool(outshining(_lines(case, sort))), np.bool_)

    return (
        Gate(rule=SHOWN, passes=where_in_force(SHOWN, without_rate)),
        Gate(rule=PROMINENT, passes=where_in_force(PROMINENT, outshone)),
    )


class ShowFacts(UseCase, ABC):
    """Holds the digest against the text, and keeps the figures of which it was made. What they are, each sort says."""

    sort: LoanSort

    @abstractmethod
    def ready(self, case: Case) -> NDArray[np.bool_]:
        """Where figures can be made: what they are about is there, and of this borrower."""

    @abstractmethod
    def figures(self, case: Case) -> FiguresOf:
        """What tells those of one command, of `ABOUT` and `FIGURES`; those that are left out are 0."""

    @abstractmethod
    def bad(self, case: Case) -> dict[int, Invalid]:
        """Faults of what it is about."""

    def whole(self, case: Case, places: Sequence[int]) -> list[dict[str, int]]:
        """All figures of these commands."""
        usual = dict.fromkeys((*ABOUT, *FIGURES), 0)
        usual |= {**clock_figures(case.rules, on=case.batch.on), "made_on": case.batch.on}
        figures = self.figures(case) if places else None
        return [{**usual, **figures(place)} for place in places] if figures else []

    def texts(self, case: Case, places: Sequence[int]) -> list[str]:
        """The texts of these commands, whose figures can be made."""
        batch, columns = case.batch, case.batch.columns
        return [
            rendered(
                templates()[version_on(batch.on)],
                document=self.sort.value,
                language=SheetLanguage(batch.values("language")[place]).value,
                figures=figures,
                names={name: str(columns[name][place]) if name in columns else "" for name in NAMES},
            )
            for place, figures in zip(places, self.whole(case, places), strict=True)
        ]

    def faults(self, case: Case) -> dict[int, Invalid]:
        """What it is about, the names, and then the digest: that of the text that the terms make."""
        batch = case.batch
        before = {**digest_faults(batch, "text_digest"), **self.named(case), **self.bad(case)}
        given, wrong = batch.values("text_digest"), np.zeros(len(batch), np.bool_)
        places = [place for place in np.flatnonzero(self.ready(case)).tolist() if place not in before]
        for place, text in zip(places, self.texts(case, places), strict=True):
            wrong[place] = given[place] != digest_of(text)
        wanted = "the SHA-256 of the key facts as the terms and the template of the day make them"
        return {**text_faults(wrong, batch, "text_digest", wanted), **before}

    def named(self, case: Case) -> dict[int, Invalid]:
        """A fault for each lender's name that is not the registered one; older registers have none."""
        return name_faults(case, "lender_name")

    def record(self, decided: Decided) -> Recorded:
        """What was shown, and its figures."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[KEY_FACTS.name])
        made = self.whole(case, np.flatnonzero(accepted).tolist())
        rates = np.zeros(len(batch), np.int64)
        rates[accepted] = [-(-each["annual_ppb"] // PPB_OF_PPM) for each in made]
        columns: dict[str, Any] = {
            "borrower": batch.integers("borrower"),
            "sort": LOAN_SORT_NUMBER[self.sort.value],
            "language": batch.numbers("language", LANGUAGE_NUMBER),
            "version": version_on(batch.on),
            "rate_ppm": rates,
            "text": batch.text_numbers("text_digest"),
            "shown_on": batch.on,
            "position": batch.position,
            "confirmed": 0,
        }
        shown: dict[str, Any] = {name: [each[name] for each in made] for name in (*ABOUT, *FIGURES)}
        shown |= {"id": ids[accepted], "shown_at": batch.at[accepted]}
        return Recorded(
            results={"key_facts": ids, "annual_rate_ppm": rates},
            events=[*event(KEY_FACTS_SHOWN, rows(accepted, id=ids, **columns)), *event(FIGURES_SHOWN, shown)],
        )


def lender_name_need(by: str) -> Need:
    """The number of the name of the lender whose number stands in `by`."""
    return Need(table=LENDER_NAME, by=by, prefix="lender_name")


def partner_name_need(by: str, name: str) -> Need:
    """The same of a partner; `name`: the field that has the name."""
    return Need(table=PARTNER_NAME, by=by, prefix=name)


def name_faults(case: Case, field: str) -> dict[int, Invalid]:
    """A fault for each name that is another than the one on the register."""
    other = case.facts.found(field) & (case.facts[f"{field}_name"] != case.batch.text_numbers(field))
    return text_faults(np.asarray(other, np.bool_), case.batch, field, "the name that was registered")


def partner_faults(case: Case, *, of: str, field: str) -> dict[int, Invalid]:
    """A fault for each partner without a name or name without one; `of`: the fact or field that has the partner."""
    batch = case.batch
    numbers = batch.integers(of) if of in batch.columns else case.facts[of]
    given = np.array([bool(name) for name in batch.values(field)], np.bool_)
    wanted = "the name of who is named beside, empty for nobody"
    return {**text_faults((numbers != 0) != given, batch, field, wanted), **name_faults(case, field)}


def borrower_faults(case: Case, *, of: str, field: str, what: str) -> dict[int, Invalid]:
    """A fault for each thing that is another borrower's; `of`: the fact that has whose it is."""
    others = case.facts[of] != case.batch.integers("borrower")
    return faults_where(np.asarray(others, np.bool_), case.batch, field, f"{what} of this borrower's")
