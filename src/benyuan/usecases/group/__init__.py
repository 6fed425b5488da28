"""The commands of the group above the licensed companies, in the order in which they come up."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.group.disclose_ownership import DiscloseOwnership
from benyuan.usecases.group.file_holding_duty import FileDutyOfHolding
from benyuan.usecases.group.join_individuals import JoinIndividuals, SeparateIndividuals
from benyuan.usecases.group.record_adverse_fact import RecordAdverseFact
from benyuan.usecases.group.record_appointment import RecordAppointment
from benyuan.usecases.group.record_body_business import RecordBodyBusiness
from benyuan.usecases.group.record_body_figure import RecordBodyFigure
from benyuan.usecases.group.record_business_credit import RecordBusinessCredit
from benyuan.usecases.group.record_career import RecordCareer
from benyuan.usecases.group.record_concert import RecordConcert
from benyuan.usecases.group.record_consolidation_ground import RecordConsolidationGround
from benyuan.usecases.group.record_contribution import RecordContribution
from benyuan.usecases.group.record_education import RecordEducation
from benyuan.usecases.group.record_exposure import RecordExposure
from benyuan.usecases.group.record_family import RecordFamily
from benyuan.usecases.group.record_fitness_evidence import RecordFitnessEvidence
from benyuan.usecases.group.record_licence import RecordLicence
from benyuan.usecases.group.record_money_keeper import RecordMoneyKeeper
from benyuan.usecases.group.record_office import RecordOffice
from benyuan.usecases.group.record_pledge import RecordPledge
from benyuan.usecases.group.record_stake import RecordStake
from benyuan.usecases.group.record_steering import RecordSteering
from benyuan.usecases.group.register_body import RegisterBody
from benyuan.usecases.group.register_individual import RegisterIndividual
from benyuan.usecases.group.set_group_limit import SetGroupLimit
from benyuan.usecases.group.tie_customer import TieCustomer

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
    RecordBodyFigure(),
    RecordLicence(),
    RecordCareer(),
    RecordEducation(),
    RecordAppointment(),
    FileDutyOfHolding(),
    DiscloseOwnership(),
    RecordConsolidationGround(),
    RecordExposure(),
    RecordBusinessCredit(),
    SetGroupLimit(),
    TieCustomer(),
    RecordContribution(),
    RecordMoneyKeeper(),
    JoinIndividuals(),
    SeparateIndividuals(),
    RecordFitnessEvidence(),
    RecordAdverseFact(),
)

__all__ = ["GROUP"]
