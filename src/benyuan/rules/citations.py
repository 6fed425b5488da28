"""Check every verified value against the text that it cites, and write the report that the tests hold the rules to.

    python -m benyuan.rules.citations --law DIR --on 2026-11-22 > docs/reference/citations.md

A developer's tool, imported by nothing: it reads law texts, which are not part of the package. A value is found if its
anchor, or else its figure in one of its printed forms, and every further figure stand in the cited article, and the day
on which it came into force stands somewhere in the cited documents. A text that bears no number is known by its title,
which does not tell its versions apart: the day of force must do that.
"""

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable

import msgspec

from benyuan.rules.figures import forms_of_date, forms_of_value, printed
from benyuan.rules.lawtext import place, plain
from benyuan.rules.loader import load_pack, load_texts
from benyuan.rules.pack import RulePack
from benyuan.rules.types import Cite, Rule, RuleValue
from benyuan.rules.vocabulary import Status
from benyuan.values.dates import from_yyyymmdd, parse_yyyymmdd

Texts = dict[str, str]  # file name to its text as `plain` gives it

_HEADED = re.compile(r"^文号:\n?(.+)$", re.MULTILINE)
_NUMBER = re.compile(
    r"(?:令|公告|银发)〔[0-9]{4}〕第?[0-9]+号|令[0-9]{4}年第[0-9]+号|第[0-9]+号|[0-9]{4}|[\u4e00-\u9fff]+法"
)

_HEAD = """# Citations

Written by `python -m benyuan.rules.citations`; don't edit. Every value that stands as verified, looked for in the
official text that it cites: its figure as printed, or the words that the citation quotes, and its first day. A value
whose digest is not in this table has changed since, and the tests fail until the tool has run again.

Checked on {on}: {found} of {all} values found.

| rule | in force | document | article | found | digest |
|---|---|---|---|---|---|
"""


def value_digest(value: RuleValue) -> str:
    """The first 12 hex digits of the SHA-256 of a value's canonical form."""
    return hashlib.sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:12]


def found_in(value: RuleValue, texts: Texts) -> bool:
    """Whether a value stands in the text that it cites; see the module's words for what that means."""
    cites = (value.cite, *value.also)
    documents = [_document(cite, texts) for cite in cites]
    words = [_words(cite, document) for cite, document in zip(cites, documents, strict=True)]
    forms, anchor = forms_of_value(value), value.cite.anchor
    if not all(words) or (anchor is None and not forms):
        return False
    return (
        (anchor is None or plain(anchor) in words[0])
        and all(printed(each, "\n".join(words)) for each in forms)
        and any(printed(forms_of_date(value.in_force), document) for document in documents)
    )


def verified_values(pack: RulePack) -> list[tuple[Rule, RuleValue]]:
    """All values that stand as verified, by rule and date."""
    return [(rule, value) for rule in pack.rules() for value in rule.values if value.status is Status.VERIFIED]


def report(pack: RulePack, texts: Texts, *, on: int) -> str:
    """The table in Markdown, one row a verified value."""
    checked = [(rule, value, found_in(value, texts)) for rule, value in verified_values(pack)]
    head = _HEAD.format(on=from_yyyymmdd(on), found=sum(found for *_, found in checked), all=len(checked))
    return head + "".join(_row(rule, value, found=found) for rule, value, found in checked)


def _row(rule: Rule, value: RuleValue, *, found: bool) -> str:
    where = f"{value.cite.article or ''}{value.cite.item or ''}"
    cells = (
        rule.id,
        str(from_yyyymmdd(value.in_force)),
        value.cite.document,
        where,
        "yes" if found else "**no**",
        value_digest(value),
    )
    return f"| {' | '.join(cells)} |\n"


def _document(cite: Cite, texts: Texts) -> str:
    """The one text with the number in its file name, or as the 文号 in its head, or headed by the title; else none."""
    wanted = _NUMBER.findall(cite.document)
    named = [name for name in texts if wanted and all(number in name for number in wanted)]
    numbered = [name for name, text in texts.items() if wanted and _HEADED.findall(text)[:1] == [cite.document]]
    titled = [name for name, text in texts.items() if text.startswith(f"#{plain(cite.title)}\n")]
    for files in (named, numbered, titled):
        if len(files) == 1:
            return texts[files[0]]
    return ""


def _words(cite: Cite, document: str) -> str:
    """The words of the cited place, none where there is no such place."""
    return place(document, article=cite.article, item=cite.item) or "" if cite.article else ""


def main(arguments: Iterable[str] | None = None) -> int:
    """Write the report to standard output; 1 where a verified value is not found, and its row to standard error."""
    parser = argparse.ArgumentParser(prog="python -m benyuan.rules.citations", description=__doc__)
    parser.add_argument("--law", required=True, help="directory of law texts, named by document number")
    parser.add_argument("--on", type=parse_yyyymmdd, required=True, help="the day of the check, YYYY-MM-DD")
    options = parser.parse_args(None if arguments is None else list(arguments))
    texts = {name: plain(text) for name, text in load_texts(options.law).items()}
    text = report(load_pack(), texts, on=options.on)
    sys.stdout.write(text)
    missing = [line for line in text.splitlines() if "**no**" in line]
    sys.stderr.writelines(f"{line}\n" for line in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
