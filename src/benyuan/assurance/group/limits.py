"""Limits on what a body has outstanding with related parties, and the house's own: what may be, is, and is left.

Sources: PBoC Order [2020] No. 4, art. 36 items 5, 7; PBoC Order [2023] No. 1, art. 22; CBIRC Order 2022 No. 1, arts.
16, 20, 25 and 26. Reckoned for any day from who belongs together and who is related on it; what the ledger has booked
stands beside it, and differs where that has changed since. Worked number: 250.00 outstanding of a limit of 200.00 after
net capital fell: a breach, headroom 0.00, and only more is refused.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.group.reading import body_of, columns_of, given_at, names_of, source_at
from benyuan.assurance.group.related import in_force_on
from benyuan.engine.group import Group
from benyuan.governance.related.assessing import Held
from benyuan.governance.related.house import House, HouseLimit
from benyuan.governance.related.laws import HOLDING, law_of
from benyuan.governance.related.limits import Limit, Scene
from benyuan.governance.related.records import RELATED_TRANSACTION, RELATED_USAGE
from benyuan.governance.related.vocabulary import LEFT_OUT_NUMBER, LIMITED_SORT_NUMBER
from benyuan.parties.bodies.sources import INVENTED
from benyuan.rules import RuleValue
from benyuan.rules.quantities import PPM
from benyuan.values.dates import local_day

PLEDGED = "rpt.pledge_over_50"
A_YEAR = 10_000
HOUSE = "fhc.rpt.limits"
GROUNDS = {number: word for word, number in LEFT_OUT_NUMBER.items()}
SORTS = {number: word for word, number in LIMITED_SORT_NUMBER.items()}


class LimitTold(msgspec.Struct, frozen=True, kw_only=True):
    """One limit, amounts in fen. `beside`: the party or holding company of whom it is asked, 0 for all.

    `figure_fen`, `limit_fen`, `headroom_fen` None: the figure that `figure` names is not recorded; nothing is given.
    `booked_fen`: what the ledger has now on the account of the limit, where there is one. `house`: the house's own.
    """

    rule: str
    document: str
    article: str
    status: str
    line: str
    beside: int
    name: str
    figure: str
    figure_fen: int | None
    figure_on: int
    source: str
    limit_fen: int | None
    used_fen: int
    booked_fen: int | None
    headroom_fen: int | None
    breach: bool
    house: bool = False


class LeftOutTold(msgspec.Struct, frozen=True, kw_only=True):
    """Credit of a bank that stands in none of its limits: on which ground, in whose words, how much is outstanding.

    `source`: the agreement of the transaction, or that it is invented.
    """

    transaction: int
    party: int
    name: str
    ground: str
    because: str
    left_fen: int
    source: str


class PledgedTold(msgspec.Struct, frozen=True, kw_only=True):
    """A main shareholder that has pledged more of its stake than the rule's part: what it holds and has pledged."""

    rule: str
    article: str
    owner: int
    name: str
    held: str
    pledged: str


class LimitsTold(msgspec.Struct, frozen=True, kw_only=True):
    """All limits of a body on a day, as known at a log position; `breaches`: how many are over.

    `left_out`: what of it counts in no limit of a bank, though it could; `pledged`: shareholders whom the supervisor
    may keep from transactions.
    """

    body: int
    name: str
    on: int
    seen: int
    limits: list[LimitTold]
    breaches: int
    left_out: list[LeftOutTold] = []
    pledged: list[PledgedTold] = []


def limits_of(group: Group, body: int, *, on: int = 0, seen: int = 0) -> LimitsTold:
    """Of whatever the body gives and, under a holding company, has received. Errors: BadInput."""
    on, seen = on or local_day(group.last_at), seen or group.position
    with in_force_on(on):
        scene = Scene(columns_of(group), group.regime.pack, on=on, seen=seen)
        body_of(scene.world.state, body)
        told = [
            *(_told(group, scene, limit) for limit in _limits(scene, body)),
            *(_of_house(group, scene, limit) for limit in _house(group, scene, body, on=on, seen=seen)),
        ]
    return LimitsTold(
        body=body,
        name=names_of(group, scene.world.state, (body,))[body],
        on=on,
        seen=seen,
        limits=told,
        breaches=sum(each.breach for each in told),
        left_out=list(_left_out(group, scene, body)),
        pledged=list(_pledged(group, scene, body)),
    )


def _pledged(group: Group, scene: Scene, body: int) -> Iterator[PledgedTold]:
    """Of a body whose own order says so; shares and pledges in parts of the whole."""
    world, rules = scene.world, group.regime.pack
    law = law_of(world.business(body), under_holding=False)
    if law is None or law is HOLDING:
        return
    value = rules.value(id=PLEDGED, on=world.state.on)
    main, part = Fraction(rules.value(id=law.rule("main_holder"), on=world.state.on).ppm, PPM), Fraction(value.ppm, PPM)
    for owner, held in sorted(world.shares_in.get(body, {}).items()):
        rows = [row for row in world.state.pledged if (row["owner"], row["owned"]) == (owner, body)]
        pledged = sum((Fraction(row["part"], row["whole"]) for row in rows), Fraction())
        if held >= main and pledged > part * held:
            yield PledgedTold(
                rule=PLEDGED,
                article=f"{value.cite.article or ''}{value.cite.item or ''}",
                owner=owner,
                name=names_of(group, world.state, (owner,))[owner],
                held=str(held),
                pledged=str(pledged),
            )


