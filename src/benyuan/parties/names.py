"""Names as they are compared: for screening against lists, and for whether two names are one.

Normal: full-width characters narrow, no marks, spaces or punctuation, letters small, and the words of a name in Latin
letters in order, so that 王 小明 is 王小明 and "Müller, Hans" is "Hans Muller". Traditional
characters are not made simple.
"""

import unicodedata

UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Characters that are not seen, or break the line."""


def normal_name(name: str) -> str:
    """The form in which a name is compared; empty where nothing of it is a letter or digit."""
    spread = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(_kept(character) for character in spread)
    words = kept.split()
    if all(word.isascii() for word in words):
        words.sort()
        return " ".join(words)
    return "".join(words)


def _kept(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    return character if character.isalnum() else " "


def name_fault(name: str) -> str | None:
    """What a name does not meet; None where it can be one."""
    if any(unicodedata.category(character) in UNSEEN for character in name):
        return "a name without control characters"
    return None if normal_name(name) else "a name with at least one letter"
