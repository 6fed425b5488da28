"""What the simulation of consumer protection keeps of its story besides its lines."""

from dataclasses import dataclass, field

from benyuan.assurance.protection.calendar import Duty
from benyuan.simulate.telling import Telling


@dataclass(slots=True, kw_only=True)
class Story(Telling):
    """`breaches`: overdue duties on the day after the one on which a complaint should have been answered.

    `student`: the place in the log of the refusal that is explained.
    """

    breaches: list[Duty] = field(default_factory=list)
    student: int = 0
    package: bytes = b""
