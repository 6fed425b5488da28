"""The report of a period on small and micro businesses, from ledger and records, each figure with its definition.

Classes of firms are those of `gov.sme.classes`, all other figures the house's (`gov.house.small_micro` and its like).
What nobody has recorded is listed as untold, and never taken for nought. Worked number: of 1,000 payments of
micro-merchants 600 are of at most 10.00; the row says 600, and so does the sum of the bands say 1,000, the number of
payments in the ledger.
"""

import msgspec
import numpy as np

from benyuan.assurance.small_micro import credit
from benyuan.assurance.small_micro.merchants import BANDS, Merchants
from benyuan.assurance.small_micro.receipts import Ints, receipts_of
from benyuan.assurance.small_micro.sections import RULE, Frame, Row, Section
from benyuan.assurance.small_micro.users import Users
from benyuan.consumer_protection.claims.records import CUSTOMER_COMPLAINT
from benyuan.consumer_protection.claims.words import CAUSE_NUMBER, PRODUCT_NUMBER
from benyuan.decisions.batches import Batch
from benyuan.engine.group import Group
from benyuan.payments.records import INSTITUTION, MERCHANT
from benyuan.rules import RuleNotInForce
from benyuan.usecases.settle import through_day
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.errors import BadInput


class Tie(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of this report beside the ledger's, in fen."""

    what: str
    report_fen: int
    ledger_fen: int


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The report of an institution on the days from `first` to `last`, as known at a log position.

    `untold`: what is not known, with number and share where there are some; `misfits`: recorded figures that can't be.
    """

    institution: int
    first: int
    last: int
    seen: int
    floor: int
    sections: list[Section]
    ties: list[Tie]
    untold: list[str]
    misfits: list[str]

    @property
    def fits(self) -> bool:
        """Whether every sum is the ledger's, and every recorded figure can be."""
        return not self.misfits and all(tie.report_fen == tie.ledger_fen for tie in self.ties)


def small_micro_of(group: Group, *, institution: int, first: int, last: int) -> Report:
    """The report.

    Errors: BadInput for no such institution, days that don't exist or are out of order, and before the rules on it.
    """
    _check(first, last)
    try:
        value = group.regime.pack.value(id=RULE, on=last)
        bands = group.regime.pack.value(id=BANDS, on=last).tiers
    except RuleNotInForce as error:
        raise BadInput("until", last, f"a day of the rule's own: {error}") from None
    known = group.records.tables[INSTITUTION.name].count
    if institution > known:
        raise BadInput("institution", institution, f"one that is registered, of {known}")
    ends = {
        of: np.array(sorted(tier.fen("up_to") for tier in bands if tier.code("of") == of), np.int64)
        for of in ("ticket", "receipts")
    }
    frame = Frame(group=group, institution=institution, first=first, last=last, floor=value.count)
    mine = frame.column(MERCHANT, "institution") == institution
    kinds = np.where(mine, frame.column(MERCHANT, "kind"), 0)
    found = receipts_of(group, first=first, last=last, kinds=kinds, bounds=ends["ticket"], waited=_waited)
    merchants = Merchants(frame, found, stale=value.parameters.count("stale"))
    users, returns = Users(frame, found), credit.returns_of(frame)
    members, misfits = credit.by_body(frame, returns)
    return Report(
        institution=institution,
        first=first,
        last=last,
        seen=group.position,
        floor=value.count,
        sections=[
            merchants.by_size(),
            merchants.by_class(),
            merchants.by_area(),
            merchants.by_county(),
            merchants.by_place(),
            merchants.by_receipts(ends["receipts"]),
            merchants.tickets(ends["ticket"]),
            merchants.paid_out(),
            credit.by_class(frame, returns),
            members,
            credit.tied(frame, found),
            users.older(),
            users.by_age(),
            users.by_area(),
            users.borrowers(),
            _complaints(frame),
        ],
        ties=_ties(merchants, users),
        untold=[*merchants.untold(), *credit.untold(returns), *users.untold()],
        misfits=misfits,
    )


def _check(first: int, last: int) -> None:
    for field, on in (("from", first), ("until", last)):
        try:
            from_yyyymmdd(on)
        except BadInput as error:
            raise BadInput(field, on, error.constraint) from None
    if last < first:
        raise BadInput("until", last, f"a day not before {first}")


def _waited(batch: Batch) -> Ints:
    """Calendar days from the last day whose receipts went out to the day on which they did."""
    through = through_day(batch)
    today = from_yyyymmdd(batch.on).toordinal()
    days, place = np.unique(through, return_inverse=True)
    ordinals = np.array([from_yyyymmdd(day).toordinal() for day in days.tolist()], np.int64)
    return np.asarray(today - ordinals[place.reshape(-1)], np.int64)


def _complaints(frame: Frame) -> Section:
    """Complaints of the period by product and cause."""
    column = {name: frame.column(CUSTOMER_COMPLAINT, name) for name in ("received_on", "product", "cause")}
    timely = (column["received_on"] >= frame.first) & (column["received_on"] <= frame.last)
    words = [{number: word for word, number in numbers.items()} for numbers in (PRODUCT_NUMBER, CAUSE_NUMBER)]
    pairs = np.stack([column["product"][timely], column["cause"][timely]], axis=1)
    each, counts = np.unique(pairs, axis=0, return_counts=True)
    rows: list[Row] = [
        [", ".join(_word(words[place], number) for place, number in enumerate(pair)), int(count)]
        for pair, count in zip(each.tolist(), counts.tolist(), strict=True)
    ]
    shown, together = frame.shut(rows)
    text = "Complaints received in the period, of customers of all firms of this ledger, by product and cause."
    columns = ["product, cause", "complaints"]
    return frame.section("complaints", "Complaints", text, columns=columns, rows=shown, together=together)


def _ties(merchants: Merchants, users: Users) -> list[Tie]:
    """Sums of receipts, of fees and of what users paid beside those of the legs."""
    of = {name: int(column.sum()) for name, column in merchants.sums.items()}
    pairs = (
        ("received", of["amount_fen"], of["ledger_fen"]),
        ("fees", of["fee_fen"], of["ledger_fee_fen"]),
        ("paid by users", users.paid_fen, of["ledger_wallets_fen"]),
    )
    return [Tie(what=what, report_fen=report, ledger_fen=ledger) for what, report, ledger in pairs]


def _word(words: dict[int, str], number: int) -> str:
    return words.get(number, "none").replace("_", " ")
