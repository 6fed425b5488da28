"""The chapters of a board pack, each from one report on the group.

Worked shape: the chapter on capital has a row for each body and each figure of the group, and two charts.
"""

from collections.abc import Iterable, Iterator, Mapping

from benyuan.assurance.group.accounts import GroupAccounts
from benyuan.assurance.group.applying import Application
from benyuan.assurance.group.approvals import Approval
from benyuan.assurance.group.board.pack import Bar, Chapter, Chart, Item
from benyuan.assurance.group.dealings import Dealings
from benyuan.assurance.group.fitness import Fitness
from benyuan.assurance.group.licences import Licences
from benyuan.assurance.group.prudential import Prudential
from benyuan.assurance.group.shape import Finding, Shape
from benyuan.assurance.group.sourced import FigureTold
from benyuan.holding_company.checks import Check
from benyuan.holding_company.conditions import Answer
from benyuan.holding_company.lines import Line
from benyuan.holding_company.prudential.ratios import GroupFigure
from benyuan.rules.places import Place
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.money import yuan_text

LARGEST, PPM_OF_A_PERCENT = 10, 10_000
NOT_TOLD = "not told"
DECIDED = ("approved", "rejected")


def applying(told: Application, *, command: str) -> Chapter:
    """Whether the group must apply, and the holding company's own lines."""
    unlicensed = told.verdict == "must_apply" and told.licence is None
    verdict = Item(
        what="verdict",
        found=told.verdict.replace("_", " "),
        asked="a licence" if unlicensed else "",
        met=False if unlicensed else None,
        place=told.trigger.types_place,
    )
    reached = [_reached(line) for line in (*told.trigger.lines, told.whole_group)]
    own = [_line(line) for line in (*told.capital, *told.ceilings)]
    return Chapter(
        name="applying",
        title="Licence of the group",
        command=command,
        items=[verdict, *reached, *own],
        rests_on=_figures(told.figures),
    )


def prudential(told: Prudential, *, command: str) -> Chapter:
    """Capital by body and of the group, exposures."""
    bodies = [
        Item(
            what=f"{each.name}: capital by its sector's rule",
            found=_fen(each.held_fen),
            asked=_fen(each.required_fen) if each.asks else "no rule asks",
            met=each.met if each.asks else None,
            source="invented" if each.invented else "",
        )
        for each in told.bodies
    ]
    differ = [
        Item(
            what=f"body {each.body}: {each.what} as recorded",
            found=yuan_text(sum(row.amount_fen for row in each.recorded)),
            asked=f"in this ledger {yuan_text(sum(row.amount_fen for row in each.own))}",
            met=False,
            source="; ".join(f"{row.what}, {row.where}" for row in each.own),
        )
        for each in told.differ
    ]
    held = [
        Bar(name=each.name, amount=each.held_fen, limit=each.required_fen)
        for each in told.bodies
        if each.held_fen is not None
    ]
    exposed = [Bar(name=each.name, amount=each.amount_fen) for each in told.exposed.counterparties[:LARGEST]]
    charts = [
        Chart(title="Capital held, and what each sector's rule asks", money=True, bars=held),
        Chart(title="Largest exposures", money=True, bars=exposed),
    ]
    return Chapter(
        name="prudential",
        title="Capital and exposures",
        command=command,
        items=[*differ, *bodies, *(item for each in told.figures for item in _ratio(each))],
        charts=[chart for chart in charts if chart.bars],
        rests_on=[*_figures(told.recorded), *_own(told)],
    )


def accounts(told: GroupAccounts, names: Mapping[int, str], *, command: str) -> Chapter:
    """The group's sheet and income statement, what does not meet or is missing, and where all of it is from."""
    whole = told.accounts
    lines = [
        Item(
            what=f"{line.part}: {line.name.replace('_', ' ')}",
            found=yuan_text(line.amount_fen),
            source="invented" if line.invented else "",
        )
        for line in whole.lines
    ]
    sums = [
        Item(what=what, found=yuan_text(fen))
        for what, fen in (
            ("assets", whole.assets_fen),
            ("liabilities", whole.liabilities_fen),
            ("equity of the top's owners", whole.owners_fen),
            ("equity of other owners", whole.minority_fen),
            ("result of the year", whole.result_fen),
        )
    ]
    return Chapter(
        name="accounts",
        title="Consolidated accounts",
        command=command,
        items=[*_unmet(told, names), *sums, *lines],
        rests_on=[
            Item(what=f"trial balance of {_called(names, each.body)}", found=each.what, source=each.source)
            for each in whole.sources
        ],
    )


