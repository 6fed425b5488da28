"""Customers read the key facts that are put before them, and confirm them a minute later."""

from typing import Any

import numpy as np

from benyuan.assurance.protection.key_facts import key_facts_made
from benyuan.simulate.tally import accepted
from benyuan.simulate.world import Giver
from benyuan.values.dates import local_day

READING_US = 60_000_000


def read_key_facts(session: Giver, kind: str, at: int, **columns: Any) -> None:
    """The texts as they are made go on the screen by commands of `kind` at a time; all who see them confirm."""
    given = {name: list(map(_plain, column)) for name, column in columns.items()}
    made = key_facts_made(session.group, kind=kind, on=local_day(at), columns=given)
    shown = session.give(kind, at, **columns, text_digest=[each.digest for each in made])
    seen = np.flatnonzero(accepted(shown))
    borrower = np.asarray(columns["borrower"])[seen]
    session.give("confirm_key_facts", at + READING_US, borrower=borrower, key_facts=shown.results("key_facts")[seen])


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, np.integer) else value
