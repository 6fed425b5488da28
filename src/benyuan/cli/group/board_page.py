"""The board pack as one HTML page that needs nothing else: tables, bars as SVG, every rule in an appendix.

Worked number: of bars of 80 and 40, on a chart 400 wide, the second is 200 wide; a mark at 60 stands at 300.
"""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from benyuan.cli.output import day, yuan

if TYPE_CHECKING:
    from benyuan.assurance.group.board.pack import Bar, Chapter, Chart, Item, Pack
    from benyuan.rules import RulePack

WIDTH, NAMES, STEP, BAR, PPM_OF_A_PERCENT = 400, 200, 26, 16, 10_000
STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;width:100%}"
    "td,th{padding:.2em .6em;text-align:left;vertical-align:top}tr{border-bottom:1px solid #ccc}small{color:#555}"
    ".no{color:#b00020;font-weight:bold}.bar{fill:#3b6ea5}.mark{stroke:#b00020;stroke-width:2}"
    "text{font:13px sans-serif}"
    "code{background:#eee;padding:0 .3em}@media print{a{color:inherit;text-decoration:none}}"
)
MET = {True: "yes", False: '<span class="no">NO</span>', None: ""}


def page_of(pack: "Pack", rules: "RulePack") -> str:
    """The page; the same bytes for the same pack."""
    title = escape(f"{pack.name}: board pack of {day(pack.on)}")
    front = [
        "<!doctype html>",
        f'<html lang="en"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style><h1>{title}</h1>',
        f"<p>As known at log position {pack.seen:,}; the log's head is <code>{pack.head}</code>. Amounts in yuan.</p>",
        _front("Breaches", pack.breaches, none="none was found"),
        _front("Decisions due", pack.decisions, none="none"),
        _front("Duties due", pack.duties, none="none"),
        "<h2>Contents</h2><ol>",
        *(f'<li><a href="#{each.name}">{escape(each.title)}</a></li>' for each in pack.chapters),
        "</ol>",
    ]
    return "\n".join([*front, *map(_chapter, pack.chapters), _appendix(pack, rules)]) + "\n"


def _front(title: str, items: "list[tuple[str, Item]]", *, none: str) -> str:
    rows = "".join(
        f'<li><a href="#{chapter}">{escape(item.what)}</a>: {escape(item.found)}'
        f"{f', asked: {escape(item.asked)}' if item.asked else ''} {_rule(item)}</li>"
        for chapter, item in items
    )
    return f"<h2>{title} ({len(items)})</h2>" + (f"<ul>{rows}</ul>" if rows else f"<p>{none}</p>")


def _chapter(chapter: "Chapter") -> str:
    parts = [f'<h2 id="{chapter.name}">{escape(chapter.title)}</h2><p><code>{escape(chapter.command)}</code></p>']
    if chapter.untold:
        parts.append(f"<p>Cannot be told: {escape(chapter.untold)}</p>")
    parts += map(chart_of, chapter.charts)
    if chapter.items:
        parts.append(_table(("what", "found", "asked", "met", "rule", "source"), chapter.items))
    if chapter.rests_on:
        parts.append(f"<h3>What it rests on</h3>{_table(('what', 'found', '', '', '', 'source'), chapter.rests_on)}")
    return "\n".join(parts)


def _table(heads: Iterable[str], items: "Iterable[Item]") -> str:
    head = "".join(f"<th>{each}</th>" for each in heads)
    rows = "".join(
        f"<tr><td>{escape(each.what)}</td><td>{escape(each.found)}</td><td>{escape(each.asked)}</td>"
        f"<td>{MET[each.met]}</td><td>{_rule(each)}</td><td>{escape(each.source)}</td></tr>"
        for each in items
    )
    return f"<table><tr>{head}</tr>{rows}</table>"


def _rule(item: "Item") -> str:
    if item.place is None or not item.place.rule:
        return ""
    words = f"{item.place.document} {item.place.article}".strip() or item.place.rule
    return f'<a href="#rule-{escape(item.place.rule)}"><small>{escape(words)}</small></a>'


def chart_of(chart: "Chart") -> str:
    """Bars under one another, each with its name and amount, a mark where it is held against a limit."""
    longest = max((max(bar.amount, bar.limit or 0) for bar in chart.bars), default=0) or 1
    rows = "".join(_bar(chart, bar, place * STEP, longest) for place, bar in enumerate(chart.bars))
    height = len(chart.bars) * STEP
    shown = f'role="img" aria-label="{escape(chart.title)}"'
    size = f'width="{NAMES + WIDTH + NAMES}" height="{height}"'
    return f"<figure><figcaption>{escape(chart.title)}</figcaption><svg {size} {shown}>{rows}</svg></figure>"


def _bar(chart: "Chart", bar: "Bar", top: int, longest: int) -> str:
    wide = max(bar.amount, 0) * WIDTH // longest
    parts = [
        f'<text x="0" y="{top + BAR}">{escape(bar.name)}</text>',
        f'<rect class="bar" x="{NAMES}" y="{top + 4}" width="{wide}" height="{BAR}"/>',
        f'<text x="{NAMES + WIDTH + 8}" y="{top + BAR}">{_amount(chart, bar.amount)}</text>',
    ]
    if bar.limit is not None:
        at = NAMES + bar.limit * WIDTH // longest
        parts.append(f'<line class="mark" x1="{at}" x2="{at}" y1="{top}" y2="{top + STEP - 2}"/>')
    return "".join(parts)


def _amount(chart: "Chart", amount: int) -> str:
    if chart.money:
        return yuan(amount)
    whole, part = divmod(amount, PPM_OF_A_PERCENT)
    return f"{whole}.{part // 100:02d}%"


def _appendix(pack: "Pack", rules: "RulePack") -> str:
    """Every rule that a figure names, with where it stands and how well that is known."""
    used = sorted(
        {item.place.rule for chapter in pack.chapters for item in chapter.items if item.place and item.place.rule}
    )
    rows = []
    for each in used:
        rule = rules.rule(each)
        value = rule.in_force(on=pack.on) or rule.values[0]
        where = f"{value.cite.document} {value.cite.article or ''}{value.cite.item or ''}"
        since = day(value.in_force)
        words = f"{rule.title.en} · {rule.title.zh}"
        rows.append(
            f'<tr id="rule-{escape(each)}"><td><code>{escape(each)}</code></td><td>{escape(words)}</td>'
            f"<td>{escape(where)}</td><td>{since}</td><td>{value.status.value}</td></tr>"
        )
    head = "<tr><th>rule</th><th>what it says</th><th>where</th><th>in force</th><th>known</th></tr>"
    return f"<h2>Rules</h2><table>{head}{''.join(rows)}</table>"
