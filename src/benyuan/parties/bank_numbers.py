"""Numbers of bank accounts and cards: as they are compared, and what they must be.

Source: ISO/IEC 7812-1 (the check digit of a card's number, by Luhn). An account's number has no check that all banks
share. Worked: the card 6222 0000 0000 0009 is sound, 6222 0000 0000 0008 is not.
"""

from benyuan.parties.documents import normal_number
from benyuan.parties.people import SEPARATOR

SHORTEST, LONGEST = 8, 32
DIGIT_SUM = 9


def bank_number_fault(number: str, *, is_card: bool) -> str | None:
    """What a normal number does not meet; None where it is sound."""
    if not (number.isascii() and number.isdigit() and SHORTEST <= len(number) <= LONGEST):
        return f"{SHORTEST} to {LONGEST} digits"
    return None if not is_card or _luhn(number) else "a card's number whose last digit fits the others (Luhn)"


def bank_number_text(number: str) -> str:
    """The text that stands for a bank account; it is one whoever shows it."""
    return SEPARATOR.join(("bank_account", normal_number(number)))


def _luhn(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    doubled = [2 * digit - DIGIT_SUM if 2 * digit > DIGIT_SUM else 2 * digit for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
