"""A group's own funds and what is asked: each body by its own sector's rule, added up, less what counts twice.

Source: PBoC Order [2020] No. 4, art. 26, which leaves the method open (`fhc.car`). Worked number: a top with net assets
of 5,000, a bank that holds 1,200 and must hold 800, a lender that holds 820 and must hold 300; the top carries 1,400 of
both, the bank 250 of the lender: own funds 5,000 + 1,200 + 820 - 1,650 = 5,370, asked 1,100.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from benyuan.holding_company.prudential.tallies import Tally, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Solo:
    """One body: what it holds and must hold by its own rule, and what of its figures the group would count twice.

    `required` None: it has no sector whose rule asks for capital. `twice`: what it gave others of the group as capital,
    and what of its own capital they gave but as shares.
    """

    body: int
    held: Tally
    required: Tally | None
    twice: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupCapital:
    """Own funds of all bodies, less what they have given one another; what their sectors' rules ask of them."""

    own_funds: Tally
    required: Tally


def group_capital(bodies: Sequence[Solo]) -> GroupCapital:
    """By aggregation and deduction."""
    return GroupCapital(
        own_funds=tally([*(each.held for each in bodies), *(each.twice.less() for each in bodies)]),
        required=tally(each.required for each in bodies if each.required is not None),
    )
