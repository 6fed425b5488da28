"""The group: commands in, answers out, every answer durable. `docs/algorithms/posting.md` tells the way through it."""

import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Request
from benyuan.decisions.outcomes import Answer, Invalid
from benyuan.decisions.parcels import TurnedAway
from benyuan.decisions.usecase import UseCase
from benyuan.engine.answers import Answers, answer_from_log, as_sent, with_places
from benyuan.engine.blocks import GENESIS, Block
from benyuan.engine.books import EngineBooks
from benyuan.engine.checks import numbered
from benyuan.engine.codec import encoded, packed, thin, thin_columns
from benyuan.engine.deciding import Decider, Result, Undecidable
from benyuan.engine.erasing import erase, finish
from benyuan.engine.facts import FactLoader
from benyuan.engine.intake import (
    Incoming,
    ahead_of,
    cut,
    in_time,
    of_columns,
    of_parcel,
    of_requests,
    part_of,
    without,
)
from benyuan.engine.keys import key_hashes, known_position, same_command
from benyuan.engine.outcomes import as_created, outcome_of
from benyuan.engine.pages import Pages
from benyuan.engine.payloads import Payloads
from benyuan.engine.readers import recognised
from benyuan.engine.reading import Opened, Reader
from benyuan.engine.records import Records, keep
from benyuan.engine.regime import Regime
from benyuan.engine.restoring import restore, save
from benyuan.engine.store import Store, StoreError, StoreUnavailable
from benyuan.engine.unkept import UNKEPT, fields_known, reason, unkept_in, with_digests, without_words
from benyuan.engine.vault import Vault
from benyuan.ledger import Created, Posted
from benyuan.ledger.columns import integers
from benyuan.ledger.layout import ROW
from benyuan.values.dates import local_day

LEDGER_POST = "ledger.post"
LEDGER_CREATE = "ledger.create_accounts"
SAVE_EVERY_LEGS = 2_000_000
SAVE_EVERY_KEYS = 500_000

Clock = Callable[[], int]
TakeKeys = Callable[[Sequence[int], Sequence[int]], None]


def system_clock() -> int:
    """The time now, in microseconds since 1970 UTC."""
    return time.time_ns() // 1000


