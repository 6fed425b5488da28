"""What comes back frees the limits in which it counted: the legs, and the row that says so.

Sources: PBoC Order [2020] No. 4, art. 36 items 5, 7; CBIRC Order 2022 No. 1, arts. 16, 20, 25, 26. Needs facts of the
exposure with the prefix `exposure`. Worked number: 60.00 of 100.00 with 30.00 of security taken off free 60.00 where
all counts, and 60.00 of the 70.00 that count less security.
"""

from collections.abc import Mapping

import numpy as np

from benyuan.decisions.books import Books
from benyuan.decisions.events import Event, event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import LegTable
from benyuan.decisions.usecase import Case
from benyuan.governance.related.chart import LimitLeg
from benyuan.governance.related.exposures import Ints, net_fen
from benyuan.governance.related.records import RELATED_COUNTED, RELATED_RETURN, RELATED_RETURNED, RELATED_USAGE
from benyuan.governance.related.vocabulary import FURTHER_LINES, Line
from benyuan.usecases.common import faults_where, numbered, rows
from benyuan.usecases.related.limit_legs import CONTROL, NET_LINES
from benyuan.usecases.related.shared import Truths, one


def freed_facts(books: Books, facts: Mapping[str, Ints], *, amount_fen: int) -> Mapping[str, Ints]:
    """What is left of an exposure before, what of it that counts less security is freed, the control account."""
    places = books.all_with(RELATED_RETURN, "exposure", int(facts["exposure_id"][0]))
    before = int(facts["exposure_amount_fen"][0]) - int(books.column(RELATED_RETURN, "amount_fen")[places].sum())
    left = np.array([before, max(0, before - amount_fen)], np.int64)
    net = net_fen(left, facts["exposure_covered_fen"])
    lines, accounts = (books.column(RELATED_USAGE, name)[1:] for name in ("line", "account"))
    control = accounts[lines == CONTROL]
    found = {"left_fen": before, "net_freed_fen": net[0] - net[1], **_further(books, int(facts["exposure_id"][0]))}
    return one(**found, control_account=int(control[0]) if len(control) else 0)


def _further(books: Books, exposure: int) -> dict[str, int]:
    """The accounts of further limits on which it stands, 0 where it does not."""
    made = {f"exposure_{line.name}": 0 for line in FURTHER_LINES}
    if not exposure:
        return made
    for place in books.all_with(RELATED_COUNTED, "exposure", exposure).tolist():
        line, account = (int(books.column(RELATED_COUNTED, name)[place]) for name in ("line", "account"))
        made[f"exposure_{Line(line).name}"] = account
    return made


def more_than_left(case: Case) -> dict[int, Invalid]:
    """No more comes back than is left."""
    more = np.asarray(case.batch.integers("amount_fen") > case.facts["left_fen"], np.bool_)
    left = f"no more than is outstanding, in fen: {case.facts['left_fen'][0]}"
    return faults_where(more, case.batch, "amount_fen", left)


def add_freed(table: LegTable, case: Case, *, where: Truths) -> None:
    """A leg back for each limit that the exposure counts in."""
    facts = case.facts
    for line in Line:
        account = facts[f"exposure_{line.name}"]
        table.add(
            where=where & (account != 0),
            debit=facts["control_account"],
            credit=account,
            amount=facts["net_freed_fen"] if line in NET_LINES else case.batch.integers("amount_fen"),
            code=LimitLeg.freed,
        )


def freed(case: Case, accepted: Truths) -> list[Event]:
    """What came back."""
    columns = {
        "id": numbered(accepted, case.facts.next_ids[RELATED_RETURN.name]),
        "exposure": case.facts["exposure_id"],
        "amount_fen": case.batch.integers("amount_fen"),
        "returned_on": case.batch.on,
        "position": case.batch.position,
    }
    return event(RELATED_RETURNED, rows(accepted, **columns))
