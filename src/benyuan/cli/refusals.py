"""`benyuan refusals`: what was refused and what did not fit, newest first, each with the ID that `why` explains."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import moment, say_json, say_table

if TYPE_CHECKING:
    from benyuan.decisions.outcomes import Answer
    from benyuan.engine.group import Group

LIMIT = 20


def refusals(
    rule: Annotated[str | None, typer.Option(metavar="RULE", help="Only those by this rule.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = LIMIT,
    before: Annotated[int | None, typer.Option(min=1, metavar="ID", help="Only commands before this one.")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Commands that were refused by a rule, or that did not fit, from the log.

        benyuan refusals
        benyuan refusals --rule qr.risk.D --limit 100 --json

    `benyuan why ID` shows every check that one of them met.
    """
    rows: list[dict[str, Any]] = []
    with reading(database) as group:
        for answer in _not_accepted(group, before=before):
            if rule is None or (answer.refusal is not None and answer.refusal.rule_id == rule):
                rows.append(_row(answer))
            if len(rows) == limit:
                break
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("nothing was refused" + (f" by {rule}" if rule else ""))
    columns = ("ID", "at", "command", "outcome", "rule or field", "why")
    shown = [
        (str(row["position"]), moment(row["at"]), row["kind"], row["outcome"], row["rule_or_field"], row["text"])
        for row in rows
    ]
    say_table(title="Not accepted, newest first", columns=columns, rows=shown, right=("ID",))


def _not_accepted(group: "Group", *, before: int | None) -> Iterator["Answer"]:
    import numpy as np

    from benyuan.decisions.outcomes import Outcome
    from benyuan.engine.answers import answer_from_log

    position = min(group.position, before - 1 if before else group.position)
    while position > 0:
        opened = group.reader.at_position(position)
        first = opened.block.first_position
        for place in np.flatnonzero(opened.status[: position - first + 1] != Outcome.accepted)[::-1].tolist():
            yield answer_from_log(opened, first + place, repeated=False)
        position = first - 1


def _row(answer: "Answer") -> dict[str, Any]:
    fault = answer.refusal or answer.invalid
    named = answer.refusal.rule_id if answer.refusal else (answer.invalid.field if answer.invalid else "")
    return {
        "position": answer.position,
        "at": answer.at,
        "kind": answer.kind,
        "outcome": answer.outcome.name,
        "rule_or_field": named,
        "text": fault.text() if fault else "",
    }