def _unmet(told: GroupAccounts, names: Mapping[int, str]) -> list[Item]:
    """What does not meet, or is missing."""
    whole = told.accounts
    differ = [
        Item(
            what=f"{each.role.replace('_', ' ')} between {_called(names, each.debit_body, each.credit_body)}",
            found=f"{yuan_text(each.debit_side_fen)} and {yuan_text(each.credit_side_fen)}",
            asked="the same on both sides",
            met=False,
        )
        for each in whole.mismatches
    ]
    missing = [
        Item(what=_called(names, body), found=found, asked=asked, met=False)
        for bodies, found, asked in (
            (whole.without_return, "no trial balance", "a return, or a book here"),
            (told.not_closed, "its book is not closed on the day", "closed"),
        )
        for body in bodies
    ]
    unmet = [
        Item(
            what=f"investment of {_called(names, each.owner)} in {_called(names, each.owned)}",
            found=f"carried at {yuan_text(each.carried_fen)} without a stake",
            asked="a stake",
            met=False,
        )
        for each in whole.carried_without_stake
    ]
    unmet += [
        Item(
            what=f"stake of {_called(names, owner)} in {_called(names, owned)}",
            found="carried at nothing",
            asked="what it is carried at",
            met=False,
        )
        for owner, owned in whole.stakes_not_carried
    ]
    return [*differ, *missing, *unmet]


def _called(names: Mapping[int, str], *bodies: int) -> str:
    return " and ".join(names.get(body, f"body {body}") for body in bodies)


def shape(told: Shape, *, command: str) -> Chapter:
    """Who is in the group, who stands behind it, what is not as the law asks."""
    members = [
        Item(
            what=f"{each.name}, layer {each.layer}",
            found=f"interest {each.interest.text}",
            asked=f"controlled by {', '.join(map(str, each.by))}: {each.ground.replace('_', ' ')}" if each.by else "",
            source="invented" if each.invented else "",
        )
        for each in told.members
    ]
    behind = [Item(what=f"behind it: {each.name}", found=each.part.text, asked=each.how) for each in told.behind]
    bars = [Bar(name=each.name, amount=each.interest.ppm) for each in told.members if each.by]
    names = {each.body: each.name for each in told.members}
    return Chapter(
        name="shape",
        title="Shape and ownership",
        command=command,
        items=[*(_finding(each, names) for each in told.findings), *members, *behind],
        charts=[Chart(title="Interest in each body", money=False, bars=bars)] if bars else [],
    )


def fitness(told: Fitness, *, command: str) -> Chapter:
    """What is unmet or untold of shareholders and people."""
    checks = [
        *(check for each in told.shareholders for check in each.checks),
        *(check for each in told.people for check in each.checks),
        *told.posts,
    ]
    lines = [line for each in told.shareholders for line in each.lines]
    counted = Item(
        what="checks not met, not told, and conditions that no document shows",
        found=f"{told.unmet}, {told.untold}, {told.unshown}",
    )
    against = [
        Item(
            what=f"{each.condition.replace('_', ' ')} of {each.who}",
            found=each.state.value,
            met=False,
            place=each.place,
        )
        for each in told.conditions()
        if each.state in (Answer.failed, Answer.barred)
    ]
    return Chapter(
        name="fitness",
        title="Shareholders and people",
        command=command,
        items=[counted, *(_check(each) for each in checks if each.met is False), *against, *map(_line, lines)],
        rests_on=_figures(told.figures),
    )


def licences(told: Licences, *, command: str) -> Chapter:
    """Books of the ledger without a licensed body, bodies without a licence."""
    accounts = Item(
        what="accounts of the ledger that are no licensed body's",
        found=f"{told.unattributed:,} of {told.accounts:,}",
        asked="0",
        met=told.unattributed == 0,
        place=told.place,
    )
    books = [
        Item(
            what=f"book {each.book}",
            found=f"lacks {', '.join(each.lacks)}",
            asked="nothing",
            met=False,
            place=told.place,
        )
        for each in told.books
        if each.lacks
    ]
    bodies = [
        Item(what=each.name, found=f"{each.business.replace('_', ' ')} without a licence", asked="a licence", met=False)
        for each in told.unlicensed
    ]
    return Chapter(name="licences", title="Licences", command=command, items=[accounts, *books, *bodies])


def dealings(told: Dealings, *, command: str) -> Chapter:
    """Related transactions of the year beside the line, and what looks odd."""
    sums = [
        Item(
            what=f"with {each.name} and who counts together",
            found=yuan_text(each.year_fen),
            asked="" if each.line_fen is None else f"major from {yuan_text(each.line_fen)}",
        )
        for each in told.sums
    ]
    looks = [
        Item(
            what=f"transactions {', '.join(map(str, each.transactions))}",
            found=f"{each.pattern.replace('_', ' ')}: {yuan_text(each.amount_fen)}",
            asked="to be looked at",
            met=False,
            place=_place(each.rule, each.document, each.article),
        )
        for each in told.looks
    ]
    bars = [Bar(name=each.name, amount=each.year_fen, limit=each.line_fen) for each in told.sums]
    return Chapter(
        name="dealings",
        title="Related transactions",
        command=command,
        items=[*looks, *sums],
        charts=[Chart(title="Sums of the year, and from where on they are major", money=True, bars=bars)]
        if bars
        else [],
    )


