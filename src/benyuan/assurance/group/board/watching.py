"""The chapters of a board pack on what is watched: limits inside the group, risk appetite and losses, firewalls.

Worked shape: an institution that has 250.00 outstanding of a limit of 200.00 is an item that is not met, and a bar that
passes its mark.
"""

from collections.abc import Sequence

from benyuan.assurance.group.access import Access
from benyuan.assurance.group.board.chapters import NOT_TOLD, percent
from benyuan.assurance.group.board.pack import Bar, Chapter, Chart, Item
from benyuan.assurance.group.crossings import Crossings
from benyuan.assurance.group.limits import LeftOutTold, LimitsTold, LimitTold
from benyuan.assurance.group.losses import Losses
from benyuan.assurance.group.risk import Risk, RiskLine
from benyuan.governance.risk.words import Light
from benyuan.rules.places import Place
from benyuan.values.money import yuan_text

UNTOLD = frozenset({Light.untold.name})


def limits(told: Sequence[LimitsTold], *, command: str) -> Chapter:
    """Of each body what may be outstanding with related parties, is, and is left; what a bank leaves out."""
    pairs = [(each.name, limit) for each in told for limit in each.limits]
    bars = [
        Bar(name=f"{name}: {limit.line}", amount=limit.used_fen, limit=limit.limit_fen)
        for name, limit in pairs
        if limit.used_fen and limit.limit_fen is not None
    ]
    return Chapter(
        name="limits",
        title="Limits inside the group",
        command=command,
        items=[
            *(_limit(name, limit) for name, limit in pairs),
            *(_left_out(each.name, left) for each in told for left in each.left_out),
        ],
        charts=[Chart(title="Outstanding, and what may be", money=True, bars=bars)] if bars else [],
    )


def _limit(name: str, limit: LimitTold) -> Item:
    beside = f" with {limit.name}" if limit.beside else ""
    most = NOT_TOLD if limit.limit_fen is None else f"at most {yuan_text(limit.limit_fen)}"
    left = "" if limit.headroom_fen is None else f", left {yuan_text(limit.headroom_fen)}"
    return Item(
        what=f"{name}, {limit.line.replace('_', ' ')}{beside}",
        found=yuan_text(limit.used_fen),
        asked=f"{'house: ' if limit.house else ''}{most}{left}",
        met=False if limit.breach else None if limit.limit_fen is None else True,
        place=Place(rule=limit.rule, document=limit.document, article=limit.article, in_force=0, status=limit.status),
        source=limit.source,
    )


def _left_out(name: str, left: LeftOutTold) -> Item:
    return Item(
        what=f"{name}, left out of its limits with {left.name}: {left.ground.replace('_', ' ')}",
        found=yuan_text(left.left_fen),
        asked=f"in these words: {left.because}",
        source=left.source,
    )


def risk(told: Risk, lost: Losses, *, command: str) -> Chapter:
    """Every ratio with a limit of the board's, and what was lost or nearly."""
    sums = [
        Item(
            what=f"{each.year}, {each.category.replace('_', ' ')}: lost {each.losses} times, nearly {each.near_misses}",
            found=f"{yuan_text(each.gross_fen)}, made good {yuan_text(each.recovered_fen)}",
        )
        for each in lost.sums
    ]
    return Chapter(
        name="risk", title="Risk appetite and losses", command=command, items=[*map(_ratio, told.lines), *sums]
    )


def _ratio(line: RiskLine) -> Item:
    found = NOT_TOLD if line.value_ppm is None else percent(line.value_ppm)
    return Item(
        what=f"{line.entity}: {line.ratio.replace('_', ' ')}",
        found=f"{found}, {line.light}",
        asked=f"house: at {line.direction} {percent(line.limit_ppm)}",
        met=None if line.light in UNTOLD else line.light != Light.red.name,
        source=f"minutes {line.minutes}" if line.minutes else "",
    )


def crossings(told: Crossings, access: Access, *, command: str) -> Chapter:
    """Crossings of personal data between entities whose ground does not hold; what is amiss with who may read."""
    counted = [
        Item(what="crossings on record", found=f"{sum(each.crossings for each in told.sums):,}"),
        Item(what="roles to read personal data", found=f"{len(access.roles):,}"),
        Item(what="readings", found=f"{sum(each.readings for each in access.readings):,}"),
        Item(what="readings refused", found=f"{len(access.refused):,}"),
    ]
    unproved = [
        Item(
            what=f"{each.giver} to {each.receiver}, log position {each.position}",
            found=each.reason,
            asked="a ground that held",
            met=False,
        )
        for each in told.unproved
    ]
    amiss = [
        Item(what=f"{each.entity}, staff {each.staff or 'none'}", found=each.told, asked=each.rule, met=False)
        for each in access.amiss
    ]
    return Chapter(name="crossings", title="Firewalls", command=command, items=[*counted, *unproved, *amiss])
