"""Credit to small businesses as members report it, by class and body, with its price; borrowers who are merchants too.

Of a body the return counts that ends last within the period, of several that end on that day the longest. A consumer
finance company has no such credit (`cf.business.none`): what its borrowers drew who are merchants by the same document
is shown apart. Worked number: 100.00 at 5% and 300.00 at 4% are 400.00 at 4.25%.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from benyuan.assurance.group.reading import columns_of, given_at, source_at
from benyuan.assurance.small_micro.receipts import Ints, Receipts
from benyuan.assurance.small_micro.sections import Frame, Row, Section, share
from benyuan.consumer_finance.records import ACCOUNT, LOAN, LOAN_STEP
from benyuan.consumer_finance.vocabulary import LoanStep
from benyuan.governance.business_credit import BUSINESS_CREDIT, CREDIT_SIZE_NUMBER, TOTAL
from benyuan.parties.bodies.figures import OWN, Figures
from benyuan.parties.bodies.records import BODY
from benyuan.parties.bodies.ties import CUSTOMER_TIE, TIE_KEY
from benyuan.parties.bodies.vocabulary import Figure
from benyuan.parties.ownership.dated import in_force
from benyuan.payments.records import MERCHANT

KEY = ("body", "size", "from_date", "until")
FIGURES = ("borrowers", "balance_fen", "lent_fen", "paid", "bad_fen")
"""Columns before rates are made; `paid`: what was lent times its rate, so that rates can be averaged."""
COLUMNS = ["lent to", "borrowers", "balance_fen", "lent_fen", "rate", "bad_fen", "bad"]
NAMES = {number: word.replace("_", " ") for word, number in CREDIT_SIZE_NUMBER.items()}
NO_CLASS = "class not told"
PERCENT, HUNDREDTHS = 10_000, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """The figures of one body for one period: of its total, and of each class by number, columns as in `FIGURES`."""

    body: int
    first: int
    last: int
    position: int
    total: Ints
    classes: dict[int, Ints]


def returns_of(frame: Frame) -> list[Return]:
    """The return of each body that counts, in order of body."""
    held = {name: frame.column(BUSINESS_CREDIT, name)[1:] for name in BUSINESS_CREDIT.columns}
    held["paid"] = held["lent_fen"].astype(object) * held["rate_ppm"].astype(object)  # more than 64 bits hold
    places = in_force(held, key=KEY, on=frame.last, seen=frame.group.position)
    within = (held["from_date"][places] >= frame.first) & (held["until"][places] <= frame.last)
    by_body: dict[int, list[int]] = {}
    for place in places[within].tolist():
        by_body.setdefault(int(held["body"][place]), []).append(place)
    found = []
    for body, mine in sorted(by_body.items()):
        last = max(int(held["until"][place]) for place in mine)
        first = min(int(held["from_date"][place]) for place in mine if held["until"][place] == last)
        rows = {
            int(held["size"][place]): np.array([held[name][place] for name in FIGURES], object)
            for place in mine
            if held["until"][place] == last and held["from_date"][place] == first
        }
        whole = [place for place in mine if held["size"][place] == TOTAL and held["until"][place] == last]
        position = max(int(held["position"][place]) for place in whole if held["from_date"][place] == first)
        total = rows.pop(TOTAL)
        found.append(Return(body=body, first=first, last=last, position=position, total=total, classes=rows))
    return found


def by_class(frame: Frame, returns: list[Return]) -> Section:
    """All bodies together, by class of borrower."""
    nothing = np.zeros(len(FIGURES), object)
    sums: dict[str, Any] = {}
    for number, name in NAMES.items():
        if number != TOTAL:
            sums[name] = sum((each.classes.get(number, nothing) for each in returns), nothing)
    sums[NO_CLASS] = sum((each.total for each in returns), nothing) - sum(sums.values(), nothing)
    rows: list[Row] = [[name, *(int(figure) for figure in row)] for name, row in sums.items()]
    shown, together = frame.shut(rows)
    text = (
        "Credit to businesses at the end of the last period that members reported within this one, by class as each "
        "member puts it; `lent`, `rate`: newly lent in that period, and its average yearly rate weighted by amount; "
        "`bad`: non-performing. Members say to whom they lent; benyuan does not class their borrowers. Rows are "
        "counted by borrowers: whoever borrows of two members counts twice."
    )
    priced = [_priced(row) for row in shown]
    return frame.section("credit", "Credit to businesses", text, columns=COLUMNS, rows=priced, together=together)


def by_body(frame: Frame, returns: list[Return]) -> tuple[Section, list[str]]:
    """Each member's total, held against the total assets recorded of it; and what does not fit."""
    figures = Figures(columns_of(frame.group), on=frame.last, seen=frame.group.position)
    kept, _ = frame.shut([[str(each.body), int(each.total[FIGURES.index("borrowers")])] for each in returns])
    alone = {str(row[0]) for row in kept}
    rows: list[Row] = []
    wrong: list[str] = []
    for each in returns:
        name = str(given_at(frame.group, int(frame.column(BODY, "position")[each.body]))["name"])
        assets = figures.latest(each.body, Figure.total_assets, OWN)
        balance = int(each.total[FIGURES.index("balance_fen")])
        of = "not recorded" if not assets else share(balance, assets)
        if assets is not None and balance > assets:
            wrong.append(f"credit to businesses of body {each.body} is more than the total assets recorded of it")
        row = _priced([name, *(int(figure) for figure in each.total)])
        if str(each.body) in alone:
            rows.append([*row, f"{each.first} to {each.last}", of, source_at(frame.group, each.position)])
    text = (
        "The same by member, with the period that it reported, its share of the member's own total assets as recorded "
        "last by the period's end, and the source. Members with too few borrowers are left out, and the next smallest "
        "where the others and the table above would tell one of them."
    )
    columns = ["member", *COLUMNS[1:], "period", "of total assets", "source"]
    hidden = len(returns) - len(rows)
    section = frame.section("credit_by_member", "By member", text, columns=columns, rows=rows, together=hidden)
    return section, wrong


