"""The risk provision 风险准备金: own money set aside, from which losses are made good first; what disputes cost of it.

Source: PBoC Announcement [2015] No. 43, art. 19. Worked number: 30.00 are set aside and 50.00 advanced after a dispute:
30.00 come from the provision and 20.00 from own funds; of 40.00 recovered, 30.00 fill the provision again.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Facts, Table

PROVISION_RULE = "pay.loss.provision"

PROVISION = Table(name="risk_provision", columns=("account", "since"), keyed=True)
"""The account of an institution's provision, by institution."""
DISPUTE_COVER = Table(name="dispute_cover", columns=("provision_fen", "recovered_fen"), keyed=True)
"""Of what was advanced in a dispute: how much from the provision, and how much the merchant has given back since."""

PROVISION_OPENED = folds("risk_provision_opened", table=PROVISION, adds=True)
DISPUTE_COVERED = folds("dispute_covered", table=DISPUTE_COVER, adds=True)
DISPUTE_RECOVERED = folds("dispute_recovered", table=DISPUTE_COVER, adds=False)


def to_provision_fen(facts: Facts, amount_fen: NDArray[np.int64]) -> NDArray[np.int64]:
    """How much of a recovery fills the provision: first what it gave, the rest is own funds'."""
    lacks = np.maximum(facts["cover_provision_fen"] - facts["cover_recovered_fen"], 0)
    return np.asarray(np.minimum(amount_fen, lacks), np.int64)
