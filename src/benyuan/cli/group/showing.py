"""How the answers about a group are shown: lines of money, checks, sources."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from benyuan.cli.output import day, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.group.sourced import FigureTold, LicenceTold
    from benyuan.holding_company.checks import Check
    from benyuan.holding_company.lines import Line
    from benyuan.rules.places import Place

MET: Mapping[bool | None, str] = {True: "yes", False: "NO", None: "can't be told"}
LINES = ("of", "what", "found", "asked", "distance", "met", "untold", "article")
CHECKS = ("who", "what", "found", "asked", "met", "article")
MONEY = ("found", "asked", "distance")


def article(place: "Place") -> str:
    """Where it stands, and the status unless it is verified."""
    known = "" if place.status == "verified" else f" ({place.status})"
    return f"{place.document} {place.article}{known}"


def line_row(of: str, line: "Line") -> tuple[str, ...]:
    """A line of money, yuan with two decimals; a distance below nought is under."""
    asked = f"{'at most ' if line.at_most and line.asked_fen is not None else ''}{_money(line.asked_fen)}"
    return (
        of,
        line.what,
        _money(line.found_fen),
        asked,
        _money(line.distance_fen),
        MET[line.met],
        ", ".join(map(str, line.untold)),
        article(line.place),
    )


def _money(fen: int | None) -> str:
    return "not told" if fen is None else yuan(fen)


def check_row(check: "Check") -> tuple[str, ...]:
    """A check that is no amount."""
    return (str(check.who), check.what, check.found, check.asked, MET[check.met], article(check.place))


def say_lines(title: str, rows: Sequence[tuple[str, ...]]) -> None:
    """Lines of money."""
    say_table(title=title, columns=LINES, rows=rows, right=MONEY)


def say_figures(figures: "Iterable[FigureTold]") -> None:
    """What an answer rests on."""
    rows = [
        (str(each.body), each.figure.replace("_", " "), each.basis, yuan(each.amount_fen), day(each.as_of), each.source)
        for each in figures
    ]
    say_table(
        title="Figures", columns=("body", "figure", "accounts", "yuan", "as of", "source"), rows=rows, right=("yuan",)
    )


def licence_words(licence: "LicenceTold | None") -> str:
    """A licence in a few words."""
    if licence is None:
        return ""
    until = f" to {day(licence.until)}" if licence.until else ""
    return (
        f"{licence.business.replace('_', ' ')} {licence.number} from {day(licence.from_date)}{until}; {licence.source}"
    )