def tied(frame: Frame, found: Receipts) -> Section:
    """What borrowers drew for consumption who are merchants of the institution by the same document."""
    borrowers = _tied_borrowers(frame)
    loans, steps = frame.column(LOAN, "borrower"), {name: frame.column(LOAN_STEP, name) for name in LOAN_STEP.columns}
    drawn = (steps["kind"] == LoanStep.drawn) & (frame.column(LOAN, "account")[steps["loan"]] == 0)
    drawn &= (steps["on_date"] >= frame.first) & (steps["on_date"] <= frame.last)
    drawn &= np.isin(loans[steps["loan"]], borrowers)
    bought = np.isin(frame.column(ACCOUNT, "borrower"), borrowers)
    row: Row = [
        "borrowers who are merchants",
        len(borrowers),
        int(drawn.sum()),
        int(steps["amount_fen"][drawn].sum()),
        int(found.bought[bought].sum()),
        int(found.bought_fen[bought].sum()),
    ]
    spent = (loans[steps["loan"][drawn]], frame.column(ACCOUNT, "borrower")[bought & (found.bought > 0)])
    few = any(0 < len(np.unique(who)) < frame.floor for who in spent)
    rows, together = ([], 1) if few else frame.shut([row])
    text = (
        "Borrowers of consumer finance companies whom the same document makes a merchant of this institution too, or "
        "the person who stands for one (tie_customer), at the period's end, and what they drew and bought in it. It is "
        "credit for consumption (cf.business.none), and none of it is counted above. Who is not tied is not told, and "
        "nothing is where too few of them drew, or bought."
    )
    columns = ["who", "borrowers", "draws", "drawn_fen", "purchases", "bought_fen"]
    return frame.section(
        "borrowing_merchants",
        "Borrowers who are merchants",
        text,
        columns=columns,
        rows=rows,
        together=together,
    )


def untold(returns: list[Return]) -> list[str]:
    """What no member has reported, and what nothing ties."""
    none = "credit to businesses and its price: no member's figures of a period within this one are recorded"
    missing = [] if returns else [f"{none} (record_business_credit)"]
    return [*missing, "which borrowers are merchants too, but for those whom the same document ties (tie_customer)"]


def _tied_borrowers(frame: Frame) -> Ints:
    """The borrowers whom a body ties to a merchant of the institution, or to the person who stands for one."""
    held = {name: frame.column(CUSTOMER_TIE, name)[1:] for name in CUSTOMER_TIE.columns}
    places = in_force(held, key=TIE_KEY, on=frame.last, seen=frame.group.position)
    ties = {name: held[name][places][held["holds"][places] == 1] for name in TIE_KEY}
    mine = frame.column(MERCHANT, "institution") == frame.institution
    principals = np.setdiff1d(frame.column(MERCHANT, "principal")[mine], [0])
    trading = np.isin(ties["person"], principals) | (mine[ties["merchant"]] & (ties["merchant"] > 0))
    borrowing = (ties["borrower"] > 0) & np.isin(ties["body"], ties["body"][trading])
    return np.asarray(np.unique(ties["borrower"][borrowing]), np.int64)


def _priced(row: Row) -> Row:
    """The row with a rate in place of what was paid, and the non-performing part of the balance."""
    name, borrowers, balance, lent, paid, bad = row
    rate = int(paid) // int(lent) if lent else 0
    shown = f"{rate // PERCENT}.{rate % PERCENT // HUNDREDTHS:02d}%" if lent else ""
    return [name, borrowers, balance, lent, shown, bad, share(int(bad), int(balance))]
