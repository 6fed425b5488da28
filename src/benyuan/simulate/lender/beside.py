"""What goes on beside the lender's day: nothing, unless somebody has hooks of their own (`simulate/bureau`)."""

import numpy as np

from benyuan.simulate.lender.borrowers import Ints
from benyuan.simulate.lender.world import LenderWorld
from benyuan.simulate.world import Giver


class Beside:
    """Hooks in the order of a day; these do nothing."""

    def opened(self, session: Giver, world: LenderWorld) -> None:
        """The lender has its borrowers, and no day has begun."""

    def morning(self, session: Giver, world: LenderWorld, *, day: int) -> None:
        """Eight o'clock: the day before is closed, and of this one nothing has happened but sheets confirmed."""

    def asked(self, session: Giver, world: LenderWorld, *, rows: Ints, day: int) -> tuple[Ints, Ints]:
        """Before loans are offered, shortly after eight: which rows get an offer, and the inquiry each rests on."""
        del session, world, day
        return rows, np.zeros(len(rows), np.int64)

    def drawn(self, *, rows: Ints, loans: Ints) -> None:
        """The rows of `cash_loans` that were drawn, and their loans."""
