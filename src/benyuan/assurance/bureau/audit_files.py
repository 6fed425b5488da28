"""The audit pack as files: one JSON with everything, one page for people, tables for whoever counts again.

Worked number: `audit-1-2026.json`, `audit-1-2026.md`, `audit-1-2026-counts.csv`, `audit-1-2026-rules.csv`.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from benyuan.assurance.bureau.audit import AuditPack, Count, RuleLine
from benyuan.values.dates import from_yyyymmdd

FORMULAS = ("=", "+", "-", "@")
"""How a text begins that a spreadsheet would take for a formula."""


def audit_files(pack: AuditPack) -> dict[str, bytes]:
    """The files by their names; the same bytes for the same log."""
    stem = f"audit-{pack.bureau}-{pack.year}"
    return {
        f"{stem}.json": msgspec.json.format(msgspec.json.encode(pack), indent=2) + b"\n",
        f"{stem}.md": ("\n".join(_page(pack)) + "\n").encode(),
        f"{stem}-counts.csv": _csv(Count.__struct_fields__, map(msgspec.structs.astuple, pack.counts)),
        f"{stem}-rules.csv": _csv(RuleLine.__struct_fields__, map(msgspec.structs.astuple, pack.rules)),
    }


def _page(pack: AuditPack) -> Iterator[str]:
    yield f"# Audit pack of bureau {pack.bureau}, {pack.year}"
    yield ""
    first, last = from_yyyymmdd(pack.first_on), from_yyyymmdd(pack.last_on)
    yield f"PBoC Order [2021] No. 4, art. 43. From {first} to {last}: log positions {pack.first_position} to"
    yield f"{pack.last_position}, whose last block has the hash `{pack.head}`. The log stood at {pack.log_position},"
    yield f"head `{pack.log_head}`, when this was drawn. `benyuan verify` proves the log and the rows;"
    yield f"`benyuan bureau audit {pack.year}` counts again."
    for name, counts in groupby(pack.counts, key=lambda each: each.group):
        yield from ("", f"## {name.capitalize()}", "", "| what | count | from | article |", "|---|---:|---|---|")
        for each in counts:
            yield f"| {_cell(each.name)} | {each.count:,} | {each.source} | {_cell(each.note)} |"
    yield from ("", "## Breaches of duty", "")
    yield from (_breach(each) for each in pack.breaches)
    if not pack.breaches:
        yield "None."
    yield from ("", "## What was erased", "", f"{len(pack.erased_at)} commands; their positions stand in the JSON.")
    yield from ("", "## Rules in force at the end of the year", "", "| rule | article | status |", "|---|---|---|")
    yield from (f"| {each.id} | {each.document}{each.article} | {each.status} |" for each in pack.rules)
    yield from ("", "## What this does not show", "")
    yield from (f"- {each}" for each in pack.not_shown)


def _breach(each: dict[str, object]) -> str:
    done = f"done on {each['done_on']}" if each["done_on"] else "not done"
    return (
        f"- duty {each['duty']}, {str(each['kind']).replace('_', ' ')} ({each['document']}{each['article']}): due on "
        f"{each['due_on']}, {done}"
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _csv(names: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A text that a spreadsheet would compute is marked as text."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([_safe(item) for item in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def _safe(item: object) -> object:
    return f"'{item}" if isinstance(item, str) and item.startswith(FORMULAS) else item
