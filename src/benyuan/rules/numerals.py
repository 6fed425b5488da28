"""Chinese numerals, as articles and items are numbered: 二百一十一 is 211, and 11 is 十一."""

DIGITS = "零一二三四五六七八九"
NUMERAL = f"[{DIGITS}十百]+"
_UNITS = {"十": 10, "百": 100}


def number_of(numeral: str) -> int | None:
    """The number below a thousand that a numeral writes, or None where it writes none."""
    total, digit = 0, 0
    for sign in numeral:
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[sign], 0
        else:
            return None
    number = total + digit
    return number if number and numeral_of(number) == numeral else None


def numeral_of(number: int) -> str:
    """A number from 1 to 999 as a numeral; 10 to 19 without a leading 一."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")
