"""Maker and checker at an entity: who may do what, what is proposed, checked, used or refused, and who tried alone.

Source: house rules gov.house.checks.*. What was refused stands in the log alone, so that is read through from the first
member of staff on; a block that names none of these rules is not opened. Worked: a check by the proposer is refused by
gov.house.checks.other, and shows here as an attempt with its position, by which `why` lays it open.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.group.reading import body_of, columns_of, given_at
from benyuan.consumer_finance.records import LENDER
from benyuan.credit_bureau.records import BUREAU
from benyuan.decisions.batches import text_number
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.governance.checks.records import CHECK_PROPOSAL, CHECKS_REQUIRED, PROPOSAL_SHOWN, STAFF, STAFF_ROLE
from benyuan.governance.checks.standing import PASSED, are_one
from benyuan.governance.checks.words import ACT_NUMBER, AREA_NUMBER, SORT_NUMBER, EntitySort
from benyuan.parties.bodies.records import BODY_BUSINESS
from benyuan.parties.ownership.state import state_of
from benyuan.payments.records import INSTITUTION
from benyuan.usecases.checks.shared import WHO
from benyuan.values.dates import local_day
from benyuan.values.errors import BadInput

SORTS, AREAS, ACTS = (
    {number: word for word, number in numbers.items()} for numbers in (SORT_NUMBER, AREA_NUMBER, ACT_NUMBER)
)
RULES = "gov.house.checks"
BOOKS: Mapping[EntitySort, Table] = {
    EntitySort.institution: INSTITUTION,
    EntitySort.lender: LENDER,
    EntitySort.bureau: BUREAU,
}


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff with the roles of the day, as `area act`."""

    staff: int
    entity: str
    login: str
    roles: list[str]


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as it stands: open, passed, refused, used or expired; days as yyyymmdd, 0 for none.

    `position`, `used_by`: log positions, by which `why` shows the proposal and the command that it let through.
    `shown_to`: staff to whom its personal fields were shown. `one_individual`: maker and checker are one by what is
    known now; it was checked before anybody had said so.
    """

    proposal: int
    entity: str
    command: str
    area: str
    maker: int
    checker: int
    state: str
    proposed_on: int
    until: int
    checked_on: int
    used_on: int
    position: int
    used_by: int
    one_individual: bool
    shown_to: list[int]


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A command that was refused for want of somebody else or of the role, or, without a `rule`, sent for another."""

    position: int
    on: int
    command: str
    entity: str
    rule: str
    client: str
    told: str


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """All of it. `required`: since when, by entity; an entity that is not named needs no checker."""

    on: int
    required: dict[str, int]
    members: list[Member]
    proposals: list[Proposed]
    attempts: list[Attempt]


PERSONAL = "(personal: disclose_proposal shows it to who may check it)"


class ProposedBody(msgspec.Struct, frozen=True, kw_only=True):
    """What a proposal asks for: the fields of the command; what is personal only where it was disclosed."""

    proposal: int
    command: str
    fields: dict[str, Any]


def proposed_body(group: Group, number: int, *, shown_at: int = 0) -> ProposedBody:
    """What a proposal asks for. `shown_at`: the log position of its disclosure, which opens personal fields; 0: none.

    Errors: BadInput for no such proposal or disclosure, or one whose body is gone; VaultLocked.
    """
    held = group.records.tables[CHECK_PROPOSAL.name]
    if not 0 < number <= held.count:
        raise BadInput("proposal", number, "the number of a proposal that exists")
    position = int(held.column("position")[number])
    payload = group.payloads.read(position)
    if payload is None:
        raise BadInput("proposal", number, "a proposal whose body is still kept")
    kind = given_at(group, position)["command"]
    fields = msgspec.json.decode(payload["body"])
    column = columns_of(group)
    shown = (column(PROPOSAL_SHOWN, "proposal") == number) & (column(PROPOSAL_SHOWN, "position") == shown_at)
    if shown_at and not shown.any():
        raise BadInput("shown_at", shown_at, f"the position at which proposal {number} was disclosed")
    personal = () if shown_at else REGISTRY[kind].personal
    told = {name: PERSONAL if name in personal else item for name, item in fields.items()}
    return ProposedBody(proposal=number, command=kind, fields=told)


def staff_with(group: Group, login: str) -> int:
    """The member of staff with a login. Errors: BadInput."""
    found = np.flatnonzero(columns_of(group)(STAFF, "login")[1:] == text_number(login))
    if not len(found):
        raise BadInput("login", login, "the login of a member of staff")
    return int(found[0]) + 1


def checks_of(group: Group, body: int = 0, *, on: int = 0) -> Checked:
    """Maker and checker at a body and at what keeps its books here; 0: everywhere. Errors: BadInput."""
    day = on or local_day(group.last_at)
    wanted = entities_of(group, body, on=day) if body else None
    column = columns_of(group)
    required = {
        _entity(sort, entity): first
        for sort, entity, first in zip(
            *(column(CHECKS_REQUIRED, name).tolist() for name in ("sort", "entity", "from_date")), strict=True
        )
        if sort
    }
    proposals = [_proposed(group, number, day) for number in range(1, len(column(CHECK_PROPOSAL, "maker")))]
    members = [_member(group, number, day) for number in range(1, len(column(STAFF, "sort")))]
    return Checked(
        on=day,
        required={name: first for name, first in sorted(required.items()) if _is_in(name, wanted)},
        members=[each for each in members if _is_in(each.entity, wanted)],
        proposals=[each for each in proposals if each.proposed_on <= day and _is_in(each.entity, wanted)],
        attempts=[each for each in _attempts(group) if each.on <= day and _is_in(each.entity, wanted)],
    )


