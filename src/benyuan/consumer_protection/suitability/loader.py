"""The questionnaires that come with the package, by version; read once."""

from functools import cache

from benyuan.consumer_protection.suitability.questionnaire import Questionnaire, questionnaire_of
from benyuan.consumer_protection.versions import mapping_of, read_versions, used_on

WHAT, FIELDS = "questionnaire", "version, from_date, title, note, questions and bands"


@cache
def questionnaires() -> dict[int, Questionnaire]:
    """Every version by its number. Errors: BadInput, naming the file."""
    return read_versions(__package__, read=lambda text, source: read_questionnaire(text, source=source), what=WHAT)


def read_questionnaire(text: str, *, source: str) -> Questionnaire:
    """One questionnaire from its file's text. Errors: BadInput."""
    return questionnaire_of(mapping_of(text, source=source, what=WHAT, fields=FIELDS), source=source)


def version_on(on: int) -> int:
    """The version that is used on a day (yyyymmdd); 0 where none is yet."""
    return used_on(questionnaires().values(), on)
