"""A text is approved for messages, in Chinese and, where there is one, in English; each change is a version.

Sources: PBoC Order [2020] No. 5, art. 23; the measures on marketing finance online (words that induce by easy money).
Order of checks: promises and borrowed authority; easy money; how to have no more is said. Worked: a text with 低门槛 is
approved on 2026-09-29, may be sent on that day, and no more on 2026-09-30, when the rule begins.
"""

from collections.abc import Sequence
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.records import (
    TEMPLATE,
    TEMPLATE_CHANGED,
    TEMPLATE_MADE,
    TEMPLATE_VERSION,
    TEMPLATE_VERSION_MADE,
)
from benyuan.consumer_protection.contact.vocabulary import SORT_NUMBER, MessageSort
from benyuan.consumer_protection.contact.wording import EASY_MONEY, PRETENCES, barred_from, found
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import truths
from benyuan.usecases.common import Id, MaybeId, faults_where, numbered, rows
from benyuan.usecases.protection.contact.shared import where_in_force

WAY_OUT = "cp.pbc.marketing_optout"
TEXT_CHARACTERS = 2_000  # tidy: number a length that we chose
Text: TypeAlias = Annotated[str, msgspec.Meta(max_length=TEXT_CHARACTERS)]
WayOut: TypeAlias = Annotated[str, msgspec.Meta(max_length=100)]  # a length that we chose
Level: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=9)]
TEMPLATE_NEED = Need(table=TEMPLATE, by="template", prefix="template")
LANGUAGES = ("text_zh", "text_en")


@command("approve_template")
class TemplateFields(Command, frozen=True, kw_only=True):
    """Approve a text for messages: a new one with `template` 0, else the next version of that one.

    `way_out`: the words of the Chinese text that tell how to have no more of this, which marketing must have.
    `personalised`: whom it goes to, or what it says, is chosen by traits. `level`: that of the product it is about, 0
    for none.
    """

    template: MaybeId = 0
    sort: MessageSort
    text_zh: Annotated[str, msgspec.Meta(min_length=1, max_length=TEXT_CHARACTERS)]
    text_en: Text = ""
    way_out: WayOut = ""
    personalised: bool = False
    level: Level = 0


def _first_word(case: Case, place: int, rule: str) -> tuple[str, str]:
    """Word and field of the first wording that a rule bars; empty where there is none."""
    for field in LANGUAGES:
        word = found(case.batch.values(field)[place], rule=rule, rules=case.rules, on=case.batch.on)
        if word:
            return word, field
    return "", ""


def _without(rule: str) -> Gate:
    def passes(case: Case) -> NDArray[np.bool_]:
        return np.array([not _first_word(case, place, rule)[0] for place in range(len(case.batch))], np.bool_)

    def figures(case: Case, place: int) -> dict[str, Any]:
        return dict(zip(("word", "field"), _first_word(case, place, rule), strict=True))

    return Gate(rule=rule, passes=passes, figures=figures)


def _is_marketing(case: Case) -> NDArray[np.bool_]:
    return case.batch.equals("sort", MessageSort.marketing.value)


def _no_way_out(case: Case) -> NDArray[np.bool_]:
    said = zip(case.batch.values("way_out"), case.batch.values("text_zh"), strict=True)
    there = np.array([bool(words.strip()) and words in text for words, text in said], np.bool_)
    return np.asarray(_is_marketing(case) & ~there, np.bool_)


class ApproveTemplate(UseCase):
    """Keeps the version, and from which day a rule that is known already will bar it."""

    command = TemplateFields
    needs = (TEMPLATE_NEED,)
    gates = (
        _without(PRETENCES),
        _without(EASY_MONEY),
        Gate(rule=WAY_OUT, passes=where_in_force(WAY_OUT, _no_way_out), applies=_is_marketing),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The number of versions is shared by those of one template."""
        return (batch.integers("template"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A version has the sort of its template, which has not been retired."""
        batch, facts = case.batch, case.facts
        next_one = batch.integers("template") != 0
        other = next_one & (facts["template_sort"] != batch.numbers("sort", SORT_NUMBER))
        return {
            **faults_where(other, batch, "template", "a template of the same sort"),
            **retired_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The version; and the template, new or changed."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        new = accepted & (batch.integers("template") == 0)
        made = numbered(new, facts.next_ids[TEMPLATE.name])
        template = np.where(new, made, np.where(accepted, batch.integers("template"), 0))
        row = numbered(accepted, facts.next_ids[TEMPLATE_VERSION.name])
        version = np.where(accepted, facts["template_versions"] + 1, 0)
        from_day = np.array([_barred_from(case, place) for place in range(len(batch))], np.int64)
        held = {
            "personalised": truths(batch, "personalised").astype(np.int64),
            "level": batch.integers("level"),
            "latest": row,
            "versions": version,
        }
        whole = {**held, "sort": batch.numbers("sort", SORT_NUMBER), "retired": 0}
        of_version = {"template": template, "version": version, "barred_from": from_day}
        of_version |= {"approved_on": np.full(len(batch), batch.on), "position": batch.position}
        return Recorded(
            results={"template": template, "version": version},
            events=[
                *event(TEMPLATE_VERSION_MADE, rows(accepted, id=row, **of_version)),
                *event(TEMPLATE_MADE, rows(new, id=made, **whole)),
                *event(TEMPLATE_CHANGED, rows(accepted & ~new, id=template, **held)),
            ],
        )


def _barred_from(case: Case, place: int) -> int:
    days = [barred_from(case.batch.values(name)[place], rules=case.rules, on=case.batch.on) for name in LANGUAGES]
    return min((day for day in days if day), default=0)


def retired_faults(case: Case) -> dict[int, Invalid]:
    """A fault for each template that may be sent no more."""
    gone = np.asarray(case.facts["template_retired"] != 0, np.bool_)
    return faults_where(gone, case.batch, "template", "a template that was not retired")


@command("retire_template")
class TemplateRetired(Command, frozen=True, kw_only=True):
    """From now on nothing is sent by `template`; what was sent can still be shown."""

    template: Id


class RetireTemplate(UseCase):
    """Notes the place in the log."""

    command = TemplateRetired
    needs = (TEMPLATE_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A template is retired once."""
        return (batch.integers("template"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It was not retired before."""
        return retired_faults(case)

    def record(self, decided: Decided) -> Recorded:
        """Retired by this command."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("template"), retired=batch.position)
        return Recorded(results={}, events=event(TEMPLATE_CHANGED, columns))
