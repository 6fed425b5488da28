"""An answer leaves the bureau after it is on record who gets it: assembled, its digest logged, and only then shown.

Sources: State Council Order 631, arts. 18, 22; PBoC Order [2021] No. 4, art. 37; PIPL, art. 6. A refusal shows nothing
of the file. A crash between the record and the answer leaves an inquiry of which nobody has seen the answer; whoever
asks again under the same key, on the same day and while the consent stands, gets that answer as far as the file still
gives it, and no second inquiry is recorded. Later that would be a look that is on no record.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar

import msgspec
import numpy as np

from benyuan.assurance.bureau.debts import debts_elsewhere
from benyuan.assurance.group.reading import columns_of
from benyuan.credit_bureau.identities import subject_text
from benyuan.credit_bureau.records import CONSENT, CREDIT_LINE, MEMBER, SUBJECT_IDENTITY
from benyuan.credit_bureau.vocabulary import (
    OF_ONE_ACCOUNT,
    SECTIONS_OF,
    TO_LEND,
    WITH_CONSENT,
    Product,
    Purpose,
    Section,
)
from benyuan.decisions.commands import Request
from benyuan.decisions.facts import Table
from benyuan.decisions.outcomes import Answer
from benyuan.engine.group import Group
from benyuan.engine.keys import key_hashes, known_position
from benyuan.governance.checks.records import STAFF
from benyuan.governance.checks.words import SORT_NUMBER, EntitySort
from benyuan.governance.reading.standing import has_staff, reading
from benyuan.governance.reading.words import KEPT_NUMBER, TASK_NUMBER, Reading, Task
from benyuan.parties.documents import DocumentKind
from benyuan.usecases.bureau.inquire import InquiryFields
from benyuan.usecases.bureau.look import LookFields
from benyuan.usecases.bureau.read_own_report import OwnReportFields
from benyuan.usecases.reading.reads import READS
from benyuan.values.dates import local_day

Looks: TypeAlias = InquiryFields | OwnReportFields | LookFields
Asks = TypeVar("Asks", InquiryFields, OwnReportFields, LookFields)


class Assemble(Protocol):
    """Builds what is shown of a person's file: these sections, as the file stood at a log position.

    `at`: the time of the inquiry, by which is reckoned what may still be shown; `account`: the only one, 0 for all.
    """

    def __call__(
        self, group: Group, *, subject: int, sections: int, position: int, at: int, account: int
    ) -> dict[str, Any]:
        """The answer, as values that JSON can hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the asker gets: the decision on the inquiry, and the answer; `content` None: nothing is shown.

    After a repeated key `content` is None as well where the file has changed since and no longer gives that answer, on
    another day, and where the consent was taken back, the member stopped or the reader's role ended since.
    """

    answer: Answer
    content: dict[str, Any] | None = None


def ask(group: Group, *, command: Asks, assemble: Assemble, client: str, key: str, at: int | None = None) -> Shown:
    """Assemble, record, then show; `seen`, `shown` and `debts_fen` are filled in here.

    Errors: VaultLocked; StoreUnavailable, when nothing is recorded or shown; those of `assemble`, before anything is.
    """
    subject, sections = subject_of(group, command), sections_of_command(group, command)
    earlier = known_position(group.keys, group.reader, (client, key), key_hashes([client], [key])[0])
    if earlier is not None:
        return _again(group, command, earlier, assemble, subject=subject, sections=sections, request=(client, key, at))
    seen, now = group.position, group.now() if at is None else at
    content = _content(group, command, assemble, subject=subject, sections=sections, seen=seen, at=now)
    filled = _filled(group, command, content, subject=subject, sections=sections, seen=seen, at=now)
    answer: Answer = group.execute([Request(client=client, key=key, command=filled, at=now)])[0]
    return _shown(answer, content, sections)


def ask_all(
    group: Group,
    *,
    commands: Sequence[Asks],
    assemble: Assemble,
    client: str,
    keys: Sequence[str],
    at: int | None = None,
) -> list[Shown]:
    """Many at once, each as by `ask`: on record in one commit before any answer is shown.

    Errors: as `ask`; then nothing is recorded or shown of those that are new.
    """
    hashes = key_hashes([client] * len(keys), keys)
    known = [
        known_position(group.keys, group.reader, (client, key), each) is not None
        for key, each in zip(keys, hashes, strict=True)
    ]
    if any(known) or len(set(keys)) < len(keys):
        return [
            ask(group, command=each, assemble=assemble, client=client, key=key, at=at)
            for each, key in zip(commands, keys, strict=True)
        ]
    seen, now = group.position, group.now() if at is None else at
    requests, contents, sections_of_each = [], [], []
    for command, key in zip(commands, keys, strict=True):
        subject, sections = subject_of(group, command), sections_of_command(group, command)
        content = _content(group, command, assemble, subject=subject, sections=sections, seen=seen, at=now)
        filled = _filled(group, command, content, subject=subject, sections=sections, seen=seen, at=now)
        requests.append(Request(client=client, key=key, command=filled, at=now))
        contents.append(content)
        sections_of_each.append(sections)
    answers: Sequence[Answer] = group.execute(requests)
    return [_shown(*each) for each in zip(answers, contents, sections_of_each, strict=True)]


def _content(
    group: Group, command: Looks, assemble: Assemble, *, subject: int, sections: int, seen: int, at: int
) -> dict[str, Any] | None:
    """What the answer would show; None where there is no file, or no ground to read it."""
    if not (subject and sections and _is_theirs(group, command, subject)):
        return None
    account = account_of_command(command)
    return assemble(group, subject=subject, sections=sections, position=seen, at=at, account=account)


def _again(
    group: Group,
    command: Asks,
    earlier: int,
    assemble: Assemble,
    *,
    subject: int,
    sections: int,
    request: tuple[str, str, int | None],
) -> Shown:
    """The earlier answer under the key, if the command is the same."""
    opened = group.reader.at_position(earlier)
    place = earlier - opened.block.first_position
    asked = opened.batch().row(place)
    seen, debts = int(asked.get("seen", 0)), int(asked.get("debts_fen", 0))
    shown = str((group.payloads.read(earlier) or {}).get("shown", ""))
    client, key, at = request
    filled = _replaced(command, seen=seen, shown=shown, debts=debts)
    answer: Answer = group.execute([Request(client=client, key=key, command=filled, at=at)])[0]
    then, now = int(opened.batch().at[place]), group.now() if at is None else at
    if not (answer.accepted and subject and sections and local_day(now) == local_day(then) and _stands(group, command)):
        return Shown(answer=answer)
    content = assemble(
        group,
        subject=subject,
        sections=int(answer.results["sections"]),
        position=seen,
        at=then,
        account=account_of_command(command),
    )
    return Shown(answer=answer, content=content if digest_of(content) == shown else None)


def _row(group: Group, table: Table, number: int) -> dict[str, int]:
    """A row of a table; noughts where there is none, however great the number is that was given."""
    number = number if number <= np.iinfo(np.int64).max else 0
    found = group.records.look_up(table, np.array([number], np.int64), on=0)
    return {name: int(column[0]) for name, column in found.items()}


def _is_theirs(group: Group, command: Looks, subject: int) -> bool:
    """Whether consent or account of a member's inquiry are this person's to this member.

    Else it will be refused, and nothing is read for it: by the time that takes one could tell whether there is a file.
    """
    if not isinstance(command, InquiryFields):
        return True
    consented = Purpose(command.purpose) in WITH_CONSENT
    row = _row(group, CONSENT, command.consent) if consented else _row(group, CREDIT_LINE, command.account)
    return row["subject"] == subject and row["member"] == command.member


def _stands(group: Group, command: Looks) -> bool:
    """Whether what was accepted today rests on what stands still: a consent (PIPL, art. 15), the reader's role."""
    if not _may_read(group, command):
        return False
    if not isinstance(command, InquiryFields):
        return True
    member = _row(group, MEMBER, command.member)
    return not (_row(group, CONSENT, command.consent)["revoked"] or member["stopped"] or member["ended_on"])


