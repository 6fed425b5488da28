"""The commands of the group above the licensed companies, in the order in which they come up."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.group.record_body_business import RecordBodyBusiness
from benyuan.usecases.group.record_concert import RecordConcert
from benyuan.usecases.group.record_family import RecordFamily
from benyuan.usecases.group.record_office import RecordOffice
from benyuan.usecases.group.record_pledge import RecordPledge
from benyuan.usecases.group.record_stake import RecordStake
from benyuan.usecases.group.record_steering import RecordSteering
from benyuan.usecases.group.register_body import RegisterBody
from benyuan.usecases.group.register_individual import RegisterIndividual

GROUP: tuple[UseCase, ...] = (
    RegisterBody(),
    RegisterIndividual(),
    RecordBodyBusiness(),
    RecordStake(),
    RecordConcert(),
    RecordSteering(),
    RecordPledge(),
    RecordOffice(),
    RecordFamily(),
)

__all__ = ["GROUP"]
