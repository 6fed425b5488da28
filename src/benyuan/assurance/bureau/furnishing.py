"""Files of months, public records and inquiries, furnished in parts that are each taken whole or not at all.

A part's key is made from the file's content, so a load that was killed goes on where it stopped when it is begun again.
What is turned away comes back with its line and the reason; the rest is in the file. The same file again asks anew for
what was not taken, or was withdrawn, and for nothing else: the account may have come, or the consent, or the contract.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from benyuan.assurance.bureau.files import Cell, Column, Part, read_parts
from benyuan.credit_bureau.identities import reference_text, subject_text
from benyuan.credit_bureau.layouts import ASKED, MONTH, PUBLIC
from benyuan.credit_bureau.records import CREDIT_LINE, PARCEL, SUBJECT_IDENTITY
from benyuan.credit_bureau.vocabulary import PUBLIC_KIND_NUMBER, PURPOSE_NUMBER, STATUS_NUMBER, Sort
from benyuan.decisions.batches import text_number
from benyuan.decisions.outcomes import Answer
from benyuan.decisions.parcels import Layout
from benyuan.engine.group import Group
from benyuan.engine.keys import key_hash, known_position
from benyuan.parties.documents import DocumentKind, normal_number
from benyuan.values.errors import BadInput

ROWS_A_PART = 500_000
CHUNK_BYTES = 1 << 20
WHOLE, DAY = Column(cell=Cell.whole), Column(cell=Cell.day)
TEXT = Column(cell=Cell.text)
NEEDED_DAY, NEEDED_MONTH = Column(cell=Cell.day, required=True), Column(cell=Cell.month, required=True)
DOCUMENTS = {kind.value: place for place, kind in enumerate(DocumentKind, 1)}
PERSON_COLUMNS = {
    "subject": WHOLE,
    "document": Column(cell=Cell.text, words=DOCUMENTS),
    "number": TEXT,
}
COLUMNS: dict[Sort, dict[str, Column]] = {
    Sort.months: {
        "account": WHOLE,
        "account_number": TEXT,
        "month": NEEDED_MONTH,
        "status": Column(cell=Cell.text, required=True, words=STATUS_NUMBER),
        **dict.fromkeys(("risk_class", "terms_left", "terms_overdue"), WHOLE),
        **dict.fromkeys(("due_on", "paid_on", "ended_on", "notified_on"), DAY),
        **dict.fromkeys(("balance_fen", "limit_fen", "due_fen", "paid_fen", "overdue_fen"), WHOLE),
        "notice": TEXT,
    },
    Sort.public: {
        **PERSON_COLUMNS,
        "case_number": Column(cell=Cell.text, required=True),
        "kind": Column(cell=Cell.text, required=True, words=PUBLIC_KIND_NUMBER),
        "published": WHOLE,
        "decided_on": NEEDED_DAY,
        **dict.fromkeys(("ended_on", "notified_on"), DAY),
        "amount_fen": WHOLE,
        "notice": TEXT,
    },
    Sort.inquiries: {
        **PERSON_COLUMNS,
        "asked_on": NEEDED_DAY,
        "purpose": Column(cell=Cell.text, required=True, words=PURPOSE_NUMBER),
    },
}
"""The columns that a file may have, by what it furnishes. A person is a `subject`, or a document and its number."""
LAYOUT: dict[Sort, Layout] = {Sort.months: MONTH, Sort.public: PUBLIC, Sort.inquiries: ASKED}
KIND = {Sort.months: "furnish_months", Sort.public: "furnish_public", Sort.inquiries: "furnish_inquiries"}
CORRECTION = "correct_months"
DIGITS = 16
NARROW = {np.dtype(kind): (np.iinfo(kind).min, np.iinfo(kind).max) for kind in (np.int8, np.int16, np.int32)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A record that was not taken: its line in the file, and the rule or the field with what it should be."""

    line: int
    rule: str = ""
    field: str = ""
    constraint: str = ""


@dataclass(slots=True, kw_only=True)
class Furnished:
    """What became of a file. `stopped`: the answer that refused a whole part, where one did."""

    records: int = 0
    taken: int = 0
    parcels: list[int] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    stopped: Answer | None = None


def furnish_file(
    group: Group,
    path: Path,
    *,
    sort: Sort,
    bureau: int,
    member: int,
    client: str,
    correct: bool = False,
    at: int | None = None,
    rows: int = ROWS_A_PART,
    told: Callable[[int], None] | None = None,
) -> Furnished:
    """Furnish a file; `correct`: in place of what is there. `told` is called with the rows of each part that is done.

    Errors: BadInput, where the file as a whole can't be taken; OSError; VaultLocked; StoreUnavailable: begin again.
    """
    if sort not in COLUMNS or (correct and sort is not Sort.months):
        raise BadInput(
            "sort", sort.value, "one of " + ", ".join(COLUMNS) + (": months are corrected" if correct else "")
        )
    done = Furnished()
    name = f"{CORRECTION if correct else KIND[sort]} {member} {digest_of(path)}"
    for number, part in enumerate(read_parts(path, columns=COLUMNS[sort], rows=rows)):
        sound = np.array(sorted(set(range(len(part))) - part.faults.keys()), np.int64)
        done.refused += [
            Refused(line=int(part.lines[row]), field=of, constraint=why) for row, (of, why) in part.faults.items()
        ]
        records = records_of(group, part, sort=sort, bureau=bureau, member=member)[sound]
        answers = _given(
            group,
            kind=CORRECTION if correct else KIND[sort],
            columns={"bureau": bureau, "member": member},
            records=records,
            client=client,
            key=f"{name} {number}",
            at=at,
        )
        done.records += len(part)
        for answer, about in answers:
            _add(done, answer, part.lines[sound][about])
        if done.stopped is not None:
            break
        if told is not None:
            told(len(part))
    done.refused.sort(key=lambda each: each.line)
    return done


