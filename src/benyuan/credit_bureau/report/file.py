"""What a bureau holds of one person, as it was read: the input of a report. Nothing is left out here yet.

State Council Order 631, art. 14: there's no place for what may not be collected. Days are yyyymmdd, times microseconds,
amounts fen, 0 where there is none. Worked shape: two accounts of 25 months each are two `Line` and 50 records of MONTH.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import ASKED, MONTH, PUBLIC
from benyuan.credit_bureau.vocabulary import AccountType, FaultKind, MemberSort, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An account as its member opened it; `objections`: how many are open."""

    account: int
    member: int
    sort: MemberSort
    type: AccountType
    opened_on: int
    limit_fen: int
    objections: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An inquiry at this bureau. `member` 0: the person, or where `staff`, somebody of the bureau."""

    inquiry: int
    at: int
    purpose: Purpose
    member: int = 0
    sort: MemberSort | None = None
    staff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """A consent. `times`: answers at most, 0 for none; `furnishing`: the member may furnish; `revoked`: withdrawn."""

    consent: int
    member: int
    sort: MemberSort
    purpose: Purpose
    starts_on: int
    expires_on: int
    times: int
    furnishing: bool
    revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected:
    """An objection that is open, or that ended without being confirmed or refuted (art. 25 ¶3). `account` 0: none."""

    objection: int
    account: int
    month: int
    kind: FaultKind
    opened_on: int
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The person's own words on the file (art. 16 ¶2)."""

    text: str
    said_on: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditFile:
    """All of a person's file up to a log position, read at a time. Records stand in the order of furnishing.

    `particulars`: the person's own fields from the vault, None where they were not asked for or are erased.
    """

    bureau: int
    subject: int
    at: int
    position: int
    lines: tuple[Line, ...] = ()
    months: NDArray[Any] = field(default_factory=lambda: np.zeros(0, MONTH.dtype))
    public: NDArray[Any] = field(default_factory=lambda: np.zeros(0, PUBLIC.dtype))
    elsewhere: NDArray[Any] = field(default_factory=lambda: np.zeros(0, ASKED.dtype))
    asked: tuple[Asked, ...] = ()
    allowed: tuple[Allowed, ...] = ()
    objected: tuple[Objected, ...] = ()
    particulars: Mapping[str, Any] | None = None
    statement: Statement | None = None
