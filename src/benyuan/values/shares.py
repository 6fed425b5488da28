"""A part of a whole, compared exactly and shown rounded down: what tests on market shares have in common.

Worked number: 2 of 3 reach 2/3 and are shown as 66.66%; 1 of 3 lacks 1 to it.
"""

from fractions import Fraction

_HUNDREDTHS_OF_A_PERCENT = 10_000


def reaches(part: int, whole: int, threshold: Fraction) -> bool:
    """Whether a part is at least so much of a whole above nought; the figure itself is reached."""
    return part * threshold.denominator >= threshold.numerator * whole


def missing_to(part: int, whole: int, threshold: Fraction) -> int:
    """How much the part lacks to reach the threshold while the whole stays as it is; nought where it is reached."""
    needed = -(-threshold.numerator * whole // threshold.denominator)  # rounded up: less would not reach it
    return max(0, needed - part)


def share_text(part: int, whole: int) -> str:
    """A share as a percentage with two decimals, rounded down: 2 of 3 are "66.66%"."""
    hundredths = part * _HUNDREDTHS_OF_A_PERCENT // whole
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
