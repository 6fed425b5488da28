"""The chain of steps of one loan or account, from the last one back to the first."""

from benyuan.decisions.facts import Table
from benyuan.engine.group import Group


def steps_to(group: Group, table: Table, last: int) -> list[dict[str, int]]:
    """The steps up to the one with the number `last`, first to last, each with its number as `id`."""
    held = group.records.tables[table.name]
    steps = []
    while last:
        steps.append({"id": last} | {name: int(held.column(name)[last]) for name in table.columns})
        last = steps[-1]["previous"]
    return steps[::-1]
