"""A stake from a day on: what part of a body an owner holds, in shares, votes or what can become votes.

Sources: PBoC Order [2020] No. 4, arts. 3, 10, 12, 53. Whose name it stands in is the owner; `nominee_of` says for whom,
which art. 12 forbids and reports show. Worked number: 40 of 100 from 20260701, then 0 of 100 from 20270101: held for
half a year.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey
from benyuan.governance.related.duties import OWNER
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.ownership.held import held_for, over_whole
from benyuan.parties.ownership.records import STAKE, STAKE_RECORDED
from benyuan.parties.ownership.vocabulary import STAKE_NUMBER, StakeSort
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, MaybeId, Yyyymmdd
from benyuan.usecases.group.dated_fact import DatedFact, an_authority, an_individual, body_need
from benyuan.usecases.group.reports import comes_to_main, does, owner_owes

Part: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)]
Whole: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX)]


@command("record_stake")
class StakeFields(Sourced, frozen=True, kw_only=True):
    """From `from_date` on `owner` holds `part` of `whole` of `owned`; 0 ends it.

    `nominee_of`: for whom the owner of record holds it, 0 for itself. An owner has one stake of a sort in a body: for
    whom it is held changes by 0 first, since the one recorded later takes the place of the other.
    """

    owner: Id
    owned: Id
    sort: StakeSort = StakeSort.shares
    part: Part
    whole: Whole
    nominee_of: MaybeId = 0
    from_date: Yyyymmdd


class RecordStake(DatedFact):
    """Records it, where no more than the whole is then held on any day.

    Who comes to hold a main stake in a holding company reports its related parties (PBoC Order [2023] No. 1, art. 19).
    """

    command = StakeFields
    needs = (body_need("owner"), body_need("owned"), body_need("nominee_of"), does("owned"))
    table, kind, result = STAKE, STAKE_RECORDED, "stake"
    names = ("owner", "owned", "part", "whole", "nominee_of")
    words = {"sort": ("sort", STAKE_NUMBER)}  # noqa: RUF012  read only
    pair = ("owner", "owned")
    surveys, alone = True, False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What is held of one body is counted stake by stake."""
        return (batch.integers("owned"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The first day from which more than the whole would be held, 0 for none; whether it makes a main stake.

        And whether the owner's stake is held for somebody else on the day, or comes to be next, and for whom.
        """
        del facts
        ones, owes = ones_of(books.column), rules.rule(OWNER)
        columns = {name: books.column(STAKE, name) for name in STAKE.columns}
        asked = {name: batch.integers(name).tolist() for name in ("owner", "part", "whole", "from_date")}
        sorts, nominees = batch.numbers("sort", STAKE_NUMBER).tolist(), batch.integers("nominee_of").tolist()
        found = []
        for place, owned in enumerate(batch.integers("owned").tolist()):
            one = {name: values[place] for name, values in asked.items()}
            if one["whole"] < 1:  # at fault by itself
                found.append((0, 0, 0, 0))
                continue
            places = books.all_with(STAKE, "owned", owned)
            held = {name: column[places] for name, column in columns.items()}
            main = comes_to_main(held, owes, ones.all_of(one["owner"]), **one)
            day, owner = one["from_date"], one["owner"]
            beside = held_for(held, sort=sorts[place], owner=owner, from_date=day) if one["part"] else []
            others = [each for each in beside if ones.of(each) != ones.of(nominees[place])]
            found.append((over_whole(held, sort=sorts[place], **one), main, bool(others), max(others, default=0)))
        names = ("over_from", "comes_to_main", "for_another", "held_for")
        values = np.array(found, np.int64).reshape(-1, len(names))
        return {name: values[:, column] for column, name in enumerate(names)}, {}

    def record(self, decided: Decided) -> Recorded:
        """The row, and what is owed of it."""
        made = super().record(decided)
        return Recorded(results=made.results, events=[*made.events, *owner_owes(decided)])

    def faults(self, case: Case) -> dict[int, Invalid]:
        """No stake in an individual or an authority; never more than the whole."""
        return {
            **super().faults(case),
            **self._over(case),
            **self._for_another(case),
            **an_authority(case, "owned", of="owner"),
            **an_individual(case, "owned"),
        }

    @staticmethod
    def _over(case: Case) -> dict[int, Invalid]:
        parts, days = case.batch.integers("part"), case.facts["over_from"]
        return {
            place: Invalid(
                field="part",
                value=int(parts[place]),
                constraint=f"no more than is left of the whole on {int(days[place])}",
            )
            for place in np.flatnonzero(days != 0).tolist()
        }

    @staticmethod
    def _for_another(case: Case) -> dict[int, Invalid]:
        """The stake that is held for somebody else would be gone without a word."""
        asked, already = case.batch.integers("nominee_of"), case.facts["held_for"]
        return {
            place: Invalid(
                field="nominee_of",
                value=int(asked[place]),
                constraint=f"{int(already[place])}, for whom it is held then or next, until 0 of that is recorded",
            )
            for place in np.flatnonzero(case.facts["for_another"]).tolist()
        }
