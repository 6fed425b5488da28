"""Files of accounts: each row a person, the consent under which the member furnishes, and the account.

Sources: State Council Order 631, art. 13; PBoC Order [2021] No. 4, arts. 9, 12. A row whose consent is not proven, or
whose person can't be told, comes back with the reason; the others are in the file. The same file again gives the same
consents and accounts, and asks anew for what was refused.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benyuan.assurance.bureau.files import Cell, Column, Part, read_parts
from benyuan.assurance.bureau.furnishing import DOCUMENTS, Furnished, Refused, digest_of
from benyuan.credit_bureau.vocabulary import ACCOUNT_TYPE_NUMBER, Purpose
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.answers import Answers
from benyuan.engine.group import Group
from benyuan.parties.documents import DocumentKind

ROWS_A_PART = 5_000
TEXT, WHOLE, DAY = Column(cell=Cell.text), Column(cell=Cell.whole), Column(cell=Cell.day)
NEEDED = Column(cell=Cell.text, required=True)
NEEDED_DAY = Column(cell=Cell.day, required=True)
COLUMNS = {
    "document": Column(cell=Cell.text, required=True, words=DOCUMENTS),
    "number": NEEDED,
    "full_name": NEEDED,
    "account_number": NEEDED,
    "type": Column(cell=Cell.text, required=True, words=ACCOUNT_TYPE_NUMBER),
    "opened_on": NEEDED_DAY,
    "limit_fen": WHOLE,
    "consented_on": NEEDED_DAY,
    "consented_until": NEEDED_DAY,
    "evidence": NEEDED,
}
"""`consented_on`, `consented_until`, `evidence`: the person's written consent to furnishing, and a digest of it."""
KINDS = list(DocumentKind)
TYPES = {number: word for word, number in ACCOUNT_TYPE_NUMBER.items()}


def furnish_accounts(
    group: Group, path: Path, *, bureau: int, member: int, client: str, at: int | None = None
) -> Furnished:
    """Furnish a file of accounts.

    Errors: BadInput, where the file as a whole can't be taken; OSError; VaultLocked; StoreUnavailable: begin again.
    """
    done, name = Furnished(), f"accounts {member} {digest_of(path)}"
    for part in read_parts(path, columns=COLUMNS, rows=ROWS_A_PART):
        for row, (of, wanted) in part.faults.items():
            done.refused.append(Refused(line=int(part.lines[row]), field=of, constraint=wanted))
        sound = _apart(part, sorted(set(range(len(part))) - part.faults.keys()))
        done.records += len(part)
        _take(group, done, part, sound, name=name, bureau=bureau, member=member, client=client, at=at)
    done.refused.sort(key=lambda each: each.line)
    return done


def _take(
    group: Group,
    done: Furnished,
    part: Part,
    rows: list[int],
    *,
    name: str,
    bureau: int,
    member: int,
    client: str,
    at: int | None,
) -> None:
    """The consents, then the accounts of those that were accepted."""
    cells = {row: _row(part.columns, row) for row in rows}
    if not rows:
        return
    columns = [_consent(cells[row], bureau=bureau, member=member) for row in rows]
    keys = [_key(name, part, row) for row in rows]
    answers = _given(group, "grant_consent", columns, client=client, at=at, keys=keys)
    _note(done, answers, [int(part.lines[row]) for row in rows])
    consents = dict(zip(rows, answers.results("consent").tolist(), strict=True))
    ready = [row for row in rows if consents[row]]
    if not ready:
        return
    columns = [_account(cells[row], consents[row], bureau=bureau, member=member) for row in ready]
    keys = [f"{_key(name, part, row)} account" for row in ready]
    answers = _given(group, "furnish_account", columns, client=client, at=at, keys=keys)
    done.taken += answers.counts()["accepted"]
    _note(done, answers, [int(part.lines[row]) for row in ready])


def _apart(part: Part, rows: list[int]) -> list[int]:
    """The rows so that several of one person stand far apart: those that stand together can't be decided together."""
    seen: dict[str, int] = {}
    turns = []
    for row in rows:
        number = part.columns["number"][row]
        turns.append(seen.get(number, 0))
        seen[number] = turns[-1] + 1
    return [row for _, row in sorted(zip(turns, rows, strict=True))]


def _row(columns: Mapping[str, Any], row: int) -> dict[str, Any]:
    return {
        name: int(column[row]) if isinstance(column, np.ndarray) else column[row] for name, column in columns.items()
    }


def _key(name: str, part: Part, row: int) -> str:
    return f"{name} {int(part.lines[row])}"


def _consent(cell: Mapping[str, Any], *, bureau: int, member: int) -> dict[str, Any]:
    return {
        "bureau": bureau,
        "member": member,
        "document": KINDS[cell["document"] - 1].value,
        **{name: cell[name] for name in ("number", "full_name", "evidence")},
        "purpose": Purpose.loan.value,
        "starts_on": cell["consented_on"],
        "expires_on": cell["consented_until"],
        "times": 0,
        "furnishing": True,
        "written": True,
    }


def _account(cell: Mapping[str, Any], consent: int, *, bureau: int, member: int) -> dict[str, Any]:
    return {
        "bureau": bureau,
        "member": member,
        "consent": consent,
        "document": KINDS[cell["document"] - 1].value,
        "type": TYPES[cell["type"]],
        "limit_fen": cell.get("limit_fen", 0),
        **{name: cell[name] for name in ("number", "account_number", "opened_on")},
    }


def _given(
    group: Group, kind: str, rows: list[dict[str, Any]], *, client: str, at: int | None, keys: list[str]
) -> Answers:
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    while True:
        answers = group.execute_columns(kind=kind, columns=columns, client=client, keys=keys, at=at)
        refused = np.flatnonzero(answers.outcome != Outcome.accepted).tolist()
        before = [place for place in refused if answers[place].repeated]
        if not before:
            return answers
        keys = [f"{key} again" if place in set(before) else key for place, key in enumerate(keys)]


def _note(done: Furnished, answers: Answers, lines: list[int]) -> None:
    for place, refusal in answers.refusals.items():
        done.refused.append(Refused(line=lines[place], rule=refusal.rule_id, constraint=refusal.text()))
    for place, fault in answers.invalid.items():
        done.refused.append(Refused(line=lines[place], field=fault.field, constraint=fault.constraint))
