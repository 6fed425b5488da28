"""One batch through the engine: facts loaded, decided, posted, recorded; the block that tells of it.

The same code decides live batches, and decides logged ones again for `verify`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.events import Event
from benyuan.decisions.facts import Facts
from benyuan.decisions.outcomes import Invalid, Outcome
from benyuan.decisions.parcels import TurnedAway
from benyuan.decisions.proposals import Legs, Proposals, no_legs
from benyuan.decisions.usecase import Case, DecideAlone, Decided, UseCase
from benyuan.engine.checks import refused_unchecked, share_a_proposal, uses
from benyuan.engine.facts import FactLoader
from benyuan.engine.readers import readings, refused_readers
from benyuan.engine.regime import Regime
from benyuan.ledger import AccountStatus, Ledger, LegStatus, Posted
from benyuan.ledger.layout import ACCOUNT
from benyuan.rules import Refusal, RuleNotInForce
from benyuan.usecases.crossings import crossed
from benyuan.values.errors import BadInput

OVERFLOWS = frozenset(status for status in LegStatus if status.name.startswith("overflows_"))
MONEY_STATUSES = (LegStatus.exceeds_credits, LegStatus.exceeds_debits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of a batch: a status for each command, the refusals and faults, results, facts, events.

    Of a parcel: the records that were `taken`, and those that were `turned_away`.
    """

    status: NDArray[np.int64]
    refusals: dict[int, Refusal]
    invalid: dict[int, Invalid]
    results: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    facts: dict[str, NDArray[np.int64]] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    accounts: NDArray[Any] = field(default_factory=lambda: np.zeros(0, ACCOUNT))
    taken: NDArray[Any] | None = None
    turned_away: Sequence[TurnedAway] = ()


class Undecidable(Exception):
    """A batch in which one command meets a rule that is not in force, or that can't be decided together.

    It is decided in batches that begin at the `cuts` instead, command by command where there are none.
    """

    def __init__(self, why: str, *, cuts: Sequence[int] = ()) -> None:
        super().__init__(why)
        self.cuts = cuts


