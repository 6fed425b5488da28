"""Debts, rates and limits of the plain reference, given to the close's columns."""

from collections.abc import Sequence
from dataclasses import fields
from fractions import Fraction

import numpy as np
import pyarrow as pa

from benyuan.closing.arrow import record_batch
from benyuan.closing.measures import MEASURES
from benyuan.closing.parts import assessed_shard
from benyuan.closing.risk import LossRates, Risk, Thresholds
from benyuan.consumer_finance.by_hand.risk import Assessed, Debt, Limits, Row
from benyuan.consumer_finance.columns import Ints

PPM = 1_000_000


def ppm(share: Fraction) -> int:
    whole = share * PPM
    assert whole.denominator == 1
    return whole.numerator


def rates_of(rows: Sequence[Row]) -> LossRates:
    """In order of product and days, those set later behind."""
    ordered = sorted(rows, key=lambda row: (row.product, row.days_from))
    return LossRates(
        product=np.array([row.product for row in ordered], np.int64),
        days_from=np.array([row.days_from for row in ordered], np.int64),
        default_year_ppm=np.array([ppm(row.year) for row in ordered], np.int64),
        default_life_ppm=np.array([ppm(row.life) for row in ordered], np.int64),
        loss_ppm=np.array([ppm(row.loss) for row in ordered], np.int64),
    )


def thresholds_of(limits: Limits) -> Thresholds:
    return Thresholds(
        class_days=limits.class_days,
        doubtful_ppm=ppm(limits.doubtful),
        loss_ppm=ppm(limits.loss),
        stage_two_days=limits.stage_two_days,
    )


def measures_of(debts: Sequence[Debt]) -> pa.RecordBatch:
    """All that is owed as principal."""
    columns: dict[str, Ints] = {name: np.zeros(len(debts), np.int64) for name in MEASURES}
    columns["id"] = np.arange(1, len(debts) + 1)
    renamed = {"days": "days_overdue", "owed_fen": "principal_fen"}
    for each in fields(Debt):
        columns[renamed.get(each.name, each.name)] = np.array([getattr(debt, each.name) for debt in debts], np.int64)
    return record_batch(columns)


def risk_of(debts: Sequence[Debt], rows: Sequence[Row], limits: Limits) -> Risk:
    """The debts as one shard."""
    return assessed_shard(
        [measures_of(debts)],
        conversion_ppm=ppm(limits.conversion),
        rates=rates_of(rows),
        at=thresholds_of(limits),
    )


def plain(risk: Risk) -> list[tuple[int, int, int]]:
    """Class, stage and expected loss, debt by debt."""
    columns = (risk.risk_class.tolist(), risk.stage.tolist(), risk.expected_loss_fen.tolist())
    return list(zip(*columns, strict=True))


def plain_of(assessed: Sequence[Assessed]) -> list[tuple[int, int, int]]:
    return [(int(each.risk_class), int(each.stage), each.expected_loss_fen) for each in assessed]
