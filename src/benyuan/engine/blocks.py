"""The log is made of blocks: one for each batch that was decided, with its commands, outcomes, accounts and legs.

A block carries the hash of the one before, so the log is tamper-evident and its head proves all of it.
"""

import hashlib
from dataclasses import dataclass, replace

GENESIS = bytes(32)
FORMAT = 1
"""The number of the form in which a block's parts are written; a block says its own, under its hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One batch as it is stored. Positions, legs and accounts are counted from 1.

    `body`: the commands; `outcome`: what became of them; `made`: accounts created; `rows`: journal rows; `format`: the
    number of the form of these four.
    """

    seq: int
    kind: str
    version: int
    first_position: int
    commands: int
    first_leg: int
    legs: int
    first_account: int
    accounts: int
    last_at: int
    regime: str
    release: str
    body: bytes
    outcome: bytes
    made: bytes
    rows: bytes
    previous: bytes = GENESIS
    hash: bytes = b""
    format: int = FORMAT

    def digest(self) -> bytes:
        """The hash that the block must have."""
        head = (
            self.format,
            self.seq,
            self.kind,
            self.version,
            self.first_position,
            self.commands,
            self.first_leg,
            self.legs,
            self.first_account,
            self.accounts,
            self.last_at,
            self.regime,
            self.release,
        )
        made = hashlib.sha256(self.previous)
        made.update("|".join(str(item) for item in head).encode())
        for part in (self.body, self.outcome, self.made, self.rows):
            made.update(len(part).to_bytes(8, "big"))
            made.update(part)
        return made.digest()

    def sealed(self, *, previous: bytes) -> "Block":
        """The block, chained to the one before."""
        chained = replace(self, previous=previous)
        return replace(chained, hash=chained.digest())
