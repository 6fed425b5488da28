"""The records that members furnish in bulk, as columns of integers: there is no place in them for anything else.

The first column is the owner: records of one owner are found together. Days are yyyymmdd, months yyyymm, amounts fen,
0 where there is none; `status`, `kind` and `purpose` are numbers of the vocabulary; `notice` is the number that stands
for the evidence of the notice that the person had before (State Council Order 631, art. 15).
Forbidden kinds of data (art. 14 ¶1) have no column, and no column takes text.
"""

import numpy as np

from benyuan.decisions.parcels import layout

MONTH = layout(
    1,
    "months",
    [
        ("account", np.int64),
        ("month", np.int32),
        ("status", np.int8),
        ("risk_class", np.int8),
        ("terms_left", np.int16),
        ("terms_overdue", np.int16),
        ("due_on", np.int32),
        ("paid_on", np.int32),
        ("ended_on", np.int32),
        ("balance_fen", np.int64),
        ("limit_fen", np.int64),
        ("due_fen", np.int64),
        ("paid_fen", np.int64),
        ("overdue_fen", np.int64),
        ("notified_on", np.int32),
        ("notice", np.int64),
    ],
)
"""How an account stood at the end of a month: tradeline-months.

`balance_fen`: what is owed (a credit card: the statement), `due_fen` what was to be paid in the month, `paid_fen` what
was. `ended_on`: the day of the month on which arrears of earlier ones were paid, or the bad debt was settled.
`risk_class`: 1 normal to 5 loss, 0 not classified.
"""

PUBLIC = layout(
    2,
    "public",
    [
        ("subject", np.int64),
        ("reference", np.int64),
        ("kind", np.int8),
        ("published", np.int8),
        ("decided_on", np.int32),
        ("ended_on", np.int32),
        ("amount_fen", np.int64),
        ("notified_on", np.int32),
        ("notice", np.int64),
    ],
)
"""A record of a court or an authority. `published`: 1 where a law has it published: needs neither consent nor notice.

`ended_on`: the day on which the event ended (complied with, paid, lifted); 0: it goes on.
"""

ASKED = layout(3, "inquiries", [("subject", np.int64), ("asked_on", np.int32), ("purpose", np.int8)])
"""An inquiry that a member made elsewhere."""