def approvals(told: Iterable[tuple[str, Approval]], *, command: str) -> Chapter:
    """Proposals, those to be decided first; each with the name of the body before which it is."""
    ordered = sorted(told, key=lambda pair: pair[1].stage in DECIDED)
    return Chapter(
        name="approvals",
        title="Decisions",
        command=command,
        items=[_proposal(name, each) for name, each in ordered],
    )


def _proposal(name: str, each: Approval) -> Item:
    missing = f"; opinions missing of {', '.join(map(str, each.opinions_missing))}" if each.opinions_missing else ""
    waits = f"; {len(each.waiting)} may still vote" if each.waiting else ""
    counted = f"; if counted now: {each.if_counted.replace('_', ' ')}" if each.if_counted else ""
    about = f"{each.sort.replace('_', ' ')} with {each.party}, {yuan_text(each.amount_fen)}"
    return Item(
        what=f"{name}, proposal {each.proposal}: {about}",
        found=each.stage.replace("_", " "),
        asked="" if each.stage in DECIDED else f"to be decided{waits}{counted}{missing}",
    )


def _reached(line: Line) -> Item:
    """A line that is no duty to stay under: whether it is reached is told, and is no breach."""
    reached = {True: "reached", False: "not reached", None: "can't be told"}[line.met]
    return Item(
        what=line.what, found=_fen(line.found_fen), asked=f"{_fen(line.asked_fen)}: {reached}", place=line.place
    )


def _line(line: Line) -> Item:
    words = "" if line.asked_fen is None else "at most " if line.at_most else "at least "
    asked = f"{words}{_fen(line.asked_fen)}"
    return Item(what=line.what, found=_fen(line.found_fen), asked=asked, met=line.met, place=line.place)


def _check(check: Check) -> Item:
    return Item(
        what=f"{check.who}: {check.what}", found=check.found, asked=check.asked, met=check.met, place=check.place
    )


def _finding(found: Finding, names: Mapping[int, str]) -> Item:
    return Item(
        what=", ".join(names.get(body, f"body {body}") for body in found.bodies),
        found=found.found,
        asked=found.asked,
        met=False,
        place=_place(found.rule, found.document, found.article, status=found.status),
    )


def _ratio(each: GroupFigure) -> Iterator[Item]:
    found = NOT_TOLD if each.ppm is None else percent(each.ppm)
    words = "at least" if each.at_least else "at most"
    source = "invented" if each.invented else ""
    asked = "no figure in the law" if each.law_ppm is None else f"{words} {percent(each.law_ppm)}"
    yield Item(what=each.title, found=found, asked=asked, met=each.law_met, place=each.place, source=source)
    if each.house is not None:
        limit = f"house: {words} {percent(each.house.limit_ppm)}"
        yield Item(what=each.title, found=found, asked=limit, met=each.house_met, source=each.house.source)


def _own(told: Prudential) -> list[Item]:
    """What is no recorded figure: rows of this ledger and of trial balances, each once."""
    parts = [row for each in told.figures for row in (*each.part, *each.whole)]
    parts += [row for each in told.bodies for row in (*each.held, *each.required, *each.twice)]
    return [
        Item(
            what=f"body {row.body}: {row.what}, {row.where}",
            found=yuan_text(row.amount_fen),
            source=row.source,
        )
        for row in dict.fromkeys(parts)
        if not row.where.startswith("position ")
    ]


def _figures(told: Iterable[FigureTold]) -> list[Item]:
    return [
        Item(
            what=f"body {each.body}: {each.figure.replace('_', ' ')}, {each.basis}, {from_yyyymmdd(each.as_of)}",
            found=yuan_text(each.amount_fen),
            source=each.source,
        )
        for each in told
    ]


def _place(rule: str, document: str, article: str, *, status: str = "") -> Place:
    return Place(rule=rule, document=document, article=article, in_force=0, status=status)


def _fen(amount: int | None) -> str:
    return NOT_TOLD if amount is None else yuan_text(amount)


def percent(ppm: int) -> str:
    """Parts per million as per cent, cut to two decimals."""
    whole, part = divmod(abs(ppm), PPM_OF_A_PERCENT)
    return f"{'-' if ppm < 0 else ''}{whole}.{part // HUNDRED:02d}%"


HUNDRED = 100
