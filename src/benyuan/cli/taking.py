"""Runs of a file given to the group: long runs as columns, many short ones together as single requests."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from benyuan.cli.inputs.fields import command_of, fields_of
from benyuan.cli.inputs.rows import Run, Whose
from benyuan.decisions.commands import Request
from benyuan.engine.answers import Answers

if TYPE_CHECKING:
    from benyuan.engine.group import Group

SHORT_RUNS = 32


class Taken(NamedTuple):
    """The answers to a run, and the log position before it: what stands at or before that was known already."""

    answers: Sequence[Any]
    known_before: int


def take(group: "Group", runs: Sequence[Run], *, whose: Whose) -> Iterator[tuple[Run, Taken]]:
    """Give one chunk to the group, in order."""
    clients = [set(run.clients(whose)) for run in runs]
    if len(runs) > SHORT_RUNS or any(len(names) > 1 for names in clients):
        yield from _as_requests(group, runs, whose=whose)
        return
    for run, (client,) in zip(runs, clients, strict=True):
        before = group.position
        answers = group.execute_columns(
            kind=run.kind,
            columns=run.columns,
            client=client,
            keys=run.keys,
            at=run.at,
        )
        yield run, Taken(answers, before)


def _as_requests(group: "Group", runs: Sequence[Run], *, whose: Whose) -> Iterator[tuple[Run, Taken]]:
    before = group.position
    requests = [request for run in runs for request in _requests(run, whose=whose)]
    answers: Answers = group.execute(requests)
    start = 0
    for run in runs:
        yield run, Taken(answers[start : start + len(run)], before)
        start += len(run)


def _requests(run: Run, *, whose: Whose) -> Iterator[Request]:
    command, clients = command_of(run.kind), run.clients(whose)
    columns = {field.name: run.columns[field.name] for field in fields_of(run.kind) if field.name in run.columns}
    lists = {name: column.tolist() if isinstance(column, np.ndarray) else column for name, column in columns.items()}
    for place, key in enumerate(run.keys):
        fields = {name: column[place] for name, column in lists.items()}
        time = None if run.at is None else int(run.at[place])
        yield Request(client=clients[place], key=key, command=command(**fields), at=time)
