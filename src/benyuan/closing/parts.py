"""What a shard comes to, by product: the rows that are kept of it, and the totals of a day over all its shards."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from benyuan.closing.arrow import columns_of
from benyuan.closing.risk import LossRates, Risk, Thresholds, assessed
from benyuan.consumer_finance.clocks import PPM
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.records import CLOSED_PART
from benyuan.consumer_finance.vocabulary import RiskClass, Stage

SUMMED = CLOSED_PART.columns[6:]
"""The columns of a part that add up over shards: all behind lender, date, shard, shards, product and partner."""
OWED = ("principal_fen", "interest_owed_fen", "charges_owed_fen")
OWN = 0


def assessed_shard(batches: list[pa.RecordBatch], *, conversion_ppm: int, rates: LossRates, at: Thresholds) -> Risk:
    """Loans and accounts of a shard together, in the order given, so that a borrower's worst class goes over both."""
    columns = _stacked(batches)
    none = np.zeros_like(columns["principal_fen"])
    owed: Ints = sum((columns[name] for name in OWED), none)
    undrawn = columns["undrawn_fen"]
    converted = undrawn // PPM * conversion_ppm + undrawn % PPM * conversion_ppm // PPM
    partner: Ints = sum((columns[f"partner_{name}"] for name in OWED), none)
    return assessed(
        borrower=columns["borrower"],
        product=columns["product"],
        days=columns["days_overdue"],
        owed_fen=owed - partner,
        exposure_fen=owed - partner + converted,
        rates=rates,
        at=at,
    )


def parts_of(batches: list[pa.RecordBatch], risk: Risk) -> dict[str, Ints]:
    """The rows of a shard: one for each product, and one for each product and partner of theirs."""
    columns = _stacked(batches)
    rows = [_own(columns, risk, product) for product in np.unique(columns["product"]).tolist()]
    joint = columns["partner"] != 0
    pairs = np.unique(np.stack([columns["product"][joint], columns["partner"][joint]]), axis=1).T.tolist()
    rows += [_partners(columns, product, partner) for product, partner in pairs]
    names = ("product", "partner", *SUMMED)
    return {name: np.array([row.get(name, 0) for row in rows], np.int64) for name in names}


def totals_of(parts: Mapping[str, Ints]) -> list[dict[str, int]]:
    """Rows of one day by product and partner, over all shards, in order."""
    keys = np.stack([parts["product"], parts["partner"]])
    pairs, places = np.unique(keys, axis=1, return_inverse=True)
    totals = []
    for number, (product, partner) in enumerate(pairs.T.tolist()):
        of = places.ravel() == number
        totals.append(
            {"product": product, "partner": partner} | {name: sum(parts[name][of].tolist()) for name in SUMMED}
        )
    return totals


def _stacked(batches: list[pa.RecordBatch]) -> dict[str, Ints]:
    parts = [columns_of(batch) for batch in batches]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _own(columns: Mapping[str, Ints], risk: Risk, product: int) -> dict[str, int]:
    """The lender's own part of a product."""
    of = columns["product"] == product
    whole = {name: columns[name][of] for name in columns}
    principal = whole["principal_fen"] - whole["partner_principal_fen"]
    stage, classes = risk.stage[of], risk.risk_class[of]
    row = {
        "product": product,
        "partner": OWN,
        "loans": int(whole["running"].sum()),
        "principal_fen": int(principal.sum()),
        "interest_ever_fen": int((whole["interest_ever_fen"] - whole["partner_interest_fen"]).sum()),
        "charges_ever_fen": int((whole["charges_ever_fen"] - whole["partner_charges_fen"]).sum()),
        "interest_owed_fen": int((whole["interest_owed_fen"] - whole["partner_interest_owed_fen"]).sum()),
        "charges_owed_fen": int((whole["charges_owed_fen"] - whole["partner_charges_owed_fen"]).sum()),
        "undrawn_fen": int(whole["undrawn_fen"].sum()),
    }
    for each in Stage:
        row[f"stage_{each}_fen"] = int(principal[stage == each].sum())
        row[f"allowance_{each}_fen"] = int(risk.expected_loss_fen[of][stage == each].sum())
    for kind in RiskClass:
        row[f"class_{kind}_fen"] = int(principal[classes == kind].sum())
    return row


def _partners(columns: Mapping[str, Ints], product: int, partner: int) -> dict[str, int]:
    """One partner's part of a product."""
    of = (columns["product"] == product) & (columns["partner"] == partner)
    return {
        "product": product,
        "partner": partner,
        "loans": int(columns["running"][of].sum()),
        "principal_fen": int(columns["partner_principal_fen"][of].sum()),
        "interest_ever_fen": int(columns["partner_interest_fen"][of].sum()),
        "charges_ever_fen": int(columns["partner_charges_fen"][of].sum()),
        "interest_owed_fen": int(columns["partner_interest_owed_fen"][of].sum()),
        "charges_owed_fen": int(columns["partner_charges_owed_fen"][of].sum()),
    }
