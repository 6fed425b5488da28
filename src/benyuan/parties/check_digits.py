"""Check digits of Chinese identity and registration numbers.

`mod_11_2` is that of the resident identity number (GB 11643-1999, ISO 7064 MOD 11-2); `mod_31_3` is that of the unified
social credit code (GB 32100-2015). Worked number: 11010519491231002 has the check character X.
"""

MOD_11 = 11  # tidy: number of the standard
MOD_31 = 31  # tidy: number of the standard
CREDIT_CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a credit code by value: no I, O, S, V, Z."""
CHECKS_11 = "0123456789X"


def mod_11_2(digits: str) -> str:
    """The check character behind these digits."""
    remainder = 0
    for digit in digits:
        remainder = (remainder + int(digit)) * 2 % MOD_11
    return CHECKS_11[(1 - remainder) % MOD_11]


def mod_31_3(characters: str) -> str:
    """The check character behind these characters. Errors: ValueError for one that no credit code has."""
    total, weight = 0, 1
    for character in characters:
        total += CREDIT_CODE_CHARACTERS.index(character) * weight
        weight = weight * 3 % MOD_31
    return CREDIT_CODE_CHARACTERS[-total % MOD_31]
