"""Drives the bureau: the lender's half year beside it, November, and five years; seeded, the same in every run."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from benyuan.engine.group import Group
from benyuan.simulate.bureau.furnishing import furnish
from benyuan.simulate.bureau.lending import POLICY_FROM, decide, loans_of_held_out, set_policy
from benyuan.simulate.bureau.mistake import mistake_goes_on
from benyuan.simulate.bureau.opening import COMPLIED_ON, furnish_judgments, open_bureau
from benyuan.simulate.bureau.rights import rights_are_used
from benyuan.simulate.bureau.world import BureauWorld, MovingClock
from benyuan.simulate.bureau.years import five_years, november
from benyuan.simulate.lender.beside import Beside
from benyuan.simulate.lender.borrowers import Ints
from benyuan.simulate.lender.making import lender_world
from benyuan.simulate.lender.opening import HOUR, OPENED
from benyuan.simulate.lender.run import drive_lender
from benyuan.simulate.lender.world import LenderWorld
from benyuan.simulate.run import Progress, Session
from benyuan.simulate.tally import Tally
from benyuan.simulate.tickets import at_us
from benyuan.values.dates import add_calendar_days, local_day

JUDGMENTS_ON = 20260615
FIRST_YEAR = 2026


@dataclass(frozen=True, slots=True, kw_only=True)
class BureauDone:
    """What a run left."""

    tally: Tally
    lender: LenderWorld
    bureau: BureauWorld
    first_day: int
    last_day: int


class BureauBeside(Beside):
    """The bureau beside the lender's days."""

    def __init__(self, bureau: BureauWorld, session: Session) -> None:
        self.bureau, self.session = bureau, session

    def opened(self, session: object, world: LenderWorld) -> None:
        """The bureau opens on the lender's first day."""
        del session
        open_bureau(self.session, self.bureau, lender=world.lender)

    def morning(self, session: object, world: LenderWorld, *, day: int) -> None:
        """The day before is furnished; then what the stories have for this day."""
        del session
        if day == OPENED:
            return
        if day in (JUDGMENTS_ON, add_calendar_days(COMPLIED_ON, 1)):
            furnish_judgments(self.session, self.bureau, at=at_us(day, 8 * HOUR), complied=day != JUDGMENTS_ON)
        furnish(self.session, world, self.bureau, day=day)
        mistake_goes_on(self.session, self.bureau, day=day)
        rights_are_used(self.session, self.bureau, day=day)
        if day == POLICY_FROM:
            set_policy(self.session, world, at=at_us(day, 8 * HOUR))

    def asked(self, session: object, world: LenderWorld, *, rows: Ints, day: int) -> tuple[Ints, Ints]:
        """Each is asked about, and decided by the score."""
        del session
        return decide(self.session, world, self.bureau, rows=rows, day=day)

    def drawn(self, *, rows: Ints, loans: Ints) -> None:
        """Kept, for the report."""
        self.bureau.loans.update(zip(rows.tolist(), loans.tolist(), strict=True))


def invented_years() -> Path:
    """The overlay of working days of years that nobody has arranged yet; INVENTED, for this simulation alone."""
    return Path(str(files("benyuan.simulate.bureau") / "data" / "years_to_come.yaml"))


def run_bureau(group: Group, clock: MovingClock, *, clients: int, progress: Progress | None = None) -> BureauDone:
    """The simulation with the first `clients` clients, over an empty group that goes by this clock."""
    world, session = lender_world(clients=clients), Session(group)
    world.cash_loans = loans_of_held_out(clients)
    bureau = BureauWorld(clock=clock, clients=clients)
    beside = BureauBeside(bureau, session)
    done = drive_lender(session, world, beside=beside, progress=progress)
    december = november(session, world, beside=beside)
    five_years(session, bureau, since=december)
    return BureauDone(
        tally=session.tally, lender=world, bureau=bureau, first_day=done.first_day, last_day=local_day(group.last_at)
    )
