"""A body's net assets or net capital at a day, which its related transactions are measured by.

Sources: PBoC Order [2023] No. 1, art. 16 (audited, of the company alone, at the end of the year before); CBIRC Order
2022 No. 1, arts. 14, 23 (net capital at the end of the last quarter). Worked number: 2,000,000,000.00 at 20251231 make
20,000,000.00 the line of a single major transaction in 2026.
"""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import truths
from benyuan.governance.related.records import NET_ASSETS, NET_ASSETS_RECORDED
from benyuan.governance.related.vocabulary import BASIS_NUMBER, CapitalBasis
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.sources import Sourced, is_invented
from benyuan.usecases.common import Id, Yyyymmdd, no_such_day, numbered, rows
from benyuan.usecases.group.dated_fact import an_individual, body_need
from benyuan.usecases.group.shared import source_faults

MOST = AMOUNT_MAX // 1_000_000
Balance: TypeAlias = Annotated[int, msgspec.Meta(ge=-MOST, le=MOST)]


@command("record_net_assets")
class NetAssetsFields(Sourced, frozen=True, kw_only=True):
    """At the end of `as_of` this was `body`'s own figure, `audited` or not; it may be below nought."""

    body: Id
    basis: CapitalBasis
    amount_fen: Balance
    as_of: Yyyymmdd
    audited: bool = False


class RecordNetAssets(UseCase):
    """Records it; of two for one day the one recorded last counts."""

    command = NetAssetsFields
    needs = (body_need("body"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A body that is no individual, a day that is over, a source."""
        return {
            **source_faults(case),
            **no_such_day(case.batch, "as_of", until=case.batch.on),
            **an_individual(case, "body"),
        }

    def record(self, decided: Decided) -> Recorded:
        """One row."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[NET_ASSETS.name])
        columns = {
            **{name: batch.integers(name) for name in ("body", "amount_fen", "as_of")},
            "basis": batch.numbers("basis", BASIS_NUMBER),
            "audited": truths(batch, "audited").astype(np.int64),
            "invented": is_invented(batch),
            "position": batch.position,
        }
        return Recorded(results={"record": ids}, events=event(NET_ASSETS_RECORDED, rows(accepted, id=ids, **columns)))
