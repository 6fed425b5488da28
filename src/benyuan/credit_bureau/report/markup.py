"""HTML from text: whatever comes in is escaped, and nothing that comes in can be markup.

Only `page` puts parts together that are markup already, and takes them as `Html` alone. Worked number: the name
`<b>&` is written `&lt;b&gt;&amp;`.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import NewType

Html = NewType("Html", str)

STYLE = """
@page { size: A4; margin: 15mm }
body { font: 10pt/1.45 "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif;
  color: #1a1a1a; background: #fff; max-width: 180mm; margin: 1em auto; padding: 0 1em }
h1 { font-size: 16pt } h2 { font-size: 13pt; border-bottom: 1px solid #555; margin-top: 1.6em } h3 { font-size: 11pt }
table { border-collapse: collapse; width: 100%; margin: .6em 0 1em; break-inside: avoid }
caption { text-align: left; font-weight: bold; padding: .2em 0 }
th, td { border: 1px solid #767676; padding: .15em .4em; text-align: left; vertical-align: top;
  overflow-wrap: anywhere }
thead th { background: #eef1f5 } .figure { text-align: right; font-variant-numeric: tabular-nums }
.letters th, .letters td { text-align: center; padding: .15em .1em }
.statement { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid #555; padding: 0 .8em }
@media print { body { max-width: none; margin: 0; padding: 0 } h2, h3 { break-after: avoid } }
""".strip()


def heading(level: int, text: str) -> Html:
    """A heading, 1 to 6."""
    return Html(f"<h{level}>{escape(text)}</h{level}>")


def paragraph(text: str, *, kind: str = "") -> Html:
    """A paragraph; `kind` is a class of the style, a word of ours."""
    return Html(f"<p{_kind(kind)}>{escape(text)}</p>")


def table(
    *, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int] = (), kind: str = ""
) -> Html:
    """A table with a caption; the first cell of a row is its heading. `right`: places of columns with figures."""
    head = "".join(f'<th scope="col"{_figure(place, right)}>{escape(name)}</th>' for place, name in enumerate(columns))
    body = "".join(f"<tr>{_cells(row, right)}</tr>" for row in rows)
    return Html(
        f"<table{_kind(kind)}><caption>{escape(caption)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def pairs(*, caption: str, rows: Mapping[str, str]) -> Html:
    """A table of two columns without a head: what it is, and how it is."""
    body = "".join(f"<tr>{_cells(row, ())}</tr>" for row in rows.items())
    return Html(f"<table><caption>{escape(caption)}</caption><tbody>{body}</tbody></table>")


def section(*parts: Html, label: str) -> Html:
    """A part of the page with its name."""
    return Html(f'<section aria-label="{escape(label)}">{"".join(parts)}</section>')


def page(*parts: Html, language: str, title: str) -> str:
    """A whole page that needs nothing else: no script, no picture, no address."""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def _cells(row: Sequence[str], right: Sequence[int]) -> str:
    first, *others = row
    cells = [f'<th scope="row"{_figure(0, right)}>{escape(first)}</th>']
    cells += [f"<td{_figure(place, right)}>{escape(text)}</td>" for place, text in enumerate(others, start=1)]
    return "".join(cells)


def _figure(place: int, right: Sequence[int]) -> str:
    return ' class="figure"' if place in right else ""


def _kind(kind: str) -> str:
    return f' class="{escape(kind)}"' if kind else ""
