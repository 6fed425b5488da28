"""The institution's agreement with its users in a case: consulted on, published as a version, and accepted."""

from collections.abc import Mapping
from typing import Any

from benyuan.decisions.commands import Command
from benyuan.usecases.accept_agreement import Accept
from benyuan.usecases.consult_users import Consulted
from benyuan.usecases.publish_agreement import PublishVersion
from tests.cases.duty_steps import number_of_day
from tests.cases.reading import day, known, local
from tests.cases.world import HOME, World

Entry = Mapping[str, Any]


def version_step(world: World, name: str, entry: Entry, at: int) -> Command:
    """A version of it, on which users were asked."""
    begins, home = number_of_day(entry["from"]), world.id("institution", HOME)
    asked = entry.get("consulted", -1)
    if asked < 0:  # users were asked, unless the case says otherwise
        asked = world.do(_asked(home, day(local(at))), at=at).results["consultation"]
    return PublishVersion(institution=home, from_date=begins, digest=entry.get("text", "0" * 64), consultation=asked)


def _asked(institution: int, on: int) -> Consulted:
    return Consulted(institution=institution, digest="0" * 64, began_on=on, ended_on=on, answers=0, reference="poll 1")


def consult_step(world: World, dates: Entry, entry: Entry, at: int) -> Command:
    """Users are asked."""
    known(dict(dates), {"from", "to", "answers", "text"}, where="consult")
    return Consulted(
        institution=world.id("institution", HOME),
        digest=dates.get("text", "0" * 64),
        began_on=number_of_day(dates["from"]),
        ended_on=number_of_day(dates["to"]),
        answers=dates.get("answers", 0),
        reference="poll 1",
    )


def consent_step(world: World, version: str, entry: Entry, at: int) -> Command:
    """A user accepts it."""
    user = {kind: world.id(kind, entry[kind]) for kind in ("person", "merchant") if kind in entry}
    return Accept(agreement=world.id("agreement", version), reference="click 1", **user)
