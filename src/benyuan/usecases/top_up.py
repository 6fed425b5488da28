"""A top-up from a bank account: the wallet is credited at once and one to one, the clearing house owes the money."""

from benyuan.decisions.commands import Command, command
from benyuan.decisions.proposals import LegTable, Proposals
from benyuan.decisions.usecase import Case
from benyuan.payments.bank_gates import MANDATE, SAME_HOLDER
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.licences import licence_gate
from benyuan.usecases.common import CARD_NEED, WALLET_NEEDS, Base, Fen, Id, refused_by, standing


@command("top_up")
class TopUp(Command, frozen=True, kw_only=True):
    """Bring `amount_fen` from `bank_account` into `wallet`."""

    wallet: Id
    bank_account: Id
    amount_fen: Fen


class TopUpWallet(Base):
    """Decides top-ups in columns."""

    command = TopUp
    needs = (*WALLET_NEEDS, CARD_NEED)
    gates = (licence_gate(business="internet_payment"), SAME_HOLDER, MANDATE)

    def decide(self, case: Case) -> Proposals:
        """One money leg."""
        batch, facts = case.batch, case.facts
        refused = refused_by(self.gates, case)
        table = LegTable(at=batch.at, reference=batch.position)
        table.add(
            where=standing(refused, len(batch)),
            debit=facts["institution_first_account"] + Own.clearing_in,
            credit=facts["wallet_account"],
            amount=batch.integers("amount_fen"),
            code=LegCode.top_up,
        )
        return Proposals(refused=refused, legs=table.build())
