"""The templates of key facts that come with the package, by version; read once."""

from functools import cache
from importlib.resources import files

import yaml

from benyuan.consumer_protection.key_facts.template import Template, template_of
from benyuan.values.errors import BadInput

FOLDER = "data"


@cache
def templates() -> dict[int, Template]:
    """Every version by its number. Errors: BadInput, naming the file."""
    made: dict[int, Template] = {}
    for entry in sorted(files(__package__).joinpath(FOLDER).iterdir(), key=lambda each: each.name):
        if not entry.name.endswith(".yaml"):
            continue
        each = read_template(entry.read_text(encoding="utf-8"), source=entry.name)
        if each.version in made:
            raise BadInput("key facts", f"{entry.name}: version {each.version}", "a version that is used once")
        made[each.version] = each
    return made


def read_template(text: str, *, source: str) -> Template:
    """One template from its file's text. Errors: BadInput."""
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise BadInput("key facts", source, f"YAML that can be read: {error}") from error
    if not isinstance(content, dict):
        raise BadInput("key facts", source, "a mapping with version, from_date, words, parts and documents")
    return template_of(content, source=source)


def version_on(on: int) -> int:
    """The version that is used on a day (yyyymmdd); 0 where none is yet."""
    begun = [(each.from_date, each.version) for each in templates().values() if each.from_date <= on]
    return max(begun)[1] if begun else 0
