"""The compiled heart of the ledger: legs in, balances moved, journal rows out.

Every function here is compiled by Numba, works on the records of `benyuan.ledger.layout` and is written from
`docs/reference/ledger.md`. Nothing here allocates, reads a clock or raises.
"""

from benyuan.ledger.kernel import cache  # isort: split

from benyuan.ledger.kernel.folding import fold_rows
from benyuan.ledger.kernel.posting import post_legs
from benyuan.ledger.kernel.workspace import (
    Counter,
    Workspace,
)

__all__ = ["Counter", "Workspace", "cache", "fold_rows", "post_legs"]
