"""The commands of risk appetite and losses, in the order in which they come up."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.risk.record_loss_event import RecordLossEvent
from benyuan.usecases.risk.record_risk_reading import RecordRiskReading
from benyuan.usecases.risk.recover_loss_event import RecoverLossEvent
from benyuan.usecases.risk.set_risk_limit import SetRiskLimit
from benyuan.usecases.risk.update_loss_event import UpdateLossEvent

RISK: tuple[UseCase, ...] = (
    SetRiskLimit(),
    RecordRiskReading(),
    RecordLossEvent(),
    UpdateLossEvent(),
    RecoverLossEvent(),
)

__all__ = ["RISK"]
