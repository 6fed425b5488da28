"""The templates of key facts that come with the package, by version; read once."""

from functools import cache

from benyuan.consumer_protection.key_facts.template import Template, template_of
from benyuan.consumer_protection.versions import mapping_of, read_versions, used_on

WHAT, FIELDS = "key facts", "version, from_date, words, parts and documents"


@cache
def templates() -> dict[int, Template]:
    """Every version by its number. Errors: BadInput, naming the file."""
    return read_versions(__package__, read=lambda text, source: read_template(text, source=source), what=WHAT)


def read_template(text: str, *, source: str) -> Template:
    """One template from its file's text. Errors: BadInput."""
    return template_of(mapping_of(text, source=source, what=WHAT, fields=FIELDS), source=source)


def version_on(on: int) -> int:
    """The version that is used on a day (yyyymmdd); 0 where none is yet."""
    return used_on(templates().values(), on)