def _may_read(group: Group, command: Looks) -> bool:
    """Whether the member of staff who reads has the role still; anybody, where no staff are on record."""
    if isinstance(command, OwnReportFields):
        return True
    column = columns_of(group)
    asks = isinstance(command, InquiryFields)
    entity = _row(group, MEMBER, command.member)["lender"] if isinstance(command, InquiryFields) else command.bureau
    at = (SORT_NUMBER[EntitySort.lender if asks else EntitySort.bureau], entity)
    if not entity or not has_staff(column, sort=at[0], entity=entity):
        return True
    staff = command.reader if command.reader < len(column(STAFF, "login")) else 0
    read = READS[command.kind]
    task = (read.purposes or {}).get(str(command.purpose), Task.unsaid)
    found = reading(
        column,
        lambda table, name, value: group.records.tables[table.name].all_with(name, value),
        staff=staff,
        sender=int(column(STAFF, "login")[staff]),
        at=at,
        asked=(KEPT_NUMBER[read.kept], TASK_NUMBER[task.value]),
        on=local_day(group.now()),
    )
    return found is Reading.allowed


def _filled(
    group: Group,
    command: Asks,
    content: dict[str, Any] | None,
    *,
    subject: int,
    sections: int,
    seen: int,
    at: int,
) -> Asks:
    """The command with the position that was read, the digest of what is shown, and what it tells of debts."""
    if content is None:
        return _replaced(command, seen=seen, shown="", debts=0)
    debts = _debts(group, command, subject=subject, sections=sections, seen=seen, at=at)
    return _replaced(command, seen=seen, shown=digest_of(content), debts=debts)


