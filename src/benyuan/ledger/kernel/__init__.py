"""The compiled heart of the ledger: legs in, balances moved, journal rows out.

Every function here is compiled by Numba, works on the records of `benyuan.ledger.layout` and is written from
`docs/reference/ledger.md`. Nothing here allocates, reads a clock or raises.
"""

from benyuan import compiled

compiled.keep()

from benyuan.ledger.kernel.folding import fold_rows  # noqa: E402
from benyuan.ledger.kernel.packed import FOLDED, table_of  # noqa: E402
from benyuan.ledger.kernel.posting import post_legs  # noqa: E402
from benyuan.ledger.kernel.workspace import (  # noqa: E402
    Counter,
    Workspace,
)

__all__ = ["FOLDED", "Counter", "Workspace", "fold_rows", "post_legs", "table_of"]
