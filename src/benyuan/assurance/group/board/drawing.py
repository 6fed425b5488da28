"""A board pack drawn from a group on a day, as known at the end of its log.

The same log and day give the same pack. Worked shape: breaches are the figures that do not meet what is asked,
decisions the proposals that nobody has decided, duties those that are overdue or fall due within thirty days.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from benyuan.assurance.group.access import access_of
from benyuan.assurance.group.accounts import GroupAccounts, Reported, TrialBalances, consolidated_of
from benyuan.assurance.group.applying import application_of
from benyuan.assurance.group.approvals import approvals_of
from benyuan.assurance.group.board import chapters, watching
from benyuan.assurance.group.board.pack import Chapter, Item, Pack, day_of, told
from benyuan.assurance.group.crossings import crossings_of
from benyuan.assurance.group.dealings import dealings_of
from benyuan.assurance.group.fitness import fitness_of
from benyuan.assurance.group.licences import licences_told
from benyuan.assurance.group.limits import limits_of
from benyuan.assurance.group.losses import losses_of
from benyuan.assurance.group.prudential import prudential_of
from benyuan.assurance.group.reading import body_of, names_of, owned
from benyuan.assurance.group.risk import risk_of
from benyuan.assurance.group.shape import shape_of
from benyuan.assurance.protection.calendar import Duty, calendar
from benyuan.engine.group import Group
from benyuan.parties.bodies.vocabulary import Business
from benyuan.rules.places import Place
from benyuan.values.dates import from_yyyymmdd

DAYS_AHEAD = 30
LATE = ("overdue", "past_aim")


def pack_of(
    group: Group, top: int, *, on: int = 0, days: int = DAYS_AHEAD, trial_balances: TrialBalances | None = None
) -> Pack:
    """The pack of the group under `top` on a day (0: the log's last), with duties of so many days ahead.

    `trial_balances`: the returns of a period that ends on the day, and how books here are told; without, recorded
    figures alone. Errors: BadInput for no such body or day, and for trial balances that do not fit.
    """
    on = day_of(group, on)
    world = owned(group, on=on)
    body_of(world.state, top, field="top")
    members = sorted(world.control.controlled_by(top) | {top})
    names = names_of(group, world.state, members)
    holdings = [body for body in members if world.state.bodies[body].business is Business.financial_holding]
    reported = trial_balances.reported(group, top, period=on) if trial_balances else None
    holding = holdings[0] if holdings else top
    of = _Of(group=group, top=top, holding=holding, names=names, on=on, reported=reported)
    made = _chapters(of)
    due = _duties(group, on=on, days=days)
    return Pack(
        top=top,
        name=names[top],
        on=on,
        seen=group.position,
        head=group.head.hex(),
        breaches=[(chapter.name, item) for chapter in made for item in chapter.items if item.met is False],
        decisions=[
            (chapter.name, item)
            for chapter in made
            if chapter.name == "approvals"
            for item in chapter.items
            if item.asked
        ],
        duties=[(due.name, item) for item in due.items],
        chapters=[*made, due],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Of:
    """What chapters are drawn from. `holding`: the holding company of the group, the top where there is none."""

    group: Group
    top: int
    holding: int
    names: Mapping[int, str]
    on: int
    reported: Reported | None

    def accounts(self, command: str) -> Chapter:
        assert self.reported is not None
        told = GroupAccounts(
            accounts=consolidated_of(self.reported),
            grounds=self.reported.grounds,
            not_closed=self.reported.not_closed,
        )
        return chapters.accounts(told, self.names, command=command)

    def applying(self, command: str) -> Chapter:
        return chapters.applying(application_of(self.group, self.top, on=self.on), command=command)

    def prudential(self, command: str) -> Chapter:
        return chapters.prudential(
            prudential_of(self.group, self.top, on=self.on, reported=self.reported), command=command
        )

    def shape(self, command: str) -> Chapter:
        return chapters.shape(shape_of(self.group, self.top, on=self.on), command=command)

    def fitness(self, command: str) -> Chapter:
        return chapters.fitness(fitness_of(self.group, self.holding, on=self.on), command=command)

    def licences(self, command: str) -> Chapter:
        return chapters.licences(licences_told(self.group, top=self.top, on=self.on), command=command)

    def dealings(self, command: str) -> Chapter:
        return chapters.dealings(dealings_of(self.group, self.holding, on=self.on), command=command)

    def limits(self, command: str) -> Chapter:
        found = [limits_of(self.group, body, on=self.on) for body in self.names]
        return watching.limits(found, command=command)

    def risk(self, command: str) -> Chapter:
        lost = losses_of(self.group, on=self.on)
        return watching.risk(risk_of(self.group, on=self.on), lost, command=command)

    def crossings(self, command: str) -> Chapter:
        told, access = crossings_of(self.group, on=self.on), access_of(self.group, on=self.on)
        return watching.crossings(told, access, command=command)

    def approvals(self, command: str) -> Chapter:
        found = [
            (name, each) for body, name in self.names.items() for each in approvals_of(self.group, body, on=self.on)
        ]
        return chapters.approvals(found, command=command)


def _chapters(of: _Of) -> list[Chapter]:
    """The accounts only where there are trial balances."""
    top, holding, on = of.top, of.holding, of.on
    period = f"--period {on} --returns FILE"
    whole = (("accounts", "Consolidated accounts", f"consolidate {top} {period}", of.accounts),) if of.reported else ()
    figures = f"prudential {top} {period}" if of.reported else f"prudential {top}"
    drawn: tuple[tuple[str, str, str, Callable[[str], Chapter]], ...] = (
        ("applying", "Licence of the group", f"apply {top}", of.applying),
        *whole,
        ("prudential", "Capital and exposures", figures, of.prudential),
        ("shape", "Shape and ownership", f"shape {top}", of.shape),
        ("fitness", "Shareholders and people", f"fitness {holding}", of.fitness),
        ("licences", "Licences", f"licences {top}", of.licences),
        ("dealings", "Related transactions", f"dealings {holding}", of.dealings),
        ("limits", "Limits inside the group", f"limits {holding}", of.limits),
        ("risk", "Risk appetite and losses", "risk", of.risk),
        ("crossings", "Firewalls", "crossings", of.crossings),
        ("approvals", "Decisions", f"approvals {holding}", of.approvals),
    )
    return [
        told(partial(work, command := _command(words, on=on)), name=name, title=title, command=command)
        for name, title, words, work in drawn
    ]


def _command(words: str, *, on: int) -> str:
    return f"benyuan group {words}" if "--period" in words else f"benyuan group {words} --on {on}"


def _duties(group: Group, *, on: int, days: int) -> Chapter:
    found = calendar(group, on=on, days=days)
    return Chapter(
        name="duties",
        title=f"Duties overdue, or due within {days} days",
        command=f"benyuan protection duties --on {from_yyyymmdd(on)}",
        items=[_duty(each) for each in found],
    )


def _duty(duty: Duty) -> Item:
    late = duty.state in LATE
    return Item(
        what=f"{duty.room}, {duty.owner}, duty {duty.duty}: {duty.kind.replace('_', ' ')}",
        found=duty.state.replace("_", " "),
        asked=f"by {from_yyyymmdd(duty.due_on)}" if duty.due_on else "no day of law",
        met=False if late else None,
        place=Place(rule=duty.rule, document=duty.document, article=duty.article, in_force=0, status=duty.status),
    )
