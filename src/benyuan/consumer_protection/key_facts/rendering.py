"""Key facts in plain Chinese or English: a template, figures and names become a text, the same one every time.

Nothing is asked for but what is given, so the text of a showing comes out byte for byte years later. The yearly rate is
rounded half-up to hundredths of a percent; both languages write figures alike, a day as 2026-08-01. Worked number:
180,049,999 thousand-millionths are 18.00%, and one more 18.01%.
"""

import hashlib
from collections.abc import Callable, Mapping

from benyuan.consumer_protection.key_facts.template import BODY, FIRST, SLOT, Line, Template, Written
from benyuan.values.money import yuan_text

PPB_OF_HUNDREDTH = 100_000  # tidy: number thousand-millionths in a hundredth of a percent
HUNDREDTHS = 100
PPM_OF_PERCENT = 10_000  # tidy: number millionths in a percent
LEAST_DECIMALS = 2
MARKS = {FIRST: "# ", BODY: "- "}
HEADING = "## "


def rate_text(ppb: int) -> str:
    """A yearly rate in percent, rounded half-up to hundredths."""
    whole, rest = divmod((2 * ppb + PPB_OF_HUNDREDTH) // (2 * PPB_OF_HUNDREDTH), HUNDREDTHS)
    return f"{whole}.{rest:02d}%"


def share_text(ppm: int) -> str:
    """Millionths in percent, exactly, with at least two decimals."""
    whole, rest = divmod(ppm, PPM_OF_PERCENT)
    return f"{whole}.{f'{rest:04d}'.rstrip('0').ljust(LEAST_DECIMALS, '0')}%"


def date_text(yyyymmdd: int) -> str:
    """A day as 2026-08-01."""
    digits = f"{yyyymmdd:08d}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


_WAYS: Mapping[Written, Callable[[int], str]] = {
    Written.number: str,
    Written.yuan: yuan_text,
    Written.date: date_text,
    Written.rate: rate_text,
    Written.share: share_text,
}


def stands(line: Line, figures: Mapping[str, int]) -> bool:
    """Whether a line is told with these figures."""
    return (not line.when or figures[line.when] != 0) and (not line.unless or figures[line.unless] == 0)


def rendered(
    template: Template, *, document: str, language: str, figures: Mapping[str, int], names: Mapping[str, str]
) -> str:
    """The text. Errors: KeyError for a figure or a name that a line asks for and nobody gives."""

    def filled(line: Line) -> str:
        text = str(getattr(line, language))
        return SLOT.sub(lambda found: _written(found[1], Written(found[2] or Written.number.value)), text)

    def _written(name: str, how: Written) -> str:
        if how is Written.text:
            return names[name]
        if how is Written.word:
            return str(getattr(template.words[name][figures[name]], language))
        return _WAYS[how](figures[name])

    told = [line for line in template.lines(document) if stands(line, figures)]
    return "".join(f"{MARKS.get(line.rank, HEADING)}{filled(line)}\n" for line in told)


def digest_of(text: str) -> str:
    """The SHA-256 of a text, in 64 small hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
