"""Word of a data incident has been given: to the central bank's branch, to the customers, or to the authority.

Sources: PBoC Order [2020] No. 5, art. 34; PIPL, art. 57. The moment is that of the command. What is due at once has no
hours: how many minutes it took is told, and it is late once its day is over. The notice to the authority and to the
people has what art. 57 lists; of the branch's the order lists nothing. Its texts are sealed, and the log learns which
there are.
Worked number: due on 2026-03-05 at 10:00, told at 10:00 it is in time, a microsecond later it is late.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import NOTICE
from benyuan.consumer_protection.claims.records import DATA_INCIDENT, DATA_INCIDENT_CHANGED
from benyuan.consumer_protection.claims.words import NOTICE_BITS, NoticeItem, Told
from benyuan.consumer_protection.contact.vocabulary import DATA_BITS
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, Identity, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import sum_of, sums, word_faults
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.shared import changed, lateness
from benyuan.usecases.protection.contact.shared import Words as ListedWords

US_A_MINUTE = 60_000_000  # tidy: number microseconds in a minute
TEXT_CHARACTERS = 1_000  # tidy: number a length that we chose
Text: TypeAlias = Annotated[str, msgspec.Meta(max_length=TEXT_CHARACTERS)]
KINDS = "kinds"
MISHAP_NEED = Need(table=DATA_INCIDENT, by="data_incident", prefix="mishap")


@command("report_data_incident", version=2, personal=tuple(item.value for item in NoticeItem), identified=True)
class DataIncidentTold(Command, frozen=True, kw_only=True):
    """Somebody has been `told` of `data_incident`; `kinds` of data, and the other `items` of the notice with its texts.

    `cause`, the `harm` that may come of it, `measures` taken, `advice` what people can do, `contact` of the firm.
    """

    data_incident: Id
    told: Told
    kinds: ListedWords = ""
    items: ListedWords = ""
    cause: Text = ""
    harm: Text = ""
    measures: Text = ""
    advice: Text = ""
    contact: Text = ""

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """An item that is said to be there and is blank, or is there and not said to be."""
        said = sum_of(str(fields["items"]), NOTICE_BITS)
        for item, bit in NOTICE_BITS.items():
            if said is not None and bool(said & bit) != bool(str(personal.get(item, "")).strip()):
                return item, "words that say something where `items` names it, and none where it doesn't"
        return None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """Nobody's."""
        del personal, fields, on
        return Identity(text="", contact="", derived={})


def _items(case: Case) -> list[str]:
    value = case.rules.in_force(id=NOTICE, on=case.batch.on)
    return [tier.code("item") for tier in value.tiers] if value else []


def _has(case: Case, item: str) -> NDArray[np.bool_]:
    held = sums(case.batch, "kinds", DATA_BITS) if item == KINDS else sums(case.batch, "items", NOTICE_BITS)
    return np.asarray(held & (-1 if item == KINDS else NOTICE_BITS[item]) != 0, np.bool_)


def _by_law(case: Case) -> NDArray[np.bool_]:
    return ~case.batch.equals("told", Told.branch.value)


def _whole(case: Case) -> NDArray[np.bool_]:
    said = [_has(case, item) for item in _items(case)]
    return np.asarray(~_by_law(case) | np.logical_and.reduce([np.ones(len(case.batch), np.bool_), *said]), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    return {item: int(_has(case, item)[place]) for item in _items(case)}


def told_column(case: Case, name: str) -> NDArray[np.int64]:
    """A column of the incident that there is for each who is told, by who is told: `duty` or `at`."""
    values = case.batch.values("told")
    columns = [case.facts[f"mishap_{told!s}_{name}"] for told in values]
    return np.array([int(column[place]) for place, column in enumerate(columns)], np.int64)


class ReportMishap(UseCase):
    """Keeps the moment; the duty is done."""

    command = DataIncidentTold
    needs = (
        MISHAP_NEED,
        *(Need(table=PROTECTION_DUTY, by=f"mishap_{each.value}_duty", prefix=each.value) for each in Told),
    )
    gates = (Gate(rule=NOTICE, passes=_whole, figures=_figures, applies=_by_law),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Each is told once."""
        return (batch.integers("data_incident"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """They are to be told, and have not been yet."""
        batch = case.batch
        return {
            **word_faults(batch, "kinds", DATA_BITS),
            **word_faults(batch, "items", NOTICE_BITS),
            **faults_where(
                told_column(case, "at") != 0, batch, "data_incident", "one of which they have not been told"
            ),
            **faults_where(told_column(case, "duty") == 0, batch, "data_incident", "one of which they are to be told"),
        }

    def record(self, decided: Decided) -> Recorded:
        """In time or late: by the moment, or by the day where the text names no hours."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        hours = batch.equals("told", Told.branch) & (facts["mishap_due_at"] > facts["mishap_found_at"])
        by_day = lateness(batch.on, _last_on(case))
        late = np.where(hours, batch.at > facts["mishap_due_at"], by_day)
        events = []
        for each in Told:
            where = accepted & batch.equals("told", each)
            events += event(
                DATA_INCIDENT_CHANGED,
                rows(where, id=batch.integers("data_incident"), **{f"{each.value}_at": batch.at}),
            )
        done = changed(accepted, duty=told_column(case, "duty"), done_on=batch.on)
        minutes = (batch.at - facts["mishap_found_at"]) // US_A_MINUTE
        told = {"told_at": batch.at, "minutes": minutes, "late": late.astype(np.int64)}
        return Recorded(results=told, events=[*events, *done])


def _last_on(case: Case) -> NDArray[np.int64]:
    """The last day of each duty; 0 where the text names none."""
    columns = [case.facts[f"{each!s}_due_on"] for each in case.batch.values("told")]
    return np.array([int(column[place]) for place, column in enumerate(columns)], np.int64)