class Group:
    """One installation: its ledger, records and log. One process posts; it is not for several threads at once."""

    def __init__(
        self,
        *,
        store: Store,
        vault: Vault,
        regime: Regime,
        use_cases: dict[str, UseCase],
        release: str,
        clock: Clock = system_clock,
    ) -> None:
        self.store = store
        self.vault = vault
        self.regime = regime
        self.use_cases = use_cases
        self.release = release
        self._clock = clock
        self._closed = False
        self._in_doubt = False
        self._begin()

    def _begin(self) -> None:
        """Bring memory to where the store is."""
        with self.store.moment():
            self.reader = Reader(self.store)
            self.records = Records()
            self.records.load(self.store)
            self.ledger, self.keys = restore(self.store, self.reader)
            self._head = self.store.last_block()
            self._regime_stored = self.store.regime(self.regime.digest) is not None
        self.payloads = Payloads(store=self.store, vault=self.vault, records=self.records)
        self.pages = Pages(store=self.store, vault=self.vault)
        self._saved_legs = self.ledger.leg_count
        self.loader = FactLoader(records=self.records, reader=self.reader, ledger=self.ledger, pages=self.pages)
        self._decider = Decider(ledger=self.ledger, loader=self.loader, use_cases=self.use_cases)

    @property
    def position(self) -> int:
        """The log position of the last command."""
        return self._head.first_position + self._head.commands - 1 if self._head else 0

    @property
    def last_at(self) -> int:
        """The time of the last block."""
        return self._head.last_at if self._head else 0

    @property
    def head(self) -> bytes:
        """The hash that proves the whole log."""
        return self._head.hash if self._head else GENESIS

    def execute(self, requests: Sequence[Request]) -> Answers:
        """Decide requests in order, in one commit; every answer is durable when this returns.

        Errors: StoreUnavailable, when nothing of the call was kept; try again with the same keys.
        """
        answers = Answers(len(requests), [request.command.kind for request in requests])
        self._in_one_commit(answers, list(of_requests(requests)))
        return answers

    def execute_whole(self, work: Callable[[Callable[[Sequence[Request]], Answers]], None]) -> None:
        """Several calls of `execute` in one commit: `work` is given that call, and all it asks is kept, or nothing.

        Nothing is kept where `work` raises, and its error comes out. Errors: as `execute` besides.
        """

        def take(requests: Sequence[Request]) -> Answers:
            answers = Answers(len(requests), [request.command.kind for request in requests])
            for run in of_requests(requests):
                self._take(answers, run)
            return answers

        self._commit(lambda: work(take))
        self._save_if_due()

    def execute_columns(
        self, *, kind: str, columns: dict[str, Any], client: str, keys: Sequence[str], at: Any = None
    ) -> Answers:
        """Decide commands of one kind given as columns; `at` is one time or a column of times. Otherwise as `execute`.

        Errors: KeyError for no such kind; ValueError for times that are no integers, or columns of another length than
        `keys`.
        """
        count = len(keys)
        times = None if at is None else integers(field="at", column=at, dtype=np.dtype(np.int64))
        if times is not None and times.shape not in ((), (count,)):
            raise ValueError(f"at: {times.shape} values for {count} keys")
        answers = Answers(count, [kind] * count)
        incoming = of_columns(kind=kind, clients=[client] * count, keys=keys, at=times, columns=columns)
        self._in_one_commit(answers, [incoming])
        return answers

    def execute_parcel(
        self, *, kind: str, columns: dict[str, Any], records: NDArray[Any], client: str, key: str, at: int | None = None
    ) -> Answer:
        """Decide one command that comes with records of its layout; what is taken of them is durable on return.

        Which were turned away, and why, is in the answer. Errors: as `execute_columns`; ValueError for records of
        another layout.
        """
        answers = Answers(1, [kind])
        incoming = of_parcel(kind=kind, client=client, key=key, at=at, columns=columns, records=records)
        self._in_one_commit(answers, [incoming])
        answer: Answer = answers[0]
        return answer

    def post(self, **columns: Any) -> Posted:
        """Post bare legs, as `Ledger.post` does, in one commit."""
        columns.setdefault("at", max(self._clock(), self.last_at))
        posted: Posted = self._bare(lambda: self.ledger.post(**columns), LEDGER_POST)
        return posted

    def post_records(self, legs: Any) -> Posted:
        """Post bare legs given as records of the `LEG` layout, in one commit."""
        posted: Posted = self._bare(lambda: self.ledger.post_records(legs), LEDGER_POST)
        return posted

    def create_accounts(self, **columns: Any) -> Created:
        """Create bare accounts, as `Ledger.create_accounts` does, in one commit."""
        created: Created = self._bare(lambda: self.ledger.create_accounts(**columns), LEDGER_CREATE)
        return created

    def books(self, *, before: int | None = None) -> EngineBooks:
        """The books as a survey sees them, just before a log position; None: as they are now."""
        return EngineBooks(
            ledger=self.ledger,
            records=self.records,
            reader=self.reader,
            pages=self.pages,
            position=self.position + 1 if before is None else before,
        )

    def answer(self, position: int) -> Answer:
        """The answer that the command at a log position had. Errors: KeyError; VaultLocked, of one with records."""
        return self._earlier(self.reader.at_position(position), position, repeated=False)

    def save(self) -> None:
        """Save balances, so that the next start has less to fold."""

        def work() -> None:
            save(self.store, self.ledger, self._head.seq if self._head else 0)
            self.keys.save()

        self._commit(work)
        self._saved_legs = self.ledger.leg_count

    def now(self) -> int:
        """The time of a command that would come in now: the clock's, never before the log's last."""
        return max(self._clock(), self.last_at)

    def finish_erasing(self) -> int:
        """Destroy the keys of what has been erased and clean the files; returns how many keys. Nothing where clean.

        Errors: VaultLocked, StoreUnavailable; then it is to be begun again.
        """
        self._make_ready()
        return finish(self.store, self.vault, on=local_day(self.now()))

    def close(self) -> None:
        """Save balances and let go of the store."""
        if self._closed:
            return
        try:
            if not self.store.is_read_only() and (self.ledger.leg_count > self._saved_legs or len(self.keys)):
                self.save()
        finally:
            self._closed = True
            self.vault.close()
            self.store.close()

    def __enter__(self) -> "Group":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---------------------------------------------------------------------------------------------- one commit

    def _in_one_commit(self, answers: Answers, incoming: list[Incoming]) -> None:
        def work() -> None:
            for run in incoming:
                self._take(answers, run)

        self._commit(work)
        self._save_if_due()

    def _save_if_due(self) -> None:
        if self.ledger.leg_count - self._saved_legs > SAVE_EVERY_LEGS or len(self.keys) > SAVE_EVERY_KEYS:
            with contextlib.suppress(StoreUnavailable):  # what was asked is done; it is saved another time
                self.save()

    def _bare(self, work: Callable[[], Any], kind: str) -> Any:
        done: list[Any] = []

        def whole() -> None:
            before = self.ledger.account_count
            done.append(work())
            self._write(kind=kind, version=1, body=b"", outcome=b"", commands=0, accounts_before=before)

        self._commit(whole)
        self._save_if_due()
        return done[0]

    def _commit(self, work: Callable[[], None]) -> None:
        """Do the work in one transaction; whatever goes wrong, memory is brought back to where the store is.

        A commit of which nobody knows whether it was done is looked up: the head of the log tells.
        """
        self._make_ready()
        before = expected = self.head
        try:
            self.store.begin()
            work()
            expected = self.head
            self.store.commit()
        except BaseException as error:
            self._in_doubt = True
            self._recover_quietly()
            done = not self._in_doubt and expected != before and self.head == expected
            if not (done and isinstance(error, StoreUnavailable)):
                raise

    def _make_ready(self) -> None:
        """Errors: StoreError where the group is closed; StoreUnavailable while the store is still away."""
        if self._closed:
            raise StoreError("the group is closed")
        if self._in_doubt:
            self._recover()

    def _recover(self) -> None:
        self.store.rollback()
        self._begin()
        self._in_doubt = False

    def _recover_quietly(self) -> None:
        with contextlib.suppress(StoreUnavailable):  # the first error says what is wrong; the next call tries again
            self._recover()

    # ---------------------------------------------------------------------------------------------- one run

    def _take(self, answers: Answers, run: Incoming) -> None:
        """Log the commands that can be logged, each as if it had come alone."""
        for place, fault in run.unlogged.items():
            answers.refuse_unlogged(int(run.places[place]), fault)
        run = without(run, run.unlogged)
        hashes = key_hashes(run.batch.clients, run.batch.keys)
        if self.keys.are_free(hashes):
            self._take_new(answers, run, hashes, take=self.keys.take_free)
        else:
            self._take_with_known_keys(answers, run, hashes)

    def _take_with_known_keys(self, answers: Answers, run: Incoming, hashes: list[int]) -> None:
        """Some keys are in the log already, or come twice: those get the earlier answer, the rest is taken."""
        fresh: dict[tuple[str, str], int] = {}
        self.keys.look_up(hashes)

        def take_fresh() -> None:
            places = np.array(list(fresh.values()), np.int64)
            numbers = [hashes[place] for place in places.tolist()]
            self._take_new(answers, part_of(run, places), numbers, take=self.keys.take)
            fresh.clear()

        for place in self._repeat_known(answers, run, hashes):
            name = (run.batch.clients[place], run.batch.keys[place])
            if name in fresh:
                take_fresh()
            known = known_position(self.keys, self.reader, name, hashes[place])
            if known is None:
                fresh[name] = place
            else:
                self._repeat(answers, run, place, known)
        if fresh:
            take_fresh()

    def _repeat_known(self, answers: Answers, run: Incoming, hashes: list[int]) -> list[int]:
        """Earlier answers in the order of the log, so that each block is read once; the places of all others."""
        taken = ((self.keys.position(hashed), place) for place, hashed in enumerate(hashes))
        repeated = set()
        for _, place in sorted((position, place) for position, place in taken if position is not None):
            name = (run.batch.clients[place], run.batch.keys[place])
            known = known_position(self.keys, self.reader, name, hashes[place])
            if known is not None:
                self._repeat(answers, run, place, known)
                repeated.add(place)
        return [place for place in range(len(hashes)) if place not in repeated]

    def _take_new(self, answers: Answers, run: Incoming, hashes: list[int], *, take: TakeKeys) -> None:
        """Commands whose keys are new, though another key may share the number of one."""
        now = self._clock()
        run, late = in_time(run, now=now, last_at=self.last_at)
        late = {**ahead_of(run, now=now), **late}
        for place, fault in late.items():
            answers.refuse_unlogged(int(run.places[place]), fault)
        run = without(run, late)
        if len(run.places) == 0:
            return
        first = self.position + 1
        position = np.arange(first, first + len(run.places), dtype=np.int64)
        run = numbered(run, records=self.records, numbering=self.payloads, rules=self.regime.pack)
        run = recognised(run, records=self.records, reader=self.reader, identities=self.payloads)
        run = self.payloads.identities(replace(run, batch=replace(run.batch, position=position)))
        take([hashed for place, hashed in enumerate(hashes) if place not in late], position.tolist())
        for part in cut(run, use_case=self.use_cases[run.batch.kind], records=self.records):
            self._decide(answers, part)

    def _repeat(self, answers: Answers, run: Incoming, place: int, position: int) -> None:
        """The earlier answer, if the command is the same; else the key is refused."""
        opened = self.reader.at_position(position)
        there = int(run.places[place])
        if same_command(self.payloads, opened, position, run, place):
            answers.repeat(there, self._earlier(opened, position, repeated=True))
        else:
            constraint = f"a key of its own: command {position} had this key and was another"
            answers.refuse_unlogged(there, Invalid(field="key", value=run.batch.keys[place], constraint=constraint))

    def _earlier(self, opened: Opened, position: int, *, repeated: bool) -> Answer:
        answer = answer_from_log(opened, position, repeated=repeated)
        return with_places(answer, self.pages.turned_away(position)) if answer.turned_away else answer

    def _decide(self, answers: Answers, part: Incoming) -> None:
        before = self.ledger.account_count
        try:
            result = self._decider.decide(part.batch, regime=self.regime, faults=part.faults)
        except Undecidable as error:
            places = np.arange(len(part.places))
            for smaller in np.split(places, error.cuts or places[1:]):
                self._decide(answers, part_of(part, smaller))
            return
        rewritten = []
        for event in result.events:
            self.records.fold(event)
            written = erase(event, self.store, self.pages)
            if written is None:
                keep(event, self.store)
            else:
                rewritten += written
        self._log(part, result, accounts_before=before, rewritten=rewritten)
        self._tell(answers, part, result)

    def _tell(self, answers: Answers, part: Incoming, result: Result) -> None:
        batch = part.batch
        answers.fill(part.places, position=batch.position, status=result.status, at=batch.at, results=result.results)
        answers.refusals |= {int(part.places[place]): item for place, item in result.refusals.items()}
        answers.invalid |= {int(part.places[place]): item for place, item in result.invalid.items()}
        if result.turned_away:
            answers.turned_away[int(part.places[0])] = as_sent(result.turned_away, part.lines)

    # ---------------------------------------------------------------------------------------------- the log

    def _log(self, part: Incoming, result: Result, *, accounts_before: int, rewritten: list[list[Any]]) -> None:
        batch = part.batch
        layout = self.use_cases[batch.kind].command.brings
        unkept = unkept_in(part, result.invalid)
        commitments = self.payloads.keep(with_digests(part, unkept))
        body = {
            "clients": thin(batch.clients),
            "keys": thin(batch.keys),
            "at": thin(batch.at),
            "columns": thin_columns(without_words(batch.columns, unkept)),
            "commitments": commitments,
        }
        if unkept:
            body[UNKEPT] = {str(place): reason(part, place) for place in unkept}
        if layout is not None:
            taken = result.taken if result.taken is not None else np.zeros(0, layout.dtype)
            position = int(batch.position[0])
            body["pages"] = self.pages.keep(layout=layout, position=position, on=batch.on, records=taken)
            body |= self._told_of_turned_away(as_sent(result.turned_away, part.lines), position=position, on=batch.on)
        if rewritten:
            body["rewritten"] = rewritten
        outcome = outcome_of(replace(result, invalid=fields_known(part, result.invalid)))
        self._write(
            kind=batch.kind,
            version=self.use_cases[batch.kind].command.version,
            body=encoded(body),
            outcome=encoded(outcome),
            commands=len(batch),
            accounts_before=accounts_before,
            last_at=int(batch.at[-1]),
        )

    def _told_of_turned_away(self, turned_away: Sequence[TurnedAway], *, position: int, on: int) -> dict[str, Any]:
        """How many records, for what reason; which they were is sealed."""
        told = [
            {"count": len(each.places), "rule": each.rule, "field": each.field, "constraint": each.constraint}
            for each in turned_away
        ]
        if not told:
            return {"turned_away": []}
        beside = self.pages.keep_turned_away(position=position, on=on, turned_away=turned_away)
        return {"turned_away": told, "turned_away_page": beside}

    def _write(
        self,
        *,
        kind: str,
        version: int,
        body: bytes,
        outcome: bytes,
        commands: int,
        accounts_before: int,
        last_at: int = 0,
    ) -> None:
        """Write the block of a batch that memory has taken."""
        if not self._regime_stored:
            self.store.put_regime(self.regime.digest, self.regime.canonical())
            self._regime_stored = True
        staged = [rows for _, rows in self.reader.staged]
        rows = np.concatenate(staged) if len(staged) > 1 else (staged[0] if staged else np.zeros(0, ROW))
        made = self.ledger.state.accounts[accounts_before + 1 : self.ledger.account_count + 1]
        block = Block(
            seq=self._head.seq + 1 if self._head else 1,
            kind=kind,
            version=version,
            first_position=self.position + 1,
            commands=commands,
            first_leg=self.ledger.leg_count - len(rows) + 1,
            legs=len(rows),
            first_account=accounts_before + 1,
            accounts=len(made),
            last_at=max(last_at, self.last_at, self.ledger.last_at),
            regime=self.regime.digest,
            release=self.release,
            body=body,
            outcome=outcome,
            made=packed(as_created(made)),
            rows=packed(rows),
        ).sealed(previous=self.head)
        self.store.append(block)
        self._head = block
        self.ledger.state.last_at = block.last_at
        self.reader.staged.clear()
