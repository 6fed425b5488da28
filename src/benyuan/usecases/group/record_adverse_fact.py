"""A fact that bars somebody from holding or leading a holding company: what, since when, and when it was over.

Sources: PBoC Order [2020] No. 4, arts. 8, 10, 11; PBoC Order [2021] No. 2, arts. 11, 12, 23. How long it bars is the
rule of its condition. Worked number: sentenced on 20200501 and served on 20230501, recorded in 2026: barred on every
day from 20200501 up to 20280501. Of a director it is reported within five working days.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import Event, event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey
from benyuan.decisions.words import text_faults, truths
from benyuan.holding_company.conditions import CONDITION_NUMBER, HOLDERS, Bar, Condition, bar_of
from benyuan.holding_company.records import ADVERSE_FACT, ADVERSE_FACT_TOLD, HOLDING_DUTY, HOLDING_DUTY_AROSE
from benyuan.holding_company.vocabulary import RULE_OF, DutyKind
from benyuan.parties.bodies.records import BODY_BUSINESS
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.bodies.vocabulary import BUSINESS_NUMBER, Business
from benyuan.parties.ownership.dated import in_force, rows_in_force
from benyuan.parties.ownership.records import KEYS, OFFICE
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, Memo, Yyyymmdd, faults_where, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact, body_need
from benyuan.usecases.related.shared import one

HOLDING = BUSINESS_NUMBER[Business.financial_holding]
UNFIT = RULE_OF[DutyKind.report_unfit]
REPORTED = tuple(each for each in Condition if each not in HOLDERS and bar_of(each) is not Bar.document)
"""Facts about who holds a post that are reported (art. 23)."""


@command("record_adverse_fact")
class AdverseFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on a fact stands against `who` by `condition`; `stands` false: it has turned out not to be so.

    `over_on`: the day from which the article counts its years (a sentence served, a decision made), or on which it was
    over; 0: it is not. `authority`: who found it. Told again for the same day, the later telling counts.
    """

    who: Id
    condition: Condition
    authority: Memo
    from_date: Yyyymmdd
    over_on: Yyyymmdd = 0
    stands: bool = True


class RecordAdverseFact(DatedFact):
    """Records it, and what is owed of it."""

    command = AdverseFields
    needs = (body_need("who"),)
    table, kind, result = ADVERSE_FACT, ADVERSE_FACT_TOLD, "fact"
    names = ("who", "over_on")
    words = {"condition": ("condition", CONDITION_NUMBER)}  # noqa: RUF012  read only
    pair = None
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The holding companies at which they have a post today, where it is to be reported and was not told before."""
        del facts
        posts = {body: arose for body, arose in _posts(batch, books).items() if rules.in_force(id=UNFIT, on=arose)}
        named = {f"post_{place}": body for place, body in enumerate(posts)}
        named |= {f"arose_{place}": arose for place, arose in enumerate(posts.values())}
        return one(posts=len(posts), **named), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A condition that a fact bars; a day that has come; an end that is not before it; who found it."""
        batch = case.batch
        unbarred = np.array([bar_of(Condition(each)) is Bar.document for each in batch.values("condition")], np.bool_)
        ends = (batch.integers("over_on") != 0) & (batch.integers("over_on") < batch.integers("from_date"))
        unsaid = np.array([text.strip() == "" for text in batch.values("authority")], np.bool_)
        return {
            **super().faults(case),
            **text_faults(unbarred, batch, "condition", "one that a fact bars, and no document alone decides"),
            **text_faults(unsaid, batch, "authority", "who found it"),
            **faults_where(np.asarray(ends, np.bool_), batch, "over_on", "no day before from_date; 0 for not yet"),
            **no_such_day(batch, "over_on", none=True, until=batch.on),
            **no_such_day(batch, "from_date", until=batch.on),
        }

    def columns(self, case: Case) -> dict[str, Any]:
        """Whether it stands, besides."""
        return {**super().columns(case), "stands": truths(case.batch, "stands").astype(np.int64)}

    def record(self, decided: Decided) -> Recorded:
        """The fact; one report for each holding company."""
        made = super().record(decided)
        return Recorded(results=made.results, events=[*made.events, *_owed(decided, int(made.results["fact"][0]))])


def _posts(batch: Batch, books: Books) -> dict[int, int]:
    """By holding company the day from which it is to be reported: that of the fact, or on which a post began later."""
    row = batch.row(0)
    numbers = ones_of(books.column).all_of(row["who"])
    if not row["stands"] or Condition(row["condition"]) not in REPORTED or _told_before(row, numbers, books):
        return {}
    does = {name: books.column(BODY_BUSINESS, name)[1:] for name in BODY_BUSINESS.columns}
    seen = int(batch.position[0])
    places = in_force(does, key=("owner",), on=batch.on, seen=seen)
    holding = set(does["owner"][places][does["business"][places] == HOLDING].tolist())
    found: dict[int, int] = {}
    for post in rows_in_force(books.column, OFFICE, key=KEYS[OFFICE.name], on=batch.on, seen=seen):
        if post["holds"] and post["individual"] == numbers[0] and post["body"] in holding:
            began = min(found.get(post["body"], post["from_date"]), post["from_date"])
            found[post["body"]] = began
    return {body: max(began, row["from_date"]) for body, began in sorted(found.items())}


def _told_before(row: Mapping[str, Any], numbers: tuple[int, ...], books: Books) -> bool:
    held = {name: books.column(ADVERSE_FACT, name) for name in ("who", "condition", "from_date")}
    same = np.isin(held["who"], numbers) & (held["condition"] == CONDITION_NUMBER[row["condition"]])
    return bool((same & (held["from_date"] == row["from_date"])).any())


def _owed(decided: Decided, fact: int) -> list[Event]:
    case, facts = decided.case, decided.case.facts
    count = int(facts["posts"][0]) if decided.accepted.any() else 0
    first, columns = facts.next_ids[HOLDING_DUTY.name], dict[str, list[int]]()
    for place in range(count):
        arose = int(facts[f"arose_{place}"][0])
        row = {
            "id": first + place,
            "kind": int(DutyKind.report_unfit),
            "body": int(facts[f"post_{place}"][0]),
            "individual": int(case.batch.integers("who")[0]),
            "appointment": fact,
            "arose_on": arose,
            "due_on": int(case.calendar.add_working_days(arose, case.rules.value(id=UNFIT, on=arose).count)),
            "done_on": 0,
        }
        for name, value in row.items():
            columns.setdefault(name, []).append(value)
    return event(HOLDING_DUTY_AROSE, columns) if columns else []
