"""A transaction as it is told, before it is assessed.

Source: CBIRC Order 2022 No. 1, arts. 13, 17, 22. Worked number: an insurer that buys a house of a party for 10.00 to
let it invests 10.00; one that lends 10.00 invests and gives, and what it gives is to come back.
"""

from dataclasses import dataclass, replace

from benyuan.governance.related.sectors import INVESTED
from benyuan.governance.related.vocabulary import Exemption, Funds, LeftOut, TransactionSort
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.ownership.dated import Column


@dataclass(frozen=True, slots=True, kw_only=True)
class Deal:
    """What is to be recorded: `amount_fen` is what counts of it; `reaches`: who is on the other side in substance.

    `gives`: the body gives what moves; `guarantee`: what it gives is its word for what another owes; `covered_fen`:
    margin and the like that is taken off; `pledged`: whose shares it takes as security, 0 for nobody's. `funds`,
    `product`, `left_out`: what the limits of its sector ask; `lessens_loss`: it is to lessen a loss on the party.
    """

    body: int
    party: int
    reaches: int
    sort: TransactionSort
    amount_fen: int
    signed_on: int
    agreement: int = 0
    exemption: Exemption = Exemption.none
    framework: int = 0
    approval: int = 0
    gives: bool = True
    guarantee: bool = False
    covered_fen: int = 0
    unsecured: bool = False
    pledged: int = 0
    funds: Funds = Funds.none
    product: int = 0
    left_out: LeftOut = LeftOut.none
    lessens_loss: bool = False

    def as_known(self, column: Column, *, seen: int) -> "Deal":
        """The deal with those who have two documents each as one, as known at a log position."""
        ones = ones_of(column, seen=seen)
        return replace(self, party=ones.of(self.party), reaches=ones.of(self.reaches))

    @property
    def invests(self) -> bool:
        """Whether an insurer's funds go into something of the other side: given as finance, or an asset bought."""
        buys = self.sort is TransactionSort.asset_transfer and not self.gives
        return self.funds in INVESTED and not self.guarantee and (self.exposes or buys)

    @property
    def sells(self) -> bool:
        """Whether it gives an asset away."""
        return self.gives and self.sort is TransactionSort.asset_transfer

    @property
    def exposes(self) -> bool:
        """Whether something is given that is to come back, or may have to be paid."""
        return self.gives and self.sort is TransactionSort.finance