def _left_out(group: Group, scene: Scene, body: int) -> Iterator[LeftOutTold]:
    out = scene.exposures
    for place in np.flatnonzero((out.body == body) & (out.left_out != 0) & (out.left_fen > 0)).tolist():
        transaction, party = int(out.transaction[place]), int(out.reaches[place])
        position = int(columns_of(group)(RELATED_TRANSACTION, "position")[transaction])
        given = given_at(group, position)
        yield LeftOutTold(
            transaction=transaction,
            party=party,
            name=names_of(group, scene.world.state, (party,))[party],
            ground=GROUNDS[int(out.left_out[place])],
            because=str(given["left_out_because"]),
            left_fen=int(out.left_fen[place]),
            source=INVENTED if given["invented"] else f"agreement {given['agreement']}",
        )


def _limits(scene: Scene, body: int) -> Iterator[Limit]:
    holding = scene.institution_under(body)
    if holding:
        yield scene.given(body, holding)
    above = scene.holding_over(body)
    if above and body in scene.others_of(above):
        yield scene.received(body, above)
    else:
        yield from (scene.received(body, top) for top in _tops(scene, body))
    sector = scene.sector(body)
    if sector is not None:
        yield from scene.all_of_sector(body, sector)
    if scene.is_holding(body):
        yield scene.outside(body)


def _tops(scene: Scene, body: int) -> list[int]:
    """Holding companies of which it is a related party without being under them, and whose institutions gave it any."""
    tops = [each for each in scene.world.state.bodies if scene.is_holding(each) and each != body]
    gave = scene.exposures
    return [top for top in tops if gave.between(scene.institutions(top), {body}) and body in scene.others_of(top)]


def _told(group: Group, scene: Scene, limit: Limit) -> LimitTold:
    value = group.regime.pack.value(id=limit.rule, on=scene.world.state.on)
    figure = limit.figure
    wanted = " or ".join(each.value for each in limit.wanted[1])
    headroom = None if limit.most_fen is None else max(0, limit.most_fen - limit.used_fen)
    return LimitTold(
        rule=limit.rule,
        **_cited(value),
        line=limit.line.name,
        beside=limit.beside,
        name=names_of(group, scene.world.state, (limit.beside,))[limit.beside] if limit.beside else "",
        figure=figure.figure.value if figure else wanted,
        figure_fen=figure.amount_fen if figure else None,
        figure_on=figure.as_of if figure else limit.wanted[2],
        source=source_at(group, figure.position) if figure else "not recorded",
        limit_fen=limit.most_fen,
        used_fen=limit.used_fen,
        booked_fen=_booked(group, limit),
        headroom_fen=headroom,
        breach=limit.used_fen > (limit.most_fen or 0),
    )


def _cited(value: RuleValue) -> dict[str, Any]:
    article = f"{value.cite.article or ''}{value.cite.item or ''}"
    return {"document": value.cite.document, "article": article, "status": value.status.value}


def _booked(group: Group, limit: Limit) -> int | None:
    """What is on the account of the limit; None where nothing was ever booked for it."""
    held = {name: columns_of(group)(RELATED_USAGE, name) for name in ("line", "of", "beside", "account")}
    same = (held["line"] == limit.line) & (held["of"] == limit.of) & (held["beside"] == limit.beside)
    places = np.flatnonzero(same & (held["account"] != 0))
    if not len(places):
        return None
    balance = group.ledger.balance(int(held["account"][places[0]]))
    return int(balance.debits_posted - balance.credits_posted)


def _house(group: Group, scene: Scene, body: int, *, on: int, seen: int) -> Iterator[HouseLimit]:
    column = columns_of(group)
    held = Held(column, RELATED_TRANSACTION, seen=seen, until=on)
    yield from House(column, scene.world, held, on=on, seen=seen).of_body(body, year=on // A_YEAR)


def _of_house(group: Group, scene: Scene, limit: HouseLimit) -> LimitTold:
    value = group.regime.pack.value(id=HOUSE, on=scene.world.state.on)
    return LimitTold(
        rule=HOUSE,
        **_cited(value),
        line=f"{limit.span.value}, {SORTS[limit.sort]}{', whole group' * limit.whole_group}",
        beside=limit.beside,
        name=names_of(group, scene.world.state, (limit.beside,))[limit.beside] if limit.beside else "",
        figure="",
        figure_fen=None,
        figure_on=0,
        source=source_at(group, limit.position),
        limit_fen=limit.most_fen,
        used_fen=limit.used_fen,
        booked_fen=None,
        headroom_fen=max(0, limit.most_fen - limit.used_fen),
        breach=limit.used_fen > limit.most_fen,
        house=True,
    )
