"""Files of accounts: each row a person, the consent under which the member furnishes, and the account.

Sources: State Council Order 631, art. 13; PBoC Order [2021] No. 4, arts. 9, 12. A row whose consent is not proven, or
whose person can't be told, comes back with the reason; the others are in the file. A person who has consented to this
member's furnishing before is not asked for another consent.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benyuan.assurance.bureau.files import Cell, Column, Part, read_parts
from benyuan.assurance.bureau.furnishing import DOCUMENTS, Furnished, Refused, digest_of
from benyuan.credit_bureau.identities import subject_text
from benyuan.credit_bureau.records import CONSENT, SUBJECT_IDENTITY
from benyuan.credit_bureau.vocabulary import ACCOUNT_TYPE_NUMBER, Purpose
from benyuan.engine.answers import Answers
from benyuan.engine.group import Group
from benyuan.parties.documents import DocumentKind, normal_number
from benyuan.values.dates import local_day

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
        sound = sorted(set(range(len(part))) - part.faults.keys())
        done.records += len(part)
        _take(group, done, part, sound, name=name, bureau=bureau, member=member, client=client, at=at)
    done.refused.sort(key=lambda each: each.line)
    return done


def furnishing_consent(group: Group, subject: int, *, member: int, on: int) -> int:
    """A consent of a person, in force on a day, under which a member furnishes; 0 where there is none."""
    if not subject:
        return 0
    held = group.records.tables[CONSENT.name]
    places = held.all_with("subject", subject)
    mine = (held.column("member")[places] == member) & (held.column("furnishing")[places] != 0)
    mine &= (held.column("revoked")[places] == 0) & (held.column("starts_on")[places] <= on)
    mine &= held.column("expires_on")[places] >= on
    return int(places[mine][-1]) if mine.any() else 0


def subject_of(group: Group, *, bureau: int, document: DocumentKind, number: str) -> int:
    """The subject whose document this is; 0 where nobody's."""
    text = subject_text(bureau=bureau, document=document, number=number)
    identity = np.array([group.payloads.identity_of(text)], np.int64)
    return int(group.records.look_up(SUBJECT_IDENTITY, identity, on=0)["subject"][0])


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
    """Consents where there is none yet, then the accounts."""
    cells = {row: _row(part.columns, row) for row in rows}
    consents = _consents(group, cells, bureau=bureau, member=member, at=at)
    asked = [row for row in rows if not consents[row]]
    if asked:
        columns = [_consent(cells[row], bureau=bureau, member=member) for row in asked]
        keys = [_key(name, part, row) for row in asked]
        answers = _given(group, "grant_consent", columns, client=client, at=at, keys=keys)
        granted = answers.results("consent")
        consents |= {row: int(granted[place]) for place, row in enumerate(asked)}
        _note(done, answers, [int(part.lines[row]) for row in asked])
    ready = [row for row in rows if consents[row]]
    if not ready:
        return
    columns = [_account(cells[row], consents[row], bureau=bureau, member=member) for row in ready]
    keys = [f"{_key(name, part, row)} account" for row in ready]
    answers = _given(group, "furnish_account", columns, client=client, at=at, keys=keys)
    done.taken += answers.counts()["accepted"]
    _note(done, answers, [int(part.lines[row]) for row in ready])


def _row(columns: Mapping[str, Any], row: int) -> dict[str, Any]:
    return {
        name: int(column[row]) if isinstance(column, np.ndarray) else column[row] for name, column in columns.items()
    }


def _key(name: str, part: Part, row: int) -> str:
    return f"{name} {int(part.lines[row])}"


def _consents(
    group: Group, cells: Mapping[int, dict[str, Any]], *, bureau: int, member: int, at: int | None
) -> dict[int, int]:
    """By row the consent that is in force already, 0 for none; of several rows of one person each asks for itself."""
    on = local_day(group.now() if at is None else at)
    found = {}
    for row, cell in cells.items():
        kind = KINDS[cell["document"] - 1]
        subject = subject_of(group, bureau=bureau, document=kind, number=normal_number(cell["number"]))
        found[row] = furnishing_consent(group, subject, member=member, on=on)
    return found


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
    return group.execute_columns(kind=kind, columns=columns, client=client, keys=keys, at=at)


def _note(done: Furnished, answers: Answers, lines: list[int]) -> None:
    for place, refusal in answers.refusals.items():
        done.refused.append(Refused(line=lines[place], rule=refusal.rule_id, constraint=refusal.text()))
    for place, fault in answers.invalid.items():
        done.refused.append(Refused(line=lines[place], field=fault.field, constraint=fault.constraint))