class Decider:
    """Decides batches over a ledger and records."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        loader: FactLoader,
        use_cases: dict[str, UseCase],
        before_posting: Callable[[NDArray[Any]], None] | None = None,
    ) -> None:
        self._ledger = ledger
        self._loader = loader
        self._use_cases = use_cases
        self._before_posting = before_posting

    def decide(self, batch: Batch, *, regime: Regime, faults: dict[int, Invalid]) -> Result:
        """Decide and post a batch. `faults` are those that its columns have already been found to have.

        Errors: Undecidable, before anything is posted.
        """
        use_case = self._use_cases[batch.kind]
        facts, missing = self._loader.load(batch, use_case, regime.pack)
        if len(batch) > 1 and share_a_proposal(facts):
            raise Undecidable("two commands would use one proposal")
        return self._decide_all(batch, facts, {**missing, **faults}, use_case, regime)

    def _decide_all(
        self, batch: Batch, facts: Facts, invalid: dict[int, Invalid], use_case: UseCase, regime: Regime
    ) -> Result:
        unchecked = refused_unchecked(batch, facts, regime.pack) | refused_readers(batch, facts, regime.pack)
        unchecked = {place: refusal for place, refusal in unchecked.items() if place not in invalid}
        sound = np.ones(len(batch), np.bool_)
        sound[[*invalid, *unchecked]] = False
        if sound.all():
            case = Case(batch=batch, facts=facts, rules=regime.pack, calendar=regime.calendar)
            return self._decide_sound(case, use_case)
        places = np.flatnonzero(sound)
        if len(places) == 0:
            none = Result(status=np.zeros(0, np.int64), refusals={}, invalid={})
            return _spread(none, places, facts, invalid, unchecked)
        part = self._decide_sound(
            Case(batch=batch.chosen(places), facts=_chosen(facts, places), rules=regime.pack, calendar=regime.calendar),
            use_case,
        )
        return _spread(part, places, facts, invalid, unchecked)

    def _decide_sound(self, case: Case, use_case: UseCase) -> Result:
        case, proposals, turned_away, late = self._propose(case, use_case)
        if late is not None:
            return late
        if self._before_posting is not None:
            self._before_posting(proposals.legs.legs)
        accounts = self._open_accounts(proposals)
        posted = self._ledger.post_records(proposals.legs.legs)
        refusals = {place: item for place, item in proposals.refused.items() if isinstance(item, Refusal)}
        invalid = {place: item for place, item in proposals.refused.items() if isinstance(item, Invalid)}
        stopped = stopped_by_ledger(case=case, use_case=use_case, legs=proposals.legs, posted=posted)
        refusals |= {place: item for place, item in stopped.items() if isinstance(item, Refusal)}
        invalid |= {place: item for place, item in stopped.items() if isinstance(item, Invalid)}
        status = np.zeros(len(case.batch), np.int64)
        status[list(refusals)] = Outcome.refused
        status[list(invalid)] = Outcome.invalid
        accepted = status == Outcome.accepted
        decided = Decided(case=case, proposals=proposals, posted=posted, accepted=accepted)
        recorded = use_case.record(decided)
        return Result(
            status=status,
            refusals=refusals,
            invalid=invalid,
            results={name: np.where(accepted, column, 0) for name, column in recorded.results.items()},
            facts=dict(case.facts.columns),
            events=[
                *recorded.events,
                *crossed(decided, recorded),
                *uses(case, accepted),
                *readings(case, accepted),
            ],
            accounts=accounts,
            taken=case.batch.parcel if accepted.all() else None,
            turned_away=turned_away if accepted.all() else (),
        )

    def _propose(self, case: Case, use_case: UseCase) -> tuple[Case, Proposals, Sequence[TurnedAway], Result | None]:
        """The case, with those records of its parcel alone that are taken; what it proposes; or its end."""
        turned_away: Sequence[TurnedAway] = ()
        try:
            if case.batch.parcel is not None:
                sifted = use_case.sift(case)
                turned_away = sifted.turned_away
                case = replace(case, batch=replace(case.batch, parcel=case.batch.parcel[sifted.kept]))
            proposals = use_case.decide(case)
            for number in proposals.legs.rules():  # a rule that may have to refuse is in force
                case.rules.value(id=use_case.rules[number], on=case.batch.on)
            if (
                use_case.surveys and use_case.alone and not proposals.refused
            ):  # its record reads rules and calendar too: find out before anything is posted
                self._try_record(case, use_case, proposals)
            return case, proposals, turned_away, None
        except DecideAlone as error:
            raise Undecidable(str(error), cuts=error.cuts) from error
        except RuleNotInForce as error:
            if len(case.batch) > 1:
                raise Undecidable(str(error)) from error
            fault = Invalid(
                field="at",
                value=case.batch.on,
                constraint=f"a day on which rule {error.rule_id} is in force, from {error.first_in_force} on",
            )
            return case, Proposals(refused={}), (), _alone(Outcome.invalid, case, invalid={0: fault})
        except BadInput as error:
            if len(case.batch) > 1:
                raise Undecidable(str(error)) from error
            fault = Invalid(field=error.field, value=error.value, constraint=error.constraint)
            return case, Proposals(refused={}), (), _alone(Outcome.invalid, case, invalid={0: fault})

    def _try_record(self, case: Case, use_case: UseCase, proposals: Proposals) -> None:
        nothing = Ledger().post_records(no_legs().legs)
        accepted = np.ones(len(case.batch), np.bool_)
        use_case.record(Decided(case=case, proposals=proposals, posted=nothing, accepted=accepted))

    def _open_accounts(self, proposals: Proposals) -> NDArray[Any]:
        if len(proposals.accounts):
            made = self._ledger.create_account_records(proposals.accounts)
            if (made.status != AccountStatus.created).any():
                raise AssertionError(f"accounts proposed by a use case were refused: {np.unique(made.status)}")
        return proposals.accounts


def stopped_by_ledger(*, case: Case, use_case: UseCase, legs: Legs, posted: Posted) -> dict[int, Refusal | Invalid]:
    """For each command whose chain failed, the refusal of the rule on the leg at fault; an overflow is bad input."""
    at_fault = np.flatnonzero(posted.status > LegStatus.linked_event_chain_open)
    balances = {int(leg): place for place, leg in enumerate(posted.refused.leg_index)}
    refusals: dict[int, Refusal | Invalid] = {}
    for leg in at_fault.tolist():
        rule = int(legs.rule[leg])
        status = LegStatus(int(posted.status[leg]))
        if status in OVERFLOWS:
            asked = int(posted.refused.amount[balances[leg]])
            constraint = f"an amount that the balances can hold ({status.name})"
            refusals[int(legs.command[leg])] = Invalid(field="amount_fen", value=asked, constraint=constraint)
            continue
        code = int(legs.legs["code"][leg])
        if leg not in balances or (rule < 0 and code not in use_case.unfit):
            raise AssertionError(f"a leg of {case.batch.kind} that no rule is named for was refused: {status.name}")
        figures = _figures(legs, leg, status, posted, balances[leg])
        if rule < 0:
            field, wanted = use_case.unfit[code]
            constraint = f"{wanted}: {figures['available_fen']}"
            refusals[int(legs.command[leg])] = Invalid(field=field, value=figures["asked_fen"], constraint=constraint)
            continue
        refusals[int(legs.command[leg])] = case.rules.refusal(id=use_case.rules[rule], on=case.batch.on, **figures)
    return refusals


def _figures(legs: Legs, leg: int, status: LegStatus, posted: Posted, place: int) -> dict[str, int]:
    refused = posted.refused
    asked = int(refused.amount[place])
    usage = int(refused.debits_posted[place] + refused.debits_pending[place] - refused.credits_posted[place])
    if status is LegStatus.exceeds_ceiling:
        return {"limit": int(legs.legs["ceiling"][leg]), "used": usage, "asked": asked}
    if status in MONEY_STATUSES:
        pending = int(refused.credits_pending[place])
        there = -usage if status is LegStatus.exceeds_credits else usage - int(refused.debits_pending[place]) - pending
        return {"available_fen": there, "asked_fen": asked}
    raise AssertionError(f"{status.name} is no refusal of a rule")


def _alone(outcome: Outcome, case: Case, *, invalid: dict[int, Invalid]) -> Result:
    return Result(
        status=np.full(len(case.batch), int(outcome), np.int64),
        refusals={},
        invalid=invalid,
        facts=dict(case.facts.columns),
    )


def _chosen(facts: Facts, places: NDArray[np.int64]) -> Facts:
    return Facts(
        columns={name: column[places] for name, column in facts.columns.items()},
        next_ids=facts.next_ids,
        next_account=facts.next_account,
        flows=facts.flows,
    )


def _spread(
    part: Result, places: NDArray[np.int64], facts: Facts, invalid: dict[int, Invalid], unchecked: dict[int, Refusal]
) -> Result:
    """The result of the sound commands among all of the batch; of those stopped before it their facts are kept."""
    count = len(places) + len(invalid) + len(unchecked)
    status = np.full(count, int(Outcome.invalid), np.int64)
    status[list(unchecked)] = Outcome.refused
    status[places] = part.status

    def spread(column: NDArray[np.int64]) -> NDArray[np.int64]:
        whole = np.zeros(count, np.int64)
        whole[places] = column
        return whole

    known = {name: spread(column) for name, column in part.facts.items()}
    for name, column in facts.columns.items() if unchecked else ():
        known.setdefault(name, np.zeros(count, np.int64))[list(unchecked)] = column[list(unchecked)]
    return Result(
        status=status,
        refusals={**unchecked, **{int(places[place]): item for place, item in part.refusals.items()}},
        invalid={**invalid, **{int(places[place]): item for place, item in part.invalid.items()}},
        results={name: spread(column) for name, column in part.results.items()},
        facts=known,
        events=part.events,
        accounts=part.accounts,
        taken=part.taken,
        turned_away=part.turned_away,
    )
