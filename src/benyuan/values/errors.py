"""The one error that a value raises: which field, what it held, which constraint it broke."""


class BadInput(ValueError):
    """A value from outside breaks a constraint.

    `BadInput("amount", "1.234", "at most two decimals")` reads: amount: got '1.234', expected at most two decimals.
    """

    def __init__(self, field: str, value: object, constraint: str) -> None:
        super().__init__(field, value, constraint)
        self.field = field
        self.value = value
        self.constraint = constraint

    def __str__(self) -> str:
        return f"{self.field}: got {self.value!r}, expected {self.constraint}"
