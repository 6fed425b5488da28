"""Whether words say something: signs and repeated letters answer nobody, in whatever script.

Sources: CBIRC Order 2020 No. 3, art. 19 (what was found, why, where next); PIPL, art. 50 (a refusal gives its reason).
How little is too little is our choice. Worked number: "已退还差额" has five different letters and "okok" two.
"""

LETTERS = 5  # tidy: number different letters that we chose as the least


def says_something(text: str) -> bool:
    """Whether a text has enough different letters."""
    return len({letter for letter in text.casefold() if letter.isalpha()}) >= LETTERS


WANTED = f"words that say something: at least {LETTERS} different letters"