def entities_of(group: Group, body: int, *, on: int) -> set[str]:
    """A body, and the institution, lender or bureau whose book in this ledger is its book. Errors: BadInput."""
    column = columns_of(group)
    body_of(state_of(column, on=on, seen=group.position), body)
    held = {name: column(BODY_BUSINESS, name) for name in ("owner", "book", "from_date")}
    mine = (held["owner"] == body) & (held["book"] != 0) & (held["from_date"] <= on)
    books = set(held["book"][mine].tolist())
    found = {_entity(SORT_NUMBER[EntitySort.body], body)}
    for sort, table in BOOKS.items():
        numbers = np.flatnonzero(np.isin(column(table, "book"), list(books))).tolist() if books else []
        found |= {_entity(SORT_NUMBER[sort], number) for number in numbers if number}
    return found


def _is_in(entity: str, wanted: set[str] | None) -> bool:
    return wanted is None or entity in wanted


def _entity(sort: int, entity: int) -> str:
    return f"{SORTS[sort]} {entity}"


def _row(group: Group, table: Table, number: int) -> dict[str, int]:
    column = columns_of(group)
    return {name: int(column(table, name)[number]) for name in table.columns}


def _member(group: Group, number: int, day: int) -> Member:
    row, column = _row(group, STAFF, number), columns_of(group)
    held = {name: column(STAFF_ROLE, name) for name in STAFF_ROLE.columns}
    stands = (held["staff"] == number) & (held["from_date"] <= day)
    stands &= (held["ended_on"] == 0) | (held["ended_on"] > day)
    roles = [f"{AREAS[held['area'][place]]} {ACTS[held['act'][place]]}" for place in np.flatnonzero(stands)]
    entity = _entity(row["sort"], row["entity"])
    return Member(staff=number, entity=entity, login=given_at(group, row["position"])["login"], roles=roles)


def _proposed(group: Group, number: int, day: int) -> Proposed:
    row = _row(group, CHECK_PROPOSAL, number)
    known = {name: row[name] for name in ("maker", "checker", "proposed_on", "until", "checked_on", "used_on")}
    return Proposed(
        proposal=number,
        entity=_entity(row["sort"], row["entity"]),
        command=given_at(group, row["position"])["command"],
        area=AREAS[row["area"]],
        state=_state(row, day),
        position=row["position"],
        used_by=row["used_by"],
        one_individual=bool(row["checker"]) and are_one(columns_of(group), row["maker"], row["checker"]),
        shown_to=_shown_to(group, number, day),
        **known,
    )


def _shown_to(group: Group, number: int, day: int) -> list[int]:
    column = columns_of(group)
    mine = (column(PROPOSAL_SHOWN, "proposal") == number) & (column(PROPOSAL_SHOWN, "shown_on") <= day)
    return sorted({*column(PROPOSAL_SHOWN, "staff")[mine].tolist()})


def _state(row: Mapping[str, int], day: int) -> str:
    if row["used_by"] and row["used_on"] <= day:
        return "used"
    if row["verdict"] and row["checked_on"] <= day and row["verdict"] != PASSED:
        return "refused"
    if row["until"] < day:
        return "expired"
    return "passed" if row["verdict"] and row["checked_on"] <= day else "open"


def _attempts(group: Group) -> Iterator[Attempt]:
    """Commands that these rules refused, from the first member of staff on."""
    positions = columns_of(group)(STAFF, "position")[1:]
    first = group.store.block_of_position(int(positions[0])) if len(positions) else None
    for block in group.store.blocks(after=first.seq - 1) if first is not None else ():
        if RULES.encode() in block.outcome or WHO.encode() in block.outcome:
            yield from _refused(group, group.reader.open(block))


def _refused(group: Group, opened: Opened) -> Iterator[Attempt]:
    """The attempts of one block: refused by these rules, or sent by another than who is said to give them."""
    refusals, invalid = opened.outcome["refusals"], opened.outcome["invalid"]
    found = {int(place): (each["rule_id"], _told(each["figures"])) for place, each in refusals.items()}
    found = {place: each for place, each in found.items() if each[0].startswith(RULES)}
    found |= {
        int(place): ("", f"{each['field']}: {WHO}") for place, each in invalid.items() if each["constraint"] == WHO
    }
    for place, (rule, told) in sorted(found.items()):
        figures = refusals.get(str(place), {}).get("figures", {})
        yield Attempt(
            position=opened.block.first_position + place,
            on=local_day(int(opened.batch().at[place])),
            command=opened.block.kind,
            entity=figures.get("entity") or _entity_asked(group, opened.batch().row(place)),
            rule=rule,
            client=opened.clients[place],
            told=told,
        )


def _told(figures: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {figure}" for name, figure in figures.items())


def _entity_asked(group: Group, row: Mapping[str, Any]) -> str:
    """Of a check where it was proposed, of a proposal where the maker works."""
    table, number = (CHECK_PROPOSAL, row["proposal"]) if "proposal" in row else (STAFF, row["maker"])
    held = _row(group, table, int(number))
    return _entity(held["sort"], held["entity"])
