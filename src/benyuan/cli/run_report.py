"""What every report of a demo shows: commands by outcome, and refusals by rule."""

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from benyuan.cli.options import Language
from benyuan.cli.output import say_table
from benyuan.decisions.outcomes import Outcome


def show_commands(outcomes: Mapping[str, Mapping[str, int]], *, invalid: Mapping[str, int], title: str) -> None:
    """Commands by kind and outcome, then what was invalid, by fault."""
    names = [outcome.name for outcome in (Outcome.accepted, Outcome.refused, Outcome.invalid)]
    rows = [(kind, *(counts.get(name, 0) for name in names)) for kind, counts in outcomes.items()]
    say_table(title=title, columns=("command", *names), rows=rows, right=names)
    for fault, count in invalid.items():
        typer.echo(f"invalid, {count:,} times: {fault}")


def show_refused(refused: Sequence[Mapping[str, Any]], *, language: Language) -> None:
    """Refusals by rule, as rows of `refusal_row`."""
    title = "title_zh" if language is Language.zh else "title_en"
    rows = [(row["count"], row["rule_id"], row[title], row["article"], row["status"]) for row in refused]
    columns = ("count", "rule", "what", "article", "text")
    say_table(title="Refused, by rule", columns=columns, rows=rows, right=("count",))
