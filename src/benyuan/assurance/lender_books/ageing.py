"""Ageing: loans and principal by days overdue, product by product; the lender's own part.

Worked number: an account that is 31 days overdue stands in `31-60` with all of its principal.
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec
import numpy as np

from benyuan.assurance.lender_books.tape import Tape
from benyuan.values.errors import BadInput

EDGES = (0, 30, 60, 90, 180, 270, 360)  # tidy: number days at which our own table is cut; classes go by the rules
"""The last day of each bucket but the open one at the end; the first holds what is not overdue."""


class Aged(msgspec.Struct, frozen=True, kw_only=True):
    """What of one product stands in one bucket; fen, and the share of the product's principal in millionths."""

    product: int
    bucket: str
    loans: int
    principal_fen: int
    share_ppm: int


def bucket_names(edges: Sequence[int] = EDGES) -> list[str]:
    """`current`, `1-30` and so on to `>360`."""
    between = [f"{low + 1}-{high}" for low, high in pairwise(edges)]
    return ["current", *between, f">{edges[-1]}"]


def ageing(tape: Tape, *, edges: Sequence[int] = EDGES) -> list[Aged]:
    """Every bucket of every product, also the empty ones. Errors: BadInput for edges out of order."""
    if list(edges) != sorted(set(edges)) or edges[0] != 0:
        raise BadInput("edges", list(edges), "days in rising order, the first being 0")
    held = tape.columns
    principal = held["principal_fen"] - held["partner_principal_fen"]
    place = np.searchsorted(np.array(edges), held["days_overdue"], side="left")
    runs, rows = held["running"] != 0, []
    for product in np.unique(held["product"]).tolist():
        of = runs & (held["product"] == product)
        whole = int(principal[of].sum())
        for number, name in enumerate(bucket_names(edges)):
            here = of & (place == number)
            fen = int(principal[here].sum())
            share = fen * 1_000_000 // whole if whole else 0
            rows.append(Aged(product=product, bucket=name, loans=int(here.sum()), principal_fen=fen, share_ppm=share))
    return rows
