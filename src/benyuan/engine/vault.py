"""What the engine asks of a vault: personal data sealed under keys that lie outside the database.

Every payload is sealed under a named key of its own or of its month; the key destroyed, the payload is gone, in every
copy of the database. Identities are found again by a tag: a keyed hash that tells nothing without its key.
"""

from collections.abc import Sequence
from typing import Protocol

from benyuan.engine.store import StoreDamaged, StoreUnavailable


class VaultLocked(StoreUnavailable):
    """The keys of this database are not here, so nothing personal can be sealed or opened."""


class SealBroken(StoreDamaged):
    """What was sealed is not what is there: it was changed, or moved from its place."""


class Vault(Protocol):
    """Keys, and what is done with them."""

    def adopt(self, identity: str, *, existing: bool) -> None:
        """Be the vault of the database with this identity; it is made where nothing was ever sealed (not `existing`).

        Errors: VaultLocked.
        """

    def seal(self, items: Sequence[tuple[str, bytes, bytes]]) -> list[bytes]:
        """Seal (key's name, bytes, place), all or none; keys that are new are made, and are durable on return."""

    def open(self, items: Sequence[tuple[str, bytes, bytes]]) -> list[bytes | None]:
        """What was sealed, for each (key's name, sealed, place); None where the key has been destroyed.

        Errors: VaultLocked, SealBroken.
        """

    def tags(self, texts: Sequence[str]) -> list[bytes]:
        """For each text a keyed hash of 16 bytes, always the same."""

    def destroy(self, names: Sequence[str]) -> int:
        """Destroy keys; returns how many there were."""

    def names(self, prefix: str = "") -> list[str]:
        """The names of the keys that begin so, in order."""

    def close(self) -> None:
        """Forget the keys that are in memory."""
