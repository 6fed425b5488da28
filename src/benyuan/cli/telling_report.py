"""The lines of a story that a demo tells, as a report: done, refused by which article, or no command at all."""

from collections.abc import Sequence

import msgspec

from benyuan.cli.options import Language
from benyuan.cli.output import say_table
from benyuan.engine.group import Group
from benyuan.engine.verify import verify
from benyuan.simulate.telling import Told
from benyuan.usecases import USE_CASES
from benyuan.values.dates import china_time

WORDS = {
    Language.en: {"done": "done", "refused": "REFUSED", "senseless": "NO COMMAND"},
    Language.zh: {"done": "已办理", "refused": "不予办理", "senseless": "不成立"},
}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the story; `rule`, `by` and `figures` of a refusal, `sentence` all of it."""

    chapter: int
    when: str
    what: str
    kind: str
    command: int
    outcome: str
    rule: str
    by: str
    figures: str
    sentence: str


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What `benyuan verify` says of the log."""

    ok: bool
    commands: int
    differences: int
    faults: int


def step_of(told: Told, language: Language) -> Step:
    """A line as it is shown."""
    refusal, invalid, spoken = told.refusal, told.invalid, language.value
    return Step(
        chapter=told.chapter,
        when=china_time(told.at),
        what=told.what,
        kind=told.kind,
        command=told.position,
        outcome="refused" if refusal else "senseless" if invalid else "done",
        rule=refusal.rule_id if refusal else "",
        by=refusal.place_text(spoken) if refusal else "",
        figures=refusal.figures_text(spoken) if refusal else invalid.text() if invalid else "",
        sentence=refusal.text(spoken) if refusal else "",
    )


def verified(group: Group) -> Verified:
    """The whole log folded and decided again."""
    told = verify(group.store, vault=group.vault, use_cases=USE_CASES)
    return Verified(ok=told.ok, commands=told.commands, differences=len(told.differences), faults=len(told.faults))


def show_chapter(steps: Sequence[Step], *, chapter: int, title: str, language: Language) -> None:
    """The lines of one chapter as a table."""
    words = WORDS[language]
    rows = [
        (
            each.command,
            each.when[5:19].replace("T", " "),
            each.what,
            words[each.outcome],
            "\n".join(filter(None, (each.rule, each.by))),
            each.figures,
        )
        for each in steps
        if each.chapter == chapter
    ]
    columns = ("command", "when (China)", "what", "", "rule and article", "figures")
    say_table(title=f"{chapter}. {title}", columns=columns, rows=rows, right=("command",))
