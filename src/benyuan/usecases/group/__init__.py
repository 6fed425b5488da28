"""The commands of the group above the licensed companies, in the order in which they come up."""

from benyuan.decisions.usecase import UseCase
from benyuan.usecases.group.record_body_business import RecordBodyBusiness
from benyuan.usecases.group.register_body import RegisterBody
from benyuan.usecases.group.register_individual import RegisterIndividual

GROUP: tuple[UseCase, ...] = (RegisterBody(), RegisterIndividual(), RecordBodyBusiness())

__all__ = ["GROUP"]
