"""What statements of every type have in common: their source, days, and what our own annotation says.

Worked number: a date with a time, 2026-06-30T08:00:00Z, is read as its day, 20260630.
"""

from typing import Any

from benyuan.assurance.group.bods.reading import Misfit
from benyuan.assurance.group.bods.statements import Kept, Statement
from benyuan.parties.bodies.sources import SOURCE_CHARACTERS
from benyuan.values.dates import parse_yyyymmdd
from benyuan.values.errors import BadInput

DAY_CHARACTERS = 10


def kept(statement: Statement) -> Kept:
    """What our own annotation says; nothing where there is none."""
    return next((each.benyuan for each in statement.annotations if each.benyuan is not None), Kept())


def day(text: str, where: str) -> int:
    """A day as yyyymmdd. Errors: Misfit."""
    try:
        return parse_yyyymmdd(text[:DAY_CHARACTERS])
    except BadInput as error:
        raise Misfit(where, text, error.constraint) from None


def source(statement: Statement) -> dict[str, Any]:
    """The document and its day. Errors: Misfit where nothing says where it comes from."""
    if kept(statement).invented:
        return {"invented": True}
    source = statement.source
    agents = ", ".join(each.name for each in source.asserted_by if each.name) if source else ""
    words = (source.description or source.url or agents or ", ".join(source.type)) if source else ""
    if not words.strip() and statement.publication_details is not None:
        words = statement.publication_details.publisher.name
    if not words.strip():
        raise Misfit("source", "", "where it comes from: description, url, assertedBy, type, or a publisher")
    if len(words) > SOURCE_CHARACTERS:
        raise Misfit("source.description", words, f"at most {SOURCE_CHARACTERS} characters")
    return {"source": words, "source_date": day(statement.statement_date, "statementDate")}


def word(words: Any, text: str, where: str) -> Any:
    """The word of an enumeration. Errors: Misfit."""
    try:
        return words(text)
    except ValueError:
        raise Misfit(where, text, "one of " + ", ".join(words)) from None
