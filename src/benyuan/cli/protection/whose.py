"""Whose protection it is, as the commands of `benyuan protection` ask: one of three ids."""

from typing import Annotated, TypeAlias

import typer

Person: TypeAlias = Annotated[
    int, typer.Option("--person", min=0, metavar="ID", help="A customer of the payment institution.")
]
Borrower: TypeAlias = Annotated[int, typer.Option("--borrower", min=0, metavar="ID", help="A customer of the lender.")]
Subject: TypeAlias = Annotated[int, typer.Option("--subject", min=0, metavar="ID", help="One on file at the bureau.")]


def whose(person: int, borrower: int, subject: int) -> tuple[str, int]:
    """The sort of customer and the id. Errors: BadInput where not exactly one is named."""
    from benyuan.values.errors import BadInput

    named = [(name, number) for name, number in _of(person, borrower, subject) if number]
    if len(named) != 1:
        raise BadInput("customer", f"{len(named)} ids", "exactly one of --person, --borrower and --subject")
    return named[0]


def _of(person: int, borrower: int, subject: int) -> tuple[tuple[str, int], ...]:
    return (("person", person), ("borrower", borrower), ("subject", subject))
