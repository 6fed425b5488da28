"""A command as it would be decided now, without being asked: its columns checked and its facts loaded.

For what has to be told beforehand, a text or a sheet of costs, whose digest is then named. Nothing is recorded.
Worked: of a draw on offer 5 the offer and its terms are there as they stand after the log's last command.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from benyuan.decisions.batches import Batch
from benyuan.decisions.checking import checked
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.engine.group import Group
from benyuan.values.errors import BadInput


def as_asked(group: Group, *, kind: str, on: int, columns: Mapping[str, Sequence[Any]]) -> Case:
    """The case of commands of `kind` on a day (yyyymmdd), by their columns. Errors: BadInput for the first at fault."""
    count = len(next(iter(columns.values())))
    made, faults = checked(command=REGISTRY[kind], columns=dict(columns), count=count)
    first_fault(faults)
    batch = Batch(
        kind=kind,
        clients=[""] * count,
        keys=[""] * count,
        at=np.full(count, group.last_at),
        on=on,
        columns=made,
        position=np.arange(count) + group.position + 1,
    )
    facts, missing = group.loader.load(batch, group.use_cases[kind], group.regime.pack)
    first_fault(missing)
    return Case(batch=batch, facts=facts, rules=group.regime.pack, calendar=group.regime.calendar)


def first_fault(faults: Mapping[int, Invalid]) -> None:
    """Errors: BadInput for the first of these, if there is one."""
    for fault in faults.values():
        raise BadInput(fault.field, fault.value, fault.constraint)
