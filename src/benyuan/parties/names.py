"""Names as they are compared: for screening against lists, and for whether two names are one.

Normal: full-width characters narrow, no marks, spaces or punctuation, letters small, and the words of a name in Latin
letters in order, so that 王 小明 is 王小明 and "Müller, Hans" is "Hans Muller". Compared: and traditional characters as
simplified ones. Transcriptions are not made alike: too many people have names that sound the same.
"""

import unicodedata

from benyuan.parties.characters import simple_forms

UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Characters that are not seen, or break the line."""


def normal_name(name: str) -> str:
    """A name whatever way it is written down; empty where nothing of it is a letter or digit."""
    spread = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(_kept(character) for character in spread)
    words = kept.split()
    if all(word.isascii() for word in words):
        words.sort()
        return " ".join(words)
    return "".join(words)


def compared_name(name: str) -> str:
    """The normal form with traditional characters made simple, so that 王國強 is 王国强: for screening only.

    An identity keeps the normal form: whoever was on a list under one writing stays the same entry.
    """
    normal = normal_name(name)
    return normal if normal.isascii() else normal.translate(simple_forms())


def _kept(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    return character if character.isalnum() else " "


def name_fault(name: str) -> str | None:
    """What a name does not meet; None where it can be one."""
    if any(unicodedata.category(character) in UNSEEN for character in name):
        return "a name without control characters"
    return None if normal_name(name) else "a name with at least one letter"
