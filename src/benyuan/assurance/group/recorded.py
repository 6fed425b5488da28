"""A recorded figure as an amount with its source, or that of a book of this ledger, or as missing.

Worked: net capital of body 3 recorded at position 45 from its audited accounts is told with all of these; where nobody
has recorded it, body 3 and "net capital" are named.
"""

from benyuan.assurance.group.own_figures import OwnFigures
from benyuan.assurance.group.reading import source_at
from benyuan.engine.group import Group
from benyuan.holding_company.prudential.tallies import Origin, Tally, missing
from benyuan.parties.bodies.figures import CONSOLIDATED, OWN, Figures
from benyuan.parties.bodies.vocabulary import Figure


def recorded(group: Group, figures: Figures, body: int, figure: Figure, *, consolidated: bool = False) -> Tally:
    """The latest figure of a body's own or consolidated accounts."""
    amount = figures.amount(body, figure, CONSOLIDATED if consolidated else OWN)
    words = figure.value.replace("_", " ")
    if amount is None:
        return missing(body, f"{words}{', consolidated' if consolidated else ''}")
    origin = Origin(
        body=body,
        what=f"{words} as of {amount.as_of}",
        amount_fen=amount.amount_fen,
        where=f"position {amount.position}",
        source=source_at(group, amount.position),
    )
    return Tally(origins=(origin,))


def recorded_or_own(group: Group, figures: Figures, own: OwnFigures, body: int, figure: Figure) -> Tally:
    """The recorded figure of a body's own accounts; where nobody has recorded it, what this ledger tells."""
    told = recorded(group, figures, body, figure)
    found = own.tally(body, figure) if told.untold else None
    return found or told
