"""What the engine asks of a store. Every store is tested against one contract suite."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NamedTuple, Protocol

from benyuan.decisions.facts import Table
from benyuan.engine.blocks import Block


class StoreError(Exception):
    """The store can't do what it was asked.

    StoreError
    ├── StoreBusy        another process posts to this store
    ├── StoreNewer       a later release of benyuan wrote it, in a form that this one can't read
    ├── StoreUnavailable the disk is full, read-only or failing; nothing unacknowledged was kept
    └── StoreDamaged     what is stored can't be read
    """


class StoreBusy(StoreError):
    """Another process posts to this store."""


class StoreNewer(StoreError):
    """A later release wrote the store; nothing of it was touched."""


class StoreUnavailable(StoreError):
    """The store could not take a batch: the disk is full, read-only or failing."""


class StoreDamaged(StoreError):
    """What is stored can't be read."""


class PageRow(NamedTuple):
    """A sealed page of records: its layout's number, the shelf on which it is found, whose parcel's page it is."""

    layout: int
    shelf: int
    position: int
    page: int
    key: str
    sealed: bytes


class Store(Protocol):
    """The log with its journal, the records, the keys of requests, payloads, packs and saved balances."""

    def is_read_only(self) -> bool:
        """Whether nothing can be posted."""

    def moment(self) -> AbstractContextManager[None]:
        """What is read inside is of one moment, whatever is posted meanwhile."""

    def begin(self) -> None:
        """Begin a batch."""

    def commit(self) -> None:
        """Make the batch durable. Errors: StoreUnavailable; then nothing of it is kept."""

    def rollback(self) -> None:
        """Drop the batch."""

    def append(self, block: Block) -> None:
        """Add a block to the log."""

    def blocks(self, *, after: int = 0) -> Iterator[Block]:
        """The blocks with a seq above `after`, in order."""

    def last_block(self) -> Block | None:
        """The head of the log."""

    def first_at(self) -> int | None:
        """The time of the first block; None where there is none."""

    def block_of_leg(self, leg: int) -> Block | None:
        """The block that holds a leg."""

    def block_of_position(self, position: int) -> Block | None:
        """The block that holds a command."""

    def rows_of_leg(self, leg: int) -> tuple[int, int, bytes] | None:
        """Of the block that holds a leg: its first leg, how many it has, and their packed columns."""

    def legs_before(self, *, at: int) -> int:
        """How many legs stand in the blocks whose `last_at` is before an instant; `last_at` never goes back."""

    def positions_before(self, *, at: int) -> int:
        """The last log position of the blocks whose `last_at` is before an instant; 0 where there is none."""

    def block_of_account(self, account: int) -> Block | None:
        """The block that created an account."""

    def add_keys(self, keys: Iterable[tuple[int, int]]) -> None:
        """Add keys of requests, which are new, as (number, position)."""

    def positions_of_keys(self, hashes: Sequence[int]) -> dict[int, int]:
        """The log positions of those of these numbers that are taken."""

    def has_keys(self) -> bool:
        """Whether there is any key."""

    def keys(self) -> Iterator[tuple[int, int]]:
        """All keys in order."""

    def vault(self) -> str:
        """The identity of the vault that seals what is personal here: given once, when the database is made."""

    def has_sealed(self) -> bool:
        """Whether anything was ever sealed for this database."""

    def add_payloads(self, payloads: Iterable[tuple[int, str, bytes]]) -> None:
        """Add payloads as (position, name of the key, sealed)."""

    def payload(self, position: int) -> tuple[str, bytes] | None:
        """The name of the key of a command's payload and what is sealed under it, unless erased."""

    def payload_positions(self) -> Iterator[int]:
        """The log positions of all payloads, in order."""

    def erase_payload(self, position: int) -> None:
        """Erase a payload."""

    def erase_payloads(self, positions: Sequence[int]) -> None:
        """Erase payloads; those that are not there are none."""

    def payloads_left(self, positions: Sequence[int]) -> list[int]:
        """Those of these log positions that have a payload, in order."""

    def sealed_under(self, names: Sequence[str]) -> list[int]:
        """The log positions of the payloads under these keys of identities, in order."""

    def erase_sealed_under(self, names: Sequence[str]) -> None:
        """Erase the payloads under these keys of identities."""

    def months_sealed(self) -> list[str]:
        """The names of the keys, other than those of identities, under which there is a payload."""

    def add_pages(self, pages: Iterable[PageRow]) -> None:
        """Add pages of records."""

    def remove_pages(self, names: Sequence[tuple[int, int]]) -> None:
        """Take pages out, as (position of the parcel, page)."""

    def pages_on(self, layout: int, shelves: Sequence[int]) -> list[PageRow]:
        """The pages of a layout that stand on these shelves, in order of their parcels."""

    def pages_of(self, positions: Sequence[int]) -> list[PageRow]:
        """The pages of the parcels at these log positions, in order."""

    def shelves(self, layout: int) -> list[int]:
        """The shelves on which there is a page of a layout."""

    def all_pages(self) -> Iterator[list[PageRow]]:
        """All pages, some at a time, in order of their parcels."""

    def identities(self, tags: Sequence[bytes]) -> dict[bytes, int]:
        """The number of each tag's identity; a tag that is new gets the next number, in order of appearance."""

    def known_identity(self, tag: bytes) -> int:
        """The number of a tag's identity; 0 where it is not known."""

    def tag_of(self, identity: int) -> bytes | None:
        """The tag of an identity; None where it has been erased. Errors: StoreDamaged where there is none."""

    def add_contacts(self, contacts: Iterable[tuple[bytes, int]]) -> None:
        """Keep, as (tag, identity), how an identity can be reached."""

    def identities_of_contact(self, tag: bytes) -> list[int]:
        """The numbers of all identities that were reached so."""

    def add_marks(self, marks: Iterable[tuple[bytes, int, int, int]]) -> None:
        """Keep, as (tag, whether it is listed, kind, identity), by what an identity and a list's entry are matched."""

    def listed_with(self, tags: Sequence[bytes]) -> dict[bytes, list[int]]:
        """For each tag that entries of lists have, their identities."""

    def shared_marks(self) -> Iterator[tuple[int, int, int]]:
        """(identity of no list, identity of an entry, kind) for each mark that both have, in order."""

    def marks_of(self, identity: int) -> list[bytes]:
        """The tags of an identity's marks."""

    def forget_identity(self, identity: int) -> None:
        """Erase the tags of an identity; its number is not given again."""

    def forgotten_identities(self) -> Iterator[int]:
        """The numbers of identities whose tags have been erased, in order."""

    def empty_identities(self) -> list[int]:
        """The numbers of identities that have their tag and no payload any more, in order."""

    def marks(self) -> Iterator[tuple[bytes, int, int, int]]:
        """Every mark as (tag, whether it is listed, kind, identity), in order."""

    def begin_erasing(self) -> None:
        """Note, in the batch under way, that something is erased whose bytes may still be in the files."""

    def is_erasing(self) -> bool:
        """Whether bytes of something erased may still be in the files."""

    def finish_erasing(self) -> None:
        """Write the files anew without what was erased; then `is_erasing` no more. Errors: StoreUnavailable."""

    def add_rows(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add rows to a table of records."""

    def change_rows(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        """Give rows of a table new values in these columns; `id` says which."""

    def sum_rows(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add to the values of rows of a table; `id` says which, and may come several times."""

    def remove_rows(self, table: Table, ids: Sequence[int]) -> None:
        """Take rows out of a table; those that are not there are none."""

    def rows(self, table: Table) -> Iterator[tuple[int, ...]]:
        """All rows of a table as (id, columns in order), in order of id."""

    def put_regime(self, digest: str, canonical: bytes) -> None:
        """Keep the rules that a batch is decided by."""

    def regime(self, digest: str) -> bytes | None:
        """Rules by their digest."""

    def save_balances(self, *, seq: int, pages: Mapping[int, bytes], rest: bytes) -> None:
        """Replace saved pages of balances; `rest` is the ledger's other state after block `seq`."""

    def saved_balances(self) -> tuple[int, Mapping[int, bytes], bytes] | None:
        """The seq, the pages and the rest that were saved last."""

    def close(self) -> None:
        """Let go of the store."""
