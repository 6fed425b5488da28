"""The key facts that a borrower was shown, word for word, years later; and those that are about to be shown.

Sources: PBoC Order [2020] No. 5, art. 18; CBIRC Order 2022 No. 9, art. 12. A showing keeps the figures of its text and
the template's version, and its names stand in the command; templates never change. So the text is made again and its
SHA-256 held against the one that was shown. Worked: shown by version 1 and read when version 3 is in use, the text of
version 1 comes out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.as_asked import as_asked, first_fault
from benyuan.assurance.protection.contacts import check_borrower
from benyuan.consumer_finance.records import ACCOUNT, LOAN
from benyuan.consumer_protection.contact.records import KEY_FACTS
from benyuan.consumer_protection.contact.vocabulary import LANGUAGE_NUMBER, LOAN_SORT_NUMBER, LoanSort
from benyuan.consumer_protection.key_facts.loader import templates
from benyuan.consumer_protection.key_facts.records import KEY_FACTS_FIGURES
from benyuan.consumer_protection.key_facts.rendering import digest_of, rendered
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.usecases.protection.contact.key_facts_shared import NAMES, ShowFacts

SORTS = {number: word for word, number in LOAN_SORT_NUMBER.items()}
LANGUAGES = {number: word for word, number in LANGUAGE_NUMBER.items()}
OPENING_DIGEST = "0" * 64  # tidy: number hexadecimal digits of a SHA-256


class KeyFactsShown(msgspec.Struct, frozen=True, kw_only=True):
    """A showing. `template`: its version; times in microseconds since 1970 UTC, 0 for none.

    `text` as it was shown, empty where only its digest was kept; `state`: as-shown, other (the text that comes out has
    another digest), or digest-only (a showing of before there were templates, or of one that is not at hand).
    `figures`: of what it is about and what it says, without those that are 0; `command`, `confirmed`: log positions.
    """

    key_facts: int
    borrower: int
    sort: str
    language: str
    template: int
    digest: str
    state: str
    text: str
    figures: dict[str, int]
    shown_on: int
    shown_at: int
    confirmed_at: int
    command: int
    confirmed: int


class KeyFactsMade(msgspec.Struct, frozen=True, kw_only=True):
    """A text that is to be shown, and its SHA-256, which the showing names."""

    text: str
    digest: str


def key_facts_of(
    group: Group, *, borrower: int, offer: int = 0, loan: int = 0, account: int = 0
) -> list[KeyFactsShown]:
    """All showings to a borrower, oldest first; or those for an offer, a loan or an account of theirs.

    Of a loan: for the offer or the plan by which it was drawn, and for more terms. Of an account: before its opening,
    and for plans of it. Errors: LookupError for no such borrower, and a loan or an account that is not theirs.
    """
    check_borrower(group, borrower)
    held = group.records.tables[KEY_FACTS.name]
    shown = [key_facts_shown(group, number=number) for number in held.all_with("borrower", borrower).tolist()]
    if offer:
        return [each for each in shown if each.figures.get("offer") == offer]
    if loan:
        row = _own(group, LOAN, loan, borrower)
        return [each for each in shown if _is_of_loan(each, row, loan)]
    if account:
        row = _own(group, ACCOUNT, account, borrower)
        return [each for each in shown if _is_of_account(each, row, account)]
    return shown


def _own(group: Group, table: Table, number: int, borrower: int) -> dict[str, int]:
    held = group.records.tables[table.name]
    if not 1 <= number <= held.count or int(held.column("borrower")[number]) != borrower:
        raise LookupError(f"no {table.name.replace('_', ' ')} {number} of borrower {borrower}")
    return {name: int(held.column(name)[number]) for name in table.columns}


def _is_of_loan(shown: KeyFactsShown, row: Mapping[str, int], loan: int) -> bool:
    said = shown.figures
    if shown.sort == LoanSort.plan:
        names = ("account", "product", "terms", "term_count", "rate_ppm", "first_due_on")
        return bool(row["account"]) and all(said.get(name, 0) == row[name] for name in names)
    return said.get("loan") == loan or (row["offer"] != 0 and said.get("offer") == row["offer"])


def _is_of_account(shown: KeyFactsShown, row: Mapping[str, int], account: int) -> bool:
    said = shown.figures
    opened = shown.sort == LoanSort.pay_later and all(said.get(name) == row[name] for name in ("product", "terms"))
    return said.get("account") == account or (opened and shown.shown_on <= row["opened_on"])


def key_facts_shown(group: Group, *, number: int) -> KeyFactsShown:
    """One showing. Errors: LookupError for no such one."""
    held = group.records.tables[KEY_FACTS.name]
    if not 1 <= number <= held.count:
        raise LookupError(f"no key facts {number}; the last ones are {held.count}")
    row = {name: int(held.column(name)[number]) for name in KEY_FACTS.columns}
    command = _command(group, row["position"])
    kept = _figures(group, number)
    digest, text = str(command["text_digest"]), ""
    if kept and row["version"] in templates():
        text = _text(row, kept, command)
    return KeyFactsShown(
        key_facts=number,
        borrower=row["borrower"],
        sort=SORTS[row["sort"]],
        language=LANGUAGES[row["language"]],
        template=row["version"] if kept else 0,
        digest=digest,
        state="digest-only" if not text else "as-shown" if digest_of(text) == digest else "other",
        text=text,
        figures={name: figure for name, figure in kept.items() if figure and name != "shown_at"},
        shown_on=row["shown_on"],
        shown_at=int(command["at"]),
        confirmed_at=int(_command(group, row["confirmed"])["at"]) if row["confirmed"] else 0,
        command=row["position"],
        confirmed=row["confirmed"],
    )


def _text(row: Mapping[str, int], kept: Mapping[str, int], command: Mapping[str, Any]) -> str:
    return rendered(
        templates()[row["version"]],
        document=SORTS[row["sort"]],
        language=LANGUAGES[row["language"]],
        figures=kept,
        names={name: str(command.get(name, "")) for name in NAMES},
    )


def _figures(group: Group, number: int) -> dict[str, int]:
    held = group.records.tables[KEY_FACTS_FIGURES.name]
    place = int(held.places(np.array([number]), on=0)[0])
    return {name: int(held.column(name)[place]) for name in KEY_FACTS_FIGURES.columns} if place else {}


def _command(group: Group, position: int) -> dict[str, Any]:
    opened = group.reader.at_position(position)
    batch, place = opened.batch(), position - opened.block.first_position
    return {**batch.row(place), "at": int(batch.at[place])}


def key_facts_made(group: Group, *, kind: str, on: int, columns: Mapping[str, Sequence[Any]]) -> list[KeyFactsMade]:
    """The texts that commands of `kind` would show on a day, by their columns without the digest.

    Errors: LookupError for a kind that shows no key facts; BadInput for the first command that would be at fault.
    """
    case = group.use_cases.get(kind)
    if not isinstance(case, ShowFacts):
        shows = ", ".join(name for name, each in group.use_cases.items() if isinstance(each, ShowFacts))
        raise LookupError(f"{kind} shows no key facts; these do: {shows}")
    count = len(next(iter(columns.values())))
    given = {**columns, "text_digest": [OPENING_DIGEST] * count}
    asked = as_asked(group, kind=kind, on=on, columns=given)
    first_fault({**case.named(asked), **case.bad(asked)})
    texts = case.texts(asked, range(count))
    return [KeyFactsMade(text=text, digest=digest_of(text)) for text in texts]
