"""Payloads: the personal fields of a command, sealed beside the log, and the salted commitment to them in it.

The salt is sealed with them, so that nothing can be guessed from the commitment once the key is destroyed.
"""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import MATCH_COLUMNS, NAME_MARK, NUMBER_MARK, REGISTRY, Identity, Mark
from benyuan.engine.codec import encoded
from benyuan.engine.intake import Incoming
from benyuan.engine.records import Records
from benyuan.engine.store import Store
from benyuan.engine.vault import Vault
from benyuan.values.dates import local_day

SALT_BYTES = 16
HALF = 8
A_MONTH = 100
MONTH = "month/"
DIGESTS = "digests/"
SEPARATOR = "\x1f"
MARK_NAMES = {NAME_MARK: "name", NUMBER_MARK: "number"}


def identity_key(identity: int) -> str:
    """The name of the key under which all that an identity tells of itself is sealed."""
    return f"identity/{identity}"


def month_key(on: int) -> str:
    """The name of the key of all other payloads of a month, given a day of it."""
    return f"{MONTH}{on // A_MONTH}"


def digest_key(on: int) -> str:
    """The name of the key of a month's digests of commands that have no personal fields (see `unkept`).

    No text says for how long these are kept, and the key of the month must be able to go without them.
    """
    return f"{DIGESTS}{on // A_MONTH}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What payloads tell of identities.

    `strangers`: (identity, position) of those whose tag is another's. `marks`: as the store keeps them. `unread`:
    identities of which a payload could not be read.
    """

    strangers: list[tuple[int, int]] = field(default_factory=list)
    marks: list[tuple[bytes, int, int, int]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


class Payloads:
    """Seals, keeps and opens payloads."""

    def __init__(self, *, store: Store, vault: Vault, records: Records) -> None:
        self._store = store
        self._vault = vault
        self._records = records
        self._adopted = False

    def keep(self, part: Incoming) -> dict[str, str]:
        """Keep the payloads of a batch; returns their commitments by place."""
        if not part.payloads:
            return {}
        self._adopt()
        batch = part.batch
        commitments, items, positions = {}, [], []
        for place, payload in part.payloads.items():
            salt = secrets.token_bytes(SALT_BYTES)
            body = encoded(payload)
            commitments[str(place)] = _commitment(salt, body)
            position = int(batch.position[place])
            items.append((self._key(batch, place), salt + body, _place(position)))
            positions.append(position)
        sealed = self._vault.seal(items)
        self._store.add_payloads(
            (position, item[0], body) for position, item, body in zip(positions, items, sealed, strict=True)
        )
        return commitments

    def same(self, position: int, payload: dict[str, Any], committed: str) -> bool:
        """Whether a payload is the one that was committed to; true where that has been erased."""
        opened = self.opened([position])[0]
        return opened is None or _commitment(opened[:SALT_BYTES], encoded(payload)) == committed

    def fits(self, batch: Batch, commitments: Mapping[int, str]) -> list[bool | None]:
        """Whether each payload of a batch, by place, is what was committed to; None where it has been erased.

        One under another key than its own doesn't fit: where there is no such key it would pass for erased.
        Errors: VaultLocked, SealBroken, StoreDamaged.
        """
        positions = [int(batch.position[place]) for place in commitments]
        rows = [self._store.payload(position) for position in positions]
        found = zip(commitments.items(), rows, self._opened(rows, positions), strict=True)
        return [
            self._fits(self._key(batch, place), row, opened, committed) for (place, committed), row, opened in found
        ]

    @staticmethod
    def _fits(key: str, row: tuple[str, bytes] | None, opened: bytes | None, committed: str) -> bool | None:
        if row is not None and row[0] != key:
            return False
        return None if opened is None else _commitment(opened[:SALT_BYTES], opened[SALT_BYTES:]) == committed

    def left(self, positions: Sequence[int]) -> int:
        """How many of these payloads have not been erased; asks for no keys."""
        return len(self._store.payloads_left(positions))

    def read(self, position: int) -> dict[str, Any] | None:
        """The personal fields of the command at a log position; None where it had none, or they have been erased.

        Errors: VaultLocked, SealBroken.
        """
        opened = self.opened([position])[0]
        fields: dict[str, Any] | None = None if opened is None else msgspec.json.decode(opened[SALT_BYTES:])
        return fields

    def read_all(self, positions: Sequence[int]) -> list[dict[str, Any] | None]:
        """The personal fields of many commands, as `read` of each. Errors: VaultLocked, SealBroken."""
        opened = self.opened(positions)
        return [None if each is None else msgspec.json.decode(each[SALT_BYTES:]) for each in opened]

    def opened(self, positions: Sequence[int]) -> list[bytes | None]:
        """Salt and body of payloads."""
        return self._opened([self._store.payload(position) for position in positions], positions)

    def _opened(self, rows: Sequence[tuple[str, bytes] | None], positions: Sequence[int]) -> list[bytes | None]:
        found = [(row[0], row[1], _place(position)) for row, position in zip(rows, positions, strict=True) if row]
        if found:
            self._adopt()
        opened = iter(self._vault.open(found) if found else ())
        return [next(opened) if row else None for row in rows]

    def identities(self, run: Incoming) -> Incoming:
        """The batch with what the log may know of each identity: `identity`, its opaque number, and what derives.

        An identity that is new gets the next number. 0 where the command has a fault.
        """
        command = REGISTRY[run.batch.kind]
        if not command.identified:
            return run
        self._adopt()
        count = len(run.places)
        found = {
            place: command.identity(payload, run.batch.row(place), local_day(int(run.batch.at[place])))
            for place, payload in run.payloads.items()
            if place not in run.faults
        }
        found = {place: who for place, who in found.items() if who.text}
        tags = self._vault.tags([who.text for who in found.values()])
        numbers = self._store.identities(tags)
        given = [(who.contact, numbers[tag]) for who, tag in zip(found.values(), tags, strict=True) if who.contact]
        contacts = self._vault.tags([contact for contact, _ in given])
        self._store.add_contacts(zip(contacts, (number for _, number in given), strict=True))
        known = dict(zip(found, (numbers[tag] for tag in tags), strict=True))
        matches = self._matches(found, known)
        handles, elsewhere = self._handles(found), self._elsewhere(found)
        given_names = ((*who.derived, *who.handles, *who.elsewhere) for who in found.values())
        names = dict.fromkeys(name for each in given_names for name in each)
        names |= dict.fromkeys(MATCH_COLUMNS if command.screened else ())
        columns = {name: np.zeros(count, np.int64) for name in ("identity", *command.keyed, *names)}
        for (place, who), tag in zip(found.items(), tags, strict=True):
            columns["identity"][place] = numbers[tag]
            matched = dict(zip(MATCH_COLUMNS, matches.get(place, (0, 0)), strict=True))
            derived = who.derived | handles.get(place, {}) | elsewhere.get(place, {}) | matched
            for name in names:
                columns[name][place] = derived.get(name, 0)
        return run.with_columns(columns)

    def handle(self, text: str) -> int:
        """The keyed number of a text. Errors: VaultLocked."""
        self._adopt()
        return _handle(self._vault.tags([text])[0])

    def handles(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """The keyed numbers of texts. Errors: VaultLocked."""
        self._adopt()
        return np.fromiter(map(_handle, self._vault.tags(texts)), np.int64, len(texts))

    def _handles(self, found: Mapping[int, Identity]) -> dict[int, dict[str, int]]:
        """The keyed numbers that a command's columns get, by place."""
        asked = [(place, name, text) for place, who in found.items() for name, text in who.handles.items()]
        tags = self._vault.tags([text for _, _, text in asked])
        made: dict[int, dict[str, int]] = {}
        for (place, name, _), tag in zip(asked, tags, strict=True):
            made.setdefault(place, {})[name] = _handle(tag)
        return made

    def _elsewhere(self, found: Mapping[int, Identity]) -> dict[int, dict[str, int]]:
        """The numbers of the other identities that commands name, by place."""
        asked = [(place, name, text) for place, who in found.items() for name, text in who.elsewhere.items()]
        made: dict[int, dict[str, int]] = {}
        if asked:
            numbers = self.identities_known([text for _, _, text in asked]).tolist()
            for (place, name, _), number in zip(asked, numbers, strict=True):
                made.setdefault(place, {})[name] = number
        return made

    def _matches(self, found: Mapping[int, Identity], known: Mapping[int, int]) -> dict[int, tuple[int, int]]:
        """Keep the marks; for customers, by place, the weightiest mark that an entry of a list has, and the entry."""
        marks = [(place, mark) for place, who in found.items() for mark in who.marks]
        tags = self._mark_tags([mark for _, mark in marks])
        tagged = list(zip(marks, tags, strict=True))
        self._store.add_marks((tag, int(found[place].listed), mark.kind, known[place]) for (place, mark), tag in tagged)
        customers = [((place, mark), tag) for (place, mark), tag in tagged if not found[place].listed]
        entries = self._store.listed_with([tag for _, tag in customers])
        standing = self._records.standing_entries([entry for each in entries.values() for entry in each])
        best: dict[int, tuple[int, int]] = {}
        for (place, mark), tag in customers:
            for entry in entries.get(tag, []):
                if entry in standing:
                    best[place] = max(best.get(place, (0, 0)), (mark.kind, entry))
        return best

    def told_by(self, batch: Batch) -> "Told":
        """What the payloads of a batch tell of identities: who is not who the log says, and the marks of each.

        A payload that has been erased no longer tells.
        """
        command = REGISTRY.get(batch.kind)
        if command is None or not command.identified or "identity" not in batch.columns:  # nobody's at that version
            return Told()
        numbers = batch.integers("identity").tolist()
        places = [place for place, number in enumerate(numbers) if number]
        if not places:  # no key is asked for
            return Told()
        read = [(place, self.read(int(batch.position[place]))) for place in places]
        who = {
            place: command.identity(payload, batch.row(place), local_day(int(batch.at[place])))
            for place, payload in read
            if payload is not None
        }
        tags = dict(zip(who, self._vault.tags([each.text for each in who.values()]), strict=True))
        strangers = [
            (numbers[place], int(batch.position[place]))
            for place, tag in tags.items()
            if self._store.tag_of(numbers[place]) != tag
        ]
        marks = [(place, mark) for place, each in who.items() for mark in each.marks]
        rows = [
            (tag, int(who[place].listed), mark.kind, numbers[place])
            for (place, mark), tag in zip(marks, self._mark_tags([mark for _, mark in marks]), strict=True)
        ]
        return Told(strangers=strangers, marks=rows, unread=[numbers[place] for place in places if place not in who])

    def _mark_tags(self, marks: Sequence[Mark]) -> list[bytes]:
        return self._vault.tags([f"{MARK_NAMES[mark.kind]}{SEPARATOR}{mark.text}" for mark in marks])

    def identity_of(self, text: str) -> int:
        """The number of an identity; 0 where it is not known."""
        self._adopt()
        return self._store.known_identity(self._vault.tags([text])[0])

    def identities_known(self, texts: Sequence[str]) -> NDArray[np.int64]:
        """The numbers of identities; 0 for each that is not known."""
        self._adopt()
        return np.fromiter(map(self._store.known_identity, self._vault.tags(texts)), np.int64, len(texts))

    def identities_of_contact(self, text: str) -> list[int]:
        """The numbers of all identities that have given a contact."""
        self._adopt()
        return self._store.identities_of_contact(self._vault.tags([text])[0])

    def ready(self) -> None:
        """Have the keys of this database at hand. Errors: VaultLocked."""
        self._adopt()

    def _adopt(self) -> None:
        if not self._adopted:
            self._vault.adopt(self._store.vault(), existing=self._store.has_sealed())
            self._adopted = True

    @staticmethod
    def _key(batch: Batch, place: int) -> str:
        identity = int(batch.integers("identity")[place]) if "identity" in batch.columns else 0
        if identity:
            return identity_key(identity)
        command, on = REGISTRY.get(batch.kind), local_day(int(batch.at[place]))
        return month_key(on) if command is None or command.personal else digest_key(on)


def _handle(tag: bytes) -> int:
    """63 bits of a tag; never 0, which is no number."""
    return (int.from_bytes(tag[:HALF], "big") >> 1) or 1


def _commitment(salt: bytes, body: bytes) -> str:
    return hashlib.sha256(salt + body).hexdigest()


def _place(position: int) -> bytes:
    return position.to_bytes(8, "big")