def records_of(group: Group, part: Part, *, sort: Sort, bureau: int, member: int) -> NDArray[Any]:
    """The part's rows in the layout of their sort; what can't be found or does not fit is a value that is refused."""
    layout = LAYOUT[sort]
    records = np.zeros(len(part), layout.dtype)
    columns: dict[str, Any] = dict(part.columns)
    if sort is Sort.months:
        columns["account"] = _accounts(group, columns, len(part), bureau=bureau, member=member)
    else:
        columns["subject"] = _subjects(group, columns, len(part), bureau=bureau)
    if "case_number" in columns:
        columns["reference"] = _numbers(columns["case_number"])
    if "notice" in columns:
        columns["notice"] = _numbers(columns["notice"])
    for name in layout.dtype.names or ():
        if name in columns:
            records[name] = _fitting(columns[name], layout.dtype[name])
    return records


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Errors: OSError."""
    made = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            made.update(chunk)
    return made.hexdigest()


def _given(
    group: Group, *, client: str, key: str, records: NDArray[Any], **command: Any
) -> Iterator[tuple[Answer, NDArray[np.int64]]]:
    """The answers to a part, each with the rows that it is about; the last one is about what was not taken before."""
    rows, attempt, name = np.arange(len(records)), 0, key
    while True:
        answer = group.execute_parcel(client=client, key=name, records=records[rows], **command)
        before = _answer_before(group, answer, client=client, key=name)
        if before is None:
            yield answer, rows
            return
        if before.accepted and not _is_withdrawn(group, before.results["parcel"]):
            left = sorted(place for each in before.turned_away for place in each.places)
            yield replace(before, turned_away=[]), rows
            if not left:
                return
            rows = rows[left]
        attempt += 1
        name = f"{key} again {attempt} {hashlib.sha256(rows.tobytes()).hexdigest()[:DIGITS]}"


def _answer_before(group: Group, answer: Answer, *, client: str, key: str) -> Answer | None:
    """The answer that the key had before, also where the rows have come to mean other accounts or persons since."""
    if answer.repeated:
        return answer
    position = answer.position or known_position(group.keys, group.reader, (client, key), key_hash(client, key))
    return None if position in (None, answer.position) else group.answer(position)


def _is_withdrawn(group: Group, parcel: int) -> bool:
    return bool(group.records.tables[PARCEL.name].column("withdrawn")[parcel])


def _add(done: Furnished, answer: Answer, lines: NDArray[np.int64]) -> None:
    if not answer.accepted:
        done.stopped = answer
        return
    done.taken += answer.results["records"]
    done.parcels.append(answer.results["parcel"])
    for each in answer.turned_away:
        why = {"rule": each.rule, "field": each.field, "constraint": each.constraint}
        done.refused += [Refused(line=int(lines[place]), **why) for place in each.places]


def _accounts(group: Group, columns: Mapping[str, Any], count: int, *, bureau: int, member: int) -> NDArray[np.int64]:
    """The bureau's numbers of accounts: as they are given, or by the member's own numbers."""
    given: NDArray[np.int64] = columns.get("account", np.zeros(count, np.int64))
    if "account_number" not in columns:
        return given
    own = columns["account_number"]
    texts = [reference_text(bureau=bureau, member=member, number=number) for number in own]
    places = group.records.tables[CREDIT_LINE.name].first_with("reference", group.payloads.handles(texts))
    return np.where(given != 0, given, np.where(np.array([bool(number) for number in own], np.bool_), places, 0))


def _subjects(group: Group, columns: Mapping[str, Any], count: int, *, bureau: int) -> NDArray[np.int64]:
    """The subjects: as they are given, or by document and number."""
    given: NDArray[np.int64] = columns.get("subject", np.zeros(count, np.int64))
    if "number" not in columns:
        return given
    kinds = list(DocumentKind)
    documents = columns.get("document", np.ones(count, np.int64))
    texts = [
        subject_text(bureau=bureau, document=kinds[max(int(kind), 1) - 1], number=normal_number(number))
        for kind, number in zip(documents, columns["number"], strict=True)
    ]
    identities = np.array([group.payloads.identity_of(text) for text in texts], np.int64)
    found = group.records.look_up(SUBJECT_IDENTITY, identities, on=0)["subject"]
    return np.where(given != 0, given, found)


def _numbers(texts: list[str]) -> NDArray[np.int64]:
    """A number for each text, 0 for none."""
    return np.fromiter((text_number(text) if text else 0 for text in texts), np.int64, len(texts))


def _fitting(column: NDArray[np.int64], kind: np.dtype[Any]) -> NDArray[np.int64]:
    """A number too great for its column becomes one below 0, which every column refuses."""
    if kind not in NARROW:
        return column
    low, high = NARROW[kind]
    return np.where((column < low) | (column > high), -1, column)