def _debts(group: Group, command: Looks, *, subject: int, sections: int, seen: int, at: int) -> int:
    """What is paid elsewhere in a month, where a lender of the group is shown accounts of its customer, to lend."""
    if not isinstance(command, InquiryFields) or not command.customer or not sections & Section.accounts:
        return 0
    member = _row(group, MEMBER, command.member)
    if Purpose(command.purpose) not in TO_LEND or not member["lender"]:
        return 0
    whose = {"bureau": command.bureau, "subject": subject, "member": command.member}
    return debts_elsewhere(group, **whose, position=seen, at=at)


def _replaced(command: Asks, *, seen: int, shown: str, debts: int) -> Asks:
    return msgspec.structs.replace(command, seen=seen, shown=shown, **_told(command, debts))


def _told(command: Looks, debts: int) -> dict[str, int]:
    return {"debts_fen": debts} if isinstance(command, InquiryFields) else {}


def _shown(answer: Answer, content: dict[str, Any] | None, sections: int) -> Shown:
    if not answer.accepted:
        return Shown(answer=answer)
    if answer.results["sections"] != sections:
        raise AssertionError(f"sections {sections} were read for an answer of {answer.results['sections']}")
    return Shown(answer=answer, content=content)


def digest_of(content: dict[str, Any]) -> str:
    """The SHA-256 of an answer's JSON with sorted keys, in hexadecimal."""
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()


def subject_of(group: Group, command: Looks) -> int:
    """The number of the file that a command is about; 0 where there is none."""
    if isinstance(command, LookFields):
        return command.subject
    return known_subject(group, bureau=command.bureau, document=command.document, number=command.number)


def known_subject(group: Group, *, bureau: int, document: DocumentKind, number: str) -> int:
    """The number of the file of the holder of a document at a bureau; 0 where there is none. Errors: VaultLocked."""
    kind = DocumentKind(document)
    identity = group.payloads.identity_of(subject_text(bureau=bureau, document=kind, number=number))
    found = group.records.look_up(SUBJECT_IDENTITY, np.array([identity], np.int64), on=0)
    return int(found["subject"][0])


def account_of_command(command: Looks) -> int:
    """The only account that may be shown: the asker's own, where it checks an objection to it; 0 for all."""
    if isinstance(command, InquiryFields) and Purpose(command.purpose) is Purpose.objection:
        return command.account
    return 0


def sections_of_command(group: Group, command: Looks) -> int:
    """The sections that the command may be shown if it is accepted, as `Inquire` and the others reckon them."""
    if isinstance(command, OwnReportFields):
        return int(SECTIONS_OF[Purpose.own])
    needed = SECTIONS_OF[Purpose(command.purpose)]
    if isinstance(command, LookFields):
        return int(needed)
    if Product(command.product) is Product.score:
        needed &= Section.score
    if Purpose(command.purpose) is Purpose.objection:
        return int(needed & OF_ONE_ACCOUNT)
    if Purpose(command.purpose) not in WITH_CONSENT:
        return int(needed)
    return int(needed) & _row(group, CONSENT, command.consent)["sections"]
